// SPDX-License-Identifier: GPL-2.0
/*
 * What the dumps tell, and whether they agree with each other.
 */
#include <stdlib.h>
#include <string.h>

#include "churn.h"

bool attr_get(const struct nlmsghdr *nlh, __u16 type, struct nlattr_ref *attr)
{
	const void *pos = (const char *)nlh + NLMSG_LENGTH(GENL_HDRLEN);
	const void *end = (const char *)nlh + nlh->nlmsg_len;

	while (attr_next(&pos, end, attr))
		if (attr->type == type)
			return true;
	return false;
}

/* 0 if there is none. */
__u64 attr_get_number(const struct nlmsghdr *nlh, __u16 type)
{
	struct nlattr_ref attr;

	return attr_get(nlh, type, &attr) ? attr_number(&attr) : 0;
}

/* Calls @fn for each message of the next piece of a dump, whose messages are to
 * be kept; is there one more?
 */
bool dump_piece(struct genl *nl, struct answer *a,
		void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg)
{
	const struct nlmsghdr *nlh;
	bool more;
	size_t len;

	a->len = 0;
	more = genl_recv(nl, a);
	nlh = (void *)a->data;
	len = a->len;
	for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len))
		fn(nlh, arg);
	return more;
}

/* Calls @fn for each message of a dump; holds no more than one piece of it. */
void dump_each(struct genl *nl, struct msg *m, struct answer *a,
	       void (*fn)(const struct nlmsghdr *nlh, void *arg), void *arg)
{
	memset(a, 0, sizeof(*a));
	nl->keep = true;
	genl_send(nl, m);
	while (dump_piece(nl, a, fn, arg))
		;
	nl->keep = false;
	free(a->data);
	a->data = NULL;
}

/* Takes the first piece of a dump; is there more of it? */
bool dump_begin(struct genl *nl, __u8 cmd)
{
	struct answer a = { 0 };
	struct msg m;

	msg_init(&m, nl->family, cmd, NLM_F_DUMP);
	genl_send(nl, &m);
	return genl_recv(nl, &a);
}

static void ignore(const struct nlmsghdr *nlh, void *arg)
{
	(void)nlh;
	(void)arg;
}

/* All that can be dumped, for its own sake; true if none was refused. */
bool dump_all(struct conn *c)
{
	static const __u8 cmds[] = {
		VSW_CMD_SWITCH_GET, VSW_CMD_PORT_GET, VSW_CMD_FDB_GET,
		VSW_CMD_DROP_GET,
	};
	bool good = true;
	struct answer a;
	struct msg m;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		msg_init(&m, c->vsw.family, cmds[i], NLM_F_DUMP);
		dump_each(&c->vsw, &m, &a, ignore, NULL);
		good &= !a.err;
	}
	return good;
}

