// SPDX-License-Identifier: GPL-2.0
/*
 * Fields of a frame that rules rewrite, and the checksums that cover them.
 *
 * A frame that does not have a field, or is cut off before it, stays as it is.
 * Each checksum is updated by what changed (RFC 1624), so that a frame that
 * came with a wrong one leaves with a wrong one, and a first fragment, whose
 * sum is of all of them, is no exception. Where the device is to work it out it
 * is that of the pseudo header alone.
 */
#include <linux/etherdevice.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/checksum.h>
#include <net/dsfield.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "action.h"
#include "rule_key.h"

/**
 * struct headers - where a frame has what is rewritten
 * @type: behind all tags
 * @l3: where its packet begins
 * @l4: where TCP, UDP or ICMPv6 begins in that; 0: there is none
 * @end: where the packet ends, or the frame, if before that
 * @proto: which
 */
struct headers {
	__be16		type;
	unsigned int	l3;
	unsigned int	l4;
	unsigned int	end;
	u8		proto;
};

/* How much of a header with a checksum over addresses has to be there. */
static unsigned int l4_len(const struct headers *h)
{
	switch (h->proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		return sizeof(struct udphdr);
	case IPPROTO_ICMPV6:
		return h->type == htons(ETH_P_IPV6) ? sizeof(struct icmp6hdr) :
						      0;
	}
	return 0;
}

static struct iphdr *ipv4_of(const struct sk_buff *skb,
			     const struct headers *h)
{
	return (struct iphdr *)(skb->data + h->l3);
}

static struct ipv6hdr *ipv6_of(const struct sk_buff *skb,
			       const struct headers *h)
{
	return (struct ipv6hdr *)(skb->data + h->l3);
}

/* A frame to be cut may be longer than its packet can say. */
static void set_end(const struct sk_buff *skb, struct headers *h,
		    unsigned int len)
{
	h->end = skb->len;
	if (!skb_is_gso(skb))
		h->end = min(h->end, h->l3 + len);
}

static bool find_ipv4_l4(struct sk_buff *skb, struct headers *h)
{
	const struct iphdr *ip;
	struct iphdr buf;

	ip = skb_header_pointer(skb, h->l3, sizeof(buf), &buf);
	if (!ip || ip->version != 4 || ip->ihl < 5)
		return false;
	h->proto = ip->protocol;
	h->l4 = h->l3 + ip->ihl * 4;
	set_end(skb, h, ntohs(ip->tot_len));
	if (ip->frag_off & htons(IP_OFFSET))
		h->proto = IPPROTO_RAW;
	return true;
}

static bool find_ipv6_l4(struct sk_buff *skb, struct headers *h)
{
	const struct ipv6hdr *ip;
	struct ipv6hdr buf;

	ip = skb_header_pointer(skb, h->l3, sizeof(buf), &buf);
	if (!ip || ip->version != 6)
		return false;
	h->proto = ip->nexthdr;
	h->l4 = h->l3 + sizeof(*ip);
	set_end(skb, h, sizeof(*ip) + ntohs(ip->payload_len));
	if (vsw_skip_ext_headers(skb, &h->l4, &h->proto) == VSW_FRAG_LATER)
		h->proto = IPPROTO_RAW;
	return true;
}

/* Finds an IP packet in a frame, and makes writable what may be written there.
 * Returns false if there is none, with @drop set if for want of memory.
 */
static bool find_ip(const struct vsw_pkt *pkt, struct headers *h,
		    enum vsw_drop *drop)
{
	struct sk_buff *skb = pkt->skb;
	unsigned int len;
	bool found = false;

