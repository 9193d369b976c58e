#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# As many ports as a switch can have, and one more.
#
#    h1     h2                     d1   ...   d4093   dummies
#    |      |                      |            |
#   +p1----+p2---------------------+------------+---+
#   |                   vsw0                        |
#   +-----------------------------------------------+

. "$(dirname "$0")/lib.sh"

# VSW_PORTS_MAX, less the host port, p1 and p2
DUMMIES=4093
# They are removed by so many at once, since the core keeps RTNL for all of that:
# with a namespace of 4,093 devices it would be for half a minute.
GROUP=256

cleanup() {
	local n

	for ((n = 1; n <= 1 + DUMMIES / GROUP; n++)); do
		ip link del group "$n"
	done
}

setup() {
	make_topology 2
}

fill() {
	awk -v n=$DUMMIES -v size=$GROUP 'BEGIN {
		for (i = 1; i <= n; i++)
			printf "link add d%d group %d master vsw0 " \
			       "type dummy\n", i, 1 + i / size
	}' | ip -batch -
	check_err $? "$DUMMIES ports"
	check_eq "$(switch_number vsw0 port-count)" 4096 "ports"
	log_test "a switch has 4096 ports"
}

one_more() {
	ip link add d0 type dummy
	check_refused "4096 ports" ip link set d0 master vsw0
	check_refused "4096 ports" vsctl port add vsw0 d0
	check_refused "4096 ports" vsctl port add vsw0 in0 type internal
	[ ! -e /sys/class/net/in0 ]
	check_err $? "in0 is left"
	check_eq "$(switch_number vsw0 port-count)" 4096 "ports"
	log_test "one more is refused, and leaves nothing"
}

dump() {
	check_eq "$(vsctl port show | wc -l)" 4096 "ports shown"
	log_test "a dump has them all"
}

# In another VLAN than the dummies: what is flooded is few, whatever is up.
forward() {
	check_ok vsctl port set p1 vlan access 2
	check_ok vsctl port set p2 vlan access 2
	frame "between two of them" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" none vsw0 \
		next \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" none vsw0
	log_test "frames find their way among them"
}

room_again() {
	check_ok ip link set d77 nomaster
	check_ok vsctl port add vsw0 d0
	check_match "$(vsctl port show d0)" "d0:*switch vsw0 *" "d0"
	check_ok vsctl switch del vsw0
	[ ! -e /sys/class/net/d0/master ]
	check_err $? "d0 has a master"
	log_test "where one goes there is room; all go with the switch"
}

setup
fill
one_more
dump
forward
room_again
finish
