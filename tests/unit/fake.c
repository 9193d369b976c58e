// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "vsctl.h"

#define FAMILY		0x21
#define PORTID		77
#define GROUP_CONFIG	5
#define ROOM		32768
/* A rule that traced frames meet, and that is not there any more. */
#define GONE		77
/* The longest line of the log. */
#define LOG_LINE	512

struct fake fake;

/**
 * struct mnl_socket - a socket that is none
 * @bus: what it would lead to
 * @ctrl: the controller is to tell that modules go
 * @config: events of switches and ports are to come
 * @fdb: events of entries are to come
 * @drop: events of drops are to come
 * @len: bytes of @rx that wait
 * @rx: answers
 */
struct mnl_socket {
	int bus;
	bool ctrl;
	bool config;
	bool fdb;
	bool drop;
	size_t len;
	__u64 rx[ROOM / sizeof(__u64)];
};

static const struct {
	const char *name;
	unsigned int index;
	const char *kind;
} devices[] = {
	{ "lo", 1, "" },
	{ "vsw0", 4, "vswitch" },
	{ "tap1", 5, "tun" },
	{ "eth1", 6, "" },
	{ "t-red", 7, "veth" },
	{ "vsw1", 8, "vswitch" },
	{ "$(id)", 9, "dummy" },
};

static const struct {
	unsigned int index, sw, type, pvid;
} ports[] = {
	{ 4, 4, VSW_PORT_TYPE_HOST, 1 },
	{ 5, 4, VSW_PORT_TYPE_NETDEV, 10 },
	{ 7, 4, VSW_PORT_TYPE_NETDEV, 10 },
	{ 8, 4, VSW_PORT_TYPE_NETDEV, 20 },
	{ 8, 8, VSW_PORT_TYPE_HOST, 1 },
	{ 9, 8, VSW_PORT_TYPE_NETDEV, 0 },
};

static const char *device_name(unsigned int index)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		if (devices[i].index == index)
			return devices[i].name;
	}
	return NULL;
}

/* The C library's. */
unsigned int if_nametoindex(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(devices); i++) {
		if (!strcmp(devices[i].name, name))
			return devices[i].index;
	}
	errno = ENODEV;
	return 0;
}

/* The C library's. */
char *if_indextoname(unsigned int index, char name[IF_NAMESIZE])
{
	const char *found = device_name(index);

	return found ? strcpy(name, found) : NULL;
}

/* The number in an attribute, as the log shows it. */
static void log_attr(const struct nlattr *attr)
{
	size_t n = strlen(fake.log), len = mnl_attr_get_payload_len(attr);
	const __u8 *p = mnl_attr_get_payload(attr);
	unsigned int val = 0;

	n += snprintf(fake.log + n, sizeof(fake.log) - n, " %u=",
		      mnl_attr_get_type(attr));
	if (len == 4)
		val = mnl_attr_get_u32(attr);
	else if (len == 2)
		val = mnl_attr_get_u16(attr);
	else if (len == 1)
		val = mnl_attr_get_u8(attr);
	if (val || len == 2 || len == 1)
		snprintf(fake.log + n, sizeof(fake.log) - n, "%u", val);
	else
		snprintf(fake.log + n, sizeof(fake.log) - n, "%02x..%02x(%zu)",
			 p[0], p[len - 1], len);
}

static void log_request(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	size_t n = strlen(fake.log);

	if (n > sizeof(fake.log) - LOG_LINE)
		return;
	snprintf(fake.log + n, sizeof(fake.log) - n, "%u%s", genl->cmd,
		 nlh->nlmsg_flags & NLM_F_DUMP ? "*" : "");
	mnl_attr_for_each(attr, nlh, sizeof(*genl))
		log_attr(attr);
	n = strlen(fake.log);
	snprintf(fake.log + n, sizeof(fake.log) - n, "\n");
}

/* The number that the request has in an attribute, 0 if it has none. */
static unsigned int asked(const struct nlmsghdr *nlh, unsigned int type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == type)
			return mnl_attr_get_u32(attr);
	}
	return 0;
}

static struct nlmsghdr *begin(struct mnl_socket *sk,
			      const struct nlmsghdr *request, __u16 type)
{
	struct nlmsghdr *nlh;

	nlh = mnl_nlmsg_put_header((char *)sk->rx + sk->len);
	nlh->nlmsg_type = type;
	nlh->nlmsg_seq = request ? request->nlmsg_seq : 0;
	nlh->nlmsg_pid = request ? PORTID : 0;
	return nlh;
}

