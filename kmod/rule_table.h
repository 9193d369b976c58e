/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_TABLE_H
#define VSW_RULE_TABLE_H

#include <linux/list.h>
#include <linux/rhashtable.h>

#include "rule_flow.h"

struct vsw_rule;
struct vsw_set_view;
struct vsw_sets;

/* Masks that the rules of a switch can have: each is one look-up more for the
 * first frame of a flow.
 */
#define VSW_RULE_MASKS_MAX	512

/* Values with one mask that are the same, with what is excepted of each: they
 * are tried one after the other.
 */
#define VSW_RULE_SAME_MAX	64

/* Terms of all rules of a switch, those that are put aside or dead included. */
#define VSW_RULE_TABLE_MAX	BIT(20)

/**
 * struct vsw_key_part - bits of one word of a key
 * @word: &enum vsw_key_word
 * @mask: which bits
 * @value: what they are
 */
struct vsw_key_part {
	u64	mask;
	u64	value;
	u8	word;
};

/**
 * struct vsw_key_alt - a value that a field may have
 * @part: its words, of which the second may have no mask
 */
struct vsw_key_alt {
	struct vsw_key_part	part[2];
};

/**
 * struct vsw_tuple - a mask in a band, and so a hash table, of terms
 * @node: in the list of the table's; rules' lock
 * @band: which band
 * @prio: no term has a higher one; rules' lock
 * @n_prio: terms that have this one; rules' lock
 * @n_terms: terms with this mask; rules' lock
 * @n_excepts: terms of rules that except something; rules' lock
 * @seed: where the hash of a value begins; secret
 * @n_words: how many words the mask has
 * @word: which
 * @mask: they, one after the other
 * @except: bits of a key that some of their rules except; rules' lock
 * @rcu: to free it when no reader can have it
 */
struct vsw_tuple {
	struct list_head	node;
	u8			band;
	u32			prio;
	u32			n_prio;
	u32			n_terms;
	u32			n_excepts;
	u64			seed;
	u8			n_words;
	u8			word[VSW_KEY_WORDS];
	u64			mask[VSW_KEY_WORDS];
	u64			except[VSW_KEY_WORDS];
	struct rcu_head		rcu;
};

/**
 * struct vsw_term_key - what a term is found by
 * @hash: of all that follows
 * @tuple: the mask
 * @value: the words of the mask, one after the other
 */
struct vsw_term_key {
	u64			hash;
	struct vsw_tuple	*tuple;
	u64			value[];
};

/**
 * struct vsw_term - one of the values that a rule matches
 * @node: in the hash table of all terms, next to those with the same key
 * @rule: whose it is
 * @next: of the rule's; rules' lock
 * @key: mask and value
 */
struct vsw_term {
	struct rhlist_head	node;
	struct vsw_rule		*rule;
	struct vsw_term		*next;
	struct vsw_term_key	key;
};

/**
 * struct vsw_tuple_index - the masks, as a frame meets them
 * @rcu: to free it when no reader can have it
 * @gen: a frame reads it once, and sees the rules that are there in that
 *	generation, in whatever band. No two of any table, however often it
 *	changed, are the same
 * @depth: how far into a frame the masks look
 * @vid_mask: the bits of the VID that any of them has, or any rule excepts
 * @asks_from: any of the next two is not 0
 * @from_mask: likewise of port and mark
 * @state_mask: likewise of group and connection
 * @asks_ct: the latter
 * @set_words: words of sets that any of them has, as of vsw_set_words()
 * @view: what is in the sets; NULL if no mask has such a word
 * @words: and of all else
 * @n: how many masks
 * @first: where those of each band begin
 * @slot: the masks by band, and then by @prio, highest first; rules with a mask
 *	have none higher
 */
struct vsw_tuple_index {
	struct rcu_head		rcu;
	atomic64_t		gen;
	enum vsw_key_depth	depth;
	u16			vid_mask;
	bool			asks_from;
	bool			asks_ct;
	u8			set_words;
	const struct vsw_set_view *view;
	u64			from_mask;
	u64			state_mask;
	struct vsw_flow_words	words[VSW_SHAPES];
	unsigned int		n;
	u16			first[VSW_BANDS + 1];
	struct {
		struct vsw_tuple	*tuple;
		u32			prio;
	} slot[];
};

