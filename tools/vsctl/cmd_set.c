// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl set
 *
 * What "show" shows is what "add" takes. A set with many addresses comes in
 * several messages, each of which is a line; in JSON all are one object.
 */
#include <string.h>

#include "match_value.h"
#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl set add NAME [ ip ADDRESS[,ADDRESS...] ]\n"
	"vsctl set del NAME [ ip ADDRESS[,ADDRESS...] ]\n"
	"vsctl set show [ NAME ]\n"
	"vsctl set flush NAME\n"
	"where  ADDRESS := an IPv4 or IPv6 address, or a prefix of one\n";

/* In a list a comma ends a name. */
static bool parse_name(const char *word, void *to)
{
	return parse_group(word, to) && !strchr(word, ',');
}

static const struct value_type type_name = {
	"NAME", "a name of 1 to 31 characters, none of them a comma",
	parse_name,
};

static bool parse_address(const char *word, struct nl_address *address)
{
	const struct match_kind *kind = &match_ipv4;

	address->attr = VSW_A_SET_ADDRESS_IPV4;
	if (!kind->parse(word, NULL, 0, address->data)) {
		kind = &match_ipv6;
		address->attr = VSW_A_SET_ADDRESS_IPV6;
		if (!kind->parse(word, NULL, 0, address->data))
			return false;
	}
	address->len = kind->len;
	address->word = word;
	return true;
}

/* "ip ADDRESS[,ADDRESS...]" */
static int take_addresses(struct vsctl *v, struct words *w, struct arg *arg)
{
	struct nl_set *set = arg->to;
	char *word = (char *)words_next(w), *next;

	if (!word)
		return err_usage(v, "what follows \"ip\" is missing");
	arg->word = word;
	for (; word; word = next) {
		next = strchr(word, ',');
		if (next)
			*next++ = '\0';
		if (set->n == VSW_SET_CHANGES_MAX)
			return err_usage(v,
					 "more than %u addresses: make more commands of it",
					 VSW_SET_CHANGES_MAX);
		if (!parse_address(word, &set->addresses[set->n]))
			return err_usage(v,
					 "expected an IP address or prefix, not \"%s\"",
					 word);
		set->n++;
	}
	return 0;
}

static int change(struct vsctl *v, struct words *w, uint8_t cmd)
{
	static struct nl_set set;
	const char *name;
	struct arg args[] = {
		{ .type = &type_name, .to = &name, .needed = true },
		{ .key = "ip", .take = take_addresses, .to = &set },
	};
	struct nlattr *nest;
	unsigned int i;
	int rc;

	set.n = 0;
	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (rc)
		return rc;
	nl_request(v->nl, cmd);
	nl_put_str(v->nl, VSW_A_SET_NAME, name, name);
	if (set.n) {
		nest = nl_nest_begin(v->nl, VSW_A_SET_ADDRESSES);
		for (i = 0; i < set.n; i++)
			nl_put_bin(v->nl, set.addresses[i].attr,
				   set.addresses[i].data,
				   set.addresses[i].len,
				   set.addresses[i].word);
		nl_nest_end(v->nl, nest);
	}
	return nl_queue(v->nl);
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	return change(v, w, VSW_CMD_SET_NEW);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	return change(v, w, VSW_CMD_SET_DEL);
}

static int cmd_flush(struct vsctl *v, struct words *w)
{
	const char *name;
	struct arg args[] = {
		{ .type = &type_name, .to = &name, .needed = true },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SET_FLUSH);
	nl_put_str(v->nl, VSW_A_SET_NAME, name, name);
	return nl_queue(v->nl);
}

static void print_addresses(struct out *o, const struct nl_set *set)
{
	const struct match_kind *kind;
	char buf[MATCH_VALUE_STRLEN];
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		kind = set->addresses[i].attr == VSW_A_SET_ADDRESS_IPV4 ?
		       &match_ipv4 : &match_ipv6;
		kind->format(set->addresses[i].data, NULL, buf);
		if (o->json)
			out_str(o, OUT_PLAIN, NULL, NULL, buf);
		else
			fprintf(o->f, "%s%s", i ? "," : "", buf);
	}
}

static void print_head(struct out *o, const struct nl_set *set)
{
	out_str(o, OUT_NAME, "name", NULL, set->name);
	if (!o->json)
		return;
	out_num(o, "addresses", NULL, set->count);
	out_num(o, "rules", NULL, set->rules);
}

static void print_text(struct vsctl *v, const struct nl_set *set)
{
	struct out *o = &v->out;

	print_head(o, set);
	if (set->n) {
		out_word(o, OUT_PLAIN, "ip ");
		print_addresses(o, set);
	}
	if (!v->stats && !v->details)
		return;
	out_num(o, "addresses", "addresses", set->count);
	out_num(o, "rules", "rules", set->rules);
}

/**
 * set_print - write the fields of a set, with the addresses that are there
 * @v: the run
 * @set: the set
 */
void set_print(struct vsctl *v, const struct nl_set *set)
{
	struct out *o = &v->out;

	if (!o->json) {
		print_text(v, set);
		return;
	}
	print_head(o, set);
	if (!set->n)
		return;
	out_array_begin(o, "ip");
	print_addresses(o, set);
	out_array_end(o);
}

/**
 * struct shown - sets as they come in
 * @v: the run
 * @is_open: JSON: there is one that is not ended yet
 * @name: its name
 */
struct shown {
	struct vsctl *v;
	bool is_open;
	char name[VSW_NAME_MAX + 1];
};

static void end_json(struct shown *shown)
{
	struct out *o = &shown->v->out;

	if (!shown->is_open)
		return;
	out_array_end(o);
	out_object_end(o);
	shown->is_open = false;
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	static struct nl_set set;
	struct shown *shown = data;
	struct out *o = &shown->v->out;

	if (nl_parse_set(nlh, &set))
		return -1;
	if (!o->json) {
		out_object_begin(o, NULL);
		print_text(shown->v, &set);
		out_object_end(o);
		return out_failed(o) ? EXIT_REFUSED : 0;
	}
	if (!shown->is_open || strcmp(shown->name, set.name)) {
		end_json(shown);
		out_object_begin(o, NULL);
		print_head(o, &set);
		out_array_begin(o, "ip");
		memcpy(shown->name, set.name, sizeof(shown->name));
		shown->is_open = true;
	}
	print_addresses(o, &set);
	return out_failed(o) ? EXIT_REFUSED : 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	struct shown shown = { .v = v };
	const char *name = NULL;
	struct arg args[] = {
		{ .type = &type_name, .to = &name },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SET_GET);
	if (name)
		nl_put_str(v->nl, VSW_A_SET_NAME, name, name);
	out_list_begin(&v->out);
	rc = nl_dump(v->nl, show_one, &shown);
	end_json(&shown);
	out_list_end(&v->out);
	return rc;
}

static const struct command commands[] = {
	{ "add", cmd_add, true },
	{ "del", cmd_del, true },
	{ "show", cmd_show, false },
	{ "flush", cmd_flush, true },
	{},
};

const struct object object_set = { "set", help, commands, NULL };
