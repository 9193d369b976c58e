// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family: which commands there are, what attributes each
 * takes, and who is told of changes. The spec is in
 * Documentation/netlink/specs/vswitch.yaml.
 */
#include <linux/module.h>
#include <linux/rtnetlink.h>
#include <linux/string.h>
#include <net/sock.h>

#include "netlink.h"
#include "port_netdev.h"
#include "switch.h"

static struct netlink_range_validation ifindex_range = {
	.min = 1,
	.max = S32_MAX,
};

/* The kernel's own, of which a signed number is one. */
static struct netlink_range_validation rule_id_range = {
	.min = 1,
	.max = S32_MAX,
};

static struct netlink_range_validation prio_range = {
	.max = VSW_RULE_PRIO_MAX,
};

static struct netlink_range_validation ageing_range = {
	.min = VSW_AGEING_MIN,
	.max = VSW_AGEING_MAX,
};

static struct netlink_range_validation fdb_limit_range = {
	.min = 1,
	.max = VSW_FDB_LIMIT_MAX,
};

static struct netlink_range_validation timeout_range = {
	.min = 1, .max = VSW_RULE_TIMEOUT_MAX,
};

static struct netlink_range_validation zone_range = {
	.max = VSW_CT_ZONE_MAX,
};

static struct netlink_range_validation police_rate_range = {
	.min = VSW_POLICER_RATE_MIN,
	.max = VSW_POLICER_RATE_MAX,
};

#define IFINDEX		NLA_POLICY_FULL_RANGE(NLA_U32, &ifindex_range)
#define NAME		{ .type = NLA_NUL_STRING, .len = IFNAMSIZ - 1 }
#define AGEING		NLA_POLICY_FULL_RANGE(NLA_U32, &ageing_range)
#define FDB_LIMIT	NLA_POLICY_FULL_RANGE(NLA_U32, &fdb_limit_range)
#define RULE_ID		NLA_POLICY_FULL_RANGE(NLA_U32, &rule_id_range)
#define PRIO		NLA_POLICY_FULL_RANGE(NLA_U32, &prio_range)
#define VLAN_MODE	NLA_POLICY_MAX(NLA_U32, VSW_VLAN_MODE_MAX)
#define PVID		NLA_POLICY_MAX(NLA_U16, VLAN_N_VID - 2)
#define VLANS		NLA_POLICY_EXACT_LEN(VSW_VLANS_LEN)
#define RANGE		NLA_POLICY_EXACT_LEN(sizeof(struct vsw_range))
#define NAT_IPV4	NLA_POLICY_EXACT_LEN(sizeof(struct vsw_nat_ipv4))
#define NAT_IPV6	NLA_POLICY_EXACT_LEN(sizeof(struct vsw_nat_ipv6))
#define MASKED(len)	NLA_POLICY_EXACT_LEN(2 * (len))
#define IPV4		NLA_POLICY_EXACT_LEN(sizeof(struct in_addr))
#define IPV6		NLA_POLICY_EXACT_LEN(sizeof(struct in6_addr))
#define TIMEOUT		NLA_POLICY_FULL_RANGE(NLA_U32, &timeout_range)
#define CT_ZONE		NLA_POLICY_FULL_RANGE(NLA_U16, &zone_range)
#define GROUP		{ .type = NLA_NUL_STRING, .len = VSW_NAME_MAX }
#define POLICY(max)	NLA_POLICY_MAX(NLA_U32, VSW_POLICY_ ## max)
#define BAND		NLA_POLICY_MAX(NLA_U8, VSW_BANDS - 1)
#define FRAME		NLA_POLICY_RANGE(NLA_BINARY, VSW_TRACE_FRAME_MIN, \
					 VSW_TRACE_FRAME_MAX)
#define VID		NLA_POLICY_RANGE(NLA_U16, 1, VLAN_N_VID - 2)

