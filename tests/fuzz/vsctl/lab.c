// SPDX-License-Identifier: GPL-2.0
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "lab.h"
#include "parse.h"
#include "vsctl.h"

#define FAMILY	0x21
#define SWITCH	4

static __u64 room[4096];
static size_t used;

static const struct {
	__u32 index;
	const char *name;
	__u32 type;
	const char *vlans;
	__u16 pvid;
	const char *kind;
	__u32 peer;
	__s32 netnsid;
} ports[] = {
	{ 4, "vsw0", VSW_PORT_TYPE_HOST, NULL, 1, "vswitch", 0, -1 },
	{ 5, "up0", VSW_PORT_TYPE_NETDEV, "2,4,6,8,10,12,14,16-99", 5, "tun",
	  0, -1 },
	{ 6, "up1", VSW_PORT_TYPE_NETDEV, "all", 0, "", 0, -1 },
	{ 7, "t-red", VSW_PORT_TYPE_NETDEV, NULL, 10, "veth", 2, 3 },
	{ 8, "a", VSW_PORT_TYPE_NETDEV, "10,20", 0, "veth", 9, -1 },
	{ 9, "b", VSW_PORT_TYPE_NETDEV, NULL, 10, "veth", 8, -1 },
	{ 10, "vsw7", VSW_PORT_TYPE_NETDEV, NULL, 10, "vswitch", 0, -1 },
	{ 11, "int0", VSW_PORT_TYPE_INTERNAL, "none", 7, "dummy", 0, 9 },
};

/**
 * lab_take - take the messages that were made since the last time
 * @to: where they go
 *
 * Return: their length
 */
size_t lab_take(void *to)
{
	size_t len = used;

	memcpy(to, room, len);
	used = 0;
	return len;
}

static struct nlmsghdr *begin(__u16 type, size_t head)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header((char *)room + used);

	nlh->nlmsg_type = type;
	mnl_nlmsg_put_extra_header(nlh, head);
	return nlh;
}

static void end(const struct nlmsghdr *nlh)
{
	used += nlh->nlmsg_len;
}

void lab_switch(void)
{
	struct nlmsghdr *nlh = begin(FAMILY, sizeof(struct genlmsghdr));

	mnl_attr_put_u32(nlh, VSW_A_SWITCH_IFINDEX, SWITCH);
	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, "vsw0");
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_PORT_COUNT, ARRAY_SIZE(ports));
	end(nlh);
}

static void put_port(unsigned int i)
{
	struct nlmsghdr *nlh = begin(FAMILY, sizeof(struct genlmsghdr));
	__u8 vlans[VSW_VLANS_LEN];

	mnl_attr_put_u32(nlh, VSW_A_PORT_IFINDEX, ports[i].index);
	mnl_attr_put_strz(nlh, VSW_A_PORT_NAME, ports[i].name);
	mnl_attr_put_u32(nlh, VSW_A_PORT_SWITCH, SWITCH);
	mnl_attr_put_u32(nlh, VSW_A_PORT_TYPE, ports[i].type);
	mnl_attr_put_u8(nlh, VSW_A_PORT_UP, i & 1);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, ports[i].pvid);
	if (ports[i].vlans) {
		parse_vlans(ports[i].vlans, vlans);
		mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE,
				 VSW_VLAN_MODE_TRUNK);
		mnl_attr_put(nlh, VSW_A_PORT_VLANS, sizeof(vlans), vlans);
	} else if (ports[i].type != VSW_PORT_TYPE_HOST) {
		mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE,
				 VSW_VLAN_MODE_ACCESS);
	}
	end(nlh);
}

void lab_ports(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		put_port(i);
}

static void put_link(__u32 index, const char *name, const char *kind,
		     __u32 peer, __s32 netnsid)
{
	struct nlmsghdr *nlh = begin(RTM_NEWLINK, sizeof(struct ifinfomsg));
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct nlattr *nest;

	ifi->ifi_index = index;
	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	nest = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, kind);
	mnl_attr_nest_end(nlh, nest);
	if (peer)
		mnl_attr_put_u32(nlh, IFLA_LINK, peer);
	if (netnsid >= 0)
		mnl_attr_put_u32(nlh, IFLA_LINK_NETNSID, netnsid);
	end(nlh);
}

void lab_links(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		put_link(ports[i].index, ports[i].name, ports[i].kind,
			 ports[i].peer, ports[i].netnsid);
}

void lab_nsid(__u32 id)
{
	struct nlmsghdr *nlh = begin(RTM_NEWNSID, sizeof(struct rtgenmsg));

	mnl_attr_put_u32(nlh, NETNSA_NSID, id);
	end(nlh);
}

/* Each veth's; the one of two that are ports is found by its index. */
void lab_peer(void)
{
	put_link(2, "eth0", "veth", 7, 0);
}

void lab_ack(const char *msg)
{
	struct nlmsghdr *nlh = begin(NLMSG_ERROR, sizeof(struct nlmsgerr));

	nlh->nlmsg_flags = NLM_F_CAPPED;
	if (msg) {
		nlh->nlmsg_flags |= NLM_F_ACK_TLVS;
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, msg);
		mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, 20);
	}
	end(nlh);
}

void lab_done(__u16 flags)
{
	struct nlmsghdr *nlh = begin(NLMSG_DONE, sizeof(int));

	nlh->nlmsg_flags = NLM_F_MULTI | flags;
	end(nlh);
}
