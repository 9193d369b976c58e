// SPDX-License-Identifier: GPL-2.0
/*
 * How entries leave the MAC table in numbers: by age, and with their port,
 * VLAN or address.
 */
#include <linux/sched.h>

#include "fdb.h"
#include "vlan.h"

static void walk_all(struct vsw_switch *sw, vsw_fdb_fn fn, void *arg)
{
	struct vsw_fdb_cursor cursor = {};

	while (vsw_fdb_walk(sw, &cursor, fn, arg) > 0)
		cond_resched();
}

static enum vsw_fdb_verdict too_old(const struct vsw_switch *sw,
				    const struct vsw_fdb_entry *entry,
				    void *arg)
{
	u32 age = *(u32 *)arg - READ_ONCE(entry->updated);

	/* A frame that came since @arg was read makes the age negative. */
	if (entry->type == VSW_FDB_TYPE_LEARNED && (s32)age > 0 &&
	    age >= (u32)READ_ONCE(sw->fdb.ageing))
		return VSW_FDB_REMOVE;
	return VSW_FDB_KEEP;
}

/**
 * vsw_fdb_age_work - remove learned entries that no frame renewed for too long
 * @work: of the table
 */
void vsw_fdb_age_work(struct work_struct *work)
{
	struct vsw_fdb *fdb = container_of(to_delayed_work(work),
					   struct vsw_fdb, age_work);
	struct vsw_switch *sw = container_of(fdb, struct vsw_switch, fdb);
	u32 now = (u32)jiffies;

	walk_all(sw, too_old, &now);
	spin_lock_bh(&fdb->lock);
	vsw_fdb_start_work(fdb);
	spin_unlock_bh(&fdb->lock);
}

/**
 * vsw_fdb_set_ageing - set after what time a learned entry goes
 * @sw: the switch
 * @seconds: %VSW_AGEING_MIN to %VSW_AGEING_MAX, which in jiffies fits well
 *	into the 31 bits that too_old() can compare
 *
 * Context: RTNL.
 */
void vsw_fdb_set_ageing(struct vsw_switch *sw, u32 seconds)
{
	struct vsw_fdb *fdb = &sw->fdb;

	BUILD_BUG_ON(S32_MAX / HZ < VSW_AGEING_MAX);
	spin_lock_bh(&fdb->lock);
	WRITE_ONCE(fdb->ageing, (unsigned long)seconds * HZ);
	/* Also if nothing is learned: it may wait yet by the old time. */
	if (!fdb->stopped)
		mod_delayed_work(system_long_wq, &fdb->age_work, 0);
	spin_unlock_bh(&fdb->lock);
}

/* Which learned entries are to go; each field narrows it unless it is 0. */
struct flush {
	const struct vsw_port	*port;
	u16			vid;
};

/* Spares ports without entries the walk. */
static bool has_entries(const struct vsw_port *port)
{
	struct vsw_fdb *fdb = &port->sw->fdb;
	bool has;

	spin_lock_bh(&fdb->lock);
	has = port->n_fdb;
	spin_unlock_bh(&fdb->lock);
	return has;
}

static enum vsw_fdb_verdict flush_learned(const struct vsw_switch *sw,
					  const struct vsw_fdb_entry *entry,
					  void *arg)
{
	const struct flush *flush = arg;

	if (entry->type != VSW_FDB_TYPE_LEARNED ||
	    (flush->port && entry->port != flush->port->index) ||
	    (flush->vid && vsw_fdb_vid(entry) != flush->vid))
		return VSW_FDB_KEEP;
	return VSW_FDB_REMOVE;
}

/**
 * vsw_fdb_flush - remove learned entries
 * @sw: the switch
 * @port: of this port only, unless NULL
 * @vid: of this VLAN only, unless 0
 *
 * Context: RTNL; may sleep.
 */
void vsw_fdb_flush(struct vsw_switch *sw, const struct vsw_port *port,
		   u16 vid)
{
	struct flush flush = { .port = port, .vid = vid };

	if (port && !has_entries(port))
		return;
	walk_all(sw, flush_learned, &flush);
}

static enum vsw_fdb_verdict flush_left(const struct vsw_switch *sw,
				       const struct vsw_fdb_entry *entry,
				       void *arg)
{
	const struct vsw_port *port = arg;

	return entry->type == VSW_FDB_TYPE_LEARNED &&
	       entry->port == port->index &&
	       !vsw_vlan_has(port, vsw_fdb_vid(entry)) ?
	       VSW_FDB_REMOVE : VSW_FDB_KEEP;
}

/**
 * vsw_fdb_flush_left - remove a port's learned entries in VLANs it is not in
 * @port: the port
 *
 * Context: RTNL; may sleep.
 */
void vsw_fdb_flush_left(struct vsw_port *port)
{
	if (has_entries(port))
		walk_all(port->sw, flush_left, port);
}

static enum vsw_fdb_verdict flush_dead(const struct vsw_switch *sw,
				       const struct vsw_fdb_entry *entry,
				       void *arg)
{
	return __vsw_fdb_port(sw, entry)->dead ? VSW_FDB_REMOVE : VSW_FDB_KEEP;
}

/**
 * vsw_fdb_kill - see to it that nothing is learned at a port any more
 * @port: the port, which is going
 *
 * Context: RTNL.
 * Return: true if it has entries, for vsw_fdb_flush_dead() to remove.
 */
bool vsw_fdb_kill(struct vsw_port *port)
{
	struct vsw_fdb *fdb = &port->sw->fdb;
	bool has;

	spin_lock_bh(&fdb->lock);
	port->dead = true;
	has = port->n_fdb;
	spin_unlock_bh(&fdb->lock);
	return has;
}

/**
 * vsw_fdb_flush_dead - remove all entries of ports that are going
 * @sw: the switch
 *
 * Context: RTNL; may sleep.
 */
void vsw_fdb_flush_dead(struct vsw_switch *sw)
{
	walk_all(sw, flush_dead, NULL);
}
