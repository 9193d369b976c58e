// SPDX-License-Identifier: GPL-2.0
/*
 * The rules of a switch as frames look them up: tuple space search.
 *
 * What a rule matches is cut into terms, each a mask and a value under it. All
 * terms with one mask (a tuple) are found by one look-up of the frame's bits
 * under that mask, however many they are. Masks are tried by the highest prio
 * that their rules have, and the search ends when none that follows can have a
 * higher one than what was found. So the cost grows with the number of
 * different masks, which people's rules have few of, and not of rules; and that
 * only for the first frame of a flow (rule_cache.c).
 */
#include <linux/netlink.h>
#include <linux/random.h>

#include "rule.h"
#include "rule_set.h"
#include "rule_table.h"

#define TOO_MANY_TERMS \
	"The rules of the switch have 1048576 combinations of values, which is all they can have"
#define TOO_MANY_ALIKE \
	"Too many rules match the same, or differ only in what they except"

#define CT_MASK		GENMASK_ULL(VSW_KEY_GROUP_SHIFT - 1, VSW_KEY_CT_SHIFT)

/* The cache tells switches, and what their rules were, by it. */
static atomic64_t last_gen = ATOMIC64_INIT(0);

static u32 hash_key(const void *data, u32 len, u32 seed)
{
	const struct vsw_term_key *key = data;

	/* Another seed, which is what a rehash is for, is another order. */
	return (key->hash * (seed | 1)) >> 32;
}

static u32 hash_term(const void *data, u32 len, u32 seed)
{
	const struct vsw_term *term = data;

	return hash_key(&term->key, len, seed);
}

static int compare_term(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct vsw_term_key *key = arg->key;
	const struct vsw_term *term = obj;

	if (term->key.hash != key->hash || term->key.tuple != key->tuple)
		return 1;
	return memcmp(term->key.value, key->value,
		      key->tuple->n_words * sizeof(*key->value));
}

static const struct rhashtable_params term_params = {
	.head_offset		= offsetof(struct vsw_term, node),
	.key_offset		= offsetof(struct vsw_term, key),
	.key_len		= sizeof(struct vsw_term_key),
	.hashfn			= hash_key,
	.obj_hashfn		= hash_term,
	.obj_cmpfn		= compare_term,
	.automatic_shrinking	= true,
	.max_size		= VSW_RULE_TABLE_MAX,
};

/**
 * vsw_rule_table_init - make a table without rules
 * @table: the table
 *
 * Return: 0 or an error.
 */
int vsw_rule_table_init(struct vsw_rule_table *table)
{
	int err;

	INIT_LIST_HEAD(&table->tuples);
	get_random_bytes(table->seed, sizeof(table->seed));
	table->seed[1] |= 1;
	err = rhltable_init(&table->terms, &term_params);
	if (err)
		return err;
	table->is_stale = true;
	err = vsw_rule_table_publish(table);
	if (err)
		rhltable_destroy(&table->terms);
	return err;
}

/**
 * vsw_rule_table_free - undo vsw_rule_table_init()
 * @table: the table, without terms, and without readers
 */
void vsw_rule_table_free(struct vsw_rule_table *table)
{
	struct vsw_tuple *tuple, *next;

	kfree(rcu_dereference_protected(table->index, true));
	kfree(table->spare);
	list_for_each_entry_safe(tuple, next, &table->tuples, node)
		kfree(tuple);
	rhltable_destroy(&table->terms);
}

static struct vsw_tuple *find_tuple(struct vsw_rule_table *table,
				    unsigned int band,
				    const u64 mask[VSW_KEY_WORDS])
{
	struct vsw_tuple *tuple;
	unsigned int i, w;

	list_for_each_entry(tuple, &table->tuples, node) {
		if (tuple->band != band)
			continue;
		for (i = 0, w = 0; w < VSW_KEY_WORDS; w++) {
			if (!mask[w])
				continue;
			if (i == tuple->n_words || tuple->word[i] != w ||
			    tuple->mask[i] != mask[w])
				break;
			i++;
		}
		if (w == VSW_KEY_WORDS && i == tuple->n_words)
			return tuple;
	}
	return NULL;
}

