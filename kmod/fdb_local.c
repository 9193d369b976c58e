// SPDX-License-Identifier: GPL-2.0
/*
 * The addresses of the switch's own adapters in the MAC table: one entry with
 * VID 0 each, which holds in every VLAN of its port. In those VLANs nobody else
 * can have the address.
 */
#include "fdb.h"
#include "vlan.h"

typedef bool (*rival_fn)(struct vsw_switch *sw,
			 const struct vsw_fdb_entry *entry);

/* Calls @fn for the entries that others have of an address in the VLANs of
 * @vlans, until it says no.
 */
static bool visit_rivals(struct vsw_switch *sw, const u8 *mac,
			 const u8 *vlans, rival_fn fn)
{
	const struct vsw_fdb_entry *entry;
	bool go_on = true;
	u16 vid;

	lockdep_assert_held(&sw->fdb.lock);
	for (vid = 1; go_on && vid < VLAN_VID_MASK; vid++) {
		if (!(vlans[vid / 8] & BIT(vid % 8)))
			continue;
		entry = __vsw_fdb_find(&sw->fdb, mac, vid);
		if (entry)
			go_on = fn(sw, entry);
	}
	return go_on;
}

static bool not_static(struct vsw_switch *sw,
		       const struct vsw_fdb_entry *entry)
{
	return entry->type != VSW_FDB_TYPE_STATIC;
}

static bool remove_learned(struct vsw_switch *sw,
			   const struct vsw_fdb_entry *entry)
{
	if (entry->type == VSW_FDB_TYPE_LEARNED)
		__vsw_fdb_remove(sw, entry->key);
	return true;
}

/* All VLANs of a port, its native one included. */
static void get_vlans(const struct vsw_port *port, u8 *vlans)
{
	vsw_vlan_get(port, vlans);
	if (port->pvid)
		vlans[port->pvid / 8] |= BIT(port->pvid % 8);
}

/**
 * vsw_fdb_may_claim - can an address be an adapter's in some VLANs?
 * @sw: the switch
 * @mac: the address
 * @vlans: the VLANs, %VSW_VLANS_LEN bytes as in the ABI
 *
 * Context: RTNL.
 * Return: false if it has a static entry in one of them.
 */
bool vsw_fdb_may_claim(struct vsw_switch *sw, const u8 *mac, const u8 *vlans)
{
	bool may;

	spin_lock_bh(&sw->fdb.lock);
	may = visit_rivals(sw, mac, vlans, not_static);
	spin_unlock_bh(&sw->fdb.lock);
	return may;
}

/**
 * vsw_fdb_claim - forget where else an adapter's address was learned
 * @port: host or internal port, in the VLANs that it is to have
 *
 * Context: RTNL.
 */
void vsw_fdb_claim(struct vsw_port *port)
{
	struct vsw_switch *sw = port->sw;
	u8 vlans[VSW_VLANS_LEN];

	get_vlans(port, vlans);
	spin_lock_bh(&sw->fdb.lock);
	visit_rivals(sw, port->dev->dev_addr, vlans, remove_learned);
	spin_unlock_bh(&sw->fdb.lock);
}

/**
 * vsw_fdb_add_local - make the entry of an adapter's own address
 * @port: host or internal port, in the VLANs that it is to have
 * @mac: the address
 *
 * Context: RTNL.
 * Return: 0, -ENOMEM, or -EADDRINUSE if another adapter has the address, or a
 *	static entry in one of the port's VLANs.
 */
int vsw_fdb_add_local(struct vsw_port *port, const u8 *mac)
{
	struct vsw_switch *sw = port->sw;
	struct vsw_fdb *fdb = &sw->fdb;
	const struct vsw_fdb_entry *entry;
	u8 vlans[VSW_VLANS_LEN];
	int err = 0;

	get_vlans(port, vlans);
	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find(fdb, mac, 0);
	if (!visit_rivals(sw, mac, vlans, not_static))
		err = -EADDRINUSE;
	else if (entry && entry->type == VSW_FDB_TYPE_LEARNED)
		__vsw_fdb_change(sw, entry->key, port, VSW_FDB_TYPE_LOCAL);
	else if (entry)
		err = -EADDRINUSE;
	else if (!__vsw_fdb_insert(sw, vsw_fdb_key(mac, 0), port,
				   VSW_FDB_TYPE_LOCAL))
		err = -ENOMEM;
	/* From now on it is learned nowhere; where it was, it is forgotten. */
	if (!err)
		visit_rivals(sw, mac, vlans, remove_learned);
	spin_unlock_bh(&fdb->lock);
	return err;
}

/**
 * vsw_fdb_del_local - remove the entry of an adapter's own address
 * @port: host or internal port
 * @mac: the address
 *
 * Context: RTNL.
 */
void vsw_fdb_del_local(struct vsw_port *port, const u8 *mac)
{
	struct vsw_fdb *fdb = &port->sw->fdb;
	const struct vsw_fdb_entry *entry;

	spin_lock_bh(&fdb->lock);
	entry = __vsw_fdb_find(fdb, mac, 0);
	if (entry && entry->type == VSW_FDB_TYPE_LOCAL &&
	    entry->port == port->index)
		__vsw_fdb_remove(port->sw, entry->key);
	spin_unlock_bh(&fdb->lock);
}
