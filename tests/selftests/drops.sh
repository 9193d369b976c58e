#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Each reason to drop a frame, provoked, and counted where it should be and
# nowhere else: after each the whole table of counters is compared.
#
#    h1     h2     h3      h4      veth, hosts' side
#    |      |      |       |
#   +p1----+p2----+p3-----+p4-----+
#   |   1      1     20      30   |  access VLAN; p3 a trunk
#   |            vsw0             |
#   +--------------1--------------+
#             host port

. "$(dirname "$0")/lib.sh"

declare -A EXPECTED

setup() {
	make_topology 4
	vsctl -b - <<-END
		port set p3 vlan trunk 20
		port set p4 vlan access 30
		fdb add $M2 vlan 1 port p2
	END
}

# expect PORT REASON N: so many more there, and in the sum
expect() {
	EXPECTED["$1 $2"]=$((${EXPECTED["$1 $2"]:-0} + $3))
	EXPECTED["vsw0* $2"]=$((${EXPECTED["vsw0* $2"]:-0} + $3))
}

# counted TEST: the end of each: all counters are as expected, no others
counted() {
	local dev reason packets
	local -A got=()

	while read -r dev reason packets; do
		check_eq "$packets" "${EXPECTED["$dev $reason"]}" \
			"$reason of $dev"
		got["$dev $reason"]=$packets
	done < <(drop_counters vsw0)
	check_eq "${#got[@]}" "${#EXPECTED[@]}" "counters that are not 0"
	# One mistake is not to fail all tests after it.
	EXPECTED=()
	for dev in "${!got[@]}"; do
		EXPECTED["$dev"]=${got["$dev"]}
	done
	log_test "$1"
}

malformed() {
	frame "a VLAN tag that ends with its type" \
		tx vsw0 "$BCAST $HOST_MAC 8100" \
		tx vsw0 "$BCAST $HOST_MAC 8100 0001" \
		none h1 none h2 none h3 none h4
	expect vsw0 malformed 2
	counted "malformed"
}

src_invalid() {
	frame "group and zero as source" \
		tx h1 "$M2 $MCAST $DATA" tx h1 "$M2 $BCAST $DATA" \
		tx h1 "$M2 00*6 $DATA" tx vsw0 "$M2 $MCAST $DATA" \
		none h1 none h2 none h3 none h4 none vsw0
	expect p1 src-invalid 3
	expect vsw0 src-invalid 1
	counted "src-invalid"
}

src_local() {
	frame "the host's address at another port" \
		tx h1 "$M2 $HOST_MAC $DATA" none h2 none vsw0
	expect p1 src-local 1
	counted "src-local"
}

dst_reserved() {
	local last
	local -a steps=()

	for last in 00 01 02 03 0e 0f; do
		steps+=(tx vsw0 "01:80:c2:00:00:$last $HOST_MAC $DATA")
	done
	frame "reserved addresses, by the host" "${steps[@]}" \
		none h1 none h2 none h3 none h4
	expect vsw0 dst-reserved 6
	steps=()
	for last in 00 02 03 0e; do
		steps+=(tx h1 "01:80:c2:00:00:$last $M1 $DATA")
		steps+=(rx p1 "01:80:c2:00:00:$last $M1 $DATA")
	done
	frame "at a port they are for its device" "${steps[@]}" \
		none h2 none h3 none h4 none vsw0
	frame "the next address is no reserved one" \
		tx h1 "01:80:c2:00:00:10 $M1 $DATA" \
		rx h2 "01:80:c2:00:00:10 $M1 $DATA" \
		rx vsw0 "01:80:c2:00:00:10 $M1 $DATA"
	counted "dst-reserved"
}

vlan_tagged() {
	frame "a tag at an access port" \
		tx h1 "$M2 $M1 $(tag 1) $DATA" tx h4 "$BCAST $M4 $(tag 5) $DATA" \
		none h2 none vsw0 none h3
	expect p1 vlan-tagged 1
	expect p4 vlan-tagged 1
	counted "vlan-tagged"
}

vlan_untagged() {
	frame "no tag at a trunk" \
		tx h3 "$BCAST $M3 $DATA" tx h3 "$BCAST $M3 $(tag 0) $DATA" \
		none h1 none h2 none h4 none vsw0
	expect p3 vlan-untagged 2
	counted "vlan-untagged"
}

vlan_ingress() {
	frame "a VLAN that is not the trunk's" \
		tx h3 "$BCAST $M3 $(tag 1) $DATA" \
		tx h3 "$BCAST $M3 $(tag 4095) $DATA" \
		none h1 none h2 none h4 none vsw0
	expect p3 vlan-ingress 2
	counted "vlan-ingress"
}

vlan_egress() {
	check_ok vsctl port set p2 vlan access 2
	frame "a static entry whose port has left the VLAN" \
		tx h1 "$M2 $M1 $DATA" none h2 none vsw0
	check_ok vsctl port set p2 vlan access 1
	expect p2 vlan-egress 1
	counted "vlan-egress"
}

