#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What rules ask that is not in the frame: the group of its port, its connection;
# and what becomes of frames that none matches.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

NETNS_COUNT=3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/packets.sh"

# udp SRC DST SPORT DPORT: without a checksum
udp() {
	local header

	printf -v header '%04x%04x00180000' "$3" "$4"
	ip4 11 "$header$PAYLOAD" "$1" "$2"
}

MAX=/proc/sys/net/netfilter/nf_conntrack_max
COUNT=/proc/sys/net/netfilter/nf_conntrack_count
A=10.0.0.1
B=10.0.0.2

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	OUT="$M2 $M1 $(udp $A $B 1000 53)"
	BACK="$M1 $M2 $(udp $B $A 53 1000)"
}

policies() {
	check_ok vsctl switch set vsw0 policy drop
	check_match "$(vsctl switch show vsw0)" "*policy drop*" "as it is shown"
	frame "no rule" tx h1 "$OUT" none h2
	check_eq "$(drop_count vsw0 p1 policy)" 1 "policy of p1"
	check_match "$(vsctl fdb show port p1)" "*static*" "it taught"
	check_ok vsctl rule add vsw0 match port p1 udp dport 53 action permit
	frame "a rule" tx h1 "$OUT" rx h2 "$OUT" next tx h2 "$BACK" none h1
	check_ok vsctl port set p2 policy permit
	check_match "$(vsctl port show p2)" "*policy permit*" "as it is shown"
	frame "a port says otherwise" tx h2 "$BACK" rx h1 "$BACK"
	check_ok vsctl switch set vsw0 policy permit
	check_ok vsctl port set p2 policy drop
	frame "and this way round" tx h2 "$BACK" none h1 \
		tx h3 "$M1 $M3 $DATA" rx h1 "$M1 $M3 $DATA"
	check_ok vsctl port set p2 policy switch
	frame "as the switch says" tx h2 "$BACK" rx h1 "$BACK"
	check_ok vsctl rule flush vsw0
	check_ok vsctl port set p2 policy drop
	frame "without any rule" tx h2 "$BACK" none h1
	check_ok vsctl port set p2 policy switch
	log_test "policy of the switch, and of a port"
}

groups() {
	local i

	check_ok vsctl rule add vsw0 group web match udp action drop
	check_match "$(vsctl rule show vsw0)" "*group web*" "as it is shown"
	frame "nobody's" tx h1 "$OUT" rx h2 "$OUT"
	check_ok vsctl port set p1 rules web
	check_match "$(vsctl port show p1)" "*rules web*" "as it is shown"
	frame "of p1" tx h1 "$OUT" none h2 tx h2 "$BACK" rx h1 "$BACK"
	check_ok vsctl port set p2 rules web
	frame "of both" tx h1 "$OUT" none h2 tx h2 "$BACK" none h1
	check_ok vsctl port set p1 rules other
	check_ok vsctl rule add vsw0 group other prio 1 action permit
	frame "one of another group" tx h1 "$OUT" rx h2 "$OUT" \
		tx h2 "$BACK" none h1
	check_ok vsctl port set p1 rules none
	check_ok vsctl port set p2 rules none
	frame "of none" tx h2 "$BACK" rx h1 "$BACK"
	for ((i = 0; i < 300; i++)); do
		echo "port set p1 rules group-$i"
	done | vsctl -b - || fail "300 groups"
	check_ok vsctl port set p1 rules web
	check_ok vsctl port del p1
	check_ok vsctl port add vsw0 p1
	wait_up p1
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	frame "a port that comes back has none" tx h1 "$OUT" rx h2 "$OUT"
	check_refused "a name of 1 to 31 characters" \
		vsctl port set p1 rules aaaaaaaaaabbbbbbbbbbccccccccccdd
	check_ok vsctl rule flush vsw0
	log_test "groups of rules"
}

