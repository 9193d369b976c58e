// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl as its users run it, from main() on, and a look at what it did.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "box.h"
#include "check.h"
#include "harness.h"
#include "vsctl.h"

#define WORDS_MAX	64

struct text {
	char *s;
	size_t len;
};

static struct text out, err;
static FILE *real_stdin, *real_stdout, *real_stderr;
static int first_fd;

/**
 * harness_fail - end the fuzzing with a finding
 * @what: what is wrong
 * @text: where it was seen
 */
void harness_fail(const char *what, const char *text)
{
	fprintf(real_stderr ? real_stderr : stderr,
		"PROPERTY BROKEN: %s in:\n%s\n", what, text);
	abort();
}

/* The number that the next file would get. */
static int next_fd(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd;
}

/**
 * harness_begin - take what is written from now on
 */
void harness_begin(void)
{
	first_fd = next_fd();
	real_stdin = stdin;
	real_stdout = stdout;
	real_stderr = stderr;
	stdin = box_stdin();
	stdout = open_memstream(&out.s, &out.len);
	stderr = open_memstream(&err.s, &err.len);
	if (!stdin || !stdout || !stderr)
		abort();
}

static void check(const char *what, const struct text *text)
{
	if (what)
		harness_fail(what, text->s);
}

/**
 * harness_end - check what was written
 * @rc: vsctl's exit code
 * @flags: what the output is to be
 */
void harness_end(int rc, unsigned int flags)
{
	fclose(stdin);
	fclose(stdout);
	fclose(stderr);
	stdin = real_stdin;
	stdout = real_stdout;
	stderr = real_stderr;
	check(check_text(out.s, out.len, flags & HARNESS_COLOR), &out);
	check(check_text(err.s, err.len, false), &err);
	if (flags & HARNESS_JSON)
		check(check_json(out.s), &out);
	if (rc < 0 || rc > EXIT_USAGE)
		harness_fail("an exit code that there is not", err.s);
	if (rc && !err.len)
		harness_fail("a failure without a message", out.s);
	if (next_fd() != first_fd)
		harness_fail("a file left open", out.s);
	free(out.s);
	free(err.s);
}

/**
 * harness_run - run vsctl
 * @words: its command line, without its own name
 * @n: how many
 * @flags: what the output is to be
 */
void harness_run(const char *const *words, unsigned int n, unsigned int flags)
{
	char name[] = "vsctl", *argv[WORDS_MAX + 2] = { name };
	char *copies[WORDS_MAX];
	unsigned int i;

	if (n > WORDS_MAX)
		n = WORDS_MAX;
	/* Each by itself: who reads beyond a word is seen. */
	for (i = 0; i < n; i++) {
		copies[i] = strdup(words[i]);
		argv[i + 1] = copies[i];
	}
	harness_begin();
	harness_end(vsctl_main(n + 1, argv), flags);
	for (i = 0; i < n; i++)
		free(copies[i]);
}
