// SPDX-License-Identifier: GPL-2.0
/*
 * What rules do to a frame.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ndisc.h>

#include "rule.h"
#include "rule_cache.h"
#include "rule_ct.h"
#include "rule_set.h"

/* RFC 791, 3.1: version 4 and a header without options. */
#define IPV4_PLAIN	0x45

static __always_inline enum vsw_shape shape_of_ipv4(const u8 *frame,
						    unsigned int len)
{
	const struct iphdr *ip = (const struct iphdr *)(frame + VSW_FLOW_L3);

	if (unlikely(len < VSW_FLOW_IPV4_L4 ||
		     frame[VSW_FLOW_L3] != IPV4_PLAIN ||
		     ip->frag_off & htons(IP_MF | IP_OFFSET)))
		return VSW_SHAPE_NONE;
	if (ip->protocol == IPPROTO_TCP)
		return VSW_SHAPE_IPV4_TCP;
	if (ip->protocol == IPPROTO_UDP)
		return VSW_SHAPE_IPV4_PORTS;
	switch (ip->protocol) {
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
		return VSW_SHAPE_IPV4_PORTS;
	case IPPROTO_ICMP:
		return VSW_SHAPE_IPV4_ICMP;
	case IPPROTO_ICMPV6:
		return VSW_SHAPE_NONE;
	}
	return VSW_SHAPE_IPV4;
}

/* What may be an extension header is left to who knows them. */
static enum vsw_shape shape_of_ipv6(const u8 *frame, unsigned int len)
{
	const struct ipv6hdr *ip = (const void *)(frame + VSW_FLOW_L3);
	u8 type;

	if (unlikely(len < VSW_FLOW_IPV6_L4 + 1 ||
		     frame[VSW_FLOW_L3] >> 4 != 6))
		return VSW_SHAPE_NONE;
	if (ip->nexthdr == IPPROTO_TCP)
		return VSW_SHAPE_IPV6_TCP;
	if (ip->nexthdr == IPPROTO_UDP)
		return VSW_SHAPE_IPV6_PORTS;
	switch (ip->nexthdr) {
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
		return VSW_SHAPE_IPV6_PORTS;
	case IPPROTO_ICMPV6:
		type = frame[VSW_FLOW_IPV6_L4];
		/* RFC 4861, 4: 133 to 137. */
		if (type < NDISC_ROUTER_SOLICITATION || type > NDISC_REDIRECT)
			return VSW_SHAPE_IPV6_ICMP;
		break;
	}
	return VSW_SHAPE_NONE;
}

/* RFC 826 with addresses of Ethernet and IPv4. */
static bool is_arp_ipv4(const u8 *frame, unsigned int len)
{
	static const u8 begin[] = { 0, ARPHRD_ETHER, ETH_P_IP >> 8, 0,
				    ETH_ALEN, sizeof(__be32) };

	return len >= VSW_FLOW_L3 + sizeof(begin) &&
	       !memcmp(frame + VSW_FLOW_L3, begin, sizeof(begin));
}

static __always_inline enum vsw_shape shape_of(const struct vsw_pkt *pkt)
{
	const struct sk_buff *skb = pkt->skb;
	const struct ethhdr *eth = (const struct ethhdr *)skb->data;
	unsigned int len = skb_headlen(skb);

	/* Where tags are payload one may still be beside the frame. */
	if (unlikely(!pkt->sw->vlan_aware && skb_vlan_tag_present(skb)))
		return VSW_SHAPE_NONE;
	if (likely(eth->h_proto == htons(ETH_P_IP)))
		return shape_of_ipv4(skb->data, len);
	if (eth->h_proto == htons(ETH_P_IPV6))
		return shape_of_ipv6(skb->data, len);
	if (eth->h_proto == htons(ETH_P_ARP))
		return is_arp_ipv4(skb->data, len) ? VSW_SHAPE_ARP :
						     VSW_SHAPE_NONE;
	return eth_type_vlan(eth->h_proto) ? VSW_SHAPE_NONE : VSW_SHAPE_OTHER;
}

static enum vsw_shape shape_of_key(const u64 key[VSW_KEY_WORDS])
{
	u64 is_ipv6 = (u64)VSW_HAS_IPV6 << VSW_KEY_HAS_SHIFT;

