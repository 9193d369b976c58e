// SPDX-License-Identifier: GPL-2.0
/*
 * What reads answers, without a command around it: quicker than fuzz_reply,
 * and each message lies before memory that cannot be read, so that libmnl,
 * which is not built with sanitizers, is watched, too.
 */
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "frame.h"
#include "frames.h"
#include "harness.h"
#include "nl.h"
#include "route.h"
#include "vsctl.h"

#define ROOM	65536
#define PAGE	4096
#define ASKED	3

static __u8 *room;

/* The bytes as a socket's buffer holds them, right before the guard page. */
static void *place(const __u8 *data, size_t len)
{
	__u8 *to;

	if (!room) {
		room = mmap(NULL, ROOM + PAGE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (room == MAP_FAILED ||
		    mprotect(room + ROOM, PAGE, PROT_NONE))
			abort();
	}
	to = room + ROOM - NLMSG_ALIGN(len);
	memcpy(to, data, len);
	return to;
}

/* Requests that wait for answers, as in a batch. */
static struct nl *ask(struct vsctl *v)
{
	struct nl *nl = nl_new(v);
	unsigned int i;

	v->batch = true;
	v->where = (struct where){ "lab.batch", 3, "port", "add" };
	for (i = 0; i < ASKED; i++) {
		nl_request(nl, VSW_CMD_PORT_NEW);
		nl_put_u32(nl, VSW_A_PORT_SWITCH, 4, "vsw0");
		nl_put_u32(nl, VSW_A_PORT_IFINDEX, 5, "tap1");
		nl_queue(nl);
	}
	return nl;
}

/* A message that is whole, which is what these may rely on. */
static void parse(const struct nlmsghdr *nlh)
{
	static struct nl_drops drops;
	static struct nl_rule rule;
	static struct nl_set set;
	static struct match match;
	struct nl_drop_event drop;
	struct nl_switch sw;
	struct nl_step step;
	struct nl_port port;
	struct nl_fdb fdb;
	struct route_link link;

	nl_command(nlh);
	nl_parse_switch(nlh, &sw);
	nl_parse_port(nlh, &port);
	nl_parse_fdb(nlh, &fdb);
	nl_parse_rule(nlh, &rule);
	nl_parse_set(nlh, &set);
	nl_parse_drops(nlh, &drops);
	nl_parse_step(nlh, &step);
	if (!nl_parse_drop_event(nlh, &drop))
		frame_to_match(drop.frame, drop.frame_len, drop.vid, &match);
	route_parse_link(nlh, &link);
}

static void parse_error(struct nlmsghdr *nlh, __u16 type)
{
	struct nl_error e;

	nlh->nlmsg_type = type;
	if (!nl_parse_error(nlh, &e) && (e.err > 0 || e.err < -4095))
		harness_fail("an error that is none", e.msg ? e.msg : "");
}

static void one_frame(struct nl *nl, const __u8 *data, size_t len)
{
	struct nlmsghdr *nlh = place(data, len);

	frames_rebase(nlh, len, 1, 0);
	nl_feed(nl, nlh, len);
	if (len < sizeof(*nlh))
		return;
	nlh->nlmsg_len = len;
	parse(nlh);
	parse_error(nlh, NLMSG_ERROR);
	parse_error(nlh, NLMSG_DONE);
}

int fuzz_one(const __u8 *data, size_t size)
{
	size_t off = FRAMES_HEAD, len;
	struct vsctl v = {};
	struct nl *nl;

	harness_begin();
	nl = ask(&v);
	while (off + FRAME_HEAD <= size) {
		len = frames_len(data + off);
		off += FRAME_HEAD;
		if (len >= FRAME_ERRNO)
			continue;
		if (len > size - off)
			len = size - off;
		one_frame(nl, data + off, len);
		off += len;
	}
	nl_free(nl);
	harness_end(0, 0);
	return 0;
}
