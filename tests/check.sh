#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: check.sh [all | static | unit]
#
# Build, run what there is to run, and close with one line that counts it.
# From the environment: K narrows the kernels and T the selftests; either
# leaves out the static gates and the unit tests.

. "$(dirname "$0")/vm/common.sh"

WHAT=${1:-all}
KERNELS=${K:-$VSW_KERNELS}
RESULTS=
PIDS=()
export KERNELS

clean_up() {
	local pid

	for pid in "${PIDS[@]}"; do
		kill "$pid" 2>/dev/null || true
	done
	wait
	[ -z "$RESULTS" ] || rm -rf "$RESULTS" "$RESULTS".*
}

result() {
	printf '%s\t%s\t%s\t%s\n' "$@" >>"$RESULTS"
}

# each NAME COMMAND...: the command once for each kernel, at the same time,
# with the kernel as its last argument and the output of each in one piece.
# Each dies with this script, whatever ends it.
each() {
	local name=$1 k pid status
	local -A of=()

	shift
	for k in $KERNELS; do
		setpriv --pdeathsig TERM "$@" "$k" >"$RESULTS.$k" 2>&1 &
		PIDS+=($!)
		of[$k]=$!
	done
	for k in $KERNELS; do
		pid=${of[$k]}
		status=0
		wait "$pid" || status=$?
		# A run that got as far as to judge itself has said why.
		if [ "$status" != 0 ] && ! grep -q "$k machine" "$RESULTS"; then
			result fail "$k" "$name" "status $status, see above"
		fi
		cat "$RESULTS.$k"
	done
	PIDS=()
}

# unit COMMAND...: test programs that need no machine of their own
unit() {
	local name status

	for name in "$@"; do
		status=0
		# A command with its arguments.
		# shellcheck disable=SC2086
		(cd "$VSW_TOP" && $name) >"$RESULTS.unit" 2>&1 || status=$?
		"$VSW_VM/judge-unit.py" "$RESULTS" "$name" "$status" \
			"$RESULTS.unit"
	done
}

vm() {
	local k built=

	# A kernel whose module is not there has failed already.
	for k in $KERNELS; do
		[ ! -e "$VSW_BUILD/$k/vswitch.ko" ] || built+="$k "
	done
	KERNELS=$built
	each vm "$VSW_VM/run.sh" --no-build --results "$RESULTS" \
		${T:+-t "$T"} -k
}

summary() {
	local pass fail skip

	pass=$(grep -c '^pass' "$RESULTS" || true)
	fail=$(grep -c '^fail' "$RESULTS" || true)
	skip=$(grep -c '^skip' "$RESULTS" || true)
	echo
	awk -F '\t' '$1 == "skip" { print "SKIP: " $2 ": " $3 ": " $4 }
		     $1 == "fail" { print "FAIL: " $2 ": " $3 ": " $4 }' \
		"$RESULTS" | sort
	if [ "$skip" -gt 0 ]; then
		echo "$pass passed, $fail failed, $skip skipped"
	else
		echo "$pass passed, $fail failed"
	fi
	[ "$fail" = 0 ] && [ "$pass" -gt 0 ]
}

main() {
	local narrowed=${K:-}${T:-}

	mkdir -p "$VSW_BUILD"
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	RESULTS=$(mktemp "$VSW_BUILD/results-XXXXXX")
	if [ "$WHAT" != unit ]; then
		each build "$VSW_VM/build.sh"
		export IS_BUILT=1
	fi
	if [ "$WHAT" = all ]; then
		"$VSW_VM/build-user.sh" ||
			result fail build "vsctl and helpers" "see above"
	fi
	if [ "$WHAT" = all ] && [ -n "$narrowed" ]; then
		echo "narrowed by K or T: no static gates, no unit tests"
	else
		[ "$WHAT" = unit ] ||
			"$VSW_TOP/tests/static/lib/run.sh" "$RESULTS" || true
		[ "$WHAT" = static ] ||
			unit "$VSW_VM/selftest.py" \
				"$VSW_TOP/tests/static/lib/selftest.sh" \
				"make -s -C tests/unit check"
		[ "$WHAT" != all ] || unit "$VSW_VM/selftest-vm.sh"
	fi
	[ "$WHAT" != all ] || vm
	summary
}

main
