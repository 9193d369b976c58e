// SPDX-License-Identifier: GPL-2.0
/*
 * A round of vsctl top, as text or as JSON.
 */
#include <limits.h>
#include <stdio.h>

#include "top.h"
#include "vsctl.h"

#define INDENT		4
#define NAME_WIDTH	16
#define PACKETS_WIDTH	9
#define BITS_WIDTH	11

/**
 * struct limits - how many lines each part has at most
 * @ports: ports, of all switches together
 * @rules: rules
 * @reasons: reasons to drop frames
 */
struct limits {
	unsigned int ports;
	unsigned int rules;
	unsigned int reasons;
};

static unsigned int at_most(unsigned int n, unsigned int max)
{
	return n < max ? n : max;
}

/* How many reasons count: they come first. */
static unsigned int counting(const struct top_round *r)
{
	unsigned int n = 0;

	while (n < r->n_reasons && r->reasons[n].delta[TOP_PACKETS])
		n++;
	return n;
}

/* Share out the lines. Each part but that of the ports is short. */
static void set_limits(struct limits *l, const struct top_round *r,
		       unsigned int rows)
{
	unsigned int used;

	l->reasons = at_most(counting(r), rows / 4);
	l->rules = at_most(r->n_rules, rows / 4);
	used = r->n_switches + l->rules + !!l->rules + l->reasons +
	       !!l->reasons;
	l->ports = used < rows ? rows - used : 0;
}

static void put_rate(struct out *o, const char *key, uint64_t delta,
		     uint64_t nsec)
{
	uint64_t rate = rate_per_second(delta, 1, nsec);
	char buf[RATE_STRLEN];

	rate_format(buf, rate, "");
	out_right(o, PACKETS_WIDTH, buf);
	out_num(o, key, OUT_JSON_ONLY, rate);
}

static void put_bits(struct out *o, const char *key, uint64_t bytes,
		     uint64_t nsec)
{
	uint64_t rate = rate_per_second(bytes, 8, nsec);
	char buf[RATE_STRLEN];

	rate_format(buf, rate, "bit/s");
	out_right(o, BITS_WIDTH, buf);
	out_num(o, key, OUT_JSON_ONLY, rate);
}

