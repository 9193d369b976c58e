// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl drops
 *
 * A counter alone helps nobody: each reason comes with what it means and what
 * can be done about it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const char help[] =
	"vsctl drops show [ SWITCH ] [ port DEV ]\n"
	"vsctl drops watch [ SWITCH ]\n";

struct reason {
	const char *name;
	const char *meaning;
	const char *advice;
};

/* DEV stands for the device of the port that counted. */
static const struct reason reasons[] = {
	[VSW_DROP_MALFORMED] = {
		"malformed",
		"The frame is shorter than an Ethernet header, or has fewer than two bytes behind its VLAN tag.",
		"Find the sender: 'tcpdump -e -i DEV'.",
	},
	[VSW_DROP_SRC_INVALID] = {
		"src-invalid",
		"The frame's source address is a group address or all zero.",
		"Give the sender a unicast MAC address; find it: 'tcpdump -e -i DEV'.",
	},
	[VSW_DROP_SRC_LOCAL] = {
		"src-local",
		"The frame has the address of this switch's host or internal port as source, but came in at another port.",
		"Look for a loop in the cabling, or a second device with this address: 'vsctl fdb show' has the local ones.",
	},
	[VSW_DROP_DST_RESERVED] = {
		"dst-reserved",
		"The host sent to one of 01:80:c2:00:00:00 to 0f, which no bridge forwards.",
		"Send LLDP, STP, LACP and their like by a device that is attached, not by the switch's own or an internal one.",
	},
	[VSW_DROP_VLAN_TAGGED] = {
		"vlan-tagged",
		"A tagged frame came in at an access port, which takes untagged ones only.",
		"Send untagged, or make the port a trunk: 'vsctl port set DEV vlan trunk LIST'.",
	},
	[VSW_DROP_VLAN_UNTAGGED] = {
		"vlan-untagged",
		"An untagged frame came in at a trunk that has no native VLAN.",
		"Send tagged, or name a native VLAN: 'vsctl port set DEV vlan trunk LIST native VID'.",
	},
	[VSW_DROP_VLAN_INGRESS] = {
		"vlan-ingress",
		"The frame's VLAN is not one of the port's at which it came in.",
		"See which are: 'vsctl port show DEV'. Name all that are to be: 'vsctl port set DEV vlan trunk LIST'.",
	},
	[VSW_DROP_VLAN_EGRESS] = {
		"vlan-egress",
		"The frame's VLAN is not one of the port's by which it was to leave.",
		"A static entry leads there: see 'vsctl fdb show port DEV'. Move it, or give the port the VLAN.",
	},
	[VSW_DROP_SAME_PORT] = {
		"same-port",
		"The destination is behind the port at which the frame came in.",
		"Behind a hub or another switch this is as it should be; else see 'vsctl fdb show port DEV'.",
	},
	[VSW_DROP_NO_RECEIVER] = {
		"no-receiver",
		"The destination is unknown or a group, and no other port of the VLAN is up.",
		"See the ports, their VLANs and whether they are up: 'vsctl port show'.",
	},
	[VSW_DROP_PORT_DOWN] = {
		"port-down",
		"The port by which the frame was to leave is down or has no carrier.",
		"Set it up, and its peer: 'ip link set DEV up'.",
	},
	[VSW_DROP_TOO_BIG] = {
		"too-big",
		"The frame is longer than the MTU of the device by which it was to leave.",
		"Give all devices of a VLAN the same MTU: 'ip link set DEV mtu N'.",
	},
	[VSW_DROP_RULE] = {
		"rule",
		"A rule says that the frame is to be dropped.",
		"See which, and how often: 'vsctl -s rule show'.",
	},
	[VSW_DROP_REJECT] = {
		"reject",
		"A rule says that the frame is to be refused, and its sender told.",
		"See which, and how often: 'vsctl -s rule show'.",
	},
	[VSW_DROP_OUTPUT_GONE] = {
		"output-gone",
		"A rule sends the frame to a port that is there no more.",
		"Add the rule anew, with the port as it is now: 'vsctl rule show' has its ID.",
	},
	[VSW_DROP_TTL] = {
		"ttl",
		"A rule takes one from a TTL or hop limit that has none left.",
		"The packet goes in a circle, or came from too far: 'vsctl trace' shows its way.",
	},
	[VSW_DROP_POLICY] = {
		"policy",
		"No rule matches the frame, and such frames are to be dropped here.",
		"Permit it by a rule, or all: 'vsctl port set DEV policy permit'.",
	},
	[VSW_DROP_CT] = {
		"ct",
		"A rule commits or translates the frame's connection, and the kernel does not.",
		"Mostly a frame of the same one was faster: it passes when it is sent again. If it stays, see 'conntrack -S', insert_failed and chaintoolong, and whether 'ct nat' names addresses of another family. Where there are as many connections as may be, frames are 'ct invalid' instead.",
	},
	[VSW_DROP_POLICE] = {
		"police",
		"A rule sends the frame through a policer, whose rate is exceeded.",
		"See which, and how much passes: 'vsctl -s police show'.",
	},
	[VSW_DROP_NO_MEMORY] = {
		"no-memory",
		"There was no memory for a copy of the frame, or for its tag.",
		"See what the host's memory is used for: 'free', 'slabtop'.",
	},
	[VSW_DROP_QUEUE_FULL] = {
		"queue-full",
		"The queue of the device by which the frame was to leave refused it.",
		"More is sent than the device takes: see 'tc -s qdisc show dev DEV'; of a host or internal port, 'sysctl net.core.netdev_max_backlog'.",
	},
};

