#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Rules: what each field matches, and what it does not; which rule decides.
#
#    h1     h2     h3     veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |
#   +--------------------+

. "$(dirname "$0")/lib.sh"

# Bytes of headers, in hex. What follows is padded with zeroes by "frame".
ip4_addr() {
	local -a bytes

	IFS=. read -ra bytes <<<"$1"
	printf '%02x%02x%02x%02x' "${bytes[@]}"
}

# ip4 PROTO PAYLOAD [TOS] [TTL] [FRAGMENT] [SRC] [DST]
ip4() {
	echo "0800 45${3:-00} 0040 0001 ${5:-0000} ${4:-40}$1 0000" \
		"$(ip4_addr "${6:-10.0.0.1}") $(ip4_addr "${7:-10.0.0.2}") $2"
}

A6=20010db8000000000000000000000001
B6=20010db8000000000000000000000002

# ip6 NEXT PAYLOAD [SRC] [DST]
ip6() {
	echo "86dd 6000 0000 0028 $1 40 ${3:-$A6} ${4:-$B6} $2"
}

# arp OP SENDER-IP TARGET-IP
arp() {
	echo "0806 0001 0800 06 04 000$1 020000000001 $(ip4_addr "$2")" \
		"020000000002 $(ip4_addr "$3")"
}

TCP80="3039 0050 00000000 00000000 5002 0000 0000 0000"
TCP81="3039 0051 00000000 00000000 5002 0000 0000 0000"
TCP80_ACK="3039 0050 00000000 00000000 5012 0000 0000 0000"
ECHO="0800 0000 0001 0001"
ECHO_REPLY="0000 0000 0001 0001"
NS="8700 0000 00000000 $B6"
NS_OTHER="8700 0000 00000000 $A6"
REST="00*30"

setup() {
	make_topology 3
	# Everything goes from h1 to h2, and is known there.
	check_ok vsctl fdb add "$M2" vlan 1 port p2
}

# judges WHAT MATCH YES NO: a rule with it drops a frame that ends in YES, and
# not one that ends in NO
judges() {
	local yes="$M2 $M1 $3 $REST" no="$M2 $M1 $4 $REST"

	# Words.
	# shellcheck disable=SC2086
	check_ok vsctl rule add vsw0 match $2 action drop
	frame "$2" tx h1 "$yes" none h2 none h3 \
		next tx h1 "$no" rx h2 "$no" none h3 \
		next tx h1 "$yes" none h2 none h3 \
		next tx h1 "$no" rx h2 "$no" none h3
	check_eq "$(vsctl rule show vsw0 | sed 's/.* match //; s/ action.*//')" \
		"${5:-$2}" "as it is shown"
	check_match "$(vsctl -s rule show vsw0)" "* packets 2 *" "$2: counters"
	check_ok vsctl rule flush vsw0
	log_test "$1: $2"
}

l2_fields() {
	local tcp

	tcp=$(ip4 06 "$TCP80")
	judges "type" "type ipv6" "$(ip6 06 "$TCP80")" "$tcp"
	judges "type" "type 2054-2055" "$(arp 1 10.0.0.1 10.0.0.2)" "$tcp" \
		"type arp-2055"
	judges "inner VLAN" "inner-vlan 7" "88a8 0007 $tcp" "88a8 0008 $tcp"
	judges "behind a tag" "tcp dport 80" "88a8 0007 $tcp" \
		"88a8 0007 $(ip4 06 "$TCP81")"
}

ip_fields() {
	local tcp

	tcp=$(ip4 06 "$TCP80")
	judges "source" "ip src 10.0.0.1" "$tcp" \
		"$(ip4 06 "$TCP80" 00 40 0000 10.0.0.3)"
	judges "prefix" "ip dst 10.0.0.0/31" \
		"$(ip4 06 "$TCP80" 00 40 0000 10.0.0.9 10.0.0.1)" "$tcp"
	judges "list" "ip dst 10.0.0.1,10.0.0.2" "$tcp" \
		"$(ip4 06 "$TCP80" 00 40 0000 10.0.0.9 10.0.0.3)"
	judges "not" "ip src not 10.0.0.1" \
		"$(ip4 06 "$TCP80" 00 40 0000 10.0.0.3)" "$tcp"
	judges "not, of what is not IP" "ip src not 10.0.0.1" \
		"$(ip4 06 "$TCP80" 00 40 0000 10.0.0.3)" \
		"$(arp 1 10.0.0.3 10.0.0.2)"
	judges "DSCP" "ip dscp 46" "$(ip4 06 "$TCP80" b9)" "$tcp"
	judges "ECN" "ip ecn 1" "$(ip4 06 "$TCP80" b9)" "$tcp"
	judges "TTL" "ip ttl 0-1" "$(ip4 06 "$TCP80" 00 01)" "$tcp"
	judges "protocol" "udp" "$(ip4 11 "$TCP80")" "$tcp"
	judges "IPv6" "ip src 2001:db8::/127" "$(ip6 06 "$TCP80")" \
		"$(ip6 06 "$TCP80" "$B6")"
	judges "IPv6" "ip dst 2001:db8::2" "$(ip6 06 "$TCP80")" \
		"$(ip6 06 "$TCP80" "$A6" "$A6")"
	judges "first fragment" "ip frag first" \
		"$(ip4 06 "$TCP80" 00 40 2000)" "$tcp"
	judges "later fragment" "ip frag later" \
		"$(ip4 06 "$TCP80" 00 40 2001)" "$(ip4 06 "$TCP80" 00 40 2000)"
}

