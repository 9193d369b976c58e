// SPDX-License-Identifier: GPL-2.0
/*
 * Counters of ports, and drop counters by reason, of ports and of switches.
 */
#include <linux/percpu.h>

#include "stats.h"

/* Names of the drop reasons, as in the spec. */
const char *const vsw_drop_names[__VSW_DROP_MAX] = {
	[VSW_DROP_NONE]			= "none",
	[VSW_DROP_MALFORMED]		= "malformed",
	[VSW_DROP_SRC_INVALID]		= "src-invalid",
	[VSW_DROP_SRC_LOCAL]		= "src-local",
	[VSW_DROP_DST_RESERVED]		= "dst-reserved",
	[VSW_DROP_VLAN_TAGGED]		= "vlan-tagged",
	[VSW_DROP_VLAN_UNTAGGED]	= "vlan-untagged",
	[VSW_DROP_VLAN_INGRESS]		= "vlan-ingress",
	[VSW_DROP_VLAN_EGRESS]		= "vlan-egress",
	[VSW_DROP_SAME_PORT]		= "same-port",
	[VSW_DROP_NO_RECEIVER]		= "no-receiver",
	[VSW_DROP_PORT_DOWN]		= "port-down",
	[VSW_DROP_TOO_BIG]		= "too-big",
	[VSW_DROP_NO_MEMORY]		= "no-memory",
	[VSW_DROP_QUEUE_FULL]		= "queue-full",
	[VSW_DROP_RULE]			= "rule",
	[VSW_DROP_REJECT]		= "reject",
	[VSW_DROP_OUTPUT_GONE]		= "output-gone",
	[VSW_DROP_TTL]			= "ttl",
	[VSW_DROP_POLICY]		= "policy",
	[VSW_DROP_CT]			= "ct",
	[VSW_DROP_POLICE]		= "police",
};

static void count_drop(struct vsw_pcpu_drops __percpu *drops,
		       enum vsw_drop reason)
{
	struct vsw_pcpu_drops *here = this_cpu_ptr(drops);

	u64_stats_update_begin(&here->syncp);
	u64_stats_inc(&here->packets[reason]);
	u64_stats_update_end(&here->syncp);
}

/**
 * vsw_stats_drop - count a dropped frame, for the port and for its switch
 * @port: where it was dropped
 * @reason: why
 *
 * The switch has counters of its own rather than the sum over its ports, so
 * that they do not run backwards when a port goes.
 *
 * Context: RCU read section, bottom halves off.
 */
void vsw_stats_drop(struct vsw_port *port, enum vsw_drop reason)
{
	count_drop(port->drops, reason);
	count_drop(port->sw->drops, reason);
}

/**
 * vsw_stats_sum - sum a port's counters over all CPUs
 * @port: the port
 * @sum: where to put the result
 */
void vsw_stats_sum(const struct vsw_port *port, struct vsw_stats *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu) {
		const struct vsw_pcpu_stats *s = per_cpu_ptr(port->stats, cpu);
		struct vsw_stats one;
		unsigned int start;

		do {
			start = u64_stats_fetch_begin(&s->syncp);
			one.rx_packets = u64_stats_read(&s->rx_packets);
			one.rx_bytes = u64_stats_read(&s->rx_bytes);
			one.tx_packets = u64_stats_read(&s->tx_packets);
			one.tx_bytes = u64_stats_read(&s->tx_bytes);
		} while (u64_stats_fetch_retry(&s->syncp, start));

		sum->rx_packets += one.rx_packets;
		sum->rx_bytes += one.rx_bytes;
		sum->tx_packets += one.tx_packets;
		sum->tx_bytes += one.tx_bytes;
	}
}

/**
 * vsw_stats_sum_drops - sum drop counters over all CPUs
 * @drops: the counters of a port or of a switch
 * @sum: where to put the result, by &enum vsw_drop
 */
void vsw_stats_sum_drops(const struct vsw_pcpu_drops __percpu *drops,
			 u64 sum[__VSW_DROP_MAX])
{
	u64 one[__VSW_DROP_MAX];
	int cpu, i;

	memset(sum, 0, sizeof(one));
	for_each_possible_cpu(cpu) {
		const struct vsw_pcpu_drops *d = per_cpu_ptr(drops, cpu);
		unsigned int start;

		do {
			start = u64_stats_fetch_begin(&d->syncp);
			for (i = 0; i < __VSW_DROP_MAX; i++)
				one[i] = u64_stats_read(&d->packets[i]);
		} while (u64_stats_fetch_retry(&d->syncp, start));

		for (i = 0; i < __VSW_DROP_MAX; i++)
			sum[i] += one[i];
	}
}

/**
 * vsw_stats_alloc_drops - allocate drop counters, all zero
 *
 * Return: the counters, to be freed with free_percpu(), or NULL.
 */
struct vsw_pcpu_drops __percpu *vsw_stats_alloc_drops(void)
{
	struct vsw_pcpu_drops __percpu *drops;
	int cpu;

	drops = alloc_percpu_gfp(struct vsw_pcpu_drops, GFP_KERNEL_ACCOUNT);
	if (!drops)
		return NULL;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(drops, cpu)->syncp);
	return drops;
}

/**
 * vsw_stats_alloc - allocate a port's counters, all zero
 * @port: the port
 *
 * Return: 0 or -ENOMEM.
 */
int vsw_stats_alloc(struct vsw_port *port)
{
	int cpu;

	port->stats = alloc_percpu_gfp(struct vsw_pcpu_stats,
				       GFP_KERNEL_ACCOUNT);
	if (!port->stats)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		u64_stats_init(&per_cpu_ptr(port->stats, cpu)->syncp);

	port->drops = vsw_stats_alloc_drops();
	if (!port->drops) {
		free_percpu(port->stats);
		return -ENOMEM;
	}
	return 0;
}

/**
 * vsw_stats_free - free a port's counters
 * @port: the port
 */
void vsw_stats_free(struct vsw_port *port)
{
	free_percpu(port->drops);
	free_percpu(port->stats);
}
