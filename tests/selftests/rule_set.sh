#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Sets of addresses: which frames have an address in them, what a change of a set
# changes, and who shares it.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

# The second has sets of its own.
NETNS_COUNT=2
. "$(dirname "$0")/lib.sh"

SRC4=0a000001
A6=20010db8000000000000000000000001
B6=20010db8000000000000000000000002
TCP80="3039 0050 00000000 00000000 5002 0000 0000 0000"
REST="00*30"

# ip4 DST [SRC]: TCP to port 80; addresses are hex
ip4() { echo "0800 4500 0040 0001 0000 4006 0000 ${2:-$SRC4} $1 $TCP80 $REST"; }

# The same with an option.
ip4_option() {
	echo "0800 4600 0040 0001 0000 4006 0000 $SRC4 $1 01010100 $TCP80 $REST"
}

# ip6 DST [SRC]
ip6() { echo "86dd 6000 0000 0028 06 40 ${2:-$A6} $1 $TCP80 $REST"; }

# Behind an extension header.
ip6_ext() {
	echo "86dd 6000 0000 0030 00 40 $A6 $1 0600 0000 0000 0000 $TCP80 $REST"
}

# arp SENDER-IP TARGET-IP
arp() {
	echo "0806 0001 0800 06 04 0001 020000000001 $1 020000000002 $2 $REST"
}

# nd TARGET: a neighbour solicitation
nd() { echo "86dd 6000 0000 0028 3a ff $A6 $B6 8700 0000 00000000 $1 $REST"; }

setup() {
	make_topology 3
	# Everything goes from h1 to h2, and is known there.
	check_ok vsctl fdb add "$M2" vlan 1 port p2
}

# drops WHAT FRAME, passes WHAT FRAME: twice, so that the flow is known
drops() {
	frame "$1: $2" tx h1 "$M2 $M1 $2" none h2 \
		next tx h1 "$M2 $M1 $2" none h2
}

passes() {
	frame "$1: $2" tx h1 "$M2 $M1 $2" rx h2 "$M2 $M1 $2" \
		next tx h1 "$M2 $M1 $2" rx h2 "$M2 $M1 $2"
}

# judges MATCH YES NO: a rule with it drops the one frame, and not the other
judges() {
	# Words.
	# shellcheck disable=SC2086
	check_ok vsctl rule add vsw0 match $1 action drop
	drops "$1" "$2"
	passes "$1" "$3"
	check_eq "$(vsctl rule show vsw0 | sed 's/.* match //; s/ action.*//')" \
		"${4:-$1}" "as it is shown"
	check_match "$(vsctl -s rule show vsw0)" "* packets 2 *" "$1: counters"
	check_ok vsctl rule flush vsw0
	log_test "match $1"
}

fields() {
	local other6=20010db8000000000000000000000009

	check_ok vsctl set add web ip 10.0.0.2,10.1.0.0/16,2001:db8::2
	check_ok vsctl set add db ip 10.2.0.0/16,2001:db8:2::/48
	judges "ip dst @web" "$(ip4 0a000002)" "$(ip4 0a000003)"
	judges "ip dst @web" "$(ip4 0a01ffff)" "$(ip4 0a02ffff)"
	judges "ip dst @web" "$(ip6 $B6)" "$(ip6 $A6)"
	judges "ip dst @web" "$(ip4_option 0a010001)" "$(ip4_option 0a000003)"
	judges "ip dst @web" "$(ip6_ext $B6)" "$(ip6_ext $A6)"
	judges "ip src @web" "$(ip4 0a000009 0a010009)" \
		"$(ip4 0a010009 0a000009)"
	judges "ip src @web" "$(ip6 $A6 $B6)" "$(ip6 $B6 $A6)"
	judges "ip src @db dst @web" "$(ip4 0a000002 0a020001)" \
		"$(ip4 0a020001 0a000002)"
	judges "ip dst @web,@db" "$(ip4 0a020001)" "$(ip4 0a030001)"
	judges "ip dst not @web" "$(ip4 0a000003)" "$(ip4 0a000002)"
	judges "ip dst not @web,@db" "$(ip6 $other6)" \
		"$(ip6 20010db8000200000000000000000001)"
	# What is not IP has no address that could be in no set.
	judges "ip dst not @web" "$(ip6 $other6)" "$(arp 0a000001 0a000009)"
	judges "ip dst 10.0.0.0/24 dst not @web" "$(ip4 0a000003)" \
		"$(ip4 0a000002)"
	judges "arp sender-ip @web" "$(arp 0a000002 0a000003)" \
		"$(arp 0a000003 0a000002)"
	judges "arp target-ip not @web" "$(arp 0a000002 0a000003)" \
		"$(arp 0a000003 0a000002)"
	judges "nd target @web" "$(nd $B6)" "$(nd $A6)" \
		"icmp6 nd target @web"
	judges "ip dst @web tcp dport 80" "$(ip4 0a000002)" \
		"$(ip4 0a000003)"
	check_ok vsctl set del web
	check_ok vsctl set del db
}