/* What is not named in a command's policy the core refuses. */
static const struct nla_policy switch_ref_policy[] = {
	[VSW_A_SWITCH_IFINDEX]		= IFINDEX,
};

static const struct nla_policy switch_new_policy[] = {
	[VSW_A_SWITCH_NAME]		= NAME,
	[VSW_A_SWITCH_VLAN_AWARE]	= NLA_POLICY_MAX(NLA_U8, 1),
	[VSW_A_SWITCH_AGEING]		= AGEING,
	[VSW_A_SWITCH_FDB_LIMIT]	= FDB_LIMIT,
};

static const struct nla_policy switch_set_policy[] = {
	[VSW_A_SWITCH_IFINDEX]		= IFINDEX,
	[VSW_A_SWITCH_AGEING]		= AGEING,
	[VSW_A_SWITCH_FDB_LIMIT]	= FDB_LIMIT,
	[VSW_A_SWITCH_POLICY]		= POLICY(DROP),
	[VSW_A_SWITCH_CT_ZONE]		= CT_ZONE,
};

static const struct nla_policy port_ref_policy[] = {
	[VSW_A_PORT_IFINDEX]		= IFINDEX,
	[VSW_A_PORT_SWITCH]		= IFINDEX,
};

static const struct nla_policy port_new_policy[] = {
	[VSW_A_PORT_IFINDEX]		= IFINDEX,
	[VSW_A_PORT_NAME]		= NAME,
	[VSW_A_PORT_SWITCH]		= IFINDEX,
	[VSW_A_PORT_TYPE]		= NLA_POLICY_RANGE(NLA_U32,
						VSW_PORT_TYPE_NETDEV,
						VSW_PORT_TYPE_INTERNAL),
	[VSW_A_PORT_VLAN_MODE]		= VLAN_MODE,
	[VSW_A_PORT_PVID]		= PVID,
	[VSW_A_PORT_VLANS]		= VLANS,
	[VSW_A_PORT_POLICY]		= POLICY(SWITCH),
	[VSW_A_PORT_RULES]		= GROUP,
};

static const struct nla_policy port_set_policy[] = {
	[VSW_A_PORT_IFINDEX]		= IFINDEX,
	[VSW_A_PORT_SWITCH]		= IFINDEX,
	[VSW_A_PORT_VLAN_MODE]		= VLAN_MODE,
	[VSW_A_PORT_PVID]		= PVID,
	[VSW_A_PORT_VLANS]		= VLANS,
	[VSW_A_PORT_POLICY]		= POLICY(SWITCH),
	[VSW_A_PORT_RULES]		= GROUP,
};

static const struct nla_policy fdb_get_policy[] = {
	[VSW_A_FDB_SWITCH]		= IFINDEX,
	[VSW_A_FDB_PORT]		= IFINDEX,
	[VSW_A_FDB_MAC]			= NLA_POLICY_ETH_ADDR,
	[VSW_A_FDB_VID]			= VID,
};

static const struct nla_policy fdb_del_policy[] = {
	[VSW_A_FDB_SWITCH]		= IFINDEX,
	[VSW_A_FDB_MAC]			= NLA_POLICY_ETH_ADDR,
	[VSW_A_FDB_VID]			= VID,
};

static const struct nla_policy fdb_flush_policy[] = {
	[VSW_A_FDB_SWITCH]		= IFINDEX,
	[VSW_A_FDB_PORT]		= IFINDEX,
	[VSW_A_FDB_VID]			= VID,
};

static const struct nla_policy drop_get_policy[] = {
	[VSW_A_DROP_SWITCH]		= IFINDEX,
	[VSW_A_DROP_PORT]		= IFINDEX,
};

