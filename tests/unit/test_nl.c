// SPDX-License-Identifier: GPL-2.0
/* Answers from the kernel, right and wrong ones. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "nl.h"
#include "route.h"
#include "tap.h"

#define ROOM	4096

static __u64 room[ROOM / sizeof(__u64)];
static struct nlmsghdr *nlh;

/* Begin a message of the family in @room. */
static void begin(void)
{
	struct genlmsghdr *genl;

	memset(room, 0, sizeof(room));
	nlh = mnl_nlmsg_put_header(room);
	nlh->nlmsg_type = 0x20;
	nlh->nlmsg_seq = 1;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = VSW_CMD_PORT_NEW_NTF;
}

static void build_switch(void)
{
	begin();
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_IFINDEX, 4);
	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME, "vsw0");
	mnl_attr_put_u8(nlh, VSW_A_SWITCH_VLAN_AWARE, 1);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_AGEING, 300);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LIMIT, 1000);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_COUNT, 12);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_FDB_LEARNED, 10);
	mnl_attr_put_u64(nlh, VSW_A_SWITCH_FDB_REFUSED, 1ULL << 40);
	mnl_attr_put_u32(nlh, VSW_A_SWITCH_PORT_COUNT, 3);
}

static void build_port(void)
{
	__u8 vlans[VSW_VLANS_LEN] = { 2 };
	struct nlattr *nest;

	begin();
	mnl_attr_put_u32(nlh, VSW_A_PORT_IFINDEX, 5);
	mnl_attr_put_strz(nlh, VSW_A_PORT_NAME, "tap1");
	mnl_attr_put_u32(nlh, VSW_A_PORT_SWITCH, 4);
	mnl_attr_put_u32(nlh, VSW_A_PORT_TYPE, VSW_PORT_TYPE_NETDEV);
	mnl_attr_put_u32(nlh, VSW_A_PORT_VLAN_MODE, VSW_VLAN_MODE_TRUNK);
	mnl_attr_put_u16(nlh, VSW_A_PORT_PVID, 7);
	mnl_attr_put(nlh, VSW_A_PORT_VLANS, sizeof(vlans), vlans);
	mnl_attr_put_u8(nlh, VSW_A_PORT_UP, 1);
	nest = mnl_attr_nest_start(nlh, VSW_A_PORT_STATS);
	mnl_attr_put_u64(nlh, VSW_A_STATS_RX_PACKETS, 11);
	mnl_attr_put_u64(nlh, VSW_A_STATS_DROPS, 15);
	mnl_attr_nest_end(nlh, nest);
}

static void build_fdb(void)
{
	static const __u8 mac[] = { 2, 0, 0, 0, 0, 9 };

	begin();
	mnl_attr_put_u32(nlh, VSW_A_FDB_SWITCH, 4);
	mnl_attr_put_u32(nlh, VSW_A_FDB_PORT, 5);
	mnl_attr_put(nlh, VSW_A_FDB_MAC, sizeof(mac), mac);
	mnl_attr_put_u16(nlh, VSW_A_FDB_VID, 10);
	mnl_attr_put_u32(nlh, VSW_A_FDB_TYPE, VSW_FDB_TYPE_LEARNED);
	mnl_attr_put_u32(nlh, VSW_A_FDB_AGE, 1234);
}

static void put_counter(__u32 reason, const char *name)
{
	struct nlattr *nest = mnl_attr_nest_start(nlh, VSW_A_DROP_COUNTER);

	mnl_attr_put_u32(nlh, VSW_A_DROP_COUNTER_REASON, reason);
	mnl_attr_put_strz(nlh, VSW_A_DROP_COUNTER_NAME, name);
	mnl_attr_put_u64(nlh, VSW_A_DROP_COUNTER_PACKETS, 3);
	mnl_attr_nest_end(nlh, nest);
}

static void build_drops(void)
{
	begin();
	mnl_attr_put_u32(nlh, VSW_A_DROP_SWITCH, 4);
	put_counter(VSW_DROP_VLAN_INGRESS, "vlan-ingress");
	put_counter(200,
		    "a name that is longer than the room that there is for it");
}

