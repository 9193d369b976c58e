// SPDX-License-Identifier: GPL-2.0
/*
 * Rates: counters that are read twice, and what they counted between. Things
 * come and go meanwhile, and some count from 0 again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rate.h"
#include "vsctl.h"

#define NSEC_PER_SEC	1000000000

/**
 * rate_now - a clock that nobody sets
 *
 * Return: nanoseconds
 */
uint64_t rate_now(void)
{
	struct timespec ts = {};

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

/**
 * rate_begin - begin to read counters, now
 * @t: the table, which loses what it has
 */
void rate_begin(struct rate_table *t)
{
	t->when = rate_now();
	t->n = 0;
}

/**
 * rate_add - add the counters of one thing
 * @t: the table
 * @row: the counters
 */
void rate_add(struct rate_table *t, const struct rate_row *row)
{
	t->rows = array_grow(t->rows, t->n, sizeof(*t->rows));
	t->rows[t->n++] = *row;
}

static int cmp_row(const void *a, const void *b)
{
	const struct rate_row *x = a, *y = b;

	if (x->sw != y->sw)
		return x->sw < y->sw ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/**
 * rate_sort - all counters are there: rate_delta() may look for them
 * @t: the table
 */
void rate_sort(struct rate_table *t)
{
	if (t->n)
		qsort(t->rows, t->n, sizeof(*t->rows), cmp_row);
}

/**
 * rate_free - forget a table
 * @t: the table
 */
void rate_free(struct rate_table *t)
{
	free(t->rows);
	t->rows = NULL;
	t->n = 0;
}

/**
 * rate_delta - what the counters of one thing counted
 * @before: the counters as they were, sorted
 * @now: those of one thing as they are
 * @delta: where it goes
 *
 * Of what was not there before nobody knows how much it counted meanwhile: it
 * counted nothing. If one of the counters went back they have begun anew, and
 * what they have now is what they counted since.
 *
 * Return: whether it was there before
 */
bool rate_delta(const struct rate_table *before, const struct rate_row *now,
		uint64_t delta[RATE_COUNTERS])
{
	const struct rate_row *old = NULL;
	unsigned int i;

	memset(delta, 0, RATE_COUNTERS * sizeof(*delta));
	if (before->n)
		old = bsearch(now, before->rows, before->n, sizeof(*old),
			      cmp_row);
	if (!old)
		return false;
	for (i = 0; i < RATE_COUNTERS; i++) {
		if (now->count[i] < old->count[i])
			break;
		delta[i] = now->count[i] - old->count[i];
	}
	if (i < RATE_COUNTERS)
		memcpy(delta, now->count, sizeof(now->count));
	return true;
}

/**
 * rate_per_second - how much that is in a second
 * @delta: what was counted
 * @times: the rate is in units of which so many are one that was counted
 * @nsec: in how many nanoseconds
 *
 * Return: the rate, rounded, but 0 only if nothing was counted
 */
uint64_t rate_per_second(uint64_t delta, unsigned int times, uint64_t nsec)
{
	double rate = (double)delta * times * NSEC_PER_SEC / (nsec ? nsec : 1);

	if (!delta)
		return 0;
	if (rate < 1)
		return 1;
	/* As a double the greatest number is one too many. */
	return rate < (double)UINT64_MAX ? (uint64_t)(rate + 0.5) : UINT64_MAX;
}

/**
 * rate_format - write a rate for people, in three figures
 * @buf: where to
 * @rate: the rate
 * @unit: its unit, or ""
 */
void rate_format(char buf[RATE_STRLEN], uint64_t rate, const char *unit)
{
	static const char prefixes[][2] = { "", "k", "M", "G", "T", "P", "E" };
	double val = rate;
	unsigned int i;

	for (i = 0; val >= 999.5 && i < ARRAY_SIZE(prefixes) - 1; i++)
		val /= 1000;
	snprintf(buf, RATE_STRLEN, "%.*f%s%s",
		 !i || val >= 99.95 ? 0 : val >= 9.995 ? 1 : 2, val,
		 prefixes[i], unit);
}
