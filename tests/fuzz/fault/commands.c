// SPDX-License-Identifier: GPL-2.0
/*
 * Each command of the generic netlink family, with each kind of argument.
 */
#include <linux/if_ether.h>
#include <string.h>

#include "fault.h"

#define MAC_NEW		MAC_PREFIX "\x02\x00\x01"
#define MAC_LEARNED	MAC_PREFIX "\x02\x00\x02"

static void new_switch(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_NEW, 0);

	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, "new");
	nl_talk(nlh, o);
}

static void new_switch_all(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_NEW, 0);

	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, "new");
	mnl_attr_put_u8(nlh, VSW_A_SWITCH_VLAN_AWARE, 0);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_AGEING, 30);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LIMIT, 40);
	nl_talk(nlh, o);
}

static void undo_new_switch(void)
{
	switch_del("new");
}

static void set_switch_to(struct outcome *o, __u32 ageing, __u32 limit)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_SET, 0);

	add_attr(nlh, VSW_A_SWITCH_IFINDEX, "vsw0");
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_AGEING, ageing);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LIMIT, limit);
	nl_talk(nlh, o);
}

static void set_switch(struct outcome *o)
{
	set_switch_to(o, 5000, 777);
}

static void undo_set_switch(void)
{
	struct outcome o;

	set_switch_to(&o, VSW_AGEING_MAX, VSW_FDB_LIMIT_DEFAULT);
}

static void del_switch(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_DEL, 0);

	add_attr(nlh, VSW_A_SWITCH_IFINDEX, "vsw1");
	nl_talk(nlh, o);
}

static void undo_del_switch(void)
{
	switch_add("vsw1");
	port_add("vsw1", "t4");
	port_internal("vsw1", "int1");
	link_up("vsw1", true);
	link_up("int1", true);
}

static struct nlmsghdr *new_port_msg(const char *sw, const char *dev)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_NEW, 0);

	add_attr(nlh, VSW_A_PORT_SWITCH, sw);
	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	return nlh;
}

static void new_port(struct outcome *o)
{
	nl_talk(new_port_msg("vsw0", "t3"), o);
}

static void new_port_access(struct outcome *o)
{
	struct nlmsghdr *nlh = new_port_msg("vsw0", "t3");

	mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE, VSW_VLAN_MODE_ACCESS);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, 20);
	nl_talk(nlh, o);
}

static void new_port_trunk(struct outcome *o)
{
	struct nlmsghdr *nlh = new_port_msg("vsw0", "t3");

	put_vlans(nlh, "5,20,4094");
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, 7);
	nl_talk(nlh, o);
}

static void new_port_unaware(struct outcome *o)
{
	nl_talk(new_port_msg("vsw1", "t3"), o);
}

static void undo_new_port(void)
{
	port_del("t3");
}

/* A switch's own device as a port of another switch. */
static void new_port_switch(struct outcome *o)
{
	nl_talk(new_port_msg("vsw0", "vsw1"), o);
}

static void undo_new_port_switch(void)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_DEL, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, "vsw1");
	add_attr(nlh, VSW_A_PORT_SWITCH, "vsw0");
	nl_must(nlh);
}

static void new_internal(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_NEW, 0);

	add_attr(nlh, VSW_A_PORT_SWITCH, "vsw0");
	mnl_attr_put_strz(nlh, VSW_A_PORT_NAME, "new");
	mnl_attr_put_u32(nlh, VSW_A_PORT_TYPE, VSW_PORT_TYPE_INTERNAL);
	put_vlans(nlh, "9,10");
	nl_talk(nlh, o);
}

static void undo_new_internal(void)
{
	port_del("new");
}

static void set_port_to(struct outcome *o, const char *dev, __u16 pvid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_SET, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, pvid);
	nl_talk(nlh, o);
}

/* Out of the VLAN in which an address was learned there. */
static void set_port(struct outcome *o)
{
	set_port_to(o, "t0", 33);
}

static void undo_set_port(void)
{
	struct outcome o;

	set_port_to(&o, "t0", 1);
	learn(bench_tap[0], MAC_T0);
}

