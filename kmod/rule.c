// SPDX-License-Identifier: GPL-2.0
/*
 * Rules: which there are, how they change, and what they do to a frame.
 *
 * Changes are atomic. Each rule knows from which generation of the table on it
 * is there, and until which; a frame reads the generation once. A change marks
 * all rules that come and go with the generation that is to be, and makes this
 * the table's by one write. What went is taken out of the table only when no
 * frame is under way any more that could ask for it.
 */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "action.h"
#include "event.h"
#include "policer.h"
#include "rule.h"
#include "rule_cache.h"
#include "rule_set.h"

DEFINE_STATIC_KEY_FALSE(vsw_rules_used);

#define GROUP_MASK	GENMASK_ULL(63, VSW_KEY_GROUP_SHIFT)

/* Rules that may be dead before who makes more has to wait for them. */
#define DEAD_MAX	VSW_RULES_MAX

static void free_rule(struct vsw_rule *rule)
{
	struct vsw_term *term, *next;

	for (term = rule->terms; term; term = next) {
		next = term->next;
		kfree(term);
	}
	if (!rule->is_inherited)
		free_percpu(rule->stats);
	kfree(rule->excepts);
	vsw_policers_put(rule->actions);
	kfree(rule->actions);
	kfree(rule);
}

static void free_rule_rcu(struct rcu_head *rcu)
{
	free_rule(container_of(rcu, struct vsw_rule, rcu));
}

/* What is dead, but not dying yet, may still be asked for. */
static void remember_all(struct vsw_rules *rules)
{
	struct vsw_rule *rule;
	struct rb_node *node;

	vsw_rule_table_forget(&rules->table);
	for (node = rb_first(&rules->order); node; node = rb_next(node)) {
		rule = rb_entry(node, struct vsw_rule, node);
		vsw_rule_table_remember(&rules->table, rule);
		cond_resched();
	}
	list_for_each_entry(rule, &rules->staged, list)
		vsw_rule_table_remember(&rules->table, rule);
	list_for_each_entry(rule, &rules->dead, list)
		vsw_rule_table_remember(&rules->table, rule);
}

/* No frame asks for what is on the list dying any more. */
static void purge(struct vsw_rules *rules)
{
	struct vsw_rule *rule, *next;

	list_for_each_entry_safe(rule, next, &rules->dying, list) {
		vsw_rule_table_unlink(&rules->table, rule);
		vsw_group_put(&rules->groups, rule->group);
		vsw_samples_put(rules, rule->actions);
		list_del(&rule->list);
		rules->n_dead--;
		call_rcu(&rule->rcu, free_rule_rcu);
		cond_resched();
	}
	if (rules->table.is_greedy)
		remember_all(rules);
	vsw_rule_table_publish(&rules->table);
}

static void start_purge(struct vsw_rules *rules)
{
	lockdep_assert_held(&rules->lock);
	if (rules->is_purging || list_empty(&rules->dead))
		return;
	list_splice_init(&rules->dead, &rules->dying);
	rules->is_purging = true;
	queue_rcu_work(system_unbound_wq, &rules->purge_work);
}

/* Under RTNL, so that nobody makes more of them meanwhile. */
static void wait_for_dead(struct vsw_rules *rules)
{
	start_purge(rules);
	while (rules->is_purging) {
		mutex_unlock(&rules->lock);
		flush_rcu_work(&rules->purge_work);
		mutex_lock(&rules->lock);
	}
}

static void purge_work(struct work_struct *work)
{
	struct vsw_rules *rules = container_of(to_rcu_work(work),
					       struct vsw_rules, purge_work);

	mutex_lock(&rules->lock);
	rules->is_purging = false;
	purge(rules);
	start_purge(rules);
	mutex_unlock(&rules->lock);
}

static struct vsw_rules *alloc_rules(void)
{
	struct vsw_rules *rules;

