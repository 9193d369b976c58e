// SPDX-License-Identifier: GPL-2.0
/*
 * netlink - send the module's netlink family what the specification allows and
 * what it does not, and hold what comes of it against what must.
 *
 * usage: netlink		for FUZZ_SECONDS, from FUZZ_SEED; prints TAP
 *	  netlink replay FILE	messages as a finding printed them
 */
#include <errno.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "fuzz.h"

#define SHOWN_MAX	64
#define HEAP_KEPT	(16 << 20)
#define MINIMISE_MAX	(60 * SEC)
/* Messages a second that the slowest machine must manage, which is an emulated
 * one with detectors; others do hundreds.
 */
#define RATE_MIN	4

/* So many times the seconds may it take until each command was granted. */
#define PATIENCE	4

/* Taints 5, 7, 9 and 14: bad page, oops, warning, soft lockup. */
#define TAINTS		0x42a0

static unsigned int tests_done;
static bool failed;
static unsigned int taint_before;

__printf(2, 3) static void result(bool ok, const char *fmt, ...)
{
	va_list ap;

	printf("%sok %u - ", ok ? "" : "not ", ++tests_done);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	fflush(stdout);
	failed |= !ok;
}

static unsigned int taint(void)
{
	FILE *f = fopen("/proc/sys/kernel/tainted", "r");
	unsigned int bits;

	if (!f || fscanf(f, "%u", &bits) != 1)
		die("/proc/sys/kernel/tainted");
	fclose(f);
	return bits & TAINTS;
}

static __u64 env_number(const char *name, __u64 otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtoull(text, NULL, 0) : otherwise;
}

/* Leaves out of the log what the finding does not need, in ever smaller parts.
 * False if it does not come about again.
 */
static bool minimise(bool *keep)
{
	__u32 n = shm->log_n, part, at, i;
	__u64 end = now_ns() + MINIMISE_MAX;

	memset(keep, true, n * sizeof(*keep));
	replay_select(keep, false);
	if (round_run(round_replay, 0, 0))
		return false;
	for (part = n / 2; part; part /= 2) {
		for (at = 0; at < n && now_ns() < end; at += part) {
			for (i = at; i < n && i < at + part; i++)
				keep[i] = false;
			if (!round_run(round_replay, 0, 0))
				continue;
			for (i = at; i < n && i < at + part; i++)
				keep[i] = true;
		}
	}
	return true;
}

static void print_log(const bool *keep)
{
	static struct wire w;
	__u32 i, n = 0;

	for (i = 0; i < shm->log_n; i++)
		n += keep[i];
	for (i = 0; i < shm->log_n; i++) {
		if (!keep[i] || n-- > SHOWN_MAX)
			continue;
		log_get(i, &w);
		wire_print(&w);
	}
}

static void report(const char *what, __u64 seed, unsigned int round)
{
	static bool keep[LOG_ENTRIES];

	printf("# FINDING, seed %llu, round %u of \"%s\", send %u of it:\n",
	       (unsigned long long)seed, round, what, shm->log_n);
	printf("# %s\n", shm->finding);
	fflush(stdout);
	if (!shm->log_n)
		return;
	if (minimise(keep)) {
		printf("# this is enough of it, for netlink replay:\n");
	} else {
		printf("# by itself the round does not repeat it; the last:\n");
		memset(keep, true, sizeof(keep));
	}
	print_log(keep);
	fflush(stdout);
}

static const struct phase {
	const char *what;
	round_fn *fn;
	unsigned int share;		/* of ten */
} phases[] = {
	{ "one client, what is refused changes nothing", round_alone, 5 },
	{ "several at once", round_together, 2 },
	{ "a user without rights", round_user, 1 },
	{ "a user namespace without rights here", round_userns, 1 },
	{ "root of a user's own namespaces", round_own_ns, 1 },
};

#define PHASES	ARRAY_SIZE(phases)

/* One round of a phase; a finding in it is reported. */
static bool run_round(const struct phase *p, __u64 seed, unsigned int round,
		      __u64 deadline)
{
	bool ok = round_run(p->fn, mix(seed, round), deadline);

	if (ok && (taint() & ~taint_before)) {
		snprintf(shm->finding, FINDING_MAX,
			 "the kernel complains: see its log");
		ok = false;
	}
	if (!ok)
		report(p->what, seed, round);
	return ok;
}