static void set_host(struct outcome *o)
{
	set_port_to(o, "vsw0", 20);
}

static void undo_set_host(void)
{
	struct outcome o;

	set_port_to(&o, "vsw0", 1);
}

static void set_trunk(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_SET, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, "int0");
	put_vlans(nlh, "1,2,3,4000");
	nl_talk(nlh, o);
}

static void undo_set_trunk(void)
{
	port_trunk("int0", "20", 1);
}

static void del_port_of(struct outcome *o, const char *dev)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_DEL, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	nl_talk(nlh, o);
}

/* One with static entries. */
static void del_port(struct outcome *o)
{
	del_port_of(o, "t1");
}

static void undo_del_port(void)
{
	port_add("vsw0", "t1");
	fdb_add("t1", MAC_T1, 1);
}

static void del_internal(struct outcome *o)
{
	del_port_of(o, "int1");
}

static void undo_del_internal(void)
{
	port_internal("vsw1", "int1");
	link_up("int1", true);
}

static struct nlmsghdr *fdb_msg(__u8 cmd, const char *sw, const char *port,
				const char *mac, __u16 vid)
{
	struct nlmsghdr *nlh = msg_vsw(cmd, 0);

	if (sw)
		add_attr(nlh, VSW_A_FDB_SWITCH, sw);
	if (port)
		add_attr(nlh, VSW_A_FDB_PORT, port);
	if (mac)
		mnl_attr_put(nlh, VSW_A_FDB_MAC, ETH_ALEN, mac);
	if (vid)
		mnl_attr_put_u16(nlh, VSW_A_FDB_VID, vid);
	return nlh;
}

static void new_entry(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_NEW, NULL, "t2", MAC_NEW, 20), o);
}

static void undo_new_entry(void)
{
	fdb_del("vsw0", MAC_NEW, 20);
}

/* In the port's own VLAN, and in a switch that has none. */
static void new_entry_unaware(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_NEW, NULL, "t4", MAC_NEW, 0), o);
}

static void undo_new_entry_unaware(void)
{
	nl_must(fdb_msg(VSW_CMD_FDB_DEL, "vsw1", NULL, MAC_NEW, 0));
}

/* A learned entry gives way. */
static void new_entry_learned(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_NEW, NULL, "t1", MAC_T0, 1), o);
}

static void undo_new_entry_learned(void)
{
	fdb_del("vsw0", MAC_T0, 1);
	learn(bench_tap[0], MAC_T0);
}

static void set_entry(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_SET, "vsw0", "t2", MAC_T1, 1), o);
}

static void undo_set_entry(void)
{
	nl_must(fdb_msg(VSW_CMD_FDB_SET, "vsw0", "t1", MAC_T1, 1));
}

static void del_entry(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_DEL, "vsw0", NULL, MAC_T1, 1), o);
}

static void undo_del_entry(void)
{
	fdb_add("t1", MAC_T1, 1);
}

static void del_entry_learned(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_DEL, "vsw0", NULL, MAC_T0, 1), o);
}

static void undo_learned(void)
{
	learn(bench_tap[0], MAC_T0);
}

static void flush_switch(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_FLUSH, "vsw0", NULL, NULL, 0), o);
}

static void flush_port(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_FLUSH, NULL, "t0", NULL, 0), o);
}

static void flush_vlan(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_FLUSH, "vsw0", NULL, NULL, 1), o);
}

static void flush_port_vlan(struct outcome *o)
{
	nl_talk(fdb_msg(VSW_CMD_FDB_FLUSH, "vsw0", "t0", NULL, 1), o);
}

