// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl switch
 */
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl switch add NAME [ vlan-aware { on | off } ] [ ageing SECONDS ]\n"
	"                      [ fdb-limit N ]\n"
	"vsctl switch set NAME [ ageing SECONDS ] [ fdb-limit N ]\n"
	"                      [ policy { permit | drop } ] [ ct-zone ZONE ]\n"
	"vsctl switch del NAME\n"
	"vsctl switch show [ NAME ]\n";

/**
 * switch_print - write the fields of a switch
 * @v: the run
 * @sw: the switch
 */
void switch_print(struct vsctl *v, const struct nl_switch *sw)
{
	struct out *o = &v->out;
	const struct out_col cols[] = {
		{ "fdb-count", "entries", sw->fdb_count },
		{ "fdb-refused", "refused", sw->fdb_refused },
	};

	out_title(o, "name", sw->name);
	out_num(o, "ifindex", v->details ? "ifindex" : OUT_JSON_ONLY,
		sw->ifindex);
	out_bool(o, "vlan-aware", "vlan-aware", sw->vlan_aware, "on", "off");
	out_num(o, "ageing", "ageing", sw->ageing);
	out_num(o, "fdb-learned", "fdb", sw->fdb_learned);
	out_num_after(o, "fdb-limit", "/", sw->fdb_limit);
	out_num(o, "port-count", "ports", sw->port_count);
	if (sw->has & BIT(VSW_A_SWITCH_POLICY) &&
	    (sw->policy != VSW_POLICY_PERMIT || o->json))
		out_str(o, OUT_PLAIN, "policy", "policy",
			policy_name(sw->policy));
	if (sw->has & BIT(VSW_A_SWITCH_CT_ZONE))
		out_num(o, "ct-zone", v->details ? "ct-zone" : OUT_JSON_ONLY,
			sw->ct_zone);
	if (v->stats)
		out_table(o, "FDB:", cols, ARRAY_SIZE(cols));
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	struct vsctl *v = data;
	struct nl_switch sw;

	if (nl_parse_switch(nlh, &sw))
		return -1;
	out_object_begin(&v->out, NULL);
	switch_print(v, &sw);
	out_object_end(&v->out);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	const char *name = NULL;
	struct arg args[] = {
		{ .type = &type_dev, .to = &name },
	};
	uint32_t ifindex;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && name)
		rc = names_index(v, name, &ifindex);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_GET);
	out_list_begin(&v->out);
	if (name) {
		nl_put_u32(v->nl, VSW_A_SWITCH_IFINDEX, ifindex, name);
		rc = nl_get(v->nl, show_one, v);
	} else {
		rc = nl_dump(v->nl, show_one, v);
	}
	out_list_end(&v->out);
	return rc;
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	const char *name;
	uint32_t ageing, limit;
	uint8_t aware;
	struct arg args[] = {
		{ .name = "NAME", .type = &type_dev, .to = &name,
		  .needed = true },
		{ .key = "vlan-aware", .type = &type_onoff, .to = &aware },
		{ .key = "ageing", .type = &type_ageing, .to = &ageing },
		{ .key = "fdb-limit", .type = &type_fdb_limit, .to = &limit },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_NEW);
	nl_put_str(v->nl, VSW_A_SWITCH_NAME, name, name);
	if (args[1].word)
		nl_put_u8(v->nl, VSW_A_SWITCH_VLAN_AWARE, aware, args[1].word);
	if (args[2].word)
		nl_put_u32(v->nl, VSW_A_SWITCH_AGEING, ageing, args[2].word);
	if (args[3].word)
		nl_put_u32(v->nl, VSW_A_SWITCH_FDB_LIMIT, limit, args[3].word);
	rc = nl_do(v->nl);
	names_forget(v);
	return rc;
}

static int cmd_set(struct vsctl *v, struct words *w)
{
	const char *name;
	uint32_t ageing, limit, policy, ifindex;
	uint16_t zone;
	struct arg args[] = {
		{ .name = "NAME", .type = &type_dev, .to = &name,
		  .needed = true },
		{ .key = "ageing", .type = &type_ageing, .to = &ageing },
		{ .key = "fdb-limit", .type = &type_fdb_limit, .to = &limit },
		{ .key = "policy", .type = &type_policy, .to = &policy },
		{ .key = "ct-zone", .type = &type_zone, .to = &zone },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc && !args[1].word && !args[2].word && !args[3].word &&
	    !args[4].word)
		rc = err_usage(v,
			       "nothing to set: 'ageing', 'fdb-limit', 'policy' or 'ct-zone' must follow \"%s\"",
			       name);
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &ifindex);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_SET);
	nl_put_u32(v->nl, VSW_A_SWITCH_IFINDEX, ifindex, name);
	if (args[1].word)
		nl_put_u32(v->nl, VSW_A_SWITCH_AGEING, ageing, args[1].word);
	if (args[2].word)
		nl_put_u32(v->nl, VSW_A_SWITCH_FDB_LIMIT, limit, args[2].word);
	if (args[3].word)
		nl_put_u32(v->nl, VSW_A_SWITCH_POLICY, policy, args[3].word);
	if (args[4].word)
		nl_put_u16(v->nl, VSW_A_SWITCH_CT_ZONE, zone, args[4].word);
	return nl_do(v->nl);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	const char *name;
	struct arg args[] = {
		{ .name = "NAME", .type = &type_dev, .to = &name,
		  .needed = true },
	};
	uint32_t ifindex;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, name, &ifindex);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_DEL);
	nl_put_u32(v->nl, VSW_A_SWITCH_IFINDEX, ifindex, name);
	rc = nl_do(v->nl);
	names_forget(v);
	return rc;
}

struct only {
	unsigned int n;
	uint32_t ifindex;
};

static int count_one(const struct nlmsghdr *nlh, void *data)
{
	struct only *only = data;
	struct nl_switch sw;

	if (nl_parse_switch(nlh, &sw))
		return -1;
	only->n++;
	only->ifindex = sw.ifindex;
	return 0;
}

/**
 * switch_only - find the switch that is meant where none is named
 * @v: the run
 * @ifindex: where its index goes
 *
 * Return: 0 if there is just one, or an exit code after a message
 */
int switch_only(struct vsctl *v, uint32_t *ifindex)
{
	struct only only = {};
	int rc;

	if (v->only_switch) {
		*ifindex = v->only_switch;
		return 0;
	}
	/* Lines of a batch before this one may concern it. */
	rc = nl_flush(v->nl);
	if (rc && !v->force)
		return rc;
	nl_request(v->nl, VSW_CMD_SWITCH_GET);
	rc = nl_dump(v->nl, count_one, &only);
	if (rc)
		return rc;
	if (!only.n)
		return err_fail(v, "there is no switch");
	if (only.n > 1)
		return err_usage(v,
				 "there is more than one switch: say which with 'switch NAME'");
	*ifindex = only.ifindex;
	if (v->batch)
		v->only_switch = only.ifindex;
	return 0;
}

static const struct command commands[] = {
	{ "add", cmd_add, false },
	{ "set", cmd_set, false },
	{ "del", cmd_del, false },
	{ "show", cmd_show, false },
	{},
};

const struct object object_switch = { "switch", help, commands, NULL };
