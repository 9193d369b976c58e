#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Frames go past the queue of a device that has none, and past the backlog of the
# other end of a veth, and through them as soon as anyone stands there.
#
#    h1     h2      veth, hosts' side
#    |      |
#   +p1----+p2---+
#   |    vsw0    |
#   +------------+

. "$(dirname "$0")/lib.sh"

cleanup() { end_trace; }

# watch DEVICE PEER: what the core says of each frame that it gets to send by the
# one, and of each that it puts into the backlog for the other
watch() {
	echo "name == \"$1\"" >"$TRACE/events/net/net_dev_queue/filter"
	echo "name == \"$2\"" >"$TRACE/events/net/netif_rx/filter"
	echo 1 >"$TRACE/events/net/net_dev_queue/enable"
	echo 1 >"$TRACE/events/net/netif_rx/enable"
}

setup() {
	begin_trace
	make_topology 2
	frame "let the stations be known" -g 0 \
		tx h1 "$BCAST $M1 $DATA" tx h2 "$BCAST $M2 $DATA"
	NCHECKS=0
	watch p2 h2
}

# queued N M WHAT: since last asked so many frames went through the queue, and so
# many into the backlog
queued() {
	local line queue=0 backlog=0

	while IFS= read -r line; do
		[[ $line != *net_dev_queue:* ]] || queue=$((queue + 1))
		[[ $line != *netif_rx:* ]] || backlog=$((backlog + 1))
	done <"$TRACE/trace"
	: >"$TRACE/trace"
	check_eq "$queue $backlog" "$1 $2" "$3: through queue and backlog"
}

# arrives WHAT: a frame from h1 does at h2
arrives() {
	frame "$1" tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA"
}

# again WHAT: nobody is there any more
again() {
	arrives "after $1"
	queued 0 0 "after $1"
}

directly() {
	arrives "nobody there"
	queued 0 0 "nobody there"
	frame "a flooded one, too" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA"
	queued 0 0 "flooded"
	log_test "past a queue that there is not"
}

capture() {
	frame "a capture on the port" -P p2 \
		tx h1 "$M2 $M1 $DATA" out p2 "$M2 $M1 $DATA" \
		rx h2 "$M2 $M1 $DATA"
	queued 1 1 "captured"
	again "the capture"
	log_test "a capture sees what leaves"
}

