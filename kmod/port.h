/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PORT_H
#define VSW_PORT_H

#include "vlan.h"
#include "vsw.h"

/* The types of port, one file each. */
extern const struct vsw_port_ops vsw_port_host_ops;
extern const struct vsw_port_ops vsw_port_netdev_ops;
extern const struct vsw_port_ops vsw_port_internal_ops;

/**
 * vsw_receive - take in a frame; the one way into a switch
 * @in: the port
 * @skb: the frame, not shared; its MAC header is set, its data is behind the
 *	Ethernet header. Consumed
 *
 * Defined by datapath.c, which is above the port types and the only file that
 * orders the path of a frame.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_receive(struct vsw_port *in, struct sk_buff *skb);

/**
 * vsw_refuse - count and drop a frame that cannot be handed to vsw_receive()
 * @in: the port
 * @skb: the frame, consumed, or NULL if it is gone
 * @len: its length with as much as there is of the Ethernet header
 * @reason: why
 *
 * Defined by datapath.c, too.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_refuse(struct vsw_port *in, struct sk_buff *skb, unsigned int len,
		enum vsw_drop reason);

struct vsw_port *vsw_port_next(const struct vsw_switch *sw,
			       unsigned int *index);
struct vsw_port *vsw_port_add(struct vsw_switch *sw, struct net_device *dev,
			      const struct vsw_port_ops *ops,
			      const struct vsw_vlan_cfg *cfg,
			      struct netlink_ext_ack *extack);
void vsw_port_del(struct vsw_port *port);
void vsw_port_del_many(struct vsw_switch *sw, struct list_head *gone);
int vsw_port_set_vlan(struct vsw_port *port, const struct vsw_vlan_cfg *cfg,
		      struct netlink_ext_ack *extack);
void vsw_port_update_up(struct vsw_port *port);
bool vsw_port_is_up(const struct vsw_port *port);
int vsw_port_check_vlan(const struct vsw_switch *sw,
			const struct vsw_vlan_cfg *cfg,
			struct netlink_ext_ack *extack);
enum vsw_drop vsw_port_ingress(struct vsw_pkt *pkt);
enum vsw_drop vsw_port_egress(const struct vsw_pkt *pkt,
			      const struct vsw_port *out,
			      const struct sk_buff *skb);

#endif /* VSW_PORT_H */
