/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_FLOW_H
#define VSW_RULE_FLOW_H

#include <linux/unaligned.h>

#include "rule_key.h"

/* Words of a flow, without the two that are not of the frame, and those of
 * sets, for which it has addresses. No frame has addresses of IPv4, or of an
 * ARP, and of IPv6.
 */
#define VSW_FLOW_WORDS		(VSW_KEY_SET_SRC - 3)

/* Where headers begin in frames that have a shape. */
#define VSW_FLOW_L3		ETH_HLEN
#define VSW_FLOW_IPV4_L4	(VSW_FLOW_L3 + 20)
#define VSW_FLOW_IPV6_L4	(VSW_FLOW_L3 + 40)

/*
 * Frames that have the fields that rules ask for at the same places, counted
 * from the Ethernet header: of them, the bits asked for can be compared as they
 * stand there, whatever they mean. All others are of no shape; of those the
 * key has to be read. A tag in the frame, an option, an extension header, a
 * fragment and a header that is not linear make a frame one of no shape.
 */
enum vsw_shape {
	VSW_SHAPE_NONE,
	VSW_SHAPE_NONE_IPV6,	/* none, but it is IPv6 */
	VSW_SHAPE_OTHER,	/* neither ARP nor IP */
	VSW_SHAPE_ARP,
	VSW_SHAPE_IPV4_PORTS,	/* UDP, UDP-Lite, SCTP */
	VSW_SHAPE_IPV4_TCP,
	VSW_SHAPE_IPV4_ICMP,
	VSW_SHAPE_IPV4,		/* another protocol */
	VSW_SHAPE_IPV6_PORTS,
	VSW_SHAPE_IPV6_TCP,
	VSW_SHAPE_IPV6_ICMP,	/* but neighbour discovery */

	VSW_SHAPES,
};

/* Generations are counted in the lower bits: what the rules of a band say is
 * told from what those of others say by the upper ones.
 */
#define VSW_RULE_GEN_BAND_BITS	8
#define VSW_RULE_GEN(gen, band) \
	((gen) | (u64)(band) << (64 - VSW_RULE_GEN_BAND_BITS))

/* In what a flow is told by. */
#define VSW_FLOW_VID_SHIFT	4
#define VSW_FLOW_HASH_SHIFT	16

/**
 * struct vsw_flow_words - where frames of one shape have what rules ask for
 * @n: how many words
 * @shape: which
 * @is_few: one or two words are all that rules ask for
 * @end: bytes that have to be there; of those without a shape more than ever
 *	are
 * @word: they; may overlap
 * @word.mask: which bits, in the order in which they stand there
 * @word.off: where the word begins
 */
struct vsw_flow_words {
	u16	n;
	u8	shape;
	bool	is_few;
	u32	end;
	struct {
		u64	mask;
		u64	off;
	} word[VSW_FLOW_WORDS];
};

/**
 * struct vsw_flow - what rules ask of a frame
 * @gen: generation of the rules, and band
 * @from: port and mark, as %VSW_KEY_FROM
 * @state: group and connection, as %VSW_KEY_STATE
 * @hash: of all but @gen
 * @kind: shape, VID unless it has none, and a part of @hash
 * @words: where the rest stands
 * @base: from here on
 */
struct vsw_flow {
	u64			gen;
	u64			from;
	u64			state;
	u64			hash;
	u32			kind;
	const struct vsw_flow_words *words;
	const u8		*base;
};

/**
 * vsw_flow_word - one word of a flow
 * @flow: the flow
 * @i: which, less than its number of words
 *
 * Return: the word.
 */
static inline u64 vsw_flow_word(const struct vsw_flow *flow, unsigned int i)
{
	return get_unaligned((const u64 *)(flow->base +
					   flow->words->word[i].off)) &
	       flow->words->word[i].mask;
}

void vsw_flow_compile(const u64 mask[VSW_KEY_WORDS],
		      struct vsw_flow_words words[VSW_SHAPES]);

#endif /* VSW_RULE_FLOW_H */
