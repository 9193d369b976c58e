// SPDX-License-Identifier: GPL-2.0
/* Rates: what counters counted, for a second and for people. */
#include <stdlib.h>

#include "rate.h"
#include "tap.h"

#define SEC	1000000000ULL

static struct rate_table before;

static void add(__u32 sw, __u32 id, __u64 packets, __u64 bytes)
{
	struct rate_row row = { .sw = sw, .id = id,
		.count = { packets, bytes } };

	rate_add(&before, &row);
}

static void delta(__u32 sw, __u32 id, __u64 packets, __u64 bytes,
		  bool known, __u64 packets_want, __u64 bytes_want,
		  const char *name)
{
	struct rate_row row = { .sw = sw, .id = id,
		.count = { packets, bytes } };
	struct rate_row got;

	tap_ok(rate_delta(&before, &row, got.count) == known &&
	       got.count[0] == packets_want && got.count[1] == bytes_want &&
	       !got.count[2], "%s", name);
}

static void deltas(void)
{
	__u32 id;

	delta(1, 1, 5, 500, false, 0, 0, "nothing was there before");
	rate_begin(&before);
	/* As ports are told: by number, not by index. */
	for (id = 100; id; id--)
		add(2, id, id, 100 * id);
	add(1, 7, UINT64_MAX - 1, UINT64_MAX);
	add(1, 8, 10, 1000);
	rate_sort(&before);
	delta(2, 50, 55, 5600, true, 5, 600, "one of many");
	delta(2, 1, 1, 100, true, 0, 0, "one that did not count");
	delta(1, 8, 11, 1100, true, 1, 100, "of another switch");
	delta(2, 101, 9, 900, false, 0, 0, "one that was not there");
	delta(3, 1, 9, 900, false, 0, 0, "of a switch that was not there");
	delta(1, 7, UINT64_MAX, UINT64_MAX, true, 1, 0,
	      "as much as a counter can have");
	delta(1, 7, 3, 300, true, 3, 300, "one that has begun anew");
	delta(2, 50, 60, 100, true, 60, 100,
	      "if one counter has begun anew, so have the others");
	rate_begin(&before);
	delta(2, 50, 55, 5600, false, 0, 0, "a table that begins is empty");
	add(2, 50, 5, 600);
	rate_sort(&before);
	delta(2, 50, 55, 5600, true, 50, 5000, "... and can be filled");
	tap_ok(before.when && rate_now() >= before.when, "time passes");
	rate_free(&before);
	delta(2, 50, 55, 5600, false, 0, 0, "a table that is free is empty");
}

static void per_second(__u64 count, unsigned int times, __u64 nsec, __u64 want)
{
	__u64 got = rate_per_second(count, times, nsec);

	tap_ok(got == want, "%llu x %u in %llu ns: %llu, expected %llu", count,
	       times, nsec, got, want);
}

static void rates(void)
{
	per_second(0, 1, SEC, 0);
	per_second(1000, 1, SEC, 1000);
	per_second(1000, 8, SEC, 8000);
	per_second(1000, 1, 2 * SEC, 500);
	per_second(1000, 1, SEC / 2, 2000);
	per_second(1000, 1, 3 * SEC, 333);
	per_second(2000, 1, 3 * SEC, 667);
	per_second(1, 1, 3600 * SEC, 1);
	per_second(0, 1, 0, 0);
	per_second(1, 1, 0, SEC);
	per_second(12500000000ULL, 8, SEC, 100000000000ULL);
	per_second(UINT64_MAX, 8, SEC, UINT64_MAX);
	per_second(UINT64_MAX, 1, 0, UINT64_MAX);
}

static void format(__u64 rate, const char *unit, const char *want)
{
	char buf[RATE_STRLEN];

	rate_format(buf, rate, unit);
	tap_str(buf, want, "%llu as %s", rate, want);
}

static void formats(void)
{
	format(0, "", "0");
	format(7, "", "7");
	format(999, "bit/s", "999bit/s");
	format(1000, "", "1.00k");
	format(1234, "", "1.23k");
	format(9994, "", "9.99k");
	format(9995, "", "10.0k");
	format(99949, "", "99.9k");
	format(99950, "", "100k");
	format(999499, "", "999k");
	format(999500, "", "1.00M");
	format(1230000, "", "1.23M");
	format(9412345678ULL, "bit/s", "9.41Gbit/s");
	format(UINT64_MAX, "bit/s", "18.4Ebit/s");
}

int main(void)
{
	deltas();
	rates();
	formats();
	return tap_done();
}
