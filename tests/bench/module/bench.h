/* SPDX-License-Identifier: GPL-2.0 */
#ifndef BENCH_H
#define BENCH_H

#include <linux/types.h>

struct net;

#define BENCH_MAX_GENS	2
/* "%15s" takes a device's name, all of it. */
#define BENCH_NAME	"%15s"

ssize_t bench_gen_run(struct net *net, char *lines, char *answer, size_t size);

int bench_handler_init(void);
void bench_handler_exit(void);
int bench_handler_set(struct net *net, const char *line);

#endif
