/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What vsctl top sees in a round: collected by cmd_top.c, written by
 * top_show.c.
 */
#ifndef VSCTL_TOP_H
#define VSCTL_TOP_H

#include "nl.h"
#include "rate.h"

/* Rules that are shown at most. */
#define TOP_RULES	10

/* Places of a port's counters in a row; rules and drops have the first ones. */
enum top_count {
	TOP_RX_PACKETS,
	TOP_RX_BYTES,
	TOP_TX_PACKETS,
	TOP_TX_BYTES,
	TOP_DROPS,
};

#define TOP_PACKETS	TOP_RX_PACKETS
#define TOP_BYTES	TOP_RX_BYTES

/* Kinds of things that have counters. */
enum top_kind {
	TOP_KIND_PORT,
	TOP_KIND_RULE,
	TOP_KIND_REASON,
	TOP_KINDS,
};

/**
 * struct top_item - a port, or a reason to drop frames in a switch
 * @row: its counters
 * @delta: what they counted since the round before
 * @name: its name
 */
struct top_item {
	struct rate_row row;
	uint64_t delta[RATE_COUNTERS];
	char name[NL_REASON_LEN];
};

/**
 * struct top_rule - a rule that decided frames
 * @rule: the rule
 * @delta: what its counters counted since the round before
 */
struct top_rule {
	struct nl_rule rule;
	uint64_t delta[RATE_COUNTERS];
};

/**
 * struct top_round - what was seen
 * @nsec: how much time passed since the round before, by &enum top_kind
 * @switches: the switches; of their fields only name and index
 * @n_switches: how many
 * @ports: ports, those with most traffic first
 * @n_ports: how many
 * @reasons: reasons to drop frames, those that count fastest first
 * @n_reasons: how many
 * @rules: rules, those that decide most frames first; behind them one more
 * @n_rules: how many
 */
struct top_round {
	uint64_t nsec[TOP_KINDS];
	struct nl_switch *switches;
	unsigned int n_switches;
	struct top_item *ports;
	unsigned int n_ports;
	struct top_item *reasons;
	unsigned int n_reasons;
	struct top_rule *rules[TOP_RULES + 1];
	unsigned int n_rules;
};

void top_show(struct vsctl *v, const struct top_round *r, unsigned int rows);

#endif /* VSCTL_TOP_H */
