// SPDX-License-Identifier: GPL-2.0
/*
 * A switch is made, used and taken down in steps, and between each two steps
 * something vanishes: each thing at each step, and then things in pairs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "churn.h"

/* Enough for a dump of several pieces. */
#define ENTRIES		120
/* What is done at least, whatever time it takes. */
#define SINGLES		12
#define PAIRS		6

/* All that a sequence of steps works on. */
struct scene {
	struct conn c;
	struct genl fdb_dump, port_dump, listener;
	int home, other, ns;	/* namespaces */
	int tap, packet;
	__u32 sw, tap_index, veth, inner;
	__u32 last;		/* highest index before the steps */
	bool dumping;
	bool moved;		/* entries, during the dump */
	bool ns_gone;
	bool disturbed;		/* something vanished: steps may be refused */
	struct rng rng;
};

static int make_switch(struct scene *s)
{
	int err = sw_add(&s->c, "sw", true);

	s->sw = if_nametoindex("sw");
	return err ?: link_up(&s->c, s->sw, true);
}

static int make_internal(struct scene *s)
{
	int err = port_internal(&s->c, s->sw, "int");

	s->inner = if_nametoindex("int");
	return err ?: link_up(&s->c, s->inner, true);
}

static int add_tap(struct scene *s)
{
	return port_add(&s->c, s->sw, s->tap_index);
}

static int add_veth(struct scene *s)
{
	return link_master(&s->c, s->veth, s->sw);
}

static int make_trunk(struct scene *s)
{
	return port_trunk(&s->c, s->tap_index, 1, 8);
}

static int make_entries(struct scene *s)
{
	__u8 mac[MAC_LEN];
	int i, err = 0;

	for (i = 0; i < ENTRIES && !err; i++) {
		mac_of(mac, 1000 + i);
		err = fdb(&s->c, VSW_CMD_FDB_NEW, s->tap_index, mac, 1);
	}
	return err;
}

static int send_frames(struct scene *s)
{
	__u8 frame[FRAME_MAX];
	int i;

	for (i = 0; i < 10; i++) {
		size_t len = frame_random(&s->rng, frame);

		if (s->tap >= 0 && write(s->tap, frame, len) < 0)
			i = 10;
		if (s->packet >= 0)
			packet_send(s->packet, s->inner, frame, len);
	}
	return 0;
}

/* Taps that others send to are to be read, or else they drop. */
static int read_tap(struct scene *s)
{
	__u8 frame[FRAME_MAX];

	while (s->tap >= 0 && read(s->tap, frame, sizeof(frame)) > 0)
		;
	return 0;
}

static int begin_dumps(struct scene *s)
{
	genl_open(&s->fdb_dump, 4096);
	genl_open(&s->port_dump, 4096);
	s->dumping = dump_begin(&s->fdb_dump, VSW_CMD_FDB_GET);
	dump_begin(&s->port_dump, VSW_CMD_PORT_GET);
	return s->dumping || s->disturbed ? 0 : EIO;
}

static int move_entries(struct scene *s)
{
	__u8 mac[MAC_LEN];
	int i, err = 0;

	for (i = 0; i < ENTRIES && !err; i += 20) {
		mac_of(mac, 1000 + i);
		err = fdb(&s->c, VSW_CMD_FDB_SET, s->veth, mac, 1);
	}
	s->moved = !err;
	return err;
}

static void close_dumps(struct scene *s)
{
	close(s->fdb_dump.fd);
	close(s->port_dump.fd);
	s->fdb_dump.fd = -1;
}

/* Its entries changed: the dump has to say so. */
static int end_dumps(struct scene *s)
{
	struct answer a = { 0 };
	int err = 0;

	if (s->fdb_dump.fd < 0)
		return 0;
	while (s->dumping && genl_recv(&s->fdb_dump, &a))
		;
	if (s->dumping && s->moved && !a.interrupted && !a.err)
		err = EILSEQ;
	close_dumps(s);
	return err;
}

static int set_ageing(struct scene *s)
{
	return sw_set(&s->c, s->sw, 1 + pick(&s->rng, 10), 1000);
}

