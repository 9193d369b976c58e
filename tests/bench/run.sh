#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: run.sh [--check | --figures | --doc]
#
# Measure what a frame costs in vswitch and in others, in virtual machines; print
# a table, and leave build/bench.json and pictures in build/bench/. With S=l2 in
# the environment only scenarios whose names begin so.
#   --check    vswitch alone, and what is exact: no row may be 5 % above the one
#              in tests/bench/figures.json. Closes with a line that counts.
#   --figures  make that file of build/bench.json
#   --doc      put the table of build/bench.json into Documentation/performance.rst

# shellcheck source=../vm/common.sh
. "$(dirname "$0")/../vm/common.sh"
# shellcheck source=../vm/kmake.sh
. "$VSW_VM/kmake.sh"

HERE=$VSW_TOP/tests/bench
WORK=$VSW_BUILD/bench
JSON=$VSW_BUILD/bench.json
SUBJECTS=

# build_module TARGET: a tree of links, as for the switch itself
build_module() {
	local dir=$WORK/module-$1 kernel

	target "$1"
	kernel=$("$VSW_VM/kernel.sh" "$1")
	mkdir -p "$dir"
	find "$dir" -type l -delete
	cp -rs "$HERE/module/." "$dir/"
	kmake "$kernel" "$dir" >"$dir.log" 2>&1 || {
		cat "$dir.log" >&2
		die "vsw_bench.ko does not build for $1"
	}
}

# build TARGET FOLDER: all that the machine is to have
build() {
	local k=$1 root=$2 name

	"$VSW_VM/build.sh" "$k" >&2
	"$VSW_VM/build-user.sh" "$k"
	build_module "$k"
	rm -rf "$root"
	mkdir -p "$root/bench"
	cp -r "$("$HERE/userland.sh")/." "$root/"
	cp "$HERE"/{measure,table}.py "$WORK/module-$k/vsw_bench.ko" \
		"$root/bench/"
	for name in relay pingpong; do
		gcc -O2 -Wall -Wextra -o "$root/bench/$name" "$HERE/$name.c"
	done
}

# script NAME...: what the machine runs. Each scenario has namespaces of its own,
# with whose end all goes that it started and made.
script() {
	cat <<-SH
		#!/bin/bash
		modprobe -qa bridge dummy openvswitch tun veth
		insmod /bench/vsw_bench.ko || exit
		status=0
		for name in $*; do
			unshare -nmpf --mount-proc --kill-child sh -c "
				mount -t tmpfs tmpfs /run &&
				exec python3 /bench/measure.py \$name \\
					\$OUT/samples $SUBJECTS
			" 2>&1 || status=1
		done
		rmmod vsw_bench || status=1
		exit \$status
	SH
}

# machine NAME KERNEL OPTIONS SCENARIO...: its samples, into the work folder
machine() {
	local name=$1 k=$2
	local -a options

	read -ra options <<<"$3"
	say "measuring in the machine '$name': ${*:4}"
	build "$k" "$WORK/root"
	script "${@:4}" >"$WORK/script"
	mkdir -p "$WORK/$name"
	"$VSW_VM/run.sh" --no-build -k "$k" "${options[@]}" \
		--with "$WORK/root" --script "$WORK/script" \
		--out "$WORK/$name" >&2
	cat "$WORK/$name/samples" >>"$WORK/samples"
	cp "$("$VSW_VM/kernel.sh" "$k")/release" "$WORK/$name/"
}

# measure SCENARIO-PREFIX [MACHINE]: all machines that it takes
measure() {
	local plan name k options scenarios

	plan=$("$HERE/report.py" plan "$@")
	rm -rf "$WORK"/{samples,icount,native,smp}
	mkdir -p "$WORK"
	while IFS=$'\t' read -r name k options scenarios; do
		# They are words.
		# shellcheck disable=SC2086
		machine "$name" "$k" "$options" $scenarios </dev/null
	done <<<"$plan"
}

# report_all: table, file and pictures of what was measured; fails if not all
# frames arrived
report_all() {
	local model commit

	model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
	commit=$(git -C "$VSW_TOP" describe --always --dirty 2>/dev/null) ||
		commit=unknown
	"$HERE/report.py" json "$WORK/samples" "$JSON" \
		"$(cat "$WORK"/*/release | sort -u | paste -sd ' ')" \
		"$commit" "$model, $(nproc) CPUs"
	"$HERE/report.py" table "$JSON"
}

main() {
	local status=0

	[ $# -le 1 ] || die "one option at most; see the top of $0"
	case ${1:-} in
	'')
		measure "${S:-}"
		report_all || status=$?
		"$HERE/report.py" plots "$JSON" "$WORK"
		return "$status"
		;;
	--check)
		SUBJECTS="null vswitch"
		measure "${S:-}" icount
		report_all >/dev/null || status=$?
		"$HERE/report.py" check "$JSON" "$HERE/figures.json" &&
			return "$status"
		;;
	--figures) "$HERE/report.py" figures "$JSON" >"$HERE/figures.json" ;;
	--doc) "$HERE/report.py" doc "$JSON" \
		"$VSW_TOP/Documentation/performance.rst" ;;
	*) die "no such option: $1; see the top of $0" ;;
	esac
}

main "$@"
