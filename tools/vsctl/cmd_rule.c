// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl rule
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "match.h"
#include "nl.h"
#include "parse.h"
#include "rate.h"
#include "screen.h"
#include "vsctl.h"

static const char help[] =
	"vsctl rule add SWITCH [ band NUMBER ] [ group GROUP ] [ prio NUMBER ]\n"
	"               [ idle-timeout SECONDS ] [ hard-timeout SECONDS ]\n"
	"               [ match MATCH ]\n"
	"               action ACTION ...\n"
	"vsctl rule del SWITCH { id ID | prio NUMBER [ band NUMBER ] }\n"
	"vsctl rule show [ SWITCH ] [ interval SECONDS ]\n"
	"vsctl rule flush SWITCH\n"
	"vsctl rule replace SWITCH FILE\n"
	"where  MATCH := FIELD [ not ] VALUE[,VALUE...] ...,\n"
	"                of addresses also FIELD [ not ] @SET[,@SET...]\n"
	"       FIELD := { port | mark | ct | vlan | inner-vlan | mac { src | dst } |\n"
	"                  type | arp [ op | sender-ip | target-ip | sender-mac |\n"
	"                  target-mac ] | ip { src | dst | dscp | ecn | ttl |\n"
	"                  frag | proto } | tcp | udp | sctp | sport | dport |\n"
	"                  tcp-flags | icmp [ type | code ] |\n"
	"                  icmp6 [ type | code ] | nd [ target ] }\n"
	"       ACTION := { permit | drop | reject | output DEV[,DEV...] |\n"
	"                   goto BAND | mirror DEV[,DEV...] | mark MARK[/MASK] |\n"
	"                   ct commit [ nat { src | dst } RANGE ] | ct nat |\n"
	"                   police NAME |\n"
	"                   sample rate N group N [ trunc BYTES ] |\n"
	"                   set vlan VID | push vlan VID | pop vlan |\n"
	"                   set mac { src | dst } MAC |\n"
	"                   set ip { src | dst } ADDRESS | set sport PORT |\n"
	"                   set dport PORT | set ip ttl TTL | dec ip ttl |\n"
	"                   set ip dscp DSCP },\n"
	"       of which one of the first five comes last\n";

/**
 * struct rule - a rule, as it was given
 * @prio: its prio, if @prio_word
 * @prio_word: as it was given, or NULL
 * @band: its band, if @band_word
 * @band_word: as it was given, or NULL
 * @group: its group, if @group_word
 * @group_word: as it was given, or NULL
 * @idle: seconds without a frame after which it goes, if @idle_word
 * @idle_word: as it was given, or NULL
 * @hard: seconds after which it goes, if @hard_word
 * @hard_word: as it was given, or NULL
 * @match: what it matches
 * @actions: what it does
 */
struct rule {
	uint32_t prio;
	const char *prio_word;
	uint8_t band;
	const char *band_word;
	const char *group;
	const char *group_word;
	uint32_t idle;
	const char *idle_word;
	uint32_t hard;
	const char *hard_word;
	struct match match;
	struct actions actions;
};

static int take_match(struct vsctl *v, struct words *w, struct arg *arg)
{
	arg->word = "match";
	return match_parse(v, w, arg->to);
}

static int take_actions(struct vsctl *v, struct words *w, struct arg *arg)
{
	arg->word = "action";
	return actions_parse(v, w, arg->to);
}

