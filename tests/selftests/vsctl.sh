#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vsctl as a program sees it: forms of output, exit codes, messages, batches.
#
#    h1     h2      veth, hosts' side
#    |      |
#   +p1----+p2-+
#   |   vsw0   |
#   +----------+

NETNS_COUNT=2
. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 2
	vsctl -b - <<-END
		port set p2 vlan trunk 10,20-29 native 5
		fdb add $M1 vlan 1 port p1
	END
	frame "learn" -g 0 tx h1 "$BCAST $M2 $DATA" \
		tx h1 "$BCAST $M2 $(tag 3) $DATA"
	NCHECKS=0
	ip -n "$NS2" link add other type vswitch
}

# json JQ-TEST VSCTL-WORD...
json() {
	local test=$1 out

	shift
	NCHECKS=$((NCHECKS + 1))
	out=$(vsctl -j "$@" | jq -e "$test" 2>&1) || fail "$* : $test: $out"
}

as_json() {
	json 'length == 1 and .[0].name == "vsw0" and .[0].ageing == 300 and
	      .[0]["vlan-aware"] == true and .[0]["port-count"] == 3' \
		switch show
	json 'length == 3 and ([.[].name] | sort) == ["p1", "p2", "vsw0"] and
	      (.[] | select(.name == "p2") | .["vlan-mode"] == "trunk" and
	       .pvid == 5 and .vlans[1] == {"first": 20, "last": 29} and
	       .switch == "vsw0")' port show
	json '[.[] | .type] | sort == ["learned", "local", "static"]' fdb show
	json '[.[].counters[] | select(.reason == "vlan-tagged") | .packets] ==
	      [1, 1]' drops show
	json 'map(has("stats")) | all' -s port show
	json 'length == 0' fdb show port p2
	log_test "-j: JSON with what there is"
}

pretty() {
	local plain pretty
	local -a lines

	plain=$(vsctl -j port show)
	pretty=$(vsctl -j -p port show)
	mapfile -t lines <<<"$plain"
	check_eq "${#lines[@]}" 1 "lines of -j"
	mapfile -t lines <<<"$pretty"
	[ "${#lines[@]}" -gt 10 ]
	check_err $? "-p: $pretty"
	check_eq "${pretty//[[:space:]]/}" "${plain//[[:space:]]/}" "-j -p"
	log_test "-p: the same JSON, for people"
}

text() {
	local plain

	plain=$(vsctl port show)
	check_match "$(vsctl -s port show p1)" "*RX:*bytes*packets*TX:*" "-s"
	check_match "$(vsctl -d port show p1)" "*ifindex [0-9]*" "-d"
	[[ $plain != *ifindex* && $plain != *RX:* ]]
	check_err $? "without -s and -d: $plain"
	[[ $(vsctl -c port show) == *$'\e['* ]]
	check_err $? "-c: no colours"
	[[ $plain != *$'\e['* ]]
	check_err $? "colours without -c"
	log_test "-s, -d and -c"
}

namespace() {
	check_match "$(vsctl -n "$NS2" switch show)" "other:*" "-n"
	[[ $(vsctl switch show) != *other* ]]
	check_err $? "other is here"
	vsctl -n no-such-namespace switch show >/dev/null 2>&1
	check_eq $? 1 "exit code for a namespace that is none"
	log_test "-n"
}

# exits CODE PHRASE VSCTL-WORD...
exits() {
	local code=$1 phrase=$2 out got

	shift 2
	out=$(vsctl "$@" 2>&1)
	got=$?
	check_eq "$got" "$code" "exit code of vsctl $*: $out"
	check_match "$out" "*$phrase*" "message of vsctl $*"
}

exit_codes() {
	exits 0 "vsw0" switch show
	exits 1 "loopback*(\"lo\")" port add vsw0 lo
	exits 1 "already belongs*(\"p1\")" port add vsw0 p1
	exits 1 "VLAN*(\"77\")" fdb add "$M3" vlan 77 port p1
	exits 1 "nothing" port show nothing
	exits 2 "" ""
	exits 2 "sw" sw show
	exits 2 "sho" switch sho
	exits 2 "4095" port set p1 vlan access 4095
	exits 2 "02:00" fdb add 02:00 port p1
	exits 2 "" port add vsw0
	exits 2 "more" switch show vsw0 more
	exits 2 "-x" -x switch show
	log_test "0 done, 1 refused, with the kernel's sentence and the word, 2 usage"
}

batch() {
	local out file=/tmp/vsw-batch-$$

	cat >"$file" <<-END
		# a comment, and an empty line

		fdb add $M3 port p1
		fdb add $M4 port p1
		fdb add $M4 port p1
		fdb add 02:00:00:00:00:06 port p1
	END
	out=$(vsctl -b "$file" 2>&1)
	check_eq $? 1 "exit code of the batch: $out"
	check_match "$out" "*$file:5: *static entry*" "the line at fault"
	out=$(vsctl fdb show)
	[[ $out == *$M3* && $out == *$M4* ]]
	check_err $? "lines before it were not done: $out"
	echo "port frobnicate" >"$file"
	out=$(vsctl -b "$file" 2>&1)
	check_eq $? 2 "exit code of a batch with a wrong word: $out"
	check_match "$out" "*$file:1: *frobnicate*" "the line at fault"
	vsctl -b "$file.none" >/dev/null 2>&1
	check_eq $? 1 "exit code for a batch that is none"
	rm "$file"
	out=$(printf 'switch show\nport show p1\n' | vsctl -b -)
	check_match "$out" "*vsw0:*p1*" "batch from standard input"
	log_test "-b names the line"
}

monitor() {
	local out line

	exec {out}< <(exec "$VSCTL" monitor 2>&1)
	nap 0.5
	vsctl -b - <<-END
		switch add mon0
		switch set mon0 ageing 17
		fdb add 02:00:00:00:00:07 port p1
		switch del mon0
	END
	read -rt 5 -u "$out" line
	while [[ $line != *mon0*ageing\ 17* ]]; do
		read -rt 5 -u "$out" line || break
	done
	check_match "$line" "*mon0*ageing 17*" "switch set"
	while [[ $line != *02:00:00:00:00:07* ]]; do
		read -rt 5 -u "$out" line || break
	done
	check_match "$line" "*02:00:00:00:00:07*p1*static*" "fdb add"
	exec {out}<&-
	exec {out}< <(exec "$VSCTL" -j monitor config 2>&1)
	nap 0.5
	vsctl -b - <<-END
		fdb add 02:00:00:00:00:08 port p1
		switch add mon1
		switch del mon1
	END
	read -rt 5 -u "$out" line
	check_match "$line" '*"mon1"*' "monitor config"
	jq -e . <<<"$line" >/dev/null
	check_err $? "no JSON: $line"
	exec {out}<&-
	log_test "monitor"
}

help() {
	local object

	for object in switch port fdb drops top monitor graph; do
		check_match "$(vsctl $object help)" "*vsctl $object*" "help"
	done
	check_match "$(vsctl -V)" "vsctl *" "version"
	log_test "help for each object"
}

require jq
setup
as_json
pretty
text
namespace
exit_codes
batch
monitor
help
finish
