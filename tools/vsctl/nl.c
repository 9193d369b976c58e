// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink. Requests are written into one buffer, sent together and matched
 * with their answers by sequence number; outside a batch one at a time.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nl.h"
#include "vsctl.h"

/* The longest request: a set with as many addresses as one may name. */
#define REQUEST_MAX	20480
/* What is sent at once, so that it fits into any socket's buffer. */
#define TX_MAX		65536
#define RX_LEN		32768
#define WORDS_MAX	32

/* Bursts of events are larger than the socket's buffer usually is. */
#define EVENTS_RCVBUF	(4 << 20)

/* The one group of the controller, at which it tells what families go. */
#define CTRL_GROUP	GENL_ID_CTRL

/* The family's multicast groups. */
enum nl_group {
	NL_GROUP_CONFIG,
	NL_GROUP_FDB,
	NL_GROUP_RULE,
	NL_GROUP_DROP,
	NL_GROUPS,
};

/* So that an error's offset leads back to the word that caused it. */
struct nl_word {
	uint32_t offs;
	char *word;
};

/**
 * struct pending - a request without an answer yet
 * @where: the command that made it
 * @answered: its answer has come
 * @n_words: how many @words there are
 * @words: which attribute came of which word
 */
struct pending {
	struct where where;
	bool answered;
	unsigned int n_words;
	struct nl_word words[WORDS_MAX];
};

/**
 * struct nl - a socket
 * @v: the run
 * @sk: libmnl's socket
 * @family: type of requests
 * @groups: ids of the multicast groups, by &enum nl_group
 * @seq: sequence number of @pending[0]
 * @n: requests in @tx
 * @tx_len: bytes of @tx in use by them
 * @nlh: the request being written, behind them
 * @last: the last one that is finished
 * @pending: what is known of each
 * @waiting: the last request that was sent is not answered yet
 * @quiet: errors are left in @err instead of being reported, nor is it told
 *	that a dump was interrupted
 * @err: the last error, negative
 * @interrupted: a dump was, and the warning is given
 * @rc: exit code of the requests under way
 * @cb: takes what comes besides acknowledgments
 * @data: for @cb
 * @tx: requests, aligned as messages are
 * @rx: answers, aligned likewise
 */
struct nl {
	struct vsctl *v;
	struct mnl_socket *sk;
	uint16_t family;
	uint32_t groups[NL_GROUPS];
	uint32_t seq;
	unsigned int n;
	size_t tx_len;
	struct nlmsghdr *nlh;
	struct nlmsghdr *last;
	struct pending pending[NL_WINDOW];
	bool waiting;
	bool quiet;
	int err;
	bool interrupted;
	int rc;
	nl_cb cb;
	void *data;
	uint64_t tx[(TX_MAX + REQUEST_MAX) / sizeof(uint64_t)];
	uint64_t rx[RX_LEN / sizeof(uint64_t)];
};

/**
 * nl_command - which command or event a message is
 * @nlh: the message
 *
 * Return: &enum vsw_cmd, or 0 if there is none in it
 */
uint8_t nl_command(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = mnl_nlmsg_get_payload(nlh);

	return nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN ? 0 : genl->cmd;
}

static int take_error_attr(const struct nlattr *attr, void *data)
{
	struct nl_error *e = data;

	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0)
			return MNL_CB_ERROR;
		e->msg = mnl_attr_get_str(attr);
		break;
	case NLMSGERR_ATTR_OFFS:
		if (mnl_attr_validate(attr, MNL_TYPE_U32) < 0)
			return MNL_CB_ERROR;
		e->offs = mnl_attr_get_u32(attr);
		break;
	}
	return MNL_CB_OK;
}

/**
 * nl_parse_error - read an acknowledgment, or the end of a dump
 * @nlh: the message
 * @e: what it says; a sentence in it is good as long as the message is
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_error(const struct nlmsghdr *nlh, struct nl_error *e)
{
	size_t len = mnl_nlmsg_get_payload_len(nlh);
	const struct nlmsgerr *err = mnl_nlmsg_get_payload(nlh);
	size_t skip = sizeof(err->error);

	memset(e, 0, sizeof(*e));
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		if (len < sizeof(*err))
			return -1;
		skip = sizeof(*err);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED) &&
		    err->msg.nlmsg_len > NLMSG_HDRLEN)
			skip += MNL_ALIGN((size_t)err->msg.nlmsg_len) -
				NLMSG_HDRLEN;
	} else if (len < skip) {
		return 0;
	}
	/* What is no error number at all must not be taken for success. */
	e->err = err->error > 0 || err->error < -4095 ? -EPROTO : err->error;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && len > skip)
		mnl_attr_parse_payload((const char *)err + skip, len - skip,
				       take_error_attr, e);
	return 0;
}

