// SPDX-License-Identifier: GPL-2.0
/*
 * The topology in the language of Graphviz.
 *
 * A switch is a table with a row for each port; what is behind a port stands
 * to the right of it, in a box for each namespace. Each VLAN has a colour.
 */
#include <stdlib.h>
#include <string.h>

#include "graph.h"
#include "parse.h"
#include "vsctl.h"

/* So many VLANs of a trunk are shown each by itself. */
#define CHIPS_MAX	6
/* So many lines lie side by side in a trunk's edge. */
#define LINES_MAX	4

#define GREY		"#5f6b7a"
#define PALE		"#eceff3"

#define FONT	"fontname=\"Helvetica,Arial,sans-serif\""
#define BOX	"style=\"rounded,filled\" color=\"" GREY "\""
#define TABLE \
	"<table style=\"rounded\" color=\"" GREY "\" bgcolor=\"white\"" \
	" border=\"2\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"5\">"

/* Text in an HTML-like label. */
static void put_text(FILE *f, const char *s)
{
	char safe[2 * NAME_MAX], *p;

	out_safe(safe, sizeof(safe), s);
	for (p = safe; *p; p++) {
		if (strchr("&<>\"", *p))
			fprintf(f, "&#%d;", *p);
		else
			fputc(*p, f);
	}
}

/*
 * The colour of a VLAN: neighbours differ much, for the golden ratio never
 * comes back near to where it was. @strong: for lines, else for backgrounds.
 */
static void put_color(FILE *f, unsigned int vid, bool strong)
{
	unsigned int hue = vid * 618 % 1000;

	fprintf(f, "0.%03u %s", hue, strong ? "0.75 0.70" : "0.28 0.96");
}

static void put_chip(FILE *f, unsigned int first, unsigned int last,
		     const char *before)
{
	fputs("<td bgcolor=\"", f);
	if (first == last)
		put_color(f, first, false);
	else
		fputs(PALE, f);
	fprintf(f, "\">%s%u", before, first);
	if (last > first)
		fprintf(f, "&#8211;%u", last);
	fputs("</td>", f);
}

static void put_trunk(FILE *f, const struct nl_port *port)
{
	unsigned int first = 0, last, n = 0;

	for (; vlans_next(port->vlans, &first, &last); first = last + 1) {
		if (++n <= CHIPS_MAX)
			put_chip(f, first, last, "");
	}
	if (n > CHIPS_MAX)
		fprintf(f, "<td>+%u</td>", n - CHIPS_MAX);
	if (port->pvid)
		put_chip(f, port->pvid, port->pvid, "native ");
}

static void put_vlans(FILE *f, const struct nl_port *port)
{
	if (!(port->has & BIT(VSW_A_PORT_VLAN_MODE))) {
		fputs("<td></td>", f);
		return;
	}
	fputs("<td align=\"left\"><table border=\"0\" cellspacing=\"2\"><tr>",
	      f);
	if (port->vlan_mode == VSW_VLAN_MODE_TRUNK)
		put_trunk(f, port);
	else
		put_chip(f, port->pvid, port->pvid, "");
	fputs("</tr></table></td>", f);
}

static void put_cell(FILE *f, unsigned long long n)
{
	fprintf(f, "<td align=\"right\">%llu</td>", n);
}

static void put_row(FILE *f, const struct graph *g, const struct graph_port *p)
{
	const struct nl_port *port = &p->port;

	fprintf(f, "<tr><td port=\"w%u\" align=\"left\"><b>", port->ifindex);
	put_text(f, port->name);
	fprintf(f, "</b></td><td align=\"left\">%s</td>",
		port_type_name(port->type));
	fprintf(f, "<td><font color=\"%s\">%s</font></td>",
		port->up ? "#1a7f37" : "#c62828", port->up ? "up" : "down");
	put_vlans(f, port);
	put_cell(f, p->learned);
	if (g->stats) {
		put_cell(f, port->stats.rx_packets);
		put_cell(f, port->stats.tx_packets);
		put_cell(f, port->stats.drops);
	}
	if (g->details)
		put_cell(f, port->ifindex);
	fprintf(f, "<td port=\"e%u\"></td></tr>\n", port->ifindex);
}

