// SPDX-License-Identifier: GPL-2.0
/*
 * The MAC table, {MAC, VID} to port: what frames and commands do with it. The
 * hash table that it is made of is in fdb_table.c.
 */
#include <linux/etherdevice.h>
#include <linux/memcontrol.h>
#include <linux/netlink.h>

#include "fdb.h"
#include "fdb_table.h"
#include "vlan.h"

/* No block: the number is not one of this switch, but what a reader found in a
 * bucket that has just become another's.
 */
static __always_inline struct vsw_port *port_at(const struct vsw_switch *sw,
						u32 index)
{
	const struct vsw_block *block;

	block = rcu_dereference(sw->blocks[index / VSW_BLOCK_PORTS]);
	if (unlikely(!block))
		return NULL;
	return rcu_dereference(block->ports[index % VSW_BLOCK_PORTS]);
}

/* The entry of a key, which may be another one's by now, and as it was at one
 * moment the number of its port and its type or, if asked for, the port.
 *
 * Twice for each frame: as part of the caller, which it is to become, and with
 * what that asks for in registers it costs half as much.
 */
static __always_inline struct vsw_fdb_entry *
find_entry(const struct vsw_switch *sw, u64 key, u32 *index, u8 *type,
	   struct vsw_port **port)
{
	u32 hash = vsw_fdb_hash(&sw->fdb, key);
	struct vsw_fdb_bucket *head;
	struct vsw_fdb_table *table;
	struct vsw_fdb_entry *entry;
	unsigned int seq;

	table = rcu_dereference(sw->fdb.table);
	do {
		head = vsw_fdb_chain(table, hash);
		do {
			seq = raw_seqcount_begin(&head->seq);
			entry = vsw_fdb_chain_find(head, key);
			if (unlikely(!entry))
				continue;
			if (port) {
				*port = port_at(sw, entry->port);
			} else {
				*index = entry->port;
				*type = entry->type;
			}
		} while (unlikely(read_seqcount_retry(&head->seq, seq)));
		if (likely(entry))
			break;
		/* Whoever took the entry out of the chain had set @future
		 * before, and the chain's count says that it is out.
		 */
		table = rcu_dereference(table->future);
	} while (unlikely(table));
	return entry;
}

/* The port whose own address it is. Local entries hold in every VLAN of their
 * port, and no other: in those the address means nothing.
 */
static noinline struct vsw_port *find_local(const struct vsw_switch *sw,
					    const u8 *mac, u16 vid)
{
	struct vsw_port *port;

	if (!vid || !find_entry(sw, vsw_fdb_key(mac, 0), NULL, NULL, &port))
		return NULL;
	return vsw_vlan_has(port, vid) ? port : NULL;
}

/**
 * vsw_fdb_lookup - find the port behind which an address is
 * @sw: the switch
 * @mac: address
 * @vid: VLAN
 *
 * Context: RCU read section, bottom halves off.
 * Return: the port, or NULL if the address is not known in the VLAN.
 */
struct vsw_port *vsw_fdb_lookup(const struct vsw_switch *sw, const u8 *mac,
				u16 vid)
{
	struct vsw_port *port;

	if (likely(find_entry(sw, vsw_fdb_key(mac, vid), NULL, NULL, &port)))
		return port;
	return find_local(sw, mac, vid);
}

/* First frame from an address, or first from another port. */
static noinline void learn_slow(struct vsw_port *in, const u8 *mac, u16 vid)
{
	struct vsw_switch *sw = in->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	const struct vsw_fdb_entry *entry;
	u64 key = vsw_fdb_key(mac, vid);

	spin_lock_bh(&fdb->lock);
	/* All questions once more, now that nobody can change the answers. Who
	 * takes a port out of a VLAN, or down, flushes it after that.
	 */
	if (in->dead || fdb->stopped || !vsw_vlan_has(in, vid) ||
	    !(READ_ONCE(in->block->up) & in->bit))
		goto unlock;
	entry = __vsw_fdb_find(fdb, mac, 0);
	if (entry && entry->type == VSW_FDB_TYPE_LOCAL &&
	    vsw_vlan_has(__vsw_fdb_port(sw, entry), vid))
		goto unlock;
	entry = __vsw_fdb_find(fdb, mac, vid);
	if (entry) {
		if (entry->type == VSW_FDB_TYPE_LEARNED)
			__vsw_fdb_change(sw, key, in, VSW_FDB_TYPE_LEARNED);
		goto unlock;
	}
	if (fdb->learned >= fdb->limit ||
	    !__vsw_fdb_insert(sw, key, in, VSW_FDB_TYPE_LEARNED))
		atomic64_inc(&fdb->refused);
unlock:
	spin_unlock_bh(&fdb->lock);
}