static struct vsw_tuple *alloc_tuple(struct vsw_rule_table *table,
				     unsigned int band,
				     const u64 mask[VSW_KEY_WORDS])
{
	struct vsw_tuple *tuple;
	unsigned int w;

	tuple = kzalloc(sizeof(*tuple), GFP_KERNEL_ACCOUNT);
	if (!tuple)
		return NULL;
	tuple->seed = get_random_u64();
	tuple->band = band;
	for (w = 0; w < VSW_KEY_WORDS; w++) {
		if (!mask[w])
			continue;
		tuple->word[tuple->n_words] = w;
		tuple->mask[tuple->n_words++] = mask[w];
	}
	list_add_tail(&tuple->node, &table->tuples);
	table->n_tuples++;
	table->is_stale = true;
	return tuple;
}

/* The tuple of a mask, for one more term. */
static struct vsw_tuple *get_tuple(struct vsw_rule_table *table,
				   unsigned int band,
				   const u64 mask[VSW_KEY_WORDS],
				   struct netlink_ext_ack *extack)
{
	struct vsw_tuple *tuple = find_tuple(table, band, mask);

	if (!tuple && table->n_tuples == VSW_RULE_MASKS_MAX) {
		NL_SET_ERR_MSG(extack,
			       "The rules of the switch have 512 different masks, which is all they can have");
		return ERR_PTR(-ENOSPC);
	}
	if (!tuple)
		tuple = alloc_tuple(table, band, mask);
	if (!tuple) {
		NL_SET_ERR_MSG(extack, "No memory for the rule");
		return ERR_PTR(-ENOMEM);
	}
	return tuple;
}

/* Lets a tuple know what a rule with a term there asks for. */
static void remember(struct vsw_rule_table *table, struct vsw_tuple *tuple,
		     const struct vsw_rule *rule)
{
	const struct vsw_key_part *part;
	unsigned int i;

	if (rule->prio > tuple->prio || !tuple->n_terms) {
		tuple->prio = rule->prio;
		tuple->n_prio = 0;
		table->is_stale = true;
	}
	tuple->n_prio += rule->prio == tuple->prio;
	tuple->n_excepts += !!rule->n_excepts;
	for (i = 0; i < 2 * rule->n_excepts; i++) {
		part = &rule->excepts[i / 2].part[i % 2];
		if (!(part->mask & ~tuple->except[part->word]))
			continue;
		tuple->except[part->word] |= part->mask;
		table->is_stale = true;
	}
}

/**
 * vsw_rule_table_forget - forget which prios masks have
 * @table: the table; the caller calls vsw_rule_table_remember() for each rule
 *
 * Context: rules' lock.
 */
void vsw_rule_table_forget(struct vsw_rule_table *table)
{
	struct vsw_tuple *tuple;

	list_for_each_entry(tuple, &table->tuples, node) {
		tuple->prio = 0;
		tuple->n_prio = 0;
		tuple->n_excepts = 0;
		memset(tuple->except, 0, sizeof(tuple->except));
	}
	table->is_stale = true;
	table->is_greedy = false;
}

/**
 * vsw_rule_table_remember - remember what a rule asks for
 * @table: the table
 * @rule: the rule
 *
 * Context: rules' lock.
 */
void vsw_rule_table_remember(struct vsw_rule_table *table,
			     const struct vsw_rule *rule)
{
	struct vsw_term *term;

	for (term = rule->terms; term; term = term->next)
		remember(table, term->key.tuple, rule);
}

/* Terms with the same key are tried one after the other, with all that is
 * excepted of each, also those of rules that are not there yet or not any more:
 * is there room for one more?
 */
