/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PORT_NETDEV_H
#define VSW_PORT_NETDEV_H

#include "vsw.h"

struct vsw_port *vsw_netdev_port_rcu(const struct net_device *dev);
int vsw_netdev_check(const struct vsw_switch *sw, struct net_device *dev,
		     struct netlink_ext_ack *extack);

#endif /* VSW_PORT_NETDEV_H */
