// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl monitor
 */
#include <linux/netlink.h>
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl monitor [ config ] [ fdb ] [ rule ]\n";

enum kind {
	NOTHING,
	SWITCH,
	PORT,
	FDB,
	RULE,
	POLICER,
	SET,
};

static const struct {
	const char *name;
	enum kind kind;
} events[] = {
	[VSW_CMD_SWITCH_NEW_NTF] = { "switch-new", SWITCH },
	[VSW_CMD_SWITCH_SET_NTF] = { "switch-set", SWITCH },
	[VSW_CMD_SWITCH_DEL_NTF] = { "switch-del", SWITCH },
	[VSW_CMD_PORT_NEW_NTF] = { "port-new", PORT },
	[VSW_CMD_PORT_SET_NTF] = { "port-set", PORT },
	[VSW_CMD_PORT_DEL_NTF] = { "port-del", PORT },
	[VSW_CMD_FDB_NEW_NTF] = { "fdb-new", FDB },
	[VSW_CMD_FDB_SET_NTF] = { "fdb-set", FDB },
	[VSW_CMD_FDB_DEL_NTF] = { "fdb-del", FDB },
	[VSW_CMD_RULE_NEW_NTF] = { "rule-new", RULE },
	[VSW_CMD_RULE_DEL_NTF] = { "rule-del", RULE },
	[VSW_CMD_POLICER_NEW_NTF] = { "police-new", POLICER },
	[VSW_CMD_POLICER_SET_NTF] = { "police-set", POLICER },
	[VSW_CMD_POLICER_DEL_NTF] = { "police-del", POLICER },
	[VSW_CMD_SET_NEW_NTF] = { "set-new", SET },
	[VSW_CMD_SET_DEL_NTF] = { "set-del", SET },
	[VSW_CMD_SET_FLUSH_NTF] = { "set-flush", SET },
};

/**
 * struct monitor - what is shown
 * @v: the run
 * @config: events of switches, ports and policers
 * @fdb: events of entries
 * @rule: events of rules and sets
 */
struct monitor {
	struct vsctl *v;
	bool config;
	bool fdb;
	bool rule;
};

static void begin_event(struct out *o, const char *name)
{
	const char *what = strchr(name, '-');
	enum out_color color = OUT_PLAIN;

	if (what && !strcmp(what, "-new"))
		color = OUT_GOOD;
	else if (what && !strcmp(what, "-del"))
		color = OUT_BAD;
	out_object_begin(o, NULL);
	out_str(o, color, "event", NULL, name);
	out_width(o, sizeof("switch-new") - 1, name);
}

static int bad_event(struct vsctl *v)
{
	err_warn(&v->where, "malformed event");
	return 0;
}

static int show_switch(struct monitor *m, const struct nlmsghdr *nlh,
		       const char *event)
{
	struct vsctl *v = m->v;
	struct nl_switch sw;

	if (nl_parse_switch(nlh, &sw))
		return bad_event(v);
	names_learn(sw.ifindex, sw.name);
	if (!m->config)
		return 0;
	begin_event(&v->out, event);
	switch_print(v, &sw);
	out_object_end(&v->out);
	return 0;
}

static int show_port(struct monitor *m, const struct nlmsghdr *nlh,
		     const char *event)
{
	struct vsctl *v = m->v;
	struct nl_port port;

	if (nl_parse_port(nlh, &port))
		return bad_event(v);
	names_learn(port.ifindex, port.name);
	if (!m->config)
		return 0;
	begin_event(&v->out, event);
	port_print(v, &port);
	out_object_end(&v->out);
	return 0;
}

static int show_fdb(struct vsctl *v, const struct nlmsghdr *nlh,
		    const char *event)
{
	struct nl_fdb fdb;

	if (nl_parse_fdb(nlh, &fdb))
		return bad_event(v);
	begin_event(&v->out, event);
	fdb_print(v, &fdb);
	out_object_end(&v->out);
	return 0;
}

static int show_rule(struct vsctl *v, const struct nlmsghdr *nlh,
		     const char *event)
{
	static struct nl_rule rule;

	if (nl_parse_rule(nlh, &rule))
		return bad_event(v);
	begin_event(&v->out, event);
	rule_print(v, &rule);
	out_object_end(&v->out);
	return 0;
}

