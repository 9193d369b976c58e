// SPDX-License-Identifier: GPL-2.0
/*
 * What the module's messages say: which attributes vsctl reads of them.
 * Where one is not as it should be, the whole message is refused.
 */
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <string.h>

#include "nl.h"
#include "vsctl.h"

static const struct nl_field switch_fields[] = {
	NL_NUM(struct nl_switch, ifindex, VSW_A_SWITCH_IFINDEX, NL_U32),
	NL_BYTES(struct nl_switch, name, IF_NAMESIZE, VSW_A_SWITCH_NAME,
		 NL_STRING),
	NL_NUM(struct nl_switch, vlan_aware, VSW_A_SWITCH_VLAN_AWARE, NL_U8),
	NL_NUM(struct nl_switch, ageing, VSW_A_SWITCH_AGEING, NL_U32),
	NL_NUM(struct nl_switch, fdb_limit, VSW_A_SWITCH_FDB_LIMIT, NL_U32),
	NL_NUM(struct nl_switch, fdb_count, VSW_A_SWITCH_FDB_COUNT, NL_U32),
	NL_NUM(struct nl_switch, fdb_learned, VSW_A_SWITCH_FDB_LEARNED, NL_U32),
	NL_NUM(struct nl_switch, fdb_refused, VSW_A_SWITCH_FDB_REFUSED, NL_U64),
	NL_NUM(struct nl_switch, port_count, VSW_A_SWITCH_PORT_COUNT, NL_U32),
	NL_NUM(struct nl_switch, policy, VSW_A_SWITCH_POLICY, NL_U32),
	NL_NUM(struct nl_switch, ct_zone, VSW_A_SWITCH_CT_ZONE, NL_U16),
};

