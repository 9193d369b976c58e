/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The topology: collected by cmd_graph.c, drawn by dot.c, written as JSON by
 * graph_json.c.
 */
#ifndef VSCTL_GRAPH_H
#define VSCTL_GRAPH_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "nl.h"
#include "route.h"

/**
 * struct graph_port - a port and what is behind it
 * @port: the port
 * @learned: how many addresses were learned there
 * @link: its device
 * @peer: the device at the other end, if @has_peer
 * @has_peer: there is one, and it may be looked at
 */
struct graph_port {
	struct nl_port port;
	unsigned int learned;
	struct route_link link;
	struct route_link peer;
	bool has_peer;
};

/**
 * struct graph_netns - a network namespace with a name
 * @id: by which the namespace of the switches knows it
 * @name: its name
 */
struct graph_netns {
	int32_t id;
	char name[NAME_MAX + 1];
};

/**
 * struct graph - the topology
 * @switches: the switches
 * @n_switches: how many
 * @ports: the ports of all of them, as graph_sort() leaves them
 * @n_ports: how many
 * @netns: named namespaces
 * @n_netns: how many
 * @stats: show counters
 * @details: show indexes
 */
struct graph {
	struct nl_switch *switches;
	unsigned int n_switches;
	struct graph_port *ports;
	unsigned int n_ports;
	struct graph_netns *netns;
	unsigned int n_netns;
	bool stats;
	bool details;
};

/* graph.c: what both ways to show it ask. */
void graph_sort(struct graph *g);
struct graph_port *graph_find(const struct graph *g, uint32_t ifindex,
			      uint32_t sw);
struct graph_port *graph_next(const struct graph *g,
			      const struct graph_port *p);
const struct graph_port *graph_other(const struct graph *g,
				     const struct graph_port *p);
const char *graph_netns_name(const struct graph *g, int32_t id);

void dot_draw(FILE *f, const struct graph *g);
void graph_json(struct vsctl *v, const struct graph *g);

#endif /* VSCTL_GRAPH_H */
