// SPDX-License-Identifier: GPL-2.0
/*
 * The hash table of the MAC table's entries: what changes it, and walks it.
 *
 * DOC: MAC table
 *
 * A bucket is a cacheline of three entries, which hold all that a frame needs
 * to know of an address; buckets that overflow, one in seven at most while the
 * table fits, are chained. Readers take no lock: they look again if a chain
 * changed under them, by its sequence count. Writers, the packet path's
 * learning among them, hold the table's spinlock.
 *
 * The bucket of an entry is the top bits of its hash. So an order by hash is an
 * order by bucket in a table of any size, and a walk that remembers the hash it
 * came to can go on after the table was resized.
 *
 * Resizing moves entries from the old table to the new one bucket by bucket:
 * each is put into its new chain, then taken from the old one. A reader who
 * misses an entry in the old table finds it in the new, to which the old one
 * points.
 *
 * Chained buckets are freed at once, and may be part of another chain while a
 * reader still looks at them, but stay such buckets as long as there are
 * readers (SLAB_TYPESAFE_BY_RCU). What it read there does not matter: taking
 * the bucket from its chain has changed that.
 */
#include <linux/log2.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/random.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>

#include "event.h"
#include "fdb.h"
#include "fdb_table.h"

#define TABLE_BITS_MIN	6
#define TABLE_BITS_MAX	21

/* Buckets of a chain in which nothing is learned any more. So many are there
 * only if the table is too small, for want of memory or of time to resize it.
 */
#define CHAIN_MAX	64

/* By how many bits a table is resized at a time. */
#define RESIZE_STEP	3

/* Buckets, or entries if there are more, that a walk takes under one lock. */
#define WALK_BATCH	256

static struct kmem_cache *bucket_cache;

#define fdb_dereference(fdb, p) \
	rcu_dereference_protected(p, lockdep_is_held(&(fdb)->lock))

/* Tables and buckets are charged to who made the switch, whoever's frame it is
 * that they are made for.
 */
static struct vsw_fdb_table *table_alloc(const struct vsw_fdb *fdb,
					 unsigned int bits)
{
	struct mem_cgroup *old = set_active_memcg(fdb->memcg);
	struct vsw_fdb_table *table;

	table = kvzalloc(struct_size(table, bucket, 1UL << bits),
			 GFP_KERNEL_ACCOUNT | __GFP_NOWARN |
			 __GFP_RETRY_MAYFAIL);
	set_active_memcg(old);
	if (table) {
		table->bits = bits;
		table->shift = 32 - bits;
	}
	return table;
}

static struct vsw_fdb_bucket *bucket_alloc(const struct vsw_fdb *fdb, gfp_t gfp)
{
	struct mem_cgroup *old = set_active_memcg(fdb->memcg);
	struct vsw_fdb_bucket *bucket;

	bucket = kmem_cache_zalloc(bucket_cache, gfp);
	set_active_memcg(old);
	return bucket;
}

/* What readers see of a chain from here on makes them look again after
 * end_change(). On PREEMPT_RT the lock does not keep them from this CPU, where
 * they would wait for it.
 */
static void begin_change(struct vsw_fdb_bucket *head)
{
	preempt_disable_nested();
	raw_write_seqcount_begin(&head->seq);
}

static void end_change(struct vsw_fdb_bucket *head)
{
	raw_write_seqcount_end(&head->seq);
	preempt_enable_nested();
}

/* Where a chain ends: its last bucket, the one before that, how many of the
 * last one's entries are used (none only in a chain that is empty), and how
 * many buckets there are.
 */
struct chain_end {
	struct vsw_fdb_bucket	*before;
	struct vsw_fdb_bucket	*last;
	unsigned int		used;
	unsigned int		length;
};

static struct chain_end end_of(const struct vsw_fdb *fdb,
			       struct vsw_fdb_bucket *head)
{
	struct chain_end end = { .last = head, .length = 1 };
	struct vsw_fdb_bucket *next;

