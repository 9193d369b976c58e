/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PORT_ADAPTER_H
#define VSW_PORT_ADAPTER_H

#include "vsw.h"

void vsw_adapter_setup(struct net_device *dev);
int vsw_adapter_register(struct net_device *dev,
			 struct netlink_ext_ack *extack);
netdev_tx_t vsw_adapter_start_xmit(struct sk_buff *skb,
				   struct net_device *dev);
void vsw_adapter_get_stats64(struct net_device *dev,
			     struct rtnl_link_stats64 *stats);
int vsw_adapter_set_mac_address(struct net_device *dev, void *addr);
int vsw_adapter_attach(struct vsw_port *port, struct netlink_ext_ack *extack);
void vsw_adapter_detach(struct vsw_port *port);
int vsw_adapter_xmit(struct vsw_port *port, struct sk_buff *skb,
		     struct sk_buff **next);

#endif /* VSW_PORT_ADAPTER_H */
