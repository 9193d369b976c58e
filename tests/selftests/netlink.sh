#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The netlink family: what it takes and what it refuses, dumps, events.
#
#    h1     h2      h3                       veth, hosts' side
#    |      |       |
#   +p1----+p2-+   +p3------+
#   |  1     10,|  | vsw1   |
#   |  acc.  20 |  | not    |   and then many switches and ports
#   |   vsw0    |  | aware  |
#   +-----------+  +--------+

. "$(dirname "$0")/lib.sh"

setup() {
	{
		echo "link add vsw0 address $HOST_MAC type vswitch"
		make_pairs 1 2 vsw0
		make_pairs 3 3
	} | ip -batch - || skip_all "no switch"
	wait_up p1 p2 p3
	vsctl -b - <<-END
		switch add vsw1 vlan-aware off
		port add vsw1 p3
		port set p2 vlan trunk 10-20 native 10
		fdb add 02:00:00:00:00:99 vlan 1 port p1
	END
}

policy() { log_helper "$(helper nl_policy)"; }

strict() {
	ip link add d1 type dummy
	log_helper "$(helper nl_strict)" vsw0 p1 p2 d1 vsw1 p3
	ip link del d1
}

dumps() {
	local i

	log_helper "$(helper nl_dump)" vsw1 p3
	{
		for i in {1..60}; do
			echo "link add dd$i type dummy"
			echo "link set dd$i master vsw0"
		done
		echo "link add d1 type dummy"
		for i in {1..100}; do
			echo "link add sw$i type vswitch"
		done
	} | ip -batch -
	log_helper "$(helper nl_dump)" vsw0 p1 d1
}

##############################################################################
# Events

# listen GROUP...
listen() {
	local line

	coproc EVENTS { "$(helper nl_event)" "$@"; }
	read -rt 5 -u "${EVENTS[0]}" line
	[ "$line" = ready ] || fail "nl_event: $line"
}

unlisten() {
	local input=${EVENTS[1]} pid=$EVENTS_PID

	exec {input}>&-
	wait "$pid"
}

# event PATTERN: it arrives; what arrives before it is of no interest here
event() {
	local line seen=''

	NCHECKS=$((NCHECKS + 1))
	while read -rt 5 -u "${EVENTS[0]}" line; do
		# A pattern it is.
		# shellcheck disable=SC2053
		[[ $line != $1 ]] || return
		seen+=" $line;"
	done
	fail "no event like '$1', but$seen"
}

# by_vsctl LINE PATTERN: a change and its event
by_vsctl() {
	# A line is a list of words.
	# shellcheck disable=SC2086
	check_ok vsctl $1
	event "$2"
}

by_ip() {
	# shellcheck disable=SC2086
	check_ok ip $1
	event "$2"
}

config_by_vsctl() {
	listen config
	by_vsctl "switch add ev0 ageing 77" \
		"switch-new-ntf ifindex=* name=ev0 vlan-aware=1 ageing=77 *"
	by_vsctl "switch set ev0 ageing 78 fdb-limit 9" \
		"switch-set-ntf * name=ev0 * ageing=78 fdb-limit=9 *"
	ip link add d2 type dummy
	by_vsctl "port add ev0 d2 vlan access 5" \
		"port-new-ntf * name=d2 * type=netdev vlan-mode=access \
pvid=5 *"
	by_vsctl "port set d2 vlan trunk 7,9-11 native 3" \
		"port-set-ntf * name=d2 * vlan-mode=trunk pvid=3 \
vlans=7-7,9-11, *"
	by_vsctl "port del d2" "port-del-ntf * name=d2 *"
	by_vsctl "port add ev0 in0 type internal" \
		"port-new-ntf * name=in0 * type=internal *"
	by_vsctl "port set ev0 vlan access 4" \
		"port-set-ntf * name=ev0 * type=host * pvid=4 *"
	by_vsctl "port del in0" "port-del-ntf * name=in0 *"
	by_vsctl "port add ev0 in0 type internal policy drop rules web" \
		"port-new-ntf * name=in0 * policy=drop*rules=web*"
	by_vsctl "port del in0" "port-del-ntf * name=in0 *"
	vsctl port add ev0 d2
	by_vsctl "switch del ev0" "port-del-ntf * name=d2 *"
	event "switch-del-ntf * name=ev0 *"
	unlisten
	ip link del d2
	log_test "events of what vsctl changes"
}

