// SPDX-License-Identifier: GPL-2.0
/*
 * VLANs of ports: which frames they take, and what tag frames leave with.
 */
#include "vlan.h"

/* Behind a priority tag, which comes off, another tag would be the frame's own
 * when it leaves untagged: by this a station on an access port could get into
 * any VLAN of the next switch.
 */
static bool hides_tag(const struct vsw_port *in, const struct sk_buff *skb)
{
	return !READ_ONCE(in->trunk) &&
	       eth_hdr(skb)->h_proto == htons(ETH_P_8021Q);
}

/**
 * vsw_vlan_ingress - find a frame's VLAN, and whether its port may send there
 * @pkt: the frame, its outer tag (if any) in the skb's fields
 *
 * Takes the tag off: from here on @pkt says which VLAN the frame is in. Clones
 * of a flooded frame get tags of their own, without a copy of the data.
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_vlan_ingress(struct vsw_pkt *pkt)
{
	const struct vsw_port *in = pkt->in;
	u16 tci = 0;

	if (!pkt->sw->vlan_aware)
		return VSW_DROP_NONE;

	if (skb_vlan_tag_present(pkt->skb)) {
		tci = skb_vlan_tag_get(pkt->skb);
		__vlan_hwaccel_clear_tag(pkt->skb);
	}
	pkt->prio = tci & ~VLAN_VID_MASK;
	pkt->vid = tci & VLAN_VID_MASK;
	if (pkt->vid) {
		if (unlikely(!READ_ONCE(in->trunk)))
			return VSW_DROP_VLAN_TAGGED;
	} else {
		if (unlikely(hides_tag(in, pkt->skb)))
			return VSW_DROP_VLAN_TAGGED;
		pkt->vid = READ_ONCE(in->pvid);
		if (unlikely(!pkt->vid))
			return VSW_DROP_VLAN_UNTAGGED;
	}
	if (unlikely(!vsw_vlan_has(in, pkt->vid)))
		return VSW_DROP_VLAN_INGRESS;
	return VSW_DROP_NONE;
}

/**
 * vsw_vlan_tag - give a frame the tag that it needs at its egress port
 * @pkt: the frame's VLAN and priority
 * @out: the egress port
 * @skb: the frame or a clone of it, without a tag
 *
 * Context: RCU read section.
 */
void vsw_vlan_tag(const struct vsw_pkt *pkt, const struct vsw_port *out,
		  struct sk_buff *skb)
{
	if (pkt->sw->vlan_aware && pkt->vid != READ_ONCE(out->pvid))
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q),
				       pkt->prio | pkt->vid);
}

/**
 * vsw_vlan_cfg_has - would a configuration put its port into a VLAN?
 * @cfg: the configuration
 * @vid: the VLAN, 1 to 4094
 *
 * Return: true if it would.
 */
bool vsw_vlan_cfg_has(const struct vsw_vlan_cfg *cfg, u16 vid)
{
	if (vid == cfg->pvid)
		return true;
	return cfg->mode == VSW_VLAN_MODE_TRUNK &&
	       cfg->vlans[vid / 8] & BIT(vid % 8);
}

static void leave(struct vsw_port *port, u16 vid)
{
	unsigned long *ports = &port->block->vlan[vid];

	WRITE_ONCE(*ports, *ports & ~port->bit);
}

static void join(struct vsw_port *port, u16 vid)
{
	unsigned long *ports = &port->block->vlan[vid];

	WRITE_ONCE(*ports, *ports | port->bit);
}

/**
 * vsw_vlan_set - put a port into VLANs, and out of all others
 * @port: the port
 * @cfg: its VLANs; not looked at if the switch is not VLAN-aware
 *
 * A frame that passes meanwhile may be dropped if its VLAN is one that is being
 * changed, and is in no case let into a VLAN that neither the old nor the new
 * configuration has: what goes is taken out first. VLANs that stay are not
 * touched.
 *
 * Context: RTNL.
 */
void vsw_vlan_set(struct vsw_port *port, const struct vsw_vlan_cfg *cfg)
{
	u16 vid;

	ASSERT_RTNL();
	if (!port->sw->vlan_aware) {
		join(port, 0);
		return;
	}
	for (vid = 1; vid < VLAN_VID_MASK; vid++)
		if (!vsw_vlan_cfg_has(cfg, vid))
			leave(port, vid);
	WRITE_ONCE(port->pvid, cfg->pvid);
	WRITE_ONCE(port->trunk, cfg->mode == VSW_VLAN_MODE_TRUNK);
	for (vid = 1; vid < VLAN_VID_MASK; vid++)
		if (vsw_vlan_cfg_has(cfg, vid))
			join(port, vid);
}

/**
 * vsw_vlan_clear - put a port out of all VLANs
 * @port: the port
 *
 * Context: RTNL.
 */
void vsw_vlan_clear(struct vsw_port *port)
{
	u16 vid;

	ASSERT_RTNL();
	for (vid = 0; vid < VLAN_VID_MASK; vid++)
		leave(port, vid);
}

/**
 * vsw_vlan_get - list the tagged VLANs of a port
 * @port: the port
 * @vlans: where to put them, as in the ABI
 *
 * Context: RTNL.
 */
void vsw_vlan_get(const struct vsw_port *port, u8 vlans[VSW_VLANS_LEN])
{
	u16 vid;

	ASSERT_RTNL();
	memset(vlans, 0, VSW_VLANS_LEN);
	for (vid = 1; vid < VLAN_VID_MASK; vid++)
		if (vid != port->pvid && vsw_vlan_has(port, vid))
			vlans[vid / 8] |= BIT(vid % 8);
}
