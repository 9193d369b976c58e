// SPDX-License-Identifier: GPL-2.0
/*
 * From a frame to the key that rules are looked up by. Reads no further than
 * some rule asks, changes nothing, and takes a frame that is cut off, or says
 * of itself what cannot be, for one that does not have what is missing.
 */
#include <linux/etherdevice.h>
#include <linux/icmp.h>
#include <linux/if_arp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/unaligned.h>
#include <net/dsfield.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "rule_key.h"

/* RFC 8504, 5.3, lets a node set a limit; more is no honest packet. */
#define EXT_HEADERS_MAX	8

/* RFC 826, with hardware and protocol addresses of Ethernet and IPv4. */
struct arp_ipv4 {
	struct arphdr	hdr;
	u8		sender_mac[ETH_ALEN];
	u8		sender_ip[sizeof(__be32)];
	u8		target_mac[ETH_ALEN];
	u8		target_ip[sizeof(__be32)];
} __packed;

static u64 pair(__be32 upper, __be32 lower)
{
	return (u64)be32_to_cpu(upper) << 32 | be32_to_cpu(lower);
}

static u64 mac_word(const u8 *mac)
{
	return (u64)get_unaligned_be16(mac) << 32 | get_unaligned_be32(mac + 2);
}

static void has(u64 *key, u64 what)
{
	key[VSW_KEY_KIND] |= what << VSW_KEY_HAS_SHIFT;
}

static void read_ports(const struct sk_buff *skb, unsigned int off, u64 *key)
{
	const __be16 *ports;
	__be16 buf[2];

	ports = skb_header_pointer(skb, off, sizeof(buf), buf);
	if (!ports)
		return;
	has(key, VSW_HAS_PORTS);
	key[VSW_KEY_L4] |= (u64)be16_to_cpu(ports[0]) << VSW_KEY_SPORT_SHIFT |
			   (u64)be16_to_cpu(ports[1]) << VSW_KEY_DPORT_SHIFT;
}

/* RFC 9293, 3.1: the low twelve bits of the word behind the acknowledgment
 * number, of which eight are in use.
 */
static void read_tcp(const struct sk_buff *skb, unsigned int off, u64 *key)
{
	const struct tcphdr *tcp;
	struct tcphdr buf;

	read_ports(skb, off, key);
	tcp = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!tcp)
		return;
	has(key, VSW_HAS_TCP);
	key[VSW_KEY_L4] |= (u64)(be32_to_cpu(tcp_flag_word(tcp)) >> 16 & 0xfff)
			   << VSW_KEY_FLAGS_SHIFT;
}

/* RFC 4861, 4.3 and 4.4: both have the target behind 8 bytes. */
static void read_target(const struct sk_buff *skb, unsigned int off, u64 *key)
{
	const struct nd_msg *msg;
	struct nd_msg buf;

	msg = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!msg)
		return;
	has(key, VSW_HAS_ND);
	key[VSW_KEY_INNER] = get_unaligned_be64(&msg->target.s6_addr[0]);
	key[VSW_KEY_INNER + 1] = get_unaligned_be64(&msg->target.s6_addr[8]);
}

static void read_icmp(const struct sk_buff *skb, unsigned int off, u8 proto,
		      u64 *key)
{
	const u8 *icmp;
	u8 buf[2];

	icmp = skb_header_pointer(skb, off, sizeof(buf), buf);
	if (!icmp)
		return;
	has(key, VSW_HAS_ICMP);
	key[VSW_KEY_L4] |= (u64)icmp[0] << 8 | icmp[1];
	if (proto == IPPROTO_ICMPV6 &&
	    (icmp[0] == NDISC_NEIGHBOUR_SOLICITATION ||
	     icmp[0] == NDISC_NEIGHBOUR_ADVERTISEMENT))
		read_target(skb, off, key);
}

static void read_l4(const struct sk_buff *skb, unsigned int off, u8 proto,
		    u64 *key)
{
	switch (proto) {
	case IPPROTO_TCP:
		read_tcp(skb, off, key);
		break;
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
	case IPPROTO_SCTP:
		read_ports(skb, off, key);
		break;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		read_icmp(skb, off, proto, key);
		break;
	}
}

static void set_ip(u64 *key, u64 version, u64 frag, u64 proto, u64 tos,
		   u64 ttl)
{
	has(key, VSW_HAS_IP | version);
	key[VSW_KEY_KIND] |= frag << VSW_KEY_FRAG_SHIFT |
			     proto << VSW_KEY_PROTO_SHIFT |
			     tos << VSW_KEY_TOS_SHIFT |
			     ttl << VSW_KEY_TTL_SHIFT;
}

