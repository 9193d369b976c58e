#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Tracepoints: vswitch:vsw_receive, vsw_forward and vsw_drop.
#
#    h1     h2     h3      veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3---+
#   |  10     10    20  |  access VLAN
#   |       vsw0        |
#   +-------------------+

. "$(dirname "$0")/lib.sh"

cleanup() { end_trace; }

setup() {
	begin_trace
	[ -e "$TRACE/events/vswitch" ] || return
	make_topology 3
	vsctl -b - <<-END
		port set p1 vlan access 10
		port set p2 vlan access 10
		port set p3 vlan access 20
	END
	echo 1 >"$TRACE/events/vswitch/enable"
}

# traced PATTERN WHAT: an event of this test, exactly one
traced() {
	local line n=0

	while IFS= read -r line; do
		# A pattern it is.
		# shellcheck disable=SC2053
		[[ $line != $1 ]] || n=$((n + 1))
	done <<<"$LOG"
	check_eq "$n" 1 "$2: events like '$1'"
}

exist() {
	local event

	for event in vsw_receive vsw_forward vsw_drop; do
		[ -e "$TRACEFS/events/vswitch/$event/format" ]
		check_err $? "no event $event"
	done
	log_test "the tracepoints exist"
}

# send ARGUMENT...: frames, and what they left in the trace
send() {
	: >"$TRACE/trace"
	frame "$@"
	LOG=$(<"$TRACE/trace")
}

fire() {
	send "unicast" \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA"
	traced "*vsw_receive: switch=vsw0 port=p1 *len=60 tagged=0*" "receive"
	traced "*vsw_forward: switch=vsw0 in=p1 out=p2 *len=60 vid=10 \
dst=$M2 src=$M1*" "forward"
	log_test "receive and forward"
}

flood() {
	check_ok vsctl port set p3 vlan access 10
	send "flood" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx h3 "$BCAST $M1 $DATA"
	traced "*vsw_receive: *" "receive"
	traced "*vsw_forward: * in=p1 out=p2 *" "forward to p2"
	traced "*vsw_forward: * in=p1 out=p3 *" "forward to p3"
	check_ok vsctl port set p3 vlan access 20
	log_test "one forward for each copy"
}

drop() {
	send "two drops" \
		tx h1 "$M2 $M1 $(tag 7 5) $DATA" tx h3 "$BCAST $M3 $DATA"
	traced "*vsw_receive: * port=p1 *tagged=1 tci=0xa007*" "receive"
	traced "*vsw_drop: switch=vsw0 port=p1 in=p1 *reason=vlan-tagged*" \
		"drop at ingress"
	traced "*vsw_drop: switch=vsw0 port=p3 in=p3 * vid=20 \
reason=no-receiver*" "drop after lookup"
	[[ $LOG != *vsw_forward* ]]
	check_err $? "forwarded: $LOG"
	check_ok vsctl fdb add "$M4" vlan 10 port p2
	ip link set p2 down
	send "drop at egress" tx h1 "$M4 $M1 $DATA"
	traced "*vsw_drop: switch=vsw0 port=p2 in=p1 * vid=10 \
reason=port-down*" "drop at egress"
	log_test "drop, with its reason"
}

setup
exist
if [ -e "$TRACE/events/vswitch" ]; then
	fire
	flood
	drop
fi
finish
