// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: what a rule does, from attributes to what is done.
 */
#include <linux/etherdevice.h>
#include <linux/slab.h>
#include <net/netfilter/nf_nat.h>

#include "netlink.h"
#include "policer.h"
#include "port.h"
#include "rule.h"

static bool is_last(int type)
{
	switch (type) {
	case VSW_A_ACTION_PERMIT:
	case VSW_A_ACTION_DROP:
	case VSW_A_ACTION_REJECT:
	case VSW_A_ACTION_OUTPUT:
	case VSW_A_ACTION_GOTO:
		return true;
	}
	return false;
}

static bool is_commit_nat(int type)
{
	switch (type) {
	case VSW_A_ACTION_CT_NAT_IPV4_SRC:
	case VSW_A_ACTION_CT_NAT_IPV4_DST:
	case VSW_A_ACTION_CT_NAT_IPV6_SRC:
	case VSW_A_ACTION_CT_NAT_IPV6_DST:
		return true;
	}
	return false;
}

/* Is a frame another one afterwards? Who sent it is answered about his. */
static bool is_change(int type)
{
	return !is_last(type) && type != VSW_A_ACTION_MIRROR &&
	       type != VSW_A_ACTION_MARK && type != VSW_A_ACTION_CT_COMMIT &&
	       type != VSW_A_ACTION_POLICE && type != VSW_A_ACTION_SAMPLE;
}

static int check_end(const struct nlattr *actions, int last, bool is_changed,
		     struct netlink_ext_ack *extack)
{
	if (!last) {
		NL_SET_ERR_MSG_ATTR(extack, actions,
				    "What the rule does is not said");
		return -EINVAL;
	}
	if (!is_last(last)) {
		NL_SET_ERR_MSG_ATTR(extack, actions,
				    "What becomes of the frame in the end is not said: permit, drop, reject, output or goto");
		return -EINVAL;
	}
	if (last == VSW_A_ACTION_REJECT && is_changed) {
		NL_SET_ERR_MSG_ATTR(extack, actions,
				    "A frame cannot be changed and then rejected: its sender would not know it");
		return -EINVAL;
	}
	return 0;
}

/* Counts the actions, and looks at their order. Returns how many, or an error.
 */
static int check_order(const struct nlattr *actions,
		       struct netlink_ext_ack *extack)
{
	bool is_changed = false, is_committed = false;
	const struct nlattr *attr;
	int n = 0, last = 0, rem, err;

	nla_for_each_nested(attr, actions, rem) {
		if (is_last(last) && (last != VSW_A_ACTION_OUTPUT ||
				      nla_type(attr) != last)) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "The action before this one ends the frame's way");
			return -EINVAL;
		}
		if (n++ == VSW_ACTIONS_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "A rule has at most 32 actions");
			return -E2BIG;
		}
		last = nla_type(attr);
		is_changed |= is_change(last);
		if (is_commit_nat(last) && is_committed) {
			NL_SET_ERR_MSG_ATTR(extack, attr,
					    "The rule has committed the connection already: its addresses are chosen then");
			return -EINVAL;
		}
		is_committed |= is_commit_nat(last) ||
				last == VSW_A_ACTION_CT_COMMIT;
	}
	err = check_end(actions, last, is_changed, extack);
	return err ?: n;
}

static int take_port(struct vsw_action *to, const struct nlattr *attr,
		     const struct vsw_switch *sw,
		     struct netlink_ext_ack *extack)
{
	const struct vsw_port *port = vsw_nl_port_of(sw, attr, extack);

	if (IS_ERR(port))
		return PTR_ERR(port);
	to->port.index = port->index;
	to->port.ifindex = port->dev->ifindex;
	return 0;
}

static int take_mark(struct vsw_action *to, const struct nlattr *attr,
		     struct netlink_ext_ack *extack)
{
	u32 mark[2];

	memcpy(mark, nla_data(attr), sizeof(mark));
	if (mark[0] & ~mark[1]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The value has bits that its mask does not have");
		return -EINVAL;
	}
	to->mark.value = mark[0];
	to->mark.mask = mark[1];
	return 0;
}

/* From what is no station's address no frame may come, and to what stays on its
 * link none is forwarded (IEEE 802.1Q-2018, 8.6.3).
 */
static int take_mac(struct vsw_action *to, const struct nlattr *attr,
		    struct netlink_ext_ack *extack)
{
	memcpy(to->mac, nla_data(attr), sizeof(to->mac));
	if (to->type == VSW_A_ACTION_MAC_SRC && !is_valid_ether_addr(to->mac)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "A group address, or one of zeroes, is nobody's source");
		return -EADDRNOTAVAIL;
	}
	if (is_link_local_ether_addr(to->mac)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "Frames to 01:80:c2:00:00:00 to 0f are not forwarded, and none can become one");
		return -EADDRNOTAVAIL;
	}
	return 0;
}

