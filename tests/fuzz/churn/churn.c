// SPDX-License-Identifier: GPL-2.0
/*
 * Churn: loading and unloading, things that vanish at each step of a command
 * and under traffic, thousands of ports, a million addresses, dumps all the
 * while.
 *
 * usage: churn [PART...]
 *
 * All parts, unless some are named. The module is loaded already; "load"
 * unloads it and loads it from the file VSW_MODULE (vswitch.ko), at last, too.
 * FUZZ_SECONDS says how long to go on,
 * FUZZ_SEED what is done in what order. From 600 seconds on the sizes are the
 * large ones: 1,000 rounds of loading, 4,000 ports, 1,000,000 addresses.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "churn.h"

#define SELF_TESTS	1
#define LONG_SECONDS	600
#define MODPROBE	"/proc/sys/kernel/modprobe"

struct shared *shared;
__u64 seed;
bool long_form;
double fuzz_seconds;

static unsigned int tests;
static bool failed;
static int kmsg;
static char modprobe[256];

void tap(bool ok, const char *fmt, ...)
{
	va_list ap;

	failed |= !ok;
	printf("%sok %u - ", ok ? "" : "not ", ++tests);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

void tap_info(const char *fmt, ...)
{
	char line[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	printf("# %s\n", line);
	fflush(stdout);
}

double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

void nap(double seconds)
{
	struct timespec ts = {
		.tv_sec = seconds,
		.tv_nsec = (seconds - (long)seconds) * 1e9,
	};

	nanosleep(&ts, NULL);
}

pid_t start_worker(void (*fn)(unsigned int id), unsigned int id)
{
	pid_t pid;

	if (id >= WORKERS_MAX)
		die("too many workers");
	memset(&shared->worker[id], 0, sizeof(shared->worker[id]));
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fn(id);
	fflush(stdout);
	_exit(0);
}

bool stopped(void)
{
	return __atomic_load_n(&shared->stop, __ATOMIC_SEQ_CST);
}

/* Did all come to a good end, and in time? */
bool wait_workers(const pid_t *pids, unsigned int n, double seconds)
{
	double end = now() + seconds;
	bool good = true;
	unsigned int i;
	int status;
	pid_t pid;

	for (i = 0; i < n; i++) {
		while (!(pid = waitpid(pids[i], &status, WNOHANG)) &&
		       now() < end)
			nap(0.01);
		if (pid == pids[i] && !status)
			continue;
		tap_info("worker %u %s, status %#x", i,
			 pid ? "ended" : "hangs", pid ? status : 0);
		good = false;
	}
	return good;
}

bool end_workers(const pid_t *pids, unsigned int n)
{
	bool good;

	__atomic_store_n(&shared->stop, 1, __ATOMIC_SEQ_CST);
	good = wait_workers(pids, n, HANG);
	__atomic_store_n(&shared->stop, 0, __ATOMIC_SEQ_CST);
	return good;
}

/* Did the kernel complain since the last time? */
bool log_clean(void)
{
	static const char *const complaints[] = {
		"unregister_netdevice: waiting", "BUG: ", "WARNING: ",
		"INFO: task", "INFO: rcu", "UBSAN", "refcount_t: ",
	};
	char record[8192];
	bool clean = true;
	ssize_t len;
	size_t i;

	while ((len = read(kmsg, record, sizeof(record) - 1)) > 0 ||
	       (len < 0 && errno == EPIPE)) {
		if (len < 0)
			continue;
		record[len] = '\0';
		for (i = 0; i < ARRAY_SIZE(complaints); i++) {
			if (!strstr(record, complaints[i]))
				continue;
			record[strcspn(record, "\n")] = '\0';
			tap_info("kernel: %s", record);
			clean = false;
		}
	}
	return clean;
}

