/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_RULE_H
#define VSW_RULE_H

#include <linux/idr.h>
#include <linux/jump_label.h>
#include <linux/mutex.h>
#include <linux/rbtree.h>

#include "action.h"
#include "rule_group.h"
#include "rule_table.h"

/* Terms that a rule may be cut into, and values that it may except. */
#define VSW_RULE_TERMS_MAX	1024
#define VSW_RULE_EXCEPTS_MAX	63

/* A rule that is not there yet. */
#define VSW_RULE_NEVER		U64_MAX

/* What a rule does is not said in a word. */
#define VSW_RULE_ACTS		__VSW_DROP_MAX

/**
 * struct vsw_rule_stats - one CPU's counters of a rule
 * @packets: frames that the rule decided
 * @bytes: their length with the Ethernet header
 * @used: when the last one was, in jiffies
 * @syncp: makes 64-bit counters whole for readers on 32-bit machines
 */
struct vsw_rule_stats {
	u64_stats_t		packets;
	u64_stats_t		bytes;
	unsigned long		used;
	struct u64_stats_sync	syncp;
};

/**
 * struct vsw_rule - a rule
 * @from: the table's generation since which it is there; %VSW_RULE_NEVER: not
 *	yet. Rules' lock, read under RCU
 * @until: the generation since which it is there no more; 0: it is. Rules'
 *	lock, read under RCU
 * @prio: the highest decides
 * @id: of those with the same, the one made first
 * @band: among whom
 * @n_excepts: how many values it excepts
 * @verdict: why to drop a frame, %VSW_DROP_NONE, or %VSW_RULE_ACTS
 * @is_inherited: its counters are another one's, which has taken its place;
 *	rules' lock
 * @group: whose ports' frames it is for, or NULL for all; rules' lock
 * @sets: those that it names, a bit each
 * @excepts: the values
 * @actions: what it does, with %VSW_RULE_ACTS
 * @stats: counters
 * @terms: what it matches; rules' lock
 * @idle: seconds without a frame after which it goes; 0: it stays
 * @hard: seconds after which it goes; 0: it stays
 * @made: when it was there first, in jiffies
 * @node: in the order of those that are there; rules' lock
 * @list: of those that are not yet there, or not any more; rules' lock
 * @rcu: to free it when no reader can have it
 * @match_len: bytes of %VSW_A_RULE_MATCH, as it was given, in @attrs
 * @except_len: bytes of %VSW_A_RULE_EXCEPT behind that
 * @action_len: bytes of %VSW_A_RULE_ACTIONS behind that
 * @attrs: the three
 */
struct vsw_rule {
	u64			from;
	u64			until;
	u32			prio;
	u32			id;
	u8			band;
	u8			n_excepts;
	u8			verdict;
	bool			is_inherited;
	struct vsw_group	*group;
	u64			sets;
	struct vsw_key_alt	*excepts;
	struct vsw_actions	*actions;
	struct vsw_rule_stats __percpu *stats;
	struct vsw_term		*terms;
	u32			idle;
	u32			hard;
	unsigned long		made;
	union {
		struct rb_node		node;
		struct list_head	list;
		struct rcu_head		rcu;
	};
	u16			match_len;
	u16			except_len;
	u16			action_len;
	u8			attrs[];
};

/**
 * struct vsw_rules - the rules of a switch
 * @table: the rules, as frames look them up
 * @lock: protects all but what is read under RCU; in RTNL
 * @groups: groups that any of them, or a port, is of
 * @order: those that are there, by precedence
 * @ids: those that are there, by ID
 * @count: how many
 * @staged: those that are to take the place of all these
 * @n_staged: how many
 * @n_dead: how many are in @dead and @dying
 * @n_samples: actions of all these that take samples
 * @is_staging: they are being put aside
 * @portid: by whom
 * @dead: those that are there no more
 * @dying: those of them that no reader sees after @purge_work's grace period
 * @purge_work: takes these out of the table
 * @is_purging: it is on its way
 * @sw: the switch
 * @in_sets: among those of the namespace, whose rules may name its sets; RTNL
 * @expire_work: removes rules whose time is over; runs only while there are
 *	some that have one
 * @next_expiry: when it is to run, in jiffies
 */
struct vsw_rules {
	struct vsw_rule_table	table;
	/* Serialises all changes; readers need RCU only. */
	struct mutex		lock;
	struct vsw_groups	groups;
	struct rb_root		order;
	struct idr		ids;
	u32			count;
	struct list_head	staged;
	u32			n_staged;
	u32			n_dead;
	u32			n_samples;
	bool			is_staging;
	u32			portid;
	struct list_head	dead;
	struct list_head	dying;
	struct rcu_work		purge_work;
	bool			is_purging;
	struct vsw_switch	*sw;
	struct list_head	in_sets;
	struct delayed_work	expire_work;
	unsigned long		next_expiry;
};

/**
 * struct vsw_rule_cfg - a rule, as a person gives it, cut into terms
 * @prio: 0 to %VSW_RULE_PRIO_MAX
 * @band: less than %VSW_BANDS
 * @group: name of its group, or NULL
 * @idle: seconds without a frame after which it goes, or 0
 * @hard: seconds after which it goes, or 0
 * @verdict: why to drop a frame, %VSW_DROP_NONE, or %VSW_RULE_ACTS
 * @actions: what it does, with %VSW_RULE_ACTS; taken over by who makes the rule
 * @nat_range: room behind @actions for new addresses of a connection
 * @match: %VSW_A_RULE_MATCH, or NULL
 * @except: %VSW_A_RULE_EXCEPT, or NULL
 * @action: %VSW_A_RULE_ACTIONS
 * @need: what a frame has to have for its fields to mean something
 * @alts: values of all fields, one after the other
 * @n_fields: how many fields
 * @n_alts: how many values each field has
 * @excepts: values that are excepted
 * @n_excepts: how many
 * @sets: sets that are named in either, a bit each
 */
