// SPDX-License-Identifier: GPL-2.0
/*
 * The topology as JSON: what "switch show" and "port show" have, and for each
 * port what is behind it.
 */
#include "graph.h"
#include "vsctl.h"

static void put_end(struct out *o, const char *name, uint32_t ifindex)
{
	out_str(o, OUT_NAME, "name", NULL, name);
	out_num(o, "ifindex", NULL, ifindex);
}

/* The device at the other end, as far as it is known. */
static void put_peer(struct out *o, const struct graph *g,
		     const struct graph_port *p)
{
	const struct graph_port *other = graph_other(g, p);
	bool away = p->link.has & BIT(ROUTE_LINK_NETNSID);
	const char *netns;

	if (!other && !p->has_peer && !away)
		return;
	out_object_begin(o, "peer");
	if (other)
		put_end(o, other->port.name, other->port.ifindex);
	else if (p->has_peer)
		put_end(o, p->peer.name, p->peer.ifindex);
	if (other)
		out_str(o, OUT_NAME, "switch", NULL,
			names_name(other->port.sw));
	if (away) {
		netns = graph_netns_name(g, p->link.netnsid);
		if (netns)
			out_str(o, OUT_PLAIN, "netns", NULL, netns);
		out_num(o, "netnsid", NULL, (uint32_t)p->link.netnsid);
	}
	out_object_end(o);
}

static void put_port(struct vsctl *v, const struct graph *g,
		     const struct graph_port *p)
{
	struct out *o = &v->out;

	out_object_begin(o, NULL);
	port_print(v, &p->port);
	out_num(o, "fdb-learned", NULL, p->learned);
	if (p->link.has & BIT(ROUTE_LINK_KIND))
		out_str(o, OUT_PLAIN, "kind", NULL, p->link.kind);
	put_peer(o, g, p);
	out_object_end(o);
}

/**
 * graph_json - write the topology as JSON
 * @v: the run, which writes JSON
 * @g: the topology
 */
void graph_json(struct vsctl *v, const struct graph *g)
{
	struct out *o = &v->out;
	unsigned int i, j;

	out_list_begin(o);
	for (i = 0; i < g->n_switches; i++) {
		out_object_begin(o, NULL);
		switch_print(v, &g->switches[i]);
		out_array_begin(o, "ports");
		for (j = 0; j < g->n_ports; j++) {
			if (g->ports[j].port.sw == g->switches[i].ifindex)
				put_port(v, g, &g->ports[j]);
		}
		out_array_end(o);
		out_object_end(o);
	}
	out_list_end(o);
}
