// SPDX-License-Identifier: GPL-2.0
/*
 * Prefixes of addresses, and which sets have them: a binary tree in which each
 * node is a prefix, and what begins with it is below it, by the bit that
 * follows. A node is there if some set has its prefix, or if two prefixes part
 * there. So an address meets all prefixes that it begins with on one way down,
 * which has no more nodes than the address has bits, however many there are.
 *
 * A tree does not change. A change copies the nodes on the way to what it
 * changes, and shares all others: who has the old root has the old tree, until
 * he is done. What a change has copied it changes in place from then on.
 */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "rule_prefix.h"

/* Which of a node's children an address is below. */
static unsigned int bit_at(const u64 bits[2], unsigned int at)
{
	return bits[at / 64] >> (63 - at % 64) & 1;
}

/* How many bits two addresses begin with alike. */
static unsigned int common_len(const u64 bits[2], const u64 other[2])
{
	if (bits[0] != other[0])
		return 64 - fls64(bits[0] ^ other[0]);
	return 128 - fls64(bits[1] ^ other[1]);
}

/**
 * vsw_prefix_sets - which sets an address is in
 * @node: root of the tree of its family, or NULL
 * @bits: the address, as in &struct vsw_prefix
 *
 * Context: RCU read section.
 * Return: a bit for each that has a prefix of the address.
 */
u64 vsw_prefix_sets(const struct vsw_prefix_node *node, const u64 bits[2])
{
	u64 sets = 0;

	while (node && common_len(node->bits, bits) >= node->len) {
		sets |= node->sets;
		if (node->len == VSW_PREFIX_LEN_MAX)
			break;
		node = node->child[bit_at(bits, node->len)];
	}
	return sets;
}

static struct vsw_prefix_node *make(struct vsw_prefix_change *change,
				    const struct vsw_prefix_node *like)
{
	struct vsw_prefix_node *node;

	node = kmemdup(like, sizeof(*like), GFP_KERNEL_ACCOUNT);
	if (!node)
		return NULL;
	node->is_made = true;
	node->is_unmade = false;
	node->next = change->made;
	change->made = node;
	return node;
}

/* The new trees do not have a node any more. */
static void drop(struct vsw_prefix_change *change,
		 struct vsw_prefix_node *node)
{
	if (node->is_made) {
		node->is_unmade = true;
		return;
	}
	node->next = change->old;
	change->old = node;
}

/* A node that may be changed. */
static struct vsw_prefix_node *own(struct vsw_prefix_change *change,
				   struct vsw_prefix_node **at)
{
	struct vsw_prefix_node *node = *at;

	if (node->is_made)
		return node;
	node = make(change, node);
	if (!node)
		return NULL;
	drop(change, *at);
	*at = node;
	return node;
}

static bool is_there(const struct vsw_prefix_node *node,
		     const struct vsw_prefix *prefix, u64 set)
{
	while (node && node->len < prefix->len &&
	       common_len(node->bits, prefix->bits) >= node->len)
		node = node->child[bit_at(prefix->bits, node->len)];
	return node && node->len == prefix->len && node->sets & set &&
	       common_len(node->bits, prefix->bits) >= node->len;
}

/* A fork where two prefixes part, neither of which begins with the other. */
static struct vsw_prefix_node *make_fork(struct vsw_prefix_change *change,
					 struct vsw_prefix_node *node,
					 struct vsw_prefix_node *other,
					 unsigned int len)
{
	struct vsw_prefix_node fork = { .len = len };

	if (len > 64)
		fork.bits[1] = node->bits[1] & ~(~0ULL >> (len - 64));
	fork.bits[0] = node->bits[0];
	if (len < 64)
		fork.bits[0] &= ~(~0ULL >> len);
	fork.below = node->below | other->below;
	fork.child[bit_at(node->bits, len)] = node;
	fork.child[bit_at(other->bits, len)] = other;
	return make(change, &fork);
}

/* Puts a new node where the way to its prefix ends: at nothing, or at a node
 * whose prefix does not begin the new one's.
 */
static int insert(struct vsw_prefix_change *change,
		  struct vsw_prefix_node **at, const struct vsw_prefix *prefix,
		  u64 set)
{
	struct vsw_prefix_node *node = *at, *fork;
	struct vsw_prefix_node leaf = {
		.bits	= { prefix->bits[0], prefix->bits[1] },
		.len	= prefix->len,
		.sets	= set,
		.below	= set,
	};
	unsigned int common = prefix->len;

	if (node)
		common = min(common, common_len(node->bits, prefix->bits));
	if (node && common == prefix->len) {
		leaf.below |= node->below;
		leaf.child[bit_at(node->bits, common)] = node;
	}
	fork = make(change, &leaf);
	if (fork && common < prefix->len)
		fork = make_fork(change, fork, node, common);
	if (!fork)
		return -ENOMEM;
	*at = fork;
	return 1;
}

