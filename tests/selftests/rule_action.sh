#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What rules do to frames beyond letting them pass or not: each action, by the
# bytes that leave.
#
#    h1     h2     h3     h4     veth, hosts' side
#    |      |      |      |
#   +p1----+p2----+p3----+p4---+
#   |           vsw0           |
#   +--------------------------+

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/packets.sh"

# udp4 SRC DST SPORT DPORT [TTL] [TOS]
udp4() {
	local ports

	printf -v ports '%04x%04x0018' "$3" "$4"
	ip4 11 "$(l4 11 "$(hex4 "$1")$(hex4 "$2")" "$ports" "$PAYLOAD")" \
		"$1" "$2" "${5:-40}" "${6:-00}"
}

# tcp4 SRC DST SPORT DPORT FLAGS [SEQ] [ACK] [TTL]
tcp4() {
	local before

	printf -v before '%04x%04x%s%s50%s0400' "$3" "$4" "${6:-00000007}" \
		"${7:-00000000}" "$5"
	ip4 06 "$(l4 06 "$(hex4 "$1")$(hex4 "$2")" "$before" 0000)" "$1" "$2" \
		"${8:-40}"
}

A6=20010db8000000000000000000000001
B6=20010db8000000000000000000000002
C6=20010db80000000000000000000000c3

# udp6 SRC DST SPORT DPORT [HOPS] [CLASS]
udp6() {
	local ports

	printf -v ports '%04x%04x0018' "$3" "$4"
	echo "86dd 6${6:-00}00000001811${5:-40} $1 $2" \
		"$(l4 11 "$1$2" "$ports" "$PAYLOAD")"
}

icmp6() {
	echo "86dd 6000000000183a40 $1 $2 $(l4 3a "$1$2" 8000 "0001$PAYLOAD$3")"
}

setup() {
	make_topology 4
	check_ok vsctl fdb add "$M2" vlan 1 port p2
}

# does WHAT ACTION FROM TO: a frame of that kind leaves as this
does() {
	# Words.
	# shellcheck disable=SC2086
	check_ok vsctl rule add vsw0 action $2 permit
	frame "$1" tx h1 "$M2 $M1 $3" rx h2 "$M2 $M1 $4" none h3
	check_eq "$(vsctl rule show vsw0 | sed 's/.* action //')" "$2 permit" \
		"as it is shown"
	check_ok vsctl rule flush vsw0
	log_test "$1: $2"
}

addresses() {
	local from=10.0.0.1 to=10.0.0.2 frag

	does "IPv4" "set ip src 192.0.2.77" "$(udp4 $from $to 1000 53)" \
		"$(udp4 192.0.2.77 $to 1000 53)"
	does "IPv4, TCP" "set ip dst 192.0.2.77" \
		"$(tcp4 $from $to 1000 80 02)" \
		"$(tcp4 $from 192.0.2.77 1000 80 02)"
	does "IPv6" "set ip src 2001:db8::c3" "$(udp6 $A6 $B6 1000 53)" \
		"$(udp6 $C6 $B6 1000 53)"
	does "IPv6, ICMPv6" "set ip dst 2001:db8::c3" \
		"$(icmp6 $A6 $B6 00000000)" "$(icmp6 $A6 $C6 00000000)"
	does "IPv4 where there is IPv6" "set ip src 192.0.2.77" \
		"$(udp6 $A6 $B6 1000 53)" "$(udp6 $A6 $B6 1000 53)"
	does "UDP without a checksum" "set ip src 192.0.2.77" \
		"$(ip4 11 "03e8003500180000$PAYLOAD" $from $to)" \
		"$(ip4 11 "03e8003500180000$PAYLOAD" 192.0.2.77 $to)"
	frag=$PAYLOAD$PAYLOAD
	does "a later fragment has no checksum" "set ip src 192.0.2.77" \
		"$(ip4 11 "$frag" $from $to 40 00 0003)" \
		"$(ip4 11 "$frag" 192.0.2.77 $to 40 00 0003)"
	does "cut off before its checksum" "set ip src 192.0.2.77" \
		"$(ip4 06 "03e80050${PAYLOAD:0:16}" $from $to) 00*22" \
		"$(ip4 06 "03e80050${PAYLOAD:0:16}" 192.0.2.77 $to) 00*22"
	does "no IP" "set ip src 192.0.2.77" "$DATA" "$DATA"
}

