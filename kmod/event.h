/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the lower layers report upwards. Netlink defines these functions and
 * tells those who listen; nothing else depends on it.
 */
#ifndef VSW_EVENT_H
#define VSW_EVENT_H

#include "vsw.h"

struct vsw_fdb_entry;
struct vsw_policer;
struct vsw_rule;

/**
 * vsw_event_switch - a switch was made, changed or is about to go
 * @sw: the switch
 * @cmd: one of the VSW_CMD_SWITCH_*_NTF
 *
 * Context: RTNL.
 */
void vsw_event_switch(const struct vsw_switch *sw, enum vsw_cmd cmd);

/**
 * vsw_event_port - a port was made, changed or is about to go
 * @port: the port
 * @cmd: one of the VSW_CMD_PORT_*_NTF
 *
 * Context: RTNL.
 */
void vsw_event_port(const struct vsw_port *port, enum vsw_cmd cmd);

/**
 * vsw_event_fdb - an entry of the MAC table was made, changed or is gone
 * @sw: the switch
 * @entry: the entry
 * @cmd: one of the VSW_CMD_FDB_*_NTF
 *
 * Context: RCU read section or FDB lock; atomic.
 */
void vsw_event_fdb(const struct vsw_switch *sw,
		   const struct vsw_fdb_entry *entry, enum vsw_cmd cmd);

/**
 * vsw_event_rule - a rule was made or is gone
 * @sw: the switch
 * @rule: the rule
 * @cmd: one of the VSW_CMD_RULE_*_NTF
 *
 * Context: RTNL.
 */
void vsw_event_rule(const struct vsw_switch *sw, const struct vsw_rule *rule,
		    enum vsw_cmd cmd);

/**
 * vsw_event_policer - a policer was made, changed or is about to go
 * @sw: the switch
 * @policer: the policer
 * @cmd: one of the VSW_CMD_POLICER_*_NTF
 *
 * Context: RTNL.
 */
void vsw_event_policer(const struct vsw_switch *sw,
		       struct vsw_policer *policer, enum vsw_cmd cmd);

/**
 * vsw_event_drop - a frame, or one copy of it, is about to be dropped
 * @port: where
 * @pkt: the frame
 * @skb: the frame or the copy, its MAC header set, or NULL if there is none
 * @reason: why
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_event_drop(const struct vsw_port *port, const struct vsw_pkt *pkt,
		    const struct sk_buff *skb, enum vsw_drop reason);

#endif /* VSW_EVENT_H */
