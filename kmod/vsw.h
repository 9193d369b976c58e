/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The types that all files share: switch, port and the frame under way.
 */
#ifndef VSW_H
#define VSW_H

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/if_vlan.h>
#include <linux/jiffies.h>
#include <linux/jump_label_ratelimit.h>
#include <linux/list.h>
#include <linux/netdevice.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/u64_stats_sync.h>
#include <linux/vswitch.h>
#include <linux/workqueue.h>

struct mem_cgroup;
struct vsw_action;
struct vsw_fdb_table;
struct vsw_group;
struct vsw_port;
struct vsw_pkt;
struct vsw_rules;
struct vsw_sets;

/* Ports are kept in blocks of as many as a word has bits. */
#define VSW_BLOCK_PORTS		BITS_PER_LONG
#define VSW_BLOCKS		(VSW_PORTS_MAX / VSW_BLOCK_PORTS)

/**
 * struct vsw_block - a block of ports and the VLANs they are in
 * @vlan: which ports of the block are in a VLAN, one bit each, by VID; VID 0
 *	stands for all frames of a switch that is not VLAN-aware
 * @up: which ports of the block are up and have carrier
 * @ports: the ports
 *
 * Admission at one port and flooding to all are the same test on the same
 * word, which is why neither gets slower with the number of VLANs.
 * Written under RTNL, read under RCU. A block lives as long as its switch.
 */
struct vsw_block {
	unsigned long		vlan[VLAN_N_VID];
	unsigned long		up;
	struct vsw_port __rcu	*ports[VSW_BLOCK_PORTS];
};

/**
 * struct vsw_fdb - the MAC table of a switch
 * @lock: protects all that is below but @age_work and @resize_work; taken with
 *	bottom halves off
 * @table: the hash table; replaced by @resize_work alone
 * @seed: makes the hash unpredictable to those who choose MAC addresses; odd
 * @gen: changes whenever the set of entries changes, or their order
 * @count: entries of any type
 * @learned: learned entries
 * @limit: how many learned entries there may be
 * @ageing: time in jiffies after which a learned entry goes
 * @refused: addresses not learned because of @limit or for want of memory;
 *	needs no lock
 * @memcg: whose memory it is: that of who made the switch
 * @stopped: the switch is going; neither learn nor start work
 * @age_work: removes learned entries that are too old; runs only while there
 *	are any
 * @resize_work: fits the table to the number of entries
 */
struct vsw_fdb {
	/* Serialises all changes; readers need RCU only. */
	spinlock_t		lock;
	struct vsw_fdb_table __rcu *table;
	u64			seed[2];
	u32			gen;
	u32			count;
	u32			learned;
	u32			limit;
	unsigned long		ageing;
	atomic64_t		refused;
	struct mem_cgroup	*memcg;
	bool			stopped;
	struct delayed_work	age_work;
	struct work_struct	resize_work;
};

/**
 * struct vsw_pcpu_drops - one CPU's drop counters
 * @packets: frames dropped, by reason
 * @syncp: makes 64-bit counters whole for readers on 32-bit machines
 */
struct vsw_pcpu_drops {
	u64_stats_t		packets[__VSW_DROP_MAX];
	struct u64_stats_sync	syncp;
};

/**
 * struct vsw_pcpu_stats - one CPU's counters of a port
 * @rx_packets: frames that came in at the port
 * @rx_bytes: their length with the Ethernet header
 * @tx_packets: frames that left by the port
 * @tx_bytes: their length with the Ethernet header
 * @syncp: makes 64-bit counters whole for readers on 32-bit machines
 */
struct vsw_pcpu_stats {
	u64_stats_t		rx_packets;
	u64_stats_t		rx_bytes;
	u64_stats_t		tx_packets;
	u64_stats_t		tx_bytes;
	struct u64_stats_sync	syncp;
};

/**
 * struct vsw_adapter - private data of a host or internal port's netdevice
 * @port: the port; NULL once it is gone
 */
