// SPDX-License-Identifier: GPL-2.0
/*
 * Namespaces, devices, switches, ports, MAC tables and frames, from one
 * process: a program started for each would take longer than what it does.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "churn.h"

void rng_init(struct rng *rng, __u64 stream)
{
	rng->state = (seed ^ (stream << 32)) * 0x9e3779b97f4a7c15ULL | 1;
	rnd(rng);
}

/* xorshift64*. */
__u64 rnd(struct rng *rng)
{
	rng->state ^= rng->state >> 12;
	rng->state ^= rng->state << 25;
	rng->state ^= rng->state >> 27;
	return (rng->state * 0x2545f4914f6cdd1dULL) >> 16;
}

unsigned int pick(struct rng *rng, unsigned int n)
{
	return rnd(rng) % n;
}

/* Whoever waits for RTNL waits for 4,000 ports to go. */
static void set_timeout(int fd)
{
	struct timeval tv = { .tv_sec = HANG };

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
}

void conn_open(struct conn *c)
{
	genl_open(&c->vsw, 0);
	memset(&c->rt, 0, sizeof(c->rt));
	c->rt.fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	if (c->rt.fd < 0)
		die("socket: %s", strerror(errno));
	set_timeout(c->vsw.fd);
	set_timeout(c->rt.fd);
}

void conn_close(struct conn *c)
{
	close(c->vsw.fd);
	close(c->rt.fd);
}