/* All that follows the switch. */
static int take_rule(struct vsctl *v, struct words *w, const char **sw,
		     struct rule *rule)
{
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = sw,
		  .needed = true },
		{ .key = "prio", .type = &type_prio, .to = &rule->prio },
		{ .key = "band", .type = &type_band, .to = &rule->band },
		{ .key = "group", .type = &type_group, .to = &rule->group },
		{ .key = "idle-timeout", .type = &type_timeout,
		  .to = &rule->idle },
		{ .key = "hard-timeout", .type = &type_timeout,
		  .to = &rule->hard },
		{ .key = "match", .take = take_match, .to = &rule->match },
		{ .key = "action", .take = take_actions,
		  .to = &rule->actions },
	};
	unsigned int skip = sw ? 0 : 1;
	int rc;

	rule->match.n = 0;
	rule->actions.n = 0;
	rc = args_parse(v, w, args + skip, ARRAY_SIZE(args) - skip);
	if (rc)
		return rc;
	rule->prio_word = args[1].word;
	rule->band_word = args[2].word;
	rule->group_word = args[3].word;
	rule->idle_word = args[4].word;
	rule->hard_word = args[5].word;
	if (!rule->actions.n)
		return err_usage(v,
				 "what the rule does is missing: 'action permit', 'action drop' ...");
	return 0;
}

static void put_values(struct nl *nl, uint16_t attr, const struct match *m,
		       bool except)
{
	struct nlattr *nest = NULL;
	unsigned int i;

	for (i = 0; i < m->n; i++) {
		if (m->values[i].except != except)
			continue;
		if (!nest)
			nest = nl_nest_begin(nl, attr);
		nl_put_bin(nl, m->values[i].attr, m->values[i].data,
			   m->values[i].len, m->values[i].word);
	}
	if (nest)
		nl_nest_end(nl, nest);
}

/* How many bytes the values are as attributes. */
static size_t match_size(const struct match *m)
{
	size_t size = 0;
	unsigned int i;

	for (i = 0; i < m->n; i++)
		size += 4 + (m->values[i].len + 3) / 4 * 4;
	return size;
}

static int add_rule(struct vsctl *v, uint32_t sw, const char *sw_word,
		    const struct rule *rule)
{
	const struct action *list = rule->actions.list;
	struct nlattr *nest;
	unsigned int i;

	if (match_size(&rule->match) > VSW_RULE_MATCH_LEN_MAX)
		return err_usage(v, "too many values: make more rules of it");
	nl_request(v->nl, VSW_CMD_RULE_NEW);
	nl_put_u32(v->nl, VSW_A_RULE_SWITCH, sw, sw_word);
	if (rule->prio_word)
		nl_put_u32(v->nl, VSW_A_RULE_PRIO, rule->prio,
			   rule->prio_word);
	put_values(v->nl, VSW_A_RULE_MATCH, &rule->match, false);
	put_values(v->nl, VSW_A_RULE_EXCEPT, &rule->match, true);
	if (rule->idle_word)
		nl_put_u32(v->nl, VSW_A_RULE_IDLE_TIMEOUT, rule->idle,
			   rule->idle_word);
	if (rule->hard_word)
		nl_put_u32(v->nl, VSW_A_RULE_HARD_TIMEOUT, rule->hard,
			   rule->hard_word);
	if (rule->group_word)
		nl_put_str(v->nl, VSW_A_RULE_GROUP, rule->group,
			   rule->group_word);
	if (rule->band_word)
		nl_put_u8(v->nl, VSW_A_RULE_BAND, rule->band, rule->band_word);
	nest = nl_nest_begin(v->nl, VSW_A_RULE_ACTIONS);
	for (i = 0; i < rule->actions.n; i++)
		nl_put_bin(v->nl, list[i].attr, list[i].data, list[i].len,
			   list[i].word);
	nl_nest_end(v->nl, nest);
	return nl_queue(v->nl);
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	static struct rule rule;
	const char *name;
	uint32_t sw;
	int rc;

	rc = take_rule(v, w, &name, &rule);
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &sw);
	return rc ? rc : add_rule(v, sw, name, &rule);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	uint32_t id, prio, sw;
	const char *name;
	uint8_t band;
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &name,
		  .needed = true },
		{ .key = "id", .type = &type_rule_id, .to = &id },
		{ .key = "prio", .type = &type_prio, .to = &prio },
		{ .key = "band", .type = &type_band, .to = &band },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc && !args[1].word == !args[2].word)
		rc = err_usage(v,
			       "say which: 'id ID', or 'prio NUMBER' for all with it");
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &sw);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_RULE_DEL);
	nl_put_u32(v->nl, VSW_A_RULE_SWITCH, sw, name);
	if (args[1].word)
		nl_put_u32(v->nl, VSW_A_RULE_ID, id, args[1].word);
	else
		nl_put_u32(v->nl, VSW_A_RULE_PRIO, prio, args[2].word);
	if (args[3].word)
		nl_put_u8(v->nl, VSW_A_RULE_BAND, band, args[3].word);
	return nl_queue(v->nl);
}

