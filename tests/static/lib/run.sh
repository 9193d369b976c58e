#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: run.sh [RESULTS]
#
# Run all static gates, print a line for each and what it found, and append
# the results to RESULTS.

. "$(dirname "$0")/common.sh"

RESULTS=${1:-/dev/null}

gate() {
	local name=${1##*/} out status=0 verdict detail=''

	out=$("$1" </dev/null 2>&1) || status=$?
	case $status in
	0) verdict=pass ;;
	4) verdict=skip detail=${out##*$'\n'} ;;
	*) verdict=fail detail="$(wc -l <<<"$out") lines" ;;
	esac
	# In one write each, since two gates run at a time.
	printf '%s\tstatic\t%s\t%s\n' "$verdict" "$name" "$detail" >>"$RESULTS"
	case $verdict in
	pass) printf 'static %s: ok\n' "$name" ;;
	skip) printf 'static %s: SKIP: %s\n' "$name" "$detail" ;;
	fail) printf 'static %s: FAIL\n%s\n' "$name" \
		"    ${out//$'\n'/$'\n'    }" ;;
	esac
	[ "$verdict" != fail ]
}

export -f gate
export RESULTS
find "$VSW_TOP/tests/static" -maxdepth 1 -type f -perm -u+x | sort |
	xargs -P 2 -I{} bash -c 'gate {}'
