// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: MAC tables. Commands on single addresses take no RTNL, so that they
 * neither wait for changes of devices nor hold these up.
 */
#include <linux/etherdevice.h>
#include <linux/rtnetlink.h>
#include <net/sock.h>

#include "event.h"
#include "fdb.h"
#include "netlink.h"
#include "port.h"
#include "switch.h"

/* Switch, port, type and age; address; VLAN. */
#define ENTRY_SIZE	(4 * nla_total_size(sizeof(u32)) + \
			 nla_total_size(ETH_ALEN) + nla_total_size(sizeof(u16)))

static int fill_entry(struct sk_buff *skb, const struct vsw_switch *sw,
		      const struct vsw_fdb_entry *entry, u32 portid, u32 seq,
		      int flags, u8 cmd, struct netlink_callback *cb)
{
	const struct vsw_port *port = __vsw_fdb_port(sw, entry);
	s32 age = (u32)jiffies - READ_ONCE(entry->updated);
	u8 type = entry->type;
	u8 mac[ETH_ALEN];
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &vsw_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	vsw_fdb_mac(entry, mac);
	if (nla_put_u32(skb, VSW_A_FDB_SWITCH, sw->dev->ifindex) ||
	    nla_put_u32(skb, VSW_A_FDB_PORT, port->dev->ifindex) ||
	    nla_put(skb, VSW_A_FDB_MAC, ETH_ALEN, mac) ||
	    nla_put_u16(skb, VSW_A_FDB_VID, vsw_fdb_vid(entry)) ||
	    nla_put_u32(skb, VSW_A_FDB_TYPE, type) ||
	    (type == VSW_FDB_TYPE_LEARNED &&
	     nla_put_u32(skb, VSW_A_FDB_AGE, jiffies_to_msecs(max(age, 0))))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	genlmsg_end(skb, hdr);
	return 0;
}

static const u8 *take_mac(struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, VSW_A_FDB_MAC)) {
		NL_SET_ERR_MSG(info->extack, "Which MAC address is not said");
		return NULL;
	}
	return nla_data(info->attrs[VSW_A_FDB_MAC]);
}

/* Names the address as what is at fault, if it is that. */
static void blame_mac(struct genl_info *info, int err)
{
	if (err == -EEXIST || err == -ENOENT || err == -EBUSY)
		NL_SET_BAD_ATTR(info->extack, info->attrs[VSW_A_FDB_MAC]);
}

/* The VLAN that a command means. @port: whose own VLAN it is when none is
 * given; NULL: it must be given.
 */
static int take_vid(const struct vsw_switch *sw, const struct vsw_port *port,
		    struct genl_info *info)
{
	struct nlattr *vid = info->attrs[VSW_A_FDB_VID];

	if (!sw->vlan_aware)
		return vsw_nl_reject(info->attrs, VSW_A_FDB_VID,
				     "The switch is not VLAN-aware",
				     info->extack);
	if (vid)
		return nla_get_u16(vid);
	if (port && READ_ONCE(port->pvid))
		return READ_ONCE(port->pvid);
	NL_SET_ERR_ATTR_MISS(info->extack, NULL, VSW_A_FDB_VID);
	if (port)
		NL_SET_ERR_MSG(info->extack,
			       "The port has no native VLAN: say which VLAN is meant");
	else
		NL_SET_ERR_MSG(info->extack, "Which VLAN is not said");
	return -EINVAL;
}

