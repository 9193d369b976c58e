// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of rules: a name that a port has, and that rules are of. To a frame it
 * is a number, that of the port it came in at, which rules match like any other
 * field: a group costs the same at one port or at all.
 *
 * A group is there as long as a rule or a port has it. What is left of its
 * number in caches is of a table that is no more.
 */
#include <linux/netlink.h>
#include <linux/slab.h>
#include <linux/stringhash.h>

#include "rule_group.h"

/**
 * vsw_groups_init - have no groups
 * @groups: they
 */
void vsw_groups_init(struct vsw_groups *groups)
{
	ida_init(&groups->ids);
	hash_init(groups->names);
}

/**
 * vsw_groups_free - undo vsw_groups_init()
 * @groups: they, none of which is left
 */
void vsw_groups_free(struct vsw_groups *groups)
{
	ida_destroy(&groups->ids);
}

static u32 hash_name(const char *name)
{
	return full_name_hash(NULL, name, strlen(name));
}

static struct vsw_group *make_group(struct vsw_groups *groups,
				    const char *name,
				    struct netlink_ext_ack *extack)
{
	struct vsw_group *group = kzalloc(sizeof(*group), GFP_KERNEL_ACCOUNT);
	int id = -ENOMEM;

	if (group)
		id = ida_alloc_range(&groups->ids, 1, U16_MAX,
				     GFP_KERNEL_ACCOUNT);
	if (id < 0) {
		if (id == -ENOSPC)
			NL_SET_ERR_MSG(extack,
				       "The switch has 65535 groups of rules, which is all it can have");
		else
			NL_SET_ERR_MSG(extack,
				       "No memory for the group of rules");
		kfree(group);
		return ERR_PTR(id);
	}
	group->id = id;
	strscpy(group->name, name, sizeof(group->name));
	hash_add(groups->names, &group->node, hash_name(name));
	return group;
}

/**
 * vsw_group_get - have a group, which is made if need be
 * @groups: those of the switch
 * @name: its name
 * @extack: where to say why not
 *
 * Context: rules' lock; may sleep.
 * Return: the group or an error.
 */
struct vsw_group *vsw_group_get(struct vsw_groups *groups, const char *name,
				struct netlink_ext_ack *extack)
{
	struct vsw_group *group;

	hash_for_each_possible(groups->names, group, node, hash_name(name)) {
		if (!strcmp(group->name, name)) {
			group->refs++;
			return group;
		}
	}
	group = make_group(groups, name, extack);
	if (!IS_ERR(group))
		group->refs++;
	return group;
}

/**
 * vsw_group_put - undo vsw_group_get()
 * @groups: those of the switch
 * @group: the group, or NULL
 *
 * Context: rules' lock.
 */
void vsw_group_put(struct vsw_groups *groups, struct vsw_group *group)
{
	if (!group || --group->refs)
		return;
	hash_del(&group->node);
	ida_free(&groups->ids, group->id);
	kfree(group);
}
