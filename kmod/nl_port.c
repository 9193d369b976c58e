// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: ports.
 */
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "event.h"
#include "netlink.h"
#include "port.h"
#include "rule.h"
#include "stats.h"
#include "switch.h"

static int fill_stats(struct sk_buff *skb, const struct vsw_port *port)
{
	u64 drops[__VSW_DROP_MAX], total = 0;
	struct vsw_stats sum;
	struct nlattr *nest;
	int i;

	vsw_stats_sum(port, &sum);
	vsw_stats_sum_drops(port->drops, drops);
	for (i = 0; i < __VSW_DROP_MAX; i++)
		total += drops[i];

	nest = nla_nest_start(skb, VSW_A_PORT_STATS);
	if (!nest ||
	    nla_put_u64_64bit(skb, VSW_A_STATS_RX_PACKETS, sum.rx_packets,
			      VSW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_STATS_RX_BYTES, sum.rx_bytes,
			      VSW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_STATS_TX_PACKETS, sum.tx_packets,
			      VSW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_STATS_TX_BYTES, sum.tx_bytes,
			      VSW_A_STATS_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_STATS_DROPS, total, VSW_A_STATS_PAD))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_vlan(struct sk_buff *skb, const struct vsw_port *port)
{
	struct nlattr *vlans;

	if (!port->sw->vlan_aware)
		return 0;
	if (nla_put_u32(skb, VSW_A_PORT_VLAN_MODE,
			port->trunk ? VSW_VLAN_MODE_TRUNK :
				      VSW_VLAN_MODE_ACCESS) ||
	    nla_put_u16(skb, VSW_A_PORT_PVID, port->pvid))
		return -EMSGSIZE;
	if (!port->trunk)
		return 0;
	vlans = nla_reserve(skb, VSW_A_PORT_VLANS, VSW_VLANS_LEN);
	if (!vlans)
		return -EMSGSIZE;
	vsw_vlan_get(port, nla_data(vlans));
	return 0;
}

static int fill_port(struct sk_buff *skb, const struct vsw_port *port,
		     u32 portid, u32 seq, int flags, u8 cmd,
		     struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_PORT_IFINDEX, port->dev->ifindex) ||
	    nla_put_string(skb, VSW_A_PORT_NAME, port->dev->name) ||
	    nla_put_u32(skb, VSW_A_PORT_SWITCH, port->sw->dev->ifindex) ||
	    nla_put_u32(skb, VSW_A_PORT_TYPE, port->ops->type) ||
	    fill_vlan(skb, port) ||
	    nla_put_u8(skb, VSW_A_PORT_UP, vsw_port_is_up(port)) ||
	    nla_put_u32(skb, VSW_A_PORT_POLICY, port->policy) ||
	    (port->group && nla_put_string(skb, VSW_A_PORT_RULES,
					   port->group->name)) ||
	    fill_stats(skb, port)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * vsw_nl_port_get - %VSW_CMD_PORT_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_port_get(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_port *port;
	struct sk_buff *reply;
	int err;

	reply = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply) {
		NL_SET_ERR_MSG(info->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rtnl_lock();
	port = vsw_nl_port(genl_info_net(info), info->attrs,
			   VSW_A_PORT_IFINDEX, VSW_A_PORT_SWITCH,
			   info->extack);
	err = PTR_ERR_OR_ZERO(port);
	if (!err)
		err = fill_port(reply, port, info->snd_portid, info->snd_seq,
				0, VSW_CMD_PORT_GET, NULL);
	rtnl_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/* Dumps the ports of one switch from number @cb->args[1] on. */
static int dump_ports(struct sk_buff *skb, struct netlink_callback *cb,
		      const struct vsw_switch *sw)
{
	unsigned int i = cb->args[1];
	struct vsw_port *port;
	int err;

	while ((port = vsw_port_next(sw, &i))) {
		err = fill_port(skb, port, NETLINK_CB(cb->skb).portid,
				cb->nlh->nlmsg_seq, NLM_F_MULTI,
				VSW_CMD_PORT_GET, cb);
		if (err)
			return err;
		cb->args[1] = i;
	}
	return 0;
}

/* The switch that a dump is narrowed to, or NULL. */
static struct vsw_switch *dump_only(struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	int err;

	err = vsw_nl_reject(attrs, VSW_A_PORT_IFINDEX,
			    "A dump is of all ports of a switch", cb->extack);
	if (err)
		return ERR_PTR(err);
	if (!attrs[VSW_A_PORT_SWITCH])
		return NULL;
	return vsw_nl_switch(sock_net(cb->skb->sk), attrs, VSW_A_PORT_SWITCH,
			     cb->extack);
}

/**
 * vsw_nl_port_start - %VSW_CMD_PORT_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_port_start(struct netlink_callback *cb)
{
	int err;

	if (!cb->extack)
		return 0;
	rtnl_lock();
	err = PTR_ERR_OR_ZERO(dump_only(cb));
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_port_dump - %VSW_CMD_PORT_GET, all or a switch's
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_port_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct vsw_net *vn = vsw_net(sock_net(skb->sk));
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
		if (i++ < cb->args[0] || (only && sw != only))
			continue;
		err = dump_ports(skb, cb, sw);
		if (err)
			break;
		cb->args[0] = i;
		cb->args[1] = 0;
	}
unlock:
	rtnl_unlock();
	return skb->len ?: err;
}

/* Fills @cfg from what a command says of VLANs, and checks it. Returns 1 if it
 * says nothing.
 */
static int take_vlan(const struct vsw_switch *sw, struct nlattr **attrs,
		     struct vsw_vlan_cfg *cfg, struct netlink_ext_ack *extack)
{
	struct nlattr *mode = attrs[VSW_A_PORT_VLAN_MODE];
	struct nlattr *pvid = attrs[VSW_A_PORT_PVID];
	struct nlattr *vlans = attrs[VSW_A_PORT_VLANS];
	int err;

	if (!mode && !pvid && !vlans)
		return 1;
	cfg->mode = mode ? nla_get_u32(mode) : VSW_VLAN_MODE_ACCESS;
	cfg->vlans = vlans ? nla_data(vlans) : NULL;
	cfg->pvid = cfg->mode == VSW_VLAN_MODE_ACCESS;
	if (pvid)
		cfg->pvid = nla_get_u16(pvid);
	err = vsw_port_check_vlan(sw, cfg, extack);
	if (err && sw->vlan_aware && cfg->mode == VSW_VLAN_MODE_TRUNK && !vlans)
		NL_SET_ERR_ATTR_MISS(extack, NULL, VSW_A_PORT_VLANS);
	else if (err)
		NL_SET_BAD_ATTR(extack, vlans ?: pvid ?: mode);
	return err;
}

static int new_internal(struct vsw_switch *sw, struct genl_info *info,
			const struct vsw_port_cfg *cfg)
{
	const char *name;
	int err;

	err = vsw_nl_reject(info->attrs, VSW_A_PORT_IFINDEX,
			    "An internal port makes its device: give a name instead",
			    info->extack);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_PORT_NAME)) {
		NL_SET_ERR_MSG(info->extack, "An internal port needs a name");
		return -EINVAL;
	}
	name = vsw_nl_name(info->attrs[VSW_A_PORT_NAME], info->extack);
	if (!name)
		return -EINVAL;
	err = vsw_switch_add_internal(sw, name, cfg, info->extack);
	if (err == -EEXIST)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VSW_A_PORT_NAME]);
	return err;
}

