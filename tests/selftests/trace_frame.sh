#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What "vsctl trace" says of a frame is what becomes of it, and it leaves nothing
# behind: no frame, no address, no count.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

. "$(dirname "$0")/lib.sh"

# All of a frame of the kind that the tests use, as it is on the wire.
ZEROES=$(printf '00%.0s' {1..44})

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	check_ok ip link set vsw0 down
}

# trace PORT FRAME...: a line for each step, with what the step has of these
trace() {
	local object key line out
	local -a objects

	out=$(vsctl -j trace vsw0 port "$@" 2>&1) || {
		echo "$out"
		return
	}
	IFS='{' read -rd '' -a objects <<<"$out"
	for object in "${objects[@]}"; do
		json_value "$object" step || continue
		line=$REPLY
		for key in port vlan rule reason frame; do
			! json_value "$object" "$key" || line+=" $REPLY"
		done
		echo "$line"
	done
}

# state: all that a frame could change
state() {
	vsctl -j -s port show
	# Of all switches.
	# shellcheck disable=SC2119
	fdb_entries
	vsctl -j drops show
	vsctl -j -s rule show
}

known() {
	local before after

	before=$(state)
	check_eq "$(trace p1 mac src $M1 dst $M2 type 0x88b5)" "\
receive p1 1
learn
lookup p2
send p2 020000000002020000000001$EXP${ZEROES}0000" "the steps"
	after=$(state)
	check_eq "$after" "$before" "what there was"
	log_test "a known destination"
}

silence() {
	frame "only what is really sent arrives" \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" none h3
	for _ in 1 2 3; do
		trace p1 mac src $M1 dst $M2 >/dev/null
	done
	frame "and no more of it" \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" none h3
	log_test "nothing is sent"
}

flooded() {
	check_ok vsctl port set p3 vlan trunk 1,5
	check_eq "$(trace p1 mac src $M1 dst $BCAST)" "\
receive p1 1
learn p1
lookup
send p2 ffffffffffff020000000001$EXP${ZEROES}0000
send p3 ffffffffffff0200000000018100000188b5${ZEROES}0000" \
		"the steps"
	check_match "$(trace p3 vlan 5 mac src $M3 dst $BCAST)" \
		"receive p3 5*drop p3 no-receiver" "alone in its VLAN"
	check_ok vsctl port set p3 vlan access 1
	log_test "a group, with the tag that each copy has"
}

dropped() {
	check_match "$(trace p1 vlan 7 mac src $M1)" "drop p1 vlan-tagged" \
		"a tag at an access port"
	check_match "$(trace p1 inner-vlan 7 mac src $M1)" \
		"drop p1 vlan-tagged" "a tag behind a priority tag"
	check_match "$(trace p2 mac src $M3 dst $M2)" "*drop p2 same-port" \
		"back to where it came from"
	check_ok ip link set p2 mtu 1000
	check_match "$(trace p1 hex "${M2//:/}${M1//:/}$EXP$(printf '00%.0s' \
		{1..1100})")" "*lookup p2*drop p2 too-big" "too big"
	check_ok ip link set p2 mtu 1500
	check_match "$(trace p1 mac src $HOST_MAC dst $M2)" \
		"*drop p1 src-local" "the host's own address"
	check_match "$(vsctl trace vsw0 port p1 vlan 7)" \
		"*vlan-tagged*A tagged frame came in*Send untagged*" \
		"said in words"
	log_test "why a frame is dropped"
}

moving() {
	frame "h3 is behind p3" tx h3 "$BCAST $M3 $DATA" rx h1 \
		"$BCAST $M3 $DATA" rx h2 "$BCAST $M3 $DATA"
	check_match "$(trace p1 mac src $M3 dst $M2)" "*learn p3*send p2 *" \
		"the step"
	check_match "$(vsctl trace vsw0 port p1 mac src $M3 dst $M2)" \
		"*known there, and would move*" "in words"
	check_match "$(vsctl fdb show $M3)" "*port p3*" "where it is"
	check_ok vsctl fdb add 02:00:00:00:00:77 vlan 1 port p3
	check_match "$(vsctl trace vsw0 port p1 mac src 02:00:00:00:00:77)" \
		"*would not move*" "a static one"
	check_match "$(vsctl trace vsw0 port p1 mac src $HOST_MAC)" \
		"*the switch's own*src-local*" "the host's"
	log_test "a source that would move stays where it is"
}