/* The word of the command that made the attribute at @offs. */
static const char *find_word(const struct pending *p, uint32_t offs)
{
	unsigned int i;

	for (i = 0; offs && i < p->n_words; i++) {
		if (p->words[i].offs == offs)
			return p->words[i].word;
	}
	return NULL;
}

static void take_answer(struct nl *nl, struct pending *p,
			const struct nlmsghdr *nlh)
{
	const char *word;
	struct nl_error e;
	int rc;

	if (nl_parse_error(nlh, &e))
		e.err = -EBADMSG;
	p->answered = true;
	/* Answers come in the order of the requests. */
	if (p == &nl->pending[nl->n - 1])
		nl->waiting = false;
	if (e.err)
		nl->err = e.err;
	if (nl->quiet || (!e.err && !e.msg))
		return;
	word = find_word(p, e.offs);
	/* The end of a dump has no offset, but often there is no choice. */
	if (!word && nlh->nlmsg_type == NLMSG_DONE && p->n_words == 1)
		word = p->words[0].word;
	rc = err_kernel(&p->where, &e, word);
	if (!nl->rc)
		nl->rc = rc;
}

static void call(struct nl *nl, const struct nlmsghdr *nlh)
{
	nl->rc = nl->cb(nlh, nl->data);
	if (nl->rc >= 0)
		return;
	nl->rc = EXIT_REFUSED;
	nl->err = -EBADMSG;
	if (!nl->quiet)
		err_fail(nl->v, "malformed answer");
}

static void take_message(struct nl *nl, const struct nlmsghdr *nlh)
{
	uint32_t i = nlh->nlmsg_seq - nl->seq;
	struct pending *p;

	if (nl->sk && nlh->nlmsg_pid != mnl_socket_get_portid(nl->sk))
		return;
	if (i >= nl->n || nl->pending[i].answered)
		return;
	p = &nl->pending[i];
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR && !nl->interrupted) {
		nl->interrupted = true;
		if (!nl->quiet)
			err_warn(&p->where,
				 "dump was interrupted and may be inconsistent");
	}
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
		take_answer(nl, p, nlh);
	else if (nlh->nlmsg_type >= NLMSG_MIN_TYPE && nl->cb && !nl->rc)
		call(nl, nlh);
}

/* Unlike libmnl's own it takes no length beyond INT_MAX for a negative one. */
static bool message_ok(const struct nlmsghdr *nlh, int left)
{
	return mnl_nlmsg_ok(nlh, left) && nlh->nlmsg_len <= (uint32_t)left;
}

/**
 * nl_feed - take what came in on a socket
 * @nl: the socket
 * @buf: what came, aligned to 4 bytes
 * @len: its length
 *
 * Return: 0, or -1 if it is not whole messages
 */
int nl_feed(struct nl *nl, const void *buf, size_t len)
{
	const struct nlmsghdr *nlh = buf;
	int left = len;

	for (; message_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left))
		take_message(nl, nlh);
	return left > 0 ? -1 : 0;
}

/**
 * nl_new - make a socket's state, without the socket
 * @v: the run
 *
 * Return: the state; without memory there is no going on
 */
struct nl *nl_new(struct vsctl *v)
{
	struct nl *nl = calloc(1, sizeof(*nl));

	if (!nl) {
		perror("vsctl");
		exit(EXIT_REFUSED);
	}
	nl->v = v;
	nl->seq = 1;
	return nl;
}

static void forget_requests(struct nl *nl)
{
	unsigned int i;

	for (; nl->n; nl->n--) {
		struct pending *p = &nl->pending[nl->n - 1];

		for (i = 0; i < p->n_words; i++)
			free(p->words[i].word);
		nl->seq++;
	}
	nl->tx_len = 0;
	nl->rc = 0;
	nl->cb = NULL;
	nl->waiting = false;
	nl->interrupted = false;
}

/**
 * nl_free - close a socket and free its state
 * @nl: the socket, or NULL
 */
void nl_free(struct nl *nl)
{
	if (!nl)
		return;
	forget_requests(nl);
	if (nl->sk)
		mnl_socket_close(nl->sk);
	free(nl);
}