/**
 * vsw_nl_fdb_get - %VSW_CMD_FDB_GET, one
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_get(struct sk_buff *skb, struct genl_info *info)
{
	const struct vsw_fdb_entry *entry;
	struct vsw_switch *sw;
	struct sk_buff *reply;
	const u8 *mac;
	int err, vid;

	err = vsw_nl_reject(info->attrs, VSW_A_FDB_PORT,
			    "An entry is found by its address, not by its port",
			    info->extack);
	mac = err ? NULL : take_mac(info);
	if (!mac)
		return -EINVAL;
	reply = genlmsg_new(NLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply) {
		NL_SET_ERR_MSG(info->extack, "No memory for the reply");
		return -ENOMEM;
	}
	rcu_read_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs, VSW_A_FDB_SWITCH,
			   info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (err)
		goto unlock;
	/* Without a VLAN it is a local entry that is asked for. */
	vid = info->attrs[VSW_A_FDB_VID] ? take_vid(sw, NULL, info) : 0;
	err = vid < 0 ? vid : 0;
	if (err)
		goto unlock;
	spin_lock_bh(&sw->fdb.lock);
	entry = __vsw_fdb_find(&sw->fdb, mac, vid);
	err = !entry ? -ENOENT :
	      fill_entry(reply, sw, entry, info->snd_portid, info->snd_seq, 0,
			 VSW_CMD_FDB_GET, NULL);
	spin_unlock_bh(&sw->fdb.lock);
	if (!entry) {
		NL_SET_ERR_MSG(info->extack,
			       "No entry for this address and VLAN");
		blame_mac(info, err);
	}
unlock:
	rcu_read_unlock();
	if (!err)
		return genlmsg_reply(reply, info);
	nlmsg_free(reply);
	return err;
}

/* Where a dump is: which switches are done (all below @next), which is under
 * way (0: none), where in its table, what generation that had at first, and
 * what changed in the switches before.
 */
struct fdb_dump {
	struct vsw_fdb_cursor	cursor;
	int			next;
	int			current_ifindex;
	u32			first_gen;
	u32			changes;
};

/* What a dump needs for each entry. @port and @vid narrow it, if not 0; the
 * port may be gone after the first batch of entries.
 */
struct fdb_dump_arg {
	struct sk_buff		*skb;
	struct netlink_callback	*cb;
	struct fdb_dump		*dump;
	const struct vsw_port	*port;
	u16			vid;
};

/* One number, never 0, for the generations of all tables up to this one. */
static u32 generation(const struct fdb_dump *dump, const struct vsw_switch *sw)
{
	return 1 + dump->changes + READ_ONCE(sw->fdb.gen) - dump->first_gen;
}

static enum vsw_fdb_verdict dump_entry(const struct vsw_switch *sw,
				       const struct vsw_fdb_entry *entry,
				       void *ptr)
{
	const struct fdb_dump_arg *arg = ptr;

	if ((arg->port && __vsw_fdb_port(sw, entry) != arg->port) ||
	    (arg->vid && vsw_fdb_vid(entry) != arg->vid))
		return VSW_FDB_KEEP;
	/* The table is locked: this is the generation the entry is of. */
	arg->cb->seq = generation(arg->dump, sw);
	return fill_entry(arg->skb, sw, entry, NETLINK_CB(arg->cb->skb).portid,
			  arg->cb->nlh->nlmsg_seq, NLM_F_MULTI,
			  VSW_CMD_FDB_GET, arg->cb) ?
	       VSW_FDB_STOP : VSW_FDB_KEEP;
}

/* The switch with the lowest index that is not below @ifindex. */
static struct vsw_switch *next_switch(const struct net *net, int ifindex)
{
	struct vsw_switch *sw, *next = NULL;

	list_for_each_entry_rcu(sw, &vsw_net(net)->switches, node)
		if (sw->dev->ifindex >= ifindex &&
		    (!next || sw->dev->ifindex < next->dev->ifindex))
			next = sw;
	return next;
}

/* Dumps what is left of one switch; 0 if that is all of it. Whatever the
 * table's size, others get the CPU now and then.
 */
