/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_GROUP_H
#define VSW_RULE_GROUP_H

#include <linux/hashtable.h>
#include <linux/idr.h>

#include "vsw.h"

/**
 * struct vsw_group - a name by which rules and ports find each other
 * @node: among those with the same hash
 * @refs: rules and ports that have it
 * @id: its number, which frames are matched by; never 0
 * @name: its name
 */
struct vsw_group {
	struct hlist_node	node;
	unsigned int		refs;
	u16			id;
	char			name[VSW_NAME_MAX + 1];
};

/**
 * struct vsw_groups - the groups of a switch
 * @ids: by number
 * @names: by name
 *
 * All of it is protected by the rules' lock.
 */
struct vsw_groups {
	struct ida		ids;
	DECLARE_HASHTABLE(names, 8);
};

void vsw_groups_init(struct vsw_groups *groups);
void vsw_groups_free(struct vsw_groups *groups);
struct vsw_group *vsw_group_get(struct vsw_groups *groups, const char *name,
				struct netlink_ext_ack *extack);
void vsw_group_put(struct vsw_groups *groups, struct vsw_group *group);

#endif /* VSW_RULE_GROUP_H */
