/* SPDX-License-Identifier: GPL-2.0 */
/* Made from the netlink specification by gen_policy.py: do not edit. */
#ifndef SPEC_NUMBERS_H
#define SPEC_NUMBERS_H

#define SPEC_FAMILY	"vswitch"
#define SPEC_VERSION	1

/* vsw-a-switch */
enum {
	VSW_A_SWITCH_IFINDEX = 1,
	VSW_A_SWITCH_NAME,
	VSW_A_SWITCH_PAD,
	VSW_A_SWITCH_VLAN_AWARE,
	VSW_A_SWITCH_AGEING,
	VSW_A_SWITCH_FDB_LIMIT,
	VSW_A_SWITCH_FDB_COUNT,
	VSW_A_SWITCH_FDB_LEARNED,
	VSW_A_SWITCH_FDB_REFUSED,
	VSW_A_SWITCH_PORT_COUNT,
	VSW_A_SWITCH_POLICY,
	VSW_A_SWITCH_CT_ZONE,
};

/* vsw-a-port */
enum {
	VSW_A_PORT_IFINDEX = 1,
	VSW_A_PORT_NAME,
	VSW_A_PORT_SWITCH,
	VSW_A_PORT_TYPE,
	VSW_A_PORT_VLAN_MODE,
	VSW_A_PORT_PVID,
	VSW_A_PORT_VLANS,
	VSW_A_PORT_UP,
	VSW_A_PORT_STATS,
	VSW_A_PORT_POLICY,
	VSW_A_PORT_RULES,
};

/* vsw-a-stats */
enum {
	VSW_A_STATS_PAD = 1,
	VSW_A_STATS_RX_PACKETS,
	VSW_A_STATS_RX_BYTES,
	VSW_A_STATS_TX_PACKETS,
	VSW_A_STATS_TX_BYTES,
	VSW_A_STATS_DROPS,
};

/* vsw-a-fdb */
enum {
	VSW_A_FDB_SWITCH = 1,
	VSW_A_FDB_PORT,
	VSW_A_FDB_MAC,
	VSW_A_FDB_VID,
	VSW_A_FDB_TYPE,
	VSW_A_FDB_AGE,
};

/* vsw-a-drop */
enum {
	VSW_A_DROP_SWITCH = 1,
	VSW_A_DROP_PORT,
	VSW_A_DROP_COUNTER,
};

/* vsw-a-drop-counter */
enum {
	VSW_A_DROP_COUNTER_PAD = 1,
	VSW_A_DROP_COUNTER_REASON,
	VSW_A_DROP_COUNTER_NAME,
	VSW_A_DROP_COUNTER_PACKETS,
};

/* vsw-a-drop-event */
enum {
	VSW_A_DROP_EVENT_PAD = 1,
	VSW_A_DROP_EVENT_SWITCH,
	VSW_A_DROP_EVENT_IN,
	VSW_A_DROP_EVENT_OUT,
	VSW_A_DROP_EVENT_REASON,
	VSW_A_DROP_EVENT_REASON_NAME,
	VSW_A_DROP_EVENT_VLAN,
	VSW_A_DROP_EVENT_LENGTH,
	VSW_A_DROP_EVENT_FRAME,
	VSW_A_DROP_EVENT_MISSED,
};

/* vsw-a-rule */
enum {
	VSW_A_RULE_SWITCH = 1,
	VSW_A_RULE_ID,
	VSW_A_RULE_PRIO,
	VSW_A_RULE_MATCH,
	VSW_A_RULE_EXCEPT,
	VSW_A_RULE_ACTIONS,
	VSW_A_RULE_PAD,
	VSW_A_RULE_PACKETS,
	VSW_A_RULE_BYTES,
	VSW_A_RULE_USED,
	VSW_A_RULE_BAND,
	VSW_A_RULE_GROUP,
	VSW_A_RULE_IDLE_TIMEOUT,
	VSW_A_RULE_HARD_TIMEOUT,
	VSW_A_RULE_SHADOWED_BY,
};

/* vsw-a-match */
enum {
	VSW_A_MATCH_PORT = 1,
	VSW_A_MATCH_VID,
	VSW_A_MATCH_INNER_VID,
	VSW_A_MATCH_MAC_SRC,
	VSW_A_MATCH_MAC_DST,
	VSW_A_MATCH_ETHERTYPE,
	VSW_A_MATCH_IPV4_SRC,
	VSW_A_MATCH_IPV4_DST,
	VSW_A_MATCH_IPV6_SRC,
	VSW_A_MATCH_IPV6_DST,
	VSW_A_MATCH_PROTO,
	VSW_A_MATCH_SPORT,
	VSW_A_MATCH_DPORT,
	VSW_A_MATCH_TCP_FLAGS,
	VSW_A_MATCH_DSCP,
	VSW_A_MATCH_ECN,
	VSW_A_MATCH_TTL,
	VSW_A_MATCH_FRAG,
	VSW_A_MATCH_ICMP_TYPE,
	VSW_A_MATCH_ICMP_CODE,
	VSW_A_MATCH_ARP_OP,
	VSW_A_MATCH_ARP_SENDER_IP,
	VSW_A_MATCH_ARP_TARGET_IP,
	VSW_A_MATCH_ARP_SENDER_MAC,
	VSW_A_MATCH_ARP_TARGET_MAC,
	VSW_A_MATCH_ND_TARGET,
	VSW_A_MATCH_MARK,
	VSW_A_MATCH_CT,
};