static int dump_switch(struct vsw_switch *sw, struct fdb_dump_arg *arg)
{
	struct fdb_dump *dump = arg->dump;
	netdevice_tracker tracker;
	int ret;

	if (dump->current_ifindex != sw->dev->ifindex) {
		/* One that was dumped in part is gone. */
		dump->changes += !!dump->current_ifindex;
		memset(&dump->cursor, 0, sizeof(dump->cursor));
		dump->current_ifindex = sw->dev->ifindex;
		dump->first_gen = READ_ONCE(sw->fdb.gen);
	}
	while ((ret = vsw_fdb_walk(sw, &dump->cursor, dump_entry, arg)) > 0) {
		netdev_hold(sw->dev, &tracker, GFP_ATOMIC);
		rcu_read_unlock();
		cond_resched();
		rcu_read_lock();
		netdev_put(sw->dev, &tracker);
	}
	/* If the last entries went before they were dumped, the message that
	 * ends the dump tells.
	 */
	if (!ret)
		arg->cb->seq = generation(dump, sw);
	return ret;
}

/* Leaves a switch behind, and what changed in it in the sum. */
static void end_switch(struct vsw_switch *sw, struct fdb_dump *dump)
{
	dump->changes = generation(dump, sw) - 1;
	dump->next = dump->current_ifindex + 1;
	dump->current_ifindex = 0;
}

static int narrow(struct netlink_callback *cb, struct vsw_switch **sw,
		  struct vsw_port **port)
{
	int err;

	err = vsw_nl_reject(genl_info_dump(cb)->attrs, VSW_A_FDB_MAC,
			    "A dump is of all addresses", cb->extack);
	return err ?: vsw_nl_narrow(cb, VSW_A_FDB_SWITCH, VSW_A_FDB_PORT, sw,
				    port);
}

/**
 * vsw_nl_fdb_start - %VSW_CMD_FDB_GET, start of a dump
 * @cb: the dump
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_start(struct netlink_callback *cb)
{
	struct vsw_switch *sw;
	struct vsw_port *port;
	int err;

	if (!cb->extack)
		return 0;
	rcu_read_lock();
	err = narrow(cb, &sw, &port);
	rcu_read_unlock();
	return err;
}

/**
 * vsw_nl_fdb_dump - %VSW_CMD_FDB_GET, all, a switch's, a port's, a VLAN's
 * @skb: where to put them
 * @cb: the dump
 *
 * Return: length of what was put, or an error.
 */
int vsw_nl_fdb_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct fdb_dump_arg arg = { .skb = skb, .cb = cb };
	struct vsw_switch *sw, *only;
	const struct net *net;
	struct vsw_port *port;
	int err;

	BUILD_BUG_ON(sizeof(*arg.dump) > sizeof(cb->ctx));
	arg.dump = (void *)cb->ctx;
	if (attrs[VSW_A_FDB_VID])
		arg.vid = nla_get_u16(attrs[VSW_A_FDB_VID]);

	rcu_read_lock();
	err = narrow(cb, &only, &port);
	if (err)
		goto unlock;
	arg.port = port;
	if (only) {
		err = dump_switch(only, &arg);
		goto unlock;
	}
	net = sock_net(skb->sk);
	while ((sw = next_switch(net, arg.dump->next))) {
		err = dump_switch(sw, &arg);
		/* The last is not left behind: what changes in it until the
		 * message that ends the dump is for that to tell.
		 */
		if (err || !next_switch(net, sw->dev->ifindex + 1))
			break;
		end_switch(sw, arg.dump);
	}
	/* One that was dumped in part is gone, and it was the last. */
	if (!sw && arg.dump->current_ifindex)
		cb->seq++;
unlock:
	rcu_read_unlock();
	return skb->len ?: err;
}

