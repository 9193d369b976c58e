/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rtnetlink: what is behind a port.
 */
#ifndef VSCTL_ROUTE_H
#define VSCTL_ROUTE_H

#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>

#include "nl.h"

struct vsctl;

#define ROUTE_KIND_LEN	32

/* A device as rtnetlink tells it; @has by BIT(ROUTE_LINK_...). */
enum {
	ROUTE_LINK_NAME = 1,
	ROUTE_LINK_PEER,
	ROUTE_LINK_NETNSID,
	ROUTE_LINK_KIND,
};

struct route_link {
	uint32_t has;
	uint32_t ifindex;
	char name[IF_NAMESIZE];
	char kind[ROUTE_KIND_LEN];
	uint32_t peer;
	int32_t netnsid;
};

int route_parse_link(const struct nlmsghdr *nlh, struct route_link *link);
int route_links(struct vsctl *v, nl_cb cb, void *data);
bool route_peer(struct vsctl *v, const struct route_link *link,
		struct route_link *peer);
bool route_netnsid(struct vsctl *v, int fd, int32_t *id);

#endif /* VSCTL_ROUTE_H */
