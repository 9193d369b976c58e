// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: rules.
 */
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "event.h"
#include "netlink.h"
#include "rule.h"
#include "switch.h"

static size_t rule_size(const struct vsw_rule *rule)
{
	return NLMSG_ALIGN(GENL_HDRLEN) + 7 * nla_total_size(sizeof(u32)) +
	       nla_total_size(sizeof(u8)) + nla_total_size(VSW_NAME_MAX + 1) +
	       2 * nla_total_size_64bit(sizeof(u64)) + 3 * nla_total_size(0) +
	       NLA_ALIGN(rule->match_len) + NLA_ALIGN(rule->except_len) +
	       NLA_ALIGN(rule->action_len);
}

static int put_nest(struct sk_buff *skb, int type, const void *data,
		    unsigned int len)
{
	if (!len)
		return 0;
	return nla_put(skb, type | NLA_F_NESTED, len, data);
}

/* What a rule says, as it was given. */
static int put_saying(struct sk_buff *skb, const struct vsw_rule *rule)
{
	const u8 *at = rule->attrs;

	if (put_nest(skb, VSW_A_RULE_MATCH, at, rule->match_len))
		return -EMSGSIZE;
	at += rule->match_len;
	if (put_nest(skb, VSW_A_RULE_EXCEPT, at, rule->except_len))
		return -EMSGSIZE;
	at += rule->except_len;
	return put_nest(skb, VSW_A_RULE_ACTIONS, at, rule->action_len);
}

static int put_counters(struct sk_buff *skb, const struct vsw_rule *rule)
{
	struct vsw_rule_counters sum;

	vsw_rule_sum(rule, &sum);
	if (nla_put_u64_64bit(skb, VSW_A_RULE_PACKETS, sum.packets,
			      VSW_A_RULE_PAD) ||
	    nla_put_u64_64bit(skb, VSW_A_RULE_BYTES, sum.bytes,
			      VSW_A_RULE_PAD))
		return -EMSGSIZE;
	if (!sum.packets)
		return 0;
	return nla_put_u32(skb, VSW_A_RULE_USED,
			   jiffies_to_msecs(jiffies - sum.used));
}

/* When it goes, and whether it is for nothing. */
static int put_end(struct sk_buff *skb, const struct vsw_switch *sw,
		   const struct vsw_rule *rule, u8 cmd)
{
	u32 id = 0;

	if (cmd == VSW_CMD_RULE_GET)
		id = vsw_rule_shadowed_by(sw, rule);
	if ((rule->idle && nla_put_u32(skb, VSW_A_RULE_IDLE_TIMEOUT,
				       rule->idle)) ||
	    (rule->hard && nla_put_u32(skb, VSW_A_RULE_HARD_TIMEOUT,
				       rule->hard)) ||
	    (id && nla_put_u32(skb, VSW_A_RULE_SHADOWED_BY, id)))
		return -EMSGSIZE;
	return 0;
}

static int fill_rule(struct sk_buff *skb, const struct vsw_switch *sw,
		     const struct vsw_rule *rule, u32 portid, u32 seq,
		     int flags, u8 cmd, struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VSW_A_RULE_SWITCH, sw->dev->ifindex) ||
	    nla_put_u32(skb, VSW_A_RULE_ID, rule->id) ||
	    nla_put_u32(skb, VSW_A_RULE_PRIO, rule->prio) ||
	    nla_put_u8(skb, VSW_A_RULE_BAND, rule->band) ||
	    (rule->group && nla_put_string(skb, VSW_A_RULE_GROUP,
					   rule->group->name)) ||
	    put_saying(skb, rule) || put_counters(skb, rule) ||
	    put_end(skb, sw, rule, cmd)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

/* The switch and one of its rules that a command names. */
static struct vsw_rule *take_rule(struct genl_info *info,
				  struct vsw_switch **sw)
{
	struct vsw_rule *rule;

	*sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			    VSW_A_RULE_SWITCH, info->extack);
	if (IS_ERR(*sw))
		return ERR_CAST(*sw);
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_RULE_ID)) {
		NL_SET_ERR_MSG(info->extack, "Which rule is not said");
		return ERR_PTR(-EINVAL);
	}
	rule = vsw_rule_find(*sw, nla_get_u32(info->attrs[VSW_A_RULE_ID]));
	if (rule)
		return rule;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_RULE_ID],
			    "The switch has no rule with this ID");
	return ERR_PTR(-ENOENT);
}

/**
 * vsw_nl_rule_get - %VSW_CMD_RULE_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_get(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply = NULL;
	struct vsw_switch *sw;
	struct vsw_rule *rule;
	int err;

	rtnl_lock();
	rule = take_rule(info, &sw);
	err = PTR_ERR_OR_ZERO(rule);
	if (!err) {
		reply = genlmsg_new(rule_size(rule), GFP_KERNEL);
		err = reply ? fill_rule(reply, sw, rule, info->snd_portid,
					info->snd_seq, 0, VSW_CMD_RULE_GET,
					NULL) : -ENOMEM;
		if (err)
			NL_SET_ERR_MSG(info->extack,
				       "No memory for the reply");
	}
	rtnl_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/* Dumps the rules of one switch from the place in @cb on. */
