// SPDX-License-Identifier: GPL-2.0
/*
 * Is what the module sends what the specification says that it sends?
 */
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

static __u64 number(const struct nlattr *nla)
{
	__u16 v16;
	__u32 v32;
	__u64 v64;

	switch (nla_len(nla)) {
	case sizeof(__u8):
		return *(const __u8 *)nla_data(nla);
	case sizeof(v16):
		memcpy(&v16, nla_data(nla), sizeof(v16));
		return v16;
	case sizeof(v32):
		memcpy(&v32, nla_data(nla), sizeof(v32));
		return v32;
	}
	memcpy(&v64, nla_data(nla), sizeof(v64));
	return v64;
}

static const char *check_number(const struct spec_attr *s,
				const struct nlattr *nla)
{
	__u64 val, max;

	if ((size_t)nla_len(nla) != s->size)
		return "length of a number";
	val = number(nla);
	max = s->max;
	/* Requests take fewer types of ports than there are. */
	for (max = s->names ? 0 : max; s->names && s->names[max + 1];)
		max++;
	if (val > max)
		return "number too large";
	/* 0 in a reply: a host port, or an entry that has no VLAN. */
	if (val && val < s->min)
		return "number too small";
	return !val && spec_is_index(s) ? "index 0" : NULL;
}

static const char *check_attrs(const struct spec_set *set, __u32 known,
			       struct nlattr *head, int len);

static const char *check_attr(const struct spec_attr *s, struct nlattr *nla)
{
	bool nest = s->type == NL_ATTR_TYPE_NESTED;
	size_t len = nla_len(nla);

	if (nest != !!(nla->nla_type & NLA_F_NESTED))
		return "nested flag";
	switch (s->type) {
	case NL_ATTR_TYPE_STRING:
		if (!len || strnlen(nla_data(nla), len) != len - 1)
			return "string without one NUL at its end";
		return s->max && len > s->max + 1 ? "string too long" : NULL;
	case NL_ATTR_TYPE_BINARY:
		return len < s->min || len > s->max ? "length" : NULL;
	case NL_ATTR_TYPE_NESTED:
		return check_attrs(s->nest, ~0U, nla_data(nla), len);
	case NL_ATTR_TYPE_FLAG:
	case NL_ATTR_TYPE_INVALID:
		return len ? "padding or flag with contents" : NULL;
	}
	return check_number(s, nla);
}

static const char *check_attrs(const struct spec_set *set, __u32 known,
			       struct nlattr *head, int len)
{
	const struct spec_attr *s;
	struct nlattr *nla;
	__u32 seen = 0;
	const char *why;
	int type, rest;

	nla_for_each_attr(nla, head, len, rest) {
		type = nla_type(nla);
		s = spec_attr(set, type);
		if (!s)
			return "attribute that is not in the set";
		if (seen & SPEC_BIT(type) && s->type != NL_ATTR_TYPE_INVALID &&
		    !s->multi)
			return "attribute twice";
		seen |= SPEC_BIT(type);
		if (!(known & SPEC_BIT(type)) &&
		    s->type != NL_ATTR_TYPE_INVALID)
			return "attribute that the reply does not have";
		why = check_attr(s, nla);
		if (why)
			return why;
	}
	return rest ? "bytes left over" : NULL;
}

/* NULL, or what is wrong with a reply or an event. */
const char *reply_check(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct spec_op *op;

	if (nlh->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		return "no command";
	op = spec_op(genl->cmd);
	if (!op || !op->reply_attrs)
		return "command that no reply has";
	if (genl->version != SPEC_VERSION)
		return "version";
	return check_attrs(op->set, op->reply_attrs,
			   (struct nlattr *)((char *)genl + GENL_HDRLEN),
			   nlh->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN);
}
