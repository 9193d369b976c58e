#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A switch as a whole: made, set, shown, removed; many of them side by side.
#
#    h1    h2      h3    h4      veth, hosts' side
#    |     |       |     |
#   +p1---p2-+    +p3---p4-+
#   |  vsw0  |    |  vsw1  |
#   +--------+    +--------+

. "$(dirname "$0")/lib.sh"

exists() { [ -e "/sys/class/net/$1" ]; }

make() {
	check_ok ip link add swa type vswitch
	check_ok vsctl switch add swb
	check_ok vsctl switch add swc vlan-aware off ageing 10 fdb-limit 5
	check_match "$(vsctl switch show swa)" \
		"swa:*vlan-aware on*ageing 300*fdb 0/131072*ports 1*" "swa"
	check_match "$(vsctl switch show swb)" \
		"swb:*vlan-aware on*ageing 300*fdb 0/131072*ports 1*" "swb"
	check_match "$(vsctl switch show swc)" \
		"swc:*vlan-aware off*ageing 10*fdb 0/5*ports 1*" "swc"
	check_match "$(ip -d link show swb)" "*vswitch*" "kind of swb"
	log_test "made by ip and by vsctl"
}

clash() {
	check_refused "exists" ip link add swa type vswitch
	check_refused "exists" vsctl switch add swa
	check_refused "exists" vsctl switch add lo
	check_refused "" vsctl switch add sixteen-letters0
	check_refused "" vsctl switch add a/b
	log_test "a name that is taken or impossible is refused"
}

settings() {
	check_ok vsctl switch set swa ageing 1000000
	check_ok vsctl switch set swa fdb-limit 4194304
	check_match "$(vsctl switch show swa)" \
		"*ageing 1000000*fdb 0/4194304*" "swa"
	check_ok vsctl switch set swa ageing 1 fdb-limit 1
	check_match "$(vsctl switch show swa)" "*ageing 1 *fdb 0/1 *" "swa"
	check_refused "" vsctl switch set swa ageing 0
	check_refused "" vsctl switch set swa ageing 1000001
	check_refused "" vsctl switch set swa fdb-limit 0
	check_refused "" vsctl switch set swa fdb-limit 4194305
	check_refused "" vsctl switch set lo ageing 10
	check_match "$(vsctl switch show swa)" "*ageing 1 *fdb 0/1 *" "swa"
	log_test "ageing and limit are set within their bounds"
}

remove() {
	check_ok ip link del swa
	check_ok vsctl switch del swb
	check_ok vsctl switch del swc
	check_eq "$(vsctl switch show)" "" "switches"
	check_eq "$(vsctl port show)" "" "ports"
	! exists swa && ! exists swb && ! exists swc
	check_err $? "a device is left"
	check_refused "" vsctl switch del lo
	check_refused "" vsctl switch del swa
	log_test "removed by ip and by vsctl"
}

many() {
	local i
	local -a lines

	for i in {1..50}; do
		echo "switch add many$i"
	done | vsctl -b -
	check_err $? "50 switches"
	mapfile -t lines < <(vsctl switch show)
	check_eq "${#lines[@]}" 50 "switches"
	for i in {1..50}; do
		echo "switch del many$i"
	done | vsctl -b -
	check_err $? "remove 50 switches"
	check_eq "$(vsctl switch show)" "" "switches"
	log_test "many switches"
}

isolation() {
	{
		echo "link add vsw0 address $HOST_MAC type vswitch"
		echo "link add vsw1 address 02:00:00:00:00:fe type vswitch"
		make_pairs 1 2 vsw0
		make_pairs 3 4 vsw1
		echo "link set vsw0 up"
		echo "link set vsw1 up"
	} | ip -batch -
	wait_up h1 h2 h3 h4 p1 p2 p3 p4
	frame "each its own broadcast domain and table" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx vsw0 "$BCAST $M1 $DATA" none h3 none h4 none vsw1 \
		next \
		tx h3 "$M1 $M3 $DATA" rx h4 "$M1 $M3 $DATA" \
		rx vsw1 "$M1 $M3 $DATA" none h1 none h2 none vsw0
	log_test "switches are apart"
}