static int dump_rules(struct sk_buff *skb, struct netlink_callback *cb,
		      const struct vsw_switch *sw)
{
	u32 prio = VSW_RULE_PRIO_MAX, id = 0;
	struct vsw_rule *rule;
	u8 band = 0;
	int err;

	if (cb->args[1]) {
		prio = cb->args[1] - 1;
		id = cb->args[2];
		band = cb->args[3];
	}
	while ((rule = vsw_rule_next(sw, band, prio, id))) {
		err = fill_rule(skb, sw, rule, NETLINK_CB(cb->skb).portid,
				cb->nlh->nlmsg_seq, NLM_F_MULTI,
				VSW_CMD_RULE_GET, cb);
		if (err)
			return err;
		prio = rule->prio;
		id = rule->id + 1;
		cb->args[1] = prio + 1;
		cb->args[2] = id;
		band = rule->band;
		cb->args[3] = band;
	}
	return 0;
}

/* The switch that a dump is narrowed to, or NULL. */
static struct vsw_switch *dump_only(struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	int err;

	err = vsw_nl_reject(attrs, VSW_A_RULE_ID,
			    "A dump is of all rules, or of a switch's",
			    cb->extack);
	if (err)
		return ERR_PTR(err);
	if (!attrs[VSW_A_RULE_SWITCH])
		return NULL;
	return vsw_nl_switch(sock_net(cb->skb->sk), attrs, VSW_A_RULE_SWITCH,
			     cb->extack);
}

/**
 * vsw_nl_rule_start - %VSW_CMD_RULE_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_start(struct netlink_callback *cb)
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
 * vsw_nl_rule_dump - %VSW_CMD_RULE_GET, all or a switch's
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_rule_dump(struct sk_buff *skb, struct netlink_callback *cb)
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
	cb->seq = vn->gen + vn->rule_gen;
	list_for_each_entry(sw, &vn->switches, node) {
		if (i++ < cb->args[0] || (only && sw != only))
			continue;
		err = dump_rules(skb, cb, sw);
		if (err)
			break;
		cb->args[0] = i;
		cb->args[1] = 0;
	}
unlock:
	rtnl_unlock();
	return skb->len ?: err;
}

static int check_length(const struct vsw_rule_cfg *cfg,
			struct netlink_ext_ack *extack)
{
	unsigned int len = 0;

	if (cfg->match)
		len += nla_len(cfg->match);
	if (cfg->except)
		len += nla_len(cfg->except);
	len += nla_len(cfg->action);
	if (len <= VSW_RULE_MATCH_LEN_MAX)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, cfg->match ?: cfg->except,
			    "The rule has too many values: make more rules of it");
	return -E2BIG;
}

/**
 * vsw_nl_rule_new - %VSW_CMD_RULE_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_new(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_rule_cfg cfg = {
		.prio	= VSW_RULE_PRIO_DEFAULT,
		.match	= info->attrs[VSW_A_RULE_MATCH],
		.except	= info->attrs[VSW_A_RULE_EXCEPT],
		.action	= info->attrs[VSW_A_RULE_ACTIONS],
	};
	struct vsw_switch *sw;
	int err;

	if (info->attrs[VSW_A_RULE_PRIO])
		cfg.prio = nla_get_u32(info->attrs[VSW_A_RULE_PRIO]);
	if (info->attrs[VSW_A_RULE_BAND])
		cfg.band = nla_get_u8(info->attrs[VSW_A_RULE_BAND]);
	if (info->attrs[VSW_A_RULE_IDLE_TIMEOUT])
		cfg.idle = nla_get_u32(info->attrs[VSW_A_RULE_IDLE_TIMEOUT]);
	if (info->attrs[VSW_A_RULE_HARD_TIMEOUT])
		cfg.hard = nla_get_u32(info->attrs[VSW_A_RULE_HARD_TIMEOUT]);
	if (info->attrs[VSW_A_RULE_GROUP])
		cfg.group = nla_data(info->attrs[VSW_A_RULE_GROUP]);
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_RULE_ACTIONS)) {
		NL_SET_ERR_MSG(info->extack, "What the rule does is not said");
		return -EINVAL;
	}
	err = check_length(&cfg, info->extack);
	if (!err && cfg.group && !*cfg.group) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[VSW_A_RULE_GROUP],
				    "The name of the group is empty");
		err = -EINVAL;
	}
	if (err)
		return err;
	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_RULE_SWITCH, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err)
		err = vsw_nl_actions(&cfg, sw, info->extack);
	if (!err)
		err = vsw_nl_match(&cfg, sw, info->extack);
	if (!err)
		err = vsw_rule_add(sw, &cfg, info->snd_portid, info->extack);
	vsw_nl_match_free(&cfg);
	vsw_nl_actions_free(&cfg);
	rtnl_unlock();
	return err;
}

static int del_by_prio(struct vsw_switch *sw, struct genl_info *info)
{
	struct nlattr *prio = info->attrs[VSW_A_RULE_PRIO];
	u8 band = 0;

	if (info->attrs[VSW_A_RULE_BAND])
		band = nla_get_u8(info->attrs[VSW_A_RULE_BAND]);
	if (!prio) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, VSW_A_RULE_ID);
		NL_SET_ERR_MSG(info->extack, "Which rule is not said");
		return -EINVAL;
	}
	if (vsw_rule_del_prio(sw, band, nla_get_u32(prio)))
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, prio,
			    "The band has no rule with this prio");
	return -ENOENT;
}

static int del_by_id(struct vsw_switch *sw, struct genl_info *info)
{
	struct nlattr *id = info->attrs[VSW_A_RULE_ID];
	int err;

	err = vsw_nl_reject(info->attrs, VSW_A_RULE_PRIO,
			    "The ID is enough", info->extack);
	if (!err)
		err = vsw_nl_reject(info->attrs, VSW_A_RULE_BAND,
				    "The ID is enough", info->extack);
	if (err)
		return err;
	if (vsw_rule_del(sw, nla_get_u32(id)))
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, id,
			    "The switch has no rule with this ID");
	return -ENOENT;
}

static int flush(struct vsw_switch *sw, struct genl_info *info)
{
	vsw_rule_flush(sw);
	return 0;
}

static int begin(struct vsw_switch *sw, struct genl_info *info)
{
	return vsw_rule_begin(sw, info->snd_portid, info->extack);
}

static int commit(struct vsw_switch *sw, struct genl_info *info)
{
	return vsw_rule_commit(sw, info->snd_portid, info->extack);
}

static int forget(struct vsw_switch *sw, struct genl_info *info)
{
	if (vsw_rule_abort(sw, info->snd_portid))
		return 0;
	NL_SET_ERR_MSG(info->extack, "No replacement was begun");
	return -EINVAL;
}

/* Does something to the rules of the switch that a command names. */
static int change(struct genl_info *info,
		  int (*how)(struct vsw_switch *sw, struct genl_info *info))
{
	struct vsw_switch *sw;
	int err;

	rtnl_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs,
			   VSW_A_RULE_SWITCH, info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err)
		err = how(sw, info);
	rtnl_unlock();
	return err;
}