static void put_totals(struct out *o, const struct top_item *port)
{
	static const char *const keys[] = {
		[TOP_RX_PACKETS] = "rx-packets",
		[TOP_RX_BYTES] = "rx-bytes",
		[TOP_TX_PACKETS] = "tx-packets",
		[TOP_TX_BYTES] = "tx-bytes",
		[TOP_DROPS] = "drops",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		out_num(o, keys[i], OUT_JSON_ONLY, port->row.count[i]);
}

static void put_port(struct out *o, const struct top_item *port,
		     uint64_t nsec)
{
	const uint64_t *delta = port->delta;

	out_object_begin(o, NULL);
	out_line(o, INDENT);
	out_str(o, OUT_NAME, "name", NULL, port->name);
	out_width(o, NAME_WIDTH, port->name);
	out_num(o, "ifindex", OUT_JSON_ONLY, port->row.id);
	put_rate(o, "rx-packet-rate", delta[TOP_RX_PACKETS], nsec);
	put_bits(o, "rx-bit-rate", delta[TOP_RX_BYTES], nsec);
	put_rate(o, "tx-packet-rate", delta[TOP_TX_PACKETS], nsec);
	put_bits(o, "tx-bit-rate", delta[TOP_TX_BYTES], nsec);
	put_rate(o, "drop-rate", delta[TOP_DROPS], nsec);
	put_totals(o, port);
	out_object_end(o);
}

/* The line of a switch is the heading of its ports. */
static void put_switch(struct out *o, const struct nl_switch *sw)
{
	out_line(o, 0);
	out_title(o, "name", sw->name);
	out_width(o, INDENT + NAME_WIDTH - 1, sw->name);
	out_num(o, "ifindex", OUT_JSON_ONLY, sw->ifindex);
	out_right(o, PACKETS_WIDTH, "rx p/s");
	out_right(o, BITS_WIDTH, "rx");
	out_right(o, PACKETS_WIDTH, "tx p/s");
	out_right(o, BITS_WIDTH, "tx");
	out_right(o, PACKETS_WIDTH, "drops/s");
}

/* What switches before it leave of their share a switch can have. */
static void put_switches(struct out *o, const struct top_round *r,
			 unsigned int lines)
{
	unsigned int i, j, quota;

	out_array_begin(o, "switches");
	for (i = 0; i < r->n_switches; i++) {
		out_object_begin(o, NULL);
		put_switch(o, &r->switches[i]);
		out_array_begin(o, "ports");
		quota = lines / (r->n_switches - i);
		for (j = 0; j < r->n_ports && quota; j++) {
			if (r->ports[j].row.sw != r->switches[i].ifindex)
				continue;
			put_port(o, &r->ports[j], r->nsec[TOP_KIND_PORT]);
			quota--;
			lines--;
		}
		out_array_end(o);
		out_object_end(o);
	}
	out_array_end(o);
	if (!r->n_switches) {
		out_line(o, 0);
		out_word(o, OUT_PLAIN, "no switches");
	}
}

/* A rule as "rule show" has it, without counters in text. */
static void put_rule(struct vsctl *v, const struct top_rule *rule,
		     uint64_t nsec)
{
	bool stats = v->stats, details = v->details;
	struct out *o = &v->out;

	out_object_begin(o, NULL);
	out_line(o, INDENT);
	put_rate(o, "packet-rate", rule->delta[TOP_PACKETS], nsec);
	put_bits(o, "bit-rate", rule->delta[TOP_BYTES], nsec);
	v->stats = false;
	v->details = false;
	rule_print(v, &rule->rule);
	v->stats = stats;
	v->details = details;
	out_object_end(o);
}

static void put_rules(struct vsctl *v, const struct top_round *r,
		      unsigned int lines)
{
	struct out *o = &v->out;
	unsigned int i;

	if (lines) {
		out_line(o, 0);
		out_word(o, OUT_PLAIN, "rules:");
	}
	out_array_begin(o, "rules");
	for (i = 0; i < lines; i++)
		put_rule(v, r->rules[i], r->nsec[TOP_KIND_RULE]);
	out_array_end(o);
}

static void put_reason(struct out *o, const struct top_item *reason,
		       uint64_t nsec)
{
	const char *name = reason->name;

	if (!*name)
		name = names_enum(NULL, 0, reason->row.id);
	out_object_begin(o, NULL);
	out_line(o, INDENT);
	put_rate(o, "packet-rate", reason->delta[TOP_PACKETS], nsec);
	out_str(o, OUT_NAME, "switch", NULL, names_name(reason->row.sw));
	out_num(o, "switch-ifindex", OUT_JSON_ONLY, reason->row.sw);
	out_str(o, OUT_BAD, "reason", NULL, name);
	out_num(o, "packets", OUT_JSON_ONLY, reason->row.count[TOP_PACKETS]);
	out_object_end(o);
}

static void put_reasons(struct out *o, const struct top_round *r,
			unsigned int lines)
{
	unsigned int i;

	if (lines) {
		out_line(o, 0);
		out_word(o, OUT_PLAIN, "drops/s:");
	}
	out_array_begin(o, "drops");
	for (i = 0; i < lines; i++)
		put_reason(o, &r->reasons[i], r->nsec[TOP_KIND_REASON]);
	out_array_end(o);
}

/**
 * top_show - write a round
 * @v: the run
 * @r: the round
 * @rows: how many lines text may have, 0: as many as there are
 */
void top_show(struct vsctl *v, const struct top_round *r, unsigned int rows)
{
	struct out *o = &v->out;
	struct limits l;

	set_limits(&l, r, rows ? rows : INT_MAX);
	out_object_begin(o, NULL);
	out_num(o, "interval", OUT_JSON_ONLY, r->nsec[TOP_KIND_PORT] / 1000000);
	put_switches(o, r, l.ports);
	put_rules(v, r, l.rules);
	put_reasons(o, r, o->json ? r->n_reasons : l.reasons);
	out_object_end(o);
}
