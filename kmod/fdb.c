// SPDX-License-Identifier: GPL-2.0
/*
 * The MAC table: {MAC, VID} to port.
 *
 * DOC: MAC table
 *
 * A hash table of singly linked chains. Readers take no lock. Writers, the
 * packet path's learning among them, hold the table's spinlock.
 *
 * The bucket of an entry is the top bits of its hash. So an order by hash is an
 * order by bucket in a table of any size, and a walk that remembers the hash it
 * came to can go on after the table was resized.
 *
 * Resizing moves entries from the old table to the new one bucket by bucket,
 * the last of a chain first: it is linked into the new chain, then cut off from
 * the old one. A reader who runs into the new chain by way of the old compares
 * some keys for nothing. One who misses an entry in the old table finds it in
 * the new, to which the old one points.
 */
#include <linux/etherdevice.h>
#include <linux/log2.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "event.h"
#include "fdb.h"
#include "vlan.h"

#define TABLE_BITS_MIN	6
#define TABLE_BITS_MAX	22

/* By how many bits a table is resized at a time. */
#define RESIZE_STEP	3

/* Buckets, or entries if there are more, that a walk takes under one lock. */
#define WALK_BATCH	256

/**
 * struct vsw_fdb_table - the hash table
 * @bits: number of buckets, as a power of two
 * @future: the table that this one's entries are being moved to
 * @rcu: to free it when no reader can have it
 * @bucket: heads of the chains
 */
struct vsw_fdb_table {
	unsigned int			bits;
	struct vsw_fdb_table __rcu	*future;
	struct rcu_head			rcu;
	struct vsw_fdb_entry __rcu	*bucket[];
};

static struct kmem_cache *entry_cache;

#define fdb_dereference(fdb, p) \
	rcu_dereference_protected(p, lockdep_is_held(&(fdb)->lock))

/* Two multiplications by secret odd numbers, each of which carries what differs
 * in two keys upwards; between them the upper half is folded into the lower.
 * The bits that are used, the upper ones, depend on all of the key, as those of
 * the kernel's jhash do for five times the instructions.
 */
static u32 hash_key(const struct vsw_fdb *fdb, u64 key)
{
	u64 hash = key * fdb->seed[0];

	hash ^= hash >> 32;
	return (hash * fdb->seed[1]) >> 32;
}

/* Tables and entries are charged to who made the switch, whoever's frame it is
 * that they are made for.
 */
