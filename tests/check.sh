#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: check.sh [all | static | unit | debug | smp]
#
# Build, run what there is to run, and close with one line that counts it.
#   all     gates, unit tests, and on kernels as Debian has them the selftests;
#           on one also the rules beside nftables
#   static, unit  these alone
#   debug   selftests and fuzzers on a kernel with detectors, one CPU
#   smp     the same and data races on two CPUs, which takes an hour
# From the environment: K and ARCH choose kernels and T selftests; each of them
# leaves out the static gates and the unit tests. FUZZ chooses fuzzers, and
# FUZZ_SECONDS and FUZZ_SEED are for these.

. "$(dirname "$0")/vm/common.sh"

WHAT=${1:-all}
KERNELS=
RESULTS=
PIDS=()
JOBS=()
export KERNELS

# What has not been seen to be reported by a detector has no detector.
PLANTED="rcu_misuse sleep_in_atomic no_rtnl bad_shift refcount freed_timer \
lock_inversion out_of_bounds out_of_bounds_stack out_of_bounds_vmalloc \
use_after_free double_free leak"
PLANTED_RACES="no_rtnl refcount unmarked_race"
FUZZERS="netlink frame fault model churn"
# It needs nf_tables, which the kernels with detectors do not have, and one stock
# kernel's word is enough.
PEER=6.12
MANY_DEVICES="port.sh port_limit.sh"
# What fails one allocation after the other learns nothing from a second CPU,
# and takes half an hour where all is emulated.
FUZZERS_SMP=${FUZZERS/fault /}

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

# start LABEL COMMAND...: in the background, with its output kept. It dies with
# this script, whatever ends it. Where the command has the word RESULTS it gets
# a file of its own for them.
start() {
	local label=$1 job=$RESULTS.job${#JOBS[@]}

	shift
	: >"$job.results"
	setpriv --pdeathsig TERM "${@/#RESULTS/$job.results}" >"$job" 2>&1 &
	PIDS+=($!)
	JOBS+=("$label")
}

# finish NAME: wait for all that was started, and show each one's output in one
# piece
finish() {
	local n status job

	for n in "${!JOBS[@]}"; do
		status=0
		job=$RESULTS.job$n
		wait "${PIDS[n]}" || status=$?
		# A run that got as far as to judge itself has said why.
		if [ "$status" != 0 ] && [ ! -s "$job.results" ]; then
			result fail "${JOBS[n]}" "$1" \
				"status $status, see above"
		fi
		cat "$job"
		cat "$job.results" >>"$RESULTS"
	done
	PIDS=() JOBS=()
}

# each NAME COMMAND...: the command once for each kernel, at the same time,
# with the kernel as its last argument
each() {
	local name=$1 k

	shift
	for k in $KERNELS; do
		start "$k" "$@" "$k"
	done
	finish "$name"
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

# machine KERNEL OPTION...: a run of it, in the background
machine() {
	start "$1" "$VSW_VM/run.sh" --no-build --results RESULTS -k "$@"
}

# A kernel whose module is not there has failed already.
have_module() {
	[ -e "$VSW_BUILD/$1/vswitch.ko" ]
}

# Two machines at a time are as many as there are CPUs on a small host.
vm() {
	local k

	for k in $KERNELS; do
		have_module "$k" || continue
		machine "$k" ${T:+-t "$T"}
		[ "${#JOBS[@]}" -lt 2 ] || finish vm
	done
	if [ -z "${T:-}" ] && [[ " $KERNELS " == *" $PEER "* ]] &&
	   have_module "$PEER"; then
		machine "$PEER" --fuzz peer
	fi
	finish vm
}

# fuzzers: what of them is run on a kernel as Debian has it
fuzzers() {
	if [ -z "${T:-}" ] && [[ " $KERNELS " == *" $PEER "* ]]; then
		start "$PEER" "$VSW_VM/build-fuzz.sh" "$PEER" peer
		finish fuzz
	fi
}

# The selftests take longer than all else: those with the most devices have a
# machine of their own, so that no CPU is idle in the end.
selftests() {
	if [ -n "${T:-}" ]; then
		machine 6.1-uml -t "$T"
	else
		machine 6.1-uml -t "$(make -s -C "$VSW_TOP/tests/selftests" \
			print-progs | grep -vxE "${MANY_DEVICES// /|}" |
			tr '\n' ' ')"
		machine 6.1-uml -t "$MANY_DEVICES"
	fi
}

debug() {
	each fuzz "$VSW_VM/build-fuzz.sh"
	have_module 6.1-uml || return 0
	[ -n "${FUZZ:-}" ] || selftests
	if [ -z "${T:-}${FUZZ:-}" ]; then
		machine 6.1-uml --planted "$PLANTED"
		unit "tests/fuzz/vsctl/run.sh ${FUZZ_SECONDS:-10}"
	fi
	[ -n "${T:-}" ] || machine 6.1-uml --fuzz "${FUZZ:-$FUZZERS}"
	finish vm
}

# Each of these machines has all CPUs for itself.
smp() {
	each fuzz "$VSW_VM/build-fuzz.sh"
	export FUZZ_SECONDS=${FUZZ_SECONDS:-300}
	machine 6.1-kasan --planted "$PLANTED"
	finish vm
	machine 6.1-kasan --limit 7200 ${T:+-t "$T"}
	finish vm
	machine 6.1-kasan --fuzz "${FUZZ:-$FUZZERS_SMP}"
	finish vm
	machine 6.1-kcsan --planted "$PLANTED_RACES"
	finish vm
	machine 6.1-kcsan --fuzz "${FUZZ:-churn frame netlink}"
	finish vm
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

# gates: what needs no machine, and tests those that do
gates() {
	[ "$WHAT" = unit ] ||
		"$VSW_TOP/tests/static/lib/run.sh" "$RESULTS" || true
	[ "$WHAT" = static ] ||
		unit "$VSW_VM/selftest.py" \
			"$VSW_TOP/tests/static/lib/selftest.sh" \
			"$VSW_TOP/tests/bench/test_report.py" \
			"make -s -C tests/unit check" \
			"make -s -C tests/fuzz/model check"
	[ "$WHAT" != all ] || unit "$VSW_VM/selftest-vm.sh"
}

prepare() {
	case $WHAT in
	debug) KERNELS=6.1-uml ;;
	smp) KERNELS="6.1-kasan 6.1-kcsan" ;;
	*) KERNELS=$(targets_of "${K:-}" "${ARCH:-}") ;;
	esac
	mkdir -p "$VSW_BUILD"
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	RESULTS=$(mktemp "$VSW_BUILD/results-XXXXXX")
	if [ "$WHAT" != unit ]; then
		each build "$VSW_VM/build.sh"
		export IS_BUILT=1
	fi
	case $WHAT in
	static | unit) ;;
	*)
		# The kernels are words.
		# shellcheck disable=SC2086
		start user "$VSW_VM/build-user.sh" $KERNELS
		finish build
		;;
	esac
}

main() {
	prepare
	case $WHAT in
	debug | smp) "$WHAT" ;;
	static | unit) gates ;;
	all)
		if [ -n "${K:-}${ARCH:-}${T:-}" ]; then
			echo "narrowed: no static gates, no unit tests"
		else
			gates
		fi
		fuzzers
		vm
		;;
	esac
	summary
}

main
