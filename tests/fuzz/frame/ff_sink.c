// SPDX-License-Identifier: GPL-2.0
/*
 * Netdevices that take what a switch sends, see whether it is as it should be,
 * and count it.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>

#include "ff.h"

#define SINK_FEATURES	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | \
			 NETIF_F_HW_CSUM | NETIF_F_GSO_MASK | \
			 NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX)

/**
 * struct sink - private data of a sink; changed under its queue's lock
 * @mode: what it does with what it gets
 * @full: it can do everything itself
 * @last: number of the frame that it saw last
 * @rnd: source of chance of what it refuses
 * @req: its counters
 */
struct sink {
	enum ff_mode		mode;
	bool			full;
	u64			last;
	struct rnd_state	rnd;
	struct ff_sink		req;
};

/* Is the frame the one that the present task is sending? */
static bool is_ref(const struct sink *sink)
{
	return READ_ONCE(ff_ref.task) == current && !in_serving_softirq() &&
	       sink->mode != FF_MODE_QUEUED;
}

static u32 parts_len(const struct sk_buff *skb)
{
	const struct skb_shared_info *info = skb_shinfo(skb);
	const struct sk_buff *member;
	u32 len = skb_headlen(skb);
	int i;

	for (i = 0; i < info->nr_frags; i++)
		len += skb_frag_size(&info->frags[i]);
	for (member = info->frag_list; member; member = member->next)
		len += member->len;
	return len;
}

/* What is wrong with an skb, whatever frame it holds; NULL if nothing is. */
static const char *check_skb(const struct sk_buff *skb,
			     const struct net_device *dev)
{
	if (skb->dev != dev)
		return "another device's";
	if (skb_shared(skb))
		return "shared";
	if (!skb_mac_header_was_set(skb) || skb_mac_offset(skb))
		return "does not start at its MAC header";
	if (skb_headlen(skb) < ETH_HLEN)
		return "Ethernet header not linear";
	if (skb->len != parts_len(skb))
		return "length is not that of its parts";
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		return "has the checksum of what came in";
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    skb_checksum_start_offset(skb) < ETH_HLEN)
		return "its checksum would be written over its header";
	if (skb->tstamp)
		return "has the time at which it came in";
	if (skb_shinfo(skb)->nr_frags && !(dev->features & NETIF_F_SG))
		return "has fragments";
	if (skb_has_frag_list(skb) && !(dev->features & NETIF_F_FRAGLIST))
		return "has a list of fragments";
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    !(dev->features & NETIF_F_HW_CSUM))
		return "has an open checksum";
	if (skb_is_gso(skb) &&
	    !net_gso_ok(dev->features, skb_shinfo(skb)->gso_type))
		return "has to be segmented";
	if (skb_vlan_tag_present(skb) &&
	    !(dev->features & NETIF_F_HW_VLAN_CTAG_TX))
		return "has a tag beside it";
	return NULL;
}

static const char *check_protocol(const struct sk_buff *skb)
{
	__be16 type = eth_hdr(skb)->h_proto;

	/* What the core or GRO recognised, or what a socket gave. */
	if (eth_proto_is_802_3(type) && skb->protocol != type)
		return "protocol is not that of the frame";
	return NULL;
}

static const char *check_len(const struct sink *sink,
			     const struct sk_buff *skb,
			     const struct net_device *dev)
{
	u32 max = dev->mtu + ETH_HLEN;

	if (is_ref(sink) && ff_ref.req->flags & FF_FLAG_CHANGING)
		return NULL;
	if (eth_type_vlan(eth_hdr(skb)->h_proto))
		max += VLAN_HLEN;
	/* One that the core put in, and one behind it. */
	if (!(dev->features & NETIF_F_HW_VLAN_CTAG_TX))
		max += 2 * VLAN_HLEN;
	if (skb->len > max && !skb_is_gso(skb))
		return "longer than the MTU";
	return NULL;
}

/* Is the frame in the scratch buffer, @len bytes, what was sent? On a switch
 * that knows VLANs the outer customer tag is off, and another may be beside it.
 */
