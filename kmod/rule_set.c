// SPDX-License-Identifier: GPL-2.0
/*
 * Sets of addresses that rules name. To a rule a set is a bit, and a frame has,
 * for each of its addresses that some rule asks about, a word with the bits of
 * the sets that the address is in: a rule is found by that as by any field.
 *
 * What is in all sets of a namespace is one view, which does not change: a
 * change makes another, which shares with it what stays the same. A frame has
 * the view from the index of its switch's rules, as it has their generation,
 * and so no other from its first band to its last. A change gives each switch
 * whose rules name sets another index, with the new view and a later
 * generation. What was decided by the old view is in the cache under
 * generations of the old index, which nobody has who has the new one.
 *
 * For the same reason a bit can be another set's as soon as no rule has it that
 * is there: who still sees a rule that has gone has a view from before that.
 */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "rule.h"
#include "rule_set.h"

#define HAS(what)	((u64)VSW_HAS_ ## what << VSW_KEY_HAS_SHIFT)

/* Which address a word is about. */
static const struct address {
	u8	word;
	u8	ipv6;		/* where it is in the key; two words */
	u64	ipv4_mask;	/* likewise; 0: it is of IPv6 only */
	u64	need;		/* without this there is none */
} addresses[] = {
	{ VSW_KEY_SET_SRC, VSW_KEY_IPV6_SRC, GENMASK_ULL(63, 32),
	  HAS(IP) | HAS(ARP) },
	{ VSW_KEY_SET_DST, VSW_KEY_IPV6_DST, GENMASK_ULL(31, 0),
	  HAS(IP) | HAS(ARP) },
	{ VSW_KEY_SET_ND, VSW_KEY_INNER, 0, HAS(ND) },
};

/**
 * vsw_sets_init - have no sets
 * @sets: they
 */
void vsw_sets_init(struct vsw_sets *sets)
{
	INIT_LIST_HEAD(&sets->rules);
	/* To netlink's dumps 0 means that there is no generation. */
	sets->gen = 1;
}

/**
 * vsw_sets_free - free all sets
 * @sets: those of a namespace that has no switches any more
 *
 * Context: may sleep.
 */
void vsw_sets_free(struct vsw_sets *sets)
{
	unsigned int i;

	WARN_ON_ONCE(!list_empty(&sets->rules));
	for (i = 0; i < VSW_SETS_MAX; i++)
		kfree(sets->set[i]);
	if (!sets->view)
		return;
	for (i = 0; i < VSW_FAMILIES; i++)
		vsw_prefix_free(sets->view->root[i]);
	kfree(sets->view);
}

/**
 * vsw_set_find - the set with a name
 * @sets: those of the namespace
 * @name: the name
 *
 * Context: RTNL.
 * Return: the set or NULL.
 */
struct vsw_set *vsw_set_find(const struct vsw_sets *sets, const char *name)
{
	unsigned int i;

	ASSERT_RTNL();
	for (i = 0; i < VSW_SETS_MAX; i++)
		if (sets->set[i] && !strcmp(sets->set[i]->name, name))
			return sets->set[i];
	return NULL;
}

static int no_memory(struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack, "No memory for the set");
	return -ENOMEM;
}

/**
 * vsw_set_add - make an empty set
 * @sets: those of the namespace
 * @name: its name, which no other has
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: the set or an error.
 */
struct vsw_set *vsw_set_add(struct vsw_sets *sets, const char *name,
			    struct netlink_ext_ack *extack)
{
	struct vsw_set *set;
	unsigned int i = 0;

	while (i < VSW_SETS_MAX && sets->set[i])
		i++;
	if (i == VSW_SETS_MAX) {
		NL_SET_ERR_MSG(extack,
			       "The namespace has 64 sets, which is all it can have");
		return ERR_PTR(-ENOSPC);
	}
	if (!sets->view)
		sets->view = kzalloc(sizeof(*sets->view), GFP_KERNEL_ACCOUNT);
	set = kzalloc(sizeof(*set), GFP_KERNEL_ACCOUNT);
	if (!set || !sets->view) {
		kfree(set);
		return ERR_PTR(no_memory(extack));
	}
	set->bit = BIT_ULL(i);
	strscpy(set->name, name, sizeof(set->name));
	sets->set[i] = set;
	sets->gen++;
	return set;
}

