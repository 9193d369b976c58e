// SPDX-License-Identifier: GPL-2.0
/*
 * The path of a frame, in order. Nothing else orders it.
 *
 * Each stage returns why the frame is to be dropped, or %VSW_DROP_NONE to go
 * on, and frees nothing. A frame ends at one of two places: vsw_receive_pkt()
 * drops what no port was to get (vsw_refuse(), what could not even be handed to
 * it), and transmit() sends or drops what one port was to get.
 */
#include <linux/etherdevice.h>

#include "action.h"
#include "event.h"
#include "fdb.h"
#include "parse.h"
#include "port.h"
#include "rule.h"
#include "rule_ct.h"
#include "stats.h"
#include "trace.h"

/* Text is not patched as often as somebody asks. */
DEFINE_STATIC_KEY_DEFERRED_FALSE(vsw_tracing, HZ);

static void drop_frame(const struct vsw_pkt *pkt, struct vsw_port *port,
		       struct sk_buff *skb, enum vsw_drop reason)
{
	if (vsw_is_traced(pkt)) {
		pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
			.step = VSW_STEP_DROP, .port = port, .reason = reason,
		});
		/* Nobody is to hear of a loss. */
		consume_skb(skb);
		return;
	}
	vsw_stats_drop(port, reason);
	trace_vsw_drop(port, pkt, skb, reason);
	vsw_event_drop(port, pkt, skb, reason);
	kfree_skb(skb);
}

/* A traced frame gets as far as to have the tag with which it would leave. */
static void tell_sent(const struct vsw_pkt *pkt, struct vsw_port *out,
		      struct sk_buff *skb)
{
	pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
		.step = VSW_STEP_SEND, .port = out, .skb = skb,
	});
	consume_skb(skb);
}

/* Sends one copy by one port. @skb is NULL if there was no memory for it. */
static void transmit(const struct vsw_pkt *pkt, struct vsw_port *out,
		     struct sk_buff *skb)
{
	enum vsw_drop drop = VSW_DROP_NO_MEMORY;
	struct sk_buff **next;
	unsigned int len;

	if (likely(skb))
		drop = vsw_port_egress(pkt, out, skb);
	if (unlikely(drop)) {
		drop_frame(pkt, out, skb, drop);
		return;
	}
	vsw_vlan_tag(pkt, out, skb);
	if (vsw_is_traced(pkt)) {
		tell_sent(pkt, out, skb);
		return;
	}
	if (skb->ip_summed == CHECKSUM_COMPLETE &&
	    out->ops->type == VSW_PORT_TYPE_NETDEV)
		skb->ip_summed = CHECKSUM_NONE;
	skb_clear_tstamp(skb);
	trace_vsw_forward(pkt, out, skb);

	len = skb->len;
	/* One is all there can be: not a clone of a flooded frame. */
	next = skb == pkt->skb ? pkt->next : NULL;
	if (likely(!out->ops->xmit(out, skb, next)))
		vsw_stats_tx(out, len);
	else
		drop_frame(pkt, out, NULL, VSW_DROP_QUEUE_FULL);
}

/* Who captures on the switch's own device sees what passes it by, with the tag
 * that it would have there, as something that leaves: it reaches no protocol of
 * the host. @to_host: it is to get a copy of its own, and does unless that is
 * too big for it.
 */
static void tap(const struct vsw_pkt *pkt, bool to_host)
{
	struct vsw_port *host = READ_ONCE(pkt->sw->host);
	struct sk_buff *skb = pkt->skb;

	if (likely(!(READ_ONCE(pkt->sw->dev->flags) & IFF_PROMISC)) ||
	    vsw_is_traced(pkt))
		return;
	if (!host || pkt->in == host || !dev_nit_active(host->dev))
		return;
	if (to_host && !vsw_port_egress(pkt, host, skb))
		return;
	skb = skb_clone(skb, GFP_ATOMIC);
	if (!skb)
		return;
	skb->dev = host->dev;
	vsw_vlan_tag(pkt, host, skb);
	dev_queue_xmit_nit(skb, host->dev);
	consume_skb(skb);
}

/* To all other ports of the VLAN that are up: clones for all but the last. */
static enum vsw_drop flood(struct vsw_pkt *pkt)
{
	struct vsw_port *port, *prev = NULL;
	struct vsw_switch *sw = pkt->sw;
	struct vsw_block *block;
	unsigned int b, n_blocks;
	unsigned long ports;
	bool to_host = false;

	/* Pairs with the release in find_room(): the blocks are there. */
	n_blocks = smp_load_acquire(&sw->n_blocks);
	for (b = 0; b < n_blocks; b++) {
		if (vsw_is_traced(pkt) && pkt->tracer->is_full)
			break;
		block = rcu_dereference(sw->blocks[b]);
		ports = READ_ONCE(block->vlan[pkt->vid]) &
			READ_ONCE(block->up);
		if (block == pkt->in->block)
			ports &= ~pkt->in->bit;
		for (; ports; ports &= ports - 1) {
			port = rcu_dereference(block->ports[__ffs(ports)]);
			if (unlikely(!port))
				continue;
			to_host |= port == READ_ONCE(sw->host);
			if (prev)
				transmit(pkt, prev,
					 skb_clone(pkt->skb, GFP_ATOMIC));
			prev = port;
		}
	}
	tap(pkt, to_host);
	if (unlikely(!prev))
		return VSW_DROP_NO_RECEIVER;
	transmit(pkt, prev, pkt->skb);
	return VSW_DROP_NONE;
}

