// SPDX-License-Identifier: GPL-2.0
/*
 * The topology: which port is joined to which, and what places are called.
 */
#include <stdlib.h>

#include "graph.h"
#include "vsctl.h"

/* The ports of one device, if it is one of two switches, are neighbours. */
static int cmp_ports(const void *a, const void *b)
{
	const struct nl_port *x = &((const struct graph_port *)a)->port;
	const struct nl_port *y = &((const struct graph_port *)b)->port;

	if (x->ifindex != y->ifindex)
		return x->ifindex > y->ifindex ? 1 : -1;
	return (x->sw > y->sw) - (x->sw < y->sw);
}

/**
 * graph_sort - sort the ports, for graph_find()
 * @g: the topology
 */
void graph_sort(struct graph *g)
{
	if (g->n_ports)
		qsort(g->ports, g->n_ports, sizeof(*g->ports), cmp_ports);
}

/**
 * graph_find - find a port by its device
 * @g: the topology
 * @ifindex: index of the device
 * @sw: index of the switch, or 0 for any
 *
 * Return: the port, the first if there are two, or NULL if there is none
 */
struct graph_port *graph_find(const struct graph *g, uint32_t ifindex,
			      uint32_t sw)
{
	struct graph_port key = { .port = { .ifindex = ifindex, .sw = sw } };
	unsigned int low = 0, high = g->n_ports, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (cmp_ports(&g->ports[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == g->n_ports || g->ports[low].port.ifindex != ifindex ||
	    (sw && g->ports[low].port.sw != sw))
		return NULL;
	return &g->ports[low];
}

/**
 * graph_next - find a further port of the same device
 * @g: the topology
 * @p: a port
 *
 * Return: the next port, or NULL if there is none
 */
struct graph_port *graph_next(const struct graph *g,
			      const struct graph_port *p)
{
	unsigned int i = p - g->ports + 1;

	if (i == g->n_ports || g->ports[i].port.ifindex != p->port.ifindex)
		return NULL;
	return &g->ports[i];
}

/**
 * graph_other - find the port that is behind another
 * @g: the topology
 * @p: a port
 *
 * A switch's own device that is a port of another switch is a cable between
 * the two; so is a pair of devices, each of them a port.
 *
 * Return: the port at the other end, or NULL if it is not in the topology
 */
const struct graph_port *graph_other(const struct graph *g,
				     const struct graph_port *p)
{
	const struct graph_port *other = graph_find(g, p->port.ifindex, 0);

	if (other == p)
		other = graph_next(g, p);
	if (other)
		return other;
	if (!p->has_peer || p->link.has & BIT(ROUTE_LINK_NETNSID))
		return NULL;
	return graph_find(g, p->peer.ifindex, 0);
}

/**
 * graph_netns_name - the name of a network namespace
 * @g: the topology
 * @id: its id
 *
 * Return: the name, or NULL if it has none
 */
const char *graph_netns_name(const struct graph *g, int32_t id)
{
	unsigned int i;

	for (i = 0; i < g->n_netns; i++) {
		if (g->netns[i].id == id)
			return g->netns[i].name;
	}
	return NULL;
}