/**
 * struct vsw_rule_table - the rules of a switch, as frames look them up
 * @terms: hash table of all terms
 * @index: the masks
 * @sets: of the namespace
 * @spare: room for an index with another view of them, while they change;
 *	rules' lock
 * @tuples: list of the masks; rules' lock
 * @n_tuples: how many; rules' lock
 * @n_terms: how many terms they have; rules' lock
 * @is_stale: @index is not of @tuples as they are; rules' lock
 * @is_greedy: some of @tuples ask for more than their rules do; rules' lock
 * @seed: of the hashes; odd
 */
struct vsw_rule_table {
	struct rhltable			terms;
	struct vsw_tuple_index __rcu	*index;
	const struct vsw_sets		*sets;
	struct vsw_tuple_index		*spare;
	struct list_head		tuples;
	unsigned int			n_tuples;
	unsigned int			n_terms;
	bool				is_stale;
	bool				is_greedy;
	u64				seed[2];
};

/**
 * vsw_rule_hash - add a word to a hash
 * @table: whose secret numbers to use
 * @hash: of the words before it
 * @word: the word
 *
 * Return: the hash, to be ended by vsw_rule_hash_end().
 */
static inline u64 vsw_rule_hash(const struct vsw_rule_table *table, u64 hash,
				u64 word)
{
	hash = (hash ^ word) * table->seed[1];
	return hash ^ hash >> 32;
}

/**
 * vsw_rule_hash_end - end a hash
 * @table: whose secret numbers to use
 * @hash: of all words
 *
 * Multiplication carries upwards only: the upper bits of the last word have not
 * yet reached the lower ones of the hash, nor, by one more, all of the upper.
 *
 * Return: a hash of which each bit depends on all bits of all words.
 */
static inline u64 vsw_rule_hash_end(const struct vsw_rule_table *table,
				    u64 hash)
{
	hash *= table->seed[1];
	hash ^= hash >> 29;
	hash *= table->seed[1];
	return hash ^ hash >> 32;
}

/**
 * vsw_key_alt_put - put a value into a key
 * @alt: the value
 * @mask: mask of the key; its bits are added
 * @value: the key; likewise
 */
static inline void vsw_key_alt_put(const struct vsw_key_alt *alt,
				   u64 mask[VSW_KEY_WORDS],
				   u64 value[VSW_KEY_WORDS])
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(alt->part); i++) {
		mask[alt->part[i].word] |= alt->part[i].mask;
		value[alt->part[i].word] |= alt->part[i].value;
	}
}

int vsw_rule_table_init(struct vsw_rule_table *table);
void vsw_rule_table_free(struct vsw_rule_table *table);
int vsw_term_add(struct vsw_rule_table *table, struct vsw_rule *rule,
		 const u64 mask[VSW_KEY_WORDS], const u64 value[VSW_KEY_WORDS],
		 struct netlink_ext_ack *extack);
void vsw_rule_table_unlink(struct vsw_rule_table *table, struct vsw_rule *rule);
void vsw_rule_table_forget(struct vsw_rule_table *table);
void vsw_rule_table_remember(struct vsw_rule_table *table,
			     const struct vsw_rule *rule);
struct vsw_rule *vsw_rule_find_same(struct vsw_rule_table *table,
				    const struct vsw_rule *rule);
const struct vsw_rule *vsw_rule_find_before(struct vsw_rule_table *table,
					    struct vsw_tuple *tuple,
					    const u64 *value,
					    const struct vsw_rule *rule);
u64 vsw_rule_next_gen(void);
void vsw_rule_table_advance(struct vsw_rule_table *table, u64 gen);
int vsw_rule_table_publish(struct vsw_rule_table *table);
int vsw_rule_table_prepare_view(struct vsw_rule_table *table);
void vsw_rule_table_take_view(struct vsw_rule_table *table);
struct vsw_rule *vsw_rule_search(struct vsw_rule_table *table,
				 const struct vsw_tuple_index *index,
				 const u64 key[VSW_KEY_WORDS], u64 gen,
				 unsigned int band);

#endif /* VSW_RULE_TABLE_H */
