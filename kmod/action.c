// SPDX-License-Identifier: GPL-2.0
/*
 * What rules do to a frame beyond letting it pass or not.
 */
#include <linux/etherdevice.h>

#include "action.h"
#include "policer.h"
#include "port.h"
#include "rule_ct.h"

/**
 * vsw_action_port - the port that an action sends frames to
 * @sw: the switch
 * @action: the action
 *
 * A port that goes leaves its number to a later one, but not its ifindex.
 *
 * Context: RCU read section.
 * Return: the port, or NULL if it is there no more.
 */
struct vsw_port *vsw_action_port(const struct vsw_switch *sw,
				 const struct vsw_action *action)
{
	unsigned int index = action->port.index;
	struct vsw_block *block;
	struct vsw_port *port;

	block = rcu_dereference(sw->blocks[index / VSW_BLOCK_PORTS]);
	port = rcu_dereference(block->ports[index % VSW_BLOCK_PORTS]);
	if (!port || port->dev->ifindex != action->port.ifindex)
		return NULL;
	return port;
}

static void set_mark(struct sk_buff *skb, const struct vsw_action *action)
{
	skb->mark = (skb->mark & ~action->mark.mask) | action->mark.value;
}

/* Back to where its tag was, or into a VLAN above the one it is in. */
static enum vsw_drop push_vlan(struct vsw_pkt *pkt, u16 vid)
{
	struct sk_buff *skb = pkt->skb;

	if (!pkt->sw->vlan_aware)
		return skb_vlan_push(skb, htons(ETH_P_8021Q), vid) ?
		       VSW_DROP_NO_MEMORY : VSW_DROP_NONE;
	if (__vlan_insert_tag(skb, htons(ETH_P_8021Q), pkt->prio | pkt->vid))
		return VSW_DROP_NO_MEMORY;
	skb->protocol = htons(ETH_P_8021Q);
	skb_reset_mac_len(skb);
	pkt->vid = vid;
	return VSW_DROP_NONE;
}

/* As vsw_parse() has seen to: nobody's checksum is to be put over addresses. */
static void check_sum(struct sk_buff *skb)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    skb_checksum_start_offset(skb) < ETH_HLEN)
		skb->ip_summed = CHECKSUM_NONE;
}

/* A tag that says no VLAN says only a priority. */
static enum vsw_drop pop_vlan(struct vsw_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;
	u16 tci;

	if (eth_hdr(skb)->h_proto != htons(ETH_P_8021Q) ||
	    skb->len < VLAN_ETH_HLEN)
		return VSW_DROP_NONE;
	if (__skb_vlan_pop(skb, &tci))
		return VSW_DROP_NO_MEMORY;
	skb->protocol = eth_hdr(skb)->h_proto;
	check_sum(skb);
	pkt->prio = tci & ~VLAN_VID_MASK;
	pkt->vid = tci & VLAN_VID_MASK ?: READ_ONCE(pkt->in->pvid);
	if (!pkt->vid)
		return VSW_DROP_VLAN_UNTAGGED;
	/* Whoever sent it chose the tag. */
	return vsw_vlan_has(pkt->in, pkt->vid) ? VSW_DROP_NONE :
						 VSW_DROP_VLAN_INGRESS;
}

static enum vsw_drop pop_outer_tag(struct sk_buff *skb)
{
	if (!skb_vlan_tag_present(skb) &&
	    (!eth_type_vlan(eth_hdr(skb)->h_proto) ||
	     skb->len < VLAN_ETH_HLEN))
		return VSW_DROP_NONE;
	/* Of what the host sends it may be the type behind all tags. */
	skb->protocol = eth_hdr(skb)->h_proto;
	if (skb_vlan_pop(skb))
		return VSW_DROP_NO_MEMORY;
	check_sum(skb);
	return VSW_DROP_NONE;
}

/* Tags are payload: the outer one may be beside the frame or in it. */
static enum vsw_drop set_outer_tag(struct sk_buff *skb, u16 vid)
{
	struct vlan_ethhdr *eth;

