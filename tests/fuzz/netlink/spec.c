// SPDX-License-Identifier: GPL-2.0
/*
 * Looking things up in the specification's tables, and what else all need.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"

const char *const names[N_NAMES] = {
	"s0", "s1", "s2", "s3", "s4", "s5",
	"i0", "i1", "i2", "i3", "i4", "i5",
	"v0", "v1", "v2", "v3", "v4", "v5",
	"t0", "t1",
	"lo",
};

struct shared *shm;

/* Each file has tables of its own: these are those that all refer to. */
const struct spec_op *const ops = spec_ops;

const struct spec_op *spec_op(__u8 cmd)
{
	size_t i;

	for (i = 0; i < OPS; i++)
		if (spec_ops[i].id == cmd)
			return &spec_ops[i];
	return NULL;
}

const struct spec_op *spec_op_named(const char *name)
{
	size_t i;

	for (i = 0; i < OPS; i++)
		if (!strcmp(spec_ops[i].name, name))
			return &spec_ops[i];
	return NULL;
}

/* Is it a command on such objects? */
bool op_is_of(const struct spec_op *op, const char *set)
{
	return !strcmp(op->set->name, set);
}

const struct spec_attr *spec_attr(const struct spec_set *set, __u16 id)
{
	return id && id <= set->max ? &set->attrs[id - 1] : NULL;
}

/* Index of a device. */
bool spec_is_index(const struct spec_attr *s)
{
	return s->type == NL_ATTR_TYPE_U32 && s->min == 1 &&
	       s->max == 0x7fffffff;
}

__u32 rnd(struct rng *r, __u32 below)
{
	r->s ^= r->s >> 12;
	r->s ^= r->s << 25;
	r->s ^= r->s >> 27;
	return ((r->s * 0x2545f4914f6cdd1dULL) >> 32) % below;
}

bool chance(struct rng *r, __u32 one_in)
{
	return !rnd(r, one_in);
}

/* The n-th seed that follows from one, never 0 (splitmix64). */
__u64 mix(__u64 seed, __u64 n)
{
	__u64 z = seed + (n + 1) * 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (z ^ (z >> 31)) ?: 1;
}

__u64 now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * SEC + ts.tv_nsec;
}

void finding(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	/* The first is what counts. */
	if (!shm->finding[0])
		vsnprintf(shm->finding, sizeof(shm->finding), fmt, ap);
	va_end(ap);
	fflush(stdout);
	_exit(1);
}

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("Bail out! ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	fflush(stdout);
	_exit(2);
}