/* The family's number, another one each time the module is loaded; 0: none. */
__u16 family_number(struct conn *c)
{
	struct nlattr_ref id;
	__u16 number = 0;
	struct answer a;
	struct msg m;

	msg_init(&m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	msg_put_str(&m, CTRL_ATTR_FAMILY_NAME, SPEC_FAMILY);
	c->vsw.keep = true;
	genl_talk(&c->vsw, &m, &a);
	c->vsw.keep = false;
	if (!a.err && a.data &&
	    attr_get((void *)a.data, CTRL_ATTR_FAMILY_ID, &id))
		number = attr_number(&id);
	free(a.data);
	c->vsw.family = number ?: GENL_ID_CTRL + 0x3ff;
	return number;
}

int talk(struct genl *nl, struct msg *m)
{
	struct answer a;

	genl_talk(nl, m, &a);
	return a.err;
}

int ns_open(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("namespace: %s", strerror(errno));
	return fd;
}

/* A new namespace, in which the process then is. */
int ns_new(void)
{
	if (unshare(CLONE_NEWNET))
		die("unshare: %s", strerror(errno));
	return ns_open();
}

void ns_enter(int fd)
{
	if (setns(fd, CLONE_NEWNET))
		die("setns: %s", strerror(errno));
}

/* No device that comes up in the namespace then says so by IPv6, to all. */
void ns_quiet(void)
{
	int fd = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY);

	/* Without IPv6 there is no such file. */
	if (fd >= 0 && write(fd, "1", 1) != 1)
		die("disable_ipv6: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* -1 if there is a device of this name. */
int tap_open(const char *name)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		die("/dev/net/tun: %s", strerror(errno));
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (!ioctl(fd, TUNSETIFF, &ifr))
		return fd;
	close(fd);
	return -1;
}

/* Closes a tap whose device stays: an open file would hold its namespace. */
void tap_leave(int fd)
{
	if (ioctl(fd, TUNSETPERSIST, 1))
		die("TUNSETPERSIST: %s", strerror(errno));
	close(fd);
}

static void rt_init(struct msg *m, __u16 type, __u16 flags, __u32 ifindex)
{
	struct ifinfomsg *ifi = NLMSG_DATA(&m->nlh);

	memset(m, 0, NLMSG_LENGTH(sizeof(*ifi)));
	m->nlh.nlmsg_len = NLMSG_LENGTH(sizeof(*ifi));
	m->nlh.nlmsg_type = type;
	m->nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	ifi->ifi_index = ifindex;
}

static struct nlattr *nest_start(struct msg *m, __u16 type)
{
	return msg_put(m, type, NULL, 0);
}

static void nest_end(struct msg *m, struct nlattr *nest)
{
	nest->nla_len = m->buf + m->nlh.nlmsg_len - (char *)nest;
}

int link_del(struct conn *c, __u32 ifindex)
{
	struct msg m;

	rt_init(&m, RTM_DELLINK, NLM_F_ACK, ifindex);
	return talk(&c->rt, &m);
}

int link_up(struct conn *c, __u32 ifindex, bool up)
{
	struct ifinfomsg *ifi;
	struct msg m;

	rt_init(&m, RTM_NEWLINK, NLM_F_ACK, ifindex);
	ifi = NLMSG_DATA(&m.nlh);
	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = up ? IFF_UP : 0;
	return talk(&c->rt, &m);
}

static int link_set(struct conn *c, __u32 ifindex, __u16 type,
		    const void *data, size_t len)
{
	struct msg m;

	rt_init(&m, RTM_NEWLINK, NLM_F_ACK, ifindex);
	msg_put(&m, type, data, len);
	return talk(&c->rt, &m);
}

int link_master(struct conn *c, __u32 ifindex, __u32 master)
{
	return link_set(c, ifindex, IFLA_MASTER, &master, sizeof(master));
}

int link_move(struct conn *c, __u32 ifindex, int ns)
{
	return link_set(c, ifindex, IFLA_NET_NS_FD, &ns, sizeof(ns));
}

int link_mac(struct conn *c, __u32 ifindex, const __u8 *mac)
{
	return link_set(c, ifindex, IFLA_ADDRESS, mac, MAC_LEN);
}

int link_mtu(struct conn *c, __u32 ifindex, __u32 mtu)
{
	return link_set(c, ifindex, IFLA_MTU, &mtu, sizeof(mtu));
}

int link_name(struct conn *c, __u32 ifindex, const char *name)
{
	return link_set(c, ifindex, IFLA_IFNAME, name, strlen(name) + 1);
}

/* @ns: where the peer is to be. */
int link_veth(struct conn *c, const char *name, const char *peer, int ns)
{
	struct nlattr *info, *data, *other;
	struct ifinfomsg none = { 0 };
	struct msg m;

	rt_init(&m, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 0);
	msg_put_str(&m, IFLA_IFNAME, name);
	info = nest_start(&m, IFLA_LINKINFO);
	msg_put_str(&m, IFLA_INFO_KIND, "veth");
	data = nest_start(&m, IFLA_INFO_DATA);
	other = msg_put(&m, VETH_INFO_PEER, &none, sizeof(none));
	msg_put_str(&m, IFLA_IFNAME, peer);
	msg_put_u32(&m, IFLA_NET_NS_FD, ns);
	nest_end(&m, other);
	nest_end(&m, data);
	nest_end(&m, info);
	return talk(&c->rt, &m);
}

int link_switch(struct conn *c, const char *name)
{
	struct nlattr *info;
	struct msg m;

	rt_init(&m, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, 0);
	msg_put_str(&m, IFLA_IFNAME, name);
	info = nest_start(&m, IFLA_LINKINFO);
	msg_put_str(&m, IFLA_INFO_KIND, "vswitch");
	nest_end(&m, info);
	return talk(&c->rt, &m);
}

/* Devices of a namespace, those that it was born with included. */
static struct answer links(struct conn *c)
{
	struct answer a;
	struct msg m;

	rt_init(&m, RTM_GETLINK, NLM_F_DUMP, 0);
	c->rt.keep = true;
	genl_talk(&c->rt, &m, &a);
	c->rt.keep = false;
	return a;
}

unsigned int link_count(struct conn *c)
{
	struct answer a = links(c);

	free(a.data);
	return a.messages;
}

/* Some go with others, and some cannot go. */
void link_del_all(struct conn *c)
{
	struct answer a = links(c);
	const struct nlmsghdr *nlh = (void *)a.data;
	const struct ifinfomsg *ifi;
	size_t len = a.len;

	for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
		ifi = NLMSG_DATA(nlh);
		if (!(ifi->ifi_flags & IFF_LOOPBACK))
			link_del(c, ifi->ifi_index);
	}
	free(a.data);
}

