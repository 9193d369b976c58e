// SPDX-License-Identifier: GPL-2.0
/*
 * Ports: their lifetime, whatever their type, and what they let in and out.
 */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/gso.h>

#include "event.h"
#include "fdb.h"
#include "port.h"
#include "rule.h"
#include "stats.h"

/* Untagged frames, all in one VLAN: what a switch without settings does. */
static const struct vsw_vlan_cfg default_vlan = {
	.mode	= VSW_VLAN_MODE_ACCESS,
	.pvid	= 1,
};

/**
 * vsw_port_ingress - is a frame one that its port lets in, and in which VLAN?
 * @pkt: the frame
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_port_ingress(struct vsw_pkt *pkt)
{
	/* What devices receive for these addresses is their own and does not
	 * get here, so this is the host's.
	 */
	if (unlikely(is_link_local_ether_addr(eth_hdr(pkt->skb)->h_dest)))
		return VSW_DROP_DST_RESERVED;
	return vsw_vlan_ingress(pkt);
}

/* As is_skb_forwardable(), but to the byte, and for each segment to be. One tag
 * is not counted. If that is beside the frame, one within the frame is payload:
 * it must not matter what took the first off.
 */
static bool too_big(const struct net_device *dev, const struct sk_buff *skb)
{
	unsigned int max = READ_ONCE(dev->mtu) + ETH_HLEN;

	if (!skb_vlan_tag_present(skb) &&
	    eth_type_vlan(eth_hdr(skb)->h_proto))
		max += VLAN_HLEN;
	if (likely(skb->len <= max))
		return false;
	return !skb_is_gso(skb) || !skb_gso_validate_mac_len(skb, max);
}

/**
 * vsw_port_egress - may a frame leave by a port?
 * @pkt: the frame's VLAN
 * @out: the port
 * @skb: the frame or a clone of it
 *
 * Context: RCU read section, bottom halves off.
 * Return: why it is to be dropped, or %VSW_DROP_NONE.
 */
enum vsw_drop vsw_port_egress(const struct vsw_pkt *pkt,
			      const struct vsw_port *out,
			      const struct sk_buff *skb)
{
	if (unlikely(!vsw_vlan_has(out, pkt->vid)))
		return VSW_DROP_VLAN_EGRESS;
	if (unlikely(!vsw_port_is_up(out)))
		return VSW_DROP_PORT_DOWN;
	if (unlikely(too_big(out->dev, skb)))
		return VSW_DROP_TOO_BIG;
	return VSW_DROP_NONE;
}

/**
 * vsw_port_is_up - is a port's device up, with carrier?
 * @port: the port
 *
 * Return: true if it is.
 */
bool vsw_port_is_up(const struct vsw_port *port)
{
	return READ_ONCE(port->block->up) & port->bit;
}

/**
 * vsw_port_update_up - take over the state of a port's device
 * @port: the port
 *
 * Addresses learned at a port that goes down are forgotten: they may be behind
 * another one now.
 *
 * Context: RTNL; may sleep.
 */
void vsw_port_update_up(struct vsw_port *port)
{
	/* The host port's carrier says whether the other ports have any. */
	bool host = port->ops->type == VSW_PORT_TYPE_HOST;
	bool up = netif_running(port->dev) &&
		  (host || netif_carrier_ok(port->dev));

	ASSERT_RTNL();
	if (up == vsw_port_is_up(port))
		return;
	if (up) {
		WRITE_ONCE(port->block->up, port->block->up | port->bit);
	} else {
		WRITE_ONCE(port->block->up, port->block->up & ~port->bit);
		vsw_fdb_flush(port->sw, port, 0);
	}
}

/**
 * vsw_port_check_vlan - is a VLAN configuration one that a port can have?
 * @sw: the switch
 * @cfg: the configuration
 * @extack: where to say why not
 *
 * Return: 0 or -EINVAL.
 */