static void run_phase(const struct phase *p, __u64 seed, __u64 seconds)
{
	__u64 deadline = now_ns() + seconds * p->share * SEC / 10;
	__u64 floor = RATE_MIN * seconds * p->share / 10;
	__u64 before = shm->messages;
	__u64 compared = shm->dumps_compared;
	unsigned int round = 0;
	bool ok = true;

	while (ok && now_ns() < deadline)
		ok = run_round(p, mix(seed, p - phases), round++, deadline);
	before = shm->messages - before;
	if (ok && before < floor)
		printf("# fewer than %llu messages\n",
		       (unsigned long long)floor);
	result(ok && before >= floor,
	       "%s: %llu messages, %u rounds, state compared %llu times",
	       p->what, (unsigned long long)before, round,
	       (unsigned long long)(shm->dumps_compared - compared));
}

/* All commands were granted, and all refused: nothing was passed over. */
static bool all_reached(void)
{
	size_t i;

	for (i = 0; i < OPS; i++)
		if (!ops[i].group && (!shm->granted[i] || !shm->refused[i]))
			return false;
	return true;
}

/* What chance left out, more of it brings, unless it cannot be. */
static void reach_all(__u64 seed, __u64 seconds)
{
	const struct phase *alone = &phases[0];
	__u64 end = now_ns() + PATIENCE * seconds * SEC;
	unsigned int round = 0;

	while (!failed && !all_reached() && now_ns() < end)
		failed = !run_round(alone, mix(seed, PHASES), round++,
				    now_ns() + seconds * SEC / 10);
}

static void check_reach(void)
{
	size_t i;

	for (i = 0; i < OPS; i++)
		if (!ops[i].group)
			printf("# %s: %u granted, %u refused\n", ops[i].name,
			       shm->granted[i], shm->refused[i]);
	result(all_reached(), "each command was granted and refused");
	if (shm->kcov_tasks)
		result(shm->edges && shm->corpus_n,
		       "%u edges, %u messages reached new ones (KCOV)",
		       shm->edges, shm->corpus_n);
	else
		result(true, "no KCOV here: messages were chosen blindly");
}

static int fuzz(void)
{
	__u64 seconds = env_number("FUZZ_SECONDS", 20);
	__u64 seed = env_number("FUZZ_SEED", 0);
	const char *why;
	size_t i;

	if (!seed && getrandom(&seed, sizeof(__u32), 0) < 0)
		die("no random seed");
	printf("TAP version 13\n1..%zu\n# FUZZ_SEED=%llu FUZZ_SECONDS=%llu\n",
	       PHASES + 4, (unsigned long long)seed,
	       (unsigned long long)seconds);
	taint_before = taint();
	why = selfcheck();
	if (why)
		printf("# planted, and not found: %s\n", why);
	result(!why, "what is planted is found");
	for (i = 0; i < PHASES; i++)
		run_phase(&phases[i], seed, seconds);
	reach_all(seed, seconds);
	check_reach();
	result(!(taint() & ~taint_before), "the kernel is not tainted");
	printf("# %llu messages, %llu events in all\n",
	       (unsigned long long)shm->messages,
	       (unsigned long long)shm->events);
	return failed;
}

static int replay(const char *file)
{
	FILE *f = fopen(file, "r");
	static struct wire w;
	size_t room = 0;
	char *line = NULL;

	if (!f)
		die("%s: %s", file, strerror(errno));
	log_reset();
	while (getline(&line, &room, f) > 0) {
		if (!strstr(line, "send ") && !strstr(line, "frame "))
			continue;
		if (!wire_parse(&w, line) || !log_add(&w))
			die("not a message: %s", line);
	}
	free(line);
	fclose(f);
	replay_select(NULL, true);
	if (round_run(round_replay, 0, 0)) {
		printf("nothing found in %u messages\n", shm->log_n);
		return 0;
	}
	printf("FINDING: %s\n", shm->finding);
	return 1;
}

int main(int argc, char **argv)
{
	/* Buffers of sockets come and go: keep their memory. */
	mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
	mallopt(M_MMAP_THRESHOLD, HEAP_KEPT);
	shm = mmap(NULL, sizeof(*shm), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shm == MAP_FAILED)
		die("no memory");
	if (argc == 3 && !strcmp(argv[1], "replay"))
		return replay(argv[2]);
	if (argc != 1) {
		fprintf(stderr, "usage: netlink [replay FILE]\n");
		return 2;
	}
	return fuzz();
}
