// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl port
 */
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl port add SWITCH DEV [ type { netdev | internal } ] [ VLAN ]\n"
	"                   [ rules { GROUP | none } ]\n"
	"                   [ policy { permit | drop | switch } ]\n"
	"vsctl port set DEV [ switch SWITCH ] [ VLAN ] [ rules { GROUP | none } ]\n"
	"                   [ policy { permit | drop | switch } ]\n"
	"vsctl port del DEV [ switch SWITCH ]\n"
	"vsctl port show [ DEV ] [ switch SWITCH ]\n"
	"       VLAN := { vlan access VID | vlan trunk LIST [ native VID ] }\n"
	"       LIST := { VID[-VID][,VID[-VID]]... | all | none }\n";

static const char *const types[] = {
	[VSW_PORT_TYPE_HOST]		= "host",
	[VSW_PORT_TYPE_NETDEV]		= "netdev",
	[VSW_PORT_TYPE_INTERNAL]	= "internal",
};

static const char *const modes[] = {
	[VSW_VLAN_MODE_ACCESS]	= "access",
	[VSW_VLAN_MODE_TRUNK]	= "trunk",
};

/**
 * port_type_name - the name of a type of port
 * @type: &enum vsw_port_type
 *
 * Return: the name
 */
const char *port_type_name(uint32_t type)
{
	return names_enum(types, ARRAY_SIZE(types), type);
}

/* Text has a trunk's VLANs as they are given, JSON each run of them. */
static void print_vlans(struct vsctl *v, const struct nl_port *port)
{
	unsigned int first = 0, last;
	struct out *o = &v->out;
	char buf[VLANS_STRLEN];

	if (!o->json) {
		format_vlans(port->vlans, buf);
		out_word(o, OUT_PLAIN, buf);
		return;
	}
	out_array_begin(o, "vlans");
	for (; vlans_next(port->vlans, &first, &last); first = last + 1) {
		out_object_begin(o, NULL);
		out_num(o, "first", NULL, first);
		out_num(o, "last", NULL, last);
		out_object_end(o);
	}
	out_array_end(o);
}

static void print_vlan(struct vsctl *v, const struct nl_port *port)
{
	struct out *o = &v->out;

	out_str(o, OUT_PLAIN, "vlan-mode", "vlan",
		names_enum(modes, ARRAY_SIZE(modes), port->vlan_mode));
	if (port->has & BIT(VSW_A_PORT_VLANS))
		print_vlans(v, port);
	if (!(port->has & BIT(VSW_A_PORT_PVID)))
		return;
	if (port->vlan_mode == VSW_VLAN_MODE_ACCESS)
		out_num(o, "pvid", NULL, port->pvid);
	else
		out_num(o, "pvid", port->pvid ? "native" : OUT_JSON_ONLY,
			port->pvid);
}

static void print_stats(struct vsctl *v, const struct nl_stats *s)
{
	const struct out_col rx[] = {
		{ "rx-bytes", "bytes", s->rx_bytes },
		{ "rx-packets", "packets", s->rx_packets },
		{ "drops", "drops", s->drops },
	};
	const struct out_col tx[] = {
		{ "tx-bytes", "bytes", s->tx_bytes },
		{ "tx-packets", "packets", s->tx_packets },
	};
	struct out *o = &v->out;

	out_object_begin(o, "stats");
	out_table(o, "RX:", rx, ARRAY_SIZE(rx));
	out_table(o, "TX:", tx, ARRAY_SIZE(tx));
	out_object_end(o);
}

/**
 * port_print - write the fields of a port
 * @v: the run
 * @port: the port
 */
void port_print(struct vsctl *v, const struct nl_port *port)
{
	const char *index = v->details ? "ifindex" : OUT_JSON_ONLY;
	struct out *o = &v->out;

	out_title(o, "name", port->name);
	out_width(o, 8, port->name);
	out_num(o, "ifindex", index, port->ifindex);
	out_str(o, OUT_NAME, "switch", "switch", names_name(port->sw));
	out_width(o, 6, names_name(port->sw));
	out_num(o, "switch-ifindex", index, port->sw);
	out_str(o, OUT_PLAIN, "type", "type", port_type_name(port->type));
	out_width(o, 8, port_type_name(port->type));
	if (port->has & BIT(VSW_A_PORT_UP)) {
		out_updown(o, "up", port->up);
		out_width(o, 4, port->up ? "up" : "down");
	}
	if (port->has & BIT(VSW_A_PORT_VLAN_MODE))
		print_vlan(v, port);
	if (port->has & BIT(VSW_A_PORT_RULES))
		out_str(o, OUT_NAME, "rules", "rules", port->rules);
	if (port->has & BIT(VSW_A_PORT_POLICY) &&
	    (port->policy != VSW_POLICY_SWITCH || o->json))
		out_str(o, OUT_PLAIN, "policy", "policy",
			policy_name(port->policy));
	if (v->stats && port->has & BIT(VSW_A_PORT_STATS))
		print_stats(v, &port->stats);
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	struct vsctl *v = data;
	struct nl_port port;

	if (nl_parse_port(nlh, &port))
		return -1;
	out_object_begin(&v->out, NULL);
	port_print(v, &port);
	out_object_end(&v->out);
	return out_failed(&v->out) ? EXIT_REFUSED : 0;
}

/*
 * Begin a request about a port, or about those of a switch. A switch is needed
 * with a device only if that is a port of two, but may always be said.
 */
