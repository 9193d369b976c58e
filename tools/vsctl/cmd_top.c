// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl top
 *
 * What the counters counted between two rounds. Ports, rules and switches may
 * come and go meanwhile, and get other names: they are known by their numbers.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "rate.h"
#include "screen.h"
#include "top.h"
#include "vsctl.h"

static const char help[] =
	"vsctl top [ SWITCH ] [ interval SECONDS ] [ count N ]\n";

#define COUNT_MAX	1000000

/**
 * struct top - what is watched
 * @v: the run
 * @sw: ifindex of the only switch that is wanted, or 0
 * @sw_word: its name, as it was given
 * @interval: seconds from one round to the next
 * @count: how many rounds, 0: no end
 * @screen: it is drawn on a terminal's screen
 * @text: what was drawn there last, or NULL
 * @dump: how it is asked for: nl_try_dump() or nl_dump()
 * @before: counters as they were a round before
 * @now: counters as they are
 * @round: what is to be shown
 */
struct top {
	struct vsctl *v;
	uint32_t sw;
	const char *sw_word;
	uint32_t interval;
	uint32_t count;
	bool screen;
	char *text;
	int (*dump)(struct nl *nl, nl_cb cb, void *data);
	struct rate_table before[TOP_KINDS];
	struct rate_table now[TOP_KINDS];
	struct top_round round;
};

static bool parse_count(const char *word, void *to)
{
	return parse_number(word, 1, COUNT_MAX, to);
}

static const struct value_type type_count = {
	"N", "a number from 1 to 1000000", parse_count,
};

static int take_switch(const struct nlmsghdr *nlh, void *data)
{
	struct top *t = data;
	struct top_round *r = &t->round;
	struct nl_switch *sw;

	r->switches = array_grow(r->switches, r->n_switches, sizeof(*sw));
	sw = &r->switches[r->n_switches];
	if (nl_parse_switch(nlh, sw))
		return -1;
	names_learn(sw->ifindex, sw->name);
	if (!t->sw || sw->ifindex == t->sw)
		r->n_switches++;
	return 0;
}

/*
 * Keep the counters for the next round, and see what they counted; returns
 * whether they were there before.
 */
static bool compare(struct top *t, enum top_kind kind,
		    const struct rate_row *row, uint64_t delta[RATE_COUNTERS])
{
	rate_add(&t->now[kind], row);
	return rate_delta(&t->before[kind], row, delta);
}

static int take_port(const struct nlmsghdr *nlh, void *data)
{
	struct top *t = data;
	struct top_round *r = &t->round;
	struct top_item *item;
	struct nl_port port;

	if (nl_parse_port(nlh, &port))
		return -1;
	names_learn(port.ifindex, port.name);
	r->ports = array_grow(r->ports, r->n_ports, sizeof(*item));
	item = &r->ports[r->n_ports++];
	item->row = (struct rate_row){
		.sw = port.sw,
		.id = port.ifindex,
		.count = {
			[TOP_RX_PACKETS] = port.stats.rx_packets,
			[TOP_RX_BYTES] = port.stats.rx_bytes,
			[TOP_TX_PACKETS] = port.stats.tx_packets,
			[TOP_TX_BYTES] = port.stats.tx_bytes,
			[TOP_DROPS] = port.stats.drops,
		},
	};
	memcpy(item->name, port.name, sizeof(port.name));
	compare(t, TOP_KIND_PORT, &item->row, item->delta);
	return 0;
}

/* Whether a rule has decided more than another, or as many of more bytes. */
static bool is_busier(const struct top_rule *a, const struct top_rule *b)
{
	if (a->delta[TOP_PACKETS] != b->delta[TOP_PACKETS])
		return a->delta[TOP_PACKETS] > b->delta[TOP_PACKETS];
	return a->delta[TOP_BYTES] > b->delta[TOP_BYTES];
}

/*
 * A switch may have more rules than there is room for: what they match is kept
 * only of those that are to be shown. The next one is read into the place
 * behind these.
 */