struct vsw_rule_cfg {
	u32			prio;
	u8			band;
	const char		*group;
	u32			idle;
	u32			hard;
	u8			verdict;
	struct vsw_actions	*actions;
	struct nf_nat_range2	*nat_range;
	const struct nlattr	*match;
	const struct nlattr	*except;
	const struct nlattr	*action;
	struct vsw_key_part	need;
	struct vsw_key_alt	*alts;
	unsigned int		n_fields;
	unsigned int		n_alts[VSW_A_MATCH_MAX];
	struct vsw_key_alt	*excepts;
	unsigned int		n_excepts;
	u64			sets;
};

/**
 * struct vsw_rule_port_cfg - a change of what a port has of rules
 * @policy: what becomes of frames that no rule matches
 * @name: name of the group whose rules are for its frames; empty: of none;
 *	NULL: as it was
 * @group: the group, or NULL; set by vsw_rule_prepare_port(), a reference until
 *	a port takes it over
 */
struct vsw_rule_port_cfg {
	enum vsw_policy		policy;
	const char		*name;
	struct vsw_group	*group;
};

/**
 * struct vsw_rule_counters - a rule's counters, summed over all CPUs
 * @packets: frames that the rule decided
 * @bytes: their length with the Ethernet header
 * @used: when the last one was, in jiffies
 */
struct vsw_rule_counters {
	u64		packets;
	u64		bytes;
	unsigned long	used;
};

/**
 * vsw_rule_id_before - was a rule made before another?
 * @id: its ID
 * @other: the other's ID
 *
 * IDs have 31 bits, and begin anew in the end.
 *
 * Return: true if it was.
 */
static inline bool vsw_rule_id_before(u32 id, u32 other)
{
	return (id - other) & BIT(30);
}

DECLARE_STATIC_KEY_FALSE(vsw_rules_used);

/**
 * vsw_rule_is_there - was a rule there?
 * @rule: the rule
 * @gen: at which moment
 *
 * Context: RCU read section or rules' lock.
 * Return: true if it was.
 */
static inline bool vsw_rule_is_there(const struct vsw_rule *rule, u64 gen)
{
	u64 until = READ_ONCE(rule->until);

	return READ_ONCE(rule->from) <= gen && (!until || gen < until);
}

struct vsw_rules *vsw_rules_get(struct vsw_switch *sw,
				struct netlink_ext_ack *extack);
void vsw_rules_free(struct vsw_switch *sw);
int vsw_rule_add(struct vsw_switch *sw, struct vsw_rule_cfg *cfg, u32 portid,
		 struct netlink_ext_ack *extack);
unsigned int vsw_rule_del(struct vsw_switch *sw, u32 id);
unsigned int vsw_rule_del_prio(struct vsw_switch *sw, u8 band, u32 prio);
void vsw_rule_flush(struct vsw_switch *sw);
int vsw_rule_begin(struct vsw_switch *sw, u32 portid,
		   struct netlink_ext_ack *extack);
int vsw_rule_commit(struct vsw_switch *sw, u32 portid,
		    struct netlink_ext_ack *extack);
void vsw_rule_forget_port(struct vsw_port *port);
void vsw_rule_init_port(struct vsw_port *port, struct vsw_rule_port_cfg *cfg);
int vsw_rule_prepare_port(struct vsw_switch *sw, struct vsw_rule_port_cfg *cfg,
			  struct netlink_ext_ack *extack);
void vsw_rule_set_port(struct vsw_port *port, struct vsw_rule_port_cfg *cfg);
void vsw_rule_end_port(struct vsw_switch *sw, struct vsw_rule_port_cfg *cfg);
int vsw_rule_set_switch_policy(struct vsw_switch *sw, enum vsw_policy policy,
			       struct netlink_ext_ack *extack);
bool vsw_rule_is_staged_by(const struct vsw_switch *sw, u32 portid);
bool vsw_rule_abort(struct vsw_switch *sw, u32 portid);
struct vsw_rule *vsw_rule_find(const struct vsw_switch *sw, u32 id);
struct vsw_rule *vsw_rule_next(const struct vsw_switch *sw, u8 band, u32 prio,
			       u32 id);
u32 vsw_rule_shadowed_by(const struct vsw_switch *sw,
			 const struct vsw_rule *rule);
void vsw_rule_kill(struct vsw_rules *rules, struct vsw_rule *rule, u64 gen);
void vsw_rules_publish(struct vsw_rules *rules, u64 gen);
void vsw_rule_watch(struct vsw_rules *rules, unsigned long left);
void vsw_rule_expire(struct work_struct *work);
void vsw_rule_sum(const struct vsw_rule *rule, struct vsw_rule_counters *sum);
enum vsw_drop vsw_rule_judge_slow(struct vsw_pkt *pkt);

/**
 * vsw_rule_judge - do what the rules of the switch say of a frame
 * @pkt: the frame
 *
 * Context: RCU read section, bottom halves off.
 * Return: why the frame is to be dropped, or %VSW_DROP_NONE.
 */
static inline enum vsw_drop vsw_rule_judge(struct vsw_pkt *pkt)
{
	if (!static_branch_unlikely(&vsw_rules_used))
		return VSW_DROP_NONE;
	return vsw_rule_judge_slow(pkt);
}

#endif /* VSW_RULE_H */
