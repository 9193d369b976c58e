/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_CACHE_H
#define VSW_RULE_CACHE_H

#include <linux/jiffies.h>
#include <linux/log2.h>
#include <linux/percpu.h>

#include "rule_flow.h"

struct vsw_rule;

/* 2 MB for each CPU. */
#define VSW_CACHE_ENTRIES	16384U

/* Places in which a flow may be: neighbours, by each half of its hash. */
#define VSW_CACHE_PLACES	8

/* The first of them. The lowest bits depend on the upper ones of the last word
 * only as those of the upper half do.
 */
#define VSW_CACHE_FIRST(hash)	((u32)((hash) >> 32))
#define VSW_CACHE_SECOND(hash)	((u32)((hash) >> 18))

/* Of late is within the last second, or two. */
#define VSW_CACHE_TICK		rounddown_pow_of_two(HZ)

/**
 * struct vsw_cache_entry - what was decided about a flow
 * @gen: generation of the rules, and band; 0: none
 * @rule: the rule that decided; NULL: none did
 * @from: port and mark
 * @state: group and connection
 * @kind: shape, VID unless it has none, and a part of the hash
 * @owner: tells the rules of one switch from those of most others
 * @used: when a frame was last of this flow
 * @word: the rest of what rules ask of a frame
 */
struct vsw_cache_entry {
	u64		gen;
	struct vsw_rule	*rule;
	u64		from;
	u64		state;
	u32		kind;
	u16		owner;
	u16		used;
	u64		word[VSW_FLOW_WORDS];
} __aligned(64);

/**
 * struct vsw_rule_cache - a CPU's cache
 * @entry: %VSW_CACHE_ENTRIES of them
 * @refused: new flows for which there was no place
 */
struct vsw_rule_cache {
	struct vsw_cache_entry	*entry;
	unsigned int		refused;
};

DECLARE_PER_CPU(struct vsw_rule_cache, vsw_rule_caches);

int vsw_rule_cache_get(void);
void vsw_rule_cache_put(void);
void vsw_rule_cache_add(const struct vsw_flow *flow, u16 owner,
			struct vsw_rule *rule);

/**
 * vsw_rule_cache_is - is an entry that of a flow?
 * @entry: the entry
 * @flow: the flow
 *
 * Context: bottom halves off.
 * Return: true if it is.
 */
static inline bool vsw_rule_cache_is(const struct vsw_cache_entry *entry,
				     const struct vsw_flow *flow)
{
	unsigned int i;

	/* With its part of the hash this alone tells nearly all apart. */
	if (entry->kind != flow->kind)
		return false;
	if (entry->gen != flow->gen ||
	    (entry->from ^ flow->from) | (entry->state ^ flow->state))
		return false;
	for (i = 0; i < flow->words->n; i++)
		if (entry->word[i] != vsw_flow_word(flow, i))
			return false;
	return true;
}

/**
 * vsw_rule_cache_find - find a flow in one half of its places
 * @flow: the flow
 * @half: %VSW_CACHE_FIRST() or %VSW_CACHE_SECOND() of its hash
 *
 * Context: bottom halves off.
 * Return: its entry or NULL.
 */
static __always_inline struct vsw_cache_entry *
vsw_rule_cache_find(const struct vsw_flow *flow, u32 half)
{
	struct vsw_cache_entry *entries = this_cpu_read(vsw_rule_caches.entry);
	unsigned int i;

	for (i = 0; i < VSW_CACHE_PLACES; i++) {
		struct vsw_cache_entry *entry;

		entry = &entries[(half + i) % VSW_CACHE_ENTRIES];
		if (vsw_rule_cache_is(entry, flow))
			return entry;
	}
	return NULL;
}

/**
 * vsw_rule_cache_use - a frame is of an entry's flow
 * @entry: the entry
 *
 * Context: bottom halves off.
 * Return: the rule that decides, or NULL if none does.
 */
static inline struct vsw_rule *vsw_rule_cache_use(struct vsw_cache_entry *entry)
{
	u16 now = jiffies / VSW_CACHE_TICK;

	if (unlikely(entry->used != now))
		entry->used = now;
	return entry->rule;
}

#endif /* VSW_RULE_CACHE_H */
