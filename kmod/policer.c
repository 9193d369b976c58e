// SPDX-License-Identifier: GPL-2.0
/*
 * Policers: tokens for bits and for packets, which frames take that rules send
 * through them. As in act_police a token is a nanosecond, in which the rate
 * lets so and so much pass; who takes none leaves the time for the next.
 *
 * A policer is found by name among those of its switch, and by pointer from
 * rules. A rule that is dead may still be asked by a frame: the policer is
 * freed with the last rule, which is freed when no frame can have it any more.
 */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "action.h"
#include "event.h"
#include "policer.h"

/* Bursts where none is given: what comes in a tenth of a second, but two frames
 * at least as hosts send them that leave the cutting to others.
 */
#define BURSTS_A_SECOND	10
#define BURST_MIN	131072
#define PBURST_MIN	128

/**
 * vsw_policer_burst - how many bytes may pass at once
 * @cfg: what was given
 *
 * Return: how many; 0 if bytes are not limited.
 */
u32 vsw_policer_burst(const struct vsw_policer_cfg *cfg)
{
	if (!cfg->rate || cfg->burst)
		return cfg->burst;
	return clamp_t(u64, div_u64(cfg->rate, BITS_PER_BYTE * BURSTS_A_SECOND),
		       BURST_MIN, U32_MAX);
}

/**
 * vsw_policer_pburst - how many packets may pass at once
 * @cfg: what was given
 *
 * Return: how many; 0 if packets are not limited.
 */
u32 vsw_policer_pburst(const struct vsw_policer_cfg *cfg)
{
	if (!cfg->pps || cfg->pburst)
		return cfg->pburst;
	return max_t(u32, cfg->pps / BURSTS_A_SECOND, PBURST_MIN);
}

/* The first whose name comes after one, or is it. */
static struct vsw_policer *find_from(const struct vsw_switch *sw,
				     const char *name, bool is_after)
{
	struct rb_node *node = sw->policers.rb_node;
	struct vsw_policer *policer, *found = NULL;
	int order;

	ASSERT_RTNL();
	while (node) {
		policer = rb_entry(node, struct vsw_policer, node);
		order = strcmp(policer->name, name);
		if (order < 0 || (!order && is_after)) {
			node = node->rb_right;
		} else {
			found = policer;
			node = node->rb_left;
		}
	}
	return found;
}

/**
 * vsw_policer_find - the policer with a name
 * @sw: the switch
 * @name: the name
 *
 * Context: RTNL.
 * Return: the policer or NULL.
 */
struct vsw_policer *vsw_policer_find(const struct vsw_switch *sw,
				     const char *name)
{
	struct vsw_policer *policer = find_from(sw, name, false);

	return policer && !strcmp(policer->name, name) ? policer : NULL;
}

/**
 * vsw_policer_next - the next policer, by name
 * @sw: the switch
 * @name: the name of the one before; empty: there is none
 *
 * Context: RTNL.
 * Return: the policer, or NULL if there is none any more.
 */
struct vsw_policer *vsw_policer_next(const struct vsw_switch *sw,
				     const char *name)
{
	return find_from(sw, name, true);
}

static void fill(struct vsw_bucket *bucket, s64 size)
{
	bucket->size = size;
	bucket->tokens = size;
}

/* Frames see all of it or nothing. */
static void apply(struct vsw_policer *policer,
		  const struct vsw_policer_cfg *cfg)
{
	const struct tc_ratespec no_overhead = {};

	policer->cfg = *cfg;
	spin_lock_bh(&policer->lock);
	fill(&policer->bytes, 0);
	fill(&policer->packets, 0);
	if (cfg->rate) {
		psched_ratecfg_precompute(&policer->rate, &no_overhead,
					  div_u64(cfg->rate, BITS_PER_BYTE));
		fill(&policer->bytes,
		     psched_l2t_ns(&policer->rate, vsw_policer_burst(cfg)));
	}
	if (cfg->pps) {
		psched_ppscfg_precompute(&policer->pps, cfg->pps);
		fill(&policer->packets,
		     psched_pkt2t_ns(&policer->pps, vsw_policer_pburst(cfg)));
	}
	policer->taken = ktime_get_ns();
	spin_unlock_bh(&policer->lock);
}

