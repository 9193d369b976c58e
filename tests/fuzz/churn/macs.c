// SPDX-License-Identifier: GPL-2.0
/*
 * As many addresses as a switch can be made to learn, as fast as they come, and
 * their ageing, while the table is dumped all the time.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "churn.h"

#define MACS_SHORT	50000
#define MACS_MIN	5000
#define MACS_LONG	1000005
#define SENDERS		2
/* This part of what is sent is more than the limit. */
#define REFUSED(n)	((n) / 16)

static unsigned int macs_max;
static int tap_fd[SENDERS];
static __u32 sw;

/* How a dump saw the table while it went on. */
struct seen {
	__u64 *keys;
	size_t n, room;
};

static void take_key(const struct nlmsghdr *nlh, void *arg)
{
	struct seen *seen = arg;

	if (seen->n < seen->room)
		seen->keys[seen->n] = fdb_key(nlh);
	seen->n++;
}

static struct sw_info ask(struct conn *c)
{
	struct sw_info info = { 0 };
	const struct nlmsghdr *nlh;
	struct answer a;
	struct msg m;

	msg_init(&m, c->vsw.family, VSW_CMD_SWITCH_GET, NLM_F_ACK);
	msg_put_u32(&m, VSW_A_SWITCH_IFINDEX, sw);
	c->vsw.keep = true;
	genl_talk(&c->vsw, &m, &a);
	c->vsw.keep = false;
	if (a.err || !a.data)
		die("the switch is gone");
	nlh = (void *)a.data;
	info.count = attr_get_number(nlh, VSW_A_SWITCH_FDB_COUNT);
	info.learned = attr_get_number(nlh, VSW_A_SWITCH_FDB_LEARNED);
	info.refused = attr_get_number(nlh, VSW_A_SWITCH_FDB_REFUSED);
	free(a.data);
	return info;
}

/*
 * Takes a dump piece by piece. The kernel makes a piece when the one before it
 * is taken: what changed between the first and the last but two, it has seen.
 * Returns whether it did, by the number of entries.
 */
static bool dump_watching(struct conn *asker, struct genl *nl, struct answer *a,
			  struct seen *seen)
{
	__u32 first = 0, before = 0, last = 0, count;
	unsigned int pieces = 0;
	struct msg m;
	bool more;

	memset(a, 0, sizeof(*a));
	seen->n = 0;
	msg_init(&m, nl->family, VSW_CMD_FDB_GET, NLM_F_DUMP);
	msg_put_u32(&m, VSW_A_FDB_SWITCH, sw);
	nl->keep = true;
	genl_send(nl, &m);
	do {
		more = dump_piece(nl, a, take_key, seen);
		count = more ? ask(asker).count : 0;
		if (!pieces++) {
			first = count;
			last = count;
		}
		if (more) {
			before = last;
			last = count;
		}
	} while (more);
	free(a->data);
	return pieces > 2 && first != before;
}

static bool dump_once(struct conn *c, struct genl *nl, struct seen *seen)
{
	__u32 before = ask(c).count, after;
	struct answer a;
	bool changed, good;

	changed = dump_watching(c, nl, &a, seen);
	after = ask(c).count;
	good = !a.err && seen->n <= seen->room && (a.interrupted || !changed);
	/* Left alone it tells each once, and as many as there are. */
	if (good && !a.interrupted) {
		good = !duplicates(seen->keys, seen->n);
		if (before == after)
			good &= seen->n == before;
	}
	if (!good)
		tap_info("dump: error %d, %zu entries, interrupted %d, changed %d; %u before, %u after",
			 a.err, seen->n, a.interrupted, changed, before, after);
	return good;
}

static void dumper(unsigned int id)
{
	struct seen seen = { .room = 2 * macs_max + 16 };
	struct conn c;
	struct genl nl;

	seen.keys = malloc(seen.room * sizeof(*seen.keys));
	if (!seen.keys)
		die("out of memory");
	conn_open(&c);
	/* One dumps in small pieces, one in large. */
	genl_open(&nl, id % 2 ? 4096 : 0);
	while (!stopped()) {
		if (!dump_once(&c, &nl, &seen)) {
			shared->worker[id].bad++;
			return;
		}
		shared->worker[id].done++;
		shared->worker[id].good += seen.n;
		/* Others are to get the CPU, too, where there is only one. */
		nap(0.05);
	}
}

