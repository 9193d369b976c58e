/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The generic netlink family "vswitch".
 *
 * Documentation/netlink/specs/vswitch.yaml is the source of truth for all that
 * stands here; a test holds the two against each other.
 */
#ifndef _UAPI_LINUX_VSWITCH_H
#define _UAPI_LINUX_VSWITCH_H

#include <linux/types.h>

#define VSW_GENL_NAME		"vswitch"
#define VSW_GENL_VERSION	1

/* Multicast groups. */
#define VSW_MCGRP_CONFIG	"config"
#define VSW_MCGRP_FDB		"fdb"
#define VSW_MCGRP_RULE		"rule"
#define VSW_MCGRP_DROP		"drop"

/* IEEE 802.1Q-2018, 8.8.3: the bounds of a filtering database's ageing time. */
#define VSW_AGEING_MIN		1
#define VSW_AGEING_MAX		1000000
#define VSW_AGEING_DEFAULT	300

#define VSW_FDB_LIMIT_MAX	4194304
#define VSW_FDB_LIMIT_DEFAULT	131072

/* Ports of a switch, its own (host) port included. */
#define VSW_PORTS_MAX		4096

/* Rules of a switch, and prio of a rule that is given none. */
#define VSW_RULES_MAX		131072
#define VSW_RULE_PRIO_MAX	65535
#define VSW_RULE_PRIO_DEFAULT	32768
/* Bytes of what a rule matches and excepts together, as attributes. */
#define VSW_RULE_MATCH_LEN_MAX	2048
/* Bands of rules, one behind the other, and actions that a rule can have. */
#define VSW_BANDS		16
#define VSW_RULE_TIMEOUT_MAX	86400
/* So that there is a zone for each VLAN above it. */
#define VSW_CT_ZONE_MAX		61440
#define VSW_ACTIONS_MAX		32

/* Length of the name of a group of rules, of a policer, or of a set. */
#define VSW_NAME_MAX		31

/* Policers of a switch, and bounds of a rate in bits a second. */
#define VSW_POLICERS_MAX	65536
#define VSW_POLICER_RATE_MIN	8
#define VSW_POLICER_RATE_MAX	1000000000000

/* Actions of a switch's rules that take samples. */
#define VSW_SAMPLES_MAX		4096

/* Sets of a network namespace, addresses and prefixes that they have together,
 * and how many one command may name.
 */
#define VSW_SETS_MAX		64
#define VSW_SET_ADDRESSES_MAX	1048576
#define VSW_SET_CHANGES_MAX	512

/* Bytes of a dropped frame that are told, and how many a second are, in a
 * namespace.
 */
#define VSW_DROP_FRAME_MAX	64
#define VSW_DROP_EVENTS_MAX	1000

/* Length in bytes of a set of VLANs: bit (VID % 8) of byte (VID / 8). */
#define VSW_VLANS_LEN		512

/**
 * enum vsw_port_type - what a port is attached to
 * @VSW_PORT_TYPE_HOST: the switch's own netdevice; each switch has one
 * @VSW_PORT_TYPE_NETDEV: an Ethernet device that was there before
 * @VSW_PORT_TYPE_INTERNAL: a further host adapter, made with the port
 */
enum vsw_port_type {
	VSW_PORT_TYPE_HOST,
	VSW_PORT_TYPE_NETDEV,
	VSW_PORT_TYPE_INTERNAL,

	/* private: */
	__VSW_PORT_TYPE_MAX,
	VSW_PORT_TYPE_MAX = (__VSW_PORT_TYPE_MAX - 1)
};

/**
 * enum vsw_vlan_mode - what a port of a VLAN-aware switch does with tags
 * @VSW_VLAN_MODE_ACCESS: one VLAN, untagged both ways; tagged frames are
 *	dropped, priority tags (VID 0) taken off unless a tag is behind them
 * @VSW_VLAN_MODE_TRUNK: a set of VLANs, tagged, and at most one native VLAN,
 *	untagged
 */
enum vsw_vlan_mode {
	VSW_VLAN_MODE_ACCESS,
	VSW_VLAN_MODE_TRUNK,

	/* private: */
	__VSW_VLAN_MODE_MAX,
	VSW_VLAN_MODE_MAX = (__VSW_VLAN_MODE_MAX - 1)
};

/**
 * enum vsw_ct - how a frame belongs to a connection that the kernel tracks
 * @VSW_CT_UNTRACKED: it is no IP packet, a fragment, or of neighbour discovery
 * @VSW_CT_NEW: it is the first, or all were from that side so far. Unless a
 *	rule commits it, the connection is forgotten
 * @VSW_CT_ESTABLISHED: there were frames both ways
 * @VSW_CT_RELATED: it belongs to another connection, as an ICMP error does
 * @VSW_CT_INVALID: it cannot belong to any
 *
 * Each VLAN is a zone of its own: %VSW_A_SWITCH_CT_ZONE and the VID on top.
 */
enum vsw_ct {
	VSW_CT_UNTRACKED,
	VSW_CT_NEW,
	VSW_CT_ESTABLISHED,
	VSW_CT_RELATED,
	VSW_CT_INVALID,

	/* private: */
	__VSW_CT_MAX,
	VSW_CT_MAX = (__VSW_CT_MAX - 1)
};

/**
 * enum vsw_policy - what becomes of a frame that no rule matches
 * @VSW_POLICY_PERMIT: it is forwarded
 * @VSW_POLICY_DROP: it is dropped as %VSW_DROP_POLICY; it teaches nothing
 * @VSW_POLICY_SWITCH: of a port: what the switch says
 */
enum vsw_policy {
	VSW_POLICY_PERMIT,
	VSW_POLICY_DROP,
	VSW_POLICY_SWITCH,

	/* private: */
	__VSW_POLICY_MAX,
	VSW_POLICY_MAX = (__VSW_POLICY_MAX - 1)
};

/**
 * enum vsw_fdb_type - where an entry of the MAC table comes from
 * @VSW_FDB_TYPE_LEARNED: the source of a frame; moves and ages
 * @VSW_FDB_TYPE_STATIC: set by a person; neither moves nor ages
 * @VSW_FDB_TYPE_LOCAL: address of a host or internal port's netdevice, in
 *	every VLAN of that port (VID 0); follows the device's address
 */
enum vsw_fdb_type {
	VSW_FDB_TYPE_LEARNED,
	VSW_FDB_TYPE_STATIC,
	VSW_FDB_TYPE_LOCAL,

	/* private: */
	__VSW_FDB_TYPE_MAX,
	VSW_FDB_TYPE_MAX = (__VSW_FDB_TYPE_MAX - 1)
};

