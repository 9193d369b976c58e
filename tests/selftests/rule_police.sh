#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Policers: what passes at once, what comes back after a time, who shares it, and
# what keeps one from being removed.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

. "$(dirname "$0")/lib.sh"

# 1000 bytes with the Ethernet header.
FRAME="$EXP 00*986"

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	check_ok vsctl fdb add "$M3" vlan 1 port p3
}

# send N: N frames at once from h1 to h2
send() {
	local i
	local -a ops

	for ((i = 0; i < $1; i++)); do
		ops+=(tx h1 "$M2 $M1 $FRAME")
	done
	frame "$1 frames" "${ops[@]}"
}

# number NAME KEY: into REPLY, a number out of "police show"
number() {
	local object
	local -a objects

	IFS='{' read -rd '' -a objects < <(vsctl -j police show vsw0)
	for object in "${objects[@]}"; do
		json_value "$object" name || continue
		[ "$REPLY" = "$1" ] || continue
		json_value "$object" "$2" || REPLY=none
		return
	done
	REPLY=none
}

# counted NAME PASSED DROPPED: these are its packets
counted() {
	number "$1" passed-packets
	check_eq "$REPLY" "$2" "$1: passed"
	number "$1" dropped-packets
	check_eq "$REPLY" "$3" "$1: dropped"
}

# Three frames fit, and the fourth would have to wait for 500 seconds.
bits() {
	check_ok vsctl police add vsw0 slow rate 8bit burst 3500
	check_ok vsctl rule add vsw0 prio 9 match port p1 action police slow \
		permit
	check_match "$(vsctl rule show vsw0)" "*action police slow permit*" \
		"as it is shown"
	frame "three pass, no fourth" \
		tx h1 "$M2 $M1 $FRAME" tx h1 "$M2 $M1 $FRAME" \
		tx h1 "$M2 $M1 $FRAME" tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" rx h2 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" none h3
	counted slow 3 1
	number slow passed-bytes
	check_eq "$REPLY" 3000 "bytes that passed"
	number slow dropped-bytes
	check_eq "$REPLY" 1000 "bytes that did not"
	check_eq "$(drop_count vsw0 p1 police)" 1 "police of p1"
	frame "a small one still fits" tx h1 "$M2 $M1 $DATA" \
		rx h2 "$M2 $M1 $DATA"
	frame "others are not policed" tx h3 "$M2 $M3 $FRAME" \
		rx h2 "$M2 $M3 $FRAME"
	counted slow 4 1
	log_test "a rate in bits"
}

traced() {
	check_match "$(vsctl trace vsw0 port p1 mac src $M1 dst $M2 \
		type 0x88b5)" "*send: port p2*" "what it says"
	counted slow 4 1
	log_test "a traced frame takes nothing, and is not counted"
}

shared() {
	check_ok vsctl rule add vsw0 prio 8 match port p3 action police slow \
		permit
	number slow rules
	check_eq "$REPLY" 2 "rules"
	frame "nothing is left for p3" tx h3 "$M2 $M3 $FRAME" none h2
	check_eq "$(drop_count vsw0 p3 police)" 1 "police of p3"
	log_test "shared by two rules"
}

changed() {
	check_ok vsctl police set vsw0 slow burst 2000
	check_match "$(vsctl police show vsw0)" \
		"slow: *rate 8bit burst 2000" "as it is shown"
	frame "two pass" tx h1 "$M2 $M1 $FRAME" tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" rx h2 "$M2 $M1 $FRAME" \
		next tx h3 "$M2 $M3 $FRAME" none h2
	check_ok vsctl police set vsw0 slow rate 1gbit
	check_match "$(vsctl police show vsw0)" \
		"slow: *rate 1gbit burst 2000" "as it is shown"
	# Two frames are 16 microseconds.
	frame "faster than frames come" tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" next tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" next tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME"
	log_test "a change is there at once"
}

# What comes back is counted from the outside: the machine may be slow.
packets() {
	local begun=$SECONDS passed

	check_ok vsctl rule flush vsw0
	check_ok vsctl police add vsw0 few pps 1 pburst 5
	check_ok vsctl rule add vsw0 match port p1 action police few permit
	send 20
	number few passed-packets
	passed=$REPLY
	[ "$passed" -ge 5 ] && [ "$passed" -le $((6 + SECONDS - begun)) ]
	check_err $? "$passed of 20 passed at once, in $((SECONDS - begun)) s"
	number few dropped-packets
	check_eq $((REPLY + passed)) 20 "passed or dropped"
	nap 1.2
	send 1
	number few passed-packets
	[ "$REPLY" -gt "$passed" ]
	check_err $? "$REPLY passed, and $passed did a second before"
	check_ok vsctl police set vsw0 few pps 1000 rate 8bit burst 1518
	frame "two limits: the narrower holds" tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" next tx h1 "$M2 $M1 $FRAME" none h2
	log_test "a rate in packets"
}