	rules = kzalloc(sizeof(*rules), GFP_KERNEL_ACCOUNT);
	if (!rules)
		return NULL;
	if (vsw_rule_table_init(&rules->table)) {
		kfree(rules);
		return NULL;
	}
	mutex_init(&rules->lock);
	vsw_groups_init(&rules->groups);
	rules->order = RB_ROOT;
	idr_init_base(&rules->ids, 1);
	INIT_LIST_HEAD(&rules->staged);
	INIT_LIST_HEAD(&rules->dead);
	INIT_LIST_HEAD(&rules->dying);
	INIT_RCU_WORK(&rules->purge_work, purge_work);
	INIT_DELAYED_WORK(&rules->expire_work, vsw_rule_expire);
	return rules;
}

/**
 * vsw_rules_get - the rules of a switch, which it has from now on
 * @sw: the switch
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: the rules or an error.
 */
struct vsw_rules *vsw_rules_get(struct vsw_switch *sw,
				struct netlink_ext_ack *extack)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);

	if (rules)
		return rules;
	rules = alloc_rules();
	if (!rules)
		goto err_no_memory;
	if (vsw_rule_cache_get())
		goto err_free;
	rules->sw = sw;
	rules->table.sets = sw->sets;
	list_add_tail(&rules->in_sets, &sw->sets->rules);
	rcu_assign_pointer(sw->rules, rules);
	static_branch_inc(&vsw_rules_used);
	return rules;

err_free:
	vsw_rule_table_free(&rules->table);
	kfree(rules);
err_no_memory:
	NL_SET_ERR_MSG(extack, "No memory for rules");
	return ERR_PTR(-ENOMEM);
}

/* Rules that are neither there nor put aside any more do not use what they
 * name, though frames may still see them.
 */
static void unuse(struct vsw_rules *rules, const struct vsw_rule *rule)
{
	vsw_policers_unuse(rule->actions);
	vsw_sets_unuse(rules->sw->sets, rule->sets);
}

static void destroy_list(struct vsw_rules *rules, struct list_head *list)
{
	struct vsw_rule *rule, *next;

	list_for_each_entry_safe(rule, next, list, list) {
		vsw_rule_table_unlink(&rules->table, rule);
		vsw_group_put(&rules->groups, rule->group);
		vsw_samples_put(rules, rule->actions);
		free_rule(rule);
		cond_resched();
	}
}

/**
 * vsw_rules_free - free the rules of a switch, if it has any
 * @sw: the switch, to which no frame and no command comes any more
 *
 * Context: RTNL; may sleep.
 */
void vsw_rules_free(struct vsw_switch *sw)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	struct vsw_rule *rule;
	struct rb_node *node;

	if (!rules)
		return;
	RCU_INIT_POINTER(sw->rules, NULL);
	/* It does not wait for RTNL. */
	cancel_delayed_work_sync(&rules->expire_work);
	while (flush_rcu_work(&rules->purge_work))
		;
	list_del(&rules->in_sets);
	list_for_each_entry(rule, &rules->staged, list)
		unuse(rules, rule);
	while ((node = rb_first(&rules->order))) {
		rule = rb_entry(node, struct vsw_rule, node);
		unuse(rules, rule);
		rb_erase(node, &rules->order);
		list_add(&rule->list, &rules->dead);
	}
	destroy_list(rules, &rules->dead);
	destroy_list(rules, &rules->staged);
	vsw_rule_table_free(&rules->table);
	vsw_groups_free(&rules->groups);
	idr_destroy(&rules->ids);
	kfree(rules);
	vsw_rule_cache_put();
	static_branch_dec(&vsw_rules_used);
}

/* Does rule @a come before one in this band with this prio and ID? */
static bool is_before(const struct vsw_rule *a, u8 band, u32 prio, u32 id)
{
	if (a->band != band)
		return a->band < band;
	if (a->prio != prio)
		return a->prio > prio;
	/* No rule has ID 0: it stands for the first. */
	return id && vsw_rule_id_before(a->id, id);
}

static void link_rule(struct vsw_rules *rules, struct vsw_rule *rule)
{
	struct rb_node **at = &rules->order.rb_node, *parent = NULL;

	while (*at) {
		parent = *at;
		at = is_before(rb_entry(parent, struct vsw_rule, node),
			       rule->band, rule->prio, rule->id) ?
		     &parent->rb_right : &parent->rb_left;
	}
	rb_link_node(&rule->node, parent, at);
	rb_insert_color(&rule->node, &rules->order);
	rules->count++;
}