/* The port that a rule names, or why there is none for this frame. */
static struct vsw_port *find_output(const struct vsw_pkt *pkt,
				    const struct vsw_action *action,
				    enum vsw_drop *drop)
{
	struct vsw_port *out = vsw_action_port(pkt->sw, action);

	*drop = VSW_DROP_NONE;
	if (unlikely(!out))
		*drop = VSW_DROP_OUTPUT_GONE;
	else if (unlikely(out == pkt->in))
		*drop = VSW_DROP_SAME_PORT;
	return out;
}

void vsw_mirror(const struct vsw_pkt *pkt, const struct vsw_action *action)
{
	struct sk_buff *skb = skb_clone(pkt->skb, GFP_ATOMIC);
	enum vsw_drop drop;
	struct vsw_port *out = find_output(pkt, action, &drop);

	if (skb)
		vsw_ct_forget(skb);
	if (unlikely(drop))
		drop_frame(pkt, pkt->in, skb, drop);
	else
		transmit(pkt, out, skb);
}

void vsw_answer(const struct vsw_pkt *pkt, struct sk_buff *skb)
{
	transmit(pkt, pkt->in, skb);
}

/* To the ports that a rule names. Consumes the frame unless it returns a reason
 * to drop it.
 */
static enum vsw_drop output(struct vsw_pkt *pkt)
{
	unsigned int i, last = pkt->n_outputs - 1;
	const struct vsw_port *host = READ_ONCE(pkt->sw->host);
	bool to_host = false, to_any = false;
	enum vsw_drop drop;
	struct vsw_port *out;

	for (i = 0; i < last; i++) {
		out = find_output(pkt, &pkt->output[i], &drop);
		to_host |= out == host;
		to_any |= !drop;
		vsw_mirror(pkt, &pkt->output[i]);
	}
	out = find_output(pkt, &pkt->output[last], &drop);
	if (to_any || !drop)
		tap(pkt, to_host || out == host);
	if (unlikely(drop))
		return drop;
	transmit(pkt, out, pkt->skb);
	return VSW_DROP_NONE;
}

/* Part of its only caller, however large that becomes. Consumes the frame
 * unless it returns a reason to drop it.
 */
static __always_inline enum vsw_drop forward(struct vsw_pkt *pkt)
{
	const u8 *dst = eth_hdr(pkt->skb)->h_dest;
	struct vsw_port *out = NULL;

	if (unlikely(pkt->n_outputs))
		return output(pkt);
	if (likely(!is_multicast_ether_addr(dst)))
		out = vsw_fdb_lookup(pkt->sw, dst, pkt->vid);
	if (vsw_is_traced(pkt))
		pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
			.step = VSW_STEP_LOOKUP, .port = out,
		});
	if (!out)
		return flood(pkt);
	if (unlikely(out == pkt->in))
		return VSW_DROP_SAME_PORT;
	tap(pkt, out == READ_ONCE(pkt->sw->host));
	transmit(pkt, out, pkt->skb);
	return VSW_DROP_NONE;
}

void vsw_refuse(struct vsw_port *in, struct sk_buff *skb, unsigned int len,
		enum vsw_drop reason)
{
	struct vsw_pkt pkt = { .skb = skb, .sw = in->sw, .in = in };

	vsw_stats_rx(in, len);
	/* As much as there is of its Ethernet header. */
	if (skb)
		skb_reset_mac_header(skb);
	drop_frame(&pkt, in, skb, reason);
}

/* What rules made of a frame, nobody sent. */
static __always_inline enum vsw_drop learn(struct vsw_pkt *pkt)
{
	if (unlikely(pkt->is_changed))
		return vsw_fdb_learn(pkt, pkt->came_from, pkt->came_vid);
	return vsw_fdb_learn(pkt, eth_hdr(pkt->skb)->h_source, pkt->vid);
}

/* All stages, in order. Consumes the frame unless it returns a reason to drop
 * it.
 */
static __always_inline enum vsw_drop run(struct vsw_pkt *pkt)
{
	enum vsw_drop drop;

	drop = vsw_parse(pkt);
	if (likely(!drop))
		drop = vsw_port_ingress(pkt);
	if (!drop && vsw_is_traced(pkt))
		pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
			.step = VSW_STEP_RECEIVE, .port = pkt->in,
		});
	if (likely(!drop))
		drop = vsw_rule_judge(pkt);
	if (likely(!drop))
		drop = learn(pkt);
	if (likely(!drop))
		drop = forward(pkt);
	return drop;
}

void vsw_receive_pkt(struct vsw_pkt *pkt)
{
	enum vsw_drop drop;

	if (!vsw_is_traced(pkt)) {
		vsw_stats_rx(pkt->in, pkt->skb->len + ETH_HLEN);
		trace_vsw_receive(pkt->in, pkt->skb);
	}
	drop = run(pkt);
	if (unlikely(drop))
		drop_frame(pkt, pkt->in, pkt->skb, drop);
}