static int show_policer(struct monitor *m, const struct nlmsghdr *nlh,
			const char *event)
{
	struct vsctl *v = m->v;
	struct nl_policer policer;

	if (!m->config)
		return 0;
	if (nl_parse_policer(nlh, &policer))
		return bad_event(v);
	begin_event(&v->out, event);
	police_print(v, &policer);
	out_object_end(&v->out);
	return 0;
}

static int show_set(struct vsctl *v, const struct nlmsghdr *nlh,
		    const char *event)
{
	static struct nl_set set;

	if (nl_parse_set(nlh, &set))
		return bad_event(v);
	begin_event(&v->out, event);
	set_print(v, &set);
	out_object_end(&v->out);
	return 0;
}

static int show_lost(struct vsctl *v)
{
	err_warn(&v->where,
		 "events were lost: they came faster than they were read");
	if (!v->out.json)
		return 0;
	begin_event(&v->out, "lost");
	out_object_end(&v->out);
	return 0;
}

static int show_event(const struct nlmsghdr *nlh, void *data)
{
	uint8_t cmd = nlh ? nl_command(nlh) : 0;
	struct monitor *m = data;
	struct vsctl *v = m->v;

	if (!nlh)
		show_lost(v);
	else if (cmd >= ARRAY_SIZE(events))
		return 0;
	else if (events[cmd].kind == SWITCH)
		show_switch(m, nlh, events[cmd].name);
	else if (events[cmd].kind == PORT)
		show_port(m, nlh, events[cmd].name);
	else if (events[cmd].kind == FDB)
		show_fdb(v, nlh, events[cmd].name);
	else if (events[cmd].kind == RULE)
		show_rule(v, nlh, events[cmd].name);
	else if (events[cmd].kind == POLICER)
		show_policer(m, nlh, events[cmd].name);
	else if (events[cmd].kind == SET)
		show_set(v, nlh, events[cmd].name);
	/* Who reads a pipe wants each event when it happens. */
	fflush(v->out.f);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

static int learn_switch(const struct nlmsghdr *nlh, void *data)
{
	struct nl_switch sw;

	(void)data;
	if (!nl_parse_switch(nlh, &sw))
		names_learn(sw.ifindex, sw.name);
	return 0;
}

static int learn_port(const struct nlmsghdr *nlh, void *data)
{
	struct nl_port port;

	(void)data;
	if (!nl_parse_port(nlh, &port))
		names_learn(port.ifindex, port.name);
	return 0;
}

/**
 * monitor_learn - note the name that an event tells, if it tells one
 * @nlh: the event
 */
void monitor_learn(const struct nlmsghdr *nlh)
{
	uint8_t cmd = nl_command(nlh);

	if (cmd >= ARRAY_SIZE(events))
		return;
	if (events[cmd].kind == SWITCH)
		learn_switch(nlh, NULL);
	else if (events[cmd].kind == PORT)
		learn_port(nlh, NULL);
}

/**
 * monitor_learn_all - note the names of all switches and ports
 * @v: the run
 *
 * When an entry goes because its port went, nobody else knows the name.
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int monitor_learn_all(struct vsctl *v)
{
	int rc;

	nl_request(v->nl, VSW_CMD_SWITCH_GET);
	rc = nl_dump(v->nl, learn_switch, NULL);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_PORT_GET);
	return nl_dump(v->nl, learn_port, NULL);
}

static int run(struct vsctl *v, struct words *w)
{
	struct monitor m = { .v = v };
	struct arg args[] = {
		{ .key = "config", .to = &m.config },
		{ .key = "fdb", .to = &m.fdb },
		{ .key = "rule", .to = &m.rule },
	};
	struct nl *ev = NULL;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (rc)
		return rc;
	if (!m.config && !m.fdb && !m.rule) {
		m.config = true;
		m.fdb = true;
		m.rule = true;
	}
	rc = nl_open(v);
	/* Events of ports tell new names: they are needed in any case. */
	if (!rc)
		rc = nl_open_events(v, (m.fdb ? NL_EVENTS_FDB : 0) |
				       (m.rule ? NL_EVENTS_RULE : 0), &ev);
	if (!rc)
		rc = monitor_learn_all(v);
	if (!rc)
		rc = nl_events(ev, show_event, &m);
	nl_free(ev);
	return rc;
}

const struct object object_monitor = { "monitor", help, NULL, run };