# A prefix in one set is in another by a shorter one, and a part in a third.
nested() {
	local set

	check_ok vsctl set add all ip 0.0.0.0/0,::/0
	check_ok vsctl set add net ip 10.0.0.0/8
	check_ok vsctl set add part ip 10.0.0.0/8,10.1.0.0/16
	check_ok vsctl set add one ip 10.1.2.3
	check_ok vsctl rule add vsw0 prio 9 match ip dst @one action drop
	check_ok vsctl rule add vsw0 prio 8 match ip dst @part action permit
	check_ok vsctl rule add vsw0 prio 7 match ip dst @net action drop
	check_ok vsctl rule add vsw0 prio 6 match ip dst @all action drop
	drops "the longest" "$(ip4 0a010203)"
	drops "the shortest" "$(ip4 0b010203)"
	drops "the shortest, of IPv6" "$(ip6 $B6)"
	passes "in part" "$(ip4 0a010204)"
	passes "in part, by the shorter prefix" "$(ip4 0a020304)"
	check_ok vsctl set del part ip 10.0.0.0/8
	passes "the longer prefix stays" "$(ip4 0a010204)"
	drops "and the shorter has gone" "$(ip4 0a020304)"
	check_ok vsctl set flush net
	check_ok vsctl set flush all
	passes "in no set" "$(ip4 0a020304)"
	drops "in one" "$(ip4 0a010203)"
	check_ok vsctl rule flush vsw0
	for set in all net part one; do
		check_ok vsctl set del $set
	done
	log_test "sets that have the same address by prefixes of their own"
}

changed() {
	check_ok vsctl set add web
	check_ok vsctl rule add vsw0 match ip dst @web action drop
	passes "an empty set" "$(ip4 0a000002)"
	check_ok vsctl set add web ip 10.0.0.2
	drops "added" "$(ip4 0a000002)"
	check_ok vsctl set add web ip 10.0.0.2,10.0.0.3
	drops "added again" "$(ip4 0a000002)"
	check_match "$(vsctl -s set show web)" \
		"web ip 10.0.0.2,10.0.0.3 addresses 2 rules 1" "once"
	check_ok vsctl set del web ip 10.0.0.2
	passes "taken out" "$(ip4 0a000002)"
	drops "the other" "$(ip4 0a000003)"
	check_ok vsctl set flush web
	passes "flushed" "$(ip4 0a000003)"
	check_match "$(vsctl trace vsw0 port p1 mac src $M1 dst $M2 \
		ip dst 10.0.0.9)" "*send: port p2*" "traced, not in the set"
	check_ok vsctl set add web ip 10.0.0.9
	check_match "$(vsctl trace vsw0 port p1 mac src $M1 dst $M2 \
		ip dst 10.0.0.9)" "*drop: port p1*rule*" "traced, in the set"
	check_ok vsctl rule flush vsw0
	check_ok vsctl set del web
	log_test "a change is there at once"
}

