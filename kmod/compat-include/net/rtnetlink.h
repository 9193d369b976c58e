/* SPDX-License-Identifier: GPL-2.0 */
#include_next <net/rtnetlink.h>

#ifndef VSW_COMPAT_NET_RTNETLINK_H
#define VSW_COMPAT_NET_RTNETLINK_H

/* 6.15 put what a new link comes with into a struct. VSW_COMPAT_NEWLINK(fn)
 * goes before the ops, and has .newlink = vsw_compat_newlink(fn) in them.
 */
#ifdef VSW_HAVE_RTNL_NEWLINK_PARAMS

#define vsw_compat_newlink(fn)	(fn)
#define VSW_COMPAT_NEWLINK(fn)						\
	static int fn(struct net_device *dev,				\
		      struct rtnl_newlink_params *params,		\
		      struct netlink_ext_ack *extack)

#else

struct rtnl_newlink_params {
	struct net *src_net;
	struct nlattr **tb;
	struct nlattr **data;
};

#define vsw_compat_newlink(fn)	vsw_compat_##fn
#define VSW_COMPAT_NEWLINK(fn)						\
	static int vsw_compat_##fn(struct net *src_net,			\
				   struct net_device *dev,		\
				   struct nlattr *tb[],			\
				   struct nlattr *data[],		\
				   struct netlink_ext_ack *extack)	\
	{								\
		struct rtnl_newlink_params params = {			\
			.src_net	= src_net,			\
			.tb		= tb,				\
			.data		= data,				\
		};							\
									\
		return fn(dev, &params, extack);			\
	}

#endif

#endif