static bool has_room(struct vsw_rule_table *table,
		     const struct vsw_term *term)
{
	unsigned int n = term->rule->n_excepts;
	const struct vsw_term *other;
	struct rhlist_head *list, *at;

	rcu_read_lock();
	list = rhltable_lookup(&table->terms, &term->key, term_params);
	rhl_for_each_entry_rcu(other, at, list, node)
		n += 1 + other->rule->n_excepts;
	rcu_read_unlock();
	return n < VSW_RULE_SAME_MAX;
}

static struct vsw_term *alloc_term(const struct vsw_rule_table *table,
				   struct vsw_tuple *tuple,
				   const u64 value[VSW_KEY_WORDS])
{
	struct vsw_term *term;
	unsigned int i;
	u64 hash;

	term = kzalloc(struct_size(term, key.value, tuple->n_words),
		       GFP_KERNEL_ACCOUNT);
	if (!term)
		return NULL;
	term->key.tuple = tuple;
	hash = tuple->seed;
	for (i = 0; i < tuple->n_words; i++) {
		term->key.value[i] = value[tuple->word[i]];
		hash = vsw_rule_hash(table, hash, term->key.value[i]);
	}
	term->key.hash = vsw_rule_hash_end(table, hash);
	return term;
}

/* While a table is being resized or rehashed it may take no more: that is work
 * on this CPU.
 */
static int insert(struct vsw_rule_table *table, struct vsw_term *term)
{
	unsigned int tries;
	int err;

	for (tries = 0; tries < 1000; tries++) {
		err = rhltable_insert(&table->terms, &term->node, term_params);
		if (err != -EBUSY)
			return err;
		usleep_range(100, 1000);
	}
	return err;
}

static int no_room(const char *why, struct netlink_ext_ack *extack)
{
	if (extack)
		extack->_msg = why;
	return -ENOSPC;
}

/**
 * vsw_term_add - add a term to a rule and to the table
 * @table: the table
 * @rule: the rule
 * @mask: the term's mask
 * @value: the term's value, no bit of which is outside the mask
 * @extack: where to say why not
 *
 * Context: rules' lock; may sleep.
 * Return: 0 or an error; -ENOSPC may pass when dead rules are gone.
 */
int vsw_term_add(struct vsw_rule_table *table, struct vsw_rule *rule,
		 const u64 mask[VSW_KEY_WORDS], const u64 value[VSW_KEY_WORDS],
		 struct netlink_ext_ack *extack)
{
	struct vsw_tuple *tuple;
	struct vsw_term *term;

	if (table->n_terms == VSW_RULE_TABLE_MAX)
		return no_room(TOO_MANY_TERMS, extack);
	tuple = get_tuple(table, rule->band, mask, extack);
	if (IS_ERR(tuple))
		return PTR_ERR(tuple);
	term = alloc_term(table, tuple, value);
	if (!term)
		goto err_no_memory;
	term->rule = rule;
	if (!has_room(table, term)) {
		kfree(term);
		return no_room(TOO_MANY_ALIKE, extack);
	}
	if (insert(table, term)) {
		kfree(term);
		goto err_no_memory;
	}
	remember(table, tuple, rule);
	tuple->n_terms++;
	table->n_terms++;
	term->next = rule->terms;
	rule->terms = term;
	return 0;

err_no_memory:
	NL_SET_ERR_MSG(extack, "No memory for the rule");
	return -ENOMEM;
}

static bool decides_before(const struct vsw_rule *rule,
			   const struct vsw_rule *other)
{
	if (rule->prio != other->prio)
		return rule->prio > other->prio;
	return vsw_rule_id_before(rule->id, other->id);
}

/**
 * vsw_rule_find_before - find a rule that decides before another
 * @table: the table
 * @tuple: a mask
 * @value: a value under it, its words one after the other
 * @rule: the other
 *
 * Context: rules' lock.
 * Return: a rule that is there, has this very value and excepts nothing, or
 *	NULL.
 */
