// SPDX-License-Identifier: GPL-2.0
/*
 * All state there is, as sorted lines of text, with names instead of indices:
 * what a command that failed must have left as it was.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

#define NAMES		512

/* Devices, looked up before and not while allocations fail. */
static struct device {
	__u32 index, master, flags, promiscuity, mtu;
	char name[IFNAMSIZ];
	__u8 mac[6];
} names[NAMES];
static int n_names;

static const char *name_by_index(__u32 index)
{
	int i;

	for (i = 0; i < n_names; i++)
		if (names[i].index == index)
			return names[i].name;
	return index ? "?" : "-";
}

static const char *name_of(const struct nlattr *attr)
{
	return name_by_index(attr ? mnl_attr_get_u32(attr) : 0);
}

__printf(2, 3) static void put(struct text *t, const char *fmt, ...)
{
	va_list ap;

	if (t->n == TEXT_LINES)
		die("more state than expected");
	va_start(ap, fmt);
	vsnprintf(t->line[t->n++], TEXT_WIDTH, fmt, ap);
	va_end(ap);
}

struct attrs {
	const struct nlattr *a[64];
};

static int attr_cb(const struct nlattr *attr, void *arg)
{
	struct attrs *attrs = arg;
	__u16 type = mnl_attr_get_type(attr);

	if (type < ARRAY_SIZE(attrs->a))
		attrs->a[type] = attr;
	return MNL_CB_OK;
}

static void parse(const struct nlmsghdr *nlh, size_t header, struct attrs *at)
{
	memset(at, 0, sizeof(*at));
	mnl_attr_parse(nlh, header, attr_cb, at);
}

static __u32 u32_of(const struct nlattr *attr)
{
	return attr ? mnl_attr_get_u32(attr) : 0;
}

static int name_cb(const struct nlmsghdr *nlh, void *arg)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct device *dev = &names[n_names];
	struct attrs at;

	(void)arg;
	parse(nlh, sizeof(*ifi), &at);
	if (n_names == NAMES || !at.a[IFLA_IFNAME])
		return MNL_CB_OK;
	memset(dev, 0, sizeof(*dev));
	dev->index = ifi->ifi_index;
	dev->flags = ifi->ifi_flags;
	dev->master = u32_of(at.a[IFLA_MASTER]);
	dev->promiscuity = u32_of(at.a[IFLA_PROMISCUITY]);
	dev->mtu = u32_of(at.a[IFLA_MTU]);
	strncpy(dev->name, mnl_attr_get_str(at.a[IFLA_IFNAME]), IFNAMSIZ - 1);
	if (at.a[IFLA_ADDRESS] &&
	    mnl_attr_get_payload_len(at.a[IFLA_ADDRESS]) == 6)
		memcpy(dev->mac, mnl_attr_get_payload(at.a[IFLA_ADDRESS]), 6);
	n_names++;
	return MNL_CB_OK;
}

/* Learns the names that lines of text are to have. */
static void get_names(void)
{
	struct outcome o;

	n_names = 0;
	inject_arm(0);
	nl_dump(msg_link(RTM_GETLINK, NLM_F_DUMP, NULL), &o, name_cb, NULL);
	if (o.err)
		die("links: %s", strerror(o.err));
}

/* Random addresses say nothing. */
static void put_mac(char *text, const __u8 *mac)
{
	strcpy(text, "random");
	if (!memcmp(mac, MAC_PREFIX, 3))
		sprintf(text, "%02x:%02x:%02x", mac[3], mac[4], mac[5]);
}

static void text_links(struct text *t)
{
	const struct device *dev;
	char mac[32];

	for (dev = names; dev < names + n_names; dev++) {
		put_mac(mac, dev->mac);
		put(t, "link %s master %s up %d promisc %u mtu %u mac %s",
		    dev->name, name_by_index(dev->master),
		    !!(dev->flags & IFF_UP), dev->promiscuity, dev->mtu, mac);
	}
}

