// SPDX-License-Identifier: GPL-2.0
/*
 * The bytes of a frame.
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>
#include <net/udp.h>

#include "ff.h"

#define VXLAN_PORT	4789
#define VXLAN_HLEN	8
#define GSO_MIN		88		/* TCP_MIN_GSO_SIZE, and more */
#define GSO_PAYLOAD	60000

static void pick_dst(u8 *p, const struct ff_inject *req, struct rnd_state *rnd)
{
	prandom_bytes_state(rnd, p, ETH_ALEN);
	switch (ff_one_of(rnd, req->dst)) {
	case FF_DST_BROADCAST:
		eth_broadcast_addr(p);
		break;
	case FF_DST_MULTICAST:
		/* None of the reserved ones. */
		p[0] = 0x33;
		break;
	case FF_DST_RESERVED:
		ether_addr_copy(p, eth_reserved_addr_base);
		p[5] = ff_below(rnd, 16);
		break;
	case FF_DST_UNKNOWN:
		p[0] = 0x06;
		break;
	case FF_DST_STATION:
		memcpy(p, "\x02\0\0\0\0", 5);
		p[5] = ff_below(rnd, 8);
		break;
	case FF_DST_STATIC:
		memcpy(p, "\x02\x57\0\0\0", 5);
		p[5] = ff_below(rnd, 8);
		break;
	case FF_DST_LOCAL:
		ether_addr_copy(p, req->local);
		break;
	case FF_DST_ZERO:
		eth_zero_addr(p);
		break;
	}
}

static void pick_src(u8 *p, const struct ff_inject *req, struct rnd_state *rnd)
{
	prandom_bytes_state(rnd, p, ETH_ALEN);
	switch (ff_one_of(rnd, req->src)) {
	case FF_SRC_FEW:
		memcpy(p, "\x02\0\0\0\0", 5);
		p[5] = ff_below(rnd, 8);
		break;
	case FF_SRC_MANY:
		memcpy(p, "\x02\0\0\x01", 4);
		break;
	case FF_SRC_RANDOM:
		p[0] &= ~0x05;
		break;
	case FF_SRC_GROUP:
		p[0] |= 0x01;
		break;
	case FF_SRC_ZERO:
		eth_zero_addr(p);
		break;
	case FF_SRC_LOCAL:
		ether_addr_copy(p, req->local);
		break;
	}
}

static u16 pick_tci(const struct ff_inject *req, struct rnd_state *rnd)
{
	u16 vid;

	if (ff_chance(rnd, 70))
		vid = req->vids[ff_below(rnd, ARRAY_SIZE(req->vids))];
	else if (ff_chance(rnd, 50))
		vid = ff_chance(rnd, 50) ? 0 : VLAN_VID_MASK;
	else
		vid = ff_below(rnd, VLAN_N_VID);
	/* Priority and drop eligible bit. */
	return ff_below(rnd, 16) << 12 | vid;
}

static __be16 pick_tpid(struct rnd_state *rnd)
{
	u32 n = ff_below(rnd, 10);

	return htons(n < 7 ? ETH_P_8021Q : n < 9 ? ETH_P_8021AD : ETH_P_QINQ1);
}

static void put_be16(u8 *p, __be16 v)
{
	memcpy(p, &v, sizeof(v));
}

/* Addresses and tags; returns where the Ethernet type goes. */
static u32 put_ethernet(struct ff_frame *f, const struct ff_inject *req,
			struct rnd_state *rnd)
{
	u32 tag = ff_one_of(rnd, req->tag);
	u32 n = 0, at = 2 * ETH_ALEN;

	pick_dst(f->buf, req, rnd);
	pick_src(f->buf + ETH_ALEN, req, rnd);
	f->tagged = tag == FF_TAG_BESIDE;
	if (f->tagged) {
		f->tag_proto = htons(ff_chance(rnd, 80) ? ETH_P_8021Q :
				     ETH_P_8021AD);
		f->tag_tci = pick_tci(req, rnd);
		n = ff_chance(rnd, 60) ? 0 : 1 + ff_below(rnd, 2);
	} else if (tag == FF_TAG_FRAME) {
		n = ff_chance(rnd, 60) ? 1 : 1 + ff_below(rnd, 3);
	}
	for (; n; n--, at += VLAN_HLEN) {
		put_be16(f->buf + at, pick_tpid(rnd));
		put_be16(f->buf + at + 2, htons(pick_tci(req, rnd)));
	}
	return at;
}

