/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_CACHE_H
#define VSW_RULE_CACHE_H

#include "rule_table.h"

/**
 * struct vsw_cache_key - a frame's bits that some rule asks for
 * @gen: generation of the rules
 * @serial: of the index by which the words were chosen
 * @owner: tells the rules of one switch from those of most others
 * @hash: of them
 * @n_words: how many words
 * @word: they
 */
struct vsw_cache_key {
	u64		gen;
	u32		serial;
	u16		owner;
	u64		hash;
	unsigned int	n_words;
	u64		word[VSW_KEY_WORDS];
};

int vsw_rule_cache_get(void);
void vsw_rule_cache_put(void);
bool vsw_rule_cache_find(const struct vsw_cache_key *key,
			 struct vsw_rule **rule);
void vsw_rule_cache_add(const struct vsw_cache_key *key,
			struct vsw_rule *rule);

#endif /* VSW_RULE_CACHE_H */