/**
 * vsw_prefix_add - add a prefix to a set
 * @change: the change
 * @family: whose
 * @prefix: the prefix
 * @set: bit of the set
 *
 * Context: RTNL; may sleep.
 * Return: 1, 0 if the set had it, or -ENOMEM.
 */
int vsw_prefix_add(struct vsw_prefix_change *change, enum vsw_family family,
		   const struct vsw_prefix *prefix, u64 set)
{
	struct vsw_prefix_node **at = &change->root[family], *node;

	if (is_there(*at, prefix, set))
		return 0;
	while (*at && (*at)->len <= prefix->len &&
	       common_len((*at)->bits, prefix->bits) >= (*at)->len) {
		node = own(change, at);
		if (!node)
			return -ENOMEM;
		node->below |= set;
		if (node->len == prefix->len) {
			node->sets |= set;
			return 1;
		}
		at = &node->child[bit_at(prefix->bits, node->len)];
	}
	return insert(change, at, prefix, set);
}

/* Takes out a node that is neither a prefix nor a fork. */
static void tidy(struct vsw_prefix_change *change,
		 struct vsw_prefix_node **at)
{
	struct vsw_prefix_node *node = *at;

	if (node->sets || (node->child[0] && node->child[1]))
		return;
	*at = node->child[0] ?: node->child[1];
	drop(change, node);
}

static bool has_below(const struct vsw_prefix_node *node, u64 set)
{
	return node && node->below & set;
}

/* From a node on, on the way to a prefix, nothing has the set any more. */
static void forget(struct vsw_prefix_node *node,
		   const struct vsw_prefix *prefix, u64 set)
{
	for (;;) {
		node->below &= ~set;
		if (node->len == prefix->len)
			return;
		node = node->child[bit_at(prefix->bits, node->len)];
	}
}

/**
 * vsw_prefix_del - take a prefix out of a set
 * @change: the change
 * @family: whose
 * @prefix: the prefix
 * @set: bit of the set
 *
 * Context: RTNL; may sleep.
 * Return: 0, -ENOENT if the set does not have it, or -ENOMEM.
 */
int vsw_prefix_del(struct vsw_prefix_change *change, enum vsw_family family,
		   const struct vsw_prefix *prefix, u64 set)
{
	struct vsw_prefix_node **at = &change->root[family], **above = NULL;
	struct vsw_prefix_node **alone = at, *node;
	unsigned int bit;

	if (!is_there(*at, prefix, set))
		return -ENOENT;
	for (;;) {
		node = own(change, at);
		if (!node)
			return -ENOMEM;
		if (node->len == prefix->len)
			break;
		bit = bit_at(prefix->bits, node->len);
		above = at;
		at = &node->child[bit];
		/* From here on it is the only one that has the set. */
		if (node->sets & set || has_below(node->child[!bit], set))
			alone = at;
	}
	node->sets &= ~set;
	if (!has_below(node->child[0], set) && !has_below(node->child[1], set))
		forget(*alone, prefix, set);
	tidy(change, at);
	if (above)
		tidy(change, above);
	return 0;
}

/* A node on the way down, and what its children have become. */
struct step {
	struct vsw_prefix_node	*node;
	struct vsw_prefix_node	*child[2];
	unsigned int		n;
};

/* What a node becomes without a set. */
static struct vsw_prefix_node *without(struct vsw_prefix_change *change,
				       const struct step *step, u64 set)
{
	struct vsw_prefix_node *node = step->node, *copy;
	u64 sets = node->sets & ~set;

	if (!sets && (!step->child[0] || !step->child[1])) {
		drop(change, node);
		return step->child[0] ?: step->child[1];
	}
	copy = node;
	copy = own(change, &copy);
	if (!copy)
		return ERR_PTR(-ENOMEM);
	copy->sets = sets;
	copy->below &= ~set;
	copy->child[0] = step->child[0];
	copy->child[1] = step->child[1];
	return copy;
}

/**
 * vsw_prefix_clear - take all prefixes out of a set
 * @change: the change
 * @family: whose
 * @set: bit of the set
 *
 * Context: RTNL; may sleep.
 * Return: 0 or -ENOMEM.
 */
