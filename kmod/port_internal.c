// SPDX-License-Identifier: GPL-2.0
/*
 * Internal ports: further adapters of the host, netdevices of their own.
 */
#include <linux/ethtool.h>
#include <linux/etherdevice.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/netdev_lock.h>
#include <net/rtnetlink.h>

#include "port.h"
#include "port_adapter.h"
#include "port_internal.h"

static int internal_init(struct net_device *dev)
{
	netdev_lockdep_set_classes(dev);
	return 0;
}

static const struct net_device_ops internal_netdev_ops = {
	.ndo_init		= internal_init,
	.ndo_start_xmit		= vsw_adapter_start_xmit,
	.ndo_get_stats64	= vsw_adapter_get_stats64,
	.ndo_set_mac_address	= vsw_adapter_set_mac_address,
	.ndo_validate_addr	= eth_validate_addr,
	.ndo_features_check	= passthru_features_check,
};

static void get_drvinfo(struct net_device *dev, struct ethtool_drvinfo *info)
{
	strscpy(info->driver, "vswitch", sizeof(info->driver));
}

static const struct ethtool_ops internal_ethtool_ops = {
	.get_drvinfo	= get_drvinfo,
	.get_link	= ethtool_op_get_link,
};

static void internal_setup(struct net_device *dev)
{
	vsw_adapter_setup(dev);
	dev->netdev_ops = &internal_netdev_ops;
	dev->ethtool_ops = &internal_ethtool_ops;
	dev->needs_free_netdev = true;
}

/* `ip link add` knows no switch to put the adapter into. */
static int internal_newlink(struct net_device *dev,
			    struct rtnl_newlink_params *params,
			    struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG(extack,
		       "Internal ports are made in their switch: vsctl port add SWITCH NAME type internal");
	return -EOPNOTSUPP;
}

VSW_COMPAT_NEWLINK(internal_newlink);

static struct rtnl_link_ops internal_link_ops __read_mostly = {
	.kind		= "vswitch_internal",
	.priv_size	= sizeof(struct vsw_adapter),
	.setup		= internal_setup,
	.newlink	= vsw_compat_newlink(internal_newlink),
	/* The port goes when the core tells that the device does. */
	.dellink	= unregister_netdevice_queue,
};

/**
 * vsw_internal_is - is a device that of an internal port?
 * @dev: the device
 *
 * Return: true if it is.
 */
bool vsw_internal_is(const struct net_device *dev)
{
	return dev->netdev_ops == &internal_netdev_ops;
}

/**
 * vsw_internal_add - make an internal port and its device
 * @sw: the switch
 * @name: the device's name
 * @cfg: how the port is to be, or NULL
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: the port or an error.
 */
struct vsw_port *vsw_internal_add(struct vsw_switch *sw, const char *name,
				  const struct vsw_port_cfg *cfg,
				  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[IFLA_MAX + 1] = {};
	struct net_device *dev;
	struct vsw_port *port;
	int err;

	dev = rtnl_create_link(dev_net(sw->dev), name, NET_NAME_USER,
			       &internal_link_ops, tb, extack);
	if (IS_ERR(dev)) {
		NL_SET_ERR_MSG(extack, "No memory for the device");
		return ERR_CAST(dev);
	}
	err = vsw_adapter_register(dev, extack);
	if (err)
		return ERR_PTR(err);
	port = vsw_port_add(sw, dev, &vsw_port_internal_ops, cfg, extack);
	if (IS_ERR(port)) {
		unregister_netdevice(dev);
		return port;
	}
	/* Now that it is one, tell who listens to rtnetlink. */
	rtnl_configure_link(dev, NULL, 0, NULL);
	return port;
}

static int attach(struct vsw_port *port, struct netlink_ext_ack *extack)
{
	int err;

	err = netdev_master_upper_dev_link(port->dev, port->sw->dev, NULL,
					   NULL, extack);
	if (err) {
		/* It says nothing of its own of either. */
		if (err == -EMLINK)
			NL_SET_ERR_MSG(extack,
				       "Too many devices stand on each other here");
		else if (err == -ENOMEM)
			NL_SET_ERR_MSG(extack, "No memory for the port");
		return err;
	}
	err = vsw_adapter_attach(port, extack);
	if (err)
		netdev_upper_dev_unlink(port->dev, port->sw->dev);
	return err;
}

static void release(struct vsw_port *port)
{
	netdev_upper_dev_unlink(port->dev, port->sw->dev);
}

const struct vsw_port_ops vsw_port_internal_ops = {
	.type	= VSW_PORT_TYPE_INTERNAL,
	.attach	= attach,
	.detach	= vsw_adapter_detach,
	.release = release,
	.xmit	= vsw_adapter_xmit,
};

/**
 * vsw_internal_module_init - make the kind of netdevice known
 *
 * Return: 0 or an error.
 */
int __init vsw_internal_module_init(void)
{
	return rtnl_link_register(&internal_link_ops);
}

/**
 * vsw_internal_module_exit - undo vsw_internal_module_init()
 *
 * Removes what devices of the kind are left.
 */
void vsw_internal_module_exit(void)
{
	rtnl_link_unregister(&internal_link_ops);
}
