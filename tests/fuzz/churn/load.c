// SPDX-License-Identifier: GPL-2.0
/*
 * The module is loaded, switches made and used, and it is unloaded in the midst
 * of it: with ports and addresses there, work pending, a namespace going, and a
 * process that goes on sending frames and commands.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "churn.h"

#define ROUNDS_LONG	1000
/* They take longer than their share of the time, but no longer than this. */
#define LOAD_SECONDS	2400
/* Rounds until caches are as large as they get. */
#define WARM_UP		10
#define TAPS		2
#define SOURCES		70
#define SOURCES_MANY	300

/* What a round does, one bit each. */
enum {
	HAMMERED	= 1,	/* by a process that never stops */
	DUMP_OPEN	= 2,	/* unloading is refused until it is closed */
	EMPTIED		= 4,	/* all is removed before */
	NS_GOING	= 8,	/* a namespace with a switch goes */
	LISTENER	= 16,	/* somebody listens and does not read */
	UNAWARE		= 32,	/* the switch is not VLAN-aware */
	ROUND_KINDS	= 64,
};

/* Kinds without these are loaded once more, which is refused. */
#define LOADED_ONCE	(HAMMERED | DUMP_OPEN | EMPTIED)

static const char *module;
static struct conn conn, hammer_conn;
static int home, tap_fd[TAPS];
static __u32 tap_index[TAPS], veth;

static int module_load(void)
{
	int fd = open(module, O_RDONLY | O_CLOEXEC), err = 0;

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		err = errno;
	if (fd >= 0)
		close(fd);
	return err;
}

/* A dump that somebody has open, for a moment or for longer, holds it. */
static int module_unload(double patience)
{
	double end = now() + patience;

	while (syscall(SYS_delete_module, "vswitch", O_NONBLOCK)) {
		if ((errno != EAGAIN && errno != EBUSY) || now() > end)
			return errno;
		nap(0.001);
	}
	return 0;
}

/* From so many addresses that the table is being resized, and dumped for long
 * enough.
 */
static void send_sources(int n)
{
	__u8 frame[FRAME_MAX], to[MAC_LEN], mac[MAC_LEN];
	int i;

	memset(to, 0xff, sizeof(to));
	for (i = 0; i < n; i++) {
		mac_of(mac, i);
		frame_make(frame, to, mac, 0, 60);
		if (write(tap_fd[i % TAPS], frame, 60) < 0)
			return;
	}
}

static void send_frames(struct rng *rng, unsigned int n)
{
	__u8 frame[FRAME_MAX];
	size_t len;

	while (n--) {
		len = frame_random(rng, frame);
		if (write(tap_fd[pick(rng, TAPS)], frame, len) < 0)
			return;
	}
}

static void hammer_once(struct conn *c, struct rng *rng, __u32 sw)
{
	__u8 mac[MAC_LEN];

	mac_of(mac, pick(rng, 1000));
	switch (pick(rng, 9)) {
	case 0:
		sw_add(c, "hammer", pick(rng, 2));
		break;
	case 1:
		sw_del(c, if_nametoindex("hammer"));
		break;
	case 2:
		port_internal(c, sw, "hint");
		break;
	case 3:
		port_trunk(c, tap_index[0], 1, 1 + pick(rng, 100));
		break;
	case 4:
		fdb(c, VSW_CMD_FDB_NEW, tap_index[1], mac, 1);
		break;
	case 5:
		fdb_flush(c, sw, 0, 0);
		break;
	case 6:
		link_master(c, tap_index[1], pick(rng, 2) ? sw : 0);
		break;
	case 7:
		link_up(c, tap_index[0], pick(rng, 4));
		break;
	case 8:
		dump_all(c);
		break;
	}
}

static void hammer(unsigned int id)
{
	struct rng rng;

	rng_init(&rng, 100 + id);
	while (!stopped()) {
		if (!__atomic_load_n(&shared->hammer, __ATOMIC_SEQ_CST)) {
			__atomic_store_n(&shared->hammering, 0,
					 __ATOMIC_SEQ_CST);
			nap(0.001);
			continue;
		}
		__atomic_store_n(&shared->hammering, 1, __ATOMIC_SEQ_CST);
		send_frames(&rng, 4);
		hammer_once(&hammer_conn, &rng, if_nametoindex("sw"));
		if (!pick(&rng, 8))
			family_number(&hammer_conn);
		shared->worker[id].done++;
		sched_yield();
	}
}

