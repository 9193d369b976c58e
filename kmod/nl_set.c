// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: sets of addresses.
 */
#include <linux/rtnetlink.h>
#include <linux/unaligned.h>
#include <net/sock.h>

#include "netlink.h"
#include "rule_set.h"
#include "switch.h"

/* So that what is shown of a set is shown in lines. */
#define ADDRESSES_A_MESSAGE	64

/**
 * struct dump_at - where a dump goes on
 * @n: number of the set
 * @is_begun: not at its begin, but behind @prefix
 * @family: of @prefix
 * @prefix: the last that was put
 */
struct dump_at {
	u8			n;
	bool			is_begun;
	u8			family;
	struct vsw_prefix	prefix;
};

/* The mask of a prefix, a half of it. */
static u64 mask_of(unsigned int len)
{
	if (!len)
		return 0;
	return len >= 64 ? ~0ULL : ~(~0ULL >> len);
}

static int put_prefix(struct sk_buff *skb, enum vsw_family family,
		      const struct vsw_prefix *prefix)
{
	unsigned int len = prefix->len;
	__be64 ipv6[4] = {
		cpu_to_be64(prefix->bits[0]),
		cpu_to_be64(prefix->bits[1]),
		cpu_to_be64(mask_of(len)),
		cpu_to_be64(mask_of(len > 64 ? len - 64 : 0)),
	};
	__be32 ipv4[2] = {
		cpu_to_be32(prefix->bits[0] >> 32),
		cpu_to_be32(mask_of(len) >> 32),
	};

	if (family == VSW_FAMILY_IPV4)
		return nla_put(skb, VSW_A_SET_ADDRESS_IPV4, sizeof(ipv4),
			       ipv4);
	return nla_put(skb, VSW_A_SET_ADDRESS_IPV6, sizeof(ipv6), ipv6);
}

static int put_set(struct sk_buff *skb, const struct vsw_set *set)
{
	if (nla_put_string(skb, VSW_A_SET_NAME, set->name) ||
	    nla_put_u32(skb, VSW_A_SET_COUNT, set->n_addresses) ||
	    nla_put_u32(skb, VSW_A_SET_RULES, set->n_rules))
		return -EMSGSIZE;
	return 0;
}

/* @addresses are those that a command named, or NULL. */
static int fill_set(struct sk_buff *skb, const struct vsw_set *set,
		    const struct nlattr *addresses, u32 portid, u32 seq,
		    u8 cmd)
{
	void *hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, 0, cmd);

	if (!hdr)
		return -EMSGSIZE;
	if (put_set(skb, set) ||
	    (addresses && nla_put(skb, VSW_A_SET_ADDRESSES | NLA_F_NESTED,
				  nla_len(addresses), nla_data(addresses))))
		return -EMSGSIZE;
	genlmsg_end(skb, hdr);
	return 0;
}

static void tell(struct genl_info *info, const struct vsw_set *set,
		 const struct nlattr *addresses, u8 cmd)
{
	struct net *net = genl_info_net(info);
	size_t size = addresses ? nla_total_size(nla_len(addresses)) : 0;
	struct sk_buff *skb;

	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_RULE))
		return;
	size += nla_total_size(VSW_NAME_MAX + 1) +
		2 * nla_total_size(sizeof(u32));
	skb = genlmsg_new(size, GFP_KERNEL);
	if (skb && fill_set(skb, set, addresses, 0, 0, cmd)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_RULE);
}

static const char *take_name(struct genl_info *info)
{
	const struct nlattr *attr = info->attrs[VSW_A_SET_NAME];

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_SET_NAME)) {
		NL_SET_ERR_MSG(info->extack, "Which set is not said");
		return ERR_PTR(-EINVAL);
	}
	if (*(const char *)nla_data(attr))
		return nla_data(attr);
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "The name of the set is empty");
	return ERR_PTR(-EINVAL);
}

static struct vsw_set *find_set(const struct vsw_sets *sets,
				const struct nlattr *attr,
				struct netlink_ext_ack *extack)
{
	struct vsw_set *set = vsw_set_find(sets, nla_data(attr));