	return key[VSW_KEY_KIND] & is_ipv6 ? VSW_SHAPE_NONE_IPV6 :
					     VSW_SHAPE_NONE;
}

/* What the cache knows a frame by; @gen is of a table and a band. Without a
 * @key the frame has to have a shape: returns false if it has none.
 */
static __always_inline bool make_flow(const struct vsw_pkt *pkt,
				      const struct vsw_rule_table *table,
				      const struct vsw_tuple_index *index,
				      u64 gen, const u64 *key,
				      struct vsw_flow *flow)
{
	const struct vsw_flow_words *words;
	unsigned int i;
	u64 hash;

	words = &index->words[key ? shape_of_key(key) : shape_of(pkt)];
	/* Or it is worked out anew wherever it is used. */
	OPTIMIZER_HIDE_VAR(words);
	if (!key && unlikely(skb_headlen(pkt->skb) < words->end))
		return false;
	flow->words = words;
	flow->base = key ? (const u8 *)key : pkt->skb->data;
	flow->kind = words->shape;
	if (!key && index->vid_mask)
		flow->kind |= (pkt->vid & index->vid_mask) <<
			      VSW_FLOW_VID_SHIFT;
	flow->gen = gen;
	flow->from = 0;
	flow->state = 0;
	hash = table->seed[0] ^ flow->kind;
	if (index->asks_from) {
		flow->from = vsw_rule_key_from(pkt) & index->from_mask;
		flow->state = vsw_rule_key_state(pkt) & index->state_mask;
		hash = vsw_rule_hash(table, hash, flow->from);
		hash = vsw_rule_hash(table, hash, flow->state);
	}
	for (i = 0; i < words->n; i++)
		hash = vsw_rule_hash(table, hash, vsw_flow_word(flow, i));
	flow->hash = vsw_rule_hash(table, hash, 0);
	/* Bits of it that choose no place. */
	flow->kind |= flow->hash >> 48 << VSW_FLOW_HASH_SHIFT;
	return true;
}

/* Most rules ask for addresses of IPv4, which are one word, or for ports with
 * them, which are two. Such a flow is never written down: this is make_flow()
 * and vsw_rule_cache_find() in registers. Returns its entry, if it is where
 * most are.
 */
static __always_inline struct vsw_cache_entry *
find_few(const struct vsw_pkt *pkt, const struct vsw_rule_table *table,
	 u64 gen, const struct vsw_flow_words *words, bool is_pair)
{
	struct vsw_cache_entry *entries = this_cpu_read(vsw_rule_caches.entry);
	const u8 *base = pkt->skb->data;
	struct vsw_cache_entry *entry;
	u64 first, second = 0, hash;
	u32 kind, i, at;

	first = get_unaligned((const u64 *)(base + words->word[0].off)) &
		words->word[0].mask;
	if (is_pair)
		second = get_unaligned((const u64 *)(base +
						     words->word[1].off)) &
			 words->word[1].mask;
	hash = vsw_rule_hash(table, table->seed[0] ^ words->shape, first);
	if (is_pair)
		hash = vsw_rule_hash(table, hash, second);
	hash = vsw_rule_hash(table, hash, 0);
	kind = words->shape | hash >> 48 << VSW_FLOW_HASH_SHIFT;
	at = VSW_CACHE_FIRST(hash);
	for (i = 0; i < VSW_CACHE_PLACES; i++) {
		entry = &entries[(at + i) % VSW_CACHE_ENTRIES];
		if (entry->kind == kind && entry->gen == gen &&
		    entry->word[0] == first &&
		    (!is_pair || entry->word[1] == second))
			return entry;
	}
	return NULL;
}

/* What a rule decided; or, where there is more to do, that. */
static unsigned int apply(const struct vsw_pkt *pkt,
			  const struct vsw_rule *rule)
{
	struct vsw_rule_stats *stats;

	if (!rule)
		return READ_ONCE(pkt->in->no_rule);
	stats = this_cpu_ptr(rule->stats);
	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->packets);
	u64_stats_add(&stats->bytes, pkt->skb->len);
	WRITE_ONCE(stats->used, jiffies);
	u64_stats_update_end(&stats->syncp);
	return rule->verdict;
}