const struct vsw_rule *vsw_rule_find_before(struct vsw_rule_table *table,
					    struct vsw_tuple *tuple,
					    const u64 *value,
					    const struct vsw_rule *rule)
{
	struct {
		struct vsw_term_key	key;
		u64			value[VSW_KEY_WORDS];
	} at;
	const struct vsw_rule *found = NULL;
	const struct vsw_term *term;
	struct rhlist_head *list, *pos;
	unsigned int i;
	u64 hash;

	hash = tuple->seed;
	for (i = 0; i < tuple->n_words; i++) {
		at.value[i] = value[i];
		hash = vsw_rule_hash(table, hash, value[i]);
	}
	at.key.hash = vsw_rule_hash_end(table, hash);
	at.key.tuple = tuple;
	rcu_read_lock();
	list = rhltable_lookup(&table->terms, &at.key, term_params);
	rhl_for_each_entry_rcu(term, pos, list, node) {
		if (!term->rule->until && term->rule->from != VSW_RULE_NEVER &&
		    !term->rule->n_excepts && decides_before(term->rule, rule))
			found = term->rule;
	}
	rcu_read_unlock();
	return found;
}

static bool is_same(const struct vsw_rule *rule, const struct vsw_rule *other)
{
	return rule->prio == other->prio && rule->band == other->band &&
	       rule->idle == other->idle && rule->hard == other->hard &&
	       rule->match_len == other->match_len &&
	       rule->except_len == other->except_len &&
	       rule->action_len == other->action_len &&
	       !memcmp(rule->attrs, other->attrs, rule->match_len +
		       rule->except_len + rule->action_len);
}

/**
 * vsw_rule_find_same - find a rule that is there and says what another says
 * @table: the table
 * @rule: the other, which is not there yet
 *
 * Context: rules' lock.
 * Return: the oldest such rule whose counters nobody has yet, or NULL.
 */
struct vsw_rule *vsw_rule_find_same(struct vsw_rule_table *table,
				    const struct vsw_rule *rule)
{
	struct vsw_rule *found = NULL;
	struct rhlist_head *list, *at;
	const struct vsw_term *term;

	rcu_read_lock();
	list = rhltable_lookup(&table->terms, &rule->terms->key, term_params);
	rhl_for_each_entry_rcu(term, at, list, node) {
		if (!term->rule->until && !term->rule->is_inherited &&
		    term->rule->from != VSW_RULE_NEVER &&
		    is_same(term->rule, rule) &&
		    (!found || decides_before(term->rule, found)))
			found = term->rule;
	}
	rcu_read_unlock();
	return found;
}

/**
 * vsw_rule_table_unlink - take the terms of a rule out of the table
 * @table: the table
 * @rule: the rule; readers may have its terms until a grace period is over
 *
 * Context: rules' lock.
 */
void vsw_rule_table_unlink(struct vsw_rule_table *table, struct vsw_rule *rule)
{
	struct vsw_tuple *tuple;
	struct vsw_term *term;

	for (term = rule->terms; term; term = term->next) {
		rhltable_remove(&table->terms, &term->node, term_params);
		tuple = term->key.tuple;
		table->n_terms--;
		if (!--tuple->n_terms)
			table->is_stale = true;
		if (rule->n_excepts && !--tuple->n_excepts)
			table->is_greedy = true;
		if (rule->prio == tuple->prio && !--tuple->n_prio)
			table->is_greedy = true;
	}
}

static bool is_tried_before(const struct vsw_tuple *tuple,
			    const struct vsw_tuple *other)
{
	if (tuple->band != other->band)
		return tuple->band < other->band;
	return tuple->prio > other->prio;
}

static void fill_index(struct vsw_rule_table *table,
		       struct vsw_tuple_index *index)
{
	u64 mask[VSW_KEY_WORDS] = {};
	struct vsw_tuple *tuple;
	unsigned int i, w;

