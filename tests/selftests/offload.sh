#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Frames whose segmentation or checksum is still to be done, and large ones.
#
#    h1     h2     h3       h4      veth, hosts' side
#    |      |      |        |
#   +p1----+p2----+p3------+p4---+
#   |   1      1     1,10     10 |  access VLAN; p3 a trunk, native 1
#   |            vsw0            |
#   +--------------1-------------+
#             host port

. "$(dirname "$0")/lib.sh"

# tcp DST SRC LENGTH [TAG]: TCP/IPv4, its payload not all the same
tcp() {
	local third=$(($3 / 3))

	echo "$1 $2 ${4:-} 0800 4500 0000 1234 4000 4006 0000 c0000201" \
	     "c0000202 1000 2000 00000001 00000002 5018 0100 0000 0000" \
	     "aa*$third bb*$third cc*$(($3 - 2 * third))"
}

setup() {
	make_topology 4
	vsctl -b - <<-END
		port set p3 vlan trunk 10 native 1
		port set p4 vlan access 10
		fdb add $M2 vlan 1 port p2
		fdb add $M3 vlan 1 port p3
		fdb add $M3 vlan 10 port p3
		fdb add $M4 vlan 10 port p4
	END
}

whole() {
	local f

	f=$(tcp "$M2" "$M1" 10000)
	frame "port to port" \
		txgso h1 1448 "$f" rxgso h2 1448 "$f" none h3 none vsw0
	f=$(tcp "$HOST_MAC" "$M1" 60000)
	frame "port to host" txgso h1 1400 "$f" rxgso vsw0 1400 "$f"
	f=$(tcp "$M2" "$HOST_MAC" 60000)
	frame "host to port" txgso vsw0 1448 "$f" rxgso h2 1448 "$f"
	f=$(tcp "$BCAST" "$M1" 5000)
	frame "flooded" txgso h1 1000 "$f" rxgso h2 1000 "$f" \
		rxgso h3 1000 "$f" rxgso vsw0 1000 "$f" none h4
	log_test "a frame to be segmented passes whole"
}

tagged() {
	frame "tag on" \
		txgso h4 1448 "$(tcp "$M3" "$M4" 10000)" \
		rxgso h3 1448 "$(tcp "$M3" "$M4" 10000 "$(tag 10)")" \
		next \
		txgso h3 1448 "$(tcp "$M4" "$M3" 10000 "$(tag 10 3)")" \
		rxgso h4 1448 "$(tcp "$M4" "$M3" 10000)"
	log_test "with its tag put on or taken off"
}

checksum() {
	local f

	f=$(tcp "$M2" "$M1" 1000)
	frame "port to port, host to port" \
		txgso h1 0 "$f" rxgso h2 0 "$f" \
		next \
		txgso vsw0 0 "$(tcp "$M2" "$HOST_MAC" 333)" \
		rxgso h2 0 "$(tcp "$M2" "$HOST_MAC" 333)" \
		next \
		txgso h4 0 "$(tcp "$M3" "$M4" 999)" \
		rxgso h3 0 "$(tcp "$M3" "$M4" 999 "$(tag 10)")"
	log_test "a checksum left open stays so"
}

in_software() {
	local f dev

	for dev in p2 p3; do
		ethtool -K $dev tso off gso off tx off txvlan off >/dev/null
	done
	f=$(tcp "$M2" "$M1" 10000)
	frame "cut and summed" txgso h1 1448 "$f" rxseg h2 1448 "$f" none h3
	f=$(tcp "$M2" "$M1" 1000)
	frame "summed" txgso h1 0 "$f" rxseg h2 0 "$f" none h3
	f=$(tcp "$M2" "$HOST_MAC" 20000)
	frame "from the host" txgso vsw0 1448 "$f" rxseg h2 1448 "$f"
	frame "tag on" \
		txgso h4 1448 "$(tcp "$M3" "$M4" 10000)" \
		rxseg h3 1448 "$(tcp "$M3" "$M4" 10000 "$(tag 10)")"
	f=$(tcp "$BCAST" "$M1" 3000)
	frame "flooded, cut for some" txgso h1 1000 "$f" \
		rxseg h2 1000 "$f" rxseg h3 1000 "$f" rxgso vsw0 1000 "$f"
	for dev in p2 p3; do
		ethtool -K $dev tso on gso on tx on txvlan on >/dev/null
	done
	log_test "an egress device that can do neither gets it done"
}

# A tag stays beside the frame also if that is MPLS (RFC 3032), of which devices
# have to say what they can do: its bytes would be counted with it.
mpls() {
	local before

	ip -batch - <<-END
		link add link vsw0 name vsw0.10 type vlan id 10
		link set vsw0.10 up
	END
	vsctl port set vsw0 vlan trunk 10 native 1
	wait_up vsw0.10
	json_value "$(vsctl -j -s port show vsw0)" rx-bytes
	before=$REPLY
	frame "MPLS on a VLAN device" \
		tx vsw0.10 "$M4 $HOST_MAC 8847 00*46" \
		rx h4 "$M4 $HOST_MAC 8847 00*46"
	json_value "$(vsctl -j -s port show vsw0)" rx-bytes
	check_eq "$((REPLY - before))" 60 "bytes that the host sent"
	ip link del vsw0.10
	vsctl port set vsw0 vlan access 1
	log_test "the host's MPLS in a VLAN"
}

mtu() {
	local f dev

	{
		for dev in h1 h2 h3 h4 p1 p2 p3 p4; do
			echo "link set $dev mtu 9000"
		done
	} | ip -batch -
	frame "9000 bytes, untagged and tagged" \
		tx h1 "$M2 $M1 $EXP ab*9000" rx h2 "$M2 $M1 $EXP ab*9000" \
		tx h4 "$M3 $M4 $EXP cd*9000" \
		rx h3 "$M3 $M4 $(tag 10) $EXP cd*9000" \
		tx h1 "$HOST_MAC $M1 $EXP ef*9000" \
		rx vsw0 "$HOST_MAC $M1 $EXP ef*9000"
	ip link set p2 mtu 8000
	frame "a byte more than the egress MTU" \
		tx h1 "$M2 $M1 $EXP ab*8000" rx h2 "$M2 $M1 $EXP ab*8000" \
		tx h1 "$M2 $M1 $EXP ab*8001"
	check_eq "$(drop_count vsw0 p2 too-big)" 1 "too-big of p2"
	f=$(tcp "$M2" "$M1" 20000)
	frame "to be cut into pieces that fit, and that do not" \
		txgso h1 7960 "$f" rxgso h2 7960 "$f" \
		txgso h1 7961 "$f"
	check_eq "$(drop_count vsw0 p2 too-big)" 2 "too-big of p2"
	log_test "jumbo frames, and what is too big"
}

require ethtool
setup
whole
tagged
checksum
in_software
mpls
mtu
finish
