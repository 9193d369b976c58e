// SPDX-License-Identifier: GPL-2.0
/*
 * Loading the module, network namespaces that come and go, and what happens in
 * the kernel's own threads.
 */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.h"

#define MODULE		"vswitch.ko"
/* Loading makes fewer allocations. */
#define LOAD_MAX	4096

#define KMEMLEAK	"/sys/kernel/debug/kmemleak"

static int load(void)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		die("%s: %s", MODULE, strerror(errno));
	inject_begin();
	err = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	return err;
}

static int unload(void)
{
	return syscall(SYS_delete_module, "vswitch", O_NONBLOCK) ? errno : 0;
}

/* The module that was built with the hook, whatever is there. */
void load_hooked(void)
{
	struct outcome o;
	int err = unload();

	if (err && err != ENOENT)
		die("rmmod: %s", strerror(err));
	inject_arm(0);
	err = load();
	inject_end(&o);
	if (err)
		die("%s: %s", MODULE, strerror(err));
}

/* One try. Nothing must be left of it if it fails. */
static bool try_load(unsigned int nth, struct outcome *o)
{
	memset(o, 0, sizeof(*o));
	inject_arm(nth);
	o->err = load();
	inject_end(o);
	inject_arm(0);
	return unload() == (o->err ? ENOENT : 0);
}

/* Is an allocation one of the module's start, or one after it? */
static bool is_own(unsigned int nth)
{
	struct outcome o;
	int i;

	/* Not all of them leave a trace: ask the next. */
	for (i = 0; i < 8; i++) {
		if (!try_load(nth + i, &o))
			die("a module that was not loaded is there");
		if (!o.injected || strstr(inject_trace(), "do_init_module"))
			return true;
		if (o.place != PLACE_UNKNOWN)
			return false;
	}
	return false;
}

/* All before the one that this returns are the module loader's. */
static unsigned int first_own(void)
{
	unsigned int low = 0, high = LOAD_MAX, mid;

	while (high - low > 1) {
		mid = (low + high) / 2;
		if (is_own(mid))
			high = mid;
		else
			low = mid;
	}
	return high;
}

/* The module's start fails at each of its steps. */
void load_module(void)
{
	unsigned int nth, first, n = 0, ours = 0;
	struct outcome o;
	bool good = true;

	bench_free();
	good = !unload();
	/* An allocation now and then is the kernel's own. */
	first = first_own();
	for (nth = first > 8 ? first - 8 : 1;; nth++) {
		good &= try_load(nth, &o);
		if (!o.injected)
			break;
		n++;
		ours += o.place == PLACE_OURS;
	}
	good &= !o.err;
	o.err = load();
	inject_end(&o);
	tap_result(good && ours && !o.err,
		   "module load: allocations %u to %u failed in turn, %u of them in its own start",
		   nth - n, nth - 1, ours);
}

/* A namespace that can be had must be good for a switch. */
static void use_namespace(int here)
{
	switch_add("vsw0");
	port_internal("vsw0", "int0");
	link_up("vsw0", true);
	veth_add("x0", "x1");
	port_add("vsw0", "x0");
	link_netns("x1", here);
}

/* Waits until it is gone, with its switch: then the port's other end is, too.
 * So there are never many of them, each with its counters for each CPU.
 */
static bool leave_namespace(int here)
{
	int i;

	enter_namespace(here);
	for (i = 0; i < 1000; i++) {
		if (!if_nametoindex("x1") && errno == ENODEV)
			return true;
		usleep(10000);
	}
	return false;
}

void make_namespaces(bool thorough)
{
	unsigned int nth, n = 0, made = 0, step = thorough ? 1 : 7;
	int here = open("/proc/self/ns/net", O_RDONLY);
	struct outcome o = {};
	bool stays = false;

	for (nth = 1;; nth += step) {
		memset(&o, 0, sizeof(o));
		nl_forget();
		inject_arm(nth);
		inject_begin();
		o.err = unshare(CLONE_NEWNET) ? errno : 0;
		inject_end(&o);
		inject_arm(0);
		if (!o.err) {
			use_namespace(here);
			made++;
			stays |= !leave_namespace(here);
		}
		if (!o.injected)
			break;
		n++;
	}
	close(here);
	tap_result(n && !o.err && !stays,
		   "namespaces: %u of %u allocations failed in turn, %u namespaces were there all the same",
		   n, nth - 1, made);
}

