// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl trace
 *
 * What would become of a frame, step by step, by the very code that frames go
 * through. Nothing is sent, learned or counted.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "match.h"
#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl trace SWITCH port DEV FRAME\n"
	"where  FRAME := { MATCH | hex DIGITS | pcap FILE [ NUMBER ] }\n"
	"       MATCH := as in 'vsctl rule help', one value for each field\n";

/* Words of a quoted frame, and what is between them. */
#define WORDS_MAX	64
#define BLANKS		" \t\n"

static const char *const step_names[] = {
	[VSW_STEP_RECEIVE]	= "receive",
	[VSW_STEP_RULE]		= "rule",
	[VSW_STEP_LEARN]	= "learn",
	[VSW_STEP_LOOKUP]	= "lookup",
	[VSW_STEP_SEND]		= "send",
	[VSW_STEP_DROP]		= "drop",
	[VSW_STEP_SAMPLE]	= "sample",
};

static const char *const ct_names[] = {
	[VSW_CT_UNTRACKED]	= "untracked",
	[VSW_CT_NEW]		= "new",
	[VSW_CT_ESTABLISHED]	= "established",
	[VSW_CT_RELATED]	= "related",
	[VSW_CT_INVALID]	= "invalid",
};

/**
 * struct trace - a trace under way
 * @v: the run
 * @sw: the switch
 * @in: the port at which the frame comes in
 * @steps: what the kernel told, each a message of its own. It is kept until all
 *	was told, since rules can be asked for only then
 * @n: how many
 */
struct trace {
	struct vsctl *v;
	uint32_t sw;
	uint32_t in;
	struct nlmsghdr **steps;
	unsigned int n;
};

static void print_port(struct out *o, const struct nl_step *step)
{
	if (!(step->has & BIT(VSW_A_TRACE_PORT)))
		return;
	out_str(o, OUT_NAME, "port", "port", names_name(step->port));
	out_num(o, "port-ifindex", OUT_JSON_ONLY, step->port);
}

static const char *learning(const struct trace *t, const struct nl_step *step)
{
	if (step->port == t->in)
		return "the source is known there";
	if (step->fdb_type == VSW_FDB_TYPE_LEARNED)
		return "the source is known there, and would move";
	return step->fdb_type == VSW_FDB_TYPE_STATIC ?
	       "the source belongs there, and would not move" :
	       "the source is the switch's own";
}

static bool is_refused(const struct nl_step *step)
{
	return step->has & BIT(VSW_A_TRACE_FDB_FULL) && step->fdb_full;
}

/* What it means that a port is named, or none. */
static void print_meaning(struct trace *t, const struct nl_step *step)
{
	bool port = step->has & BIT(VSW_A_TRACE_PORT);
	struct out *o = &t->v->out;

	switch (step->step) {
	case VSW_STEP_RULE:
		if (!(step->has & BIT(VSW_A_TRACE_RULE)))
			out_word(o, OUT_PLAIN, "none matches");
		break;
	case VSW_STEP_LEARN:
		out_word(o, OUT_PLAIN, port ? learning(t, step) :
			 is_refused(step) ?
			 "the source is new, and refused: the table is full" :
			 "the source is new");
		break;
	case VSW_STEP_LOOKUP:
		out_word(o, OUT_PLAIN,
			 port ? "the destination is known there" :
			 "the destination is unknown, or a group: to all");
		break;
	case VSW_STEP_SAMPLE:
		if (step->sample_rate > 1)
			out_word(o, OUT_PLAIN, "if it is its turn");
		break;
	}
}

static int take_rule(const struct nlmsghdr *nlh, void *data)
{
	return nl_parse_rule(nlh, data);
}

/*
 * What a rule with an ID matches and does never changes, and its ID is nobody
 * else's later: it is the one that decided, or it is gone.
 */
static int print_rule(struct trace *t, uint32_t id)
{
	static struct nl_rule rule;
	struct out *o = &t->v->out;
	int err;

	nl_request(t->v->nl, VSW_CMD_RULE_GET);
	nl_put_u32(t->v->nl, VSW_A_RULE_SWITCH, t->sw, NULL);
	nl_put_u32(t->v->nl, VSW_A_RULE_ID, id, NULL);
	err = nl_try(t->v->nl, take_rule, &rule);
	if (err && err != -ENOENT)
		return err_fail(t->v, "rule %u: %s", id, strerror(-err));
	out_num(o, "rule", err ? "id" : OUT_JSON_ONLY, id);
	if (err) {
		out_bool(o, "gone", NULL, true, "gone since", "");
		return 0;
	}
	out_object_begin(o, "definition");
	rule_print(t->v, &rule);
	out_object_end(o);
	return 0;
}

static int print_step(struct trace *t, const struct nl_step *step)
{
	struct vsctl *v = t->v;
	struct out *o = &v->out;
	int rc = 0;

	out_object_begin(o, NULL);
	out_title(o, "step", names_enum(step_names, ARRAY_SIZE(step_names),
					step->step));
	print_port(o, step);
	if (step->has & BIT(VSW_A_TRACE_VLAN))
		out_num(o, "vlan", "vlan", step->vid);
	if (step->has & BIT(VSW_A_TRACE_CT))
		out_str(o, OUT_PLAIN, "ct", "ct",
			names_enum(ct_names, ARRAY_SIZE(ct_names), step->ct));
	if (o->json && step->step == VSW_STEP_LEARN)
		out_bool(o, "refused", NULL, is_refused(step), "", "");
	if (step->has & BIT(VSW_A_TRACE_RULE))
		rc = print_rule(t, step->rule);
	if (step->has & BIT(VSW_A_TRACE_SAMPLE_RATE))
		out_num(o, "rate", "rate", step->sample_rate);
	if (step->has & BIT(VSW_A_TRACE_SAMPLE_GROUP))
		out_num(o, "group", "group", step->sample_group);
	if (!o->json)
		print_meaning(t, step);
	if (step->has & BIT(VSW_A_TRACE_FRAME)) {
		out_num(o, "length", "bytes", step->len);
		frame_print_bytes(o, step->frame, step->len);
	}
	if (step->has & BIT(VSW_A_TRACE_REASON)) {
		out_str(o, OUT_BAD, "reason", NULL,
			drops_reason(step->reason, step->reason_name));
		drops_explain(v, step->reason, names_name(step->port));
	}
	out_object_end(o);
	return out_failed(o) ? EXIT_REFUSED : rc;
}

