// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: one request at a time, each with the injection around it.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fault.h"

#define BUF_LEN		65536

/* As the module has them. */
enum { GROUP_CONFIG, GROUP_FDB, GROUP_RULE, GROUP_DROP, GROUPS };

static char request[16384], reply[BUF_LEN];
static __u16 family;
static __u32 groups[GROUPS];
static int n_groups;
static struct mnl_socket *events, *drops;
static unsigned int seq;
static int protocol;		/* that the request is of */
static int index_fd = -1;

struct nlmsghdr *msg_vsw(__u8 cmd, __u16 flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);
	struct genlmsghdr *genl;

	protocol = NETLINK_GENERIC;
	nlh->nlmsg_type = family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = VSW_GENL_VERSION;
	return nlh;
}

/* @dev: whose index it has, or NULL */
struct nlmsghdr *msg_link(__u16 type, __u16 flags, const char *dev)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);
	struct ifinfomsg *ifi;

	protocol = NETLINK_ROUTE;
	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));
	ifi->ifi_index = dev ? index_of(dev) : 0;
	return nlh;
}

unsigned int index_of(const char *dev)
{
	struct ifreq ifr = {};

	if (index_fd < 0)
		index_fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	strncpy(ifr.ifr_name, dev, IFNAMSIZ - 1);
	if (ioctl(index_fd, SIOCGIFINDEX, &ifr))
		die("%s: no such device", dev);
	return ifr.ifr_ifindex;
}

/* An attribute that names a device by its index. */
void add_attr(struct nlmsghdr *nlh, __u16 type, const char *dev)
{
	mnl_attr_put_u32(nlh, type, index_of(dev));
}

/* Those for requests without injection stay open. */
static struct mnl_socket *kept[NETLINK_GENERIC + 1];

/* Others take these, too: what they ask for is one socket's. */
static bool one_socket;

void nl_one_socket(bool on)
{
	one_socket = on;
}

static struct mnl_socket *open_socket(void)
{
	struct mnl_socket *nl;
	int one = 1;

	nl = mnl_socket_open(protocol);
	if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID))
		die("netlink: %s", strerror(errno));
	mnl_socket_setsockopt(nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(nl, NETLINK_CAP_ACK, &one, sizeof(one));
	return nl;
}

static struct mnl_socket *get_socket(void)
{
	if (inject_armed() && !one_socket)
		return open_socket();
	if (!kept[protocol])
		kept[protocol] = open_socket();
	return kept[protocol];
}

static void put_socket(struct mnl_socket *nl)
{
	if (nl != kept[protocol])
		mnl_socket_close(nl);
}

/* Keeps no socket that holds a network namespace. */
void nl_forget(void)
{
	int i;

	for (i = 0; i <= NETLINK_GENERIC; i++) {
		if (kept[i])
			mnl_socket_close(kept[i]);
		kept[i] = NULL;
	}
	if (index_fd >= 0)
		close(index_fd);
	index_fd = -1;
}

/* From here on in another network namespace. It may take more than one try. */
void enter_namespace(int fd)
{
	int i, err = -1;

	nl_forget();
	for (i = 0; i < 1000 && err; i++)
		err = fd < 0 ? unshare(CLONE_NEWNET) : setns(fd, CLONE_NEWNET);
	if (err)
		die("network namespace: %s", strerror(errno));
}

static int sentence_cb(const struct nlattr *attr, void *arg)
{
	struct outcome *o = arg;

	if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
		strncpy(o->sentence, mnl_attr_get_str(attr),
			sizeof(o->sentence) - 1);
	return MNL_CB_OK;
}

/* Takes what ends an answer; true if it does. */
static bool take_end(const struct nlmsghdr *nlh, struct outcome *o)
{
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	unsigned int offset = sizeof(*err);

	if (nlh->nlmsg_type == NLMSG_DONE)
		offset = sizeof(int);
	else if (nlh->nlmsg_type != NLMSG_ERROR)
		return false;
	o->err = -err->error;
	o->acked = true;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_parse(nlh, offset, sentence_cb, o);
	return true;
}

/* Reads one piece; true if there may be more. */
static bool take_piece(struct mnl_socket *nl, struct outcome *o, mnl_cb_t cb,
		       void *arg)
{
	const struct nlmsghdr *nlh = (void *)reply;
	int len = mnl_socket_recvfrom(nl, reply, sizeof(reply));

	if (len < 0) {
		o->err = errno;
		return false;
	}
	for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
		if (nlh->nlmsg_seq != seq)
			continue;
		if (take_end(nlh, o))
			return false;
		if (cb)
			cb(nlh, arg);
	}
	return true;
}

