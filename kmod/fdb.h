/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_FDB_H
#define VSW_FDB_H

#include <linux/unaligned.h>

#include "vsw.h"

/**
 * struct vsw_fdb_entry - where a MAC address is, in a VLAN
 * @key: MAC and VID, from vsw_fdb_key(); 0: there is no entry
 * @updated: low half of the jiffies at which a frame last renewed it
 * @port: number of the port
 * @type: learned, static or local
 */
struct vsw_fdb_entry {
	u64	key;
	u32	updated;
	u16	port;
	u8	type;
};

/**
 * struct vsw_fdb_cursor - a place in a MAC table, good across its resizing
 * @hash: first hash value not yet seen; 64 bits, so that it can be the end
 * @skip: entries already seen from there on
 */
struct vsw_fdb_cursor {
	u64	hash;
	u32	skip;
};

/**
 * enum vsw_fdb_verdict - what a walk is to do after an entry
 * @VSW_FDB_KEEP: go on
 * @VSW_FDB_REMOVE: remove the entry and go on
 * @VSW_FDB_STOP: stop before this entry
 */
enum vsw_fdb_verdict {
	VSW_FDB_KEEP,
	VSW_FDB_REMOVE,
	VSW_FDB_STOP,
};

typedef enum vsw_fdb_verdict (*vsw_fdb_fn)(const struct vsw_switch *sw,
					   const struct vsw_fdb_entry *entry,
					   void *arg);

/* A bit that no VID has, so that no key is 0. */
#define VSW_FDB_KEY_USED	BIT(15)

/**
 * vsw_fdb_key - key of an entry
 * @mac: address, 6 bytes at any alignment
 * @vid: VLAN, 0 to 4094
 *
 * Return: a number that is different for each pair, and never 0; its byte order
 *	is the machine's, and it means nothing outside the table.
 */
static inline u64 vsw_fdb_key(const u8 *mac, u16 vid)
{
	return (u64)get_unaligned((const u32 *)mac) << 32 |
	       (u32)get_unaligned((const u16 *)(mac + 4)) << 16 |
	       VSW_FDB_KEY_USED | vid;
}

/**
 * vsw_fdb_mac - address in an entry's key
 * @entry: the entry
 * @mac: where to put it, 6 bytes
 */
static inline void vsw_fdb_mac(const struct vsw_fdb_entry *entry, u8 *mac)
{
	put_unaligned((u32)(entry->key >> 32), (u32 *)mac);
	put_unaligned((u16)(entry->key >> 16), (u16 *)(mac + 4));
}

/**
 * vsw_fdb_vid - VLAN in an entry's key
 * @entry: the entry
 *
 * Return: VID, 0 to 4094.
 */
static inline u16 vsw_fdb_vid(const struct vsw_fdb_entry *entry)
{
	return entry->key & VLAN_VID_MASK;
}

/* The path of a frame. */
struct vsw_port *vsw_fdb_lookup(const struct vsw_switch *sw, const u8 *mac,
				u16 vid);
enum vsw_drop vsw_fdb_learn(struct vsw_pkt *pkt, const u8 *mac, u16 vid);

/* With the table locked. */
const struct vsw_fdb_entry *__vsw_fdb_find(const struct vsw_fdb *fdb,
					   const u8 *mac, u16 vid);
struct vsw_port *__vsw_fdb_port(const struct vsw_switch *sw,
				const struct vsw_fdb_entry *entry);
bool __vsw_fdb_insert(struct vsw_switch *sw, u64 key, struct vsw_port *port,
		      enum vsw_fdb_type type);
void __vsw_fdb_change(struct vsw_switch *sw, u64 key, struct vsw_port *port,
		      enum vsw_fdb_type type);
void __vsw_fdb_remove(struct vsw_switch *sw, u64 key);

/* Control. */
int vsw_fdb_add(struct vsw_port *port, const u8 *mac, u16 vid,
		struct netlink_ext_ack *extack);
int vsw_fdb_move(struct vsw_port *port, const u8 *mac, u16 vid,
		 struct netlink_ext_ack *extack);
int vsw_fdb_del(struct vsw_switch *sw, const u8 *mac, u16 vid,
		struct netlink_ext_ack *extack);
bool vsw_fdb_may_claim(struct vsw_switch *sw, const u8 *mac, const u8 *vlans);
void vsw_fdb_claim(struct vsw_port *port);
int vsw_fdb_add_local(struct vsw_port *port, const u8 *mac);
void vsw_fdb_del_local(struct vsw_port *port, const u8 *mac);
int vsw_fdb_walk(struct vsw_switch *sw, struct vsw_fdb_cursor *cursor,
		 vsw_fdb_fn fn, void *arg);
void vsw_fdb_flush(struct vsw_switch *sw, const struct vsw_port *port,
		   u16 vid);
void vsw_fdb_flush_left(struct vsw_port *port);
bool vsw_fdb_kill(struct vsw_port *port);
void vsw_fdb_flush_dead(struct vsw_switch *sw);
void vsw_fdb_set_ageing(struct vsw_switch *sw, u32 seconds);
void vsw_fdb_set_limit(struct vsw_switch *sw, u32 limit);

void vsw_fdb_start_work(struct vsw_fdb *fdb);
void vsw_fdb_age_work(struct work_struct *work);
int vsw_fdb_init(struct vsw_switch *sw);
void vsw_fdb_stop(struct vsw_switch *sw);
void vsw_fdb_free(struct vsw_switch *sw);

#endif /* VSW_FDB_H */