/* Each address once: a sender has every SENDERSth. In the short form it ends
 * early where it is slow.
 */
static void sender(unsigned int id)
{
	__u8 frame[FRAME_MAX], mac[MAC_LEN], to[MAC_LEN];
	double end = now() + fuzz_seconds / 2;
	__u32 i;

	memset(to, 0xff, sizeof(to));
	for (i = id; i < macs_max; i += SENDERS) {
		if (!long_form && i >= MACS_MIN && now() > end)
			return;
		mac_of(mac, i);
		frame_make(frame, to, mac, 0, 60);
		if (write(tap_fd[id], frame, 60) != 60) {
			tap_info("frame %u: %s", i, strerror(errno));
			shared->worker[id].bad++;
			return;
		}
		shared->worker[id].done++;
	}
}

static void learn(struct conn *c)
{
	__u32 limit = macs_max - REFUSED(macs_max);
	__u64 bad = 0, sent = 0;
	pid_t pids[SENDERS];
	double start = now();
	struct sw_info info;
	unsigned int i;
	bool good;

	for (i = 0; i < SENDERS; i++)
		pids[i] = start_worker(sender, i);
	good = wait_workers(pids, SENDERS, 10 * HANG);
	start = now() - start;
	for (i = 0; i < SENDERS; i++) {
		sent += shared->worker[i].done;
		bad += shared->worker[i].bad;
	}
	info = ask(c);
	good &= sent >= (long_form ? macs_max : MACS_MIN) &&
		info.learned + info.refused == sent &&
		info.learned == (sent < limit ? sent : limit);
	tap(good && !bad,
	    "macs: %llu sent in %.1f s (%.0f/s): %u learned + %llu refused",
	    sent, start, sent / start, info.learned,
	    info.refused);
}

static void age(struct conn *c)
{
	struct sw_info info;
	double start = now();

	if (sw_set(c, sw, 1, macs_max))
		tap_info("ageing cannot be set");
	do {
		nap(0.1);
		info = ask(c);
	} while (info.learned && now() < start + HANG);
	tap(!info.learned && now() < start + HANG,
	    "macs: none of them left after %.1f s of ageing", now() - start);
}

static void make_switch(struct conn *c)
{
	char name[IF_NAMESIZE];
	unsigned int i;

	if (sw_add(c, "sw", true))
		die("no switch");
	sw = if_nametoindex("sw");
	if (sw_set(c, sw, 1000000, macs_max - REFUSED(macs_max)))
		die("no limit");
	for (i = 0; i < SENDERS; i++) {
		snprintf(name, sizeof(name), "t%u", i);
		tap_fd[i] = tap_open(name);
		link_up(c, if_nametoindex(name), true);
		if (port_add(c, sw, if_nametoindex(name)))
			die("no port");
	}
}

void part_macs(double seconds)
{
	int home = ns_open(), ns = ns_new();
	__u64 dumps = 0, told = 0, bad = 0;
	pid_t pids[2];
	struct conn c;
	unsigned int i;
	bool ended;

	(void)seconds;
	macs_max = long_form ? MACS_LONG / 15 * 16 : MACS_SHORT;
	conn_open(&c);
	make_switch(&c);
	for (i = 0; i < ARRAY_SIZE(pids); i++)
		pids[i] = start_worker(dumper, SENDERS + i);
	learn(&c);
	age(&c);
	ended = end_workers(pids, ARRAY_SIZE(pids));
	for (i = SENDERS; i < SENDERS + ARRAY_SIZE(pids); i++) {
		dumps += shared->worker[i].done;
		told += shared->worker[i].good;
		bad += shared->worker[i].bad;
	}
	tap(ended && !bad && dumps >= 4,
	    "macs: %llu dumps of %llu entries meanwhile, each told of changes",
	    dumps, told);
	for (i = 0; i < SENDERS; i++)
		close(tap_fd[i]);
	ended = consistent(&c);
	link_del_all(&c);
	tap(ended && empty(&c) && log_clean(), "macs: nothing is left");
	conn_close(&c);
	ns_enter(home);
	close(home);
	close(ns);
}