static struct nlmsghdr *begin_genl(struct mnl_socket *sk,
				   const struct nlmsghdr *request, __u8 cmd)
{
	struct nlmsghdr *nlh = begin(sk, request, FAMILY);
	struct genlmsghdr *genl;

	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	/* A name without an end, whatever else follows. */
	if (fake.garble)
		mnl_attr_put(nlh, 2, 1, "x");
	return nlh;
}

static void end(struct mnl_socket *sk, const struct nlmsghdr *nlh)
{
	sk->len += MNL_ALIGN(nlh->nlmsg_len);
	if (sk->len > sizeof(sk->rx) / 2)
		abort();
}

static void put_switch(struct mnl_socket *sk, const struct nlmsghdr *request,
		       __u8 cmd, unsigned int index)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, cmd);

	mnl_attr_put_u32(nlh, VSW_A_SWITCH_IFINDEX, index);
	if (!fake.garble)
		mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, device_name(index));
	mnl_attr_put_u8(nlh, VSW_A_SWITCH_VLAN_AWARE, 1);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_AGEING, 300);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LIMIT, 1000);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_COUNT, 12);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LEARNED, 10);
	mnl_attr_put_u64(nlh, VSW_A_SWITCH_FDB_REFUSED, 3);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_PORT_COUNT, index);
	end(sk, nlh);
}

static void put_port(struct mnl_socket *sk, const struct nlmsghdr *request,
		     __u8 cmd, unsigned int i)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, cmd);
	__u8 vlans[VSW_VLANS_LEN] = { 0, 0x0c };
	bool trunk = !ports[i].pvid;
	struct nlattr *nest;

	mnl_attr_put_u32(nlh, VSW_A_PORT_IFINDEX, ports[i].index);
	if (!fake.garble)
		mnl_attr_put_strz(nlh, VSW_A_PORT_NAME,
				  device_name(ports[i].index));
	mnl_attr_put_u32(nlh, VSW_A_PORT_SWITCH, ports[i].sw);
	mnl_attr_put_u32(nlh, VSW_A_PORT_TYPE, ports[i].type);
	mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE, trunk);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, ports[i].pvid);
	if (trunk)
		mnl_attr_put(nlh, VSW_A_PORT_VLANS, sizeof(vlans), vlans);
	mnl_attr_put_u8(nlh, VSW_A_PORT_UP, !trunk);
	nest = mnl_attr_nest_start(nlh, VSW_A_PORT_STATS);
	mnl_attr_put_u64(nlh, VSW_A_STATS_RX_PACKETS, 11 + fake.more);
	mnl_attr_put_u64(nlh, VSW_A_STATS_RX_BYTES, 1100 + 100 * fake.more);
	mnl_attr_put_u64(nlh, VSW_A_STATS_TX_PACKETS, 22);
	mnl_attr_put_u64(nlh, VSW_A_STATS_TX_BYTES, 2200);
	mnl_attr_put_u64(nlh, VSW_A_STATS_DROPS, 5);
	mnl_attr_nest_end(nlh, nest);
	end(sk, nlh);
}

static void put_fdb(struct mnl_socket *sk, const struct nlmsghdr *request,
		    __u8 cmd, __u8 last, unsigned int type)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, cmd);
	__u8 mac[] = { 2, 0, 0, 0, 0, last };

	mnl_attr_put_u32(nlh, VSW_A_FDB_SWITCH, 4);
	if (!fake.garble)
		mnl_attr_put_u32(nlh, VSW_A_FDB_PORT, 5);
	mnl_attr_put(nlh, VSW_A_FDB_MAC, sizeof(mac), mac);
	mnl_attr_put_u16(nlh, VSW_A_FDB_VID, 10);
	mnl_attr_put_u32(nlh, VSW_A_FDB_TYPE, type);
	if (type == VSW_FDB_TYPE_LEARNED)
		mnl_attr_put_u32(nlh, VSW_A_FDB_AGE, 1500);
	end(sk, nlh);
}

static void put_counter(struct nlmsghdr *nlh, __u32 reason, const char *name)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, VSW_A_DROP_COUNTER);

	mnl_attr_put_u32(nlh, VSW_A_DROP_COUNTER_REASON, reason);
	if (name)
		mnl_attr_put_strz(nlh, VSW_A_DROP_COUNTER_NAME, name);
	mnl_attr_put_u64(nlh, VSW_A_DROP_COUNTER_PACKETS, 3 + fake.more);
	mnl_attr_nest_end(nlh, nest);
}

