// SPDX-License-Identifier: GPL-2.0
/*
 * From an skb as a device hands it in to one that all later stages can rely
 * on: Ethernet header linear and at skb->data, the outer VLAN tag in the skb's
 * fields wherever the sender had put it.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>

#include "parse.h"

/* An S-tag is payload to a switch of customer VLANs: put it back where it came
 * from. Its frame is then an untagged one.
 */
static enum vsw_drop restore_s_tag(struct vsw_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;

	__skb_push(skb, ETH_HLEN);
	skb = vlan_insert_tag_set_proto(skb, skb->vlan_proto,
					skb_vlan_tag_get(skb));
	pkt->skb = skb;
	if (!skb)
		return VSW_DROP_NO_MEMORY;
	__vlan_hwaccel_clear_tag(skb);
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	skb_reset_mac_header(skb);
	__skb_pull(skb, ETH_HLEN);
	skb_reset_mac_len(skb);
	return VSW_DROP_NONE;
}

/* Devices take tags off what they receive, but what a person or a guest sends
 * through a packet socket or a tap may still have its tag in the frame.
 */
static enum vsw_drop take_tag_off(struct vsw_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;

	/* Two bytes behind the tag are what the core wants, too, of a frame
	 * whose tag it takes off.
	 */
	if (!pskb_may_pull(skb, VLAN_HLEN + sizeof(u16)))
		return VSW_DROP_MALFORMED;
	skb->protocol = htons(ETH_P_8021Q);
	skb_reset_mac_len(skb);
	pkt->skb = skb_vlan_untag(skb);
	return pkt->skb ? VSW_DROP_NONE : VSW_DROP_NO_MEMORY;
}

/**
 * vsw_parse - bring a frame into the form that the later stages expect
 * @pkt: the frame; its skb's MAC header is set, its data is behind the
 *	Ethernet header
 *
 * On success the skb's data starts at the Ethernet header.
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_parse(struct vsw_pkt *pkt)
{
	struct sk_buff *skb = pkt->skb;
	enum vsw_drop drop = VSW_DROP_NONE;

	if (pkt->sw->vlan_aware) {
		if (skb_vlan_tag_present(skb)) {
			if (skb->vlan_proto != htons(ETH_P_8021Q))
				drop = restore_s_tag(pkt);
		} else if (eth_hdr(skb)->h_proto == htons(ETH_P_8021Q)) {
			drop = take_tag_off(pkt);
		}
		if (unlikely(drop))
			return drop;
	}
	skb = pkt->skb;
	/* A guest's checksum that would be written over the header, or over the
	 * tag that the frame leaves with, once all is decided. The core gives
	 * up such a one as well, when it takes a tag off.
	 */
	if (unlikely(skb->ip_summed == CHECKSUM_PARTIAL &&
		     skb_checksum_start_offset(skb) < 0))
		skb->ip_summed = CHECKSUM_NONE;
	__skb_push(skb, ETH_HLEN);
	if (unlikely(!is_valid_ether_addr(eth_hdr(skb)->h_source)))
		return VSW_DROP_SRC_INVALID;
	return VSW_DROP_NONE;
}