static noinline enum vsw_drop learn_unknown(struct vsw_port *in, const u8 *mac,
					    u16 vid)
{
	struct vsw_fdb *fdb = &in->sw->fdb;
	const struct vsw_port *local;

	local = find_local(in->sw, mac, vid);
	if (local)
		return local == in ? VSW_DROP_NONE : VSW_DROP_SRC_LOCAL;
	/* No lock for what a full table refuses anyway. */
	if (READ_ONCE(fdb->learned) < READ_ONCE(fdb->limit))
		learn_slow(in, mac, vid);
	else
		atomic64_inc(&fdb->refused);
	return VSW_DROP_NONE;
}

/* What learning would find, without doing it. */
static noinline enum vsw_drop trace_learning(const struct vsw_pkt *pkt,
					     const u8 *mac, u16 vid)
{
	const struct vsw_port *port = vsw_fdb_lookup(pkt->sw, mac, vid);
	const struct vsw_fdb *fdb = &pkt->sw->fdb;
	u8 type = VSW_FDB_TYPE_LOCAL;
	u32 index;

	/* What is found otherwise is an adapter's, of all its VLANs. */
	find_entry(pkt->sw, vsw_fdb_key(mac, vid), &index, &type, NULL);
	pkt->tracer->tell(pkt->tracer, pkt, &(struct vsw_step_info) {
		.step = VSW_STEP_LEARN, .port = port, .fdb_type = type,
		.is_full = !port && READ_ONCE(fdb->learned) >=
				    READ_ONCE(fdb->limit),
	});
	return port && port != pkt->in && type == VSW_FDB_TYPE_LOCAL ?
	       VSW_DROP_SRC_LOCAL : VSW_DROP_NONE;
}

/**
 * vsw_fdb_learn - remember where a frame came from
 * @pkt: the frame
 * @mac: the source address with which it came
 * @vid: the VLAN in which it came
 *
 * An entry's time is written at most once a jiffy, so that CPUs that receive
 * from one source do not fight for its cacheline.
 *
 * Context: RCU read section, bottom halves off.
 * Return: %VSW_DROP_SRC_LOCAL if the source is an address of the switch's own
 *	adapters and the frame is not from there, else %VSW_DROP_NONE.
 */
enum vsw_drop vsw_fdb_learn(struct vsw_pkt *pkt, const u8 *mac, u16 vid)
{
	u32 index, now = (u32)jiffies;
	struct vsw_fdb_entry *entry;
	u8 type;

	if (vsw_is_traced(pkt))
		return trace_learning(pkt, mac, vid);
	entry = find_entry(pkt->sw, vsw_fdb_key(mac, vid), &index, &type, NULL);
	if (unlikely(!entry))
		return learn_unknown(pkt->in, mac, vid);
	if (likely(index == pkt->in->index)) {
		/* If it is another one by now, that one's time is wrong by as
		 * long as this took.
		 */
		if (READ_ONCE(entry->updated) != now)
			WRITE_ONCE(entry->updated, now);
		return VSW_DROP_NONE;
	}
	if (type == VSW_FDB_TYPE_LOCAL)
		return VSW_DROP_SRC_LOCAL;
	if (type == VSW_FDB_TYPE_LEARNED)
		learn_slow(pkt->in, mac, vid);
	return VSW_DROP_NONE;
}

/**
 * vsw_fdb_add - make a static entry
 * @port: where the address is
 * @mac: address
 * @vid: VLAN; 0 in a switch that is not VLAN-aware
 * @extack: where to say why not
 *
 * A learned entry gives way. Bounded by the memory control group of who made
 * the switch.
 *
 * Context: RCU read section.
 * Return: 0 or an error.
 */