static int set_mac(struct scene *s)
{
	__u8 mac[MAC_LEN];

	mac_of(mac, 5000);
	return link_mac(&s->c, s->inner, mac) ?: link_mtu(&s->c, s->veth, 1400);
}

static int flush(struct scene *s)
{
	return fdb_flush(&s->c, s->sw, s->tap_index, 0) ?:
	       fdb_flush(&s->c, s->sw, 0, 1);
}

static int make_access(struct scene *s)
{
	return port_access(&s->c, s->tap_index, 5);
}

static int delete_entries(struct scene *s)
{
	__u8 mac[MAC_LEN];
	int i, err = 0;

	for (i = 0; i < ENTRIES && !err; i += 20) {
		mac_of(mac, 1000 + i);
		err = fdb(&s->c, VSW_CMD_FDB_DEL, s->sw, mac, 1);
	}
	return err;
}

static int delete_port(struct scene *s)
{
	return port_del(&s->c, s->inner) ?: port_del(&s->c, s->tap_index);
}

static int delete_switch(struct scene *s)
{
	return sw_del(&s->c, s->sw);
}

static int (*const step_list[])(struct scene *s) = {
	make_switch, make_internal, add_tap, add_veth, make_trunk,
	make_entries, send_frames, begin_dumps, move_entries, set_ageing,
	set_mac, read_tap, end_dumps, send_frames, flush, make_access,
	delete_entries, send_frames, delete_port, delete_switch,
};

#define STEPS	ARRAY_SIZE(step_list)

static void close_tap(struct scene *s)
{
	if (s->tap >= 0)
		close(s->tap);
	s->tap = -1;
}

static void del_tap(struct scene *s)
{
	link_del(&s->c, s->tap_index);
}

static void del_veth(struct scene *s)
{
	link_del(&s->c, s->veth);
}

static void del_internal(struct scene *s)
{
	link_del(&s->c, s->inner);
}

static void del_switch_link(struct scene *s)
{
	link_del(&s->c, s->sw);
}

static void del_switch(struct scene *s)
{
	sw_del(&s->c, s->sw);
}

static void move_tap(struct scene *s)
{
	link_move(&s->c, s->tap_index, s->other);
}

static void move_veth(struct scene *s)
{
	link_move(&s->c, s->veth, s->other);
}

static void free_veth(struct scene *s)
{
	link_master(&s->c, s->veth, 0);
}

static void down_tap(struct scene *s)
{
	link_up(&s->c, s->tap_index, false);
}

static void down_switch(struct scene *s)
{
	link_up(&s->c, s->sw, false);
}

/* It goes with the last that is in it; frames come from outside still. */
static void del_namespace(struct scene *s)
{
	if (s->fdb_dump.fd >= 0)
		close_dumps(s);
	conn_close(&s->c);
	close(s->listener.fd);
	close(s->packet);
	close(s->ns);
	s->packet = -1;
	ns_enter(s->home);
	s->ns_gone = true;
}

static void (*const vanish_list[])(struct scene *s) = {
	close_tap, del_tap, del_veth, del_internal, del_switch_link,
	del_switch, move_tap, move_veth, free_veth, down_tap, down_switch,
	del_namespace,
};

#define VANISHERS	ARRAY_SIZE(vanish_list)

/* The tap and the veth's end come from home, so that a file and a peer outside
 * stay when the namespace goes.
 */
static void scene_begin(struct scene *s, const struct conn *home)
{
	struct conn h = *home;

	s->ns = ns_new();
	conn_open(&s->c);
	genl_open(&s->listener, 0);
	genl_join(&s->listener, "config");
	genl_join(&s->listener, "fdb");
	s->packet = packet_open();
	s->fdb_dump.fd = -1;
	s->ns_gone = false;
	s->disturbed = false;
	s->moved = false;
	s->inner = 0;
	s->sw = 0;
	ns_enter(s->home);
	s->tap = tap_open("churntap");
	if (s->tap < 0 || link_move(&h, if_nametoindex("churntap"), s->ns))
		die("no tap");
	ns_enter(s->ns);
	if (link_veth(&s->c, "veth", "churnpeer", s->home))
		die("no veth");
	s->tap_index = if_nametoindex("churntap");
	s->veth = if_nametoindex("veth");
	link_up(&s->c, s->tap_index, true);
	link_up(&s->c, s->veth, true);
	ns_enter(s->home);
	link_up(&h, if_nametoindex("churnpeer"), true);
	ns_enter(s->ns);
}

