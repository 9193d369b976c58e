// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl rule
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl rule add SWITCH [ prio NUMBER ] [ match MATCH ] action ACTION\n"
	"vsctl rule del SWITCH { id ID | prio NUMBER }\n"
	"vsctl rule show [ SWITCH ]\n"
	"vsctl rule flush SWITCH\n"
	"vsctl rule replace SWITCH FILE\n"
	"where  MATCH := FIELD [ not ] VALUE[,VALUE...] ...\n"
	"       FIELD := { port | mark | vlan | inner-vlan | mac { src | dst } |\n"
	"                  type | arp [ op | sender-ip | target-ip | sender-mac |\n"
	"                  target-mac ] | ip { src | dst | dscp | ecn | ttl |\n"
	"                  frag | proto } | tcp | udp | sctp | sport | dport |\n"
	"                  tcp-flags | icmp [ type | code ] |\n"
	"                  icmp6 [ type | code ] | nd [ target ] }\n"
	"       ACTION := { permit | drop }\n";

/**
 * struct rule - a rule, as it was given
 * @prio: its prio, if @prio_word
 * @prio_word: as it was given, or NULL
 * @match: what it matches
 * @action: what it does, &enum vsw_a_action
 */
struct rule {
	uint32_t prio;
	const char *prio_word;
	struct match match;
	uint16_t action;
};

static const struct {
	const char *name;
	uint16_t action;
} actions[] = {
	{ "permit", VSW_A_ACTION_PERMIT },
	{ "drop", VSW_A_ACTION_DROP },
};

static int take_match(struct vsctl *v, struct words *w, struct arg *arg)
{
	arg->word = "match";
	return match_parse(v, w, arg->to);
}

static int take_action(struct vsctl *v, struct words *w, struct arg *arg)
{
	const char *word = words_next(w);
	unsigned int i;

	arg->word = "action";
	for (i = 0; word && i < ARRAY_SIZE(actions); i++) {
		if (!strcmp(actions[i].name, word)) {
			*(uint16_t *)arg->to = actions[i].action;
			return 0;
		}
	}
	return err_usage(v, "expected 'permit' or 'drop', not \"%s\"",
			 word ? word : "");
}

/* "[ prio NUMBER ] [ match MATCH ] action ACTION" */
static int take_rule(struct vsctl *v, struct words *w, const char **sw,
		     struct rule *rule)
{
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = sw,
		  .needed = true },
		{ .key = "prio", .type = &type_prio, .to = &rule->prio },
		{ .key = "match", .take = take_match, .to = &rule->match },
		{ .key = "action", .take = take_action, .to = &rule->action },
	};
	unsigned int skip = sw ? 0 : 1;
	int rc;

	rule->match.n = 0;
	rule->action = 0;
	rc = args_parse(v, w, args + skip, ARRAY_SIZE(args) - skip);
	if (rc)
		return rc;
	rule->prio_word = args[1].word;
	if (!rule->action)
		return err_usage(v,
				 "'action permit' or 'action drop' is missing");
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
		size += 4 + m->values[i].len;
	return size;
}

static int add_rule(struct vsctl *v, uint32_t sw, const char *sw_word,
		    const struct rule *rule)
{
	struct nlattr *nest;

	if (match_size(&rule->match) > VSW_RULE_MATCH_LEN_MAX)
		return err_usage(v, "too many values: make more rules of it");
	nl_request(v->nl, VSW_CMD_RULE_NEW);
	nl_put_u32(v->nl, VSW_A_RULE_SWITCH, sw, sw_word);
	if (rule->prio_word)
		nl_put_u32(v->nl, VSW_A_RULE_PRIO, rule->prio,
			   rule->prio_word);
	put_values(v->nl, VSW_A_RULE_MATCH, &rule->match, false);
	put_values(v->nl, VSW_A_RULE_EXCEPT, &rule->match, true);
	nest = nl_nest_begin(v->nl, VSW_A_RULE_ACTIONS);
	nl_put_bin(v->nl, rule->action, NULL, 0, NULL);
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
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &name,
		  .needed = true },
		{ .key = "id", .type = &type_rule_id, .to = &id },
		{ .key = "prio", .type = &type_prio, .to = &prio },
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
	unsigned int i;

	out_str(o, OUT_NAME, "switch", NULL, names_name(rule->sw));
	out_num(o, "id", "id", rule->id);
	out_num(o, "prio", "prio", rule->prio);
	if (rule->match.n) {
		out_word(o, OUT_PLAIN, "match");
		out_object_begin(o, "match");
		match_print(o, &rule->match);
		out_object_end(o);
	}
	out_word(o, OUT_PLAIN, "action");
	for (i = 0; i < ARRAY_SIZE(actions); i++) {
		if (rule->actions & BIT(actions[i].action))
			out_str(o, rule->actions & BIT(VSW_A_ACTION_DROP) ?
				   OUT_BAD : OUT_GOOD, "action", NULL,
				actions[i].name);
	}
	if (!v->stats && !v->details && !o->json)
		return;
	out_num(o, "packets", "packets", rule->packets);
	out_num(o, "bytes", "bytes", rule->bytes);
	if (rule->has & BIT(VSW_A_RULE_USED))
		out_msec(o, "used", "used", rule->used);
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_rule rule;
	struct vsctl *v = data;

	if (nl_parse_rule(nlh, &rule))
		return -1;
	out_object_begin(&v->out, NULL);
	rule_print(v, &rule);
	out_object_end(&v->out);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	const char *name = NULL;
	struct arg args[] = {
		{ .type = &type_dev, .to = &name },
	};
	uint32_t sw;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && name)
		rc = names_index(v, name, &sw);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_RULE_GET);
	if (name)
		nl_put_u32(v->nl, VSW_A_RULE_SWITCH, sw, name);
	out_list_begin(&v->out);
	rc = nl_dump(v->nl, show_one, v);
	out_list_end(&v->out);
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
