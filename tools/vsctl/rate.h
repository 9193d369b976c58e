/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rates: counters that are read twice, and what they counted between.
 */
#ifndef VSCTL_RATE_H
#define VSCTL_RATE_H

#include <stdbool.h>
#include <stdint.h>

/* Counters that one thing has at most. */
#define RATE_COUNTERS	5

/* Room for a rate and its unit, as people read it. */
#define RATE_STRLEN	32

/**
 * struct rate_row - the counters of one thing
 * @sw: ifindex of its switch
 * @id: what it is known by there, whatever its name
 * @count: its counters
 */
struct rate_row {
	uint32_t sw;
	uint32_t id;
	uint64_t count[RATE_COUNTERS];
};

/**
 * struct rate_table - the counters of all things of a kind, as they were once
 * @when: when that was, by rate_now()
 * @rows: they
 * @n: how many
 */
struct rate_table {
	uint64_t when;
	struct rate_row *rows;
	unsigned int n;
};

uint64_t rate_now(void);
void rate_begin(struct rate_table *t);
void rate_add(struct rate_table *t, const struct rate_row *row);
void rate_sort(struct rate_table *t);
void rate_free(struct rate_table *t);

bool rate_delta(const struct rate_table *before, const struct rate_row *now,
		uint64_t delta[RATE_COUNTERS]);
uint64_t rate_per_second(uint64_t delta, unsigned int times, uint64_t nsec);
void rate_format(char buf[RATE_STRLEN], uint64_t rate, const char *unit);

#endif /* VSCTL_RATE_H */