# A set that takes the place of another has its bit, and not its rules.
reused() {
	check_ok vsctl set add old ip 10.0.0.2
	check_ok vsctl rule add vsw0 match ip dst @old action drop
	drops "old" "$(ip4 0a000002)"
	check_ok vsctl rule flush vsw0
	check_ok vsctl set del old
	check_ok vsctl set add new ip 10.0.0.3
	check_ok vsctl rule add vsw0 match ip dst @new action drop
	passes "old" "$(ip4 0a000002)"
	drops "new" "$(ip4 0a000003)"
	check_ok vsctl rule flush vsw0
	check_ok vsctl set del new
	log_test "a set in the place of another"
}

# In the background: 10.0.0.2 is in the set all the time, by one prefix or the
# other, and 10.9.0.2 never; each line is one change.
toggle() {
	while printf '%s\n' "set add web ip 10.0.0.0/24,10.8.0.0/16" \
		"set del web ip 10.0.0.2" \
		"set add web ip 10.0.0.2,10.9.0.0/31,10.9.0.3" \
		"set del web ip 10.0.0.0/24,10.8.0.0/16,10.9.0.0/31,10.9.0.3"
	do
		:
	done | "$VSCTL" -b -
}

under_traffic() {
	local in out i changes

	in="$M2 02:00:00:aa:00:00 $(ip4 0a000002)"
	out="$M2 02:00:00:bb:00:00 $(ip4 0a090002)"
	check_ok vsctl set add web ip 10.0.0.2
	check_ok vsctl rule add vsw0 match ip dst @web action drop
	coproc MONITOR { exec "$VSCTL" monitor rule; }
	toggle 2>/dev/null &
	changes=0
	# On a busy machine there is time for few changes in a round.
	for ((i = 0; i < 3 || changes < 20 && i < 20; i++)); do
		frame "while the set changes" -w 20000 -g 300 \
			gen h1 2000 "$out" gen h1 2000 "$in" \
			gen h1 2000 "${out/bb/cc}" rxgen h2 2000 "$out" \
			rxgen h2 2000 "${out/bb/cc}"
		while [ "$changes" -lt 20 ] &&
			read -rt 0.2 -u "${MONITOR[0]}"; do
			changes=$((changes + 1))
		done
	done
	check_eq "$changes" 20 "changes meanwhile, 20 of them"
	kill %toggle
	wait %toggle 2>/dev/null
	kill "$MONITOR_PID"
	wait "$MONITOR_PID" 2>/dev/null
	check_match "$(vsctl -s rule show vsw0)" "* packets $((i * 2000)) *" "dropped"
	check_ok vsctl rule flush vsw0
	check_ok vsctl set del web
	log_test "a set that changes under traffic"
}

refused() {
	local i list=10.7.0.0 shown

	check_ok vsctl set add web ip 10.0.0.2,10.0.1.0/24
	shown=$(vsctl set show)
	check_refused "No set has this name" vsctl set del none
	check_refused "No set has this name" vsctl set flush none
	check_refused "No set has this name" vsctl set show none
	check_refused "No set has this name" vsctl set del none ip 10.0.0.1
	check_refused "No set has this name" \
		vsctl rule add vsw0 match ip src @none action drop
	check_refused "does not have this address" \
		vsctl set del web ip 10.0.0.2,10.0.0.3
	# It has it only as a part of another.
	check_refused "does not have this address" vsctl set del web ip 10.0.1.1
	check_refused "10.0.0.3" vsctl set del web ip 10.0.0.2,10.0.0.3
	check_refused "not that of a prefix" \
		vsctl set add web ip 10.0.0.9,10.0.0.0/255.0.255.0
	check_refused "not that of a prefix" \
		vsctl set add fresh ip 2001:db8::/ffff:ffff::ffff
	for ((i = 0; i < 256; i++)); do
		list+=",10.8.0.$i,10.9.0.$i"
	done
	check_refused "more than 512 addresses" vsctl set add web ip "$list"
	check_eq "$(vsctl set show)" "$shown" "sets"
	log_test "what is refused changes nothing"
}