/**
 * vsw_rules_publish - make so what is marked with a generation
 * @rules: the rules
 * @gen: the generation
 *
 * Context: rules' lock; may sleep.
 */
void vsw_rules_publish(struct vsw_rules *rules, u64 gen)
{
	vsw_rule_table_advance(&rules->table, gen);
	start_purge(rules);
}

/**
 * vsw_rule_kill - mark a rule as gone
 * @rules: the rules
 * @rule: the rule
 * @gen: since which generation; vsw_rules_publish() is to follow
 *
 * Context: RTNL, rules' lock; may sleep.
 */
void vsw_rule_kill(struct vsw_rules *rules, struct vsw_rule *rule, u64 gen)
{
	WRITE_ONCE(rule->until, gen);
	rb_erase(&rule->node, &rules->order);
	rules->count--;
	idr_remove(&rules->ids, rule->id);
	unuse(rules, rule);
	list_add_tail(&rule->list, &rules->dead);
	rules->n_dead++;
	vsw_event_rule(rules->sw, rule, VSW_CMD_RULE_DEL_NTF);
}

static struct vsw_rule *alloc_rule(struct vsw_rule_cfg *cfg)
{
	unsigned int match = cfg->match ? nla_len(cfg->match) : 0;
	unsigned int except = cfg->except ? nla_len(cfg->except) : 0;
	unsigned int action = nla_len(cfg->action);
	struct vsw_rule *rule;
	int cpu;

	rule = kzalloc(struct_size(rule, attrs, match + except + action),
		       GFP_KERNEL_ACCOUNT);
	if (!rule)
		return NULL;
	rule->stats = alloc_percpu_gfp(struct vsw_rule_stats,
				       GFP_KERNEL_ACCOUNT);
	rule->excepts = kmemdup(cfg->excepts,
				cfg->n_excepts * sizeof(*cfg->excepts),
				GFP_KERNEL_ACCOUNT);
	if (!rule->stats || !rule->excepts) {
		free_rule(rule);
		return NULL;
	}
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(rule->stats, cpu)->syncp);
	rule->from = VSW_RULE_NEVER;
	rule->prio = cfg->prio;
	rule->band = cfg->band;
	rule->verdict = cfg->verdict;
	rule->idle = cfg->idle;
	rule->hard = cfg->hard;
	rule->n_excepts = cfg->n_excepts;
	rule->match_len = match;
	rule->except_len = except;
	rule->action_len = action;
	if (match)
		memcpy(rule->attrs, nla_data(cfg->match), match);
	if (except)
		memcpy(rule->attrs + match, nla_data(cfg->except), except);
	memcpy(rule->attrs + match + except, nla_data(cfg->action), action);
	return rule;
}

/* Adds all terms that the alternatives of a rule's fields make together. */
static int add_terms(struct vsw_rules *rules, struct vsw_rule *rule,
		     const struct vsw_rule_cfg *cfg,
		     struct netlink_ext_ack *extack)
{
	unsigned int at[VSW_A_MATCH_MAX] = {};
	u64 mask[VSW_KEY_WORDS], value[VSW_KEY_WORDS];
	const struct vsw_key_alt *alt;
	unsigned int f;
	int err;

	do {
		memset(mask, 0, sizeof(mask));
		memset(value, 0, sizeof(value));
		mask[cfg->need.word] = cfg->need.mask;
		value[cfg->need.word] = cfg->need.value;
		if (rule->group) {
			mask[VSW_KEY_STATE] = GROUP_MASK;
			value[VSW_KEY_STATE] = (u64)rule->group->id <<
					       VSW_KEY_GROUP_SHIFT;
		}
		for (f = 0, alt = cfg->alts; f < cfg->n_fields; f++) {
			vsw_key_alt_put(&alt[at[f]], mask, value);
			alt += cfg->n_alts[f];
		}
		err = vsw_term_add(&rules->table, rule, mask, value, extack);
		if (err)
			return err;
		for (f = 0; f < cfg->n_fields; f++) {
			if (++at[f] < cfg->n_alts[f])
				break;
			at[f] = 0;
		}
	} while (f < cfg->n_fields);
	return 0;
}