same_port() {
	frame "to a station behind the same port" \
		tx h2 "$M2 $M1 $DATA" none h1 none h2 none vsw0
	expect p2 same-port 1
	counted "same-port"
}

no_receiver() {
	frame "a VLAN with one port only" \
		tx h4 "$BCAST $M4 $DATA" tx h4 "$M1 $M4 $DATA" \
		none h1 none h2 none h3 none vsw0
	expect p4 no-receiver 2
	counted "no-receiver"
}

port_down() {
	check_ok ip link set p2 down
	frame "to a port that is down" \
		tx h1 "$M2 $M1 $DATA" tx vsw0 "$M2 $HOST_MAC $DATA"
	expect p2 port-down 2
	check_ok ip link set p2 up
	wait_up p2 h2
	counted "port-down"
}

no_carrier() {
	check_ok ip link set h2 down
	wait_down p2
	frame "to a port without carrier" tx h1 "$M2 $M1 $DATA"
	expect p2 port-down 1
	check_ok ip link set h2 up
	wait_up p2 h2
	counted "port-down, for want of carrier"
}

too_big() {
	ip -batch - <<-END
		link set h1 mtu 2000
		link set p1 mtu 2000
	END
	frame "1500 bytes pass, tagged or not; 1501 do not" \
		tx h1 "$M2 $M1 $EXP 00*1500" rx h2 "$M2 $M1 $EXP 00*1500" \
		tx h1 "$M2 $M1 $EXP 00*1501" tx h1 "$M2 $M1 $EXP 00*2000" \
		none vsw0
	expect p2 too-big 2
	ip -batch - <<-END
		link set h1 mtu 1500
		link set p1 mtu 1500
	END
	counted "too-big"
}

queue_full() {
	if ! tc qdisc add dev p2 root bfifo limit 1 2>/dev/null; then
		log_skip "queue-full" "no tc"
		return
	fi
	frame "into a queue without room" \
		tx h1 "$M2 $M1 $DATA" none h2 none vsw0
	tc qdisc del dev p2 root
	expect p2 queue-full 1
	counted "queue-full"
}

# A queue that drops the oldest for the newest says that it is congested.
queue_congested() {
	local f="$M2 $M1 $EXP 00*1486"

	if ! tc qdisc add dev p2 root handle 1: \
		tbf rate 800bit burst 1600 limit 16000 2>/dev/null; then
		log_skip "queue-full by congestion" "no tc tbf"
		return
	fi
	check_ok tc qdisc add dev p2 parent 1: pfifo_head_drop limit 1
	frame "one passes, one waits, two take another's place" \
		tx h1 "$f 01" tx h1 "$f 02" tx h1 "$f 03" tx h1 "$f 04" \
		rx h2 "$f 01" none vsw0
	tc qdisc del dev p2 root
	expect p2 queue-full 2
	counted "queue-full by congestion"
}

# One copy may be lost where others are not.
flooded() {
	check_ok ip link set p4 mtu 1000
	vsctl port set p4 vlan access 1
	frame "a copy for each port" \
		tx h1 "$BCAST $M1 $EXP 00*1200" rx h2 "$BCAST $M1 $EXP 00*1200" \
		none h4 none vsw0
	expect p4 too-big 1
	# Its own MTU follows the smallest.
	expect vsw0 too-big 1
	vsctl port set p4 vlan access 30
	ip link set p4 mtu 1500
	counted "of a flooded frame each copy counts for itself"
}

statistics() {
	local key sum=0 stats line

	stats=$(ethtool -S vsw0)
	for key in "${!EXPECTED[@]}"; do
		[[ $key == "vsw0*"* ]] || continue
		line="drop_${key#* }: ${EXPECTED[$key]}"
		[[ $stats == *"$line"* ]]
		check_err $? "ethtool -S: no '$line' in $stats"
	done
	for key in "${!EXPECTED[@]}"; do
		[[ $key != "p1 "* ]] || sum=$((sum + EXPECTED[$key]))
	done
	check_match "$(vsctl -j -s port show p1)" "*\"drops\":${sum}[,}]*" \
		"drops of p1"
	log_test "ethtool and the port's sum agree"
}

port_removed() {
	local key

	check_ok ip link del h1
	check_ok vsctl port del p2
	for key in "${!EXPECTED[@]}"; do
		[[ $key != "p"[12]" "* ]] || unset 'EXPECTED[$key]'
	done
	counted "the switch's sum survives its ports"
}

no_memory() {
	log_skip "no-memory" \
		"needs a kernel that makes allocations fail; there, tests/fuzz/fault has it"
}

require ethtool
setup
malformed
src_invalid
src_local
dst_reserved
vlan_tagged
vlan_untagged
vlan_ingress
vlan_egress
same_port
no_receiver
port_down
no_carrier
too_big
queue_full
queue_congested
flooded
statistics
port_removed
no_memory
finish
