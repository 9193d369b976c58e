#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: run.sh [OPTION]...
#
# Boot a stock kernel in a virtual machine with vswitch.ko loaded, and there
# run the selftests, a script, a command or a shell.
#   -k TARGET       6.1, 6.12, 7.2, 6.1-s390x ...: targets.sh (default 6.12)
#   -t 'WORD...'    only selftests whose name holds one of the words
#   --fuzz 'NAME...'  run these of tests/fuzz/ instead, FUZZ_SECONDS each, from
#                   FUZZ_SEED, both from the environment
#   --planted 'BUG...'  let tests/fuzz/planted/ set off bugs instead, each of
#                   which must be reported
#   --script FILE   run a script instead; what it leaves in $OUT is kept
#   --cmd COMMAND   run a shell command instead
#   --shell         give a prompt instead
#   --with FOLDER   lay its content over the machine's root
#   --icount        a nanosecond of the machine is an instruction, on one CPU
#   --smp N, --mem M, --limit SECONDS
#   --out FOLDER    copy the files that the run left there
#   --results FILE  append one line per result, for a summary of many runs
#   --no-build      all is built already
# Logs and files of the run stay in build/vm/TARGET/.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/qemu.sh"
. "$VSW_VM/uml.sh"
. "$VSW_VM/overlay.sh"

K=6.12 MODE=tests SMP=2 MEM=2G BUILD=1
WORDS='' SCRIPT='' CMD='' LIMIT='' RESULTS='' OUT=''
DIR='' TAIL_PID='' SAVED_TTY='' FUZZ='' BUGS='' WITH='' ICOUNT=''
FUZZ_SECONDS=${FUZZ_SECONDS:-20}

usage() {
	sed -n '3,/^$/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

parse_args() {
	while [ $# -gt 0 ]; do
		case $1 in
		-k) K=$2 ;;
		-t) WORDS=$2 ;;
		--fuzz) MODE=fuzz FUZZ=$2 ;;
		--planted) MODE=planted BUGS=$2 ;;
		--script) MODE=script SCRIPT=$2 ;;
		--cmd) MODE=script CMD=$2 ;;
		--with) WITH=$2 ;;
		--icount) ICOUNT=1 SMP=1; shift; continue ;;
		--smp) SMP=$2 ;;
		--mem) MEM=$2 ;;
		--limit) LIMIT=$2 ;;
		--results) RESULTS=$2 ;;
		--out) OUT=$2 ;;
		--shell) MODE=shell; shift; continue ;;
		--no-build) BUILD=; shift; continue ;;
		*) usage ;;
		esac
		shift 2
	done
}

clean_up() {
	qemu_stop
	[ -z "$TAIL_PID" ] || kill "$TAIL_PID" 2>/dev/null || true
	[ -z "$SAVED_TTY" ] || stty "$SAVED_TTY"
	[ -z "$DIR" ] || rm -rf "$DIR/tmp"
}

# A folder for logs that no other run uses now: build/vm/TARGET, or TARGET.2 ...
claim_dir() {
	local n=1

	mkdir -p "$VSW_BUILD/vm"
	while :; do
		DIR=$VSW_BUILD/vm/$K
		[ "$n" = 1 ] || DIR+=.$n
		exec {lock}>"$DIR.lock"
		! flock -n "$lock" || break
		exec {lock}>&-
		n=$((n + 1))
	done
	rm -rf "$DIR"
	mkdir -p "$DIR/tmp/overlay"
}

# select_tests: the programs that -t leaves, in the order of the Makefile
select_tests() {
	local prog word

	for prog in $(make -s -C "$VSW_TOP/tests/selftests" print-progs); do
		[ -n "$WORDS" ] || echo "$prog"
		for word in $WORDS; do
			if [[ $prog == *"$word"* ]]; then
				echo "$prog"
				break
			fi
		done
	done | tr '\n' ' '
}

# What the machine says: results go to out.log, the kernel's words to
# console.log, what a person wants to see at once to live.log, and files to a
# tar file.

boot_uml() {
	local name

	mkdir "$DIR/host"
	for name in out live files; do
		: >"$DIR/host/vsw.$name"
	done
	ln -s host/vsw.out "$DIR/out.log"
	ln -s host/vsw.live "$DIR/live.log"
	ln -s ../host/vsw.files "$DIR/tmp/files.tar"
	uml_start "$1" "$DIR/tmp/initrd" "$DIR/console.log" "$MEM" "$DIR/host"
}