static bool is_known(uint32_t reason)
{
	return reason < ARRAY_SIZE(reasons) && reasons[reason].name;
}

/**
 * drops_reason - the name of a reason
 * @reason: the reason, &enum vsw_drop
 * @name: as the kernel calls it, which may be a newer one, or empty
 *
 * Return: the name, or the number, good until the next call
 */
const char *drops_reason(uint32_t reason, const char *name)
{
	if (is_known(reason))
		return reasons[reason].name;
	return *name ? name : names_enum(NULL, 0, reason);
}

/**
 * struct show - what is shown, and what was shown already
 * @v: the run
 * @port: one port was asked for
 * @is_port: the counters are a port's
 * @dev: name of its device
 * @explained: reasons whose text was written
 */
struct show {
	struct vsctl *v;
	bool port;
	bool is_port;
	char dev[IF_NAMESIZE];
	bool explained[ARRAY_SIZE(reasons)];
};

/* Whether a shell, to which the advice may be given, takes a name as it is. */
static bool is_plain(const char *name)
{
	const char *p;

	for (p = name; *p; p++) {
		if (!isalnum((unsigned char)*p) && !strchr(".-_@", *p))
			return false;
	}
	return *name != '-';
}

static void print_advice(struct show *show, const char *advice)
{
	const char *at, *dev = "DEV";
	char *text = NULL;
	size_t len;
	FILE *f;

	if (show->is_port && is_plain(show->dev))
		dev = show->dev;
	f = open_memstream(&text, &len);
	if (!f)
		return;
	for (; (at = strstr(advice, "DEV")); advice = at + strlen("DEV"))
		fprintf(f, "%.*s%s", (int)(at - advice), advice, dev);
	fputs(advice, f);
	if (!fclose(f))
		out_folded(&show->v->out, "advice", 8, text);
	free(text);
}

/*
 * The same reason is likely to be at many ports: text says once what it means,
 * and what to do, unless that is something to do at each port.
 */
static void explain(struct show *show, const struct nl_counter *c)
{
	const struct reason *r = &reasons[c->reason];
	bool first = !show->explained[c->reason];
	struct out *o = &show->v->out;

	if (o->json || first)
		out_folded(o, "meaning", 8, r->meaning);
	if (c->packets && strstr(r->advice, "DEV"))
		first = show->is_port;
	if (o->json || first)
		print_advice(show, r->advice);
	show->explained[c->reason] = true;
}

static void print_counter(struct show *show, const struct nl_counter *c)
{
	const char *name = drops_reason(c->reason, c->name);
	struct out *o = &show->v->out;

	out_object_begin(o, NULL);
	out_line(o, 4);
	out_str(o, OUT_BAD, "reason", NULL, name);
	out_width(o, 16, name);
	out_num(o, "packets", NULL, c->packets);
	if (is_known(c->reason))
		explain(show, c);
	out_object_end(o);
}

/**
 * drops_explain - what a reason means, and what can be done about it
 * @v: the run
 * @reason: the reason, &enum vsw_drop
 * @dev: the port's device
 */
