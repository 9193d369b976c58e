// SPDX-License-Identifier: GPL-2.0
/*
 * What the netdevices of host and internal ports share: adapters by which the
 * host itself takes part in a switch. What the host sends there comes into the
 * switch, what leaves the switch there the host receives.
 */
#include <linux/etherdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "fdb.h"
#include "port.h"
#include "port_adapter.h"
#include "stats.h"

/* The device need not be able to do any of this: the devices that the frames
 * leave by do it, or the core does it for them.
 */
#define ADAPTER_FEATURES						\
	(NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA |		\
	 NETIF_F_GSO_MASK | NETIF_F_HW_CSUM)

/**
 * vsw_adapter_setup - fill in what adapters' netdevices have in common
 * @dev: the device
 */
void vsw_adapter_setup(struct net_device *dev)
{
	ether_setup(dev);
	eth_hw_addr_random(dev);
	dev->min_mtu = ETH_MIN_MTU;
	dev->max_mtu = ETH_MAX_MTU;
	/* Netpoll sends with interrupts off, in which a switch cannot. */
	dev->priv_flags |= IFF_NO_QUEUE | IFF_LIVE_ADDR_CHANGE |
			   IFF_UNICAST_FLT | IFF_DISABLE_NETPOLL;
	dev->priv_flags &= ~IFF_TX_SKB_SHARING;
	dev->features = ADAPTER_FEATURES | NETIF_F_HW_VLAN_CTAG_TX |
			NETIF_F_HW_VLAN_STAG_TX;
	dev->hw_features = dev->features;
	dev->vlan_features = ADAPTER_FEATURES;
	/* Else the core takes MPLS for something that it has to prepare. */
	dev->mpls_features = dev->features;
	vsw_compat_set_lltx(dev);
	vsw_compat_set_netns_immutable(dev);
}

/**
 * vsw_adapter_register - register an adapter's netdevice
 * @dev: the device, freed if that fails
 * @extack: where to say why not
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_adapter_register(struct net_device *dev,
			 struct netlink_ext_ack *extack)
{
	int err = register_netdevice(dev);

	if (!err)
		return 0;
	if (err == -EEXIST)
		NL_SET_ERR_MSG(extack, "A device of this name exists");
	else
		NL_SET_ERR_MSG(extack, "The device could not be registered");
	free_netdev(dev);
	return err;
}

/**
 * vsw_adapter_start_xmit - the host sends a frame
 * @skb: the frame
 * @dev: the adapter
 *
 * Return: %NETDEV_TX_OK.
 */
netdev_tx_t vsw_adapter_start_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct vsw_adapter *adapter = netdev_priv(dev);
	struct vsw_port *port;

	rcu_read_lock();
	port = rcu_dereference(adapter->port);
	if (unlikely(!port)) {
		/* The device is on its way out. */
		dev_core_stats_tx_dropped_inc(dev);
		kfree_skb(skb);
	} else if (unlikely(!pskb_may_pull(skb, ETH_HLEN))) {
		vsw_refuse(port, skb, skb->len, VSW_DROP_MALFORMED);
	} else {
		skb_reset_mac_header(skb);
		__skb_pull(skb, ETH_HLEN);
		vsw_receive(port, skb, NULL);
	}
	rcu_read_unlock();
	return NETDEV_TX_OK;
}

/**
 * vsw_adapter_xmit - a frame leaves the switch to the host
 * @port: host or internal port
 * @skb: the frame
 * @next: where to leave it to be received at once, or NULL
 *
 * By way of the backlog, unless it is a device that received the frame: it may
 * come out of the host's own send path, possibly that of the very socket which
 * is to receive it.
 *
 * Context: RCU read section, bottom halves off.
 * Return: 0, or an error if the backlog is full.
 */
int vsw_adapter_xmit(struct vsw_port *port, struct sk_buff *skb,
		     struct sk_buff **next)
{
	skb_orphan(skb);
	skb_scrub_packet(skb, false);
	skb->protocol = eth_type_trans(skb, port->dev);
	if (next && vsw_ends_at(port->dev)) {
		*next = skb;
		return 0;
	}
	return netif_rx(skb) == NET_RX_SUCCESS ? 0 : -ENOBUFS;
}

/**
 * vsw_adapter_get_stats64 - counters of an adapter
 * @dev: the adapter
 * @stats: where to put them
 *
 * What leaves the switch the device receives, and the other way round. So what
 * could not leave by the port is what the device did not receive.
 */
void vsw_adapter_get_stats64(struct net_device *dev,
			     struct rtnl_link_stats64 *stats)
{
	struct vsw_adapter *adapter = netdev_priv(dev);
	u64 drops[__VSW_DROP_MAX] = {};
	struct vsw_stats sum = {};
	struct vsw_port *port;
	int i;

	rcu_read_lock();
	port = rcu_dereference(adapter->port);
	if (port) {
		vsw_stats_sum(port, &sum);
		vsw_stats_sum_drops(port->drops, drops);
	}
	rcu_read_unlock();
	for (i = 0; i < __VSW_DROP_MAX; i++) {
		if (vsw_drop_is_egress(i))
			stats->rx_dropped += drops[i];
		else
			stats->tx_dropped += drops[i];
	}
	stats->rx_packets = sum.tx_packets;
	stats->rx_bytes = sum.tx_bytes;
	stats->tx_packets = sum.rx_packets;
	stats->tx_bytes = sum.rx_bytes;
}

/**
 * vsw_adapter_set_mac_address - give an adapter another address
 * @dev: the adapter
 * @addr: struct sockaddr with the address
 *
 * Context: RTNL.
 * Return: 0 or an error.
 */
int vsw_adapter_set_mac_address(struct net_device *dev, void *addr)
{
	struct vsw_adapter *adapter = netdev_priv(dev);
	struct vsw_port *port = rtnl_dereference(adapter->port);
	const u8 *mac = ((struct sockaddr *)addr)->sa_data;
	u8 old[ETH_ALEN];
	int err;

	if (!is_valid_ether_addr(mac))
		return -EADDRNOTAVAIL;
	ether_addr_copy(old, dev->dev_addr);
	if (!port || ether_addr_equal(mac, old))
		return eth_mac_addr(dev, addr);

	err = vsw_fdb_add_local(port, mac);
	if (err)
		return err;
	err = eth_mac_addr(dev, addr);
	vsw_fdb_del_local(port, err ? mac : old);
	return err;
}

/**
 * vsw_adapter_attach - take what the host sends into the switch
 * @port: host or internal port
 * @extack: where to say why not
 *
 * Return: 0 or an error.
 */
int vsw_adapter_attach(struct vsw_port *port, struct netlink_ext_ack *extack)
{
	struct vsw_adapter *adapter = netdev_priv(port->dev);
	int err;

	err = vsw_fdb_add_local(port, port->dev->dev_addr);
	if (err == -ENOMEM)
		NL_SET_ERR_MSG(extack, "No memory for the port's address");
	else if (err)
		NL_SET_ERR_MSG(extack,
			       "Another adapter, or a static entry, has this address");
	if (err)
		return err;
	rcu_assign_pointer(adapter->port, port);
	return 0;
}

/**
 * vsw_adapter_detach - take nothing more of what the host sends
 * @port: host or internal port
 */
void vsw_adapter_detach(struct vsw_port *port)
{
	struct vsw_adapter *adapter = netdev_priv(port->dev);

	RCU_INIT_POINTER(adapter->port, NULL);
}
