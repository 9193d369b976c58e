// SPDX-License-Identifier: GPL-2.0
/*
 * frame - frames of all geometries and contents into a switch's ports; each has
 * to be sent or counted as dropped, exactly.
 *
 * From the environment: FUZZ_SECONDS, how long to go on; FUZZ_SEED, the number
 * that all chance comes from. Needs root, vswitch loaded, and frame_fuzz.ko
 * here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

/* Slow machines with debug kernels do several times that. */
#define FRAMES_A_SECOND	30

#define SLICE_MS	20000

const char *now_at = "start";

static void load_module(void)
{
	int fd = open("frame_fuzz.ko", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die("frame_fuzz.ko: %s", strerror(errno));
	if (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST)
		die("load frame_fuzz.ko: %s", strerror(errno));
	close(fd);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	/* Without IPv6 there is nothing to say. */
	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		die("%s: %s", path, strerror(errno));
	close(fd);
}

/* A namespace in which nobody sends anything unasked. */
static void make_namespace(void)
{
	if (unshare(CLONE_NEWNET))
		die("unshare: %s", strerror(errno));
	write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	write_file("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
}

static __u64 env_number(const char *name, __u64 other)
{
	const char *s = getenv(name);

	return s && *s ? strtoull(s, NULL, 0) : other;
}

/* A mount shows the network devices of who made it; /sys is another's. */
static void remount_sysfs(void)
{
	if (unshare(CLONE_NEWNS) ||
	    try_cmd("mount --make-rprivate / && mount -t sysfs fuzz /sys"))
		die("mount sysfs: %s", strerror(errno));
}

/* Again and again, each time on another switch. */
static int run_scenario(const struct scenario *s, long ms)
{
	__u64 frames = totals.frames;
	long end = now_ms() + ms, slice_end;
	int bad = 0;

	now_at = s->name;
	do {
		slice_end = now_ms() + SLICE_MS;
		bad += s->run(slice_end < end ? slice_end : end);
	} while (now_ms() < end && !bad);
	if (totals.frames == frames)
		bad += mismatch("no frame came into the switch");
	return bad;
}

static int run_all(long ms)
{
	int i, n = 0, weights = 0, failed = 0, bad;
	struct totals before;

	for (; scenarios[n].name; n++)
		weights += scenarios[n].weight;
	printf("TAP version 13\n1..%d\n", n + 1);
	for (i = 0; i < n; i++) {
		const struct scenario *s = &scenarios[i];

		before = totals;
		bad = run_scenario(s, ms * s->weight / weights);
		failed += bad > 0;
		printf("%s %d - %s: %llu frames, %llu copies, ",
		       bad ? "not ok" : "ok", i + 1, s->name,
		       totals.frames - before.frames,
		       totals.copies - before.copies);
		printf("%llu drops, %llu rounds\n",
		       totals.drops - before.drops,
		       totals.rounds - before.rounds);
		fflush(stdout);
	}
	bad = totals.frames < (__u64)ms / 1000 * FRAMES_A_SECOND;
	printf("%s %d - %llu frames in %ld s\n", bad ? "not ok" : "ok", n + 1,
	       totals.frames, ms / 1000);
	printf("# %llu stayed with their device, %llu ended in their tag\n",
	       totals.passed, totals.lost);
	return failed + bad;
}

int main(void)
{
	__u64 seed = env_number("FUZZ_SEED", time(NULL) ^ getpid() << 16);
	long ms = env_number("FUZZ_SECONDS", 30) * 1000;
	int failed;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("# FUZZ_SEED=%llu FUZZ_SECONDS=%ld\n", seed, ms / 1000);
	rnd_seed(seed);
	load_module();
	/* Where it is a module; taps are opened by its device. */
	if (access("/dev/net/tun", F_OK) && try_cmd("modprobe tun"))
		die("no taps");
	make_namespace();
	remount_sysfs();
	rig_open();
	failed = run_all(ms);
	close(rig.fd);
	if (syscall(SYS_delete_module, "frame_fuzz", O_NONBLOCK)) {
		printf("# unload frame_fuzz: %s\n", strerror(errno));
		failed++;
	}
	return failed ? 1 : 0;
}