static enum vsw_frag frag_of(unsigned int offset, bool more)
{
	if (offset)
		return VSW_FRAG_LATER;
	return more ? VSW_FRAG_FIRST : VSW_FRAG_NONE;
}

static void read_ipv4(const struct sk_buff *skb, unsigned int off,
		      enum vsw_key_depth depth, u64 *key)
{
	const struct iphdr *ip;
	enum vsw_frag frag;
	struct iphdr buf;

	ip = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!ip || ip->version != 4 || ip->ihl < 5)
		return;
	frag = frag_of(be16_to_cpu(ip->frag_off) & IP_OFFSET,
		       be16_to_cpu(ip->frag_off) & IP_MF);
	set_ip(key, VSW_HAS_IPV4, frag, ip->protocol, ip->tos, ip->ttl);
	key[VSW_KEY_IPV4] = pair(ip->saddr, ip->daddr);
	if (depth == VSW_KEY_DEPTH_L4 && frag != VSW_FRAG_LATER)
		read_l4(skb, off + ip->ihl * 4, ip->protocol, key);
}

/**
 * vsw_skip_ext_headers - look behind extension headers (RFC 8200, 4; RFC 4302)
 * @skb: the frame
 * @off: where the first begins; set to where what is behind them does
 * @proto: what is there; set to what is behind them
 *
 * Return: what part of the packet the frame has.
 */
enum vsw_frag vsw_skip_ext_headers(const struct sk_buff *skb,
				   unsigned int *off, u8 *proto)
{
	enum vsw_frag frag = VSW_FRAG_NONE;
	const struct frag_hdr *ext;
	unsigned int i, len;
	struct frag_hdr buf;

	for (i = 0; i < EXT_HEADERS_MAX && frag != VSW_FRAG_LATER; i++) {
		if (!ipv6_ext_hdr(*proto) || *proto == NEXTHDR_NONE)
			break;
		ext = skb_header_pointer(skb, *off, sizeof(buf), &buf);
		if (!ext)
			break;
		if (*proto == NEXTHDR_FRAGMENT) {
			len = sizeof(*ext);
			frag = frag_of(be16_to_cpu(ext->frag_off) & IP6_OFFSET,
				       be16_to_cpu(ext->frag_off) & IP6_MF);
		} else if (*proto == NEXTHDR_AUTH) {
			len = (ext->reserved + 2) * 4;
		} else {
			len = (ext->reserved + 1) * 8;
		}
		*proto = ext->nexthdr;
		*off += len;
	}
	return frag;
}

static void read_ipv6(const struct sk_buff *skb, unsigned int off,
		      enum vsw_key_depth depth, u64 *key)
{
	const struct ipv6hdr *ip;
	enum vsw_frag frag;
	struct ipv6hdr buf;
	u8 proto;

	ip = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!ip || ip->version != 6)
		return;
	key[VSW_KEY_IPV6_SRC] = get_unaligned_be64(&ip->saddr.s6_addr[0]);
	key[VSW_KEY_IPV6_SRC + 1] = get_unaligned_be64(&ip->saddr.s6_addr[8]);
	key[VSW_KEY_IPV6_DST] = get_unaligned_be64(&ip->daddr.s6_addr[0]);
	key[VSW_KEY_IPV6_DST + 1] = get_unaligned_be64(&ip->daddr.s6_addr[8]);
	off += sizeof(*ip);
	proto = ip->nexthdr;
	frag = vsw_skip_ext_headers(skb, &off, &proto);
	set_ip(key, VSW_HAS_IPV6, frag, proto, ipv6_get_dsfield(ip),
	       ip->hop_limit);
	if (depth == VSW_KEY_DEPTH_L4 && frag != VSW_FRAG_LATER)
		read_l4(skb, off, proto, key);
}

static void read_arp(const struct sk_buff *skb, unsigned int off, u64 *key)
{
	const struct arp_ipv4 *arp;
	struct arp_ipv4 buf;

	arp = skb_header_pointer(skb, off, sizeof(buf), &buf);
	if (!arp || arp->hdr.ar_hrd != htons(ARPHRD_ETHER) ||
	    arp->hdr.ar_pro != htons(ETH_P_IP) ||
	    arp->hdr.ar_hln != ETH_ALEN || arp->hdr.ar_pln != sizeof(__be32))
		return;
	has(key, VSW_HAS_ARP);
	key[VSW_KEY_VLAN] |= (u64)be16_to_cpu(arp->hdr.ar_op) <<
			     VSW_KEY_ARP_OP_SHIFT;
	key[VSW_KEY_IPV4] = (u64)get_unaligned_be32(arp->sender_ip) << 32 |
			    get_unaligned_be32(arp->target_ip);
	key[VSW_KEY_INNER] = mac_word(arp->sender_mac);
	key[VSW_KEY_INNER + 1] = mac_word(arp->target_mac);
}

