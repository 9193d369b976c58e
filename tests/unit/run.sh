#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: run.sh PROGRAM...
#
# Run the programs, which print TAP each, and print one TAP of all.

number=0
failed=0

point() { # "" or "not ", text
	number=$((number + 1))
	[ -z "$1" ] || failed=1
	echo "${1}ok $number - $2"
}

run() {
	local name line seen=0 plan='' bad=0 status

	name=$(basename "$1")
	while IFS= read -r line; do
		case $line in
		1..*)		plan=${line#1..} ;;
		"ok "*)		seen=$((seen + 1))
				point "" "$name: ${line#ok * - }" ;;
		"not ok "*)	seen=$((seen + 1)) bad=1
				point "not " "$name: ${line#not ok * - }" ;;
		status=*)	status=${line#status=} ;;
		*)		echo "# ${line#\# }" ;;
		esac
	done < <("$1" 2>&1; echo "status=$?")
	[ "$plan" = "$seen" ] ||
		point "not " "$name: ${plan:-no} points planned, $seen seen"
	[ "$status" = "$bad" ] || point "not " "$name: exit status $status"
}

for program; do
	run "$program"
done
echo "1..$number"
exit "$failed"
