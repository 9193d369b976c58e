#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch that is not VLAN-aware: tags are payload.
#
#    h1     h2     h3      veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3----+
#   |        vsw0        |  vlan-aware off
#   +--------------------+
#         host port

. "$(dirname "$0")/lib.sh"

setup() {
	vsctl switch add vsw0 vlan-aware off || skip_all "no switch"
	{
		make_pairs 1 3 vsw0
		echo "link set vsw0 address $HOST_MAC up"
	} | ip -batch -
	wait_up h1 h2 h3 p1 p2 p3
}

shown() {
	local json

	json=$(vsctl -j switch show vsw0)
	check_match "$json" '*"vlan-aware":false*' "vsw0"
	log_test "the switch says that it is not VLAN-aware"
}

untouched() {
	local t f
	local -a steps=()

	for t in "" "$(tag 0 5 1)" "$(tag 1)" "$(tag 10 7 1)" "$(tag 4095)" \
		 "88a8 0000" "88a8 600a" "88a8 000a $(tag 10)" \
		 "$(tag 10) $(tag 20)" "9100 000a"; do
		f="$BCAST $M1 $t $DATA"
		steps+=(tx h1 "$f" rx h2 "$f" rx h3 "$f" rx vsw0 "$f" none h1
			next)
		f="$BCAST $HOST_MAC $t $DATA"
		steps+=(tx vsw0 "$f" rx h1 "$f" rx h2 "$f" rx h3 "$f" none vsw0
			next)
	done
	unset 'steps[-1]'
	frame "tags of all kinds, from a port and from the host" "${steps[@]}"
	log_test "all tags pass untouched"
}

beside() {
	local f

	ip -batch - <<-END
		link add link vsw0 name vsw0.10 type vlan id 10
		link set vsw0.10 up
		link add link h1 name h1s type vlan proto 802.1ad id 20
		link set h1s up
	END
	f="$BCAST $HOST_MAC $(tag 10) $DATA"
	frame "tags beside the frame" \
		tx vsw0.10 "$BCAST $HOST_MAC $DATA" \
		rx h1 "$f" rx h2 "$f" rx h3 "$f" \
		next \
		tx h1s "$BCAST $M1 $DATA" \
		rx h2 "$BCAST $M1 88a8 0014 $DATA" \
		rx h3 "$BCAST $M1 88a8 0014 $DATA" \
		rx vsw0 "$BCAST $M1 88a8 0014 $DATA" \
		next \
		tx h2 "$HOST_MAC $M2 $(tag 10 3) $DATA" \
		rx vsw0.10 "$HOST_MAC $M2 $DATA" \
		rx vsw0 "$HOST_MAC $M2 $(tag 10 3) $DATA" none h1 none h3
	ip -batch - <<-END
		link del vsw0.10
		link del h1s
	END
	log_test "so do tags beside the frame"
}

# What takes the first tag off must not matter: the device of p1 does, the host
# leaves it where it is.
longest() {
	local two

	two="$(tag 10) $(tag 20)"
	ip -batch - <<-END
		link set h1 mtu 2000
		link set p1 mtu 2000
		link set vsw0 mtu 2000
	END
	frame "one tag is not counted" \
		tx h1 "$BCAST $M1 $(tag 10) $EXP 00*1500" \
		rx h2 "$BCAST $M1 $(tag 10) $EXP 00*1500" \
		next \
		tx vsw0 "$BCAST $HOST_MAC $(tag 10) $EXP 00*1500" \
		rx h2 "$BCAST $HOST_MAC $(tag 10) $EXP 00*1500" \
		next \
		tx h1 "$BCAST $M1 $two $EXP 00*1496" \
		rx h2 "$BCAST $M1 $two $EXP 00*1496" \
		next \
		tx vsw0 "$BCAST $HOST_MAC $two $EXP 00*1496" \
		rx h2 "$BCAST $HOST_MAC $two $EXP 00*1496"
	check_eq "$(drop_count vsw0 p2 too-big)" 0 "too-big of p2"
	frame "a second is" \
		tx h1 "$BCAST $M1 $two $EXP 00*1497" none h2 none h3 \
		next \
		tx vsw0 "$BCAST $HOST_MAC $two $EXP 00*1497" none h2 none h3
	check_eq "$(drop_count vsw0 p2 too-big)" 2 "too-big of p2"
	ip -batch - <<-END
		link set h1 mtu 1500
		link set p1 mtu 1500
		link set vsw0 mtu 1500
	END
	log_test "a frame is as long wherever its tags are"
}

one_table() {
	check_ok vsctl fdb flush vsw0
	frame "learned with one tag, known with another" \
		tx h1 "$BCAST $M1 $(tag 10) $DATA" \
		rx h2 "$BCAST $M1 $(tag 10) $DATA" \
		rx h3 "$BCAST $M1 $(tag 10) $DATA" \
		next \
		tx h2 "$M1 $M2 $(tag 20) $DATA" rx h1 "$M1 $M2 $(tag 20) $DATA" \
		none h3 none vsw0 \
		next \
		tx h3 "$M1 $M3 $DATA" rx h1 "$M1 $M3 $DATA" none h2 none vsw0
	check_match "$(vsctl fdb show vsw0 "$M1")" "$M1 *port p1*learned*" \
		"entry of $M1"
	[[ $(vsctl fdb show vsw0 "$M1") != *vlan* ]]
	check_err $? "the entry has a VLAN"
	log_test "there is one MAC table for all VLANs"
}

refused() {
	check_refused "not VLAN-aware" vsctl port set p1 vlan access 10
	check_refused "not VLAN-aware" vsctl port set p1 vlan trunk 10
	check_refused "not VLAN-aware" vsctl port set vsw0 vlan access 1
	ip link add d1 type dummy
	check_refused "not VLAN-aware" vsctl port add vsw0 d1 vlan access 1
	check_refused "not VLAN-aware" vsctl port add vsw0 i1 type internal \
		vlan access 1
	[ ! -e /sys/class/net/i1 ]
	check_err $? "i1 was made"
	ip link del d1
	check_refused "VLAN" vsctl fdb add "$M4" vlan 1 port p1
	check_refused "" vsctl switch set vsw0 vlan-aware on
	log_test "VLAN settings are refused"
}

static() {
	check_ok vsctl fdb add "$M4" port p3
	frame "to a static entry" \
		tx h1 "$M4 $M1 $(tag 7) $DATA" rx h3 "$M4 $M1 $(tag 7) $DATA" \
		none h2 none vsw0
	check_ok vsctl fdb del "$M4"
	log_test "static entries, without a VLAN"
}

setup
shown
untouched
beside
longest
one_table
refused
static
finish
