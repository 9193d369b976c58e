#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: build-fuzz.sh TARGET [NAME...]
#
# Build what runs in the machine of TARGET to break it, tests/fuzz/, all of it or
# what is named, and lay it out in build/TARGET.fuzz/ as the machine is to have
# it: a folder for each, its program of the same name in it, and test modules
# beside it.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/kmake.sh"

# A tree of links, as for the module itself.
build_module() {
	local kernel=$1 src=$2 dir=$3

	mkdir -p "$dir"
	find "$dir" -type l -delete
	cp -rs "$src/." "$dir/"
	kmake "$kernel" "$dir" >"$dir.log" 2>&1 || {
		cat "$dir.log" >&2
		die "$(basename "$src") does not build for $TARGET"
	}
}

main() {
	local kernel out name src

	[ $# -gt 0 ] || die "usage: build-fuzz.sh TARGET [NAME...]"
	TARGET=$1
	shift
	target "$TARGET"
	kernel=$("$VSW_VM/kernel.sh" "$TARGET")
	out=$VSW_BUILD/$TARGET.fuzz
	exec {lock}>"$out.lock"
	flock "$lock"
	for src in "$VSW_TOP"/tests/fuzz/*/; do
		name=$(basename "$src")
		# What needs no machine runs on the host.
		[ "$name" != vsctl ] || continue
		[ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
		mkdir -p "$out/$name"
		[ ! -e "$src/Makefile" ] ||
			make -s -C "$src" OUT="$out/$name" >&2
		[ ! -e "$src/Kbuild" ] || {
			build_module "$kernel" "$src" "$out.ko/$name"
			cp "$out.ko/$name"/*.ko "$out/$name/"
		}
	done
}

main "$@"