/**
 * vsw_set_del - remove a set
 * @sets: those of the namespace
 * @set: the set, which is empty, and which no rule names
 *
 * Context: RTNL.
 */
void vsw_set_del(struct vsw_sets *sets, struct vsw_set *set)
{
	sets->set[__ffs64(set->bit)] = NULL;
	sets->gen++;
	kfree(set);
}

/**
 * vsw_set_edit_begin - begin a change of a set
 * @edit: the change; vsw_set_edit_commit() or vsw_set_edit_abort() ends it
 * @sets: those of the namespace
 * @set: the set
 *
 * Context: RTNL.
 */
void vsw_set_edit_begin(struct vsw_set_edit *edit, struct vsw_sets *sets,
			struct vsw_set *set)
{
	ASSERT_RTNL();
	*edit = (struct vsw_set_edit) { .sets = sets, .set = set };
	memcpy(edit->change.root, sets->view->root, sizeof(edit->change.root));
}

/**
 * vsw_set_edit_add - add a prefix to the set
 * @edit: the change
 * @family: whose
 * @prefix: the prefix
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0, also if the set has it, or an error.
 */
int vsw_set_edit_add(struct vsw_set_edit *edit, enum vsw_family family,
		     const struct vsw_prefix *prefix,
		     struct netlink_ext_ack *extack)
{
	int rc = vsw_prefix_add(&edit->change, family, prefix, edit->set->bit);

	if (rc < 0)
		return no_memory(extack);
	edit->n_added += rc;
	if (edit->sets->n_addresses + edit->n_added <= VSW_SET_ADDRESSES_MAX)
		return 0;
	NL_SET_ERR_MSG(extack,
		       "The sets of the namespace have 1048576 addresses, which is all they can have");
	return -ENOSPC;
}

/**
 * vsw_set_edit_del - take a prefix out of the set
 * @edit: the change
 * @family: whose
 * @prefix: the prefix
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_set_edit_del(struct vsw_set_edit *edit, enum vsw_family family,
		     const struct vsw_prefix *prefix,
		     struct netlink_ext_ack *extack)
{
	int err = vsw_prefix_del(&edit->change, family, prefix,
				 edit->set->bit);

	if (err == -ENOMEM)
		return no_memory(extack);
	if (err)
		NL_SET_ERR_MSG(extack, "The set does not have this address");
	else
		edit->n_removed++;
	return err;
}

static int clear(struct vsw_set_edit *edit, struct netlink_ext_ack *extack)
{
	unsigned int i;

	edit->n_removed = edit->set->n_addresses;
	if (!edit->n_removed)
		return 0;
	for (i = 0; i < VSW_FAMILIES; i++)
		if (vsw_prefix_clear(&edit->change, i, edit->set->bit))
			return no_memory(extack);
	return 0;
}

static int prepare_view(struct vsw_rules *rules)
{
	int err;

	mutex_lock(&rules->lock);
	err = vsw_rule_table_prepare_view(&rules->table);
	mutex_unlock(&rules->lock);
	return err;
}

static void take_view(struct vsw_rules *rules)
{
	mutex_lock(&rules->lock);
	vsw_rule_table_take_view(&rules->table);
	mutex_unlock(&rules->lock);
}

/* If it was prepared. */
static void forget_view(struct vsw_rules *rules)
{
	mutex_lock(&rules->lock);
	kfree(rules->table.spare);
	rules->table.spare = NULL;
	mutex_unlock(&rules->lock);
}

/**
 * vsw_set_edit_commit - let all of a change be seen, at one moment
 * @edit: the change
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0, or an error, and vsw_set_edit_abort() is to follow.
 */
int vsw_set_edit_commit(struct vsw_set_edit *edit,
			struct netlink_ext_ack *extack)
{
	struct vsw_sets *sets = edit->sets;
	struct vsw_set_view *view, *old = sets->view;
	struct vsw_rules *rules;

