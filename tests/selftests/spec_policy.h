/* SPDX-License-Identifier: GPL-2.0 */
/* Made from the netlink specification by gen_policy.py: do not edit. */
#ifndef SPEC_POLICY_H
#define SPEC_POLICY_H

#include "spec_sets.h"

static const struct spec_op spec_ops[] = {
	{
		.name = "switch-get",
		.id = VSW_CMD_SWITCH_GET,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX),
		.has_dump = 1,
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_POLICY) |
			SPEC_BIT(VSW_A_SWITCH_CT_ZONE),
	},
	{
		.name = "switch-new",
		.id = VSW_CMD_SWITCH_NEW,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT),
		.admin = 1,
	},
	{
		.name = "switch-set",
		.id = VSW_CMD_SWITCH_SET,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_POLICY) |
			SPEC_BIT(VSW_A_SWITCH_CT_ZONE),
		.admin = 1,
	},
	{
		.name = "switch-del",
		.id = VSW_CMD_SWITCH_DEL,
		.set = &spec_set_switch,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX),
		.admin = 1,
	},
	{
		.name = "switch-new-ntf",
		.id = VSW_CMD_SWITCH_NEW_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_POLICY) |
			SPEC_BIT(VSW_A_SWITCH_CT_ZONE),
	},
	{
		.name = "switch-set-ntf",
		.id = VSW_CMD_SWITCH_SET_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_POLICY) |
			SPEC_BIT(VSW_A_SWITCH_CT_ZONE),
	},
	{
		.name = "switch-del-ntf",
		.id = VSW_CMD_SWITCH_DEL_NTF,
		.set = &spec_set_switch,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_SWITCH_IFINDEX) |
			SPEC_BIT(VSW_A_SWITCH_NAME) |
			SPEC_BIT(VSW_A_SWITCH_VLAN_AWARE) |
			SPEC_BIT(VSW_A_SWITCH_AGEING) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LIMIT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_FDB_LEARNED) |
			SPEC_BIT(VSW_A_SWITCH_FDB_REFUSED) |
			SPEC_BIT(VSW_A_SWITCH_PORT_COUNT) |
			SPEC_BIT(VSW_A_SWITCH_POLICY) |
			SPEC_BIT(VSW_A_SWITCH_CT_ZONE),
	},
	{
		.name = "port-get",
		.id = VSW_CMD_PORT_GET,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_PORT_SWITCH),
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
	},
	{
		.name = "port-new",
		.id = VSW_CMD_PORT_NEW,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
		.admin = 1,
	},
	{
		.name = "port-set",
		.id = VSW_CMD_PORT_SET,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
		.admin = 1,
	},
	{
		.name = "port-del",
		.id = VSW_CMD_PORT_DEL,
		.set = &spec_set_port,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_SWITCH),
		.admin = 1,
	},
	{
		.name = "port-new-ntf",
		.id = VSW_CMD_PORT_NEW_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
	},
	{
		.name = "port-set-ntf",
		.id = VSW_CMD_PORT_SET_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
	},
	{
		.name = "port-del-ntf",
		.id = VSW_CMD_PORT_DEL_NTF,
		.set = &spec_set_port,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_PORT_IFINDEX) |
			SPEC_BIT(VSW_A_PORT_NAME) |
			SPEC_BIT(VSW_A_PORT_SWITCH) |
			SPEC_BIT(VSW_A_PORT_TYPE) |
			SPEC_BIT(VSW_A_PORT_VLAN_MODE) |
			SPEC_BIT(VSW_A_PORT_PVID) |
			SPEC_BIT(VSW_A_PORT_VLANS) |
			SPEC_BIT(VSW_A_PORT_UP) |
			SPEC_BIT(VSW_A_PORT_STATS) |
			SPEC_BIT(VSW_A_PORT_POLICY) |
			SPEC_BIT(VSW_A_PORT_RULES),
	},
	{
		.name = "fdb-get",
		.id = VSW_CMD_FDB_GET,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_VID),
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-new",
		.id = VSW_CMD_FDB_NEW,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-set",
		.id = VSW_CMD_FDB_SET,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-del",
		.id = VSW_CMD_FDB_DEL,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-flush",
		.id = VSW_CMD_FDB_FLUSH,
		.set = &spec_set_fdb,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_VID),
		.admin = 1,
	},
	{
		.name = "fdb-new-ntf",
		.id = VSW_CMD_FDB_NEW_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-set-ntf",
		.id = VSW_CMD_FDB_SET_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "fdb-del-ntf",
		.id = VSW_CMD_FDB_DEL_NTF,
		.set = &spec_set_fdb,
		.group = "fdb",
		.reply_attrs = SPEC_BIT(VSW_A_FDB_SWITCH) |
			SPEC_BIT(VSW_A_FDB_PORT) |
			SPEC_BIT(VSW_A_FDB_MAC) |
			SPEC_BIT(VSW_A_FDB_VID) |
			SPEC_BIT(VSW_A_FDB_TYPE) |
			SPEC_BIT(VSW_A_FDB_AGE),
	},
	{
		.name = "drop-get",
		.id = VSW_CMD_DROP_GET,
		.set = &spec_set_drop,
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_DROP_SWITCH) |
			SPEC_BIT(VSW_A_DROP_PORT),
		.reply_attrs = SPEC_BIT(VSW_A_DROP_SWITCH) |
			SPEC_BIT(VSW_A_DROP_PORT) |
			SPEC_BIT(VSW_A_DROP_COUNTER),
	},
	{
		.name = "rule-get",
		.id = VSW_CMD_RULE_GET,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_ID),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_RULE_SWITCH),
		.reply_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_ID) |
			SPEC_BIT(VSW_A_RULE_PRIO) |
			SPEC_BIT(VSW_A_RULE_MATCH) |
			SPEC_BIT(VSW_A_RULE_EXCEPT) |
			SPEC_BIT(VSW_A_RULE_ACTIONS) |
			SPEC_BIT(VSW_A_RULE_PACKETS) |
			SPEC_BIT(VSW_A_RULE_BYTES) |
			SPEC_BIT(VSW_A_RULE_USED) |
			SPEC_BIT(VSW_A_RULE_BAND) |
			SPEC_BIT(VSW_A_RULE_GROUP) |
			SPEC_BIT(VSW_A_RULE_IDLE_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_HARD_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_SHADOWED_BY),
	},
	{
		.name = "rule-new",
		.id = VSW_CMD_RULE_NEW,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_PRIO) |
			SPEC_BIT(VSW_A_RULE_MATCH) |
			SPEC_BIT(VSW_A_RULE_EXCEPT) |
			SPEC_BIT(VSW_A_RULE_ACTIONS) |
			SPEC_BIT(VSW_A_RULE_BAND) |
			SPEC_BIT(VSW_A_RULE_GROUP) |
			SPEC_BIT(VSW_A_RULE_IDLE_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_HARD_TIMEOUT),
		.admin = 1,
	},
	{
		.name = "rule-del",
		.id = VSW_CMD_RULE_DEL,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_ID) |
			SPEC_BIT(VSW_A_RULE_PRIO) |
			SPEC_BIT(VSW_A_RULE_BAND),
		.admin = 1,
	},
	{
		.name = "rule-flush",
		.id = VSW_CMD_RULE_FLUSH,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH),
		.admin = 1,
	},
	{
		.name = "rule-begin",
		.id = VSW_CMD_RULE_BEGIN,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH),
		.admin = 1,
	},
	{
		.name = "rule-commit",
		.id = VSW_CMD_RULE_COMMIT,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH),
		.admin = 1,
	},
	{
		.name = "rule-abort",
		.id = VSW_CMD_RULE_ABORT,
		.set = &spec_set_rule,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_RULE_SWITCH),
		.admin = 1,
	},
	{
		.name = "rule-new-ntf",
		.id = VSW_CMD_RULE_NEW_NTF,
		.set = &spec_set_rule,
		.group = "rule",
		.reply_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_ID) |
			SPEC_BIT(VSW_A_RULE_PRIO) |
			SPEC_BIT(VSW_A_RULE_MATCH) |
			SPEC_BIT(VSW_A_RULE_EXCEPT) |
			SPEC_BIT(VSW_A_RULE_ACTIONS) |
			SPEC_BIT(VSW_A_RULE_PACKETS) |
			SPEC_BIT(VSW_A_RULE_BYTES) |
			SPEC_BIT(VSW_A_RULE_USED) |
			SPEC_BIT(VSW_A_RULE_BAND) |
			SPEC_BIT(VSW_A_RULE_GROUP) |
			SPEC_BIT(VSW_A_RULE_IDLE_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_HARD_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_SHADOWED_BY),
	},
	{
		.name = "rule-del-ntf",
		.id = VSW_CMD_RULE_DEL_NTF,
		.set = &spec_set_rule,
		.group = "rule",
		.reply_attrs = SPEC_BIT(VSW_A_RULE_SWITCH) |
			SPEC_BIT(VSW_A_RULE_ID) |
			SPEC_BIT(VSW_A_RULE_PRIO) |
			SPEC_BIT(VSW_A_RULE_MATCH) |
			SPEC_BIT(VSW_A_RULE_EXCEPT) |
			SPEC_BIT(VSW_A_RULE_ACTIONS) |
			SPEC_BIT(VSW_A_RULE_PACKETS) |
			SPEC_BIT(VSW_A_RULE_BYTES) |
			SPEC_BIT(VSW_A_RULE_USED) |
			SPEC_BIT(VSW_A_RULE_BAND) |
			SPEC_BIT(VSW_A_RULE_GROUP) |
			SPEC_BIT(VSW_A_RULE_IDLE_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_HARD_TIMEOUT) |
			SPEC_BIT(VSW_A_RULE_SHADOWED_BY),
	},
	{
		.name = "trace",
		.id = VSW_CMD_TRACE,
		.set = &spec_set_trace,
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_TRACE_SWITCH) |
			SPEC_BIT(VSW_A_TRACE_PORT) |
			SPEC_BIT(VSW_A_TRACE_MARK) |
			SPEC_BIT(VSW_A_TRACE_FRAME),
		.reply_attrs = SPEC_BIT(VSW_A_TRACE_STEP) |
			SPEC_BIT(VSW_A_TRACE_PORT) |
			SPEC_BIT(VSW_A_TRACE_VLAN) |
			SPEC_BIT(VSW_A_TRACE_FDB_TYPE) |
			SPEC_BIT(VSW_A_TRACE_RULE) |
			SPEC_BIT(VSW_A_TRACE_REASON) |
			SPEC_BIT(VSW_A_TRACE_REASON_NAME) |
			SPEC_BIT(VSW_A_TRACE_SAMPLE_RATE) |
			SPEC_BIT(VSW_A_TRACE_SAMPLE_GROUP) |
			SPEC_BIT(VSW_A_TRACE_FRAME) |
			SPEC_BIT(VSW_A_TRACE_CT) |
			SPEC_BIT(VSW_A_TRACE_FDB_FULL),
		.admin = 1,
	},
	{
		.name = "drop-ntf",
		.id = VSW_CMD_DROP_NTF,
		.set = &spec_set_drop_event,
		.group = "drop",
		.reply_attrs = SPEC_BIT(VSW_A_DROP_EVENT_SWITCH) |
			SPEC_BIT(VSW_A_DROP_EVENT_IN) |
			SPEC_BIT(VSW_A_DROP_EVENT_OUT) |
			SPEC_BIT(VSW_A_DROP_EVENT_REASON) |
			SPEC_BIT(VSW_A_DROP_EVENT_REASON_NAME) |
			SPEC_BIT(VSW_A_DROP_EVENT_VLAN) |
			SPEC_BIT(VSW_A_DROP_EVENT_LENGTH) |
			SPEC_BIT(VSW_A_DROP_EVENT_FRAME) |
			SPEC_BIT(VSW_A_DROP_EVENT_MISSED),
	},
	{
		.name = "policer-get",
		.id = VSW_CMD_POLICER_GET,
		.set = &spec_set_policer,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH),
		.reply_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST) |
			SPEC_BIT(VSW_A_POLICER_PASSED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_PASSED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_RULES),
	},
	{
		.name = "policer-new",
		.id = VSW_CMD_POLICER_NEW,
		.set = &spec_set_policer,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST),
		.admin = 1,
	},
	{
		.name = "policer-set",
		.id = VSW_CMD_POLICER_SET,
		.set = &spec_set_policer,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST),
		.admin = 1,
	},
	{
		.name = "policer-del",
		.id = VSW_CMD_POLICER_DEL,
		.set = &spec_set_policer,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME),
		.admin = 1,
	},
	{
		.name = "policer-new-ntf",
		.id = VSW_CMD_POLICER_NEW_NTF,
		.set = &spec_set_policer,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST) |
			SPEC_BIT(VSW_A_POLICER_PASSED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_PASSED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_RULES),
	},
	{
		.name = "policer-set-ntf",
		.id = VSW_CMD_POLICER_SET_NTF,
		.set = &spec_set_policer,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST) |
			SPEC_BIT(VSW_A_POLICER_PASSED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_PASSED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_RULES),
	},
	{
		.name = "policer-del-ntf",
		.id = VSW_CMD_POLICER_DEL_NTF,
		.set = &spec_set_policer,
		.group = "config",
		.reply_attrs = SPEC_BIT(VSW_A_POLICER_SWITCH) |
			SPEC_BIT(VSW_A_POLICER_NAME) |
			SPEC_BIT(VSW_A_POLICER_RATE) |
			SPEC_BIT(VSW_A_POLICER_BURST) |
			SPEC_BIT(VSW_A_POLICER_PPS) |
			SPEC_BIT(VSW_A_POLICER_PBURST) |
			SPEC_BIT(VSW_A_POLICER_PASSED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_PASSED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_PACKETS) |
			SPEC_BIT(VSW_A_POLICER_DROPPED_BYTES) |
			SPEC_BIT(VSW_A_POLICER_RULES),
	},
	{
		.name = "set-get",
		.id = VSW_CMD_SET_GET,
		.set = &spec_set_set,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SET_NAME),
		.has_dump = 1,
		.dump_attrs = SPEC_BIT(VSW_A_SET_NAME),
		.reply_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES) |
			SPEC_BIT(VSW_A_SET_COUNT) |
			SPEC_BIT(VSW_A_SET_RULES),
	},
	{
		.name = "set-new",
		.id = VSW_CMD_SET_NEW,
		.set = &spec_set_set,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES),
		.admin = 1,
	},
	{
		.name = "set-del",
		.id = VSW_CMD_SET_DEL,
		.set = &spec_set_set,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES),
		.admin = 1,
	},
	{
		.name = "set-flush",
		.id = VSW_CMD_SET_FLUSH,
		.set = &spec_set_set,
		.has_do = 1,
		.do_attrs = SPEC_BIT(VSW_A_SET_NAME),
		.admin = 1,
	},
	{
		.name = "set-new-ntf",
		.id = VSW_CMD_SET_NEW_NTF,
		.set = &spec_set_set,
		.group = "rule",
		.reply_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES) |
			SPEC_BIT(VSW_A_SET_COUNT) |
			SPEC_BIT(VSW_A_SET_RULES),
	},
	{
		.name = "set-del-ntf",
		.id = VSW_CMD_SET_DEL_NTF,
		.set = &spec_set_set,
		.group = "rule",
		.reply_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES) |
			SPEC_BIT(VSW_A_SET_COUNT) |
			SPEC_BIT(VSW_A_SET_RULES),
	},
	{
		.name = "set-flush-ntf",
		.id = VSW_CMD_SET_FLUSH_NTF,
		.set = &spec_set_set,
		.group = "rule",
		.reply_attrs = SPEC_BIT(VSW_A_SET_NAME) |
			SPEC_BIT(VSW_A_SET_ADDRESSES) |
			SPEC_BIT(VSW_A_SET_COUNT) |
			SPEC_BIT(VSW_A_SET_RULES),
	},
};

#endif /* SPEC_POLICY_H */
