#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Trunks: a set of VLANs, tagged, and a native one, untagged.
#
#    h1            h2       h3     h4     h5     veth, hosts' side
#    |             |        |      |      |
#   +p1-----------+p2------+p3----+p4----+p5-----+
#   | 10,20,       1-4094   10     1      10,20  |
#   | 100-199      no       access access native |
#   | native 1     native                 10     |
#   |                    vsw0                    |
#   +----------------------1---------------------+
#                     host port

. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 5
	vsctl -b - <<-END
		port set p1 vlan trunk 10,20,100-199 native 1
		port set p2 vlan trunk 1-4094
		port set p3 vlan access 10
		port set p5 vlan trunk 10,20 native 10
	END
}

shown() {
	check_match "$(vsctl -j port show p1)" '*"vlan-mode":"trunk"*' "p1"
	check_match "$(vsctl port show p1)" '*trunk*10,20,100-199*native 1' \
		"p1"
	check_match "$(vsctl port show p2)" '*trunk all*' "p2"
	log_test "trunks are shown as they were set"
}

tagged() {
	frame "VLAN 10 from p1" \
		tx h1 "$BCAST $M1 $(tag 10) $DATA" \
		rx h2 "$BCAST $M1 $(tag 10) $DATA" \
		rx h3 "$BCAST $M1 $DATA" rx h5 "$BCAST $M1 $DATA" \
		none h1 none h4 none vsw0 \
		next \
		tx h3 "$M1 $M3 $DATA" rx h1 "$M1 $M3 $(tag 10) $DATA" \
		none h2 none h3 none h4 none h5 none vsw0 \
		next \
		tx h1 "$BCAST $M1 $(tag 20) $DATA" \
		rx h2 "$BCAST $M1 $(tag 20) $DATA" \
		rx h5 "$BCAST $M1 $(tag 20) $DATA" \
		none h1 none h3 none h4 none vsw0
	log_test "tagged frames reach their VLAN's ports, each as it wants them"
}

native() {
	frame "untagged is VLAN 1 at p1 and VLAN 10 at p5" \
		tx h1 "$BCAST $M1 $DATA" \
		rx h2 "$BCAST $M1 $(tag 1) $DATA" rx h4 "$BCAST $M1 $DATA" \
		rx vsw0 "$BCAST $M1 $DATA" none h1 none h3 none h5 \
		next \
		tx h5 "$BCAST $M4 $DATA" \
		rx h1 "$BCAST $M4 $(tag 10) $DATA" \
		rx h2 "$BCAST $M4 $(tag 10) $DATA" rx h3 "$BCAST $M4 $DATA" \
		none h4 none h5 none vsw0 \
		next \
		tx h4 "$BCAST $M4 $DATA" \
		rx h1 "$BCAST $M4 $DATA" rx h2 "$BCAST $M4 $(tag 1) $DATA" \
		rx vsw0 "$BCAST $M4 $DATA" none h3 none h4 none h5
	log_test "the native VLAN is untagged both ways"
}

native_tagged() {
	frame "tagged with the native VLAN" \
		tx h1 "$BCAST $M1 $(tag 1) $DATA" \
		rx h2 "$BCAST $M1 $(tag 1) $DATA" rx h4 "$BCAST $M1 $DATA" \
		rx vsw0 "$BCAST $M1 $DATA" none h1 none h3 none h5 \
		next \
		tx h5 "$BCAST $M4 $(tag 10) $DATA" \
		rx h1 "$BCAST $M4 $(tag 10) $DATA" \
		rx h2 "$BCAST $M4 $(tag 10) $DATA" rx h3 "$BCAST $M4 $DATA" \
		none h4 none h5 none vsw0
	log_test "frames tagged with the native VLAN are taken, too"
}

priority() {
	frame "PCP and DEI pass" \
		tx h1 "$BCAST $M1 $(tag 20 7 1) $DATA" \
		rx h2 "$BCAST $M1 $(tag 20 7 1) $DATA" \
		rx h5 "$BCAST $M1 $(tag 20 7 1) $DATA" \
		next \
		tx h1 "$BCAST $M1 $(tag 0 5 1) $DATA" \
		rx h2 "$BCAST $M1 $(tag 1 5 1) $DATA" \
		rx h4 "$BCAST $M1 $DATA" rx vsw0 "$BCAST $M1 $DATA" \
		none h3 none h5 \
		next \
		tx h3 "$BCAST $M3 $(tag 0 6) $DATA" \
		rx h1 "$BCAST $M3 $(tag 10 6) $DATA" \
		rx h2 "$BCAST $M3 $(tag 10 6) $DATA" rx h5 "$BCAST $M3 $DATA"
	log_test "PCP and DEI are kept, of priority-tagged frames, too"
}