in_use() {
	local file

	file=$(mktemp)
	check_ok vsctl rule add vsw0 prio 7 match ip dst not @web action drop
	check_refused "Rules use the set" vsctl set del web
	check_match "$(vsctl -s set show web)" "*rules 1" "rules"
	echo "prio 8 match ip dst @web action drop" >"$file"
	echo "prio 8 match ip dst @none action drop" >>"$file"
	check_refused "No set has this name" vsctl rule replace vsw0 "$file"
	check_match "$(vsctl -s set show web)" "*rules 1" "rules"
	echo "prio 8 match ip dst @web action drop" >"$file"
	check_ok vsctl rule replace vsw0 "$file"
	check_match "$(vsctl -s set show web)" "*rules 1" "rules"
	check_refused "Rules use the set" vsctl set del web
	drops "in use" "$(ip4 0a000002)"
	check_ok vsctl rule replace vsw0 /dev/null
	check_match "$(vsctl -s set show web)" "*rules 0" "rules"
	check_ok vsctl rule add vsw0 match ip src @web action drop
	check_ok vsctl rule del vsw0 prio 32768
	check_ok vsctl set del web
	check_eq "$(vsctl set show)" "" "sets"
	rm -f "$file"
	log_test "a set that a rule names stays"
}

# What is shown can be given again, and makes the same.
reloaded() {
	local sets rules i
	local -a lines=()

	for ((i = 0; i < 200; i++)); do
		lines+=("set add many ip 10.20.$i.0/24,2001:db8:$i::/48")
	done
	lines+=("set add empty" "set add four ip 0.0.0.0/0"
		"set add six ip ::/0,2001:db8::/127,2001:db8::1"
		"rule add vsw0 prio 5 match ip src @many dst not @six,@four action drop"
		"rule add vsw0 prio 4 match arp sender-ip @four action permit")
	check_ok vsctl -b <(printf '%s\n' "${lines[@]}")
	sets=$(vsctl set show)
	rules=$(vsctl rule show vsw0 | sed 's/ id [0-9]*//')
	check_match "$(vsctl -s set show many)" "*addresses 400 rules 1" "many"
	check_match "$(vsctl set show six)" \
		"six ip ::/0,2001:db8::/127,2001:db8::1" "by address"
	check_ok vsctl rule flush vsw0
	for i in many empty four six; do
		check_ok vsctl set del $i
	done
	check_eq "$(vsctl set show)" "" "sets"
	check_ok vsctl -b <(echo "set add ${sets//$'\n'/$'\n'set add }")
	check_ok vsctl -b <(echo "rule add ${rules//$'\n'/$'\n'rule add }")
	check_eq "$(vsctl set show)" "$sets" "sets"
	check_eq "$(vsctl rule show vsw0 | sed 's/ id [0-9]*//')" "$rules" \
		"rules"
	check_match "$(vsctl -j set show six)" \
		'[[]{"name":"six","addresses":3,"rules":1,"ip":[[]"::/0","2001:db8::/127","2001:db8::1"]}]' \
		"JSON"
	check_eq "$(vsctl -j set show many | grep -o '"name"\|10.20' | wc -l)" \
		201 "in JSON all of a set is one object"
	check_eq "$(vsctl -j rule show vsw0 | grep -o 'ip-src-set":"@many"')" \
		'ip-src-set":"@many"' "in JSON a set is told from an address"
	check_ok vsctl rule flush vsw0
	for i in many empty four six; do
		check_ok vsctl set del $i
	done
	log_test "what is shown can be loaded again"
}

