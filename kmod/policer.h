/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_POLICER_H
#define VSW_POLICER_H

#include <linux/refcount.h>
#include <net/sch_generic.h>

#include "vsw.h"

struct vsw_actions;

/**
 * struct vsw_policer_cfg - what a policer lets pass, as a person gives it
 * @rate: bits a second, or 0 for any number
 * @burst: bytes at once, or 0 for the default
 * @pps: packets a second, or 0 for any number
 * @pburst: packets at once, or 0 for the default
 */
struct vsw_policer_cfg {
	u64	rate;
	u32	burst;
	u32	pps;
	u32	pburst;
};

/**
 * struct vsw_bucket - tokens, each a nanosecond of the rate
 * @size: how many there may be; 0: there is no limit
 * @tokens: how many there were when a frame last took some
 */
struct vsw_bucket {
	s64	size;
	s64	tokens;
};

/**
 * struct vsw_policer_counters - what came to a policer
 * @passed_packets: packets that passed
 * @passed_bytes: length of their frames
 * @dropped_packets: packets that did not
 * @dropped_bytes: length of their frames
 */
struct vsw_policer_counters {
	u64	passed_packets;
	u64	passed_bytes;
	u64	dropped_packets;
	u64	dropped_bytes;
};

/**
 * struct vsw_policer - tokens that frames take which rules send through it
 * @node: among those of its switch, by name; RTNL
 * @refs: its switch's, and those of rules, also of rules that are dead
 * @n_rules: rules that are there or put aside; RTNL
 * @cfg: as it was given; RTNL
 * @lock: protects all that follows but @name
 * @rate: what a byte costs
 * @pps: what a packet costs
 * @bytes: tokens for bytes
 * @packets: tokens for packets
 * @taken: when a frame last took some, or when they were all there
 * @counters: what passed, and what did not
 * @name: its name; never changes
 */
struct vsw_policer {
	struct rb_node		node;
	refcount_t		refs;
	u32			n_rules;
	struct vsw_policer_cfg	cfg;
	/* All of a frame, since two limits and a time belong together. */
	spinlock_t		lock;
	struct psched_ratecfg	rate;
	struct psched_pktrate	pps;
	struct vsw_bucket	bytes;
	struct vsw_bucket	packets;
	u64			taken;
	struct vsw_policer_counters counters;
	char			name[VSW_NAME_MAX + 1];
};

u32 vsw_policer_burst(const struct vsw_policer_cfg *cfg);
u32 vsw_policer_pburst(const struct vsw_policer_cfg *cfg);
struct vsw_policer *vsw_policer_find(const struct vsw_switch *sw,
				     const char *name);
struct vsw_policer *vsw_policer_next(const struct vsw_switch *sw,
				     const char *name);
int vsw_policer_add(struct vsw_switch *sw, const char *name,
		    const struct vsw_policer_cfg *cfg,
		    struct netlink_ext_ack *extack);
void vsw_policer_set(const struct vsw_switch *sw, struct vsw_policer *policer,
		     const struct vsw_policer_cfg *cfg);
int vsw_policer_del(struct vsw_switch *sw, struct vsw_policer *policer,
		    struct netlink_ext_ack *extack);
void vsw_policers_free(struct vsw_switch *sw);
void vsw_policers_use(const struct vsw_actions *actions);
void vsw_policers_unuse(const struct vsw_actions *actions);
void vsw_policers_put(const struct vsw_actions *actions);
void vsw_policer_read(struct vsw_policer *policer,
		      struct vsw_policer_counters *counters);
enum vsw_drop vsw_police(const struct vsw_pkt *pkt,
			 struct vsw_policer *policer);

#endif /* VSW_POLICER_H */