# What a port can be given later it can be given when it is added.
added() {
	check_ok vsctl rule add vsw0 group web match udp action permit
	check_ok vsctl port del p1
	check_ok vsctl port add vsw0 p1 vlan access 1 rules web policy drop
	wait_up p1
	check_match "$(vsctl port show p1)" \
		"*vlan access 1 rules web policy drop*" "as it is shown"
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	frame "the group's rule, and the policy" tx h1 "$OUT" rx h2 "$OUT" \
		tx h1 "$M2 $M1 $DATA" none h2
	check_eq "$(drop_count vsw0 p1 policy)" 1 "policy of p1"
	check_ok vsctl port add vsw0 in0 type internal rules web policy permit
	check_match "$(vsctl port show in0)" "*rules web policy permit*" \
		"as it is shown, of an internal port"
	check_ok vsctl port del in0
	check_refused "A loopback device cannot be a port" \
		vsctl port add vsw0 lo rules web policy drop
	check_ok vsctl port del p1
	check_ok vsctl port add vsw0 p1 rules none policy switch
	wait_up p1
	check_match "$(vsctl port show p1)" "*vlan access 1" "nothing is left"
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	check_ok vsctl rule flush vsw0
	log_test "a port is added with its rules and its policy"
}

# A security group: what p1 begins may be answered.
connections() {
	check_ok vsctl switch set vsw0 policy drop
	check_ok vsctl rule add vsw0 prio 9 match ct established,related \
		action permit
	check_ok vsctl rule add vsw0 prio 8 match port p1 udp dport 53 ct new \
		action ct commit permit
	check_ok vsctl rule add vsw0 prio 7 match ct invalid action drop
	frame "only who began it is answered" tx h2 "$BACK" none h1 \
		next tx h1 "$OUT" rx h2 "$OUT" \
		next tx h2 "$BACK" rx h1 "$BACK" \
		next tx h1 "$OUT" rx h2 "$OUT" \
		next tx h2 "$M1 $M2 $(udp $B $A 54 1000)" none h1
	check_match "$(vsctl -s rule show vsw0 | head -n 1)" "*packets 2 *" \
		"established"
	log_test "connections"
}