without_host() {
	check_ok ip link set vsw0 down
	frame "ports go on while the switch's device is down" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA"
	check_match "$(vsctl port show vsw0)" "*down*" "host port"
	check_ok ip link set vsw0 up
	log_test "down, its device is no port, and that is all"
}

carrier() {
	local state

	read -r state </sys/class/net/vsw0/carrier
	check_eq "$state" 1 "carrier"
	ip -batch - <<-END
		link set h1 down
		link set h2 down
	END
	wait_down vsw0
	read -r state </sys/class/net/vsw0/carrier
	check_eq "$state" 0 "carrier without a port that is up"
	ip link set h2 up
	wait_up h2 p2 vsw0
	read -r state </sys/class/net/vsw0/carrier
	check_eq "$state" 1 "carrier with one port up"
	ip link set p2 nomaster
	read -r state </sys/class/net/vsw0/carrier
	check_eq "$state" 0 "carrier after that port is gone"
	ip link set p2 master vsw0
	read -r state </sys/class/net/vsw0/carrier
	check_eq "$state" 1 "carrier with that port again"
	ip link set h1 up
	wait_up h1 p1
	log_test "it has carrier while a port has"
}

mtu() {
	local mtu

	read -r mtu </sys/class/net/vsw0/mtu
	check_eq "$mtu" 1500 "MTU"
	check_ok ip link set p1 mtu 1400
	read -r mtu </sys/class/net/vsw0/mtu
	check_eq "$mtu" 1400 "MTU after a port's"
	ip -batch - <<-END
		link set p1 mtu 9000
		link set p2 mtu 9000
	END
	read -r mtu </sys/class/net/vsw0/mtu
	check_eq "$mtu" 9000 "MTU after all ports'"
	check_ok ip link set vsw0 mtu 1300
	check_ok ip link set p1 mtu 2000
	read -r mtu </sys/class/net/vsw0/mtu
	check_eq "$mtu" 1300 "MTU set by hand"
	check_ok ip link set vsw0 mtu 65535
	check_refused "" ip link set vsw0 mtu 67
	check_refused "" ip link set vsw0 mtu 65536
	log_test "its MTU follows the smallest port's until set by hand"
}

ethtool_says() {
	local out

	out=$(ethtool -i vsw0)
	check_match "$out" "*driver: vswitch*" "driver"
	out=$(ethtool vsw0)
	check_match "$out" "*Speed: 10000Mb/s*Link detected: yes*" "link"
	out=$(ethtool -S vsw0)
	check_match "$out" "*drop_malformed:*drop_queue-full:*" "statistics"
	out=$(ethtool -k vsw0)
	check_match "$out" "*tx-tcp-segmentation: on*" "features"
	log_test "ethtool"
}

statistics() {
	local before after name

	for name in rx tx; do
		read -r "before_$name" \
			<"/sys/class/net/vsw0/statistics/${name}_packets"
	done
	frame "two frames to the host, one by it" \
		tx h1 "$HOST_MAC $M1 $DATA" tx h1 "$HOST_MAC $M1 $DATA" \
		rx vsw0 "$HOST_MAC $M1 $DATA" rx vsw0 "$HOST_MAC $M1 $DATA" \
		tx vsw0 "$M1 $HOST_MAC $DATA" rx h1 "$M1 $HOST_MAC $DATA"
	for name in rx tx; do
		before=before_$name
		before=${!before}
		read -r after </sys/class/net/vsw0/statistics/${name}_packets
		[ "$name" = rx ] && before=$((before + 2))
		[ "$name" = tx ] && before=$((before + 1))
		check_eq "$after" "$before" "${name}_packets"
	done
	log_test "its device counts"
}

require ethtool
make
clash
settings
remove
many
isolation
without_host
carrier
mtu
ethtool_says
statistics
finish
