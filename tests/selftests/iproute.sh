#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The basics with stock iproute2 alone, as with a bridge.
#
#    h1     h2      veth, hosts' side
#    |      |
#   +p1----+p2-+
#   |   vsw0   |
#   +----------+

# shellcheck disable=SC2034 # lib.sh looks at it
NEED_VSCTL=no
. "$(dirname "$0")/lib.sh"

make() {
	local out

	check_ok ip link add vsw0 address "$HOST_MAC" type vswitch
	make_pairs 1 2 | ip -batch -
	out=$(ip -d link show vsw0)
	check_match "$out" "*link/ether $HOST_MAC*vswitch*" "vsw0"
	check_match "$(ip link show type vswitch)" "*: vsw0:*" "by type"
	check_match "$(ip -j -d link show vsw0)" \
		'*"info_kind":"vswitch"*' "as JSON"
	log_test "ip link add, show, show type"
}

attach() {
	local out

	check_ok ip link set p1 master vsw0
	check_ok ip link set dev p2 master vsw0
	check_match "$(ip link show p1)" "* master vsw0 *" "p1"
	out=$(ip -o link show master vsw0)
	check_match "$out" "*: p1@h1:*: p2@h2:*" "by master"
	check_ok ip link set vsw0 up
	wait_up p1 p2 h1 h2 vsw0
	check_match "$(ip link show vsw0)" "*<*LOWER_UP*>*state UP*" "vsw0"
	frame "from port to port and to the host" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx vsw0 "$BCAST $M1 $DATA" \
		next \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" none vsw0
	log_test "ip link set master"
}

statistics() {
	local out

	out=$(ip -s -j link show vsw0)
	check_match "$out" '*"rx":*"bytes":60*"packets":1,*"errors":0*' "vsw0"
	log_test "ip -s link"
}

detach() {
	check_ok ip link set p2 nomaster
	[ ! -e /sys/class/net/p2/master ]
	check_err $? "p2 has a master"
	frame "p2 is no port any more" \
		tx h1 "$BCAST $M1 $DATA" none h2 rx vsw0 "$BCAST $M1 $DATA"
	frame "and has its frames for itself" \
		tx h2 "$BCAST $M2 $DATA" none h1 rx p2 "$BCAST $M2 $DATA"
	check_ok ip link set p2 master vsw0
	log_test "ip link set nomaster"
}

address() {
	local new=02:00:00:00:00:ee

	check_ok ip link set vsw0 address "$new"
	frame "its new address" -P vsw0 \
		tx h1 "$new $M1 $DATA" rx vsw0 "$new $M1 $DATA" none h2
	check_refused "" ip link set vsw0 address "$MCAST"
	# Not every kernel renames a device that is up.
	check_ok ip link set vsw0 down
	check_ok ip link set vsw0 name other
	check_match "$(ip -o link show master other)" "*p1*p2*" "other"
	check_ok ip link set other name vsw0
	check_ok ip link set vsw0 up
	log_test "address and name"
}

make_with() {
	local mtu

	check_ok ip link add vsw7 mtu 1400 up type vswitch
	read -r mtu </sys/class/net/vsw7/mtu
	check_eq "$mtu" 1400 "MTU given when it was made"
	check_ok ip link del vsw7 type vswitch
	check_ok ip link add type vswitch
	check_match "$(ip -o link show type vswitch)" "*vswitch0*" "vswitch0"
	check_ok ip link del vswitch0
	log_test "ip link add with settings, and without a name"
}

remove() {
	check_ok ip link del vsw0
	[ ! -e /sys/class/net/p1/master ]
	check_err $? "p1 has a master"
	check_match "$(ip -d link show p1)" "*promiscuity 0 *" "p1"
	frame "the devices are there, and no more switched" \
		tx h1 "$BCAST $M1 $DATA" rx p1 "$BCAST $M1 $DATA" none h2
	log_test "ip link del"
}

make
attach
statistics
detach
address
make_with
remove
finish