static void build_step(void)
{
	static const __u8 frame[VSW_TRACE_FRAME_MIN] = { 2, [5] = 9 };

	begin();
	mnl_attr_put_u32(nlh, VSW_A_TRACE_STEP, VSW_STEP_DROP);
	mnl_attr_put_u32(nlh, VSW_A_TRACE_PORT, 7);
	mnl_attr_put_u16(nlh, VSW_A_TRACE_VLAN, 10);
	mnl_attr_put_u32(nlh, VSW_A_TRACE_RULE, 3);
	mnl_attr_put_u32(nlh, VSW_A_TRACE_REASON, VSW_DROP_RULE);
	mnl_attr_put_strz(nlh, VSW_A_TRACE_REASON_NAME, "rule");
	mnl_attr_put(nlh, VSW_A_TRACE_FRAME, sizeof(frame), frame);
}

static void build_drop_event(void)
{
	static const __u8 frame[] = { 2, [5] = 9 };

	begin();
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_SWITCH, 4);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_IN, 5);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_OUT, 7);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_REASON, VSW_DROP_TOO_BIG);
	mnl_attr_put_strz(nlh, VSW_A_DROP_EVENT_REASON_NAME, "too-big");
	mnl_attr_put_u16(nlh, VSW_A_DROP_EVENT_VLAN, 10);
	mnl_attr_put_u32(nlh, VSW_A_DROP_EVENT_LENGTH, 2000);
	mnl_attr_put(nlh, VSW_A_DROP_EVENT_FRAME, sizeof(frame), frame);
	mnl_attr_put_u64(nlh, VSW_A_DROP_EVENT_MISSED, 1ULL << 40);
}

static void build_link(void)
{
	struct ifinfomsg *ifi;
	struct nlattr *nest;

	memset(room, 0, sizeof(room));
	nlh = mnl_nlmsg_put_header(room);
	nlh->nlmsg_type = RTM_NEWLINK;
	ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));
	ifi->ifi_index = 5;
	mnl_attr_put_strz(nlh, IFLA_IFNAME, "t-red");
	mnl_attr_put_u32(nlh, IFLA_LINK, 2);
	mnl_attr_put_u32(nlh, IFLA_LINK_NETNSID, 3);
	nest = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, "veth");
	mnl_attr_nest_end(nlh, nest);
}

static struct nl_switch sw;
static struct nl_port port;
static struct nl_fdb fdb;
static struct nl_drops drops;
static struct nl_step step;
static struct nl_drop_event drop;
static struct route_link link_;
static struct nl_error error;

static int parse_switch(const struct nlmsghdr *m)
{
	return nl_parse_switch(m, &sw);
}

static int parse_port(const struct nlmsghdr *m)
{
	return nl_parse_port(m, &port);
}

static int parse_fdb(const struct nlmsghdr *m)
{
	return nl_parse_fdb(m, &fdb);
}

static int parse_drops(const struct nlmsghdr *m)
{
	return nl_parse_drops(m, &drops);
}

static int parse_step(const struct nlmsghdr *m)
{
	return nl_parse_step(m, &step);
}

static int parse_drop_event(const struct nlmsghdr *m)
{
	return nl_parse_drop_event(m, &drop);
}

static int parse_link(const struct nlmsghdr *m)
{
	return route_parse_link(m, &link_);
}

