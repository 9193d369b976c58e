/* SPDX-License-Identifier: GPL-2.0 */
#include_next <linux/netdevice.h>

#ifndef VSW_COMPAT_LINUX_NETDEVICE_H
#define VSW_COMPAT_LINUX_NETDEVICE_H

/* 6.12 turned two feature bits of the device into fields of their own, and
 * 6.15 renamed one of them.
 */
static inline void vsw_compat_set_lltx(struct net_device *dev)
{
#ifdef VSW_HAVE_DEV_LLTX
	dev->lltx = true;
#else
	dev->features |= NETIF_F_LLTX;
#endif
}

static inline void vsw_compat_set_netns_immutable(struct net_device *dev)
{
#if defined(VSW_HAVE_DEV_NETNS_IMMUTABLE)
	dev->netns_immutable = true;
#elif defined(VSW_HAVE_DEV_NETNS_LOCAL)
	dev->netns_local = true;
#else
	dev->features |= NETIF_F_NETNS_LOCAL;
#endif
}

#endif
