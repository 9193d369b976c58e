/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_ACTION_H
#define VSW_ACTION_H

#include <linux/in6.h>

#include "vsw.h"

struct netlink_ext_ack;
struct nf_nat_range2;
struct psample_group;
struct vsw_policer;
struct vsw_rules;

/**
 * struct vsw_action - one thing that a rule does to a frame
 * @type: &enum vsw_a_action
 * @port: number in its switch and ifindex of a port
 * @mark: bits of a mark, and which
 * @vid: a VLAN
 * @mac: a MAC address
 * @ipv4: an address
 * @ipv6: an address
 * @l4_port: a port of TCP or UDP
 * @byte: a TTL, or a DSCP
 * @policer: who says whether it is dropped; held by the rule
 * @sample: one frame in how many, how many bytes of it or 0 for all, and the
 *	group, by number and, from when the rule is made, held
 * @nat: new addresses of a connection, NFPROTO_IPV4 or NFPROTO_IPV6, and
 *	&enum nf_nat_manip_type; in the same memory as the action
 */
struct vsw_action {
	u8	type;
	union {
		struct {
			u16	index;
			int	ifindex;
		} port;
		struct {
			u32	value;
			u32	mask;
		} mark;
		u16		vid;
		u8		mac[ETH_ALEN];
		__be32		ipv4;
		struct in6_addr	ipv6;
		__be16		l4_port;
		u8		byte;
		struct vsw_policer *policer;
		struct {
			u32	rate;
			u32	trunc;
			u32	number;
			struct psample_group *group;
		} sample;
		struct {
			u8	family;
			u8	manip;
			const struct nf_nat_range2 *range;
		} nat;
	};
};

/**
 * struct vsw_actions - all that a rule does to a frame, but for what is said in
 *	one word
 * @n: how many there are to be done by vsw_actions_run()
 * @n_outputs: how many follow that say where to send it
 * @band: where to judge it next, or 0
 * @verdict: why to drop it in the end, or %VSW_DROP_NONE
 * @action: they
 */
struct vsw_actions {
	u8			n;
	u8			n_outputs;
	u8			band;
	u8			verdict;
	struct vsw_action	action[];
};

struct vsw_port *vsw_action_port(const struct vsw_switch *sw,
				 const struct vsw_action *action);
enum vsw_drop vsw_actions_run(struct vsw_pkt *pkt,
			      const struct vsw_actions *actions);
enum vsw_drop vsw_rewrite(struct vsw_pkt *pkt, const struct vsw_action *action);
void vsw_reject(struct vsw_pkt *pkt);
int vsw_samples_get(struct vsw_rules *rules, struct vsw_actions *actions,
		    struct netlink_ext_ack *extack);
void vsw_samples_put(struct vsw_rules *rules,
		     const struct vsw_actions *actions);
void vsw_sample(const struct vsw_pkt *pkt, const struct vsw_action *action);

#endif /* VSW_ACTION_H */