two_switches() {
	check_ok vsctl switch add vsw1
	check_ok vsctl port del p3
	check_ok vsctl port add vsw1 p3
	check_ok vsctl port add vsw1 in1 type internal
	check_ok ip link set vsw1 up
	check_ok ip link set in1 up
	check_ok vsctl set add web
	check_ok vsctl rule add vsw0 match ip dst @web action drop
	check_ok vsctl rule add vsw1 match ip dst @web action drop
	check_match "$(vsctl -s set show web)" "*rules 2" "rules"
	frame "in no set" tx h1 "$M2 $M1 $(ip4 0a000002)" \
		rx h2 "$M2 $M1 $(ip4 0a000002)" \
		tx h3 "$M2 $M3 $(ip4 0a000002)" \
		rx in1 "$M2 $M3 $(ip4 0a000002)"
	check_ok vsctl set add web ip 10.0.0.2
	frame "in the set of both" tx h1 "$M2 $M1 $(ip4 0a000002)" none h2 \
		tx h3 "$M2 $M3 $(ip4 0a000002)" none in1
	check_ok vsctl switch del vsw1
	check_match "$(vsctl -s set show web)" "*rules 1" "rules"
	check_ok vsctl rule flush vsw0
	log_test "two switches share a set, and one goes"
}

# There the set is another one.
namespaces() {
	check_ok vsctl set add web ip 10.0.0.2
	check_eq "$(vsctl -n "$NS2" set show)" "" "sets elsewhere"
	check_ok vsctl -n "$NS2" switch add other
	check_refused "No set has this name" vsctl -n "$NS2" \
		rule add other match ip src @web action drop
	check_ok vsctl -n "$NS2" set add web ip 10.9.0.0/16,2001:db8::/32
	check_ok vsctl -n "$NS2" rule add other match ip src @web action drop
	check_eq "$(vsctl -n "$NS2" set show)" \
		"web ip 10.9.0.0/16,2001:db8::/32" "sets elsewhere"
	check_eq "$(vsctl set show)" "web ip 10.0.0.2" "sets here"
	# With its switch, rules and sets.
	check_ok ip netns del "$NS2"
	check_ok vsctl set del web
	log_test "sets are a namespace's"
}

limits() {
	local i
	local -a pairs

	for i in {1..64}; do
		pairs+=("$i" "$i")
	done
	check_ok vsctl -b <(printf 'set add s%d ip 10.0.0.%d\n' \
		"${pairs[@]}")
	check_refused "64 sets" vsctl set add more
	check_ok vsctl set add s64 ip 10.0.1.0/24
	check_ok vsctl -b <(printf \
		'rule add vsw0 prio %d match ip dst @s%d action permit\n' \
		"${pairs[@]}")
	check_ok vsctl rule add vsw0 prio 0 match type ip action drop
	passes "the first" "$(ip4 0a000001)"
	passes "the last" "$(ip4 0a000140)"
	drops "none" "$(ip4 0a000041)"
	check_ok vsctl rule flush vsw0
	check_ok vsctl -b <(printf 'set del s%d\n' {1..64})
	check_ok vsctl set add more
	check_ok vsctl set del more
	log_test "64 sets"
}

# event WHAT PATTERN: the next line of the monitor
event() {
	local line=

	read -rt 10 -u "${MONITOR[0]}" line
	check_match "$line" "$2" "$1"
}

events() {
	coproc MONITOR { exec "$VSCTL" monitor rule; }
	# Until it listens.
	while vsctl set add seen && vsctl set del seen &&
	      ! read -rt 0.2 -u "${MONITOR[0]}"; do
		:
	done
	while read -rt 0.5 -u "${MONITOR[0]}"; do
		:
	done
	check_ok vsctl set add web
	event "made" "set-new *web"
	check_ok vsctl set add web ip 10.0.0.2,2001:db8::/32
	event "added" "set-new *web ip 10.0.0.2,2001:db8::/32"
	check_ok vsctl set add web ip 10.0.0.2
	check_ok vsctl set del web ip 10.0.0.2
	event "nothing of what changes nothing" "set-del *web ip 10.0.0.2"
	check_ok vsctl set flush web
	event "flushed" "set-flush *web"
	check_ok vsctl set flush web
	check_ok vsctl set del web
	event "gone" "set-del *web"
	kill "$MONITOR_PID"
	wait "$MONITOR_PID" 2>/dev/null
	log_test "events"
}

setup
fields
nested
changed
reused
under_traffic
refused
in_use
reloaded
two_switches
namespaces
limits
events
finish