int vsw_port_check_vlan(const struct vsw_switch *sw,
			const struct vsw_vlan_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	if (!sw->vlan_aware) {
		NL_SET_ERR_MSG(extack, "The switch is not VLAN-aware");
		return -EINVAL;
	}
	if (cfg->mode == VSW_VLAN_MODE_ACCESS) {
		if (cfg->vlans) {
			NL_SET_ERR_MSG(extack,
				       "An access port has no tagged VLANs: make it a trunk");
			return -EINVAL;
		}
		if (!cfg->pvid) {
			NL_SET_ERR_MSG(extack,
				       "An access port needs a VLAN, 1 to 4094");
			return -EINVAL;
		}
		return 0;
	}
	if (!cfg->vlans) {
		NL_SET_ERR_MSG(extack, "A trunk needs its tagged VLANs");
		return -EINVAL;
	}
	if (cfg->vlans[0] & BIT(0) ||
	    cfg->vlans[VLAN_VID_MASK / 8] & BIT(VLAN_VID_MASK % 8)) {
		NL_SET_ERR_MSG(extack,
			       "VLANs 0 and 4095 are reserved: a trunk has 1 to 4094");
		return -EINVAL;
	}
	return 0;
}

/**
 * vsw_port_set_vlan - change a port's VLANs
 * @port: the port
 * @cfg: its VLANs, checked
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_port_set_vlan(struct vsw_port *port, const struct vsw_vlan_cfg *cfg,
		      struct netlink_ext_ack *extack)
{
	bool adapter = port->ops->type != VSW_PORT_TYPE_NETDEV;
	u8 vlans[VSW_VLANS_LEN] = {};
	u16 vid;

	/* In a VLAN that an adapter was not in, its address was anybody's. */
	for (vid = 1; adapter && vid < VLAN_VID_MASK; vid++)
		if (vsw_vlan_cfg_has(cfg, vid))
			vlans[vid / 8] |= BIT(vid % 8);
	if (adapter &&
	    !vsw_fdb_may_claim(port->sw, port->dev->dev_addr, vlans)) {
		NL_SET_ERR_MSG(extack,
			       "The port's own address has a static entry in one of the VLANs");
		return -EADDRINUSE;
	}
	vsw_vlan_set(port, cfg);
	vsw_fdb_flush_left(port);
	if (adapter)
		vsw_fdb_claim(port);
	return 0;
}

/**
 * vsw_port_next - the next port of a switch
 * @sw: the switch
 * @index: number from which on to look, 0 for all; set to the one after the
 *	port's, also if the caller removes the port
 *
 * Context: RTNL.
 * Return: the port, or NULL if there is none any more.
 */
struct vsw_port *vsw_port_next(const struct vsw_switch *sw,
			       unsigned int *index)
{
	struct vsw_block *block;
	struct vsw_port *port;

	while (*index < sw->n_blocks * VSW_BLOCK_PORTS) {
		block = rtnl_dereference(sw->blocks[*index / VSW_BLOCK_PORTS]);
		port = rtnl_dereference(block->ports[*index % VSW_BLOCK_PORTS]);
		++*index;
		if (port)
			return port;
	}
	return NULL;
}

/* A block that has room, the last one made if need be. */
static struct vsw_block *find_room(struct vsw_switch *sw, unsigned int *index,
				   struct netlink_ext_ack *extack)
{
	struct vsw_block *block;
	unsigned int b, i;

	for (b = 0; b < sw->n_blocks; b++) {
		block = rtnl_dereference(sw->blocks[b]);
		for (i = 0; i < VSW_BLOCK_PORTS; i++) {
			if (!rcu_access_pointer(block->ports[i])) {
				*index = b * VSW_BLOCK_PORTS + i;
				return block;
			}
		}
	}
	if (b == VSW_BLOCKS) {
		NL_SET_ERR_MSG(extack,
			       "The switch has 4096 ports, which is all it can have");
		return ERR_PTR(-ENOSPC);
	}
	block = kvzalloc(sizeof(*block), GFP_KERNEL_ACCOUNT);
	if (!block) {
		NL_SET_ERR_MSG(extack, "No memory for the port");
		return ERR_PTR(-ENOMEM);
	}
	rcu_assign_pointer(sw->blocks[b], block);
	/* Readers that see the count see the block. */
	smp_store_release(&sw->n_blocks, b + 1);
	*index = b * VSW_BLOCK_PORTS;
	return block;
}

static void free_port(struct rcu_head *rcu)
{
	struct vsw_port *port = container_of(rcu, struct vsw_port, rcu);

	netdev_put(port->dev, &port->tracker);
	vsw_stats_free(port);
	kfree(port);
}

/* Takes a port out of everything but the MAC table. Returns whether that has
 * entries of it.
 */