static void put_heading(FILE *f, const char *align, const char *text)
{
	fprintf(f, "<td align=\"%s\"><font color=\"" GREY "\">%s</font></td>",
		align, text);
}

static void put_headings(FILE *f, const struct graph *g)
{
	fputs("<tr>", f);
	put_heading(f, "left", "port");
	put_heading(f, "left", "type");
	put_heading(f, "left", "state");
	put_heading(f, "left", "VLANs");
	put_heading(f, "right", "learned");
	if (g->stats) {
		put_heading(f, "right", "received");
		put_heading(f, "right", "sent");
		put_heading(f, "right", "dropped");
	}
	if (g->details)
		put_heading(f, "right", "ifindex");
	fputs("<td></td></tr><hr/>\n", f);
}

#define RANKS	3

/* The host's own ports side by side: fewer lines cross. */
static unsigned int rank(const struct nl_port *port)
{
	if (port->type == VSW_PORT_TYPE_HOST)
		return 0;
	return port->type == VSW_PORT_TYPE_INTERNAL ? 1 : 2;
}

static void put_switch(FILE *f, const struct graph *g,
		       const struct nl_switch *sw)
{
	unsigned int i, r, rows = 0;

	fprintf(f, "s%u [shape=plain label=<" TABLE "\n", sw->ifindex);
	fprintf(f, "<tr><td colspan=\"%d\" align=\"left\">",
		6 + 3 * g->stats + g->details);
	fputs("<font point-size=\"17\"><b>", f);
	put_text(f, sw->name);
	fprintf(f, "</b></font>   <font color=\"" GREY
		"\">%s   ageing %u s   MAC table %u of %u</font></td></tr>\n",
		sw->vlan_aware ? "VLAN-aware" : "not VLAN-aware", sw->ageing,
		sw->fdb_learned, sw->fdb_limit);
	put_headings(f, g);
	for (r = 0; r < RANKS; r++) {
		for (i = 0; i < g->n_ports; i++) {
			if (g->ports[i].port.sw == sw->ifindex &&
			    rank(&g->ports[i].port) == r) {
				put_row(f, g, &g->ports[i]);
				rows++;
			}
		}
	}
	/* Graphviz wants a row below a rule. */
	if (!rows)
		fputs("<tr><td></td></tr>\n", f);
	fputs("</table>>]\n", f);
}

/*
 * The namespace of what is behind a port: its id, -1 if it is the switch's
 * own, -2 if it is beyond the host.
 */
static int32_t place(const struct graph_port *p)
{
	if (p->has_peer)
		return p->link.has & BIT(ROUTE_LINK_NETNSID) ?
		       p->link.netnsid : -1;
	if (p->link.has & BIT(ROUTE_LINK_NETNSID))
		return p->link.netnsid;
	return p->port.type == VSW_PORT_TYPE_NETDEV ? -2 : -1;
}

static void put_end(FILE *f, const struct graph_port *p)
{
	const char *what = p->link.kind;

	fprintf(f, "n%u [label=<", p->port.ifindex);
	if (p->has_peer) {
		put_text(f, p->peer.name);
	} else if (p->port.type == VSW_PORT_TYPE_NETDEV) {
		fputs("<font color=\"" GREY "\">", f);
		put_text(f, *what ? what : "network");
		/* A switch that is not in the picture. */
		if (!strcmp(what, "vswitch")) {
			fputc(' ', f);
			put_text(f, p->port.name);
		}
		fputs("</font>", f);
	} else {
		put_text(f, p->port.name);
	}
	fputs(">]\n", f);
}