/* Makes a rule be there from a generation on. */
static void activate(struct vsw_rules *rules, struct vsw_rule *rule, u64 gen)
{
	WRITE_ONCE(rule->from, gen);
	link_rule(rules, rule);
	rule->made = jiffies;
	if (rule->idle || rule->hard)
		vsw_rule_watch(rules, min_not_zero(rule->idle, rule->hard) *
				      HZ);
	idr_replace(&rules->ids, rule, rule->id);
	vsw_event_rule(rules->sw, rule, VSW_CMD_RULE_NEW_NTF);
}

/* Forgets a rule that never was there. Readers may have seen its terms. */
static void discard(struct vsw_rules *rules, struct vsw_rule *rule)
{
	WRITE_ONCE(rule->until, 1);
	if (rule->id)
		idr_remove(&rules->ids, rule->id);
	unuse(rules, rule);
	list_add_tail(&rule->list, &rules->dead);
	rules->n_dead++;
}

static bool is_staged_by(const struct vsw_rules *rules, u32 portid)
{
	return READ_ONCE(rules->is_staging) &&
	       READ_ONCE(rules->portid) == portid;
}

static int take_group(struct vsw_rules *rules, struct vsw_rule *rule,
		      const char *name, struct netlink_ext_ack *extack)
{
	struct vsw_group *group;

	if (!name)
		return 0;
	group = vsw_group_get(&rules->groups, name, extack);
	if (IS_ERR(group))
		return PTR_ERR(group);
	rule->group = group;
	return 0;
}

/* A rule of which all is done but to be there. */
static struct vsw_rule *make_rule(struct vsw_rules *rules,
				  struct vsw_rule_cfg *cfg,
				  struct netlink_ext_ack *extack)
{
	struct vsw_rule *rule = alloc_rule(cfg);
	int err, id = 0;

	if (!rule) {
		NL_SET_ERR_MSG(extack, "No memory for the rule");
		return ERR_PTR(-ENOMEM);
	}
	err = take_group(rules, rule, cfg->group, extack);
	if (!err)
		err = add_terms(rules, rule, cfg, extack);
	if (err) {
		discard(rules, rule);
		return ERR_PTR(err);
	}
	if (!vsw_rule_table_publish(&rules->table))
		id = idr_alloc_cyclic(&rules->ids, NULL, 1, 0,
				      GFP_KERNEL_ACCOUNT);
	if (id <= 0) {
		NL_SET_ERR_MSG(extack, "No memory for the rule");
		discard(rules, rule);
		return ERR_PTR(-ENOMEM);
	}
	rule->id = id;
	err = vsw_samples_get(rules, cfg->actions, extack);
	if (err) {
		discard(rules, rule);
		return ERR_PTR(err);
	}
	rule->actions = cfg->actions;
	vsw_policers_use(rule->actions);
	cfg->actions = NULL;
	rule->sets = cfg->sets;
	vsw_sets_use(rules->sw->sets, rule->sets);
	return rule;
}

/**
 * vsw_rule_add - make a rule
 * @sw: the switch
 * @cfg: the rule, checked
 * @portid: the socket that asks for it
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_rule_add(struct vsw_switch *sw, struct vsw_rule_cfg *cfg, u32 portid,
		 struct netlink_ext_ack *extack)
{
	struct vsw_rules *rules = vsw_rules_get(sw, extack);
	struct vsw_rule *rule;
	u64 gen;
	bool is_staged;
	int err = 0;

	if (IS_ERR(rules))
		return PTR_ERR(rules);
	mutex_lock(&rules->lock);
	is_staged = is_staged_by(rules, portid);
	if ((is_staged ? rules->n_staged : rules->count) == VSW_RULES_MAX) {
		NL_SET_ERR_MSG(extack,
			       "The switch has 131072 rules, which is all it can have");
		err = -ENOSPC;
		goto unlock;
	}
	if (rules->n_dead > DEAD_MAX)
		wait_for_dead(rules);
	rule = make_rule(rules, cfg, extack);
	if (IS_ERR(rule) && PTR_ERR(rule) == -ENOSPC) {
		/* What is dead takes room, too. */
		wait_for_dead(rules);
		rule = make_rule(rules, cfg, extack);
	}
	if (IS_ERR(rule)) {
		err = PTR_ERR(rule);
		start_purge(rules);
	} else if (is_staged) {
		list_add_tail(&rule->list, &rules->staged);
		rules->n_staged++;
	} else {
		gen = vsw_rule_next_gen();
		activate(rules, rule, gen);
		vsw_rules_publish(rules, gen);
	}
