// SPDX-License-Identifier: GPL-2.0
/*
 * Commands from a file.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

#define BATCH_WORDS	64
#define SPACE		" \t\r\n"

/**
 * batch_split - split a line into words
 * @line: the line; it is cut up
 * @argv: where the words go
 * @max: how many fit
 * @why: what is wrong, if something is
 *
 * A word that begins with a quotation mark goes to the next such mark; one
 * that begins with # begins a comment.
 *
 * Return: how many words there are, or -1
 */
int batch_split(char *line, char **argv, int max, const char **why)
{
	int argc = 0;
	char *p = line;
	char quote;

	for (;;) {
		p += strspn(p, SPACE);
		if (!*p || *p == '#')
			return argc;
		*why = "too many words";
		if (argc == max)
			return -1;
		if (*p != '\'' && *p != '"') {
			argv[argc++] = p;
			p += strcspn(p, SPACE);
		} else {
			quote = *p++;
			argv[argc++] = p;
			p = strchr(p, quote);
			*why = "a quotation mark has no partner";
			if (!p)
				return -1;
			*p++ = '\0';
			*why = "no space after a quotation mark";
			if (*p && !strchr(SPACE, *p))
				return -1;
		}
		if (*p)
			*p++ = '\0';
	}
}

/**
 * struct reader - the lines of a batch
 * @f: the file
 * @regular: it is a file on a disk, all of which is there
 * @line: the current line
 * @size: room in @line
 * @len: its length
 * @next: for lines that go on
 * @next_size: room in @next
 * @lines: lines read so far
 */
struct reader {
	FILE *f;
	bool regular;
	char *line;
	size_t size;
	size_t len;
	char *next;
	size_t next_size;
	unsigned int lines;
};

/* The next line with those that it goes on in; false at the end. */
static bool read_line(struct reader *r)
{
	ssize_t len = getline(&r->line, &r->size, r->f), more;

	r->lines += len >= 0;
	while (len >= 2 && !strcmp(r->line + len - 2, "\\\n")) {
		r->line[len -= 2] = '\0';
		more = getline(&r->next, &r->next_size, r->f);
		if (more < 0)
			break;
		r->lines++;
		if (r->size < (size_t)(len + more + 1)) {
			char *bigger = realloc(r->line, len + more + 1);

			if (!bigger)
				return false;
			r->line = bigger;
			r->size = len + more + 1;
		}
		memcpy(r->line + len, r->next, more + 1);
		len += more;
	}
	r->len = len;
	return len >= 0;
}

/*
 * Someone types, or a program waits: what was asked for must not be kept, and
 * devices may come and go until the next line.
 */
static bool nothing_waits(const struct reader *r)
{
	struct pollfd fd = { .fd = fileno(r->f), .events = POLLIN };

	return !r->regular && !poll(&fd, 1, 0);
}

static int run_line(struct vsctl *v, struct reader *r, batch_cb run,
		    void *data)
{
	char *argv[BATCH_WORDS];
	struct words w = { argv, 0 };
	const char *why;
	int rc;

	v->where.object = NULL;
	v->where.command = NULL;
	if (strlen(r->line) != r->len)
		return err_usage(v, "the line has a zero byte");
	w.argc = batch_split(r->line, argv, BATCH_WORDS, &why);
	if (w.argc < 0) {
		w.argc = 0;
		return err_usage(v, "%s", why);
	}
	rc = w.argc ? run(v, &w, data) : 0;
	/* Names may be wrong if devices came or went behind our back. */
	if (rc)
		names_forget(v);
	return rc;
}

static int run_lines(struct vsctl *v, struct reader *r, batch_cb run,
		     void *data)
{
	int rc, first = 0;

	v->rc = 0;
	for (;;) {
		v->where.line = r->lines + 1;
		if (!read_line(r))
			break;
		rc = run_line(v, r, run, data);
		if (!rc && nothing_waits(r)) {
			rc = nl_flush(v->nl);
			fflush(v->out.f);
			names_forget(v);
		}
		/* What waits for its answer is of lines before this one. */
		if (rc)
			nl_flush(v->nl);
		if (!first)
			first = v->rc ? v->rc : rc;
		if ((rc && !v->force) || out_failed(&v->out))
			break;
	}
	v->where.object = NULL;
	v->where.command = NULL;
	if (ferror(r->f))
		first = err_fail(v, "%s", strerror(errno));
	nl_flush(v->nl);
	return first ? first : v->rc;
}

/**
 * batch_run - do what the lines of a file say
 * @v: the run
 * @file: its name, or "-" for standard input
 * @run: does what one line says
 * @data: for @run
 *
 * Return: 0, or the exit code of the first that failed
 */
int batch_run(struct vsctl *v, const char *file, batch_cb run, void *data)
{
	struct where where = v->where;
	bool batch = v->batch;
	struct reader r = {};
	struct stat st;
	int rc;

	r.f = strcmp(file, "-") ? fopen(file, "re") : stdin;
	if (!r.f)
		return err_fail(v, "%s: %s", file, strerror(errno));
	r.regular = !fstat(fileno(r.f), &st) && S_ISREG(st.st_mode);
	v->batch = true;
	v->where.file = file;
	rc = run_lines(v, &r, run, data);
	free(r.line);
	free(r.next);
	if (r.f != stdin)
		fclose(r.f);
	v->where = where;
	v->batch = batch;
	return rc;
}
