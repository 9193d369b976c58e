// SPDX-License-Identifier: GPL-2.0
/*
 * All that can be seen of the module, as lines: what two of them have in common
 * did not change in between.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

static struct state_line *add_line(struct state *s)
{
	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->lines = realloc(s->lines, s->room * sizeof(*s->lines));
		if (!s->lines)
			die("no memory for the state");
	}
	memset(&s->lines[s->n], 0, sizeof(*s->lines));
	return &s->lines[s->n++];
}

/* Long values by a checksum (FNV-1a): lines are for comparing. */
static size_t put_value(char *to, size_t room, const struct nlattr *nla)
{
	const __u8 *data = nla_data(nla);
	__u64 sum = 0xcbf29ce484222325ULL;
	int i, len = nla_len(nla), n = 0;

	if (len <= 16) {
		for (i = 0; i < len; i++)
			n += snprintf(to + n, room - n, "%02x", data[i]);
		return n;
	}
	for (i = 0; i < len; i++)
		sum = (sum ^ data[i]) * 0x100000001b3ULL;
	return snprintf(to, room, "%016llx", (unsigned long long)sum);
}

/* What is not a matter of configuration, and changes by itself. */
static bool changes_alone(const char *name)
{
	return !strcmp(name, "fdb-count") || !strcmp(name, "fdb-learned") ||
	       !strcmp(name, "age") || !strcmp(name, "packets") ||
	       !strcmp(name, "bytes") || !strcmp(name, "used") ||
	       !strcmp(name, "shadowed-by");
}

/* No entry ages in less than a second. That of a port which is a switch goes
 * with that switch's carrier, whose changes come when the core has time.
 */
static __u64 safe_until(const struct state *st, __u32 age, bool carrier)
{
	const __u32 ms = 900;

	return carrier || age > ms ? 0 : st->taken + (ms - age) * (SEC / 1000);
}

/* Does an attribute say that its object may go by itself? */
bool state_is_timeout(const struct spec_op *op, const struct spec_attr *s)
{
	return op_is_of(op, "rule") &&
	       (s->id == VSW_A_RULE_IDLE_TIMEOUT ||
		s->id == VSW_A_RULE_HARD_TIMEOUT);
}

static void line_of(struct client *c, struct state *st,
		    const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct spec_op *op = spec_op(genl->cmd);
	struct state_line *l = add_line(st);
	const struct spec_attr *s;
	struct nlattr *nla;
	bool carrier = false;	/* depends on a switch's */
	size_t n;
	int rest;

	n = snprintf(l->text, LINE_MAX_, "%s", op->name);
	nla_for_each_attr(nla, genlmsg_attrdata(genl, 0),
			  genlmsg_attrlen(genl, 0), rest) {
		s = spec_attr(op->set, nla_type(nla));
		if ((op_is_of(op, "port") && s->id == VSW_A_PORT_IFINDEX) ||
		    (op_is_of(op, "fdb") && s->id == VSW_A_FDB_PORT))
			carrier = client_is_switch(c, nla_get_u32(nla));
		if (op_is_of(op, "switch") && s->id == VSW_A_SWITCH_IFINDEX)
			l->switch_index = nla_get_u32(nla);
		if (op_is_of(op, "set") && s->id == VSW_A_SET_NAME)
			snprintf(l->set, sizeof(l->set), "%s",
				 nla_get_string(nla));
		if (op_is_of(op, "fdb") && s->id == VSW_A_FDB_AGE) {
			l->mortal = true;
			l->safe = safe_until(st, nla_get_u32(nla), carrier);
		}
		l->mortal |= state_is_timeout(op, s);
		if (changes_alone(s->name) ||
		    (carrier && !strcmp(s->name, "up")))
			continue;
		n += snprintf(l->text + n, LINE_MAX_ - n, " %s=", s->name);
		n += put_value(l->text + n, LINE_MAX_ - n, nla);
	}
}

static void take_dump(struct client *c, struct state *st,
		      const struct spec_op *op)
{
	static struct wire w;
	struct fz_msg m = { .cmd = op->id, .version = SPEC_VERSION,
			    .flags = NLM_F_REQUEST | NLM_F_DUMP };
	struct nlmsghdr *nlh;
	unsigned char *buf;
	int n, done = 0;

	wire_init(&w);
	wire_add(&w, &m);
	client_send(c, &w);
	while (!done) {
		n = nl_recv(c->sk, &(struct sockaddr_nl){}, &buf, NULL);
		if (n <= 0)
			finding("a dump of the state does not end (%s)",
				op->name);
		for (nlh = (struct nlmsghdr *)buf; nlmsg_ok(nlh, n);
		     nlh = nlmsg_next(nlh, &n)) {
			if (nlh->nlmsg_type == NLMSG_ERROR)
				finding("a dump of the state is refused (%s)",
					op->name);
			if (nlh->nlmsg_type == NLMSG_DONE)
				done = 1;
			else
				line_of(c, st, nlh);
		}
		free(buf);
	}
}

/* @all: the drop counters and the devices, too */
void state_take(struct client *c, struct state *st, bool all)
{
	struct if_nameindex *ifs, *i;
	struct state_line *l;
	size_t op;

	st->n = 0;
	st->taken = now_ns();
	if (c->names_stale)
		client_names(c);
	for (op = 0; op < OPS; op++)
		if (ops[op].has_dump && (all || ops[op].has_do))
			take_dump(c, st, &ops[op]);
	if (!all)
		return;
	ifs = if_nameindex();
	for (i = ifs; i && i->if_index; i++) {
		l = add_line(st);
		snprintf(l->text, LINE_MAX_, "device %u %s", i->if_index,
			 i->if_name);
	}
	if_freenameindex(ifs);
}

/* NULL, or what differs. Learned entries and rules with a timeout may have gone
 * by themselves.
 */
const char *state_diff(const struct state *old, const struct state *new)
{
	static char what[2 * LINE_MAX_ + 16];
	size_t i = 0, j = 0;

	while (i < old->n || j < new->n) {
		if (i < old->n && j < new->n &&
		    !strcmp(old->lines[i].text, new->lines[j].text)) {
			i++;
			j++;
		} else if (i < old->n && old->lines[i].mortal &&
			   old->lines[i].safe < new->taken) {
			i++;
		} else {
			snprintf(what, sizeof(what), "\"%s\" became \"%s\"",
				 i < old->n ? old->lines[i].text : "",
				 j < new->n ? new->lines[j].text : "");
			return what;
		}
	}
	return NULL;
}

void state_free(struct state *st)
{
	free(st->lines);
	memset(st, 0, sizeof(*st));
}
