/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_NETLINK_H
#define VSW_NETLINK_H

#include <net/genetlink.h>

#include "vsw.h"

struct vsw_fdb_entry;
struct vsw_rule_cfg;

extern struct genl_family vsw_nl_family;

/* Indices of the multicast groups. */
enum {
	VSW_NL_GROUP_CONFIG,
	VSW_NL_GROUP_FDB,
	VSW_NL_GROUP_RULE,
	VSW_NL_GROUP_DROP,
};

struct vsw_switch *vsw_nl_switch(struct net *net, struct nlattr **attrs,
				 int attr, struct netlink_ext_ack *extack);
struct vsw_port *vsw_nl_port(struct net *net, struct nlattr **attrs,
			     int port_attr, int switch_attr,
			     struct netlink_ext_ack *extack);
int vsw_nl_narrow(struct netlink_callback *cb, int switch_attr, int port_attr,
		  struct vsw_switch **sw, struct vsw_port **port);
int vsw_nl_reject(struct nlattr **attrs, int attr, const char *why,
		  struct netlink_ext_ack *extack);
struct vsw_port *vsw_nl_port_of(const struct vsw_switch *sw,
				const struct nlattr *attr,
				struct netlink_ext_ack *extack);
const char *vsw_nl_name(const struct nlattr *attr,
			struct netlink_ext_ack *extack);
void vsw_nl_multicast(struct net *net, struct sk_buff *skb, int group);

/* One object each. */
int vsw_nl_switch_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_start(struct netlink_callback *cb);
int vsw_nl_switch_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_switch_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_set(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_switch_del(struct sk_buff *skb, struct genl_info *info);

int vsw_nl_port_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_start(struct netlink_callback *cb);
int vsw_nl_port_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_port_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_set(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_port_del(struct sk_buff *skb, struct genl_info *info);

int vsw_nl_fdb_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_start(struct netlink_callback *cb);
int vsw_nl_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_fdb_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_set(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_del(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_fdb_flush(struct sk_buff *skb, struct genl_info *info);

int vsw_nl_drop_start(struct netlink_callback *cb);
int vsw_nl_drop_dump(struct sk_buff *skb, struct netlink_callback *cb);

int vsw_nl_policer_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_policer_start(struct netlink_callback *cb);
int vsw_nl_policer_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_policer_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_policer_set(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_policer_del(struct sk_buff *skb, struct genl_info *info);

int vsw_nl_set_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_set_start(struct netlink_callback *cb);
int vsw_nl_set_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_set_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_set_del(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_set_flush(struct sk_buff *skb, struct genl_info *info);

int vsw_nl_trace_start(struct netlink_callback *cb);
int vsw_nl_trace_dump(struct sk_buff *msg, struct netlink_callback *cb);

int vsw_nl_rule_get(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_start(struct netlink_callback *cb);
int vsw_nl_rule_dump(struct sk_buff *skb, struct netlink_callback *cb);
int vsw_nl_rule_new(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_del(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_flush(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_begin(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_commit(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_abort(struct sk_buff *skb, struct genl_info *info);
int vsw_nl_rule_init(void);
void vsw_nl_rule_exit(void);
int vsw_nl_match(struct vsw_rule_cfg *cfg, const struct vsw_switch *sw,
		 struct netlink_ext_ack *extack);
void vsw_nl_match_free(struct vsw_rule_cfg *cfg);
int vsw_nl_actions(struct vsw_rule_cfg *cfg, const struct vsw_switch *sw,
		   struct netlink_ext_ack *extack);
void vsw_nl_actions_free(struct vsw_rule_cfg *cfg);

int vsw_nl_module_init(void);
void vsw_nl_module_exit(void);

#endif /* VSW_NETLINK_H */