static int begin_port(struct vsctl *v, uint8_t cmd, const char *dev,
		      const char *sw)
{
	uint32_t dev_index, sw_index;
	int rc;

	rc = nl_open(v);
	if (!rc && dev)
		rc = names_index(v, dev, &dev_index);
	if (!rc && sw)
		rc = names_index(v, sw, &sw_index);
	if (rc)
		return rc;
	nl_request(v->nl, cmd);
	if (dev)
		nl_put_u32(v->nl, VSW_A_PORT_IFINDEX, dev_index, dev);
	if (sw)
		nl_put_u32(v->nl, VSW_A_PORT_SWITCH, sw_index, sw);
	return 0;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	const char *dev = NULL, *sw = NULL;
	struct arg args[] = {
		{ .key = "switch", .type = &type_dev, .to = &sw },
		{ .type = &type_dev, .to = &dev },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = begin_port(v, VSW_CMD_PORT_GET, dev, sw);
	if (rc)
		return rc;
	out_list_begin(&v->out);
	rc = dev ? nl_get(v->nl, show_one, v) : nl_dump(v->nl, show_one, v);
	out_list_end(&v->out);
	return rc;
}

static void put_vlan(struct nl *nl, const struct vlan_arg *vlan)
{
	if (!vlan->mode_word)
		return;
	nl_put_u32(nl, VSW_A_PORT_VLAN_MODE, vlan->mode, vlan->mode_word);
	nl_put_u16(nl, VSW_A_PORT_PVID, vlan->pvid, vlan->pvid_word);
	if (vlan->mode == VSW_VLAN_MODE_TRUNK)
		nl_put_bin(nl, VSW_A_PORT_VLANS, vlan->vlans,
			   sizeof(vlan->vlans), vlan->vlans_word);
}

static void put_rules(struct nl *nl, const struct arg *rules,
		      const struct arg *policy)
{
	const char *group;

	if (rules->word) {
		group = *(const char **)rules->to;
		nl_put_str(nl, VSW_A_PORT_RULES,
			   strcmp(group, "none") ? group : "", rules->word);
	}
	if (policy->word)
		nl_put_u32(nl, VSW_A_PORT_POLICY, *(uint32_t *)policy->to,
			   policy->word);
}

static int cmd_add(struct vsctl *v, struct words *w)
{
	uint32_t type = VSW_PORT_TYPE_NETDEV, policy, sw_index, dev_index;
	const char *sw, *dev, *rules;
	struct vlan_arg vlan = {};
	struct arg args[] = {
		{ .name = "SWITCH", .type = &type_dev, .to = &sw,
		  .needed = true },
		{ .type = &type_dev, .to = &dev, .needed = true },
		{ .key = "type", .type = &type_port_type, .to = &type },
		{ .key = "vlan", .take = take_vlan, .to = &vlan },
		{ .key = "rules", .type = &type_group, .to = &rules },
		{ .key = "policy", .type = &type_port_policy, .to = &policy },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc)
		rc = names_index(v, sw, &sw_index);
	if (!rc && type == VSW_PORT_TYPE_NETDEV)
		rc = names_index(v, dev, &dev_index);
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_PORT_NEW);
	nl_put_u32(v->nl, VSW_A_PORT_SWITCH, sw_index, sw);
	if (type == VSW_PORT_TYPE_NETDEV)
		nl_put_u32(v->nl, VSW_A_PORT_IFINDEX, dev_index, dev);
	else
		nl_put_str(v->nl, VSW_A_PORT_NAME, dev, dev);
	if (args[2].word)
		nl_put_u32(v->nl, VSW_A_PORT_TYPE, type, args[2].word);
	put_vlan(v->nl, &vlan);
	put_rules(v->nl, &args[4], &args[5]);
	rc = nl_do(v->nl);
	names_forget(v);
	return rc;
}

static int cmd_set(struct vsctl *v, struct words *w)
{
	const char *dev, *sw = NULL, *rules;
	struct vlan_arg vlan = {};
	uint32_t policy;
	struct arg args[] = {
		{ .type = &type_dev, .to = &dev, .needed = true },
		{ .key = "vlan", .take = take_vlan, .to = &vlan },
		{ .key = "switch", .type = &type_dev, .to = &sw },
		{ .key = "rules", .type = &type_group, .to = &rules },
		{ .key = "policy", .type = &type_port_policy, .to = &policy },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc && !args[1].word && !args[3].word && !args[4].word)
		rc = err_usage(v,
			       "nothing to set: 'vlan', 'rules' or 'policy' must follow \"%s\"",
			       sw ? sw : dev);
	if (!rc)
		rc = begin_port(v, VSW_CMD_PORT_SET, dev, sw);
	if (rc)
		return rc;
	put_vlan(v->nl, &vlan);
	put_rules(v->nl, &args[3], &args[4]);
	return nl_do(v->nl);
}

static int cmd_del(struct vsctl *v, struct words *w)
{
	const char *dev, *sw = NULL;
	struct arg args[] = {
		{ .type = &type_dev, .to = &dev, .needed = true },
		{ .key = "switch", .type = &type_dev, .to = &sw },
	};
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = begin_port(v, VSW_CMD_PORT_DEL, dev, sw);
	if (rc)
		return rc;
	rc = nl_do(v->nl);
	names_forget(v);
	return rc;
}

static const struct command commands[] = {
	{ "add", cmd_add, false },
	{ "set", cmd_set, false },
	{ "del", cmd_del, false },
	{ "show", cmd_show, false },
	{},
};

const struct object object_port = { "port", help, commands, NULL };