full() {
	local new="mac src 02:00:00:00:00:99 dst $M2"

	check_ok vsctl switch set vsw0 fdb-limit 1
	# shellcheck disable=SC2086 # words
	check_match "$(vsctl trace vsw0 port p1 $new)" \
		"*learn: the source is new, and refused: the table is full*" \
		"in words"
	# shellcheck disable=SC2086 # words
	check_match "$(vsctl -j trace vsw0 port p1 $new)" \
		'*"learn","refused":true*' "in JSON"
	check_match "$(vsctl -j trace vsw0 port p3 mac src $M3 dst $M2)" \
		'*"refused":false*' "one that is known"
	check_match "$(vsctl -j -s switch show vsw0)" '*"fdb-refused":0*' \
		"none was refused by that"
	check_ok vsctl switch set vsw0 fdb-limit 131072
	# shellcheck disable=SC2086 # words
	check_match "$(vsctl trace vsw0 port p1 $new)" \
		"*learn: the source is new
*" "with room for it"
	log_test "a source that a full table refuses"
}

rules() {
	local id

	check_ok vsctl rule add vsw0 prio 9 match ip dst 10.0.0.0/8 tcp \
		dport 80 action drop
	json_value "$(vsctl -j rule show vsw0)" id
	id=$REPLY
	check_match "$(trace p1 'mac dst 02:00:00:00:00:02 ip src 10.0.0.1
		dst 10.0.0.2 tcp dport 80')" \
		"receive p1 1*rule $id*drop p1 rule" "the rule"
	check_match "$(vsctl trace vsw0 port p1 ip dst 10.0.0.2 tcp dport 80)" \
		"*rule: vsw0 id $id prio 9 match ip dst 10.0.0.0/8 tcp \
dport 80 action drop*" "as it is shown"
	check_match "$(vsctl -j trace vsw0 port p1 ip dst 10.0.0.2 tcp \
		dport 80)" "*\"rule\":$id,\"definition\":{*\"prio\":9,*" "in JSON"
	check_match "$(trace p1 mac dst $M2 ip dst 10.0.0.2 tcp dport 81)" \
		"receive p1 1*rule
learn*send p2 *" "no rule"
	check_match "$(vsctl -s rule show vsw0)" "* packets 0 *" "its counter"
	check_ok vsctl rule flush vsw0
	log_test "the rule that decides, and does not count"
}

# wire MATCH...: the frame that these words make, as it would leave
wire() {
	trace p1 mac src $M1 dst $M2 "$@" | sed -n 's/^send p2 //p'
}