/* @port: 0 for the switch. */
static void put_drops(struct mnl_socket *sk, const struct nlmsghdr *request,
		      unsigned int port)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, VSW_CMD_DROP_GET);

	mnl_attr_put_u32(nlh, VSW_A_DROP_SWITCH, 4);
	if (port && !fake.garble)
		mnl_attr_put_u32(nlh, VSW_A_DROP_PORT, port);
	if (port != 7)
		put_counter(nlh, VSW_DROP_VLAN_UNTAGGED, "vlan-untagged");
	if (!port) {
		put_counter(nlh, VSW_DROP_NO_RECEIVER, "no-receiver");
		put_counter(nlh, 200, "new-reason");
		put_counter(nlh, 201, NULL);
	}
	end(sk, nlh);
}

static void put_rule(struct mnl_socket *sk, const struct nlmsghdr *request,
		     __u32 id, unsigned int packets)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, VSW_CMD_RULE_GET);
	struct vsw_range vid = { 10, 20 };
	struct nlattr *nest;

	mnl_attr_put_u32(nlh, VSW_A_RULE_SWITCH, 4);
	mnl_attr_put_u32(nlh, VSW_A_RULE_ID, id);
	mnl_attr_put_u32(nlh, VSW_A_RULE_PRIO, 100);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_MATCH);
	mnl_attr_put(nlh, VSW_A_MATCH_VID, sizeof(vid), &vid);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_ACTIONS);
	mnl_attr_put(nlh, VSW_A_ACTION_DROP, 0, NULL);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_u64(nlh, VSW_A_RULE_PACKETS, packets);
	mnl_attr_put_u64(nlh, VSW_A_RULE_BYTES, 60 * packets);
	end(sk, nlh);
}

static void put_policer(struct mnl_socket *sk, const struct nlmsghdr *request,
			const char *name)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, VSW_CMD_POLICER_GET);

	mnl_attr_put_u32(nlh, VSW_A_POLICER_SWITCH, 4);
	mnl_attr_put_strz(nlh, VSW_A_POLICER_NAME, name);
	mnl_attr_put_u64(nlh, VSW_A_POLICER_RATE, 1500000);
	mnl_attr_put_u32(nlh, VSW_A_POLICER_BURST, 131072);
	if (!strcmp(name, "web")) {
		mnl_attr_put_u32(nlh, VSW_A_POLICER_PPS, 1000);
		mnl_attr_put_u32(nlh, VSW_A_POLICER_PBURST, 128);
	}
	mnl_attr_put_u64(nlh, VSW_A_POLICER_PASSED_PACKETS, 12);
	mnl_attr_put_u64(nlh, VSW_A_POLICER_PASSED_BYTES, 720);
	mnl_attr_put_u64(nlh, VSW_A_POLICER_DROPPED_PACKETS, 3);
	mnl_attr_put_u64(nlh, VSW_A_POLICER_DROPPED_BYTES, 180);
	mnl_attr_put_u32(nlh, VSW_A_POLICER_RULES, 2);
	end(sk, nlh);
}

static void put_step(struct mnl_socket *sk, const struct nlmsghdr *request,
		     __u32 step, __u32 rule)
{
	struct nlmsghdr *nlh = begin_genl(sk, request, VSW_CMD_TRACE);

	mnl_attr_put_u32(nlh, VSW_A_TRACE_STEP, step);
	if (step == VSW_STEP_RECEIVE)
		mnl_attr_put_u32(nlh, VSW_A_TRACE_PORT, 5);
	if (rule)
		mnl_attr_put_u32(nlh, VSW_A_TRACE_RULE, rule);
	if (rule == GONE)
		mnl_attr_put_u32(nlh, VSW_A_TRACE_CT, VSW_CT_RELATED);
	if (step == VSW_STEP_LEARN)
		mnl_attr_put_u8(nlh, VSW_A_TRACE_FDB_FULL, 1);
	end(sk, nlh);
}

