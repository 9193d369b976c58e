// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: policers.
 */
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "event.h"
#include "netlink.h"
#include "policer.h"
#include "switch.h"

/* Where a dump goes on. */
struct dump_at {
	unsigned long	n_switches;
	char		name[VSW_NAME_MAX + 1];
};

static int put_limits(struct sk_buff *skb, const struct vsw_policer_cfg *cfg)
{
	if (cfg->rate &&
	    (nla_put_u64_64bit(skb, VSW_A_POLICER_RATE, cfg->rate,
			       VSW_A_POLICER_PAD) ||
	     nla_put_u32(skb, VSW_A_POLICER_BURST, vsw_policer_burst(cfg))))
		return -EMSGSIZE;
	if (cfg->pps &&
	    (nla_put_u32(skb, VSW_A_POLICER_PPS, cfg->pps) ||
	     nla_put_u32(skb, VSW_A_POLICER_PBURST, vsw_policer_pburst(cfg))))
		return -EMSGSIZE;
	return 0;
}

static int put_counters(struct sk_buff *skb, struct vsw_policer *policer)
{
	struct vsw_policer_counters counters;

	vsw_policer_read(policer, &counters);
	if (nla_put_u64_64bit(skb, VSW_A_POLICER_PASSED_PACKETS,
			      counters.passed_packets, VSW_A_POLICER_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_POLICER_PASSED_BYTES,
			      counters.passed_bytes, VSW_A_POLICER_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_POLICER_DROPPED_PACKETS,
			      counters.dropped_packets, VSW_A_POLICER_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_POLICER_DROPPED_BYTES,
			      counters.dropped_bytes, VSW_A_POLICER_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill_policer(struct sk_buff *skb, const struct vsw_switch *sw,
			struct vsw_policer *policer, u32 portid, u32 seq,
			int flags, u8 cmd, struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_POLICER_SWITCH, sw->dev->ifindex) ||
	    nla_put_string(skb, VSW_A_POLICER_NAME, policer->name) ||
	    put_limits(skb, &policer->cfg) || put_counters(skb, policer) ||
	    nla_put_u32(skb, VSW_A_POLICER_RULES, policer->n_rules)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/* The switch and the name that a command gives. */
static struct vsw_switch *take_name(struct genl_info *info, const char **name)
{
	struct nlattr *attr = info->attrs[VSW_A_POLICER_NAME];
	struct vsw_switch *sw;

	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_POLICER_SWITCH, info->extack);
	if (IS_ERR(sw))
		return sw;
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_POLICER_NAME)) {
		NL_SET_ERR_MSG(info->extack, "Which policer is not said");
		return ERR_PTR(-EINVAL);
	}
	*name = nla_data(attr);
	if (**name)
		return sw;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "The name of the policer is empty");
	return ERR_PTR(-EINVAL);
}

/* The switch and the policer that a command names. */
static struct vsw_policer *take_policer(struct genl_info *info,
					struct vsw_switch **sw)
{
	struct vsw_policer *policer;
	const char *name;

	*sw = take_name(info, &name);
	if (IS_ERR(*sw))
		return ERR_CAST(*sw);
	policer = vsw_policer_find(*sw, name);
	if (policer)
		return policer;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_POLICER_NAME],
			    "The switch has no policer of this name");
	return ERR_PTR(-ENOENT);
}

/**
 * vsw_nl_policer_get - %VSW_CMD_POLICER_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_policer_get(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_policer *policer;
	struct vsw_switch *sw;
	struct sk_buff *reply;
	int err;

	reply = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply) {
		NL_SET_ERR_MSG(info->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rtnl_lock();
	policer = take_policer(info, &sw);
	err = PTR_ERR_OR_ZERO(policer);
	if (!err)
		err = fill_policer(reply, sw, policer, info->snd_portid,
				   info->snd_seq, 0, VSW_CMD_POLICER_GET,
				   NULL);
	rtnl_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/* The switch that a dump is narrowed to, or NULL. */
static struct vsw_switch *dump_only(struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	int err;

	err = vsw_nl_reject(attrs, VSW_A_POLICER_NAME,
			    "A dump is of all policers, or of a switch's",
			    cb->extack);
	if (err)
		return ERR_PTR(err);
	if (!attrs[VSW_A_POLICER_SWITCH])
		return NULL;
	return vsw_nl_switch(sock_net(cb->skb->sk), attrs,
			     VSW_A_POLICER_SWITCH, cb->extack);
}

/**
 * vsw_nl_policer_start - %VSW_CMD_POLICER_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_policer_start(struct netlink_callback *cb)
{
	int err;

	BUILD_BUG_ON(sizeof(struct dump_at) > sizeof(cb->ctx));
	if (!cb->extack)
		return 0;
	rtnl_lock();
	err = PTR_ERR_OR_ZERO(dump_only(cb));
	rtnl_unlock();
	return err;
}

/* Dumps the policers of one switch from the place in @cb on. */
static int dump_policers(struct sk_buff *skb, struct netlink_callback *cb,
			 const struct vsw_switch *sw)
{
	struct dump_at *at = (struct dump_at *)cb->ctx;
	struct vsw_policer *policer;
	int err;

	while ((policer = vsw_policer_next(sw, at->name))) {
		err = fill_policer(skb, sw, policer,
				   NETLINK_CB(cb->skb).portid,
				   cb->nlh->nlmsg_seq, NLM_F_MULTI,
				   VSW_CMD_POLICER_GET, cb);
		if (err)
			return err;
		strscpy(at->name, policer->name, sizeof(at->name));
	}
	return 0;
}

