// SPDX-License-Identifier: GPL-2.0
/*
 * Messages as the specification has them, and values at its bounds.
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <string.h>

#include "fuzz.h"

#define VLANS_LEN	512

static const __u16 vids[] = { 1, 2, 10, 20, 4094 };

static void put_number(struct fz_attr *a, size_t len, __u64 val)
{
	__u16 v16 = val;
	__u32 v32 = val;
	__u8 v8 = val;

	a->len = len;
	switch (len) {
	case 1:
		memcpy(a->data, &v8, len);
		break;
	case 2:
		memcpy(a->data, &v16, len);
		break;
	case 4:
		memcpy(a->data, &v32, len);
		break;
	default:
		memcpy(a->data, &val, len);
	}
}

static __u64 rnd64(struct rng *r)
{
	return ((__u64)rnd(r, 0xffffffff) << 32) | rnd(r, 0xffffffff);
}

static void put_index(struct rng *r, const struct spec_set *set,
		      const struct spec_attr *s, struct fz_attr *a)
{
	bool is_switch = !strcmp(s->name, "switch") ||
			 (!strcmp(s->name, "ifindex") &&
			  !strcmp(set->name, "switch"));

	/* Those that world_fill() makes ports of at the start. */
	static const __u8 ports[] = { 0, FIRST_VETH, FIRST_VETH + 2, FIRST_TAP,
				      FIRST_INTERNAL };
	bool likely = chance(r, 2);

	put_number(a, sizeof(__u32), 0);
	if (is_switch && !chance(r, 32))
		a->name = rnd(r, likely ? N_SWITCHES / 2 : N_SWITCHES);
	else if (likely)
		a->name = ports[rnd(r, ARRAY_SIZE(ports))];
	else
		a->name = rnd(r, N_NAMES);
}

static void put_name(struct rng *r, const struct spec_set *set,
		     struct fz_attr *a)
{
	static const char *const odd[] = { "", "lo", "a/b", "x%d", ".", "..",
					   "fifteen-letters", "a b" };
	const char *name;

	if (chance(r, 16))
		name = odd[rnd(r, ARRAY_SIZE(odd))];
	else if (!strcmp(set->name, "switch"))
		name = names[rnd(r, N_SWITCHES)];
	else
		name = names[FIRST_INTERNAL + rnd(r, N_INTERNALS)];
	a->len = strlen(name) + 1;
	memcpy(a->data, name, a->len);
}

static void put_vlans(struct rng *r, struct fz_attr *a)
{
	unsigned int i, vid;

	a->len = VLANS_LEN;
	memset(a->data, 0, VLANS_LEN);
	switch (rnd(r, 8)) {
	case 0:			/* all that there can be */
		memset(a->data, 0xff, VLANS_LEN);
		a->data[0] &= ~1;
		a->data[VLANS_LEN - 1] &= 0x7f;
		break;
	case 1:			/* with those there cannot be */
		a->data[chance(r, 2) ? 0 : VLANS_LEN - 1] = 0xff;
		break;
	case 2:			/* none */
		break;
	default:
		for (i = rnd(r, 6) + 1; i; i--) {
			vid = vids[rnd(r, ARRAY_SIZE(vids))];
			a->data[vid / 8] |= 1 << vid % 8;
		}
	}
}

static void put_mac(struct rng *r, struct fz_attr *a)
{
	static const __u8 mac[ETH_ALEN] = { 2 };

	a->len = ETH_ALEN;
	memcpy(a->data, mac, ETH_ALEN);
	a->data[ETH_ALEN - 1] = rnd(r, 8);
	if (chance(r, 32))
		a->data[0] = rnd(r, 256);
}

/* To one station, from another, of no type. */
static void put_frame(struct rng *r, const struct spec_attr *s,
		      struct fz_attr *a)
{
	a->len = s->min + rnd(r, 48);
	memset(a->data, 0, a->len);
	a->data[0] = 2;
	a->data[ETH_ALEN] = 2;
}

static __u64 some_number(struct rng *r, const struct spec_attr *s)
{
	if (s->max > 1 && s->max <= 4094 && !chance(r, 8))
		return s->names ? rnd(r, s->max + 1) :
				  vids[rnd(r, ARRAY_SIZE(vids))];
	switch (rnd(r, 4)) {
	case 0:
		return s->min;
	case 1:
		return s->max;
	}
	return s->min + rnd64(r) % (s->max - s->min + 1 ?: 1);
}

static __u32 some_of(struct rng *r)
{
	static const __u32 numbers[] = { 0, 1, 2, 3, 6, 8, 17, 58, 63, 80, 135,
					 255, 1000, 0x0800, 65535, 65536 };

	return numbers[rnd(r, ARRAY_SIZE(numbers))];
}

/* A value of a field that a rule matches, into @data: a device, a range, or a
 * value and a mask.
 */