/**
 * nl_connect - open the socket
 * @nl: its state
 * @bus: %NETLINK_GENERIC or %NETLINK_ROUTE
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int nl_connect(struct nl *nl, int bus)
{
	int on = 1;

	nl->sk = mnl_socket_open2(bus, SOCK_CLOEXEC);
	if (!nl->sk || mnl_socket_bind(nl->sk, 0, MNL_SOCKET_AUTOPID) < 0)
		return err_fail(nl->v, "netlink: %s", strerror(errno));
	mnl_socket_setsockopt(nl->sk, NETLINK_EXT_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(nl->sk, NETLINK_CAP_ACK, &on, sizeof(on));
	mnl_socket_setsockopt(nl->sk, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	return 0;
}

/**
 * nl_begin - begin a request behind those that are queued
 * @nl: the socket
 * @type: its type
 * @hdrlen: length of the header before its attributes
 *
 * Return: that header, all zero
 */
void *nl_begin(struct nl *nl, uint16_t type, size_t hdrlen)
{
	struct pending *p = &nl->pending[nl->n];

	p->where = nl->v->where;
	p->answered = false;
	p->n_words = 0;
	nl->nlh = mnl_nlmsg_put_header((char *)nl->tx + nl->tx_len);
	nl->nlh->nlmsg_type = type;
	nl->nlh->nlmsg_flags = NLM_F_REQUEST;
	nl->nlh->nlmsg_seq = nl->seq + nl->n;
	return mnl_nlmsg_put_extra_header(nl->nlh, hdrlen);
}

/**
 * nl_request - begin a request of the family
 * @nl: the socket
 * @cmd: &enum vsw_cmd
 */
void nl_request(struct nl *nl, uint8_t cmd)
{
	struct genlmsghdr *genl = nl_begin(nl, nl->family, sizeof(*genl));

	genl->cmd = cmd;
	genl->version = VSW_GENL_VERSION;
}

/**
 * nl_put_bin - add bytes to the request
 * @nl: the socket
 * @attr: the attribute
 * @val: the bytes
 * @len: how many
 * @word: the word of the command they come of, or NULL
 */
void nl_put_bin(struct nl *nl, uint16_t attr, const void *val, size_t len,
		const char *word)
{
	struct pending *p = &nl->pending[nl->n];
	uint32_t offs = nl->nlh->nlmsg_len;

	if (!mnl_attr_put_check(nl->nlh, REQUEST_MAX, attr, len, val))
		abort();
	if (!word || p->n_words == WORDS_MAX)
		return;
	p->words[p->n_words].offs = offs;
	p->words[p->n_words].word = strdup(word);
	if (p->words[p->n_words].word)
		p->n_words++;
}

/**
 * nl_nest_begin - begin an attribute that holds those that follow
 * @nl: the socket
 * @attr: the attribute
 *
 * Return: what to give to nl_nest_end()
 */
struct nlattr *nl_nest_begin(struct nl *nl, uint16_t attr)
{
	struct nlattr *nest = mnl_attr_nest_start_check(nl->nlh, REQUEST_MAX,
							attr);

	if (!nest)
		abort();
	return nest;
}

/**
 * nl_nest_end - end what nl_nest_begin() began
 * @nl: the socket
 * @nest: the attribute
 */
void nl_nest_end(struct nl *nl, struct nlattr *nest)
{
	mnl_attr_nest_end(nl->nlh, nest);
}

/* Answers to all that was sent; returns 0, or -1 if no more will come. */
static int receive(struct nl *nl)
{
	ssize_t len;

	while (nl->waiting) {
		len = mnl_socket_recvfrom(nl->sk, nl->rx, sizeof(nl->rx));
		if (len < 0 && errno == EINTR)
			continue;
		if (len == 0)
			errno = ECONNRESET;
		if (len <= 0)
			return -1;
		if (nl_feed(nl, nl->rx, len)) {
			errno = EBADMSG;
			return -1;
		}
	}
	return 0;
}

/**
 * nl_flush - send all requests that are queued and wait for their answers
 * @nl: the socket, or NULL
 *
 * The kernel does them in order and answers those that fail; that the last one
 * is answered in any case means that all are done.
 *
 * Return: 0, or %EXIT_REFUSED after a message for each that failed
 */
int nl_flush(struct nl *nl)
{
	int rc;

	if (!nl || !nl->n)
		return 0;
	nl->last->nlmsg_flags |= NLM_F_ACK;
	nl->waiting = true;
	nl->err = 0;
	if (mnl_socket_sendto(nl->sk, nl->tx, nl->tx_len) < 0 || receive(nl)) {
		nl->err = -errno;
		nl->rc = err_fail(nl->v, "netlink: %s", strerror(errno));
	}
	rc = nl->rc;
	if (!nl->quiet && !nl->v->rc)
		nl->v->rc = rc;
	forget_requests(nl);
	return rc;
}