/* The second is in two messages. */
static void put_set(struct mnl_socket *sk, const struct nlmsghdr *request,
		    const char *name, __u8 from, __u8 to)
{
	static const __u8 ipv6[32] = { 0x20, 0x01, 0xd, 0xb8,
				       [16] = 0xff, 0xff, 0xff, 0xff };
	struct nlmsghdr *nlh = begin_genl(sk, request, VSW_CMD_SET_GET);
	__u8 ipv4[8] = { 10, 0, 0, 0, 255, 255, 255, 255 };
	struct nlattr *nest;

	mnl_attr_put_strz(nlh, VSW_A_SET_NAME, name);
	mnl_attr_put_u32(nlh, VSW_A_SET_COUNT, 4);
	mnl_attr_put_u32(nlh, VSW_A_SET_RULES, 1);
	if (from != to) {
		nest = mnl_attr_nest_start(nlh, VSW_A_SET_ADDRESSES);
		for (ipv4[3] = from; ipv4[3] < to; ipv4[3]++)
			mnl_attr_put(nlh, VSW_A_SET_ADDRESS_IPV4,
				     sizeof(ipv4), ipv4);
		mnl_attr_put(nlh, VSW_A_SET_ADDRESS_IPV6, sizeof(ipv6), ipv6);
		mnl_attr_nest_end(nlh, nest);
	}
	end(sk, nlh);
}

static void answer_dump(struct mnl_socket *sk, const struct nlmsghdr *request,
			__u8 cmd)
{
	unsigned int i;

	switch (cmd) {
	case VSW_CMD_SWITCH_GET:
		put_switch(sk, request, cmd, 4);
		put_switch(sk, request, cmd, 8);
		break;
	case VSW_CMD_PORT_GET:
		for (i = 0; i < ARRAY_SIZE(ports); i++)
			put_port(sk, request, cmd, i);
		break;
	case VSW_CMD_FDB_GET:
		put_fdb(sk, request, cmd, 9, VSW_FDB_TYPE_STATIC);
		put_fdb(sk, request, cmd, 10, VSW_FDB_TYPE_LEARNED);
		break;
	case VSW_CMD_RULE_GET:
		/* Each counts twice as fast as the one before, the last not. */
		for (i = 0; i < 12; i++)
			put_rule(sk, request, i + 1, (fake.more << i) + 1);
		put_rule(sk, request, 99, 5);
		break;
	case VSW_CMD_SET_GET:
		put_set(sk, request, "none", 0, 0);
		put_set(sk, request, "web", 1, 3);
		put_set(sk, request, "web", 3, 4);
		break;
	case VSW_CMD_POLICER_GET:
		put_policer(sk, request, "dns");
		put_policer(sk, request, "web");
		break;
	case VSW_CMD_TRACE:
		put_step(sk, request, VSW_STEP_RECEIVE, 0);
		put_step(sk, request, VSW_STEP_RULE, 12);
		put_step(sk, request, VSW_STEP_RULE, GONE);
		put_step(sk, request, VSW_STEP_RULE, 0);
		put_step(sk, request, VSW_STEP_LEARN, 0);
		break;
	case VSW_CMD_DROP_GET:
		put_drops(sk, request, 0);
		put_drops(sk, request, 5);
		put_drops(sk, request, 7);
		put_drops(sk, request, 9);
		break;
	}
}

static void answer_get(struct mnl_socket *sk, const struct nlmsghdr *request,
		       __u8 cmd)
{
	unsigned int i, sw = asked(request, VSW_A_PORT_SWITCH);

	if (cmd == VSW_CMD_SWITCH_GET)
		put_switch(sk, request, cmd,
			   asked(request, VSW_A_SWITCH_IFINDEX));
	if (cmd == VSW_CMD_RULE_GET)
		put_rule(sk, request, asked(request, VSW_A_RULE_ID), 5);
	if (cmd != VSW_CMD_PORT_GET)
		return;
	for (i = 0; i < ARRAY_SIZE(ports); i++) {
		if (ports[i].index == asked(request, VSW_A_PORT_IFINDEX) &&
		    (!sw || ports[i].sw == sw)) {
			put_port(sk, request, cmd, i);
			return;
		}
	}
}

