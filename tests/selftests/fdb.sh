#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The MAC table: what is learned, what is set, how long it stays.
#
#    h1     h2     h3     h4     veth, hosts' side
#    |      |      |      |
#   +p1----+p2----+p3----+p4----+
#   |   1      1      1     10  |  access VLAN
#   |            vsw0           |
#   +--------------1------------+
#             host port

. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 4
	vsctl port set p4 vlan access 10
}

# learn MAC HOST...: as seen from behind a port
learn() {
	local host
	local -a steps=()

	for host in "${@:2}"; do
		steps+=(tx "$host" "$BCAST $1 $DATA")
	done
	frame "learn $1" -g 0 "${steps[@]}"
}

# entry MAC: "VID PORT TYPE" of each entry with this address
entry() {
	local mac rest

	while read -r mac rest; do
		echo "$rest"
	done < <(fdb_entries vsw0 "$1")
}

# gone MAC: it is not in the table
gone() { [ "$(vsctl fdb show vsw0 "$1")" = "" ]; }

flood() {
	frame "unknown, group and broadcast" \
		tx h1 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" \
		rx h3 "$M2 $M1 $DATA" rx vsw0 "$M2 $M1 $DATA" \
		none h1 none h4 \
		next \
		tx h1 "$MCAST $M1 $DATA" rx h2 "$MCAST $M1 $DATA" \
		rx h3 "$MCAST $M1 $DATA" rx vsw0 "$MCAST $M1 $DATA" \
		none h1 none h4 \
		next \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx h3 "$BCAST $M1 $DATA" rx vsw0 "$BCAST $M1 $DATA" \
		none h1 none h4
	log_test "what is unknown goes to all other ports of the VLAN"
}

learning() {
	check_ok vsctl fdb flush vsw0
	frame "learn, then forward" \
		tx h1 "$BCAST $M1 $DATA" rx h2 "$BCAST $M1 $DATA" \
		rx h3 "$BCAST $M1 $DATA" \
		next \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" \
		none h2 none h3 none h4 none vsw0 \
		next \
		tx vsw0 "$M2 $HOST_MAC $DATA" rx h2 "$M2 $HOST_MAC $DATA" \
		none h1 none h3
	check_eq "$(entry "$M1")" "1 p1 learned" "$M1"
	check_eq "$(entry "$M2")" "1 p2 learned" "$M2"
	check_eq "$(switch_number vsw0 fdb-learned)" 2 "learned entries"
	log_test "sources are learned"
}

move() {
	frame "M1 moves from h1 to h3" \
		tx h3 "$M2 $M1 $DATA" rx h2 "$M2 $M1 $DATA" none h1 none vsw0 \
		next \
		tx h2 "$M1 $M2 $DATA" rx h3 "$M1 $M2 $DATA" none h1 none vsw0
	check_eq "$(entry "$M1")" "1 p3 learned" "$M1"
	check_eq "$(switch_number vsw0 fdb-learned)" 2 "learned entries"
	log_test "a station that moves is followed at once"
}

local_entries() {
	local new=02:00:00:00:00:ee

	check_eq "$(entry "$HOST_MAC")" "0 vsw0 local" "$HOST_MAC"
	check_refused "adapters" vsctl fdb del "$HOST_MAC" vlan 1
	check_refused "adapters" vsctl fdb add "$HOST_MAC" vlan 1 port p1
	frame "to the host" \
		tx h1 "$HOST_MAC $M1 $DATA" rx vsw0 "$HOST_MAC $M1 $DATA" \
		none h2 none h3
	check_ok ip link set vsw0 address "$new"
	check_eq "$(entry "$new")" "0 vsw0 local" "$new"
	gone "$HOST_MAC"
	check_err $? "$HOST_MAC is still there"
	frame "to its old and its new address" \
		tx h1 "$HOST_MAC $M1 $DATA" rx h2 "$HOST_MAC $M1 $DATA" \
		rx h3 "$HOST_MAC $M1 $DATA" rx vsw0 "$HOST_MAC $M1 $DATA" \
		next \
		tx h1 "$new $M1 $DATA" rx vsw0 "$new $M1 $DATA" \
		none h2 none h3
	check_ok ip link set vsw0 address "$HOST_MAC"
	log_test "local entries follow the device's address"
}

src_local() {
	frame "the host's address from outside" \
		tx h1 "$BCAST $HOST_MAC $DATA" \
		none h1 none h2 none h3 none vsw0
	check_eq "$(entry "$HOST_MAC")" "0 vsw0 local" "$HOST_MAC"
	frame "in another VLAN it is anybody's" \
		tx h4 "$BCAST $HOST_MAC $DATA" none h1 none h2 none h3
	check_match "$(vsctl -j drops show vsw0 port p1)" \
		'*"reason":"src-local"*"packets":1[,}]*' "drops of p1"
	log_test "the host's address is not learned elsewhere in its VLAN"
}