static void good(void)
{
	build_switch();
	tap_ok(!parse_switch(nlh) && sw.ifindex == 4 &&
	       !strcmp(sw.name, "vsw0") && sw.vlan_aware == 1 &&
	       sw.ageing == 300 && sw.fdb_limit == 1000 &&
	       sw.fdb_count == 12 && sw.fdb_learned == 10 &&
	       sw.fdb_refused == 1ULL << 40 && sw.port_count == 3, "a switch");
	build_port();
	tap_ok(!parse_port(nlh) && port.ifindex == 5 && port.sw == 4 &&
	       !strcmp(port.name, "tap1") && port.pvid == 7 &&
	       port.vlans[0] == 2 && port.up == 1 &&
	       port.has & BIT(VSW_A_PORT_STATS) &&
	       port.stats.rx_packets == 11 && port.stats.drops == 15,
	       "a port");
	build_fdb();
	tap_ok(!parse_fdb(nlh) && fdb.port == 5 && fdb.mac[5] == 9 &&
	       fdb.vid == 10 && fdb.age == 1234, "an entry");
	build_step();
	tap_ok(!parse_step(nlh) && step.step == VSW_STEP_DROP &&
	       step.port == 7 && step.vid == 10 && step.rule == 3 &&
	       step.reason == VSW_DROP_RULE &&
	       !strcmp(step.reason_name, "rule") &&
	       step.len == VSW_TRACE_FRAME_MIN &&
	       step.frame[5] == 9, "a step of a traced frame");
	build_drop_event();
	tap_ok(!parse_drop_event(nlh) && drop.sw == 4 && drop.in == 5 &&
	       drop.out == 7 && drop.reason == VSW_DROP_TOO_BIG &&
	       drop.vid == 10 && drop.length == 2000 && drop.frame_len == 6 &&
	       drop.frame[5] == 9 && drop.missed == 1ULL << 40,
	       "a frame that was dropped");
	build_drops();
	tap_ok(!parse_drops(nlh) && drops.n == 2 &&
	       drops.counters[0].reason == VSW_DROP_VLAN_INGRESS &&
	       drops.counters[0].packets == 3 &&
	       !(drops.has & BIT(VSW_A_DROP_PORT)), "drop counters");
	tap_ok(strlen(drops.counters[1].name) == NL_REASON_LEN - 1,
	       "a name that is too long is cut");
	build_link();
	tap_ok(!parse_link(nlh) && link_.ifindex == 5 && link_.peer == 2 &&
	       link_.netnsid == 3 && !strcmp(link_.kind, "veth") &&
	       !strcmp(link_.name, "t-red"), "a link");
}

static void odd(void)
{
	static const __u8 frame[VSW_DROP_FRAME_MAX + 1];
	unsigned int i;

	build_switch();
	mnl_attr_put_u32(nlh, 999, 1);
	mnl_attr_put_u32(nlh, 0, 1);
	tap_ok(!parse_switch(nlh), "attributes of a newer module");
	begin();
	tap_ok(!parse_switch(nlh) && !sw.has, "no attributes");
	tap_ok(nl_command(nlh) == VSW_CMD_PORT_NEW_NTF, "the command");
	nlh->nlmsg_len = NLMSG_HDRLEN;
	tap_ok(parse_switch(nlh) && !nl_command(nlh), "no header");
	begin();
	mnl_attr_put(nlh, VSW_A_SWITCH_NAME, 4, "vsw0");
	tap_ok(parse_switch(nlh), "a name without an end");
	begin();
	mnl_attr_put(nlh, VSW_A_SWITCH_NAME, 0, NULL);
	tap_ok(parse_switch(nlh), "no name in the name");
	begin();
	mnl_attr_put_strz(nlh, VSW_A_SWITCH_NAME,
			  "longer-than-any-name-can-be");
	tap_ok(!parse_switch(nlh) && strlen(sw.name) == IF_NAMESIZE - 1,
	       "a long name is cut");
	begin();
	for (i = 0; i < NL_COUNTERS_MAX; i++)
		mnl_attr_put(nlh, VSW_A_DROP_COUNTER, 0, NULL);
	tap_ok(!parse_drops(nlh) && drops.n == NL_COUNTERS_MAX,
	       "as many counters as there is room for");
	mnl_attr_put(nlh, VSW_A_DROP_COUNTER, 0, NULL);
	tap_ok(parse_drops(nlh), "one counter more");
	begin();
	mnl_attr_put(nlh, VSW_A_DROP_EVENT_FRAME, VSW_DROP_FRAME_MAX, frame);
	tap_ok(!parse_drop_event(nlh), "as many bytes as there is room for");
	begin();
	mnl_attr_put(nlh, VSW_A_DROP_EVENT_FRAME, sizeof(frame), frame);
	tap_ok(parse_drop_event(nlh), "one byte more");
}

