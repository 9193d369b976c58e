// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl - program the vswitch kernel module
 *
 * Options, and what holds for a whole run.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

/**
 * struct options - what the options say
 * @json: -j
 * @pretty: -p
 * @color: -c
 * @netns: -n
 * @batch: -b
 * @done: -h or -V was all there was to do
 */
struct options {
	bool json;
	bool pretty;
	bool color;
	const char *netns;
	const char *batch;
	bool done;
};

/* "-j" is "-json" is "--json"; nothing between. */
static bool option_is(const char *opt, const char *letter, const char *word)
{
	opt += opt[1] == '-' ? 2 : 1;
	return !strcmp(opt, letter) || !strcmp(opt, word);
}

static bool option_color(const char *opt, struct options *opts)
{
	const char *value = strchr(opt, '=');
	char name[sizeof("--color")];

	snprintf(name, sizeof(name), "%.*s",
		 value ? (int)(value - opt) : (int)strlen(opt), opt);
	if (strlen(opt) - (value ? strlen(value) : 0) >= sizeof(name) ||
	    !option_is(name, "c", "color"))
		return false;
	if (!value || !strcmp(value, "=always"))
		opts->color = true;
	else if (!strcmp(value, "=auto"))
		opts->color = isatty(STDOUT_FILENO);
	else if (!strcmp(value, "=never"))
		opts->color = false;
	else
		return false;
	return true;
}

static int option_value(struct vsctl *v, struct words *w, const char *opt,
			const char *what, const char **to)
{
	*to = words_next(w);
	if (!*to)
		return err_usage(v, "\"%s\": %s must follow", opt, what);
	return 0;
}

static int take_option(struct vsctl *v, struct words *w, struct options *opts)
{
	const char *opt = words_next(w);

	if (option_is(opt, "j", "json"))
		opts->json = true;
	else if (option_is(opt, "p", "pretty"))
		opts->pretty = true;
	else if (option_is(opt, "s", "statistics") ||
		 option_is(opt, "s", "stats"))
		v->stats = true;
	else if (option_is(opt, "d", "details"))
		v->details = true;
	else if (option_is(opt, "force", "force"))
		v->force = true;
	else if (option_is(opt, "n", "netns"))
		return option_value(v, w, opt, "a network namespace",
				    &opts->netns);
	else if (option_is(opt, "b", "batch"))
		return option_value(v, w, opt, "a file name", &opts->batch);
	else if (option_is(opt, "V", "Version"))
		opts->done = printf("vsctl " VSCTL_VERSION "\n");
	else if (option_is(opt, "h", "help"))
		vsctl_usage(stdout), opts->done = true;
	else if (!option_color(opt, opts))
		return err_usage(v, "unknown option \"%s\"", opt);
	return 0;
}

static int enter_netns(struct vsctl *v, const char *name)
{
	char path[PATH_MAX];
	int fd, rc = 0;

	if (!*name || strchr(name, '/') || !strcmp(name, ".") ||
	    !strcmp(name, ".."))
		return err_usage(v,
				 "\"-n\": expected a network namespace's name, not \"%s\"",
				 name);
	snprintf(path, sizeof(path), NETNS_DIR "/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return err_fail(v,
				"there is no network namespace of that name (\"%s\")",
				name);
	if (fd < 0)
		return err_fail(v, "%s: %s", path, strerror(errno));
	if (setns(fd, CLONE_NEWNET))
		rc = err_fail(v, "cannot enter network namespace: %s (\"%s\")",
			      strerror(errno), name);
	close(fd);
	return rc;
}

static int run(struct vsctl *v, struct words *w, const struct options *opts)
{
	int rc = 0;

	out_init(&v->out, stdout, opts->json, opts->pretty,
		 opts->color && !opts->json);
	if (opts->batch && w->argc)
		return err_usage(v, "unknown word \"%s\" after \"-b %s\"",
				 *w->argv, opts->batch);
	if (!opts->batch && !w->argc) {
		vsctl_usage(stderr);
		return EXIT_USAGE;
	}
	if (opts->netns)
		rc = enter_netns(v, opts->netns);
	if (rc)
		return rc;
	if (opts->batch)
		return batch_run(v, opts->batch, vsctl_dispatch, NULL);
	return vsctl_dispatch(v, w, NULL);
}

/* A reader that has gone is no news, a full disk is. */
static int finish(struct vsctl *v, int rc)
{
	int err = out_finish(&v->out);

	if (!err)
		return rc;
	v->where = (struct where){};
	if (err != EPIPE)
		err_fail(v, "standard output: %s", strerror(err));
	return rc ? rc : EXIT_REFUSED;
}

int main(int argc, char **argv)
{
	struct words w = { argv + 1, argc > 0 ? argc - 1 : 0 };
	struct options opts = {};
	struct vsctl v = {};
	int rc = 0;

	signal(SIGPIPE, SIG_IGN);
	out_init(&v.out, stdout, false, false, false);
	while (!rc && !opts.done && w.argc && **w.argv == '-') {
		if (words_is(&w, "--")) {
			words_next(&w);
			break;
		}
		rc = take_option(&v, &w, &opts);
	}
	if (!rc && !opts.done)
		rc = run(&v, &w, &opts);
	nl_free(v.nl);
	nl_free(v.route);
	names_forget(&v);
	return finish(&v, rc);
}