static void link_policer(struct vsw_switch *sw, struct vsw_policer *policer)
{
	struct rb_node **at = &sw->policers.rb_node, *parent = NULL;

	while (*at) {
		parent = *at;
		at = strcmp(rb_entry(parent, struct vsw_policer, node)->name,
			    policer->name) < 0 ?
		     &parent->rb_right : &parent->rb_left;
	}
	rb_link_node(&policer->node, parent, at);
	rb_insert_color(&policer->node, &sw->policers);
	sw->n_policers++;
}

/**
 * vsw_policer_add - make a policer
 * @sw: the switch
 * @name: its name, which no other of the switch has
 * @cfg: what it lets pass, checked
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_policer_add(struct vsw_switch *sw, const char *name,
		    const struct vsw_policer_cfg *cfg,
		    struct netlink_ext_ack *extack)
{
	struct vsw_policer *policer;

	if (sw->n_policers == VSW_POLICERS_MAX) {
		NL_SET_ERR_MSG(extack,
			       "The switch has 65536 policers, which is all it can have");
		return -ENOSPC;
	}
	policer = kzalloc(sizeof(*policer), GFP_KERNEL_ACCOUNT);
	if (!policer) {
		NL_SET_ERR_MSG(extack, "No memory for the policer");
		return -ENOMEM;
	}
	refcount_set(&policer->refs, 1);
	spin_lock_init(&policer->lock);
	strscpy(policer->name, name, sizeof(policer->name));
	apply(policer, cfg);
	link_policer(sw, policer);
	vsw_event_policer(sw, policer, VSW_CMD_POLICER_NEW_NTF);
	return 0;
}

/**
 * vsw_policer_set - change what a policer lets pass
 * @sw: the switch
 * @policer: the policer, which has all its tokens then
 * @cfg: what it is to let pass, checked
 *
 * Context: RTNL; may sleep.
 */
void vsw_policer_set(const struct vsw_switch *sw, struct vsw_policer *policer,
		     const struct vsw_policer_cfg *cfg)
{
	apply(policer, cfg);
	vsw_event_policer(sw, policer, VSW_CMD_POLICER_SET_NTF);
}

static void put_policer(struct vsw_policer *policer)
{
	if (refcount_dec_and_test(&policer->refs))
		kfree(policer);
}

static void unlink_policer(struct vsw_switch *sw, struct vsw_policer *policer)
{
	rb_erase(&policer->node, &sw->policers);
	sw->n_policers--;
	put_policer(policer);
}

/**
 * vsw_policer_del - remove a policer, unless a rule uses it
 * @sw: the switch
 * @policer: the policer
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_policer_del(struct vsw_switch *sw, struct vsw_policer *policer,
		    struct netlink_ext_ack *extack)
{
	if (policer->n_rules) {
		NL_SET_ERR_MSG(extack, "Rules use the policer");
		return -EBUSY;
	}
	vsw_event_policer(sw, policer, VSW_CMD_POLICER_DEL_NTF);
	unlink_policer(sw, policer);
	return 0;
}

/**
 * vsw_policers_free - have no policers
 * @sw: the switch, which has no rules any more
 *
 * Context: RTNL; may sleep.
 */
void vsw_policers_free(struct vsw_switch *sw)
{
	struct vsw_policer *policer;

	while ((policer = vsw_policer_next(sw, ""))) {
		unlink_policer(sw, policer);
		cond_resched();
	}
}

/* The next policer in what a rule does, from one of its actions on. */
static struct vsw_policer *next_of(const struct vsw_actions *actions,
				   unsigned int *i)
{
	while (actions && *i < actions->n) {
		const struct vsw_action *action = &actions->action[(*i)++];

		if (action->type == VSW_A_ACTION_POLICE)
			return action->policer;
	}
	return NULL;
}

