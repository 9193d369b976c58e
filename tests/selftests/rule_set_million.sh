#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A set of 1,048,576 addresses, which is all that a namespace can have: filled,
# asked, shown, emptied.
#
#    h1     h2      veth, hosts' side
#    |      |
#   +p1----+p2---+
#   |    vsw0    |
#   +------------+
#
# FDB_ENTRIES: how many instead, if that is less than a million; then there is
# room for more, and no refusal.

. "$(dirname "$0")/lib.sh"

ADDRESSES=1048576
[ "${FDB_ENTRIES:-1000000}" -ge 1000000 ] ||
	ADDRESSES=$((FDB_ENTRIES / 512 * 512))
TCP80="3039 0050 00000000 00000000 5002 0000 0000 0000"
REST="00*30"

# ip4 DST: TCP to port 80; the address is hex
ip4() { echo "0800 4500 0040 0001 0000 4006 0000 0a000001 $1 $TCP80 $REST"; }

setup() {
	make_topology 2
	check_ok vsctl fdb add "$M2" vlan 1 port p2
	check_ok vsctl set add many
	check_ok vsctl rule add vsw0 match ip dst @many action drop
}


# Every other address from 20.0.0.0 on, 512 to a line.
lines() {
	awk -v n=$ADDRESSES 'BEGIN {
		for (i = 0; i < n; i++) {
			a = 2 * i
			printf "%s%d.%d.%d.%d",
			       i % 512 ? "," : (i ? "\n" : "") "set add many ip ",
			       20 + a / 16777216, a / 65536 % 256,
			       a / 256 % 256, a % 256
		}
		print ""
	}'
}

filled() {
	local start=$SECONDS

	check_ok vsctl -b <(lines)
	comment "$ADDRESSES addresses in $((SECONDS - start)) s"
	json_value "$(vsctl -j set show many)" addresses
	check_eq "$REPLY" "$ADDRESSES" "addresses"
	log_test "filled"
}

full() {
	check_refused "1048576 addresses" vsctl set add many ip 10.0.0.1
	check_refused "1048576 addresses" vsctl set add other ip 10.0.0.1
	check_refused "No set has this name" vsctl set show other
	check_ok vsctl set add many ip 20.0.0.0
	log_test "no more fits"
}

# address N: the one with this number, from 0 on; halves are between
address() { printf '%08x' $((0x14000000 + 2 * $1 + ${2:-0})); }

asked() {
	local n half=$((ADDRESSES / 2)) last=$((ADDRESSES - 1)) f
	local -a steps=()

	for n in 0 1 $half $((half + 1)) $((last - 1)) $last; do
		f="$M2 $M1 $(ip4 "$(address "$n")")"
		steps+=(tx h1 "$f")
		f="$M2 $M1 $(ip4 "$(address "$n" 1)")"
		steps+=(tx h1 "$f" rx h2 "$f")
	done
	for n in -1 "$ADDRESSES"; do
		f="$M2 $M1 $(ip4 "$(address "$n")")"
		steps+=(tx h1 "$f" rx h2 "$f")
	done
	frame "the first, the last, some between, and their neighbours" \
		"${steps[@]}"
	log_test "frames are told by it"
}

shown() {
	local n last=$((2 * ADDRESSES - 2))

	n=$(vsctl set show many | tr , '\n' | uniq | wc -l)
	check_eq "$n" "$ADDRESSES" "addresses that are shown"
	last=20.$((last / 65536)).$((last / 256 % 256)).$((last % 256))
	check_eq "$(vsctl set show many | sed -n '$s/.*,//p')" $last "the last"
	log_test "shown whole"
}

emptied() {
	check_ok vsctl set flush many
	check_eq "$(vsctl set show)" "many" "sets"
	frame "what was in it" tx h1 "$M2 $M1 $(ip4 14000000)" \
		rx h2 "$M2 $M1 $(ip4 14000000)"
	check_ok vsctl set add many ip 20.0.0.0
	frame "what is again" tx h1 "$M2 $M1 $(ip4 14000000)" none h2
	log_test "emptied"
}

setup
filled
[ "$ADDRESSES" -lt 1048576 ] || full
asked
shown
emptied
finish
