// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: drop counters.
 */
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "netlink.h"
#include "port.h"
#include "stats.h"
#include "switch.h"

static int put_counter(struct sk_buff *skb, int reason, u64 packets)
{
	struct nlattr *nest = nla_nest_start(skb, VSW_A_DROP_COUNTER);

	if (!nest || nla_put_u32(skb, VSW_A_DROP_COUNTER_REASON, reason) ||
	    nla_put_string(skb, VSW_A_DROP_COUNTER_NAME,
			   vsw_drop_names[reason]) ||
	    nla_put_u64_64bit(skb, VSW_A_DROP_COUNTER_PACKETS, packets,
			      VSW_A_DROP_COUNTER_PAD))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* @port is NULL for the counters of the whole switch. */
static int fill_drops(struct sk_buff *skb, struct netlink_callback *cb,
		      const struct vsw_switch *sw, const struct vsw_port *port)
{
	u64 sum[__VSW_DROP_MAX];
	void *hdr;
	int i;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid,
			  cb->nlh->nlmsg_seq, &vsw_nl_family, NLM_F_MULTI,
			  VSW_CMD_DROP_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_DROP_SWITCH, sw->dev->ifindex) ||
	    (port &&
	     nla_put_u32(skb, VSW_A_DROP_PORT, port->dev->ifindex)))
		goto cancel;
	vsw_stats_sum_drops(port ? port->drops : sw->drops, sum);
	for (i = 1; i < __VSW_DROP_MAX; i++)
		if (sum[i] && put_counter(skb, i, sum[i]))
			goto cancel;
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
cancel:
	genlmsg_cancel(skb, hdr);
	return -EMSGSIZE;
}

/* Dumps one switch: itself if @cb->args[1] is 0, then its ports from number
 * @cb->args[1] - 1 on.
 */
static int dump_switch(struct sk_buff *skb, struct netlink_callback *cb,
		       const struct vsw_switch *sw,
		       const struct vsw_port *only)
{
	struct vsw_port *port;
	unsigned int i;
	int err;

	if (!cb->args[1]) {
		err = only ? 0 : fill_drops(skb, cb, sw, NULL);
		if (err)
			return err;
		cb->args[1] = 1;
	}
	i = cb->args[1] - 1;
	while ((port = vsw_port_next(sw, &i))) {
		if (only && port != only)
			continue;
		err = fill_drops(skb, cb, sw, port);
		if (err)
			return err;
		cb->args[1] = i + 1;
	}
	return 0;
}

/**
 * vsw_nl_drop_start - %VSW_CMD_DROP_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_drop_start(struct netlink_callback *cb)
{
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	if (!cb->extack)
		return 0;
	rtnl_lock();
	err = vsw_nl_narrow(cb, VSW_A_DROP_SWITCH, VSW_A_DROP_PORT, &sw,
			    &port);
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_drop_dump - %VSW_CMD_DROP_GET
 * @skb: where to put the counters
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_drop_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(skb->sk));
	struct vsw_switch *sw, *only;
	struct vsw_port *port;
	unsigned long i = 0;
	int err;

	rtnl_lock();
	err = vsw_nl_narrow(cb, VSW_A_DROP_SWITCH, VSW_A_DROP_PORT, &only,
			    &port);
	if (err)
		goto unlock;
	cb->seq = vn->gen;
	list_for_each_entry(sw, &vn->switches, node) {
		if (i++ < cb->args[0] || (only && sw != only))
			continue;
		err = dump_switch(skb, cb, sw, port);
		if (err)
			break;
		cb->args[0] = i;
		cb->args[1] = 0;
	}
unlock:
	rtnl_unlock();
	return skb->len ?: err;
}