int vsw_prefix_clear(struct vsw_prefix_change *change, enum vsw_family family,
		     u64 set)
{
	struct vsw_prefix_node *node = change->root[family];
	struct step *steps, *at;
	unsigned int n = 0;

	if (!has_below(node, set))
		return 0;
	steps = kmalloc_array(VSW_PREFIX_LEN_MAX + 1, sizeof(*steps),
			      GFP_KERNEL);
	if (!steps)
		return -ENOMEM;
	steps[n++] = (struct step){ .node = node };
	while (n) {
		at = &steps[n - 1];
		if (at->n < 2) {
			node = at->node->child[at->n];
			if (has_below(node, set))
				steps[n++] = (struct step){ .node = node };
			else
				at->child[at->n++] = node;
			continue;
		}
		node = without(change, at, set);
		if (IS_ERR(node))
			break;
		if (--n)
			steps[n - 1].child[steps[n - 1].n++] = node;
		cond_resched();
	}
	kfree(steps);
	if (IS_ERR(node))
		return PTR_ERR(node);
	change->root[family] = node;
	return 0;
}

/**
 * vsw_prefix_seal - end a change: its trees are going to be seen
 * @change: the change
 *
 * Context: RTNL; may sleep.
 */
void vsw_prefix_seal(struct vsw_prefix_change *change)
{
	struct vsw_prefix_node *node, *next;

	for (node = change->made; node; node = next) {
		next = node->next;
		node->is_made = false;
		if (node->is_unmade)
			kfree(node);
		cond_resched();
	}
	change->made = NULL;
}

/**
 * vsw_prefix_retire - let what is in the old trees alone be freed
 * @change: the change; the old trees are not to be had any more
 *
 * Context: RTNL; may sleep.
 */
void vsw_prefix_retire(struct vsw_prefix_change *change)
{
	struct vsw_prefix_node *node, *next;

	for (node = change->old; node; node = next) {
		next = node->next;
		kfree_rcu(node, rcu);
		cond_resched();
	}
	change->old = NULL;
}

/**
 * vsw_prefix_abort - undo a change
 * @change: the change; nobody has seen its trees
 *
 * Context: RTNL; may sleep.
 */
void vsw_prefix_abort(struct vsw_prefix_change *change)
{
	struct vsw_prefix_node *node, *next;

	for (node = change->made; node; node = next) {
		next = node->next;
		kfree(node);
		cond_resched();
	}
	change->made = NULL;
}

/**
 * vsw_prefix_free - free a tree
 * @root: its root, or NULL; nobody has it any more
 *
 * Context: may sleep.
 */
void vsw_prefix_free(struct vsw_prefix_node *root)
{
	struct vsw_prefix_node *node = root, *next;
	unsigned int i;

	if (node)
		node->next = NULL;
	for (; node; node = next) {
		next = node->next;
		for (i = 0; i < 2; i++) {
			if (!node->child[i])
				continue;
			node->child[i]->next = next;
			next = node->child[i];
		}
		kfree(node);
		cond_resched();
	}
}

static void push(struct vsw_prefix_cursor *cursor,
		 const struct vsw_prefix_node *node)
{
	if (node)
		cursor->node[cursor->n++] = node;
}

/**
 * vsw_prefix_seek - begin a walk, which is by address, the shorter prefix first
 * @cursor: where it is
 * @root: root of the tree, or NULL
 * @after: begin behind this prefix, which need not be there; NULL: with the
 *	first
 *
 * Context: RTNL, as long as the cursor is used.
 */
void vsw_prefix_seek(struct vsw_prefix_cursor *cursor,
		     const struct vsw_prefix_node *root,
		     const struct vsw_prefix *after)
{
	const struct vsw_prefix_node *node = root;
	unsigned int common, bit;

	cursor->n = 0;
	while (node && after) {
		common = min3(common_len(node->bits, after->bits),
			      (unsigned int)node->len,
			      (unsigned int)after->len);
		if (common < node->len) {
			/* It is behind, with all that is below it, or not. */
			if (common == after->len ||
			    bit_at(node->bits, common))
				push(cursor, node);
			return;
		}
		if (node->len == after->len) {
			push(cursor, node->child[1]);
			push(cursor, node->child[0]);
			return;
		}
		bit = bit_at(after->bits, node->len);
		if (!bit)
			push(cursor, node->child[1]);
		node = node->child[bit];
	}
	push(cursor, node);
}

/**
 * vsw_prefix_next - go to the next prefix that a set has
 * @cursor: where the walk is
 * @set: bit of the set
 *
 * Context: RTNL; may sleep.
 * Return: the prefix's node, or NULL if there is none any more.
 */
const struct vsw_prefix_node *vsw_prefix_next(struct vsw_prefix_cursor *cursor,
					      u64 set)
{
	const struct vsw_prefix_node *node;

	while (cursor->n) {
		node = cursor->node[--cursor->n];
		if (!has_below(node, set))
			continue;
		push(cursor, node->child[1]);
		push(cursor, node->child[0]);
		if (node->sets & set)
			return node;
		cond_resched();
	}
	return NULL;
}
