// SPDX-License-Identifier: GPL-2.0
/*
 * Random sets of rules, out of the values that frames have.
 */
#include <string.h>

#include "peer.h"

/* Priorities are few, so that rules share one: the older decides. */
#define PRIOS		12

/* So many rules of a set are for what was not seen yet. */
#define FIRST		2

static struct wide wide_and(struct wide a, struct wide b)
{
	return (struct wide){ a.hi & b.hi, a.lo & b.lo };
}

static struct wide wide_or(struct wide a, struct wide b)
{
	return (struct wide){ a.hi | b.hi, a.lo | b.lo };
}

static struct wide wide_not(struct wide a, unsigned int bits)
{
	struct wide all = ones(bits);

	return (struct wide){ ~a.hi & all.hi, ~a.lo & all.lo };
}

static bool is_address(const struct field *f)
{
	return f->kind == KIND_MAC || f->kind == KIND_IPV4 ||
	       f->kind == KIND_IPV6 || f->kind == KIND_RAW;
}

/* A value and a mask that is no prefix. */
static void make_masked(const struct field *f, struct cond *c)
{
	struct value *v = &c->values[0];
	struct wide low = ones(below(f->kind == KIND_MAC ? 17 : 9) + 1);

	c->is_masked = true;
	c->n = 1;
	if (f->kind == KIND_BITS) {
		v->last.hi = 0;
		v->last.lo = below(2) ? ones(f->bits).lo :
			     1ULL << below(6) | some(f->seen).lo;
	} else {
		/* At times of the upper half only, or of both. */
		v->last = below(2) ? low : wide_not(low, f->bits);
		if (below(2))
			v->last.lo ^= 2;
	}
	v->first = wide_and(some(f->seen), v->last);
}

static void make_prefix(const struct field *f, struct value *v)
{
	unsigned int host = 0;

	if (below(2))
		host = below(3) ? below(4) : below(f->bits - 1);
	v->first = wide_and(some(f->seen), wide_not(ones(host), f->bits));
	v->last = wide_or(v->first, ones(host));
}

static void make_range(const struct field *f, struct value *v, bool is_wide)
{
	struct wide a = some(f->seen), b = a;

	if (is_wide)
		b = some(f->seen);
	v->first = wide_cmp(a, b) < 0 ? a : b;
	v->last = wide_cmp(a, b) < 0 ? b : a;
	/* What all values are in is no condition. */
	if (!v->first.lo && !wide_cmp(v->last, ones(f->bits)))
		v->last = v->first;
}

/* Of ranges one to a rule at most: they are cut into many prefixes. */
static void make_values(struct cond *c, bool may_range)
{
	const struct field *f = &fields[c->field];
	bool is_wide = may_range && f->kind == KIND_NUMBER && !below(3);
	unsigned int i;

	c->is_masked = false;
	c->set = 0;
	if (f->kind == KIND_BITS || (is_address(f) && !below(8))) {
		make_masked(f, c);
		return;
	}
	c->n = is_wide || f->kind == KIND_PORT ? 1 : 1 + below(VALUES_MAX);
	if (below(2))
		c->n = 1;
	for (i = 0; i < c->n; i++) {
		if (is_address(f))
			make_prefix(f, &c->values[i]);
		else
			make_range(f, &c->values[i], is_wide);
	}
}

static bool is_wide(const struct cond *c)
{
	return fields[c->field].kind == KIND_NUMBER &&
	       wide_cmp(c->values[0].first, c->values[0].last);
}

static bool is_in(const struct rule *rule, enum field_id field, bool except)
{
	unsigned int i;

	for (i = 0; i < rule->n; i++) {
		if (rule->conds[i].field == field &&
		    rule->conds[i].except == except)
			return true;
	}
	return false;
}

/* Can a frame have these? The module refuses what cannot be, and what vsctl
 * says itself with "arp", "icmp" and "nd" is not to be said otherwise besides.
 */
static bool fits(const struct rule *rule, enum field_id field, bool except)
{
	static const unsigned int apart[][2] = {
		{ NEEDS_IPV4, NEEDS_IPV6 },
		{ NEEDS_ARP, NEEDS_IP },
		{ NEEDS_ICMP, NEEDS_PORTS | NEEDS_TCP },
		{ NEEDS_ND, NEEDS_IPV4 },
	};
	unsigned int needs = rule->needs | fields[field].needs, i;

	for (i = 0; i < ARRAY_SIZE(apart); i++) {
		if (needs & apart[i][0] && needs & apart[i][1])
			return false;
	}
	if (needs & NEEDS_ARP && (field == F_TYPE ||
				  is_in(rule, F_TYPE, false)))
		return false;
	if (needs & NEEDS_ICMP && (field == F_PROTO ||
				   is_in(rule, F_PROTO, false)))
		return false;
	return !is_in(rule, field, except);
}

