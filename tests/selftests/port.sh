#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Ports: what can be one, what cannot, and why not.
#
#    h1     h2                    veth, hosts' side
#    |      |
#   +p1----+p2----+-----+-----+
#   |        vsw0             |    vsw1, vsw2: to make loops of
#   +-------------------------+

NETNS_COUNT=2
. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 2
	ip -batch - <<-END
		link add vsw1 type vswitch
		link add vsw2 type vswitch
	END
}

# is_port DEV SWITCH TYPE
is_port() {
	check_match "$(vsctl port show "$1")" "$1:*switch $2 *type $3 *" "$1"
	check_match "$(ip link show "$1")" "* master $2 *" "$1"
}

# no_port DEV: and it has no master
no_port() {
	local out

	out=$(vsctl port show "$1" 2>&1)
	check_fail $? "$1 is a port: $out"
	[ ! -e "/sys/class/net/$1/master" ]
	check_err $? "$1 has a master"
}

by_both() {
	ip link add d1 type dummy
	check_ok ip link set d1 master vsw0
	is_port d1 vsw0 netdev
	check_ok vsctl port del d1
	no_port d1
	check_ok vsctl port add vsw0 d1
	is_port d1 vsw0 netdev
	check_ok ip link set d1 nomaster
	no_port d1
	check_ok vsctl port add vsw0 d1 vlan access 7
	check_match "$(vsctl port show d1)" "*vlan access 7*" "d1"
	check_ok vsctl port del d1
	check_ok vsctl port add vsw0 d1 vlan trunk 7,9 native 8
	check_match "$(vsctl port show d1)" "*vlan trunk 7,9 *native 8*" "d1"
	check_ok vsctl port del d1
	check_ok vsctl port add vsw0 d1
	check_match "$(vsctl port show d1)" "*vlan access 1*" "d1, once more"
	ip link del d1
	log_test "added and removed by ip and by vsctl"
}

promiscuous() {
	check_match "$(ip -d link show p1)" "*promiscuity 1 *" "p1"
	ip link add d1 type dummy
	ip link set d1 master vsw0
	check_match "$(ip -d link show d1)" "*promiscuity 1 *" "d1"
	ip link set d1 nomaster
	check_match "$(ip -d link show d1)" "*promiscuity 0 *" "d1, no port"
	ip link del d1
	log_test "a port's device is promiscuous as long as it is one"
}

kinds() {
	local dev made

	[ -e /dev/net/tun ] || modprobe -q tun
	for dev in tap0 dummy0 bond0 veth0 h2.5 bridge0; do
		case $dev in
		tap0) made="tuntap add tap0 mode tap" ;;
		dummy0) made="link add dummy0 type dummy" ;;
		bond0) made="link add bond0 type bond" ;;
		veth0) made="link add veth0 type veth peer name veth1" ;;
		bridge0) made="link add bridge0 type bridge" ;;
		h2.5) made="link add link h2 name h2.5 type vlan id 5" ;;
		esac
		# It is a list of words.
		# shellcheck disable=SC2086
		if ! ip $made 2>/dev/null; then
			log_skip "$dev as a port" "this kernel has none"
			continue
		fi
		check_ok ip link set "$dev" master vsw0
		is_port "$dev" vsw0 netdev
		ip link del "$dev"
		no_port "$dev"
		log_test "$dev as a port, and gone with its device"
	done
}

# One that carries frames, other than veth.
bond() {
	if ! ip link add bond0 type bond mode active-backup 2>/dev/null; then
		log_skip "frames over a bond" "this kernel has none"
		return
	fi
	ip -batch - <<-END
		link add s0 type veth peer name s1
		link set s0 master bond0
		link set s1 up
		link set bond0 up master vsw0
		link set s0 up
	END
	wait_up bond0
	frame "through a bond" \
		tx h1 "$BCAST $M1 $DATA" rx s1 "$BCAST $M1 $DATA" \
		rx h2 "$BCAST $M1 $DATA" \
		next \
		tx s1 "$M1 $M3 $DATA" rx h1 "$M1 $M3 $DATA" none h2
	ip link del bond0
	ip link del s0
	log_test "frames over a bond"
}