static bool wait_gone(const char *name)
{
	double end = now() + GONE;

	while (if_nametoindex(name) && now() < end)
		nap(0.001);
	return !if_nametoindex(name);
}

/* Nothing may be left of it. */
static bool scene_end(struct scene *s)
{
	struct conn o;
	bool good;

	if (!s->ns_gone) {
		if (s->fdb_dump.fd >= 0)
			close_dumps(s);
		link_del_all(&s->c);
		good = empty(&s->c);
		del_namespace(s);
	} else {
		good = true;
	}
	close_tap(s);
	/* What moved elsewhere is there, and a veth's peer goes with it. */
	ns_enter(s->other);
	conn_open(&o);
	link_del_all(&o);
	conn_close(&o);
	ns_enter(s->home);
	return good && wait_gone("churnpeer");
}

/* Runs the steps; @one vanishes before step @first, @two before @second. */
static bool run(struct scene *s, const struct conn *home, unsigned int one,
		unsigned int first, unsigned int two, unsigned int second)
{
	bool good = true;
	unsigned int i;
	int err;

	scene_begin(s, home);
	for (i = 0; i < STEPS; i++) {
		if (i == first && !s->ns_gone) {
			s->disturbed = true;
			vanish_list[one](s);
		}
		if (i == second && !s->ns_gone) {
			s->disturbed = true;
			vanish_list[two](s);
		}
		send_frames(s);
		if (s->ns_gone)
			continue;
		err = step_list[i](s);
		if (err && (!s->disturbed || err == EILSEQ)) {
			tap_info("step %u: %s", i, strerror(err));
			good = false;
		}
		if (i == first || i == second)
			good &= consistent(&s->c);
	}
	good &= scene_end(s);
	if (!good)
		tap_info("vanisher %u before step %u, %u before %u", one, first,
			 two, second);
	return good;
}

/* Each thing at each step once, in an order of no meaning, as far as time
 * allows.
 */
static unsigned int all_singles(struct scene *s, const struct conn *home,
				double end, unsigned int *bad)
{
	unsigned int n = STEPS * VANISHERS, at = pick(&s->rng, n), i;

	/* A prime that is no factor of @n gets everywhere. */
	for (i = 0; i < n && (long_form || i < SINGLES || now() < end); i++) {
		at = (at + 101) % n;
		*bad += !run(s, home, at % VANISHERS, at / VANISHERS, 0,
			     STEPS);
	}
	return i;
}

void part_steps(double seconds)
{
	struct scene s = { .home = ns_open() };
	unsigned int singles, pairs, bad, i;
	double start = now();
	struct conn home;

	rng_init(&s.rng, 2);
	s.other = ns_new();
	ns_enter(s.home);
	conn_open(&home);
	bad = !run(&s, &home, 0, STEPS, 0, STEPS);
	singles = all_singles(&s, &home, start + seconds * 0.8, &bad);
	tap(!bad,
	    "steps: %zu things vanish at each of %zu: %u rounds in %.1f s",
	    VANISHERS, STEPS, singles, now() - start);
	bad = 0;
	for (pairs = 0; now() < start + seconds || pairs < PAIRS; pairs++) {
		i = pick(&s.rng, STEPS);
		bad += !run(&s, &home, pick(&s.rng, VANISHERS), i,
			    pick(&s.rng, VANISHERS),
			    i + pick(&s.rng, STEPS - i));
	}
	conn_close(&home);
	close(s.other);
	close(s.home);
	tap(!bad && log_clean(), "steps: %u rounds in which two things vanish",
	    pairs);
}
