// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: what would become of a frame.
 */
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/jhash.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "action.h"
#include "netlink.h"
#include "port.h"
#include "stats.h"
#include "switch.h"

/**
 * struct nl_tracer - a tracer that writes a dump
 * @tracer: it
 * @msg: where to
 * @cb: the dump; the first of @cb->args is how many steps were written, the
 *	second a hash of them
 * @n: steps so far
 * @hash: of them
 *
 * Nothing else is kept between two parts of a dump: the frame is traced once
 * more for each, and what was written is left out.
 */
struct nl_tracer {
	struct vsw_tracer	tracer;
	struct sk_buff		*msg;
	struct netlink_callback	*cb;
	unsigned long		n;
	u32			hash;
};

/* The frame as it would be on the wire, with its tag in front of the type. */
static int put_frame(struct sk_buff *msg, const struct sk_buff *skb)
{
	unsigned int macs = 2 * ETH_ALEN;
	bool tagged = skb_vlan_tag_present(skb);
	struct nlattr *attr;
	__be16 tag[2];
	u8 *to;

	attr = nla_reserve(msg, VSW_A_TRACE_FRAME,
			   skb->len + (tagged ? VLAN_HLEN : 0));
	if (!attr)
		return -EMSGSIZE;
	to = nla_data(attr);
	if (!tagged)
		return skb_copy_bits(skb, 0, to, skb->len);
	tag[0] = skb->vlan_proto;
	tag[1] = htons(skb_vlan_tag_get(skb));
	memcpy(to + macs, tag, VLAN_HLEN);
	return skb_copy_bits(skb, 0, to, macs) ?:
	       skb_copy_bits(skb, macs, to + macs + VLAN_HLEN,
			     skb->len - macs);
}

static int put_step(struct sk_buff *msg, const struct vsw_pkt *pkt,
		    const struct vsw_step_info *info)
{
	if (nla_put_u32(msg, VSW_A_TRACE_STEP, info->step) ||
	    (info->port && nla_put_u32(msg, VSW_A_TRACE_PORT,
				       info->port->dev->ifindex)) ||
	    (info->step == VSW_STEP_LEARN && info->port &&
	     nla_put_u32(msg, VSW_A_TRACE_FDB_TYPE, info->fdb_type)) ||
	    (info->is_full && nla_put_u8(msg, VSW_A_TRACE_FDB_FULL, 1)) ||
	    (info->is_tracked && nla_put_u32(msg, VSW_A_TRACE_CT, pkt->ct)) ||
	    (info->rule && nla_put_u32(msg, VSW_A_TRACE_RULE, info->rule)))
		return -EMSGSIZE;
	if (info->step == VSW_STEP_RECEIVE && pkt->sw->vlan_aware &&
	    nla_put_u16(msg, VSW_A_TRACE_VLAN, pkt->vid))
		return -EMSGSIZE;
	if (info->reason &&
	    (nla_put_u32(msg, VSW_A_TRACE_REASON, info->reason) ||
	     nla_put_string(msg, VSW_A_TRACE_REASON_NAME,
			    vsw_drop_names[info->reason])))
		return -EMSGSIZE;
	if (info->sample &&
	    (nla_put_u32(msg, VSW_A_TRACE_SAMPLE_RATE,
			 info->sample->sample.rate) ||
	     nla_put_u32(msg, VSW_A_TRACE_SAMPLE_GROUP,
			 info->sample->sample.number)))
		return -EMSGSIZE;
	return info->skb ? put_frame(msg, info->skb) : 0;
}

/* Is it one that was written before? If it is not the same, say so. */
static bool was_told(struct nl_tracer *t, const struct vsw_step_info *info)
{
	struct netlink_callback *cb = t->cb;

	t->hash = jhash_3words(info->step, info->rule,
			       info->port ? info->port->dev->ifindex : 0,
			       t->hash);
	if (t->n++ >= cb->args[0])
		return false;
	if (t->n == cb->args[0] && t->hash != cb->args[1])
		cb->seq++;
	return true;
}

