// SPDX-License-Identifier: GPL-2.0
/*
 * A client: sends, takes all that comes back, and holds it against what must.
 * The kernel handles a request while it is being sent, so what has not come
 * when the send returns does not come.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"

#define RECV_LEN	98304
#define SOCKET_LEN	(4 << 20)
#define SEND_MAX	(20 * SEC)
#define FDB_STATIC	1	/* in spec_names_fdb_type */

static struct nl_sock *open_socket(void)
{
	struct nl_sock *sk = nl_socket_alloc();
	int one = 1;

	if (!sk || genl_connect(sk))
		die("no generic netlink socket");
	/* Whatever is received, it is received at once. */
	nl_socket_disable_msg_peek(sk);
	nl_socket_set_msg_buf_size(sk, RECV_LEN);
	nl_socket_set_nonblocking(sk);
	nl_socket_set_buffer_size(sk, SOCKET_LEN, SOCKET_LEN);
	if (setsockopt(nl_socket_get_fd(sk), SOL_NETLINK, NETLINK_EXT_ACK, &one,
		       sizeof(one)))
		die("no extended acks");
	return sk;
}

/* The numbers of the family and its groups stay while the module is there. */
static int family, groups[4];

static void look_up(void)
{
	struct nl_sock *sk = nl_socket_alloc();

	if (!sk || genl_connect(sk))
		die("no generic netlink socket");
	family = genl_ctrl_resolve(sk, SPEC_FAMILY);
	groups[0] = genl_ctrl_resolve_grp(sk, SPEC_FAMILY, "config");
	groups[1] = genl_ctrl_resolve_grp(sk, SPEC_FAMILY, "fdb");
	groups[2] = genl_ctrl_resolve_grp(sk, SPEC_FAMILY, "rule");
	groups[3] = genl_ctrl_resolve_grp(sk, SPEC_FAMILY, "drop");
	nl_socket_free(sk);
	if (family < 0 || groups[0] < 0 || groups[1] < 0 || groups[2] < 0 ||
	    groups[3] < 0)
		die("no family " SPEC_FAMILY ": is the module loaded?");
}

void client_open(struct client *c, bool monitor)
{
	if (!family)
		look_up();
	c->family = family;
	c->sk = open_socket();
	c->seq = 1000;
	c->names_stale = true;
	if (!monitor)
		return;
	c->mon = open_socket();
	if (nl_socket_add_memberships(c->mon, groups[0], groups[1],
				      groups[2], groups[3], 0))
		die("no groups");
}

void client_close(struct client *c)
{
	nl_socket_free(c->sk);
	if (c->mon)
		nl_socket_free(c->mon);
	c->mon = NULL;
	state_free(&c->state);
}

/*
 * Looks up anew what index each name has. All at once: to ask for one that is
 * not there makes the kernel look for a module.
 */
void client_names(struct client *c)
{
	struct if_nameindex *ifs = if_nameindex(), *dev;
	unsigned int i;

	memset(c->index, 0, sizeof(c->index));
	for (dev = ifs; dev && dev->if_index; dev++)
		for (i = 0; i < N_NAMES; i++)
			if (!strcmp(dev->if_name, names[i]))
				c->index[i] = dev->if_index;
	if_freenameindex(ifs);
	c->names_stale = false;
}

static void fill_in(const struct client *c, struct wire *w)
{
	__u16 number = c->family;
	__u32 i, index;

	for (i = 0; i < w->n_fixes; i++) {
		if (w->fixes[i].name == NAME_FAMILY) {
			memcpy(w->data + w->fixes[i].at, &number,
			       sizeof(number));
			continue;
		}
		index = c->index[w->fixes[i].name] ?: NO_INDEX;
		memcpy(w->data + w->fixes[i].at, &index, sizeof(index));
	}
}

/* Sends, and notes what is to come back. */
void client_send(struct client *c, struct wire *w)
{
	__u64 start = now_ns();
	int err;

	fill_in(c, w);
	answers_expect(c, w);
	err = nl_sendto(c->sk, w->data, w->len);
	if (err < 0)
		finding("a message of %u bytes cannot be sent: %s", w->len,
			nl_geterror(err));
	if (now_ns() - start > SEND_MAX)
		finding("a message took %llu s",
			(unsigned long long)((now_ns() - start) / SEC));
	__sync_fetch_and_add(&shm->messages, c->n_answers ?: 1);
}