internal() {
	local mac

	check_ok vsctl port add vsw0 in0 type internal
	is_port in0 vsw0 internal
	check_match "$(ip -d link show in0)" "*vswitch_internal*" "in0"
	read -r mac </sys/class/net/in0/address
	ip link set in0 up
	frame "from and to it" \
		tx in0 "$BCAST $mac $DATA" rx h1 "$BCAST $mac $DATA" \
		rx h2 "$BCAST $mac $DATA" rx vsw0 "$BCAST $mac $DATA" \
		next \
		tx h1 "$mac $M1 $DATA" rx in0 "$mac $M1 $DATA" none h2 \
		none vsw0 \
		next \
		tx vsw0 "$mac $HOST_MAC $DATA" rx in0 "$mac $HOST_MAC $DATA" \
		none h1 none h2
	check_refused "" ip link set in0 nomaster
	is_port in0 vsw0 internal
	check_refused "" ip link set in0 master vsw1
	is_port in0 vsw0 internal
	check_ok ip link del in0
	[ ! -e /sys/class/net/in0 ]
	check_err $? "in0 is left after ip link del"
	check_ok vsctl port add vsw0 in0 type internal vlan access 5
	check_match "$(vsctl port show in0)" "*vlan access 5*" "in0"
	check_ok vsctl port del in0
	[ ! -e /sys/class/net/in0 ]
	check_err $? "in0 is left after vsctl port del"
	check_refused "exists" vsctl port add vsw0 p1 type internal
	check_refused "vsctl port add" ip link add in0 type vswitch_internal
	log_test "internal ports"
}

not_ethernet() {
	check_refused "loopback" ip link set lo master vsw0
	check_refused "loopback" vsctl port add vsw0 lo
	no_port lo
	ip tuntap add tun0 mode tun 2>/dev/null &&
		check_refused "Not an Ethernet device" \
			ip link set tun0 master vsw0
	ip link add sit1 type sit remote 192.0.2.1 2>/dev/null &&
		check_refused "Not an Ethernet device" \
			vsctl port add vsw0 sit1
	ip link add gre1 type gre remote 192.0.2.1 2>/dev/null &&
		check_refused "Not an Ethernet device" \
			vsctl port add vsw0 gre1
	ip link add ip6tnl1 type ip6tnl remote 2001:db8::1 2>/dev/null &&
		check_refused "Not an Ethernet device" \
			vsctl port add vsw0 ip6tnl1
	log_test "loopback and what is no Ethernet device are refused"
}

enslaved() {
	local dev

	ip -batch - <<-END
		link add d1 type dummy
		link add d2 type dummy
		link add d3 type dummy
	END
	check_ok ip link set d1 master vsw1
	check_refused "already belongs" vsctl port add vsw0 d1
	is_port d1 vsw1 netdev
	check_refused "already belongs" vsctl port add vsw1 d1
	is_port d1 vsw1 netdev
	# ip takes it out of the one and puts it into the other.
	check_ok ip link set d1 master vsw0
	is_port d1 vsw0 netdev
	if ip link add bridge0 type bridge 2>/dev/null; then
		ip link set d2 master bridge0
		check_refused "already belongs" vsctl port add vsw0 d2
		check_match "$(ip link show d2)" "* master bridge0 *" "d2"
		ip link del bridge0
	fi
	if ip link add bond0 type bond 2>/dev/null; then
		ip link set d3 master bond0
		check_refused "already belongs" vsctl port add vsw0 d3
		check_match "$(ip link show d3)" "* master bond0 *" "d3"
		ip link del bond0
	fi
	if ip link add link d2 name mv0 type macvlan 2>/dev/null; then
		check_refused "macvlan" vsctl port add vsw0 d2
		no_port d2
		ip link del mv0
	fi
	if ip link add link d2 name iv0 type ipvlan mode l2 2>/dev/null; then
		check_refused "" vsctl port add vsw0 iv0
		no_port iv0
		ip link del iv0
	fi
	check_ok vsctl port add vsw0 d2
	check_refused "" ip link add link d2 name mv0 type macvlan
	for dev in d1 d2 d3; do
		ip link del $dev
	done
	log_test "what has another master or user is refused"
}

loops() {
	check_refused "loop" ip link set vsw0 master vsw0
	check_refused "loop" vsctl port add vsw0 vsw0
	check_ok ip link set vsw1 master vsw0
	check_refused "" ip link set vsw0 master vsw1
	check_ok ip link set vsw2 master vsw1
	check_refused "" vsctl port add vsw2 vsw0
	[ ! -e /sys/class/net/vsw0/master ]
	check_err $? "vsw0 has a master"
	check_ok ip link set vsw2 nomaster
	check_ok ip link set vsw1 nomaster
	ip link add link vsw0 name vsw0.5 type vlan id 5
	check_refused "loop" ip link set vsw0.5 master vsw0
	no_port vsw0.5
	check_ok ip link set vsw0.5 master vsw1
	check_refused "loop" ip link set vsw1 master vsw0
	ip link del vsw0.5
	log_test "a switch into itself, and loops of switches, are refused"
}