static bool same_bytes(const struct sk_buff *skb, u32 len)
{
	bool aware = ff_ref.req->flags & FF_FLAG_AWARE;
	const struct ethhdr *eth = (const struct ethhdr *)ff_ref.buf;
	u32 skip = 2 * ETH_ALEN, at = skip;
	u8 *got = ff_ref.scratch;
	__be16 tag[2];

	if (memcmp(got, ff_ref.buf, skip))
		return false;
	if (aware) {
		if (eth->h_proto == htons(ETH_P_8021Q))
			at += VLAN_HLEN;
	} else if (skb_vlan_tag_present(skb)) {
		tag[0] = skb->vlan_proto;
		tag[1] = htons(skb_vlan_tag_get(skb));
		if (memcmp(tag, ff_ref.buf + at, sizeof(tag)))
			return false;
		at += VLAN_HLEN;
	}
	return len - skip == ff_ref.len - at &&
	       !memcmp(got + skip, ff_ref.buf + at, len - skip);
}

/* A checksum that starts in the header or in the tag behind it is given up, by
 * the core with the tag or by the switch.
 */
static bool same_sum(const struct sk_buff *skb)
{
	switch (ff_ref.ip_summed) {
	case CHECKSUM_COMPLETE:
		return skb->ip_summed == CHECKSUM_NONE;
	case CHECKSUM_PARTIAL:
		if (skb->ip_summed == CHECKSUM_NONE)
			return ff_ref.sum_from_end + ETH_HLEN + VLAN_HLEN >
			       ff_ref.len;
		return skb->ip_summed == CHECKSUM_PARTIAL &&
		       skb->csum_offset == ff_ref.csum_offset &&
		       skb->len - skb_checksum_start_offset(skb) ==
		       ff_ref.sum_from_end;
	}
	return skb->ip_summed == ff_ref.ip_summed;
}

/* A sink that can do everything gets frames as they were sent. */
static const char *check_same(const struct sk_buff *skb)
{
	const struct skb_shared_info *info = skb_shinfo(skb);

	if (skb->len > FF_LEN_MAX ||
	    skb_copy_bits(skb, 0, ff_ref.scratch, skb->len))
		return "too long or not to be read";
	if (!same_bytes(skb, skb->len))
		return "not the frame that was sent";
	if (!same_sum(skb))
		return "state of the checksum changed";
	if (info->gso_size != ff_ref.gso_size ||
	    info->gso_type != ff_ref.gso_type)
		return "segmentation changed";
	/* What nobody counted the core may have. */
	if (ff_ref.gso_segs && info->gso_segs != ff_ref.gso_segs)
		return "number of segments changed";
	return NULL;
}

/* Counts a frame once for each time that it was sent here, in how many segments
 * soever.
 */
static const char *check_ref(struct sink *sink, const struct sk_buff *skb,
			     const struct net_device *dev)
{
	if (!is_ref(sink)) {
		sink->req.originals++;
		return NULL;
	}
	if (dev->ifindex == ff_ref.req->ifindex)
		return "sent back to where it came from";
	if (sink->last == ff_ref.id)
		return sink->full ? "sent twice" : NULL;
	sink->last = ff_ref.id;
	sink->req.originals++;
	ff_ref.copies++;
	return sink->full ? check_same(skb) : NULL;
}

static void tell(struct sink *sink, const struct sk_buff *skb,
		 const char *what)
{
	if (sink->req.bad++)
		return;
	snprintf(sink->req.what, sizeof(sink->req.what),
		 "%s: frame %llu of %u bytes, sum %u, gso %#x; %u bytes, %u linear, sum %u, gso %#x, tag %d, type %#x: %*ph",
		 what, ff_ref.id, ff_ref.len, ff_ref.ip_summed,
		 ff_ref.gso_type, skb->len, skb_headlen(skb), skb->ip_summed,
		 skb_shinfo(skb)->gso_type, skb_vlan_tag_present(skb),
		 ntohs(skb->protocol), min_t(int, skb_headlen(skb), 20),
		 skb->data);
}

static bool refuses(struct sink *sink)
{
	return sink->mode == FF_MODE_REFUSE && ff_chance(&sink->rnd, 30);
}

