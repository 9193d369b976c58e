// SPDX-License-Identifier: GPL-2.0
/*
 * Switches: their lifetime, their netdevice, and what happens to the devices
 * that are their ports.
 *
 * DOC: Locking
 *
 * RTNL is outermost: it protects which switches there are, their ports, and the
 * ports' settings, all of which are netdevices' state. Inside it is each MAC
 * table's spinlock (&vsw_fdb.lock), which the packet path takes to learn, and
 * which is all that commands on single MAC addresses take.
 *
 * The packet path reads under RCU alone. What it can see is removed in three
 * steps: made unreachable, waited for (synchronize_net() or call_rcu()), freed.
 *
 * There is no lock of a switch's own. It would protect only what RTNL does
 * already, since no port comes, goes or changes its state without RTNL.
 */
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/netdev_lock.h>
#include <net/netns/generic.h>
#include <net/rtnetlink.h>

#include "event.h"
#include "fdb.h"
#include "policer.h"
#include "port.h"
#include "port_adapter.h"
#include "port_internal.h"
#include "port_netdev.h"
#include "rule.h"
#include "stats.h"
#include "switch.h"

static unsigned int vsw_net_id __read_mostly;

/* Switches may be made: the module is not being loaded or unloaded. RTNL. */
static bool open;

static const struct vsw_switch_cfg default_cfg = {
	.ageing		= VSW_AGEING_DEFAULT,
	.fdb_limit	= VSW_FDB_LIMIT_DEFAULT,
	.vlan_aware	= true,
};

/**
 * vsw_net - what the module keeps for a network namespace
 * @net: the namespace
 *
 * Return: it.
 */
struct vsw_net *vsw_net(const struct net *net)
{
	return net_generic(net, vsw_net_id);
}

/* The host's own port has carrier while another port does. */
static void update_carrier(struct vsw_switch *sw)
{
	struct vsw_port *host = sw->host;
	struct vsw_block *block;
	unsigned int b;

	for (b = 0; b < sw->n_blocks; b++) {
		block = rtnl_dereference(sw->blocks[b]);
		if (block->up & ~(host && block == host->block ?
				  host->bit : 0)) {
			netif_carrier_on(sw->dev);
			return;
		}
	}
	netif_carrier_off(sw->dev);
}

/* The host's own port sends no frame that a port is too small for, unless a
 * person said otherwise.
 */
static void update_mtu(struct vsw_switch *sw)
{
	unsigned int i = 0, mtu = ETH_MAX_MTU + 1;
	struct vsw_port *port;

	if (sw->mtu_set)
		return;
	while ((port = vsw_port_next(sw, &i)))
		if (port != sw->host)
			mtu = min(mtu, port->dev->mtu);
	if (mtu > ETH_MAX_MTU)
		mtu = ETH_DATA_LEN;
	/* Through the core, which tells others. */
	dev_set_mtu(sw->dev, mtu);
	sw->mtu_set = false;
}

static int change_mtu(struct net_device *dev, int mtu)
{
	struct vsw_switch *sw = netdev_priv(dev);

	WRITE_ONCE(dev->mtu, mtu);
	sw->mtu_set = true;
	return 0;
}

/**
 * vsw_switch_adapter_rcu - the host or internal port whose device a device is
 * @dev: the device, of any kind
 *
 * Context: RCU read section or RTNL.
 * Return: the port or NULL.
 */
struct vsw_port *vsw_switch_adapter_rcu(const struct net_device *dev)
{
	const struct vsw_adapter *adapter;

	if (!vsw_switch_is(dev) && !vsw_internal_is(dev))
		return NULL;
	adapter = netdev_priv(dev);
	return rcu_dereference_rtnl(adapter->port);
}

/* Does an adapter of a switch carry another device, whatever is between? */
static bool carries(const struct vsw_switch *sw, struct net_device *dev)
{
	struct vsw_port *port;
	unsigned int i = 0;
	bool found = false;

	rcu_read_lock();
	while (!found && (port = vsw_port_next(sw, &i)))
		found = port->ops->type != VSW_PORT_TYPE_NETDEV &&
			netdev_has_upper_dev_all_rcu(port->dev, dev);
	rcu_read_unlock();
	return found;
}

/* Called for each device that a port to be stands on. */
static int makes_loop(struct net_device *lower,
		      struct netdev_nested_priv *priv)
{
	const struct vsw_port *adapter = vsw_switch_adapter_rcu(lower);
	const struct vsw_switch *sw = priv->data;

