// SPDX-License-Identifier: GPL-2.0
/*
 * rtnetlink: what is behind a port, for the picture of the topology.
 */
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "nl.h"
#include "route.h"
#include "vsctl.h"

#define OFF(member)	offsetof(struct route_link, member)

static const struct nl_field linkinfo_fields[] = {
	{ IFLA_INFO_KIND, NL_STRING, ROUTE_LINK_KIND, OFF(kind),
	  ROUTE_KIND_LEN, NULL },
};

static int take_linkinfo(const struct nlattr *attr, void *obj)
{
	return nl_take_nest(attr, linkinfo_fields, ARRAY_SIZE(linkinfo_fields),
			    obj);
}

static const struct nl_field link_fields[] = {
	{ IFLA_IFNAME, NL_STRING, ROUTE_LINK_NAME, OFF(name), IF_NAMESIZE,
	  NULL },
	{ IFLA_LINK, NL_U32, ROUTE_LINK_PEER, OFF(peer), 0, NULL },
	{ IFLA_LINK_NETNSID, NL_U32, ROUTE_LINK_NETNSID, OFF(netnsid), 0,
	  NULL },
	NL_NESTED(IFLA_LINKINFO, take_linkinfo),
};

/**
 * route_parse_link - read rtnetlink's message about a device
 * @nlh: the message
 * @link: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int route_parse_link(const struct nlmsghdr *nlh, struct route_link *link)
{
	const struct ifinfomsg *ifi = NLMSG_DATA(nlh);

	memset(link, 0, sizeof(*link));
	if (nl_take(nlh, sizeof(*ifi), link_fields, ARRAY_SIZE(link_fields),
		    link))
		return -1;
	link->ifindex = ifi->ifi_index;
	return 0;
}

static int route_open(struct vsctl *v)
{
	int rc;

	if (v->route)
		return 0;
	v->route = nl_new(v);
	rc = nl_connect(v->route, NETLINK_ROUTE);
	if (rc) {
		nl_free(v->route);
		v->route = NULL;
	}
	return rc;
}

static struct ifinfomsg *begin_getlink(struct nl *nl)
{
	struct ifinfomsg *ifi = nl_begin(nl, RTM_GETLINK, sizeof(*ifi));

	nl_put_u32(nl, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS, NULL);
	return ifi;
}

/**
 * route_links - have all devices of the namespace
 * @v: the run
 * @cb: takes one; for route_parse_link()
 * @data: for @cb
 *
 * Return: 0, what @cb returned, or %EXIT_REFUSED after a message
 */
int route_links(struct vsctl *v, nl_cb cb, void *data)
{
	int rc = route_open(v);

	if (rc)
		return rc;
	begin_getlink(v->route);
	return nl_dump(v->route, cb, data);
}

static int take_link(const struct nlmsghdr *nlh, void *data)
{
	return route_parse_link(nlh, data);
}

/**
 * route_peer - find the device that another one is joined to
 * @v: the run
 * @link: the one
 * @peer: where the other goes
 *
 * Return: whether there is one, in a namespace that may be looked into
 */
bool route_peer(struct vsctl *v, const struct route_link *link,
		struct route_link *peer)
{
	struct ifinfomsg *ifi;

	if (!(link->has & BIT(ROUTE_LINK_PEER)) || route_open(v))
		return false;
	ifi = begin_getlink(v->route);
	ifi->ifi_index = link->peer;
	if (link->has & BIT(ROUTE_LINK_NETNSID))
		nl_put_u32(v->route, IFLA_TARGET_NETNSID, link->netnsid, NULL);
	peer->has = 0;
	return !nl_try(v->route, take_link, peer) &&
	       peer->has & BIT(ROUTE_LINK_NAME);
}

struct nsid {
	uint32_t has;
	int32_t id;
};

static const struct nl_field nsid_fields[] = {
	NL_NUM(struct nsid, id, NETNSA_NSID, NL_U32),
};

static int take_nsid(const struct nlmsghdr *nlh, void *data)
{
	return nl_take(nlh, sizeof(struct rtgenmsg), nsid_fields,
		       ARRAY_SIZE(nsid_fields), data);
}

/**
 * route_netnsid - find the id by which this namespace knows another
 * @v: the run
 * @fd: an open file of the other
 * @id: where the id goes
 *
 * Return: whether it has one
 */
bool route_netnsid(struct vsctl *v, int fd, int32_t *id)
{
	struct nsid nsid = { .id = NETNSA_NSID_NOT_ASSIGNED };

	if (route_open(v))
		return false;
	nl_begin(v->route, RTM_GETNSID, sizeof(struct rtgenmsg));
	nl_put_u32(v->route, NETNSA_FD, fd, NULL);
	if (nl_try(v->route, take_nsid, &nsid))
		return false;
	*id = nsid.id;
	return nsid.id >= 0;
}
