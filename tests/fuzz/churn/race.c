// SPDX-License-Identifier: GPL-2.0
/*
 * Processes that make, change, use, dump and delete the same switches, ports
 * and addresses at the same time, each for itself and in random order.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "churn.h"

#define NAMES		4	/* of each kind of device */
#define SLICE		5.0
#define BURST		8

static int home, other;

/* What a worker has. */
struct racer {
	unsigned int id;
	struct conn c;
	struct rng rng;
	int tap[NAMES];
	int packet;
	struct genl listener[NAMES];
};

static const char *name(struct rng *rng, const char *kinds)
{
	static char buf[IF_NAMESIZE];

	snprintf(buf, sizeof(buf), "r%c%u", kinds[pick(rng, strlen(kinds))],
		 pick(rng, NAMES));
	return buf;
}

/* s: switch, t: tap, v: veth, i: internal; 0 if there is none just now. */
static __u32 some(struct rng *rng, const char *kinds)
{
	return if_nametoindex(name(rng, kinds));
}

static int switches(struct racer *r)
{
	switch (pick(&r->rng, 6)) {
	case 0:
	case 1:
		return sw_add(&r->c, name(&r->rng, "s"), pick(&r->rng, 4));
	case 2:
		return link_switch(&r->c, name(&r->rng, "s"));
	case 3:
		return sw_set(&r->c, some(&r->rng, "s"), 1 + pick(&r->rng, 3),
			      1 + pick(&r->rng, 2000));
	case 4:
		return link_up(&r->c, some(&r->rng, "s"), true);
	}
	/* Rarely: with it go all its ports. */
	if (pick(&r->rng, 4))
		return 0;
	return pick(&r->rng, 2) ? sw_del(&r->c, some(&r->rng, "s")) :
				  link_del(&r->c, some(&r->rng, "s"));
}

static int add_ports(struct racer *r)
{
	__u32 sw = some(&r->rng, "s");

	switch (pick(&r->rng, 6)) {
	case 0:
		return port_internal(&r->c, sw, name(&r->rng, "i"));
	case 1:
		return link_master(&r->c, some(&r->rng, "tvs"), sw);
	case 2:
		return link_master(&r->c, some(&r->rng, "tv"), 0);
	case 3:
		return port_del(&r->c, some(&r->rng, "tvi"));
	}
	return port_add(&r->c, sw, some(&r->rng, "tvvs"));
}

/* A namespace with a switch that has a cable to one of these. */
static int make_and_leave(struct racer *r)
{
	int here = ns_open(), ns = ns_new();
	struct conn c;
	int err;

	conn_open(&c);
	err = sw_add(&c, "sw", true);
	err = err ?: port_internal(&c, if_nametoindex("sw"), "int");
	err = err ?: link_veth(&c, "v", name(&r->rng, "v"), here);
	err = err ?: link_master(&c, if_nametoindex("v"),
				 if_nametoindex("sw"));
	conn_close(&c);
	ns_enter(here);
	close(ns);
	close(here);
	return err;
}

static int devices(struct racer *r)
{
	char peer[IF_NAMESIZE];
	struct conn o;
	int err;

	switch (pick(&r->rng, 6)) {
	case 0:
	case 1:
		snprintf(peer, sizeof(peer), "%s", name(&r->rng, "v"));
		err = link_veth(&r->c, peer, name(&r->rng, "w"), home);
		err = err ?: link_up(&r->c, some(&r->rng, "w"), true);
		return err ?: link_up(&r->c, if_nametoindex(peer), true);
	case 2:
		return link_del(&r->c, some(&r->rng, "vi"));
	case 3:
		return link_move(&r->c, some(&r->rng, "tv"), other);
	case 4:
		return make_and_leave(r);
	}
	ns_enter(other);
	conn_open(&o);
	link_del_all(&o);
	conn_close(&o);
	ns_enter(home);
	return link_del(&r->c, some(&r->rng, "tvi"));
}

/* Half of the taps are each sender's; those that are gone are made again. */
static int send_some(struct racer *r)
{
	unsigned int which = 2 * pick(&r->rng, NAMES / 2) + r->id % 2, i;
	__u8 frame[FRAME_MAX];
	int err = 0;

	for (i = 0; i < BURST && !err; i++) {
		size_t len = frame_random(&r->rng, frame);

		packet_send(r->packet, some(&r->rng, "isvw"), frame, len);
		if (r->tap[which] >= 0 &&
		    write(r->tap[which], frame, len) < 0 && errno != EIO)
			err = errno;
	}
	if (!err && r->tap[which] >= 0 && pick(&r->rng, 64))
		return 0;
	if (r->tap[which] >= 0)
		close(r->tap[which]);
	snprintf((char *)frame, IF_NAMESIZE, "rt%u", which);
	r->tap[which] = tap_open((char *)frame);
	link_up(&r->c, if_nametoindex((char *)frame), true);
	return 0;
}

static int dump_some(struct racer *r)
{
	struct genl small;

	if (pick(&r->rng, 4))
		return dump_all(&r->c) ? 0 : EIO;
	/* One that is not read to its end. */
	genl_open(&small, 4096);
	dump_begin(&small, pick(&r->rng, 2) ? VSW_CMD_FDB_GET :
					      VSW_CMD_PORT_GET);
	close(small.fd);
	return 0;
}

