// SPDX-License-Identifier: GPL-2.0
/*
 * Frames into a port, in the way its driver or the host would hand them in.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>

#include "ff.h"

/* Frames, tags included that are beside them, and what pads them. */
#define BUF_LEN		(FF_LEN_MAX + 256)

struct ff_ref ff_ref;

static u8 *frame_buf;

/* Of the bytes of an skb, wherever its data starts. */
static __wsum sum_of(const struct sk_buff *skb, u32 len)
{
	return skb_checksum(skb, skb_mac_offset(skb), len, 0);
}

/* What the sinks have to compare with: all tags in the frame. */
static void set_ref(const struct ff_frame *f, const struct sk_buff *skb)
{
	struct skb_shared_info *info = skb_shinfo(skb);
	u32 at = 2 * ETH_ALEN, tag = f->tagged ? VLAN_HLEN : 0;
	struct vlan_hdr beside = {
		.h_vlan_TCI = f->tag_proto,
		.h_vlan_encapsulated_proto = htons(f->tag_tci),
	};

	memcpy(ff_ref.buf, f->buf, at);
	memcpy(ff_ref.buf + at, &beside, tag);
	memcpy(ff_ref.buf + at + tag, f->buf + at, f->len - at);
	ff_ref.len = f->len + tag;
	if (ff_ref.req->flags & FF_FLAG_PLANT_BYTE)
		ff_ref.buf[ff_ref.len - 1] ^= 1;
	ff_ref.ip_summed = skb->ip_summed;
	if (skb->ip_summed == CHECKSUM_PARTIAL) {
		ff_ref.sum_from_end = skb->len - skb_checksum_start_offset(skb);
		ff_ref.csum_offset = skb->csum_offset;
	}
	ff_ref.gso_type = info->gso_type;
	ff_ref.gso_size = info->gso_size;
	ff_ref.gso_segs = info->gso_segs;
	ff_ref.copies = 0;
	ff_ref.id++;
}

/* As a driver does, in process context as tun. */
static void receive(struct net_device *dev, struct sk_buff *skb)
{
	skb->protocol = eth_type_trans(skb, dev);
	netif_receive_skb(skb);
}

/* As a packet socket does. */
static void transmit(struct net_device *dev, struct sk_buff *skb)
{
	skb->dev = dev;
	skb->protocol = eth_hdr(skb)->h_proto;
	if (!eth_proto_is_802_3(skb->protocol))
		skb->protocol = htons(ETH_P_802_2);
	if (!skb->encapsulation)
		skb_set_network_header(skb, ETH_HLEN);
	dev_queue_xmit(skb);
}

/* Whether the switch gets the frame, and with what length. */
static void account(struct ff_inject *req, const struct ff_frame *f)
{
	const struct ethhdr *eth = (const struct ethhdr *)f->buf;
	bool untag = !f->tagged && eth_type_vlan(eth->h_proto);
	u32 len = f->len;

	if (!(req->flags & FF_FLAG_XMIT)) {
		if (untag && len < ETH_HLEN + VLAN_HLEN + 2) {
			req->lost++;
			return;
		}
		if (is_link_local_ether_addr(eth->h_dest)) {
			req->passed++;
			return;
		}
		if (untag)
			len -= VLAN_HLEN;
	}
	req->frames++;
	req->bytes += len;
}

static void account_copies(struct ff_inject *req)
{
	req->copies += ff_ref.copies;
	if (ff_ref.copies)
		req->seen++;
	if (ff_ref.copies > 1 && ff_ref.copies != req->fanout)
		req->odd++;
}

/* Sends a frame, and sees that others who have it find it unchanged. */
static void send(struct net_device *dev, struct ff_inject *req,
		 struct sk_buff *skb, u32 geo)
{
	struct sk_buff *other = NULL;
	u32 len = skb->len;
	__wsum before = 0;