/* Nests that do not end where they should. */
static void nests(void)
{
	struct nlattr *nest;
	char junk[64];

	build_port();
	nest = (struct nlattr *)((char *)mnl_nlmsg_get_payload_tail(nlh) -
				 2 * 12 - MNL_ATTR_HDRLEN);
	tap_ok(mnl_attr_get_type(nest) == VSW_A_PORT_STATS && !parse_port(nlh),
	       "a nest");
	((struct nlattr *)mnl_attr_get_payload(nest))->nla_len = 100;
	tap_ok(parse_port(nlh), "longer within than without");
	((struct nlattr *)mnl_attr_get_payload(nest))->nla_len = 3;
	tap_ok(parse_port(nlh), "shorter than its own header");
	build_port();
	nest->nla_len -= 5;
	tap_ok(parse_port(nlh), "cut off within a number");
	nest->nla_len = MNL_ATTR_HDRLEN + 2;
	tap_ok(parse_port(nlh), "no room for a header in it");
	begin();
	mnl_attr_put(nlh, VSW_A_SWITCH_NAME, 1, "");
	tap_ok(!parse_switch(nlh) && !*sw.name, "a name of no length");
	begin();
	mnl_attr_put(nlh, VSW_A_SWITCH_NAME, 5, "a\0bc");
	tap_ok(!parse_switch(nlh) && !strcmp(sw.name, "a"),
	       "a name that ends before its end");
	build_switch();
	nlh->nlmsg_len -= 2;
	tap_ok(parse_switch(nlh), "a message that ends within an attribute");
	build_fdb();
	memset(junk, 0xff, sizeof(junk));
	mnl_attr_put(nlh, VSW_A_FDB_VID, sizeof(junk), junk);
	tap_ok(parse_fdb(nlh), "a second one of a wrong length");
}

/* Each attribute of the message, with all lengths that it must not have. */
static void wrong_lengths(const char *name, void (*build)(void),
			  int (*parse)(const struct nlmsghdr *), int max)
{
	static const __u8 zero[VSW_VLANS_LEN + 1];
	unsigned int bad = 0, type;
	size_t len;

	build();
	tap_ok(!parse(nlh), "%s: as it should be", name);
	for (type = 1; type <= (unsigned int)max; type++) {
		for (len = 0; len <= sizeof(zero); len++) {
			begin();
			mnl_attr_put(nlh, type, len, zero);
			bad += !parse(nlh);
		}
	}
	/* Each number has one length, names any but none. */
	tap_ok(bad < (unsigned int)max * (sizeof(zero) + 1) &&
	       bad >= (unsigned int)max, "%s: %u lengths are taken", name, bad);
}

/* Cut anywhere, and in memory that ends there: ASan sees each byte read. */
static void truncated(const char *name, void (*build)(void),
		      int (*parse)(const struct nlmsghdr *))
{
	struct nlmsghdr *copy;
	__u32 len;

	build();
	for (len = NLMSG_HDRLEN; len <= nlh->nlmsg_len; len++) {
		copy = malloc(len);
		memcpy(copy, nlh, len);
		copy->nlmsg_len = len;
		parse(copy);
		free(copy);
	}
	tap_ok(true, "%s: cut off anywhere", name);
}

/* Bytes changed at random, the same ones each time. */
static void mutated(const char *name, void (*build)(void),
		    int (*parse)(const struct nlmsghdr *))
{
	unsigned int i, j, changes;
	struct nlmsghdr *copy;
	__u32 len;

	srand(1);
	build();
	len = nlh->nlmsg_len;
	copy = malloc(len);
	for (i = 0; i < 20000; i++) {
		memcpy(copy, nlh, len);
		changes = 1 + rand() % 4;
		for (j = 0; j < changes; j++)
			((__u8 *)copy)[NLMSG_HDRLEN +
				rand() % (len - NLMSG_HDRLEN)] = rand();
		parse(copy);
	}
	free(copy);
	tap_ok(true, "%s: changed at random", name);
}

static int parse_error(const struct nlmsghdr *m)
{
	return nl_parse_error(m, &error);
}

/* An acknowledgment as the kernel sends it. */
static void build_error(void)
{
	struct nlmsgerr *err;

	memset(room, 0, sizeof(room));
	nlh = mnl_nlmsg_put_header(room);
	nlh->nlmsg_type = NLMSG_ERROR;
	nlh->nlmsg_seq = 1;
	nlh->nlmsg_flags = NLM_F_CAPPED | NLM_F_ACK_TLVS;
	err = mnl_nlmsg_put_extra_header(nlh, sizeof(*err));
	err->error = -EINVAL;
	err->msg.nlmsg_len = 100;
	mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "VLAN 4095 is reserved");
	mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, 20);
}