	list_for_each_entry(tuple, &table->tuples, node) {
		if (!tuple->n_terms)
			continue;
		for (i = index->n++; i; i--) {
			if (!is_tried_before(tuple, index->slot[i - 1].tuple))
				break;
			index->slot[i] = index->slot[i - 1];
		}
		index->slot[i].tuple = tuple;
		index->slot[i].prio = tuple->prio;
		for (i = 0; i < tuple->n_words; i++)
			mask[tuple->word[i]] |= tuple->mask[i];
		for (w = 0; w < VSW_KEY_WORDS; w++)
			mask[w] |= tuple->except[w];
	}
	for (i = 0, w = 0; w <= VSW_BANDS; w++) {
		while (i < index->n && index->slot[i].tuple->band < w)
			i++;
		index->first[w] = i;
	}
	index->from_mask = mask[VSW_KEY_FROM];
	index->state_mask = mask[VSW_KEY_STATE];
	index->asks_ct = index->state_mask & CT_MASK;
	index->asks_from = index->from_mask || index->state_mask;
	index->vid_mask = mask[VSW_KEY_VLAN] >> VSW_KEY_VID_SHIFT;
	index->set_words = vsw_set_words(mask);
	if (index->set_words)
		index->view = READ_ONCE(table->sets->view);
	vsw_flow_compile(mask, index->words);
	index->depth = vsw_rule_key_depth(mask);
	for (i = 0; i < VSW_SHAPES; i++)
		index->words[i].is_few = (index->words[i].n == 1 ||
					  index->words[i].n == 2) &&
					 !index->asks_from && !index->vid_mask;
}

/**
 * vsw_rule_next_gen - a generation that no table ever had
 *
 * Return: the generation, later than all before.
 */
u64 vsw_rule_next_gen(void)
{
	return atomic64_inc_return(&last_gen);
}

/**
 * vsw_rule_table_advance - let frames that come see a later generation
 * @table: the table
 * @gen: the generation
 *
 * Context: rules' lock.
 */
void vsw_rule_table_advance(struct vsw_rule_table *table, u64 gen)
{
	struct vsw_tuple_index *index;

	index = rcu_dereference_protected(table->index, true);
	/* Who sees the generation sees the marks. */
	atomic64_set_release(&index->gen, gen);
}

/**
 * vsw_rule_table_publish - let readers see what masks there are
 * @table: the table
 *
 * Context: rules' lock; may sleep.
 * Return: 0 or -ENOMEM, which after terms were only taken out does no harm.
 */
int vsw_rule_table_publish(struct vsw_rule_table *table)
{
	struct vsw_tuple_index *index, *old;
	struct vsw_tuple *tuple, *next;

	if (!table->is_stale)
		return 0;
	index = kzalloc(struct_size(index, slot, table->n_tuples),
			GFP_KERNEL_ACCOUNT);
	if (!index)
		return -ENOMEM;
	fill_index(table, index);
	atomic64_set(&index->gen, vsw_rule_next_gen());
	old = rcu_replace_pointer(table->index, index, true);
	if (old)
		kfree_rcu(old, rcu);
	list_for_each_entry_safe(tuple, next, &table->tuples, node) {
		if (tuple->n_terms)
			continue;
		list_del(&tuple->node);
		table->n_tuples--;
		kfree_rcu(tuple, rcu);
	}
	table->is_stale = false;
	return 0;
}

static bool asks_sets(const struct vsw_rule_table *table,
		      const struct vsw_tuple_index *index)
{
	u64 mask[VSW_KEY_WORDS];
	struct vsw_tuple *tuple;
	unsigned int i;

	if (index->set_words)
		return true;
	/* It may be of the masks as they were. */
	list_for_each_entry(tuple, &table->tuples, node) {
		memcpy(mask, tuple->except, sizeof(mask));
		for (i = 0; i < tuple->n_words; i++)
			mask[tuple->word[i]] |= tuple->mask[i];
		if (vsw_set_words(mask))
			return true;
	}
	return false;
}

/**
 * vsw_rule_table_prepare_view - have the memory to take another view of sets
 * @table: the table
 *
 * Context: rules' lock; may sleep.
 * Return: 0 or -ENOMEM.
 */