struct vsw_adapter {
	struct vsw_port __rcu	*port;
};

/**
 * struct vsw_switch - a switch, private data of its netdevice
 * @adapter: the netdevice is an adapter, too; must be first
 * @dev: the netdevice
 * @node: in the list of the namespace's switches; RTNL, read under RCU
 * @blocks: the ports; RTNL, read under RCU
 * @n_blocks: used entries of @blocks; RTNL, read under RCU, never shrinks
 * @n_ports: ports, the host port included; RTNL
 * @host: the host port; NULL before the switch is there and when it goes. RTNL,
 *	released after what it points to, read under RCU
 * @fdb: the MAC table
 * @rules: what to do with frames, NULL until there was one; RTNL, read under
 *	RCU
 * @sets: of the namespace, which rules may name; never changes
 * @policers: which rules may use, by name; RTNL
 * @n_policers: how many; RTNL
 * @drops: drop counters, those of ports that are gone included
 * @vlan_aware: false: tags are payload; never changes
 * @policy: &enum vsw_policy of frames that no rule matches; RTNL
 * @ct_zone: where its zones of connections begin; RTNL, read under RCU
 * @mtu_set: a person chose the MTU, leave it alone; RTNL
 */
struct vsw_switch {
	struct vsw_adapter	adapter;
	struct net_device	*dev;
	struct list_head	node;
	struct vsw_block __rcu	*blocks[VSW_BLOCKS];
	unsigned int		n_blocks;
	unsigned int		n_ports;
	struct vsw_port		*host;
	struct vsw_fdb		fdb;
	struct vsw_rules __rcu	*rules;
	struct vsw_sets		*sets;
	struct rb_root		policers;
	u32			n_policers;
	struct vsw_pcpu_drops __percpu *drops;
	bool			vlan_aware;
	u8			policy;
	u16			ct_zone;
	bool			mtu_set;
};

/**
 * struct vsw_port_ops - a type of port
 * @type: its number in the ABI
 * @attach: start taking frames from the device and handing them to
 *	vsw_receive(); may sleep, under RTNL
 * @detach: stop that, for good; under RTNL. What the device has handed in
 *	before is through a grace period later
 * @release: then undo the rest of @attach; under RTNL. NULL: there is nothing
 * @xmit: send a frame that starts at its Ethernet header; consumes it, and
 *	returns 0 or, if the frame was refused, an error. Where @next is not
 *	NULL the frame may be left there, to be received by its skb's device as
 *	soon as the switch is done with it. Bottom halves off
 */
struct vsw_port_ops {
	enum vsw_port_type	type;
	int			(*attach)(struct vsw_port *port,
					  struct netlink_ext_ack *extack);
	void			(*detach)(struct vsw_port *port);
	void			(*release)(struct vsw_port *port);
	int			(*xmit)(struct vsw_port *port,
					struct sk_buff *skb,
					struct sk_buff **next);
};

/**
 * struct vsw_port - a port of a switch
 * @sw: the switch
 * @dev: the netdevice, held
 * @ops: the type
 * @block: where the port's bit and pointer are
 * @bit: its bit there
 * @pvid: VLAN of untagged frames, 0: none; RTNL, read under RCU
 * @trunk: takes tagged frames; RTNL, read under RCU
 * @is_veth: the device is a veth, to whose peer a frame may be given at once
 * @dead: on its way out, no MAC may be learned on it; @sw's FDB lock
 * @n_fdb: entries of the MAC table that point to it; @sw's FDB lock
 * @gone: in a list of ports that are being removed; RTNL
 * @policy: &enum vsw_policy of frames that no rule matches; RTNL
 * @no_rule: what that comes to: why to drop them, or %VSW_DROP_NONE; RTNL, read
 *	under RCU
 * @group_id: number of @group, or 0; RTNL, read under RCU
 * @group: the group whose rules are for its frames, or NULL; RTNL
 * @index: number of the port in the switch
 * @stats: counters
 * @drops: drop counters
 * @tracker: of the reference to @dev
 * @rcu: to free the port when no reader can have it
 */