/* One request; its answer, if there is any, is read without injection. */
void nl_talk(struct nlmsghdr *nlh, struct outcome *o)
{
	struct mnl_socket *nl = get_socket();
	ssize_t sent;

	memset(o, 0, sizeof(*o));
	nlh->nlmsg_flags |= NLM_F_ACK;
	nlh->nlmsg_seq = ++seq;
	inject_begin();
	sent = mnl_socket_sendto(nl, nlh, nlh->nlmsg_len);
	o->err = sent < 0 ? errno : 0;
	inject_end(o);
	while (sent >= 0 && take_piece(nl, o, NULL, NULL))
		;
	put_socket(nl);
}

/* A dump, or a request with a reply; the reading is part of it. */
void nl_dump(struct nlmsghdr *nlh, struct outcome *o, mnl_cb_t cb, void *arg)
{
	struct mnl_socket *nl = get_socket();
	struct outcome got = {};

	nlh->nlmsg_seq = ++seq;
	inject_begin();
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		got.err = errno;
	else
		while (take_piece(nl, &got, cb, arg))
			;
	inject_end(&got);
	put_socket(nl);
	*o = got;
}

/* What is no subject of a test has to work. */
void nl_must(struct nlmsghdr *nlh)
{
	struct outcome o;

	inject_arm(0);
	nl_talk(nlh, &o);
	if (o.err)
		die("request %u failed: %s %s", nlh->nlmsg_type,
		    strerror(o.err), o.sentence);
}

static int group_cb(const struct nlattr *attr, void *arg)
{
	struct nlattr *one;

	mnl_attr_for_each_nested(one, attr)
		if (mnl_attr_get_type(one) == CTRL_ATTR_MCAST_GRP_ID &&
		    n_groups < GROUPS)
			groups[n_groups++] = mnl_attr_get_u32(one);
	(void)arg;
	return MNL_CB_OK;
}

static int family_cb(const struct nlmsghdr *nlh, void *arg)
{
	struct nlattr *attr;

	n_groups = 0;
	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr)) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
		else if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			mnl_attr_parse_nested(attr, group_cb, arg);
	}
	return MNL_CB_OK;
}

/* Looks the family up, anew each time the module was loaded. */
void nl_init(void)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(request);
	struct genlmsghdr *genl;
	struct outcome o;

	protocol = NETLINK_GENERIC;
	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = CTRL_CMD_GETFAMILY;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, VSW_GENL_NAME);
	nl_dump(nlh, &o, family_cb, NULL);
	if (o.err || !family || n_groups != GROUPS)
		die("no netlink family %s", VSW_GENL_NAME);
}

/* Listens to switches, ports and entries, as 'vsctl monitor' does. */
void events_join(struct outcome *o)
{
	int i;

	memset(o, 0, sizeof(*o));
	protocol = NETLINK_GENERIC;
	if (events)
		mnl_socket_close(events);
	events = open_socket();
	inject_begin();
	for (i = 0; i <= GROUP_FDB && !o->err; i++)
		if (mnl_socket_setsockopt(events, NETLINK_ADD_MEMBERSHIP,
					  &groups[i], sizeof(groups[i])))
			o->err = errno;
	inject_end(o);
}

static int drain(struct mnl_socket *from)
{
	int fd = mnl_socket_get_fd(from), n = 0;
	bool lost = false;
	ssize_t len;

	for (;;) {
		len = recv(fd, reply, sizeof(reply), MSG_DONTWAIT);
		n += len >= 0;
		if (len < 0 && errno != ENOBUFS)
			return lost ? -1 : n;
		lost |= len < 0;
	}
}

/* How many events there were, or -1 if some were lost and we were told. */
int events_drain(void)
{
	return drain(events);
}

/* Listens to dropped frames, or no more, as 'vsctl drops watch' does. */
void drops_listen(bool on)
{
	if (drops) {
		mnl_socket_close(drops);
		drops = NULL;
	}
	if (!on)
		return;
	protocol = NETLINK_GENERIC;
	drops = open_socket();
	if (mnl_socket_setsockopt(drops, NETLINK_ADD_MEMBERSHIP,
				  &groups[GROUP_DROP], sizeof(*groups)))
		die("drops: %s", strerror(errno));
}

/* How many dropped frames were told, or -1 as of events. */
int drops_drain(void)
{
	return drain(drops);
}