static int change_entry(struct genl_info *info,
			int (*change)(struct vsw_port *port, const u8 *mac,
				      u16 vid, struct netlink_ext_ack *extack))
{
	struct vsw_port *port;
	const u8 *mac;
	int err, vid;

	mac = take_mac(info);
	if (!mac)
		return -EINVAL;
	if (!is_valid_ether_addr(mac)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_FDB_MAC],
				    "A group address or all zero is nobody's address");
		return -EINVAL;
	}
	rcu_read_lock();
	port = vsw_nl_port(genl_info_net(info), info->attrs, VSW_A_FDB_PORT,
			   VSW_A_FDB_SWITCH, info->extack);
	err = PTR_ERR_OR_ZERO(port);
	if (err)
		goto unlock;
	vid = take_vid(port->sw, port, info);
	err = vid < 0 ? vid : 0;
	if (err)
		goto unlock;
	if (!vsw_vlan_has(port, vid)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[VSW_A_FDB_VID],
				    "The port is not in this VLAN");
		err = -EINVAL;
		goto unlock;
	}
	err = change(port, mac, vid, info->extack);
	blame_mac(info, err);
unlock:
	rcu_read_unlock();
	return err;
}

/**
 * vsw_nl_fdb_new - %VSW_CMD_FDB_NEW
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_new(struct sk_buff *skb, struct genl_info *info)
{
	return change_entry(info, vsw_fdb_add);
}

/**
 * vsw_nl_fdb_set - %VSW_CMD_FDB_SET
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_set(struct sk_buff *skb, struct genl_info *info)
{
	return change_entry(info, vsw_fdb_move);
}

/**
 * vsw_nl_fdb_del - %VSW_CMD_FDB_DEL
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_del(struct sk_buff *skb, struct genl_info *info)
{
	struct vsw_switch *sw;
	const u8 *mac;
	int err, vid;

	mac = take_mac(info);
	if (!mac)
		return -EINVAL;
	rcu_read_lock();
	sw = vsw_nl_switch(genl_info_net(info), info->attrs, VSW_A_FDB_SWITCH,
			   info->extack);
	err = PTR_ERR_OR_ZERO(sw);
	if (!err) {
		vid = take_vid(sw, NULL, info);
		err = vid < 0 ? vid : vsw_fdb_del(sw, mac, vid, info->extack);
		blame_mac(info, err);
	}
	rcu_read_unlock();
	return err;
}

/**
 * vsw_nl_fdb_flush - %VSW_CMD_FDB_FLUSH
 * @skb: the request
 * @info: the request
 *
 * Return: 0 or an error.
 */
int vsw_nl_fdb_flush(struct sk_buff *skb, struct genl_info *info)
{
	struct net *net = genl_info_net(info);
	struct vsw_port *port = NULL;
	struct vsw_switch *sw;
	int err, vid = 0;

	/* Large tables take their time: under RTNL ports stay, and this may
	 * sleep.
	 */
	rtnl_lock();
	if (info->attrs[VSW_A_FDB_PORT]) {
		port = vsw_nl_port(net, info->attrs, VSW_A_FDB_PORT,
				   VSW_A_FDB_SWITCH, info->extack);
		sw = IS_ERR(port) ? ERR_CAST(port) : port->sw;
	} else {
		sw = vsw_nl_switch(net, info->attrs, VSW_A_FDB_SWITCH,
				   info->extack);
	}
	err = PTR_ERR_OR_ZERO(sw);
	if (!err && info->attrs[VSW_A_FDB_VID]) {
		vid = take_vid(sw, NULL, info);
		err = vid < 0 ? vid : 0;
	}
	if (!err)
		vsw_fdb_flush(sw, port, vid);
	rtnl_unlock();
	return err;
}

void vsw_event_fdb(const struct vsw_switch *sw,
		   const struct vsw_fdb_entry *entry, enum vsw_cmd cmd)
{
	struct net *net = dev_net(sw->dev);
	struct sk_buff *skb;

	if (!genl_has_listeners(&vsw_nl_family, net, VSW_NL_GROUP_FDB))
		return;
	skb = genlmsg_new(ENTRY_SIZE, GFP_ATOMIC);
	if (skb && fill_entry(skb, sw, entry, 0, 0, 0, cmd, NULL)) {
		nlmsg_free(skb);
		skb = NULL;
	}
	vsw_nl_multicast(net, skb, VSW_NL_GROUP_FDB);
}
