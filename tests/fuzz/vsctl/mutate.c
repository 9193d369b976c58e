// SPDX-License-Identifier: GPL-2.0
/*
 * Changes to what a hostile kernel sends (frames.h). Bytes changed at random
 * hardly get past a message's first length. Here a message or an attribute, at
 * any depth, is taken and changed, and all lengths around it follow: what
 * results is wrong in one place and right everywhere else. Half of the time
 * libFuzzer changes what it likes.
 */
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "frames.h"
#include "harness.h"
#include "vsctl.h"

#define DEPTH_MAX	6
#define ROOM		1024

/* What has a length before it. */
enum level {
	FRAME,
	MESSAGE,
	ATTR,
};

static const size_t heads[] = {
	[FRAME] = FRAME_HEAD,
	[MESSAGE] = NLMSG_HDRLEN,
	[ATTR] = NLA_HDRLEN,
};

/**
 * struct spot - something in the input, and what it is in
 * @kind: what it is
 * @off: where it begins
 * @len: how long it is, with its length and what aligns the next
 * @ups: where the things begin that it is in
 * @kinds: what they are
 * @n_ups: how many
 */
struct spot {
	enum level kind;
	size_t off;
	size_t len;
	size_t ups[DEPTH_MAX];
	enum level kinds[DEPTH_MAX];
	unsigned int n_ups;
};

static __u8 *data;
static size_t size, max;
static __u32 state;

