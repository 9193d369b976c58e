#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The manual pages format without a warning, and name their section.

. "$(dirname "$0")/lib/common.sh"

list=$(files '\.[1-9]$')
[ -n "$list" ] || nothing "no manual pages"
status=0
for page in $list; do
	# A line that cannot be adjusted in a narrow table cell is no fault.
	out=$(groff -man -ww -Tutf8 -K utf8 -rLL=100n -z "$page" 2>&1)
	if [ -n "$out" ]; then
		echo "$out"
		status=1
	fi
	if ! grep -qE "^\.TH [^ ]+ ${page##*.}\b" "$page"; then
		echo "$page: no .TH line with section ${page##*.}"
		status=1
	fi
done
exit $status