static void hammer_set(int on)
{
	__atomic_store_n(&shared->hammer, on, __ATOMIC_SEQ_CST);
	while (!on && __atomic_load_n(&shared->hammering, __ATOMIC_SEQ_CST))
		nap(0.001);
}

/* Is refused unless somebody hammers: then anything may be there, or gone. */
static int configure(unsigned int kind, struct rng *rng)
{
	bool aware = !(kind & UNAWARE);
	struct conn *c = &conn;
	__u8 mac[MAC_LEN];
	int i, err;
	__u32 sw;

	err = sw_add(c, "sw", aware);
	sw = if_nametoindex("sw");
	err = err ?: sw_set(c, sw,
			    kind & DUMP_OPEN ? 300 : 1 + pick(rng, 2), 100000);
	for (i = 0; i < TAPS; i++)
		err = err ?: port_add(c, sw, tap_index[i]) ?:
			     link_up(c, tap_index[i], true);
	err = err ?: port_add(c, sw, veth);
	err = err ?: port_internal(c, sw, "int");
	err = err ?: link_up(c, sw, true);
	err = err ?: link_up(c, if_nametoindex("int"), true);
	if (aware)
		err = err ?: port_trunk(c, tap_index[0], 1, 8);
	for (i = 0; i < 10; i++) {
		mac_of(mac, 1000 + i);
		err = err ?: fdb(c, VSW_CMD_FDB_NEW, tap_index[0], mac, aware);
	}
	send_sources(kind & DUMP_OPEN ? SOURCES_MANY : SOURCES);
	return err;
}

static void make_dying_namespace(void)
{
	int ns = ns_new();
	struct conn c;

	conn_open(&c);
	sw_add(&c, "gone", true);
	port_internal(&c, if_nametoindex("gone"), "goneint");
	conn_close(&c);
	ns_enter(home);
	close(ns);
}

static bool round_is_good(bool good, const char *what, unsigned int kind,
			  int err)
{
	if (!good)
		tap_info("round of kind %#x: %s: %s", kind, what,
			 strerror(err));
	return good;
}

/* Unloads, and looks at what must not be left. */
static bool take_away(unsigned int kind)
{
	struct genl dump;
	bool good = true;
	int err, i;

	if (kind & DUMP_OPEN) {
		genl_open(&dump, 4096);
		/* The hammer may have left nothing to dump. */
		good = dump_begin(&dump, VSW_CMD_FDB_GET) || kind & HAMMERED;
		err = kind & HAMMERED ? EBUSY : module_unload(0);
		good &= round_is_good(err == EAGAIN || err == EBUSY,
				      "unloaded during a dump", kind, err);
		close(dump.fd);
	}
	err = good ? module_unload(GONE) : 0;
	good &= round_is_good(!err, "does not unload", kind, err);
	for (i = 0; i < TAPS; i++)
		good &= link_is_free(&conn, tap_index[i]);
	good &= link_is_free(&conn, veth);
	if (if_nametoindex("int") || if_nametoindex("sw"))
		good = round_is_good(false, "left a device", kind, 0);
	return good;
}

static bool one_round(unsigned int kind, struct rng *rng)
{
	struct genl listener;
	int err;

	err = module_load();
	if (!round_is_good(!err, "does not load", kind, err))
		return false;
	if (!(kind & LOADED_ONCE) &&
	    !round_is_good(module_load() == EEXIST, "loads twice", kind, 0))
		return false;
	if (kind & LISTENER) {
		genl_open(&listener, 0);
		genl_join(&listener, "config");
		genl_join(&listener, "fdb");
	}
	if (!family_number(&conn))
		return round_is_good(false, "no family", kind, 0);
	hammer_set(kind & HAMMERED);
	err = configure(kind, rng);
	if (!(kind & HAMMERED) && !round_is_good(!err, "configure", kind, err))
		return false;
	if (kind & NS_GOING)
		make_dying_namespace();
	if (kind & EMPTIED && !(kind & DUMP_OPEN))
		sw_del(&conn, if_nametoindex("sw"));
	if (!take_away(kind))
		return false;
	hammer_set(0);
	if (kind & LISTENER)
		close(listener.fd);
	return true;
}

