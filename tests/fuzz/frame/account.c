// SPDX-License-Identifier: GPL-2.0
/*
 * What the switch counted, held against what happened.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "fuzz.h"

#define MAX_TOLD	40

struct totals totals;
bool quiet;

int mismatch(const char *fmt, ...)
{
	va_list ap;

	totals.failures++;
	if (quiet || totals.failures > MAX_TOLD)
		return 1;
	printf("# %s, round %llu: ", now_at, totals.rounds);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	return 1;
}

static int same(const char *where, const char *what, __u64 got, __u64 want)
{
	if (got == want)
		return 0;
	return mismatch("%s: %s: %llu, should be %llu", where, what, got, want);
}

static struct port *port_of(__u32 ifindex)
{
	int i;

	for (i = 0; i < rig.n_ports; i++)
		if (rig.ports[i].ifindex == ifindex)
			return &rig.ports[i];
	return NULL;
}

static void take_stats(struct counts *c, const struct nlattr_ref *nest)
{
	const void *pos = nest->data, *end = (const char *)pos + nest->len;
	struct nlattr_ref attr;

	while (attr_next(&pos, end, &attr)) {
		switch (attr.type) {
		case VSW_A_STATS_RX_PACKETS:
			c->rx = attr_number(&attr);
			break;
		case VSW_A_STATS_RX_BYTES:
			c->rx_bytes = attr_number(&attr);
			break;
		case VSW_A_STATS_TX_PACKETS:
			c->tx = attr_number(&attr);
			break;
		case VSW_A_STATS_TX_BYTES:
			c->tx_bytes = attr_number(&attr);
			break;
		case VSW_A_STATS_DROPS:
			c->drops = attr_number(&attr);
			break;
		}
	}
}

static void take_port(const void *pos, const void *end)
{
	struct nlattr_ref attr, stats = { 0 };
	struct port *port = NULL;

	while (attr_next(&pos, end, &attr)) {
		if (attr.type == VSW_A_PORT_IFINDEX)
			port = port_of(attr_u32(&attr));
		else if (attr.type == VSW_A_PORT_STATS)
			stats = attr;
	}
	if (port && stats.data)
		take_stats(&port->now, &stats);
}

static void take_counter(struct counts *c, const struct nlattr_ref *nest)
{
	const void *pos = nest->data, *end = (const char *)pos + nest->len;
	struct nlattr_ref attr;
	__u32 reason = 0;
	__u64 packets = 0;

	while (attr_next(&pos, end, &attr)) {
		if (attr.type == VSW_A_DROP_COUNTER_REASON)
			reason = attr_u32(&attr);
		else if (attr.type == VSW_A_DROP_COUNTER_PACKETS)
			packets = attr_number(&attr);
	}
	if (reason >= MAX_REASONS)
		die("reason %u", reason);
	c->reasons[reason] = packets;
}

static void take_drops(const void *start, const void *end)
{
	struct counts *c = &rig.sw_now;
	const void *pos = start;
	struct nlattr_ref attr;
	struct port *port;

	while (attr_next(&pos, end, &attr)) {
		if (attr.type != VSW_A_DROP_PORT)
			continue;
		port = port_of(attr_u32(&attr));
		c = port ? &port->now : NULL;
	}
	pos = start;
	while (c && attr_next(&pos, end, &attr))
		if (attr.type == VSW_A_DROP_COUNTER)
			take_counter(c, &attr);
}

static void fetch(__u8 cmd, __u16 switch_attr,
		  void (*take)(const void *pos, const void *end))
{
	const struct nlmsghdr *nlh;
	struct answer a;
	struct msg m;
	int left;

	msg_init(&m, rig.nl.family, cmd, NLM_F_DUMP);
	msg_put_u32(&m, switch_attr, rig.switch_ifindex);
	rig.nl.keep = true;
	genl_talk(&rig.nl, &m, &a);
	rig.nl.keep = false;
	if (a.err)
		die("counters, command %u: %s", cmd, strerror(a.err));
	nlh = (const struct nlmsghdr *)a.data;
	for (left = a.len; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left))
		take((const char *)NLMSG_DATA(nlh) + GENL_HDRLEN,
		     (const char *)nlh + nlh->nlmsg_len);
	free(a.data);
}

static void read_counts(void)
{
	fetch(VSW_CMD_PORT_GET, VSW_A_PORT_SWITCH, take_port);
	fetch(VSW_CMD_DROP_GET, VSW_A_DROP_SWITCH, take_drops);
}

/* What came since: all of it is numbers of 64 bits. */
static void compare(struct counts *change, const struct counts *now,
		    const struct counts *was)
{
	const __u64 *n = (const __u64 *)now, *w = (const __u64 *)was;
	__u64 *c = (__u64 *)change;
	size_t i;

	for (i = 0; i < sizeof(*change) / sizeof(*c); i++)
		c[i] = n[i] - w[i];
}

/* What the counters count since start_round(). */
void read_changes(void)
{
	int i;

	read_counts();
	compare(&rig.sw_change, &rig.sw_now, &rig.sw_was);
	for (i = 0; i < rig.n_ports; i++)
		compare(&rig.ports[i].change, &rig.ports[i].now,
			&rig.ports[i].was);
}

static void get_sink(const struct port *port, struct ff_sink *sink)
{
	memset(sink, 0, sizeof(*sink));
	sink->ifindex = port->ifindex;
	if (ioctl(rig.fd, FF_IOC_SINK_GET, sink))
		die("sink %s: %s", port->name, strerror(errno));
}