static struct nlmsgerr *err_of(void)
{
	return mnl_nlmsg_get_payload(nlh);
}

static void errors(void)
{
	build_error();
	tap_ok(!parse_error(nlh) && error.err == -EINVAL && error.offs == 20 &&
	       !strcmp(error.msg, "VLAN 4095 is reserved"), "an error");
	nlh->nlmsg_flags = NLM_F_ACK_TLVS;
	tap_ok(!parse_error(nlh) && error.err == -EINVAL && !error.msg,
	       "not capped, and the request is not there");
	err_of()->msg.nlmsg_len = UINT32_MAX;
	tap_ok(!parse_error(nlh) && !error.msg, "of no possible length");
	nlh->nlmsg_flags = 0;
	tap_ok(!parse_error(nlh) && !error.msg, "without a sentence");
	err_of()->error = 5;
	tap_ok(!parse_error(nlh) && error.err == -EPROTO, "error 5");
	err_of()->error = INT32_MIN;
	tap_ok(!parse_error(nlh) && error.err == -EPROTO, "error INT_MIN");
	nlh->nlmsg_len = NLMSG_HDRLEN + 4;
	tap_ok(parse_error(nlh), "too short");
	build_error();
	nlh->nlmsg_type = NLMSG_DONE;
	nlh->nlmsg_len = NLMSG_HDRLEN;
	tap_ok(!parse_error(nlh) && !error.err, "end of a dump");
}

static struct vsctl v = { .batch = true };

/* A request of three words at line 12, and what is said of its answer. */
static const char *answer(__u32 offs, const char *msg, int err, int flags)
{
	struct nl *nl = nl_new(&v);

	v.where = (struct where){ "b.txt", 12, "port", "add" };
	nl_request(nl, VSW_CMD_PORT_NEW);
	nl_put_u32(nl, VSW_A_PORT_SWITCH, 4, "vsw0");
	nl_put_u32(nl, VSW_A_PORT_IFINDEX, 5, "tap1");
	nl_put_u16(nl, VSW_A_PORT_PVID, 4095, "4095");
	nl_queue(nl);
	v.where = (struct where){};
	build_error();
	nlh->nlmsg_len = NLMSG_HDRLEN + sizeof(struct nlmsgerr);
	nlh->nlmsg_flags |= flags;
	err_of()->error = err;
	if (msg)
		mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, msg);
	mnl_attr_put_u32(nlh, NLMSGERR_ATTR_OFFS, offs);
	tap_stderr();
	nl_feed(nl, nlh, nlh->nlmsg_len);
	/* The same answer once more must not be taken. */
	nl_feed(nl, nlh, nlh->nlmsg_len);
	nl_free(nl);
	return tap_stderr_text();
}

static void words(void)
{
	tap_str(answer(36, "VLAN 4095 is reserved", -EINVAL, 0),
		"vsctl: b.txt:12: port add: VLAN 4095 is reserved (\"4095\")\n",
		"the third word");
	tap_str(answer(20, "No switch", -EINVAL, 0),
		"vsctl: b.txt:12: port add: No switch (\"vsw0\")\n",
		"the first word");
	tap_str(answer(24, "Odd", -EINVAL, 0),
		"vsctl: b.txt:12: port add: Odd\n",
		"an offset where no attribute begins");
	tap_str(answer(0, NULL, -EPERM, 0),
		"vsctl: b.txt:12: port add: Operation not permitted\n",
		"no sentence");
	tap_str(answer(28, "Mind this", 0, 0),
		"vsctl: b.txt:12: port add: warning: Mind this (\"tap1\")\n",
		"a warning");
	tap_str(answer(0, NULL, 0, 0), "", "success");
	tap_str(answer(0, "\033[2J\n", -EINVAL, 0),
		"vsctl: b.txt:12: port add: \\x1b[2J\\x0a\n",
		"a sentence with control characters");
	tap_str(answer(0, NULL, 0, NLM_F_DUMP_INTR),
		"vsctl: b.txt:12: port add: dump was interrupted and may be inconsistent\n",
		"an interrupted dump, said once");
}

