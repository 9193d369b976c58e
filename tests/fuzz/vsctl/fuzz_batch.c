// SPDX-License-Identifier: GPL-2.0
/*
 * Any batch file. The first byte says how it is run, the rest is the file.
 */
#include <errno.h>
#include <string.h>

#include "box.h"
#include "fake.h"
#include "harness.h"
#include "vsctl.h"

#define HOW_REFUSES	1
#define HOW_GARBLES	2
#define HOW_FORCE	4
#define HOW_JSON	8
#define HOW_STDIN	16

int fuzz_one(const __u8 *data, size_t size)
{
	const char *words[4];
	unsigned int n = 0, flags = 0;
	__u8 how;

	if (!size)
		return 0;
	how = *data;
	fake = (struct fake){};
	if (how & HOW_REFUSES)
		fake = (struct fake){ .fail = 2, .err = -EEXIST, .attr = 3,
			.msg = "no\033[2J\xff" };
	fake.garble = how & HOW_GARBLES;
	if (how & HOW_FORCE)
		words[n++] = "-force";
	if (how & HOW_JSON)
		words[n++] = "-j";
	/* The usage is text even then. */
	if (how & HOW_JSON && !memmem(data, size, "help", 4))
		flags = HARNESS_JSON;
	words[n++] = "-b";
	words[n++] = how & HOW_STDIN ? "-" : "lab.batch";
	box_file(data + 1, size - 1);
	harness_run(words, n, flags);
	return 0;
}
