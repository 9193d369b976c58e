// SPDX-License-Identifier: GPL-2.0
/*
 * Counts what the host receives at a device.
 */
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <net/checksum.h>

#include "ff.h"

static atomic64_t frames, bytes, bad;

/* Does the sum that comes with a frame, of all behind the header, hold? */
static bool sum_is_right(struct sk_buff *skb)
{
	if (skb->ip_summed != CHECKSUM_COMPLETE)
		return true;
	return csum_fold(skb->csum) ==
	       csum_fold(skb_checksum(skb, 0, skb->len, 0));
}

static int watch(struct sk_buff *skb, struct net_device *dev,
		 struct packet_type *pt, struct net_device *orig)
{
	if (skb->pkt_type != PACKET_OUTGOING) {
		atomic64_inc(&frames);
		atomic64_add(skb->len + ETH_HLEN +
			     (skb_vlan_tag_present(skb) ? VLAN_HLEN : 0),
			     &bytes);
		if (!sum_is_right(skb))
			atomic64_inc(&bad);
	}
	kfree_skb(skb);
	return 0;
}

static struct packet_type watch_type = {
	.type = cpu_to_be16(ETH_P_ALL),
	.func = watch,
};

/**
 * ff_watch_set - watch a device, and none else
 * @net: the namespace it is in
 * @req: which
 *
 * Return: 0 or an error.
 */
int ff_watch_set(struct net *net, const struct ff_watch *req)
{
	struct net_device *dev;

	ff_watch_exit();
	if (!req->ifindex)
		return 0;
	dev = dev_get_by_index(net, req->ifindex);
	if (!dev)
		return -ENODEV;
	watch_type.dev = dev;
	dev_add_pack(&watch_type);
	return 0;
}

/**
 * ff_watch_get - tell what was counted since it was asked last
 * @req: where to put it
 */
void ff_watch_get(struct ff_watch *req)
{
	/* What is still in the backlog is not what was received. */
	synchronize_net();
	req->frames = atomic64_xchg(&frames, 0);
	req->bytes = atomic64_xchg(&bytes, 0);
	req->bad = atomic64_xchg(&bad, 0);
}

/**
 * ff_watch_exit - watch nothing any more
 */
void ff_watch_exit(void)
{
	if (!watch_type.dev)
		return;
	dev_remove_pack(&watch_type);
	dev_put(watch_type.dev);
	watch_type.dev = NULL;
}