static void put_ack(struct mnl_socket *sk, const struct nlmsghdr *request,
		    int err)
{
	struct nlmsghdr *nlh = begin(sk, request, NLMSG_ERROR);
	struct nlmsgerr *e = mnl_nlmsg_put_extra_header(nlh, sizeof(*e));
	const struct nlattr *attr;

	e->error = err;
	e->msg = *request;
	nlh->nlmsg_flags = NLM_F_CAPPED;
	if (err && request->nlmsg_type == FAMILY) {
		nlh->nlmsg_flags |= NLM_F_ACK_TLVS;
		if (fake.msg)
			mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, fake.msg);
		mnl_attr_for_each(attr, request, sizeof(struct genlmsghdr)) {
			if (mnl_attr_get_type(attr) == fake.attr)
				mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS,
						 (char *)attr -
						 (char *)request);
		}
	}
	end(sk, nlh);
}

static void put_done(struct mnl_socket *sk, const struct nlmsghdr *request)
{
	struct nlmsghdr *nlh = begin(sk, request, NLMSG_DONE);

	mnl_nlmsg_put_extra_header(nlh, sizeof(int));
	end(sk, nlh);
}

static void put_link(struct mnl_socket *sk, const struct nlmsghdr *request,
		     const char *name, unsigned int index, const char *kind)
{
	struct nlmsghdr *nlh = begin(sk, request, RTM_NEWLINK);
	struct ifinfomsg *ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));
	struct nlattr *nest;

	ifi->ifi_index = index;
	mnl_attr_put_strz(nlh, IFLA_IFNAME, name);
	if (*kind) {
		nest = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
		mnl_attr_put_strz(nlh, IFLA_INFO_KIND, kind);
		mnl_attr_nest_end(nlh, nest);
	}
	if (!strcmp(name, "t-red")) {
		mnl_attr_put_u32(nlh, IFLA_LINK, 2);
		mnl_attr_put_u32(nlh, IFLA_LINK_NETNSID, 3);
	}
	end(sk, nlh);
}

static void answer_route(struct mnl_socket *sk, const struct nlmsghdr *nlh)
{
	unsigned int i;

	if (nlh->nlmsg_type != RTM_GETLINK) {
		put_ack(sk, nlh, -ENOENT);
	} else if ((nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
		for (i = 0; i < ARRAY_SIZE(devices); i++)
			put_link(sk, nlh, devices[i].name, devices[i].index,
				 devices[i].kind);
		put_done(sk, nlh);
	} else {
		put_link(sk, nlh, "eth0", 2, "veth");
		put_ack(sk, nlh, 0);
	}
}

static void answer_family(struct mnl_socket *sk, const struct nlmsghdr *request)
{
	static const char *const names[] = { "config", "fdb", "rule", "drop" };
	struct nlmsghdr *nlh = begin(sk, request, GENL_ID_CTRL);
	struct nlattr *groups, *nest;
	unsigned int i;

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct genlmsghdr));
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, FAMILY);
	groups = mnl_attr_nest_start(nlh, CTRL_ATTR_MCAST_GROUPS);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		nest = mnl_attr_nest_start(nlh, i + 1);
		mnl_attr_put_u32(nlh, CTRL_ATTR_MCAST_GRP_ID,
				 GROUP_CONFIG + i);
		mnl_attr_put_strz(nlh, CTRL_ATTR_MCAST_GRP_NAME, names[i]);
		mnl_attr_nest_end(nlh, nest);
	}
	mnl_attr_nest_end(nlh, groups);
	end(sk, nlh);
	put_ack(sk, request, 0);
}

static void answer(struct mnl_socket *sk, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	log_request(nlh);
	if (fake.fail) {
		fake.fail--;
		put_ack(sk, nlh, fake.err);
	} else if ((nlh->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
		answer_dump(sk, nlh, genl->cmd);
		put_done(sk, nlh);
	} else if (genl->cmd == VSW_CMD_RULE_GET &&
		   asked(nlh, VSW_A_RULE_ID) == GONE) {
		put_ack(sk, nlh, -ENOENT);
	} else {
		answer_get(sk, nlh, genl->cmd);
		put_ack(sk, nlh, 0);
	}
}

/* libmnl's from here on. */
ssize_t mnl_socket_sendto(const struct mnl_socket *sock, const void *req,
			  size_t size)
{
	struct mnl_socket *sk = (struct mnl_socket *)sock;
	const struct nlmsghdr *nlh = req;
	int left = size;

	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		if (sk->bus == NETLINK_ROUTE)
			answer_route(sk, nlh);
		else if (nlh->nlmsg_type == GENL_ID_CTRL)
			answer_family(sk, nlh);
		else
			answer(sk, nlh);
	}
	return size;
}