/**
 * enum vsw_drop - why a frame, or one copy of a flooded frame, was dropped
 * @VSW_DROP_NONE: not dropped; never counted
 * @VSW_DROP_MALFORMED: shorter than an Ethernet header, or with less than two
 *	bytes behind its VLAN tag
 * @VSW_DROP_SRC_INVALID: source address is a group address or all zero
 * @VSW_DROP_SRC_LOCAL: source address belongs to a host or internal port of
 *	this switch, and the frame came in at another port
 * @VSW_DROP_DST_RESERVED: destination is one of 01:80:c2:00:00:00 to 0f, which
 *	no bridge forwards (IEEE 802.1Q-2018, 8.6.3), sent by the host
 * @VSW_DROP_VLAN_TAGGED: tagged frame at an access port
 * @VSW_DROP_VLAN_UNTAGGED: untagged frame at a trunk without a native VLAN
 * @VSW_DROP_VLAN_INGRESS: the frame's VLAN is not one of the ingress port's
 * @VSW_DROP_VLAN_EGRESS: the frame's VLAN is not one of the egress port's
 * @VSW_DROP_SAME_PORT: the destination is behind the port the frame came from
 * @VSW_DROP_NO_RECEIVER: to be flooded, and no other port of the VLAN is up
 * @VSW_DROP_PORT_DOWN: egress port is down or has no carrier
 * @VSW_DROP_TOO_BIG: longer than the egress device's MTU; the tag that the
 *	switch understands does not count, nor the first that is payload
 * @VSW_DROP_NO_MEMORY: no memory for a copy of the frame, or for its tag
 * @VSW_DROP_QUEUE_FULL: the egress device's queue refused the frame
 * @VSW_DROP_RULE: a rule says so
 * @VSW_DROP_REJECT: a rule says so, and that the sender be told; counted
 *	whether or not there was a way to tell him
 * @VSW_DROP_OUTPUT_GONE: a rule sends it to a port that is there no more
 * @VSW_DROP_TTL: a rule takes one from a TTL or hop limit of 1 or 0
 * @VSW_DROP_POLICY: no rule matches it, and the policy is to drop
 * @VSW_DROP_CT: a rule commits or translates its connection, and the kernel
 *	refuses, or there is none that can be translated so
 * @VSW_DROP_POLICE: a rule's policer has no tokens left for it
 *
 * The first group (up to @VSW_DROP_NO_RECEIVER but for @VSW_DROP_VLAN_EGRESS)
 * and from @VSW_DROP_RULE on all are counted at the port the frame came in at,
 * the rest at the port that it was to leave by. @VSW_DROP_NO_MEMORY is counted
 * at whichever met it.
 */
enum vsw_drop {
	VSW_DROP_NONE,
	VSW_DROP_MALFORMED,
	VSW_DROP_SRC_INVALID,
	VSW_DROP_SRC_LOCAL,
	VSW_DROP_DST_RESERVED,
	VSW_DROP_VLAN_TAGGED,
	VSW_DROP_VLAN_UNTAGGED,
	VSW_DROP_VLAN_INGRESS,
	VSW_DROP_VLAN_EGRESS,
	VSW_DROP_SAME_PORT,
	VSW_DROP_NO_RECEIVER,
	VSW_DROP_PORT_DOWN,
	VSW_DROP_TOO_BIG,
	VSW_DROP_NO_MEMORY,
	VSW_DROP_QUEUE_FULL,
	VSW_DROP_RULE,
	VSW_DROP_REJECT,
	VSW_DROP_OUTPUT_GONE,
	VSW_DROP_TTL,
	VSW_DROP_POLICY,
	VSW_DROP_CT,
	VSW_DROP_POLICE,

	/* private: */
	__VSW_DROP_MAX,
	VSW_DROP_MAX = (__VSW_DROP_MAX - 1)
};

/**
 * enum vsw_frag - what part of an IP packet a frame has
 * @VSW_FRAG_NONE: all of it
 * @VSW_FRAG_FIRST: the first fragment, with the ports
 * @VSW_FRAG_LATER: another one
 */
enum vsw_frag {
	VSW_FRAG_NONE,
	VSW_FRAG_FIRST,
	VSW_FRAG_LATER,

	/* private: */
	__VSW_FRAG_MAX,
	VSW_FRAG_MAX = (__VSW_FRAG_MAX - 1)
};

/**
 * enum vsw_a_switch - attributes of a switch
 * @VSW_A_SWITCH_IFINDEX: u32, the switch's netdevice
 * @VSW_A_SWITCH_NAME: string, the netdevice's name, at most 15 bytes
 * @VSW_A_SWITCH_PAD: padding of 64-bit attributes
 * @VSW_A_SWITCH_VLAN_AWARE: u8, 0 or 1; 0: tags are payload, one MAC table for
 *	all VLANs. Chosen when the switch is made; default 1
 * @VSW_A_SWITCH_AGEING: u32, seconds after which a learned entry that no frame
 *	renewed goes; %VSW_AGEING_MIN to %VSW_AGEING_MAX
 * @VSW_A_SWITCH_FDB_LIMIT: u32, how many learned entries the MAC table holds
 *	at most; 1 to %VSW_FDB_LIMIT_MAX
 * @VSW_A_SWITCH_FDB_COUNT: u32, entries in the MAC table, of any type
 * @VSW_A_SWITCH_FDB_LEARNED: u32, learned entries in the MAC table
 * @VSW_A_SWITCH_FDB_REFUSED: u64, addresses not learned because of the limit
 *	or for want of memory
 * @VSW_A_SWITCH_PORT_COUNT: u32, ports, the host port included
 * @VSW_A_SWITCH_POLICY: u32, %VSW_POLICY_PERMIT or %VSW_POLICY_DROP; default
 *	%VSW_POLICY_PERMIT
 * @VSW_A_SWITCH_CT_ZONE: u16, where zones of connections begin, at most
 *	%VSW_CT_ZONE_MAX; default: a multiple of 4096, so that the host's own
 *	(0) are apart, and those of up to 15 switches
 */
enum vsw_a_switch {
	VSW_A_SWITCH_IFINDEX = 1,
	VSW_A_SWITCH_NAME,
	VSW_A_SWITCH_PAD,
	VSW_A_SWITCH_VLAN_AWARE,
	VSW_A_SWITCH_AGEING,
	VSW_A_SWITCH_FDB_LIMIT,
	VSW_A_SWITCH_FDB_COUNT,
	VSW_A_SWITCH_FDB_LEARNED,
	VSW_A_SWITCH_FDB_REFUSED,
	VSW_A_SWITCH_PORT_COUNT,
	VSW_A_SWITCH_POLICY,
	VSW_A_SWITCH_CT_ZONE,

	/* private: */
	__VSW_A_SWITCH_MAX,
	VSW_A_SWITCH_MAX = (__VSW_A_SWITCH_MAX - 1)
};

