// SPDX-License-Identifier: GPL-2.0
/*
 * What is done to a message to make it a wrong one.
 */
#include <linux/genetlink.h>
#include <string.h>

#include "fuzz.h"

#define TYPE_MAX	0x3fff

static struct fz_attr *some_attr(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a;

	if (m->n)
		return &m->attrs[rnd(r, m->n)];
	a = &m->attrs[m->n++];
	a->type = 1;
	a->len = sizeof(__u32);
	a->name = NO_NAME;
	memset(a->data, 0, DATA_MAX);
	return a;
}

static void change_len(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a = some_attr(r, m);
	const __u16 lens[] = { 0, 1, a->len - 1, a->len + 1, 2 * a->len, 8,
			       15, 16, 17, 511, 512, 513, rnd(r, DATA_MAX) };

	a->len = lens[rnd(r, ARRAY_SIZE(lens))] % DATA_MAX;
	/* As long as an attribute can be, seldom: it costs. */
	if (chance(r, 64))
		a->len = 0xffff - NLA_HDRLEN - rnd(r, 4);
}

static void change_type(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a = some_attr(r, m);

	switch (rnd(r, 6)) {
	case 0:
		a->type |= NLA_F_NESTED;
		break;
	case 1:
		a->type |= NLA_F_NET_BYTEORDER;
		break;
	case 2:
		a->type = rnd(r, TYPE_MAX + 1);
		break;
	case 3:
		a->type = TYPE_MAX;
		break;
	default:
		a->type = rnd(r, 14);
	}
}

static void duplicate(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a = some_attr(r, m);

	if (m->n < ATTRS_MAX)
		m->attrs[m->n++] = *a;
}

static void add_unknown(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a;

	if (m->n == ATTRS_MAX)
		return;
	a = &m->attrs[m->n++];
	a->type = rnd(r, 20);
	a->len = chance(r, 2) ? 4 : rnd(r, 16);
	a->name = NO_NAME;
	memset(a->data, rnd(r, 256), DATA_MAX);
}

static void leave_out(struct rng *r, struct fz_msg *m)
{
	__u32 i;

	if (!m->n)
		return;
	i = rnd(r, m->n);
	m->attrs[i] = m->attrs[--m->n];
}

static void reorder(struct rng *r, struct fz_msg *m)
{
	struct fz_attr tmp;
	__u32 i, j;

	for (i = m->n; i > 1; i--) {
		j = rnd(r, i);
		tmp = m->attrs[i - 1];
		m->attrs[i - 1] = m->attrs[j];
		m->attrs[j] = tmp;
	}
}

/* An attribute in an attribute in an attribute ... */
static void nest(struct rng *r, struct fz_msg *m)
{
	struct fz_attr *a = some_attr(r, m);
	struct nlattr nla;
	__u16 at;

	a->name = NO_NAME;
	a->len = NLA_HDRLEN * (1 + rnd(r, DATA_MAX / NLA_HDRLEN));
	for (at = 0; at < a->len; at += NLA_HDRLEN) {
		nla.nla_len = a->len - at;
		nla.nla_type = rnd(r, 10) | NLA_F_NESTED;
		memcpy(a->data + at, &nla, sizeof(nla));
	}
	if (chance(r, 2))
		a->type |= NLA_F_NESTED;
}

static void change_flags(struct rng *r, struct fz_msg *m)
{
	static const __u16 flags[] = {
		NLM_F_REQUEST, NLM_F_MULTI, NLM_F_ACK, NLM_F_ECHO,
		NLM_F_DUMP_INTR, NLM_F_DUMP_FILTERED, NLM_F_ROOT, NLM_F_MATCH,
		NLM_F_ATOMIC, NLM_F_APPEND, NLM_F_DUMP, NLM_F_CREATE,
		NLM_F_EXCL, NLM_F_REPLACE, 0x8000,
	};

	m->flags ^= flags[rnd(r, ARRAY_SIZE(flags))];
	if (chance(r, 8))
		m->flags = rnd(r, 0x10000);
}

/* Only families that do nothing by chance. */
static void change_header(struct rng *r, struct fz_msg *m)
{
	static const __u16 families[] = {
		NLMSG_NOOP, NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN,
		GENL_ID_CTRL, 0xffff,
	};

	switch (rnd(r, 4)) {
	case 0:
		m->version = rnd(r, 256);
		break;
	case 1:
		m->cmd = chance(r, 2) ? rnd(r, 32) : rnd(r, 256);
		break;
	case 2:
		m->reserved = 1 << rnd(r, 16);
		break;
	default:
		m->family = families[rnd(r, ARRAY_SIZE(families))];
	}
}

static void change_bytes(struct rng *r, struct fz_msg *m)
{
	static const __u16 lies[] = { 0, 1, 3, 4, 5, 7, 8, 9, 0x7fff, 0xffff };

	switch (rnd(r, 4)) {
	case 0:
		m->cut = 1 + rnd(r, 24);
		m->keep_len = false;
		break;
	case 1:
		m->cut = 1 + rnd(r, 24);
		m->keep_len = true;
		break;
	case 2:
		m->lie_at = 1 + rnd(r, m->n + 1);
		m->lie = lies[rnd(r, ARRAY_SIZE(lies))];
		break;
	default:
		m->poke_at = 1 + rnd(r, 60);
		m->poke = rnd(r, 256);
	}
}

static void change_value(struct rng *r, struct fz_msg *m)
{
	const struct spec_op *op = spec_op(m->cmd);
	struct fz_attr *a = some_attr(r, m);

	if (op && chance(r, 2)) {
		gen_boundary(r, op->set, a);
		return;
	}
	/* Another device, or a bit. */
	if (a->name != NO_NAME)
		a->name = rnd(r, N_NAMES);
	else
		a->data[rnd(r, DATA_MAX) % (a->len ?: 1) % DATA_MAX] ^=
			1 << rnd(r, 8);
}

void gen_mutate(struct rng *r, struct fz_msg *m)
{
	static void (*const how[])(struct rng *r, struct fz_msg *m) = {
		change_len, change_type, duplicate, add_unknown, leave_out,
		reorder, nest, change_flags, change_header, change_bytes,
		change_value, change_value,
	};
	__u32 i;

	for (i = 1 + rnd(r, 3); i; i--)
		how[rnd(r, ARRAY_SIZE(how))](r, m);
}
