#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What a capture shows, on a port and on the switch's own device.
#
#    h1       h2     h3     h4     veth, hosts' side
#    |        |      |      |
#   +p1------+p2----+p3----+p4----+
#   | 1,10     1      1      10   |  p1 a trunk, native 1; the rest access
#   |            vsw0             |
#   +--------------1--------------+
#             host port

. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 4
	vsctl -b - <<-END
		port set p1 vlan trunk 10 native 1
		port set p4 vlan access 10
	END
	frame "let the stations be known" -g 0 \
		tx h1 "$BCAST $M1 $DATA" tx h2 "$BCAST $M2 $DATA" \
		tx h1 "$BCAST $M1 $(tag 10) $DATA" tx h4 "$BCAST $M4 $DATA"
	NCHECKS=0
}

on_port() {
	frame "both ways, tags as they are on the wire" \
		tx h1 "$M4 $M1 $(tag 10 3) $DATA" \
		rx p1 "$M4 $M1 $(tag 10 3) $DATA" out p4 "$M4 $M1 $DATA" \
		next \
		tx h4 "$M1 $M4 $DATA" \
		rx p4 "$M1 $M4 $DATA" out p1 "$M1 $M4 $(tag 10) $DATA" \
		next \
		tx h2 "$BCAST $M2 $DATA" \
		rx p2 "$BCAST $M2 $DATA" out p1 "$BCAST $M2 $DATA" \
		out p3 "$BCAST $M2 $DATA" none p4
	log_test "on a port"
}

on_switch() {
	frame "what passes between ports" \
		tx h1 "$M2 $M1 $DATA" out vsw0 "$M2 $M1 $DATA" \
		rx h2 "$M2 $M1 $DATA" \
		next \
		tx h4 "$M1 $M4 $DATA" out vsw0 "$M1 $M4 $(tag 10) $DATA" \
		rx h1 "$M1 $M4 $(tag 10) $DATA" \
		next \
		tx h4 "$BCAST $M4 $DATA" \
		out vsw0 "$BCAST $M4 $(tag 10) $DATA" \
		next \
		tx h1 "$M4 $M1 $(tag 10 6) $DATA" \
		out vsw0 "$M4 $M1 $(tag 10 6) $DATA" rx h4 "$M4 $M1 $DATA"
	frame "what is for the host, once" -o vsw0 \
		tx h2 "$HOST_MAC $M2 $DATA" rx vsw0 "$HOST_MAC $M2 $DATA" \
		next \
		tx h2 "$BCAST $M2 $DATA" rx vsw0 "$BCAST $M2 $DATA" \
		rx h3 "$BCAST $M2 $DATA" \
		next \
		tx h1 "$BCAST $M1 $DATA" rx vsw0 "$BCAST $M1 $DATA"
	frame "what the host sends, once" -o vsw0 \
		tx vsw0 "$M2 $HOST_MAC $DATA" out vsw0 "$M2 $HOST_MAC $DATA" \
		rx h2 "$M2 $HOST_MAC $DATA" \
		next \
		tx vsw0 "$BCAST $HOST_MAC $DATA" \
		out vsw0 "$BCAST $HOST_MAC $DATA" \
		rx h2 "$BCAST $HOST_MAC $DATA" rx h3 "$BCAST $HOST_MAC $DATA"
	frame "and not what is dropped" -o vsw0 \
		tx h4 "$BCAST $M4 $(tag 9) $DATA" tx h2 "$M2 $M3 $DATA" \
		none vsw0
	check_ok vsctl rule add vsw0 match port p2 action output p3,p2
	check_ok vsctl rule add vsw0 match port p3 action output p3
	frame "what a rule sends, if to any port" -o vsw0 \
		tx h2 "$M1 $M2 $DATA" out vsw0 "$M1 $M2 $DATA" \
		rx h3 "$M1 $M2 $DATA" \
		next \
		tx h3 "$M1 $M3 $DATA" none vsw0 none h1
	check_ok vsctl rule flush vsw0
	log_test "on the switch, all frames that it forwards, each once"
}

trunk_host() {
	check_ok vsctl port set vsw0 vlan trunk 10 native 1
	frame "tags of what is not native" -o vsw0 \
		tx h4 "$BCAST $M4 $DATA" rx vsw0 "$BCAST $M4 $(tag 10) $DATA" \
		next \
		tx h1 "$M2 $M1 $DATA" out vsw0 "$M2 $M1 $DATA" \
		next \
		tx h4 "$M1 $M4 $DATA" out vsw0 "$M1 $M4 $(tag 10) $DATA"
	check_ok vsctl port set vsw0 vlan access 1
	log_test "on the switch, its host port a trunk"
}

not_for_host() {
	check_ok ip link set vsw0 mtu 1000
	frame "too big for the host, not for others" \
		tx h2 "$BCAST $M2 $EXP 00*1200" \
		out vsw0 "$BCAST $M2 $EXP 00*1200" \
		rx h3 "$BCAST $M2 $EXP 00*1200"
	check_eq "$(drop_count vsw0 vsw0 too-big)" 1 "too-big of vsw0"
	check_ok ip link set vsw0 mtu 1500
	log_test "on the switch, a frame whose copy the host does not get"
}

not_promiscuous() {
	frame "only what is for the host" -o vsw0 -P vsw0 \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" none vsw0 \
		next \
		tx h4 "$BCAST $M4 $DATA" rx h1 "$BCAST $M4 $(tag 10) $DATA" \
		none vsw0 \
		next \
		tx h2 "$HOST_MAC $M2 $DATA" rx vsw0 "$HOST_MAC $M2 $DATA"
	log_test "on the switch, not promiscuous"
}

# The next frame that tcpdump shows, not its bytes.
next_line() {
	line=
	while read -rt 5 -u "$out" line && [[ $line != *" > "* ]]; do :; done
}

# A packet socket is one thing, what a person types another.
with_tcpdump() {
	local out line status

	if ! type -P tcpdump >/dev/null; then
		log_skip "tcpdump" "there is none"
		return
	fi
	exec {status}<> <(:)
	exec {out}< <(tcpdump -l -nn -e -t -c 3 -i vsw0 ether proto \
		      "0x$EXP" or vlan 2>&$status)
	until [[ $line == *"listening on"* ]]; do
		read -rt 5 -u $status line || break
	done
	check_match "$line" "*listening on vsw0*" "tcpdump"
	frame "frames for tcpdump" -P vsw0 \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" \
		tx h4 "$M1 $M4 $DATA" rx h1 "$M1 $M4 $(tag 10) $DATA" \
		tx h2 "$HOST_MAC $M2 $DATA" rx vsw0 "$HOST_MAC $M2 $DATA"
	next_line
	check_match "$line" "$M1 > $M2,*" "between ports"
	next_line
	check_match "$line" "$M4 > $M1,*vlan 10,*" "between ports of VLAN 10"
	next_line
	check_match "$line" "$M2 > $HOST_MAC,*" "to the host"
	exec {out}<&- {status}<&-
	log_test "tcpdump -i SWITCH"
}

setup
on_port
on_switch
trunk_host
not_for_host
not_promiscuous
with_tcpdump
finish
