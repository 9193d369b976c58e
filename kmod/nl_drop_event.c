// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: each frame that is dropped, as it is.
 *
 * Frames come as fast as who sends them likes, so that only so many a second
 * are told of in a namespace. The others are counted, and the next event says
 * how many there were.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>

#include "event.h"
#include "netlink.h"
#include "stats.h"
#include "switch.h"

/* Room for a reason's name. */
#define NAME_SIZE	16

#define EVENT_SIZE	(5 * nla_total_size(sizeof(u32)) + \
			 nla_total_size(NAME_SIZE) + \
			 nla_total_size(sizeof(u16)) + \
			 nla_total_size(VSW_DROP_FRAME_MAX) + \
			 nla_total_size_64bit(sizeof(u64)))

/* Is there another one to be told in this second? */
static bool may_tell(struct vsw_net *vn)
{
	bool may;

	spin_lock(&vn->drop_lock);
	if (jiffies - vn->drop_since >= HZ) {
		vn->drop_since = jiffies;
		vn->drop_told = 0;
	}
	may = vn->drop_told < VSW_DROP_EVENTS_MAX;
	if (may)
		vn->drop_told++;
	spin_unlock(&vn->drop_lock);
	return may;
}

/* To a switch that is not VLAN-aware a tag is payload, also where the device
 * has put it beside the frame: back to where it came from.
 */
static unsigned int put_tag_back(u8 *frame, unsigned int len,
				 const struct sk_buff *skb)
{
	const unsigned int macs = 2 * ETH_ALEN;
	__be16 tag[2];

	if (len < macs)
		return len;
	tag[0] = skb->vlan_proto;
	tag[1] = htons(skb_vlan_tag_get(skb));
	len = min_t(unsigned int, len + VLAN_HLEN, VSW_DROP_FRAME_MAX);
	memmove(frame + macs + VLAN_HLEN, frame + macs,
		len - macs - VLAN_HLEN);
	memcpy(frame + macs, tag, VLAN_HLEN);
	return len;
}

/* What there is of the frame, and how long it is. */
static int put_frame(struct sk_buff *msg, const struct vsw_pkt *pkt,
		     const struct sk_buff *skb)
{
	bool tagged = !pkt->sw->vlan_aware && skb_vlan_tag_present(skb);
	/* Until vsw_parse() is done, data is behind the Ethernet header. */
	int from = skb_mac_offset(skb);
	u8 frame[VSW_DROP_FRAME_MAX];
	unsigned int len = skb->len - from, n;

	n = min_t(unsigned int, len, VSW_DROP_FRAME_MAX);
	if (!vsw_compat_readable(skb))
		n = min_t(unsigned int, n, skb_headlen(skb) - from);
	if (skb_copy_bits(skb, from, frame, n))
		return -EFAULT;
	if (tagged) {
		n = put_tag_back(frame, n, skb);
		len += VLAN_HLEN;
	}
	if (nla_put_u32(msg, VSW_A_DROP_EVENT_LENGTH, len) ||
	    nla_put(msg, VSW_A_DROP_EVENT_FRAME, n, frame))
		return -EMSGSIZE;
	return 0;
}

/* The VLAN that the frame is in, or says that it is in; 0: none. */
static u16 vid_of(const struct vsw_pkt *pkt, const struct sk_buff *skb)
{
	if (skb && pkt->sw->vlan_aware && skb_vlan_tag_present(skb))
		return skb_vlan_tag_get_id(skb);
	return pkt->vid;
}

static int fill_event(struct sk_buff *msg, const struct vsw_port *port,
		      const struct vsw_pkt *pkt, const struct sk_buff *skb,
		      enum vsw_drop reason, u64 missed)
{
	u16 vid = vid_of(pkt, skb);
	void *hdr;

	hdr = genlmsg_put(msg, 0, 0, &vsw_nl_family, 0, VSW_CMD_DROP_NTF);
	if (!hdr ||
	    nla_put_u32(msg, VSW_A_DROP_EVENT_SWITCH,
			pkt->sw->dev->ifindex) ||
	    nla_put_u32(msg, VSW_A_DROP_EVENT_IN, pkt->in->dev->ifindex) ||
	    (port != pkt->in &&
	     nla_put_u32(msg, VSW_A_DROP_EVENT_OUT, port->dev->ifindex)) ||
	    nla_put_u32(msg, VSW_A_DROP_EVENT_REASON, reason) ||
	    nla_put_string(msg, VSW_A_DROP_EVENT_REASON_NAME,
			   vsw_drop_names[reason]) ||
	    (vid && nla_put_u16(msg, VSW_A_DROP_EVENT_VLAN, vid)) ||
	    (skb && put_frame(msg, pkt, skb)) ||
	    (missed && nla_put_u64_64bit(msg, VSW_A_DROP_EVENT_MISSED, missed,
					 VSW_A_DROP_EVENT_PAD)))
		return -EMSGSIZE;
	genlmsg_end(msg, hdr);
	return 0;
}

void vsw_event_drop(const struct vsw_port *port, const struct vsw_pkt *pkt,
		    const struct sk_buff *skb, enum vsw_drop reason)
{
	struct net *net = dev_net(pkt->sw->dev);
	struct vsw_net *vn;
	struct sk_buff *msg;

	/* Also where it is in another namespace that somebody listens. */
	if (likely(!genl_has_listeners(&vsw_nl_family, net,
				       VSW_NL_GROUP_DROP)))
		return;
	vn = vsw_net(net);
	if (!may_tell(vn)) {
		atomic64_inc(&vn->drop_missed);
		return;
	}
	msg = genlmsg_new(EVENT_SIZE, GFP_ATOMIC);
	if (msg && fill_event(msg, port, pkt, skb, reason,
			      atomic64_xchg(&vn->drop_missed, 0))) {
		nlmsg_free(msg);
		msg = NULL;
	}
	vsw_nl_multicast(net, msg, VSW_NL_GROUP_DROP);
}