int vsw_fdb_add(struct vsw_port *port, const u8 *mac, u16 vid,
		struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = port->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	const struct vsw_fdb_entry *entry;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find(fdb, mac, 0);
	if (!entry || entry->type != VSW_FDB_TYPE_LOCAL)
		entry = __vsw_fdb_find(fdb, mac, vid);
	if (port->dead || fdb->stopped) {
		NL_SET_ERR_MSG(extack, "The port is being removed");
		err = -ENODEV;
	} else if (!entry) {
		if (!__vsw_fdb_insert(sw, vsw_fdb_key(mac, vid), port,
				      VSW_FDB_TYPE_STATIC)) {
			NL_SET_ERR_MSG(extack, "No memory for the entry");
			err = -ENOMEM;
		}
	} else if (entry->type == VSW_FDB_TYPE_LEARNED) {
		__vsw_fdb_change(sw, entry->key, port, VSW_FDB_TYPE_STATIC);
	} else if (entry->type == VSW_FDB_TYPE_STATIC) {
		NL_SET_ERR_MSG(extack,
			       "The address has a static entry in this VLAN");
		err = -EEXIST;
	} else {
		NL_SET_ERR_MSG(extack,
			       "The address belongs to one of the switch's own adapters");
		err = -EEXIST;
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}

static const struct vsw_fdb_entry *
__vsw_fdb_find_set(struct vsw_fdb *fdb, const u8 *mac, u16 vid,
		   struct netlink_ext_ack *extack)
{
	const struct vsw_fdb_entry *entry = __vsw_fdb_find(fdb, mac, vid);

	if (!entry && vid) {
		entry = __vsw_fdb_find(fdb, mac, 0);
		if (entry && entry->type != VSW_FDB_TYPE_LOCAL)
			entry = NULL;
	}
	if (!entry)
		NL_SET_ERR_MSG(extack, "No entry for this address and VLAN");
	else if (entry->type == VSW_FDB_TYPE_LOCAL)
		NL_SET_ERR_MSG(extack,
			       "The address belongs to one of the switch's own adapters; change it there");
	return entry;
}

/**
 * vsw_fdb_move - move a static entry to another port
 * @port: where the address is now
 * @mac: address
 * @vid: VLAN; 0 in a switch that is not VLAN-aware
 * @extack: where to say why not
 *
 * Context: RCU read section.
 * Return: 0 or an error.
 */
int vsw_fdb_move(struct vsw_port *port, const u8 *mac, u16 vid,
		 struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = port->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	const struct vsw_fdb_entry *entry;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find_set(fdb, mac, vid, extack);
	if (!entry) {
		err = -ENOENT;
	} else if (entry->type == VSW_FDB_TYPE_LOCAL) {
		err = -EBUSY;
	} else if (entry->type == VSW_FDB_TYPE_LEARNED) {
		NL_SET_ERR_MSG(extack,
			       "The entry is a learned one: only static entries are moved by hand");
		err = -EINVAL;
	} else if (port->dead || fdb->stopped) {
		NL_SET_ERR_MSG(extack, "The port is being removed");
		err = -ENODEV;
	} else {
		__vsw_fdb_change(sw, entry->key, port, VSW_FDB_TYPE_STATIC);
	}
	spin_unlock_bh(&fdb->lock);
	return err;
}

/**
 * vsw_fdb_del - remove a static or learned entry
 * @sw: the switch
 * @mac: address
 * @vid: VLAN; 0 in a switch that is not VLAN-aware
 * @extack: where to say why not
 *
 * Context: RCU read section.
 * Return: 0 or an error.
 */
int vsw_fdb_del(struct vsw_switch *sw, const u8 *mac, u16 vid,
		struct netlink_ext_ack *extack)
{
	struct vsw_fdb *fdb = &sw->fdb;
	const struct vsw_fdb_entry *entry;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find_set(fdb, mac, vid, extack);
	if (!entry)
		err = -ENOENT;
	else if (entry->type == VSW_FDB_TYPE_LOCAL)
		err = -EBUSY;
	else
		__vsw_fdb_remove(sw, entry->key);
	spin_unlock_bh(&fdb->lock);
	return err;
}

/**
 * vsw_fdb_set_limit - set how many learned entries there may be
 * @sw: the switch
 * @limit: 1 to %VSW_FDB_LIMIT_MAX; entries there are stay
 *
 * Context: RTNL.
 */
void vsw_fdb_set_limit(struct vsw_switch *sw, u32 limit)
{
	spin_lock_bh(&sw->fdb.lock);
	WRITE_ONCE(sw->fdb.limit, limit);
	spin_unlock_bh(&sw->fdb.lock);
}

/**
 * vsw_fdb_init - make a switch's MAC table
 * @sw: the switch; its ageing time and limit are set
 *
 * Return: 0 or -ENOMEM.
 */
int vsw_fdb_init(struct vsw_switch *sw)
{
	struct vsw_fdb *fdb = &sw->fdb;
	int err;

	fdb->memcg = get_mem_cgroup_from_mm(current->mm);
	err = vsw_fdb_table_init(fdb);
	if (err) {
		mem_cgroup_put(fdb->memcg);
		return err;
	}
	spin_lock_init(&fdb->lock);
	INIT_DELAYED_WORK(&fdb->age_work, vsw_fdb_age_work);
	INIT_WORK(&fdb->resize_work, vsw_fdb_resize_work);
	return 0;
}

/**
 * vsw_fdb_stop - stop a MAC table's learning and work, for good
 * @sw: the switch
 *
 * Context: may sleep.
 */
void vsw_fdb_stop(struct vsw_switch *sw)
{
	struct vsw_fdb *fdb = &sw->fdb;

	spin_lock_bh(&fdb->lock);
	fdb->stopped = true;
	spin_unlock_bh(&fdb->lock);
	cancel_delayed_work_sync(&fdb->age_work);
	cancel_work_sync(&fdb->resize_work);
}

/**
 * vsw_fdb_free - free a MAC table; it holds no entries any more
 * @sw: the switch, which no reader can have
 */
void vsw_fdb_free(struct vsw_switch *sw)
{
	vsw_fdb_table_free(&sw->fdb);
	mem_cgroup_put(sw->fdb.memcg);
}
