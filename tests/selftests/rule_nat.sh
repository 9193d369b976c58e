#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Translation of addresses and ports by connection: bytes in both directions, of
# errors about a connection, and real connections through it.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

NETNS_COUNT=3
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/packets.sh"

# udp_in PSEUDO SPORT DPORT: a datagram; PSEUDO are the addresses in hex
udp_in() {
	local header

	printf -v header '%04x%04x0018' "$2" "$3"
	l4 11 "$1" "$header" "$PAYLOAD"
}

# udp4 SRC DST SPORT DPORT
udp4() {
	packet4 11 "$(udp_in "$(hex4 "$1")$(hex4 "$2")" "$3" "$4")" "$1" "$2"
}

# unreachable SRC DST QUOTED: an ICMP error (RFC 792, port unreachable)
unreachable() {
	sum "0303000000000000$3"
	packet4 01 "0303${REPLY}00000000$3" "$1" "$2"
}

# packet6 NEXT L4 SRC DST: of addresses in hex
packet6() {
	printf '60000000%04x%s40%s%s%s\n' $((${#2} / 2)) "$1" "$3" "$4" "$2"
}

# udp6 SRC DST SPORT DPORT
udp6() {
	packet6 11 "$(udp_in "$1$2" "$3" "$4")" "$1" "$2"
}

A=10.0.0.1
B=10.0.0.2
PUBLIC=203.0.113.1
A6=20010db8000000000000000000000001
B6=20010db8000000000000000000000002
PUBLIC6=20010db800ff00000000000000000001

setup() {
	make_topology 3
	check_ok vsctl fdb add "$M1" vlan 1 port p1
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	check_ok vsctl switch set vsw0 policy drop
	check_ok vsctl rule add vsw0 prio 9 match ct established,related \
		action ct nat permit
}

# From h1 to h2, and the other way.
out4() { echo "$M2 $M1 0800 $1"; }
back4() { echo "$M1 $M2 0800 $1"; }
out6() { echo "$M2 $M1 86dd $1"; }
back6() { echo "$M1 $M2 86dd $1"; }

sources() {
	check_ok vsctl rule add vsw0 prio 8 match port p1 ct new ip src $A \
		action ct commit nat src $PUBLIC:4000 permit
	check_match "$(vsctl rule show vsw0)" \
		"*action ct commit nat src $PUBLIC:4000 permit*" "as it is shown"
	frame "it begins" tx h1 "$(out4 "$(udp4 $A $B 1000 53)")" \
		rx h2 "$(out4 "$(udp4 $PUBLIC $B 4000 53)")"
	frame "once more" tx h1 "$(out4 "$(udp4 $A $B 1000 53)")" \
		rx h2 "$(out4 "$(udp4 $PUBLIC $B 4000 53)")"
	frame "it is answered" tx h2 "$(back4 "$(udp4 $B $PUBLIC 53 4000)")" \
		rx h1 "$(back4 "$(udp4 $B $A 53 1000)")"
	frame "it goes on" tx h1 "$(out4 "$(udp4 $A $B 1000 53)")" \
		rx h2 "$(out4 "$(udp4 $PUBLIC $B 4000 53)")"
	frame "nobody knows another" none h1 \
		tx h2 "$(back4 "$(udp4 $B $PUBLIC 53 4001)")"
	log_test "source of IPv4, and its answers"
}

# An error quotes what its sender got.
errors() {
	frame "about what came out" \
		tx h2 "$(back4 "$(unreachable $B $PUBLIC \
			"$(udp4 $PUBLIC $B 4000 53)")")" \
		rx h1 "$(back4 "$(unreachable $B $A "$(udp4 $A $B 1000 53)")")"
	frame "about what came back" \
		tx h1 "$(out4 "$(unreachable $A $B "$(udp4 $B $A 53 1000)")")" \
		rx h2 "$(out4 "$(unreachable $PUBLIC $B \
			"$(udp4 $B $PUBLIC 53 4000)")")"
	log_test "errors about it, in both directions"
}

traced() {
	local out

	out=$(vsctl -j trace vsw0 port p1 mac src $M1 dst $M2 ip src $A dst $B \
		udp sport 1000 dport 53)
	check_match "$out" "*$(hex4 $PUBLIC)$(hex4 $B)0fa00035*" "translated"
	log_test "trace"
}

destinations() {
	check_ok vsctl rule add vsw0 prio 9 match port p1 ct new \
		ip dst 198.51.100.7 action ct commit nat dst $B:53 permit
	frame "it begins" tx h1 "$(out4 "$(udp4 $A 198.51.100.7 2000 80)")" \
		rx h2 "$(out4 "$(udp4 $A $B 2000 53)")"
	frame "it is answered" tx h2 "$(back4 "$(udp4 $B $A 53 2000)")" \
		rx h1 "$(back4 "$(udp4 198.51.100.7 $A 80 2000)")"
	log_test "destination of IPv4"
}

fragments() {
	local first before

	before=$(drop_count vsw0 p1 ct)
	first="$M2 $M1 0800 $(packet4 11 "003500350018ffff$PAYLOAD" \
		10.0.0.9 $B 40 00 2000)"
	check_ok vsctl rule add vsw0 prio 5 match port p1 ip src 10.0.0.9 \
		action ct commit nat src $PUBLIC permit
	frame "of a fragment nobody knows" tx h1 "$first" none h2
	check_eq "$(drop_count vsw0 p1 ct)" $((before + 1)) "ct of p1"
	check_ok vsctl rule add vsw0 prio 5 match port p1 ct new \
		udp sport 1 dport 2 \
		action ct commit nat src $PUBLIC permit
	frame "nor is IPv6 made IPv4" none h2 tx h1 \
		"$(out6 "$(udp6 20010db8000000000000000000000009 $B6 1 2)")"
	check_eq "$(drop_count vsw0 p1 ct)" $((before + 2)) "ct of p1"
	log_test "what is not translated is dropped"
}

ipv6() {
	check_ok vsctl rule add vsw0 prio 8 match port p1 ct new \
		ip src 2001:db8::1 \
		action ct commit nat src '[2001:db8:ff::1]:4000' permit
	check_match "$(vsctl rule show vsw0)" \
		"*nat src \[2001:db8:ff::1\]:4000 permit*" "as it is shown"
	frame "it begins" tx h1 "$(out6 "$(udp6 $A6 $B6 1000 53)")" \
		rx h2 "$(out6 "$(udp6 $PUBLIC6 $B6 4000 53)")"
	frame "it is answered" tx h2 "$(back6 "$(udp6 $B6 $PUBLIC6 53 4000)")" \
		rx h1 "$(back6 "$(udp6 $B6 $A6 53 1000)")"
	log_test "source of IPv6"
}

# The next band has the frame as it is then.
bands() {
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match ct established action ct nat goto 1
	check_ok vsctl rule add vsw0 match ct new action \
		ct commit nat src $PUBLIC:5000 goto 1
	check_ok vsctl rule add vsw0 band 1 match ip src $PUBLIC udp sport 5000 \
		action permit
	frame "judged anew" tx h1 "$(out4 "$(udp4 $A $B 3000 53)")" \
		rx h2 "$(out4 "$(udp4 $PUBLIC $B 5000 53)")"
	frame "both ways" tx h2 "$(back4 "$(udp4 $B $PUBLIC 53 5000)")" none h1
	log_test "bands"
}

refused() {
	check_refused "The last address is before the first" \
		vsctl rule add vsw0 action ct commit nat src \
		203.0.113.9-203.0.113.1 permit
	check_refused "The last address is before the first" \
		vsctl rule add vsw0 action ct commit nat dst \
		2001:db8::9-2001:db8::1 permit
	check_refused "The last port is before the first" \
		vsctl rule add vsw0 action ct commit nat src $PUBLIC:9-8 permit
	check_refused "has committed the connection already" \
		vsctl rule add vsw0 action ct commit ct commit nat src \
		$PUBLIC permit
	check_refused "cannot be changed and then rejected" \
		vsctl rule add vsw0 action ct nat reject
	check_refused "expected ADDRESS" \
		vsctl rule add vsw0 action ct commit nat src $PUBLIC:0 permit
	check_refused "has addresses of this family to translate" \
		vsctl rule add vsw0 match ip src 2001:db8::/32 \
		action ct commit nat src $PUBLIC permit
	check_refused "has addresses of this family to translate" \
		vsctl rule add vsw0 match ip dst 192.0.2.0/24 \
		action ct commit nat dst 2001:db8::1 permit
	check_refused "has addresses of this family to translate" \
		vsctl rule add vsw0 match arp op request \
		action ct commit nat dst 2001:db8::1 permit
	log_test "what is refused"
}

# Until the server listens.
transfer() {
	ip netns exec "$NS2" iperf3 -c "$1" -n 4M >/dev/null 2>&1
}

# The server knows the client by its public address alone.
stacks() {
	local i ns

	for i in 1 2; do
		ns=$NS2
		[ $i = 1 ] || ns=$NS3
		ip link set "h$i" netns "$ns"
		ip netns exec "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 \
			net.ipv6.conf.default.disable_ipv6=0 \
			"net.ipv6.conf.h$i.disable_ipv6=0"
		ip -n "$ns" link set "h$i" address "02:00:00:00:00:0$i" up
		ip -n "$ns" addr add "192.0.2.$i/24" dev "h$i"
		ip -n "$ns" addr add "2001:db8::$i/64" dev "h$i" nodad
		wait_up "p$i"
	done
	ip -n "$NS3" neigh add $PUBLIC lladdr $M1 dev h2
	ip -n "$NS3" route add $PUBLIC dev h2
	ip -n "$NS3" neigh add 2001:db8:ff::1 lladdr $M1 dev h2
	ip -n "$NS3" route add 2001:db8:ff::1 dev h2
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 prio 9 match arp action permit
	check_ok vsctl rule add vsw0 prio 9 match nd action permit
	check_ok vsctl rule add vsw0 prio 8 match ct established,related \
		action ct nat permit
	check_ok vsctl rule add vsw0 prio 7 match port p1 ct new type ip \
		action ct commit nat src $PUBLIC:20000-20999 permit
	check_ok vsctl rule add vsw0 prio 7 match port p1 ct new type ipv6 \
		action ct commit nat src '[2001:db8:ff::1]:20000-20999' permit
}

streams() {
	local server

	stacks
	for server in 192.0.2.2 2001:db8::2; do
		ip netns exec "$NS3" iperf3 -s -1 >"$TMP" 2>&1 &
		wait_for 60 transfer $server || fail "no TCP to $server"
		wait $!
		case $server in
		*:*) server="2001:db8:ff::1" ;;
		*) server=$PUBLIC ;;
		esac
		check_match "$(<"$TMP")" \
			"*Accepted connection from $server, port 20*" "from"
	done
	check_ok ip netns exec "$NS2" ping -c 1 -W 20 192.0.2.2
	check_ok ip netns exec "$NS2" ping -c 1 -W 20 2001:db8::2
	ip netns exec "$NS3" ping -c 1 -W 2 $PUBLIC >/dev/null
	check_fail $? "a connection from outside"
	log_test "TCP and ping between real stacks"
}

cleanup() { rm -f "$TMP"; }

require iperf3 ping
TMP=$(mktemp)
setup
sources
errors
traced
destinations
fragments
ipv6
bands
refused
streams
finish