static int switch_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	put(arg,
	    "switch %s aware %u ageing %u limit %u count %u learned %u ports %u",
	    name_of(at.a[VSW_A_SWITCH_IFINDEX]),
	    mnl_attr_get_u8(at.a[VSW_A_SWITCH_VLAN_AWARE]),
	    u32_of(at.a[VSW_A_SWITCH_AGEING]),
	    u32_of(at.a[VSW_A_SWITCH_FDB_LIMIT]),
	    u32_of(at.a[VSW_A_SWITCH_FDB_COUNT]),
	    u32_of(at.a[VSW_A_SWITCH_FDB_LEARNED]),
	    u32_of(at.a[VSW_A_SWITCH_PORT_COUNT]));
	return MNL_CB_OK;
}

/* As a dump, or as the reply to a request for one. */
void text_switches(struct text *t, struct outcome *o, const char *sw)
{
	struct nlmsghdr *nlh;

	nlh = msg_vsw(VSW_CMD_SWITCH_GET, sw ? NLM_F_ACK : NLM_F_DUMP);
	if (sw)
		add_attr(nlh, VSW_A_SWITCH_IFINDEX, sw);
	nl_dump(nlh, o, switch_cb, t);
}

static __u32 sum_vlans(const struct nlattr *attr)
{
	const __u8 *p = attr ? mnl_attr_get_payload(attr) : NULL;
	__u32 i, sum = 0;

	for (i = 0; p && i < VSW_VLANS_LEN; i++)
		sum = sum * 31 + p[i];
	return sum;
}

static int port_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	put(arg,
	    "port %s (%s) switch %s type %u mode %u pvid %u vlans %x up %u",
	    mnl_attr_get_str(at.a[VSW_A_PORT_NAME]),
	    name_of(at.a[VSW_A_PORT_IFINDEX]), name_of(at.a[VSW_A_PORT_SWITCH]),
	    u32_of(at.a[VSW_A_PORT_TYPE]), u32_of(at.a[VSW_A_PORT_VLAN_MODE]),
	    at.a[VSW_A_PORT_PVID] ? mnl_attr_get_u16(at.a[VSW_A_PORT_PVID]) : 0,
	    sum_vlans(at.a[VSW_A_PORT_VLANS]),
	    mnl_attr_get_u8(at.a[VSW_A_PORT_UP]));
	return MNL_CB_OK;
}

void text_ports(struct text *t, struct outcome *o, const char *sw,
		const char *port)
{
	struct nlmsghdr *nlh;

	nlh = msg_vsw(VSW_CMD_PORT_GET, port ? NLM_F_ACK : NLM_F_DUMP);
	if (sw)
		add_attr(nlh, VSW_A_PORT_SWITCH, sw);
	if (port)
		add_attr(nlh, VSW_A_PORT_IFINDEX, port);
	nl_dump(nlh, o, port_cb, t);
}

static int fdb_cb(const struct nlmsghdr *nlh, void *arg)
{
	const char *port;
	struct attrs at;
	const __u8 *mac;
	char text[32];
	int i;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	port = name_of(at.a[VSW_A_FDB_PORT]);
	mac = mnl_attr_get_payload(at.a[VSW_A_FDB_MAC]);
	put_mac(text, mac);
	for (i = 0; i < n_names; i++)
		if (!strcmp(names[i].name, port) &&
		    !memcmp(names[i].mac, mac, 6))
			strcpy(text, "own");
	put(arg, "fdb %s vlan %u switch %s port %s type %u", text,
	    mnl_attr_get_u16(at.a[VSW_A_FDB_VID]),
	    name_of(at.a[VSW_A_FDB_SWITCH]), port,
	    u32_of(at.a[VSW_A_FDB_TYPE]));
	return MNL_CB_OK;
}

/* A dump, narrowed to what is not NULL or 0. */
void text_fdb(struct text *t, struct outcome *o, const char *sw,
	      const char *port, __u16 vid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_GET, NLM_F_DUMP);

	if (sw)
		add_attr(nlh, VSW_A_FDB_SWITCH, sw);
	if (port)
		add_attr(nlh, VSW_A_FDB_PORT, port);
	if (vid)
		mnl_attr_put_u16(nlh, VSW_A_FDB_VID, vid);
	nl_dump(nlh, o, fdb_cb, t);
}

/* The one entry of a static address. */
void text_entry(struct text *t, struct outcome *o, const char *sw,
		const char *mac, __u16 vid)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_GET, NLM_F_ACK);

	add_attr(nlh, VSW_A_FDB_SWITCH, sw);
	mnl_attr_put(nlh, VSW_A_FDB_MAC, 6, mac);
	mnl_attr_put_u16(nlh, VSW_A_FDB_VID, vid);
	nl_dump(nlh, o, fdb_cb, t);
}