static int keep_step(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_step step;
	struct trace *t = data;
	struct nlmsghdr *copy;

	if (nl_parse_step(nlh, &step))
		return -1;
	copy = malloc(nlh->nlmsg_len);
	if (!copy)
		return err_fail(t->v, "no memory");
	memcpy(copy, nlh, nlh->nlmsg_len);
	t->steps = array_grow(t->steps, t->n, sizeof(*t->steps));
	t->steps[t->n++] = copy;
	return 0;
}

/* Also of a trace that was not told to its end. */
static int show_steps(struct trace *t)
{
	static struct nl_step step;
	unsigned int i;
	int rc = 0;

	out_list_begin(&t->v->out);
	for (i = 0; i < t->n; i++) {
		if (!rc && !nl_parse_step(t->steps[i], &step))
			rc = print_step(t, &step);
		free(t->steps[i]);
	}
	free(t->steps);
	out_list_end(&t->v->out);
	return rc;
}

/* A frame in quotes is one word: the words in it. */
static int split(struct vsctl *v, char *quoted, char *words[WORDS_MAX],
		 struct words *w)
{
	char *word, *save = NULL;

	w->argv = words;
	w->argc = 0;
	for (word = strtok_r(quoted, BLANKS, &save); word;
	     word = strtok_r(NULL, BLANKS, &save)) {
		if (w->argc == WORDS_MAX)
			return err_usage(v, "the frame has too many words");
		words[w->argc++] = word;
	}
	return 0;
}

static int take_match(struct vsctl *v, struct words *w, struct frame *f)
{
	char *words[WORDS_MAX];
	struct words inner = *w;
	struct match *m;
	int rc = 0;

	if (w->argc == 1 && strpbrk(*w->argv, BLANKS))
		rc = split(v, *w->argv, words, &inner);
	if (rc)
		return rc;
	m = calloc(1, sizeof(*m));
	if (!m)
		return err_fail(v, "no memory");
	rc = match_parse(v, &inner, m);
	if (!rc && inner.argc)
		rc = err_usage(v, "unknown word \"%s\" in the frame",
			       *inner.argv);
	if (!rc)
		rc = frame_from_match(v, m, f);
	free(m);
	w->argc = 0;
	return rc;
}

static int take_pcap(struct vsctl *v, struct words *w, struct frame *f)
{
	const char *path = words_next(w);
	uint32_t number = 1;

	if (!path)
		return err_usage(v, "\"pcap\" must be followed by a file");
	if (w->argc && !parse_number(*w->argv, 1, UINT32_MAX, &number))
		return err_usage(v,
				 "expected the number of a frame, 1 being the first, not \"%s\"",
				 *w->argv);
	words_next(w);
	return frame_from_pcap(v, path, number, f);
}

static int take_frame(struct vsctl *v, struct words *w, struct frame *f)
{
	const char *word;
	int rc;

	if (!w->argc)
		return err_usage(v, "the frame is missing");
	if (words_is(w, "hex")) {
		words_next(w);
		word = words_next(w);
		if (!word)
			return err_usage(v,
					 "\"hex\" must be followed by digits");
		rc = frame_from_hex(v, word, f);
	} else if (words_is(w, "pcap")) {
		words_next(w);
		rc = take_pcap(v, w, f);
	} else {
		rc = take_match(v, w, f);
	}
	if (!rc && w->argc)
		rc = err_usage(v, "unknown word \"%s\"", *w->argv);
	return rc;
}

static int run(struct vsctl *v, struct words *w)
{
	struct trace t = { .v = v };
	const char *sw, *port;
	struct frame f;
	int rc, shown;

	sw = words_next(w);
	if (!sw || !parse_dev(sw, &sw))
		return err_usage(v, "a switch is missing");
	if (!words_is(w, "port"))
		return err_usage(v, "expected \"port\"%s%s%s",
				 w->argc ? ", not \"" : "",
				 w->argc ? *w->argv : "", w->argc ? "\"" : "");
	words_next(w);
	port = words_next(w);
	if (!port || !parse_dev(port, &port))
		return err_usage(v, "\"port\" must be followed by a device");
	rc = take_frame(v, w, &f);
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, sw, &t.sw);
	if (!rc)
		rc = names_index(v, port, &t.in);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_TRACE);
	nl_put_u32(v->nl, VSW_A_TRACE_SWITCH, t.sw, sw);
	nl_put_u32(v->nl, VSW_A_TRACE_PORT, t.in, port);
	nl_put_u32(v->nl, VSW_A_TRACE_MARK, f.mark, NULL);
	nl_put_bin(v->nl, VSW_A_TRACE_FRAME, f.data, f.len, NULL);
	rc = nl_dump(v->nl, keep_step, &t);
	shown = show_steps(&t);
	return rc ? rc : shown;
}

const struct object object_trace = { "trace", help, NULL, run };