static_entries() {
	check_ok vsctl fdb add "$M4" vlan 1 port p2 static
	check_eq "$(entry "$M4")" "1 p2 static" "$M4"
	frame "seen elsewhere: forwarded, and yet it stays" \
		tx h3 "$BCAST $M4 $DATA" rx h1 "$BCAST $M4 $DATA" \
		rx h2 "$BCAST $M4 $DATA" rx vsw0 "$BCAST $M4 $DATA" \
		next \
		tx h1 "$M4 $M1 $DATA" rx h2 "$M4 $M1 $DATA" none h3 none vsw0
	check_eq "$(entry "$M4")" "1 p2 static" "$M4"
	check_ok vsctl fdb flush vsw0
	check_eq "$(entry "$M4")" "1 p2 static" "$M4 after a flush"
	check_refused "static entry" vsctl fdb add "$M4" vlan 1 port p3
	check_ok vsctl fdb set "$M4" vlan 1 port p3
	frame "moved by hand" \
		tx h1 "$M4 $M1 $DATA" rx h3 "$M4 $M1 $DATA" none h2 none vsw0
	check_ok vsctl fdb del "$M4" vlan 1
	gone "$M4"
	check_err $? "$M4 is still there"
	check_refused "No entry" vsctl fdb del "$M4" vlan 1
	log_test "static entries stay where they were put"
}

static_over_learned() {
	learn "$M1" h1
	check_ok vsctl fdb add "$M1" port p2
	check_eq "$(entry "$M1")" "1 p2 static" "$M1"
	check_ok vsctl fdb del "$M1" vlan 1
	learn "$M1" h1
	check_refused "learned" vsctl fdb set "$M1" vlan 1 port p2
	check_ok vsctl fdb del "$M1" vlan 1
	gone "$M1"
	check_err $? "$M1 is still there"
	log_test "a learned entry gives way, and can be removed"
}

static_refused() {
	check_refused "VLAN" vsctl fdb add "$M4" vlan 10 port p1
	check_refused "" vsctl fdb add "$MCAST" port p1
	check_refused "" vsctl fdb add 00:00:00:00:00:00 port p1
	check_refused "" vsctl fdb add "$M4" port h1
	check_refused "No entry" vsctl fdb set "$M4" vlan 1 port p1
	gone "$M4"
	check_err $? "$M4 is there"
	log_test "impossible entries are refused"
}

# stations: M1 behind p1, M2 and M3 behind p2, M4 behind p4 in VLAN 10; M3 in
# both VLANs
stations() {
	vsctl fdb flush vsw0
	frame "stations" -g 0 tx h1 "$BCAST $M1 $DATA" \
		tx h2 "$BCAST $M2 $DATA" tx h2 "$BCAST $M3 $DATA" \
		tx h4 "$BCAST $M4 $DATA" tx h4 "$BCAST $M3 $DATA"
}

# table: all learned entries, as far as they differ, in a fixed order
table() {
	local mac vid port type entries=' ' key

	while read -r mac vid port type; do
		[ "$type" != learned ] || entries+="${mac##*:}@$vid$port "
	done < <(fdb_entries vsw0)
	for key in 01@1p1 02@1p2 03@10p4 03@1p2 04@10p4; do
		[[ $entries != *" $key "* ]] || printf '%s ' "$key"
		entries=${entries/" $key "/ }
	done
	echo "$entries"
}

flush() {
	stations
	check_ok vsctl fdb add 02:00:00:00:00:05 port p1
	check_eq "$(table)" "01@1p1 02@1p2 03@10p4 03@1p2 04@10p4  " "stations"
	check_ok vsctl fdb flush vsw0 port p2
	check_eq "$(table)" "01@1p1 03@10p4 04@10p4  " "after flush of p2"
	stations
	check_ok vsctl fdb flush vsw0 vlan 10
	check_eq "$(table)" "01@1p1 02@1p2 03@1p2  " "after flush of VLAN 10"
	stations
	check_ok vsctl fdb flush vsw0 port p4 vlan 1
	check_eq "$(table)" "01@1p1 02@1p2 03@10p4 03@1p2 04@10p4  " \
		"after flush of nothing"
	check_ok vsctl fdb flush vsw0 port p4 vlan 10
	check_eq "$(table)" "01@1p1 02@1p2 03@1p2  " "after flush of both"
	check_ok vsctl fdb flush vsw0
	check_eq "$(table)" " " "after flush"
	check_eq "$(entry 02:00:00:00:00:05)" "1 p1 static" "static"
	check_ok vsctl fdb del 02:00:00:00:00:05 vlan 1
	log_test "flush by port, VLAN, both and at all"
}