	h->l3 = vsw_rule_key_l3(pkt, &h->type);
	if (h->type == htons(ETH_P_IP))
		found = find_ipv4_l4(skb, h);
	else if (h->type == htons(ETH_P_IPV6))
		found = find_ipv6_l4(skb, h);
	if (!found)
		return false;
	len = l4_len(h);
	if (!len || h->l4 + len > h->end) {
		h->l4 = 0;
		len = h->l3 + (h->type == htons(ETH_P_IP) ?
			       sizeof(struct iphdr) : sizeof(struct ipv6hdr));
	} else {
		len += h->l4;
	}
	if (!skb_ensure_writable(skb, len))
		return true;
	*drop = VSW_DROP_NO_MEMORY;
	return false;
}

/* Is its checksum left to the device, which works it out from that of the
 * pseudo header? It may be that of a packet within this one that is.
 */
static bool is_open(const struct sk_buff *skb, const struct headers *h)
{
	return skb->ip_summed == CHECKSUM_PARTIAL &&
	       skb_checksum_start_offset(skb) == h->l4;
}

/* The checksum over addresses, or NULL if there is none to be kept right. */
static __sum16 *find_check(const struct sk_buff *skb, const struct headers *h)
{
	void *l4 = skb->data + h->l4;
	struct udphdr *udp = l4;

	if (!h->l4)
		return NULL;
	if (h->proto == IPPROTO_TCP)
		return &((struct tcphdr *)l4)->check;
	if (h->proto == IPPROTO_ICMPV6)
		return &((struct icmp6hdr *)l4)->icmp6_cksum;
	/* RFC 768: 0 says that there is none. */
	if (!udp->check && !is_open(skb, h))
		return NULL;
	return &udp->check;
}

/* RFC 768: and one that is 0 is sent as all ones. */
static void end_check(const struct sk_buff *skb, const struct headers *h,
		      __sum16 *check)
{
	if (!*check && h->proto != IPPROTO_TCP &&
	    h->proto != IPPROTO_ICMPV6 && !is_open(skb, h))
		*check = CSUM_MANGLED_0;
}

static void set_ipv4(struct sk_buff *skb, const struct headers *h,
		     const struct vsw_action *action)
{
	struct iphdr *ip = ipv4_of(skb, h);
	__sum16 *check = find_check(skb, h);
	__be32 *addr = action->type == VSW_A_ACTION_IPV4_SRC ? &ip->saddr :
							       &ip->daddr;

	csum_replace4(&ip->check, *addr, action->ipv4);
	if (check) {
		if (is_open(skb, h))
			inet_proto_csum_replace4(check, skb, *addr,
						 action->ipv4, true);
		else
			csum_replace4(check, *addr, action->ipv4);
		end_check(skb, h, check);
	}
	*addr = action->ipv4;
	skb_clear_hash(skb);
}

/* RFC 8200, 8.1: with a routing header the sum has the last destination. */
static bool has_route(const struct sk_buff *skb, const struct headers *h)
{
	unsigned int off = h->l3;
	int flags = IP6_FH_F_SKIP_RH;

	return ipv6_ext_hdr(ipv6_of(skb, h)->nexthdr) &&
	       ipv6_find_hdr(skb, &off, NEXTHDR_ROUTING, NULL, &flags) ==
	       NEXTHDR_ROUTING;
}

static void replace_ipv6(__sum16 *check, struct sk_buff *skb,
			 const struct headers *h, const struct in6_addr *from,
			 const struct in6_addr *to)
{
	unsigned int i;

	if (is_open(skb, h)) {
		inet_proto_csum_replace16(check, skb, from->s6_addr32,
					  to->s6_addr32, true);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(from->s6_addr32); i++)
		csum_replace4(check, from->s6_addr32[i], to->s6_addr32[i]);
}

static void set_ipv6(struct sk_buff *skb, const struct headers *h,
		     const struct vsw_action *action)
{
	bool is_src = action->type == VSW_A_ACTION_IPV6_SRC;
	struct ipv6hdr *ip = ipv6_of(skb, h);
	struct in6_addr *addr = is_src ? &ip->saddr : &ip->daddr;
	__sum16 *check = find_check(skb, h);

	if (check && (is_src || !has_route(skb, h))) {
		replace_ipv6(check, skb, h, addr, &action->ipv6);
		end_check(skb, h, check);
	}
	*addr = action->ipv6;
	skb_clear_hash(skb);
}