# error SPORT: from h2, about a datagram from there
error() {
	local quoted

	quoted=$(udp $A $B "$1" 53)
	quoted=${quoted#0800 }
	sum "0303000000000000$quoted"
	echo "$M1 $M2 $(ip4 01 "0303${REPLY}00000000$quoted" $B $A)"
}

# The error quotes the packet that was sent.
related() {
	local before

	before=$(drop_count vsw0 p2 rule)
	frame "an error about it" tx h2 "$(error 1000)" rx h1 "$(error 1000)"
	frame "and about nothing" tx h2 "$(error 1001)" none h1
	check_eq "$(drop_count vsw0 p2 rule)" $((before + 1)) "rule of p2"
	log_test "related, invalid"
}

# check_ct STATE PORT FRAME...: what a trace says of it
check_ct() {
	REPLY=''
	json_value "$(vsctl -j trace vsw0 port "${@:2}" 2>&1)" ct
	check_eq "$REPLY" "$1" "traced: ${*:2}"
}

# A trace finds the state that the frame would have, and leaves no mark.
traced() {
	local word ip="ip src $A dst $B" count new

	count=$(<"$COUNT")
	new="$M1 $M2 $(udp $B $A 53 1001)"
	check_ct established p1 hex "$OUT"
	check_ct established p2 hex "$BACK"
	check_ct new p2 hex "$new"
	# shellcheck disable=SC2086 # words
	check_ct new p1 $ip udp sport 1001 dport 53
	check_ct related p2 hex "$(error 1000)"
	check_ct invalid p2 hex "$(error 1001)"
	for word in "new +syn" "new +ack" "invalid +rst" "invalid +syn+ack"; do
		# shellcheck disable=SC2086 # words
		check_ct "${word% *}" p1 $ip tcp dport 80 \
			tcp-flags "${word#* }"
	done
	# shellcheck disable=SC2086 # words
	{
		check_ct new p1 $ip icmp type 8
		check_ct invalid p1 $ip icmp type 0
		check_ct untracked p1 $ip frag later
	}
	check_ct untracked p1 arp
	check_ct untracked p1 nd target 2001:db8::9
	for word in 131 133 134 136 143; do
		check_ct untracked p1 icmp6 type "$word"
	done
	check_ct new p1 icmp6 type 128
	check_eq "$(<"$COUNT")" "$count" "connections"
	frame "what was traced is not known" tx h2 "$new" none h1 \
		next tx h2 "$BACK" rx h1 "$BACK"
	check_match "$(vsctl trace vsw0 port p2 hex "$BACK")" \
		"*rule: ct established vsw0 id *" "in words"
	log_test "traces say what the tracker would"
}

# What rules allow is allowed in that VLAN.
zones() {
	vsctl port set p1 vlan trunk 5 native 1
	vsctl port set p2 vlan trunk 5 native 1
	frame "not known in another VLAN" \
		tx h2 "$M1 $M2 $(tag 5) ${BACK#"$M1 $M2 "}" none h1 \
		next tx h2 "$BACK" rx h1 "$BACK"
	check_ok vsctl switch set vsw0 ct-zone 33000
	check_match "$(vsctl -d switch show vsw0)" "*ct-zone 33000*" "shown"
	frame "nor in another zone" tx h2 "$BACK" none h1
	vsctl port set p1 vlan access 1
	vsctl port set p2 vlan access 1
	log_test "each VLAN is a zone"
}

# outer COMMAND: in the namespace that the machine began with, whose limit it is
outer() { ip netns exec "vsw-$$-outer" sh -c "$1" 2>/dev/null; }

# What is known stays known; what is new has no place.
full() {
	local max dropped new

	new="$M2 $M1 $(udp $A $B 1003 53)"
	check_ok ip netns attach "vsw-$$-outer" "$PPID"
	max=$(outer "cat $MAX")
	if ! outer "echo 1 >$MAX"; then
		ip netns del "vsw-$$-outer"
		log_skip "no room for connections" \
			"not below the first namespace"
		return
	fi
	dropped=$(drop_count vsw0 p1 rule)
	check_ct invalid p1 hex "$new"
	frame "no room for a new one" tx h1 "$new" none h2 \
		next tx h2 "$BACK" rx h1 "$BACK"
	check_eq "$(drop_count vsw0 p1 rule)" $((dropped + 1)) \
		"dropped by the rule for what is invalid"
	check_eq "$(drop_count vsw0 p1 ct)" 0 "ct of p1"
	check_ok outer "echo $max >$MAX"
	check_ct new p1 hex "$new"
	ip netns del "vsw-$$-outer"
	log_test "no room for connections"
}

fragments() {
	local first later

	later="$M2 $M1 $(ip4 11 "00112233445566778899aabbccddeeff" $A $B 40 00 0003)"
	first="$M1 $M2 $(ip4 11 "0035000000180000ffffffffffffffff" $B $A 40 00 2000)"
	frame "of a later one nobody knows" tx h1 "$later" none h2
	check_ok vsctl rule add vsw0 prio 6 match ct untracked ip frag later \
		action permit
	frame "but that it is one" tx h1 "$later" rx h2 "$later" \
		tx h2 "$first" none h1
	check_ok vsctl rule add vsw0 prio 6 match ct untracked ip frag first \
		action permit
	frame "of the first neither" tx h2 "$first" rx h1 "$first"
	check_ok vsctl rule flush vsw0
	check_ok vsctl switch set vsw0 policy permit
	log_test "fragments"
}

shadows() {
	check_ok vsctl rule add vsw0 prio 9 match tcp dport 80 action permit
	check_ok vsctl rule add vsw0 prio 8 match ip src 10.0.0.0/8 action drop
	check_ok vsctl rule add vsw0 prio 7 match ip src 10.1.0.0/16 tcp \
		dport 80,443 action permit
	check_ok vsctl rule add vsw0 prio 6 match ip src not 10.0.0.1 \
		action drop
	check_ok vsctl rule add vsw0 prio 5 match ip src 10.9.9.9,11.0.0.1 \
		action drop
	check_ok vsctl rule add vsw0 prio 5 band 1 match ip src 10.9.9.9 \
		action drop
	check_ok vsctl rule add vsw0 prio 4 match tcp dport 80 ip dst 1.2.3.4 \
		action drop
	check_eq "$(vsctl rule show vsw0 | sed -n 's/.*\(prio [0-9]*\).*shadowed by id.*/\1/p')" \
		"prio 7
prio 4" "shadowed"
	check_ok vsctl rule del vsw0 prio 8
	check_eq "$(vsctl rule show vsw0 | grep -c shadowed)" 1 "shadowed"
	check_ok vsctl rule flush vsw0
	log_test "rules that others leave nothing"
}

prios() { vsctl rule show vsw0 | grep -o 'prio [0-9]'; }

is_prios() { [ "$(prios)" = "$1" ]; }

# Slow machines take seconds for a frame.
timeouts() {
	local i

	check_ok vsctl rule add vsw0 prio 3 hard-timeout 2 action permit
	check_ok vsctl rule add vsw0 prio 2 idle-timeout 15 match udp \
		action drop
	check_ok vsctl rule add vsw0 prio 1 hard-timeout 3600 action permit
	check_match "$(vsctl rule show vsw0 | tail -n 1)" \
		"*hard-timeout 3600*" "as it is shown"
	wait_for 30 is_prios "prio 2
prio 1"
	for ((i = 0; i < 4; i++)); do
		frame "keeps a rule" tx h1 "$OUT" none h2
		nap 4
	done
	check_eq "$(prios)" "prio 2
prio 1" "the first is gone, the second in use"
	wait_for 60 is_prios "prio 1"
	check_eq "$(prios)" "prio 1" "nobody used it"
	frame "and its frames pass" tx h1 "$OUT" rx h2 "$OUT"
	check_ok vsctl rule flush vsw0
	log_test "idle and hard timeouts"
}

# Until the server listens.
transfer() {
	ip netns exec "$NS2" iperf3 -c 192.0.2.2 -n 4M -Z >/dev/null 2>&1
}

# Between real stacks: what the switch found of a frame is not theirs.
streams() {
	local i ns

	for i in 1 2; do
		ns=$NS2
		[ $i = 1 ] || ns=$NS3
		ip link set "h$i" netns "$ns"
		ip -n "$ns" addr add "192.0.2.$i/24" dev "h$i"
		ip -n "$ns" link set "h$i" up
		check_ok vsctl fdb del "02:00:00:00:00:0$i" vlan 1 switch vsw0
		wait_up "p$i"
	done
	check_ok vsctl switch set vsw0 policy drop
	check_ok vsctl rule add vsw0 match arp action permit
	check_ok vsctl rule add vsw0 match ct established action permit
	check_ok vsctl rule add vsw0 match port p1 ct new \
		action ct commit permit
	ip netns exec "$NS3" iperf3 -s -1 >/dev/null 2>&1 &
	wait_for 60 transfer || fail "no TCP"
	ip netns exec "$NS3" ping -c 1 -W 2 192.0.2.1 >/dev/null 2>&1
	check_fail $? "nobody begins anything with p1"
	check_ok ip netns exec "$NS2" ping -c 1 -W 20 192.0.2.2
	log_test "TCP and ping through a stateful switch"
}

require iperf3 ping
setup
policies
groups
added
connections
related
traced
full
zones
fragments
shadows
timeouts
streams
finish