/* A dump that fails ends with an error, but without an offset. */
static void failed_dump(void)
{
	struct nl *nl = nl_new(&v);
	__s32 err = -EINVAL;

	v.where = (struct where){ .object = "port", .command = "show" };
	nl_request(nl, VSW_CMD_PORT_GET);
	nl_put_u32(nl, VSW_A_PORT_SWITCH, 4, "tap1");
	nl_queue(nl);
	memset(room, 0, sizeof(room));
	nlh = mnl_nlmsg_put_header(room);
	nlh->nlmsg_type = NLMSG_DONE;
	nlh->nlmsg_seq = 1;
	nlh->nlmsg_flags = NLM_F_MULTI | NLM_F_ACK_TLVS;
	memcpy(mnl_nlmsg_put_extra_header(nlh, sizeof(err)), &err,
	       sizeof(err));
	mnl_attr_put_strz(nlh, NLMSGERR_ATTR_MSG, "No switch");
	tap_stderr();
	nl_feed(nl, nlh, nlh->nlmsg_len);
	nl_free(nl);
	tap_str(tap_stderr_text(), "vsctl: port show: No switch (\"tap1\")\n",
		"a dump that fails");
	v.where = (struct where){};
}

/* Messages that are not whole, or not for us. */
static void strays(void)
{
	struct nl *nl = nl_new(&v);
	struct nlmsghdr *copy;
	__u32 len;

	nl_request(nl, VSW_CMD_SWITCH_NEW);
	nl_queue(nl);
	build_error();
	tap_stderr();
	nlh->nlmsg_seq = 2;
	nl_feed(nl, nlh, nlh->nlmsg_len);
	nlh->nlmsg_seq = 0;
	nl_feed(nl, nlh, nlh->nlmsg_len);
	tap_str(tap_stderr_text(), "", "answers to nothing");
	build_error();
	tap_stderr();
	for (len = 0; len <= nlh->nlmsg_len; len++) {
		copy = malloc(len);
		memcpy(copy, nlh, len);
		if (len >= NLMSG_HDRLEN)
			copy->nlmsg_len = len + 1;
		nl_feed(nl, copy, len);
		free(copy);
	}
	tap_str(tap_stderr_text(), "",
		"messages that are longer than they are");
	nl_free(nl);
}

/* As an int they are negative: far off, on the spot, and one message back. */
static void huge_lengths(void)
{
	static const __u32 lengths[] = { 0x80000010, UINT32_MAX, 0xffffffec };
	struct nl *nl = nl_new(&v);
	unsigned int i;
	size_t len;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		begin();
		len = nlh->nlmsg_len;
		memcpy((char *)room + len, room, len);
		((struct nlmsghdr *)((char *)room + len))->nlmsg_len =
			lengths[i];
		tap_ok(nl_feed(nl, room, 2 * len) == -1,
		       "a message of %u bytes", lengths[i]);
	}
	nl_free(nl);
}

int main(void)
{
	static const struct {
		const char *name;
		void (*build)(void);
		int (*parse)(const struct nlmsghdr *nlh);
		int max;
	} all[] = {
		{ "switch", build_switch, parse_switch, VSW_A_SWITCH_MAX },
		{ "port", build_port, parse_port, VSW_A_PORT_MAX },
		{ "fdb", build_fdb, parse_fdb, VSW_A_FDB_MAX },
		{ "drops", build_drops, parse_drops, VSW_A_DROP_MAX },
		{ "drop event", build_drop_event, parse_drop_event,
		  VSW_A_DROP_EVENT_MAX },
		/* The frame may have any length. */
		{ "step", build_step, parse_step, 0 },
		{ "link", build_link, parse_link, 0 },
		{ "error", build_error, parse_error, 0 },
	};
	unsigned int i;

	good();
	odd();
	nests();
	errors();
	for (i = 0; i < ARRAY_SIZE(all); i++) {
		if (all[i].max)
			wrong_lengths(all[i].name, all[i].build, all[i].parse,
				      all[i].max);
		truncated(all[i].name, all[i].build, all[i].parse);
		mutated(all[i].name, all[i].build, all[i].parse);
	}
	words();
	failed_dump();
	strays();
	huge_lengths();
	return tap_done();
}