unlock:
	mutex_unlock(&rules->lock);
	return err;
}

/* The first rule that comes no earlier than one in this band with this prio and
 * ID.
 */
static struct vsw_rule *rule_after(const struct vsw_rules *rules, u8 band,
				   u32 prio, u32 id)
{
	struct rb_node *node = rules->order.rb_node;
	struct vsw_rule *rule, *found = NULL;

	while (node) {
		rule = rb_entry(node, struct vsw_rule, node);
		if (is_before(rule, band, prio, id)) {
			node = node->rb_right;
		} else {
			found = rule;
			node = node->rb_left;
		}
	}
	return found;
}

/**
 * vsw_rule_del - remove a rule
 * @sw: the switch
 * @id: its ID
 *
 * Context: RTNL; may sleep.
 * Return: how many were removed.
 */
unsigned int vsw_rule_del(struct vsw_switch *sw, u32 id)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	struct vsw_rule *rule;
	u64 gen;

	if (!rules)
		return 0;
	mutex_lock(&rules->lock);
	rule = idr_find(&rules->ids, id);
	if (rule) {
		gen = vsw_rule_next_gen();
		vsw_rule_kill(rules, rule, gen);
		vsw_rules_publish(rules, gen);
	}
	mutex_unlock(&rules->lock);
	return rule ? 1 : 0;
}

/**
 * vsw_rule_del_prio - remove the rules of a band that have a prio
 * @sw: the switch
 * @band: the band
 * @prio: the prio
 *
 * Context: RTNL; may sleep.
 * Return: how many were removed.
 */
unsigned int vsw_rule_del_prio(struct vsw_switch *sw, u8 band, u32 prio)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	struct vsw_rule *rule;
	unsigned int n = 0;
	u64 gen;

	if (!rules)
		return 0;
	mutex_lock(&rules->lock);
	gen = vsw_rule_next_gen();
	while ((rule = rule_after(rules, band, prio, 0))) {
		if (rule->band != band || rule->prio != prio)
			break;
		vsw_rule_kill(rules, rule, gen);
		n++;
		cond_resched();
	}
	if (n)
		vsw_rules_publish(rules, gen);
	mutex_unlock(&rules->lock);
	return n;
}

static void kill_all(struct vsw_rules *rules, u64 gen)
{
	struct rb_node *node;

	while ((node = rb_first(&rules->order))) {
		vsw_rule_kill(rules, rb_entry(node, struct vsw_rule, node),
			      gen);
		cond_resched();
	}
}

/**
 * vsw_rule_flush - remove all rules
 * @sw: the switch
 *
 * Context: RTNL; may sleep.
 */
void vsw_rule_flush(struct vsw_switch *sw)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	u64 gen;

	if (!rules)
		return;
	mutex_lock(&rules->lock);
	gen = vsw_rule_next_gen();
	kill_all(rules, gen);
	vsw_rules_publish(rules, gen);
	mutex_unlock(&rules->lock);
}