static const struct sweep sweeps[] = {
	{ "switch new", new_switch, undo_new_switch },
	{ "switch new, all settings", new_switch_all, undo_new_switch },
	{ "switch set", set_switch, undo_set_switch },
	{ "switch del, with ports", del_switch, undo_del_switch },
	{ "port new (netdev)", new_port, undo_new_port },
	{ "port new (netdev), access", new_port_access, undo_new_port },
	{ "port new (netdev), trunk", new_port_trunk, undo_new_port },
	{ "port new (netdev), not VLAN-aware", new_port_unaware,
	  undo_new_port },
	{ "port new (netdev), a switch", new_port_switch,
	  undo_new_port_switch },
	{ "port new (internal)", new_internal, undo_new_internal },
	{ "port set, access", set_port, undo_set_port },
	{ "port set (host)", set_host, undo_set_host },
	{ "port set (internal), trunk", set_trunk, undo_set_trunk },
	{ "port del (netdev)", del_port, undo_del_port },
	{ "port del (internal)", del_internal, undo_del_internal },
	{ "fdb new", new_entry, undo_new_entry },
	{ "fdb new, not VLAN-aware", new_entry_unaware,
	  undo_new_entry_unaware },
	{ "fdb new, over a learned entry", new_entry_learned,
	  undo_new_entry_learned },
	{ "fdb set", set_entry, undo_set_entry },
	{ "fdb del", del_entry, undo_del_entry },
	{ "fdb del, a learned entry", del_entry_learned, undo_learned },
	{ "fdb flush, switch", flush_switch, undo_learned },
	{ "fdb flush, port", flush_port, undo_learned },
	{ "fdb flush, VLAN", flush_vlan, undo_learned },
	{ "fdb flush, port and VLAN", flush_port_vlan, undo_learned },
};

void commands(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sweeps); i++)
		sweep(&sweeps[i]);
}

/* What is read is whole and right, or an error is had. */
static struct text want, got;
static bool broken;

static void check_read(struct outcome *o)
{
	text_sort(&got);
	if (!want.n)
		want = got;
	else if (!o->err && !state_same(&want, &got))
		broken = true;
}

#define READ(name, call)						\
static void read_##name(struct outcome *o)				\
{									\
	got.n = 0;							\
	call;								\
	check_read(o);							\
}

READ(switches, text_switches(&got, o, NULL))
READ(switch, text_switches(&got, o, "vsw0"))
READ(ports, text_ports(&got, o, NULL, NULL))
READ(switch_ports, text_ports(&got, o, "vsw0", NULL))
READ(port, text_ports(&got, o, NULL, "t2"))
READ(fdb, text_fdb(&got, o, NULL, NULL, 0))
READ(switch_fdb, text_fdb(&got, o, "vsw0", NULL, 0))
READ(port_fdb, text_fdb(&got, o, NULL, "t1", 0))
READ(vlan_fdb, text_fdb(&got, o, "vsw0", NULL, 1))
READ(entry, text_entry(&got, o, "vsw0", MAC_T1, 1))
READ(drops, text_drops(&got, o, NULL, NULL))
READ(switch_drops, text_drops(&got, o, "vsw0", NULL))
READ(port_drops, text_drops(&got, o, NULL, "t0"))

static const struct sweep reads_of[] = {
	{ "switch get", read_switch },
	{ "switch get, dump", read_switches },
	{ "port get", read_port },
	{ "port get, dump", read_ports },
	{ "port get, dump of a switch", read_switch_ports },
	{ "fdb get", read_entry },
	{ "fdb get, dump", read_fdb },
	{ "fdb get, dump of a switch", read_switch_fdb },
	{ "fdb get, dump of a port", read_port_fdb },
	{ "fdb get, dump of a VLAN", read_vlan_fdb },
	{ "drop get, dump", read_drops },
	{ "drop get, dump of a switch", read_switch_drops },
	{ "drop get, dump of a port", read_port_drops },
	{ "monitor", events_join },
};

/* With more entries than one message has room for. */
static void many_entries(bool add)
{
	char mac[ETH_ALEN] = MAC_PREFIX "\x03";
	int i;

	for (i = 0; i < 600; i++) {
		mac[4] = i >> 8;
		mac[5] = i;
		if (add)
			fdb_add("t2", mac, 20);
		else
			fdb_del("vsw0", mac, 20);
	}
}

void reads(void)
{
	size_t i;

	many_entries(true);
	for (i = 0; i < ARRAY_SIZE(reads_of); i++) {
		want.n = 0;
		broken = false;
		sweep(&reads_of[i]);
		if (broken)
			tap_result(false, "%s: part of it for all of it",
				   reads_of[i].name);
	}
	many_entries(false);
}
