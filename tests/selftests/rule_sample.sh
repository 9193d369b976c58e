#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Samples: what the kernel's psample gives of frames, to which group, and of how
# many.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	read -r P1 </sys/class/net/p1/ifindex
	read -r P2 </sys/class/net/p2/ifindex
	HEAD1=020000000002020000000001
	ZEROES=$(printf '00%.0s' {1..46})
}

begin_samples() {
	local line

	# Its end is read and written as file descriptors of the array.
	# shellcheck disable=SC2034
	coproc SAMPLES { "$(helper psample)"; }
	read -rt 10 -u "${SAMPLES[0]}" line
	[ "$line" = ready ] || skip_all "no psample: $line"
}

# sample: into REPLY, the next one; "none" if none is there
sample() {
	read -rt "${1:-10}" -u "${SAMPLES[0]}" REPLY || REPLY=none
}

# check_sample EXPECTED WHAT
check_sample() {
	sample
	check_eq "$REPLY" "$1" "$2"
}

no_sample() {
	sample 0.3
	check_eq "$REPLY" none "$1"
}

bytes() {
	check_ok vsctl rule add vsw0 prio 9 match port p1 \
		action sample rate 1 group 5 permit
	check_match "$(vsctl rule show vsw0)" \
		"*action sample rate 1 group 5 permit*" "as it is shown"
	check_match "$(vsctl -j rule show vsw0)" \
		'*{"action":"sample","rate":1,"group":5}*' "in JSON"
	frame "passes" tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" none h3
	check_sample "$P1 5 1 60 $HEAD1$EXP$ZEROES" "all of it"
	frame "another port" tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA"
	no_sample "no rule samples it"
	check_match "$(vsctl -s rule show vsw0)" "*packets 1 *" "counted"
	log_test "bytes of a frame, and of none that is not to be sampled"
}

cut_off() {
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 prio 9 match port p1 \
		action sample group 4294967295 trunc 14 rate 1 permit
	check_match "$(vsctl rule show vsw0)" \
		"*action sample rate 1 group 4294967295 trunc 14 permit*" \
		"as it is shown"
	check_match "$(vsctl -j rule show vsw0)" \
		'*"rate":1,"group":4294967295,"trunc":14}*' "in JSON"
	frame "passes" tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA"
	check_sample "$P1 4294967295 1 60 $HEAD1$EXP" "14 bytes of 60"
	log_test "the first bytes alone"
}

# What is dropped, changed or in a VLAN.
ways() {
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 prio 9 match port p1 \
		action sample rate 1 group 1 trunc 14 set mac dst "$M3" \
		sample rate 1 group 2 trunc 14 drop
	frame "dropped" tx h1 "$M2 $M1 $DATA" none h2 none h3
	check_sample "$P1 1 1 60 $HEAD1$EXP" "as it came"
	check_sample "$P1 2 1 60 020000000003020000000001$EXP" "changed"
	check_ok vsctl rule flush vsw0
	check_ok vsctl port set p1 vlan trunk 5 native 1
	check_ok vsctl port set p2 vlan access 5
	check_ok vsctl rule add vsw0 action sample rate 1 group 1 trunc 18 \
		permit
	frame "from a trunk" tx h1 "$BCAST $M1 $(tag 5 3) $DATA" \
		rx h2 "$BCAST $M1 $DATA"
	check_sample "$P1 1 1 64 ffffffffffff020000000001$(tag 5 3)$EXP" \
		"with its tag"
	frame "from an access port" tx h2 "$BCAST $M2 $DATA" \
		rx h1 "$BCAST $M2 $(tag 5) $DATA"
	check_sample "$P2 1 1 60 ffffffffffff020000000002${EXP}00000000" \
		"without one"
	frame "of the native VLAN" tx h1 "$BCAST $M1 $DATA" \
		rx h3 "$BCAST $M1 $DATA"
	check_sample "$P1 1 1 60 ffffffffffff020000000001${EXP}00000000" \
		"without one"
	check_ok vsctl port set p1 vlan access 1
	check_ok vsctl port set p2 vlan access 1
	log_test "dropped, changed, tagged"
}