static void put_place_name(FILE *f, const struct graph *g, int32_t id)
{
	const char *name = graph_netns_name(g, id);

	if (id == -1)
		fputs("this host", f);
	else if (name)
		put_text(f, name);
	else
		fprintf(f, "namespace %d", id);
}

/* All that is in the place where @p leads, in one box. */
static void put_place(FILE *f, const struct graph *g,
		      const struct graph_port *p)
{
	const struct graph_port *q, *end = g->ports + g->n_ports;
	int32_t id = place(p);

	if (id != -2) {
		fprintf(f, "subgraph cluster_p%u {\nlabel=<<b>",
			p->port.ifindex);
		put_place_name(f, g, id);
		fputs("</b>>\n", f);
	}
	for (q = p; q < end; q++) {
		if (place(q) == id && !graph_other(g, q))
			put_end(f, q);
		if (id == -2)
			break;
	}
	if (id != -2)
		fputs("}\n", f);
}

static void put_places(FILE *f, const struct graph *g)
{
	const struct graph_port *p, *q;
	unsigned int i;

	for (i = 0; i < g->n_ports; i++) {
		p = &g->ports[i];
		if (graph_other(g, p))
			continue;
		/* A box was drawn with the first that leads there. */
		for (q = g->ports; q < p; q++) {
			if (!graph_other(g, q) && place(q) == place(p))
				break;
		}
		if (q == p || place(p) == -2)
			put_place(f, g, p);
	}
}

/* A trunk's line is as many lines side by side, or a thick one. */
static void put_edge_color(FILE *f, const struct nl_port *port)
{
	unsigned int first = 0, last, n = 0;
	const char *glue = "";

	if (port->vlan_mode == VSW_VLAN_MODE_ACCESS && port->pvid) {
		put_color(f, port->pvid, true);
		fputs("\" penwidth=\"2", f);
		return;
	}
	for (; vlans_next(port->vlans, &first, &last); first = last + 1)
		n += last - first + 1;
	if (!n || n > LINES_MAX) {
		fputs(GREY "\" penwidth=\"4", f);
		return;
	}
	for (first = 0; vlans_next(port->vlans, &first, &last); first++) {
		fputs(glue, f);
		put_color(f, first, true);
		glue = ":";
	}
	fputs("\" penwidth=\"2", f);
}

static void put_edge(FILE *f, const struct graph *g,
		     const struct graph_port *p)
{
	const struct graph_port *q = graph_other(g, p);

	/* Between two switches one line is enough, from the older one. */
	if (q && (q->port.sw < p->port.sw ||
		  (q->port.sw == p->port.sw &&
		   q->port.ifindex < p->port.ifindex)))
		return;
	fprintf(f, "s%u:e%u:e -- ", p->port.sw, p->port.ifindex);
	if (q)
		fprintf(f, "s%u:w%u:w", q->port.sw, q->port.ifindex);
	else
		fprintf(f, "n%u:w", p->port.ifindex);
	fputs(" [color=\"", f);
	put_edge_color(f, &p->port);
	fprintf(f, "\"%s]\n", p->port.up ? "" : " style=dashed");
}

/**
 * dot_draw - write the topology in the language of Graphviz
 * @f: where to
 * @g: the topology
 */
void dot_draw(FILE *f, const struct graph *g)
{
	unsigned int i;

	fputs("graph vswitch {\n"
	      "rankdir=LR nodesep=0.15 ranksep=1.6 pad=0.3 bgcolor=white\n"
	      "graph [" FONT " fontsize=13 " BOX " fillcolor=\"" PALE "\"]\n"
	      "node [" FONT " fontsize=12 " BOX " fillcolor=white\n"
	      " shape=box height=0.3 margin=\"0.12,0.04\"]\n",
	      f);
	for (i = 0; i < g->n_switches; i++)
		put_switch(f, g, &g->switches[i]);
	put_places(f, g);
	for (i = 0; i < g->n_ports; i++)
		put_edge(f, g, &g->ports[i]);
	fputs("}\n", f);
}
