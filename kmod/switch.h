/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_SWITCH_H
#define VSW_SWITCH_H

#include "rule_set.h"
#include "vsw.h"

struct vsw_port_cfg;

/**
 * struct vsw_net - what the module keeps for each network namespace
 * @switches: its switches; RTNL, read under RCU
 * @gen: changes with each change of a switch or port; RTNL
 * @rule_gen: changes with each change of a rule; RTNL
 * @sets: its sets of addresses; RTNL, what is in them read under RCU
 * @drop_lock: protects @drop_since and @drop_told; bottom halves off
 * @drop_since: when the second began in which so many drops may be told, in
 *	jiffies
 * @drop_told: how many were
 * @drop_missed: how many were not, since the last one that was; needs no lock
 */
struct vsw_net {
	struct list_head	switches;
	u32			gen;
	u32			rule_gen;
	struct vsw_sets		sets;
	/* Taken for drops alone, and only while somebody listens to them. */
	spinlock_t		drop_lock;
	unsigned long		drop_since;
	u32			drop_told;
	atomic64_t		drop_missed;
};

/**
 * struct vsw_switch_cfg - how a switch is to be
 * @ageing: seconds, %VSW_AGEING_MIN to %VSW_AGEING_MAX
 * @fdb_limit: learned entries, 1 to %VSW_FDB_LIMIT_MAX
 * @vlan_aware: tags mean VLANs
 */
struct vsw_switch_cfg {
	u32	ageing;
	u32	fdb_limit;
	bool	vlan_aware;
};

struct vsw_net *vsw_net(const struct net *net);
bool vsw_switch_is(const struct net_device *dev);
struct vsw_switch *vsw_switch_add(struct net *net, const char *name,
				  const struct vsw_switch_cfg *cfg,
				  struct netlink_ext_ack *extack);
void vsw_switch_set(struct vsw_switch *sw, const struct vsw_switch_cfg *cfg);
void vsw_switch_del(struct vsw_switch *sw);
struct vsw_port *vsw_switch_adapter_rcu(const struct net_device *dev);
int vsw_switch_add_netdev(struct vsw_switch *sw, struct net_device *dev,
			  const struct vsw_port_cfg *cfg,
			  struct netlink_ext_ack *extack);
int vsw_switch_add_internal(struct vsw_switch *sw, const char *name,
			    const struct vsw_port_cfg *cfg,
			    struct netlink_ext_ack *extack);
int vsw_switch_del_port(struct vsw_port *port,
			struct netlink_ext_ack *extack);

int vsw_switch_net_init(void);
void vsw_switch_net_exit(void);
int vsw_switch_module_init(void);
void vsw_switch_module_exit(void);

#endif /* VSW_SWITCH_H */