/* What grows if something is never freed, in kB and in areas. */
struct memory {
	long available, slab, percpu, areas;
};

static void take_line(const char *line, const char *name, long *kb)
{
	if (!strncmp(line, name, strlen(name)))
		*kb = strtol(line + strlen(name), NULL, 10);
}

/* What is pending is let come to an end before. */
static struct memory take_memory(void)
{
	struct memory m = { 0 };
	char line[256];
	FILE *f;

	nap(1);
	f = fopen("/proc/meminfo", "r");
	while (f && fgets(line, sizeof(line), f)) {
		take_line(line, "MemAvailable:", &m.available);
		take_line(line, "SUnreclaim:", &m.slab);
		take_line(line, "Percpu:", &m.percpu);
	}
	if (f)
		fclose(f);
	f = fopen("/proc/vmallocinfo", "r");
	while (f && fgets(line, sizeof(line), f))
		m.areas += !!strchr(line, '\n');
	if (f)
		fclose(f);
	return m;
}

/* With room for what caches, and debug kernels, keep for a while. */
static bool memory_same(const struct memory *old, const struct memory *new)
{
	tap_info("available %ld kB, then %ld; slab %ld kB, then %ld",
		 old->available, new->available, old->slab, new->slab);
	tap_info("per CPU %ld kB, then %ld; vmalloc areas %ld, then %ld",
		 old->percpu, new->percpu, old->areas, new->areas);
	return old->available && new->available > old->available - 65536 &&
	       new->slab < old->slab + 49152 &&
	       new->percpu < old->percpu + 2048 &&
	       new->areas < old->areas + 64;
}

static void prepare(void)
{
	char name[IF_NAMESIZE];
	int i;

	conn_open(&conn);
	conn_open(&hammer_conn);
	for (i = 0; i < TAPS; i++) {
		snprintf(name, sizeof(name), "t%d", i);
		tap_fd[i] = tap_open(name);
		tap_index[i] = if_nametoindex(name);
		link_up(&conn, tap_index[i], true);
	}
	link_veth(&conn, "v", "w", home);
	veth = if_nametoindex("v");
	link_up(&conn, veth, true);
	link_up(&conn, if_nametoindex("w"), true);
}

static unsigned int run_rounds(double seconds, struct memory *before,
			       bool *good)
{
	double end = now() + seconds, last = now() + LOAD_SECONDS;
	unsigned int rounds = 0;
	struct rng rng;

	rng_init(&rng, 1);
	while (*good && (now() < end || rounds < WARM_UP ||
			 (long_form && rounds < ROUNDS_LONG && now() < last))) {
		/* All kinds before any twice. */
		*good = one_round((rounds * 27 + (seed & 63)) % ROUND_KINDS,
				  &rng);
		if (++rounds == WARM_UP)
			*before = take_memory();
	}
	return rounds;
}

void part_load(double seconds)
{
	struct memory before = { 0 }, after;
	int base = ns_open(), err, i;
	unsigned int rounds = 0;
	bool good = true;
	double start;
	pid_t pid;

	module = getenv("VSW_MODULE") ?: "vswitch.ko";
	home = ns_new();
	prepare();
	pid = start_worker(hammer, 0);
	start = now();
	err = module_unload(GONE);
	if (err) {
		good = false;
		tap_info("unloading at first: %s", strerror(err));
	}
	rounds = run_rounds(seconds, &before, &good);
	after = take_memory();
	hammer_set(0);
	err = module_load();
	tap(good && rounds >= (long_form ? ROUNDS_LONG : WARM_UP),
	    "load: %u rounds in %.1f s, the hammer's %llu steps", rounds,
	    now() - start, shared->worker[0].done);
	tap(memory_same(&before, &after), "load: memory does not grow");
	tap(end_workers(&pid, 1) && shared->worker[0].done >= rounds,
	    "load: the hammer went on all the time");
	for (i = 0; i < TAPS; i++)
		close(tap_fd[i]);
	conn_close(&conn);
	conn_close(&hammer_conn);
	ns_enter(base);
	close(home);
	close(base);
	tap(!err && log_clean(), "load: loaded again, the kernel content");
}