static void add_cond(struct rule *rule, enum field_id field, bool except)
{
	struct cond *c = &rule->conds[rule->n];
	bool may_range = true;
	unsigned int i;

	for (i = 0; i < rule->n; i++)
		may_range &= !is_wide(&rule->conds[i]);
	c->field = field;
	c->except = except;
	make_values(c, may_range);
	rule->needs |= fields[field].needs;
	rule->n++;
}

/* ICMP's fields are said with a protocol. */
static void add_icmp(struct rule *rule)
{
	struct cond *c = &rule->conds[rule->n++];
	unsigned int which = rule->needs & NEEDS_ND ? 2 : 1 + below(3);

	*c = (struct cond){ .field = F_PROTO };
	if (which & 1)
		c->values[c->n++] = (struct value){ { 0, 1 }, { 0, 1 } };
	if (which & 2)
		c->values[c->n++] = (struct value){ { 0, 58 }, { 0, 58 } };
}

static void sort_conds(struct rule *rule)
{
	struct cond c;
	unsigned int i, j;

	for (i = 1; i < rule->n; i++) {
		c = rule->conds[i];
		for (j = i; j && rule->conds[j - 1].field > c.field; j--)
			rule->conds[j] = rule->conds[j - 1];
		rule->conds[j] = c;
	}
}

/* Has it been seen to match, and not to? */
static bool is_seen(unsigned int field, unsigned int except)
{
	return seen[field][except].matched && seen[field][except].passed_over;
}

/* Each field in its turn, and now and then with "not"; where no other rule is
 * before it, one that was not seen yet: else some would be left to chance.
 */
static void make_single(struct rule *rule, unsigned int n_fields, bool is_first)
{
	static unsigned int turns[2];
	unsigned int turn = turns[n_fields == FIELDS]++, i;
	unsigned int field = turn % n_fields, except = turn % 4 == 1;

	for (i = 0; is_first && i < 2 * n_fields && is_seen(field, except);
	     i++) {
		field = (turn + i) % n_fields;
		except = (turn + i) / n_fields % 2;
	}
	add_cond(rule, field, except);
	if (rule->needs & NEEDS_ICMP)
		add_icmp(rule);
	sort_conds(rule);
	for (i = 0; i < rule->n; i++) {
		if (rule->conds[i].field == field)
			rule->about = &rule->conds[i];
	}
}

static void make_mixed(struct rule *rule, unsigned int n_fields)
{
	unsigned int n = below(20) ? 1 + below(CONDS_MAX - 2) : 0, tries = 0;
	enum field_id field;
	bool except;

	/* Half of them about what is behind the Ethernet header. */
	while (rule->n < n && tries++ < 50) {
		field = below(2) ? below(n_fields) : below(F_TYPE + 1);
		except = !below(4);
		if (fits(rule, field, except))
			add_cond(rule, field, except);
	}
	if (rule->needs & NEEDS_ICMP)
		add_icmp(rule);
	sort_conds(rule);
}

/* Can vsctl be given a set in the place of the addresses? That is of IPv4 and
 * IPv6: who is not in it may be of either.
 */
static bool is_settable(const struct cond *c)
{
	switch (c->field) {
	case F_ARP_SENDER_IP:
	case F_ARP_TARGET_IP:
	case F_ND_TARGET:
		return !c->is_masked;
	case F_IPV4_SRC:
	case F_IPV4_DST:
	case F_IPV6_SRC:
	case F_IPV6_DST:
		return !c->is_masked && !c->except;
	default:
		return false;
	}
}

static void make_sets(struct rules *rules)
{
	unsigned int i, j, n = 0;

	for (i = 0; i < rules->n; i++) {
		for (j = 0; j < rules->of[i].n; j++) {
			struct cond *c = &rules->of[i].conds[j];

			if (n < SETS_MAX && is_settable(c) && below(2))
				c->set = ++n;
		}
	}
}

/* Rules, in the order in which they decide; with @is_tags they look at tags
 * within the frame, and at nothing behind them.
 */
void rules_make(struct rules *rules, bool is_tags)
{
	unsigned int n_fields = is_tags ? F_TYPE + 1 : FIELDS, i, n;
	unsigned int prio = PRIOS;
	struct rule *rule;

	n = 1 + below(below(3) ? RULES_MAX / 4 : RULES_MAX);
	memset(rules, 0, sizeof(*rules));
	rules->n = n;
	for (i = 0; i < n; i++) {
		rule = &rules->of[i];
		prio -= prio && below(n) < PRIOS;
		rule->prio = prio;
		rule->drop = below(2);
		if (i < FIRST || below(3))
			make_single(rule, n_fields, i < FIRST);
		else
			make_mixed(rule, n_fields);
	}
	make_sets(rules);
}