static void finish(struct nl *nl)
{
	nl->last = nl->nlh;
	nl->tx_len += MNL_ALIGN(nl->nlh->nlmsg_len);
	nl->n++;
}

/**
 * nl_do - send the request and wait for its answer
 * @nl: the socket
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int nl_do(struct nl *nl)
{
	finish(nl);
	return nl_flush(nl);
}

/**
 * nl_queue - send the request, in a batch together with others
 * @nl: the socket
 *
 * Return: 0, or %EXIT_REFUSED after a message, which may be of a request
 *	queued before
 */
int nl_queue(struct nl *nl)
{
	finish(nl);
	return nl->v->batch && nl->n < NL_WINDOW && nl->tx_len < TX_MAX ?
	       0 : nl_flush(nl);
}

/**
 * nl_get - send the request and take what is answered
 * @nl: the socket
 * @cb: takes it
 * @data: for @cb
 *
 * Return: 0, what @cb returned, or %EXIT_REFUSED after a message
 */
int nl_get(struct nl *nl, nl_cb cb, void *data)
{
	nl->cb = cb;
	nl->data = data;
	return nl_do(nl);
}

/**
 * nl_dump - send the request as one for all objects, and take them
 * @nl: the socket
 * @cb: takes an object
 * @data: for @cb
 *
 * Return: 0, what @cb returned, or %EXIT_REFUSED after a message
 */
int nl_dump(struct nl *nl, nl_cb cb, void *data)
{
	nl->nlh->nlmsg_flags |= NLM_F_DUMP;
	return nl_get(nl, cb, data);
}

/**
 * nl_try - send the request and take what is answered, if it is
 * @nl: the socket
 * @cb: takes it
 * @data: for @cb
 *
 * Return: 0, or the kernel's negative error, without a message
 */
int nl_try(struct nl *nl, nl_cb cb, void *data)
{
	nl->quiet = true;
	nl_get(nl, cb, data);
	nl->quiet = false;
	return nl->err;
}

/**
 * nl_try_dump - send the request as one for all objects, and take them
 * @nl: the socket
 * @cb: takes an object
 * @data: for @cb
 *
 * Return: 0, or the kernel's negative error, without a message
 */
int nl_try_dump(struct nl *nl, nl_cb cb, void *data)
{
	nl->nlh->nlmsg_flags |= NLM_F_DUMP;
	return nl_try(nl, cb, data);
}

struct family {
	uint32_t has;
	uint16_t id;
	uint32_t groups[NL_GROUPS];
};

struct group {
	uint32_t has;
	char name[GENL_NAMSIZ];
	uint32_t id;
};

static const struct nl_field group_fields[] = {
	NL_BYTES(struct group, name, GENL_NAMSIZ, CTRL_ATTR_MCAST_GRP_NAME,
		 NL_STRING),
	NL_NUM(struct group, id, CTRL_ATTR_MCAST_GRP_ID, NL_U32),
};

static int take_groups(const struct nlattr *attr, void *obj)
{
	struct family *family = obj;
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, attr) {
		struct group grp = {};

		if (nl_take_nest(a, group_fields, ARRAY_SIZE(group_fields),
				 &grp))
			return -1;
		if (!strcmp(grp.name, VSW_MCGRP_CONFIG))
			family->groups[NL_GROUP_CONFIG] = grp.id;
		else if (!strcmp(grp.name, VSW_MCGRP_FDB))
			family->groups[NL_GROUP_FDB] = grp.id;
		else if (!strcmp(grp.name, VSW_MCGRP_RULE))
			family->groups[NL_GROUP_RULE] = grp.id;
		else if (!strcmp(grp.name, VSW_MCGRP_DROP))
			family->groups[NL_GROUP_DROP] = grp.id;
	}
	return 0;
}

static const struct nl_field family_fields[] = {
	NL_NUM(struct family, id, CTRL_ATTR_FAMILY_ID, NL_U16),
	NL_NESTED(CTRL_ATTR_MCAST_GROUPS, take_groups),
};

static int take_family(const struct nlmsghdr *nlh, void *data)
{
	return nl_take(nlh, GENL_HDRLEN, family_fields,
		       ARRAY_SIZE(family_fields), data);
}