	return adapter && (adapter->sw == sw ||
			   carries(sw, adapter->sw->dev));
}

/* A device that stands on an adapter of a switch is a cable to that switch. The
 * other end must be neither the same one, nor one whose adapters lead here.
 */
static int check_loop(struct vsw_switch *sw, struct net_device *dev,
		      struct netlink_ext_ack *extack)
{
	struct netdev_nested_priv priv = { .data = sw };

	if (!makes_loop(dev, &priv) &&
	    !netdev_walk_all_lower_dev(dev, makes_loop, &priv))
		return 0;
	NL_SET_ERR_MSG(extack,
		       "The device is the switch or stands on it: that would be a loop");
	return -ELOOP;
}

/**
 * vsw_switch_add_netdev - make a device a port of a switch
 * @sw: the switch
 * @dev: the device
 * @cfg: how the port is to be, or NULL
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_switch_add_netdev(struct vsw_switch *sw, struct net_device *dev,
			  const struct vsw_port_cfg *cfg,
			  struct netlink_ext_ack *extack)
{
	struct vsw_port *port;
	int err;

	err = vsw_netdev_check(sw, dev, extack);
	if (!err)
		err = check_loop(sw, dev, extack);
	if (err)
		return err;
	port = vsw_port_add(sw, dev, &vsw_port_netdev_ops, cfg, extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	vsw_event_port(port, VSW_CMD_PORT_NEW_NTF);
	update_carrier(sw);
	update_mtu(sw);
	return 0;
}

/**
 * vsw_switch_add_internal - make an internal port and its device
 * @sw: the switch
 * @name: the device's name
 * @cfg: how the port is to be, or NULL
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_switch_add_internal(struct vsw_switch *sw, const char *name,
			    const struct vsw_port_cfg *cfg,
			    struct netlink_ext_ack *extack)
{
	struct vsw_port *port;

	port = vsw_internal_add(sw, name, cfg, extack);
	if (IS_ERR(port))
		return PTR_ERR(port);
	vsw_event_port(port, VSW_CMD_PORT_NEW_NTF);
	update_carrier(sw);
	update_mtu(sw);
	return 0;
}

/* Takes a port other than the host's out of its switch. */
static void remove_port(struct vsw_port *port)
{
	struct vsw_switch *sw = port->sw;

	vsw_port_del(port);
	update_carrier(sw);
	update_mtu(sw);
}

/**
 * vsw_switch_del_port - remove a port, and its device if it came with the port
 * @port: the port
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_switch_del_port(struct vsw_port *port, struct netlink_ext_ack *extack)
{
	struct net_device *dev = port->dev;

	if (port->ops->type == VSW_PORT_TYPE_HOST) {
		NL_SET_ERR_MSG(extack,
			       "The host port goes with its switch: delete that");
		return -EBUSY;
	}
	remove_port(port);
	if (vsw_internal_is(dev))
		unregister_netdevice(dev);
	return 0;
}

static int add_slave(struct net_device *dev, struct net_device *slave,
		     struct netlink_ext_ack *extack)
{
	return vsw_switch_add_netdev(netdev_priv(dev), slave, NULL, extack);
}

static int del_slave(struct net_device *dev, struct net_device *slave)
{
	struct vsw_port *port = vsw_netdev_port_rcu(slave);

	/* What else has this master is an internal port's device, which would
	 * be nothing without it.
	 */
	if (!port)
		return -EBUSY;
	remove_port(port);
	return 0;
}

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, "vswitch", sizeof(info->driver));
}

/* As fast as its fastest port: the speed is nobody else's. */
static int get_link_ksettings(struct net_device *dev,
			      struct ethtool_link_ksettings *cmd)
{
	struct vsw_switch *sw = netdev_priv(dev);
	struct ethtool_link_ksettings lower;
	struct vsw_port *port;
	unsigned int i = 0;

	cmd->base.duplex = DUPLEX_UNKNOWN;
	cmd->base.port = PORT_OTHER;
	cmd->base.speed = SPEED_UNKNOWN;
	while ((port = vsw_port_next(sw, &i))) {
		if (port->ops->type != VSW_PORT_TYPE_NETDEV ||
		    !vsw_port_is_up(port) ||
		    __ethtool_get_link_ksettings(port->dev, &lower) ||
		    lower.base.speed == (u32)SPEED_UNKNOWN)
			continue;
		if (cmd->base.speed == (u32)SPEED_UNKNOWN ||
		    cmd->base.speed < lower.base.speed)
			cmd->base.speed = lower.base.speed;
	}
	return 0;
}