made() {
	local src=20010db8000000000000000000000001
	local dst=20010db8000000000000000000000002 macs

	macs=${M2//:/}${M1//:/}
	check_match "$(wire ip src 10.0.0.1 dst 10.0.0.2 dscp 10 ttl 9 udp \
		sport 7 dport 9)" "${macs}08004528001c0000000009119da7\
0a0000010a000002000700090008ebcb0000*" "UDP in IPv4"
	check_match "$(wire ip src 2001:db8::1 dst 2001:db8::2 tcp dport 443 \
		tcp-flags +ack)" "${macs}86dd6000000000140640$src${dst}\
9c4001bb00000001000000005010ffff????0000" "TCP in IPv6"
	check_match "$(wire arp op reply sender-ip 10.0.0.1)" \
		"${macs}080600010800060400020200000000010a000001*" "ARP"
	check_match "$(wire dport 53)" "${macs}08004500001c000000004011f6cd\
c0000201c00002029c4000350008????0000*" "a port alone is UDP's"
	check_match "$(wire tcp-flags +rst)" "*4006*9c4000500000000100000000\
5004*" "a flag alone is TCP's"
	check_match "$(wire icmp)" "*0800f7ff00000000*" "ICMP, its checksum"
	check_match "$(wire nd target 2001:db8::9)" \
		"${macs}86dd6000000000183aff${src}${dst}8700????00000000\
20010db8000000000000000000000009" "neighbour solicitation"
	check_match "$(wire ip frag later udp)" \
		"${macs}080045000014000000b94011*" "a later fragment"
	check_match "$(wire vlan 0 ip frag first tcp)" \
		"${macs}080045000028000020004006*" "a first one"
	log_test "frames made of words"
}

given() {
	local file

	file=$(mktemp)
	check_eq "$(trace p1 hex "02 00 00 00 00 02 02:00:00:00:00:01 88b5" |
		tail -n 1)" "send p2 020000000002020000000001$EXP" "hex"
	# Little endian, Ethernet; the second frame is the one.
	printf '%b' '\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0' \
		'\xff\xff\0\0\x01\0\0\0' \
		'\0\0\0\0\0\0\0\0\x04\0\0\0\x04\0\0\0abcd' \
		'\0\0\0\0\0\0\0\0\x0e\0\0\0\x0e\0\0\0' \
		'\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x88\xb5' >"$file"
	check_eq "$(trace p1 pcap "$file" 2 | tail -n 1)" \
		"send p2 020000000002020000000001$EXP" "of a capture"
	check_refused "fewer frames" vsctl trace vsw0 port p1 pcap "$file" 3
	check_refused "has 4 bytes" vsctl trace vsw0 port p1 pcap "$file"
	check_refused "not a capture" vsctl trace vsw0 port p1 pcap \
		"$(helper lib.sh)"
	rm "$file"
	log_test "frames as they are"
}

marked() {
	check_ok vsctl rule add vsw0 match mark 5 action drop
	check_match "$(trace p1 mac dst $M2 mark 5)" "*drop p1 rule" "marked"
	check_match "$(trace p1 mac dst $M2 mark 6)" "*send p2 *" "otherwise"
	check_ok vsctl rule flush vsw0
	log_test "a frame's mark"
}

many() {
	local n

	for ((n = 1; n <= 200; n++)); do
		echo "link add d$n up master vsw0 type dummy"
	done | ip -batch -
	check_err $? "200 ports"
	check_eq "$(trace p1 hex "${BCAST//:/}${M1//:/}$EXP$(printf \
		'00%.0s' {1..1400})" | grep -c '^send')" 202 "copies"
	for ((n = 1; n <= 200; n++)); do
		echo "link del d$n"
	done | ip -batch -
	log_test "more steps than a message has room for"
}

refusals() {
	check_refused "frame is missing" vsctl trace vsw0 port p1
	check_refused "switch is missing" vsctl trace
	check_refused 'expected "port"' vsctl trace vsw0 p1
	check_refused "one value" vsctl trace vsw0 port p1 ip src 10.0.0.0/8
	check_refused "one value" vsctl trace vsw0 port p1 tcp dport 1-9
	check_refused "one value" vsctl trace vsw0 port p1 tcp dport 1,9
	check_refused "'not'" vsctl trace vsw0 port p1 vlan not 5
	check_refused 'has no "dport"' vsctl trace vsw0 port p1 type ipv6 icmp6 \
		dport 80
	check_refused "before it" vsctl trace vsw0 port p1 port p2
	check_refused "unknown word" vsctl trace vsw0 port p1 vlan 5 blue
	check_refused "digits" vsctl trace vsw0 port p1 hex xyz
	check_refused "half a byte" vsctl trace vsw0 port p1 hex 123
	check_refused "14 to 1522" vsctl trace vsw0 port p1 hex 1234
	check_refused "is its own" vsctl trace vsw0 port p1 mac dst \
		01:80:c2:00:00:02
	check_refused "not a port" vsctl trace vsw0 port h1 vlan 5
	log_test "what cannot be traced"
}

setup
known
silence
flooded
dropped
moving
full
rules
made
given
marked
many
refusals
finish