static int find_family(struct nl *nl)
{
	struct genlmsghdr *genl = nl_begin(nl, GENL_ID_CTRL, sizeof(*genl));
	struct family family = {};
	int err;

	genl->cmd = CTRL_CMD_GETFAMILY;
	genl->version = 1;
	nl_put_str(nl, CTRL_ATTR_FAMILY_NAME, VSW_GENL_NAME, NULL);
	err = nl_try(nl, take_family, &family);
	if (err == -ENOENT)
		return err_fail(nl->v,
				"the vswitch module is not loaded (modprobe vswitch)");
	if (!err && family.id < NLMSG_MIN_TYPE)
		err = -EBADMSG;
	if (err)
		return err_fail(nl->v, "netlink: %s", strerror(-err));
	nl->family = family.id;
	memcpy(nl->groups, family.groups, sizeof(nl->groups));
	return 0;
}

/**
 * nl_open - have a socket to the module, if there is none yet
 * @v: the run
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int nl_open(struct vsctl *v)
{
	int rc;

	if (v->nl)
		return 0;
	v->nl = nl_new(v);
	rc = nl_connect(v->nl, NETLINK_GENERIC);
	if (!rc)
		rc = find_family(v->nl);
	if (rc) {
		nl_free(v->nl);
		v->nl = NULL;
	}
	return rc;
}

static int join(struct nl *nl, uint32_t group)
{
	if (mnl_socket_setsockopt(nl->sk, NETLINK_ADD_MEMBERSHIP, &group,
				  sizeof(group)) < 0)
		return err_fail(nl->v, "netlink: %s", strerror(errno));
	return 0;
}

/**
 * nl_open_events - have a further socket at which events come in
 * @v: the run, with an open socket
 * @events: which, besides those of switches and ports: NL_EVENTS_*
 * @ev: where the socket goes
 *
 * Return: 0, or %EXIT_REFUSED after a message
 */
int nl_open_events(struct vsctl *v, unsigned int events, struct nl **ev)
{
	struct nl *nl = nl_new(v);
	int rc, fd, len = EVENTS_RCVBUF;

	*ev = nl;
	nl->family = v->nl->family;
	memcpy(nl->groups, v->nl->groups, sizeof(nl->groups));
	rc = nl_connect(nl, NETLINK_GENERIC);
	if (rc)
		return rc;
	fd = mnl_socket_get_fd(nl->sk);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &len, sizeof(len)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &len, sizeof(len));
	rc = join(nl, CTRL_GROUP);
	if (!rc)
		rc = join(nl, nl->groups[NL_GROUP_CONFIG]);
	if (!rc && events & NL_EVENTS_FDB)
		rc = join(nl, nl->groups[NL_GROUP_FDB]);
	if (!rc && events & NL_EVENTS_RULE)
		rc = join(nl, nl->groups[NL_GROUP_RULE]);
	if (!rc && events & NL_EVENTS_DROP)
		rc = join(nl, nl->groups[NL_GROUP_DROP]);
	return rc;
}

/*
 * Whether the module goes: there are no events any more, not even if it comes
 * again.
 */
static bool is_end(const struct nl *nl, const struct nlmsghdr *nlh)
{
	struct family gone = {};

	return nlh->nlmsg_type == GENL_ID_CTRL &&
	       nl_command(nlh) == CTRL_CMD_DELFAMILY &&
	       !take_family(nlh, &gone) && gone.id == nl->family;
}

/**
 * nl_events - take events for as long as they come
 * @nl: the socket
 * @cb: takes one; no message means that events were lost
 * @data: for @cb
 *
 * Return: what @cb returned, or %EXIT_REFUSED after a message
 */
int nl_events(struct nl *nl, nl_cb cb, void *data)
{
	const struct nlmsghdr *nlh;
	ssize_t len;
	int left, rc = 0;

	while (!rc) {
		len = mnl_socket_recvfrom(nl->sk, nl->rx, sizeof(nl->rx));
		if (len < 0 && errno == ENOBUFS)
			rc = cb(NULL, data);
		if (len < 0 && (errno == EINTR || errno == ENOBUFS))
			continue;
		if (len <= 0)
			return err_fail(nl->v, "netlink: %s", strerror(errno));
		nlh = (const struct nlmsghdr *)nl->rx;
		for (left = len; !rc && message_ok(nlh, left);
		     nlh = mnl_nlmsg_next(nlh, &left)) {
			if (is_end(nl, nlh))
				rc = err_fail(nl->v,
					      "the vswitch module was unloaded");
			else if (nlh->nlmsg_type == nl->family)
				rc = cb(nlh, data);
		}
	}
	return rc;
}