/**
 * vsw_rule_begin - put aside what a socket makes from now on
 * @sw: the switch
 * @portid: the socket
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_rule_begin(struct vsw_switch *sw, u32 portid,
		   struct netlink_ext_ack *extack)
{
	struct vsw_rules *rules = vsw_rules_get(sw, extack);
	int err = 0;

	if (IS_ERR(rules))
		return PTR_ERR(rules);
	mutex_lock(&rules->lock);
	if (rules->is_staging) {
		NL_SET_ERR_MSG(extack,
			       "The rules of the switch are being replaced already");
		err = -EBUSY;
	} else {
		WRITE_ONCE(rules->portid, portid);
		WRITE_ONCE(rules->is_staging, true);
	}
	mutex_unlock(&rules->lock);
	return err;
}

/* A rule that says the same as one that goes takes over its counters. */
static void inherit(struct vsw_rules *rules, struct vsw_rule *rule)
{
	struct vsw_rule *old = vsw_rule_find_same(&rules->table, rule);

	if (!old)
		return;
	free_percpu(rule->stats);
	rule->stats = old->stats;
	old->is_inherited = true;
}

static void end_staging(struct vsw_rules *rules)
{
	WRITE_ONCE(rules->is_staging, false);
	rules->n_staged = 0;
}

static void replace_all(struct vsw_rules *rules)
{
	struct vsw_rule *rule, *next;
	u64 gen = vsw_rule_next_gen();

	list_for_each_entry(rule, &rules->staged, list) {
		inherit(rules, rule);
		cond_resched();
	}
	kill_all(rules, gen);
	list_for_each_entry_safe(rule, next, &rules->staged, list) {
		list_del(&rule->list);
		activate(rules, rule, gen);
		cond_resched();
	}
	vsw_rules_publish(rules, gen);
}

/**
 * vsw_rule_commit - let what was put aside take the place of all rules
 * @sw: the switch
 * @portid: the socket that put it aside
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_rule_commit(struct vsw_switch *sw, u32 portid,
		    struct netlink_ext_ack *extack)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);

	if (rules) {
		mutex_lock(&rules->lock);
		if (is_staged_by(rules, portid)) {
			replace_all(rules);
			end_staging(rules);
			mutex_unlock(&rules->lock);
			return 0;
		}
		mutex_unlock(&rules->lock);
	}
	NL_SET_ERR_MSG(extack, "No replacement was begun");
	return -EINVAL;
}

/**
 * vsw_rule_is_staged_by - is a socket replacing the rules of a switch?
 * @sw: the switch
 * @portid: the socket
 *
 * Context: RTNL or RCU read section.
 * Return: true if it is.
 */
bool vsw_rule_is_staged_by(const struct vsw_switch *sw, u32 portid)
{
	const struct vsw_rules *rules = rcu_dereference_rtnl(sw->rules);

	return rules && is_staged_by(rules, portid);
}

/**
 * vsw_rule_abort - forget what was put aside
 * @sw: the switch
 * @portid: the socket that put it aside
 *
 * Context: RTNL; may sleep.
 * Return: true if there was a replacement under way.
 */
bool vsw_rule_abort(struct vsw_switch *sw, u32 portid)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);
	struct vsw_rule *rule, *next;
	bool is_staged;

	if (!rules)
		return false;
	mutex_lock(&rules->lock);
	is_staged = is_staged_by(rules, portid);
	if (is_staged) {
		list_for_each_entry_safe(rule, next, &rules->staged, list) {
			list_del(&rule->list);
			discard(rules, rule);
		}
		end_staging(rules);
		start_purge(rules);
	}
	mutex_unlock(&rules->lock);
	return is_staged;
}

/**
 * vsw_rule_find - the rule with an ID
 * @sw: the switch
 * @id: the ID
 *
 * Context: RTNL.
 * Return: the rule or NULL.
 */
struct vsw_rule *vsw_rule_find(const struct vsw_switch *sw, u32 id)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);

	return rules ? idr_find(&rules->ids, id) : NULL;
}

/**
 * vsw_rule_next - the next rule, by band and in the order in which they decide
 * @sw: the switch
 * @band: from which band on
 * @prio: from which prio on there
 * @id: from which ID with this prio on
 *
 * Context: RTNL.
 * Return: the rule, or NULL if there is none any more.
 */
struct vsw_rule *vsw_rule_next(const struct vsw_switch *sw, u8 band, u32 prio,
			       u32 id)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);

	return rules ? rule_after(rules, band, prio, id) : NULL;
}
