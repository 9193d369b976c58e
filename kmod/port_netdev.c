// SPDX-License-Identifier: GPL-2.0
/*
 * Ports on Ethernet devices that others made: veth, tap, physical, ...
 */
#include <linux/etherdevice.h>
#include <linux/if_arp.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/dsa.h>
#include <net/sch_generic.h>

#include "port.h"
#include "port_netdev.h"

/* Takes what the device received. */
static rx_handler_result_t vsw_netdev_rx(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct sk_buff *next = NULL;
	unsigned int len = skb->len;
	struct vsw_port *port;

	if (unlikely(skb->pkt_type == PACKET_LOOPBACK))
		return RX_HANDLER_PASS;
	/* LACP, LLDP and their like talk to the device, not through it. */
	if (unlikely(is_link_local_ether_addr(eth_hdr(skb)->h_dest)))
		return RX_HANDLER_PASS;

	port = rcu_dereference(skb->dev->rx_handler_data);
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (unlikely(!skb)) {
		vsw_refuse(port, NULL, len + ETH_HLEN, VSW_DROP_NO_MEMORY);
		return RX_HANDLER_CONSUMED;
	}
	vsw_receive(port, skb, &next);
	/* Not as RX_HANDLER_ANOTHER: for captures it would be this device's. */
	if (next)
		netif_receive_skb(next);
	return RX_HANDLER_CONSUMED;
}

/* A device without a queue of its own is a function call, and the core's way to
 * it costs more than the switch: so past the core, as long as nobody stands
 * there. That is a qdisc, tc, netfilter or a capture; a choice among transmit
 * queues, or their locks, which the frame may have come here under; and the
 * core's guard against devices that send in a circle.
 */
static bool is_bare(struct net_device *dev)
{
	const struct netdev_queue *queue = netdev_get_tx_queue(dev, 0);

	if (!vsw_compat_lltx(dev) || dev->real_num_tx_queues != 1 ||
	    dev_xmit_recursion())
		return false;
	return !rcu_dereference_bh(queue->qdisc)->enqueue &&
	       !vsw_compat_egress_hooked(dev) && !dev_nit_active(dev);
}

/* A frame of which nothing but its tag can be too much for a device. */
static bool is_plain(const struct sk_buff *skb)
{
	return skb->ip_summed != CHECKSUM_PARTIAL && !skb_is_nonlinear(skb) &&
	       !skb_is_gso(skb);
}

/* Would the core give the frame to its device as it is? For devices that cannot
 * it segments, computes checksums, copies, and puts tags into the frame; and it
 * takes the time for who asked.
 */
static bool is_ready(struct sk_buff *skb)
{
	netdev_features_t features;

	if (unlikely(skb_shinfo(skb)->tx_flags & SKBTX_ANY_TSTAMP))
		return false;
	if (likely(is_plain(skb)))
		return true;
	features = netif_skb_features(skb);
	if (netif_needs_gso(skb, features) || !vsw_compat_readable(skb))
		return false;
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    (skb_csum_is_sctp(skb) || !(features & NETIF_F_HW_CSUM)))
		return false;
	if (skb_vlan_tag_present(skb) &&
	    !vlan_hw_offload_capable(features, skb->vlan_proto))
		return false;
	return !skb_is_nonlinear(skb) ||
	       (features & NETIF_F_SG &&
		(!skb_has_frag_list(skb) || features & NETIF_F_FRAGLIST));
}

/* The other end of a veth, if it would do no more with a frame than receive it:
 * no XDP, no GRO, and nothing there which could lead back here.
 */
static struct net_device *get_peer(struct net_device *dev,
				   const struct sk_buff *skb)
{
	struct net_device *peer = dev->netdev_ops->ndo_get_peer_dev(dev);

	if (!peer || !vsw_ends_at(peer) || peer->features & NETIF_F_GRO ||
	    dev_xdp_prog_count(peer))
		return NULL;
	return is_skb_forwardable(peer, skb) ? peer : NULL;
}

/* All that a veth does but for the backlog, which is not needed: the frame is
 * received by the peer as soon as the switch is done with it.
 */
static int give_to_peer(struct net_device *dev, struct net_device *peer,
			struct sk_buff *skb, struct sk_buff **next)
{
	unsigned int len = skb->len;

	if (__dev_forward_skb(peer, skb)) {
		dev_core_stats_tx_dropped_inc(dev);
		return -ENOBUFS;
	}
	skb_set_queue_mapping(skb, 0);
	dev_sw_netstats_tx_add(dev, 1, len);
	*next = skb;
	return 0;
}

/* What is left of the core's way to a bare device if the frame is ready. */
static int send_directly(struct net_device *dev, struct sk_buff *skb)
{
	struct netdev_queue *queue = netdev_get_tx_queue(dev, 0);
	netdev_tx_t status = NETDEV_TX_BUSY;

	if (dev->priv_flags & IFF_XMIT_DST_RELEASE)
		skb_dst_drop(skb);
	else
		skb_dst_force(skb);
	vsw_compat_set_egress(skb);
	skb_set_queue_mapping(skb, 0);
	dev_xmit_recursion_inc();
	if (likely(!netif_xmit_frozen_or_drv_stopped(queue)))
		status = netdev_start_xmit(skb, dev, queue, false);
	dev_xmit_recursion_dec();
	if (unlikely(!dev_xmit_complete(status))) {
		dev_core_stats_tx_dropped_inc(dev);
		kfree_skb(skb);
	}
	return status;
}