static void set_l4_port(struct sk_buff *skb, const struct headers *h,
			const struct vsw_action *action)
{
	__be16 *port = (__be16 *)(skb->data + h->l4);
	__sum16 *check = find_check(skb, h);

	if (!h->l4 || h->proto == IPPROTO_ICMPV6)
		return;
	port += action->type == VSW_A_ACTION_DPORT;
	/* No part of the pseudo header. */
	if (check && !is_open(skb, h)) {
		csum_replace2(check, *port, action->l4_port);
		end_check(skb, h, check);
	}
	*port = action->l4_port;
	skb_clear_hash(skb);
}

static enum vsw_drop set_ttl(struct sk_buff *skb, const struct headers *h,
			     const struct vsw_action *action)
{
	bool is_ipv4 = h->type == htons(ETH_P_IP);
	struct iphdr *ip = ipv4_of(skb, h);
	u8 *ttl = is_ipv4 ? &ip->ttl : &ipv6_of(skb, h)->hop_limit;
	u8 value = action->byte;

	if (action->type == VSW_A_ACTION_TTL_DEC) {
		if (*ttl <= 1)
			return VSW_DROP_TTL;
		value = *ttl - 1;
	}
	if (is_ipv4)
		csum_replace2(&ip->check, htons(*ttl << 8), htons(value << 8));
	*ttl = value;
	return VSW_DROP_NONE;
}

/* RFC 3168, 5: the two bits of ECN are not part of it. */
static void set_dscp(struct sk_buff *skb, const struct headers *h, u8 dscp)
{
	if (h->type == htons(ETH_P_IP))
		ipv4_change_dsfield(ipv4_of(skb, h), INET_ECN_MASK, dscp << 2);
	else
		ipv6_change_dsfield(ipv6_of(skb, h), INET_ECN_MASK, dscp << 2);
}

static enum vsw_drop set_mac(struct sk_buff *skb,
			     const struct vsw_action *action)
{
	if (skb_ensure_writable(skb, ETH_HLEN))
		return VSW_DROP_NO_MEMORY;
	ether_addr_copy(action->type == VSW_A_ACTION_MAC_SRC ?
			eth_hdr(skb)->h_source : eth_hdr(skb)->h_dest,
			action->mac);
	return VSW_DROP_NONE;
}

/**
 * vsw_rewrite - rewrite a field of a frame
 * @pkt: the frame, without a checksum over all of it
 * @action: which, and what is to be there
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_rewrite(struct vsw_pkt *pkt, const struct vsw_action *action)
{
	enum vsw_drop drop = VSW_DROP_NONE;
	struct headers h;

	if (action->type == VSW_A_ACTION_MAC_SRC ||
	    action->type == VSW_A_ACTION_MAC_DST)
		return set_mac(pkt->skb, action);
	if (!find_ip(pkt, &h, &drop))
		return drop;
	switch (action->type) {
	case VSW_A_ACTION_IPV4_SRC:
	case VSW_A_ACTION_IPV4_DST:
		if (h.type == htons(ETH_P_IP))
			set_ipv4(pkt->skb, &h, action);
		break;
	case VSW_A_ACTION_IPV6_SRC:
	case VSW_A_ACTION_IPV6_DST:
		if (h.type == htons(ETH_P_IPV6))
			set_ipv6(pkt->skb, &h, action);
		break;
	case VSW_A_ACTION_SPORT:
	case VSW_A_ACTION_DPORT:
		set_l4_port(pkt->skb, &h, action);
		break;
	case VSW_A_ACTION_TTL:
	case VSW_A_ACTION_TTL_DEC:
		return set_ttl(pkt->skb, &h, action);
	case VSW_A_ACTION_DSCP:
		set_dscp(pkt->skb, &h, action->byte);
		break;
	}
	return VSW_DROP_NONE;
}
