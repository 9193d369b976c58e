// SPDX-License-Identifier: GPL-2.0
/*
 * From bytes to an skb, in one of the many ways in which it can hold them.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/mm.h>
#include <net/checksum.h>

#include "ff.h"

#define MAX_MEMBERS	5

static struct sk_buff *alloc_linear(const u8 *data, u32 len,
				    struct rnd_state *rnd)
{
	static const u32 headroom[] = { 0, 0, 2, 4, 64, 256 };
	u32 room = headroom[ff_below(rnd, ARRAY_SIZE(headroom))];
	struct sk_buff *skb = alloc_skb(room + len, GFP_KERNEL);

	if (skb) {
		skb_reserve(skb, room);
		skb_put_data(skb, data, len);
	}
	return skb;
}

/* Appends page fragments; false if there is no memory for them. */
static bool add_frags(struct sk_buff *skb, const u8 *data, u32 len,
		      struct rnd_state *rnd)
{
	u32 n, size, offset;
	struct page *page;

	for (n = 0; len; n++, data += size, len -= size) {
		size = min_t(u32, len, PAGE_SIZE);
		/* Small ones as long as the rest will fit. */
		if (len <= (MAX_SKB_FRAGS - n - 1) * PAGE_SIZE)
			size = 1 + ff_below(rnd, size);
		offset = ff_below(rnd, PAGE_SIZE - size + 1);
		page = alloc_page(GFP_KERNEL);
		if (!page)
			return false;
		memcpy(page_address(page) + offset, data, size);
		skb_add_rx_frag(skb, n, page, offset, size, PAGE_SIZE);
	}
	return true;
}

static bool add_members(struct sk_buff *skb, const u8 *data, u32 len,
			u32 size, struct rnd_state *rnd)
{
	struct sk_buff **next = &skb_shinfo(skb)->frag_list, *member;

	for (; len; data += size, len -= size) {
		size = min(len, size);
		member = alloc_linear(data, size, rnd);
		if (!member)
			return false;
		*next = member;
		next = &member->next;
		skb->len += size;
		skb->data_len += size;
		skb->truesize += member->truesize;
	}
	return true;
}

/* How long the linear part has to be: what the core relies on in a frame to be
 * segmented, or with a checksum to be completed.
 */
static u32 least_linear(const struct ff_frame *f, u32 sum)
{
	if (f->gso_type)
		return f->hdr_len;
	if (sum == FF_SUM_PARTIAL && f->l4)
		return f->l4 + f->sum_at + sizeof(__sum16);
	return ETH_HLEN;
}

static struct sk_buff *build(const struct ff_frame *f, u32 geo, u32 sum,
			     struct rnd_state *rnd)
{
	u32 linear = min(least_linear(f, sum), f->len), rest, size, members;
	struct sk_buff *skb;
	bool ok = true;

	if (geo == FF_GEO_LINEAR)
		linear = f->len;
	else if (f->gso_type && geo == FF_GEO_FRAG_LIST)
		linear += f->gso_size;
	else if (f->len > linear && ff_chance(rnd, 60))
		linear += ff_below(rnd, min(f->len - linear, 300U));
	linear = min(linear, f->len);
	skb = alloc_linear(f->buf, linear, rnd);
	if (!skb)
		return NULL;
	rest = f->len - linear;
	if (geo == FF_GEO_FRAG_LIST && rest) {
		members = 1 + ff_below(rnd, MAX_MEMBERS);
		size = f->gso_type ? f->gso_size : DIV_ROUND_UP(rest, members);
		ok = add_members(skb, f->buf + linear, rest, size, rnd);
	} else if (rest) {
		ok = add_frags(skb, f->buf + linear, rest, rnd);
	}
	if (ok)
		return skb;
	kfree_skb(skb);
	return NULL;
}

static void set_gso(struct sk_buff *skb, const struct ff_frame *f)
{
	struct skb_shared_info *info = skb_shinfo(skb);

	info->gso_type = f->gso_type;
	info->gso_size = f->gso_size;
	if (!(f->gso_type & SKB_GSO_DODGY))
		info->gso_segs = DIV_ROUND_UP(f->len - f->hdr_len,
					      f->gso_size);
	skb_partial_csum_set(skb, f->l4, f->sum_at);
	skb_set_network_header(skb, f->l3);
	if (!f->outer_l3)
		return;
	skb->encapsulation = 1;
	skb_set_inner_protocol(skb, htons(ETH_P_TEB));
	skb_set_inner_mac_header(skb, f->l3 - ETH_HLEN);
	skb_set_inner_network_header(skb, f->l3);
	skb_set_inner_transport_header(skb, f->l4);
	skb_set_network_header(skb, f->outer_l3);
	skb_set_transport_header(skb, f->outer_l4);
}

/* At some place that the core lets a guest say, by a header of virtio's. */
static void set_random_sum(struct sk_buff *skb, u32 first, u32 last,
			   struct rnd_state *rnd)
{
	u32 end = min(skb_headlen(skb), 0x7fffU), start, offset;

	last = min(last, end);
	if (end < first + sizeof(__sum16) || last <= first)
		return;
	start = first + ff_below(rnd, last - first);
	if (start + sizeof(__sum16) > end)
		return;
	offset = ff_below(rnd, min(end - start - 1, 64U));
	skb_partial_csum_set(skb, start, offset);
}

static void set_sum(struct sk_buff *skb, const struct ff_frame *f, u32 sum,
		    struct rnd_state *rnd)
{
	switch (sum) {
	case FF_SUM_UNNECESSARY:
		skb->ip_summed = CHECKSUM_UNNECESSARY;
		skb->csum_level = ff_below(rnd, 2);
		break;
	case FF_SUM_PARTIAL:
		if (f->l4 && f->l4 + f->sum_at + sizeof(__sum16) <=
		    skb_headlen(skb))
			skb_partial_csum_set(skb, f->l4, f->sum_at);
		break;
	case FF_SUM_RANDOM:
		set_random_sum(skb, ETH_HLEN + 3 * VLAN_HLEN, U32_MAX, rnd);
		break;
	case FF_SUM_HOSTILE:
		set_random_sum(skb, 0, ETH_HLEN + 3 * VLAN_HLEN, rnd);
		break;
	}
}

/**
 * ff_skb_build - make an skb of a frame
 * @f: the frame
 * @req: what to choose from
 * @geo: its geometry, one of them
 * @rnd: source of chance
 *
 * Context: may sleep.
 * Return: the skb, its data at the Ethernet header, or NULL if there is no
 *	memory.
 */
struct sk_buff *ff_skb_build(const struct ff_frame *f,
			     const struct ff_inject *req, u32 geo,
			     struct rnd_state *rnd)
{
	u32 sum = ff_one_of(rnd, req->sum);
	struct sk_buff *skb = build(f, geo, sum, rnd);

	if (!skb)
		return NULL;
	skb_reset_mac_header(skb);
	if (f->gso_type)
		set_gso(skb, f);
	else
		set_sum(skb, f, sum, rnd);
	if (f->tagged)
		__vlan_hwaccel_put_tag(skb, f->tag_proto, f->tag_tci);
	if (sum == FF_SUM_COMPLETE && !f->gso_type) {
		skb->ip_summed = CHECKSUM_COMPLETE;
		skb->csum = skb_checksum(skb, ETH_HLEN, skb->len - ETH_HLEN, 0);
	}
	return skb;
}
