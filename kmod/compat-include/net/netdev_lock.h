/* SPDX-License-Identifier: GPL-2.0 */
/* What 6.15 put there was in <linux/netdevice.h> before. */
#ifdef VSW_HAVE_NET_NETDEV_LOCK_H
#include_next <net/netdev_lock.h>
#else
#include <linux/netdevice.h>
#endif
