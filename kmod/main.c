// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading, nothing else.
 */
#include <linux/module.h>
#include <net/rtnetlink.h>

#include "fdb_table.h"
#include "netlink.h"
#include "rule_ct.h"
#include "switch.h"

static int __init vsw_init(void)
{
	int err;

	err = vsw_fdb_cache_init();
	if (err)
		return err;
	err = vsw_ct_init();
	if (err)
		goto err_fdb;
	err = vsw_switch_net_init();
	if (err)
		goto err_ct;
	err = vsw_nl_module_init();
	if (err)
		goto err_net;
	err = vsw_switch_module_init();
	if (err)
		goto err_netlink;
	return 0;

err_netlink:
	vsw_nl_module_exit();
err_net:
	vsw_switch_net_exit();
err_ct:
	vsw_ct_exit();
err_fdb:
	vsw_fdb_cache_exit();
	return err;
}

static void __exit vsw_exit(void)
{
	/* Netlink last: it tells those who listen what goes. */
	vsw_switch_module_exit();
	vsw_nl_module_exit();
	vsw_switch_net_exit();
	/* Ports are freed by RCU callbacks. */
	rcu_barrier();
	static_key_deferred_flush(&vsw_tracing);
	vsw_ct_exit();
	vsw_fdb_cache_exit();
}

module_init(vsw_init);
module_exit(vsw_exit);

MODULE_DESCRIPTION("Virtual switch");
MODULE_LICENSE("GPL");
MODULE_ALIAS_RTNL_LINK("vswitch");
MODULE_ALIAS_GENL_FAMILY(VSW_GENL_NAME);