# As loops(), but by way of what stands on an internal port's device.
loops_internal() {
	check_ok vsctl port add vsw0 in0 type internal vlan trunk 10
	ip link add link in0 name in0.10 type vlan id 10
	check_refused "loop" vsctl port add vsw0 in0.10 vlan access 10
	check_refused "loop" ip link set in0.10 master vsw0
	no_port in0.10
	check_ok vsctl port add vsw1 in0.10
	check_refused "loop" vsctl port add vsw0 vsw1
	check_ok vsctl port add vsw1 in1 type internal vlan trunk 10
	ip link add link in1 name in1.10 type vlan id 10
	check_refused "loop" vsctl port add vsw0 in1.10
	check_ok vsctl port del in0
	check_ok vsctl port del in1
	log_test "a switch into itself by way of an internal port is refused"
}

# What listens to rtnetlink learns of devices that vsctl made.
announced() {
	local out news

	exec {news}< <(exec ip monitor link)
	nap 0.5
	vsctl switch add vsw9
	vsctl port add vsw9 in9 type internal
	vsctl port del in9
	vsctl switch del vsw9
	nap 0.3
	kill $!
	out=$(cat <&"$news")
	exec {news}<&-
	check_match "$out" "*: vsw9: *" "rtnetlink's news of vsw9"
	check_match "$out" "*Deleted *: vsw9: *" "rtnetlink's news of vsw9"
	check_match "$out" "*: in9*" "rtnetlink's news of in9"
	check_match "$out" "*Deleted *: in9*" "rtnetlink's news of in9"
	log_test "devices made by vsctl are announced as ip's are"
}

# No address can be an adapter's and, by hand, somebody else's in one VLAN.
own_address() {
	local mac=02:00:00:00:07:07

	check_ok vsctl port set p1 vlan trunk 5 native 1
	check_ok vsctl fdb add $mac vlan 5 port p1
	check_ok ip link set vsw0 address $mac
	check_refused "own address" vsctl port set vsw0 vlan access 5
	check_match "$(vsctl port show vsw0)" "*vlan access 1*" "vsw0"
	check_ok vsctl fdb del $mac vlan 5 switch vsw0
	check_ok vsctl port set vsw0 vlan access 5
	check_refused "adapters" vsctl fdb add $mac vlan 5 port p1
	check_ok vsctl port set vsw0 vlan access 1
	check_ok vsctl port set p1 vlan access 1
	log_test "an adapter's address is nobody else's in its VLANs"
}

# A device that is a port of two switches: say of which.
two_switches() {
	check_ok vsctl port add vsw0 vsw1 vlan access 3
	check_refused "say of which" vsctl port set vsw1 vlan access 4
	check_ok vsctl port set vsw1 switch vsw0 vlan access 4
	check_ok vsctl port set vsw1 switch vsw1 vlan access 5
	check_match "$(vsctl port show vsw1 switch vsw0)" \
		"*switch vsw0 *access 4*" "vsw1 in vsw0"
	check_match "$(vsctl port show vsw1 switch vsw1)" \
		"*switch vsw1 *access 5*" "vsw1 in vsw1"
	check_refused "goes with its switch" \
		vsctl port del vsw1 switch vsw1
	check_refused "not a port of this" vsctl port del vsw1 switch vsw2
	check_ok vsctl port del vsw1 switch vsw0
	check_ok vsctl port set vsw1 vlan access 1
	log_test "a port of two switches is named with its switch"
}

# Without a loop, a switch is an Ethernet device like any other.
stacked() {
	ip -batch - <<-END
		link add s0 type veth peer name s1
		link set s0 master vsw1
		link set s0 up
		link set s1 up
		link set vsw1 up master vsw0
	END
	wait_up s0 s1 vsw1
	frame "through two switches" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx s1 "$BCAST $M1 $DATA" \
		next \
		tx s1 "$M1 $M3 $DATA" rx h1 "$M1 $M3 $DATA" none h2
	ip link set vsw1 nomaster
	ip link del s0
	log_test "a switch can be a port of another"
}

other_netns() {
	ip link add d1 type dummy
	ip link set d1 netns "$NS2"
	check_refused "" vsctl port add vsw0 d1
	log_test "a device of another namespace is not to be found"
}

nothing_left() {
	check_match "$(vsctl switch show vsw0)" "*ports 3*" "vsw0"
	check_match "$(vsctl switch show vsw1)" "*ports 1*" "vsw1"
	frame "the switch still works" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx vsw0 "$BCAST $M1 $DATA"
	log_test "refusals leave nothing behind"
}

setup
by_both
promiscuous
kinds
bond
internal
not_ethernet
enslaved
loops
loops_internal
stacked
two_switches
announced
own_address
other_netns
nothing_left
finish