	while ((next = fdb_dereference(fdb, end.last->next))) {
		end.before = end.last;
		end.last = next;
		end.length++;
	}
	while (end.used < VSW_FDB_BUCKET_ENTRIES &&
	       end.last->entry[end.used].key)
		end.used++;
	return end;
}

/* Puts an entry at the end of a chain, in @spare if it needs another bucket,
 * and if it does sets that to NULL. Returns its place or NULL.
 */
static struct vsw_fdb_entry *append(const struct vsw_fdb *fdb,
				    struct vsw_fdb_bucket *head,
				    const struct vsw_fdb_entry *entry,
				    struct vsw_fdb_bucket **spare)
{
	struct chain_end end = end_of(fdb, head);
	struct vsw_fdb_bucket *more = NULL;
	struct vsw_fdb_entry *place;

	if (end.used < VSW_FDB_BUCKET_ENTRIES) {
		place = &end.last->entry[end.used];
	} else {
		more = *spare;
		if (!more)
			return NULL;
		place = &more->entry[0];
		*spare = NULL;
	}
	begin_change(head);
	*place = *entry;
	if (more)
		rcu_assign_pointer(end.last->next, more);
	end_change(head);
	return place;
}

/* Takes an entry from its chain, whose last one gets its place; false if that
 * is the entry itself: there is none in its place.
 */
static bool take_out(const struct vsw_fdb *fdb, struct vsw_fdb_bucket *head,
		     struct vsw_fdb_entry *entry)
{
	struct chain_end end = end_of(fdb, head);
	struct vsw_fdb_entry *last = &end.last->entry[end.used - 1];
	bool empty = end.used == 1 && end.before;

	begin_change(head);
	*entry = *last;
	last->key = 0;
	if (empty)
		RCU_INIT_POINTER(end.before->next, NULL);
	end_change(head);
	if (empty)
		kmem_cache_free(bucket_cache, end.last);
	return entry != last;
}

/* The table that new entries go to. */
static struct vsw_fdb_table *newest_table(struct vsw_fdb *fdb)
{
	struct vsw_fdb_table *table = fdb_dereference(fdb, fdb->table);
	struct vsw_fdb_table *future = fdb_dereference(fdb, table->future);

	return future ?: table;
}

/* The entry of a key, and the chain that it is in. */
static struct vsw_fdb_entry *locate(const struct vsw_fdb *fdb, u64 key,
				    struct vsw_fdb_bucket **head)
{
	u32 hash = vsw_fdb_hash(fdb, key);
	struct vsw_fdb_table *table;
	struct vsw_fdb_entry *entry;

	lockdep_assert_held(&fdb->lock);
	table = fdb_dereference(fdb, fdb->table);
	for (; table; table = fdb_dereference(fdb, table->future)) {
		*head = vsw_fdb_chain(table, hash);
		entry = vsw_fdb_chain_find(*head, key);
		if (entry)
			return entry;
	}
	return NULL;
}

/**
 * __vsw_fdb_find - find an entry
 * @fdb: the table
 * @mac: address
 * @vid: VLAN
 *
 * Context: the table's lock, as long as the entry is looked at.
 * Return: the entry or NULL.
 */
const struct vsw_fdb_entry *__vsw_fdb_find(const struct vsw_fdb *fdb,
					   const u8 *mac, u16 vid)
{
	struct vsw_fdb_bucket *head;

	return locate(fdb, vsw_fdb_key(mac, vid), &head);
}

/**
 * __vsw_fdb_port - the port of an entry
 * @sw: the switch
 * @entry: the entry
 *
 * Context: the table's lock. A port stays in its block for as long as it has
 * entries.
 * Return: the port.
 */