# tc_packets WORD...: the last number of packets that tc shows
tc_packets() {
	local line n=none

	while read -r line; do
		[[ $line != "Sent "*" bytes "*" pkt"* ]] || {
			n=${line#* bytes }
			n=${n%% pkt*}
		}
	done < <(tc -s "$@")
	echo "$n"
}

egress_filter() {
	check_ok tc qdisc add dev p2 clsact
	check_ok tc filter add dev p2 egress matchall action drop
	frame "tc drops it" tx h1 "$M2 $M1 $DATA" none h2
	check_eq "$(tc_packets filter show dev p2 egress)" 1 "seen by tc"
	check_eq "$(drop_count vsw0 p2 queue-full)" 1 "counted as not sent"
	check_ok tc qdisc del dev p2 clsact
	again "the filter"
	log_test "tc on egress decides"
}

queueing_discipline() {
	check_ok tc qdisc add dev p2 root pfifo limit 10
	arrives "by a queue"
	check_eq "$(tc_packets qdisc show dev p2)" 1 "seen by the queue"
	queued 1 1 "by a queue"
	check_ok tc qdisc del dev p2 root
	again "the queue"
	log_test "a queueing discipline gets every frame"
}

netfilter() {
	local out

	if ! out=$(nft -f - 2>&1 <<-END
		table netdev vsw {
			chain out {
				type filter hook egress device p2 priority 0;
				counter drop
			}
		}
	END
	); then
		log_skip "netfilter on egress decides" \
			"this kernel cannot: ${out%%$'\n'*}"
		return
	fi
	frame "netfilter drops it" tx h1 "$M2 $M1 $DATA" none h2
	check_match "$(nft list table netdev vsw)" "*counter packets 1 *" \
		"seen by netfilter"
	check_ok nft delete table netdev vsw
	again "netfilter"
	log_test "netfilter on egress decides"
}

# packets DEVICE rx|tx: its own counter, and how many bytes
packets() {
	local n bytes

	read -r n <"/sys/class/net/$1/statistics/$2_packets"
	read -r bytes <"/sys/class/net/$1/statistics/$2_bytes"
	echo "$n $bytes"
}

counters() {
	local sent got

	sent=$(packets p2 tx)
	got=$(packets h2 rx)
	arrives "to be counted"
	check_eq "$(packets p2 tx)" "$((${sent% *} + 1)) $((${sent#* } + 60))" \
		"sent by p2"
	check_eq "$(packets h2 rx)" "$((${got% *} + 1)) $((${got#* } + 60))" \
		"received by h2"
	log_test "both ends of the veth count it"
}

from_host() {
	frame "what the host sends" \
		tx vsw0 "$M2 $HOST_MAC $DATA" rx h2 "$M2 $HOST_MAC $DATA"
	queued 0 1 "from the host"
	log_test "what the host sends goes by the backlog"
}

to_host() {
	watch p2 vsw0
	frame "what is for the host" \
		tx h1 "$HOST_MAC $M1 $DATA" rx vsw0 "$HOST_MAC $M1 $DATA"
	queued 0 0 "to the host"
	check_ok ip link add link vsw0 name vsw0.5 type vlan id 5
	frame "what is for the host, a VLAN device upon it" \
		tx h1 "$HOST_MAC $M1 $DATA" rx vsw0 "$HOST_MAC $M1 $DATA"
	queued 0 1 "to the host, a VLAN device upon it"
	check_ok ip link del vsw0.5
	watch p2 h2
	log_test "to the host at once, if nothing stands on its port"
}

upper_device() {
	check_ok ip link add link h2 name h2.5 type vlan id 5
	arrives "a VLAN device upon the peer"
	queued 0 1 "a VLAN device upon the peer"
	check_ok ip link del h2.5
	again "the VLAN device"
	check_ok tc qdisc add dev h2 clsact
	check_ok tc filter add dev h2 ingress matchall action pass
	arrives "tc at the peer"
	queued 0 1 "tc at the peer"
	check_eq "$(tc_packets filter show dev h2 ingress)" 1 "seen by tc"
	check_ok tc qdisc del dev h2 clsact
	again "tc at the peer"
	log_test "the backlog breaks a circle of devices"
}

receive_offload() {
	local before

	check_ok ethtool -K h2 gro on
	arrives "GRO at the peer"
	queued 0 1 "GRO at the peer"
	check_ok ethtool -K h2 gro off
	again "GRO"
	check_ok ip link set h2 mtu 1000
	before=$(drop_count vsw0 p2 queue-full)
	frame "too big for the peer" \
		tx h1 "$M2 $M1 $EXP 00*1200" none h2
	check_eq "$(drop_count vsw0 p2 queue-full)" $((before + 1)) \
		"counted as not sent"
	check_ok ip link set h2 mtu 1500
	again "a small MTU"
	log_test "what the peer wants of its own is done"
}

transmit_queues() {
	{
		echo "link add h3 numtxqueues 2 numrxqueues 2 type veth" \
			"peer name p3 numtxqueues 2 numrxqueues 2"
		echo "link set p3 master vsw0"
		echo "link set h3 up"
		echo "link set p3 up"
	} | ip -batch -
	check_err $? "a veth pair with two queues"
	wait_up h3 p3
	watch p3 h3
	frame "one of several queues" \
		tx h1 "$BCAST $M1 $DATA" rx h3 "$BCAST $M1 $DATA"
	queued 1 1 "several queues"
	log_test "the core chooses among several transmit queues"
}

setup
directly
capture
egress_filter
queueing_discipline
netfilter
counters
from_host
to_host
upper_device
receive_offload
transmit_queues
finish