static int take_rule(const struct nlmsghdr *nlh, void *data)
{
	struct top *t = data;
	struct top_round *r = &t->round;
	struct top_rule *rule = r->rules[r->n_rules];
	unsigned int i;

	if (nl_parse_rule(nlh, &rule->rule))
		return -1;
	compare(t, TOP_KIND_RULE, &(struct rate_row){
			.sw = rule->rule.sw,
			.id = rule->rule.id,
			.count = {
				[TOP_PACKETS] = rule->rule.packets,
				[TOP_BYTES] = rule->rule.bytes,
			},
		}, rule->delta);
	if (!rule->delta[TOP_PACKETS])
		return 0;
	for (i = r->n_rules; i && is_busier(rule, r->rules[i - 1]); i--)
		r->rules[i] = r->rules[i - 1];
	r->rules[i] = rule;
	if (r->n_rules < TOP_RULES)
		r->n_rules++;
	return 0;
}

/* What was not counted is not told: only of a new switch is it not known. */
static int take_reasons(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_drops drops;
	struct top *t = data;
	struct top_round *r = &t->round;
	struct rate_row row = { .id = VSW_DROP_NONE };
	uint64_t nothing[RATE_COUNTERS];
	struct top_item *item;
	unsigned int i;
	bool known;

	if (nl_parse_drops(nlh, &drops))
		return -1;
	/* What a port drops is in the port's counters. */
	if (drops.has & BIT(VSW_A_DROP_PORT))
		return 0;
	row.sw = drops.sw;
	known = compare(t, TOP_KIND_REASON, &row, nothing);
	for (i = 0; i < drops.n; i++) {
		r->reasons = array_grow(r->reasons, r->n_reasons,
					sizeof(*item));
		item = &r->reasons[r->n_reasons++];
		item->row.sw = drops.sw;
		item->row.id = drops.counters[i].reason;
		item->row.count[TOP_PACKETS] = drops.counters[i].packets;
		memcpy(item->name, drops.counters[i].name, NL_REASON_LEN);
		if (!compare(t, TOP_KIND_REASON, &item->row, item->delta) &&
		    known)
			memcpy(item->delta, item->row.count,
			       sizeof(item->delta));
	}
	return 0;
}

static int cmp_number(uint64_t a, uint64_t b)
{
	return (a < b) - (a > b);
}

/* Bytes first: they are what fills a line. */
static int cmp_port(const void *a, const void *b)
{
	const struct top_item *x = a, *y = b;
	const uint64_t *dx = x->delta, *dy = y->delta;

	return cmp_number(dx[TOP_RX_BYTES] + dx[TOP_TX_BYTES],
			  dy[TOP_RX_BYTES] + dy[TOP_TX_BYTES]) ?:
	       cmp_number(dx[TOP_DROPS], dy[TOP_DROPS]) ?:
	       cmp_number(y->row.id, x->row.id);
}

static int cmp_reason(const void *a, const void *b)
{
	const struct top_item *x = a, *y = b;

	return cmp_number(x->delta[TOP_PACKETS], y->delta[TOP_PACKETS]) ?:
	       cmp_number(y->row.sw, x->row.sw) ?:
	       cmp_number(y->row.id, x->row.id);
}

static int ask(struct top *t, uint8_t cmd, uint16_t attr, nl_cb cb)
{
	nl_request(t->v->nl, cmd);
	if (t->sw && attr)
		nl_put_u32(t->v->nl, attr, t->sw, t->sw_word);
	return t->dump(t->v->nl, cb, t);
}

static int ask_kind(struct top *t, enum top_kind kind)
{
	static const struct {
		uint8_t cmd;
		uint16_t attr;
		nl_cb cb;
	} kinds[] = {
		[TOP_KIND_PORT] = {
			VSW_CMD_PORT_GET, VSW_A_PORT_SWITCH, take_port,
		},
		[TOP_KIND_RULE] = {
			VSW_CMD_RULE_GET, VSW_A_RULE_SWITCH, take_rule,
		},
		[TOP_KIND_REASON] = {
			VSW_CMD_DROP_GET, VSW_A_DROP_SWITCH, take_reasons,
		},
	};
	int rc;

	rate_begin(&t->now[kind]);
	rc = ask(t, kinds[kind].cmd, kinds[kind].attr, kinds[kind].cb);
	rate_sort(&t->now[kind]);
	t->round.nsec[kind] = t->now[kind].when - t->before[kind].when;
	return rc;
}

static int ask_all(struct top *t)
{
	struct top_round *r = &t->round;
	enum top_kind kind;
	int rc;

	r->n_switches = 0;
	r->n_ports = 0;
	r->n_rules = 0;
	r->n_reasons = 0;
	rc = ask(t, VSW_CMD_SWITCH_GET, 0, take_switch);
	for (kind = 0; !rc && kind < TOP_KINDS; kind++)
		rc = ask_kind(t, kind);
	return rc;
}