/**
 * vsw_policers_use - hold the policers of a rule, which is to be there
 * @actions: what it does, or NULL
 *
 * Context: RTNL.
 */
void vsw_policers_use(const struct vsw_actions *actions)
{
	struct vsw_policer *policer;
	unsigned int i = 0;

	while ((policer = next_of(actions, &i))) {
		refcount_inc(&policer->refs);
		policer->n_rules++;
	}
}

/**
 * vsw_policers_unuse - a rule is there no more, though frames may still see it
 * @actions: what it does, or NULL
 *
 * Context: RTNL.
 */
void vsw_policers_unuse(const struct vsw_actions *actions)
{
	struct vsw_policer *policer;
	unsigned int i = 0;

	while ((policer = next_of(actions, &i)))
		policer->n_rules--;
}

/**
 * vsw_policers_put - no frame sees a rule any more: let its policers go
 * @actions: what it does, or NULL
 */
void vsw_policers_put(const struct vsw_actions *actions)
{
	struct vsw_policer *policer;
	unsigned int i = 0;

	while ((policer = next_of(actions, &i)))
		put_policer(policer);
}

/**
 * vsw_policer_read - read the counters, all at one moment
 * @policer: the policer
 * @counters: where they go
 */
void vsw_policer_read(struct vsw_policer *policer,
		      struct vsw_policer_counters *counters)
{
	spin_lock_bh(&policer->lock);
	*counters = policer->counters;
	spin_unlock_bh(&policer->lock);
}

/* As many as it is when it is cut. Of what a guest hands in nobody has counted.
 */
static unsigned int count_packets(const struct sk_buff *skb)
{
	const struct skb_shared_info *info = skb_shinfo(skb);

	if (!skb_is_gso(skb))
		return 1;
	return info->gso_segs ?: DIV_ROUND_UP(skb->len, info->gso_size);
}

/* What is left after a frame; less than 0 if there is not enough for it. */
static s64 left_in(const struct vsw_bucket *bucket, u64 since, u64 cost)
{
	s64 tokens = bucket->tokens + min_t(u64, since, bucket->size);

	return min(tokens, bucket->size) - (s64)cost;
}

static bool take(struct vsw_policer *policer, unsigned int len,
		 unsigned int packets)
{
	u64 now = ktime_get_ns(), since = now - policer->taken;
	s64 of_bytes = 0, of_packets = 0;

	if (policer->bytes.size)
		of_bytes = left_in(&policer->bytes, since,
				   psched_l2t_ns(&policer->rate, len));
	if (policer->packets.size)
		of_packets = left_in(&policer->packets, since,
				     psched_pkt2t_ns(&policer->pps, packets));
	if (of_bytes < 0 || of_packets < 0)
		return false;
	policer->bytes.tokens = of_bytes;
	policer->packets.tokens = of_packets;
	policer->taken = now;
	return true;
}

/**
 * vsw_police - send a frame through a policer
 * @pkt: the frame; if it is traced it takes nothing
 * @policer: the policer
 *
 * Context: RCU read section, bottom halves off.
 * Return: %VSW_DROP_POLICE if there are no tokens for it, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_police(const struct vsw_pkt *pkt,
			 struct vsw_policer *policer)
{
	struct vsw_policer_counters *counters = &policer->counters;
	unsigned int packets = count_packets(pkt->skb);
	unsigned int len = pkt->skb->len;
	bool is_enough;

	if (vsw_is_traced(pkt))
		return VSW_DROP_NONE;
	spin_lock(&policer->lock);
	is_enough = take(policer, len, packets);
	if (is_enough) {
		counters->passed_packets += packets;
		counters->passed_bytes += len;
	} else {
		counters->dropped_packets += packets;
		counters->dropped_bytes += len;
	}
	spin_unlock(&policer->lock);
	return is_enough ? VSW_DROP_NONE : VSW_DROP_POLICE;
}