/* Who makes the rule has it held. Once in a rule, so that it is known how many
 * rules it has.
 */
static int take_policer(struct vsw_action *to, const struct nlattr *attr,
			const struct vsw_rule_cfg *cfg,
			const struct vsw_switch *sw,
			struct netlink_ext_ack *extack)
{
	const struct vsw_action *before;

	to->policer = vsw_policer_find(sw, nla_data(attr));
	if (!to->policer) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The switch has no policer of this name");
		return -ENOENT;
	}
	for (before = cfg->actions->action; before < to; before++) {
		if (before->type != VSW_A_ACTION_POLICE ||
		    before->policer != to->policer)
			continue;
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The rule has sent the frame through this policer already");
		return -EINVAL;
	}
	return 0;
}

/* Who makes the rule has the group held. */
static int take_sample(struct vsw_action *to, const struct nlattr *attr,
		       struct netlink_ext_ack *extack)
{
	u32 values[3];

	if (!IS_ENABLED(CONFIG_PSAMPLE)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "This kernel takes no samples: it was built without psample");
		return -EOPNOTSUPP;
	}
	memcpy(values, nla_data(attr), sizeof(values));
	if (!values[0]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "One frame in 0 cannot be sampled: 1 is every frame");
		return -EINVAL;
	}
	to->sample.rate = values[0];
	to->sample.number = values[1];
	to->sample.trunc = values[2];
	return 0;
}

static int take_nat_ports(struct nf_nat_range2 *range, u16 min, u16 max,
			  const struct nlattr *attr,
			  struct netlink_ext_ack *extack)
{
	if (!min && !max)
		return 0;
	if (!min || min > max) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The last port is before the first, or the first is 0");
		return -EINVAL;
	}
	range->flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
	range->min_proto.all = htons(min);
	range->max_proto.all = htons(max);
	return 0;
}

static int take_nat_ipv4(struct nf_nat_range2 *range, const struct nlattr *attr,
			 struct netlink_ext_ack *extack)
{
	struct vsw_nat_ipv4 nat;

	memcpy(&nat, nla_data(attr), sizeof(nat));
	if (ntohl(nat.min) > ntohl(nat.max)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The last address is before the first");
		return -EINVAL;
	}
	range->min_addr.ip = nat.min;
	range->max_addr.ip = nat.max;
	return take_nat_ports(range, nat.port_min, nat.port_max, attr, extack);
}

static int take_nat_ipv6(struct nf_nat_range2 *range, const struct nlattr *attr,
			 struct netlink_ext_ack *extack)
{
	struct vsw_nat_ipv6 nat;

	memcpy(&nat, nla_data(attr), sizeof(nat));
	if (memcmp(nat.min, nat.max, sizeof(nat.min)) > 0) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The last address is before the first");
		return -EINVAL;
	}
	memcpy(&range->min_addr.in6, nat.min, sizeof(nat.min));
	memcpy(&range->max_addr.in6, nat.max, sizeof(nat.max));
	return take_nat_ports(range, nat.port_min, nat.port_max, attr, extack);
}

static int take_nat(struct vsw_action *to, const struct nlattr *attr,
		    struct nf_nat_range2 *range,
		    struct netlink_ext_ack *extack)
{
	if (!IS_ENABLED(CONFIG_NF_NAT_OVS)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "This kernel translates no connections: it was built without NF_NAT_OVS");
		return -EOPNOTSUPP;
	}
	if (to->type == VSW_A_ACTION_CT_NAT)
		return 0;
	range->flags = NF_NAT_RANGE_MAP_IPS;
	to->nat.range = range;
	to->nat.manip = to->type == VSW_A_ACTION_CT_NAT_IPV4_SRC ||
			to->type == VSW_A_ACTION_CT_NAT_IPV6_SRC ?
			NF_NAT_MANIP_SRC : NF_NAT_MANIP_DST;
	if (to->type == VSW_A_ACTION_CT_NAT_IPV4_SRC ||
	    to->type == VSW_A_ACTION_CT_NAT_IPV4_DST) {
		to->nat.family = NFPROTO_IPV4;
		return take_nat_ipv4(range, attr, extack);
	}
	to->nat.family = NFPROTO_IPV6;
	return take_nat_ipv6(range, attr, extack);
}