/**
 * nl_parse_switch - read a message about a switch
 * @nlh: the message
 * @sw: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_switch(const struct nlmsghdr *nlh, struct nl_switch *sw)
{
	memset(sw, 0, sizeof(*sw));
	return nl_take(nlh, GENL_HDRLEN, switch_fields,
		       ARRAY_SIZE(switch_fields), sw);
}

static const struct nl_field stats_fields[] = {
	NL_NUM(struct nl_stats, rx_packets, VSW_A_STATS_RX_PACKETS, NL_U64),
	NL_NUM(struct nl_stats, rx_bytes, VSW_A_STATS_RX_BYTES, NL_U64),
	NL_NUM(struct nl_stats, tx_packets, VSW_A_STATS_TX_PACKETS, NL_U64),
	NL_NUM(struct nl_stats, tx_bytes, VSW_A_STATS_TX_BYTES, NL_U64),
	NL_NUM(struct nl_stats, drops, VSW_A_STATS_DROPS, NL_U64),
};

static int take_stats(const struct nlattr *attr, void *obj)
{
	struct nl_port *port = obj;

	return nl_take_nest(attr, stats_fields, ARRAY_SIZE(stats_fields),
			    &port->stats);
}

static const struct nl_field port_fields[] = {
	NL_NUM(struct nl_port, ifindex, VSW_A_PORT_IFINDEX, NL_U32),
	NL_BYTES(struct nl_port, name, IF_NAMESIZE, VSW_A_PORT_NAME,
		 NL_STRING),
	NL_NUM(struct nl_port, sw, VSW_A_PORT_SWITCH, NL_U32),
	NL_NUM(struct nl_port, type, VSW_A_PORT_TYPE, NL_U32),
	NL_NUM(struct nl_port, vlan_mode, VSW_A_PORT_VLAN_MODE, NL_U32),
	NL_NUM(struct nl_port, pvid, VSW_A_PORT_PVID, NL_U16),
	NL_BYTES(struct nl_port, vlans, VSW_VLANS_LEN, VSW_A_PORT_VLANS,
		 NL_BINARY),
	NL_NUM(struct nl_port, up, VSW_A_PORT_UP, NL_U8),
	NL_NUM(struct nl_port, policy, VSW_A_PORT_POLICY, NL_U32),
	NL_BYTES(struct nl_port, rules, VSW_NAME_MAX + 1, VSW_A_PORT_RULES,
		 NL_STRING),
	NL_NESTED(VSW_A_PORT_STATS, take_stats),
};

/**
 * nl_parse_port - read a message about a port
 * @nlh: the message
 * @port: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_port(const struct nlmsghdr *nlh, struct nl_port *port)
{
	memset(port, 0, sizeof(*port));
	return nl_take(nlh, GENL_HDRLEN, port_fields,
		       ARRAY_SIZE(port_fields), port);
}

static const struct nl_field fdb_fields[] = {
	NL_NUM(struct nl_fdb, sw, VSW_A_FDB_SWITCH, NL_U32),
	NL_NUM(struct nl_fdb, port, VSW_A_FDB_PORT, NL_U32),
	NL_BYTES(struct nl_fdb, mac, NL_MAC_LEN, VSW_A_FDB_MAC,
		 NL_BINARY),
	NL_NUM(struct nl_fdb, vid, VSW_A_FDB_VID, NL_U16),
	NL_NUM(struct nl_fdb, type, VSW_A_FDB_TYPE, NL_U32),
	NL_NUM(struct nl_fdb, age, VSW_A_FDB_AGE, NL_U32),
};

/**
 * nl_parse_fdb - read a message about an entry of the MAC table
 * @nlh: the message
 * @fdb: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_fdb(const struct nlmsghdr *nlh, struct nl_fdb *fdb)
{
	memset(fdb, 0, sizeof(*fdb));
	return nl_take(nlh, GENL_HDRLEN, fdb_fields, ARRAY_SIZE(fdb_fields),
		       fdb);
}

static const struct nl_field counter_fields[] = {
	NL_NUM(struct nl_counter, reason, VSW_A_DROP_COUNTER_REASON, NL_U32),
	NL_BYTES(struct nl_counter, name, NL_REASON_LEN,
		 VSW_A_DROP_COUNTER_NAME, NL_STRING),
	NL_NUM(struct nl_counter, packets, VSW_A_DROP_COUNTER_PACKETS, NL_U64),
};

static int take_counter(const struct nlattr *attr, void *obj)
{
	struct nl_drops *drops = obj;

	if (drops->n == NL_COUNTERS_MAX)
		return -1;
	memset(&drops->counters[drops->n], 0, sizeof(drops->counters[0]));
	return nl_take_nest(attr, counter_fields, ARRAY_SIZE(counter_fields),
			    &drops->counters[drops->n++]);
}

static const struct nl_field drop_fields[] = {
	NL_NUM(struct nl_drops, sw, VSW_A_DROP_SWITCH, NL_U32),
	NL_NUM(struct nl_drops, port, VSW_A_DROP_PORT, NL_U32),
	NL_NESTED(VSW_A_DROP_COUNTER, take_counter),
};

/**
 * nl_parse_drops - read a message about drop counters
 * @nlh: the message
 * @drops: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_drops(const struct nlmsghdr *nlh, struct nl_drops *drops)
{
	drops->has = 0;
	drops->n = 0;
	return nl_take(nlh, GENL_HDRLEN, drop_fields,
		       ARRAY_SIZE(drop_fields), drops);
}

static int take_dropped(const struct nlattr *attr, void *obj)
{
	struct nl_drop_event *e = obj;

	e->frame_len = attr->nla_len - NLA_HDRLEN;
	if (e->frame_len > sizeof(e->frame))
		return -1;
	memcpy(e->frame, (const char *)attr + NLA_HDRLEN, e->frame_len);
	return 0;
}

static const struct nl_field drop_event_fields[] = {
	NL_NUM(struct nl_drop_event, sw, VSW_A_DROP_EVENT_SWITCH, NL_U32),
	NL_NUM(struct nl_drop_event, in, VSW_A_DROP_EVENT_IN, NL_U32),
	NL_NUM(struct nl_drop_event, out, VSW_A_DROP_EVENT_OUT, NL_U32),
	NL_NUM(struct nl_drop_event, reason, VSW_A_DROP_EVENT_REASON, NL_U32),
	NL_BYTES(struct nl_drop_event, reason_name, NL_REASON_LEN,
		 VSW_A_DROP_EVENT_REASON_NAME, NL_STRING),
	NL_NUM(struct nl_drop_event, vid, VSW_A_DROP_EVENT_VLAN, NL_U16),
	NL_NUM(struct nl_drop_event, length, VSW_A_DROP_EVENT_LENGTH, NL_U32),
	{ .attr = VSW_A_DROP_EVENT_FRAME, .type = NL_BINARY,
	  .nest = take_dropped },
	NL_NUM(struct nl_drop_event, missed, VSW_A_DROP_EVENT_MISSED, NL_U64),
};

/**
 * nl_parse_drop_event - read a message about a frame that was dropped
 * @nlh: the message
 * @e: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_drop_event(const struct nlmsghdr *nlh, struct nl_drop_event *e)
{
	memset(e, 0, sizeof(*e));
	return nl_take(nlh, GENL_HDRLEN, drop_event_fields,
		       ARRAY_SIZE(drop_event_fields), e);
}

/* Its tag may have come on top. */
static int take_frame(const struct nlattr *attr, void *obj)
{
	struct nl_step *step = obj;
	unsigned int len = attr->nla_len - NLA_HDRLEN;

	if (len < VSW_TRACE_FRAME_MIN || len > sizeof(step->frame))
		return -1;
	memcpy(step->frame, (const char *)attr + NLA_HDRLEN, len);
	step->len = len;
	return 0;
}