/**
 * enum vsw_a_port - attributes of a port
 * @VSW_A_PORT_IFINDEX: u32, the port's netdevice
 * @VSW_A_PORT_NAME: string, the netdevice's name, at most 15 bytes; in a
 *	request only to make an internal port
 * @VSW_A_PORT_SWITCH: u32, ifindex of the switch; needed to make a port, else
 *	only if the device is a port of two switches: a switch's own netdevice
 *	that is also a port of another
 * @VSW_A_PORT_TYPE: u32, &enum vsw_port_type; default %VSW_PORT_TYPE_NETDEV
 * @VSW_A_PORT_VLAN_MODE: u32, &enum vsw_vlan_mode; default
 *	%VSW_VLAN_MODE_ACCESS
 * @VSW_A_PORT_PVID: u16, VLAN of untagged frames: the access VLAN, or the
 *	native VLAN of a trunk; 1 to 4094, 0 on a trunk: none. Default 1 on an
 *	access port, 0 on a trunk
 * @VSW_A_PORT_VLANS: binary, %VSW_VLANS_LEN bytes: the tagged VLANs of a
 *	trunk, 1 to 4094; needed with, and only with, %VSW_VLAN_MODE_TRUNK
 * @VSW_A_PORT_UP: u8, 1: the device is up and, but for the host port, whose
 *	carrier says whether others have any, has carrier
 * @VSW_A_PORT_STATS: nest, &enum vsw_a_stats
 * @VSW_A_PORT_POLICY: u32, &enum vsw_policy; default %VSW_POLICY_SWITCH
 * @VSW_A_PORT_RULES: string, at most %VSW_NAME_MAX bytes: the rules of this
 *	group are for frames that come in here, too. Empty, or absent in a
 *	reply: those of none are
 */
enum vsw_a_port {
	VSW_A_PORT_IFINDEX = 1,
	VSW_A_PORT_NAME,
	VSW_A_PORT_SWITCH,
	VSW_A_PORT_TYPE,
	VSW_A_PORT_VLAN_MODE,
	VSW_A_PORT_PVID,
	VSW_A_PORT_VLANS,
	VSW_A_PORT_UP,
	VSW_A_PORT_STATS,
	VSW_A_PORT_POLICY,
	VSW_A_PORT_RULES,

	/* private: */
	__VSW_A_PORT_MAX,
	VSW_A_PORT_MAX = (__VSW_A_PORT_MAX - 1)
};

/**
 * enum vsw_a_stats - a port's counters, as the switch sees them
 * @VSW_A_STATS_PAD: padding of 64-bit attributes
 * @VSW_A_STATS_RX_PACKETS: u64, frames that came into the switch at this port
 * @VSW_A_STATS_RX_BYTES: u64, their length, Ethernet header included
 * @VSW_A_STATS_TX_PACKETS: u64, frames that left the switch by this port
 * @VSW_A_STATS_TX_BYTES: u64, their length
 * @VSW_A_STATS_DROPS: u64, sum of this port's drop counters
 */
enum vsw_a_stats {
	VSW_A_STATS_PAD = 1,
	VSW_A_STATS_RX_PACKETS,
	VSW_A_STATS_RX_BYTES,
	VSW_A_STATS_TX_PACKETS,
	VSW_A_STATS_TX_BYTES,
	VSW_A_STATS_DROPS,

	/* private: */
	__VSW_A_STATS_MAX,
	VSW_A_STATS_MAX = (__VSW_A_STATS_MAX - 1)
};

/**
 * enum vsw_a_fdb - attributes of an entry of the MAC table
 * @VSW_A_FDB_SWITCH: u32, ifindex of the switch; may be left out where a port
 *	is named, unless its device is a port of two switches
 * @VSW_A_FDB_PORT: u32, ifindex of the port
 * @VSW_A_FDB_MAC: binary, 6 bytes, network order
 * @VSW_A_FDB_VID: u16, 1 to 4094; 0 in a switch that is not VLAN-aware, and
 *	for local entries, which hold in every VLAN of their port
 * @VSW_A_FDB_TYPE: u32, &enum vsw_fdb_type
 * @VSW_A_FDB_AGE: u32, milliseconds since a frame last renewed a learned
 *	entry
 */
enum vsw_a_fdb {
	VSW_A_FDB_SWITCH = 1,
	VSW_A_FDB_PORT,
	VSW_A_FDB_MAC,
	VSW_A_FDB_VID,
	VSW_A_FDB_TYPE,
	VSW_A_FDB_AGE,

	/* private: */
	__VSW_A_FDB_MAX,
	VSW_A_FDB_MAX = (__VSW_A_FDB_MAX - 1)
};

/**
 * enum vsw_a_drop - drop counters of a switch or of a port
 * @VSW_A_DROP_SWITCH: u32, ifindex of the switch
 * @VSW_A_DROP_PORT: u32, ifindex of the port; absent: the whole switch, ports
 *	that are gone included
 * @VSW_A_DROP_COUNTER: nest, &enum vsw_a_drop_counter; once for each reason
 *	that was counted
 */
enum vsw_a_drop {
	VSW_A_DROP_SWITCH = 1,
	VSW_A_DROP_PORT,
	VSW_A_DROP_COUNTER,

	/* private: */
	__VSW_A_DROP_MAX,
	VSW_A_DROP_MAX = (__VSW_A_DROP_MAX - 1)
};

/**
 * enum vsw_a_drop_counter - one drop counter
 * @VSW_A_DROP_COUNTER_PAD: padding of 64-bit attributes
 * @VSW_A_DROP_COUNTER_REASON: u32, &enum vsw_drop
 * @VSW_A_DROP_COUNTER_NAME: string, the reason's name, for a program that is
 *	older than the module
 * @VSW_A_DROP_COUNTER_PACKETS: u64, frames dropped for this reason
 */
enum vsw_a_drop_counter {
	VSW_A_DROP_COUNTER_PAD = 1,
	VSW_A_DROP_COUNTER_REASON,
	VSW_A_DROP_COUNTER_NAME,
	VSW_A_DROP_COUNTER_PACKETS,

	/* private: */
	__VSW_A_DROP_COUNTER_MAX,
	VSW_A_DROP_COUNTER_MAX = (__VSW_A_DROP_COUNTER_MAX - 1)
};

