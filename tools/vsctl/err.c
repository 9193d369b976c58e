// SPDX-License-Identifier: GPL-2.0
/*
 * Messages on standard error. Each is one line and begins with the program,
 * the batch line if there is one, and the command.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "nl.h"
#include "vsctl.h"

#define MESSAGE_MAX	1024

/* Words and sentences come from elsewhere: no control characters get out. */
static void put_safe(const char *s)
{
	char buf[MESSAGE_MAX];

	out_safe(buf, sizeof(buf), s);
	fputs(buf, stderr);
}

static void put_where(const struct where *where)
{
	/* Whoever reads both streams sees them in order. */
	fflush(stdout);
	fputs("vsctl: ", stderr);
	if (where->file) {
		put_safe(where->file);
		fprintf(stderr, ":%u: ", where->line);
	}
	if (where->object) {
		fputs(where->object, stderr);
		if (where->command)
			fprintf(stderr, " %s", where->command);
		fputs(": ", stderr);
	}
}

static void put_message(const struct where *where, const char *fmt, va_list ap)
{
	char buf[MESSAGE_MAX];

	vsnprintf(buf, sizeof(buf), fmt, ap);
	put_where(where);
	put_safe(buf);
}

/**
 * err_usage - say what is wrong with the words of a command
 * @v: the run
 * @fmt: the sentence
 *
 * Return: %EXIT_USAGE
 */
int err_usage(const struct vsctl *v, const char *fmt, ...)
{
	const char *object = v->where.object;
	va_list ap;

	va_start(ap, fmt);
	put_message(&v->where, fmt, ap);
	va_end(ap);
	fprintf(stderr, " (see 'vsctl %s%shelp')\n", object ? object : "",
		object ? " " : "");
	return EXIT_USAGE;
}

/**
 * err_fail - say why a command did not work
 * @v: the run
 * @fmt: the sentence
 *
 * Return: %EXIT_REFUSED
 */
int err_fail(const struct vsctl *v, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_message(&v->where, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return EXIT_REFUSED;
}

/**
 * err_warn - say something that does not fail a command
 * @where: the command
 * @fmt: the sentence
 */
void err_warn(const struct where *where, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_message(where, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/**
 * err_kernel - say what the kernel answered
 * @where: the command
 * @e: the answer; one without an error is a warning
 * @word: the word of the command that it concerns, or NULL
 *
 * Return: 0 for a warning, else %EXIT_REFUSED
 */
int err_kernel(const struct where *where, const struct nl_error *e,
	       const char *word)
{
	put_where(where);
	if (!e->err)
		fputs("warning: ", stderr);
	if (e->msg)
		put_safe(e->msg);
	else
		put_safe(strerror(-e->err));
	if (word) {
		fputs(" (\"", stderr);
		put_safe(word);
		fputs("\")", stderr);
	}
	fputc('\n', stderr);
	return e->err ? EXIT_REFUSED : 0;
}
