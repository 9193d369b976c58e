// SPDX-License-Identifier: GPL-2.0
/*
 * Rules that never decide, since others that come first match all they match.
 */
#include <linux/rtnetlink.h>

#include "rule.h"

/* The part of a term that a mask has; false if the mask asks for more. */
static bool cut_term(const struct vsw_term *term, const struct vsw_tuple *tuple,
		     u64 value[VSW_KEY_WORDS])
{
	const struct vsw_tuple *own = term->key.tuple;
	unsigned int i, k = 0;

	for (i = 0; i < tuple->n_words; i++) {
		while (k < own->n_words && own->word[k] != tuple->word[i])
			k++;
		if (k == own->n_words || tuple->mask[i] & ~own->mask[k])
			return false;
		value[i] = term->key.value[k] & tuple->mask[i];
	}
	return true;
}

/* A rule that decides about every frame that a term matches. */
static const struct vsw_rule *find_cover(struct vsw_rule_table *table,
					 const struct vsw_term *term)
{
	const struct vsw_rule *cover = NULL;
	u64 value[VSW_KEY_WORDS];
	struct vsw_tuple *tuple;

	list_for_each_entry(tuple, &table->tuples, node) {
		if (tuple->band != term->rule->band || !tuple->n_terms ||
		    !cut_term(term, tuple, value))
			continue;
		cover = vsw_rule_find_before(table, tuple, value, term->rule);
		if (cover)
			break;
	}
	return cover;
}

/**
 * vsw_rule_shadowed_by - does a rule never decide?
 * @sw: the switch
 * @rule: the rule, which is there
 *
 * Context: RTNL; may sleep.
 * Return: ID of a rule that decides before it about all or a part of what it
 *	matches, where others do about the rest; 0 if there is something left.
 */
u32 vsw_rule_shadowed_by(const struct vsw_switch *sw,
			 const struct vsw_rule *rule)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	const struct vsw_rule *cover = NULL;
	const struct vsw_term *term;

	mutex_lock(&rules->lock);
	for (term = rule->terms; term; term = term->next) {
		cover = find_cover(&rules->table, term);
		if (!cover)
			break;
	}
	mutex_unlock(&rules->lock);
	return cover ? cover->id : 0;
}