struct vsw_port *__vsw_fdb_port(const struct vsw_switch *sw,
				const struct vsw_fdb_entry *entry)
{
	const struct vsw_block *block;

	block = fdb_dereference(&sw->fdb,
				sw->blocks[entry->port / VSW_BLOCK_PORTS]);
	return fdb_dereference(&sw->fdb,
			       block->ports[entry->port % VSW_BLOCK_PORTS]);
}

/* Are there far more or far fewer entries than a bucket is to have? */
static bool is_misfit(const struct vsw_fdb *fdb)
{
	unsigned int bits = fdb_dereference(fdb, fdb->table)->bits;
	u32 size = 1U << bits;

	return (fdb->count > 2 * size && bits < TABLE_BITS_MAX) ||
	       (fdb->count < size / 2 && bits > TABLE_BITS_MIN);
}

/**
 * vsw_fdb_start_work - see to it that a table's work is done, if there is any
 * @fdb: the table, locked
 */
void vsw_fdb_start_work(struct vsw_fdb *fdb)
{
	lockdep_assert_held(&fdb->lock);
	if (fdb->stopped)
		return;
	if (fdb->learned)
		queue_delayed_work(system_long_wq, &fdb->age_work,
				   clamp_t(unsigned long, fdb->ageing / 4,
					   HZ / 2, 10 * HZ));
	if (is_misfit(fdb))
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
 * Return: true, or false for want of memory, also where the table could not
 *	grow for that and nothing more is to be learned.
 */
bool __vsw_fdb_insert(struct vsw_switch *sw, u64 key, struct vsw_port *port,
		      enum vsw_fdb_type type)
{
	struct vsw_fdb_entry entry = {
		.key = key, .updated = (u32)jiffies,
		.port = port->index, .type = type,
	};
	struct vsw_fdb_bucket *head, *spare = NULL;
	struct vsw_fdb *fdb = &sw->fdb;

	lockdep_assert_held(&fdb->lock);
	head = vsw_fdb_chain(newest_table(fdb), vsw_fdb_hash(fdb, key));
	if (!append(fdb, head, &entry, &spare)) {
		if (type == VSW_FDB_TYPE_LEARNED &&
		    end_of(fdb, head).length >= CHAIN_MAX)
			return false;
		spare = bucket_alloc(fdb, GFP_NOWAIT | __GFP_NOWARN);
		if (!spare)
			return false;
		append(fdb, head, &entry, &spare);
	}
	count_change(fdb, 1, type == VSW_FDB_TYPE_LEARNED);
	port->n_fdb++;
	vsw_fdb_start_work(fdb);
	vsw_event_fdb(sw, &entry, VSW_CMD_FDB_NEW_NTF);
	return true;
}

/* As take_out(), with all that goes with it. */
static bool remove_entry(struct vsw_switch *sw, struct vsw_fdb_bucket *head,
			 struct vsw_fdb_entry *entry)
{
	struct vsw_fdb_entry gone = {
		.key = entry->key, .updated = READ_ONCE(entry->updated),
		.port = entry->port, .type = entry->type,
	};
	struct vsw_fdb *fdb = &sw->fdb;
	bool refilled;

	lockdep_assert_held(&fdb->lock);
	refilled = take_out(fdb, head, entry);
	count_change(fdb, -1, -(gone.type == VSW_FDB_TYPE_LEARNED));
	__vsw_fdb_port(sw, &gone)->n_fdb--;
	vsw_fdb_start_work(fdb);
	vsw_event_fdb(sw, &gone, VSW_CMD_FDB_DEL_NTF);
	return refilled;
}

/**
 * __vsw_fdb_remove - remove an entry
 * @sw: the switch
 * @key: the entry's, which the table has
 *
 * Context: the table's lock.
 */
void __vsw_fdb_remove(struct vsw_switch *sw, u64 key)
{
	struct vsw_fdb_bucket *head;
	struct vsw_fdb_entry *entry;

	entry = locate(&sw->fdb, key, &head);
	remove_entry(sw, head, entry);
}

/**
 * __vsw_fdb_change - give an entry another port or type
 * @sw: the switch
 * @key: the entry's, which the table has
 * @port: where the address is
 * @type: learned, static or local
 *
 * Context: the table's lock.
 */
void __vsw_fdb_change(struct vsw_switch *sw, u64 key, struct vsw_port *port,
		      enum vsw_fdb_type type)
{
	struct vsw_fdb *fdb = &sw->fdb;
	struct vsw_fdb_bucket *head;
	struct vsw_fdb_entry *entry;

	entry = locate(fdb, key, &head);
	__vsw_fdb_port(sw, entry)->n_fdb--;
	port->n_fdb++;
	count_change(fdb, 0, (type == VSW_FDB_TYPE_LEARNED) -
			     (entry->type == VSW_FDB_TYPE_LEARNED));
	begin_change(head);
	entry->port = port->index;
	entry->type = type;
	WRITE_ONCE(entry->updated, (u32)jiffies);
	end_change(head);
	vsw_event_fdb(sw, entry, VSW_CMD_FDB_SET_NTF);
}

/* Walks the entries of a chain, of those from which on the cursor has not seen
 * them.
 */
static bool walk_chain(struct vsw_switch *sw, struct vsw_fdb_bucket *head,
		       u32 *seen, struct vsw_fdb_cursor *cursor,
		       vsw_fdb_fn fn, void *arg)
{
	struct vsw_fdb_bucket *bucket = head;
	struct vsw_fdb_entry *entry;
	unsigned int i = 0;

	while (bucket && (entry = &bucket->entry[i])->key) {
		enum vsw_fdb_verdict verdict = VSW_FDB_KEEP;

		if (*seen >= cursor->skip)
			verdict = fn(sw, entry, arg);
		if (verdict == VSW_FDB_STOP) {
			cursor->skip = *seen;
			return false;
		}
		if (verdict == VSW_FDB_REMOVE) {
			if (!remove_entry(sw, head, entry))
				break;
			continue;
		}
		++*seen;
		if (++i == VSW_FDB_BUCKET_ENTRIES) {
			bucket = fdb_dereference(&sw->fdb, bucket->next);
			i = 0;
		}
	}
	return true;
}

/* Walks the entries whose hash is in [@first, @last] in one table. */
static bool walk_range(struct vsw_switch *sw, struct vsw_fdb_table *table,
		       u32 first, u32 last, u32 *seen,
		       struct vsw_fdb_cursor *cursor, vsw_fdb_fn fn, void *arg)
{
	u32 i;

	for (i = first >> table->shift; i <= last >> table->shift; i++)
		if (!walk_chain(sw, &table->bucket[i], seen, cursor, fn, arg))
			return false;
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

/* Takes a bucket's entries to the new table, from the last to the first. False
 * if another bucket is needed to go on: in @spare.
 */
static bool rehash_bucket(struct vsw_fdb *fdb, struct vsw_fdb_bucket *head,
			  struct vsw_fdb_table *new,
			  struct vsw_fdb_bucket **spare)
{
	struct vsw_fdb_entry *entry;
	struct vsw_fdb_bucket *to;
	struct chain_end end;

	lockdep_assert_held(&fdb->lock);
	while (head->entry[0].key) {
		end = end_of(fdb, head);
		entry = &end.last->entry[end.used - 1];
		to = vsw_fdb_chain(new, vsw_fdb_hash(fdb, entry->key));
		if (!append(fdb, to, entry, spare))
			return false;
		take_out(fdb, head, entry);
		/* The order within the bucket changed, on which dumps rely. */
		count_change(fdb, 0, 0);
	}
	return true;
}

static void move_entries(struct vsw_fdb *fdb, struct vsw_fdb_table *old,
			 struct vsw_fdb_table *new)
	__must_hold(&fdb->lock)
{
	struct vsw_fdb_bucket *spare = NULL;
	u32 i = 0;

	lockdep_assert_held(&fdb->lock);
	while (i < 1U << old->bits) {
		bool done = rehash_bucket(fdb, &old->bucket[i], new, &spare);

		i += done;
		if (done && i % WALK_BATCH)
			continue;
		spin_unlock_bh(&fdb->lock);
		/* It is little, and without it there is no way back either. */
		if (!done)
			spare = bucket_alloc(fdb, GFP_KERNEL | __GFP_NOFAIL);
		cond_resched();
		spin_lock_bh(&fdb->lock);
	}
	if (spare)
		kmem_cache_free(bucket_cache, spare);
}

static bool resize_to(struct vsw_fdb *fdb, unsigned int bits)
{
	struct vsw_fdb_table *old, *new;

	new = table_alloc(fdb, bits);
	if (!new)
		return false;
	spin_lock_bh(&fdb->lock);
	old = fdb_dereference(fdb, fdb->table);
	rcu_assign_pointer(old->future, new);
	move_entries(fdb, old, new);
	rcu_assign_pointer(fdb->table, new);
	spin_unlock_bh(&fdb->lock);
	kvfree_rcu(old, rcu);
	return true;
}

/**
 * vsw_fdb_resize_work - fit the table to the number of its entries
 * @work: of the table
 */
void vsw_fdb_resize_work(struct work_struct *work)
{
	struct vsw_fdb *fdb = container_of(work, struct vsw_fdb, resize_work);
	unsigned int now, want;
	bool misfit;

	spin_lock_bh(&fdb->lock);
	misfit = is_misfit(fdb);
	now = fdb_dereference(fdb, fdb->table)->bits;
	want = clamp_t(unsigned int, order_base_2(fdb->count + 2) - 1,
		       TABLE_BITS_MIN, TABLE_BITS_MAX);
	spin_unlock_bh(&fdb->lock);
	/* In steps, since a walk meanwhile has to take, at a time, all buckets
	 * of the larger table that are one of the smaller.
	 */
	want = clamp(want, now - RESIZE_STEP, now + RESIZE_STEP);
	/* If there is no memory now, the next change of an entry asks again. */
	if (!misfit || !resize_to(fdb, want))
		return;
	spin_lock_bh(&fdb->lock);
	vsw_fdb_start_work(fdb);
	spin_unlock_bh(&fdb->lock);
}

/**
 * vsw_fdb_table_init - make a MAC table's hash table
 * @fdb: the MAC table, whose memory cgroup is set
 *
 * Return: 0 or -ENOMEM.
 */
int vsw_fdb_table_init(struct vsw_fdb *fdb)
{
	struct vsw_fdb_table *table = table_alloc(fdb, TABLE_BITS_MIN);

	if (!table)
		return -ENOMEM;
	RCU_INIT_POINTER(fdb->table, table);
	fdb->seed[0] = get_random_u64() | 1;
	fdb->seed[1] = get_random_u64() | 1;
	return 0;
}

/**
 * vsw_fdb_table_free - free it; it holds no entries any more
 * @fdb: the MAC table, which no reader can have
 */
void vsw_fdb_table_free(struct vsw_fdb *fdb)
{
	WARN_ON_ONCE(fdb->count);
	kvfree(rcu_dereference_protected(fdb->table, true));
}

/**
 * vsw_fdb_cache_init - make what all MAC tables share
 *
 * Return: 0 or -ENOMEM.
 */
int __init vsw_fdb_cache_init(void)
{
	BUILD_BUG_ON(sizeof(struct vsw_fdb_entry) != 16);
	bucket_cache = KMEM_CACHE(vsw_fdb_bucket,
				  SLAB_ACCOUNT | SLAB_TYPESAFE_BY_RCU);
	return bucket_cache ? 0 : -ENOMEM;
}

/**
 * vsw_fdb_cache_exit - free what all MAC tables share
 *
 * Context: all MAC tables are freed.
 */
void vsw_fdb_cache_exit(void)
{
	kmem_cache_destroy(bucket_cache);
}