/* Of libFuzzer's seed, so that a run can be had again. */
static __u32 rnd(__u32 n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

static __u16 get16(size_t off)
{
	__u16 val;

	memcpy(&val, data + off, sizeof(val));
	return val;
}

static __u32 get32(size_t off)
{
	__u32 val;

	memcpy(&val, data + off, sizeof(val));
	return val;
}

static void put16(size_t off, __u16 val)
{
	memcpy(data + off, &val, sizeof(val));
}

static void put32(size_t off, __u32 val)
{
	memcpy(data + off, &val, sizeof(val));
}

/* The length of what is at @off, 0 if it is not as it should be. */
static size_t len_at(enum level kind, size_t off, size_t end)
{
	size_t len;

	if (end - off < heads[kind])
		return 0;
	if (kind == FRAME)
		len = FRAME_HEAD + frames_len(data + off);
	else if (kind == MESSAGE)
		len = get32(off);
	else
		len = get16(off);
	if (len < heads[kind] || len > end - off)
		return 0;
	/* The last one may be without what would align the next. */
	if (kind != FRAME && NLMSG_ALIGN(len) <= end - off)
		len = NLMSG_ALIGN(len);
	return len;
}

static void grow_len(enum level kind, size_t off, long by)
{
	if (kind == MESSAGE)
		put32(off, get32(off) + by);
	else
		put16(off, get16(off) + by);
}

/* Any of those that lie one behind the other. */
static bool pick(struct spot *s, enum level kind, size_t off, size_t end)
{
	size_t len, at = off;
	unsigned int n = 0;

	for (; (len = len_at(kind, at, end)); at += len)
		n++;
	if (!n)
		return false;
	n = rnd(n);
	for (at = off; n; n--)
		at += len_at(kind, at, end);
	s->kind = kind;
	s->off = at;
	s->len = len_at(kind, at, end);
	return true;
}

/* How long the headers before a message's attributes are. */
static size_t fixed_len(size_t off)
{
	switch (get16(off + offsetof(struct nlmsghdr, nlmsg_type))) {
	case NLMSG_ERROR:
		return NLMSG_HDRLEN + sizeof(struct nlmsgerr);
	case RTM_NEWLINK:
		return NLMSG_HDRLEN + sizeof(struct ifinfomsg);
	default:
		return NLMSG_HDRLEN + GENL_HDRLEN;
	}
}

/* Go on to something within it; stays where there is none. */
static bool descend(struct spot *s, enum level kind, size_t head)
{
	struct spot in = *s;

	if (s->n_ups == DEPTH_MAX || s->len < head ||
	    !pick(&in, kind, s->off + head, s->off + s->len))
		return false;
	in.ups[in.n_ups] = s->off;
	in.kinds[in.n_ups++] = s->kind;
	*s = in;
	return true;
}

static bool find(struct spot *s, bool attr)
{
	size_t len;

	s->n_ups = 0;
	if (size < FRAMES_HEAD || !pick(s, FRAME, FRAMES_HEAD, size) ||
	    !descend(s, MESSAGE, FRAME_HEAD))
		return false;
	if (!attr)
		return true;
	if (!descend(s, ATTR, fixed_len(s->off)))
		return false;
	for (;;) {
		len = get16(s->off + offsetof(struct nlattr, nla_type));
		if (!(len & NLA_F_NESTED) || !rnd(3) ||
		    !descend(s, ATTR, NLA_HDRLEN))
			return true;
	}
}

/* Put bytes in place of others; what is around them becomes as much longer. */
static void splice(const struct spot *s, size_t off, size_t len,
		   const void *to, size_t to_len)
{
	unsigned int i;

	if (size - len + to_len > max)
		return;
	memmove(data + off + to_len, data + off + len, size - off - len);
	memcpy(data + off, to, to_len);
	size += to_len - len;
	for (i = 0; i < s->n_ups; i++)
		grow_len(s->kinds[i], s->ups[i], (long)to_len - (long)len);
}

/* Once more, or not at all. */
static void repeat_or_remove(const struct spot *s)
{
	__u8 copy[ROOM];

	if (rnd(3)) {
		if (s->len > sizeof(copy))
			return;
		memcpy(copy, data + s->off, s->len);
		splice(s, s->off, 0, copy, s->len);
	} else {
		splice(s, s->off, s->len, "", 0);
	}
}

/* What a name must not be shown as. */
static size_t hostile_text(__u8 *to)
{
	static const char *const texts[] = {
		"\033[2J\033[31m", "\302\23331m", "a\nb\tc\r", "\"\\</td>&",
		"\342\202", "\377\376", "", "-rf", "$(id)", "\177\b\b",
		"\342\200\256evil", "veth", "longer than any name of a device",
	};
	const char *text = texts[rnd(ARRAY_SIZE(texts))];

	memcpy(to, text, strlen(text) + 1);
	return strlen(text) + rnd(2);
}

static void change_payload(const struct spot *s)
{
	__u8 copy[ROOM] = {};
	size_t len = get16(s->off);
	__u16 head;

	if (len > sizeof(copy) / 2 + NLA_HDRLEN)
		return;
	memcpy(copy, data + s->off, len);
	len -= NLA_HDRLEN;
	if (!rnd(3))
		len = hostile_text(copy + NLA_HDRLEN);
	else if (len && rnd(2))
		/* Most have one length only that they may have. */
		fuzz_bytes(copy + NLA_HDRLEN, len, len);
	else
		len = fuzz_bytes(copy + NLA_HDRLEN, len, sizeof(copy) / 2);
	len += NLA_HDRLEN;
	memset(copy + len, 0, NLMSG_ALIGN(len) - len);
	head = len;
	memcpy(copy, &head, sizeof(head));
	splice(s, s->off, s->len, copy, NLMSG_ALIGN(len));
}

static void change_attr_type(const struct spot *s)
{
	size_t at = s->off + offsetof(struct nlattr, nla_type);

	put16(at, (get16(at) & ~NLA_TYPE_MASK) | rnd(20));
}

static void change_header(const struct spot *s)
{
	static const __u16 kinds[] = {
		NLMSG_NOOP, NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN,
		GENL_ID_CTRL, GENL_ID_CTRL + 0x11, RTM_NEWLINK, 0xffff,
	};
	size_t at = s->off;

	switch (rnd(4)) {
	case 0:
		put16(at + offsetof(struct nlmsghdr, nlmsg_type),
		      kinds[rnd(ARRAY_SIZE(kinds))]);
		break;
	case 1:
		put16(at + offsetof(struct nlmsghdr, nlmsg_flags),
		      rnd(0x1000));
		break;
	case 2:
		put32(at + offsetof(struct nlmsghdr, nlmsg_seq), rnd(6) - 1);
		break;
	default:
		/* The header behind it: a command, or an error. */
		if (s->len >= NLMSG_HDRLEN + GENL_HDRLEN)
			data[at + NLMSG_HDRLEN] = rnd(256);
	}
}

/* One length does not follow. */
static void break_len(const struct spot *s)
{
	static const __u32 lens[] = {
		0, 1, 3, 4, 5, 15, 16, 17, 20, 0x7fff, 0xfffc, 0xffff,
		0x7fffffff, 0x80000000, 0x80000010, 0xfffffff0, 0xffffffff,
	};
	unsigned int i = rnd(s->n_ups + 1);
	size_t off = i == s->n_ups ? s->off : s->ups[i];
	enum level kind = i == s->n_ups ? s->kind : s->kinds[i];

	if (rnd(2))
		grow_len(kind, off, (long)rnd(17) - 8);
	else if (kind == MESSAGE)
		put32(off, lens[rnd(ARRAY_SIZE(lens))]);
	else
		put16(off, lens[rnd(ARRAY_SIZE(lens))]);
}

static void change_run(void)
{
	unsigned int i = rnd(FRAMES_HEAD);

	data[i] = i ? rnd(256) : rnd(frames_n_commands);
}

static void change_attr(const struct spot *s)
{
	switch (rnd(8)) {
	case 0:
		repeat_or_remove(s);
		break;
	case 1:
		change_attr_type(s);
		break;
	case 2:
		break_len(s);
		break;
	default:
		change_payload(s);
	}
}

static void change_message(const struct spot *s)
{
	switch (rnd(4)) {
	case 0:
		repeat_or_remove(s);
		break;
	case 1:
		break_len(s);
		break;
	default:
		change_header(s);
	}
}

/**
 * fuzz_mutate - change an input
 * @bytes: the input
 * @len: its length
 * @room: how long it may become
 * @seed: of the change
 *
 * Return: its new length
 */
size_t fuzz_mutate(__u8 *bytes, size_t len, size_t room, unsigned int seed)
{
	unsigned int times;
	struct spot s;
	bool attr;

	data = bytes;
	size = len;
	max = room;
	/* The generator has no way out of zero. */
	state = seed * 2654435761u | 1;
	if (rnd(2))
		return fuzz_bytes(data, size, max);
	for (times = 1 + rnd(3); times; times--) {
		attr = rnd(4);
		if (size >= FRAMES_HEAD && !rnd(16))
			change_run();
		else if (!find(&s, attr))
			continue;
		else if (attr)
			change_attr(&s);
		else
			change_message(&s);
	}
	return size ? size : fuzz_bytes(data, size, max);
}