/**
 * vsw_rule_key_l3 - where the packet in a frame begins
 * @pkt: the frame
 * @type: set to what it is
 *
 * Return: counted from the Ethernet header.
 */
unsigned int vsw_rule_key_l3(const struct vsw_pkt *pkt, __be16 *type)
{
	unsigned int off = ETH_HLEN;
	unsigned int n = pkt->sw->vlan_aware ||
			 skb_vlan_tag_present(pkt->skb);
	const struct vlan_hdr *tag;
	struct vlan_hdr buf;

	*type = eth_hdr(pkt->skb)->h_proto;
	for (; n < VSW_KEY_TAGS_MAX && eth_type_vlan(*type); n++) {
		tag = skb_header_pointer(pkt->skb, off, sizeof(buf), &buf);
		if (!tag)
			break;
		*type = tag->h_vlan_encapsulated_proto;
		off += VLAN_HLEN;
	}
	return off;
}

/* VLANs and the type behind them. Returns where that begins. */
static unsigned int read_vlans(const struct vsw_pkt *pkt, __be16 *type,
			       u64 *key)
{
	unsigned int off = ETH_HLEN, n = 0;
	const struct vlan_hdr *tag;
	u64 vid[VSW_KEY_TAGS_MAX] = {};
	struct vlan_hdr buf;

	/* Where tags are payload one may still be beside it. */
	if (pkt->sw->vlan_aware)
		vid[n++] = pkt->vid;
	else if (skb_vlan_tag_present(pkt->skb))
		vid[n++] = skb_vlan_tag_get_id(pkt->skb);
	while (n < VSW_KEY_TAGS_MAX && eth_type_vlan(*type)) {
		tag = skb_header_pointer(pkt->skb, off, sizeof(buf), &buf);
		if (!tag)
			break;
		vid[n++] = be16_to_cpu(tag->h_vlan_TCI) & VLAN_VID_MASK;
		*type = tag->h_vlan_encapsulated_proto;
		off += VLAN_HLEN;
	}
	key[VSW_KEY_VLAN] = vid[0] << VSW_KEY_VID_SHIFT |
			    vid[1] << VSW_KEY_INNER_VID_SHIFT;
	return off;
}

/**
 * vsw_rule_key_read - read what rules ask of a frame
 * @pkt: the frame, at its Ethernet header, on a VLAN-aware switch with its tag
 *	off
 * @depth: how far to look; what is behind that is 0
 * @key: where to put it
 *
 * Context: RCU read section.
 */
void vsw_rule_key_read(const struct vsw_pkt *pkt, enum vsw_key_depth depth,
		       u64 key[VSW_KEY_WORDS])
{
	const struct sk_buff *skb = pkt->skb;
	const struct ethhdr *eth = eth_hdr(skb);
	__be16 type = eth->h_proto;
	unsigned int off;

	memset(key, 0, VSW_KEY_WORDS * sizeof(*key));
	key[VSW_KEY_FROM] = vsw_rule_key_from(pkt);
	key[VSW_KEY_STATE] = vsw_rule_key_state(pkt);
	key[VSW_KEY_MAC_DST] = mac_word(eth->h_dest);
	key[VSW_KEY_MAC_SRC] = mac_word(eth->h_source);
	off = read_vlans(pkt, &type, key);
	key[VSW_KEY_KIND] = (u64)be16_to_cpu(type) << VSW_KEY_TYPE_SHIFT;
	if (depth == VSW_KEY_DEPTH_L2)
		return;
	switch (type) {
	case htons(ETH_P_IP):
		read_ipv4(skb, off, depth, key);
		break;
	case htons(ETH_P_IPV6):
		read_ipv6(skb, off, depth, key);
		break;
	case htons(ETH_P_ARP):
		read_arp(skb, off, key);
		break;
	}
}

/**
 * vsw_rule_key_depth - how far into a frame a mask looks
 * @mask: bits that are asked for
 *
 * Return: what to give to vsw_rule_key_read().
 */
enum vsw_key_depth vsw_rule_key_depth(const u64 mask[VSW_KEY_WORDS])
{
	const u64 l4 = (u64)(VSW_HAS_PORTS | VSW_HAS_TCP | VSW_HAS_ICMP |
			     VSW_HAS_ND) << VSW_KEY_HAS_SHIFT;
	const u64 l2 = GENMASK_ULL(63, VSW_KEY_TYPE_SHIFT);

	/* Whatever is of a layer is asked for with the bit that says so. */
	if (mask[VSW_KEY_KIND] & l4)
		return VSW_KEY_DEPTH_L4;
	if (mask[VSW_KEY_KIND] & ~l2)
		return VSW_KEY_DEPTH_L3;
	return VSW_KEY_DEPTH_L2;
}