/**
 * enum vsw_a_drop_event - attributes of %VSW_CMD_DROP_NTF
 * @VSW_A_DROP_EVENT_PAD: padding of 64-bit attributes
 * @VSW_A_DROP_EVENT_SWITCH: u32, ifindex of the switch
 * @VSW_A_DROP_EVENT_IN: u32, ifindex of the port at which the frame came in
 * @VSW_A_DROP_EVENT_OUT: u32, ifindex of the port by which it, or this copy of
 *	it, was to leave, where it is dropped; absent: it is dropped where it
 *	came in
 * @VSW_A_DROP_EVENT_REASON: u32, &enum vsw_drop
 * @VSW_A_DROP_EVENT_REASON_NAME: string, the reason's name, for a program that
 *	is older than the module
 * @VSW_A_DROP_EVENT_VLAN: u16, on a VLAN-aware switch the VLAN in which the
 *	frame is, or to which its tag belongs; absent: none
 * @VSW_A_DROP_EVENT_LENGTH: u32, length of @VSW_A_DROP_EVENT_FRAME if it were
 *	whole
 * @VSW_A_DROP_EVENT_FRAME: binary, up to %VSW_DROP_FRAME_MAX bytes: the frame
 *	from its Ethernet header on, without the tag that says its VLAN. Absent,
 *	with the length, if there is none any more: for want of memory, or once
 *	a device had it
 * @VSW_A_DROP_EVENT_MISSED: u64, drops in the namespace, since the event
 *	before, that were not told because there were more than
 *	%VSW_DROP_EVENTS_MAX in a second; absent: none
 */
enum vsw_a_drop_event {
	VSW_A_DROP_EVENT_PAD = 1,
	VSW_A_DROP_EVENT_SWITCH,
	VSW_A_DROP_EVENT_IN,
	VSW_A_DROP_EVENT_OUT,
	VSW_A_DROP_EVENT_REASON,
	VSW_A_DROP_EVENT_REASON_NAME,
	VSW_A_DROP_EVENT_VLAN,
	VSW_A_DROP_EVENT_LENGTH,
	VSW_A_DROP_EVENT_FRAME,
	VSW_A_DROP_EVENT_MISSED,

	/* private: */
	__VSW_A_DROP_EVENT_MAX,
	VSW_A_DROP_EVENT_MAX = (__VSW_A_DROP_EVENT_MAX - 1)
};

/**
 * enum vsw_a_rule - attributes of a rule
 * @VSW_A_RULE_SWITCH: u32, ifindex of the switch
 * @VSW_A_RULE_ID: u32, number of the rule, given by the kernel; never 0, and
 *	not used again while the switch has given out fewer than 2^31
 * @VSW_A_RULE_PRIO: u32, 0 to %VSW_RULE_PRIO_MAX; the rule with the highest
 *	decides, of those with the same the one made first. Default
 *	%VSW_RULE_PRIO_DEFAULT
 * @VSW_A_RULE_MATCH: nest, &enum vsw_a_match: the frame has, of each field
 *	that is named, one of the values given. Absent: any frame
 * @VSW_A_RULE_EXCEPT: nest, &enum vsw_a_match: the frame has each field that is
 *	named, and none of the values given
 * @VSW_A_RULE_ACTIONS: nest, &enum vsw_a_action: what to do, in this order
 * @VSW_A_RULE_PAD: padding of 64-bit attributes
 * @VSW_A_RULE_PACKETS: u64, frames that the rule decided
 * @VSW_A_RULE_BYTES: u64, their length, Ethernet header included
 * @VSW_A_RULE_USED: u32, milliseconds since the last of them; absent: none
 * @VSW_A_RULE_BAND: u8, less than %VSW_BANDS: frames are judged in band 0, and
 *	in another if a rule of one before it sends them there. Default 0
 * @VSW_A_RULE_GROUP: string, 1 to %VSW_NAME_MAX bytes: the rule is for frames
 *	from ports that have this group. Absent: for frames from any
 * @VSW_A_RULE_IDLE_TIMEOUT: u32, seconds without a frame that it decides after
 *	which it is removed; 1 to %VSW_RULE_TIMEOUT_MAX. Absent: never
 * @VSW_A_RULE_HARD_TIMEOUT: u32, seconds after which it is removed; likewise
 * @VSW_A_RULE_SHADOWED_BY: u32, ID of a rule that, with others perhaps, decides
 *	before this one about all that it matches; absent: it may decide. Only
 *	in replies to %VSW_CMD_RULE_GET
 */
enum vsw_a_rule {
	VSW_A_RULE_SWITCH = 1,
	VSW_A_RULE_ID,
	VSW_A_RULE_PRIO,
	VSW_A_RULE_MATCH,
	VSW_A_RULE_EXCEPT,
	VSW_A_RULE_ACTIONS,
	VSW_A_RULE_PAD,
	VSW_A_RULE_PACKETS,
	VSW_A_RULE_BYTES,
	VSW_A_RULE_USED,
	VSW_A_RULE_BAND,
	VSW_A_RULE_GROUP,
	VSW_A_RULE_IDLE_TIMEOUT,
	VSW_A_RULE_HARD_TIMEOUT,
	VSW_A_RULE_SHADOWED_BY,

	/* private: */
	__VSW_A_RULE_MAX,
	VSW_A_RULE_MAX = (__VSW_A_RULE_MAX - 1)
};