void drops_explain(struct vsctl *v, uint32_t reason, const char *dev)
{
	struct show show = { .v = v, .is_port = true };
	struct nl_counter c = { .reason = reason };

	snprintf(show.dev, sizeof(show.dev), "%s", dev);
	if (is_known(reason))
		explain(&show, &c);
}

/* With -d the reasons for which nothing was dropped, too. */
static void print_rest(struct show *show, const struct nl_drops *drops)
{
	struct nl_counter none = {};
	unsigned int i;

	for (none.reason = 1; none.reason < ARRAY_SIZE(reasons);
	     none.reason++) {
		for (i = 0; i < drops->n; i++) {
			if (drops->counters[i].reason == none.reason)
				break;
		}
		if (i == drops->n)
			print_counter(show, &none);
	}
}

/* Whose counters they are: a port's, or a switch's. */
static void print_owner(struct vsctl *v, const struct nl_drops *drops)
{
	const char *index = v->details ? "ifindex" : OUT_JSON_ONLY;
	struct out *o = &v->out;

	if (drops->has & BIT(VSW_A_DROP_PORT)) {
		out_word(o, OUT_PLAIN, "port");
		out_title(o, "port", names_name(drops->port));
		out_num(o, "port-ifindex", index, drops->port);
		out_str(o, OUT_NAME, "switch", "switch",
			names_name(drops->sw));
		out_num(o, "switch-ifindex", index, drops->sw);
	} else {
		out_word(o, OUT_PLAIN, "switch");
		out_title(o, "switch", names_name(drops->sw));
		out_num(o, "switch-ifindex", index, drops->sw);
		out_word(o, OUT_PLAIN, "all ports");
	}
}

static void print_drops(struct show *show, const struct nl_drops *drops)
{
	struct vsctl *v = show->v;
	struct out *o = &v->out;
	unsigned int i;

	show->is_port = drops->has & BIT(VSW_A_DROP_PORT);
	if (show->is_port)
		snprintf(show->dev, sizeof(show->dev), "%s",
			 names_name(drops->port));
	out_object_begin(o, NULL);
	print_owner(v, drops);
	if (!drops->n && !v->details)
		out_word(o, OUT_PLAIN, "no drops");
	out_array_begin(o, "counters");
	for (i = 0; i < drops->n; i++)
		print_counter(show, &drops->counters[i]);
	if (v->details)
		print_rest(show, drops);
	out_array_end(o);
	out_object_end(o);
}

static int show_one(const struct nlmsghdr *nlh, void *data)
{
	struct show *show = data;
	struct vsctl *v = show->v;
	struct nl_drops *drops = calloc(1, sizeof(*drops));
	int rc = 0;

	if (!drops)
		rc = err_fail(v, "%s", strerror(errno));
	else if (nl_parse_drops(nlh, drops))
		rc = -1;
	/* Many ports have nothing to tell. */
	else if (drops->n || v->out.json || v->details || show->port ||
		 !(drops->has & BIT(VSW_A_DROP_PORT)))
		print_drops(show, drops);
	free(drops);
	if (!rc && out_failed(&v->out))
		rc = EXIT_REFUSED;
	return rc;
}

static int cmd_show(struct vsctl *v, struct words *w)
{
	const char *sw = NULL, *port = NULL;
	struct arg args[] = {
		{ .key = "port", .type = &type_dev, .to = &port },
		{ .type = &type_dev, .to = &sw },
	};
	struct show show = { .v = v };
	uint32_t sw_index, port_index;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && sw)
		rc = names_index(v, sw, &sw_index);
	if (!rc && port)
		rc = names_index(v, port, &port_index);
	if (rc)
		return rc;
	show.port = port;
	nl_request(v->nl, VSW_CMD_DROP_GET);
	if (sw)
		nl_put_u32(v->nl, VSW_A_DROP_SWITCH, sw_index, sw);
	if (port)
		nl_put_u32(v->nl, VSW_A_DROP_PORT, port_index, port);
	out_list_begin(&v->out);
	rc = nl_dump(v->nl, show_one, &show);
	out_list_end(&v->out);
	return rc;
}

static const struct command commands[] = {
	{ "show", cmd_show, false },
	{ "watch", drops_watch, false },
	{},
};

const struct object object_drops = { "drops", help, commands, NULL };