	if (!edit->n_added && !edit->n_removed)
		return 0;
	view = kzalloc(sizeof(*view), GFP_KERNEL_ACCOUNT);
	if (!view)
		return no_memory(extack);
	list_for_each_entry(rules, &sets->rules, in_sets) {
		if (prepare_view(rules)) {
			kfree(view);
			return no_memory(extack);
		}
	}
	/* Nothing can fail from here on. */
	vsw_prefix_seal(&edit->change);
	memcpy(view->root, edit->change.root, sizeof(view->root));
	/* Work that makes an index meanwhile may take either: those that have
	 * the old one are replaced now, those made later find the new one.
	 */
	smp_store_release(&sets->view, view);
	list_for_each_entry(rules, &sets->rules, in_sets)
		take_view(rules);
	kfree_rcu(old, rcu);
	vsw_prefix_retire(&edit->change);
	edit->set->n_addresses += edit->n_added - edit->n_removed;
	sets->n_addresses += edit->n_added - edit->n_removed;
	sets->gen++;
	return 0;
}

/**
 * vsw_set_edit_abort - forget a change
 * @edit: the change
 *
 * Context: RTNL; may sleep.
 */
void vsw_set_edit_abort(struct vsw_set_edit *edit)
{
	struct vsw_rules *rules;

	list_for_each_entry(rules, &edit->sets->rules, in_sets)
		forget_view(rules);
	vsw_prefix_abort(&edit->change);
}

/**
 * vsw_set_flush - take all prefixes out of a set, at one moment
 * @sets: those of the namespace
 * @set: the set
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_set_flush(struct vsw_sets *sets, struct vsw_set *set,
		  struct netlink_ext_ack *extack)
{
	struct vsw_set_edit edit;
	int err;

	vsw_set_edit_begin(&edit, sets, set);
	err = clear(&edit, extack);
	if (!err)
		err = vsw_set_edit_commit(&edit, extack);
	if (err)
		vsw_set_edit_abort(&edit);
	return err;
}

/**
 * vsw_sets_use - a rule that names sets is to be there
 * @sets: those of the namespace
 * @bits: those that it names
 *
 * Context: RTNL.
 */
void vsw_sets_use(struct vsw_sets *sets, u64 bits)
{
	for (; bits; bits &= bits - 1)
		sets->set[__ffs64(bits)]->n_rules++;
}

/**
 * vsw_sets_unuse - undo vsw_sets_use()
 * @sets: those of the namespace
 * @bits: those that the rule names
 *
 * Context: RTNL.
 */
void vsw_sets_unuse(struct vsw_sets *sets, u64 bits)
{
	for (; bits; bits &= bits - 1)
		sets->set[__ffs64(bits)]->n_rules--;
}

/**
 * vsw_set_words - put addresses into a mask in the place of words of sets
 * @mask: what rules ask for
 *
 * Frames do not have these words. Which sets an address is in is told by the
 * address and the view: it is the address that a flow has to have in common.
 *
 * Return: which of the words there were, for vsw_set_read().
 */
unsigned int vsw_set_words(u64 mask[VSW_KEY_WORDS])
{
	unsigned int i, words = 0;

	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		const struct address *at = &addresses[i];

		if (!mask[at->word])
			continue;
		words |= BIT(i);
		mask[at->word] = 0;
		mask[VSW_KEY_IPV4] |= at->ipv4_mask;
		mask[at->ipv6] = ~0ULL;
		mask[at->ipv6 + 1] = ~0ULL;
	}
	return words;
}

/**
 * vsw_set_read - find out which sets the addresses of a frame are in
 * @view: what is in them
 * @words: which addresses rules ask about, as of vsw_set_words()
 * @key: what was read of the frame; its words of sets are set
 *
 * Context: RCU read section.
 */
void vsw_set_read(const struct vsw_set_view *view, unsigned int words,
		  u64 key[VSW_KEY_WORDS])
{
	u64 kind = key[VSW_KEY_KIND];
	u64 ipv4[2] = {};

	for (; words; words &= words - 1) {
		const struct address *at = &addresses[__ffs(words)];

		if (!(kind & at->need))
			continue;
		if (!at->ipv4_mask || kind & HAS(IPV6)) {
			key[at->word] =
				vsw_prefix_sets(view->root[VSW_FAMILY_IPV6],
						&key[at->ipv6]);
			continue;
		}
		ipv4[0] = key[VSW_KEY_IPV4] & at->ipv4_mask;
		if (!(at->ipv4_mask >> 32))
			ipv4[0] <<= 32;
		key[at->word] = vsw_prefix_sets(view->root[VSW_FAMILY_IPV4],
						ipv4);
	}
}