static void put_match(struct rng *r, const struct spec_attr *s, __u8 *data)
{
	bool is_masked = s->max != 8 || strstr(s->name, "ip") ||
			 !strcmp(s->name, "tcp-flags") ||
			 !strcmp(s->name, "mark");
	__u32 range[2] = { some_of(r), some_of(r) };
	static const __u8 masks[] = { 0xff, 0xff, 0xff, 0xf0, 0x00, 0x01 };
	size_t i, half = s->max / 2;

	if (s->size) {
		range[0] = 1 + rnd(r, 32);
		memcpy(data, range, sizeof(__u32));
	} else if (is_masked) {
		for (i = 0; i < half; i++) {
			data[half + i] = masks[rnd(r, ARRAY_SIZE(masks))];
			data[i] = some_of(r) & data[half + i];
		}
	} else {
		if (chance(r, 2) || (range[0] > range[1] && !chance(r, 8)))
			range[1] = range[0];
		memcpy(data, range, sizeof(range));
	}
}

/* An address and, mostly, the mask of a prefix; few of them, so that sets have
 * them more often than not.
 */
static void put_prefix(struct rng *r, const struct spec_attr *s, __u8 *data)
{
	static const __u8 lens[] = { 0, 1, 7, 8, 24, 31, 32, 64, 127, 128 };
	size_t half = s->max / 2, i;
	__u8 len = lens[rnd(r, ARRAY_SIZE(lens))];

	for (i = 0; i < half; i++) {
		data[i] = i == half - 1 || !i ? rnd(r, 3) : 0;
		data[half + i] = 8 * i >= len ? 0 :
				 8 * i + 8 <= len ? 0xff :
				 0xff << (8 * i + 8 - len);
		data[i] &= data[half + i];
	}
	if (chance(r, 16))
		put_match(r, s, data);
}

/* The value of an attribute in a nest. Returns its length. */
static size_t put_inner(struct rng *r, const struct spec_set *set,
			const struct spec_attr *s, __u8 *data)
{
	size_t len = s->size ?: s->max;
	const char *name;

	if (s->type == NL_ATTR_TYPE_STRING && !chance(r, 8)) {
		/* The first is there from the start. */
		name = names[FIRST_INTERNAL + (chance(r, 2) ? 0 :
					       rnd(r, N_INTERNALS))];
		len = strlen(name) + 1;
		memset(data, 0, NLA_ALIGN(len));
		memcpy(data, name, len);
		return len;
	}
	memset(data, 0, NLA_ALIGN(len));
	if (!strcmp(set->name, "set-address"))
		put_prefix(r, s, data);
	else if (len)
		put_match(r, s, data);
	return len;
}

/* Some attributes of a set, one after the other. */
static void put_nest(struct rng *r, const struct spec_set *set,
		     struct fz_attr *a)
{
	bool is_list = !strcmp(set->name, "match") ||
		       !strcmp(set->name, "set-address");
	__u32 n = !is_list || chance(r, 16) ? 1 : 1 + rnd(r, 4);
	const struct spec_attr *s;
	struct nlattr nla;
	__u8 *data;

	a->type |= NLA_F_NESTED;
	a->len = 0;
	for (; n; n--) {
		s = spec_attr(set, 1 + rnd(r, set->max));
		/* What a rule does ends, mostly, with the first or second. */
		if (n == 1 && !strcmp(set->name, "action") && !chance(r, 4))
			s = spec_attr(set, 1 + rnd(r, 2));
		data = a->data + a->len;
		nla.nla_type = s->id;
		nla.nla_len = NLA_HDRLEN +
			      put_inner(r, set, s, data + NLA_HDRLEN);
		memcpy(data, &nla, sizeof(nla));
		a->len += NLA_ALIGN(nla.nla_len);
	}
}

/* A value that the specification allows. */
static void put_value(struct rng *r, const struct spec_set *set,
		      const struct spec_attr *s, struct fz_attr *a)
{
	if (spec_is_index(s))
		put_index(r, set, s, a);
	else if (s->nest)
		put_nest(r, s->nest, a);
	else if (s->size)
		put_number(a, s->size, some_number(r, s));
	else if (s->type == NL_ATTR_TYPE_STRING)
		put_name(r, set, a);
	else if (s->type == NL_ATTR_TYPE_BINARY && s->max == VLANS_LEN)
		put_vlans(r, a);
	else if (s->type == NL_ATTR_TYPE_BINARY && s->min >= ETH_HLEN)
		put_frame(r, s, a);
	else if (s->type == NL_ATTR_TYPE_BINARY)
		put_mac(r, a);
	else
		a->len = 0;
}

/* A value at a bound or beyond it. */
void gen_boundary(struct rng *r, const struct spec_set *set,
		  struct fz_attr *a)
{
	const struct spec_attr *s = spec_attr(set, a->type & NLA_TYPE_MASK);
	size_t width = s ? s->size : 0;
	const __u64 vals[] = {
		0, ~0ULL, s ? s->min : 1, s ? s->max : 1,
		s ? s->min - 1 : 1, s ? s->max + 1 : 1, rnd64(r), 1, 2,
	};

	a->name = NO_NAME;
	if (width)
		put_number(a, width, vals[rnd(r, ARRAY_SIZE(vals))]);
	else if (a->len)
		memset(a->data, chance(r, 2) ? 0 : 0xff,
		       a->len < DATA_MAX ? a->len : DATA_MAX);
}