ranges() {
	frame "ends of the range" \
		tx h1 "$BCAST $M1 $(tag 100) $DATA" \
		rx h2 "$BCAST $M1 $(tag 100) $DATA" \
		next \
		tx h1 "$BCAST $M1 $(tag 199) $DATA" \
		rx h2 "$BCAST $M1 $(tag 199) $DATA"
	frame "outside of it" \
		tx h1 "$BCAST $M1 $(tag 99) $DATA" \
		tx h1 "$BCAST $M1 $(tag 200) $DATA" \
		tx h1 "$BCAST $M1 $(tag 4095) $DATA" \
		tx h1 "$BCAST $M1 $(tag 4094) $DATA" \
		tx h2 "$BCAST $M2 $(tag 4095) $DATA" \
		none h1 none h2 none h3 none h4 none h5 none vsw0
	check_eq "$(drop_count vsw0 p1 vlan-ingress)" 4 "vlan-ingress of p1"
	check_eq "$(drop_count vsw0 p2 vlan-ingress)" 1 "vlan-ingress of p2"
	frame "and not out there either" \
		tx h2 "$BCAST $M2 $(tag 200) $DATA" \
		tx h2 "$BCAST $M2 $(tag 4094) $DATA" none h1 none h2 none h3 \
		none h4 none h5 none vsw0
	log_test "only the trunk's VLANs pass, in and out"
}

no_native() {
	local before

	before=$(drop_count vsw0 p2 vlan-untagged)
	frame "untagged and priority-tagged" \
		tx h2 "$BCAST $M2 $DATA" tx h2 "$BCAST $M2 $(tag 0 7) $DATA" \
		none h1 none h2 none h3 none h4 none h5 none vsw0
	check_eq "$(drop_count vsw0 p2 vlan-untagged)" $((before + 2)) "vlan-untagged"
	log_test "a trunk without a native VLAN takes no untagged frame"
}

double_tagged() {
	local inner

	inner="$(tag 77 2) $DATA"
	frame "only the outer tag counts" \
		tx h1 "$BCAST $M1 $(tag 10 1) $inner" \
		rx h2 "$BCAST $M1 $(tag 10 1) $inner" \
		rx h3 "$BCAST $M1 $inner" rx h5 "$BCAST $M1 $inner" \
		none h4 none vsw0 \
		next \
		tx h1 "$BCAST $M1 $(tag 10) 88a8 0014 $DATA" \
		rx h2 "$BCAST $M1 $(tag 10) 88a8 0014 $DATA" \
		rx h3 "$BCAST $M1 88a8 0014 $DATA" \
		rx h5 "$BCAST $M1 88a8 0014 $DATA" none h4 none vsw0
	log_test "inner tags are payload"
}

s_tagged() {
	local stag="88a8 a00a $DATA"

	frame "an S-tagged frame is an untagged one" \
		tx h1 "$BCAST $M1 $stag" rx h4 "$BCAST $M1 $stag" \
		rx h2 "$BCAST $M1 $(tag 1) $stag" rx vsw0 "$BCAST $M1 $stag" \
		none h1 none h3 none h5 \
		next \
		tx h2 "$BCAST $M2 $stag" \
		none h1 none h3 none h4 none h5 none vsw0
	ip link add link h1 name h1s type vlan proto 802.1ad id 10
	ip link set h1s up
	frame "and so it is with the S-tag beside it" \
		tx h1s "$BCAST $M1 $DATA" \
		rx h2 "$BCAST $M1 $(tag 1) 88a8 000a $DATA" \
		rx h4 "$BCAST $M1 88a8 000a $DATA" none h3 none h5
	ip link del h1s
	log_test "an S-tag is payload"
}

