/* SPDX-License-Identifier: GPL-2.0 */
/*
 * vsctl in a box: what the fuzz targets share.
 */
#ifndef FUZZ_HARNESS_H
#define FUZZ_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

/*
 * libFuzzer's own names, which the Makefile puts in place of these: it calls
 * the first two, and the third is its own mutator.
 */
int fuzz_one(const __u8 *data, size_t size);
size_t fuzz_mutate(__u8 *data, size_t size, size_t max, unsigned int seed);
size_t fuzz_bytes(__u8 *data, size_t size, size_t max);

/* What a run's output must be; text always holds. */
#define HARNESS_JSON	1
#define HARNESS_COLOR	2

/* vsctl's main(), as the Makefile calls it. */
int vsctl_main(int argc, char **argv);

void harness_begin(void);
void harness_end(int rc, unsigned int flags);
void harness_run(const char *const *words, unsigned int n,
		 unsigned int flags);

void harness_fail(const char *what, const char *text);

#endif /* FUZZ_HARNESS_H */