static int drop_cb(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *attr, *one;
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	put(arg, "drops of %s, port %s", name_of(at.a[VSW_A_DROP_SWITCH]),
	    name_of(at.a[VSW_A_DROP_PORT]));
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != VSW_A_DROP_COUNTER)
			continue;
		mnl_attr_for_each_nested(one, attr)
			if (mnl_attr_get_type(one) == VSW_A_DROP_COUNTER_NAME)
				put(arg, "drops of %s, port %s: %s",
				    name_of(at.a[VSW_A_DROP_SWITCH]),
				    name_of(at.a[VSW_A_DROP_PORT]),
				    mnl_attr_get_str(one));
	}
	return MNL_CB_OK;
}

void text_drops(struct text *t, struct outcome *o, const char *sw,
		const char *port)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_DROP_GET, NLM_F_DUMP);

	if (sw)
		add_attr(nlh, VSW_A_DROP_SWITCH, sw);
	if (port)
		add_attr(nlh, VSW_A_DROP_PORT, port);
	nl_dump(nlh, o, drop_cb, t);
}

/* Without its ID: the next rule has another. */
static int rule_cb(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *match, *except, *actions;
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	match = at.a[VSW_A_RULE_MATCH];
	except = at.a[VSW_A_RULE_EXCEPT];
	actions = mnl_attr_get_payload(at.a[VSW_A_RULE_ACTIONS]);
	put(arg, "rule of %s prio %u match %u except %u action %u",
	    name_of(at.a[VSW_A_RULE_SWITCH]), u32_of(at.a[VSW_A_RULE_PRIO]),
	    match ? mnl_attr_get_payload_len(match) : 0,
	    except ? mnl_attr_get_payload_len(except) : 0,
	    mnl_attr_get_type(actions));
	return MNL_CB_OK;
}

void text_rules(struct text *t, struct outcome *o, const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_RULE_GET, NLM_F_DUMP);

	if (sw)
		add_attr(nlh, VSW_A_RULE_SWITCH, sw);
	nl_dump(nlh, o, rule_cb, t);
}

static int set_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	put(arg, "set %s addresses %u rules %u, %u bytes of them",
	    mnl_attr_get_str(at.a[VSW_A_SET_NAME]),
	    u32_of(at.a[VSW_A_SET_COUNT]), u32_of(at.a[VSW_A_SET_RULES]),
	    at.a[VSW_A_SET_ADDRESSES] ?
	    mnl_attr_get_payload_len(at.a[VSW_A_SET_ADDRESSES]) : 0);
	return MNL_CB_OK;
}

void text_sets(struct text *t, struct outcome *o)
{
	nl_dump(msg_vsw(VSW_CMD_SET_GET, NLM_F_DUMP), o, set_cb, t);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

void text_sort(struct text *t)
{
	qsort(t->line, t->n, TEXT_WIDTH, compare);
}

/* All there is in this network namespace. */
void state_take(struct text *t)
{
	struct outcome o[5];

	t->n = 0;
	get_names();
	text_links(t);
	text_switches(t, &o[0], NULL);
	text_ports(t, &o[1], NULL, NULL);
	text_fdb(t, &o[2], NULL, NULL, 0);
	text_rules(t, &o[3], NULL);
	text_sets(t, &o[4]);
	if (o[0].err || o[1].err || o[2].err || o[3].err || o[4].err)
		die("state: a dump fails without injection");
	text_sort(t);
}

bool state_same(const struct text *a, const struct text *b)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->line[i], b->line[i]))
			return false;
	return true;
}

/* Prints what is in one only. */
void state_diff(const struct text *a, const struct text *b)
{
	size_t i = 0, j = 0;
	int c;

	while (i < a->n || j < b->n) {
		c = i == a->n ? 1 : j == b->n ? -1 :
		    strcmp(a->line[i], b->line[j]);
		if (c < 0)
			note("  - %s", a->line[i]);
		else if (c > 0)
			note("  + %s", b->line[j]);
		i += c <= 0;
		j += c >= 0;
	}
}