/**
 * rule_print - write the fields of a rule
 * @v: the run
 * @rule: the rule
 */
void rule_print(struct vsctl *v, const struct nl_rule *rule)
{
	struct out *o = &v->out;

	out_str(o, OUT_NAME, "switch", NULL, names_name(rule->sw));
	out_num(o, "id", "id", rule->id);
	if (rule->band || o->json)
		out_num(o, "band", "band", rule->band);
	if (rule->has & BIT(VSW_A_RULE_GROUP))
		out_str(o, OUT_NAME, "group", "group", rule->group);
	out_num(o, "prio", "prio", rule->prio);
	if (rule->match.n) {
		out_word(o, OUT_PLAIN, "match");
		out_object_begin(o, "match");
		match_print(o, &rule->match);
		out_object_end(o);
	}
	out_word(o, OUT_PLAIN, "action");
	actions_print(o, &rule->actions);
	if (rule->has & BIT(VSW_A_RULE_IDLE_TIMEOUT))
		out_num(o, "idle-timeout", "idle-timeout", rule->idle);
	if (rule->has & BIT(VSW_A_RULE_HARD_TIMEOUT))
		out_num(o, "hard-timeout", "hard-timeout", rule->hard);
	if (rule->has & BIT(VSW_A_RULE_SHADOWED_BY))
		out_num(o, "shadowed-by", "shadowed by id", rule->shadow);
	if (!v->stats && !v->details && !o->json)
		return;
	out_num(o, "packets", "packets", rule->packets);
	out_num(o, "bytes", "bytes", rule->bytes);
	if (rule->has & BIT(VSW_A_RULE_USED))
		out_msec(o, "used", "used", rule->used);
}

/**
 * struct show - rules that are to be shown
 * @v: the run
 * @sw: ifindex of the only switch that is wanted, or 0
 * @sw_word: its name, as it was given
 * @before: counters as they were, if there are to be rates
 * @nsec: how much time passed since, or 0
 */
struct show {
	struct vsctl *v;
	uint32_t sw;
	const char *sw_word;
	struct rate_table before;
	uint64_t nsec;
};

static struct rate_row counters_of(const struct nl_rule *rule)
{
	return (struct rate_row){
		.sw = rule->sw, .id = rule->id,
		.count = { rule->packets, rule->bytes },
	};
}

/* Of a rule that was not there before no rate is known. */
static void print_rates(const struct show *s, const struct nl_rule *rule)
{
	const struct rate_row row = counters_of(rule);
	uint64_t delta[RATE_COUNTERS], packets, bits;
	struct out *o = &s->v->out;
	char buf[RATE_STRLEN];

	if (!rate_delta(&s->before, &row, delta))
		return;
	packets = rate_per_second(delta[0], 1, s->nsec);
	bits = rate_per_second(delta[1], 8, s->nsec);
	if (o->json) {
		out_num(o, "packet-rate", NULL, packets);
		out_num(o, "bit-rate", NULL, bits);
		return;
	}
	rate_format(buf, packets, "p/s");
	out_str(o, OUT_PLAIN, NULL, "rate", buf);
	rate_format(buf, bits, "bit/s");
	out_word(o, OUT_PLAIN, buf);
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_rule rule;
	struct show *s = data;
	struct out *o = &s->v->out;

	if (nl_parse_rule(nlh, &rule))
		return -1;
	out_object_begin(o, NULL);
	rule_print(s->v, &rule);
	if (s->nsec)
		print_rates(s, &rule);
	out_object_end(o);
	return out_failed(o) ? EXIT_REFUSED : 0;
}

