/* SPDX-License-Identifier: GPL-2.0 */
/* Made from the netlink specification by gen_policy.py: do not edit. */
#ifndef SPEC_SETS_H
#define SPEC_SETS_H

#include <linux/netlink.h>
#include <linux/types.h>

#include "spec_numbers.h"

#define SPEC_BIT(n)	(1U << (n))

/*
 * struct spec_attr - an attribute
 * @size: of a number, in bytes; 0 for all else
 * @min, @max: bounds of a number, or of a length; @max 0: no bound
 * @multi: may be there more than once
 * @nest: the set of a nest
 * @names: of the values of an enum, up to NULL
 */
struct spec_attr {
	const char *name;
	__u16 id;
	__u16 type;
	__u16 size;
	__u16 multi;
	__u64 min;
	__u64 max;
	const struct spec_set *nest;
	const char *const *names;
};

struct spec_set {
	const char *name;
	__u16 max;
	const struct spec_attr *attrs;
};

/*
 * struct spec_op - a command, or an event if it has a group
 * @do_attrs, @dump_attrs: SPEC_BIT() of each attribute that a request takes
 * @reply_attrs: ... of each that a reply may have, or the event itself
 */
struct spec_op {
	const char *name;
	__u8 id;
	const char *group;
	int has_do, has_dump, admin;
	const struct spec_set *set;
	__u32 do_attrs;
	__u32 dump_attrs;
	__u32 reply_attrs;
};

static const struct spec_attr spec_attrs_switch[] = {
	{ .name = "ifindex", .id = VSW_A_SWITCH_IFINDEX,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "name", .id = VSW_A_SWITCH_NAME,
	  .type = NL_ATTR_TYPE_STRING, .max = 15 },
	{ .name = "pad", .id = VSW_A_SWITCH_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "vlan-aware", .id = VSW_A_SWITCH_VLAN_AWARE,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .max = 1 },
	{ .name = "ageing", .id = VSW_A_SWITCH_AGEING,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 1000000 },
	{ .name = "fdb-limit", .id = VSW_A_SWITCH_FDB_LIMIT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 4194304 },
	{ .name = "fdb-count", .id = VSW_A_SWITCH_FDB_COUNT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "fdb-learned", .id = VSW_A_SWITCH_FDB_LEARNED,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "fdb-refused", .id = VSW_A_SWITCH_FDB_REFUSED,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "port-count", .id = VSW_A_SWITCH_PORT_COUNT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "policy", .id = VSW_A_SWITCH_POLICY,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 1,
	  .names = spec_names_policy },
	{ .name = "ct-zone", .id = VSW_A_SWITCH_CT_ZONE,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 61440 },
};

static const struct spec_set spec_set_switch = {
	.name = "switch",
	.max = 12,
	.attrs = spec_attrs_switch,
};