# What the second drops the first has let pass.
chained() {
	check_ok vsctl rule flush vsw0
	check_ok vsctl police add vsw0 wide rate 8bit burst 100000
	check_ok vsctl police add vsw0 narrow rate 8bit burst 2500
	check_ok vsctl rule add vsw0 match port p1 action police wide \
		police narrow output p3
	frame "as many as the narrow one lets pass" \
		tx h1 "$M2 $M1 $FRAME" tx h1 "$M2 $M1 $FRAME" \
		tx h1 "$M2 $M1 $FRAME" rx h3 "$M2 $M1 $FRAME" \
		rx h3 "$M2 $M1 $FRAME" none h2
	counted wide 3 0
	counted narrow 2 1
	log_test "two policers in a rule"
}

held() {
	check_refused 'Rules use the policer ("wide")' \
		vsctl police del vsw0 wide
	number wide rules
	check_eq "$REPLY" 1 "rules"
	check_ok vsctl rule flush vsw0
	check_ok vsctl police del vsw0 wide
	check_refused "The switch has no policer of this name" \
		vsctl police del vsw0 wide
	check_refused 'The switch has no policer of this name ("wide")' \
		vsctl rule add vsw0 action police wide permit
	check_ok vsctl police add vsw0 wide rate 1mbit
	number wide passed-packets
	check_eq "$REPLY" 0 "a new one has counted nothing"
	log_test "removed only without rules"
}

replaced() {
	local rules=$TMP

	echo "match port p1 action police narrow permit" >"$rules"
	check_ok vsctl rule replace vsw0 "$rules"
	check_refused "Rules use the policer" vsctl police del vsw0 narrow
	check_ok vsctl police set vsw0 narrow burst 1518
	frame "the rule of a set" tx h1 "$M2 $M1 $FRAME" \
		rx h2 "$M2 $M1 $FRAME" next tx h1 "$M2 $M1 $FRAME" none h2
	echo "match port p1 action police none permit" >>"$rules"
	check_refused "The switch has no policer of this name" \
		vsctl rule replace vsw0 "$rules"
	number narrow rules
	check_eq "$REPLY" 1 "rules, after a set was refused"
	echo "match port p1 action police wide permit" >"$rules"
	check_ok vsctl rule replace vsw0 "$rules"
	check_ok vsctl police del vsw0 narrow
	number wide rules
	check_eq "$REPLY" 1 "rules"
	log_test "rules replaced as a whole"
}

refused() {
	check_refused "The switch has a policer of this name" \
		vsctl police add vsw0 wide pps 1
	check_refused "A policer needs a rate" \
		vsctl police add vsw0 new burst 10000
	check_refused "There is no burst without a rate" \
		vsctl police add vsw0 new pps 5 burst 10000
	check_refused "There is no burst without a rate" \
		vsctl police set vsw0 wide pburst 5
	check_refused "Less than a frame of the switch's MTU" \
		vsctl police add vsw0 new rate 1mbit burst 1517
	check_refused "Less than a frame of the switch's MTU" \
		vsctl police set vsw0 wide burst 1000
	check_refused "What becomes of the frame in the end is not said" \
		vsctl rule add vsw0 action police wide
	check_refused "through this policer already" \
		vsctl rule add vsw0 action police wide police wide permit
	check_match "$(vsctl police show vsw0)" "*wide: *rate 1mbit burst 131072*" \
		"as it was, with the default burst"
	check_ok vsctl rule add vsw0 action police wide reject
	log_test "what is refused"
}

# With a rule that uses one.
gone() {
	check_ok vsctl switch del vsw0
	check_ok vsctl switch add vsw0
	check_eq "$(vsctl police show)" "" "policers of the new one"
	log_test "they go with their switch"
}

cleanup() { rm -f "$TMP"; }

TMP=$(mktemp)
setup
bits
traced
shared
changed
packets
chained
held
replaced
refused
gone
finish
