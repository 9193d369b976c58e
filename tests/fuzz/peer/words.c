// SPDX-License-Identifier: GPL-2.0
/*
 * A set of rules as "vsctl rule replace" reads it.
 */
#include "peer.h"

/* How long a prefix is whose addresses are from @v->first to @v->last. */
static unsigned int prefix_len(const struct field *f, const struct value *v)
{
	unsigned int len = f->bits, n;

	for (n = 0; n < f->bits; n++) {
		struct wide host = ones(n);

		if ((v->first.hi | host.hi) == v->last.hi &&
		    (v->first.lo | host.lo) == v->last.lo)
			return len - n;
	}
	return 0;
}

static void print_addr(FILE *to, const struct field *f, struct wide value)
{
	struct field plain = *f;

	if (plain.kind == KIND_RAW)
		plain.kind = KIND_IPV6;
	print_value(to, &plain, value);
}

static void print_flags(FILE *to, const struct value *v)
{
	__u64 set = v->first.lo, clear = v->last.lo & ~v->first.lo;

	if (set)
		fprintf(to, "+0x%llx", (unsigned long long)set);
	if (clear)
		fprintf(to, "-0x%llx", (unsigned long long)clear);
}

static void print_prefix(FILE *to, const struct field *f,
			 const struct value *v)
{
	struct wide mask;
	unsigned int len;

	print_addr(to, f, v->first);
	len = prefix_len(f, v);
	if (len == f->bits)
		return;
	if (f->kind != KIND_MAC) {
		fprintf(to, "/%u", len);
		return;
	}
	mask.hi = 0;
	mask.lo = ones(48).lo & ~ones(48 - len).lo;
	fputc('/', to);
	print_value(to, f, mask);
}

static void print_masked(FILE *to, const struct field *f,
			 const struct value *v)
{
	print_addr(to, f, v->first);
	fputc('/', to);
	print_addr(to, f, v->last);
}

static void print_one(FILE *to, const struct cond *c, const struct value *v)
{
	const struct field *f = &fields[c->field];

	switch (f->kind) {
	case KIND_PORT:
		fputs(rig_port(SIDE_VSWITCH, v->first.lo), to);
		break;
	case KIND_NUMBER:
		print_value(to, f, v->first);
		if (wide_cmp(v->first, v->last)) {
			fputc('-', to);
			print_value(to, f, v->last);
		}
		break;
	case KIND_BITS:
		if (c->field == F_TCP_FLAGS) {
			print_flags(to, v);
			break;
		}
		print_masked(to, f, v);
		break;
	default:
		if (c->is_masked)
			print_masked(to, f, v);
		else
			print_prefix(to, f, v);
	}
}

/* The word before those of ICMP's fields, which says the protocol besides; it
 * is one of those that the rule has already.
 */
static const char *icmp_word(const struct rule *rule)
{
	const struct cond *c;

	for (c = rule->conds; c->field != F_PROTO; c++)
		;
	return c->values[0].first.lo == 1 ? "icmp " : "icmp6 ";
}

static void print_cond(FILE *to, const struct rule *rule,
		       const struct cond *c)
{
	unsigned int i;

	fputc(' ', to);
	if (c->field == F_ICMP_TYPE || c->field == F_ICMP_CODE)
		fputs(icmp_word(rule), to);
	fprintf(to, "%s %s", fields[c->field].words, c->except ? "not " : "");
	if (c->set) {
		fprintf(to, "@s%u", c->set);
		return;
	}
	for (i = 0; i < c->n; i++) {
		if (i)
			fputc(',', to);
		print_one(to, c, &c->values[i]);
	}
}

void words_rule(FILE *to, const struct rule *rule)
{
	unsigned int i;

	fprintf(to, "prio %u%s", rule->prio, rule->n ? " match" : "");
	for (i = 0; i < rule->n; i++)
		print_cond(to, rule, &rule->conds[i]);
	fprintf(to, " action %s\n", rule->drop ? "drop" : "permit");
}

/* The sets that rules name, emptied or filled. */
void words_sets(FILE *to, const struct rules *rules, bool is_filled)
{
	const struct cond *c;
	unsigned int i, j, k;

	for (i = 0; i < rules->n; i++) {
		for (j = 0; j < rules->of[i].n; j++) {
			c = &rules->of[i].conds[j];
			if (!c->set)
				continue;
			if (!is_filled) {
				fprintf(to, "set add s%u\nset flush s%u\n",
					c->set, c->set);
				continue;
			}
			fprintf(to, "set add s%u ip ", c->set);
			for (k = 0; k < c->n; k++) {
				fputs(k ? "," : "", to);
				print_one(to, c, &c->values[k]);
			}
			fputc('\n', to);
		}
	}
}

/* The lowest priority first: it is not the order of lines that decides. What
 * ends a batch of frames is let through before all others.
 */
void words_write(FILE *to, const struct rules *rules)
{
	unsigned int prio = 0, i;
	bool more;

	do {
		more = false;
		for (i = 0; i < rules->n; i++) {
			if (rules->of[i].prio == prio)
				words_rule(to, &rules->of[i]);
			more |= rules->of[i].prio > prio;
		}
		prio++;
	} while (more);
	fputs("prio 65535 match type 0x88b6 action permit\n", to);
}
