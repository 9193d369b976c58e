// SPDX-License-Identifier: GPL-2.0
/*
 * What a port has to do with rules: the group whose rules are for its frames,
 * and what becomes of those that no rule matches.
 */
#include <linux/rtnetlink.h>

#include "port.h"
#include "rule.h"

/**
 * vsw_rule_forget_port - a port goes, and is in no group any more
 * @port: the port
 *
 * Context: RTNL; may sleep.
 */
void vsw_rule_forget_port(struct vsw_port *port)
{
	struct vsw_rules *rules = rtnl_dereference(port->sw->rules);

	if (!port->group)
		return;
	mutex_lock(&rules->lock);
	vsw_group_put(&rules->groups, port->group);
	port->group = NULL;
	mutex_unlock(&rules->lock);
}

static void update(struct vsw_port *port)
{
	u8 policy = port->policy;

	if (policy == VSW_POLICY_SWITCH)
		policy = port->sw->policy;
	WRITE_ONCE(port->no_rule, policy == VSW_POLICY_DROP ?
				  VSW_DROP_POLICY : VSW_DROP_NONE);
}

/* Without rules, even if there are none, no frame is judged. */
static int need_rules(struct vsw_switch *sw, enum vsw_policy policy,
		      struct netlink_ext_ack *extack)
{
	if (policy != VSW_POLICY_DROP)
		return 0;
	return PTR_ERR_OR_ZERO(vsw_rules_get(sw, extack));
}

/**
 * vsw_rule_prepare_port - get what it takes to change what a port has of rules
 * @sw: the port's switch; the port need not be there yet
 * @cfg: the change
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0, and vsw_rule_end_port() is to follow, or an error.
 */
int vsw_rule_prepare_port(struct vsw_switch *sw, struct vsw_rule_port_cfg *cfg,
			  struct netlink_ext_ack *extack)
{
	struct vsw_rules *rules;
	int err;

	ASSERT_RTNL();
	cfg->group = NULL;
	err = need_rules(sw, cfg->policy, extack);
	if (err || !cfg->name || !*cfg->name)
		return err;
	rules = vsw_rules_get(sw, extack);
	if (IS_ERR(rules))
		return PTR_ERR(rules);
	mutex_lock(&rules->lock);
	cfg->group = vsw_group_get(&rules->groups, cfg->name, extack);
	mutex_unlock(&rules->lock);
	return PTR_ERR_OR_ZERO(cfg->group);
}

/**
 * vsw_rule_set_port - change what a port has of rules
 * @port: the port
 * @cfg: the change, prepared; what it replaces takes its place
 *
 * Context: RTNL.
 */
void vsw_rule_set_port(struct vsw_port *port, struct vsw_rule_port_cfg *cfg)
{
	port->policy = cfg->policy;
	update(port);
	if (!cfg->name)
		return;
	swap(port->group, cfg->group);
	WRITE_ONCE(port->group_id, port->group ? port->group->id : 0);
}

/**
 * vsw_rule_end_port - give back what a change of a port does not need
 * @sw: the port's switch
 * @cfg: the change, made or not
 *
 * Context: RTNL; may sleep.
 */
void vsw_rule_end_port(struct vsw_switch *sw, struct vsw_rule_port_cfg *cfg)
{
	struct vsw_rules *rules = rtnl_dereference(sw->rules);

	if (!cfg->group)
		return;
	mutex_lock(&rules->lock);
	vsw_group_put(&rules->groups, cfg->group);
	cfg->group = NULL;
	mutex_unlock(&rules->lock);
}

/**
 * vsw_rule_init_port - let a new port have what it is to have of rules
 * @port: the port, not published yet
 * @cfg: that, prepared; NULL: the policy of its switch and no group
 *
 * Context: RTNL.
 */
void vsw_rule_init_port(struct vsw_port *port, struct vsw_rule_port_cfg *cfg)
{
	struct vsw_rule_port_cfg none = { .policy = VSW_POLICY_SWITCH };

	vsw_rule_set_port(port, cfg ?: &none);
}

/**
 * vsw_rule_set_switch_policy - say it of all ports that do not say otherwise
 * @sw: the switch
 * @policy: what
 * @extack: where to say why not
 *
 * Context: RTNL; may sleep.
 * Return: 0 or an error.
 */
int vsw_rule_set_switch_policy(struct vsw_switch *sw, enum vsw_policy policy,
			       struct netlink_ext_ack *extack)
{
	int err = need_rules(sw, policy, extack);
	struct vsw_port *port;
	unsigned int i = 0;

	if (err)
		return err;
	sw->policy = policy;
	while ((port = vsw_port_next(sw, &i)))
		update(port);
	return 0;
}