	if (set)
		return set;
	NL_SET_ERR_MSG_ATTR(extack, attr, "No set has this name");
	return ERR_PTR(-ENOENT);
}

/* The set that a command names. */
static struct vsw_set *take_set(struct genl_info *info,
				const struct vsw_sets *sets)
{
	const char *name = take_name(info);

	if (IS_ERR(name))
		return ERR_CAST(name);
	return find_set(sets, info->attrs[VSW_A_SET_NAME], info->extack);
}

/**
 * vsw_nl_set_get - %VSW_CMD_SET_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_set_get(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_sets *sets = &vsw_net(genl_info_net(info))->sets;
	struct sk_buff *reply;
	struct vsw_set *set;
	int err;

	reply = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply) {
		NL_SET_ERR_MSG(info->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rtnl_lock();
	set = take_set(info, sets);
	err = PTR_ERR_OR_ZERO(set);
	if (!err)
		err = fill_set(reply, set, NULL, info->snd_portid,
			       info->snd_seq, VSW_CMD_SET_GET);
	rtnl_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/* The set that a dump is narrowed to, or NULL. */
static struct vsw_set *dump_only(struct netlink_callback *cb)
{
	struct nlattr *attr = genl_info_dump(cb)->attrs[VSW_A_SET_NAME];

	if (!attr)
		return NULL;
	return find_set(&vsw_net(sock_net(cb->skb->sk))->sets, attr,
			cb->extack);
}

/**
 * vsw_nl_set_start - %VSW_CMD_SET_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_set_start(struct netlink_callback *cb)
{
	int err;

	BUILD_BUG_ON(sizeof(struct dump_at) > sizeof(cb->ctx));
	if (!cb->extack)
		return 0;
	rtnl_lock();
	err = PTR_ERR_OR_ZERO(dump_only(cb));
	rtnl_unlock();
	return err;
}

/* The prefix behind the one at which a dump is, which is then this one. */
static bool next_prefix(struct dump_at *at, const struct vsw_sets *sets,
			const struct vsw_set *set,
			struct vsw_prefix_cursor *cursor)
{
	const struct vsw_prefix_node *node;

	while (!(node = vsw_prefix_next(cursor, set->bit))) {
		if (++at->family == VSW_FAMILIES)
			return false;
		vsw_prefix_seek(cursor, sets->view->root[at->family], NULL);
	}
	memcpy(at->prefix.bits, node->bits, sizeof(node->bits));
	at->prefix.len = node->len;
	at->is_begun = true;
	return true;
}

/* As many as there is room for, in a message. Returns how many, or an error if
 * there is room for none.
 */
static int put_addresses(struct sk_buff *skb, struct dump_at *at,
			 const struct vsw_sets *sets,
			 const struct vsw_set *set,
			 struct vsw_prefix_cursor *cursor)
{
	struct dump_at next = *at;
	struct nlattr *nest;
	int n = 0;

	nest = nla_nest_start(skb, VSW_A_SET_ADDRESSES);
	if (!nest)
		return -EMSGSIZE;
	while (n < ADDRESSES_A_MESSAGE &&
	       next_prefix(&next, sets, set, cursor)) {
		if (put_prefix(skb, next.family, &next.prefix)) {
			if (!n)
				return -EMSGSIZE;
			break;
		}
		*at = next;
		n++;
	}
	if (n)
		nla_nest_end(skb, nest);
	else
		nla_nest_cancel(skb, nest);
	return n;
}

/* Dumps a set from the place in @cb on. */
static int dump_set(struct sk_buff *skb, struct netlink_callback *cb,
		    const struct vsw_sets *sets, const struct vsw_set *set,
		    struct vsw_prefix_cursor *cursor)
{
	struct dump_at *at = (struct dump_at *)cb->ctx;
	bool is_begun;
	void *hdr;
	int n;