/**
 * enum vsw_a_match - fields of a frame, and values they may have
 * @VSW_A_MATCH_PORT: u32, ifindex of the port it came in at
 * @VSW_A_MATCH_VID: binary, range; its VLAN, 0: it is in none (only in a switch
 *	that is not VLAN-aware, where this is the outer tag's)
 * @VSW_A_MATCH_INNER_VID: binary, range; VID of the tag behind that, 0: none
 * @VSW_A_MATCH_MAC_SRC: binary, address and mask, 6 bytes each
 * @VSW_A_MATCH_MAC_DST: binary, address and mask, 6 bytes each
 * @VSW_A_MATCH_ETHERTYPE: binary, range; the type behind all tags
 * @VSW_A_MATCH_IPV4_SRC: binary, address and mask, 4 bytes each
 * @VSW_A_MATCH_IPV4_DST: binary, address and mask, 4 bytes each
 * @VSW_A_MATCH_IPV6_SRC: binary, address and mask, 16 bytes each
 * @VSW_A_MATCH_IPV6_DST: binary, address and mask, 16 bytes each
 * @VSW_A_MATCH_PROTO: binary, range; protocol of IPv4, or IPv6's next header
 *	behind its extension headers
 * @VSW_A_MATCH_SPORT: binary, range; source port of TCP, UDP or SCTP. Later
 *	fragments have none
 * @VSW_A_MATCH_DPORT: binary, range; destination port, likewise
 * @VSW_A_MATCH_TCP_FLAGS: binary, flags and mask, u32 each
 * @VSW_A_MATCH_DSCP: binary, range
 * @VSW_A_MATCH_ECN: binary, range
 * @VSW_A_MATCH_TTL: binary, range; or IPv6's hop limit
 * @VSW_A_MATCH_FRAG: binary, range of &enum vsw_frag
 * @VSW_A_MATCH_ICMP_TYPE: binary, range; of ICMP or ICMPv6
 * @VSW_A_MATCH_ICMP_CODE: binary, range; of ICMP or ICMPv6
 * @VSW_A_MATCH_ARP_OP: binary, range; operation of an ARP for IPv4 (RFC 826)
 * @VSW_A_MATCH_ARP_SENDER_IP: binary, address and mask, 4 bytes each
 * @VSW_A_MATCH_ARP_TARGET_IP: binary, address and mask, 4 bytes each
 * @VSW_A_MATCH_ARP_SENDER_MAC: binary, address and mask, 6 bytes each
 * @VSW_A_MATCH_ARP_TARGET_MAC: binary, address and mask, 6 bytes each
 * @VSW_A_MATCH_ND_TARGET: binary, address and mask, 16 bytes each; of a
 *	neighbour solicitation or advertisement (RFC 4861)
 * @VSW_A_MATCH_MARK: binary, mark and mask, u32 each; of the skb
 * @VSW_A_MATCH_CT: binary, range of &enum vsw_ct
 * @VSW_A_MATCH_IP_SRC_SET: string, name of a set that has the source address,
 *	of IPv4 or IPv6
 * @VSW_A_MATCH_IP_DST_SET: string, name of a set that has the destination
 *	address, likewise
 * @VSW_A_MATCH_ARP_SENDER_SET: string, name of a set that has the sender's
 *	address of an ARP for IPv4
 * @VSW_A_MATCH_ARP_TARGET_SET: string, name of a set that has the target's
 * @VSW_A_MATCH_ND_TARGET_SET: string, name of a set that has the target of a
 *	neighbour solicitation or advertisement
 *
 * Each may be given more than once: one of the values is enough. A range is a
 * &struct vsw_range. Addresses are in network order, all else in host order. A
 * frame that does not have a field matches no value of it: of an IP packet that
 * is cut off, there are no ports.
 */
enum vsw_a_match {
	VSW_A_MATCH_PORT = 1,
	VSW_A_MATCH_VID,
	VSW_A_MATCH_INNER_VID,
	VSW_A_MATCH_MAC_SRC,
	VSW_A_MATCH_MAC_DST,
	VSW_A_MATCH_ETHERTYPE,
	VSW_A_MATCH_IPV4_SRC,
	VSW_A_MATCH_IPV4_DST,
	VSW_A_MATCH_IPV6_SRC,
	VSW_A_MATCH_IPV6_DST,
	VSW_A_MATCH_PROTO,
	VSW_A_MATCH_SPORT,
	VSW_A_MATCH_DPORT,
	VSW_A_MATCH_TCP_FLAGS,
	VSW_A_MATCH_DSCP,
	VSW_A_MATCH_ECN,
	VSW_A_MATCH_TTL,
	VSW_A_MATCH_FRAG,
	VSW_A_MATCH_ICMP_TYPE,
	VSW_A_MATCH_ICMP_CODE,
	VSW_A_MATCH_ARP_OP,
	VSW_A_MATCH_ARP_SENDER_IP,
	VSW_A_MATCH_ARP_TARGET_IP,
	VSW_A_MATCH_ARP_SENDER_MAC,
	VSW_A_MATCH_ARP_TARGET_MAC,
	VSW_A_MATCH_ND_TARGET,
	VSW_A_MATCH_MARK,
	VSW_A_MATCH_CT,
	VSW_A_MATCH_IP_SRC_SET,
	VSW_A_MATCH_IP_DST_SET,
	VSW_A_MATCH_ARP_SENDER_SET,
	VSW_A_MATCH_ARP_TARGET_SET,
	VSW_A_MATCH_ND_TARGET_SET,

	/* private: */
	__VSW_A_MATCH_MAX,
	VSW_A_MATCH_MAX = (__VSW_A_MATCH_MAX - 1)
};

/**
 * struct vsw_range - a range of numbers
 * @min: the first
 * @max: the last; not less than @min
 */
struct vsw_range {
	__u32	min;
	__u32	max;
};

/**
 * enum vsw_step - steps of a frame's way through a switch
 * @VSW_STEP_RECEIVE: it came in at a port, in a VLAN
 * @VSW_STEP_RULE: a rule, or without %VSW_A_TRACE_RULE none, decided
 * @VSW_STEP_LEARN: its source address is known behind a port; without
 *	%VSW_A_TRACE_PORT it would be learned, or, with
 *	%VSW_A_TRACE_FDB_FULL, not
 * @VSW_STEP_LOOKUP: its destination is known behind a port; without
 *	%VSW_A_TRACE_PORT it goes to all of the VLAN
 * @VSW_STEP_SEND: it, or a copy, leaves by a port
 * @VSW_STEP_DROP: it, or the copy for a port, is dropped there
 * @VSW_STEP_SAMPLE: a sample may be taken of it
 */
enum vsw_step {
	VSW_STEP_RECEIVE,
	VSW_STEP_RULE,
	VSW_STEP_LEARN,
	VSW_STEP_LOOKUP,
	VSW_STEP_SEND,
	VSW_STEP_DROP,
	VSW_STEP_SAMPLE,

	/* private: */
	__VSW_STEP_MAX,
	VSW_STEP_MAX = (__VSW_STEP_MAX - 1)
};

/* Bytes of a frame that can be traced. */
#define VSW_TRACE_FRAME_MIN	14
#define VSW_TRACE_FRAME_MAX	1522

/**
 * enum vsw_a_trace - attributes of %VSW_CMD_TRACE
 * @VSW_A_TRACE_SWITCH: u32, ifindex of the switch; needed only if the device is
 *	a port of two
 * @VSW_A_TRACE_PORT: u32, ifindex of the port at which the frame comes in; in a
 *	reply, of the port that the step is about
 * @VSW_A_TRACE_MARK: u32, the frame's mark; default 0
 * @VSW_A_TRACE_FRAME: binary, %VSW_TRACE_FRAME_MIN to %VSW_TRACE_FRAME_MAX
 *	bytes, from the Ethernet header on, tags included; in a reply, what
 *	leaves, which may have a tag more
 * @VSW_A_TRACE_STEP: u32, &enum vsw_step
 * @VSW_A_TRACE_VLAN: u16, with %VSW_STEP_RECEIVE on a VLAN-aware switch
 * @VSW_A_TRACE_FDB_TYPE: u32, &enum vsw_fdb_type, with %VSW_STEP_LEARN: only a
 *	learned address moves
 * @VSW_A_TRACE_RULE: u32, ID of the rule
 * @VSW_A_TRACE_REASON: u32, &enum vsw_drop, with %VSW_STEP_DROP
 * @VSW_A_TRACE_REASON_NAME: string, the same in words
 * @VSW_A_TRACE_SAMPLE_RATE: u32, with %VSW_STEP_SAMPLE: of one frame in so many
 * @VSW_A_TRACE_SAMPLE_GROUP: u32, with %VSW_STEP_SAMPLE: for whom
 * @VSW_A_TRACE_CT: u32, &enum vsw_ct, with %VSW_STEP_RULE: how the frame is of
 *	a connection; absent if no rule of the switch asks for that
 * @VSW_A_TRACE_FDB_FULL: u8, 1 with %VSW_STEP_LEARN: the source address is new,
 *	and would be refused, since as many were learned as may be
 */