static int entries(struct racer *r)
{
	static const __u8 cmds[] = {
		VSW_CMD_FDB_NEW, VSW_CMD_FDB_SET, VSW_CMD_FDB_DEL,
		VSW_CMD_FDB_GET,
	};
	__u8 cmd = cmds[pick(&r->rng, ARRAY_SIZE(cmds))], mac[MAC_LEN];
	bool by_port = cmd == VSW_CMD_FDB_NEW || cmd == VSW_CMD_FDB_SET;

	mac_of(mac, pick(&r->rng, 300));
	return fdb(&r->c, cmd, some(&r->rng, by_port ? "tvi" : "s"), mac,
		   pick(&r->rng, 4) ? 1 + pick(&r->rng, 8) : 0);
}

static int change(struct racer *r)
{
	__u32 port = some(&r->rng, "tviis");
	__u8 mac[MAC_LEN];

	switch (pick(&r->rng, 9)) {
	case 0:
		return port_access(&r->c, port, 1 + pick(&r->rng, 4));
	case 1:
		return port_trunk(&r->c, port, 1, 1 + pick(&r->rng, 8));
	case 2:
		return link_up(&r->c, port, pick(&r->rng, 4));
	case 3:
		mac_of(mac, pick(&r->rng, 300));
		return link_mac(&r->c, some(&r->rng, "is"), mac);
	case 4:
		return link_mtu(&r->c, port, 1000 + pick(&r->rng, 500));
	case 5:
		return fdb_flush(&r->c, some(&r->rng, "s"), 0,
				 pick(&r->rng, 3));
	case 6:
		return link_name(&r->c, port, name(&r->rng, "vi"));
	}
	return entries(r);
}

/* Sockets that are full before long, and stay so. */
static int listen_only(struct racer *r)
{
	struct genl *nl = &r->listener[pick(&r->rng, NAMES)];
	int size = 1;

	if (nl->fd > 0) {
		close(nl->fd);
		nl->fd = 0;
		return 0;
	}
	genl_open(nl, 0);
	genl_join(nl, pick(&r->rng, 2) ? "config" : "fdb");
	setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	nap(0.01);
	return 0;
}

static int (*const roles[])(struct racer *r) = {
	switches, add_ports, devices, send_some, dump_some, change,
	listen_only, entries, send_some,
};

#define RACERS	ARRAY_SIZE(roles)

static unsigned int slices;

static void racer(unsigned int id)
{
	int (*role)(struct racer *r) = roles[id];
	struct racer r = { .id = id };
	unsigned int i;

	rng_init(&r.rng, 1000 + slices * RACERS + id);
	conn_open(&r.c);
	r.packet = packet_open();
	for (i = 0; i < NAMES; i++)
		r.tap[i] = -1;
	while (!stopped()) {
		if (!role(&r))
			shared->worker[id].good++;
		shared->worker[id].done++;
		sched_yield();
	}
}

/* What is left goes at once, and leaves nothing. */
static bool clean_up(struct conn *c, unsigned int born, double *slowest)
{
	double start = now();
	bool good;

	good = consistent(c);
	link_del_all(c);
	good &= empty(c);
	while (link_count(c) > born && now() < start + GONE)
		nap(0.01);
	if (link_count(c) > born)
		tap_info("%u devices left", link_count(c) - born);
	good &= link_count(c) <= born;
	if (now() - start > *slowest)
		*slowest = now() - start;
	return good && log_clean();
}

static bool slice(double seconds, __u64 *done, __u64 *good)
{
	pid_t pids[RACERS];
	unsigned int i;
	bool ended;

	for (i = 0; i < RACERS; i++)
		pids[i] = start_worker(racer, i);
	nap(seconds);
	ended = end_workers(pids, RACERS);
	for (i = 0; i < RACERS; i++) {
		done[i] += shared->worker[i].done;
		good[i] += shared->worker[i].good;
	}
	return ended;
}

void part_race(double seconds)
{
	__u64 done[RACERS] = {}, good[RACERS] = {}, total = 0;
	double start = now(), slowest = 0;
	unsigned int born, idle = 0, i;
	bool ended = true, clean = true;
	struct conn c;
	int base;

	base = ns_open();
	other = ns_new();
	home = ns_new();
	ns_quiet();
	conn_open(&c);
	born = link_count(&c);
	for (slices = 0; now() < start + seconds || !slices; slices++) {
		ended &= slice(seconds > SLICE ? SLICE : seconds, done, good);
		clean &= clean_up(&c, born, &slowest);
	}
	for (i = 0; i < RACERS; i++) {
		tap_info("racer %u: %llu steps, %llu of them done", i,
			 done[i], good[i]);
		total += done[i];
		idle += done[i] < slices || !good[i];
	}
	tap(ended, "race: %zu racers, %llu steps in %.1f s, %u times", RACERS,
	    total, now() - start, slices);
	tap(!idle && total >= 10 * slices * RACERS,
	    "race: each of them did something");
	tap(clean, "race: nothing is left, all of it gone in %.2f s at most",
	    slowest);
	conn_close(&c);
	ns_enter(base);
	close(other);
	close(home);
	close(base);
}