/* The rule of a frame without a shape, or of a flow that is not where most are.
 */
static noinline struct vsw_rule *
find_other(const struct vsw_pkt *pkt, struct vsw_rule_table *table,
	   const struct vsw_tuple_index *index, u64 gen, unsigned int band)
{
	u64 key[VSW_KEY_WORDS] __uninitialized;
	u64 band_gen = VSW_RULE_GEN(gen, band);
	struct vsw_cache_entry *entry;
	struct vsw_rule *rule;
	struct vsw_flow flow;

	vsw_rule_key_read(pkt, index->depth, key);
	if (!make_flow(pkt, table, index, band_gen, NULL, &flow))
		make_flow(pkt, table, index, band_gen, key, &flow);
	entry = vsw_rule_cache_find(&flow, VSW_CACHE_FIRST(flow.hash));
	if (!entry)
		entry = vsw_rule_cache_find(&flow, VSW_CACHE_SECOND(flow.hash));
	if (entry)
		return vsw_rule_cache_use(entry);
	if (index->set_words)
		vsw_set_read(index->view, index->set_words, key);
	rule = vsw_rule_search(table, index, key, gen, band);
	vsw_rule_cache_add(&flow, table->seed[0], rule);
	return rule;
}

/* What is asked of a traced frame leaves no mark: not in counters, not in the
 * cache.
 */
static noinline struct vsw_rule *
find_traced(const struct vsw_pkt *pkt, struct vsw_rule_table *table,
	    const struct vsw_tuple_index *index, u64 gen, unsigned int band)
{
	u64 key[VSW_KEY_WORDS];
	struct vsw_rule *rule;

	vsw_rule_key_read(pkt, VSW_KEY_DEPTH_L4, key);
	if (index->set_words)
		vsw_set_read(index->view, index->set_words, key);
	rule = vsw_rule_search(table, index, key, gen, band);
	pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
		.step = VSW_STEP_RULE, .rule = rule ? rule->id : 0,
		.is_tracked = index->asks_ct,
	});
	return rule;
}

/* Does what a rule says, and what the rules of bands say that it leads to. */
static noinline enum vsw_drop act(struct vsw_pkt *pkt,
				  struct vsw_rule_table *table,
				  const struct vsw_tuple_index *index, u64 gen,
				  const struct vsw_rule *rule)
{
	unsigned int band, verdict;

	for (;;) {
		band = rule->actions->band;
		verdict = vsw_actions_run(pkt, rule->actions);
		if (verdict || !band)
			return verdict;
		rule = vsw_is_traced(pkt) ?
		       find_traced(pkt, table, index, gen, band) :
		       find_other(pkt, table, index, gen, band);
		verdict = rule && vsw_is_traced(pkt) ? rule->verdict :
						       apply(pkt, rule);
		if (verdict != VSW_RULE_ACTS)
			return verdict;
	}
}

static noinline enum vsw_drop judge_traced(struct vsw_pkt *pkt,
					   struct vsw_rule_table *table,
					   const struct vsw_tuple_index *index)
{
	u64 gen = atomic64_read_acquire(&index->gen);
	const struct vsw_rule *rule;

	rule = find_traced(pkt, table, index, gen, 0);
	if (!rule)
		return READ_ONCE(pkt->in->no_rule);
	if (rule->verdict != VSW_RULE_ACTS)
		return rule->verdict;
	return act(pkt, table, index, gen, rule);
}

/* Likewise of a flow of any number of words, which is written down. */
static noinline struct vsw_cache_entry *
find_many(const struct vsw_pkt *pkt, const struct vsw_rule_table *table,
	  const struct vsw_tuple_index *index, u64 gen)
{
	struct vsw_flow flow __uninitialized;

	if (!make_flow(pkt, table, index, gen, NULL, &flow))
		return NULL;
	return vsw_rule_cache_find(&flow, VSW_CACHE_FIRST(flow.hash));
}