enum vsw_a_trace {
	VSW_A_TRACE_SWITCH = 1,
	VSW_A_TRACE_PORT,
	VSW_A_TRACE_MARK,
	VSW_A_TRACE_FRAME,
	VSW_A_TRACE_STEP,
	VSW_A_TRACE_VLAN,
	VSW_A_TRACE_FDB_TYPE,
	VSW_A_TRACE_RULE,
	VSW_A_TRACE_REASON,
	VSW_A_TRACE_REASON_NAME,
	VSW_A_TRACE_SAMPLE_RATE,
	VSW_A_TRACE_SAMPLE_GROUP,
	VSW_A_TRACE_CT,
	VSW_A_TRACE_FDB_FULL,

	/* private: */
	__VSW_A_TRACE_MAX,
	VSW_A_TRACE_MAX = (__VSW_A_TRACE_MAX - 1)
};

/**
 * struct vsw_nat_ipv4 - what a connection of IPv4 is translated to
 * @min: the first address, network order
 * @max: the last address, network order
 * @port_min: the first port, or ID of ICMP, host order; 0: its own, or, if that
 *	is taken, any that is free
 * @port_max: the last port, host order
 */
struct vsw_nat_ipv4 {
	__be32	min;
	__be32	max;
	__u16	port_min;
	__u16	port_max;
};

/**
 * struct vsw_nat_ipv6 - what a connection of IPv6 is translated to
 * @min: the first address, network order
 * @max: the last address, network order
 * @port_min: the first port, or ID of ICMP, host order; 0: its own, or, if that
 *	is taken, any that is free
 * @port_max: the last port, host order
 */
struct vsw_nat_ipv6 {
	__u8	min[16];
	__u8	max[16];
	__u16	port_min;
	__u16	port_max;
};

/**
 * enum vsw_a_action - what to do with a frame that a rule matches
 * @VSW_A_ACTION_PERMIT: flag, forward it as without rules
 * @VSW_A_ACTION_DROP: flag, drop it as %VSW_DROP_RULE; it teaches nothing
 * @VSW_A_ACTION_REJECT: flag, drop it as %VSW_DROP_REJECT, and answer a TCP
 *	segment with a reset, any other IP packet with an ICMP error (port
 *	unreachable), where the RFCs allow an answer
 * @VSW_A_ACTION_OUTPUT: u32, ifindex of a port to send it to, whatever the MAC
 *	table says; several may follow each other. VLANs hold as ever
 * @VSW_A_ACTION_GOTO: u8, the later band whose rules decide instead
 * @VSW_A_ACTION_MIRROR: u32, ifindex of a port that gets a copy of the frame as
 *	it is now, whatever becomes of the frame. VLANs hold as ever
 * @VSW_A_ACTION_MARK: binary, mark and mask, u32 each: replace these bits of
 *	the skb's mark
 * @VSW_A_ACTION_VLAN_SET: u16, 1 to 4094, VID: from here on it is in this VLAN.
 *	In a switch that is not VLAN-aware: rewrite the outer tag, if any
 * @VSW_A_ACTION_VLAN_PUSH: u16, 1 to 4094, VID: its VLAN becomes an inner tag
 *	(0x8100), and from here on it is in this VLAN. In a switch that is not
 *	VLAN-aware: put this tag before all others
 * @VSW_A_ACTION_VLAN_POP: flag, from here on it is in the VLAN of its inner
 *	tag, which goes; without one it stays as it is. In a switch that is not
 *	VLAN-aware: take the outer tag off, if any
 * @VSW_A_ACTION_MAC_SRC: binary, 6 bytes, network order
 * @VSW_A_ACTION_MAC_DST: binary, 6 bytes, network order; none of those that
 *	are not forwarded (IEEE 802.1Q-2018, table 8-1)
 * @VSW_A_ACTION_IPV4_SRC: binary, 4 bytes, network order
 * @VSW_A_ACTION_IPV4_DST: binary, 4 bytes, network order
 * @VSW_A_ACTION_IPV6_SRC: binary, 16 bytes, network order
 * @VSW_A_ACTION_IPV6_DST: binary, 16 bytes, network order
 * @VSW_A_ACTION_SPORT: u16, host order; source port of TCP or UDP
 * @VSW_A_ACTION_DPORT: u16, host order; destination port of TCP or UDP
 * @VSW_A_ACTION_TTL: u8, 1 to 255; or IPv6's hop limit
 * @VSW_A_ACTION_TTL_DEC: flag, take one from it; %VSW_DROP_TTL if none is left
 * @VSW_A_ACTION_DSCP: u8, 0 to 63
 * @VSW_A_ACTION_CT_COMMIT: flag, let its connection be known, if it is new.
 *	There is one only if some rule of the switch matches @VSW_A_MATCH_CT
 * @VSW_A_ACTION_POLICE: string, name of a policer of the switch: drop it as
 *	%VSW_DROP_POLICE if there are no tokens for it
 * @VSW_A_ACTION_SAMPLE: binary, rate, group and length, u32 each in host order:
 *	of one frame in so many, chosen at random, give the first bytes, or with
 *	a length of 0 all, to this group of the kernel's psample. The frame is
 *	as it is now, with the tag that it would have at the port where it came
 *	in. A rate of 0 is refused
 * @VSW_A_ACTION_CT_NAT: flag, translate it as its connection is; without one,
 *	or if that keeps its addresses, it stays as it is
 * @VSW_A_ACTION_CT_NAT_IPV4_SRC: binary, &struct vsw_nat_ipv4: as
 *	@VSW_A_ACTION_CT_COMMIT, and let the connection come from an address and
 *	a port of these from now on. A frame without a connection, or of IPv6,
 *	is dropped as %VSW_DROP_CT; one of a connection that is known is
 *	translated as that is
 * @VSW_A_ACTION_CT_NAT_IPV4_DST: binary, &struct vsw_nat_ipv4: likewise where
 *	it goes to
 * @VSW_A_ACTION_CT_NAT_IPV6_SRC: binary, &struct vsw_nat_ipv6: likewise
 * @VSW_A_ACTION_CT_NAT_IPV6_DST: binary, &struct vsw_nat_ipv6: likewise
 *
 * They are done in the order in which they are given; permit, drop, reject,
 * output and goto end the frame's way through the band, and one of them has to
 * be the last. A frame that does not have a field stays as it is: of later
 * fragments there are no ports. Checksums are kept right.
 */
