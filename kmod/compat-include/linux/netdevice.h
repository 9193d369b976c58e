/* SPDX-License-Identifier: GPL-2.0 */
#include_next <linux/netdevice.h>
#include <linux/skbuff.h>

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

static inline bool vsw_compat_lltx(const struct net_device *dev)
{
#ifdef VSW_HAVE_DEV_LLTX
	return dev->lltx;
#else
	return dev->features & NETIF_F_LLTX;
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

/* Are a device's counters those that dev_sw_netstats_tx_add() adds to? Before
 * 6.7 only the driver knew.
 */
static inline bool vsw_compat_has_tstats(const struct net_device *dev)
{
#ifdef VSW_HAVE_DEV_PCPU_STAT_TYPE
	return dev->pcpu_stat_type == NETDEV_PCPU_STAT_TSTATS;
#else
	return false;
#endif
}

/* Does anyone see, by netfilter or tc, what a device is about to send? 6.6 made
 * tc's hook one of several programs. Context: RCU read section.
 */
static inline bool vsw_compat_egress_hooked(const struct net_device *dev)
{
#ifdef CONFIG_NETFILTER_EGRESS
	if (rcu_access_pointer(dev->nf_hooks_egress))
		return true;
#endif
#if defined(VSW_HAVE_DEV_TCX_EGRESS)
#ifdef CONFIG_NET_XGRESS
	if (rcu_access_pointer(dev->tcx_egress))
		return true;
#endif
#elif defined(CONFIG_NET_CLS_ACT)
	if (rcu_access_pointer(dev->miniq_egress))
		return true;
#endif
	return false;
}

/* The same of what it has received. Context: RCU read section. */
static inline bool vsw_compat_ingress_hooked(const struct net_device *dev)
{
#if defined(VSW_HAVE_DEV_TCX_EGRESS)
#ifdef CONFIG_NET_XGRESS
	return rcu_access_pointer(dev->tcx_ingress);
#endif
#elif defined(CONFIG_NET_CLS_ACT)
	return rcu_access_pointer(dev->miniq_ingress);
#endif
	return false;
}

/* Tells programs below a device that a frame is on its way out. */
static inline void vsw_compat_set_egress(struct sk_buff *skb)
{
#if defined(CONFIG_NET_CLS_ACT) || defined(CONFIG_NET_XGRESS)
	skb->tc_at_ingress = 0;
#endif
}

/* Since 6.12 there are frames whose data only their device has. */
static inline bool vsw_compat_readable(const struct sk_buff *skb)
{
#ifdef VSW_HAVE_SKB_FRAGS_READABLE
	return skb_frags_readable(skb);
#else
	return true;
#endif
}

#endif
