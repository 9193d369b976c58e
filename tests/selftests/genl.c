// SPDX-License-Identifier: GPL-2.0
/*
 * Generic netlink, raw.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "genl.h"

#define RECV_MAX	(64 * 1024)

void die(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* One line of result, for log_helper in lib.sh. */
void result(bool ok, const char *fmt, ...)
{
	va_list ap;

	printf("%s ", ok ? "ok" : "not ok");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

/* Tell of a refusal that should not be. */
bool answer_ok(const struct answer *a)
{
	if (a->err)
		printf("%s: %s\n", strerror(a->err), a->sentence);
	return !a->err;
}

void msg_init(struct msg *m, __u16 family, __u8 cmd, __u16 flags)
{
	struct genlmsghdr *genl = NLMSG_DATA(&m->nlh);

	memset(m, 0, NLMSG_LENGTH(GENL_HDRLEN));
	m->nlh.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	m->nlh.nlmsg_type = family;
	m->nlh.nlmsg_flags = NLM_F_REQUEST | flags;
	genl->cmd = cmd;
	genl->version = SPEC_VERSION;
}

struct nlattr *msg_put(struct msg *m, __u16 type, const void *data,
		       size_t len)
{
	struct nlattr *attr = (void *)(m->buf + NLMSG_ALIGN(m->nlh.nlmsg_len));
	size_t end = NLMSG_ALIGN(m->nlh.nlmsg_len) + NLA_HDRLEN +
		     NLA_ALIGN(len);

	if (end > sizeof(m->buf))
		die("request too long");
	memset(attr, 0, NLA_HDRLEN + NLA_ALIGN(len));
	attr->nla_type = type;
	attr->nla_len = NLA_HDRLEN + len;
	memcpy((char *)attr + NLA_HDRLEN, data, len);
	m->nlh.nlmsg_len = end;
	return attr;
}

void msg_put_u8(struct msg *m, __u16 type, __u8 val)
{
	msg_put(m, type, &val, sizeof(val));
}

void msg_put_u16(struct msg *m, __u16 type, __u16 val)
{
	msg_put(m, type, &val, sizeof(val));
}

void msg_put_u32(struct msg *m, __u16 type, __u32 val)
{
	msg_put(m, type, &val, sizeof(val));
}

void msg_put_str(struct msg *m, __u16 type, const char *val)
{
	msg_put(m, type, val, strlen(val) + 1);
}

bool attr_next(const void **pos, const void *end, struct nlattr_ref *attr)
{
	const struct nlattr *nla = *pos;
	size_t left = (const char *)end - (const char *)*pos;
	size_t len;

	if (left < NLA_HDRLEN)
		return false;
	if (nla->nla_len < NLA_HDRLEN || nla->nla_len > left)
		die("the kernel sent a broken attribute");
	attr->type = nla->nla_type & NLA_TYPE_MASK;
	attr->len = nla->nla_len - NLA_HDRLEN;
	attr->data = (const char *)nla + NLA_HDRLEN;
	len = NLA_ALIGN((size_t)nla->nla_len);
	*pos = len < left ? (const char *)nla + len : end;
	return true;
}

__u64 attr_number(const struct nlattr_ref *attr)
{
	__u64 v64;
	__u32 v32;
	__u16 v16;

	switch (attr->len) {
	case 1:
		return *(const __u8 *)attr->data;
	case 2:
		memcpy(&v16, attr->data, sizeof(v16));
		return v16;
	case 4:
		memcpy(&v32, attr->data, sizeof(v32));
		return v32;
	case 8:
		memcpy(&v64, attr->data, sizeof(v64));
		return v64;
	}
	die("attribute %u is no number", attr->type);
}

__u32 attr_u32(const struct nlattr_ref *attr)
{
	if (attr->len != sizeof(__u32))
		die("attribute %u is no u32", attr->type);
	return attr_number(attr);
}

const struct spec_op *spec_op(__u8 id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(spec_ops); i++)
		if (spec_ops[i].id == id)
			return &spec_ops[i];
	return NULL;
}

const struct spec_attr *spec_attr(const struct spec_set *set, __u16 id)
{
	return id >= 1 && id <= set->max ? &set->attrs[id - 1] : NULL;
}

void genl_send(struct genl *nl, struct msg *m)
{
	m->nlh.nlmsg_seq = ++nl->seq;
	if (send(nl->fd, m->buf, m->nlh.nlmsg_len, 0) < 0)
		die("send: %s", strerror(errno));
}

/* What an acknowledgment says beyond its error number. */
static void parse_ack(const struct nlmsghdr *nlh, struct answer *a)
{
	const struct nlmsgerr *err = NLMSG_DATA(nlh);
	const void *end = (const char *)nlh + nlh->nlmsg_len;
	const void *pos = err + 1;
	struct nlattr_ref attr;

	a->err = -err->error;
	if (nlh->nlmsg_type == NLMSG_DONE)
		pos = (const char *)NLMSG_DATA(nlh) + sizeof(int);
	else if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		pos = (const char *)&err->msg + NLMSG_ALIGN(err->msg.nlmsg_len);
	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	while (attr_next(&pos, end, &attr)) {
		switch (attr.type) {
		case NLMSGERR_ATTR_MSG:
			snprintf(a->sentence, sizeof(a->sentence), "%s",
				 (const char *)attr.data);
			break;
		case NLMSGERR_ATTR_OFFS:
			a->offset = attr_u32(&attr);
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			a->miss_type = attr_u32(&attr);
			break;
		}
	}
}

