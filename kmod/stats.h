/* SPDX-License-Identifier: GPL-2.0 */
#ifndef VSW_STATS_H
#define VSW_STATS_H

#include "vsw.h"

/**
 * struct vsw_stats - a port's counters, summed over all CPUs
 * @rx_packets: frames that came in at the port
 * @rx_bytes: their length with the Ethernet header
 * @tx_packets: frames that left by the port
 * @tx_bytes: their length with the Ethernet header
 */
struct vsw_stats {
	u64	rx_packets;
	u64	rx_bytes;
	u64	tx_packets;
	u64	tx_bytes;
};

/**
 * vsw_stats_rx - count a frame that came in
 * @port: where
 * @len: its length with the Ethernet header
 *
 * Context: RCU read section, bottom halves off.
 */
static inline void vsw_stats_rx(struct vsw_port *port, unsigned int len)
{
	struct vsw_pcpu_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->rx_packets);
	u64_stats_add(&stats->rx_bytes, len);
	u64_stats_update_end(&stats->syncp);
}

/**
 * vsw_stats_tx - count a frame that left
 * @port: where
 * @len: its length with the Ethernet header
 *
 * Context: RCU read section, bottom halves off.
 */
static inline void vsw_stats_tx(struct vsw_port *port, unsigned int len)
{
	struct vsw_pcpu_stats *stats = this_cpu_ptr(port->stats);

	u64_stats_update_begin(&stats->syncp);
	u64_stats_inc(&stats->tx_packets);
	u64_stats_add(&stats->tx_bytes, len);
	u64_stats_update_end(&stats->syncp);
}

/**
 * vsw_drop_is_egress - where is a drop reason counted?
 * @reason: the reason
 *
 * Return: true if at the port that the frame was to leave by, false if at the
 *	one that it came in at. For %VSW_DROP_NO_MEMORY, which is either, false.
 */
static inline bool vsw_drop_is_egress(enum vsw_drop reason)
{
	return reason == VSW_DROP_VLAN_EGRESS ||
	       reason == VSW_DROP_PORT_DOWN || reason == VSW_DROP_TOO_BIG ||
	       reason == VSW_DROP_QUEUE_FULL;
}

extern const char *const vsw_drop_names[__VSW_DROP_MAX];

void vsw_stats_drop(struct vsw_port *port, enum vsw_drop reason);
void vsw_stats_sum(const struct vsw_port *port, struct vsw_stats *sum);
void vsw_stats_sum_drops(const struct vsw_pcpu_drops __percpu *drops,
			 u64 sum[__VSW_DROP_MAX]);
struct vsw_pcpu_drops __percpu *vsw_stats_alloc_drops(void);
int vsw_stats_alloc(struct vsw_port *port);
void vsw_stats_free(struct vsw_port *port);

#endif /* VSW_STATS_H */