static int count_drops_cb(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *attr, *one;
	struct counters *c = arg;
	__u32 reason = 0;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) != VSW_A_DROP_COUNTER)
			continue;
		mnl_attr_for_each_nested(one, attr) {
			__u16 type = mnl_attr_get_type(one);

			if (type == VSW_A_DROP_COUNTER_REASON)
				reason = mnl_attr_get_u32(one);
			if (type == VSW_A_DROP_COUNTER_PACKETS &&
			    reason <= VSW_DROP_MAX)
				c->drop[reason] = mnl_attr_get_u64(one);
		}
	}
	return MNL_CB_OK;
}

static int count_port_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct counters *c = arg;
	const struct nlattr *one;
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	if (!at.a[VSW_A_PORT_STATS])
		return MNL_CB_OK;
	mnl_attr_for_each_nested(one, at.a[VSW_A_PORT_STATS]) {
		if (mnl_attr_get_type(one) == VSW_A_STATS_RX_PACKETS)
			c->rx = mnl_attr_get_u64(one);
		else if (mnl_attr_get_type(one) == VSW_A_STATS_TX_PACKETS)
			c->tx = mnl_attr_get_u64(one);
	}
	return MNL_CB_OK;
}

static int count_link_cb(const struct nlmsghdr *nlh, void *arg)
{
	const struct rtnl_link_stats64 *stats;
	struct counters *c = arg;
	struct attrs at;

	parse(nlh, sizeof(struct ifinfomsg), &at);
	if (!at.a[IFLA_STATS64])
		return MNL_CB_OK;
	stats = mnl_attr_get_payload(at.a[IFLA_STATS64]);
	c->dev_dropped = stats->tx_dropped;
	return MNL_CB_OK;
}

void counters_get(const char *port, struct counters *c)
{
	struct outcome o[3];
	struct nlmsghdr *nlh;

	memset(c, 0, sizeof(*c));
	inject_arm(0);
	nlh = msg_vsw(VSW_CMD_PORT_GET, NLM_F_ACK);
	add_attr(nlh, VSW_A_PORT_IFINDEX, port);
	nl_dump(nlh, &o[0], count_port_cb, c);
	nlh = msg_vsw(VSW_CMD_DROP_GET, NLM_F_DUMP);
	add_attr(nlh, VSW_A_DROP_PORT, port);
	nl_dump(nlh, &o[1], count_drops_cb, c);
	nl_dump(msg_link(RTM_GETLINK, NLM_F_ACK, port), &o[2], count_link_cb,
		c);
	if (o[0].err || o[1].err || o[2].err)
		die("%s: counters cannot be read", port);
}

static int numbers_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct switch_numbers *n = arg;
	struct attrs at;

	parse(nlh, sizeof(struct genlmsghdr), &at);
	if (!at.a[VSW_A_SWITCH_FDB_REFUSED])
		return MNL_CB_OK;
	n->count = mnl_attr_get_u32(at.a[VSW_A_SWITCH_FDB_COUNT]);
	n->learned = mnl_attr_get_u32(at.a[VSW_A_SWITCH_FDB_LEARNED]);
	n->refused = mnl_attr_get_u64(at.a[VSW_A_SWITCH_FDB_REFUSED]);
	return MNL_CB_OK;
}

void switch_numbers(const char *sw, struct switch_numbers *n)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_SWITCH_GET, NLM_F_ACK);
	struct outcome o;

	inject_arm(0);
	add_attr(nlh, VSW_A_SWITCH_IFINDEX, sw);
	nl_dump(nlh, &o, numbers_cb, n);
	if (o.err)
		die("%s: %s", sw, strerror(o.err));
}

static int count_cb(const struct nlmsghdr *nlh, void *arg)
{
	(void)nlh;
	++*(unsigned int *)arg;
	return MNL_CB_OK;
}

/* How many entries a dump of a switch's MAC table has. */
unsigned int fdb_count(const char *sw)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_GET, NLM_F_DUMP);
	unsigned int n = 0;
	struct outcome o;

	inject_arm(0);
	add_attr(nlh, VSW_A_FDB_SWITCH, sw);
	nl_dump(nlh, &o, count_cb, &n);
	if (o.err)
		die("%s: %s", sw, strerror(o.err));
	return n;
}