static const struct spec_attr spec_attrs_stats[] = {
	{ .name = "pad", .id = VSW_A_STATS_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "rx-packets", .id = VSW_A_STATS_RX_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "rx-bytes", .id = VSW_A_STATS_RX_BYTES,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "tx-packets", .id = VSW_A_STATS_TX_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "tx-bytes", .id = VSW_A_STATS_TX_BYTES,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "drops", .id = VSW_A_STATS_DROPS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
};

static const struct spec_set spec_set_stats = {
	.name = "stats",
	.max = 6,
	.attrs = spec_attrs_stats,
};

static const struct spec_attr spec_attrs_port[] = {
	{ .name = "ifindex", .id = VSW_A_PORT_IFINDEX,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "name", .id = VSW_A_PORT_NAME,
	  .type = NL_ATTR_TYPE_STRING, .max = 15 },
	{ .name = "switch", .id = VSW_A_PORT_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "type", .id = VSW_A_PORT_TYPE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2,
	  .names = spec_names_port_type },
	{ .name = "vlan-mode", .id = VSW_A_PORT_VLAN_MODE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 1,
	  .names = spec_names_vlan_mode },
	{ .name = "pvid", .id = VSW_A_PORT_PVID,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 4094 },
	{ .name = "vlans", .id = VSW_A_PORT_VLANS,
	  .type = NL_ATTR_TYPE_BINARY, .min = 512, .max = 512 },
	{ .name = "up", .id = VSW_A_PORT_UP,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .max = 255 },
	{ .name = "stats", .id = VSW_A_PORT_STATS,
	  .type = NL_ATTR_TYPE_NESTED,
	  .nest = &spec_set_stats },
	{ .name = "policy", .id = VSW_A_PORT_POLICY,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 2,
	  .names = spec_names_policy },
	{ .name = "rules", .id = VSW_A_PORT_RULES,
	  .type = NL_ATTR_TYPE_STRING, .max = 31 },
};

static const struct spec_set spec_set_port = {
	.name = "port",
	.max = 11,
	.attrs = spec_attrs_port,
};

static const struct spec_attr spec_attrs_fdb[] = {
	{ .name = "switch", .id = VSW_A_FDB_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "port", .id = VSW_A_FDB_PORT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "mac", .id = VSW_A_FDB_MAC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 6, .max = 6 },
	{ .name = "vid", .id = VSW_A_FDB_VID,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .min = 1, .max = 4094 },
	{ .name = "type", .id = VSW_A_FDB_TYPE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_fdb_type },
	{ .name = "age", .id = VSW_A_FDB_AGE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
};

static const struct spec_set spec_set_fdb = {
	.name = "fdb",
	.max = 6,
	.attrs = spec_attrs_fdb,
};

static const struct spec_attr spec_attrs_drop_counter[] = {
	{ .name = "pad", .id = VSW_A_DROP_COUNTER_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "reason", .id = VSW_A_DROP_COUNTER_REASON,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_drop },
	{ .name = "name", .id = VSW_A_DROP_COUNTER_NAME,
	  .type = NL_ATTR_TYPE_STRING },
	{ .name = "packets", .id = VSW_A_DROP_COUNTER_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
};

static const struct spec_set spec_set_drop_counter = {
	.name = "drop-counter",
	.max = 4,
	.attrs = spec_attrs_drop_counter,
};

static const struct spec_attr spec_attrs_drop[] = {
	{ .name = "switch", .id = VSW_A_DROP_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "port", .id = VSW_A_DROP_PORT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "counter", .id = VSW_A_DROP_COUNTER,
	  .type = NL_ATTR_TYPE_NESTED,
	  .multi = 1,
	  .nest = &spec_set_drop_counter },
};

static const struct spec_set spec_set_drop = {
	.name = "drop",
	.max = 3,
	.attrs = spec_attrs_drop,
};

static const struct spec_attr spec_attrs_drop_event[] = {
	{ .name = "pad", .id = VSW_A_DROP_EVENT_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "switch", .id = VSW_A_DROP_EVENT_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "in", .id = VSW_A_DROP_EVENT_IN,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "out", .id = VSW_A_DROP_EVENT_OUT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "reason", .id = VSW_A_DROP_EVENT_REASON,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_drop },
	{ .name = "reason-name", .id = VSW_A_DROP_EVENT_REASON_NAME,
	  .type = NL_ATTR_TYPE_STRING },
	{ .name = "vlan", .id = VSW_A_DROP_EVENT_VLAN,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 65535 },
	{ .name = "length", .id = VSW_A_DROP_EVENT_LENGTH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "frame", .id = VSW_A_DROP_EVENT_FRAME,
	  .type = NL_ATTR_TYPE_BINARY, .max = 64 },
	{ .name = "missed", .id = VSW_A_DROP_EVENT_MISSED,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
};

static const struct spec_set spec_set_drop_event = {
	.name = "drop-event",
	.max = 10,
	.attrs = spec_attrs_drop_event,
};

static const struct spec_attr spec_attrs_match[] = {
	{ .name = "port", .id = VSW_A_MATCH_PORT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647,
	  .multi = 1 },
	{ .name = "vid", .id = VSW_A_MATCH_VID,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "inner-vid", .id = VSW_A_MATCH_INNER_VID,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "mac-src", .id = VSW_A_MATCH_MAC_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "mac-dst", .id = VSW_A_MATCH_MAC_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "ethertype", .id = VSW_A_MATCH_ETHERTYPE,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ipv4-src", .id = VSW_A_MATCH_IPV4_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ipv4-dst", .id = VSW_A_MATCH_IPV4_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ipv6-src", .id = VSW_A_MATCH_IPV6_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 32, .max = 32,
	  .multi = 1 },
	{ .name = "ipv6-dst", .id = VSW_A_MATCH_IPV6_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 32, .max = 32,
	  .multi = 1 },
	{ .name = "proto", .id = VSW_A_MATCH_PROTO,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "sport", .id = VSW_A_MATCH_SPORT,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "dport", .id = VSW_A_MATCH_DPORT,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "tcp-flags", .id = VSW_A_MATCH_TCP_FLAGS,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "dscp", .id = VSW_A_MATCH_DSCP,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ecn", .id = VSW_A_MATCH_ECN,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ttl", .id = VSW_A_MATCH_TTL,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "frag", .id = VSW_A_MATCH_FRAG,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "icmp-type", .id = VSW_A_MATCH_ICMP_TYPE,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "icmp-code", .id = VSW_A_MATCH_ICMP_CODE,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "arp-op", .id = VSW_A_MATCH_ARP_OP,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "arp-sender-ip", .id = VSW_A_MATCH_ARP_SENDER_IP,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "arp-target-ip", .id = VSW_A_MATCH_ARP_TARGET_IP,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "arp-sender-mac", .id = VSW_A_MATCH_ARP_SENDER_MAC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "arp-target-mac", .id = VSW_A_MATCH_ARP_TARGET_MAC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "nd-target", .id = VSW_A_MATCH_ND_TARGET,
	  .type = NL_ATTR_TYPE_BINARY, .min = 32, .max = 32,
	  .multi = 1 },
	{ .name = "mark", .id = VSW_A_MATCH_MARK,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ct", .id = VSW_A_MATCH_CT,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ip-src-set", .id = VSW_A_MATCH_IP_SRC_SET,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
	{ .name = "ip-dst-set", .id = VSW_A_MATCH_IP_DST_SET,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
	{ .name = "arp-sender-set", .id = VSW_A_MATCH_ARP_SENDER_SET,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
	{ .name = "arp-target-set", .id = VSW_A_MATCH_ARP_TARGET_SET,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
	{ .name = "nd-target-set", .id = VSW_A_MATCH_ND_TARGET_SET,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
};

static const struct spec_set spec_set_match = {
	.name = "match",
	.max = 33,
	.attrs = spec_attrs_match,
};

static const struct spec_attr spec_attrs_action[] = {
	{ .name = "permit", .id = VSW_A_ACTION_PERMIT,
	  .type = NL_ATTR_TYPE_FLAG },
	{ .name = "drop", .id = VSW_A_ACTION_DROP,
	  .type = NL_ATTR_TYPE_FLAG },
	{ .name = "reject", .id = VSW_A_ACTION_REJECT,
	  .type = NL_ATTR_TYPE_FLAG },
	{ .name = "output", .id = VSW_A_ACTION_OUTPUT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647,
	  .multi = 1 },
	{ .name = "goto", .id = VSW_A_ACTION_GOTO,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .min = 1, .max = 15 },
	{ .name = "mirror", .id = VSW_A_ACTION_MIRROR,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647,
	  .multi = 1 },
	{ .name = "mark", .id = VSW_A_ACTION_MARK,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "vlan-set", .id = VSW_A_ACTION_VLAN_SET,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .min = 1, .max = 4094,
	  .multi = 1 },
	{ .name = "vlan-push", .id = VSW_A_ACTION_VLAN_PUSH,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .min = 1, .max = 4094,
	  .multi = 1 },
	{ .name = "vlan-pop", .id = VSW_A_ACTION_VLAN_POP,
	  .type = NL_ATTR_TYPE_FLAG,
	  .multi = 1 },
	{ .name = "mac-src", .id = VSW_A_ACTION_MAC_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 6, .max = 6,
	  .multi = 1 },
	{ .name = "mac-dst", .id = VSW_A_ACTION_MAC_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 6, .max = 6,
	  .multi = 1 },
	{ .name = "ipv4-src", .id = VSW_A_ACTION_IPV4_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 4, .max = 4,
	  .multi = 1 },
	{ .name = "ipv4-dst", .id = VSW_A_ACTION_IPV4_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 4, .max = 4,
	  .multi = 1 },
	{ .name = "ipv6-src", .id = VSW_A_ACTION_IPV6_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 16, .max = 16,
	  .multi = 1 },
	{ .name = "ipv6-dst", .id = VSW_A_ACTION_IPV6_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 16, .max = 16,
	  .multi = 1 },
	{ .name = "sport", .id = VSW_A_ACTION_SPORT,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 65535,
	  .multi = 1 },
	{ .name = "dport", .id = VSW_A_ACTION_DPORT,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 65535,
	  .multi = 1 },
	{ .name = "ttl", .id = VSW_A_ACTION_TTL,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .min = 1, .max = 255,
	  .multi = 1 },
	{ .name = "ttl-dec", .id = VSW_A_ACTION_TTL_DEC,
	  .type = NL_ATTR_TYPE_FLAG,
	  .multi = 1 },
	{ .name = "dscp", .id = VSW_A_ACTION_DSCP,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .max = 63,
	  .multi = 1 },
	{ .name = "ct-commit", .id = VSW_A_ACTION_CT_COMMIT,
	  .type = NL_ATTR_TYPE_FLAG,
	  .multi = 1 },
	{ .name = "police", .id = VSW_A_ACTION_POLICE,
	  .type = NL_ATTR_TYPE_STRING, .max = 31,
	  .multi = 1 },
	{ .name = "sample", .id = VSW_A_ACTION_SAMPLE,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "ct-nat", .id = VSW_A_ACTION_CT_NAT,
	  .type = NL_ATTR_TYPE_FLAG,
	  .multi = 1 },
	{ .name = "ct-nat-ipv4-src", .id = VSW_A_ACTION_CT_NAT_IPV4_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "ct-nat-ipv4-dst", .id = VSW_A_ACTION_CT_NAT_IPV4_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 12, .max = 12,
	  .multi = 1 },
	{ .name = "ct-nat-ipv6-src", .id = VSW_A_ACTION_CT_NAT_IPV6_SRC,
	  .type = NL_ATTR_TYPE_BINARY, .min = 36, .max = 36,
	  .multi = 1 },
	{ .name = "ct-nat-ipv6-dst", .id = VSW_A_ACTION_CT_NAT_IPV6_DST,
	  .type = NL_ATTR_TYPE_BINARY, .min = 36, .max = 36,
	  .multi = 1 },
};

static const struct spec_set spec_set_action = {
	.name = "action",
	.max = 29,
	.attrs = spec_attrs_action,
};

static const struct spec_attr spec_attrs_rule[] = {
	{ .name = "switch", .id = VSW_A_RULE_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "id", .id = VSW_A_RULE_ID,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "prio", .id = VSW_A_RULE_PRIO,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 65535 },
	{ .name = "match", .id = VSW_A_RULE_MATCH,
	  .type = NL_ATTR_TYPE_NESTED,
	  .nest = &spec_set_match },
	{ .name = "except", .id = VSW_A_RULE_EXCEPT,
	  .type = NL_ATTR_TYPE_NESTED,
	  .nest = &spec_set_match },
	{ .name = "actions", .id = VSW_A_RULE_ACTIONS,
	  .type = NL_ATTR_TYPE_NESTED,
	  .nest = &spec_set_action },
	{ .name = "pad", .id = VSW_A_RULE_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "packets", .id = VSW_A_RULE_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "bytes", .id = VSW_A_RULE_BYTES,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "used", .id = VSW_A_RULE_USED,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "band", .id = VSW_A_RULE_BAND,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .max = 15 },
	{ .name = "group", .id = VSW_A_RULE_GROUP,
	  .type = NL_ATTR_TYPE_STRING, .max = 31 },
	{ .name = "idle-timeout", .id = VSW_A_RULE_IDLE_TIMEOUT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 86400 },
	{ .name = "hard-timeout", .id = VSW_A_RULE_HARD_TIMEOUT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 86400 },
	{ .name = "shadowed-by", .id = VSW_A_RULE_SHADOWED_BY,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
};

static const struct spec_set spec_set_rule = {
	.name = "rule",
	.max = 15,
	.attrs = spec_attrs_rule,
};

static const struct spec_attr spec_attrs_trace[] = {
	{ .name = "switch", .id = VSW_A_TRACE_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "port", .id = VSW_A_TRACE_PORT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "mark", .id = VSW_A_TRACE_MARK,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "frame", .id = VSW_A_TRACE_FRAME,
	  .type = NL_ATTR_TYPE_BINARY, .min = 14, .max = 1522 },
	{ .name = "step", .id = VSW_A_TRACE_STEP,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_step },
	{ .name = "vlan", .id = VSW_A_TRACE_VLAN,
	  .type = NL_ATTR_TYPE_U16, .size = 2, .max = 65535 },
	{ .name = "fdb-type", .id = VSW_A_TRACE_FDB_TYPE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_fdb_type },
	{ .name = "rule", .id = VSW_A_TRACE_RULE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "reason", .id = VSW_A_TRACE_REASON,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_drop },
	{ .name = "reason-name", .id = VSW_A_TRACE_REASON_NAME,
	  .type = NL_ATTR_TYPE_STRING },
	{ .name = "sample-rate", .id = VSW_A_TRACE_SAMPLE_RATE,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "sample-group", .id = VSW_A_TRACE_SAMPLE_GROUP,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "ct", .id = VSW_A_TRACE_CT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU,
	  .names = spec_names_ct },
	{ .name = "fdb-full", .id = VSW_A_TRACE_FDB_FULL,
	  .type = NL_ATTR_TYPE_U8, .size = 1, .max = 255 },
};

static const struct spec_set spec_set_trace = {
	.name = "trace",
	.max = 14,
	.attrs = spec_attrs_trace,
};

static const struct spec_attr spec_attrs_policer[] = {
	{ .name = "switch", .id = VSW_A_POLICER_SWITCH,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 2147483647 },
	{ .name = "name", .id = VSW_A_POLICER_NAME,
	  .type = NL_ATTR_TYPE_STRING, .max = 31 },
	{ .name = "pad", .id = VSW_A_POLICER_PAD,
	  .type = NL_ATTR_TYPE_INVALID },
	{ .name = "rate", .id = VSW_A_POLICER_RATE,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .min = 8,
	  .max = 0xe8d4a51000ULL },
	{ .name = "burst", .id = VSW_A_POLICER_BURST,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 0xffffffffU },
	{ .name = "pps", .id = VSW_A_POLICER_PPS,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 0xffffffffU },
	{ .name = "pburst", .id = VSW_A_POLICER_PBURST,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .min = 1, .max = 0xffffffffU },
	{ .name = "passed-packets", .id = VSW_A_POLICER_PASSED_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "passed-bytes", .id = VSW_A_POLICER_PASSED_BYTES,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "dropped-packets", .id = VSW_A_POLICER_DROPPED_PACKETS,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "dropped-bytes", .id = VSW_A_POLICER_DROPPED_BYTES,
	  .type = NL_ATTR_TYPE_U64, .size = 8, .max = 0xffffffffffffffffULL },
	{ .name = "rules", .id = VSW_A_POLICER_RULES,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
};

static const struct spec_set spec_set_policer = {
	.name = "policer",
	.max = 12,
	.attrs = spec_attrs_policer,
};

static const struct spec_attr spec_attrs_set_address[] = {
	{ .name = "ipv4", .id = VSW_A_SET_ADDRESS_IPV4,
	  .type = NL_ATTR_TYPE_BINARY, .min = 8, .max = 8,
	  .multi = 1 },
	{ .name = "ipv6", .id = VSW_A_SET_ADDRESS_IPV6,
	  .type = NL_ATTR_TYPE_BINARY, .min = 32, .max = 32,
	  .multi = 1 },
};

static const struct spec_set spec_set_set_address = {
	.name = "set-address",
	.max = 2,
	.attrs = spec_attrs_set_address,
};

static const struct spec_attr spec_attrs_set[] = {
	{ .name = "name", .id = VSW_A_SET_NAME,
	  .type = NL_ATTR_TYPE_STRING, .max = 31 },
	{ .name = "addresses", .id = VSW_A_SET_ADDRESSES,
	  .type = NL_ATTR_TYPE_NESTED,
	  .nest = &spec_set_set_address },
	{ .name = "count", .id = VSW_A_SET_COUNT,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
	{ .name = "rules", .id = VSW_A_SET_RULES,
	  .type = NL_ATTR_TYPE_U32, .size = 4, .max = 0xffffffffU },
};

static const struct spec_set spec_set_set = {
	.name = "set",
	.max = 4,
	.attrs = spec_attrs_set,
};

#endif /* SPEC_SETS_H */