static int get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? VSW_DROP_MAX : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	int i;

	if (sset != ETH_SS_STATS)
		return;
	for (i = 1; i <= VSW_DROP_MAX; i++, data += ETH_GSTRING_LEN)
		snprintf(data, ETH_GSTRING_LEN, "drop_%s", vsw_drop_names[i]);
}

static void get_ethtool_stats(struct net_device *dev,
			      struct ethtool_stats *stats, u64 *data)
{
	struct vsw_switch *sw = netdev_priv(dev);
	u64 sum[__VSW_DROP_MAX];

	vsw_stats_sum_drops(sw->drops, sum);
	memcpy(data, sum + 1, VSW_DROP_MAX * sizeof(*data));
}

static const struct ethtool_ops switch_ethtool_ops = {
	.get_drvinfo		= get_drvinfo,
	.get_link		= ethtool_op_get_link,
	.get_link_ksettings	= get_link_ksettings,
	.get_sset_count		= get_sset_count,
	.get_strings		= get_strings,
	.get_ethtool_stats	= get_ethtool_stats,
};

static int switch_init(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);
	int err;

	netdev_lockdep_set_classes(dev);
	sw->dev = dev;
	sw->drops = vsw_stats_alloc_drops();
	if (!sw->drops)
		return -ENOMEM;
	err = vsw_fdb_init(sw);
	if (err)
		free_percpu(sw->drops);
	return err;
}

static void switch_uninit(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);

	vsw_fdb_stop(sw);
	vsw_rules_free(sw);
	vsw_policers_free(sw);
}

/* The last: no packet, no file and no command knows the switch any more. */
static void switch_free(struct net_device *dev)
{
	struct vsw_switch *sw = netdev_priv(dev);
	unsigned int b;

	vsw_fdb_free(sw);
	free_percpu(sw->drops);
	for (b = 0; b < sw->n_blocks; b++)
		kvfree(rcu_dereference_protected(sw->blocks[b], true));
}

static const struct net_device_ops switch_netdev_ops = {
	.ndo_init		= switch_init,
	.ndo_uninit		= switch_uninit,
	.ndo_start_xmit		= vsw_adapter_start_xmit,
	.ndo_get_stats64	= vsw_adapter_get_stats64,
	.ndo_set_mac_address	= vsw_adapter_set_mac_address,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_change_mtu		= change_mtu,
	.ndo_features_check	= passthru_features_check,
	.ndo_add_slave		= add_slave,
	.ndo_del_slave		= del_slave,
};

const struct vsw_port_ops vsw_port_host_ops = {
	.type	= VSW_PORT_TYPE_HOST,
	.attach	= vsw_adapter_attach,
	.detach	= vsw_adapter_detach,
	.xmit	= vsw_adapter_xmit,
};

/**
 * vsw_switch_is - is a device a switch?
 * @dev: the device
 *
 * Return: true if it is.
 */
bool vsw_switch_is(const struct net_device *dev)
{
	return dev->netdev_ops == &switch_netdev_ops;
}

/* Removes what is in a switch, and leaves it with its host port. */
static void remove_ports(struct vsw_switch *sw, struct list_head *head)
{
	struct vsw_port *port;
	unsigned int i = 0;
	LIST_HEAD(gone);

	while ((port = vsw_port_next(sw, &i))) {
		if (port == sw->host)
			continue;
		list_add_tail(&port->gone, &gone);
		if (vsw_internal_is(port->dev))
			unregister_netdevice_queue(port->dev, head);
	}
	vsw_port_del_many(sw, &gone);
}

static void switch_dellink(struct net_device *dev, struct list_head *head)
{
	remove_ports(netdev_priv(dev), head);
	unregister_netdevice_queue(dev, head);
}

/* The switch's device is going: so does what is left of the switch. */
static void remove_host(struct vsw_switch *sw)
{
	struct vsw_port *host = sw->host;

	list_del_rcu(&sw->node);
	WRITE_ONCE(sw->host, NULL);
	vsw_port_del(host);
	vsw_event_switch(sw, VSW_CMD_SWITCH_DEL_NTF);
}

/* Makes a registered device, of which is set what never changes, a switch; @dev
 * is unregistered if that fails.
 */
static bool is_zone_used(struct vsw_net *vn, unsigned int zone)
{
	const struct vsw_switch *sw;

	list_for_each_entry(sw, &vn->switches, node)
		if (sw->ct_zone == zone)
			return true;
	return false;
}

/* Zones of connections that are not the host's own, nor another switch's if
 * that can be.
 */