static netdev_tx_t sink_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct sink *sink = netdev_priv(dev);
	const char *what;

	if (refuses(sink)) {
		kfree_skb(skb);
		return NET_XMIT_DROP;
	}
	sink->req.frames++;
	sink->req.bytes += skb->len;
	what = check_ref(sink, skb, dev) ?: check_skb(skb, dev) ?:
	       check_len(sink, skb, dev);
	if (!what && sink->full)
		what = check_protocol(skb);
	if (what)
		tell(sink, skb, what);
	consume_skb(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops sink_ops = {
	.ndo_start_xmit		= sink_xmit,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_features_check	= passthru_features_check,
};

static void sink_setup(struct net_device *dev)
{
	struct sink *sink = netdev_priv(dev);

	ether_setup(dev);
	eth_hw_addr_random(dev);
	dev->netdev_ops = &sink_ops;
	dev->needs_free_netdev = true;
	dev->max_mtu = ETH_MAX_MTU;
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE;
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->features = SINK_FEATURES;
	dev->hw_features = SINK_FEATURES;
	dev->vlan_features = SINK_FEATURES;
	dev->hw_enc_features = SINK_FEATURES;
	dev->mpls_features = SINK_FEATURES;
	sink->full = true;
	prandom_seed_state(&sink->rnd, 1);
}

static struct rtnl_link_ops sink_link_ops __read_mostly = {
	.kind		= "fuzz_sink",
	.priv_size	= sizeof(struct sink),
	.setup		= sink_setup,
};

static netdev_features_t features_of(u32 can)
{
	netdev_features_t features = NETIF_F_HIGHDMA;

	if (can & FF_CAN_SG)
		features |= NETIF_F_SG;
	if (can & FF_CAN_FRAG_LIST)
		features |= NETIF_F_FRAGLIST;
	if (can & FF_CAN_SUM)
		features |= NETIF_F_HW_CSUM;
	if (can & FF_CAN_GSO)
		features |= NETIF_F_GSO_MASK;
	if (can & FF_CAN_TAG)
		features |= NETIF_F_HW_VLAN_CTAG_TX | NETIF_F_HW_VLAN_STAG_TX;
	return features;
}

static struct net_device *get_sink(struct net *net, u32 ifindex)
{
	struct net_device *dev = __dev_get_by_index(net, ifindex);

	return dev && dev->netdev_ops == &sink_ops ? dev : NULL;
}

/**
 * ff_sink_set - say how a sink behaves
 * @net: the namespace it is in
 * @req: which, its mode and its features
 *
 * Return: 0 or an error.
 */
int ff_sink_set(struct net *net, struct ff_sink *req)
{
	struct net_device *dev;
	struct sink *sink;

	rtnl_lock();
	dev = get_sink(net, req->ifindex);
	if (dev) {
		sink = netdev_priv(dev);
		WRITE_ONCE(sink->mode, req->mode);
		WRITE_ONCE(sink->full, req->can == FF_CAN_ALL);
		if (req->mode == FF_MODE_STOP)
			netif_tx_stop_all_queues(dev);
		else
			netif_tx_wake_all_queues(dev);
		dev->wanted_features = features_of(req->can);
		netdev_update_features(dev);
	}
	rtnl_unlock();
	return dev ? 0 : -ENODEV;
}

/**
 * ff_sink_get - tell what a sink counted since it was asked last
 * @net: the namespace it is in
 * @req: which, and where to put it
 *
 * Return: 0 or an error.
 */
int ff_sink_get(struct net *net, struct ff_sink *req)
{
	u32 ifindex = req->ifindex;
	struct net_device *dev;
	struct sink *sink;

	rtnl_lock();
	dev = get_sink(net, ifindex);
	if (dev) {
		sink = netdev_priv(dev);
		netif_tx_lock_bh(dev);
		*req = sink->req;
		memset(&sink->req, 0, sizeof(sink->req));
		netif_tx_unlock_bh(dev);
		req->ifindex = ifindex;
		req->mode = sink->mode;
	}
	rtnl_unlock();
	return dev ? 0 : -ENODEV;
}

/**
 * ff_sink_init - make the kind of netdevice known
 *
 * Return: 0 or an error.
 */
int ff_sink_init(void)
{
	return rtnl_link_register(&sink_link_ops);
}

/**
 * ff_sink_exit - undo it, and remove what sinks are left
 */
void ff_sink_exit(void)
{
	rtnl_link_unregister(&sink_link_ops);
}