static int read_one(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_rule rule;
	struct show *s = data;
	struct rate_row row;

	if (nl_parse_rule(nlh, &rule))
		return -1;
	row = counters_of(&rule);
	rate_add(&s->before, &row);
	return 0;
}

static int ask_rules(struct show *s, nl_cb cb)
{
	nl_request(s->v->nl, VSW_CMD_RULE_GET);
	if (s->sw_word)
		nl_put_u32(s->v->nl, VSW_A_RULE_SWITCH, s->sw, s->sw_word);
	return nl_dump(s->v->nl, cb, s);
}

/* Reads all counters, to be compared with what they are @seconds later. */
static int read_before(struct show *s, uint32_t seconds)
{
	int rc;

	rate_begin(&s->before);
	rc = ask_rules(s, read_one);
	if (rc)
		return rc;
	rate_sort(&s->before);
	if (screen_wait(seconds * 1000))
		return err_fail(s->v, "%s", strerror(errno));
	s->nsec = rate_now() - s->before.when;
	return 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	struct show s = { .v = v };
	uint32_t interval = 0;
	struct arg args[] = {
		{ .key = "interval", .type = &type_interval, .to = &interval },
		{ .type = &type_dev, .to = &s.sw_word },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && s.sw_word)
		rc = names_index(v, s.sw_word, &s.sw);
	if (!rc && interval)
		rc = read_before(&s, interval);
	if (!rc) {
		out_list_begin(&v->out);
		rc = ask_rules(&s, show_one);
		out_list_end(&v->out);
	}
	rate_free(&s.before);
	return rc;
}

/* Something to do with all rules of a switch. */
static int ask(struct vsctl *v, uint8_t cmd, uint32_t sw, const char *word)
{
	nl_request(v->nl, cmd);
	nl_put_u32(v->nl, VSW_A_RULE_SWITCH, sw, word);
	return nl_do(v->nl);
}

static int cmd_flush(struct vsctl *v, struct words *w)
{
	const char *name;
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &name,
		  .needed = true },
	};
	uint32_t sw;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &sw);
	return rc ? rc : ask(v, VSW_CMD_RULE_FLUSH, sw, name);
}

static int replace_line(struct vsctl *v, struct words *w, void *data)
{
	static struct rule rule;
	int rc;

	rc = take_rule(v, w, NULL, &rule);
	return rc ? rc : add_rule(v, *(uint32_t *)data, NULL, &rule);
}

static int cmd_replace(struct vsctl *v, struct words *w)
{
	const char *name, *file;
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &name,
		  .needed = true },
		{ .name = "FILE", .type = &type_file, .to = &file,
		  .needed = true },
	};
	bool force = v->force;
	uint32_t sw;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &sw);
	if (!rc)
		rc = ask(v, VSW_CMD_RULE_BEGIN, sw, name);
	if (rc)
		return rc;
	v->force = false;
	rc = batch_run(v, file, replace_line, &sw);
	v->force = force;
	if (!rc)
		return ask(v, VSW_CMD_RULE_COMMIT, sw, name);
	ask(v, VSW_CMD_RULE_ABORT, sw, name);
	return rc;
}

static const struct command commands[] = {
	{ "add", cmd_add, true },
	{ "del", cmd_del, true },
	{ "show", cmd_show, false },
	{ "flush", cmd_flush, false },
	{ "replace", cmd_replace, false },
	{},
};

const struct object object_rule = { "rule", help, commands, NULL };