/**
 * vsw_nl_policer_dump - %VSW_CMD_POLICER_GET, all or a switch's
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_policer_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(skb->sk));
	struct dump_at *at = (struct dump_at *)cb->ctx;
	struct vsw_switch *sw, *only;
	unsigned long i = 0;
	int err;

	rtnl_lock();
	only = dump_only(cb);
	err = PTR_ERR_OR_ZERO(only);
	if (err)
		goto unlock;
	cb->seq = vn->gen;
	list_for_each_entry(sw, &vn->switches, node) {
		if (i++ < at->n_switches || (only && sw != only))
			continue;
		err = dump_policers(skb, cb, sw);
		if (err)
			break;
		at->n_switches = i;
		at->name[0] = '\0';
	}
unlock:
	rtnl_unlock();
	return skb->len ?: err;
}

static void take_numbers(struct vsw_policer_cfg *cfg, struct nlattr **attrs)
{
	if (attrs[VSW_A_POLICER_RATE])
		cfg->rate = nla_get_u64(attrs[VSW_A_POLICER_RATE]);
	if (attrs[VSW_A_POLICER_BURST])
		cfg->burst = nla_get_u32(attrs[VSW_A_POLICER_BURST]);
	if (attrs[VSW_A_POLICER_PPS])
		cfg->pps = nla_get_u32(attrs[VSW_A_POLICER_PPS]);
	if (attrs[VSW_A_POLICER_PBURST])
		cfg->pburst = nla_get_u32(attrs[VSW_A_POLICER_PBURST]);
}

/* Adds what a command gives to what there is, and looks at the whole. */
static int take_limits(struct vsw_policer_cfg *cfg, const struct vsw_switch *sw,
		       struct nlattr **attrs, struct netlink_ext_ack *extack)
{
	int err;

	take_numbers(cfg, attrs);
	if (!cfg->rate && !cfg->pps) {
		NL_SET_ERR_MSG(extack,
			       "A policer needs a rate, in bits or in packets a second");
		return -EINVAL;
	}
	if (!cfg->rate) {
		err = vsw_nl_reject(attrs, VSW_A_POLICER_BURST,
				    "There is no burst without a rate",
				    extack);
		if (err)
			return err;
	}
	if (!cfg->pps) {
		err = vsw_nl_reject(attrs, VSW_A_POLICER_PBURST,
				    "There is no burst without a rate",
				    extack);
		if (err)
			return err;
	}
	/* The tag may still be in the frame. */
	if (attrs[VSW_A_POLICER_BURST] &&
	    cfg->burst < sw->dev->mtu + VLAN_ETH_HLEN) {
		NL_SET_ERR_MSG_ATTR(extack, attrs[VSW_A_POLICER_BURST],
				    "Less than a frame of the switch's MTU, which would never pass");
		return -ERANGE;
	}
	return 0;
}

/**
 * vsw_nl_policer_new - %VSW_CMD_POLICER_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_policer_new(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_policer_cfg cfg = {};
	struct vsw_switch *sw;
	const char *name;
	int err;

	rtnl_lock();
	sw = take_name(info, &name);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err && vsw_policer_find(sw, name)) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[VSW_A_POLICER_NAME],
				    "The switch has a policer of this name");
		err = -EEXIST;
	}
	if (!err)
		err = take_limits(&cfg, sw, info->attrs, info->extack);
	if (!err)
		err = vsw_policer_add(sw, name, &cfg, info->extack);
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_policer_set - %VSW_CMD_POLICER_SET
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_policer_set(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct vsw_policer *policer;
	struct vsw_policer_cfg cfg;
	struct vsw_switch *sw;
	int err;

	if (!attrs[VSW_A_POLICER_RATE] && !attrs[VSW_A_POLICER_BURST] &&
	    !attrs[VSW_A_POLICER_PPS] && !attrs[VSW_A_POLICER_PBURST]) {
		NL_SET_ERR_MSG(info->extack,
			       "Nothing to change: give a rate or a burst");
		return -EINVAL;
	}
	rtnl_lock();
	policer = take_policer(info, &sw);
	err = PTR_ERR_OR_ZERO(policer);
	if (!err) {
		cfg = policer->cfg;
		err = take_limits(&cfg, sw, attrs, info->extack);
	}
	if (!err)
		vsw_policer_set(sw, policer, &cfg);
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_policer_del - %VSW_CMD_POLICER_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_policer_del(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_policer *policer;
	struct vsw_switch *sw;
	int err;

	rtnl_lock();
	policer = take_policer(info, &sw);
	err = PTR_ERR_OR_ZERO(policer);
	if (!err)
		err = vsw_policer_del(sw, policer, info->extack);
	if (err == -EBUSY)
		NL_SET_BAD_ATTR(info->extack,
				info->attrs[VSW_A_POLICER_NAME]);
	rtnl_unlock();
	return err;
}

void vsw_event_policer(const struct vsw_switch *sw,
		       struct vsw_policer *policer, enum vsw_cmd cmd)
{
	struct net *net = dev_net(sw->dev);
	struct sk_buff *skb;

	ASSERT_RTNL();
	vsw_net(net)->gen++;
	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_CONFIG))
		return;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (skb && fill_policer(skb, sw, policer, 0, 0, 0, cmd, NULL)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_CONFIG);
}
