// SPDX-License-Identifier: GPL-2.0
/*
 * vsctl graph
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "graph.h"
#include "nl.h"
#include "parse.h"
#include "route.h"
#include "vsctl.h"

static const char help[] =
	"vsctl graph [ SWITCH ] [ svg FILE ]\n";

static int take_switch(const struct nlmsghdr *nlh, void *data)
{
	struct graph *g = data;

	g->switches = array_grow(g->switches, g->n_switches,
				 sizeof(*g->switches));
	if (nl_parse_switch(nlh, &g->switches[g->n_switches]))
		return -1;
	g->n_switches++;
	return 0;
}

static int take_port(const struct nlmsghdr *nlh, void *data)
{
	struct graph *g = data;

	g->ports = array_grow(g->ports, g->n_ports, sizeof(*g->ports));
	if (nl_parse_port(nlh, &g->ports[g->n_ports].port))
		return -1;
	g->n_ports++;
	return 0;
}

static int take_fdb(const struct nlmsghdr *nlh, void *data)
{
	struct graph_port *p;
	struct nl_fdb fdb;

	if (nl_parse_fdb(nlh, &fdb))
		return -1;
	p = graph_find(data, fdb.port, fdb.sw);
	if (p && fdb.type == VSW_FDB_TYPE_LEARNED)
		p->learned++;
	return 0;
}

static int take_link(const struct nlmsghdr *nlh, void *data)
{
	struct route_link link;
	struct graph_port *p;

	if (route_parse_link(nlh, &link))
		return -1;
	for (p = graph_find(data, link.ifindex, 0); p; p = graph_next(data, p))
		p->link = link;
	return 0;
}

/* Best effort: a namespace that cannot be opened has no name in the picture. */
static void find_netns(struct vsctl *v, struct graph *g)
{
	DIR *dir = opendir(NETNS_DIR);
	struct graph_netns *ns;
	struct dirent *d;
	int fd;

	while (dir && (d = readdir(dir))) {
		if (*d->d_name == '.')
			continue;
		fd = openat(dirfd(dir), d->d_name, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			continue;
		g->netns = array_grow(g->netns, g->n_netns,
				      sizeof(*g->netns));
		ns = &g->netns[g->n_netns];
		snprintf(ns->name, sizeof(ns->name), "%s", d->d_name);
		if (route_netnsid(v, fd, &ns->id))
			g->n_netns++;
		close(fd);
	}
	if (dir)
		closedir(dir);
}

static void find_peers(struct vsctl *v, struct graph *g)
{
	struct graph_port *p;
	unsigned int i;

	for (i = 0; i < g->n_ports; i++) {
		p = &g->ports[i];
		if (!strcmp(p->link.kind, "veth"))
			p->has_peer = route_peer(v, &p->link, &p->peer);
	}
}

/* @sw: index of the only switch that is wanted, or 0. */
static int collect(struct vsctl *v, struct graph *g, uint32_t sw,
		   const char *name)
{
	int rc;

	nl_request(v->nl, VSW_CMD_SWITCH_GET);
	if (sw) {
		nl_put_u32(v->nl, VSW_A_SWITCH_IFINDEX, sw, name);
		rc = nl_get(v->nl, take_switch, g);
	} else {
		rc = nl_dump(v->nl, take_switch, g);
	}
	if (rc)
		return rc;
	nl_request(v->nl, VSW_CMD_PORT_GET);
	if (sw)
		nl_put_u32(v->nl, VSW_A_PORT_SWITCH, sw, name);
	rc = nl_dump(v->nl, take_port, g);
	if (rc)
		return rc;
	graph_sort(g);
	nl_request(v->nl, VSW_CMD_FDB_GET);
	if (sw)
		nl_put_u32(v->nl, VSW_A_FDB_SWITCH, sw, name);
	rc = nl_dump(v->nl, take_fdb, g);
	if (!rc)
		rc = route_links(v, take_link, g);
	if (rc)
		return rc;
	find_netns(v, g);
	find_peers(v, g);
	return 0;
}

/* Have dot(1) make a file of it. */
static int draw_svg(struct vsctl *v, const struct graph *g, char *file)
{
	char *const argv[] = { "dot", "-Tsvg", "-o", file, NULL };
	posix_spawn_file_actions_t fa;
	int fds[2], err, status = 0;
	pid_t pid;
	FILE *f;

	if (pipe2(fds, O_CLOEXEC))
		return err_fail(v, "%s", strerror(errno));
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_adddup2(&fa, fds[0], STDIN_FILENO);
	err = posix_spawnp(&pid, argv[0], &fa, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&fa);
	close(fds[0]);
	if (err) {
		close(fds[1]);
		return err_fail(v, "dot: %s (it is part of Graphviz)",
				strerror(err));
	}
	f = fdopen(fds[1], "w");
	if (f) {
		dot_draw(f, g);
		fclose(f);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!f || status)
		return err_fail(v, "dot could not write the picture (\"%s\")",
				file);
	return 0;
}

static int run(struct vsctl *v, struct words *w)
{
	const char *sw = NULL, *file = NULL;
	struct arg args[] = {
		{ .key = "svg", .type = &type_file, .to = &file },
		{ .type = &type_dev, .to = &sw },
	};
	struct graph g = { .stats = v->stats, .details = v->details };
	uint32_t sw_index = 0;
	int rc;

	rc = args_parse(v, w, args, ARRAY_SIZE(args));
	if (!rc)
		rc = nl_open(v);
	if (!rc && sw)
		rc = names_index(v, sw, &sw_index);
	if (!rc)
		rc = collect(v, &g, sw_index, sw);
	if (!rc && file)
		rc = draw_svg(v, &g, (char *)file);
	if (!rc && v->out.json)
		graph_json(v, &g);
	else if (!rc && !file)
		dot_draw(v->out.f, &g);
	free(g.switches);
	free(g.ports);
	free(g.netns);
	return rc;
}

const struct object object_graph = { "graph", help, NULL, run };
