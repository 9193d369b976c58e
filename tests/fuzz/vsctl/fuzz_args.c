// SPDX-License-Identifier: GPL-2.0
/*
 * Any command line. The first byte says how the module behaves, the words
 * follow, with a zero byte between.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "fake.h"
#include "harness.h"

#define WORDS_MAX	64

#define HOW_REFUSES	1
#define HOW_GARBLES	2

static const char batch[] =
	"switch show\n"
	"fdb add 02:00:00:00:00:09 port tap1\n"
	"fdb del 02:00:00:00:00:0a switch vsw0\n";

/* Colours are there only if somebody asked for them. */
static unsigned int expected(const char *const *words, unsigned int n)
{
	unsigned int flags = 0, i;

	for (i = 0; i < n; i++) {
		if (!strncmp(words[i], "-c", 2) || !strncmp(words[i], "--c", 3))
			flags = HARNESS_COLOR;
	}
	return flags;
}

int fuzz_one(const __u8 *data, size_t size)
{
	const char *words[WORDS_MAX];
	unsigned int n = 0;
	char *text, *p;

	if (!size)
		return 0;
	text = malloc(size + 1);
	memcpy(text, data, size);
	text[size] = '\0';
	for (p = text + 1; p < text + size && n < WORDS_MAX; p += strlen(p) + 1)
		words[n++] = p;
	fake = (struct fake){};
	if (*text & HOW_REFUSES)
		fake = (struct fake){ .fail = 1, .err = -EINVAL, .attr = 1,
			.msg = "no\033[2J\xff" };
	fake.garble = *text & HOW_GARBLES;
	box_file(batch, sizeof(batch) - 1);
	harness_run(words, n, expected(words, n));
	free(text);
	return 0;
}
