/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_KEY_H
#define VSW_RULE_KEY_H

#include <linux/netdevice.h>

#include "vsw.h"

/*
 * What rules can ask of a frame, in words of 64 bits so that masks, hashes and
 * comparisons need not know what is in them. All in host order, the first of
 * two in the upper half. What a frame does not have is 0, and VSW_HAS_* says
 * that it is not there.
 */
enum vsw_key_word {
	VSW_KEY_FROM,		/* ifindex of the port; mark */
	VSW_KEY_STATE,		/* group of the port; connection */
	VSW_KEY_KIND,		/* type, has, fragment, protocol, ToS, TTL */
	VSW_KEY_L4,		/* ports; TCP flags; ICMP type, code */
	VSW_KEY_IPV4,		/* source, destination; or ARP's */
	VSW_KEY_VLAN,		/* VID, inner VID, ARP operation */
	VSW_KEY_MAC_DST,
	VSW_KEY_MAC_SRC,
	VSW_KEY_IPV6_SRC,	/* two words each */
	VSW_KEY_IPV6_DST = VSW_KEY_IPV6_SRC + 2,
	VSW_KEY_INNER = VSW_KEY_IPV6_DST + 2, /* ARP's MACs; or ND's target */
	VSW_KEY_SET_SRC = VSW_KEY_INNER + 2, /* sets that addresses are in */
	VSW_KEY_SET_DST,
	VSW_KEY_SET_ND,

	VSW_KEY_WORDS,
};

/* Places in the words above. */
#define VSW_KEY_PORT_SHIFT	32
#define VSW_KEY_GROUP_SHIFT	48
#define VSW_KEY_CT_SHIFT	40
#define VSW_KEY_TYPE_SHIFT	48
#define VSW_KEY_HAS_SHIFT	40
#define VSW_KEY_FRAG_SHIFT	32
#define VSW_KEY_PROTO_SHIFT	24
#define VSW_KEY_TOS_SHIFT	16
#define VSW_KEY_TTL_SHIFT	8
#define VSW_KEY_SPORT_SHIFT	48
#define VSW_KEY_DPORT_SHIFT	32
#define VSW_KEY_FLAGS_SHIFT	16
#define VSW_KEY_ICMP_SHIFT	0
#define VSW_KEY_VID_SHIFT	48
#define VSW_KEY_INNER_VID_SHIFT	32
#define VSW_KEY_ARP_OP_SHIFT	16

/* Tags that are looked behind, that of the switch's own VLANs included; one
 * more is a type.
 */
#define VSW_KEY_TAGS_MAX	3

/* What a frame has, and so what in its key means something. */
#define VSW_HAS_IP		BIT(0)
#define VSW_HAS_IPV4		BIT(1)
#define VSW_HAS_IPV6		BIT(2)
#define VSW_HAS_ARP		BIT(3)
#define VSW_HAS_PORTS		BIT(4)
#define VSW_HAS_TCP		BIT(5)
#define VSW_HAS_ICMP		BIT(6)
#define VSW_HAS_ND		BIT(7)

/* How far into a frame rules look. */
enum vsw_key_depth {
	VSW_KEY_DEPTH_L2,
	VSW_KEY_DEPTH_L3,
	VSW_KEY_DEPTH_L4,
};

/**
 * vsw_rule_key_from - a word of a key that is not of the frame itself
 * @pkt: the frame
 *
 * Return: %VSW_KEY_FROM.
 */
static inline u64 vsw_rule_key_from(const struct vsw_pkt *pkt)
{
	return (u64)pkt->in->dev->ifindex << VSW_KEY_PORT_SHIFT |
	       pkt->skb->mark;
}

/**
 * vsw_rule_key_state - another
 * @pkt: the frame
 *
 * Return: %VSW_KEY_STATE.
 */
static inline u64 vsw_rule_key_state(const struct vsw_pkt *pkt)
{
	return (u64)pkt->group_id << VSW_KEY_GROUP_SHIFT |
	       (u64)pkt->ct << VSW_KEY_CT_SHIFT;
}

void vsw_rule_key_read(const struct vsw_pkt *pkt, enum vsw_key_depth depth,
		       u64 key[VSW_KEY_WORDS]);
unsigned int vsw_rule_key_l3(const struct vsw_pkt *pkt, __be16 *type);
enum vsw_frag vsw_skip_ext_headers(const struct sk_buff *skb,
				   unsigned int *off, u8 *proto);
enum vsw_key_depth vsw_rule_key_depth(const u64 mask[VSW_KEY_WORDS]);

#endif /* VSW_RULE_KEY_H */