static u32 pick_len(const struct ff_inject *req, struct rnd_state *rnd)
{
	static const u32 limit[] = { 20, 64, 128, 1522, 1522, 9018 };
	u32 max = limit[ff_below(rnd, ARRAY_SIZE(limit))];

	/* Long ones cost time. */
	if (ff_chance(rnd, 1))
		max = FF_LEN_MAX;
	max = clamp(max, req->min_len, req->max_len);
	if (ff_chance(rnd, 10))
		return max;
	return req->min_len + ff_below(rnd, max - req->min_len + 1);
}

static void put_ipv4(u8 *p, u32 len, u8 proto)
{
	struct iphdr ip = {
		.version = 4, .ihl = 5, .ttl = 64, .protocol = proto,
		.tot_len = htons(min(len, 0xffffU)),
		.saddr = htonl(0xc0000201), .daddr = htonl(0xc0000202),
	};

	ip.check = ip_fast_csum(&ip, ip.ihl);
	memcpy(p, &ip, sizeof(ip));
}

static void put_ipv6(u8 *p, u32 len, u8 proto)
{
	struct ipv6hdr ip = {
		.version = 6, .hop_limit = 64, .nexthdr = proto,
		.payload_len = htons(min_t(u32, len - sizeof(ip), 0xffff)),
	};

	ip.saddr.s6_addr[0] = 0xfd;
	ip.daddr.s6_addr[0] = 0xfd;
	ip.daddr.s6_addr[15] = 2;
	memcpy(p, &ip, sizeof(ip));
}

/* TCP or UDP, its checksum as it is before a device completes it. */
static void put_l4(u8 *l3, u8 *l4, u32 len, u8 proto, bool v6)
{
	struct tcphdr tcp = {
		.source = htons(1), .dest = htons(2), .doff = 5, .ack = 1,
		.window = htons(512),
	};
	struct udphdr udp = {
		.source = htons(1), .dest = htons(2),
		.len = htons(min(len, 0xffffU)),
	};
	struct ipv6hdr ip6;
	__sum16 sum;

	if (v6) {
		memcpy(&ip6, l3, sizeof(ip6));
		sum = ~csum_ipv6_magic(&ip6.saddr, &ip6.daddr, len, proto, 0);
	} else {
		sum = ~csum_tcpudp_magic(htonl(0xc0000201), htonl(0xc0000202),
					 len, proto, 0);
	}
	tcp.check = sum;
	udp.check = sum;
	if (proto == IPPROTO_TCP)
		memcpy(l4, &tcp, sizeof(tcp));
	else
		memcpy(l4, &udp, sizeof(udp));
}

/* From the Ethernet type at @at to the end of the layer 4 header. */
static u32 put_ip(struct ff_frame *f, u32 at, u8 proto, bool v6)
{
	u32 l3 = at + 2, l4 = l3 + (v6 ? sizeof(struct ipv6hdr) :
				    sizeof(struct iphdr));

	put_be16(f->buf + at, htons(v6 ? ETH_P_IPV6 : ETH_P_IP));
	if (v6)
		put_ipv6(f->buf + l3, f->len - l3, proto);
	else
		put_ipv4(f->buf + l3, f->len - l3, proto);
	put_l4(f->buf + l3, f->buf + l4, f->len - l4, proto, v6);
	f->l3 = l3;
	f->l4 = l4;
	if (proto == IPPROTO_TCP) {
		f->sum_at = offsetof(struct tcphdr, check);
		return l4 + sizeof(struct tcphdr);
	}
	f->sum_at = offsetof(struct udphdr, check);
	return l4 + sizeof(struct udphdr);
}

/* An outer IPv4, UDP and VXLAN header; returns where the inner type goes. */
static u32 put_tunnel(struct ff_frame *f, u32 at)
{
	u32 l4 = put_ip(f, at, IPPROTO_UDP, false) - sizeof(struct udphdr);
	struct udphdr udp = {
		.source = htons(1), .dest = htons(VXLAN_PORT),
		.len = htons(f->len - l4),
	};
	u32 inner = l4 + sizeof(udp) + VXLAN_HLEN;

	memcpy(f->buf + l4, &udp, sizeof(udp));
	memcpy(f->buf + l4 + sizeof(udp), "\x08\0\0\0\0\0\x2a", VXLAN_HLEN);
	memcpy(f->buf + inner, "\x02\0\0\0\0\x08\x02\0\0\0\0\x09",
	       2 * ETH_ALEN);
	f->outer_l3 = f->l3;
	f->outer_l4 = l4;
	return inner + 2 * ETH_ALEN;
}