static u16 default_zone(struct vsw_net *vn)
{
	unsigned int zone;

	for (zone = VLAN_N_VID; zone < VSW_CT_ZONE_MAX; zone += VLAN_N_VID)
		if (!is_zone_used(vn, zone))
			break;
	return zone;
}

static int switch_start(struct net_device *dev,
			const struct vsw_switch_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	struct vsw_net *vn = vsw_net(dev_net(dev));
	struct vsw_switch *sw = netdev_priv(dev);
	struct vsw_port *host;

	vsw_switch_set(sw, cfg);
	sw->sets = &vn->sets;
	sw->ct_zone = default_zone(vn);
	netif_carrier_off(dev);
	host = vsw_port_add(sw, dev, &vsw_port_host_ops, NULL, extack);
	if (IS_ERR(host)) {
		unregister_netdevice(dev);
		return PTR_ERR(host);
	}
	/* Readers that see the port see what is in it. */
	smp_store_release(&sw->host, host);
	list_add_tail_rcu(&sw->node, &vn->switches);
	vsw_event_switch(sw, VSW_CMD_SWITCH_NEW_NTF);
	vsw_event_port(host, VSW_CMD_PORT_NEW_NTF);
	return 0;
}

static int switch_newlink(struct net_device *dev,
			  struct rtnl_newlink_params *params,
			  struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = netdev_priv(dev);
	int err;

	/* Once it is registered, commands on addresses find it: no RTNL. */
	sw->vlan_aware = default_cfg.vlan_aware;
	err = register_netdevice(dev);
	if (err) {
		NL_SET_ERR_MSG(extack, "The device could not be registered");
		return err;
	}
	sw->mtu_set = params->tb[IFLA_MTU];
	return switch_start(dev, &default_cfg, extack);
}

static int switch_validate(struct nlattr *tb[], struct nlattr *data[],
			   struct netlink_ext_ack *extack)
{
	struct nlattr *addr = tb[IFLA_ADDRESS];

	if (!addr)
		return 0;
	if (nla_len(addr) != ETH_ALEN || !is_valid_ether_addr(nla_data(addr))) {
		NL_SET_ERR_MSG_ATTR(extack, addr,
				    "Not an address that an Ethernet device can have");
		return -EADDRNOTAVAIL;
	}
	return 0;
}

static void switch_setup(struct net_device *dev)
{
	vsw_adapter_setup(dev);
	dev->netdev_ops = &switch_netdev_ops;
	dev->ethtool_ops = &switch_ethtool_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = switch_free;
}

VSW_COMPAT_NEWLINK(switch_newlink);

static struct rtnl_link_ops switch_link_ops __read_mostly = {
	.kind		= "vswitch",
	.priv_size	= sizeof(struct vsw_switch),
	.setup		= switch_setup,
	.validate	= switch_validate,
	.newlink	= vsw_compat_newlink(switch_newlink),
	.dellink	= switch_dellink,
};

/**
 * vsw_switch_add - make a switch
 * @net: the network namespace
 * @name: its netdevice's name
 * @cfg: its settings, checked
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: the switch or an error.
 */
struct vsw_switch *vsw_switch_add(struct net *net, const char *name,
				  const struct vsw_switch_cfg *cfg,
				  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct vsw_switch *sw;
	struct net_device *dev;
	int err;

	if (!open) {
		NL_SET_ERR_MSG(extack,
			       "The module is being loaded or unloaded");
		return ERR_PTR(-EAGAIN);
	}
	dev = rtnl_create_link(net, name, NET_NAME_USER, &switch_link_ops, tb,
			       extack);
	if (IS_ERR(dev)) {
		NL_SET_ERR_MSG(extack, "No memory for the device");
		return ERR_CAST(dev);
	}
	/* Once it is registered, commands on addresses find it: no RTNL. */
	sw = netdev_priv(dev);
	sw->vlan_aware = cfg->vlan_aware;
	err = vsw_adapter_register(dev, extack);
	if (err)
		return ERR_PTR(err);
	err = switch_start(dev, cfg, extack);
	if (err)
		return ERR_PTR(err);
	/* Now that it is one, tell who listens to rtnetlink. */
	rtnl_configure_link(dev, NULL, 0, NULL);
	return sw;
}

/**
 * vsw_switch_set - change a switch's settings
 * @sw: the switch
 * @cfg: the settings, checked; whether it is VLAN-aware cannot be changed
 *
 * Context: RTNL.
 */