boot_qemu() {
	local accel=$1 kernel=$2
	local -a args

	: >"$DIR/out.log"
	: >"$DIR/live.log"
	# shellcheck disable=SC2054 # the commas are QEMU's
	args=(-device virtio-serial
	      -chardev "file,id=out,path=$DIR/out.log"
	      -device virtserialport,chardev=out,name=vsw.out
	      -chardev "file,id=files,path=$DIR/tmp/files.tar"
	      -device virtserialport,chardev=files,name=vsw.files)
	# shellcheck disable=SC2054
	if [ "$MODE" = shell ]; then
		args+=(-chardev "stdio,id=live,signal=off"
		       -device virtconsole,chardev=live)
	else
		args+=(-chardev "file,id=live,path=$DIR/live.log"
		       -device virtserialport,chardev=live,name=vsw.live)
	fi
	exec {QEMU_STDIN}<&0
	qemu_start "$accel" "$kernel" "$DIR/tmp/initrd" "$DIR/console.log" \
		"$SMP" "$MEM" "${args[@]}"
}

# time_limit COUNT: for the whole run, with so many fuzzers in it
time_limit() {
	case $MODE in
	shell) echo 86400 ;;
	fuzz) echo $((60 + $1 * $(fuzz_limit))) ;;
	*) echo 1800 ;;
	esac
}

# boot KERNEL BASE LIMIT
boot() {
	local kernel=$1 base=$2 limit=$3 accel

	if [ "$T_DEBUG_ARCH" = um ]; then
		boot_uml "$kernel"
	else
		accel=icount
		[ -n "$ICOUNT" ] || accel=$(qemu_accel "$kernel" "$base")
		boot_qemu "$accel" "$kernel"
	fi
	if [ "$MODE" = script ]; then
		tail -n +1 -f --pid="$QEMU_PID" "$DIR/live.log" &
		TAIL_PID=$!
	fi
	if ! qemu_wait "$limit"; then
		qemu_stop
		echo "##timeout $limit" >>"$DIR/out.log"
	fi
	[ -z "$TAIL_PID" ] || wait "$TAIL_PID" || true
	TAIL_PID=
	mkdir -p "$DIR/out"
	tar -x -C "$DIR/out" -f "$DIR/tmp/files.tar" 2>/dev/null || true
}

main() {
	local kernel base tests=''
	local -a words fuzzers

	parse_args "$@"
	target "$K"
	# Detectors look at each address. And two machines that load a million
	# of them each at a time are too slow to wait for; one shows it.
	if [ -n "$T_DEBUG_ARCH" ]; then
		: "${FDB_ENTRIES:=20000}"
	elif [ -z "$WORDS" ] && [ "$K" != 6.12 ]; then
		: "${FDB_ENTRIES:=100000}"
	fi
	[ "$MODE" != shell ] || [ -t 0 ] || die "--shell wants a terminal"
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	[ ! -t 0 ] || SAVED_TTY=$(stty -g)
	[ -z "$BUILD" ] || "$VSW_VM/deps.sh" "$K"
	kernel=$("$VSW_VM/kernel.sh" "$K")
	base=$("$VSW_VM/initramfs.sh" "$K")
	if [ -n "$BUILD" ]; then
		"$VSW_VM/build.sh" "$K" >/dev/null
		"$VSW_VM/build-user.sh" "$K"
		read -ra fuzzers <<<"$FUZZ"
		[ -z "$FUZZ$BUGS" ] ||
			"$VSW_VM/build-fuzz.sh" "$K" "${fuzzers[@]}"
	fi
	claim_dir
	tests=$FUZZ$BUGS
	if [ "$MODE" = tests ]; then
		tests=$(select_tests)
		[ -n "$tests" ] || die "no selftest matches: $WORDS"
	fi
	put_overlay "$(cat "$kernel/release")" "$base" "$tests"
	read -ra words <<<"$tests"
	boot "$kernel" "$base" "${LIMIT:-$(time_limit "${#words[@]}")}"
	rm -rf "$DIR/tmp"
	[ -z "$OUT" ] || cp -r "$DIR/out/." "$OUT/"
	if [ "$MODE" = planted ]; then
		"$VSW_VM/judge-planted.py" "$K" "${RESULTS:-/dev/null}" \
			"$DIR/console.log" "${words[@]}"
		return
	fi
	"$VSW_VM/judge.py" --kernel "$K" --mode "$MODE" \
		${RESULTS:+--results "$RESULTS"} "$DIR" "${words[@]}"
}

main "$@"
