// SPDX-License-Identifier: GPL-2.0
/*
 * What commands and frames are tried on, in a network namespace of its own.
 *
 *   t0   t1     t2      v1                      t4
 *   |    |      |       |                       |
 *  +t0---t1-----t2------v0---+   t3      p0   +-t4---+
 *  | 1   1    1t,20t  1t,20t |   (free)  |    |      |
 *  |          vsw0           |           p1   | vsw1 |  not VLAN-aware
 *  +--1----------1,20t-------+                +-int1-+
 *   host port    int0
 *
 * t*: taps, v* and p*: veth pairs.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/veth.h>
#include <net/if.h>
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fault.h"

int bench_tap[5];

/* Frames to and from it have no header but virtio's, all zero. */
int tap_open(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR };
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &ifr))
		die("tap %s: %s", name, strerror(errno));
	return fd;
}

void link_up(const char *dev, bool up)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, dev);
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);

	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = up ? IFF_UP : 0;
	nl_must(nlh);
}

void link_mtu(const char *dev, __u32 mtu)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, dev);

	mnl_attr_put_u32(nlh, IFLA_MTU, mtu);
	nl_must(nlh);
}

void link_del(const char *dev)
{
	nl_must(msg_link(RTM_DELLINK, 0, dev));
}

void link_netns(const char *dev, int fd)
{
	struct nlmsghdr *nlh = msg_link(RTM_NEWLINK, 0, dev);

	mnl_attr_put_u32(nlh, IFLA_NET_NS_FD, fd);
	nl_must(nlh);
}

void veth_add(const char *dev, const char *peer)
{
	struct nlmsghdr *nlh;
	struct nlattr *info, *data, *other;

	nlh = msg_link(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, NULL);
	mnl_attr_put_strz(nlh, IFLA_IFNAME, dev);
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_str(nlh, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	other = mnl_attr_nest_start(nlh, VETH_INFO_PEER);
	mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(nlh, IFLA_IFNAME, peer);
	mnl_attr_nest_end(nlh, other);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
	nl_must(nlh);
}

void switch_add(const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_NEW, 0);

	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, sw);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_AGEING, VSW_AGEING_MAX);
	mnl_attr_put_u8(nlh, VSW_A_SWITCH_VLAN_AWARE,
			!!strcmp(sw, "vsw1"));
	nl_must(nlh);
}

void switch_del(const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_DEL, 0);

	add_attr(nlh, VSW_A_SWITCH_IFINDEX, sw);
	nl_must(nlh);
}

void port_add(const char *sw, const char *dev)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_NEW, 0);

	add_attr(nlh, VSW_A_PORT_SWITCH, sw);
	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	nl_must(nlh);
}

void port_internal(const char *sw, const char *dev)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_NEW, 0);

	add_attr(nlh, VSW_A_PORT_SWITCH, sw);
	mnl_attr_put_strz(nlh, VSW_A_PORT_NAME, dev);
	mnl_attr_put_u32(nlh, VSW_A_PORT_TYPE, VSW_PORT_TYPE_INTERNAL);
	nl_must(nlh);
}

/* @list: VIDs with commas between */
void put_vlans(struct nlmsghdr *nlh, const char *list)
{
	__u8 vlans[VSW_VLANS_LEN] = {};
	char *end;
	long vid;

	for (; *list; list = *end ? end + 1 : end) {
		vid = strtol(list, &end, 10);
		vlans[vid / 8] |= 1 << (vid % 8);
	}
	mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE, VSW_VLAN_MODE_TRUNK);
	mnl_attr_put(nlh, VSW_A_PORT_VLANS, sizeof(vlans), vlans);
}

void port_trunk(const char *dev, const char *vlans, __u16 pvid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_SET, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	put_vlans(nlh, vlans);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, pvid);
	nl_must(nlh);
}

void port_del(const char *dev)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_DEL, 0);

	add_attr(nlh, VSW_A_PORT_IFINDEX, dev);
	nl_must(nlh);
}

