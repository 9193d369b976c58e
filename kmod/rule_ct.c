// SPDX-License-Identifier: GPL-2.0
/*
 * The connection that a frame belongs to, by the kernel's own tracking.
 *
 * Frames are tracked before rules are looked up, if any rule asks for it. What
 * they found is not theirs any longer when they leave: whoever gets them tracks
 * connections, or not, for himself.
 *
 * Tenants of different VLANs may have the same addresses, so each VLAN is a
 * zone of its own.
 */
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ip.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_expect.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "rule_ct.h"
#include "rule_key.h"

/* What tells the tracker the zone: one for each CPU, since it is written for
 * each frame.
 */
static DEFINE_PER_CPU(struct nf_conn *, zone_templates);

/**
 * vsw_ct_exit - undo vsw_ct_init()
 */
void vsw_ct_exit(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		if (per_cpu(zone_templates, cpu))
			nf_ct_put(per_cpu(zone_templates, cpu));
		per_cpu(zone_templates, cpu) = NULL;
	}
}

/**
 * vsw_ct_init - make ready to track
 *
 * Return: 0 or an error.
 */
int vsw_ct_init(void)
{
	struct nf_conntrack_zone zone;
	struct nf_conn *template;
	int cpu;

	nf_ct_zone_init(&zone, 0, NF_CT_DEFAULT_ZONE_DIR, 0);
	for_each_possible_cpu(cpu) {
		template = nf_ct_tmpl_alloc(&init_net, &zone, GFP_KERNEL);
		if (!template) {
			vsw_ct_exit();
			return -ENOMEM;
		}
		per_cpu(zone_templates, cpu) = template;
	}
	return 0;
}

static u16 zone_of(const struct vsw_pkt *pkt)
{
	return READ_ONCE(pkt->sw->ct_zone) + pkt->vid;
}

/* Takes off what is behind a packet of @len bytes. */
static bool trim(struct sk_buff *skb, unsigned int off, unsigned int len,
		 unsigned int least)
{
	if (skb_is_gso(skb))
		return true;
	if (len < least)
		return false;
	return off + len >= skb->len || !pskb_trim_rcsum(skb, off + len);
}

static enum vsw_ct begin_ipv4(struct sk_buff *skb, unsigned int off)
{
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, off + sizeof(*ip)))
		return VSW_CT_INVALID;
	ip = ip_hdr(skb);
	if (ip->frag_off & htons(IP_MF | IP_OFFSET))
		return VSW_CT_UNTRACKED;
	return trim(skb, off, ntohs(ip->tot_len), ip->ihl * 4) ?
	       VSW_CT_NEW : VSW_CT_INVALID;
}

static enum vsw_ct begin_ipv6(struct sk_buff *skb, unsigned int off)
{
	unsigned int l4 = off + sizeof(struct ipv6hdr);
	const struct ipv6hdr *ip;
	u8 proto;

	if (!pskb_may_pull(skb, l4))
		return VSW_CT_INVALID;
	ip = ipv6_hdr(skb);
	proto = ip->nexthdr;
	if (vsw_skip_ext_headers(skb, &l4, &proto) != VSW_FRAG_NONE)
		return VSW_CT_UNTRACKED;
	return trim(skb, off, sizeof(*ip) + ntohs(ip->payload_len),
		    sizeof(*ip) + 1) ? VSW_CT_NEW : VSW_CT_INVALID;
}

/* Makes the skb begin at its packet, with nothing behind it. Returns what its
 * state is, if that is clear: of a fragment nobody knows whose it is. Else it
 * is VSW_CT_NEW, and the packet begins at @off.
 */
static enum vsw_ct begin_packet(const struct vsw_pkt *pkt, unsigned int *off,
				u8 *family)
{
	struct sk_buff *skb = pkt->skb;
	enum vsw_ct state;
	__be16 type;

	*off = vsw_rule_key_l3(pkt, &type);
	skb_set_network_header(skb, *off);
	/* It has the header that comes off now in it, or not. */
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	if (type == htons(ETH_P_IP)) {
		*family = NFPROTO_IPV4;
		state = begin_ipv4(skb, *off);
	} else if (type == htons(ETH_P_IPV6)) {
		*family = NFPROTO_IPV6;
		state = begin_ipv6(skb, *off);
	} else {
		return VSW_CT_UNTRACKED;
	}
	if (state == VSW_CT_NEW)
		__skb_pull(skb, *off);
	return state;
}

static enum vsw_ct state_of(const struct sk_buff *skb)
{
	enum ip_conntrack_info info;

	/* Neighbour discovery is nobody's connection. */
	if (!nf_ct_get(skb, &info))
		return info == IP_CT_UNTRACKED ? VSW_CT_UNTRACKED :
						 VSW_CT_INVALID;
	switch (info) {
	case IP_CT_NEW:
		return VSW_CT_NEW;
	case IP_CT_ESTABLISHED:
	case IP_CT_ESTABLISHED_REPLY:
		return VSW_CT_ESTABLISHED;
	case IP_CT_RELATED:
	case IP_CT_RELATED_REPLY:
		return VSW_CT_RELATED;
	default:
		return VSW_CT_INVALID;
	}
}