# 200 frames of which one in four is sampled: 50, and with a chance of one in
# some 10^9 not from 12 to 100.
rates() {
	local -a ops=()
	local i n=0

	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match port p1 \
		action sample rate 4 group 7 trunc 1 drop
	for ((i = 0; i < 200; i++)); do
		ops+=(tx h1 "$M2 $M1 $DATA")
	done
	frame "200 frames" "${ops[@]}" none h2
	while sample 1; [ "$REPLY" != none ]; do
		check_eq "$REPLY" "$P1 7 4 60 02" "a sample"
		n=$((n + 1))
	done
	[ "$n" -ge 12 ] && [ "$n" -le 100 ]
	check_err $? "$n of 200"
	check_match "$(vsctl -s rule show vsw0)" "*packets 200 *" "counted"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match port p1 \
		action sample rate 4294967295 group 7 drop
	frame "none of these" tx h1 "$M2 $M1 $DATA" none h2
	no_sample "one in 4294967295"
	log_test "one in so many, at random"
}

traced() {
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 prio 9 match port p1 \
		action sample rate 1 group 5 sample rate 10 group 6 drop
	check_eq "$(vsctl trace vsw0 port p1 mac src $M1 dst $M2 | head -n 4)" \
		"receive: port p1 vlan 1
rule: $(vsctl rule show vsw0)
sample: rate 1 group 5
sample: rate 10 group 6 if it is its turn" "what it says"
	no_sample "of a traced frame"
	log_test "trace"
}

# is_groups LIST: these are all that there are
is_groups() {
	[ "$("$(helper psample)" groups | sort -n | tr '\n' ' ')" = "$1" ]
}

# check_groups LIST WHAT: rules that are gone have theirs a while longer
check_groups() {
	wait_for 10 is_groups "$1"
	check_err $? "$2"
}

# Groups are there as long as a rule has them; a set of rules that is refused
# has left none.
groups() {
	local i n
	local -a many=()
	local mac

	check_ok vsctl rule flush vsw0
	for ((i = 0; i < 10; i++)); do
		many+=(sample rate 1 group "$i")
	done
	for ((i = 0; i < 410; i++)); do
		printf -v mac '02:00:00:00:%02x:%02x' $((i / 256)) $((i % 256))
		echo "match port p1 mac dst $mac action ${many[*]} drop"
	done >"$TMP"
	check_refused "take samples in 4096 places" \
		vsctl rule replace vsw0 "$TMP"
	check_eq "$(vsctl rule show vsw0)" "" "nothing is left of it"
	check_groups "" "nor of its groups"
	sed -i 1d "$TMP"
	check_ok vsctl rule replace vsw0 "$TMP"
	check_groups "0 1 2 3 4 5 6 7 8 9 " "those of the rules"
	frame "one of the rules" tx h1 "$M2 $M1 $DATA" none h2
	for ((n = 0; n < 10; n++)); do
		check_sample "$P1 $n 1 60 $HEAD1$EXP$ZEROES" "group $n"
	done
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule replace vsw0 "$TMP"
	echo "match port p1 action sample rate 1 group 77 drop" >"$TMP"
	check_ok vsctl rule replace vsw0 "$TMP"
	check_groups "77 " "of the one that took their place"
	log_test "as many as there can be, and again"
}

refused() {
	check_refused "expected a number from 1 to" \
		vsctl rule add vsw0 action sample rate 0 group 1 permit
	check_refused "must be followed by 'group' and a number" \
		vsctl rule add vsw0 action sample rate 1 permit
	check_refused "What becomes of the frame in the end is not said" \
		vsctl rule add vsw0 action sample rate 1 group 1
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 action sample rate 1 group 1 reject
	log_test "what is refused"
}

# With rules that have groups, and with the namespace.
gone() {
	check_ok vsctl switch del vsw0
	check_eq "$("$(helper psample)" groups)" "" "groups, without a wait"
	check_ok vsctl switch add vsw0
	check_ok vsctl rule add vsw0 action sample rate 1 group 1 permit
	log_test "groups go with their switch"
}

cleanup() { rm -f "$TMP"; }

TMP=$(mktemp)
setup
begin_samples
bytes
cut_off
ways
rates
traced
groups
refused
gone
finish