void start_round(void)
{
	struct ff_watch watch;
	struct ff_sink sink;
	int i;

	totals.rounds++;
	for (i = 0; i < rig.n_ports; i++)
		if (rig.ports[i].sink)
			get_sink(&rig.ports[i], &sink);
	if (rig.watched)
		ioctl(rig.fd, FF_IOC_WATCH_GET, &watch);
	read_counts();
	rig.sw_was = rig.sw_now;
	for (i = 0; i < rig.n_ports; i++)
		rig.ports[i].was = rig.ports[i].now;
}

/* What left by an adapter the host received, if only after a while. */
static int check_watched(const struct port *port)
{
	struct ff_watch sum = { 0 }, more;
	int tries, bad = 0;

	for (tries = 0; tries < 100; tries++) {
		if (ioctl(rig.fd, FF_IOC_WATCH_GET, &more))
			die("watch: %s", strerror(errno));
		sum.frames += more.frames;
		sum.bad += more.bad;
		if (sum.frames >= port->change.tx)
			break;
		usleep(20000);
	}
	bad += same(port->name, "frames that the host received", sum.frames,
		    port->change.tx);
	return bad + same(port->name, "checksums that are not what they say",
			  sum.bad, 0);
}

static const char *reason_name(int reason)
{
	return reason < (int)ARRAY_SIZE(spec_names_drop) - 1 ?
	       spec_names_drop[reason] : "of no name";
}

/* @whole: no frame is cut into segments that the sink could not tell from
 * others.
 */
static int check_sink(const struct port *port, bool whole)
{
	struct ff_sink sink;
	int bad = 0;

	get_sink(port, &sink);
	if (sink.bad)
		bad += mismatch("%s: %llu frames wrong, the first: %s",
				port->name, sink.bad, sink.what);
	if (!whole)
		return bad;
	bad += same(port->name, "frames that the sink saw", sink.originals,
		    port->change.tx);
	if (port->can != FF_CAN_ALL)
		return bad;
	bad += same(port->name, "frames that the sink took", sink.frames,
		    port->change.tx);
	return bad + same(port->name, "bytes that the sink took", sink.bytes,
			  port->change.tx_bytes);
}

struct sums {
	__u64 rx, tx, in_drops, out_drops;
};

/* What holds whatever was sent: sums are those of their parts. */
static int check_sums(const struct port *in, struct sums *s, bool whole)
{
	__u64 reasons[MAX_REASONS] = { 0 }, sum;
	int i, r, bad = 0;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < rig.n_ports; i++) {
		const struct port *port = &rig.ports[i];

		for (r = 0, sum = 0; r < MAX_REASONS; r++) {
			reasons[r] += port->change.reasons[r];
			sum += port->change.reasons[r];
		}
		bad += same(port->name, "drops", port->change.drops, sum);
		if (port != in)
			bad += same(port->name, "rx", port->change.rx, 0);
		s->rx += port->change.rx;
		s->tx += port->change.tx;
		*(port == in ? &s->in_drops : &s->out_drops) += sum;
		if (port->sink)
			bad += check_sink(port, whole);
	}
	for (r = 0; r < MAX_REASONS; r++)
		bad += same("switch", reason_name(r),
			    rig.sw_change.reasons[r],
			    reasons[r]);
	totals.frames += s->rx;
	totals.copies += s->tx;
	totals.drops += s->in_drops + s->out_drops;
	return bad;
}

static int check_rule(const struct ff_inject *req, const struct sums *s,
		      enum rule rule)
{
	__u64 drops = s->in_drops + s->out_drops;
	int bad = 0;

	switch (rule) {
	case RULE_ONE_COPY:
		return same("switch", "in = out + dropped", s->tx + drops,
			    s->rx);
	case RULE_FANOUT:
		return same("switch", "copies of flooded frames",
			    s->tx + s->out_drops,
			    (s->rx - s->in_drops) * req->fanout);
	case RULE_SEEN:
		bad += same("switch", "dropped", drops, s->rx - req->seen);
		bad += same("switch", "sent by the ports", s->tx, req->copies);
		return bad + same("sinks", "frames flooded to some", req->odd,
				  0);
	}
	return bad;
}

static void tell_request(const struct ff_inject *req, const struct port *in)
{
	printf("# %u frames at %s: seed %#llx dst %#x src %#x geo %#x ",
	       req->count, in->name, req->seed, req->dst, req->src, req->geo);
	printf("sum %#x tag %#x flags %#x len %u-%u\n", req->sum, req->tag,
	       req->flags, req->min_len, req->max_len);
}

/* After start_round() and frames from the module; returns mismatches. */
int check_round(const struct ff_inject *req, const struct port *in,
		enum rule rule)
{
	struct sums s;
	int bad = 0;

	read_changes();
	bad += same(in->name, "rx", in->change.rx, req->frames);
	bad += same(in->name, "rx bytes", in->change.rx_bytes, req->bytes);
	bad += same(in->name, "frames changed for others", req->changed, 0);
	bad += check_sums(in, &s, true);
	bad += check_rule(req, &s, rule);
	if (rig.watched)
		bad += check_watched(rig.watched);
	totals.passed += req->passed;
	totals.lost += req->lost;
	if (bad && !quiet)
		tell_request(req, in);
	return bad;
}

/* After frames of a program; @exact: the switch was to get all of them, @whole:
 * none is cut on its way out.
 */
int check_user_round(const struct port *in, __u64 frames, bool exact,
		     bool whole)
{
	struct ff_inject none = { 0 };
	struct sums s;
	int bad = 0;

	read_changes();
	if (exact)
		bad += same(in->name, "rx", in->change.rx, frames);
	bad += check_sums(in, &s, whole);
	return bad + check_rule(&none, &s, RULE_ONE_COPY);
}