struct vsw_port {
	struct vsw_switch	*sw;
	struct net_device	*dev;
	const struct vsw_port_ops *ops;
	struct vsw_block	*block;
	unsigned long		bit;
	u16			pvid;
	bool			trunk;
	bool			is_veth;
	bool			dead;
	u8			policy;
	u8			no_rule;
	u16			group_id;
	struct vsw_group	*group;
	u16			index;
	u32			n_fdb;
	struct list_head	gone;
	struct vsw_pcpu_stats __percpu *stats;
	struct vsw_pcpu_drops __percpu *drops;
	netdevice_tracker	tracker;
	struct rcu_head		rcu;
};

/**
 * struct vsw_step_info - a step of a traced frame
 * @step: which
 * @port: which it is about, or NULL
 * @fdb_type: of the source's entry, if @port is where that is
 * @is_full: the source has no entry, and there is no room for one
 * @rule: ID of the rule that decided, or 0
 * @is_tracked: rules ask how the frame belongs to a connection
 * @reason: why it is dropped
 * @skb: what leaves, or NULL
 * @sample: the action that takes a sample, or NULL
 */
struct vsw_step_info {
	enum vsw_step		step;
	const struct vsw_port	*port;
	enum vsw_fdb_type	fdb_type;
	bool			is_full;
	u32			rule;
	bool			is_tracked;
	enum vsw_drop		reason;
	const struct sk_buff	*skb;
	const struct vsw_action	*sample;
};

/**
 * struct vsw_tracer - who is told of a frame's way
 * @tell: called at each step, under RCU, bottom halves off
 * @is_full: it wants to hear no more
 */
struct vsw_tracer {
	void (*tell)(struct vsw_tracer *tracer, const struct vsw_pkt *pkt,
		     const struct vsw_step_info *info);
	bool is_full;
};

/**
 * struct vsw_pkt - a frame on its way through a switch
 * @skb: the frame; from vsw_parse() on its data starts at the Ethernet header,
 *	and from vsw_vlan_ingress() on a VLAN-aware switch has its tag off.
 *	NULL if a stage that failed had to free it
 * @sw: the switch
 * @in: the port it came in at
 * @next: where the frame may be left to be received at once, or NULL
 * @tracer: who is told of its way, which it does not go then; or NULL
 * @output: the ports that a rule sends it to
 * @n_outputs: how many; 0: the MAC table decides
 * @is_changed: rules have changed it, or its VLAN
 * @came_vid: then: the VLAN in which it came
 * @came_from: then: the source address with which it came
 * @group_id: that of its port, read once; only if rules ask for it
 * @ct: how it belongs to a connection, &enum vsw_ct
 * @vid: the VLAN it is in, 0 in a switch that is not VLAN-aware
 * @prio: priority and drop eligible bits of its tag, in place
 */
struct vsw_pkt {
	struct sk_buff		*skb;
	struct vsw_switch	*sw;
	struct vsw_port		*in;
	struct sk_buff		**next;
	struct vsw_tracer	*tracer;
	const struct vsw_action	*output;
	u8			n_outputs;
	u8			ct;
	bool			is_changed;
	u16			came_vid;
	u16			group_id;
	u8			came_from[ETH_ALEN];
	u16			vid;
	u16			prio;
};

extern struct static_key_false_deferred vsw_tracing;

/**
 * vsw_is_traced - is somebody told of a frame's way?
 * @pkt: the frame
 *
 * While nobody traces no frame pays for the question.
 *
 * Return: true if @pkt has a tracer.
 */
static inline bool vsw_is_traced(const struct vsw_pkt *pkt)
{
	return static_branch_unlikely(&vsw_tracing.key) && pkt->tracer;
}

#endif /* VSW_H */
