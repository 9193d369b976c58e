/* SPDX-License-Identifier: GPL-2.0 */
/* Made from the netlink specification by gen_policy.py: do not edit. */
#ifndef SPEC_POLICY_H
#define SPEC_POLICY_H

#include <linux/netlink.h>
#include <linux/types.h>

#define SPEC_BIT(n)	(1U << (n))

/*
 * struct spec_attr - an attribute
 * @size: of a number, in bytes; 0 for all else
 * @min, @max: bounds of a number, or of a length; @max 0: no bound
 * @nest: the set of a nest
 * @names: of the values of an enum, up to NULL
 */
struct spec_attr {
	const char *name;
	__u16 id;
	__u16 type;
	__u16 size;
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
	NULL
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
};

static const struct spec_set spec_set_switch = {
	.name = "switch",
	.max = 10,
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
};

static const struct spec_set spec_set_port = {
	.name = "port",
	.max = 9,
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
	  .nest = &spec_set_drop_counter },
};

static const struct spec_set spec_set_drop = {
	.name = "drop",
	.max = 3,
	.attrs = spec_attrs_drop,
};

static const struct spec_op spec_ops[] = {
	{
		.name = "switch-get",
		.id = VSW_CMD_SWITCH_GET,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX),
		.has_dump = 1,
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT),
	},
	{
		.name = "switch-new",
		.id = VSW_CMD_SWITCH_NEW,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT),
		.admin = 1,
	},
	{
		.name = "switch-set",
		.id = VSW_CMD_SWITCH_SET,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT),
		.admin = 1,
	},
	{
		.name = "switch-del",
		.id = VSW_CMD_SWITCH_DEL,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX),
		.admin = 1,
	},
	{
		.name = "switch-new-ntf",
		.id = VSW_CMD_SWITCH_NEW_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT),
	},
	{
		.name = "switch-set-ntf",
		.id = VSW_CMD_SWITCH_SET_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT),
	},
	{
		.name = "switch-del-ntf",
		.id = VSW_CMD_SWITCH_DEL_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT),
	},
	{
		.name = "port-get",
		.id = VSW_CMD_PORT_GET,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_PORT_SWITCH),
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS),
	},
	{
		.name = "port-new",
		.id = VSW_CMD_PORT_NEW,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS),
		.admin = 1,
	},
	{
		.name = "port-set",
		.id = VSW_CMD_PORT_SET,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS),
		.admin = 1,
	},
	{
		.name = "port-del",
		.id = VSW_CMD_PORT_DEL,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH),
		.admin = 1,
	},
	{
		.name = "port-new-ntf",
		.id = VSW_CMD_PORT_NEW_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS),
	},
	{
		.name = "port-set-ntf",
		.id = VSW_CMD_PORT_SET_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS),
	},
	{
		.name = "port-del-ntf",
		.id = VSW_CMD_PORT_DEL_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS),
	},
	{
		.name = "fdb-get",
		.id = VSW_CMD_FDB_GET,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_VID),
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-new",
		.id = VSW_CMD_FDB_NEW,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-set",
		.id = VSW_CMD_FDB_SET,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-del",
		.id = VSW_CMD_FDB_DEL,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-flush",
		.id = VSW_CMD_FDB_FLUSH,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-new-ntf",
		.id = VSW_CMD_FDB_NEW_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-set-ntf",
		.id = VSW_CMD_FDB_SET_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-del-ntf",
		.id = VSW_CMD_FDB_DEL_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "drop-get",
		.id = VSW_CMD_DROP_GET,
		.set = &spec_set_drop,
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_DROP_SWITCH) |
			SPEC_BIT(VSW_A_DROP_PORT),
		.reply_attrs = SPEC_BIT(VSW_A_DROP_SWITCH) |
			SPEC_BIT(VSW_A_DROP_PORT) |
			SPEC_BIT(VSW_A_DROP_COUNTER),
	},
};

#endif /* SPEC_POLICY_H */
