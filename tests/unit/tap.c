// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static unsigned int points, failures;
static FILE *real_stderr;

/* What was written, to standard error and to a writer. */
static struct text {
	char *s;
	size_t len;
} err, out;

static void point(bool good, const char *fmt, va_list ap)
{
	failures += !good;
	printf("%sok %u - ", good ? "" : "not ", ++points);
	vprintf(fmt, ap);
	putchar('\n');
	fflush(stdout);
}

/**
 * tap_ok - a test point
 * @good: whether it passed
 * @fmt: what it is
 */
void tap_ok(bool good, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	point(good, fmt, ap);
	va_end(ap);
}

/**
 * tap_str - a test point that compares text
 * @got: the text
 * @want: what it should be
 * @fmt: what it is
 */
void tap_str(const char *got, const char *want, const char *fmt, ...)
{
	bool good = !strcmp(got, want);
	va_list ap;

	va_start(ap, fmt);
	point(good, fmt, ap);
	va_end(ap);
	if (!good)
		printf("# got:  %s\n# want: %s\n", got, want);
}

/**
 * tap_done - end the tests
 *
 * Return: the program's exit status
 */
int tap_done(void)
{
	printf("1..%u\n", points);
	free(err.s);
	free(out.s);
	return failures ? 1 : 0;
}

static FILE *open_text(struct text *text)
{
	free(text->s);
	text->s = NULL;
	return open_memstream(&text->s, &text->len);
}

/**
 * tap_stderr - take what goes to standard error from now on
 */
void tap_stderr(void)
{
	real_stderr = stderr;
	stderr = open_text(&err);
}

/**
 * tap_stderr_text - let standard error be what it was
 *
 * Return: what was taken
 */
const char *tap_stderr_text(void)
{
	fclose(stderr);
	stderr = real_stderr;
	return err.s;
}

/**
 * tap_out - make a writer into memory
 * @o: the writer
 * @json: as for out_init()
 * @pretty: as for out_init()
 * @color: as for out_init()
 */
void tap_out(struct out *o, bool json, bool pretty, bool color)
{
	out_init(o, open_text(&out), json, pretty, color);
}

/**
 * tap_out_text - end that writer
 * @o: the writer
 *
 * Return: what it wrote
 */
const char *tap_out_text(struct out *o)
{
	fclose(o->f);
	return out.s;
}
