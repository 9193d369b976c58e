/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_FDB_TABLE_H
#define VSW_FDB_TABLE_H

#include <linux/cache.h>
#include <linux/seqlock.h>

#include "fdb.h"

#define VSW_FDB_BUCKET_ENTRIES	3

/**
 * struct vsw_fdb_bucket - entries whose hashes begin alike: one cacheline
 * @entry: they; without a gap, and all full if there is a @next
 * @next: where there are more of them, or NULL
 * @seq: of the first bucket of a chain, for all of it: what changes it
 */
struct vsw_fdb_bucket {
	struct vsw_fdb_entry		entry[VSW_FDB_BUCKET_ENTRIES];
	struct vsw_fdb_bucket __rcu	*next;
	seqcount_t			seq;
} __aligned(64);

/**
 * struct vsw_fdb_table - the hash table
 * @bits: number of buckets, as a power of two
 * @shift: what takes a hash to the number of its bucket
 * @future: the table that this one's entries are being moved to
 * @rcu: to free it when no reader can have it
 * @bucket: heads of the chains
 */
struct vsw_fdb_table {
	unsigned int			bits;
	unsigned int			shift;
	struct vsw_fdb_table __rcu	*future;
	struct rcu_head			rcu;
	struct vsw_fdb_bucket		bucket[];
};

/**
 * vsw_fdb_hash - hash of a key
 * @fdb: the table
 * @key: from vsw_fdb_key()
 *
 * Two multiplications by secret odd numbers, each of which carries what differs
 * in two keys upwards; between them the upper half is folded into the lower.
 * The bits that are used, the upper ones, depend on all of the key, as those of
 * the kernel's jhash do for five times the instructions.
 *
 * Return: 32 bits, of which the top ones are the number of the bucket.
 */
static inline u32 vsw_fdb_hash(const struct vsw_fdb *fdb, u64 key)
{
	u64 hash = key * fdb->seed[0];

	hash ^= hash >> 32;
	return (hash * fdb->seed[1]) >> 32;
}

/**
 * vsw_fdb_chain - where a key's entry is if the table has it
 * @table: the table
 * @hash: of the key
 *
 * Return: the first bucket of the chain.
 */
static inline struct vsw_fdb_bucket *
vsw_fdb_chain(struct vsw_fdb_table *table, u32 hash)
{
	return &table->bucket[hash >> table->shift];
}

/**
 * vsw_fdb_chain_find - find a key's entry in a chain
 * @bucket: the first bucket
 * @key: from vsw_fdb_key()
 *
 * Context: bottom halves off, and the table's lock, or else what is found is
 * true only if the chain's sequence count says so.
 * Return: the entry or NULL.
 */
static __always_inline struct vsw_fdb_entry *
vsw_fdb_chain_find(struct vsw_fdb_bucket *bucket, u64 key)
{
	unsigned int i;

	do {
		for (i = 0; i < VSW_FDB_BUCKET_ENTRIES; i++)
			if (bucket->entry[i].key == key)
				return &bucket->entry[i];
		bucket = rcu_dereference_bh(bucket->next);
	} while (unlikely(bucket));
	return NULL;
}

int vsw_fdb_table_init(struct vsw_fdb *fdb);
void vsw_fdb_table_free(struct vsw_fdb *fdb);
void vsw_fdb_resize_work(struct work_struct *work);
int vsw_fdb_cache_init(void);
void vsw_fdb_cache_exit(void);

#endif /* VSW_FDB_TABLE_H */
