#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Things that go away while frames fly.
#
#    h1     h2     h3      veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3---+
#   |       vsw0        |
#   +-------------------+

NETNS_COUNT=2
. "$(dirname "$0")/lib.sh"

TRAFFIC=()

setup() { make_topology 3; }

exists() { [ -e "/sys/class/net/$1" ]; }

# start_traffic HOST...: floods from many sources, until stop_traffic
start_traffic() {
	local host

	for host; do
		"$TEST_DIR/frame" -g 0 gen "$host" 100000000 \
			"$BCAST 02:cc:00:00:00:00 $DATA" >/dev/null 2>&1 &
		TRAFFIC+=($!)
	done
	nap 0.2
}

# What it sends by may be gone, and it with that.
stop_traffic() {
	kill "${TRAFFIC[@]}" 2>/dev/null
	wait "${TRAFFIC[@]}" 2>/dev/null
	TRAFFIC=()
}

works() {
	frame "the switch works" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA"
}

port_deleted() {
	start_traffic h1
	ip -batch - <<-END
		link add d1 type dummy
		link set d1 up master vsw0
		link del d1
	END
	check_err $? "d1"
	check_ok ip link del h3
	check_match "$(vsctl switch show vsw0)" "*ports 3*" "vsw0"
	stop_traffic
	works
	make_pairs 3 3 vsw0 | ip -batch -
	wait_up h3 p3
	log_test "a port's device is deleted"
}

port_moved() {
	start_traffic h3
	check_ok ip link set p3 netns "$NS2"
	check_refused "" vsctl port show p3
	check_match "$(vsctl switch show vsw0)" "*ports 3*" "vsw0"
	check_match "$(ip -n "$NS2" -d link show p3)" "*promiscuity 0 *" "p3"
	stop_traffic
	works
	ip -n "$NS2" link del p3
	make_pairs 3 3 vsw0 | ip -batch -
	wait_up h3 p3
	log_test "a port's device moves to another namespace"
}

renamed() {
	ip -batch - <<-END
		link set p3 down
		link set p3 name other
		link set other up
	END
	check_match "$(vsctl port show other)" "*other*vsw0*" "other"
	check_refused "" vsctl port show p3
	wait_up other
	frame "to the port of another name" \
		tx h1 "$BCAST $M1 $DATA" rx h3 "$BCAST $M1 $DATA"
	ip -batch - <<-END
		link set other down
		link set other name p3
		link set p3 up
	END
	wait_up p3 h3
	log_test "a port's device is renamed"
}

attach_detach() {
	local i

	start_traffic h1 h2
	for i in {1..5}; do
		echo "link set p3 nomaster"
		echo "link set p3 master vsw0"
		echo "link set p3 down"
		echo "link set p3 up"
	done | ip -batch -
	check_err $? "attach and detach"
	for i in {1..5}; do
		echo "port add vsw0 in$i type internal vlan access $i"
		echo "port set p2 vlan trunk 1-$((i + 1)) native 1"
		echo "port del in$i"
		echo "fdb flush vsw0"
	done | vsctl -b -
	check_err $? "internal ports and VLANs"
	vsctl port set p2 vlan access 1
	stop_traffic
	wait_up p3 h3
	works
	log_test "ports come and go, VLANs change"
}

switch_deleted() {
	local i

	start_traffic h1
	check_ok ip link del vsw0
	! exists vsw0
	check_err $? "vsw0 is left"
	for i in {1..3}; do
		check_ok ip -batch - <<-END
			link add vsw0 address $HOST_MAC type vswitch
			link set p1 master vsw0
			link set p2 master vsw0
			link set p3 master vsw0
			link set vsw0 up
		END
		check_ok vsctl port add vsw0 in0 type internal
		check_ok vsctl switch del vsw0
		! exists in0
		check_err $? "in0 is left"
	done
	stop_traffic
	ip -batch - <<-END
		link add vsw0 address $HOST_MAC type vswitch
		link set p1 master vsw0
		link set p2 master vsw0
		link set p3 master vsw0
		link set vsw0 up
	END
	wait_up p1 p2 p3 vsw0
	works
	log_test "a switch is deleted with all that is in it"
}

# Its ports lead to this namespace, its dump may be under way.
netns_deleted() {
	local i

	{
		echo "link add vsw9 type vswitch"
		for i in 7 8; do
			echo "link add h$i type veth peer name p$i netns $NS2"
		done
	} | ip -batch -
	ip -n "$NS2" -batch - <<-END
		link add vsw9 type vswitch
		link set p7 up master vsw9
		link set p8 up master vsw9
		link set vsw9 up
		addr add 192.0.2.1/24 dev vsw9
		link add link vsw9 name vsw9.5 up type vlan id 5
	END
	vsctl -n "$NS2" port add vsw9 in9 type internal
	ip -batch - <<-END
		link set h7 up
		link set h8 up
	END
	wait_up h7 h8
	start_traffic h7 h8
	check_ok ip netns del "$NS2"
	gone() { ! exists h7 && ! exists h8; }
	# The core waits for readers several times, each of whom may have to
	# wait for traffic.
	wait_for 60 gone
	check_err $? "the namespace does not go"
	stop_traffic
	check_match "$(vsctl switch show)" "*vsw0:*vsw9:*" "switches here"
	check_ok ip link del vsw9
	works
	log_test "a namespace is deleted"
}

# insert: the module, as it was
insert() {
	if [ -n "${VSWITCH_KO:-}" ]; then
		insmod "$VSWITCH_KO"
	else
		modprobe vswitch
	fi
}

can_insert() {
	[ -n "${VSWITCH_KO:-}" ] || modprobe -n -q vswitch
}

module_removed() {
	local name="the module is removed under traffic"

	if ! can_insert; then
		log_skip "$name" "it could not be loaded again: set VSWITCH_KO"
		return
	fi
	if [ -n "$(nsenter -n -t 1 "$VSCTL" switch show 2>&1)" ]; then
		log_skip "$name" "there are other switches on this machine"
		return
	fi
	vsctl port add vsw0 in0 type internal
	start_traffic h1 h2 h3
	check_ok rmmod vswitch
	! exists vsw0 && ! exists in0
	check_err $? "a device is left"
	check_match "$(ip -d link show p1)" "*promiscuity 0 *" "p1"
	[ ! -e /sys/module/vswitch ]
	check_err $? "the module is still there"
	stop_traffic
	check_ok insert
	ip -batch - <<-END
		link add vsw0 type vswitch
		link set p1 master vsw0
		link set p2 master vsw0
	END
	wait_up p1 p2
	works
	log_test "$name"
}

setup
port_deleted
port_moved
renamed
attach_detach
switch_deleted
netns_deleted
module_removed
finish