/**
 * vsw_nl_rule_del - %VSW_CMD_RULE_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_del(struct sk_buff *skb, struct genl_info *info)
{
	return change(info, info->attrs[VSW_A_RULE_ID] ? del_by_id :
							 del_by_prio);
}

/**
 * vsw_nl_rule_flush - %VSW_CMD_RULE_FLUSH
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_flush(struct sk_buff *skb, struct genl_info *info)
{
	return change(info, flush);
}

/**
 * vsw_nl_rule_begin - %VSW_CMD_RULE_BEGIN
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_begin(struct sk_buff *skb, struct genl_info *info)
{
	return change(info, begin);
}

/**
 * vsw_nl_rule_commit - %VSW_CMD_RULE_COMMIT
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_commit(struct sk_buff *skb, struct genl_info *info)
{
	return change(info, commit);
}

/**
 * vsw_nl_rule_abort - %VSW_CMD_RULE_ABORT
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_rule_abort(struct sk_buff *skb, struct genl_info *info)
{
	return change(info, forget);
}

void vsw_event_rule(const struct vsw_switch *sw, const struct vsw_rule *rule,
		    enum vsw_cmd cmd)
{
	struct net *net = dev_net(sw->dev);
	struct sk_buff *skb;

	ASSERT_RTNL();
	vsw_net(net)->rule_gen++;
	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_RULE))
		return;
	skb = genlmsg_new(rule_size(rule), GFP_KERNEL);
	if (skb && fill_rule(skb, sw, rule, 0, 0, 0, cmd, NULL)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_RULE);
}

static bool is_staging(const struct net *net, u32 portid)
{
	const struct vsw_switch *sw;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(sw, &vsw_net(net)->switches, node)
		found |= vsw_rule_is_staged_by(sw, portid);
	rcu_read_unlock();
	return found;
}

/* A socket that is closed forgets what it put aside. Few have anything; others
 * are not made to wait for RTNL.
 */
static int socket_closed(struct notifier_block *block, unsigned long event,
			 void *data)
{
	const struct netlink_notify *notify = data;
	struct vsw_switch *sw;

	if (event != NETLINK_URELEASE || notify->protocol != NETLINK_GENERIC ||
	    !is_staging(notify->net, notify->portid))
		return NOTIFY_DONE;
	rtnl_lock();
	list_for_each_entry(sw, &vsw_net(notify->net)->switches, node)
		vsw_rule_abort(sw, notify->portid);
	rtnl_unlock();
	return NOTIFY_DONE;
}

static struct notifier_block socket_notifier = {
	.notifier_call = socket_closed,
};

/**
 * vsw_nl_rule_init - hear of sockets that are closed
 *
 * Return: 0 or an error.
 */
int __init vsw_nl_rule_init(void)
{
	return netlink_register_notifier(&socket_notifier);
}

/**
 * vsw_nl_rule_exit - undo vsw_nl_rule_init()
 */
void vsw_nl_rule_exit(void)
{
	netlink_unregister_notifier(&socket_notifier);
}