	do {
		is_begun = at->is_begun;
		vsw_prefix_seek(cursor, sets->view->root[at->family],
				is_begun ? &at->prefix : NULL);
		hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
				  cb->nlh->nlmsg_seq, &vsw_nl_family,
				  NLM_F_MULTI, VSW_CMD_SET_GET);
		if (!hdr)
			return -EMSGSIZE;
		n = put_set(skb, set) ?:
		    put_addresses(skb, at, sets, set, cursor);
		/* An empty set is shown, what is behind the last address not.
		 */
		if (n < 0 || (!n && is_begun)) {
			genlmsg_cancel(skb, hdr);
			return n;
		}
		genl_dump_check_consistent(cb, hdr);
		genlmsg_end(skb, hdr);
	} while (n);
	return 0;
}

/**
 * vsw_nl_set_dump - %VSW_CMD_SET_GET, all or one, with addresses
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_set_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_sets *sets = &vsw_net(sock_net(skb->sk))->sets;
	struct dump_at *at = (struct dump_at *)cb->ctx;
	struct vsw_prefix_cursor *cursor;
	struct vsw_set *set, *only;
	int err;

	cursor = kmalloc(sizeof(*cursor), GFP_KERNEL);
	if (!cursor) {
		NL_SET_ERR_MSG(cb->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rtnl_lock();
	only = dump_only(cb);
	err = PTR_ERR_OR_ZERO(only);
	cb->seq = sets->gen;
	for (; !err && at->n < VSW_SETS_MAX; at->n++) {
		set = sets->set[at->n];
		if (set && (!only || set == only))
			err = dump_set(skb, cb, sets, set, cursor);
		if (err)
			break;
		at->is_begun = false;
		at->family = 0;
	}
	rtnl_unlock();
	kfree(cursor);
	return skb->len ?: err;
}

/* From network order to what trees have; false if the mask is no prefix's, or
 * does not have all of the address.
 */
static int take_prefix(struct vsw_prefix *prefix, const u64 mask[2],
		       const struct nlattr *attr,
		       struct netlink_ext_ack *extack)
{
	unsigned int len = hweight64(mask[0]) + hweight64(mask[1]);

	if (mask[0] != mask_of(len) ||
	    mask[1] != mask_of(len > 64 ? len - 64 : 0)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The mask is not that of a prefix");
		return -EINVAL;
	}
	if (prefix->bits[0] & ~mask[0] || prefix->bits[1] & ~mask[1]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "The value has bits that its mask does not have");
		return -EINVAL;
	}
	prefix->len = len;
	return 0;
}

static int take_address(struct vsw_prefix *prefix, const struct nlattr *attr,
			struct netlink_ext_ack *extack)
{
	const u8 *data = nla_data(attr);
	u64 mask[2] = {};

	*prefix = (struct vsw_prefix) {};
	if (nla_type(attr) == VSW_A_SET_ADDRESS_IPV4) {
		prefix->bits[0] = (u64)get_unaligned_be32(data) << 32;
		mask[0] = (u64)get_unaligned_be32(data + 4) << 32;
	} else {
		prefix->bits[0] = get_unaligned_be64(data);
		prefix->bits[1] = get_unaligned_be64(data + 8);
		mask[0] = get_unaligned_be64(data + 16);
		mask[1] = get_unaligned_be64(data + 24);
	}
	return take_prefix(prefix, mask, attr, extack);
}

typedef int edit_fn(struct vsw_set_edit *edit, enum vsw_family family,
		    const struct vsw_prefix *prefix,
		    struct netlink_ext_ack *extack);

/* Does something with each of the addresses that a command names. */
static int edit_each(struct vsw_set_edit *edit, const struct nlattr *nest,
		     edit_fn *fn, struct netlink_ext_ack *extack)
{
	struct vsw_prefix prefix;
	const struct nlattr *attr;
	unsigned int n = 0;
	int rem, err;

	nla_for_each_nested(attr, nest, rem) {
		if (n++ == VSW_SET_CHANGES_MAX) {
			NL_SET_ERR_MSG_ATTR(extack, nest,
					    "More than 512 addresses: make more commands of it");
			return -E2BIG;
		}
		err = take_address(&prefix, attr, extack);
		if (err)
			return err;
		err = fn(edit, nla_type(attr) == VSW_A_SET_ADDRESS_IPV4 ?
			       VSW_FAMILY_IPV4 : VSW_FAMILY_IPV6,
			 &prefix, extack);
		if (err) {
			NL_SET_BAD_ATTR(extack, attr);
			return err;
		}
	}
	return 0;
}