/* What a queue calls congestion is a drop, too: of this frame, as by the queue
 * of a device that goes down, or of another in its place.
 */
static int vsw_netdev_xmit(struct vsw_port *port, struct sk_buff *skb,
			   struct sk_buff **next)
{
	struct net_device *dev = port->dev, *peer = NULL;

	skb->dev = dev;
	if (!is_bare(dev) || !is_ready(skb))
		return dev_queue_xmit(skb);
	/* The frame is plain, else it would not be ready. */
	if (skb_vlan_tag_present(skb) &&
	    !vlan_hw_offload_capable(dev->features, skb->vlan_proto)) {
		skb = __vlan_hwaccel_push_inside(skb);
		if (unlikely(!skb)) {
			dev_core_stats_tx_dropped_inc(dev);
			return -ENOMEM;
		}
	}
	if (next && port->is_veth)
		peer = get_peer(dev, skb);
	if (peer)
		return give_to_peer(dev, peer, skb, next);
	return send_directly(dev, skb);
}

/**
 * vsw_netdev_port_rcu - the port that a device is, if it is one
 * @dev: the device
 *
 * Context: RCU read section or RTNL.
 * Return: the port or NULL.
 */
struct vsw_port *vsw_netdev_port_rcu(const struct net_device *dev)
{
	if (rcu_access_pointer(dev->rx_handler) != vsw_netdev_rx)
		return NULL;
	return rcu_dereference_rtnl(dev->rx_handler_data);
}

/**
 * vsw_netdev_check - can a device be a port of a switch?
 * @sw: the switch
 * @dev: the device
 * @extack: where to say why not
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_netdev_check(const struct vsw_switch *sw, struct net_device *dev,
		     struct netlink_ext_ack *extack)
{
	if (dev->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG(extack, "A loopback device cannot be a port");
		return -EINVAL;
	}
	if (dev->type != ARPHRD_ETHER || dev->addr_len != ETH_ALEN) {
		NL_SET_ERR_MSG(extack,
			       "Not an Ethernet device: only those can be ports");
		return -EINVAL;
	}
	if (!is_valid_ether_addr(dev->dev_addr)) {
		NL_SET_ERR_MSG(extack,
			       "The device has no valid Ethernet address");
		return -EINVAL;
	}
	if (!net_eq(dev_net(dev), dev_net(sw->dev))) {
		NL_SET_ERR_MSG(extack,
			       "The device is in another network namespace than the switch");
		return -EINVAL;
	}
	if (netdev_master_upper_dev_get(dev)) {
		NL_SET_ERR_MSG(extack,
			       "The device already belongs to a switch, bridge, bond or other master");
		return -EBUSY;
	}
	if (dev->priv_flags & (IFF_DONT_BRIDGE | IFF_NO_RX_HANDLER) ||
	    netdev_uses_dsa(dev)) {
		NL_SET_ERR_MSG(extack,
			       "A device of this kind cannot be a port");
		return -EOPNOTSUPP;
	}
	if (netdev_is_rx_handler_busy(dev)) {
		NL_SET_ERR_MSG(extack,
			       "What the device receives goes to another user of it already, such as macvlan");
		return -EBUSY;
	}
	return 0;
}

/* One whose counters are where give_to_peer() counts. */
static bool is_veth(const struct net_device *dev)
{
	return dev->rtnl_link_ops &&
	       !strcmp(dev->rtnl_link_ops->kind, "veth") &&
	       dev->netdev_ops->ndo_get_peer_dev && vsw_compat_has_tstats(dev);
}

static int attach(struct vsw_port *port, struct netlink_ext_ack *extack)
{
	struct net_device *dev = port->dev;
	int err;

	/* Frames of all addresses, and as they were on the wire. */
	err = dev_set_promiscuity(dev, 1);
	if (err) {
		NL_SET_ERR_MSG(extack,
			       "The device cannot be put into promiscuous mode");
		return err;
	}
	err = netdev_master_upper_dev_link(dev, port->sw->dev, NULL, NULL,
					   extack);
	if (err) {
		/* It says nothing of its own of either. */
		if (err == -EMLINK)
			NL_SET_ERR_MSG(extack,
				       "Too many devices stand on each other here");
		else if (err == -ENOMEM)
			NL_SET_ERR_MSG(extack, "No memory for the port");
		goto err_promiscuity;
	}
	dev_disable_lro(dev);
	port->is_veth = is_veth(dev);
	err = netdev_rx_handler_register(dev, vsw_netdev_rx, port);
	if (err) {
		NL_SET_ERR_MSG(extack,
			       "What the device receives goes to another user of it already");
		goto err_unlink;
	}
	return 0;

err_unlink:
	netdev_upper_dev_unlink(dev, port->sw->dev);
err_promiscuity:
	dev_set_promiscuity(dev, -1);
	return err;
}

/* With release() what netdev_rx_handler_unregister() does, without waiting in
 * between for each of thousands of ports.
 */
static void detach(struct vsw_port *port)
{
	RCU_INIT_POINTER(port->dev->rx_handler, NULL);
}

static void release(struct vsw_port *port)
{
	RCU_INIT_POINTER(port->dev->rx_handler_data, NULL);
	netdev_upper_dev_unlink(port->dev, port->sw->dev);
	dev_set_promiscuity(port->dev, -1);
}

const struct vsw_port_ops vsw_port_netdev_ops = {
	.type	= VSW_PORT_TYPE_NETDEV,
	.attach	= attach,
	.detach	= detach,
	.release = release,
	.xmit	= vsw_netdev_xmit,
};
