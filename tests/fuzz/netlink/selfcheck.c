// SPDX-License-Identifier: GPL-2.0
/*
 * Would what is looked for be seen? Plants each kind of it.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <string.h>

#include "fuzz.h"

/* A reply with one attribute. */
static const char *reply_with(int type, int len, const void *data)
{
	struct nl_msg *msg = nlmsg_alloc();
	const char *why;

	if (!msg || !genlmsg_put(msg, 0, 0, GENL_MIN_ID, 0, 0,
				 VSW_CMD_PORT_GET, SPEC_VERSION) ||
	    nla_put(msg, type, len, data))
		die("no memory for a message");
	why = reply_check(nlmsg_hdr(msg));
	nlmsg_free(msg);
	return why;
}

static const char *check_replies(void)
{
	const __u32 good = 3, index0 = 0, type = 3;

	if (reply_with(VSW_A_PORT_IFINDEX, sizeof(good), &good))
		return "a good reply is taken for a bad one";
	if (!reply_with(VSW_A_PORT_IFINDEX, sizeof(index0), &index0))
		return "index 0";
	if (!reply_with(VSW_A_PORT_IFINDEX, 2, &good))
		return "a short number";
	if (!reply_with(VSW_A_PORT_TYPE, sizeof(type), &type))
		return "a value that is none";
	if (!reply_with(VSW_A_PORT_NAME, 4, "abcd"))
		return "a string without an end";
	if (!reply_with(VSW_A_PORT_STATS + 1, sizeof(good), &good))
		return "an unknown attribute";
	if (!reply_with(VSW_A_PORT_STATS, sizeof(good), &good))
		return "a nest without its flag";
	return NULL;
}

static const char *check_answers(void)
{
	const struct client rights = { .family = GENL_MIN_ID };
	const struct client none = { .family = GENL_MIN_ID, .no_rights = true };
	const struct answer good = {
		.type = GENL_MIN_ID, .flags = NLM_F_REQUEST | NLM_F_ACK,
		.len = 40, .op = spec_op(VSW_CMD_PORT_DEL), .header_ok = true,
		.finals = 1,
	};
	struct answer a = good;

	if (answer_check(&rights, &a))
		return "a good answer is taken for a bad one";
	if (!answer_check(&none, &a))
		return "a change without rights";
	a.finals = 2;
	if (!answer_check(&rights, &a))
		return "two answers";
	a.finals = 0;
	if (!answer_check(&rights, &a))
		return "no answer";
	a = good;
	a.err = EINVAL;
	if (!answer_check(&rights, &a))
		return "a refusal without a sentence";
	a.sentence = true;
	a.has_offset = true;
	a.offset = 40;
	return answer_check(&rights, &a) ? NULL : "an offset too far";
}

/* Behind the back of a client that watches, another one changes something, if
 * there is a @deadline.
 */
static void plant(__u64 with_events, __u64 deadline)
{
	struct client c = { .alone = true, .check_every = 1 };
	struct client other = {};

	world_enter(c.tap);
	memcpy(other.tap, c.tap, sizeof(other.tap));
	client_open(&c, with_events);
	client_open(&other, false);
	world_fill(&other);
	client_watch(&c, true);
	if (deadline)
		world_change(&other);
	client_watch(&c, false);
}

static const char *check_watch(void)
{
	if (!round_run(plant, true, 0))
		return "what does not change is taken for changed";
	if (round_run(plant, true, now_ns() + 10 * SEC))
		return "an event of a change";
	if (round_run(plant, false, now_ns() + 10 * SEC))
		return "a change without an event";
	return NULL;
}

const char *selfcheck(void)
{
	const char *why = check_replies() ?: check_answers();

	return why ?: check_watch();
}
