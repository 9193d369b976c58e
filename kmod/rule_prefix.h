/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_PREFIX_H
#define VSW_RULE_PREFIX_H

#include <linux/rcupdate.h>
#include <linux/types.h>

/* Each family has a tree of its own. */
enum vsw_family {
	VSW_FAMILY_IPV4,
	VSW_FAMILY_IPV6,

	VSW_FAMILIES,
};

/* Bits of the longest prefix, and so nodes from the root to the last but it. */
#define VSW_PREFIX_LEN_MAX	128

/**
 * struct vsw_prefix - a prefix of addresses
 * @bits: the address from the highest bit on, in host order; of IPv4 in the
 *	upper half of the first. Those behind @len are 0
 * @len: how many count; at most 32 of IPv4, %VSW_PREFIX_LEN_MAX of IPv6
 */
struct vsw_prefix {
	u64	bits[2];
	u8	len;
};

/**
 * struct vsw_prefix_node - a prefix in a tree, or where two part
 * @bits: as in &struct vsw_prefix
 * @len: likewise
 * @is_made: made by the change that is under way; RTNL
 * @is_unmade: and taken out again; RTNL
 * @sets: those that have this very prefix, a bit each; 0: it is a fork
 * @below: all that have it or one below it: there, and nowhere else, who looks
 *	for a set goes
 * @child: longer prefixes that begin with this one, by the bit that follows
 * @rcu: to free it when no reader can have it
 * @next: in a list of the change that made it, or puts another in its place;
 *	RTNL
 *
 * What a reader reads of it never changes.
 */
struct vsw_prefix_node {
	u64			bits[2];
	u8			len;
	bool			is_made;
	bool			is_unmade;
	u64			sets;
	u64			below;
	struct vsw_prefix_node	*child[2];
	union {
		struct rcu_head		rcu;
		struct vsw_prefix_node	*next;
	};
};

/**
 * struct vsw_prefix_change - a change of trees that nobody sees yet
 * @root: the trees as they are to be
 * @made: nodes that only they have
 * @old: nodes that they do not have any more
 */
struct vsw_prefix_change {
	struct vsw_prefix_node	*root[VSW_FAMILIES];
	struct vsw_prefix_node	*made;
	struct vsw_prefix_node	*old;
};

/**
 * struct vsw_prefix_cursor - a place in a walk through a tree
 * @n: how many subtrees are still to be walked through
 * @node: they, the next one last
 */
struct vsw_prefix_cursor {
	unsigned int			n;
	const struct vsw_prefix_node	*node[VSW_PREFIX_LEN_MAX + 2];
};

u64 vsw_prefix_sets(const struct vsw_prefix_node *node, const u64 bits[2]);
int vsw_prefix_add(struct vsw_prefix_change *change, enum vsw_family family,
		   const struct vsw_prefix *prefix, u64 set);
int vsw_prefix_del(struct vsw_prefix_change *change, enum vsw_family family,
		   const struct vsw_prefix *prefix, u64 set);
int vsw_prefix_clear(struct vsw_prefix_change *change, enum vsw_family family,
		     u64 set);
void vsw_prefix_seal(struct vsw_prefix_change *change);
void vsw_prefix_retire(struct vsw_prefix_change *change);
void vsw_prefix_abort(struct vsw_prefix_change *change);
void vsw_prefix_free(struct vsw_prefix_node *root);
void vsw_prefix_seek(struct vsw_prefix_cursor *cursor,
		     const struct vsw_prefix_node *root,
		     const struct vsw_prefix *after);
const struct vsw_prefix_node *vsw_prefix_next(struct vsw_prefix_cursor *cursor,
					      u64 set);

#endif /* VSW_RULE_PREFIX_H */