/* What is done on the frame's way. */
static int take_step(struct vsw_action *to, const struct nlattr *attr,
		     const struct vsw_rule_cfg *cfg,
		     const struct vsw_switch *sw,
		     struct netlink_ext_ack *extack)
{
	to->type = nla_type(attr);
	switch (to->type) {
	case VSW_A_ACTION_OUTPUT:
	case VSW_A_ACTION_MIRROR:
		return take_port(to, attr, sw, extack);
	case VSW_A_ACTION_MARK:
		return take_mark(to, attr, extack);
	case VSW_A_ACTION_VLAN_SET:
	case VSW_A_ACTION_VLAN_PUSH:
		to->vid = nla_get_u16(attr);
		break;
	case VSW_A_ACTION_MAC_SRC:
	case VSW_A_ACTION_MAC_DST:
		return take_mac(to, attr, extack);
	case VSW_A_ACTION_IPV4_SRC:
	case VSW_A_ACTION_IPV4_DST:
		memcpy(&to->ipv4, nla_data(attr), sizeof(to->ipv4));
		break;
	case VSW_A_ACTION_IPV6_SRC:
	case VSW_A_ACTION_IPV6_DST:
		memcpy(&to->ipv6, nla_data(attr), sizeof(to->ipv6));
		break;
	case VSW_A_ACTION_SPORT:
	case VSW_A_ACTION_DPORT:
		to->l4_port = htons(nla_get_u16(attr));
		break;
	case VSW_A_ACTION_TTL:
	case VSW_A_ACTION_DSCP:
		to->byte = nla_get_u8(attr);
		break;
	case VSW_A_ACTION_POLICE:
		return take_policer(to, attr, cfg, sw, extack);
	case VSW_A_ACTION_SAMPLE:
		return take_sample(to, attr, extack);
	case VSW_A_ACTION_CT_NAT:
	case VSW_A_ACTION_CT_NAT_IPV4_SRC:
	case VSW_A_ACTION_CT_NAT_IPV4_DST:
	case VSW_A_ACTION_CT_NAT_IPV6_SRC:
	case VSW_A_ACTION_CT_NAT_IPV6_DST:
		return take_nat(to, attr, cfg->nat_range, extack);
	}
	return 0;
}

static int take_one(struct vsw_rule_cfg *cfg, const struct nlattr *attr,
		    const struct vsw_switch *sw,
		    struct netlink_ext_ack *extack)
{
	struct vsw_actions *to = cfg->actions;
	int err;

	switch (nla_type(attr)) {
	case VSW_A_ACTION_PERMIT:
		return 0;
	case VSW_A_ACTION_DROP:
		to->verdict = VSW_DROP_RULE;
		return 0;
	case VSW_A_ACTION_REJECT:
		to->verdict = VSW_DROP_REJECT;
		return 0;
	case VSW_A_ACTION_GOTO:
		to->band = nla_get_u8(attr);
		if (to->band > cfg->band)
			return 0;
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "A rule leads to a later band than its own");
		return -EINVAL;
	}
	err = take_step(&to->action[to->n + to->n_outputs], attr, cfg, sw,
			extack);
	if (nla_type(attr) == VSW_A_ACTION_OUTPUT)
		to->n_outputs++;
	else
		to->n++;
	return err;
}

/**
 * vsw_nl_actions - take what a rule does
 * @cfg: the rule; its @action and @band are set, and were validated
 * @sw: the switch
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error; @cfg is to be given to vsw_nl_actions_free().
 */
int vsw_nl_actions(struct vsw_rule_cfg *cfg, const struct vsw_switch *sw,
		   struct netlink_ext_ack *extack)
{
	int n = check_order(cfg->action, extack);
	const struct nlattr *attr;
	int rem, err;

	if (n < 0)
		return n;
	/* Addresses of a connection are chosen once. */
	cfg->actions = kzalloc(struct_size(cfg->actions, action, n) +
			       sizeof(*cfg->nat_range), GFP_KERNEL_ACCOUNT);
	if (!cfg->actions) {
		NL_SET_ERR_MSG(extack, "No memory for the rule");
		return -ENOMEM;
	}
	cfg->nat_range = (void *)&cfg->actions->action[n];
	nla_for_each_nested(attr, cfg->action, rem) {
		err = take_one(cfg, attr, sw, extack);
		if (err)
			return err;
	}
	cfg->verdict = VSW_RULE_ACTS;
	if (n == 1 && (nla_type(nla_data(cfg->action)) == VSW_A_ACTION_PERMIT ||
		       cfg->actions->verdict == VSW_DROP_RULE)) {
		cfg->verdict = cfg->actions->verdict;
		vsw_nl_actions_free(cfg);
	}
	return 0;
}

/**
 * vsw_nl_actions_free - free what a rule does, unless a rule took it over
 * @cfg: the rule
 */
void vsw_nl_actions_free(struct vsw_rule_cfg *cfg)
{
	kfree(cfg->actions);
	cfg->actions = NULL;
}