/* Is a device nobody's port any more, as it was before it was one? */
bool link_is_free(struct conn *c, __u32 ifindex)
{
	bool master = false, promisc = false;
	const void *pos, *end;
	struct nlattr_ref attr;
	struct answer a;
	struct msg m;

	rt_init(&m, RTM_GETLINK, NLM_F_ACK, ifindex);
	c->rt.keep = true;
	genl_talk(&c->rt, &m, &a);
	c->rt.keep = false;
	if (a.err || !a.data) {
		tap_info("device %u: %s", ifindex, strerror(a.err));
		return false;
	}
	pos = a.data + NLMSG_LENGTH(sizeof(struct ifinfomsg));
	end = a.data + ((struct nlmsghdr *)a.data)->nlmsg_len;
	while (attr_next(&pos, end, &attr)) {
		master |= attr.type == IFLA_MASTER;
		promisc |= attr.type == IFLA_PROMISCUITY && attr_u32(&attr);
	}
	free(a.data);
	if (master || promisc)
		tap_info("device %u still has a master (%d), is promiscuous (%d)",
			 ifindex, master, promisc);
	return !master && !promisc;
}

static int vsw(struct conn *c, struct msg *m)
{
	return talk(&c->vsw, m);
}

static void vsw_init(struct conn *c, struct msg *m, __u8 cmd)
{
	msg_init(m, c->vsw.family, cmd, NLM_F_ACK);
}

int sw_add(struct conn *c, const char *name, bool vlan_aware)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_SWITCH_NEW);
	msg_put_str(&m, VSW_A_SWITCH_NAME, name);
	msg_put_u8(&m, VSW_A_SWITCH_VLAN_AWARE, vlan_aware);
	return vsw(c, &m);
}

int sw_set(struct conn *c, __u32 sw, __u32 ageing, __u32 limit)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_SWITCH_SET);
	msg_put_u32(&m, VSW_A_SWITCH_IFINDEX, sw);
	msg_put_u32(&m, VSW_A_SWITCH_AGEING, ageing);
	msg_put_u32(&m, VSW_A_SWITCH_FDB_LIMIT, limit);
	return vsw(c, &m);
}

int sw_del(struct conn *c, __u32 sw)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_SWITCH_DEL);
	msg_put_u32(&m, VSW_A_SWITCH_IFINDEX, sw);
	return vsw(c, &m);
}

int port_add(struct conn *c, __u32 sw, __u32 ifindex)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_PORT_NEW);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, ifindex);
	msg_put_u32(&m, VSW_A_PORT_SWITCH, sw);
	return vsw(c, &m);
}

int port_internal(struct conn *c, __u32 sw, const char *name)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_PORT_NEW);
	msg_put_str(&m, VSW_A_PORT_NAME, name);
	msg_put_u32(&m, VSW_A_PORT_SWITCH, sw);
	msg_put_u32(&m, VSW_A_PORT_TYPE, PORT_INTERNAL);
	return vsw(c, &m);
}

int port_del(struct conn *c, __u32 ifindex)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_PORT_DEL);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, ifindex);
	return vsw(c, &m);
}

int port_access(struct conn *c, __u32 ifindex, __u16 vid)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_PORT_SET);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, ifindex);
	msg_put_u16(&m, VSW_A_PORT_PVID, vid);
	return vsw(c, &m);
}

