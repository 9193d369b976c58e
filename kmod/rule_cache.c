// SPDX-License-Identifier: GPL-2.0
/*
 * What rules decided about the flows that a CPU saw last: a frame of one of
 * them costs the same however many rules and masks there are.
 *
 * Each CPU has one cache for all switches. An entry holds the bits of a frame
 * that rules of its switch ask for, all of them: what is found is what a search
 * would find. It is of one generation of one switch's rules, which no other
 * switch ever has; so a change of rules empties the cache for that switch, and
 * nothing has to be taken out. (The masks may change without the rules: then it
 * is of other words.)
 *
 * Who sends a new flow with each frame cannot push out the flows of others, on
 * whatever switch: what was used of late gives way to one new flow in %KEEP.
 */
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/rtnetlink.h>

#include "rule_cache.h"

/* 2 MB for each CPU. */
#define ENTRIES		16384U

/* Places in which a flow may be: two neighbours by each half of its hash. */
#define PLACES		4

/* New flows, of which one takes a place in use. */
#define KEEP		32

/* Of late: within the last one to two seconds. */
#define NOW		((u16)(jiffies / HZ))

struct entry {
	u64		gen;
	struct vsw_rule	*rule;
	u32		serial;
	u16		owner;
	u16		used;
	u64		word[VSW_KEY_WORDS];
} __aligned(64);

struct cache {
	struct entry	*entry;
	unsigned int	refused;
};

static DEFINE_PER_CPU(struct cache, caches);

/* How many switches have rules; RTNL. */
static unsigned int users;

static void free_caches(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		kvfree(per_cpu(caches, cpu).entry);
		per_cpu(caches, cpu).entry = NULL;
	}
}

/**
 * vsw_rule_cache_get - have a cache on each CPU
 *
 * Context: RTNL; may sleep.
 * Return: 0 or -ENOMEM.
 */
int vsw_rule_cache_get(void)
{
	struct entry *entry;
	int cpu;

	ASSERT_RTNL();
	if (users++)
		return 0;
	for_each_possible_cpu(cpu) {
		entry = kvzalloc_node(ENTRIES * sizeof(*entry),
				      GFP_KERNEL_ACCOUNT, cpu_to_node(cpu));
		if (!entry) {
			free_caches();
			users = 0;
			return -ENOMEM;
		}
		per_cpu(caches, cpu).entry = entry;
	}
	return 0;
}

/**
 * vsw_rule_cache_put - undo vsw_rule_cache_get()
 *
 * Context: RTNL; may sleep. No reader of this switch's rules is left.
 */
void vsw_rule_cache_put(void)
{
	ASSERT_RTNL();
	if (!--users)
		free_caches();
}

/* One of the places of a flow. */
static struct entry *place(const struct cache *cache, u64 hash,
			   unsigned int which)
{
	u32 half = which < 2 ? hash >> 32 : hash;

	return &cache->entry[(half ^ (which & 1)) % ENTRIES];
}

static bool is_same(const struct entry *entry, const struct vsw_cache_key *key)
{
	unsigned int i;

	if (entry->gen != key->gen || entry->serial != key->serial)
		return false;
	for (i = 0; i < key->n_words; i++)
		if (entry->word[i] != key->word[i])
			return false;
	return true;
}

/**
 * vsw_rule_cache_find - what was decided about a flow?
 * @key: the flow
 * @rule: set to the rule that decided, or NULL if none did
 *
 * Context: RCU read section, bottom halves off.
 * Return: true if it is known.
 */
bool vsw_rule_cache_find(const struct vsw_cache_key *key,
			 struct vsw_rule **rule)
{
	const struct cache *cache = this_cpu_ptr(&caches);
	struct entry *entry;
	unsigned int i;

	for (i = 0; i < PLACES; i++) {
		entry = place(cache, key->hash, i);
		if (is_same(entry, key)) {
			if (entry->used != NOW)
				entry->used = NOW;
			*rule = entry->rule;
			return true;
		}
	}
	return false;
}

/* Of late, and not by rules of this very switch as they are no more. */
static bool is_in_use(const struct entry *entry,
		      const struct vsw_cache_key *key)
{
	if (!entry->gen || (u16)(NOW - entry->used) > 1)
		return false;
	return entry->owner != key->owner ||
	       (entry->gen == key->gen && entry->serial == key->serial);
}

/**
 * vsw_rule_cache_add - remember what was decided about a flow
 * @key: the flow, not known yet
 * @rule: the rule that decided, or NULL if none did
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_rule_cache_add(const struct vsw_cache_key *key, struct vsw_rule *rule)
{
	struct cache *cache = this_cpu_ptr(&caches);
	struct entry *entry;
	unsigned int i;

	for (i = 0; i < PLACES; i++) {
		entry = place(cache, key->hash, i);
		if (!is_in_use(entry, key))
			break;
	}
	if (i == PLACES) {
		if (++cache->refused % KEEP)
			return;
		entry = place(cache, key->hash,
			      cache->refused / KEEP % PLACES);
	}
	entry->gen = key->gen;
	entry->serial = key->serial;
	entry->owner = key->owner;
	entry->rule = rule;
	entry->used = NOW;
	memcpy(entry->word, key->word, key->n_words * sizeof(*key->word));
}
