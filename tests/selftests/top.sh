#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vsctl top: what it makes of counters, while things come, go and are renamed.
# How fast this machine is does not matter: rates times the intervals that they
# are of must be as much as was sent.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

. "$(dirname "$0")/lib.sh"

SENT=400 DROPPED=150 LEN=114
# No station that is counted up to from here is the host.
FIRST=02:00:00:00:10:01

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	check_ok vsctl rule add vsw0 prio 7 match mac dst "$M3" action drop
	check_ok vsctl rule add vsw0 prio 6 match mac dst "$M4" action drop
}

# begin_top ARGUMENT...: as JSON, in the background
begin_top() {
	exec {ROUNDS}< <(exec "$VSCTL" -j top "$@" 2>&1)
	TOP=$!
}

end_top() {
	kill "$TOP" 2>/dev/null
	exec {ROUNDS}<&-
}

# next_round: into ROUND
next_round() {
	read -rt 60 -u "$ROUNDS" ROUND && [[ $ROUND == "{"*"}" ]]
}

# value OBJECT KEY: of the first object of the round that has the former in it,
# into REPLY
value() {
	local object=${ROUND#*"$1"}

	[ "$object" != "$ROUND" ] && json_value "{${object%%\}*}}" "$2" ||
		REPLY=0
}

# add SUM OBJECT KEY: how much that rate was in this round, in thousandths
add() {
	local interval

	json_value "$ROUND" interval
	interval=$REPLY
	value "$2" "$3"
	SUMS[$1]=$((${SUMS[$1]:-0} + REPLY * interval))
}

# check_sum SUM EXPECTED: rates and intervals are rounded
check_sum() {
	local got=$((SUMS[$1] / 1000))

	[ $((got * 100)) -ge $(($2 * 96 - 300)) ] &&
		[ $((got * 100)) -le $(($2 * 104 + 300)) ]
	check_err $? "$1: $got, expected about $2"
}

send() {
	frame "what is counted" \
		gen h1 "$SENT" "$M2 $FIRST $EXP 00*100" \
		rxgen h2 "$SENT" "$M2 $FIRST $EXP 00*100" \
		gen h1 "$DROPPED" "$M3 $FIRST $EXP 00*100"
}

# One round of those in which something was counted.
take_round() {
	local first

	add rx '"p1"' rx-packet-rate
	add rx-bits '"p1"' rx-bit-rate
	add tx '"p2"' tx-packet-rate
	add tx-bits '"p2"' tx-bit-rate
	add drops '"p1"' drop-rate
	add idle '"p3"' rx-packet-rate
	if [[ $ROUND == *'"rules":[{'* ]]; then
		RULE=${ROUND#*\"rules\":}
		add rule '"rules":' packet-rate
		add rule-bits '"rules":' bit-rate
	fi
	add reason '"drops":[' packet-rate
	value '"p1"' rx-packet-rate
	[ "$REPLY" != 0 ] || return
	first=${ROUND#*\"ports\":[\{\"name\":}
	check_match "$first" '"p[12]"*' "the port with most traffic"
}

rates() {
	local i before RULE=''
	local -A SUMS=()

	begin_top vsw0
	next_round
	check_err $? "no first round: $ROUND"
	value '"p1"' rx-packets
	before=$REPLY
	send
	for ((i = 0; i < 20; i++)); do
		next_round || break
		take_round
		value '"p1"' rx-packets
		[ "$REPLY" -lt $((before + SENT + DROPPED)) ] || break
	done
	end_top
	check_eq "$REPLY" $((before + SENT + DROPPED)) "frames in all"
	value '"p2"' tx-bytes
	check_eq "$REPLY" $((SENT * LEN)) "bytes in all, at the other port"
	json_value "$RULE" packets
	check_eq "$REPLY" "$DROPPED" "frames of the rule, in all"
	check_sum rx $((SENT + DROPPED))
	check_sum rx-bits $(((SENT + DROPPED) * LEN * 8))
	check_sum tx "$SENT"
	check_sum tx-bits $((SENT * LEN * 8))
	check_sum drops "$DROPPED"
	check_sum idle 0
	check_sum rule "$DROPPED"
	check_sum rule-bits $((DROPPED * LEN * 8))
	check_sum reason "$DROPPED"
	check_match "$RULE" '[[]{*"prio":7,*"action":"drop"}*' "the rule"
	[[ $RULE != *'"prio":6'* ]]
	check_err $? "a rule that decided nothing: $RULE"
	log_test "rates of ports, rules and drops are what was sent"
}

# A rule that comes while time passes has no rate. On a slow machine it may pass
# before all was sent.
rule_rates() {
	local seconds out rules sum

	for seconds in 4 12 60; do
		exec {rules}< <("$VSCTL" -j -s rule show vsw0 interval \
			"$seconds" 2>&1)
		sleep 1
		vsctl rule add vsw0 prio 5 match mac dst "$M4" action drop
		frame "to a rule" gen h1 "$DROPPED" "$M3 $FIRST $EXP 00*100"
		read -rd '' -t 120 -u "$rules" out
		exec {rules}<&-
		vsctl rule del vsw0 prio 5
		json_value "$out" packet-rate
		sum=$((REPLY * seconds))
		[ "$sum" -lt $((DROPPED - seconds)) ] || break
	done
	[ "$sum" -le $((DROPPED + seconds)) ]
	check_err $? "frames by the rate in $seconds s: $sum of $DROPPED"
	json_value "$out" bit-rate
	sum=$((REPLY * seconds / LEN / 8))
	[ "$sum" -ge $((DROPPED - seconds)) ] &&
		[ "$sum" -le $((DROPPED + seconds)) ]
	check_err $? "frames by the bits in $seconds s: $sum of $DROPPED"
	check_match "$out" '*"prio":6,*"packet-rate":0,"bit-rate":0*' \
		"a rule that decided nothing"
	[[ $out == *'"prio":5,'* && $out != *'"prio":5,'*-rate* ]]
	check_err $? "a rule that has come: $out"
	check_match "$(vsctl rule show interval 1)" \
		"*action drop rate 0p/s 0bit/s*" "text"
	check_refused "seconds from 1 to 3600" vsctl rule show interval 0
	log_test "rates of rules, in the order in which they decide"
}

text() {
	local out

	out=$(vsctl top count 2)
	check_eq $? 0 "exit code"
	check_match "$out" "vsw0:*p1 *0 *0bit/s*p3 *vsw0:*p1 *p3 *" \
		"two rounds"
	check_eq "$(vsctl top vsw0 count 3 | grep -c '^vsw0: .*drops/s$')" 3 \
		"rounds of text"
	check_eq "$(vsctl -j top count 2 | grep -c '^{.*}$')" 2 \
		"rounds of JSON, one a line"
	[[ $(vsctl top count 1) != *$'\e'* ]]
	check_err $? "text that is for no terminal"
	log_test "count ends it; a pipe gets one round after the other"
}

# In the round that it comes a port has counted nothing, whatever it did before.
comes_and_goes() {
	local i seen=''

	begin_top
	next_round
	check_err $? "no first round: $ROUND"
	check_ok ip link set p3 down
	check_ok ip link set p3 name renamed
	check_ok vsctl port del p2
	check_ok vsctl port add vsw0 new0 type internal
	check_ok vsctl rule del vsw0 prio 7
	for ((i = 0; i < 20; i++)); do
		next_round || break
		[[ $ROUND != *'"p2"'* && $ROUND != *'"p3"'* ]] || continue
		[[ $ROUND == *'"renamed"'*'"new0"'* ||
		   $ROUND == *'"new0"'*'"renamed"'* ]] && seen=1 && break
	done
	check_eq "$seen" 1 "ports in: $ROUND"
	value '"new0"' rx-packet-rate
	check_eq "$REPLY" 0 "rate of a port that has come"
	end_top
	check_ok vsctl port add vsw0 p2
	check_ok vsctl port del new0
	log_test "ports and rules come, go, and get other names"
}

switch_goes() {
	local i out status message=''

	check_ok vsctl switch add gone0
	begin_top
	next_round
	check_match "$ROUND" '*"name":"gone0"*' "the switch"
	exec {out}< <("$VSCTL" top gone0 2>&1; echo "exit $?")
	read -rt 60 -u "$out" status
	check_match "$status" "gone0:*" "a first round"
	check_ok vsctl switch del gone0
	while read -rt 60 -u "$out" status && [[ $status != exit* ]]; do
		[[ $status != vsctl:* ]] || message=$status
	done
	check_match "$message" 'vsctl: top: *[(]"gone0")' "message"
	check_eq "$status" "exit 1" "its end"
	exec {out}<&-
	# Rounds from before may wait.
	for ((i = 0; i < 20; i++)); do
		next_round || break
		[[ $ROUND == *gone0* ]] || break
	done
	[[ $ROUND == *'"name":"vsw0"'* && $ROUND != *gone0* ]]
	check_err $? "switches in: $ROUND"
	end_top
	vsctl top gone0 count 1 >/dev/null 2>&1
	check_eq $? 1 "exit code for a switch that is none"
	log_test "a switch is removed: of it alone there is no more to see"
}

wrong() {
	local word

	for word in 0 3601 0.5 -1 x; do
		check_refused "seconds from 1 to 3600" vsctl top interval "$word"
	done
	check_refused "must follow" vsctl top vsw0 interval
	check_refused "a number from 1" vsctl top count 0
	check_refused "given twice" vsctl top interval 1 interval 1
	check_refused "unknown word" vsctl top vsw0 more
	check_refused "no such device" vsctl top nothing count 1
	check_refused "not a switch" vsctl top h1 count 1
	log_test "wrong words, and switches that are none"
}

setup
rates
rule_rates
text
comes_and_goes
switch_goes
wrong
finish