static const struct nla_policy match_policy[] = {
	[VSW_A_MATCH_PORT]		= IFINDEX,
	[VSW_A_MATCH_VID]		= RANGE,
	[VSW_A_MATCH_INNER_VID]		= RANGE,
	[VSW_A_MATCH_MAC_SRC]		= MASKED(ETH_ALEN),
	[VSW_A_MATCH_MAC_DST]		= MASKED(ETH_ALEN),
	[VSW_A_MATCH_ETHERTYPE]		= RANGE,
	[VSW_A_MATCH_IPV4_SRC]		= MASKED(sizeof(struct in_addr)),
	[VSW_A_MATCH_IPV4_DST]		= MASKED(sizeof(struct in_addr)),
	[VSW_A_MATCH_IPV6_SRC]		= MASKED(sizeof(struct in6_addr)),
	[VSW_A_MATCH_IPV6_DST]		= MASKED(sizeof(struct in6_addr)),
	[VSW_A_MATCH_PROTO]		= RANGE,
	[VSW_A_MATCH_SPORT]		= RANGE,
	[VSW_A_MATCH_DPORT]		= RANGE,
	[VSW_A_MATCH_TCP_FLAGS]		= MASKED(sizeof(u32)),
	[VSW_A_MATCH_DSCP]		= RANGE,
	[VSW_A_MATCH_ECN]		= RANGE,
	[VSW_A_MATCH_TTL]		= RANGE,
	[VSW_A_MATCH_FRAG]		= RANGE,
	[VSW_A_MATCH_ICMP_TYPE]		= RANGE,
	[VSW_A_MATCH_ICMP_CODE]		= RANGE,
	[VSW_A_MATCH_ARP_OP]		= RANGE,
	[VSW_A_MATCH_ARP_SENDER_IP]	= MASKED(sizeof(struct in_addr)),
	[VSW_A_MATCH_ARP_TARGET_IP]	= MASKED(sizeof(struct in_addr)),
	[VSW_A_MATCH_ARP_SENDER_MAC]	= MASKED(ETH_ALEN),
	[VSW_A_MATCH_ARP_TARGET_MAC]	= MASKED(ETH_ALEN),
	[VSW_A_MATCH_ND_TARGET]		= MASKED(sizeof(struct in6_addr)),
	[VSW_A_MATCH_MARK]		= MASKED(sizeof(u32)),
	[VSW_A_MATCH_CT]		= RANGE,
	[VSW_A_MATCH_IP_SRC_SET]	= GROUP,
	[VSW_A_MATCH_IP_DST_SET]	= GROUP,
	[VSW_A_MATCH_ARP_SENDER_SET]	= GROUP,
	[VSW_A_MATCH_ARP_TARGET_SET]	= GROUP,
	[VSW_A_MATCH_ND_TARGET_SET]	= GROUP,
};

static const struct nla_policy action_policy[] = {
	[VSW_A_ACTION_PERMIT]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_DROP]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_REJECT]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_OUTPUT]		= IFINDEX,
	[VSW_A_ACTION_GOTO]		= NLA_POLICY_RANGE(NLA_U8, 1,
							   VSW_BANDS - 1),
	[VSW_A_ACTION_MIRROR]		= IFINDEX,
	[VSW_A_ACTION_MARK]		= MASKED(sizeof(u32)),
	[VSW_A_ACTION_VLAN_SET]		= VID,
	[VSW_A_ACTION_VLAN_PUSH]	= VID,
	[VSW_A_ACTION_VLAN_POP]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_MAC_SRC]		= NLA_POLICY_ETH_ADDR,
	[VSW_A_ACTION_MAC_DST]		= NLA_POLICY_ETH_ADDR,
	[VSW_A_ACTION_IPV4_SRC]		= IPV4,
	[VSW_A_ACTION_IPV4_DST]		= IPV4,
	[VSW_A_ACTION_IPV6_SRC]		= IPV6,
	[VSW_A_ACTION_IPV6_DST]		= IPV6,
	[VSW_A_ACTION_SPORT]		= { .type = NLA_U16 },
	[VSW_A_ACTION_DPORT]		= { .type = NLA_U16 },
	[VSW_A_ACTION_TTL]		= NLA_POLICY_MIN(NLA_U8, 1),
	[VSW_A_ACTION_TTL_DEC]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_DSCP]		= NLA_POLICY_MAX(NLA_U8, 63),
	[VSW_A_ACTION_CT_COMMIT]	= { .type = NLA_FLAG },
	[VSW_A_ACTION_POLICE]		= GROUP,
	[VSW_A_ACTION_SAMPLE]		= NLA_POLICY_EXACT_LEN(3 * sizeof(u32)),
	[VSW_A_ACTION_CT_NAT]		= { .type = NLA_FLAG },
	[VSW_A_ACTION_CT_NAT_IPV4_SRC]	= NAT_IPV4,
	[VSW_A_ACTION_CT_NAT_IPV4_DST]	= NAT_IPV4,
	[VSW_A_ACTION_CT_NAT_IPV6_SRC]	= NAT_IPV6,
	[VSW_A_ACTION_CT_NAT_IPV6_DST]	= NAT_IPV6,
};

