// SPDX-License-Identifier: GPL-2.0
/*
 * What rules have counted, and those whose time that says is over.
 */
#include <linux/rtnetlink.h>

#include "rule.h"

/**
 * vsw_rule_sum - sum a rule's counters over all CPUs
 * @rule: the rule
 * @sum: where to put the result
 */
void vsw_rule_sum(const struct vsw_rule *rule, struct vsw_rule_counters *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		const struct vsw_rule_stats *s = per_cpu_ptr(rule->stats, cpu);
		unsigned int start;
		unsigned long used;
		u64 packets, bytes;

		do {
			start = u64_stats_fetch_begin(&s->syncp);
			packets = u64_stats_read(&s->packets);
			bytes = u64_stats_read(&s->bytes);
			used = READ_ONCE(s->used);
		} while (u64_stats_fetch_retry(&s->syncp, start));

		if (packets && (!sum->packets || time_after(used, sum->used)))
			sum->used = used;
		sum->packets += packets;
		sum->bytes += bytes;
	}
}

/* How much longer a rule stays, in jiffies. */
static long time_left(const struct vsw_rule *rule)
{
	struct vsw_rule_counters sum;
	long left = MAX_JIFFY_OFFSET;

	if (rule->hard)
		left = rule->made + rule->hard * HZ - jiffies;
	if (!rule->idle)
		return left;
	vsw_rule_sum(rule, &sum);
	if (!sum.packets || time_before(sum.used, rule->made))
		sum.used = rule->made;
	return min_t(long, left, sum.used + rule->idle * HZ - jiffies);
}

/**
 * vsw_rule_watch - see to it that a rule goes when its time is over
 * @rules: the rules
 * @left: how much longer it stays, in jiffies
 *
 * Context: rules' lock.
 */
void vsw_rule_watch(struct vsw_rules *rules, unsigned long left)
{
	if (delayed_work_pending(&rules->expire_work) &&
	    time_after_eq(jiffies + left, rules->next_expiry))
		return;
	rules->next_expiry = jiffies + left;
	mod_delayed_work(system_unbound_wq, &rules->expire_work, left);
}

/**
 * vsw_rule_expire - remove rules whose time is over
 * @work: the rules' @expire_work
 */
void vsw_rule_expire(struct work_struct *work)
{
	struct vsw_rules *rules = container_of(to_delayed_work(work),
					       struct vsw_rules, expire_work);
	long left, next = MAX_JIFFY_OFFSET;
	struct rb_node *node, *after;
	struct vsw_rule *rule;
	bool is_changed = false;
	u64 gen;

	/* Whoever removes the switch has it, and waits for this work. */
	if (!rtnl_trylock()) {
		queue_delayed_work(system_unbound_wq, &rules->expire_work, 1);
		return;
	}
	mutex_lock(&rules->lock);
	gen = vsw_rule_next_gen();
	for (node = rb_first(&rules->order); node; node = after) {
		after = rb_next(node);
		rule = rb_entry(node, struct vsw_rule, node);
		left = rule->idle || rule->hard ? time_left(rule) : next;
		next = left > 0 ? min(next, left) : next;
		if (left <= 0) {
			vsw_rule_kill(rules, rule, gen);
			is_changed = true;
		}
		cond_resched();
	}
	if (is_changed)
		vsw_rules_publish(rules, gen);
	if (next != MAX_JIFFY_OFFSET)
		vsw_rule_watch(rules, next);
	mutex_unlock(&rules->lock);
	rtnl_unlock();
}