static struct answer *answer_to(struct client *c, __u32 seq)
{
	int i;

	for (i = 0; i < c->n_answers; i++)
		if (c->answers[i].seq == seq)
			return &c->answers[i];
	return NULL;
}

static void take(struct client *c, const struct nlmsghdr *nlh)
{
	struct answer *a = answer_to(c, nlh->nlmsg_seq);
	const char *why = NULL;

	if (!a)
		finding("an answer to nothing: type %u, number %u",
			nlh->nlmsg_type, nlh->nlmsg_seq);
	if (nlh->nlmsg_type == c->family)
		why = reply_check(nlh);
	if (why)
		finding("a reply that the specification does not have: %s",
			why);
	answer_take(a, nlh);
}

/*
 * Takes all that has come to a socket, or until @done says that it was all:
 * more would be found with the next. False if some was lost.
 */
static bool drain(struct client *c, struct nl_sock *sk,
		  bool (*done)(const struct client *c),
		  void (*one)(struct client *c, const struct nlmsghdr *nlh))
{
	struct sockaddr_nl from;
	struct nlmsghdr *nlh;
	unsigned char *buf;
	int n;

	while ((n = nl_recv(sk, &from, &buf, NULL)) > 0) {
		for (nlh = (struct nlmsghdr *)buf; nlmsg_ok(nlh, n);
		     nlh = nlmsg_next(nlh, &n))
			one(c, nlh);
		free(buf);
		if (done && done(c))
			return true;
	}
	return n == -NLE_AGAIN;
}

/* Is it the index of a switch? */
bool client_is_switch(const struct client *c, __u32 index)
{
	unsigned int i;

	for (i = 0; i < N_SWITCHES; i++)
		if (c->index[i] == index)
			return true;
	return false;
}

/* Where each message asked for one. */
static bool all_answered(const struct client *c)
{
	int i;

	for (i = 0; i < c->n_answers; i++)
		if (!c->answers[i].finals)
			return false;
	return c->n_answers;
}

static bool has_timeout(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct spec_op *op = spec_op(genl->cmd);
	const struct spec_attr *s;
	struct nlattr *nla;
	int rest;

	nla_for_each_attr(nla, genlmsg_attrdata(genl, 0),
			  genlmsg_attrlen(genl, 0), rest) {
		s = spec_attr(op->set, nla_type(nla));
		if (s && state_is_timeout(op, s))
			return true;
	}
	return false;
}

/* Does an event tell of something that only a command can change? */
static bool by_command(const struct client *c, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	struct nlattr *tb[16] = {};

	if (op_is_of(spec_op(genl->cmd), "fdb")) {
		genlmsg_parse((struct nlmsghdr *)nlh, 0, tb,
			      spec_set_fdb.max, NULL);
		return tb[VSW_A_FDB_TYPE] &&
		       nla_get_u32(tb[VSW_A_FDB_TYPE]) == FDB_STATIC;
	}
	if (genl->cmd == VSW_CMD_DROP_NTF)
		return false;
	if (genl->cmd == VSW_CMD_RULE_DEL_NTF)
		return !has_timeout(nlh);
	if (genl->cmd != VSW_CMD_PORT_SET_NTF)
		return true;
	/* A switch's carrier follows its ports' when the core has time. */
	genlmsg_parse((struct nlmsghdr *)nlh, 0, tb, spec_set_port.max, NULL);
	return tb[VSW_A_PORT_IFINDEX] &&
	       !client_is_switch(c, nla_get_u32(tb[VSW_A_PORT_IFINDEX]));
}

static void take_event(struct client *c, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const char *why = reply_check(nlh);

	if (why)
		finding("an event that the specification does not have: %s",
			why);
	shm->events++;
	c->events |= 1ULL << genl->cmd;
	if (by_command(c, nlh))
		c->told = spec_op(genl->cmd);
}

