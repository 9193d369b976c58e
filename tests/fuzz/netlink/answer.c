// SPDX-License-Identifier: GPL-2.0
/*
 * What must come back for what was sent.
 */
#include <errno.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

static bool wants_dump(__u16 flags)
{
	return (flags & NLM_F_DUMP) == NLM_F_DUMP;
}

/* Says what the core itself makes of a message's headers. */
static void look_at(const struct client *c, const struct nlmsghdr *nlh,
		    struct answer *a)
{
	const __u16 core = NLM_F_REQUEST | NLM_F_ACK | NLM_F_ECHO;
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct spec_op *op;

	memset(a, 0, sizeof(*a));
	a->seq = nlh->nlmsg_seq;
	a->type = nlh->nlmsg_type;
	a->flags = nlh->nlmsg_flags;
	a->len = nlh->nlmsg_len > 0xffff ? 0xffff : nlh->nlmsg_len;
	if (!(a->flags & NLM_F_REQUEST) || a->type != c->family ||
	    nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		return;
	op = spec_op(genl->cmd);
	a->dump = wants_dump(a->flags);
	if (op && !op->group && (a->dump ? op->has_dump : op->has_do))
		a->op = op;
	a->header_ok = !genl->reserved &&
		       !(a->flags & ~(core | (a->dump ? NLM_F_DUMP : 0)));
}

/*
 * Walks over what is sent as the kernel does, and numbers each message that it
 * will look at.
 */
void answers_expect(struct client *c, struct wire *w)
{
	struct answer *a = c->answers;
	struct nlmsghdr *nlh = (struct nlmsghdr *)w->data;
	__u32 rest = w->len, len;
	bool dumped = false;
	int n = 0;

	while (rest >= NLMSG_HDRLEN && n < BATCH_MAX) {
		if (nlh->nlmsg_len < NLMSG_HDRLEN || nlh->nlmsg_len > rest)
			break;
		nlh->nlmsg_seq = c->seq++;
		look_at(c, nlh, &a[n]);
		a[n].busy = dumped;
		dumped |= wants_dump(a[n].flags);
		n++;
		len = NLMSG_ALIGN(nlh->nlmsg_len);
		rest -= len < rest ? len : rest;
		nlh = (struct nlmsghdr *)((char *)nlh + len);
	}
	c->n_answers = n;
}

static void take_tlvs(struct answer *a, struct nlattr *head, int len)
{
	const char *text;
	struct nlattr *nla;
	int rest;

	nla_for_each_attr(nla, head, len, rest) {
		switch (nla_type(nla)) {
		case NLMSGERR_ATTR_MSG:
			text = nla_data(nla);
			a->sentence = nla_len(nla) > 2 &&
				      !text[nla_len(nla) - 1];
			break;
		case NLMSGERR_ATTR_OFFS:
			a->has_offset = true;
			a->offset = nla_get_u32(nla);
			break;
		}
	}
}

/* Takes a message of any kind that has the request's number. */
void answer_take(struct answer *a, const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = nlmsg_data(nlh);
	__u32 skip;

	if (nlh->nlmsg_type == NLMSG_DONE) {
		a->finals++;
		if (nlh->nlmsg_len < NLMSG_HDRLEN + sizeof(int))
			return;
		memcpy(&a->err, nlmsg_data(nlh), sizeof(a->err));
		skip = NLMSG_HDRLEN + sizeof(int);
	} else if (nlh->nlmsg_type == NLMSG_ERROR) {
		a->finals++;
		a->err = e->error;
		skip = NLMSG_HDRLEN + sizeof(*e);
		if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
			skip += NLMSG_ALIGN(e->msg.nlmsg_len) - NLMSG_HDRLEN;
	} else {
		a->data++;
		return;
	}
	a->err = a->err > 0 ? 0 : -a->err;
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && skip < nlh->nlmsg_len)
		take_tlvs(a, (struct nlattr *)((char *)nlh + skip),
			  nlh->nlmsg_len - skip);
}

/* Was something changed, as far as the answer says? */
bool answer_granted(const struct answer *a)
{
	return a->op && a->op->admin && !a->err;
}

/* Refusals by the core for which it has no words. */
static bool silent(const struct answer *a)
{
	return !a->op || a->err == EPERM || a->err == ENOMEM ||
	       a->err == ENOBUFS || (a->busy && a->err == EBUSY);
}

static const char *check_count(const struct client *c, const struct answer *a)
{
	bool handled = a->flags & NLM_F_REQUEST && a->type >= NLMSG_MIN_TYPE;
	bool must = a->flags & NLM_F_ACK || a->err ||
		    (handled && a->dump && a->type == c->family);

	/* Of other families the core's rules are not this test's. */
	if (handled && a->type != c->family)
		return NULL;
	if (a->finals != must)
		return "not exactly one answer";
	if (!handled)
		return a->err || a->data ? "an answer to no request" : NULL;
	if (a->dump)
		return NULL;
	if (a->data != (!a->err && a->op && a->op->reply_attrs))
		return "not exactly one reply";
	return NULL;
}

const char *answer_check(const struct client *c, const struct answer *a)
{
	const char *why = check_count(c, a);

	if (why)
		return why;
	if (a->err && !a->sentence && !silent(a))
		return "a refusal without a sentence";
	if (a->has_offset &&
	    (a->offset < NLMSG_HDRLEN + GENL_HDRLEN ||
	     a->offset + NLA_HDRLEN > a->len || a->offset % NLA_ALIGNTO))
		return "an offset that is no attribute's";
	if (c->no_rights && a->op && a->op->admin && a->header_ok &&
	    a->err != EPERM)
		return "a change that is not refused for want of rights";
	return NULL;
}
