/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PORT_H
#define VSW_PORT_H

#include "vlan.h"
#include "vsw.h"

struct vsw_rule_port_cfg;

/**
 * struct vsw_port_cfg - how a new port is to be
 * @vlan: VLANs, checked; NULL: access, VLAN 1. Not looked at if the switch is
 *	not VLAN-aware
 * @rules: what it has of rules, prepared; the port takes the group over
 */
struct vsw_port_cfg {
	const struct vsw_vlan_cfg *vlan;
	struct vsw_rule_port_cfg *rules;
};

/* The types of port, one file each. */
extern const struct vsw_port_ops vsw_port_host_ops;
extern const struct vsw_port_ops vsw_port_netdev_ops;
extern const struct vsw_port_ops vsw_port_internal_ops;

/**
 * vsw_receive_pkt - take in a frame; the one way into a switch
 * @pkt: the frame, its switch and port, and whoever is to be told of its way
 *
 * Defined by datapath.c, which is above the port types and the only file that
 * orders the path of a frame.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_receive_pkt(struct vsw_pkt *pkt);

/**
 * vsw_receive - take in a frame that a device has received
 * @in: the port
 * @skb: the frame, not shared; its MAC header is set, its data is behind the
 *	Ethernet header. Consumed
 * @next: set to the frame if the caller is to have it received by the skb's
 *	device; NULL if the caller cannot
 *
 * Context: RCU read section, bottom halves off.
 */
static inline void vsw_receive(struct vsw_port *in, struct sk_buff *skb,
			       struct sk_buff **next)
{
	struct vsw_pkt pkt = {
		.skb = skb, .sw = in->sw, .in = in, .next = next,
	};

	vsw_receive_pkt(&pkt);
}

/**
 * vsw_trace - tell what would be done with a frame
 * @in: the port
 * @skb: the frame, as there; consumed
 * @tracer: who is told
 *
 * Nothing is sent, learned or counted.
 *
 * Context: RCU read section, bottom halves off; %vsw_tracing is on.
 */
static inline void vsw_trace(struct vsw_port *in, struct sk_buff *skb,
			     struct vsw_tracer *tracer)
{
	struct vsw_pkt pkt = {
		.skb = skb, .sw = in->sw, .in = in, .tracer = tracer,
	};

	vsw_receive_pkt(&pkt);
}

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

/**
 * vsw_mirror - send a copy of a frame to the port that an action names
 * @pkt: the frame
 * @action: the action
 *
 * Defined by datapath.c, too.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_mirror(const struct vsw_pkt *pkt, const struct vsw_action *action);

/**
 * vsw_answer - send a frame back to where another came from
 * @pkt: the other; the answer is in the same VLAN
 * @skb: the answer, at its Ethernet header; consumed
 *
 * Defined by datapath.c, too.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_answer(const struct vsw_pkt *pkt, struct sk_buff *skb);

/**
 * vsw_ends_at - is a device one at which frames end?
 * @dev: the device
 *
 * What is received there at once, without a queue, must not come back to a
 * switch in the same way. Another device that stands on it, or tc, could see to
 * that.
 *
 * Context: RCU read section.
 * Return: true if it is up and neither is there.
 */
static inline bool vsw_ends_at(const struct net_device *dev)
{
	return READ_ONCE(dev->flags) & IFF_UP &&
	       list_empty(&dev->adj_list.upper) &&
	       !vsw_compat_ingress_hooked(dev);
}

struct vsw_port *vsw_port_next(const struct vsw_switch *sw,
			       unsigned int *index);
struct vsw_port *vsw_port_add(struct vsw_switch *sw, struct net_device *dev,
			      const struct vsw_port_ops *ops,
			      const struct vsw_port_cfg *cfg,
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
