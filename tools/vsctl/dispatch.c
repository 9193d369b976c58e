// SPDX-License-Identifier: GPL-2.0
/*
 * From the words of a command to what does it.
 */
#include <stdio.h>
#include <string.h>

#include "nl.h"
#include "parse.h"
#include "vsctl.h"

static const struct object *const objects[] = {
	&object_switch,
	&object_port,
	&object_fdb,
	&object_rule,
	&object_set,
	&object_police,
	&object_drops,
	&object_top,
	&object_trace,
	&object_monitor,
	&object_graph,
};

static const char options[] =
	"Usage: vsctl [ OPTIONS ] OBJECT { COMMAND | help }\n"
	"       vsctl [ OPTIONS ] -b FILE\n"
	"where  OBJECT := { switch | port | fdb | rule | set | police |\n"
	"                   drops | top | trace | monitor | graph }\n"
	"       OPTIONS := { -j[son] | -p[retty] | -s[tatistics] | -d[etails] |\n"
	"                    -c[olor][={always|auto|never}] | -n[etns] NETNS |\n"
	"                    -b[atch] FILE | -force | -V[ersion] | -h[elp] }\n";

/**
 * vsctl_usage - write the whole usage
 * @f: where to
 */
void vsctl_usage(FILE *f)
{
	unsigned int i;

	fputs(options, f);
	for (i = 0; i < ARRAY_SIZE(objects); i++)
		fprintf(f, "\n%s", objects[i]->help);
}

static int show_help(struct vsctl *v, struct words *w,
		     const struct object *object)
{
	if (w->argc)
		return err_usage(v, "unknown word \"%s\"", *w->argv);
	if (object)
		fprintf(v->out.f, "Usage:\n%s", object->help);
	else
		vsctl_usage(v->out.f);
	return 0;
}

static void add_word(char *list, size_t size, const char *word)
{
	size_t len = strlen(list);

	snprintf(list + len, size - len, " '%s'", word);
}

/* Say what could stand where @word does; @object: as its command. */
static int bad_word(struct vsctl *v, const char *word,
		    const struct object *object)
{
	const struct command *c;
	char list[128] = "";
	unsigned int i;

	if (object) {
		for (c = object->commands; c->name; c++)
			add_word(list, sizeof(list), c->name);
		return err_usage(v,
				 "unknown command \"%s\": expected one of%s",
				 word, list);
	}
	for (i = 0; i < ARRAY_SIZE(objects); i++)
		add_word(list, sizeof(list), objects[i]->name);
	return err_usage(v, "unknown object \"%s\": expected one of%s", word,
			 list);
}

static const struct object *find_object(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(objects); i++) {
		if (!strcmp(objects[i]->name, name))
			return objects[i];
	}
	return NULL;
}

static int run_command(struct vsctl *v, struct words *w,
		       const struct object *object)
{
	const char *name = words_next(w);
	const struct command *c;
	int rc = 0;

	if (!name)
		return err_usage(v, "a command must follow \"%s\"",
				 object->name);
	for (c = object->commands; c->name; c++) {
		if (!strcmp(c->name, name))
			break;
	}
	if (!c->name)
		return bad_word(v, name, object);
	v->where.command = c->name;
	if (!c->pipelined)
		rc = nl_flush(v->nl);
	if (rc && !v->force)
		return rc;
	return c->run(v, w) ?: rc;
}

/**
 * vsctl_dispatch - do one command
 * @v: the run
 * @w: its words
 * @unused: nothing; so that this can be a &typedef batch_cb
 *
 * Return: 0, or an exit code after a message
 */
int vsctl_dispatch(struct vsctl *v, struct words *w, void *unused)
{
	const struct object *object;
	const char *name;
	int rc;

	(void)unused;
	v->where.object = NULL;
	v->where.command = NULL;
	name = words_next(w);
	if (!name)
		return err_usage(v, "an object is missing");
	if (!strcmp(name, "help"))
		return show_help(v, w, NULL);
	object = find_object(name);
	if (!object)
		return bad_word(v, name, NULL);
	v->where.object = object->name;
	if (words_is(w, "help")) {
		words_next(w);
		return show_help(v, w, object);
	}
	if (object->commands)
		return run_command(v, w, object);
	rc = nl_flush(v->nl);
	if (rc && !v->force)
		return rc;
	return object->run(v, w) ?: rc;
}
