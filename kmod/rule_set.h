/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_SET_H
#define VSW_RULE_SET_H

#include "rule_key.h"
#include "rule_prefix.h"

/**
 * struct vsw_set - a set of addresses
 * @bit: by which rules, and prefixes, know it
 * @n_addresses: prefixes that it has
 * @n_rules: rules that are there or put aside, and name it
 * @name: its name; never changes
 *
 * All of it is protected by RTNL.
 */
struct vsw_set {
	u64	bit;
	u32	n_addresses;
	u32	n_rules;
	char	name[VSW_NAME_MAX + 1];
};

/**
 * struct vsw_set_view - what is in all sets of a namespace, at one moment
 * @root: roots of the trees of prefixes
 * @rcu: to free it when no reader can have it
 */
struct vsw_set_view {
	struct vsw_prefix_node	*root[VSW_FAMILIES];
	struct rcu_head		rcu;
};

/**
 * struct vsw_sets - the sets of a network namespace
 * @set: they, by the number of their bit; NULL: there is none
 * @n_addresses: prefixes that they have together
 * @gen: changes with each change
 * @view: what is in them; NULL until there was one. Written under RTNL before
 *	it is given to the tables; read under rules' lock
 * @rules: those of the namespace's switches
 *
 * All but @view is protected by RTNL.
 */
struct vsw_sets {
	struct vsw_set		*set[VSW_SETS_MAX];
	u32			n_addresses;
	u32			gen;
	struct vsw_set_view	*view;
	struct list_head	rules;
};

/**
 * struct vsw_set_edit - a change of a set, of which nothing is seen yet
 * @sets: those of the namespace
 * @set: the set; it may not be there yet
 * @n_added: prefixes that it has more
 * @n_removed: prefixes that it has less
 * @change: of the trees
 */
struct vsw_set_edit {
	struct vsw_sets			*sets;
	struct vsw_set			*set;
	u32				n_added;
	u32				n_removed;
	struct vsw_prefix_change	change;
};

void vsw_sets_init(struct vsw_sets *sets);
void vsw_sets_free(struct vsw_sets *sets);
struct vsw_set *vsw_set_find(const struct vsw_sets *sets, const char *name);
struct vsw_set *vsw_set_add(struct vsw_sets *sets, const char *name,
			    struct netlink_ext_ack *extack);
void vsw_set_del(struct vsw_sets *sets, struct vsw_set *set);
int vsw_set_flush(struct vsw_sets *sets, struct vsw_set *set,
		  struct netlink_ext_ack *extack);
void vsw_set_edit_begin(struct vsw_set_edit *edit, struct vsw_sets *sets,
			struct vsw_set *set);
int vsw_set_edit_add(struct vsw_set_edit *edit, enum vsw_family family,
		     const struct vsw_prefix *prefix,
		     struct netlink_ext_ack *extack);
int vsw_set_edit_del(struct vsw_set_edit *edit, enum vsw_family family,
		     const struct vsw_prefix *prefix,
		     struct netlink_ext_ack *extack);
int vsw_set_edit_commit(struct vsw_set_edit *edit,
			struct netlink_ext_ack *extack);
void vsw_set_edit_abort(struct vsw_set_edit *edit);
void vsw_sets_use(struct vsw_sets *sets, u64 bits);
void vsw_sets_unuse(struct vsw_sets *sets, u64 bits);
unsigned int vsw_set_words(u64 mask[VSW_KEY_WORDS]);
void vsw_set_read(const struct vsw_set_view *view, unsigned int words,
		  u64 key[VSW_KEY_WORDS]);

#endif /* VSW_RULE_SET_H */