static void keep_message(struct answer *a, const struct nlmsghdr *nlh)
{
	a->data = realloc(a->data, a->len + nlh->nlmsg_len);
	if (!a->data)
		die("out of memory");
	memcpy(a->data + a->len, nlh, nlh->nlmsg_len);
	a->len += nlh->nlmsg_len;
}

/* Take what one recv() gives; false once the answer is complete. */
bool genl_recv(struct genl *nl, struct answer *a)
{
	static char buf[RECV_MAX] __aligned(8);
	const struct nlmsghdr *nlh = (void *)buf;
	ssize_t len;

	len = recv(nl->fd, buf, nl->rcvlen ?: sizeof(buf), 0);
	if (len < 0)
		die("recv: %s", strerror(errno));
	for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
		if (nlh->nlmsg_seq != nl->seq)
			continue;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			a->interrupted = true;
		if (nlh->nlmsg_type == NLMSG_ERROR ||
		    nlh->nlmsg_type == NLMSG_DONE) {
			parse_ack(nlh, a);
			return false;
		}
		a->messages++;
		if (nl->keep)
			keep_message(a, nlh);
	}
	return true;
}

/* A request asks for an acknowledgment, or is a dump. */
void genl_talk(struct genl *nl, struct msg *m, struct answer *a)
{
	memset(a, 0, sizeof(*a));
	genl_send(nl, m);
	while (genl_recv(nl, a))
		;
}

/* The family's description, of which all want a part. */
static void get_family(struct genl *nl, struct answer *a)
{
	struct msg m;

	msg_init(&m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, NLM_F_ACK);
	msg_put_str(&m, CTRL_ATTR_FAMILY_NAME, nl->name);
	nl->keep = true;
	genl_talk(nl, &m, a);
	nl->keep = false;
	if (a->err)
		die("no netlink family %s: %s", nl->name, strerror(a->err));
}

static bool find_attr(const void *data, size_t len, __u16 type,
		      struct nlattr_ref *attr)
{
	const void *pos = data, *end = (const char *)data + len;

	while (attr_next(&pos, end, attr))
		if (attr->type == type)
			return true;
	return false;
}

/*
 * The kernel fits its pieces of a dump to the longest buffer that this socket
 * was ever given: @rcvlen holds from the start.
 */
void genl_open_family(struct genl *nl, const char *name, size_t rcvlen)
{
	struct timeval tv = { .tv_sec = 10 };
	struct nlattr_ref attr;
	struct answer a;
	int one = 1;

	memset(nl, 0, sizeof(*nl));
	nl->name = name;
	nl->rcvlen = rcvlen;
	nl->fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	if (nl->fd < 0)
		die("socket: %s", strerror(errno));
	setsockopt(nl->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	if (setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one,
		       sizeof(one)) ||
	    setsockopt(nl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &one,
		       sizeof(one)))
		die("setsockopt: %s", strerror(errno));
	get_family(nl, &a);
	if (!find_attr(a.data + NLMSG_LENGTH(GENL_HDRLEN),
		       a.len - NLMSG_LENGTH(GENL_HDRLEN), CTRL_ATTR_FAMILY_ID,
		       &attr))
		die("the family has no number");
	nl->family = attr_number(&attr);
	free(a.data);
}

void genl_open(struct genl *nl, size_t rcvlen)
{
	genl_open_family(nl, SPEC_FAMILY, rcvlen);
}

void genl_join(struct genl *nl, const char *group)
{
	struct nlattr_ref groups, one, name, id;
	const void *pos, *end;
	struct answer a;
	__u32 number;

	get_family(nl, &a);
	if (!find_attr(a.data + NLMSG_LENGTH(GENL_HDRLEN),
		       a.len - NLMSG_LENGTH(GENL_HDRLEN),
		       CTRL_ATTR_MCAST_GROUPS, &groups))
		die("the family has no groups");
	pos = groups.data;
	end = (const char *)groups.data + groups.len;
	while (attr_next(&pos, end, &one)) {
		if (!find_attr(one.data, one.len, CTRL_ATTR_MCAST_GRP_NAME,
			       &name) ||
		    !find_attr(one.data, one.len, CTRL_ATTR_MCAST_GRP_ID, &id))
			die("a group without name or number");
		if (strcmp(name.data, group))
			continue;
		number = attr_u32(&id);
		if (setsockopt(nl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			       &number, sizeof(number)))
			die("join %s: %s", group, strerror(errno));
		free(a.data);
		return;
	}
	die("there is no group %s", group);
}