static const struct nla_policy rule_switch_policy[] = {
	[VSW_A_RULE_SWITCH]		= IFINDEX,
};

static const struct nla_policy rule_get_policy[] = {
	[VSW_A_RULE_SWITCH]		= IFINDEX,
	[VSW_A_RULE_ID]			= RULE_ID,
};

static const struct nla_policy rule_del_policy[] = {
	[VSW_A_RULE_SWITCH]		= IFINDEX,
	[VSW_A_RULE_ID]			= RULE_ID,
	[VSW_A_RULE_PRIO]		= PRIO,
	[VSW_A_RULE_BAND]		= BAND,
};

static const struct nla_policy rule_new_policy[] = {
	[VSW_A_RULE_SWITCH]		= IFINDEX,
	[VSW_A_RULE_PRIO]		= PRIO,
	[VSW_A_RULE_MATCH]		= NLA_POLICY_NESTED(match_policy),
	[VSW_A_RULE_EXCEPT]		= NLA_POLICY_NESTED(match_policy),
	[VSW_A_RULE_ACTIONS]		= NLA_POLICY_NESTED(action_policy),
	[VSW_A_RULE_BAND]		= BAND,
	[VSW_A_RULE_GROUP]		= GROUP,
	[VSW_A_RULE_IDLE_TIMEOUT]	= TIMEOUT,
	[VSW_A_RULE_HARD_TIMEOUT]	= TIMEOUT,
};

static const struct nla_policy trace_policy[] = {
	[VSW_A_TRACE_SWITCH]		= IFINDEX,
	[VSW_A_TRACE_PORT]		= IFINDEX,
	[VSW_A_TRACE_MARK]		= { .type = NLA_U32 },
	[VSW_A_TRACE_FRAME]		= FRAME,
};

static const struct nla_policy policer_ref_policy[] = {
	[VSW_A_POLICER_SWITCH]		= IFINDEX,
	[VSW_A_POLICER_NAME]		= GROUP,
};

static const struct nla_policy policer_new_policy[] = {
	[VSW_A_POLICER_SWITCH]		= IFINDEX,
	[VSW_A_POLICER_NAME]		= GROUP,
	[VSW_A_POLICER_RATE]		= NLA_POLICY_FULL_RANGE(NLA_U64,
							&police_rate_range),
	[VSW_A_POLICER_BURST]		= NLA_POLICY_MIN(NLA_U32, 1),
	[VSW_A_POLICER_PPS]		= NLA_POLICY_MIN(NLA_U32, 1),
	[VSW_A_POLICER_PBURST]		= NLA_POLICY_MIN(NLA_U32, 1),
};

static const struct nla_policy set_address_policy[] = {
	[VSW_A_SET_ADDRESS_IPV4]	= MASKED(sizeof(struct in_addr)),
	[VSW_A_SET_ADDRESS_IPV6]	= MASKED(sizeof(struct in6_addr)),
};