config_by_ip() {
	listen config
	by_ip "link add ev0 type vswitch" "switch-new-ntf * name=ev0 *"
	ip link add d2 type dummy
	by_ip "link set d2 master ev0" \
		"port-new-ntf * name=d2 * type=netdev * pvid=1*up=0*"
	by_ip "link set d2 up" "port-set-ntf * name=d2 * up=1*"
	by_ip "link set d2 down" "port-set-ntf * name=d2 * up=0*"
	by_ip "link set d2 name d3" "port-set-ntf * name=d3 *"
	by_ip "link set ev0 up" "port-set-ntf * name=ev0 * up=1*"
	ip link set ev0 down
	by_ip "link set ev0 name ev1" "switch-set-ntf * name=ev1 *"
	by_ip "link set d3 nomaster" "port-del-ntf * name=d3 *"
	by_ip "link set d3 master ev1" "port-new-ntf * name=d3 *"
	by_ip "link del d3" "port-del-ntf * name=d3 *"
	by_ip "link del ev1" "switch-del-ntf * name=ev1 *"
	unlisten
	log_test "events of what ip changes"
}

fdb_events() {
	local new=02:00:00:00:00:77

	listen fdb
	by_vsctl "fdb add $new port p1" \
		"fdb-new-ntf * mac=$new vid=1 type=static*"
	vsctl port set p2 vlan access 1
	by_vsctl "fdb set $new vlan 1 port p2" \
		"fdb-set-ntf * mac=$new vid=1 type=static*"
	by_vsctl "fdb del $new vlan 1 switch vsw0" \
		"fdb-del-ntf * mac=$new vid=1 *"
	frame "learn" -g 0 tx h1 "$BCAST $M1 $DATA"
	event "fdb-new-ntf * mac=$M1 vid=1 type=learned*"
	frame "move" -g 0 tx h2 "$BCAST $M1 $DATA"
	event "fdb-set-ntf * mac=$M1 vid=1 type=learned*"
	by_vsctl "fdb add $M1 port p1" \
		"fdb-*-ntf * mac=$M1 vid=1 type=static*"
	vsctl fdb del "$M1" vlan 1 switch vsw0
	frame "learn" -g 0 tx h1 "$BCAST $M2 $DATA"
	by_vsctl "fdb flush vsw0 port p1" \
		"fdb-del-ntf * mac=$M2 vid=1 type=learned*"
	by_ip "link set vsw0 address $new" \
		"fdb-new-ntf * mac=$new * type=local*"
	event "fdb-del-ntf * mac=$HOST_MAC * type=local*"
	vsctl switch set vsw0 ageing 1
	frame "learn" -g 0 tx h1 "$BCAST $M3 $DATA"
	event "fdb-new-ntf * mac=$M3 *"
	event "fdb-del-ntf * mac=$M3 *"
	unlisten
	log_test "events of the MAC table, learning and ageing too"
}

rule_events() {
	local file

	# More than may wait for somebody who is slow.
	vsctl rule flush vsw0
	listen rule
	by_vsctl "rule add vsw0 prio 77 match tcp dport 80 action drop" \
		"rule-new-ntf switch=* id=* prio=77 band=0 packets=0 bytes=0"
	by_vsctl "rule del vsw0 prio 77" "rule-del-ntf * prio=77 *"
	vsctl rule add vsw0 prio 3 action permit
	event "rule-new-ntf * prio=3 *"
	file=$(mktemp)
	echo "prio 4 action permit" >"$file"
	by_vsctl "rule replace vsw0 $file" "rule-del-ntf * prio=3 *"
	event "rule-new-ntf * prio=4 *"
	by_vsctl "rule flush vsw0" "rule-del-ntf * prio=4 *"
	rm -f "$file"
	unlisten
	log_test "events of rules"
}

# A group is told of its own only.
apart() {
	local line

	listen fdb
	vsctl switch add ev0
	vsctl fdb add "$M4" port p1
	event "fdb-new-ntf * mac=$M4 *"
	vsctl switch del ev0
	vsctl fdb del "$M4" vlan 1 switch vsw0
	read -rt 2 -u "${EVENTS[0]}" line
	while [[ $line == *type=local* ]]; do
		read -rt 2 -u "${EVENTS[0]}" line
	done
	check_match "$line" "fdb-del-ntf * mac=$M4 *" "next event"
	unlisten
	log_test "each group has its own events"
}

setup
policy
strict
dumps
config_by_vsctl
config_by_ip
fdb_events
rule_events
apart
finish