static bool retire(struct vsw_port *port)
{
	WRITE_ONCE(port->block->up, port->block->up & ~port->bit);
	vsw_vlan_clear(port);
	return vsw_fdb_kill(port);
}

/* Gives the number of a port, of which nothing has entries any more, away. */
static void unpublish(struct vsw_port *port)
{
	/* Who does not find the port by an entry's number sees by the chain's
	 * count that the entry is gone: pairs with the barrier in there.
	 */
	smp_wmb();
	RCU_INIT_POINTER(port->block->ports[port->index % VSW_BLOCK_PORTS],
			 NULL);
	port->sw->n_ports--;
	vsw_rule_forget_port(port);
	call_rcu(&port->rcu, free_port);
}

static struct vsw_port *alloc_port(struct vsw_switch *sw,
				   struct net_device *dev,
				   struct netlink_ext_ack *extack)
{
	struct vsw_port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL_ACCOUNT);
	if (port && vsw_stats_alloc(port)) {
		kfree(port);
		port = NULL;
	}
	if (!port) {
		NL_SET_ERR_MSG(extack, "No memory for the port");
		return ERR_PTR(-ENOMEM);
	}
	port->sw = sw;
	port->dev = dev;
	netdev_hold(dev, &port->tracker, GFP_KERNEL);
	return port;
}

/**
 * vsw_port_add - make a port
 * @sw: the switch
 * @dev: the device, fit to be a port of the type
 * @ops: the type
 * @cfg: how it is to be from its first frame on; NULL: as most are
 * @extack: where to say why not
 *
 * The caller reports it, with all that comes with it.
 *
 * Context: RTNL; may sleep.
 * Return: the port or an error.
 */
struct vsw_port *vsw_port_add(struct vsw_switch *sw, struct net_device *dev,
			      const struct vsw_port_ops *ops,
			      const struct vsw_port_cfg *cfg,
			      struct netlink_ext_ack *extack)
{
	const struct vsw_vlan_cfg *vlan = cfg ? cfg->vlan : NULL;
	struct vsw_block *block;
	struct vsw_port *port;
	unsigned int index;
	int err;

	ASSERT_RTNL();
	block = find_room(sw, &index, extack);
	if (IS_ERR(block))
		return ERR_CAST(block);
	port = alloc_port(sw, dev, extack);
	if (IS_ERR(port))
		return port;
	port->ops = ops;
	port->block = block;
	port->index = index;
	port->bit = BIT(index % VSW_BLOCK_PORTS);
	vsw_rule_init_port(port, cfg ? cfg->rules : NULL);
	rcu_assign_pointer(block->ports[index % VSW_BLOCK_PORTS], port);
	sw->n_ports++;
	vsw_vlan_set(port, vlan ?: &default_vlan);

	err = ops->attach(port, extack);
	if (err) {
		if (retire(port))
			vsw_fdb_flush_dead(sw);
		unpublish(port);
		return ERR_PTR(err);
	}
	vsw_port_update_up(port);
	return port;
}

/**
 * vsw_port_del - remove a port
 * @port: the port, which is gone when this returns
 *
 * Context: RTNL; may sleep.
 */
void vsw_port_del(struct vsw_port *port)
{
	LIST_HEAD(gone);

	list_add(&port->gone, &gone);
	vsw_port_del_many(port->sw, &gone);
}

/**
 * vsw_port_del_many - remove ports
 * @sw: the switch
 * @gone: the ports, by &vsw_port.gone; they are gone when this returns
 *
 * A grace period is waited for, and the MAC table walked, once for all of them.
 *
 * Context: RTNL; may sleep.
 */
void vsw_port_del_many(struct vsw_switch *sw, struct list_head *gone)
{
	struct vsw_port *port, *next;
	bool flush = false;

	ASSERT_RTNL();
	if (list_empty(gone))
		return;
	list_for_each_entry(port, gone, gone) {
		vsw_event_port(port, VSW_CMD_PORT_DEL_NTF);
		port->ops->detach(port);
	}
	/* No frame is between a device and the switch any more. */
	synchronize_net();
	list_for_each_entry(port, gone, gone) {
		if (port->ops->release)
			port->ops->release(port);
		flush |= retire(port);
	}
	if (flush)
		vsw_fdb_flush_dead(sw);
	list_for_each_entry_safe(port, next, gone, gone)
		unpublish(port);
}