/* All that a command names, or nothing. Returns whether anything changed, or an
 * error.
 */
static int edit_set(struct vsw_sets *sets, struct vsw_set *set,
		    struct genl_info *info, edit_fn *fn)
{
	const struct nlattr *nest = info->attrs[VSW_A_SET_ADDRESSES];
	struct vsw_set_edit edit;
	int err;

	if (!nest)
		return 0;
	vsw_set_edit_begin(&edit, sets, set);
	err = edit_each(&edit, nest, fn, info->extack);
	if (!err)
		err = vsw_set_edit_commit(&edit, info->extack);
	if (err) {
		vsw_set_edit_abort(&edit);
		return err;
	}
	return edit.n_added || edit.n_removed;
}

/**
 * vsw_nl_set_new - %VSW_CMD_SET_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_set_new(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_sets *sets = &vsw_net(genl_info_net(info))->sets;
	const char *name = take_name(info);
	struct vsw_set *set;
	bool is_new = false;
	int rc;

	if (IS_ERR(name))
		return PTR_ERR(name);
	rtnl_lock();
	set = vsw_set_find(sets, name);
	if (!set) {
		set = vsw_set_add(sets, name, info->extack);
		is_new = true;
	}
	rc = PTR_ERR_OR_ZERO(set);
	if (rc)
		goto unlock;
	rc = edit_set(sets, set, info, vsw_set_edit_add);
	if (rc < 0 && is_new)
		vsw_set_del(sets, set);
	else if (rc > 0 || (!rc && is_new))
		tell(info, set, info->attrs[VSW_A_SET_ADDRESSES],
		     VSW_CMD_SET_NEW_NTF);
unlock:
	rtnl_unlock();
	return min(rc, 0);
}

static int remove_set(struct vsw_sets *sets, struct vsw_set *set,
		      struct genl_info *info)
{
	int err;

	if (set->n_rules) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_SET_NAME],
				    "Rules use the set");
		return -EBUSY;
	}
	err = vsw_set_flush(sets, set, info->extack);
	if (err)
		return err;
	tell(info, set, NULL, VSW_CMD_SET_DEL_NTF);
	vsw_set_del(sets, set);
	return 0;
}

/**
 * vsw_nl_set_del - %VSW_CMD_SET_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_set_del(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_sets *sets = &vsw_net(genl_info_net(info))->sets;
	const struct nlattr *nest = info->attrs[VSW_A_SET_ADDRESSES];
	struct vsw_set *set;
	int rc;

	rtnl_lock();
	set = take_set(info, sets);
	rc = PTR_ERR_OR_ZERO(set);
	if (rc)
		goto unlock;
	if (nest) {
		rc = edit_set(sets, set, info, vsw_set_edit_del);
		if (rc > 0)
			tell(info, set, nest, VSW_CMD_SET_DEL_NTF);
	} else {
		rc = remove_set(sets, set, info);
	}
unlock:
	rtnl_unlock();
	return min(rc, 0);
}

/**
 * vsw_nl_set_flush - %VSW_CMD_SET_FLUSH
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_set_flush(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_sets *sets = &vsw_net(genl_info_net(info))->sets;
	struct vsw_set *set;
	bool is_empty;
	int err;

	rtnl_lock();
	set = take_set(info, sets);
	err = PTR_ERR_OR_ZERO(set);
	if (!err) {
		is_empty = !set->n_addresses;
		err = vsw_set_flush(sets, set, info->extack);
		if (!err && !is_empty)
			tell(info, set, NULL, VSW_CMD_SET_FLUSH_NTF);
	}
	rtnl_unlock();
	return err;
}
