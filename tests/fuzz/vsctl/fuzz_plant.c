// SPDX-License-Identifier: GPL-2.0
/*
 * Faults planted, one for each thing that a finding may be: run.sh has to find
 * them all before it believes that there are none in vsctl.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "harness.h"
#include "vsctl.h"

/* Not static: what goes here is not left out as useless. */
int fuzz_sink;

static void overread(const __u8 *copy, size_t size)
{
	fuzz_sink = copy[size];
}

static void overflow(const __u8 *copy, size_t size)
{
	fuzz_sink = 0x7fffffff;
	fuzz_sink += (int)size;
	(void)copy;
}

/* Nothing has the address of the first one any more. */
static void leak(const __u8 *copy, size_t size)
{
	box_file(malloc(size + 1), size);
	box_file(copy, 0);
}

/* What vsctl would write. */
static void output(const char *text, unsigned int flags)
{
	harness_begin();
	fputs(text, stdout);
	harness_end(0, flags);
}

static void escape(const __u8 *copy, size_t size)
{
	(void)copy;
	(void)size;
	output("vsw0\033[2J\n", 0);
}

static void json(const __u8 *copy, size_t size)
{
	(void)copy;
	(void)size;
	output("[{\"a\":1,}]\n", HARNESS_JSON);
}

static void hang(const __u8 *copy, size_t size)
{
	(void)copy;
	(void)size;
	for (;;)
		sleep(1);
}

static const struct {
	const char *name;
	void (*fault)(const __u8 *copy, size_t size);
} faults[] = {
	{ "overread", overread },
	{ "overflow", overflow },
	{ "leak", leak },
	{ "escape", escape },
	{ "json", json },
	{ "hang", hang },
};

int fuzz_one(const __u8 *data, size_t size)
{
	__u8 *copy = malloc(size ? size : 1);
	size_t i;

	memcpy(copy, data, size);
	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (size == strlen(faults[i].name) &&
		    !memcmp(copy, faults[i].name, size))
			faults[i].fault(copy, size);
	}
	/* To be found by search, not by an input that has it. */
	if (size > 3 && copy[0] == 'B' && copy[1] == 'U' && copy[2] == 'G' &&
	    copy[3] == '!')
		overread(copy, size);
	free(copy);
	return 0;
}