/* A module is unloaded. */
static void put_gone(struct mnl_socket *sk, __u16 family)
{
	struct nlmsghdr *nlh = begin(sk, NULL, GENL_ID_CTRL);
	struct genlmsghdr *genl;

	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = CTRL_CMD_DELFAMILY;
	mnl_attr_put_u16(nlh, CTRL_ATTR_FAMILY_ID, family);
	end(sk, nlh);
}

/* @out: 0: it is dropped where it came in, whole; else without its bytes */
static void put_drop(struct mnl_socket *sk, unsigned int sw, unsigned int out,
		     __u32 reason)
{
	static const __u8 frame[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00, 0x45, 0, 0, 32,
		0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 53,
	};
	struct nlmsghdr *nlh = begin_genl(sk, NULL, VSW_CMD_DROP_NTF);

	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_SWITCH, sw);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_IN, 5);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_REASON, reason);
	mnl_attr_put_strz(nlh, VSW_A_DROP_EVENT_REASON_NAME, "new-reason");
	mnl_attr_put_u16(nlh, VSW_A_DROP_EVENT_VLAN, 10);
	if (out) {
		mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_OUT, out);
		mnl_attr_put_u64(nlh, VSW_A_DROP_EVENT_MISSED, 12);
	} else {
		mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_LENGTH, 100);
		mnl_attr_put(nlh, VSW_A_DROP_EVENT_FRAME, sizeof(frame),
			     frame);
	}
	end(sk, nlh);
}

static void put_events(struct mnl_socket *sk)
{
	if (sk->config) {
		put_switch(sk, NULL, VSW_CMD_SWITCH_SET_NTF, 4);
		put_port(sk, NULL, VSW_CMD_PORT_NEW_NTF, 1);
	}
	if (sk->fdb)
		put_fdb(sk, NULL, VSW_CMD_FDB_DEL_NTF, 10,
			VSW_FDB_TYPE_LEARNED);
	if (sk->drop) {
		put_drop(sk, 4, 0, VSW_DROP_VLAN_TAGGED);
		put_drop(sk, 8, 9, 200);
		put_drop(sk, 4, 7, VSW_DROP_VLAN_TAGGED);
	}
	if (sk->ctrl) {
		put_gone(sk, FAMILY + 1);
		put_gone(sk, FAMILY);
		put_switch(sk, NULL, VSW_CMD_SWITCH_DEL_NTF, 4);
	}
	sk->ctrl = false;
	sk->config = false;
	sk->fdb = false;
	sk->drop = false;
}

ssize_t mnl_socket_recvfrom(const struct mnl_socket *sock, void *buf,
			    size_t size)
{
	struct mnl_socket *sk = (struct mnl_socket *)sock;
	ssize_t len;

	if (!sk->len)
		put_events(sk);
	len = sk->len;
	sk->len = 0;
	if (fake.recv)
		return fake.recv(buf, size, sk->rx, len);
	memcpy(buf, sk->rx, len);
	errno = ECONNRESET;
	return len ? len : -1;
}

struct mnl_socket *mnl_socket_open2(int bus, int flags)
{
	struct mnl_socket *sk = calloc(1, sizeof(*sk));

	(void)flags;
	if (sk)
		sk->bus = bus;
	return sk;
}

int mnl_socket_bind(struct mnl_socket *sk, unsigned int groups, pid_t pid)
{
	(void)sk;
	(void)groups;
	(void)pid;
	return 0;
}

int mnl_socket_setsockopt(const struct mnl_socket *sk, int type, void *buf,
			  socklen_t len)
{
	struct mnl_socket *joined = (struct mnl_socket *)sk;
	unsigned int group;

	if (type != NETLINK_ADD_MEMBERSHIP || len != sizeof(group))
		return 0;
	memcpy(&group, buf, len);
	joined->ctrl |= group == GENL_ID_CTRL;
	joined->config |= group == GROUP_CONFIG;
	joined->fdb |= group == GROUP_CONFIG + 1;
	joined->drop |= group == GROUP_CONFIG + 3;
	return 0;
}

unsigned int mnl_socket_get_portid(const struct mnl_socket *sk)
{
	(void)sk;
	return PORTID;
}

int mnl_socket_get_fd(const struct mnl_socket *sk)
{
	(void)sk;
	return -1;
}

int mnl_socket_close(struct mnl_socket *sk)
{
	free(sk);
	return 0;
}