# A checksum of all ones is written so, since 0 would say that there is none
# (RFC 768): the source port is chosen to make it that.
all_ones() {
	local bytes port

	bytes=$(udp4 10.0.0.1 10.0.0.2 0 53)
	bytes=${bytes##* }
	port=$((0x${bytes:12:4}))
	does "a sum of 0 is sent as all ones" "set sport $port" \
		"$(udp4 10.0.0.1 10.0.0.2 7 53)" \
		"$(udp4 10.0.0.1 10.0.0.2 $port 53 | sed 's/00180000/0018ffff/')"
}

ports() {
	local from=10.0.0.1 to=10.0.0.2

	does "UDP" "set sport 4444" "$(udp4 $from $to 1000 53)" \
		"$(udp4 $from $to 4444 53)"
	does "TCP" "set dport 8080" "$(tcp4 $from $to 1000 80 10)" \
		"$(tcp4 $from $to 1000 8080 10)"
	does "IPv6" "set dport 8080" "$(udp6 $A6 $B6 1000 53)" \
		"$(udp6 $A6 $B6 1000 8080)"
	does "ICMPv6 has none" "set dport 8080" "$(icmp6 $A6 $B6 00000000)" \
		"$(icmp6 $A6 $B6 00000000)"
	does "nor has a later fragment" "set dport 8080" \
		"$(ip4 11 "$PAYLOAD$PAYLOAD" $from $to 40 00 0003)" \
		"$(ip4 11 "$PAYLOAD$PAYLOAD" $from $to 40 00 0003)"
	all_ones
}

header() {
	local from=10.0.0.1 to=10.0.0.2

	does "IPv4" "set ip ttl 3" "$(udp4 $from $to 1000 53)" \
		"$(udp4 $from $to 1000 53 03)"
	does "IPv4" "dec ip ttl" "$(udp4 $from $to 1000 53)" \
		"$(udp4 $from $to 1000 53 3f)"
	does "IPv6" "dec ip ttl" "$(udp6 $A6 $B6 1000 53)" \
		"$(udp6 $A6 $B6 1000 53 3f)"
	does "ECN stays" "set ip dscp 46" \
		"$(udp4 $from $to 1000 53 40 01)" \
		"$(udp4 $from $to 1000 53 40 b9)"
	does "IPv6, ECN stays" "set ip dscp 46" \
		"$(udp6 $A6 $B6 1000 53 40 01)" "$(udp6 $A6 $B6 1000 53 40 b9)"
	does "behind a tag" "set ip ttl 3" \
		"88a8 0007 $(udp4 $from $to 1000 53)" \
		"88a8 0007 $(udp4 $from $to 1000 53 03)"
	check_ok vsctl rule add vsw0 action dec ip ttl permit
	frame "none left" tx h1 "$M2 $M1 $(udp4 $from $to 1000 53 01)" none h2 \
		tx h1 "$M2 $M1 $(udp6 $A6 $B6 1000 53 00)" none h2
	check_eq "$(drop_count vsw0 p1 ttl)" 2 "ttl of p1"
	check_ok vsctl rule flush vsw0
	log_test "a TTL that runs out"
}

macs() {
	local udp

	udp=$(udp4 10.0.0.1 10.0.0.2 1000 53)
	check_ok vsctl rule add vsw0 action set mac dst "$M2" \
		set mac src 02:aa:bb:cc:dd:ee permit
	frame "both, and the MAC table takes the new destination" \
		tx h1 "$BCAST $M1 $udp" \
		rx h2 "$M2 02aabbccddee $udp" none h3
	check_eq "$(vsctl fdb show port p1)" \
		"$(vsctl fdb show port p1 | grep "$M1")" "learned as it came"
	check_ok vsctl rule flush vsw0
	log_test "MACs"
}

# All at once, on what is not yet summed or cut.
offloads() {
	local dev f t

	f="0800 4500 0000 1234 4000 4006 0000 c0000201 c0000202 1000 2000"
	f+=" 00000001 00000002 5018 0100 0000 0000 aa*3000 bb*3000"
	t="0800 4500 0000 1234 4000 3f06 0000 0a000007 0a000008 1111 0d05"
	t+=" 00000001 00000002 5018 0100 0000 0000 aa*3000 bb*3000"
	check_ok vsctl rule add vsw0 match tcp action set ip src 10.0.0.7 \
		set ip dst 10.0.0.8 set sport 4369 set dport 3333 dec ip ttl \
		permit
	frame "passes whole" txgso h1 1448 "$M2 $M1 $f" \
		rxgso h2 1448 "$M2 $M1 $t"
	frame "a checksum left open" \
		txgso h1 0 "$M2 $M1 ${f/3000 bb*3000/900}" \
		rxgso h2 0 "$M2 $M1 ${t/3000 bb*3000/900}"
	ethtool -K p2 tso off gso off tx off >/dev/null
	frame "cut and summed at last" txgso h1 1448 "$M2 $M1 $f" \
		rxseg h2 1448 "$M2 $M1 $t"
	ethtool -K p2 tso on gso on tx on >/dev/null
	check_ok vsctl rule flush vsw0
	log_test "what is still to be cut or summed is rewritten right"
}

# Who leaves a checksum open says where it is to be put: here, where the port is
# that rules go by, which it makes 53 or 54.
open_sums() {
	local f="$M2 $M1 0800 4500 0024 1234 4000 4011 0000 c0000201 c0000202"
	local before

	before=$(drop_count vsw0 p1 rule)
	check_ok vsctl rule add vsw0 match udp dport 53 action drop
	frame "a port that stays is another" \
		tx h1 "$f 03e8 fbd2 0010 0000 00*8" \
		rx h2 "$f 03e8 fbd2 0010 0000 00*8"
	frame "and one that the sum makes is judged" \
		txsum h1 2 "$f 03e8 fbd2 0010 0000 00*8" none h2
	frame "to the bit" txsum h1 2 "$f 03e8 fbd1 0010 0000 00*8" \
		rx h2 "$f 03e8 0036 0010 0000 00*8"
	check_eq "$(drop_count vsw0 p1 rule)" $((before + 1)) "rule of p1"
	# Where it is UDP's own, but in the header of something else.
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match icmp type 8 action drop
	frame "in ICMP" txsum h1 0 "${f/4011/4001} 0000 f7ff 0000 0000 00*8" \
		none h2
	check_ok vsctl rule flush vsw0
	log_test "an open checksum is no way past rules"
}

vlans() {
	local udp

	udp=$(udp4 10.0.0.1 10.0.0.2 1000 53)
	vsctl -b - <<-END
		port set p3 vlan trunk 10,20 native 1
		port set p4 vlan access 20
		fdb add $M3 vlan 20 port p3
		fdb add $M4 vlan 20 port p4
	END
	check_ok vsctl rule add vsw0 match port p1 action set vlan 20 permit
	frame "another VLAN" tx h1 "$M3 $M1 $udp" \
		rx h3 "$M3 $M1 $(tag 20) $udp" none h2 \
		tx h1 "$M4 $M1 $udp" rx h4 "$M4 $M1 $udp"
	check_eq "$(vsctl fdb show port p1 vlan 20)" "" \
		"learned in a VLAN that it did not come in"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match port p1 action push vlan 20 permit
	frame "a tag more" tx h1 "$M3 $M1 $udp" \
		rx h3 "$M3 $M1 $(tag 20) $(tag 1) $udp" \
		tx h1 "$M4 $M1 $udp" rx h4 "$M4 $M1 $(tag 1) $udp"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match port p3 action pop vlan permit
	frame "a tag less" tx h3 "$M4 $M3 $(tag 10) $(tag 20 5) $udp" \
		rx h4 "$M4 $M3 $udp" none h1 \
		tx h3 "$M2 $M3 $udp" rx h2 "$M2 $M3 $udp" \
		tx h3 "$M4 $M3 $(tag 10) $(tag 30) $udp" none h4
	check_eq "$(drop_count vsw0 p3 vlan-ingress)" 1 "vlan-ingress of p3"
	check_ok vsctl rule flush vsw0
	log_test "VLANs"
}

outputs() {
	local tcp

	tcp=$(tcp4 10.0.0.1 10.0.0.2 1000 80 02)
	vsctl port set p3 vlan access 1
	vsctl port set p4 vlan access 1
	check_ok vsctl rule add vsw0 match tcp action output p3,p4
	frame "whatever the MAC table says" tx h1 "$M2 $M1 $tcp" \
		rx h3 "$M2 $M1 $tcp" rx h4 "$M2 $M1 $tcp" none h2
	check_ok vsctl port set p4 vlan access 20
	frame "within its VLAN" tx h1 "$M2 $M1 $tcp" \
		rx h3 "$M2 $M1 $tcp" none h4 none h2
	check_eq "$(drop_count vsw0 p4 vlan-egress)" 1 "vlan-egress of p4"
	frame "not back" tx h3 "$M2 $M3 $tcp" none h3 none h2 none h4
	check_eq "$(drop_count vsw0 p3 same-port)" 1 "same-port of p3"
	check_ok vsctl port del p4
	check_ok vsctl port del p3
	check_ok vsctl port add vsw0 p3
	wait_up p3
	frame "a port that came back is the same" tx h1 "$M2 $M1 $tcp" \
		rx h3 "$M2 $M1 $tcp" none h2
	check_eq "$(drop_count vsw0 p1 output-gone)" 1 "output-gone of p1"
	check_ok vsctl port add vsw0 p4
	check_ok vsctl rule flush vsw0
	log_test "output"
}

mirrors() {
	local udp to

	wait_up p4
	udp=$(udp4 10.0.0.1 10.0.0.2 1000 53)
	to=$(udp4 10.0.0.1 10.0.0.2 1000 54)
	check_ok vsctl rule add vsw0 match udp \
		action mirror p3 set dport 54 mirror p4 permit
	frame "before and after a change" tx h1 "$M2 $M1 $udp" \
		rx h2 "$M2 $M1 $to" rx h3 "$M2 $M1 $udp" rx h4 "$M2 $M1 $to"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match udp action mirror p3 drop
	frame "of what is dropped" tx h1 "$M2 $M1 $udp" \
		rx h3 "$M2 $M1 $udp" none h2
	check_ok vsctl rule flush vsw0
	log_test "mirror"
}

bands() {
	local udp tcp

	udp=$(udp4 10.0.0.1 10.0.0.2 1000 53)
	tcp=$(tcp4 10.0.0.1 10.0.0.2 1000 80 02)
	check_ok vsctl rule add vsw0 match port p1 action mark 0x5/0xf goto 2
	check_ok vsctl rule add vsw0 band 2 match mark 5 udp action goto 7
	check_ok vsctl rule add vsw0 band 7 prio 9 action drop
	check_ok vsctl rule add vsw0 band 7 prio 8 action permit
	check_ok vsctl rule add vsw0 band 1 action drop
	frame "judged where rules lead" tx h1 "$M2 $M1 $udp" none h2 \
		tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp" \
		tx h1 "$M2 $M1 $udp" none h2 \
		tx h3 "$M2 $M3 $udp" rx h2 "$M2 $M3 $udp"
	check_eq "$(vsctl -s rule show vsw0 | sed 's/^vsw0 id [0-9]* //; s/ by id [0-9]*//; s/ bytes.*//')" "\
prio 32768 match port p1 action mark 0x5/0xf goto 2 packets 3
band 1 prio 32768 action drop packets 0
band 2 prio 32768 match mark 0x5 udp action goto 7 packets 2
band 7 prio 9 action drop packets 2
band 7 prio 8 action permit shadowed packets 0" "counters, in the order of bands"
	check_ok vsctl rule del vsw0 prio 9 band 7
	check_refused "The band has no rule with this prio" \
		vsctl rule del vsw0 prio 8
	frame "one less" tx h1 "$M2 $M1 $udp" rx h2 "$M2 $M1 $udp"
	check_ok vsctl rule flush vsw0
	log_test "goto"
}

# answer PROTO L4 SRC DST: what the kernel makes of itself has no ID, and is not
# to be cut
answer() {
	local len=${2// /} before after

	printf -v before '4500%04x000040004%d%s' $((20 + ${#len} / 2)) 0 "$1"
	after="$(hex4 "$3")$(hex4 "$4")"
	sum "$before$after"
	echo "0800 $before $REPLY $after $2"
}

# reset SRC DST SPORT DPORT ACK: its checksum is left to the device, which wants
# that of the pseudo header
reset() {
	local before

	sum "$(hex4 "$1")$(hex4 "$2")00060014"
	printf -v before '%04x%04x00000000%s50140000%04x' "$3" "$4" "$5" \
		$((0xffff - 0x$REPLY))
	answer 06 "${before}0000" "$1" "$2"
}

# reset6 SRC DST SPORT DPORT ACK: likewise, but its checksum is whole
reset6() {
	local before

	printf -v before '%04x%04x00000000%s50140000' "$3" "$4" "$5"
	echo "86dd 60000000 0014 06 40 $1 $2 $(l4 06 "$1$2" "$before" 0000)"
}

rejects() {
	local from=10.0.0.1 to=10.0.0.2 udp quoted tcp

	check_ok vsctl rule add vsw0 match port p1 action reject
	frame "TCP" tx h1 "$M2 $M1 $(tcp4 $from $to 1000 80 02)" none h2 \
		rxgso h1 0 "$M1 $M2 $(reset $to $from 80 1000 00000008)"
	udp=$(udp4 $from $to 1000 53)
	quoted=${udp#0800 }
	sum "0303 0000 00000000 $quoted"
	frame "UDP" tx h1 "$M2 $M1 $udp" none h2 \
		rx h1 "$M1 $M2 $(answer 01 "0303$REPLY 00000000 $quoted" $to $from)"
	frame "padded" \
		tx h1 "$M2 $M1 $(tcp4 $from $to 1000 80 02) 00*6" none h2 \
		rxgso h1 0 "$M1 $M2 $(reset $to $from 80 1000 00000008)"
	tcp=$(l4 06 "$A6$B6" 03e80050000000070000000050020400 0000)
	frame "TCP behind an extension header" \
		tx h1 "$M2 $M1 86dd 60000000001c3c40 $A6$B6 0600010400000000 $tcp" \
		rx h1 "$M1 $M2 $(reset6 $B6 $A6 80 1000 00000008)" none h2
	udp=$(ip4 11 "03e8003500180000$PAYLOAD" $from $to)
	frame "no packet, by its header's checksum" \
		tx h1 "$M2 $M1 ${udp/4011/3f11}" none h1 none h2
	frame "no answer" tx h1 "$BCAST $M1 $udp" none h1 none h2 \
		tx h1 "$M2 $M1 $(tcp4 $from $to 1000 80 04)" none h1 \
		tx h1 "$M2 $M1 $(udp4 224.0.0.1 $to 1 2)" none h1 \
		tx h1 "$M2 $M1 $DATA" none h1 none h2
	check_eq "$(drop_count vsw0 p1 reject)" 9 "reject of p1"
	check_ok vsctl rule flush vsw0
	log_test "reject"
}

refusals() {
	local i many=()

	check_refused "What becomes of the frame in the end is not said" \
		vsctl rule add vsw0 action mark 5
	check_refused "The action before this one ends the frame's way" \
		vsctl rule add vsw0 action drop mark 5 permit
	check_refused "The action before this one ends the frame's way" \
		vsctl rule add vsw0 action output p2 drop
	check_refused "A rule leads to a later band than its own" \
		vsctl rule add vsw0 band 3 action goto 3
	check_refused "A group address, or one of zeroes, is nobody's source" \
		vsctl rule add vsw0 action set mac src "$BCAST" permit
	check_refused "Frames to 01:80:c2:00:00:00 to 0f are not forwarded" \
		vsctl rule add vsw0 action set mac dst 01:80:c2:00:00:0e permit
	check_refused "A frame cannot be changed and then rejected" \
		vsctl rule add vsw0 action set sport 5 reject
	ip link add loose type dummy
	check_refused "The device is not a port of this switch" \
		vsctl rule add vsw0 action output loose
	check_refused "The device is not a port of this switch" \
		vsctl rule add vsw0 action mirror loose permit
	ip link del loose
	for ((i = 0; i < 31; i++)); do
		many+=(set sport "$i")
	done
	check_ok vsctl rule add vsw0 action "${many[@]}" permit
	check_refused "a rule has at most 32 actions" \
		vsctl rule add vsw0 action "${many[@]}" mark 1 permit
	check_eq "$(vsctl rule show vsw0 | wc -l)" 1 "rules"
	check_ok vsctl rule flush vsw0
	log_test "what is refused changes nothing"
}

unaware() {
	local udp i

	udp=$(udp4 10.0.0.1 10.0.0.2 1000 53)
	for i in 1 2 3 4; do
		vsctl port del "p$i"
	done
	check_ok vsctl switch del vsw0
	check_ok vsctl switch add vsw0 vlan-aware off
	ip link set vsw0 address $HOST_MAC up
	for i in 1 2; do
		vsctl port add vsw0 "p$i"
		wait_up "p$i"
	done
	check_ok vsctl fdb add "$M2" port p2
	does "tags are payload" "push vlan 30" "$udp" "$(tag 30) $udp"
	does "tags are payload" "push vlan 30" "$(tag 7) $udp" \
		"$(tag 30) $(tag 7) $udp"
	does "tags are payload" "pop vlan" "$(tag 7 3) $udp" "$udp"
	does "tags are payload" "pop vlan" "$udp" "$udp"
	does "tags are payload" "set vlan 9" "$(tag 7 3) $udp" \
		"$(tag 9 3) $udp"
	does "tags are payload" "set vlan 9" "$udp" "$udp"
}

require ethtool
setup
addresses
ports
header
macs
offloads
open_sums
vlans
outputs
mirrors
bands
rejects
refusals
unaware
finish
