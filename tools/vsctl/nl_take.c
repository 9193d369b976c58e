// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: attributes of answers into objects, by tables. Trusts no length and
 * no value: each attribute is checked before it is read, and unknown ones are
 * passed over.
 */
#include <libmnl/libmnl.h>
#include <stdio.h>
#include <string.h>

#include "nl.h"
#include "vsctl.h"

struct target {
	const struct nl_field *fields;
	unsigned int n;
	void *obj;
};

static const struct {
	enum mnl_attr_data_type mnl;
	size_t len;
} types[] = {
	[NL_U8]		= { MNL_TYPE_U8, sizeof(uint8_t) },
	[NL_U16]	= { MNL_TYPE_U16, sizeof(uint16_t) },
	[NL_U32]	= { MNL_TYPE_U32, sizeof(uint32_t) },
	[NL_U64]	= { MNL_TYPE_U64, sizeof(uint64_t) },
	[NL_STRING]	= { MNL_TYPE_NUL_STRING, 0 },
	[NL_BINARY]	= { MNL_TYPE_BINARY, 0 },
	[NL_NEST]	= { MNL_TYPE_NESTED, 0 },
};

static int take_attr(const struct nlattr *attr, const struct target *t)
{
	const struct nl_field *f;
	uint32_t *has = t->obj;
	size_t len;
	char *to;

	for (f = t->fields; f < t->fields + t->n; f++) {
		if (f->attr == mnl_attr_get_type(attr))
			break;
	}
	if (f == t->fields + t->n)
		return 0;
	if (mnl_attr_validate(attr, types[f->type].mnl) < 0)
		return -1;
	*has |= BIT(f->bit ? f->bit : f->attr);
	if (f->nest)
		return f->nest(attr, t->obj);
	to = (char *)t->obj + f->off;
	if (f->type == NL_STRING) {
		snprintf(to, f->len, "%s", mnl_attr_get_str(attr));
		return 0;
	}
	len = f->len ? f->len : types[f->type].len;
	if (mnl_attr_get_payload_len(attr) != len)
		return -1;
	memcpy(to, mnl_attr_get_payload(attr), len);
	return 0;
}

/* Unlike libmnl's own it refuses attributes of which the last is cut off. */
static int take_attrs(const void *attrs, size_t len, const struct target *t)
{
	const struct nlattr *attr = attrs;
	int left = len;

	for (; mnl_attr_ok(attr, left); attr = mnl_attr_next(attr)) {
		if (take_attr(attr, t))
			return -1;
		left -= MNL_ALIGN(attr->nla_len);
	}
	return left > 0 ? -1 : 0;
}

/**
 * nl_take_nest - read the attributes in an attribute
 * @attr: the attribute
 * @fields: which to read
 * @n: how many
 * @obj: the object they go to, a uint32_t of flags first
 *
 * Return: 0, or -1 if one is malformed
 */
int nl_take_nest(const struct nlattr *attr, const struct nl_field *fields,
		 unsigned int n, void *obj)
{
	struct target t = { fields, n, obj };

	return take_attrs(mnl_attr_get_payload(attr),
			  mnl_attr_get_payload_len(attr), &t);
}

/**
 * nl_each - read all attributes in an attribute, in their order
 * @attr: the attribute
 * @cb: takes one; returns 0, or -1 if it is malformed
 * @obj: for @cb
 *
 * Return: 0, or -1 if one is malformed
 */
int nl_each(const struct nlattr *attr, nl_attr_cb cb, void *obj)
{
	const struct nlattr *at = mnl_attr_get_payload(attr);
	int left = mnl_attr_get_payload_len(attr);

	for (; mnl_attr_ok(at, left); at = mnl_attr_next(at)) {
		if (cb(mnl_attr_get_type(at), mnl_attr_get_payload(at),
		       mnl_attr_get_payload_len(at), obj))
			return -1;
		left -= MNL_ALIGN(at->nla_len);
	}
	return left > 0 ? -1 : 0;
}

/**
 * nl_take - read the attributes of a message
 * @nlh: the message
 * @hdrlen: length of the header before them
 * @fields: which to read
 * @n: how many
 * @obj: the object they go to, a uint32_t of flags first
 *
 * Return: 0, or -1 if one is malformed or the header is not there
 */
int nl_take(const struct nlmsghdr *nlh, size_t hdrlen,
	    const struct nl_field *fields, unsigned int n, void *obj)
{
	size_t skip = NLMSG_HDRLEN + MNL_ALIGN(hdrlen);
	struct target t = { fields, n, obj };

	if (nlh->nlmsg_len < skip)
		return -1;
	return take_attrs((const char *)nlh + skip, nlh->nlmsg_len - skip, &t);
}