enum vsw_a_action {
	VSW_A_ACTION_PERMIT = 1,
	VSW_A_ACTION_DROP,
	VSW_A_ACTION_REJECT,
	VSW_A_ACTION_OUTPUT,
	VSW_A_ACTION_GOTO,
	VSW_A_ACTION_MIRROR,
	VSW_A_ACTION_MARK,
	VSW_A_ACTION_VLAN_SET,
	VSW_A_ACTION_VLAN_PUSH,
	VSW_A_ACTION_VLAN_POP,
	VSW_A_ACTION_MAC_SRC,
	VSW_A_ACTION_MAC_DST,
	VSW_A_ACTION_IPV4_SRC,
	VSW_A_ACTION_IPV4_DST,
	VSW_A_ACTION_IPV6_SRC,
	VSW_A_ACTION_IPV6_DST,
	VSW_A_ACTION_SPORT,
	VSW_A_ACTION_DPORT,
	VSW_A_ACTION_TTL,
	VSW_A_ACTION_TTL_DEC,
	VSW_A_ACTION_DSCP,
	VSW_A_ACTION_CT_COMMIT,
	VSW_A_ACTION_POLICE,
	VSW_A_ACTION_SAMPLE,
	VSW_A_ACTION_CT_NAT,
	VSW_A_ACTION_CT_NAT_IPV4_SRC,
	VSW_A_ACTION_CT_NAT_IPV4_DST,
	VSW_A_ACTION_CT_NAT_IPV6_SRC,
	VSW_A_ACTION_CT_NAT_IPV6_DST,

	/* private: */
	__VSW_A_ACTION_MAX,
	VSW_A_ACTION_MAX = (__VSW_A_ACTION_MAX - 1)
};

/**
 * enum vsw_a_policer - attributes of a policer, which rules send frames through
 * @VSW_A_POLICER_SWITCH: u32, ifindex of the switch
 * @VSW_A_POLICER_NAME: string, 1 to %VSW_NAME_MAX bytes
 * @VSW_A_POLICER_PAD: padding of 64-bit attributes
 * @VSW_A_POLICER_RATE: u64, bits a second, %VSW_POLICER_RATE_MIN to
 *	%VSW_POLICER_RATE_MAX. Absent: any number. This or @VSW_A_POLICER_PPS is
 *	needed
 * @VSW_A_POLICER_BURST: u32, bytes that may pass at once; not less than a frame
 *	of the switch's MTU. Default: what @VSW_A_POLICER_RATE lets pass in a
 *	tenth of a second, at least 131072
 * @VSW_A_POLICER_PPS: u32, packets a second. Absent: any number
 * @VSW_A_POLICER_PBURST: u32, packets that may pass at once. Default: those of
 *	a tenth of a second, at least 128
 * @VSW_A_POLICER_PASSED_PACKETS: u64, packets that passed; a frame that is to
 *	be cut into segments is as many as these
 * @VSW_A_POLICER_PASSED_BYTES: u64, length of their frames, Ethernet header
 *	included
 * @VSW_A_POLICER_DROPPED_PACKETS: u64, packets that did not pass
 * @VSW_A_POLICER_DROPPED_BYTES: u64, likewise
 * @VSW_A_POLICER_RULES: u32, rules that use it, those that are put aside
 *	included
 */
enum vsw_a_policer {
	VSW_A_POLICER_SWITCH = 1,
	VSW_A_POLICER_NAME,
	VSW_A_POLICER_PAD,
	VSW_A_POLICER_RATE,
	VSW_A_POLICER_BURST,
	VSW_A_POLICER_PPS,
	VSW_A_POLICER_PBURST,
	VSW_A_POLICER_PASSED_PACKETS,
	VSW_A_POLICER_PASSED_BYTES,
	VSW_A_POLICER_DROPPED_PACKETS,
	VSW_A_POLICER_DROPPED_BYTES,
	VSW_A_POLICER_RULES,

	/* private: */
	__VSW_A_POLICER_MAX,
	VSW_A_POLICER_MAX = (__VSW_A_POLICER_MAX - 1)
};

/**
 * enum vsw_a_set - attributes of a set of addresses, which rules may name
 * @VSW_A_SET_NAME: string, 1 to %VSW_NAME_MAX bytes
 * @VSW_A_SET_ADDRESSES: nest, &enum vsw_a_set_address; at most
 *	%VSW_SET_CHANGES_MAX of them in a request. In a reply, some: those of a
 *	set with many are in several, one behind the other
 * @VSW_A_SET_COUNT: u32, how many addresses and prefixes it has
 * @VSW_A_SET_RULES: u32, rules that name it, those that are put aside included
 */
enum vsw_a_set {
	VSW_A_SET_NAME = 1,
	VSW_A_SET_ADDRESSES,
	VSW_A_SET_COUNT,
	VSW_A_SET_RULES,

	/* private: */
	__VSW_A_SET_MAX,
	VSW_A_SET_MAX = (__VSW_A_SET_MAX - 1)
};

/**
 * enum vsw_a_set_address - addresses and prefixes of a set
 * @VSW_A_SET_ADDRESS_IPV4: binary, address and mask, 4 bytes each, network
 *	order; the mask is that of a prefix
 * @VSW_A_SET_ADDRESS_IPV6: binary, address and mask, 16 bytes each, likewise
 *
 * Each may be given more than once. A prefix is in a set as it was put there:
 * it is not what a shorter one that is there, too, has of it.
 */
enum vsw_a_set_address {
	VSW_A_SET_ADDRESS_IPV4 = 1,
	VSW_A_SET_ADDRESS_IPV6,

	/* private: */
	__VSW_A_SET_ADDRESS_MAX,
	VSW_A_SET_ADDRESS_MAX = (__VSW_A_SET_ADDRESS_MAX - 1)
};