int vsw_rule_table_prepare_view(struct vsw_rule_table *table)
{
	struct vsw_tuple_index *index;

	index = rcu_dereference_protected(table->index, true);
	if (!asks_sets(table, index))
		return 0;
	table->spare = kmalloc(struct_size(index, slot,
					   max(index->n, table->n_tuples)),
			       GFP_KERNEL_ACCOUNT);
	return table->spare ? 0 : -ENOMEM;
}

/**
 * vsw_rule_table_take_view - let frames that come see another view of sets
 * @table: the table, which was prepared
 *
 * The view is the namespace's present one. Between prepare and this masks only
 * go: new ones come under RTNL, which the caller has had all the time.
 *
 * Context: rules' lock; may sleep.
 */
void vsw_rule_table_take_view(struct vsw_rule_table *table)
{
	struct vsw_tuple_index *index = table->spare, *old;

	old = rcu_dereference_protected(table->index, true);
	table->spare = NULL;
	if (!index || !old->set_words) {
		kfree(index);
		return;
	}
	memcpy(index, old, struct_size(old, slot, old->n));
	index->view = READ_ONCE(table->sets->view);
	atomic64_set(&index->gen, vsw_rule_next_gen());
	rcu_assign_pointer(table->index, index);
	kfree_rcu(old, rcu);
}

static bool is_excepted(const struct vsw_rule *rule,
			const u64 key[VSW_KEY_WORDS])
{
	const struct vsw_key_alt *alt;
	unsigned int i;

	for (i = 0; i < rule->n_excepts; i++) {
		alt = &rule->excepts[i];
		if ((key[alt->part[0].word] & alt->part[0].mask) ==
		    alt->part[0].value &&
		    (key[alt->part[1].word] & alt->part[1].mask) ==
		    alt->part[1].value)
			return true;
	}
	return false;
}

/* Of the rules that have a term with this key, and were there at @gen, the one
 * that decides; @best if that is before all of them.
 */
static struct vsw_rule *search_tuple(struct vsw_rule_table *table,
				     struct vsw_tuple *tuple,
				     const u64 key[VSW_KEY_WORDS],
				     u64 gen, struct vsw_rule *best)
{
	struct {
		struct vsw_term_key	key;
		u64			value[VSW_KEY_WORDS];
	} at __uninitialized;
	const struct vsw_term *term;
	struct rhlist_head *list, *pos;
	struct vsw_rule *rule;
	unsigned int i;
	u64 hash;

	hash = tuple->seed;
	for (i = 0; i < tuple->n_words; i++) {
		at.value[i] = key[tuple->word[i]] & tuple->mask[i];
		hash = vsw_rule_hash(table, hash, at.value[i]);
	}
	at.key.hash = vsw_rule_hash_end(table, hash);
	at.key.tuple = tuple;
	list = rhltable_lookup(&table->terms, &at.key, term_params);
	rhl_for_each_entry_rcu(term, pos, list, node) {
		rule = term->rule;
		if (vsw_rule_is_there(rule, gen) &&
		    (!best || decides_before(rule, best)) &&
		    !is_excepted(rule, key))
			best = rule;
	}
	return best;
}

/**
 * vsw_rule_search - find the rule that decides about a frame
 * @table: the table
 * @index: its masks
 * @key: what rules ask of the frame
 * @gen: at which moment
 * @band: in which band
 *
 * Context: RCU read section.
 * Return: the rule, or NULL if none matches.
 */
struct vsw_rule *vsw_rule_search(struct vsw_rule_table *table,
				 const struct vsw_tuple_index *index,
				 const u64 key[VSW_KEY_WORDS], u64 gen,
				 unsigned int band)
{
	struct vsw_rule *best = NULL;
	unsigned int i;

	for (i = index->first[band]; i < index->first[band + 1]; i++) {
		if (best && index->slot[i].prio < best->prio)
			break;
		best = search_tuple(table, index->slot[i].tuple, key, gen,
				    best);
	}
	return best;
}
