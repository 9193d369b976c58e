#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A MAC table of 1,000,000 entries: loaded, shown, used.
#
#    h1     h2     h3      veth, hosts' side
#    |      |      |
#   +p1----+p2----+p3---+
#   |       vsw0        |
#   +-------------------+
#
# FDB_ENTRIES: how many instead; FDB_SECONDS: for how long to load at most. A
# machine that cannot make a million in that time (240 s) fails, and says how
# many it made.

. "$(dirname "$0")/lib.sh"

ENTRIES=${FDB_ENTRIES:-1000000}
BUDGET=${FDB_SECONDS:-240}
CHUNK=10000
LOADED=0

setup() {
	make_topology 3
	vsctl switch set vsw0 fdb-limit 4194304
}

# mac N: its address
mac() {
	printf '02:aa:%02x:%02x:%02x:%02x' $(($1 >> 24)) \
		$(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255))
}

# lines FROM TO: a batch; even ones at p2, odd ones at p3
lines() {
	awk -v from="$1" -v to="$2" 'BEGIN {
		for (i = from; i < to; i++)
			printf "fdb add 02:aa:%02x:%02x:%02x:%02x vlan 1 " \
			       "port p%d\n", i / 16777216, i / 65536 % 256,
			       i / 256 % 256, i % 256, 2 + i % 2
	}'
}

load() {
	local start=$SECONDS

	while [ $LOADED -lt "$ENTRIES" ] &&
	      [ $((SECONDS - start)) -lt "$BUDGET" ]; do
		lines $LOADED $((LOADED + CHUNK)) | vsctl -b -
		check_err $? "batch from entry $LOADED"
		LOADED=$((LOADED + CHUNK))
	done
	check_eq "$(switch_number vsw0 fdb-count)" $((LOADED + 1)) "entries"
	check_eq "$LOADED" "$ENTRIES" "entries loaded in $BUDGET s"
	comment "$LOADED entries in $((SECONDS - start)) s"
	log_test "load $ENTRIES entries"
}

forward() {
	local n m
	local -a steps=()

	for n in 0 1 $((LOADED / 2)) $((LOADED / 2 + 1)) $((LOADED - 2)) \
		 $((LOADED - 1)); do
		m=$(mac "$n")
		steps+=(tx h1 "$m $M1 $DATA"
			rx "h$((2 + n % 2))" "$m $M1 $DATA")
	done
	frame "to the first, the last and some between" "${steps[@]}" \
		none h2 none h3 none vsw0
	m=$(mac "$LOADED")
	frame "to one that is not there" tx h1 "$m $M1 $DATA" \
		rx h2 "$m $M1 $DATA" rx h3 "$m $M1 $DATA" \
		rx vsw0 "$m $M1 $DATA"
	log_test "frames find their way among $LOADED entries"
}

show() {
	local n

	n=$(vsctl fdb show port p3 | wc -l)
	check_eq "$n" $((LOADED / 2)) "entries of p3 that are shown"
	log_test "the table is shown whole"
}

learn() {
	frame "10000 stations" gen h2 10000 "$BCAST 02:bb:00:00:00:00 $DATA"
	check_eq "$(switch_number vsw0 fdb-learned)" 10001 "learned entries"
	check_ok vsctl fdb flush vsw0
	check_eq "$(switch_number vsw0 fdb-learned)" 0 "learned entries"
	check_eq "$(switch_number vsw0 fdb-count)" $((LOADED + 1)) "entries"
	log_test "learning and flushing beside them"
}

remove() {
	check_ok vsctl port del p2
	check_eq "$(switch_number vsw0 fdb-count)" $((LOADED / 2 + 1)) \
		"entries without p2"
	check_ok vsctl switch del vsw0
	check_eq "$(vsctl fdb show)" "" "entries without a switch"
	log_test "they go with their port and their switch"
}

setup
load
forward
show
learn
remove
finish