static void tell(struct vsw_tracer *tracer, const struct vsw_pkt *pkt,
		 const struct vsw_step_info *info)
{
	struct nl_tracer *t = container_of(tracer, struct nl_tracer, tracer);
	struct netlink_callback *cb = t->cb;
	void *hdr;

	if (tracer->is_full || was_told(t, info))
		return;
	hdr = genlmsg_put(t->msg, NETLINK_CB(cb->skb).portid,
			  cb->nlh->nlmsg_seq, &vsw_nl_family, NLM_F_MULTI,
			  VSW_CMD_TRACE);
	if (!hdr || put_step(t->msg, pkt, info)) {
		if (hdr)
			genlmsg_cancel(t->msg, hdr);
		tracer->is_full = true;
		return;
	}
	genl_dump_check_consistent(cb, hdr);
	genlmsg_end(t->msg, hdr);
	cb->args[0] = t->n;
	cb->args[1] = t->hash;
}

/* The port; that there is a frame, and one which gets to the switch. */
static struct vsw_port *take_port(struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	const struct ethhdr *eth;
	struct vsw_port *port;

	port = vsw_nl_port(sock_net(cb->skb->sk), attrs, VSW_A_TRACE_PORT,
			   VSW_A_TRACE_SWITCH, cb->extack);
	if (IS_ERR(port))
		return port;
	if (NL_REQ_ATTR_CHECK(cb->extack, NULL, attrs, VSW_A_TRACE_FRAME)) {
		NL_SET_ERR_MSG(cb->extack, "The frame is missing");
		return ERR_PTR(-EINVAL);
	}
	eth = nla_data(attrs[VSW_A_TRACE_FRAME]);
	if (port->ops->type == VSW_PORT_TYPE_NETDEV &&
	    is_link_local_ether_addr(eth->h_dest)) {
		NL_SET_ERR_MSG_ATTR(cb->extack, attrs[VSW_A_TRACE_FRAME],
				    "What a device receives for 01:80:c2:00:00:00 to 0f is its own, and gets to no switch");
		return ERR_PTR(-EINVAL);
	}
	return port;
}

/* As the port's device would hand it in. */
static struct sk_buff *make_frame(struct netlink_callback *cb,
				  struct vsw_port *port)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct nlattr *frame = attrs[VSW_A_TRACE_FRAME];
	/* A tag may come on top; the IP header is aligned. */
	unsigned int room = NET_SKB_PAD + NET_IP_ALIGN + VLAN_HLEN;
	struct sk_buff *skb;

	skb = alloc_skb(room + nla_len(frame), GFP_KERNEL);
	if (!skb) {
		NL_SET_ERR_MSG(cb->extack, "No memory for the frame");
		return NULL;
	}
	skb_reserve(skb, room);
	skb_put_data(skb, nla_data(frame), nla_len(frame));
	skb->protocol = eth_type_trans(skb, port->dev);
	if (attrs[VSW_A_TRACE_MARK])
		skb->mark = nla_get_u32(attrs[VSW_A_TRACE_MARK]);
	return skb;
}

/**
 * vsw_nl_trace_start - %VSW_CMD_TRACE, start of the dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_trace_start(struct netlink_callback *cb)
{
	int err;

	if (!cb->extack)
		return 0;
	rtnl_lock();
	err = PTR_ERR_OR_ZERO(take_port(cb));
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_trace_dump - %VSW_CMD_TRACE
 * @msg: where to put the steps
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_trace_dump(struct sk_buff *msg, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(msg->sk));
	struct nl_tracer t = {
		.tracer.tell = tell, .msg = msg, .cb = cb,
	};
	struct vsw_port *port;
	struct sk_buff *skb;

	rtnl_lock();
	cb->seq = vn->gen + vn->rule_gen;
	port = take_port(cb);
	skb = IS_ERR(port) ? NULL : make_frame(cb, port);
	if (skb) {
		static_branch_deferred_inc(&vsw_tracing);
		local_bh_disable();
		rcu_read_lock();
		vsw_trace(port, skb, &t.tracer);
		rcu_read_unlock();
		local_bh_enable();
		static_branch_slow_dec_deferred(&vsw_tracing);
	}
	rtnl_unlock();
	if (IS_ERR(port))
		return PTR_ERR(port);
	if (!skb)
		return -ENOMEM;
	/* Fewer steps than before. */
	if (t.n < cb->args[0])
		cb->seq++;
	return t.tracer.is_full && !msg->len ? -EMSGSIZE : msg->len;
}