/* Frames from as many stations. Returns how many came to the switch. */
static __u64 stations(unsigned int n)
{
	char frame[10 + 64] = {};
	struct counters a, b;
	unsigned int i;

	counters_get("t0", &a);
	memcpy(frame + 10, MAC_T1, 6);
	memcpy(frame + 16, MAC_PREFIX, 3);
	inject_noise(10);
	for (i = 0; i < n; i++) {
		frame[19] = 0x80 | i >> 16;
		frame[20] = i >> 8;
		frame[21] = i;
		if (write(bench_tap[0], frame, sizeof(frame)) < 0 &&
		    errno != ENOMEM && errno != ENOBUFS)
			die("tap: %s", strerror(errno));
	}
	note("MAC table: %lu allocations failed, of all tasks",
	     inject_noise_end());
	counters_get("t0", &b);
	return b.rx - a.rx;
}

static void flush(void)
{
	struct nlmsghdr *nlh = msg_vsw(VSW_CMD_FDB_FLUSH, 0);

	add_attr(nlh, VSW_A_FDB_SWITCH, "vsw0");
	nl_must(nlh);
}

/* The MAC table grows and shrinks while there is no memory for it. */
static void grow(unsigned int n)
{
	struct switch_numbers a, b, c;
	unsigned int dumped;
	__u64 rx;

	flush();
	switch_numbers("vsw0", &a);
	rx = stations(n);
	switch_numbers("vsw0", &b);
	dumped = fdb_count("vsw0");
	flush();
	switch_numbers("vsw0", &c);
	tap_result(b.learned - a.learned + b.refused - a.refused == rx &&
		   dumped == b.count && !c.learned && rx > n / 2 &&
		   b.refused > a.refused,
		   "MAC table without memory: %llu stations, %u learned, %llu refused, %u in its dump",
		   rx, b.learned - a.learned, b.refused - a.refused, dumped);
	learn(bench_tap[0], MAC_T0);
}

/* A namespace goes with its switch while allocations fail in all tasks. */
static bool one_exit(int here, unsigned long *failed)
{
	bool gone;

	enter_namespace(-1);
	use_namespace(here);
	inject_noise(20);
	gone = leave_namespace(here);
	*failed += inject_noise_end();
	return gone;
}

static void exits(unsigned int n)
{
	int here = open("/proc/self/ns/net", O_RDONLY);
	unsigned long failed = 0;
	unsigned int i, gone = 0;

	for (i = 0; i < n; i++)
		gone += one_exit(here, &failed);
	close(here);
	tap_result(gone == n && failed,
		   "namespaces that go with a switch: %u of %u, %lu allocations failed",
		   gone, n, failed);
}

void workers(bool thorough)
{
	grow(thorough ? 100000 : 5000);
	exits(thorough ? 50 : 10);
}

/* Reads all of what kmemleak has found. */
static char *read_leaks(void)
{
	static char buf[1 << 18];
	int fd = open(KMEMLEAK, O_RDONLY);
	ssize_t n, used = 0;

	while (fd >= 0 && (n = read(fd, buf + used,
				    sizeof(buf) - 1 - used)) > 0)
		used += n;
	close(fd);
	buf[used] = '\0';
	return buf;
}

/* One report of kmemleak. */
static bool leak(char *report)
{
	char *line;

	/* 6.1 loses the name of a cache that it has no memory to announce. */
	if (strstr(report, "sysfs_slab_add"))
		return false;
	for (line = strtok(report, "\n"); line; line = strtok(NULL, "\n"))
		note("%s", line);
	return true;
}

/* Whatever is not freed and not known to anybody. */
void look_for_leaks(void)
{
	static const char begin[] = "unreferenced object";
	char *report, *next;
	unsigned int n = 0;

	if (access(KMEMLEAK, F_OK)) {
		tap_result(true, "leaks # SKIP the kernel has no kmemleak");
		return;
	}
	/* It keeps quiet on what is younger than five seconds. */
	write_file(KMEMLEAK, "scan");
	sleep(6);
	write_file(KMEMLEAK, "scan");
	for (report = strstr(read_leaks(), begin); report; report = next) {
		next = strstr(report + 1, begin);
		if (next)
			next[-1] = '\0';
		n += leak(report);
	}
	/* They were judged here: who looks next does not see them again. */
	write_file(KMEMLEAK, "clear");
	tap_result(!n, "nothing leaks");
}
