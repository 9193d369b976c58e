// SPDX-License-Identifier: GPL-2.0
/* The picture of the topology. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"
#include "parse.h"
#include "tap.h"

static struct nl_switch switches[] = {
	{ .ifindex = 1, .name = "a<b&\"\\\033", .vlan_aware = 1 },
	{ .ifindex = 2, .name = "vsw1" },
	{ .ifindex = 99, .name = "vsw2" },
	{ .ifindex = 100, .name = "no-ports" },
};

static struct graph_netns netns = { .id = 3, .name = "red" };

static struct graph_port ports[] = {
	{ .port = { .has = UINT32_MAX, .ifindex = 1, .name = "a", .sw = 1,
		    .type = VSW_PORT_TYPE_HOST, .pvid = 1 } },
	{ .port = { .has = UINT32_MAX, .ifindex = 5, .name = "p0", .sw = 1,
		    .type = VSW_PORT_TYPE_NETDEV,
		    .vlan_mode = VSW_VLAN_MODE_TRUNK, .up = 1 },
	  .peer = { .ifindex = 6, .name = "p1" }, .has_peer = true },
	{ .port = { .has = UINT32_MAX, .ifindex = 6, .name = "p1", .sw = 2,
		    .type = VSW_PORT_TYPE_NETDEV, .pvid = 10, .up = 1 },
	  .peer = { .ifindex = 5, .name = "p0" }, .has_peer = true },
	{ .port = { .has = UINT32_MAX, .ifindex = 7, .name = "t-red", .sw = 1,
		    .type = VSW_PORT_TYPE_NETDEV, .pvid = 10, .up = 1 },
	  .learned = 42, .link = { .has = BIT(ROUTE_LINK_NETNSID),
				   .netnsid = 3 },
	  .peer = { .ifindex = 2, .name = "eth<0>" }, .has_peer = true },
	{ .port = { .ifindex = 9, .name = "\xff\xfe", .sw = 99, .type = 77 },
	  .link = { .has = BIT(ROUTE_LINK_NETNSID), .netnsid = 8 } },
};

static char *draw(const struct graph *g)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	dot_draw(f, g);
	fclose(f);
	return text;
}

/* Graphviz itself, where it is installed, takes what was drawn. */
static void graphviz(const char *text)
{
	FILE *f;

	if (system("command -v dot >/dev/null")) {
		tap_ok(true, "Graphviz takes it # SKIP no Graphviz here");
		return;
	}
	f = popen("dot -Tsvg -o /dev/null", "w");
	fputs(text, f);
	tap_ok(!pclose(f), "Graphviz takes it");
}

int main(void)
{
	struct graph g = {
		.switches = switches, .n_switches = 4, .ports = ports,
		.n_ports = 5, .netns = &netns, .n_netns = 1, .stats = true,
	};
	char *text;

	parse_vlans("10,20,30-40,50,60,70,80,90", ports[1].port.vlans);
	text = draw(&g);
	tap_ok(strstr(text, "a&#60;b&#38;&#34;\\\\\\x1b"),
	       "text is made safe for a label");
	tap_ok(strstr(text, "<b>red</b>") && strstr(text, "eth&#60;0&#62;"),
	       "what is behind a port, and in which namespace");
	tap_ok(strstr(text, "<b>namespace 8</b>"), "a namespace without name");
	tap_ok(strstr(text, "s1:e5:e -- s2:w6:w") &&
	       !strstr(text, "s2:e6:e") && !strstr(text, "n6 ["),
	       "one line between two switches");
	tap_ok(strstr(text, "+2</td>"), "a long list of VLANs is cut");
	tap_ok(strstr(text, ">42</td>"), "learned addresses");
	graphviz(text);
	free(text);
	g.n_switches = 0;
	g.n_ports = 0;
	text = draw(&g);
	tap_ok(strstr(text, "graph vswitch {"), "nothing at all");
	graphviz(text);
	free(text);
	/* What has no elements has no memory either. */
	g = (struct graph){};
	text = draw(&g);
	tap_ok(strstr(text, "graph vswitch {"), "nothing, from nowhere");
	free(text);
	return tap_done();
}
