// SPDX-License-Identifier: GPL-2.0
/*
 * Samples: one frame in so many goes to the kernel's psample, whose groups
 * collectors such as those of sFlow listen to.
 */
#include <linux/if_vlan.h>
#include <linux/random.h>
#include <net/psample.h>

#include "action.h"
#include "rule.h"
#include "vlan.h"

static bool is_sample(const struct vsw_action *action)
{
	return action->type == VSW_A_ACTION_SAMPLE;
}

static void put_first(struct vsw_rules *rules,
		      const struct vsw_actions *actions, unsigned int n)
{
	const struct vsw_action *action;

	for (action = actions->action; action < &actions->action[n]; action++) {
		if (!IS_ENABLED(CONFIG_PSAMPLE) || !is_sample(action))
			continue;
		psample_group_put(action->sample.group);
		rules->n_samples--;
	}
}

/**
 * vsw_samples_get - hold the groups that a rule takes samples for
 * @rules: the rules of its switch
 * @actions: what it does, or NULL
 * @extack: where to say why not
 *
 * Context: RTNL, rules' lock; may sleep.
 * Return: 0 or an error, after which none is held.
 */
int vsw_samples_get(struct vsw_rules *rules, struct vsw_actions *actions,
		    struct netlink_ext_ack *extack)
{
	struct net *net = dev_net(rules->sw->dev);
	struct vsw_action *action;
	unsigned int i;

	for (i = 0; actions && i < actions->n; i++) {
		action = &actions->action[i];
		if (!IS_ENABLED(CONFIG_PSAMPLE) || !is_sample(action))
			continue;
		if (rules->n_samples == VSW_SAMPLES_MAX) {
			NL_SET_ERR_MSG(extack,
				       "The rules of the switch take samples in 4096 places, which is all there can be");
			put_first(rules, actions, i);
			return -ENOSPC;
		}
		action->sample.group =
			psample_group_get(net, action->sample.number);
		if (!action->sample.group) {
			NL_SET_ERR_MSG(extack, "No memory for a psample group");
			put_first(rules, actions, i);
			return -ENOMEM;
		}
		rules->n_samples++;
	}
	return 0;
}

/**
 * vsw_samples_put - let the groups go that a rule took samples for
 * @rules: the rules of its switch
 * @actions: what it does, which no frame is asked for any more, or NULL
 *
 * A group tells its listeners when it goes, and so has to go before its
 * namespace does: not in a callback of RCU.
 *
 * Context: rules' lock, or nobody else knows them; may sleep.
 */
void vsw_samples_put(struct vsw_rules *rules,
		     const struct vsw_actions *actions)
{
	if (actions)
		put_first(rules, actions, actions->n);
}

/* As the frame would be on the wire at its port. NULL: no memory. */
static struct sk_buff *with_tag(const struct vsw_pkt *pkt)
{
	struct sk_buff *skb = skb_clone(pkt->skb, GFP_ATOMIC);

	if (!skb)
		return NULL;
	vsw_vlan_tag(pkt, pkt->in, skb);
	return skb_vlan_tag_present(skb) ? __vlan_hwaccel_push_inside(skb) :
					   skb;
}

/**
 * vsw_sample - take a sample of a frame, if it is its turn
 * @pkt: the frame; of one that is traced it is said only that it might be
 * @action: how many, for whom
 *
 * Chance says which frames: who sends them does not choose.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_sample(const struct vsw_pkt *pkt, const struct vsw_action *action)
{
	struct psample_metadata md = { .in_ifindex = pkt->in->dev->ifindex };
	struct sk_buff *skb;

	if (vsw_is_traced(pkt)) {
		pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
			.step = VSW_STEP_SAMPLE, .sample = action,
		});
		return;
	}
	if (!IS_ENABLED(CONFIG_PSAMPLE) ||
	    get_random_u32_below(action->sample.rate))
		return;
	skb = with_tag(pkt);
	if (!skb)
		return;
	md.trunc_size = action->sample.trunc ?: skb->len;
	psample_sample_packet(action->sample.group, skb, action->sample.rate,
			      &md);
	consume_skb(skb);
}