static const struct nla_policy set_ref_policy[] = {
	[VSW_A_SET_NAME]		= GROUP,
};

static const struct nla_policy set_new_policy[] = {
	[VSW_A_SET_NAME]		= GROUP,
	[VSW_A_SET_ADDRESSES]		= NLA_POLICY_NESTED(set_address_policy),
};

/* Dumps look at what narrows them twice: in their start, where a refusal can
 * name the attribute at fault (but, before 6.10, not say what is wrong, so that
 * it is left for later), and each time they go on, since what they are narrowed
 * to may be gone.
 */
static const struct genl_ops ops[] = {
	{
		.cmd	= VSW_CMD_SWITCH_GET,
		.doit	= vsw_nl_switch_get,
		.start	= vsw_nl_switch_start,
		.dumpit	= vsw_nl_switch_dump,
		.policy	= switch_ref_policy,
		.maxattr = ARRAY_SIZE(switch_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SWITCH_NEW,
		.doit	= vsw_nl_switch_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= switch_new_policy,
		.maxattr = ARRAY_SIZE(switch_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SWITCH_SET,
		.doit	= vsw_nl_switch_set,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= switch_set_policy,
		.maxattr = ARRAY_SIZE(switch_set_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SWITCH_DEL,
		.doit	= vsw_nl_switch_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= switch_ref_policy,
		.maxattr = ARRAY_SIZE(switch_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_PORT_GET,
		.doit	= vsw_nl_port_get,
		.start	= vsw_nl_port_start,
		.dumpit	= vsw_nl_port_dump,
		.policy	= port_ref_policy,
		.maxattr = ARRAY_SIZE(port_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_PORT_NEW,
		.doit	= vsw_nl_port_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= port_new_policy,
		.maxattr = ARRAY_SIZE(port_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_PORT_SET,
		.doit	= vsw_nl_port_set,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= port_set_policy,
		.maxattr = ARRAY_SIZE(port_set_policy) - 1,
	}, {
		.cmd	= VSW_CMD_PORT_DEL,
		.doit	= vsw_nl_port_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= port_ref_policy,
		.maxattr = ARRAY_SIZE(port_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_FDB_GET,
		.doit	= vsw_nl_fdb_get,
		.start	= vsw_nl_fdb_start,
		.dumpit	= vsw_nl_fdb_dump,
		.policy	= fdb_get_policy,
		.maxattr = ARRAY_SIZE(fdb_get_policy) - 1,
	}, {
		.cmd	= VSW_CMD_FDB_NEW,
		.doit	= vsw_nl_fdb_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= fdb_get_policy,
		.maxattr = ARRAY_SIZE(fdb_get_policy) - 1,
	}, {
		.cmd	= VSW_CMD_FDB_SET,
		.doit	= vsw_nl_fdb_set,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= fdb_get_policy,
		.maxattr = ARRAY_SIZE(fdb_get_policy) - 1,
	}, {
		.cmd	= VSW_CMD_FDB_DEL,
		.doit	= vsw_nl_fdb_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= fdb_del_policy,
		.maxattr = ARRAY_SIZE(fdb_del_policy) - 1,
	}, {
		.cmd	= VSW_CMD_FDB_FLUSH,
		.doit	= vsw_nl_fdb_flush,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= fdb_flush_policy,
		.maxattr = ARRAY_SIZE(fdb_flush_policy) - 1,
	}, {
		.cmd	= VSW_CMD_DROP_GET,
		.start	= vsw_nl_drop_start,
		.dumpit	= vsw_nl_drop_dump,
		.policy	= drop_get_policy,
		.maxattr = ARRAY_SIZE(drop_get_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_GET,
		.doit	= vsw_nl_rule_get,
		.start	= vsw_nl_rule_start,
		.dumpit	= vsw_nl_rule_dump,
		.policy	= rule_get_policy,
		.maxattr = ARRAY_SIZE(rule_get_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_NEW,
		.doit	= vsw_nl_rule_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_new_policy,
		.maxattr = ARRAY_SIZE(rule_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_DEL,
		.doit	= vsw_nl_rule_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_del_policy,
		.maxattr = ARRAY_SIZE(rule_del_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_FLUSH,
		.doit	= vsw_nl_rule_flush,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_switch_policy,
		.maxattr = ARRAY_SIZE(rule_switch_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_BEGIN,
		.doit	= vsw_nl_rule_begin,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_switch_policy,
		.maxattr = ARRAY_SIZE(rule_switch_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_COMMIT,
		.doit	= vsw_nl_rule_commit,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_switch_policy,
		.maxattr = ARRAY_SIZE(rule_switch_policy) - 1,
	}, {
		.cmd	= VSW_CMD_RULE_ABORT,
		.doit	= vsw_nl_rule_abort,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= rule_switch_policy,
		.maxattr = ARRAY_SIZE(rule_switch_policy) - 1,
	}, {
		.cmd	= VSW_CMD_TRACE,
		.start	= vsw_nl_trace_start,
		.dumpit	= vsw_nl_trace_dump,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= trace_policy,
		.maxattr = ARRAY_SIZE(trace_policy) - 1,
	}, {
		.cmd	= VSW_CMD_POLICER_GET,
		.doit	= vsw_nl_policer_get,
		.start	= vsw_nl_policer_start,
		.dumpit	= vsw_nl_policer_dump,
		.policy	= policer_ref_policy,
		.maxattr = ARRAY_SIZE(policer_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_POLICER_NEW,
		.doit	= vsw_nl_policer_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= policer_new_policy,
		.maxattr = ARRAY_SIZE(policer_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_POLICER_SET,
		.doit	= vsw_nl_policer_set,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= policer_new_policy,
		.maxattr = ARRAY_SIZE(policer_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_POLICER_DEL,
		.doit	= vsw_nl_policer_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= policer_ref_policy,
		.maxattr = ARRAY_SIZE(policer_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SET_GET,
		.doit	= vsw_nl_set_get,
		.start	= vsw_nl_set_start,
		.dumpit	= vsw_nl_set_dump,
		.policy	= set_ref_policy,
		.maxattr = ARRAY_SIZE(set_ref_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SET_NEW,
		.doit	= vsw_nl_set_new,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= set_new_policy,
		.maxattr = ARRAY_SIZE(set_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SET_DEL,
		.doit	= vsw_nl_set_del,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= set_new_policy,
		.maxattr = ARRAY_SIZE(set_new_policy) - 1,
	}, {
		.cmd	= VSW_CMD_SET_FLUSH,
		.doit	= vsw_nl_set_flush,
		.flags	= GENL_UNS_ADMIN_PERM,
		.policy	= set_ref_policy,
		.maxattr = ARRAY_SIZE(set_ref_policy) - 1,
	},
};

static const struct genl_multicast_group groups[] = {
	[VSW_NL_GROUP_CONFIG]	= { .name = VSW_MCGRP_CONFIG },
	[VSW_NL_GROUP_FDB]	= { .name = VSW_MCGRP_FDB },
	[VSW_NL_GROUP_RULE]	= { .name = VSW_MCGRP_RULE },
	/* These have others' frames in them. */
	[VSW_NL_GROUP_DROP]	= { .name = VSW_MCGRP_DROP,
				    .flags = GENL_MCAST_CAP_NET_ADMIN },
};

struct genl_family vsw_nl_family __ro_after_init = {
	.name		= VSW_GENL_NAME,
	.version	= VSW_GENL_VERSION,
	.module		= THIS_MODULE,
	.netnsok	= true,
	/* RTNL is taken by the commands that need it. */
	.parallel_ops	= true,
	.ops		= ops,
	.n_ops		= ARRAY_SIZE(ops),
	/* No command may ignore the reserved bits of its header. */
	.resv_start_op	= VSW_CMD_SWITCH_GET,
	.mcgrps		= groups,
	.n_mcgrps	= ARRAY_SIZE(groups),
};

static struct net_device *find_device(struct net *net, u32 ifindex)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, ifindex);
	rcu_read_unlock();
	return dev;
}

/**
 * vsw_nl_switch - the switch that a command names
 * @net: the namespace
 * @attrs: the command's attributes
 * @attr: which of them has the switch's ifindex
 * @extack: where to say why not
 *
 * Context: RTNL or RCU read section, for as long as the switch is used.
 * Return: the switch or an error.
 */
struct vsw_switch *vsw_nl_switch(struct net *net, struct nlattr **attrs,
				 int attr, struct netlink_ext_ack *extack)
{
	struct net_device *dev;

	if (NL_REQ_ATTR_CHECK(extack, NULL, attrs, attr)) {
		NL_SET_ERR_MSG(extack, "Which switch is not said");
		return ERR_PTR(-EINVAL);
	}
	dev = find_device(net, nla_get_u32(attrs[attr]));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[attr],
				    "No device has this index in this namespace");
		return ERR_PTR(-ENODEV);
	}
	if (!vsw_switch_is(dev)) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[attr],
				    "The device is not a switch");
		return ERR_PTR(-EINVAL);
	}
	return netdev_priv(dev);
}

/**
 * vsw_nl_port - the port that a command names
 * @net: the namespace
 * @attrs: the command's attributes
 * @port_attr: which of them has the port's ifindex
 * @switch_attr: which of them has the switch's ifindex; may be absent, but for
 *	a switch's own device that is also a port of another switch
 * @extack: where to say why not
 *
 * Context: RTNL or RCU read section, for as long as the port is used.
 * Return: the port or an error.
 */
struct vsw_port *vsw_nl_port(struct net *net, struct nlattr **attrs,
			     int port_attr, int switch_attr,
			     struct netlink_ext_ack *extack)
{
	struct vsw_port *port, *adapter;
	struct vsw_switch *sw = NULL;
	struct net_device *dev;

	if (NL_REQ_ATTR_CHECK(extack, NULL, attrs, port_attr)) {
		NL_SET_ERR_MSG(extack, "Which port is not said");
		return ERR_PTR(-EINVAL);
	}
	dev = find_device(net, nla_get_u32(attrs[port_attr]));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[port_attr],
				    "No device has this index in this namespace");
		return ERR_PTR(-ENODEV);
	}
	if (attrs[switch_attr]) {
		sw = vsw_nl_switch(net, attrs, switch_attr, extack);
		if (IS_ERR(sw))
			return ERR_CAST(sw);
	}
	port = vsw_netdev_port_rcu(dev);
	adapter = vsw_switch_adapter_rcu(dev);
	if (!sw && port && adapter) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[port_attr],
				    "The device is a port of two switches: say of which");
		return ERR_PTR(-EINVAL);
	}
	if (adapter && (!sw || adapter->sw == sw))
		return adapter;
	if (port && (!sw || port->sw == sw))
		return port;
	if (sw)
		NL_SET_ERR_MSG_ATTR(extack, attrs[port_attr],
				    "The device is not a port of this switch");
	else
		NL_SET_ERR_MSG_ATTR(extack, attrs[port_attr],
				    "The device is not a port of a switch");
	return ERR_PTR(-EINVAL);
}

/**
 * vsw_nl_narrow - what a dump is narrowed to: a switch, a port, or neither
 * @cb: the dump
 * @switch_attr: which of its attributes has the switch's ifindex
 * @port_attr: which of them has the port's ifindex
 * @sw: set to the switch, or NULL for all
 * @port: set to the port, or NULL for all
 *
 * Context: RTNL or RCU read section, for as long as the two are used.
 * Return: 0 or an error.
 */
int vsw_nl_narrow(struct netlink_callback *cb, int switch_attr, int port_attr,
		  struct vsw_switch **sw, struct vsw_port **port)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct net *net = sock_net(cb->skb->sk);

	*sw = NULL;
	*port = NULL;
	if (attrs[port_attr]) {
		*port = vsw_nl_port(net, attrs, port_attr, switch_attr,
				    cb->extack);
		if (IS_ERR(*port))
			return PTR_ERR(*port);
		*sw = (*port)->sw;
	} else if (attrs[switch_attr]) {
		*sw = vsw_nl_switch(net, attrs, switch_attr, cb->extack);
	}
	return PTR_ERR_OR_ZERO(*sw);
}

/**
 * vsw_nl_reject - refuse an attribute that makes no sense here
 * @attrs: the command's attributes
 * @attr: which of them
 * @why: a sentence, with static lifetime
 * @extack: where to put it
 *
 * Return: -EINVAL if the attribute is there, else 0.
 */
int vsw_nl_reject(struct nlattr **attrs, int attr, const char *why,
		  struct netlink_ext_ack *extack)
{
	if (!attrs[attr])
		return 0;
	NL_SET_BAD_ATTR(extack, attrs[attr]);
	if (extack)
		extack->_msg = why;
	return -EINVAL;
}

/**
 * vsw_nl_port_of - the port of a switch that an attribute names
 * @sw: the switch
 * @attr: u32, its ifindex
 * @extack: where to say why not
 *
 * Context: RTNL.
 * Return: the port or an error.
 */
struct vsw_port *vsw_nl_port_of(const struct vsw_switch *sw,
				const struct nlattr *attr,
				struct netlink_ext_ack *extack)
{
	struct vsw_port *port = NULL;
	struct net_device *dev;

	dev = __dev_get_by_index(dev_net(sw->dev), nla_get_u32(attr));
	if (dev)
		port = vsw_netdev_port_rcu(dev);
	if (dev && (!port || port->sw != sw))
		port = vsw_switch_adapter_rcu(dev);
	if (port && port->sw == sw)
		return port;
	NL_SET_ERR_MSG_ATTR(extack, attr,
			    "The device is not a port of this switch");
	return ERR_PTR(-EINVAL);
}

/**
 * vsw_nl_name - the name that a command gives to a device to be
 * @attr: the attribute
 * @extack: where to say why not
 *
 * Return: the name, or NULL if no device can have it. A pattern such as vsw%d
 *	is none: nobody would learn what became of it.
 */
const char *vsw_nl_name(const struct nlattr *attr,
			struct netlink_ext_ack *extack)
{
	const char *name = nla_data(attr);

	if (dev_valid_name(name) && !strchr(name, '%'))
		return name;
	NL_SET_ERR_MSG_ATTR(extack, attr, "Not a name that a device can have");
	return NULL;
}

/**
 * vsw_nl_multicast - tell those who listen
 * @net: the namespace
 * @skb: the message, consumed; or NULL if there was no memory for it, of which
 *	they are told, too
 * @group: index of the group
 */
void vsw_nl_multicast(struct net *net, struct sk_buff *skb, int group)
{
	if (!skb) {
		genl_set_err(&vsw_nl_family, net, 0, group, -ENOBUFS);
		return;
	}
	genlmsg_multicast_netns(&vsw_nl_family, net, skb, 0, group,
				GFP_ATOMIC);
}

/**
 * vsw_nl_module_init - make the family known
 *
 * Return: 0 or an error.
 */
int __init vsw_nl_module_init(void)
{
	int err;

	err = vsw_nl_rule_init();
	if (err)
		return err;
	err = genl_register_family(&vsw_nl_family);
	if (err)
		vsw_nl_rule_exit();
	return err;
}

/**
 * vsw_nl_module_exit - undo vsw_nl_module_init()
 */
void vsw_nl_module_exit(void)
{
	genl_unregister_family(&vsw_nl_family);
	vsw_nl_rule_exit();
}