static int new_netdev(struct vsw_switch *sw, struct genl_info *info,
		      const struct vsw_port_cfg *cfg)
{
	struct nlattr *ifindex = info->attrs[VSW_A_PORT_IFINDEX];
	struct net_device *dev;
	int err;

	err = vsw_nl_reject(info->attrs, VSW_A_PORT_NAME,
			    "Only an internal port is given a name: give the device's index",
			    info->extack);
	if (err)
		return err;
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_PORT_IFINDEX)) {
		NL_SET_ERR_MSG(info->extack, "Which device is not said");
		return -EINVAL;
	}
	dev = __dev_get_by_index(genl_info_net(info), nla_get_u32(ifindex));
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, ifindex,
				    "No device has this index in this namespace");
		return -ENODEV;
	}
	err = vsw_switch_add_netdev(sw, dev, cfg, info->extack);
	if (err)
		NL_SET_BAD_ATTR(info->extack, ifindex);
	return err;
}

/* What a command says of rules; of the rest nothing changes. */
static void take_rules(struct nlattr **attrs, enum vsw_policy policy,
		       struct vsw_rule_port_cfg *cfg)
{
	struct nlattr *rules = attrs[VSW_A_PORT_RULES];

	if (attrs[VSW_A_PORT_POLICY])
		policy = nla_get_u32(attrs[VSW_A_PORT_POLICY]);
	cfg->policy = policy;
	cfg->name = rules ? nla_data(rules) : NULL;
}