static const struct nl_field step_fields[] = {
	NL_NUM(struct nl_step, step, VSW_A_TRACE_STEP, NL_U32),
	NL_NUM(struct nl_step, port, VSW_A_TRACE_PORT, NL_U32),
	NL_NUM(struct nl_step, vid, VSW_A_TRACE_VLAN, NL_U16),
	NL_NUM(struct nl_step, fdb_type, VSW_A_TRACE_FDB_TYPE, NL_U32),
	NL_NUM(struct nl_step, fdb_full, VSW_A_TRACE_FDB_FULL, NL_U8),
	NL_NUM(struct nl_step, rule, VSW_A_TRACE_RULE, NL_U32),
	NL_NUM(struct nl_step, ct, VSW_A_TRACE_CT, NL_U32),
	NL_NUM(struct nl_step, reason, VSW_A_TRACE_REASON, NL_U32),
	NL_NUM(struct nl_step, sample_rate, VSW_A_TRACE_SAMPLE_RATE, NL_U32),
	NL_NUM(struct nl_step, sample_group, VSW_A_TRACE_SAMPLE_GROUP, NL_U32),
	NL_BYTES(struct nl_step, reason_name, NL_REASON_LEN,
		 VSW_A_TRACE_REASON_NAME, NL_STRING),
	{ .attr = VSW_A_TRACE_FRAME, .type = NL_BINARY, .nest = take_frame },
};

/**
 * nl_parse_step - read a message about a step of a traced frame
 * @nlh: the message
 * @step: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_step(const struct nlmsghdr *nlh, struct nl_step *step)
{
	step->has = 0;
	step->len = 0;
	if (nl_take(nlh, GENL_HDRLEN, step_fields, ARRAY_SIZE(step_fields),
		    step))
		return -1;
	return step->has & BIT(VSW_A_TRACE_STEP) ? 0 : -1;
}

static int take_value(struct nl_rule *rule, uint16_t type, const void *data,
		      size_t len, bool except)
{
	struct match_value *val = &rule->match.values[rule->match.n];

	/* Of a field that came later, or too many: not to be shown. */
	if (len > sizeof(val->data) || rule->match.n == MATCH_VALUES_MAX)
		return 0;
	val->attr = type;
	val->except = except;
	val->len = len;
	memcpy(val->data, data, len);
	val->word = NULL;
	rule->match.n++;
	return 0;
}

static int take_match_value(uint16_t type, const void *data, size_t len,
			    void *obj)
{
	return take_value(obj, type, data, len, false);
}

static int take_except_value(uint16_t type, const void *data, size_t len,
			     void *obj)
{
	return take_value(obj, type, data, len, true);
}

static int take_action(uint16_t type, const void *data, size_t len, void *obj)
{
	struct actions *actions = obj;
	struct action *action = &actions->list[actions->n];

	/* What came later, or too many: not to be shown. */
	if (len > sizeof(action->data) || actions->n == VSW_ACTIONS_MAX)
		return 0;
	action->attr = type;
	action->len = len;
	memcpy(action->data, data, len);
	action->word = NULL;
	actions->n++;
	return 0;
}

static int take_match(const struct nlattr *attr, void *obj)
{
	return nl_each(attr, take_match_value, obj);
}

static int take_except(const struct nlattr *attr, void *obj)
{
	return nl_each(attr, take_except_value, obj);
}

static int take_actions(const struct nlattr *attr, void *obj)
{
	struct nl_rule *rule = obj;

	return nl_each(attr, take_action, &rule->actions);
}

static const struct nl_field rule_fields[] = {
	NL_NUM(struct nl_rule, sw, VSW_A_RULE_SWITCH, NL_U32),
	NL_NUM(struct nl_rule, id, VSW_A_RULE_ID, NL_U32),
	NL_NUM(struct nl_rule, prio, VSW_A_RULE_PRIO, NL_U32),
	NL_NUM(struct nl_rule, band, VSW_A_RULE_BAND, NL_U8),
	NL_NUM(struct nl_rule, idle, VSW_A_RULE_IDLE_TIMEOUT, NL_U32),
	NL_NUM(struct nl_rule, hard, VSW_A_RULE_HARD_TIMEOUT, NL_U32),
	NL_NUM(struct nl_rule, shadow, VSW_A_RULE_SHADOWED_BY, NL_U32),
	NL_BYTES(struct nl_rule, group, VSW_NAME_MAX + 1, VSW_A_RULE_GROUP,
		 NL_STRING),
	NL_NESTED(VSW_A_RULE_MATCH, take_match),
	NL_NESTED(VSW_A_RULE_EXCEPT, take_except),
	NL_NESTED(VSW_A_RULE_ACTIONS, take_actions),
	NL_NUM(struct nl_rule, packets, VSW_A_RULE_PACKETS, NL_U64),
	NL_NUM(struct nl_rule, bytes, VSW_A_RULE_BYTES, NL_U64),
	NL_NUM(struct nl_rule, used, VSW_A_RULE_USED, NL_U32),
};

