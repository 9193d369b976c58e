// SPDX-License-Identifier: GPL-2.0
/*
 * How to compare flows without a look at what their frames mean.
 */
#include <linux/if_ether.h>

#include "rule_flow.h"

#define L3			VSW_FLOW_L3
#define V4_L4			VSW_FLOW_IPV4_L4
#define V6_L4			VSW_FLOW_IPV6_L4

#define ARP_SHAPE		BIT(VSW_SHAPE_ARP)
#define IPV4_L4_SHAPES		(BIT(VSW_SHAPE_IPV4_PORTS) | \
				 BIT(VSW_SHAPE_IPV4_TCP))
#define IPV4_SHAPES		(IPV4_L4_SHAPES | BIT(VSW_SHAPE_IPV4_ICMP) | \
				 BIT(VSW_SHAPE_IPV4))
#define IPV6_L4_SHAPES		(BIT(VSW_SHAPE_IPV6_PORTS) | \
				 BIT(VSW_SHAPE_IPV6_TCP))
#define IPV6_SHAPES		(IPV6_L4_SHAPES | BIT(VSW_SHAPE_IPV6_ICMP))
#define ALL_SHAPES		(BIT(VSW_SHAPE_OTHER) | ARP_SHAPE | \
				 IPV4_SHAPES | IPV6_SHAPES)

/* Bytes to look at. */
#define BYTES			(V6_L4 + 20)

/* Where a field of a key stands in frames of some shapes. What they all have in
 * common, as its type, is no part of this: the shape says it. Of what is not
 * there, as the ports of ICMP, the key has 0 for all of the shape.
 */
struct field {
	u8	word;		/* &enum vsw_key_word */
	u8	shift;		/* in the word */
	u8	bits;
	u8	off;		/* of the bytes in the frame */
	u8	behind;		/* bits that follow in the last byte */
	u16	shapes;
};

static const struct field fields[] = {
	/* IEEE 802.3, 3.1.1 */
	{ VSW_KEY_MAC_DST, 0, 48, 0, 0, ALL_SHAPES },
	{ VSW_KEY_MAC_SRC, 0, 48, ETH_ALEN, 0, ALL_SHAPES },
	{ VSW_KEY_KIND, VSW_KEY_TYPE_SHIFT, 16, 2 * ETH_ALEN, 0,
	  BIT(VSW_SHAPE_OTHER) },
	/* RFC 826 */
	{ VSW_KEY_VLAN, VSW_KEY_ARP_OP_SHIFT, 16, L3 + 6, 0, ARP_SHAPE },
	{ VSW_KEY_INNER, 0, 48, L3 + 8, 0, ARP_SHAPE },
	{ VSW_KEY_IPV4, 32, 32, L3 + 14, 0, ARP_SHAPE },
	{ VSW_KEY_INNER + 1, 0, 48, L3 + 18, 0, ARP_SHAPE },
	{ VSW_KEY_IPV4, 0, 32, L3 + 24, 0, ARP_SHAPE },
	/* RFC 791, 3.1 */
	{ VSW_KEY_KIND, VSW_KEY_TOS_SHIFT, 8, L3 + 1, 0, IPV4_SHAPES },
	{ VSW_KEY_KIND, VSW_KEY_TTL_SHIFT, 8, L3 + 8, 0, IPV4_SHAPES },
	{ VSW_KEY_KIND, VSW_KEY_PROTO_SHIFT, 8, L3 + 9, 0, IPV4_SHAPES },
	{ VSW_KEY_IPV4, 0, 64, L3 + 12, 0, IPV4_SHAPES },
	/* RFC 8200, 3 */
	{ VSW_KEY_KIND, VSW_KEY_TOS_SHIFT, 8, L3, 4, IPV6_SHAPES },
	{ VSW_KEY_KIND, VSW_KEY_PROTO_SHIFT, 8, L3 + 6, 0, IPV6_SHAPES },
	{ VSW_KEY_KIND, VSW_KEY_TTL_SHIFT, 8, L3 + 7, 0, IPV6_SHAPES },
	{ VSW_KEY_IPV6_SRC, 0, 64, L3 + 8, 0, IPV6_SHAPES },
	{ VSW_KEY_IPV6_SRC + 1, 0, 64, L3 + 16, 0, IPV6_SHAPES },
	{ VSW_KEY_IPV6_DST, 0, 64, L3 + 24, 0, IPV6_SHAPES },
	{ VSW_KEY_IPV6_DST + 1, 0, 64, L3 + 32, 0, IPV6_SHAPES },
	/* RFC 768, RFC 9260, 3.1, and RFC 9293, 3.1 */
	{ VSW_KEY_L4, VSW_KEY_DPORT_SHIFT, 32, V4_L4, 0, IPV4_L4_SHAPES },
	{ VSW_KEY_L4, VSW_KEY_DPORT_SHIFT, 32, V6_L4, 0, IPV6_L4_SHAPES },
	{ VSW_KEY_L4, VSW_KEY_FLAGS_SHIFT, 12, V4_L4 + 12, 0,
	  BIT(VSW_SHAPE_IPV4_TCP) },
	{ VSW_KEY_L4, VSW_KEY_FLAGS_SHIFT, 12, V6_L4 + 12, 0,
	  BIT(VSW_SHAPE_IPV6_TCP) },
	/* RFC 792 and RFC 4443, 2.1 */
	{ VSW_KEY_L4, VSW_KEY_ICMP_SHIFT, 16, V4_L4, 0,
	  BIT(VSW_SHAPE_IPV4_ICMP) },
	{ VSW_KEY_L4, VSW_KEY_ICMP_SHIFT, 16, V6_L4, 0,
	  BIT(VSW_SHAPE_IPV6_ICMP) },
};