static int compare(const void *a, const void *b)
{
	const __u64 *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* How many keys are there more than once? Sorts them. */
unsigned int duplicates(__u64 *keys, size_t n)
{
	unsigned int found = 0;
	size_t i;

	qsort(keys, n, sizeof(*keys), compare);
	for (i = 1; i < n; i++)
		found += keys[i] == keys[i - 1];
	return found;
}

__u64 fdb_key(const struct nlmsghdr *nlh)
{
	struct nlattr_ref mac;
	__u64 key = 0;

	if (!attr_get(nlh, VSW_A_FDB_MAC, &mac) || mac.len != MAC_LEN)
		die("an entry without an address");
	memcpy(&key, mac.data, MAC_LEN);
	return key | attr_get_number(nlh, VSW_A_FDB_VID) << 48;
}

static void *grow(void *array, size_t n, size_t size)
{
	/* Doubled when it is full. */
	if (n & (n - 1))
		return array;
	array = realloc(array, (n ? 2 * n : 1) * size);
	if (!array)
		die("out of memory");
	return array;
}

static struct sw_info *find_switch(const struct view *v, __u32 sw)
{
	unsigned int i;

	for (i = 0; i < v->n_sw; i++)
		if (v->sw[i].sw == sw)
			return &v->sw[i];
	return NULL;
}

static bool has_port(const struct view *v, __u32 sw, __u32 port)
{
	unsigned int i;

	for (i = 0; i < v->n_ports; i++)
		if (v->port[i].port == port && v->port[i].sw == sw)
			return true;
	return false;
}

static void take_switch(const struct nlmsghdr *nlh, void *arg)
{
	struct view *v = arg;

	v->sw = grow(v->sw, v->n_sw, sizeof(*v->sw));
	v->sw[v->n_sw++] = (struct sw_info){
		.sw = attr_get_number(nlh, VSW_A_SWITCH_IFINDEX),
		.ports = attr_get_number(nlh, VSW_A_SWITCH_PORT_COUNT),
		.count = attr_get_number(nlh, VSW_A_SWITCH_FDB_COUNT),
		.learned = attr_get_number(nlh, VSW_A_SWITCH_FDB_LEARNED),
		.refused = attr_get_number(nlh, VSW_A_SWITCH_FDB_REFUSED),
	};
}

static void take_stats(const struct nlattr_ref *nest, struct port_info *port)
{
	const void *pos = nest->data;
	const void *end = (const char *)nest->data + nest->len;
	struct nlattr_ref attr;

	while (attr_next(&pos, end, &attr)) {
		if (attr.type == VSW_A_STATS_RX_PACKETS)
			port->rx = attr_number(&attr);
		else if (attr.type == VSW_A_STATS_TX_PACKETS)
			port->tx = attr_number(&attr);
		else if (attr.type == VSW_A_STATS_DROPS)
			port->drops = attr_number(&attr);
	}
}

static void take_port(const struct nlmsghdr *nlh, void *arg)
{
	struct port_info port = {
		.sw = attr_get_number(nlh, VSW_A_PORT_SWITCH),
		.port = attr_get_number(nlh, VSW_A_PORT_IFINDEX),
	};
	struct nlattr_ref stats;
	struct view *v = arg;
	struct sw_info *sw;

	if (!attr_get(nlh, VSW_A_PORT_STATS, &stats))
		die("a port without counters");
	take_stats(&stats, &port);
	v->port = grow(v->port, v->n_ports, sizeof(*v->port));
	v->port[v->n_ports++] = port;
	sw = find_switch(v, port.sw);
	if (sw)
		sw->seen_ports++;
}

static void take_entry(const struct nlmsghdr *nlh, void *arg)
{
	__u32 number = attr_get_number(nlh, VSW_A_FDB_SWITCH);
	struct view *v = arg;
	struct sw_info *sw = find_switch(v, number);

	v->n_fdb++;
	v->strays += !has_port(v, number, attr_get_number(nlh, VSW_A_FDB_PORT));
	if (!sw)
		return;
	sw->seen_count++;
	sw->seen_learned += attr_get_number(nlh, VSW_A_FDB_TYPE) ==
			    FDB_LEARNED;
}

static void take(struct conn *c, struct view *v, __u8 cmd,
		 void (*fn)(const struct nlmsghdr *nlh, void *arg))
{
	struct answer a;
	struct msg m;

	msg_init(&m, c->vsw.family, cmd, NLM_F_DUMP);
	dump_each(&c->vsw, &m, &a, fn, v);
	v->interrupted |= a.interrupted;
	v->err = v->err ?: a.err;
}

void view_take(struct conn *c, struct view *v)
{
	memset(v, 0, sizeof(*v));
	take(c, v, VSW_CMD_SWITCH_GET, take_switch);
	take(c, v, VSW_CMD_PORT_GET, take_port);
	take(c, v, VSW_CMD_FDB_GET, take_entry);
}

void view_free(struct view *v)
{
	free(v->sw);
	free(v->port);
}

bool view_consistent(const struct view *v)
{
	unsigned int i;

	if (v->err || v->interrupted || v->strays)
		return false;
	for (i = 0; i < v->n_sw; i++)
		if (v->sw[i].ports != v->sw[i].seen_ports ||
		    v->sw[i].count != v->sw[i].seen_count ||
		    v->sw[i].learned != v->sw[i].seen_learned)
			return false;
	return true;
}

static void tell(const struct view *v)
{
	unsigned int i;

	tap_info("dumps: error %d, interrupted %d, %u stray entries", v->err,
		 v->interrupted, v->strays);
	for (i = 0; i < v->n_sw; i++)
		tap_info("switch %u: ports %u (dumped %u), entries %u (%u), learned %u (%u)",
			 v->sw[i].sw, v->sw[i].ports, v->sw[i].seen_ports,
			 v->sw[i].count, v->sw[i].seen_count, v->sw[i].learned,
			 v->sw[i].seen_learned);
}

/* Do switches, ports and MAC tables agree? What ages, or comes up, may do so
 * between two dumps, but not each time.
 */
bool consistent(struct conn *c)
{
	struct view v;
	bool ok;
	int i;

	for (i = 0; i < 20; i++) {
		view_take(c, &v);
		ok = view_consistent(&v);
		if (!ok && i == 19)
			tell(&v);
		view_free(&v);
		if (ok)
			return true;
		nap(0.01);
	}
	return false;
}

bool empty(struct conn *c)
{
	struct view v;
	bool ok;

	view_take(c, &v);
	ok = !v.err && !v.n_sw && !v.n_ports && !v.n_fdb;
	if (!ok)
		tap_info("left: error %d, %u switches, %u ports, %u entries",
			 v.err, v.n_sw, v.n_ports, v.n_fdb);
	view_free(&v);
	return ok;
}
