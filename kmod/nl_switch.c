// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: switches.
 */
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "event.h"
#include "netlink.h"
#include "rule.h"
#include "switch.h"

static int fill_switch(struct sk_buff *skb, const struct vsw_switch *sw,
		       u32 portid, u32 seq, int flags, u8 cmd,
		       struct netlink_callback *cb)
{
	const struct vsw_fdb *fdb = &sw->fdb;
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_SWITCH_IFINDEX, sw->dev->ifindex) ||
	    nla_put_string(skb, VSW_A_SWITCH_NAME, sw->dev->name) ||
	    nla_put_u8(skb, VSW_A_SWITCH_VLAN_AWARE, sw->vlan_aware) ||
	    nla_put_u32(skb, VSW_A_SWITCH_AGEING,
			READ_ONCE(fdb->ageing) / HZ) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FDB_LIMIT, READ_ONCE(fdb->limit)) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FDB_COUNT, READ_ONCE(fdb->count)) ||
	    nla_put_u32(skb, VSW_A_SWITCH_FDB_LEARNED,
			READ_ONCE(fdb->learned)) ||
	    nla_put_u64_64bit(skb, VSW_A_SWITCH_FDB_REFUSED,
			      atomic64_read(&fdb->refused), VSW_A_SWITCH_PAD) ||
	    nla_put_u32(skb, VSW_A_SWITCH_PORT_COUNT, sw->n_ports) ||
	    nla_put_u32(skb, VSW_A_SWITCH_POLICY, sw->policy) ||
	    nla_put_u16(skb, VSW_A_SWITCH_CT_ZONE, sw->ct_zone)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_switch_get - %VSW_CMD_SWITCH_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_switch_get(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	struct sk_buff *reply;
	int err;

	reply = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply) {
		NL_SET_ERR_MSG(info->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_SWITCH_IFINDEX, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err)
		err = fill_switch(reply, sw, info->snd_portid, info->snd_seq,
				  0, VSW_CMD_SWITCH_GET, NULL);
	rtnl_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

static int check_dump(struct netlink_callback *cb)
{
	return vsw_nl_reject(genl_info_dump(cb)->attrs, VSW_A_SWITCH_IFINDEX,
			     "A dump is of all switches", cb->extack);
}

/**
 * vsw_nl_switch_start - %VSW_CMD_SWITCH_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_switch_start(struct netlink_callback *cb)
{
	return cb->extack ? check_dump(cb) : 0;
}

/**
 * vsw_nl_switch_dump - %VSW_CMD_SWITCH_GET, all
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_switch_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(skb->sk));
	struct vsw_switch *sw;
	unsigned long i = 0;
	int err;

	err = check_dump(cb);
	if (err)
		return err;
	rtnl_lock();
	cb->seq = vn->gen;
	list_for_each_entry(sw, &vn->switches, node) {
		if (i++ < cb->args[0])
			continue;
		err = fill_switch(skb, sw, NETLINK_CB(cb->skb).portid,
				  cb->nlh->nlmsg_seq, NLM_F_MULTI,
				  VSW_CMD_SWITCH_GET, cb);
		if (err)
			break;
		cb->args[0] = i;
	}
	rtnl_unlock();
	return skb->len ?: err;
}

static void take_settings(struct vsw_switch_cfg *cfg, struct nlattr **attrs)
{
	if (attrs[VSW_A_SWITCH_AGEING])
		cfg->ageing = nla_get_u32(attrs[VSW_A_SWITCH_AGEING]);
	if (attrs[VSW_A_SWITCH_FDB_LIMIT])
		cfg->fdb_limit = nla_get_u32(attrs[VSW_A_SWITCH_FDB_LIMIT]);
}

/**
 * vsw_nl_switch_new - %VSW_CMD_SWITCH_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_switch_new(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch_cfg cfg = {
		.ageing		= VSW_AGEING_DEFAULT,
		.fdb_limit	= VSW_FDB_LIMIT_DEFAULT,
		.vlan_aware	= true,
	};
	struct nlattr **attrs = info->attrs;
	struct vsw_switch *sw;
	const char *name;

	if (GENL_REQ_ATTR_CHECK(info, VSW_A_SWITCH_NAME)) {
		NL_SET_ERR_MSG(info->extack, "A switch needs a name");
		return -EINVAL;
	}
	name = vsw_nl_name(attrs[VSW_A_SWITCH_NAME], info->extack);
	if (!name)
		return -EINVAL;
	take_settings(&cfg, attrs);
	if (attrs[VSW_A_SWITCH_VLAN_AWARE])
		cfg.vlan_aware = nla_get_u8(attrs[VSW_A_SWITCH_VLAN_AWARE]);

	rtnl_lock();
	sw = vsw_switch_add(genl_info_net(info), name, &cfg, info->extack);
	if (IS_ERR(sw) && PTR_ERR(sw) == -EEXIST)
		NL_SET_BAD_ATTR(info->extack, attrs[VSW_A_SWITCH_NAME]);
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(sw);
}

/**
 * vsw_nl_switch_set - %VSW_CMD_SWITCH_SET
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_switch_set(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *policy = info->attrs[VSW_A_SWITCH_POLICY];
	struct nlattr *zone = info->attrs[VSW_A_SWITCH_CT_ZONE];
	struct vsw_switch_cfg cfg;
	struct vsw_switch *sw;
	int err;

	if (!info->attrs[VSW_A_SWITCH_AGEING] &&
	    !info->attrs[VSW_A_SWITCH_FDB_LIMIT] && !policy && !zone) {
		NL_SET_ERR_MSG(info->extack,
			       "Nothing to change: give an ageing time, a limit, a policy or a zone");
		return -EINVAL;
	}
	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_SWITCH_IFINDEX, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err && policy)
		err = vsw_rule_set_switch_policy(sw, nla_get_u32(policy),
						 info->extack);
	if (!err && zone)
		WRITE_ONCE(sw->ct_zone, nla_get_u16(zone));
	if (!err) {
		cfg.ageing = sw->fdb.ageing / HZ;
		cfg.fdb_limit = sw->fdb.limit;
		take_settings(&cfg, info->attrs);
		vsw_switch_set(sw, &cfg);
		vsw_event_switch(sw, VSW_CMD_SWITCH_SET_NTF);
	}
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_switch_del - %VSW_CMD_SWITCH_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_switch_del(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	int err;

	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_SWITCH_IFINDEX, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err)
		vsw_switch_del(sw);
	rtnl_unlock();
	return err;
}

void vsw_event_switch(const struct vsw_switch *sw, enum vsw_cmd cmd)
{
	struct net *net = dev_net(sw->dev);
	struct sk_buff *skb;

	ASSERT_RTNL();
	vsw_net(net)->gen++;
	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_CONFIG))
		return;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (skb && fill_switch(skb, sw, 0, 0, 0, cmd, NULL)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_CONFIG);
}
