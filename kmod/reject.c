// SPDX-License-Identifier: GPL-2.0
/*
 * Telling a sender that a rule refuses his frame: the packet that netfilter
 * would send, in a frame of the switch.
 */
#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/netfilter.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>
#include <net/netfilter/ipv4/nf_reject.h>
#include <net/netfilter/ipv6/nf_reject.h>

#include "action.h"
#include "port.h"
#include "rule_key.h"

/* Behind a packet that is shorter than frames can be there is padding. */
static bool trim(struct sk_buff *skb, unsigned int len)
{
	return len >= skb->len || !pskb_trim_rcsum(skb, len);
}

/* RFC 1122, 3.2.2: an error is not answered with one. What cannot be read may
 * be one.
 */
static bool is_icmp_error(const struct sk_buff *skb)
{
	const u8 *type;
	u8 buf;

	if (ip_hdr(skb)->protocol != IPPROTO_ICMP)
		return false;
	type = skb_header_pointer(skb, ip_hdrlen(skb), sizeof(buf), &buf);
	return !type || icmp_is_err(*type);
}

/* RFC 4443, 2.4, (e). @off: where ICMPv6 begins. */
static bool is_icmpv6_error(const struct sk_buff *skb, unsigned int off)
{
	const u8 *type;
	u8 buf;

	type = skb_header_pointer(skb, off, sizeof(buf), &buf);
	return !type || *type < ICMPV6_INFOMSG_MASK || *type == NDISC_REDIRECT;
}

/* RFC 1122, 3.2.1.2: what has a wrong one is no packet. Netfilter, which looks
 * at most other checksums, takes it that IP has seen to this one.
 */
static bool has_good_header(struct sk_buff *skb)
{
	const struct iphdr *ip = ip_hdr(skb);

	if (ip->ihl < 5 || !pskb_may_pull(skb, ip->ihl * 4))
		return false;
	ip = ip_hdr(skb);
	return !ip_fast_csum((const u8 *)ip, ip->ihl);
}

/* RFC 1122, 3.2.2: there is no answer to what is not from one host. */
static struct sk_buff *answer_ipv4(struct net *net, struct sk_buff *skb)
{
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, sizeof(*ip)))
		return NULL;
	ip = ip_hdr(skb);
	if (ipv4_is_multicast(ip->saddr) || ipv4_is_lbcast(ip->saddr) ||
	    ipv4_is_zeronet(ip->saddr) || ipv4_is_loopback(ip->saddr) ||
	    ipv4_is_multicast(ip->daddr) || ipv4_is_lbcast(ip->daddr))
		return NULL;
	if (!skb_is_gso(skb) && !trim(skb, ntohs(ip->tot_len)))
		return NULL;
	if (!has_good_header(skb) || is_icmp_error(skb))
		return NULL;
	if (ip_hdr(skb)->protocol == IPPROTO_TCP)
		return nf_reject_skb_v4_tcp_reset(net, skb, NULL,
						  NF_INET_PRE_ROUTING);
	return nf_reject_skb_v4_unreach(net, skb, NULL, NF_INET_PRE_ROUTING,
					ICMP_PORT_UNREACH);
}

/* RFC 4443, 2.4, (e). */
static struct sk_buff *answer_ipv6(struct net *net, struct sk_buff *skb)
{
	unsigned int off = sizeof(struct ipv6hdr);
	const struct ipv6hdr *ip;
	u8 proto;

	/* Without IPv6 there is nothing to answer with. */
	if (!ipv6_mod_enabled() || !pskb_may_pull(skb, sizeof(*ip)))
		return NULL;
	ip = ipv6_hdr(skb);
	if (ipv6_addr_is_multicast(&ip->saddr) ||
	    ipv6_addr_is_multicast(&ip->daddr) ||
	    ipv6_addr_any(&ip->saddr) || ipv6_addr_loopback(&ip->saddr))
		return NULL;
	if (!skb_is_gso(skb) &&
	    !trim(skb, sizeof(*ip) + ntohs(ip->payload_len)))
		return NULL;
	proto = ipv6_hdr(skb)->nexthdr;
	vsw_skip_ext_headers(skb, &off, &proto);
	if (proto == IPPROTO_ICMPV6 && is_icmpv6_error(skb, off))
		return NULL;
	if (proto == IPPROTO_TCP)
		return nf_reject_skb_v6_tcp_reset(net, skb, NULL,
						  NF_INET_PRE_ROUTING);
	return nf_reject_skb_v6_unreach(net, skb, NULL, NF_INET_PRE_ROUTING,
					ICMPV6_PORT_UNREACH);
}

static void push_header(struct sk_buff *answer, const struct ethhdr *to)
{
	struct ethhdr *eth = skb_push(answer, ETH_HLEN);

	skb_reset_mac_header(answer);
	skb_reset_mac_len(answer);
	ether_addr_copy(eth->h_dest, to->h_source);
	ether_addr_copy(eth->h_source, to->h_dest);
	eth->h_proto = to->h_proto;
	answer->protocol = to->h_proto;
}

/**
 * vsw_reject - tell the sender of a frame that it is refused
 * @pkt: the frame, which may be cut to its packet
 *
 * Where an answer is not allowed, would need a tag that is payload, or would be
 * about what rules made of the frame, there is none.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_reject(struct vsw_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb, *answer = NULL;
	struct net *net = dev_net(pkt->sw->dev);

	if (!is_unicast_ether_addr(eth_hdr(skb)->h_dest) ||
	    skb_vlan_tag_present(skb) || pkt->is_changed)
		return;
	__skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	if (eth_hdr(skb)->h_proto == htons(ETH_P_IP))
		answer = answer_ipv4(net, skb);
	else if (eth_hdr(skb)->h_proto == htons(ETH_P_IPV6))
		answer = answer_ipv6(net, skb);
	if (answer) {
		push_header(answer, eth_hdr(skb));
		vsw_answer(pkt, answer);
	}
	__skb_push(skb, ETH_HLEN);
}
