// SPDX-License-Identifier: GPL-2.0
/*
 * Translation of addresses and ports by connection, which is the kernel's own:
 * what a connection's addresses become is chosen once, when it is committed,
 * and is in the kernel's table from then on, for both directions.
 */
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_nat.h>

#include "action.h"
#include "rule_ct.h"
#include "rule_key.h"

/* Rules that came before may have made something else of the frame. */
static bool is_packet_of(const struct nf_conn *ct, __be16 type)
{
	if (nf_ct_l3num(ct) == NFPROTO_IPV4)
		return type == htons(ETH_P_IP);
	return type == htons(ETH_P_IPV6);
}

/* @manips: which addresses are to be translated of a connection that was not
 * answered yet, by &enum nf_nat_manip_type.
 */
static enum vsw_drop translate(struct vsw_pkt *pkt, struct nf_conn *ct,
			       enum ip_conntrack_info info,
			       const struct nf_nat_range2 *range, int manips)
{
	struct sk_buff *skb = pkt->skb;
	__be16 before = skb->protocol, type;
	unsigned int off = vsw_rule_key_l3(pkt, &type);
	int verdict;

	if (!is_packet_of(ct, type))
		return VSW_DROP_CT;
	skb_set_network_header(skb, off);
	skb->protocol = type;
	__skb_pull(skb, off);
	verdict = nf_ct_nat(skb, ct, info, &manips, range, true);
	__skb_push(skb, off);
	skb->protocol = before;
	return verdict == NF_ACCEPT ? VSW_DROP_NONE : VSW_DROP_CT;
}

/**
 * vsw_ct_nat - translate a frame as its connection is
 * @pkt: the frame; without a connection, or if that has its addresses still, it
 *	stays as it is
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_ct_nat(struct vsw_pkt *pkt)
{
	enum ip_conntrack_info info;
	struct nf_conn *ct = nf_ct_get(pkt->skb, &info);
	int manips = 0;

	if (!IS_ENABLED(CONFIG_NF_NAT_OVS) || !ct)
		return VSW_DROP_NONE;
	if (ct->status & IPS_SRC_NAT)
		manips |= BIT(NF_NAT_MANIP_SRC);
	if (ct->status & IPS_DST_NAT)
		manips |= BIT(NF_NAT_MANIP_DST);
	return manips ? translate(pkt, ct, info, NULL, manips) :
			VSW_DROP_NONE;
}

/**
 * vsw_ct_nat_commit - let a new connection be known, with other addresses
 * @pkt: a frame of it, which is translated; also if the connection is known,
 *	but then as that is
 * @action: the new addresses; if they are not of the kind that the frame has it
 *	is dropped, as it is if it has no connection
 *
 * Nothing leaves untranslated by mistake.
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_ct_nat_commit(struct vsw_pkt *pkt,
				const struct vsw_action *action)
{
	enum ip_conntrack_info info;
	struct nf_conn *ct = nf_ct_get(pkt->skb, &info);
	enum vsw_drop drop;

	if (!IS_ENABLED(CONFIG_NF_NAT_OVS))
		return VSW_DROP_CT;
	if (!ct)
		return vsw_is_traced(pkt) ? VSW_DROP_NONE : VSW_DROP_CT;
	if (nf_ct_l3num(ct) != action->nat.family)
		return VSW_DROP_CT;
	drop = translate(pkt, ct, info, action->nat.range,
			 BIT(action->nat.manip));
	return drop ?: vsw_ct_commit(pkt);
}
