// SPDX-License-Identifier: GPL-2.0
/*
 * What rules decided about the flows that a CPU saw last: a frame of one of
 * them costs the same however many rules and masks there are.
 *
 * Each CPU has one cache for all switches. An entry holds the bits of a frame
 * that rules of its switch ask for, all of them: what is found is what a search
 * would find. It is of one generation of one switch's rules, which no other
 * switch ever has; so a change of rules empties the cache for that switch, and
 * nothing has to be taken out.
 *
 * Who sends a new flow with each frame cannot push out the flows of others, on
 * whatever switch: what was used of late gives way to one new flow in %KEEP.
 */
#include <linux/cpuhotplug.h>
#include <linux/mm.h>
#include <linux/rtnetlink.h>

#include "rule_cache.h"

/* New flows, of which one takes a place in use. */
#define KEEP		32

DEFINE_PER_CPU(struct vsw_rule_cache, vsw_rule_caches);

/* Two lines of the cache. */
static_assert(sizeof(struct vsw_cache_entry) == 128);

/* How many switches have rules, and what is told of CPUs meanwhile; RTNL. */
static unsigned int users;
static enum cpuhp_state cpus;

static int prepare_cpu(unsigned int cpu)
{
	struct vsw_cache_entry *entry;

	entry = kvzalloc_node(VSW_CACHE_ENTRIES * sizeof(*entry),
			      GFP_KERNEL_ACCOUNT, cpu_to_node(cpu));
	per_cpu(vsw_rule_caches, cpu).entry = entry;
	return entry ? 0 : -ENOMEM;
}

static int free_cpu(unsigned int cpu)
{
	kvfree(per_cpu(vsw_rule_caches, cpu).entry);
	per_cpu(vsw_rule_caches, cpu).entry = NULL;
	return 0;
}

/**
 * vsw_rule_cache_get - have a cache on each CPU, and on each that comes
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_rule_cache_get(void)
{
	int state;

	ASSERT_RTNL();
	if (!users) {
		state = cpuhp_setup_state(CPUHP_BP_PREPARE_DYN,
					  "net/vswitch:prepare", prepare_cpu,
					  free_cpu);
		if (state < 0)
			return state;
		cpus = state;
	}
	users++;
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
		cpuhp_remove_state(cpus);
}

static struct vsw_cache_entry *place(const struct vsw_rule_cache *cache,
				     u64 hash, unsigned int which)
{
	u32 half = which < VSW_CACHE_PLACES ? VSW_CACHE_FIRST(hash) :
					      VSW_CACHE_SECOND(hash);

	return &cache->entry[(half + which % VSW_CACHE_PLACES) %
			     VSW_CACHE_ENTRIES];
}

/* Of late, and not by rules of this very switch as they are no more. */
static bool is_in_use(const struct vsw_cache_entry *entry,
		      const struct vsw_flow *flow, u16 owner)
{
	u16 now = jiffies / VSW_CACHE_TICK;

	if (!entry->gen || (u16)(now - entry->used) > 1)
		return false;
	return entry->owner != owner ||
	       !((entry->gen ^ flow->gen) << VSW_RULE_GEN_BAND_BITS);
}

/**
 * vsw_rule_cache_add - remember what was decided about a flow
 * @flow: the flow, not known yet
 * @owner: tells the rules of one switch from those of most others
 * @rule: the rule that decided, or NULL if none did
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_rule_cache_add(const struct vsw_flow *flow, u16 owner,
			struct vsw_rule *rule)
{
	struct vsw_rule_cache *cache = this_cpu_ptr(&vsw_rule_caches);
	struct vsw_cache_entry *entry;
	unsigned int i;

	for (i = 0; i < 2 * VSW_CACHE_PLACES; i++) {
		entry = place(cache, flow->hash, i);
		if (!is_in_use(entry, flow, owner))
			break;
	}
	if (i == 2 * VSW_CACHE_PLACES) {
		if (++cache->refused % KEEP)
			return;
		entry = place(cache, flow->hash,
			      cache->refused / KEEP % (2 * VSW_CACHE_PLACES));
	}
	entry->gen = flow->gen;
	entry->from = flow->from;
	entry->state = flow->state;
	entry->kind = flow->kind;
	entry->owner = owner;
	entry->rule = rule;
	entry->used = jiffies / VSW_CACHE_TICK;
	for (i = 0; i < flow->words->n; i++)
		entry->word[i] = vsw_flow_word(flow, i);
}
