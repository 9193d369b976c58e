/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all files of vsctl share: the state of a run, messages, the cache of
 * device names and the table of commands.
 */
#ifndef VSCTL_H
#define VSCTL_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <linux/vswitch.h>

#include "out.h"

#ifndef VSCTL_VERSION
#define VSCTL_VERSION	"0.1.0"
#endif

/* Exit codes: the kernel (or the system) refused, or the words were wrong. */
#define EXIT_REFUSED	1
#define EXIT_USAGE	2

/* Where ip-netns(8) keeps names. */
#define NETNS_DIR	"/var/run/netns"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define BIT(n)		(1U << (n))

struct nl;
struct nl_error;
struct nl_fdb;
struct nl_policer;
struct nl_port;
struct nl_rule;
struct nl_set;
struct nl_switch;
struct nlmsghdr;
struct words;

/**
 * struct where - what is being done, for messages
 * @file: the batch file, or NULL
 * @line: line of the batch file
 * @object: first word of the command, or NULL
 * @command: second word of the command, or NULL
 */
struct where {
	const char *file;
	unsigned int line;
	const char *object;
	const char *command;
};

/**
 * struct vsctl - the state of a run
 * @out: writer of standard output
 * @nl: the open socket, or NULL until a command needs it
 * @route: the like for rtnetlink
 * @where: the command being run
 * @only_switch: in a batch, the only switch there is, if it was asked for
 * @rc: exit code of the first request that failed
 * @stats: -s was given
 * @details: -d was given
 * @batch: commands come from a batch file
 * @force: a batch goes on after an error
 */
struct vsctl {
	struct out out;
	struct nl *nl;
	struct nl *route;
	struct where where;
	uint32_t only_switch;
	int rc;
	bool stats;
	bool details;
	bool batch;
	bool force;
};

/**
 * struct command - what an object can be asked to do
 * @name: the word
 * @run: does it; returns 0 or an exit code, after a message
 * @pipelined: in a batch, need not wait for the commands before it
 */
struct command {
	const char *name;
	int (*run)(struct vsctl *v, struct words *w);
	bool pipelined;
};

/**
 * struct object - a first word of the command line
 * @name: the word
 * @help: its part of the usage
 * @commands: its commands, up to one without a name; NULL if @run is set
 * @run: does all the work of an object without commands
 */
struct object {
	const char *name;
	const char *help;
	const struct command *commands;
	int (*run)(struct vsctl *v, struct words *w);
};

extern const struct object object_switch;
extern const struct object object_port;
extern const struct object object_fdb;
extern const struct object object_rule;
extern const struct object object_set;
extern const struct object object_police;
extern const struct object object_drops;
extern const struct object object_top;
extern const struct object object_trace;
extern const struct object object_monitor;
extern const struct object object_graph;

/* The fields of an object, for those that show it. */
void switch_print(struct vsctl *v, const struct nl_switch *sw);
void port_print(struct vsctl *v, const struct nl_port *port);
void fdb_print(struct vsctl *v, const struct nl_fdb *fdb);
void rule_print(struct vsctl *v, const struct nl_rule *rule);
void set_print(struct vsctl *v, const struct nl_set *set);
void police_print(struct vsctl *v, const struct nl_policer *policer);
const char *drops_reason(uint32_t reason, const char *name);
void drops_explain(struct vsctl *v, uint32_t reason, const char *dev);

/* vsctl drops watch */
int drops_watch(struct vsctl *v, struct words *w);

/* Names of switches and ports, for those that take events. */
void monitor_learn(const struct nlmsghdr *nlh);
int monitor_learn_all(struct vsctl *v);

const char *port_type_name(uint32_t type);

/* The switch that is meant where none is named. */
int switch_only(struct vsctl *v, uint32_t *ifindex);

/* dispatch.c */
int vsctl_dispatch(struct vsctl *v, struct words *w, void *unused);
void vsctl_usage(FILE *f);

/* batch.c */
int batch_split(char *line, char **argv, int max, const char **why);
/**
 * typedef batch_cb - does what one line of a file says
 * @v: the run
 * @w: the words of the line, at least one
 * @data: the caller's
 *
 * Return: 0, or an exit code after a message
 */
typedef int (*batch_cb)(struct vsctl *v, struct words *w, void *data);

int batch_run(struct vsctl *v, const char *file, batch_cb run, void *data);

/* array.c */
void *array_grow(void *array, unsigned int n, size_t size);

/* err.c */
int err_usage(const struct vsctl *v, const char *fmt, ...) __printf(2, 3);
int err_fail(const struct vsctl *v, const char *fmt, ...) __printf(2, 3);
void err_warn(const struct where *where, const char *fmt, ...) __printf(2, 3);
int err_kernel(const struct where *where, const struct nl_error *e,
	       const char *word);

/* names.c */
int names_index(struct vsctl *v, const char *name, uint32_t *ifindex);
const char *names_name(uint32_t ifindex);
const char *names_enum(const char *const *names, unsigned int n, uint32_t val);
void names_learn(uint32_t ifindex, const char *name);
void names_forget(struct vsctl *v);

#endif /* VSCTL_H */