/*
 * A dump that others interrupt by a change is as good as another here. What
 * fails is asked for once more: the message is for the screen as it was.
 */
static int collect(struct top *t)
{
	struct top_round *r = &t->round;
	int rc;

	t->dump = nl_try_dump;
	rc = ask_all(t);
	if (rc) {
		screen_leave();
		t->dump = nl_dump;
		rc = ask_all(t);
	}
	if (!rc && r->n_ports)
		qsort(r->ports, r->n_ports, sizeof(*r->ports), cmp_port);
	if (!rc && r->n_reasons)
		qsort(r->reasons, r->n_reasons, sizeof(*r->reasons),
		      cmp_reason);
	return rc;
}

/* What is now will be before. */
static void next_round(struct top *t)
{
	struct rate_table old;
	enum top_kind kind;

	for (kind = 0; kind < TOP_KINDS; kind++) {
		old = t->before[kind];
		t->before[kind] = t->now[kind];
		t->now[kind] = old;
	}
}

/* Say what went wrong, where it can be read. */
static int fail(struct top *t)
{
	int err = errno;

	screen_leave();
	return err_fail(t->v, "%s", strerror(err));
}

static int draw(struct top *t)
{
	FILE *f = t->v->out.f;
	unsigned int rows, columns;
	size_t len;

	free(t->text);
	t->text = NULL;
	t->v->out.f = open_memstream(&t->text, &len);
	if (!t->v->out.f) {
		t->v->out.f = f;
		return -1;
	}
	screen_size(f, &rows, &columns);
	top_show(t->v, &t->round, rows);
	fclose(t->v->out.f);
	t->v->out.f = f;
	if (screen_enter(f))
		return -1;
	screen_draw(f, t->text, rows, columns);
	return 0;
}

static int show(struct top *t, bool first)
{
	struct out *o = &t->v->out;

	if (!t->screen) {
		if (!first && !o->json)
			fputc('\n', o->f);
		top_show(t->v, &t->round, 0);
		fflush(o->f);
	} else if (draw(t)) {
		return fail(t);
	}
	return out_failed(o) ? EXIT_REFUSED : 0;
}

/* Returns 0, or to have no further round an exit code, -1 if that is 0. */
static int wait_round(struct top *t)
{
	int rc = 0;

	if (t->screen)
		rc = screen_enter(t->v->out.f);
	if (!rc)
		rc = screen_wait(t->interval * 1000);
	return rc < 0 ? fail(t) : -rc;
}

static int watch(struct top *t)
{
	uint32_t n;
	int rc;

	rc = collect(t);
	for (n = 0; !rc && (!t->count || n < t->count); n++) {
		next_round(t);
		rc = wait_round(t);
		if (!rc)
			rc = collect(t);
		if (!rc)
			rc = show(t, !n);
	}
	screen_leave();
	/* Who says how many rounds wants to see the last one at the end. */
	if (!rc && t->text)
		fputs(t->text, t->v->out.f);
	return rc < 0 ? 0 : rc;
}

static void free_all(struct top *t)
{
	enum top_kind kind;

	for (kind = 0; kind < TOP_KINDS; kind++) {
		rate_free(&t->before[kind]);
		rate_free(&t->now[kind]);
	}
	free(t->round.switches);
	free(t->round.ports);
	free(t->round.reasons);
	free(t->text);
}

static int run(struct vsctl *v, struct words *w)
{
	static struct top_rule rules[TOP_RULES + 1];
	struct top t = { .v = v, .interval = 1 };
	struct arg args[] = {
		{ .key = "interval", .type = &type_interval,
		  .to = &t.interval },
		{ .key = "count", .type = &type_count, .to = &t.count },
		{ .name = "SWITCH", .type = &type_dev, .to = &t.sw_word },
	};
	unsigned int i;
	int rc;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		t.round.rules[i] = &rules[i];
	t.screen = !v->out.json && screen_is(v->out.f);
	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && t.sw_word)
		rc = names_index(v, t.sw_word, &t.sw);
	if (!rc)
		rc = watch(&t);
	free_all(&t);
	return rc;
}

const struct object object_top = { "top", help, NULL, run };