/* A set of VLANs goes with a trunk: makes it one, if the mode is said. */
static void make_trunk(struct fz_msg *m)
{
	__u32 i;

	for (i = 0; i < m->n; i++)
		if (m->attrs[i].type == VSW_A_PORT_VLAN_MODE)
			put_number(&m->attrs[i], sizeof(__u32), 1);
}

/* A request that only what there is just now can make a wrong one. */
void gen_valid(struct rng *r, const struct spec_op *op, bool dump,
	       struct fz_msg *m)
{
	__u32 taken = dump ? op->dump_attrs : op->do_attrs;
	bool many = chance(r, 2);
	const struct spec_attr *s;
	struct fz_attr *a;
	__u16 i;

	memset(m, 0, offsetof(struct fz_msg, attrs));
	m->cut = 0;
	m->lie_at = 0;
	m->poke_at = 0;
	m->cmd = op->id;
	m->version = SPEC_VERSION;
	m->flags = NLM_F_REQUEST | (dump ? NLM_F_DUMP : NLM_F_ACK);
	for (i = 1; i <= op->set->max; i++) {
		s = spec_attr(op->set, i);
		if (!(taken & SPEC_BIT(i)) || chance(r, many ? 10 : 3) ||
		    (dump && chance(r, 2)))
			continue;
		/* These are said seldom, and would make most ports trunks. */
		if (!strcmp(s->name, "vlans") && !chance(r, 3))
			continue;
		a = &m->attrs[m->n++];
		a->type = i;
		a->name = NO_NAME;
		put_value(r, op->set, s, a);
		if (!strcmp(s->name, "vlans") && !chance(r, 4))
			make_trunk(m);
	}
}

/* Commands that wait for RCU are given less often: all others are cheap. */
static const struct spec_op *some_op(struct rng *r)
{
	const struct spec_op *op;

	do {
		op = &ops[rnd(r, OPS)];
	} while ((op->group && !chance(r, 16)) ||
		 (!strcmp(op->name, "switch-del") && !chance(r, 32)) ||
		 (!strcmp(op->name, "switch-new") && !chance(r, 4)) ||
		 (!strcmp(op->name, "port-del") && !chance(r, 2)));
	return op;
}

/* Valid, near the bounds, or mutated. */
void gen_any(struct rng *r, struct fz_msg *m)
{
	const struct spec_op *op = some_op(r);
	bool dump = op->has_dump && (!op->has_do || chance(r, 6));
	__u32 i, kind = rnd(r, 8);

	gen_valid(r, op, dump, m);
	if (kind < 4)
		return;
	if (kind < 6 && m->n) {
		i = rnd(r, m->n);
		gen_boundary(r, op->set, &m->attrs[i]);
		return;
	}
	gen_mutate(r, m);
}

static const struct fz_attr *attr_of(const struct fz_msg *m, __u16 type)
{
	__u32 i;

	for (i = 0; i < m->n; i++)
		if (m->attrs[i].type == type)
			return &m->attrs[i];
	return NULL;
}

/* Makes a message name what another one names; now and then nothing else, since
 * what both name seldom has the rest.
 */
void gen_like(struct rng *r, struct fz_msg *m, const struct fz_msg *other)
{
	const struct spec_op *op = spec_op(m->cmd), *its = spec_op(other->cmd);
	bool only = chance(r, 2);
	const struct spec_attr *s;
	const struct fz_attr *same;
	__u32 i, n = 0;

	if (!op || !its || op->set != its->set)
		return;
	for (i = 0; i < m->n; i++) {
		s = spec_attr(op->set, m->attrs[i].type);
		same = attr_of(other, m->attrs[i].type);
		if (!same && only && !(s && spec_is_index(s)))
			continue;
		m->attrs[n++] = same ? *same : m->attrs[i];
	}
	m->n = n;
}

/* What a tap receives, for the table to learn. */
void gen_frame(struct rng *r, struct wire *w)
{
	struct ethhdr *eth = (struct ethhdr *)w->data;
	__u16 tci = htons(vids[rnd(r, ARRAY_SIZE(vids))]);
	__u16 proto = htons(ETH_P_LOOPBACK);	/* nobody answers */

	wire_init(w);
	w->kind = WIRE_FRAME;
	w->fixes[0].at = 0;
	w->fixes[0].name = FIRST_TAP + rnd(r, N_TAPS);
	w->n_fixes = 1;
	memset(w->data, 0, 64);
	memset(eth->h_dest, 0xff, ETH_ALEN);
	eth->h_source[0] = 2;
	eth->h_source[4] = 1;
	eth->h_source[5] = rnd(r, 32);
	memcpy(&eth->h_proto, &proto, sizeof(proto));
	w->len = 60;
	if (chance(r, 2))
		return;
	memcpy(w->data + 12, "\x81\x00", 2);
	memcpy(w->data + 14, &tci, sizeof(tci));
	memcpy(w->data + 16, &proto, sizeof(proto));
	w->len = 64;
}