void fdb_add(const char *port, const char *mac, __u16 vid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_NEW, 0);

	add_attr(nlh, VSW_A_FDB_PORT, port);
	mnl_attr_put(nlh, VSW_A_FDB_MAC, ETH_ALEN, mac);
	mnl_attr_put_u16(nlh, VSW_A_FDB_VID, vid);
	nl_must(nlh);
}

void fdb_del(const char *sw, const char *mac, __u16 vid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_DEL, 0);

	add_attr(nlh, VSW_A_FDB_SWITCH, sw);
	mnl_attr_put(nlh, VSW_A_FDB_MAC, ETH_ALEN, mac);
	mnl_attr_put_u16(nlh, VSW_A_FDB_VID, vid);
	nl_must(nlh);
}

/* Has a switch learn an address, by a frame to the static one behind t1. */
void learn(int tap, const char *mac)
{
	char frame[10 + 64] = {};

	memcpy(frame + 10, MAC_T1, ETH_ALEN);
	memcpy(frame + 16, mac, ETH_ALEN);
	frame[22] = 0x08;
	if (write(tap, frame, sizeof(frame)) != sizeof(frame))
		die("tap: %s", strerror(errno));
}

/* Sees all that passes a device. */
int raw_open(const char *dev)
{
	struct sockaddr_ll ll = {
		.sll_family	= AF_PACKET,
		.sll_protocol	= htons(ETH_P_ALL),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);

	ll.sll_ifindex = index_of(dev);
	if (fd < 0 || bind(fd, (void *)&ll, sizeof(ll)))
		die("packet socket on %s: %s", dev, strerror(errno));
	return fd;
}

/* Sees all that passes a switch. */
int raw_promisc(const char *dev)
{
	struct packet_mreq mreq = { .mr_type = PACKET_MR_PROMISC };
	int fd = raw_open(dev);

	mreq.mr_ifindex = index_of(dev);
	if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq,
		       sizeof(mreq)))
		die("packet socket on %s: %s", dev, strerror(errno));
	return fd;
}

int ethtool(const char *dev, __u32 cmd, void *data)
{
	struct ifreq ifr = { .ifr_data = data };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), ret;

	strncpy(ifr.ifr_name, dev, IFNAMSIZ - 1);
	*(__u32 *)data = cmd;
	ret = fd < 0 || ioctl(fd, SIOCETHTOOL, &ifr) ? errno : 0;
	close(fd);
	return ret;
}

static void make_devices(void)
{
	static const char *const taps[] = { "t0", "t1", "t2", "t3", "t4" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(taps); i++) {
		bench_tap[i] = tap_open(taps[i]);
		link_mtu(taps[i], 9000);
		link_up(taps[i], true);
	}
	veth_add("v0", "v1");
	veth_add("p0", "p1");
	link_mtu("v0", 9000);
	link_mtu("v1", 9000);
	link_up("v0", true);
	link_up("v1", true);
}

void bench_make(void)
{
	write_file("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	make_devices();
	switch_add("vsw0");
	port_add("vsw0", "t0");
	port_add("vsw0", "t1");
	port_add("vsw0", "t2");
	port_trunk("t2", "1,20", 0);
	port_add("vsw0", "v0");
	port_trunk("v0", "1,20", 0);
	port_internal("vsw0", "int0");
	port_trunk("int0", "20", 1);
	link_mtu("int0", 9000);
	link_mtu("vsw0", 9000);
	switch_add("vsw1");
	port_add("vsw1", "t4");
	port_internal("vsw1", "int1");
	link_up("vsw0", true);
	link_up("vsw1", true);
	link_up("int0", true);
	link_up("int1", true);
	fdb_add("t1", MAC_T1, 1);
	fdb_add("v0", MAC_V0, 1);
	learn(bench_tap[0], MAC_T0);
}

/* All of it must go, and nothing keep a device. */
void bench_free(void)
{
	size_t i;

	switch_del("vsw1");
	switch_del("vsw0");
	link_del("v0");
	link_del("p0");
	for (i = 0; i < ARRAY_SIZE(bench_tap); i++)
		close(bench_tap[i]);
}