/* A granted change of a switch or port is told of, a refused one is not. */
static void check_events(const struct client *c, bool changed, bool complete)
{
	const struct spec_op *ntf;
	const struct answer *a;
	char name[32];
	int i;

	if (!changed && c->told)
		finding("event %s, although nothing was granted",
			c->told->name);
	for (i = 0; complete && i < c->n_answers; i++) {
		a = &c->answers[i];
		/* A rule may have been put aside, and a set may have had what
		 * was added, or nothing to be flushed.
		 */
		if (!answer_granted(a) || op_is_of(a->op, "fdb") ||
		    op_is_of(a->op, "rule") || op_is_of(a->op, "set"))
			continue;
		snprintf(name, sizeof(name), "%s-ntf", a->op->name);
		ntf = spec_op_named(name);
		if (ntf && !(c->events & (1ULL << ntf->id)))
			finding("no event of a granted %s", a->op->name);
	}
}

static void print_answer(const struct answer *a)
{
	printf("# -> %s%s, error %d (%s)%s, %u replies\n",
	       a->op ? a->op->name : "no command", a->dump ? " (dump)" : "",
	       a->err, strerror(a->err), a->sentence ? " with a sentence" : "",
	       a->data);
}

/* Returns whether something may have changed. */
static bool check_answers(struct client *c)
{
	bool changed = false;
	struct answer *a;
	const char *why;
	size_t op;
	int i;

	for (i = 0; i < c->n_answers; i++) {
		a = &c->answers[i];
		if (c->verbose)
			print_answer(a);
		why = answer_check(c, a);
		if (why)
			finding("%s: %s, flags %#x, error %d, offset %u of %u",
				why, a->op ? a->op->name : "no command",
				a->flags, a->err, a->offset, a->len);
		changed |= answer_granted(a);
		c->names_stale |= answer_granted(a) &&
				  !op_is_of(a->op, "fdb") &&
				  !op_is_of(a->op, "rule") &&
				  !op_is_of(a->op, "set");
		if (!a->op)
			continue;
		op = a->op - ops;
		__sync_fetch_and_add(a->err ? &shm->refused[op] :
					      &shm->granted[op], 1);
	}
	return changed;
}

static void know_state(struct client *c, bool all)
{
	if (!c->state_known)
		state_take(c, &c->state, all);
	c->state_known = true;
}

static void compare_state(struct client *c, bool all)
{
	struct state now = {};
	const char *line;

	state_take(c, &now, all);
	line = state_diff(&c->state, &now);
	if (line)
		finding("refused, and still something changed: %s", line);
	__sync_fetch_and_add(&shm->dumps_compared, 1);
	state_free(&c->state);
	c->state = now;
}

static void take_events(struct client *c, bool *complete)
{
	c->events = 0;
	c->told = NULL;
	*complete = !c->mon || drain(c, c->mon, NULL, take_event);
}

/* What others did meanwhile is theirs to answer for. */
void client_forget(struct client *c)
{
	bool complete;

	client_names(c);
	take_events(c, &complete);
	c->state_known = false;
}

/* From @begin on to the call without, nothing may change. */
void client_watch(struct client *c, bool begin)
{
	bool complete;

	if (begin) {
		client_forget(c);
		know_state(c, true);
		return;
	}
	c->n_answers = 0;
	take_events(c, &complete);
	check_events(c, false, complete);
	compare_state(c, true);
	c->state_known = false;
}

static void receive_frame(struct client *c, const struct wire *w)
{
	__u32 tap = (w->fixes[0].name - FIRST_TAP) % N_TAPS;

	/* The device may be down: that is no fault. */
	if (c->tap[tap] >= 0 && write(c->tap[tap], w->data, w->len) < 0)
		return;
	c->state_known = false;
}

/* Is it, or does it begin with, a command that changes something? */
static bool is_change(const struct wire *w)
{
	const struct genlmsghdr *genl = nlmsg_data((struct nlmsghdr *)w->data);
	const struct spec_op *op = spec_op(genl->cmd);

	return op && op->admin;
}

/* One send and all that comes of it. */
void client_step(struct client *c, struct wire *w)
{
	bool changed, check, complete;

	if (w->kind == WIRE_FRAME) {
		receive_frame(c, w);
		return;
	}
	check = c->alone && is_change(w) && c->steps++ % c->check_every == 0;
	if (check)
		know_state(c, false);
	if (c->names_stale)
		client_names(c);
	client_send(c, w);
	if (!drain(c, c->sk, check ? NULL : all_answered, take))
		finding("an answer got lost");
	changed = check_answers(c);
	take_events(c, &complete);
	if (c->mon && c->alone)
		check_events(c, changed, complete);
	if (changed)
		c->state_known = false;
	else if (check)
		compare_state(c, false);
}
