// SPDX-License-Identifier: GPL-2.0
/*
 * Each allocation of each command fails in turn: the command says so and leaves
 * all as it was, or does without and is done whole.
 */
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "fault.h"

/* No command makes as many allocations. */
#define NTH_MAX		4000

static int n_results, n_failed;
static bool active;

void die(const char *fmt, ...)
{
	va_list ap;

	printf("Bail out! ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	if (active)
		inject_close();
	_exit(1);
}

void note(const char *fmt, ...)
{
	va_list ap;

	printf("# ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

void tap_result(bool ok, const char *fmt, ...)
{
	va_list ap;

	n_failed += !ok;
	printf("%s %d - ", ok ? "ok" : "not ok", ++n_results);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

static struct text before, after, now;

/* What is wrong with a command that met a failure, or NULL. */
static const char *judge(const struct sweep *s, const struct outcome *o,
			 int events, int events_want)
{
	bool as_before, as_after;

	state_take(&now);
	as_before = state_same(&now, &before);
	as_after = state_same(&now, &after);
	if (!as_before && !as_after)
		return "half applied";
	if (!o->err && !as_after)
		return "success without effect";
	if (o->err == s->want && as_before && as_after)
		return NULL;
	/* A lost acknowledgment leaves the sender in doubt, rightly. */
	if (o->err && o->acked && !as_before)
		return "refused, but done";
	if (as_after && !as_before && events >= 0 && events != events_want)
		return "listeners miss an event and were not told";
	if (o->err && o->acked && !s->no_sentence && !o->sentence[0] &&
	    o->place == PLACE_OURS)
		return "refused without a sentence";
	return NULL;
}

static void show(const struct sweep *s, const struct outcome *o,
		 unsigned int nth, const char *wrong)
{
	char *line, *next, *trace = strdup(inject_trace());

	note("%s: allocation %u fails: %s (%s, \"%s\")", s->name, nth, wrong,
	     strerror(o->err), o->sentence);
	note("  against the state before:");
	state_diff(&before, &now);
	note("  against the state after:");
	state_diff(&after, &now);
	for (line = trace; (next = strchr(line, '\n')); line = next + 1) {
		*next = '\0';
		if (strstr(line, "[<") || strstr(line, "+0x"))
			note("    %s", line);
	}
	free(trace);
}

/* Without injection it does what it should, and can be undone. */
static bool try_plain(const struct sweep *s, int *events)
{
	struct outcome o;

	inject_arm(0);
	state_take(&before);
	events_drain();
	s->run(&o);
	*events = events_drain();
	state_take(&after);
	if (o.err != s->want) {
		note("%s: without injection: %s \"%s\"", s->name,
		     strerror(o.err), o.sentence);
		return false;
	}
	if (!s->undo)
		return state_same(&before, &after);
	s->undo();
	state_take(&now);
	if (!state_same(&before, &now))
		state_diff(&before, &now);
	return state_same(&before, &now) && !state_same(&before, &after);
}

static void take_back(const struct sweep *s)
{
	inject_arm(0);
	if (s->undo && state_same(&now, &after)) {
		s->undo();
		state_take(&now);
	}
	if (!state_same(&now, &before)) {
		state_diff(&before, &now);
		die("%s: cannot be undone", s->name);
	}
	events_drain();
}

void sweep(const struct sweep *s)
{
	unsigned int nth, refused = 0, wrong = 0;
	int events_want, events;
	struct outcome o = {};
	const char *why;

	if (!try_plain(s, &events_want)) {
		tap_result(false, "%s: does not work without injection",
			   s->name);
		return;
	}
	for (nth = 1; nth < NTH_MAX; nth++) {
		inject_arm(nth);
		s->run(&o);
		inject_arm(0);
		if (!o.injected)
			break;
		events = events_drain();
		refused += o.err != s->want;
		why = judge(s, &o, events, events_want);
		if (why && ++wrong <= 3)
			show(s, &o, nth, why);
		take_back(s);
	}
	if (o.err != s->want)
		note("%s: does not work any more: %s \"%s\"", s->name,
		     strerror(o.err), o.sentence);
	else if (s->undo)
		s->undo();
	events_drain();
	tap_result(!wrong && nth > 1 && nth < NTH_MAX && o.err == s->want,
		   "%s: %u allocations failed in turn, %u refused it, %u wrong",
		   s->name, nth - 1, refused, wrong);
}

/* The tools must find what they are for. */
static void self_check(void)
{
	struct outcome o = {};
	int fd;

	inject_arm(1);
	inject_begin();
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	inject_end(&o);
	inject_arm(0);
	tap_result(fd < 0 && o.injected && o.place == PLACE_CORE,
		   "self-check: a socket's first allocation fails, with a trace");

	state_take(&before);
	fdb_add("t0", MAC_PREFIX "\x77\x77\x77", 1);
	state_take(&after);
	fdb_del("vsw0", MAC_PREFIX "\x77\x77\x77", 1);
	state_take(&now);
	tap_result(!state_same(&before, &after) && state_same(&before, &now),
		   "self-check: one entry more is a difference");
}

static void work_through(bool thorough)
{
	commands();
	reads();
	rules();
	sets();
	links();
	packets();
	workers(thorough);
	make_namespaces(thorough);
	load_module();
}

int main(void)
{
	const char *env = getenv("FUZZ_SECONDS");
	time_t seconds = env ? atoi(env) : 20, start = time(NULL);
	struct outcome o;
	int rounds = 0;

	puts("TAP version 13");
	if (!inject_open()) {
		puts("1..0 # SKIP the kernel cannot make allocations fail");
		return 0;
	}
	active = true;
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		die("mlockall: %s", strerror(errno));
	enter_namespace(-1);
	load_hooked();
	do {
		nl_init();
		bench_make();
		events_join(&o);
		if (!rounds++)
			self_check();
		work_through(seconds >= 300);
	} while (time(NULL) - start < seconds && !n_failed);
	look_for_leaks();
	inject_close();
	note("%d rounds in %ld s", rounds, (long)(time(NULL) - start));
	printf("1..%d\n", n_results);
	return n_failed != 0;
}