host_port() {
	check_ok vsctl port set vsw0 vlan trunk 10,20 native 1
	frame "the tag in the frame" \
		tx vsw0 "$BCAST $HOST_MAC $(tag 10 4) $DATA" \
		rx h1 "$BCAST $HOST_MAC $(tag 10 4) $DATA" \
		rx h2 "$BCAST $HOST_MAC $(tag 10 4) $DATA" \
		rx h3 "$BCAST $HOST_MAC $DATA" \
		rx h5 "$BCAST $HOST_MAC $DATA" none h4 \
		next \
		tx vsw0 "$BCAST $HOST_MAC 88a8 0007 $DATA" \
		rx h4 "$BCAST $HOST_MAC 88a8 0007 $DATA" \
		rx h1 "$BCAST $HOST_MAC 88a8 0007 $DATA" \
		rx h2 "$BCAST $HOST_MAC $(tag 1) 88a8 0007 $DATA" \
		none h3 none h5
	ip -batch - <<-END
		link add link vsw0 name vsw0.10 type vlan id 10
		link set vsw0.10 up
		link add link h1 name h1.20 type vlan id 20
		link set h1.20 up
	END
	frame "the tag beside it" \
		tx vsw0.10 "$BCAST $HOST_MAC $DATA" \
		rx h1 "$BCAST $HOST_MAC $(tag 10) $DATA" \
		rx h2 "$BCAST $HOST_MAC $(tag 10) $DATA" \
		rx h3 "$BCAST $HOST_MAC $DATA" \
		rx h5 "$BCAST $HOST_MAC $DATA" none h4 \
		next \
		tx h1.20 "$BCAST $M1 $DATA" \
		rx h2 "$BCAST $M1 $(tag 20) $DATA" \
		rx h5 "$BCAST $M1 $(tag 20) $DATA" \
		rx vsw0 "$BCAST $M1 $(tag 20) $DATA" none h3 none h4 \
		next \
		tx h3 "$HOST_MAC $M3 $DATA" rx vsw0.10 "$HOST_MAC $M3 $DATA" \
		none h1 none h2 none h5 \
		next \
		tx h4 "$HOST_MAC $M4 $DATA" rx vsw0 "$HOST_MAC $M4 $DATA" \
		none vsw0.10 none h1 none h2
	ip -batch - <<-END
		link del vsw0.10
		link del h1.20
	END
	check_ok vsctl port set vsw0 vlan access 1
	log_test "the host port is a trunk as well, tag in or beside the frame"
}

# all_vlans FROM TO: each once
all_vlans() {
	local vid t
	local -a steps=()

	for ((vid = $1; vid <= $2; vid++)); do
		printf -v t '8100%04x' "$vid"
		steps+=(tx h1 "$BCAST $M1 $t $EXP 00*2"
			rx h2 "$BCAST $M1 $t $EXP 00*2")
	done
	frame "VLANs $1 to $2" "${steps[@]}"
}

all_of_them() {
	check_ok vsctl port set p1 vlan trunk all
	check_match "$(vsctl port show p1)" '*trunk all*' "p1"
	all_vlans 1 1400
	all_vlans 1401 2800
	all_vlans 2801 4094
	check_ok vsctl port set p1 vlan trunk 1,3,5,4092,4094
	check_match "$(vsctl port show p1)" '*trunk*1,3,5,4092,4094*' "p1"
	frame "and but some of them" \
		tx h1 "$BCAST $M1 $(tag 2) $DATA" \
		tx h1 "$BCAST $M1 $(tag 4093) $DATA" \
		tx h1 "$BCAST $M1 $(tag 4094) $DATA" \
		rx h2 "$BCAST $M1 $(tag 4094) $DATA"
	log_test "all 4094 VLANs on a port"
}

refused() {
	check_refused "" vsctl port set p1 vlan trunk 0
	check_refused "" vsctl port set p1 vlan trunk 4095
	check_refused "" vsctl port set p1 vlan trunk 10 native 4095
	check_refused "" vsctl port set p1 vlan trunk 20-10
	check_match "$(vsctl port show p1)" '*trunk*1,3,5,4092,4094*' "p1"
	log_test "what is no VLAN is refused"
}

setup
shown
tagged
native
native_tagged
priority
ranges
no_native
double_tagged
s_tagged
host_port
all_of_them
refused
finish
