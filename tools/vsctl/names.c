// SPDX-License-Identifier: GPL-2.0
/*
 * Names and indexes of network devices. A batch asks for the same few names
 * over and over, and a dump for the same few indexes: both are remembered.
 */
#include <errno.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vsctl.h"

struct device {
	uint32_t ifindex;
	char name[IF_NAMESIZE];
};

/*
 * A monitor sees devices come and go for as long as it runs. More than a few
 * switches can have are gone for the most part; those that are not can be asked
 * for again.
 */
#define INDEXES_MAX	65536

static void *by_name;
static void *by_index;
static unsigned int n_indexes;

static int cmp_name(const void *a, const void *b)
{
	const struct device *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int cmp_index(const void *a, const void *b)
{
	const struct device *x = a, *y = b;

	return (x->ifindex > y->ifindex) - (x->ifindex < y->ifindex);
}

static struct device *remember(void **root, const struct device *e,
			       int (*cmp)(const void *, const void *))
{
	struct device **found, *copy = malloc(sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *e;
	found = tsearch(copy, root, cmp);
	if (found && *found == copy)
		return copy;
	free(copy);
	if (!found)
		return NULL;
	**found = *e;
	return *found;
}

static struct device *remember_index(const struct device *e)
{
	if (!tfind(e, &by_index, cmp_index) && n_indexes++ == INDEXES_MAX) {
		tdestroy(by_index, free);
		by_index = NULL;
		n_indexes = 1;
	}
	return remember(&by_index, e, cmp_index);
}

/**
 * names_index - find a device by its name
 * @v: the run
 * @name: the name
 * @ifindex: where its index goes
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int names_index(struct vsctl *v, const char *name, uint32_t *ifindex)
{
	struct device e = {}, **found;

	snprintf(e.name, sizeof(e.name), "%s", name);
	found = tfind(&e, &by_name, cmp_name);
	if (found) {
		*ifindex = (*found)->ifindex;
		return 0;
	}
	e.ifindex = if_nametoindex(name);
	if (!e.ifindex && errno != ENODEV)
		return err_fail(v, "%s (\"%s\")", strerror(errno), name);
	if (!e.ifindex)
		return err_fail(v, "there is no such device (\"%s\")%s", name,
				*name == '-' ?
				": options stand before the object" : "");
	if (v->batch)
		remember(&by_name, &e, cmp_name);
	*ifindex = e.ifindex;
	return 0;
}

/**
 * names_name - find a device's name
 * @ifindex: its index
 *
 * Return: the name, good until the next call; of a device that is gone, the
 *	name last seen, or "if" and its index
 */
const char *names_name(uint32_t ifindex)
{
	static char unknown[IF_NAMESIZE];
	struct device e = { .ifindex = ifindex }, **found, *new;

	found = tfind(&e, &by_index, cmp_index);
	if (found)
		return (*found)->name;
	if (if_indextoname(ifindex, e.name)) {
		new = remember_index(&e);
		if (new)
			return new->name;
	}
	snprintf(unknown, sizeof(unknown), "if%u", ifindex);
	return unknown;
}

/**
 * names_learn - note a device's name, which may have changed
 * @ifindex: its index
 * @name: its name now
 */
void names_learn(uint32_t ifindex, const char *name)
{
	struct device e = { .ifindex = ifindex };

	snprintf(e.name, sizeof(e.name), "%s", name);
	remember_index(&e);
}

/**
 * names_forget - forget all that is remembered, for devices came or went
 * @v: the run
 */
void names_forget(struct vsctl *v)
{
	v->only_switch = 0;
	tdestroy(by_name, free);
	tdestroy(by_index, free);
	by_name = NULL;
	by_index = NULL;
	n_indexes = 0;
}

/**
 * names_enum - the name of a value
 * @names: the names
 * @n: how many
 * @val: the value; a module newer than vsctl may have more than @n
 *
 * Return: the name, or the number, good until the next call
 */
const char *names_enum(const char *const *names, unsigned int n, uint32_t val)
{
	static char unknown[16];

	if (val < n)
		return names[val];
	snprintf(unknown, sizeof(unknown), "%u", val);
	return unknown;
}