/**
 * nl_parse_rule - read a message about a rule
 * @nlh: the message
 * @rule: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_rule(const struct nlmsghdr *nlh, struct nl_rule *rule)
{
	memset(rule, 0, offsetof(struct nl_rule, match.values));
	rule->actions.n = 0;
	rule->packets = 0;
	rule->bytes = 0;
	rule->used = 0;
	return nl_take(nlh, GENL_HDRLEN, rule_fields, ARRAY_SIZE(rule_fields),
		       rule);
}

static const struct nl_field policer_fields[] = {
	NL_NUM(struct nl_policer, sw, VSW_A_POLICER_SWITCH, NL_U32),
	NL_BYTES(struct nl_policer, name, VSW_NAME_MAX + 1, VSW_A_POLICER_NAME,
		 NL_STRING),
	NL_NUM(struct nl_policer, rate, VSW_A_POLICER_RATE, NL_U64),
	NL_NUM(struct nl_policer, burst, VSW_A_POLICER_BURST, NL_U32),
	NL_NUM(struct nl_policer, pps, VSW_A_POLICER_PPS, NL_U32),
	NL_NUM(struct nl_policer, pburst, VSW_A_POLICER_PBURST, NL_U32),
	NL_NUM(struct nl_policer, passed_packets, VSW_A_POLICER_PASSED_PACKETS,
	       NL_U64),
	NL_NUM(struct nl_policer, passed_bytes, VSW_A_POLICER_PASSED_BYTES,
	       NL_U64),
	NL_NUM(struct nl_policer, dropped_packets,
	       VSW_A_POLICER_DROPPED_PACKETS, NL_U64),
	NL_NUM(struct nl_policer, dropped_bytes, VSW_A_POLICER_DROPPED_BYTES,
	       NL_U64),
	NL_NUM(struct nl_policer, rules, VSW_A_POLICER_RULES, NL_U32),
};

/**
 * nl_parse_policer - read a message about a policer
 * @nlh: the message
 * @policer: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_policer(const struct nlmsghdr *nlh, struct nl_policer *policer)
{
	memset(policer, 0, sizeof(*policer));
	return nl_take(nlh, GENL_HDRLEN, policer_fields,
		       ARRAY_SIZE(policer_fields), policer);
}

static int take_address(uint16_t type, const void *data, size_t len, void *obj)
{
	struct nl_set *set = obj;
	struct nl_address *address = &set->addresses[set->n];

	/* What came later, or too many: not to be shown. */
	if ((type != VSW_A_SET_ADDRESS_IPV4 &&
	     type != VSW_A_SET_ADDRESS_IPV6) || set->n == VSW_SET_CHANGES_MAX)
		return 0;
	if (len != (type == VSW_A_SET_ADDRESS_IPV4 ? 8 : 32))
		return -1;
	address->attr = type;
	address->len = len;
	memcpy(address->data, data, len);
	address->word = NULL;
	set->n++;
	return 0;
}

static int take_addresses(const struct nlattr *attr, void *obj)
{
	return nl_each(attr, take_address, obj);
}

static const struct nl_field set_fields[] = {
	NL_BYTES(struct nl_set, name, VSW_NAME_MAX + 1, VSW_A_SET_NAME,
		 NL_STRING),
	NL_NUM(struct nl_set, count, VSW_A_SET_COUNT, NL_U32),
	NL_NUM(struct nl_set, rules, VSW_A_SET_RULES, NL_U32),
	NL_NESTED(VSW_A_SET_ADDRESSES, take_addresses),
};

/**
 * nl_parse_set - read a message about a set of addresses
 * @nlh: the message
 * @set: where it goes
 *
 * Return: 0, or -1 if the message is malformed
 */
int nl_parse_set(const struct nlmsghdr *nlh, struct nl_set *set)
{
	memset(set, 0, offsetof(struct nl_set, addresses));
	return nl_take(nlh, GENL_HDRLEN, set_fields, ARRAY_SIZE(set_fields),
		       set);
}