/* Would what the parts rely on to find something find it? */
static void self_check(void)
{
	__u64 keys[] = { 3, 1, 2, 3 };
	int home = ns_open(), ns = ns_new();
	struct conn c;
	struct view v;
	bool found;
	int fd;

	tap_info("self-check: a leftover and a wrong count");
	conn_open(&c);
	fd = tap_open("t0");
	found = !sw_add(&c, "sw", true) && !port_add(&c, if_nametoindex("sw"),
						     if_nametoindex("t0"));
	found &= !link_veth(&c, "v", "w", ns);
	found &= duplicates(keys, ARRAY_SIZE(keys)) == 1;
	found &= !empty(&c) && !link_is_free(&c, if_nametoindex("t0"));
	view_take(&c, &v);
	found &= view_consistent(&v);
	if (v.n_sw) {
		v.sw[0].count++;
		found &= !view_consistent(&v);
	}
	view_free(&v);
	link_del_all(&c);
	found &= empty(&c);
	close(fd);
	conn_close(&c);
	ns_enter(home);
	close(home);
	close(ns);
	tap(found, "what is planted is found");
}

static void set_modprobe(const char *path)
{
	int fd = open(MODPROBE, O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, path, strlen(path)) < 0)
		tap_info("%s: %s", MODPROBE, strerror(errno));
	if (fd >= 0)
		close(fd);
}

static void restore_modprobe(void)
{
	set_modprobe(modprobe);
}

/*
 * For a device that is not there the kernel starts modprobe each time somebody
 * asks, and for a family it would load the module that was just unloaded. What
 * is needed, self_check() has had loaded.
 */
static void stop_modprobe(void)
{
	int fd = open(MODPROBE, O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? -1 : read(fd, modprobe, sizeof(modprobe) - 1);

	if (fd >= 0)
		close(fd);
	if (len <= 0)
		return;
	modprobe[len] = '\0';
	set_modprobe("\n");
	atexit(restore_modprobe);
}

/* In a signal handler nothing but this can be done. */
static void hung(int sig)
{
	static const char text[] = "Bail out! It hangs\n";

	(void)sig;
	if (write(STDOUT_FILENO, text, sizeof(text) - 1))
		_exit(1);
	_exit(1);
}

static double environment(const char *name, double otherwise)
{
	const char *value = getenv(name);

	return value && *value ? strtod(value, NULL) : otherwise;
}

static void prepare(void)
{
	struct rlimit files = { 16384, 16384 };

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (shared == MAP_FAILED || kmsg < 0 ||
	    lseek(kmsg, 0, SEEK_END) < 0 || setrlimit(RLIMIT_NOFILE, &files))
		die("cannot begin: %s", strerror(errno));
	signal(SIGALRM, hung);
	/* Some parts are as long as they are on a slow machine. */
	alarm(5 * fuzz_seconds + 3600);
}

struct part {
	const char *name;
	void (*run)(double seconds);
	unsigned int tests;
	double share;		/* of the time; 0: it is done when it is done */
};

static const struct part parts[] = {
	{ "ports", part_ports, PORTS_TESTS, 0 },
	{ "macs", part_macs, MACS_TESTS, 0 },
	{ "load", part_load, LOAD_TESTS, 0.35 },
	{ "steps", part_steps, STEPS_TESTS, 0.25 },
	{ "race", part_race, RACE_TESTS, 0.4 },
};

static bool wanted(const struct part *part, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (!strcmp(argv[i], part->name))
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	double start = now(), shares = 0, left, share;
	unsigned int plan = SELF_TESTS;
	size_t i;

	fuzz_seconds = environment("FUZZ_SECONDS", 30);
	left = fuzz_seconds;
	seed = environment("FUZZ_SEED", (double)(time(NULL) ^ getpid()));
	long_form = fuzz_seconds >= LONG_SECONDS;
	prepare();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		if (wanted(&parts[i], argc, argv)) {
			plan += parts[i].tests;
			shares += parts[i].share;
		}
	}
	printf("TAP version 13\n1..%u\n", plan);
	tap_info("FUZZ_SEED=%llu FUZZ_SECONDS=%.0f, the %s form",
		 seed, fuzz_seconds, long_form ? "long" : "short");
	self_check();
	stop_modprobe();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		if (!wanted(&parts[i], argc, argv))
			continue;
		/* The first take the time they take. */
		share = parts[i].share ? parts[i].share / shares : 0;
		if (!share)
			left = fuzz_seconds - (now() - start);
		if (left < fuzz_seconds / 2)
			left = fuzz_seconds / 2;
		parts[i].run(left * share);
	}
	return failed;
}