	if (skb_vlan_tag_present(skb)) {
		__vlan_hwaccel_put_tag(skb, skb->vlan_proto, vid |
				       (skb_vlan_tag_get(skb) &
					~VLAN_VID_MASK));
		return VSW_DROP_NONE;
	}
	if (!eth_type_vlan(eth_hdr(skb)->h_proto) || skb->len < VLAN_ETH_HLEN)
		return VSW_DROP_NONE;
	if (skb_ensure_writable(skb, VLAN_ETH_HLEN))
		return VSW_DROP_NO_MEMORY;
	eth = skb_vlan_eth_hdr(skb);
	eth->h_vlan_TCI &= htons(~VLAN_VID_MASK);
	eth->h_vlan_TCI |= htons(vid);
	return VSW_DROP_NONE;
}

static enum vsw_drop set_vlan(struct vsw_pkt *pkt, u16 vid)
{
	if (!pkt->sw->vlan_aware)
		return set_outer_tag(pkt->skb, vid);
	pkt->vid = vid;
	return VSW_DROP_NONE;
}

/* What is learned is how it came; and the sum of all its bytes is not that of
 * what it becomes.
 */
static void begin_change(struct vsw_pkt *pkt)
{
	if (pkt->skb->ip_summed == CHECKSUM_COMPLETE)
		pkt->skb->ip_summed = CHECKSUM_NONE;
	if (pkt->is_changed)
		return;
	ether_addr_copy(pkt->came_from, eth_hdr(pkt->skb)->h_source);
	pkt->came_vid = pkt->vid;
	pkt->is_changed = true;
}

static enum vsw_drop run_one(struct vsw_pkt *pkt,
			     const struct vsw_action *action)
{
	switch (action->type) {
	case VSW_A_ACTION_MIRROR:
		vsw_mirror(pkt, action);
		return VSW_DROP_NONE;
	case VSW_A_ACTION_CT_COMMIT:
		return vsw_ct_commit(pkt);
	case VSW_A_ACTION_POLICE:
		return vsw_police(pkt, action->policer);
	case VSW_A_ACTION_SAMPLE:
		vsw_sample(pkt, action);
		return VSW_DROP_NONE;
	case VSW_A_ACTION_MARK:
		set_mark(pkt->skb, action);
		return VSW_DROP_NONE;
	}
	begin_change(pkt);
	switch (action->type) {
	case VSW_A_ACTION_CT_NAT:
		return vsw_ct_nat(pkt);
	case VSW_A_ACTION_CT_NAT_IPV4_SRC:
	case VSW_A_ACTION_CT_NAT_IPV4_DST:
	case VSW_A_ACTION_CT_NAT_IPV6_SRC:
	case VSW_A_ACTION_CT_NAT_IPV6_DST:
		return vsw_ct_nat_commit(pkt, action);
	case VSW_A_ACTION_VLAN_SET:
		return set_vlan(pkt, action->vid);
	case VSW_A_ACTION_VLAN_PUSH:
		return push_vlan(pkt, action->vid);
	case VSW_A_ACTION_VLAN_POP:
		return pkt->sw->vlan_aware ? pop_vlan(pkt) :
					     pop_outer_tag(pkt->skb);
	}
	return vsw_rewrite(pkt, action);
}

/**
 * vsw_actions_run - do what a rule says, in order
 * @pkt: the frame
 * @actions: what it says
 *
 * Where the frame is to be sent is left in @pkt.
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_actions_run(struct vsw_pkt *pkt,
			      const struct vsw_actions *actions)
{
	enum vsw_drop drop;
	unsigned int i;

	for (i = 0; i < actions->n; i++) {
		drop = run_one(pkt, &actions->action[i]);
		if (unlikely(drop))
			return drop;
	}
	pkt->output = &actions->action[i];
	pkt->n_outputs = actions->n_outputs;
	if (actions->verdict == VSW_DROP_REJECT)
		vsw_reject(pkt);
	return actions->verdict;
}