l4_fields() {
	local tcp

	tcp=$(ip4 06 "$TCP80")
	judges "port" "tcp dport 80" "$tcp" "$(ip4 06 "$TCP81")"
	judges "port" "sport 12345" "$(ip4 11 "$TCP80")" "$(ip4 01 "$ECHO")"
	judges "port of another protocol" "udp dport 80" "$(ip4 11 "$TCP80")" \
		"$tcp"
	judges "range of ports" "tcp dport 1-80" "$tcp" "$(ip4 06 "$TCP81")"
	judges "flags" "tcp tcp-flags +syn-ack" "$tcp" "$(ip4 06 "$TCP80_ACK")"
	judges "a later fragment has no ports" "tcp dport 80" \
		"$(ip4 06 "$TCP80" 00 40 2000)" "$(ip4 06 "$TCP80" 00 40 0001)"
	judges "behind options" "tcp dport 80" \
		"0800 4600 0040 0001 0000 4006 0000 0a000001 0a000002 01010100 $TCP80" \
		"0800 4600 0040 0001 0000 4006 0000 0a000001 0a000002 01010100 $TCP81"
	judges "behind extension headers" "tcp dport 80" \
		"$(ip6 00 "3c00 0000 0000 0000 0600 0000 0000 0000 $TCP80")" \
		"$(ip6 00 "3c00 0000 0000 0000 0600 0000 0000 0000 $TCP81")"
	judges "behind a fragment header" "tcp dport 80" \
		"$(ip6 2c "0600 0001 0000 0001 $TCP80")" \
		"$(ip6 2c "0600 0009 0000 0001 $TCP80")"
	judges "ICMP" "icmp type 8" "$(ip4 01 "$ECHO")" \
		"$(ip4 01 "$ECHO_REPLY")"
	judges "ICMPv6" "icmp6 type 135 code 0" "$(ip6 3a "$NS")" \
		"$(ip6 3a "$ECHO")"
	judges "ND" "nd target 2001:db8::2" "$(ip6 3a "$NS")" \
		"$(ip6 3a "$NS_OTHER")" "icmp6 nd target 2001:db8::2"
	judges "all of ND" "nd" "$(ip6 3a "$NS")" "$(ip6 3a "$ECHO")" \
		"icmp6 type 133-137"
	judges "ARP" "arp op request" "$(arp 1 10.0.0.1 10.0.0.2)" \
		"$(arp 2 10.0.0.1 10.0.0.2)"
	judges "ARP" "arp sender-ip not 10.0.0.1" \
		"$(arp 1 10.0.0.3 10.0.0.2)" "$(arp 1 10.0.0.1 10.0.0.2)"
	judges "ARP" "arp target-mac 02:00:00:00:00:02" \
		"$(arp 1 10.0.0.3 10.0.0.2)" "$tcp"
}

ports_and_macs() {
	local tcp

	tcp="$(ip4 06 "$TCP80") $REST"
	check_ok vsctl rule add vsw0 match port p1 action drop
	frame "port" tx h1 "$M2 $M1 $tcp" none h2 \
		next tx h3 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	check_ok vsctl rule flush vsw0
	log_test "port"
	check_ok vsctl rule add vsw0 match mac src not "$M1" action drop
	frame "not this source" tx h1 "$M2 $M3 $tcp" none h2 \
		next tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 \
		match mac dst 02:00:00:00:00:02/ff:ff:ff:ff:ff:fe action drop
	frame "masked destination" tx h1 "$M2 $M1 $tcp" none h2 \
		next tx h1 "$M4 $M1 $tcp" rx h2 "$M4 $M1 $tcp" \
		rx h3 "$M4 $M1 $tcp"
	check_ok vsctl rule flush vsw0
	log_test "MAC addresses"
	check_ok vsctl fdb flush vsw0
	check_ok vsctl rule add vsw0 match mac src "$M3" action drop
	frame "a spoofed source" tx h1 "$M2 $M3 $tcp" none h2
	check_eq "$(fdb_entries vsw0 "$M3")" "" "entry of M3"
	check_match "$(vsctl drops show vsw0 port p1)" "*rule*" "drops"
	check_ok vsctl rule flush vsw0
	log_test "what a rule drops teaches nothing, and is counted"
}