/* What vsw_rule_key_read() wants to be there before it takes a field from it:
 * where that is not, the frame has no shape.
 */
static const u8 least[VSW_SHAPES] = {
	[VSW_SHAPE_OTHER]	= ETH_HLEN,
	[VSW_SHAPE_ARP]		= L3 + 28,
	[VSW_SHAPE_IPV4_PORTS]	= V4_L4 + 4,
	[VSW_SHAPE_IPV4_TCP]	= V4_L4 + 20,
	[VSW_SHAPE_IPV4_ICMP]	= V4_L4 + 2,
	[VSW_SHAPE_IPV4]	= V4_L4,
	[VSW_SHAPE_IPV6_PORTS]	= V6_L4 + 4,
	[VSW_SHAPE_IPV6_TCP]	= V6_L4 + 20,
	[VSW_SHAPE_IPV6_ICMP]	= V6_L4 + 2,
};

/* The bits that a mask of keys has in a field, as they stand in the frame. */
static void put_field(const struct field *field,
		      const u64 mask[VSW_KEY_WORDS], u8 bytes[BYTES])
{
	unsigned int n = DIV_ROUND_UP(field->bits + field->behind, 8);
	u64 bits = mask[field->word] >> field->shift &
		   GENMASK_ULL(field->bits - 1, 0);

	for (bits <<= field->behind; n--; bits >>= 8)
		bytes[field->off + n] |= bits;
}

/* The fewest words that have all the bytes. */
static void cover(const u8 bytes[BYTES], struct vsw_flow_words *words)
{
	u8 at[sizeof(u64)];
	unsigned int i, k;

	for (i = 0; i < BYTES; i++) {
		if (!bytes[i])
			continue;
		memset(at, 0, sizeof(at));
		for (k = 0; k < sizeof(at) && i + k < BYTES; k++)
			at[k] = bytes[i + k];
		words->word[words->n].off = i;
		words->word[words->n++].mask = get_unaligned((u64 *)at);
		i += sizeof(at) - 1;
		words->end = max(words->end, i + 1);
	}
}

static void add_word(struct vsw_flow_words *words, unsigned int shape,
		     unsigned int i, u64 mask)
{
	words[shape].word[words[shape].n].off = i * sizeof(u64);
	words[shape].word[words[shape].n++].mask = mask;
}

/* Frames without a shape. A word that they never have is left out. */
static void count_from_key(const u64 mask[VSW_KEY_WORDS],
			   struct vsw_flow_words *words)
{
	unsigned int i;

	words[VSW_SHAPE_NONE_IPV6].shape = VSW_SHAPE_NONE_IPV6;
	words[VSW_SHAPE_NONE_IPV6].end = U32_MAX;
	words[VSW_SHAPE_NONE].end = U32_MAX;
	for (i = VSW_KEY_STATE + 1; i < VSW_KEY_WORDS; i++) {
		if (!mask[i])
			continue;
		if (i != VSW_KEY_IPV4)
			add_word(words, VSW_SHAPE_NONE_IPV6, i, mask[i]);
		if (i < VSW_KEY_IPV6_SRC || i >= VSW_KEY_INNER)
			add_word(words, VSW_SHAPE_NONE, i, mask[i]);
	}
}

/**
 * vsw_flow_compile - find out where frames have what rules ask for
 * @mask: what they ask for
 * @words: set to where it is, by shape; without one, from the key on
 */
void vsw_flow_compile(const u64 mask[VSW_KEY_WORDS],
		      struct vsw_flow_words words[VSW_SHAPES])
{
	unsigned int shape, i;

	memset(words, 0, VSW_SHAPES * sizeof(*words));
	count_from_key(mask, words);
	for (shape = VSW_SHAPE_NONE_IPV6 + 1; shape < VSW_SHAPES; shape++) {
		u8 bytes[BYTES] = {};

		for (i = 0; i < ARRAY_SIZE(fields); i++)
			if (fields[i].shapes & BIT(shape))
				put_field(&fields[i], mask, bytes);
		words[shape].shape = shape;
		words[shape].end = least[shape];
		cover(bytes, &words[shape]);
	}
}