/* vsw-a-action */
enum {
	VSW_A_ACTION_PERMIT = 1,
	VSW_A_ACTION_DROP,
	VSW_A_ACTION_REJECT,
	VSW_A_ACTION_OUTPUT,
	VSW_A_ACTION_GOTO,
	VSW_A_ACTION_MIRROR,
	VSW_A_ACTION_MARK,
	VSW_A_ACTION_VLAN_SET,
	VSW_A_ACTION_VLAN_PUSH,
	VSW_A_ACTION_VLAN_POP,
	VSW_A_ACTION_MAC_SRC,
	VSW_A_ACTION_MAC_DST,
	VSW_A_ACTION_IPV4_SRC,
	VSW_A_ACTION_IPV4_DST,
	VSW_A_ACTION_IPV6_SRC,
	VSW_A_ACTION_IPV6_DST,
	VSW_A_ACTION_SPORT,
	VSW_A_ACTION_DPORT,
	VSW_A_ACTION_TTL,
	VSW_A_ACTION_TTL_DEC,
	VSW_A_ACTION_DSCP,
	VSW_A_ACTION_CT_COMMIT,
};

/* vsw-a-trace */
enum {
	VSW_A_TRACE_SWITCH = 1,
	VSW_A_TRACE_PORT,
	VSW_A_TRACE_MARK,
	VSW_A_TRACE_FRAME,
	VSW_A_TRACE_STEP,
	VSW_A_TRACE_VLAN,
	VSW_A_TRACE_FDB_TYPE,
	VSW_A_TRACE_RULE,
	VSW_A_TRACE_REASON,
	VSW_A_TRACE_REASON_NAME,
};

/* vsw-cmd */
enum {
	VSW_CMD_SWITCH_GET = 1,
	VSW_CMD_SWITCH_NEW,
	VSW_CMD_SWITCH_SET,
	VSW_CMD_SWITCH_DEL,
	VSW_CMD_SWITCH_NEW_NTF,
	VSW_CMD_SWITCH_SET_NTF,
	VSW_CMD_SWITCH_DEL_NTF,
	VSW_CMD_PORT_GET,
	VSW_CMD_PORT_NEW,
	VSW_CMD_PORT_SET,
	VSW_CMD_PORT_DEL,
	VSW_CMD_PORT_NEW_NTF,
	VSW_CMD_PORT_SET_NTF,
	VSW_CMD_PORT_DEL_NTF,
	VSW_CMD_FDB_GET,
	VSW_CMD_FDB_NEW,
	VSW_CMD_FDB_SET,
	VSW_CMD_FDB_DEL,
	VSW_CMD_FDB_FLUSH,
	VSW_CMD_FDB_NEW_NTF,
	VSW_CMD_FDB_SET_NTF,
	VSW_CMD_FDB_DEL_NTF,
	VSW_CMD_DROP_GET,
	VSW_CMD_RULE_GET,
	VSW_CMD_RULE_NEW,
	VSW_CMD_RULE_DEL,
	VSW_CMD_RULE_FLUSH,
	VSW_CMD_RULE_BEGIN,
	VSW_CMD_RULE_COMMIT,
	VSW_CMD_RULE_ABORT,
	VSW_CMD_RULE_NEW_NTF,
	VSW_CMD_RULE_DEL_NTF,
	VSW_CMD_TRACE,
	VSW_CMD_DROP_NTF,
};

static const char *const spec_names_port_type[] = {
	"host",
	"netdev",
	"internal",
	NULL
};

static const char *const spec_names_vlan_mode[] = {
	"access",
	"trunk",
	NULL
};

static const char *const spec_names_ct[] = {
	"untracked",
	"new",
	"established",
	"related",
	"invalid",
	NULL
};

static const char *const spec_names_policy[] = {
	"permit",
	"drop",
	"switch",
	NULL
};

static const char *const spec_names_fdb_type[] = {
	"learned",
	"static",
	"local",
	NULL
};

static const char *const spec_names_drop[] = {
	"none",
	"malformed",
	"src-invalid",
	"src-local",
	"dst-reserved",
	"vlan-tagged",
	"vlan-untagged",
	"vlan-ingress",
	"vlan-egress",
	"same-port",
	"no-receiver",
	"port-down",
	"too-big",
	"no-memory",
	"queue-full",
	"rule",
	"reject",
	"output-gone",
	"ttl",
	"policy",
	"ct",
	NULL
};

static const char *const spec_names_frag[] = {
	"none",
	"first",
	"later",
	NULL
};

static const char *const spec_names_step[] = {
	"receive",
	"rule",
	"learn",
	"lookup",
	"send",
	"drop",
	NULL
};

#endif /* SPEC_NUMBERS_H */
