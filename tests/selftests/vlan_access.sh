#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Access ports: one VLAN, untagged both ways.
#
#    h1     h2     h3     h4     veth, hosts' side
#    |      |      |      |
#   +p1----+p2----+p3----+p4----+
#   |  10     10     20      1  |  access VLAN
#   |            vsw0           |
#   +--------------1------------+
#             host port

. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 4
	vsctl -b - <<-END
		port set p1 vlan access 10
		port set p2 vlan access 10
		port set p3 vlan access 20
	END
}

default_vlan() {
	check_match "$(vsctl -j port show p4)" \
		'*"vlan-mode":"access"*"pvid":1[,}]*' "p4"
	check_match "$(vsctl -j port show vsw0)" \
		'*"vlan-mode":"access"*"pvid":1[,}]*' "vsw0"
	frame "VLAN 1 from p4" \
		tx h4 "$BCAST $M4 $DATA" rx vsw0 "$BCAST $M4 $DATA" \
		none h1 none h2 none h3 none h4
	frame "VLAN 1 from the host" \
		tx vsw0 "$BCAST $HOST_MAC $DATA" \
		rx h4 "$BCAST $HOST_MAC $DATA" \
		none h1 none h2 none h3 none vsw0
	log_test "a new port and the host port are in VLAN 1"
}

isolation() {
	frame "between the ports of VLAN 10 only" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		none h1 none h3 none h4 none vsw0 \
		next \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" \
		none h2 none h3 none h4 none vsw0 \
		next \
		tx h3 "$BCAST $M3 $DATA" \
		none h1 none h2 none h3 none h4 none vsw0
	log_test "frames stay in their VLAN"
}

known_elsewhere() {
	frame "M1, known in VLAN 10, is unknown in VLAN 1" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		next \
		tx h4 "$M1 $M4 $DATA" rx vsw0 "$M1 $M4 $DATA" \
		none h1 none h2 none h3 none h4
	log_test "an address known in one VLAN is unknown in another"
}

same_address() {
	frame "the same station in two VLANs" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		next \
		tx h4 "$BCAST $M1 $DATA" rx vsw0 "$BCAST $M1 $DATA" \
		next \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" none h4 none vsw0 \
		next \
		tx vsw0 "$M1 $HOST_MAC $DATA" rx h4 "$M1 $HOST_MAC $DATA" \
		none h1 none h2
	log_test "an address may be at another port in each VLAN"
}

tagged() {
	local vid
	local -a steps=()

	for vid in 10 20 1 4094 4095; do
		steps+=(tx h1 "$BCAST $M1 $(tag "$vid" 3) $DATA")
	done
	frame "tagged frames" "${steps[@]}" \
		none h1 none h2 none h3 none h4 none vsw0
	check_match "$(vsctl -j drops show vsw0 port p1)" \
		'*"reason":"vlan-tagged"*"packets":5[,}]*' "drops of p1"
	frame "and from the host" \
		tx vsw0 "$BCAST $HOST_MAC $(tag 1) $DATA" \
		none h1 none h2 none h3 none h4
	log_test "tagged frames are dropped, even of the port's own VLAN"
}

priority_tagged() {
	frame "VID 0" \
		tx h1 "$BCAST $M1 $(tag 0 5 1) $DATA" \
		rx h2 "$BCAST $M1 $DATA" none h3 none h4 none vsw0 \
		next \
		tx vsw0 "$BCAST $HOST_MAC $(tag 0 7) $DATA" \
		rx h4 "$BCAST $HOST_MAC $DATA" none h1 none h2
	log_test "priority-tagged frames count as untagged and leave so"
}

# It would be the frame's own tag where the priority tag came off.
hidden_tag() {
	local before after

	before=$(drop_count vsw0 p1 vlan-tagged)
	frame "a tag behind VID 0" \
		tx h1 "$BCAST $M1 $(tag 0 5) $(tag 20) $DATA" \
		none h2 none h3 none h4 none vsw0
	after=$(drop_count vsw0 p1 vlan-tagged)
	check_eq "$after" $((before + 1)) "vlan-tagged of p1"
	log_test "no tag hides behind a priority tag"
}

s_tagged() {
	local frame="$BCAST $M1 88a8 600a $DATA"

	frame "88a8" tx h1 "$frame" rx h2 "$frame" none h3 none h4 none vsw0
	frame="$BCAST $HOST_MAC 88a8 600a $DATA"
	frame "88a8 from the host" tx vsw0 "$frame" rx h4 "$frame" none h1
	log_test "an S-tag is payload"
}

change() {
	check_ok vsctl port set p4 vlan access 10
	frame "p4 is now in VLAN 10" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx h4 "$BCAST $M1 $DATA" none h3 none vsw0
	check_ok vsctl port set vsw0 vlan access 10
	frame "and the host port" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx h4 "$BCAST $M1 $DATA" rx vsw0 "$BCAST $M1 $DATA" none h3
	vsctl -b - <<-END
		port set p4 vlan access 1
		port set vsw0 vlan access 1
	END
	frame "and out of it again" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		none h3 none h4 none vsw0
	log_test "a port's VLAN can be changed, the host port's too"
}

refused() {
	check_refused "4094" vsctl port set p1 vlan access 4095
	check_refused "4094" vsctl port set p1 vlan access 0
	check_match "$(vsctl -j port show p1)" '*"pvid":10[,}]*' "p1"
	log_test "VLANs 0 and 4095 are refused"
}

setup
default_vlan
isolation
known_elsewhere
same_address
tagged
priority_tagged
hidden_tag
s_tagged
change
refused
finish
