#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# vsctl graph: a picture of what there is, in Graphviz's language.
#
#    h1     h2              h3     veth, hosts' side; h3 in namespace 2
#    |      |               |
#   +p1----+p2----+in0-+   +p3----+
#   |  10     trunk    |   | vsw1 |
#   |       vsw0       |   +------+
#   +------------------+

NETNS_COUNT=2
. "$(dirname "$0")/lib.sh"

setup() {
	make_topology 2
	{
		echo "link add vsw1 type vswitch"
		make_pairs 3 3 vsw1
		echo "link set h3 netns $NS2"
	} | ip -batch -
	vsctl -b - <<-END
		port set p1 vlan access 10
		port set p2 vlan trunk 10,20-29 native 5
		port add vsw0 in0 type internal vlan access 20
	END
}

# mentions TEXT WORD...
mentions() {
	local text=$1 word

	shift
	for word; do
		[[ $text == *"$word"* ]]
		check_err $? "no $word in the picture: $text"
	done
}

whole() {
	local out

	out=$(vsctl graph)
	check_err $? "vsctl graph"
	check_match "$out" "*graph *{*}*" "the picture"
	mentions "$out" vsw0 vsw1 p1 p2 p3 in0 h1 h2 "native 5"
	check_match "$out" "*>20*29<*" "a range of VLANs"
	log_test "all switches, ports and their VLANs are in the picture"
}

one_switch() {
	local out

	out=$(vsctl graph vsw1)
	mentions "$out" vsw1 p3
	[[ $out != *p1* && $out != *vsw0* ]]
	check_err $? "another switch is in it: $out"
	check_refused "" vsctl graph h1
	check_refused "" vsctl graph nothing
	log_test "one switch"
}

drawn() {
	local file=/tmp/vsw-graph-$$.svg out

	if ! type -P dot >/dev/null; then
		check_refused "" vsctl graph svg "$file"
		log_test "without Graphviz there is no SVG, and a message"
		return
	fi
	check_ok vsctl graph svg "$file"
	out=$(<"$file")
	rm -f "$file"
	mentions "$out" "<svg" vsw0 vsw1 p1 p2 p3 in0
	log_test "as SVG"
}

setup
whole
one_switch
drawn
finish