leave_vlan() {
	stations
	check_ok vsctl port set p2 vlan access 20
	check_eq "$(table)" "01@1p1 03@10p4 04@10p4  " "p2 left VLAN 1"
	check_ok vsctl port set p4 vlan trunk 10,30
	check_eq "$(table)" "01@1p1 03@10p4 04@10p4  " "p4 stays in VLAN 10"
	vsctl -b - <<-END
		port set p2 vlan access 1
		port set p4 vlan access 10
	END
	stations
	check_ok ip link set p1 down
	check_eq "$(table)" "02@1p2 03@10p4 03@1p2 04@10p4  " "p1 is down"
	ip link set p1 up
	wait_up p1 h1
	check_ok ip link set h2 down
	wait_for 5 gone "$M2"
	check_eq "$(table)" "03@10p4 04@10p4  " "p2 has no carrier"
	ip link set h2 up
	wait_up p2 h2
	log_test "learned entries go when the port leaves the VLAN or goes down"
}

filters() {
	local -a lines

	stations
	mapfile -t lines < <(vsctl fdb show vsw0 port p4)
	check_eq "${#lines[@]}" 2 "entries of p4"
	mapfile -t lines < <(vsctl fdb show vsw0 vlan 10)
	check_eq "${#lines[@]}" 2 "entries of VLAN 10"
	mapfile -t lines < <(vsctl fdb show vsw0 port p2 vlan 1)
	check_eq "${#lines[@]}" 2 "entries of both"
	mapfile -t lines < <(vsctl fdb show vsw0)
	check_eq "$(switch_number vsw0 fdb-count)" "${#lines[@]}" "entries"
	log_test "the table shows by port and VLAN"
}

limit() {
	local refused n=$((100 - 20))
	local many="$BCAST 02:10:00:00:00:00 $DATA"

	vsctl fdb flush vsw0
	refused=$(switch_number vsw0 fdb-refused)
	check_ok vsctl switch set vsw0 fdb-limit 20
	frame "100 stations, room for 20: and yet all frames arrive" \
		gen h1 100 "$many" rxgen h2 100 "$many" rxgen vsw0 100 "$many"
	check_eq "$(switch_number vsw0 fdb-learned)" 20 "learned entries"
	check_eq "$(switch_number vsw0 fdb-refused)" $((refused + n)) "refused entries"
	check_ok vsctl fdb add "$M4" port p2
	check_eq "$(switch_number vsw0 fdb-learned)" 20 "learned entries"
	check_eq "$(entry "$M4")" "1 p2 static" "static entry beyond the limit"
	frame "those in the table can still move" \
		tx h3 "$BCAST 02:10:00:00:00:00 $DATA" \
		rx h1 "$BCAST 02:10:00:00:00:00 $DATA" \
		next \
		tx h1 "02:10:00:00:00:00 $M1 $DATA" \
		rx h3 "02:10:00:00:00:00 $M1 $DATA" none h2
	check_ok vsctl fdb flush vsw0 port p3
	learn "$M1" h1
	check_eq "$(entry "$M1")" "1 p1 learned" "$M1, now that there is room"
	vsctl -b - <<-END
		fdb del $M4 vlan 1
		fdb flush vsw0
		switch set vsw0 fdb-limit 131072
	END
	log_test "learned entries are limited, frames are not"
}

is_table() { [ "$(table)" = "$1" ]; }

ageing() {
	local age i speaker
	local -a speech=()

	vsctl -b - <<-END
		fdb flush vsw0
		fdb add $M4 port p2
	END
	learn "$M1" h1
	learn "$M2" h2
	check_eq "$(table)" "01@1p1 02@1p2  " "stations"
	age=$(vsctl -s fdb show vsw0 "$M1")
	check_match "$age" "* age [0-9]*" "age of $M1"
	check_ok vsctl switch set vsw0 ageing 1
	# Both are already old enough if the machine is slow: once more. One goes
	# on to speak, and is looked at meanwhile, however long that takes.
	for ((i = 0; i < 60; i++)); do
		speech+=(next tx h1 "$BCAST $M1 $DATA")
	done
	"$TEST_DIR/frame" -g 300 tx h2 "$BCAST $M2 $DATA" "${speech[@]}" \
		>/dev/null 2>&1 &
	speaker=$!
	wait_for 10 is_table "01@1p1  "
	check_err $? "of two stations one speaks on: '$(table)'"
	nap 1.2
	check_eq "$(table)" "01@1p1  " "1.2 s later"
	kill "$speaker"
	wait "$speaker" 2>/dev/null
	wait_for 4 gone "$M1"
	check_err $? "$M1 does not age"
	check_eq "$(switch_number vsw0 fdb-learned)" 0 "learned entries"
	check_eq "$(entry "$M4")" "1 p2 static" "static entry"
	frame "and is flooded again" \
		tx h2 "$M1 $M2 $DATA" rx h1 "$M1 $M2 $DATA" \
		rx h3 "$M1 $M2 $DATA" rx vsw0 "$M1 $M2 $DATA"
	vsctl -b - <<-END
		switch set vsw0 ageing 300
		fdb del $M4 vlan 1
	END
	log_test "learned entries age, static ones do not"
}

setup
flood
learning
move
local_entries
src_local
static_entries
static_over_learned
static_refused
flush
leave_vlan
filters
limit
ageing
finish
