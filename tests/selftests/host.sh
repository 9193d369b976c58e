#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The host on its own switch: IP over the switch's device and over internal
# ports, to stations in other namespaces, VLANs, TCP with segmentation.
#
#    namespace 2              namespace 3
#    e2 192.0.2.2             e3 192.0.2.3
#    |                        e3.10 192.0.2.131/25 (VLAN 10)
#    |                        |
#   +p2----------------------+p3--------------+
#   |  1                      10, native 1    |
#   |                 vsw0                    |
#   +--1-----------------------10-------------+
#     host port                in0
#     192.0.2.1/25             192.0.2.130/25

NETNS_COUNT=3
. "$(dirname "$0")/lib.sh"

setup() {
	local n

	ip link add vsw0 address "$HOST_MAC" type vswitch ||
		skip_all "no switch"
	for n in 2 3; do
		echo "link add e$n type veth peer name p$n"
		echo "link set p$n master vsw0 up"
	done | ip -batch -
	ip link set e2 netns "$NS2"
	ip link set e3 netns "$NS3"
	vsctl -b - <<-END
		port set p3 vlan trunk 10 native 1
		port add vsw0 in0 type internal vlan access 10
	END
	ip -n "$NS2" -batch - <<-END
		addr add 192.0.2.2/25 dev e2
		link set e2 up
	END
	ip -n "$NS3" -batch - <<-END
		addr add 192.0.2.3/25 dev e3
		link set e3 up
		link add link e3 name e3.10 type vlan id 10
		addr add 192.0.2.131/25 dev e3.10
		link set e3.10 up
	END
	ip -batch - <<-END
		addr add 192.0.2.1/25 dev vsw0
		addr add 192.0.2.130/25 dev in0
		link set vsw0 up
		link set in0 up
		link set lo up
	END
	wait_up p2 p3 vsw0
}

in_ns() { ip netns exec "$@"; }

reach() {
	check_ok ping -q -c 1 -W 2 "$1"
}

ping_all() {
	reach 192.0.2.2
	reach 192.0.2.3
	reach 192.0.2.131
	check_ok in_ns "$NS2" ping -q -c 1 -W 2 192.0.2.3
	check_ok in_ns "$NS2" ping -q -c 1 -W 2 192.0.2.1
	check_ok in_ns "$NS3" ping -q -c 1 -W 2 192.0.2.130
	log_test "ping between the host, its internal port and stations"
}

ping_large() {
	check_ok ping -q -c 1 -W 2 -s 1472 -M 'do' 192.0.2.2
	check_ok ping -q -c 1 -W 2 -s 20000 192.0.2.2
	check_ok ping -q -c 1 -W 2 -s 20000 192.0.2.131
	log_test "frames as long as the MTU, and fragments"
}

separate() {
	in_ns "$NS2" ping -q -c 1 -W 0.5 192.0.2.130 >/dev/null 2>&1
	check_fail $? "VLAN 10 is reached from VLAN 1"
	log_test "VLANs stay apart"
}

vlan_device() {
	vsctl -b - <<-END
		port set vsw0 vlan trunk 10 native 1
		port del in0
	END
	ip -batch - <<-END
		link add link vsw0 name vsw0.10 type vlan id 10
		addr add 192.0.2.130/25 dev vsw0.10
		link set vsw0.10 up
	END
	reach 192.0.2.131
	reach 192.0.2.2
	log_test "a VLAN device on the switch's, its port a trunk"
}

# port_counters PORT: rx_packets rx_bytes tx_packets tx_bytes
port_counters() {
	local json key

	json=$(vsctl -j -s port show "$1")
	for key in rx-packets rx-bytes tx-packets tx-bytes; do
		json_value "$json" "$key"
		printf '%s ' "$REPLY"
	done
}

# transfer NETNS ADDRESS [OPTION...]: 4 MB by TCP to a server there; how much of
# it is under way when the client ends the test is not certain
transfer() {
	local netns=$1 address=$2 server try

	shift 2
	in_ns "$netns" iperf3 -s -1 >/dev/null 2>&1 &
	server=$!
	for try in 1 2 3 4 5 6 7 8 9 10; do
		nap 0.2
		iperf3 -c "$address" -n 4M "$@" >/dev/null 2>&1 && break
	done
	check_err $? "transfer to $address $*, after $try tries"
	kill "$server" 2>/dev/null
	wait "$server" 2>/dev/null
}

tcp() {
	local what address before after packets bytes

	if ! type -P iperf3 >/dev/null; then
		log_skip "TCP" "there is no iperf3"
		return
	fi
	for what in "p2 192.0.2.2 $NS2" "p3 192.0.2.131 $NS3"; do
		read -r what address netns <<<"$what"
		read -ra before <<<"$(port_counters "$what")"
		transfer "$netns" "$address"
		read -ra after <<<"$(port_counters "$what")"
		packets=$((after[2] - before[2]))
		bytes=$((after[3] - before[3]))
		[ "$bytes" -gt 2097152 ]
		check_err $? "only $bytes bytes left by $what"
		# Not cut before the device that has to.
		[ $((bytes / (packets + 1))) -gt 3000 ]
		check_err $? "$bytes bytes in $packets frames left by $what"
	done
	log_test "TCP from the host, whole segments through the switch"
}

tcp_cut() {
	if ! type -P iperf3 >/dev/null; then
		log_skip "TCP without offloads" "there is no iperf3"
		return
	fi
	ethtool -K p2 tso off gso off tx off >/dev/null
	transfer "$NS2" 192.0.2.2
	in_ns "$NS2" ethtool -K e2 tso off gso off tx off gro off >/dev/null
	transfer "$NS2" 192.0.2.2 -R
	log_test "TCP both ways, cut and summed in software"
}

immutable() {
	check_refused "" ip link set vsw0 netns "$NS2"
	check_ok vsctl port add vsw0 in1 type internal
	check_refused "" ip link set in1 netns "$NS2"
	check_ok vsctl port del in1
	log_test "a switch and its internal ports stay in their namespace"
}

require ping ethtool
setup
ping_all
ping_large
separate
vlan_device
tcp
tcp_cut
immutable
finish