	if (geo & FF_GEO_CLONED)
		other = skb_clone(skb, GFP_KERNEL);
	else if (geo & FF_GEO_SHARED)
		other = skb_get(skb);
	if (other)
		before = sum_of(other, len);
	local_bh_disable();
	WRITE_ONCE(ff_ref.task, current);
	if (req->flags & FF_FLAG_XMIT)
		transmit(dev, skb);
	else
		receive(dev, skb);
	WRITE_ONCE(ff_ref.task, NULL);
	local_bh_enable();
	if (!other)
		return;
	if (csum_fold(sum_of(other, len)) != csum_fold(before))
		req->changed++;
	kfree_skb(other);
}

/* Each member of a list is an allocation, which takes debug kernels long. */
static u32 pick_geo(const struct ff_inject *req, struct rnd_state *rnd)
{
	u32 geo = ff_one_of(rnd, req->geo & (FF_GEO_LINEAR | FF_GEO_FRAGS |
					     FF_GEO_FRAG_LIST));

	if (geo == FF_GEO_FRAG_LIST && (req->geo & FF_GEO_LINEAR) &&
	    ff_chance(rnd, 70))
		return FF_GEO_LINEAR;
	return geo;
}

static void inject_one(struct net_device *dev, struct ff_inject *req,
		       struct ff_frame *f, struct rnd_state *rnd)
{
	u32 geo, how = req->geo & (FF_GEO_SHARED | FF_GEO_CLONED);
	struct sk_buff *skb;

	ff_content(f, req, rnd);
	geo = pick_geo(req, rnd);
	skb = ff_skb_build(f, req, geo, rnd);
	if (!skb) {
		req->no_memory++;
		return;
	}
	/* Adapters do not say that they take shared frames to send. */
	if (req->flags & FF_FLAG_XMIT)
		how &= ~FF_GEO_SHARED;
	if (how && ff_chance(rnd, 50))
		geo |= ff_one_of(rnd, how);
	set_ref(f, skb);
	account(req, f);
	send(dev, req, skb, geo);
	account_copies(req);
}

/* One frame more than there was, for whoever counts to find out. */
static void plant_loss(struct ff_inject *req)
{
	req->frames++;
	req->bytes += ETH_ZLEN;
}

/**
 * ff_inject - send frames into a port
 * @net: the namespace the port is in
 * @req: what to send, and counts of what was sent
 *
 * Context: may sleep.
 * Return: 0 or an error.
 */
int ff_inject(struct net *net, struct ff_inject *req)
{
	const u32 geo = FF_GEO_LINEAR | FF_GEO_FRAGS | FF_GEO_FRAG_LIST;
	struct ff_frame f = { .buf = frame_buf };
	struct net_device *dev;
	struct rnd_state rnd;
	u32 i;

	if (req->min_len < ETH_HLEN || req->max_len > FF_LEN_MAX ||
	    req->min_len > req->max_len || !(req->geo & geo) || !req->dst ||
	    !req->src || !req->sum || !req->tag)
		return -EINVAL;
	dev = dev_get_by_index(net, req->ifindex);
	if (!dev)
		return -ENODEV;
	prandom_seed_state(&rnd, req->seed);
	ff_ref.req = req;
	for (i = 0; i < req->count && !signal_pending(current); i++) {
		inject_one(dev, req, &f, &rnd);
		cond_resched();
	}
	if (req->flags & FF_FLAG_PLANT_LOSS)
		plant_loss(req);
	ff_ref.req = NULL;
	dev_put(dev);
	return 0;
}

/**
 * ff_inject_init - allocate what frames are made in
 *
 * Return: 0 or -ENOMEM.
 */
int ff_inject_init(void)
{
	frame_buf = vzalloc(BUF_LEN);
	ff_ref.buf = vzalloc(BUF_LEN);
	ff_ref.scratch = vzalloc(BUF_LEN);
	if (frame_buf && ff_ref.buf && ff_ref.scratch)
		return 0;
	ff_inject_exit();
	return -ENOMEM;
}

/**
 * ff_inject_exit - free it
 */
void ff_inject_exit(void)
{
	vfree(ff_ref.scratch);
	vfree(ff_ref.buf);
	vfree(frame_buf);
}