/* All of it, or nothing. */
static int new_port(struct vsw_switch *sw, struct genl_info *info,
		    const struct vsw_vlan_cfg *vlan)
{
	struct nlattr *type = info->attrs[VSW_A_PORT_TYPE];
	struct vsw_rule_port_cfg rules;
	const struct vsw_port_cfg cfg = { .vlan = vlan, .rules = &rules };
	int err;

	take_rules(info->attrs, VSW_POLICY_SWITCH, &rules);
	err = vsw_rule_prepare_port(sw, &rules, info->extack);
	if (err)
		return err;
	if (type && nla_get_u32(type) == VSW_PORT_TYPE_INTERNAL)
		err = new_internal(sw, info, &cfg);
	else
		err = new_netdev(sw, info, &cfg);
	vsw_rule_end_port(sw, &rules);
	return err;
}

/**
 * vsw_nl_port_new - %VSW_CMD_PORT_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_port_new(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_vlan_cfg vlan;
	struct vsw_switch *sw;
	int err;

	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_PORT_SWITCH, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (err)
		goto unlock;
	err = take_vlan(sw, info->attrs, &vlan, info->extack);
	if (err >= 0)
		err = new_port(sw, info, err ? NULL : &vlan);
unlock:
	rtnl_unlock();
	return err;
}

/* All of it, or nothing. */
static int set_port(struct vsw_port *port, struct genl_info *info,
		    const struct vsw_vlan_cfg *vlan)
{
	struct vsw_rule_port_cfg cfg;
	int err;

	take_rules(info->attrs, port->policy, &cfg);
	err = vsw_rule_prepare_port(port->sw, &cfg, info->extack);
	if (err)
		return err;
	if (vlan)
		err = vsw_port_set_vlan(port, vlan, info->extack);
	if (!err)
		vsw_rule_set_port(port, &cfg);
	vsw_rule_end_port(port->sw, &cfg);
	return err;
}

/**
 * vsw_nl_port_set - %VSW_CMD_PORT_SET
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_port_set(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_vlan_cfg cfg;
	struct vsw_port *port;
	int err;

	rtnl_lock();
	port = vsw_nl_port(genl_info_net(info), info->attrs,
			   VSW_A_PORT_IFINDEX, VSW_A_PORT_SWITCH,
			   info->extack);
	err = PTR_ERR_OR_ZERO(port);
	if (err)
		goto unlock;
	err = take_vlan(port->sw, info->attrs, &cfg, info->extack);
	if (err < 0)
		goto unlock;
	if (err && !info->attrs[VSW_A_PORT_POLICY] &&
	    !info->attrs[VSW_A_PORT_RULES]) {
		NL_SET_ERR_MSG(info->extack,
			       "Nothing to change: give the port's VLANs, rules or policy");
		err = -EINVAL;
		goto unlock;
	}
	err = set_port(port, info, err ? NULL : &cfg);
	if (!err)
		vsw_event_port(port, VSW_CMD_PORT_SET_NTF);
unlock:
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_port_del - %VSW_CMD_PORT_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_port_del(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_port *port;
	int err;

	rtnl_lock();
	port = vsw_nl_port(genl_info_net(info), info->attrs,
			   VSW_A_PORT_IFINDEX, VSW_A_PORT_SWITCH,
			   info->extack);
	err = PTR_ERR_OR_ZERO(port);
	if (!err) {
		err = vsw_switch_del_port(port, info->extack);
		if (err)
			NL_SET_BAD_ATTR(info->extack,
					info->attrs[VSW_A_PORT_IFINDEX]);
	}
	rtnl_unlock();
	return err;
}

void vsw_event_port(const struct vsw_port *port, enum vsw_cmd cmd)
{
	struct net *net = dev_net(port->sw->dev);
	struct sk_buff *skb;

	ASSERT_RTNL();
	vsw_net(net)->gen++;
	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_CONFIG))
		return;
	skb = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (skb && fill_port(skb, port, 0, 0, 0, cmd, NULL)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_CONFIG);
}