precedence() {
	local tcp

	tcp="$(ip4 06 "$TCP80") $REST"
	check_ok vsctl rule add vsw0 prio 10 action drop
	frame "any" tx h1 "$M2 $M1 $tcp" none h2
	check_ok vsctl rule add vsw0 prio 20 match tcp dport 80 action permit
	frame "a higher prio" tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	check_ok vsctl rule add vsw0 prio 30 match ip src 10.0.0.0/8 action drop
	frame "a higher one yet" tx h1 "$M2 $M1 $tcp" none h2
	check_ok vsctl rule del vsw0 prio 30
	frame "without it" tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	check_ok vsctl rule add vsw0 prio 20 match ip src 10.0.0.1 action drop
	frame "of two with a prio the older" \
		tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	check_ok vsctl rule flush vsw0
	check_eq "$(vsctl rule show)" "" "rules"
	log_test "the highest prio decides, then the older rule"
}

# The first rule with its counters, without its ID.
counted() { vsctl -s rule show vsw0 | sed 's/ id [0-9]*//; s/ used .*//; 2,$d'; }

limits() {
	local i

	for i in {1..64}; do
		echo "rule add vsw0 prio $i match tcp dport 80 action drop"
	done | check_ok vsctl -b -
	check_refused "match the same" \
		vsctl rule add vsw0 match tcp dport 80 action permit
	check_eq "$(vsctl rule show vsw0 | wc -l)" 64 "rules"
	check_ok vsctl rule flush vsw0
	check_ok vsctl rule add vsw0 match tcp dport 80 action permit
	check_ok vsctl rule flush vsw0
	check_refused "1024 combinations" vsctl rule add vsw0 \
		match tcp sport 1-65534 dport 1-65534 ip ttl 1-254 action drop
	check_refused "63 values" vsctl rule add vsw0 \
		match tcp dport not 1-65534,2-65533,3-65532 action drop
	check_refused "fields" vsctl rule add vsw0 \
		match tcp icmp type 8 dport 80 action drop
	check_eq "$(vsctl rule show vsw0 | wc -l)" 0 "rules"
	log_test "limits, and nothing is left of what is refused"
}

# reads FILE: has the replacement got so far as to read it?
reads() { [[ $(readlink "/proc/$REPLACER/fd/"*) == *"$1"* ]]; }

# replace_by FIFO: in the background, and has begun when this returns
replace_by() {
	# Not by the function of that name, which would be the one to kill.
	"$VSCTL" rule replace vsw0 "$1" {WRITER}>&- &
	REPLACER=$!
	wait_for 5 reads "$1"
	check_err $? "vsctl does not read $1"
}

# One replacement at a time, and a socket that is closed gives up its own.
two_replacements() {
	local dir fifo

	dir=$(mktemp -d)
	fifo=$dir/rules
	mkfifo "$fifo"
	exec {WRITER}<>"$fifo"
	replace_by "$fifo"
	check_refused "already" vsctl rule replace vsw0 /dev/null
	echo "prio 7 action permit" >&"$WRITER"
	exec {WRITER}>&-
	wait "$REPLACER"
	check_err $? "the first"
	check_eq "$(vsctl rule show vsw0 | sed 's/ id [0-9]*//')" \
		"vsw0 prio 7 action permit" "rules"
	exec {WRITER}<>"$fifo"
	replace_by "$fifo"
	kill "$REPLACER"
	wait "$REPLACER"
	check_ok vsctl rule replace vsw0 /dev/null
	exec {WRITER}>&-
	rm -rf "$dir"
	check_eq "$(vsctl rule show vsw0)" "" "rules"
	log_test "replacements, two at a time, and one that is given up"
}

replace() {
	local file before tcp

	tcp="$(ip4 06 "$TCP80") $REST"
	file=$(mktemp)
	printf '%s\n' "prio 20 match tcp dport 80 action permit" \
		"prio 10 action drop" >"$file"
	check_ok vsctl rule replace vsw0 "$file"
	frame "permitted" tx h1 "$M2 $M1 $tcp" rx h2 "$M2 $M1 $tcp"
	before=$(counted)
	printf '%s\n' "prio 20 match tcp dport 80 action permit" \
		"prio 10 match udp action drop" >"$file"
	check_ok vsctl rule replace vsw0 "$file"
	check_eq "$(counted)" "$before" "the rule that stays, with its counters"
	check_eq "$(vsctl rule show vsw0 | wc -l)" 2 "rules"
	printf '%s\n' "prio 20 match tcp dport 80 action drop" \
		"prio 10 match tcp dport 80 action nonsense" >"$file"
	before=$(vsctl rule show vsw0)
	check_refused "nonsense" vsctl rule replace vsw0 "$file"
	check_eq "$(vsctl rule show vsw0)" "$before" "rules, after a refusal"
	check_ok vsctl rule flush vsw0
	rm -f "$file"
	log_test "replace: what stays stays, and all or nothing"
}

setup
l2_fields
ip_fields
l4_fields
ports_and_macs
precedence
limits
two_replacements
replace
finish