static struct vsw_fdb_table *table_alloc(const struct vsw_fdb *fdb,
					 unsigned int bits)
{
	struct mem_cgroup *old = set_active_memcg(fdb->memcg);
	struct vsw_fdb_table *table;

	table = kvzalloc(struct_size(table, bucket, 1UL << bits),
			 GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	set_active_memcg(old);
	if (table)
		table->bits = bits;
	return table;
}

static struct vsw_fdb_entry *find_key(const struct vsw_fdb *fdb, u64 key)
{
	u32 hash = hash_key(fdb, key);
	struct vsw_fdb_table *table;
	struct vsw_fdb_entry *entry;

	table = rcu_dereference(fdb->table);
	do {
		entry = rcu_dereference(table->bucket[hash >>
						      (32 - table->bits)]);
		for (; entry; entry = rcu_dereference(entry->next))
			if (entry->key == key)
				return entry;
		/* Whoever cut the entry off the chain has set @future before;
		 * pairs with the release in rehash_bucket().
		 */
		smp_rmb();
		table = rcu_dereference(table->future);
	} while (unlikely(table));
	return NULL;
}

/**
 * vsw_fdb_find - find an entry
 * @fdb: the table
 * @mac: address
 * @vid: VLAN
 *
 * Context: RCU read section.
 * Return: the entry or NULL.
 */
struct vsw_fdb_entry *vsw_fdb_find(const struct vsw_fdb *fdb, const u8 *mac,
				   u16 vid)
{
	return find_key(fdb, vsw_fdb_key(mac, vid));
}

/**
 * vsw_fdb_lookup - find the port behind which an address is
 * @sw: the switch
 * @mac: address
 * @vid: VLAN
 *
 * Context: RCU read section.
 * Return: the port, or NULL if the address is not known in the VLAN.
 */
struct vsw_port *vsw_fdb_lookup(const struct vsw_switch *sw, const u8 *mac,
				u16 vid)
{
	const struct vsw_fdb_entry *entry;
	struct vsw_port *port;

	entry = vsw_fdb_find(&sw->fdb, mac, vid);
	if (likely(entry))
		return rcu_dereference(entry->port);
	if (!vid)
		return NULL;
	/* Local entries hold in every VLAN of their port, and no other. */
	entry = vsw_fdb_find(&sw->fdb, mac, 0);
	if (!entry)
		return NULL;
	port = rcu_dereference(entry->port);
	return vsw_vlan_has(port, vid) ? port : NULL;
}

/* The table that new entries go to. */
static struct vsw_fdb_table *newest_table(struct vsw_fdb *fdb)
{
	struct vsw_fdb_table *table = fdb_dereference(fdb, fdb->table);
	struct vsw_fdb_table *future = fdb_dereference(fdb, table->future);

	return future ?: table;
}

/**
 * vsw_fdb_start_work - see to it that a table's work is done, if there is any
 * @fdb: the table, locked
 */
void vsw_fdb_start_work(struct vsw_fdb *fdb)
{
	unsigned int bits = fdb_dereference(fdb, fdb->table)->bits;
	u32 size = 1U << bits;

	lockdep_assert_held(&fdb->lock);
	if (fdb->stopped)
		return;
	if (fdb->learned)
		queue_delayed_work(system_long_wq, &fdb->age_work,
				   clamp_t(unsigned long, fdb->ageing / 4,
					   HZ / 2, 10 * HZ));
	if ((fdb->count > size && bits < TABLE_BITS_MAX) ||
	    (fdb->count < size / 8 && bits > TABLE_BITS_MIN))
		queue_work(system_long_wq, &fdb->resize_work);
}

/* Counts entries that come (or, negative, go), and that something changed: what
 * is read without the lock, too.
 */
static void count_change(struct vsw_fdb *fdb, int entries, int learned)
{
	lockdep_assert_held(&fdb->lock);
	WRITE_ONCE(fdb->count, fdb->count + entries);
	WRITE_ONCE(fdb->learned, fdb->learned + learned);
	WRITE_ONCE(fdb->gen, fdb->gen + 1);
}

/**
 * __vsw_fdb_insert - make an entry
 * @sw: the switch
 * @key: the entry's, which the table does not have
 * @port: where the address is
 * @type: learned, static or local
 *
 * Context: the table's lock.
 * Return: true, or false for want of memory.
 */
bool __vsw_fdb_insert(struct vsw_switch *sw, u64 key, struct vsw_port *port,
		      enum vsw_fdb_type type)
{
	struct vsw_fdb_entry __rcu **bucket;
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_table *table;
	struct vsw_fdb_entry *entry;
	struct mem_cgroup *old;

	lockdep_assert_held(&fdb->lock);
	old = set_active_memcg(fdb->memcg);
	entry = kmem_cache_alloc(entry_cache, GFP_ATOMIC | __GFP_NOWARN);
	set_active_memcg(old);
	if (!entry)
		return false;
	entry->key = key;
	entry->type = type;
	entry->updated = (u32)jiffies;
	RCU_INIT_POINTER(entry->port, port);

	table = newest_table(fdb);
	bucket = &table->bucket[hash_key(fdb, key) >> (32 - table->bits)];
	RCU_INIT_POINTER(entry->next, fdb_dereference(fdb, *bucket));
	rcu_assign_pointer(*bucket, entry);

	count_change(fdb, 1, type == VSW_FDB_TYPE_LEARNED);
	port->n_fdb++;
	vsw_fdb_start_work(fdb);
	vsw_event_fdb(sw, entry, VSW_CMD_FDB_NEW_NTF);
	return true;
}

static void free_entry(struct rcu_head *rcu)
{
	kmem_cache_free(entry_cache,
			container_of(rcu, struct vsw_fdb_entry, rcu));
}

/* @link is what points to the entry: a bucket or the entry before it. */
static void __vsw_fdb_unlink(struct vsw_switch *sw,
			     struct vsw_fdb_entry __rcu **link)
{
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_entry *entry;

	lockdep_assert_held(&fdb->lock);
	entry = fdb_dereference(fdb, *link);
	rcu_assign_pointer(*link, fdb_dereference(fdb, entry->next));
	count_change(fdb, -1, -(entry->type == VSW_FDB_TYPE_LEARNED));
	fdb_dereference(fdb, entry->port)->n_fdb--;
	vsw_fdb_start_work(fdb);
	vsw_event_fdb(sw, entry, VSW_CMD_FDB_DEL_NTF);
	call_rcu(&entry->rcu, free_entry);
}

/**
 * __vsw_fdb_remove - remove an entry
 * @sw: the switch
 * @gone: the entry
 *
 * Context: the table's lock.
 */
void __vsw_fdb_remove(struct vsw_switch *sw, const struct vsw_fdb_entry *gone)
{
	struct vsw_fdb *fdb = &sw->fdb;
	u32 hash = hash_key(fdb, gone->key);
	struct vsw_fdb_entry __rcu **link;
	struct vsw_fdb_table *table;
	struct vsw_fdb_entry *entry;

	lockdep_assert_held(&fdb->lock);
	table = fdb_dereference(fdb, fdb->table);
	for (; table; table = fdb_dereference(fdb, table->future)) {
		link = &table->bucket[hash >> (32 - table->bits)];
		for (; (entry = fdb_dereference(fdb, *link));
		     link = &entry->next) {
			if (entry == gone) {
				__vsw_fdb_unlink(sw, link);
				return;
			}
		}
	}
}

/**
 * __vsw_fdb_change - give an entry another port or type
 * @sw: the switch
 * @entry: the entry
 * @port: where the address is
 * @type: learned, static or local
 *
 * Context: the table's lock.
 */
void __vsw_fdb_change(struct vsw_switch *sw, struct vsw_fdb_entry *entry,
		      struct vsw_port *port, enum vsw_fdb_type type)
{
	struct vsw_fdb *fdb = &sw->fdb;

	lockdep_assert_held(&fdb->lock);
	fdb_dereference(fdb, entry->port)->n_fdb--;
	port->n_fdb++;
	count_change(fdb, 0, (type == VSW_FDB_TYPE_LEARNED) -
			     (entry->type == VSW_FDB_TYPE_LEARNED));
	WRITE_ONCE(entry->updated, (u32)jiffies);
	WRITE_ONCE(entry->type, type);
	rcu_assign_pointer(entry->port, port);
	vsw_event_fdb(sw, entry, VSW_CMD_FDB_SET_NTF);
}

/* First frame from an address, or first from another port. */
static noinline void learn_slow(struct vsw_port *in, u64 key)
{
	struct vsw_switch *sw = in->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_entry *entry;

	spin_lock_bh(&fdb->lock);
	/* All questions once more, now that nobody can change the answers. Who
	 * takes a port out of a VLAN, or down, flushes it after that.
	 */
	if (in->dead || fdb->stopped || !vsw_vlan_has(in, (u16)key) ||
	    !(READ_ONCE(in->block->up) & in->bit))
		goto unlock;
	entry = find_key(fdb, key & ~(u64)U16_MAX);
	if (entry && entry->type == VSW_FDB_TYPE_LOCAL &&
	    vsw_vlan_has(rcu_dereference(entry->port), (u16)key))
		goto unlock;
	entry = find_key(fdb, key);
	if (entry) {
		if (entry->type == VSW_FDB_TYPE_LEARNED)
			__vsw_fdb_change(sw, entry, in, VSW_FDB_TYPE_LEARNED);
		goto unlock;
	}
	if (fdb->learned >= fdb->limit ||
	    !__vsw_fdb_insert(sw, key, in, VSW_FDB_TYPE_LEARNED))
		atomic64_inc(&fdb->refused);
unlock:
	spin_unlock_bh(&fdb->lock);
}

/**
 * vsw_fdb_learn - remember where a frame came from
 * @pkt: the frame
 *
 * An entry's time is written at most once a jiffy, so that CPUs that receive
 * from one source do not fight for its cacheline.
 *
 * Context: RCU read section, bottom halves off.
 * Return: %VSW_DROP_SRC_LOCAL if the source is an address of the switch's own
 *	adapters and the frame is not from there, else %VSW_DROP_NONE.
 */
enum vsw_drop vsw_fdb_learn(struct vsw_pkt *pkt)
{
	const u8 *mac = eth_hdr(pkt->skb)->h_source;
	struct vsw_fdb *fdb = &pkt->sw->fdb;
	struct vsw_fdb_entry *entry;
	u32 now = (u32)jiffies;

	entry = vsw_fdb_find(fdb, mac, pkt->vid);
	if (unlikely(!entry) && pkt->vid) {
		entry = vsw_fdb_find(fdb, mac, 0);
		/* In a VLAN its port is not in, the address means nothing. */
		if (entry && !vsw_vlan_has(rcu_dereference(entry->port),
					   pkt->vid))
			entry = NULL;
	}
	if (unlikely(!entry)) {
		/* No lock for what a full table refuses anyway. */
		if (READ_ONCE(fdb->learned) < READ_ONCE(fdb->limit))
			goto learn;
		atomic64_inc(&fdb->refused);
		return VSW_DROP_NONE;
	}
	if (likely(rcu_access_pointer(entry->port) == pkt->in)) {
		if (READ_ONCE(entry->updated) != now)
			WRITE_ONCE(entry->updated, now);
		return VSW_DROP_NONE;
	}
	if (READ_ONCE(entry->type) == VSW_FDB_TYPE_LOCAL)
		return VSW_DROP_SRC_LOCAL;
	if (READ_ONCE(entry->type) == VSW_FDB_TYPE_STATIC)
		return VSW_DROP_NONE;
learn:
	learn_slow(pkt->in, vsw_fdb_key(mac, pkt->vid));
	return VSW_DROP_NONE;
}

/**
 * vsw_fdb_add - make a static entry
 * @port: where the address is
 * @mac: address
 * @vid: VLAN; 0 in a switch that is not VLAN-aware
 * @extack: where to say why not
 *
 * A learned entry gives way. Bounded by the memory control group of the caller.
 *
 * Context: RCU read section.
 * Return: 0 or an error.
 */
int vsw_fdb_add(struct vsw_port *port, const u8 *mac, u16 vid,
		struct netlink_ext_ack *extack)
{
	struct vsw_switch *sw = port->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_entry *entry;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	entry = vsw_fdb_find(fdb, mac, 0);
	if (!entry || entry->type != VSW_FDB_TYPE_LOCAL)
		entry = vsw_fdb_find(fdb, mac, vid);
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
		__vsw_fdb_change(sw, entry, port, VSW_FDB_TYPE_STATIC);
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

static struct vsw_fdb_entry *__vsw_fdb_find_set(struct vsw_fdb *fdb,
						const u8 *mac, u16 vid,
						struct netlink_ext_ack *extack)
{
	struct vsw_fdb_entry *entry = vsw_fdb_find(fdb, mac, vid);

	if (!entry && vid) {
		entry = vsw_fdb_find(fdb, mac, 0);
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
	struct vsw_fdb_entry *entry;
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
		__vsw_fdb_change(sw, entry, port, VSW_FDB_TYPE_STATIC);
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
	struct vsw_fdb_entry *entry;
	int err = 0;

	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find_set(fdb, mac, vid, extack);
	if (!entry)
		err = -ENOENT;
	else if (entry->type == VSW_FDB_TYPE_LOCAL)
		err = -EBUSY;
	else
		__vsw_fdb_remove(sw, entry);
	spin_unlock_bh(&fdb->lock);
	return err;
}

/* Takes the bucket's entries to the new table, the last of the chain first. */
static void rehash_bucket(struct vsw_fdb *fdb, struct vsw_fdb_table *old,
			  u32 bucket, struct vsw_fdb_table *new)
{
	struct vsw_fdb_entry __rcu **link, **head;
	struct vsw_fdb_entry *entry, *next;

	lockdep_assert_held(&fdb->lock);
	for (;;) {
		link = &old->bucket[bucket];
		entry = fdb_dereference(fdb, *link);
		if (!entry)
			return;
		while ((next = fdb_dereference(fdb, entry->next))) {
			link = &entry->next;
			entry = next;
		}
		head = &new->bucket[hash_key(fdb, entry->key) >>
				    (32 - new->bits)];
		rcu_assign_pointer(entry->next, fdb_dereference(fdb, *head));
		rcu_assign_pointer(*head, entry);
		/* Pairs with the barrier in find_key(). */
		smp_store_release(link, NULL);
		/* The order within the bucket changed, on which dumps rely. */
		count_change(fdb, 0, 0);
	}
}

/* Walks the entries whose hash is in [@first, @last] in one table. */
static bool walk_range(struct vsw_switch *sw, struct vsw_fdb_table *table,
		       u32 first, u32 last, u32 *seen,
		       struct vsw_fdb_cursor *cursor, vsw_fdb_fn fn, void *arg)
{
	unsigned int shift = 32 - table->bits;
	struct vsw_fdb_entry __rcu **link;
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_entry *entry;
	u32 i;

	for (i = first >> shift; i <= last >> shift; i++) {
		link = &table->bucket[i];
		while ((entry = fdb_dereference(fdb, *link))) {
			enum vsw_fdb_verdict verdict = VSW_FDB_KEEP;

			if (*seen >= cursor->skip)
				verdict = fn(sw, entry, arg);
			if (verdict == VSW_FDB_STOP) {
				cursor->skip = *seen;
				return false;
			}
			if (verdict == VSW_FDB_REMOVE) {
				__vsw_fdb_unlink(sw, link);
				continue;
			}
			++*seen;
			link = &entry->next;
		}
	}
	return true;
}

/**
 * vsw_fdb_walk - call a function for the next entries of a MAC table
 * @sw: the switch
 * @cursor: where to begin, all zero at first; left where it came to
 * @fn: the function; called with the table locked
 * @arg: passed to @fn
 *
 * To be called again until it is done. It returns now and then so that the
 * caller can sleep.
 *
 * Context: RCU read section, RTNL or the table's work.
 * Return: 1 if there is more, 0 if the end was reached, -EMSGSIZE if @fn said
 *	stop.
 */
int vsw_fdb_walk(struct vsw_switch *sw, struct vsw_fdb_cursor *cursor,
		 vsw_fdb_fn fn, void *arg)
{
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_table *table, *future;
	u32 i, seen, total = 0;
	unsigned int bits;
	int ret = 0;
	u64 step;

	spin_lock_bh(&fdb->lock);
	table = fdb_dereference(fdb, fdb->table);
	future = fdb_dereference(fdb, table->future);
	bits = future ? min(table->bits, future->bits) : table->bits;
	step = 1ULL << (32 - bits);
	/* The table may have been resized since: go back to a bucket's edge. */
	if (cursor->hash & (step - 1)) {
		cursor->hash &= ~(step - 1);
		cursor->skip = 0;
	}
	for (i = 0; i < WALK_BATCH && total < WALK_BATCH &&
	     cursor->hash < BIT_ULL(32); i++) {
		u32 first = cursor->hash, last = cursor->hash + step - 1;

		seen = 0;
		if (!walk_range(sw, table, first, last, &seen, cursor, fn,
				arg) ||
		    (future && !walk_range(sw, future, first, last, &seen,
					   cursor, fn, arg))) {
			ret = -EMSGSIZE;
			goto unlock;
		}
		total += seen;
		cursor->hash += step;
		cursor->skip = 0;
	}
	ret = cursor->hash < BIT_ULL(32);
unlock:
	spin_unlock_bh(&fdb->lock);
	return ret;
}

static void resize_to(struct vsw_fdb *fdb, unsigned int bits)
{
	struct vsw_fdb_table *old, *new;
	u32 i;

	new = table_alloc(fdb, bits);
	if (!new)
		return;
	spin_lock_bh(&fdb->lock);
	old = fdb_dereference(fdb, fdb->table);
	rcu_assign_pointer(old->future, new);
	for (i = 0; i < 1U << old->bits; i++) {
		rehash_bucket(fdb, old, i, new);
		if (i % WALK_BATCH == WALK_BATCH - 1) {
			spin_unlock_bh(&fdb->lock);
			cond_resched();
			spin_lock_bh(&fdb->lock);
		}
	}
	rcu_assign_pointer(fdb->table, new);
	spin_unlock_bh(&fdb->lock);
	kvfree_rcu(old, rcu);
}

static void resize_work(struct work_struct *work)
{
	struct vsw_fdb *fdb = container_of(work, struct vsw_fdb, resize_work);
	unsigned int now, want;

	spin_lock_bh(&fdb->lock);
	now = fdb_dereference(fdb, fdb->table)->bits;
	want = clamp_t(unsigned int, order_base_2(fdb->count + 1),
		       TABLE_BITS_MIN, TABLE_BITS_MAX);
	spin_unlock_bh(&fdb->lock);
	/* In steps, since a walk meanwhile has to take, at a time, all buckets
	 * of the larger table that are one of the smaller.
	 */
	want = clamp(want, now - RESIZE_STEP, now + RESIZE_STEP);
	if (want == now)
		return;
	resize_to(fdb, want);
	spin_lock_bh(&fdb->lock);
	vsw_fdb_start_work(fdb);
	spin_unlock_bh(&fdb->lock);
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
	struct vsw_fdb_table *table;

	fdb->memcg = get_mem_cgroup_from_mm(current->mm);
	table = table_alloc(fdb, TABLE_BITS_MIN);
	if (!table) {
		mem_cgroup_put(fdb->memcg);
		return -ENOMEM;
	}
	spin_lock_init(&fdb->lock);
	RCU_INIT_POINTER(fdb->table, table);
	fdb->seed[0] = get_random_u64() | 1;
	fdb->seed[1] = get_random_u64() | 1;
	INIT_DELAYED_WORK(&fdb->age_work, vsw_fdb_age_work);
	INIT_WORK(&fdb->resize_work, resize_work);
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
	WARN_ON_ONCE(sw->fdb.count);
	kvfree(rcu_dereference_protected(sw->fdb.table, true));
	mem_cgroup_put(sw->fdb.memcg);
}

/**
 * vsw_fdb_module_init - make what all MAC tables share
 *
 * Return: 0 or -ENOMEM.
 */
int __init vsw_fdb_module_init(void)
{
	entry_cache = KMEM_CACHE(vsw_fdb_entry, SLAB_ACCOUNT);
	return entry_cache ? 0 : -ENOMEM;
}

/**
 * vsw_fdb_module_exit - free what all MAC tables share
 *
 * Context: all RCU callbacks of the module have run.
 */
void vsw_fdb_module_exit(void)
{
	kmem_cache_destroy(entry_cache);
}