static __always_inline enum vsw_drop
judge_cached(struct vsw_pkt *pkt, struct vsw_rule_table *table,
	     const struct vsw_tuple_index *index)
{
	const struct vsw_flow_words *words;
	struct vsw_cache_entry *entry = NULL;
	struct vsw_rule *rule;
	unsigned int verdict;
	u64 gen;

	if (vsw_is_traced(pkt))
		return judge_traced(pkt, table, index);
	/* Pairs with the release in vsw_rule_table_advance(). */
	gen = atomic64_read_acquire(&index->gen);
	words = &index->words[shape_of(pkt)];
	OPTIMIZER_HIDE_VAR(words);
	if (likely(words->is_few && skb_headlen(pkt->skb) >= words->end))
		entry = words->n == 1 ?
			find_few(pkt, table, gen, words, false) :
			find_few(pkt, table, gen, words, true);
	else
		entry = find_many(pkt, table, index, gen);
	rule = likely(entry) ? vsw_rule_cache_use(entry) :
	       find_other(pkt, table, index, gen, 0);
	verdict = apply(pkt, rule);
	if (likely(verdict != VSW_RULE_ACTS))
		return verdict;
	return act(pkt, table, index, gen, rule);
}

static noinline enum vsw_drop judge_tracked(struct vsw_pkt *pkt,
					    struct vsw_rule_table *table,
					    const struct vsw_tuple_index *index)
{
	enum vsw_drop drop;

	vsw_ct_track(pkt);
	drop = judge_cached(pkt, table, index);
	vsw_ct_forget(pkt->skb);
	return drop;
}

/* Who sends a frame with an open checksum says where it is to be put when the
 * frame leaves. Where that is TCP's or UDP's own nothing is changed that rules
 * ask for.
 */
static __always_inline bool is_sum_in_place(const struct sk_buff *skb)
{
	const struct ipv6hdr *ipv6 = (void *)(skb->data + VSW_FLOW_L3);
	const struct iphdr *ipv4 = (void *)(skb->data + VSW_FLOW_L3);
	unsigned int start = skb_checksum_start_offset(skb);
	u8 proto = IPPROTO_UDP;

	if (skb->csum_offset == offsetof(struct tcphdr, check))
		proto = IPPROTO_TCP;
	else if (skb->csum_offset != offsetof(struct udphdr, check))
		return false;
	if (eth_hdr(skb)->h_proto == htons(ETH_P_IP))
		return start == VSW_FLOW_IPV4_L4 && ipv4->version == 4 &&
		       ipv4->ihl == 5 && ipv4->protocol == proto;
	return eth_hdr(skb)->h_proto == htons(ETH_P_IPV6) &&
	       start == VSW_FLOW_IPV6_L4 && ipv6->version == 6 &&
	       ipv6->nexthdr == proto;
}

/* Elsewhere it is put there now, before they do. What is to be cut gets its
 * sums where its headers say, whoever cuts it.
 */
static noinline bool settle_sum(struct sk_buff *skb)
{
	return skb_is_gso(skb) || skb->csum_not_inet ||
	       !skb_checksum_help(skb);
}

/**
 * vsw_rule_judge_slow - do what the rules of the switch say of a frame
 * @pkt: the frame
 *
 * What is to be done of a flow that is in the cache is all here, and calls
 * nothing, if it is to let it pass or not.
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_rule_judge_slow(struct vsw_pkt *pkt)
{
	struct vsw_rules *rules = rcu_dereference(pkt->sw->rules);
	const struct vsw_tuple_index *index;

	if (!rules)
		return VSW_DROP_NONE;
	index = rcu_dereference(rules->table.index);
	if (!index->n)
		return READ_ONCE(pkt->in->no_rule);
	if (unlikely(pkt->skb->ip_summed == CHECKSUM_PARTIAL) &&
	    index->depth != VSW_KEY_DEPTH_L2 &&
	    !is_sum_in_place(pkt->skb) && !settle_sum(pkt->skb))
		return VSW_DROP_MALFORMED;
	/* Once: what is remembered of it must be what it was judged by. */
	if (index->asks_from)
		pkt->group_id = READ_ONCE(pkt->in->group_id);
	if (unlikely(index->asks_ct))
		return judge_tracked(pkt, &rules->table, index);
	return judge_cached(pkt, &rules->table, index);
}