void vsw_switch_set(struct vsw_switch *sw, const struct vsw_switch_cfg *cfg)
{
	vsw_fdb_set_ageing(sw, cfg->ageing);
	vsw_fdb_set_limit(sw, cfg->fdb_limit);
}

/**
 * vsw_switch_del - remove a switch and all that is in it
 * @sw: the switch, which is gone when this returns
 *
 * Context: RTNL; may sleep.
 */
void vsw_switch_del(struct vsw_switch *sw)
{
	LIST_HEAD(gone);

	switch_dellink(sw->dev, &gone);
	unregister_netdevice_many(&gone);
}

static void port_changed(struct vsw_port *port)
{
	bool was_up = vsw_port_is_up(port);

	vsw_port_update_up(port);
	if (port != port->sw->host)
		update_carrier(port->sw);
	if (was_up != vsw_port_is_up(port))
		vsw_event_port(port, VSW_CMD_PORT_SET_NTF);
}

/* What happened to a device that is a port. */
static void port_event(struct vsw_port *port, unsigned long event)
{
	switch (event) {
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		port_changed(port);
		break;
	case NETDEV_CHANGEMTU:
		if (port != port->sw->host)
			update_mtu(port->sw);
		break;
	case NETDEV_CHANGENAME:
		vsw_event_port(port, VSW_CMD_PORT_SET_NTF);
		break;
	case NETDEV_UNREGISTER:
		if (port == port->sw->host)
			remove_host(port->sw);
		else
			remove_port(port);
		break;
	}
}

static int device_event(struct notifier_block *nb, unsigned long event,
			void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct vsw_port *port = vsw_netdev_port_rcu(dev);

	/* What is no Ethernet device any more is no port any more. */
	if (port && event == NETDEV_PRE_TYPE_CHANGE)
		return NOTIFY_BAD;
	if (port)
		port_event(port, event);
	port = vsw_switch_adapter_rcu(dev);
	if (port)
		port_event(port, event);
	if (event == NETDEV_CHANGENAME && vsw_switch_is(dev))
		vsw_event_switch(netdev_priv(dev), VSW_CMD_SWITCH_SET_NTF);
	return NOTIFY_DONE;
}

static struct notifier_block device_notifier = {
	.notifier_call = device_event,
};

static int __net_init net_init(struct net *net)
{
	struct vsw_net *vn = vsw_net(net);

	INIT_LIST_HEAD(&vn->switches);
	/* To netlink's dumps 0 means that there is no generation. */
	vn->gen = 1;
	vsw_sets_init(&vn->sets);
	spin_lock_init(&vn->drop_lock);
	vn->drop_since = jiffies;
	return 0;
}

/* The core has removed the namespace's switches by their link ops. */
static void __net_exit net_exit(struct net *net)
{
	WARN_ON_ONCE(!list_empty(&vsw_net(net)->switches));
	vsw_sets_free(&vsw_net(net)->sets);
}

static struct pernet_operations net_ops = {
	.init	= net_init,
	.exit	= net_exit,
	.id	= &vsw_net_id,
	.size	= sizeof(struct vsw_net),
};

/**
 * vsw_switch_net_init - make what is kept for each network namespace
 *
 * Return: 0 or an error.
 */
int __init vsw_switch_net_init(void)
{
	return register_pernet_subsys(&net_ops);
}

/**
 * vsw_switch_net_exit - undo vsw_switch_net_init()
 */
void vsw_switch_net_exit(void)
{
	unregister_pernet_subsys(&net_ops);
}

/**
 * vsw_switch_module_init - make switches known to the kernel
 *
 * Return: 0 or an error.
 */
int __init vsw_switch_module_init(void)
{
	int err;

	err = register_netdevice_notifier(&device_notifier);
	if (err)
		return err;
	err = vsw_internal_module_init();
	if (err)
		goto err_notifier;
	err = rtnl_link_register(&switch_link_ops);
	if (err)
		goto err_internal;
	rtnl_lock();
	open = true;
	rtnl_unlock();
	return 0;

err_internal:
	vsw_internal_module_exit();
err_notifier:
	unregister_netdevice_notifier(&device_notifier);
	return err;
}

/**
 * vsw_switch_module_exit - undo vsw_switch_module_init()
 *
 * Removes all switches there are, while frames fly.
 */
void vsw_switch_module_exit(void)
{
	rtnl_lock();
	open = false;
	rtnl_unlock();
	rtnl_link_unregister(&switch_link_ops);
	vsw_internal_module_exit();
	unregister_netdevice_notifier(&device_notifier);
}