static enum vsw_ct track(const struct vsw_pkt *pkt, u8 family)
{
	struct nf_conn *template = this_cpu_read(zone_templates);
	const struct nf_hook_state state = {
		.hook	= NF_INET_PRE_ROUTING,
		.pf	= family,
		.in	= pkt->in->dev,
		.net	= dev_net(pkt->sw->dev),
	};

	nf_reset_ct(pkt->skb);
	template->zone.id = zone_of(pkt);
	nf_conntrack_get(&template->ct_general);
	nf_ct_set(pkt->skb, template, IP_CT_NEW);
	if (nf_conntrack_in(pkt->skb, &state) != NF_ACCEPT) {
		nf_reset_ct(pkt->skb);
		return VSW_CT_INVALID;
	}
	return state_of(pkt->skb);
}

/* Of a packet of no known connection the tracker says best what it is: new, or
 * nothing that begins one, an error about one that is known, or neighbour
 * discovery. That leaves no mark, since nothing that it makes is confirmed,
 * except where it makes room for it, or takes what is expected.
 */
static enum vsw_ct find_other(const struct vsw_pkt *pkt, u8 family,
			      const struct nf_conntrack_zone *zone,
			      const struct nf_conntrack_tuple *tuple)
{
	struct net *net = dev_net(pkt->sw->dev);
	unsigned int max = READ_ONCE(nf_conntrack_max);
	struct nf_conntrack_expect *expect;

	if (max && nf_conntrack_count(net) >= max)
		return VSW_CT_INVALID;
	expect = nf_ct_expect_find_get(net, zone, tuple);
	if (expect) {
		nf_ct_expect_put(expect);
		return VSW_CT_RELATED;
	}
	return track(pkt, family);
}

static enum ip_conntrack_info
info_of(const struct nf_conntrack_tuple_hash *hash, const struct nf_conn *ct)
{
	if (NF_CT_DIRECTION(hash) == IP_CT_DIR_REPLY)
		return IP_CT_ESTABLISHED_REPLY;
	if (test_bit(IPS_SEEN_REPLY_BIT, &ct->status))
		return IP_CT_ESTABLISHED;
	if (test_bit(IPS_EXPECTED_BIT, &ct->status))
		return IP_CT_RELATED;
	return IP_CT_NEW;
}

/* What is only asked about leaves no mark: a connection that is there is found,
 * but neither renewed nor moved on, and so not asked whether it would have the
 * packet.
 */
static enum vsw_ct find_state(const struct vsw_pkt *pkt, u8 family)
{
	struct net *net = dev_net(pkt->sw->dev);
	struct nf_conntrack_tuple_hash *hash;
	struct nf_conntrack_tuple tuple;
	struct nf_conntrack_zone zone;
	struct nf_conn *ct;

	if (!nf_ct_get_tuplepr(pkt->skb, 0, family, net, &tuple))
		return VSW_CT_INVALID;
	nf_ct_zone_init(&zone, zone_of(pkt), NF_CT_DEFAULT_ZONE_DIR, 0);
	hash = nf_conntrack_find_get(net, &zone, &tuple);
	if (!hash)
		return find_other(pkt, family, &zone, &tuple);
	ct = nf_ct_tuplehash_to_ctrack(hash);
	nf_ct_set(pkt->skb, ct, info_of(hash, ct));
	return state_of(pkt->skb);
}

/**
 * vsw_ct_track - find the connection that a frame belongs to
 * @pkt: the frame, at its Ethernet header; padding behind its packet goes
 *
 * Context: RCU read section, bottom halves off. vsw_ct_forget() is to follow.
 */
void vsw_ct_track(struct vsw_pkt *pkt)
{
	unsigned int off;
	u8 family;

	pkt->ct = begin_packet(pkt, &off, &family);
	if (pkt->ct != VSW_CT_NEW)
		return;
	pkt->ct = vsw_is_traced(pkt) ? find_state(pkt, family) :
				       track(pkt, family);
	__skb_push(pkt->skb, off);
}

/**
 * vsw_ct_commit - let a new connection be known
 * @pkt: a frame of it
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_ct_commit(struct vsw_pkt *pkt)
{
	enum ip_conntrack_info info;

	if (!nf_ct_get(pkt->skb, &info) || vsw_is_traced(pkt))
		return VSW_DROP_NONE;
	if (nf_conntrack_confirm(pkt->skb) == NF_ACCEPT)
		return VSW_DROP_NONE;
	return VSW_DROP_CT;
}

/**
 * vsw_ct_forget - a frame leaves, and takes no connection with it
 * @skb: the frame or a clone of it
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_ct_forget(struct sk_buff *skb)
{
	nf_reset_ct(skb);
}