/* As a stack sends it, a tap hands it in, or GRO made it of several. */
static void put_gso(struct ff_frame *f, u32 at, const struct ff_inject *req,
		    struct rnd_state *rnd)
{
	/* Adapters offer no segmentation of tunnels: the core cuts those. */
	bool tunnel = !(req->flags & FF_FLAG_XMIT) && ff_chance(rnd, 20);
	bool v6 = ff_chance(rnd, 40);
	u8 proto = ff_chance(rnd, 70) ? IPPROTO_TCP : IPPROTO_UDP;
	u32 segs = 2 + ff_below(rnd, ff_chance(rnd, 10) ? 40 : 6);

	f->gso_size = GSO_MIN + ff_below(rnd, 1460 - GSO_MIN);
	segs = min_t(u32, segs, GSO_PAYLOAD / f->gso_size);
	/* Headers have to be of full size before lengths are known. */
	f->len = at + 200 + segs * f->gso_size - ff_below(rnd, f->gso_size);
	if (tunnel) {
		proto = IPPROTO_TCP;
		at = put_tunnel(f, at);
		f->gso_type = SKB_GSO_UDP_TUNNEL;
	}
	f->hdr_len = put_ip(f, at, proto, v6);
	if (proto == IPPROTO_UDP)
		f->gso_type = SKB_GSO_UDP_L4;
	else
		f->gso_type |= v6 ? SKB_GSO_TCPV6 : SKB_GSO_TCPV4;
	/* Only what comes from guests is to be distrusted. */
	if (!tunnel && ff_chance(rnd, 50))
		f->gso_type |= SKB_GSO_DODGY;
}

static void put_arp(u8 *p)
{
	static const u8 arp[] = {
		0, ARPHRD_ETHER, ETH_P_IP >> 8, 0, ETH_ALEN, 4, 0,
		ARPOP_REQUEST,
	};

	memcpy(p, arp, sizeof(arp));
}

/* What follows the addresses and tags. */
static void put_payload(struct ff_frame *f, u32 at, struct rnd_state *rnd)
{
	switch (ff_below(rnd, 8)) {
	case 0:
		/* Random bytes. */
		break;
	case 1:
		put_be16(f->buf + at, htons(ETH_P_ARP));
		put_arp(f->buf + at + 2);
		break;
	case 2:
		/* LLC, with a length that need not be true. */
		put_be16(f->buf + at, htons(ff_below(rnd, ETH_P_802_3_MIN)));
		memcpy(f->buf + at + 2, "\x42\x42\x03", 3);
		break;
	case 3:
		put_be16(f->buf + at, htons(ETH_P_LLDP));
		break;
	default:
		put_ip(f, at, ff_chance(rnd, 50) ? IPPROTO_TCP : IPPROTO_UDP,
		       ff_chance(rnd, 40));
	}
}

/* Behind the addresses: those say what becomes of a frame. */
static void mangle(struct ff_frame *f, const struct ff_inject *req,
		   struct rnd_state *rnd)
{
	u32 n;

	if (ff_chance(rnd, 30))
		f->len = req->min_len +
			 ff_below(rnd, f->len - req->min_len + 1);
	if (f->len <= 2 * ETH_ALEN || !ff_chance(rnd, 30))
		return;
	for (n = ff_below(rnd, 6); n; n--)
		f->buf[2 * ETH_ALEN + ff_below(rnd, f->len - 2 * ETH_ALEN)] =
			prandom_u32_state(rnd);
}

/**
 * ff_content - make up a frame
 * @f: where; all but its buffer is set here
 * @req: what to choose from
 * @rnd: source of chance
 *
 * What is left of the last frame in the buffer serves as payload.
 */
void ff_content(struct ff_frame *f, const struct ff_inject *req,
		struct rnd_state *rnd)
{
	u32 at;

	*f = (struct ff_frame) { .buf = f->buf };
	at = put_ethernet(f, req, rnd);
	prandom_bytes_state(rnd, f->buf + at, 64);
	if ((req->geo & FF_GEO_GSO) && ff_chance(rnd, 10)) {
		put_gso(f, at, req, rnd);
		return;
	}
	f->len = pick_len(req, rnd);
	put_payload(f, at, rnd);
	if (req->flags & FF_FLAG_MANGLE)
		mangle(f, req, rnd);
}
