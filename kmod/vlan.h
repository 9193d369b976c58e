/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_VLAN_H
#define VSW_VLAN_H

#include "vsw.h"

/**
 * struct vsw_vlan_cfg - VLANs of a port, as a person gives them
 * @mode: access or trunk
 * @pvid: VLAN of untagged frames, 0: none (trunks only)
 * @vlans: tagged VLANs of a trunk, %VSW_VLANS_LEN bytes as in the ABI
 */
struct vsw_vlan_cfg {
	enum vsw_vlan_mode	mode;
	u16			pvid;
	const u8		*vlans;
};

/**
 * vsw_vlan_has - is a port in a VLAN?
 * @port: the port
 * @vid: the VLAN; 0 in a switch that is not VLAN-aware
 *
 * Context: RCU read section or RTNL.
 * Return: true if it is.
 */
static inline bool vsw_vlan_has(const struct vsw_port *port, u16 vid)
{
	return READ_ONCE(port->block->vlan[vid]) & port->bit;
}

enum vsw_drop vsw_vlan_ingress(struct vsw_pkt *pkt);
void vsw_vlan_tag(const struct vsw_pkt *pkt, const struct vsw_port *out,
		  struct sk_buff *skb);
bool vsw_vlan_cfg_has(const struct vsw_vlan_cfg *cfg, u16 vid);
void vsw_vlan_set(struct vsw_port *port, const struct vsw_vlan_cfg *cfg);
void vsw_vlan_clear(struct vsw_port *port);
void vsw_vlan_get(const struct vsw_port *port, u8 vlans[VSW_VLANS_LEN]);

#endif /* VSW_VLAN_H */
