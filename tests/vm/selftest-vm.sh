#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Test the VM runner on real machines: that it fails what must fail, lets two
# run side by side, and leaves no QEMU behind. Prints TAP.

. "$(dirname "$0")/common.sh"

N=0
DIR=$(mktemp -d)
trap 'rm -rf "$DIR"' EXIT

point() {
	local status=$1

	shift
	N=$((N + 1))
	if [ "$status" = 0 ]; then
		echo "ok $N $*"
	else
		echo "not ok $N $*"
	fi
}

# run LOG OPTION...: in the background
run() {
	local log=$1

	shift
	"$VSW_VM/run.sh" --no-build --mem 512M -k 6.12 "$@" \
		>"$DIR/$log" 2>&1 </dev/null &
}

# children PID: all processes below it
children() {
	local child

	for child in $(pgrep -P "$1"); do
		echo "$child"
		children "$child"
	done
}

# gone PID...: within a few seconds, but for what nobody has waited for
gone() {
	local _ pid alive

	for _ in $(seq 30); do
		alive=
		for pid; do
			case $(ps -o stat= -p "$pid") in
			'' | Z*) ;;
			*) alive=1 ;;
			esac
		done
		[ -n "$alive" ] || return 0
		sleep 0.1
	done
	return 1
}

# up LOG: wait till the command in the machine has said so
up() {
	local _

	for _ in $(seq 300); do
		! grep -q 'I am up' "$DIR/$1" || return 0
		sleep 0.1
	done
	return 1
}

# killed SIGNAL...: what becomes of runs that get these signals
killed() {
	local signal ok pid below
	local -A pids=()

	for signal; do
		run "$signal" --cmd 'echo I am up; sleep 100'
		pids[$signal]=$!
	done
	for signal; do
		ok=0
		up "$signal" || ok=1
		pid=${pids[$signal]}
		below=$(children "$pid" | tr '\n' ' ')
		# shellcheck disable=SC2086 # they are words
		ps -o comm= -p $below | grep -q qemu || ok=1
		kill "-$signal" "$pid"
		wait "$pid" 2>/dev/null || true
		# shellcheck disable=SC2086 # they are words
		gone $below || ok=1
		point $ok "SIG$signal leaves no QEMU behind"
	done
}

side_by_side() {
	local one two ok=0

	# The first proves that a good run passes and brings its files home,
	# the second that a kernel's complaint fails one that says it is well.
	# shellcheck disable=SC2016 # for the guest to expand
	run one --cmd 'echo data >$OUT/file' --out "$DIR"
	one=$!
	run two --cmd 'echo "WARNING: CPU: 0 PID: 1 at x" >/dev/kmsg; exit 0'
	two=$!
	wait "$one" || ok=1
	grep -q data "$DIR/file" || ok=1
	point $ok "a good run passes, with another beside it"
	ok=0
	! wait "$two" || ok=1
	grep -q 'kernel is content' "$DIR/two" || ok=1
	point $ok "a warning of the kernel fails a run that exits 0"
}

bad_ends() {
	local one two ok=0

	run one --cmd 'echo c >/proc/sysrq-trigger'
	one=$!
	run two --limit 15 --cmd 'echo I am up; sleep 100'
	two=$!
	! wait "$one" || ok=1
	grep -q 'Kernel panic' "$DIR/one" || ok=1
	point $ok "a panic fails a run"
	ok=0
	! wait "$two" || ok=1
	grep -q 'time limit' "$DIR/two" || ok=1
	point $ok "a run that hangs is ended and fails"
}

all() {
	echo 1..6
	side_by_side
	bad_ends
	killed KILL TERM
}

once runner "$(cd "$VSW_VM" && find . -type f ! -name '*.pyc' ! -name lab.sh \
		-exec sha256sum {} + | sort && qemu-system-x86_64 -version &&
	       cat "$VSW_CACHE/kernel-6.12/release")" all