/* With @first as native VLAN, too. */
int port_trunk(struct conn *c, __u32 ifindex, __u16 first, __u16 last)
{
	__u8 vlans[4096 / 8] = {};
	struct msg m;
	__u16 vid;

	for (vid = first; vid <= last; vid++)
		vlans[vid / 8] |= 1U << (vid % 8);
	vsw_init(c, &m, VSW_CMD_PORT_SET);
	msg_put_u32(&m, VSW_A_PORT_IFINDEX, ifindex);
	msg_put_u32(&m, VSW_A_PORT_VLAN_MODE, VLAN_TRUNK);
	msg_put_u16(&m, VSW_A_PORT_PVID, first);
	msg_put(&m, VSW_A_PORT_VLANS, vlans, sizeof(vlans));
	return vsw(c, &m);
}

/* @on: the port, or for VSW_CMD_FDB_DEL and _GET the switch. */
int fdb(struct conn *c, __u8 cmd, __u32 on, const __u8 *mac, __u16 vid)
{
	bool by_port = cmd == VSW_CMD_FDB_NEW || cmd == VSW_CMD_FDB_SET;
	struct msg m;

	vsw_init(c, &m, cmd);
	msg_put_u32(&m, by_port ? VSW_A_FDB_PORT : VSW_A_FDB_SWITCH, on);
	msg_put(&m, VSW_A_FDB_MAC, mac, MAC_LEN);
	if (vid)
		msg_put_u16(&m, VSW_A_FDB_VID, vid);
	return vsw(c, &m);
}

int fdb_flush(struct conn *c, __u32 sw, __u32 port, __u16 vid)
{
	struct msg m;

	vsw_init(c, &m, VSW_CMD_FDB_FLUSH);
	msg_put_u32(&m, VSW_A_FDB_SWITCH, sw);
	if (port)
		msg_put_u32(&m, VSW_A_FDB_PORT, port);
	if (vid)
		msg_put_u16(&m, VSW_A_FDB_VID, vid);
	return vsw(c, &m);
}

void mac_of(__u8 *mac, __u32 number)
{
	number = htonl(number);
	mac[0] = 2;
	mac[1] = 0xcc;
	memcpy(mac + 2, &number, sizeof(number));
}

size_t frame_make(__u8 *frame, const __u8 *dst, const __u8 *src, __u16 vid,
		  size_t len)
{
	__u8 *pos = frame + 2 * MAC_LEN;
	__u16 word;

	memset(frame, 0, len);
	memcpy(frame, dst, MAC_LEN);
	memcpy(frame + MAC_LEN, src, MAC_LEN);
	if (vid) {
		word = htons(ETH_P_8021Q);
		memcpy(pos, &word, sizeof(word));
		word = htons(vid);
		memcpy(pos + 2, &word, sizeof(word));
		pos += 4;
	}
	/* Local experimental: for nobody. */
	word = htons(0x88b5);
	memcpy(pos, &word, sizeof(word));
	return len;
}

/* From and to few addresses, so that they are known, move, and are flooded. */
size_t frame_random(struct rng *rng, __u8 *frame)
{
	__u8 dst[MAC_LEN], src[MAC_LEN];

	mac_of(dst, pick(rng, 256));
	mac_of(src, pick(rng, 256));
	if (!pick(rng, 4))
		memset(dst, 0xff, sizeof(dst));
	return frame_make(frame, dst, src, pick(rng, 3) ? 0 : 1 + pick(rng, 8),
			  60 + pick(rng, 16) * 64);
}

int packet_open(void)
{
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (fd < 0)
		die("packet socket: %s", strerror(errno));
	return fd;
}

int packet_send(int fd, __u32 ifindex, const __u8 *frame, size_t len)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = ifindex,
		.sll_halen = MAC_LEN,
	};

	if (sendto(fd, frame, len, MSG_DONTWAIT, (void *)&to, sizeof(to)) < 0)
		return errno;
	return 0;
}
