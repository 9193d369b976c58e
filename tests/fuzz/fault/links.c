// SPDX-License-Identifier: GPL-2.0
/*
 * The other ways in: rtnetlink and ethtool, and what happens to devices that
 * are ports.
 */
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "fault.h"

static struct nlmsghdr *new_link_msg(const char *name)
{
	struct nlmsghdr *nlh;
	struct nlattr *info;

	nlh = msg_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, NULL);
	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_str(nlh, IFLA_INFO_KIND, "vswitch");
	mnl_attr_nest_end(nlh, info);
	return nlh;
}

static void add_link(struct outcome *o)
{
	nl_talk(new_link_msg("new"), o);
}

static void add_link_all(struct outcome *o)
{
	struct nlmsghdr *nlh = new_link_msg("new");
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_flags = IFF_UP;
	ifi->ifi_change = IFF_UP;
	mnl_attr_put_u32(nlh, IFLA_MTU, 1400);
	mnl_attr_put(nlh, IFLA_ADDRESS, ETH_ALEN, MAC_PREFIX "\x04\x01\x01");
	nl_talk(nlh, o);
}

static void undo_add_link(void)
{
	link_del("new");
}

static void del_link(struct outcome *o)
{
	nl_talk(msg_link(RTM_DELLINK, 0, "vsw1"), o);
}

static void undo_del_link(void)
{
	switch_add("vsw1");
	port_add("vsw1", "t4");
	port_internal("vsw1", "int1");
	port_add("vsw1", "m0");
	link_up("vsw1", true);
	link_up("int1", true);
}

static void del_internal_link(struct outcome *o)
{
	nl_talk(msg_link(RTM_DELLINK, 0, "int1"), o);
}

static void undo_del_internal_link(void)
{
	port_internal("vsw1", "int1");
	link_up("int1", true);
}

static void set_master_to(struct outcome *o, const char *dev, const char *sw)
{
	struct nlmsghdr *nlh = msg_link(RTM_SETLINK, 0, dev);

	if (sw)
		add_attr(nlh, IFLA_MASTER, sw);
	else
		mnl_attr_put_u32(nlh, IFLA_MASTER, 0);
	nl_talk(nlh, o);
}

static void set_master(struct outcome *o)
{
	set_master_to(o, "t3", "vsw0");
}

static void undo_set_master(void)
{
	port_del("t3");
}

static void set_nomaster(struct outcome *o)
{
	set_master_to(o, "t4", NULL);
}

static void undo_set_nomaster(void)
{
	port_add("vsw1", "t4");
}

/* One that is down, in a switch that is not VLAN-aware. */
static void master_down(struct outcome *o)
{
	set_master_to(o, "p0", "vsw1");
}

static void undo_master_down(void)
{
	struct outcome o;

	set_master_to(&o, "p0", NULL);
}

static void set_mtu(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_link(RTM_SETLINK, 0, "t4");

	mnl_attr_put_u32(nlh, IFLA_MTU, 1300);
	nl_talk(nlh, o);
}

static void undo_set_mtu(void)
{
	link_mtu("t4", 9000);
}

static void set_address_to(struct outcome *o, const char *dev,
			   const char *mac)
{
	struct nlmsghdr *nlh = msg_link(RTM_SETLINK, 0, dev);

	mnl_attr_put(nlh, IFLA_ADDRESS, ETH_ALEN, mac);
	nl_talk(nlh, o);
}

/* One that was learned elsewhere. */
static void set_address(struct outcome *o)
{
	set_address_to(o, "vsw0", MAC_T0);
}

static void undo_set_address(void)
{
	struct outcome o;

	set_address_to(&o, "vsw0", "\x02\x11\x22\x33\x44\x55");
	learn(bench_tap[0], MAC_T0);
}

static void set_down(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, "t0");
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_change = IFF_UP;
	nl_talk(nlh, o);
}

static void undo_set_down(void)
{
	link_up("t0", true);
	learn(bench_tap[0], MAC_T0);
}

static void set_switch_down(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, "vsw1");
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_change = IFF_UP;
	nl_talk(nlh, o);
}

static void undo_set_switch_down(void)
{
	link_up("vsw1", true);
}

static void set_up(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, "p0");
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = IFF_UP;
	nl_talk(nlh, o);
}

static void undo_set_up(void)
{
	link_up("p0", false);
}

/* A port's device is deleted. */
static void del_device(struct outcome *o)
{
	nl_talk(msg_link(RTM_DELLINK, 0, "m1"), o);
}

static void undo_del_device(void)
{
	veth_add("m0", "m1");
	port_add("vsw1", "m0");
}

static void ask_ethtool(struct outcome *o, __u32 cmd, void *data)
{
	memset(o, 0, sizeof(*o));
	inject_begin();
	o->err = ethtool("vsw0", cmd, data);
	inject_end(o);
}

static void ethtool_driver(struct outcome *o)
{
	struct ethtool_drvinfo info = {};

	ask_ethtool(o, ETHTOOL_GDRVINFO, &info);
}

static void ethtool_strings(struct outcome *o)
{
	struct {
		struct ethtool_gstrings head;
		char text[VSW_DROP_MAX * ETH_GSTRING_LEN];
	} s = { .head = { .string_set = ETH_SS_STATS } };

	ask_ethtool(o, ETHTOOL_GSTRINGS, &s);
}

static void ethtool_stats(struct outcome *o)
{
	struct {
		struct ethtool_stats head;
		__u64 data[VSW_DROP_MAX];
	} s = { .head = { .n_stats = VSW_DROP_MAX } };

	ask_ethtool(o, ETHTOOL_GSTATS, &s);
}

static void ethtool_link(struct outcome *o)
{
	struct {
		struct ethtool_link_settings head;
		__u32 modes[3 * 127];
	} s = {};

	ask_ethtool(o, ETHTOOL_GLINKSETTINGS, &s);
}

static const struct sweep sweeps[] = {
	{ "ip link add type vswitch", add_link, undo_add_link },
	{ "ip link add type vswitch, MTU, address and up", add_link_all,
	  undo_add_link },
	{ "ip link del, a switch", del_link, undo_del_link },
	{ "ip link del, an internal port", del_internal_link,
	  undo_del_internal_link },
	{ "ip link set master", set_master, undo_set_master },
	{ "ip link set master, veth", master_down, undo_master_down },
	{ "ip link set nomaster", set_nomaster, undo_set_nomaster },
	{ "ip link set mtu, a port", set_mtu, undo_set_mtu },
	{ "ip link set address, a switch", set_address, undo_set_address,
	  .no_sentence = true },
	{ "ip link set down, a port", set_down, undo_set_down },
	{ "ip link set down, a switch", set_switch_down,
	  undo_set_switch_down },
	{ "ip link set up", set_up, undo_set_up },
	{ "ip link del, a port's device", del_device, undo_del_device },
	{ "ethtool -i", ethtool_driver },
	{ "ethtool -S, names", ethtool_strings },
	{ "ethtool -S", ethtool_stats },
	{ "ethtool", ethtool_link },
};

/*
 * Without names and namespaces: where there is no memory for it, 6.1 leaves a
 * device that is to be renamed or moved half so in sysfs, and warns. To a port
 * a move is what deletion is.
 */
void links(void)
{
	size_t i;

	veth_add("m0", "m1");
	port_add("vsw1", "m0");
	for (i = 0; i < ARRAY_SIZE(sweeps); i++)
		sweep(&sweeps[i]);
	link_del("m1");
}
