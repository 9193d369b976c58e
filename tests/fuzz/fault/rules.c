// SPDX-License-Identifier: GPL-2.0
/*
 * Commands on rules.
 */
#include <arpa/inet.h>
#include <string.h>

#include "fault.h"

#define PRIO_KEPT	1000	/* of a rule that is there all the time */
#define PRIO_NEW	2000

static struct nlmsghdr *rule_msg(__u8 cmd, const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(cmd, 0);

	add_attr(nlh, VSW_A_RULE_SWITCH, sw);
	return nlh;
}

static void must(__u8 cmd, const char *sw)
{
	nl_must(rule_msg(cmd, sw));
}

static void talk(__u8 cmd, const char *sw, struct outcome *o)
{
	nl_talk(rule_msg(cmd, sw), o);
}

/* A rule that is cut into as many terms as ports make prefixes, excepts some
 * addresses, is of a group, and does more than one thing.
 */
static struct nlmsghdr *new_rule(const char *sw, __u32 prio)
{
	const struct vsw_range proto = { 6, 6 }, ports = { 1, 65534 };
	const __u32 addr[2] = { htonl(0x0a000001), ~0U }, mark[2] = { 5, 7 };
	struct nlmsghdr *nlh = rule_msg(VSW_CMD_RULE_NEW, sw);
	struct nlattr *nest;

	mnl_attr_put_u32(nlh, VSW_A_RULE_PRIO, prio);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_MATCH);
	mnl_attr_put(nlh, VSW_A_MATCH_PROTO, sizeof(proto), &proto);
	mnl_attr_put(nlh, VSW_A_MATCH_DPORT, sizeof(ports), &ports);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_EXCEPT);
	mnl_attr_put(nlh, VSW_A_MATCH_IPV4_SRC, sizeof(addr), addr);
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_ACTIONS);
	mnl_attr_put(nlh, VSW_A_ACTION_MARK, sizeof(mark), mark);
	mnl_attr_put(nlh, VSW_A_ACTION_DROP, 0, NULL);
	mnl_attr_nest_end(nlh, nest);
	mnl_attr_put_strz(nlh, VSW_A_RULE_GROUP, "group");
	return nlh;
}

static void add(struct outcome *o)
{
	nl_talk(new_rule("vsw0", PRIO_NEW), o);
}

static void del_prio(struct outcome *o)
{
	struct nlmsghdr *nlh = rule_msg(VSW_CMD_RULE_DEL, "vsw0");

	mnl_attr_put_u32(nlh, VSW_A_RULE_PRIO, PRIO_NEW);
	nl_talk(nlh, o);
}

static void undo_add(void)
{
	struct outcome o;

	del_prio(&o);
}

static void undo_del(void)
{
	nl_must(new_rule("vsw0", PRIO_NEW));
}

/* The first rule of a switch, and of all, makes what rules need. */
static void add_first(struct outcome *o)
{
	nl_talk(new_rule("fresh", PRIO_NEW), o);
}

static void undo_first(void)
{
	switch_del("fresh");
	switch_add("fresh");
}

/* So does the first port that has something of them. */
static void port_first(struct outcome *o)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_PORT_NEW, 0);

	add_attr(nlh, VSW_A_PORT_SWITCH, "fresh");
	add_attr(nlh, VSW_A_PORT_IFINDEX, "t3");
	mnl_attr_put_u32(nlh, VSW_A_PORT_POLICY, VSW_POLICY_DROP);
	mnl_attr_put_strz(nlh, VSW_A_PORT_RULES, "group");
	nl_talk(nlh, o);
}

/* Whether a replacement is under way cannot be seen: what began one, or ended
 * it, puts that right itself, whatever came of it.
 */
static void begin_first(struct outcome *o)
{
	talk(VSW_CMD_RULE_BEGIN, "fresh", o);
	inject_arm(0);
	undo_first();
}

static void begin(struct outcome *o)
{
	struct outcome ignored;

	talk(VSW_CMD_RULE_BEGIN, "vsw0", o);
	inject_arm(0);
	talk(VSW_CMD_RULE_ABORT, "vsw0", &ignored);
}

static void put_aside(struct outcome *o)
{
	struct outcome ignored;

	add(o);
	inject_arm(0);
	talk(VSW_CMD_RULE_ABORT, "vsw0", &ignored);
	must(VSW_CMD_RULE_BEGIN, "vsw0");
}

static void abort_it(struct outcome *o)
{
	struct outcome ignored;

	talk(VSW_CMD_RULE_ABORT, "vsw0", o);
	inject_arm(0);
	talk(VSW_CMD_RULE_ABORT, "vsw0", &ignored);
	must(VSW_CMD_RULE_BEGIN, "vsw0");
	nl_must(new_rule("vsw0", PRIO_NEW));
}

/* The rule that is kept stays, another goes, a third comes. */
static void commit(struct outcome *o)
{
	talk(VSW_CMD_RULE_COMMIT, "vsw0", o);
}

static void prepare_commit(void)
{
	must(VSW_CMD_RULE_BEGIN, "vsw0");
	nl_must(new_rule("vsw0", PRIO_KEPT));
	nl_must(new_rule("vsw0", PRIO_NEW + 1));
}

static void undo_commit(void)
{
	must(VSW_CMD_RULE_FLUSH, "vsw0");
	nl_must(new_rule("vsw0", PRIO_KEPT));
	nl_must(new_rule("vsw0", PRIO_NEW));
	prepare_commit();
}

static void flush(struct outcome *o)
{
	talk(VSW_CMD_RULE_FLUSH, "vsw0", o);
}

static void undo_flush(void)
{
	nl_must(new_rule("vsw0", PRIO_KEPT));
	nl_must(new_rule("vsw0", PRIO_NEW));
}

static struct text want, got;
static bool broken;

static void read_all(struct outcome *o)
{
	got.n = 0;
	text_rules(&got, o, "vsw0");
	if (!want.n)
		want = got;
	else if (!o->err && !state_same(&want, &got))
		broken = true;
}

static void run(const char *name, void (*how)(struct outcome *o),
		void (*undo)(void))
{
	const struct sweep s = { .name = name, .run = how, .undo = undo };

	sweep(&s);
}

void rules(void)
{
	switch_add("fresh");
	run("rule new, the first", add_first, undo_first);
	run("rule begin, before the first", begin_first, NULL);
	run("port new, with policy and a group", port_first, undo_first);
	switch_del("fresh");

	nl_must(new_rule("vsw0", PRIO_KEPT));
	run("rule new", add, undo_add);
	nl_one_socket(true);
	run("rule begin", begin, NULL);
	must(VSW_CMD_RULE_BEGIN, "vsw0");
	run("rule new, put aside", put_aside, NULL);
	nl_must(new_rule("vsw0", PRIO_NEW));
	run("rule abort", abort_it, NULL);
	must(VSW_CMD_RULE_ABORT, "vsw0");
	nl_must(new_rule("vsw0", PRIO_NEW));
	prepare_commit();
	run("rule commit", commit, undo_commit);
	must(VSW_CMD_RULE_ABORT, "vsw0");
	nl_one_socket(false);
	run("rule get, dump", read_all, NULL);
	if (broken)
		tap_result(false, "rule get: part of it for all of it");
	run("rule del", del_prio, undo_del);
	run("rule flush", flush, undo_flush);
	must(VSW_CMD_RULE_FLUSH, "vsw0");
}