/**
 * enum vsw_cmd - commands, replies and events of the family
 * @VSW_CMD_SWITCH_GET: one switch, or a dump of all in the namespace
 * @VSW_CMD_SWITCH_NEW: make a switch
 * @VSW_CMD_SWITCH_SET: change a switch's settings
 * @VSW_CMD_SWITCH_DEL: remove a switch and all that is in it
 * @VSW_CMD_SWITCH_NEW_NTF: a switch was made (group config)
 * @VSW_CMD_SWITCH_SET_NTF: a switch was changed (group config)
 * @VSW_CMD_SWITCH_DEL_NTF: a switch is gone, its ports before it (group
 *	config)
 * @VSW_CMD_PORT_GET: one port, or a dump of all, or of one switch's
 * @VSW_CMD_PORT_NEW: attach a device, or make an internal port
 * @VSW_CMD_PORT_SET: change a port's settings, the host port's too
 * @VSW_CMD_PORT_DEL: detach a device, or remove an internal port
 * @VSW_CMD_PORT_NEW_NTF: a port was made (group config)
 * @VSW_CMD_PORT_SET_NTF: a port's settings, name or state changed (group
 *	config)
 * @VSW_CMD_PORT_DEL_NTF: a port is gone (group config)
 * @VSW_CMD_FDB_GET: one entry, or a dump of all, or of a switch's, a port's, a
 *	VLAN's
 * @VSW_CMD_FDB_NEW: make a static entry; a learned one gives way
 * @VSW_CMD_FDB_SET: move a static entry to another port
 * @VSW_CMD_FDB_DEL: remove a static or learned entry
 * @VSW_CMD_FDB_FLUSH: remove learned entries, of a port, a VLAN or both
 * @VSW_CMD_FDB_NEW_NTF: an entry was made or learned (group fdb)
 * @VSW_CMD_FDB_SET_NTF: an entry moved or changed its type (group fdb)
 * @VSW_CMD_FDB_DEL_NTF: an entry aged, was flushed or removed (group fdb)
 * @VSW_CMD_DROP_GET: dump of drop counters, of all switches or of one, of one
 *	port
 * @VSW_CMD_RULE_GET: one rule, or a dump of all, or of a switch's, in the order
 *	in which they decide
 * @VSW_CMD_RULE_NEW: make a rule
 * @VSW_CMD_RULE_DEL: remove the rule with an ID, or all of a band with a prio
 * @VSW_CMD_RULE_FLUSH: remove all rules of a switch
 * @VSW_CMD_RULE_BEGIN: from now on the rules that this socket makes for the
 *	switch are put aside, until
 * @VSW_CMD_RULE_COMMIT: they take the place of all rules of the switch, at one
 *	moment. Rules that say what one did before have its counters
 * @VSW_CMD_RULE_ABORT: or they are forgotten, as they are when the socket is
 *	closed
 * @VSW_CMD_RULE_NEW_NTF: a rule was made (group rule)
 * @VSW_CMD_RULE_DEL_NTF: a rule was removed, or its time was over (group rule)
 * @VSW_CMD_TRACE: dump of the steps of a frame's way, if it came in now.
 *	Nothing is sent, learned or counted
 * @VSW_CMD_DROP_NTF: a frame, or one copy of a flooded frame, was dropped
 *	(group drop, which takes CAP_NET_ADMIN to join)
 * @VSW_CMD_POLICER_GET: one policer, or a dump of all, or of a switch's, by
 *	name
 * @VSW_CMD_POLICER_NEW: make a policer
 * @VSW_CMD_POLICER_SET: change what is given of a policer, which then begins
 *	with all the tokens that it may have
 * @VSW_CMD_POLICER_DEL: remove a policer that no rule uses
 * @VSW_CMD_POLICER_NEW_NTF: a policer was made (group config)
 * @VSW_CMD_POLICER_SET_NTF: a policer was changed (group config)
 * @VSW_CMD_POLICER_DEL_NTF: a policer is gone, unless it goes with its switch
 *	(group config)
 * @VSW_CMD_SET_GET: one set, without its addresses; or a dump of all with them,
 *	or of one
 * @VSW_CMD_SET_NEW: make a set, or add addresses to one; those that it has may
 *	be given again
 * @VSW_CMD_SET_DEL: take addresses out of a set; or, without any, remove a set
 *	that no rule names
 * @VSW_CMD_SET_FLUSH: take all addresses out of a set
 * @VSW_CMD_SET_NEW_NTF: a set was made, or these addresses were given to it
 *	(group rule)
 * @VSW_CMD_SET_DEL_NTF: these addresses were taken out of a set; or, without
 *	any, the set is gone (group rule)
 * @VSW_CMD_SET_FLUSH_NTF: all addresses were taken out of a set (group rule)
 */
enum vsw_cmd {
	VSW_CMD_SWITCH_GET = 1,
	VSW_CMD_SWITCH_NEW,
	VSW_CMD_SWITCH_SET,
	VSW_CMD_SWITCH_DEL,
	VSW_CMD_SWITCH_NEW_NTF,
	VSW_CMD_SWITCH_SET_NTF,
	VSW_CMD_SWITCH_DEL_NTF,
	VSW_CMD_PORT_GET,
	VSW_CMD_PORT_NEW,
	VSW_CMD_PORT_SET,
	VSW_CMD_PORT_DEL,
	VSW_CMD_PORT_NEW_NTF,
	VSW_CMD_PORT_SET_NTF,
	VSW_CMD_PORT_DEL_NTF,
	VSW_CMD_FDB_GET,
	VSW_CMD_FDB_NEW,
	VSW_CMD_FDB_SET,
	VSW_CMD_FDB_DEL,
	VSW_CMD_FDB_FLUSH,
	VSW_CMD_FDB_NEW_NTF,
	VSW_CMD_FDB_SET_NTF,
	VSW_CMD_FDB_DEL_NTF,
	VSW_CMD_DROP_GET,
	VSW_CMD_RULE_GET,
	VSW_CMD_RULE_NEW,
	VSW_CMD_RULE_DEL,
	VSW_CMD_RULE_FLUSH,
	VSW_CMD_RULE_BEGIN,
	VSW_CMD_RULE_COMMIT,
	VSW_CMD_RULE_ABORT,
	VSW_CMD_RULE_NEW_NTF,
	VSW_CMD_RULE_DEL_NTF,
	VSW_CMD_TRACE,
	VSW_CMD_DROP_NTF,
	VSW_CMD_POLICER_GET,
	VSW_CMD_POLICER_NEW,
	VSW_CMD_POLICER_SET,
	VSW_CMD_POLICER_DEL,
	VSW_CMD_POLICER_NEW_NTF,
	VSW_CMD_POLICER_SET_NTF,
	VSW_CMD_POLICER_DEL_NTF,
	VSW_CMD_SET_GET,
	VSW_CMD_SET_NEW,
	VSW_CMD_SET_DEL,
	VSW_CMD_SET_FLUSH,
	VSW_CMD_SET_NEW_NTF,
	VSW_CMD_SET_DEL_NTF,
	VSW_CMD_SET_FLUSH_NTF,

	/* private: */
	__VSW_CMD_MAX,
	VSW_CMD_MAX = (__VSW_CMD_MAX - 1)
};

#endif /* _UAPI_LINUX_VSWITCH_H */
