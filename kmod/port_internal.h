/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_PORT_INTERNAL_H
#define VSW_PORT_INTERNAL_H

#include "vsw.h"

struct vsw_port_cfg;

bool vsw_internal_is(const struct net_device *dev);
struct vsw_port *vsw_internal_add(struct vsw_switch *sw, const char *name,
				  const struct vsw_port_cfg *cfg,
				  struct netlink_ext_ack *extack);
int vsw_internal_module_init(void);
void vsw_internal_module_exit(void);

#endif /* VSW_PORT_INTERNAL_H */
