// SPDX-License-Identifier: GPL-2.0
/*
 * Commands on sets of addresses.
 */
#include <arpa/inet.h>
#include <string.h>

#include "fault.h"

#define PRIO		3000

static struct nlmsghdr *set_msg(__u8 cmd, const char *name)
{
	struct nlmsghdr *nlh = msg_vsw(cmd, 0);

	mnl_attr_put_strz(nlh, VSW_A_SET_NAME, name);
	return nlh;
}

/* Prefixes of both families, of which some part and some contain others; those
 * of another @third have nothing in common with these but where they begin.
 */
static struct nlmsghdr *change_msg(__u8 cmd, const char *name, __u8 third)
{
	struct nlmsghdr *nlh = set_msg(cmd, name);
	struct nlattr *nest;
	unsigned int i;

	nest = mnl_attr_nest_start(nlh, VSW_A_SET_ADDRESSES);
	for (i = 0; i < 4; i++) {
		__u8 ipv4[8] = { 10, 0, third, 1 << i, 255, 255, 255, 255 };
		__u8 ipv6[32] = { 0x20, 1, 0xd, 0xb8, third,
				  [15] = i };

		/* The first has the others. */
		memset(ipv6 + 16, 0xff, i ? 16 : 5);
		mnl_attr_put(nlh, VSW_A_SET_ADDRESS_IPV4, sizeof(ipv4), ipv4);
		mnl_attr_put(nlh, VSW_A_SET_ADDRESS_IPV6, sizeof(ipv6), ipv6);
	}
	mnl_attr_nest_end(nlh, nest);
	return nlh;
}

static void new_set(struct outcome *o)
{
	nl_talk(change_msg(VSW_CMD_SET_NEW, "new", 1), o);
}

static void del_set(struct outcome *o)
{
	nl_talk(set_msg(VSW_CMD_SET_DEL, "new"), o);
}

static void undo_new(void)
{
	nl_must(set_msg(VSW_CMD_SET_DEL, "new"));
}

static void undo_del(void)
{
	nl_must(change_msg(VSW_CMD_SET_NEW, "new", 1));
}

static void add(struct outcome *o)
{
	nl_talk(change_msg(VSW_CMD_SET_NEW, "kept", 2), o);
}

static void take_out(struct outcome *o)
{
	nl_talk(change_msg(VSW_CMD_SET_DEL, "kept", 2), o);
}

static void undo_add(void)
{
	nl_must(change_msg(VSW_CMD_SET_DEL, "kept", 2));
}

static void undo_take_out(void)
{
	nl_must(change_msg(VSW_CMD_SET_NEW, "kept", 2));
}

static void flush(struct outcome *o)
{
	nl_talk(set_msg(VSW_CMD_SET_FLUSH, "kept"), o);
}

static void undo_flush(void)
{
	nl_must(change_msg(VSW_CMD_SET_NEW, "kept", 1));
	nl_must(change_msg(VSW_CMD_SET_NEW, "kept", 2));
}

static struct nlmsghdr *rule_msg(const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_RULE_NEW, 0);
	struct nlattr *nest;

	add_attr(nlh, VSW_A_RULE_SWITCH, sw);
	mnl_attr_put_u32(nlh, VSW_A_RULE_PRIO, PRIO);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_MATCH);
	mnl_attr_put_strz(nlh, VSW_A_MATCH_IP_SRC_SET, "kept");
	mnl_attr_nest_end(nlh, nest);
	nest = mnl_attr_nest_start(nlh, VSW_A_RULE_ACTIONS);
	mnl_attr_put(nlh, VSW_A_ACTION_DROP, 0, NULL);
	mnl_attr_nest_end(nlh, nest);
	return nlh;
}

static void new_rule(struct outcome *o)
{
	nl_talk(rule_msg("vsw0"), o);
}

static void del_rule(const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_RULE_DEL, 0);

	add_attr(nlh, VSW_A_RULE_SWITCH, sw);
	mnl_attr_put_u32(nlh, VSW_A_RULE_PRIO, PRIO);
	nl_must(nlh);
}

static void undo_rule(void)
{
	del_rule("vsw0");
}

static struct text want, got;
static bool broken;

static void read_all(struct outcome *o)
{
	got.n = 0;
	text_sets(&got, o);
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

/* Two switches have rules that name the set: both have to see a change, or
 * neither.
 */
void sets(void)
{
	run("set new, the first", new_set, undo_new);
	nl_must(change_msg(VSW_CMD_SET_NEW, "kept", 1));
	run("set new", new_set, undo_new);
	run("rule new, of a set", new_rule, undo_rule);
	nl_must(rule_msg("vsw0"));
	nl_must(rule_msg("vsw1"));
	run("set new, addresses", add, undo_add);
	nl_must(change_msg(VSW_CMD_SET_NEW, "kept", 2));
	run("set del, addresses", take_out, undo_take_out);
	run("set flush", flush, undo_flush);
	nl_must(change_msg(VSW_CMD_SET_NEW, "new", 1));
	run("set get, dump", read_all, NULL);
	if (broken)
		tap_result(false, "set get: part of it for all of it");
	run("set del", del_set, undo_del);
	nl_must(set_msg(VSW_CMD_SET_DEL, "new"));
	del_rule("vsw0");
	del_rule("vsw1");
	nl_must(set_msg(VSW_CMD_SET_DEL, "kept"));
}
