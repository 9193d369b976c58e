#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: build.sh 6.1|6.12
#
# Build vswitch.ko for a kernel of the cache in build/K/, with all warnings
# and sparse, and leave what was said in build/K/build.log.
# A warning is no error here: the static gate reads the log.

. "$(dirname "$0")/common.sh"

# A tree of links to the sources, so that no object lands beside them and
# two kernels can be built at the same time.
link_sources() {
	local dir=$1 name

	find "$dir" -type l -delete
	for name in Kbuild kmod include; do
		cp -rs "$VSW_TOP/$name" "$dir/"
	done
}

# warned LOG: the lines of a log that say that something is wrong. Debian
# builds its kernels with an earlier release of the same compiler.
warned() {
	grep -E 'warning:|error:|WARNING:|ERROR:|\*\*\*' "$1" |
		grep -vE 'the compiler differs from the one used'
}

build() {
	local kernel=$1 dir=$2

	# Sources that do not change are not compiled again, and so do not
	# warn again: only a tree that is known to be free of warnings is
	# kept.
	if [ ! -e "$dir/.clean" ] ||
	   ! cmp -s "$kernel/release" "$dir/.release"; then
		rm -rf "$dir"
	fi
	mkdir -p "$dir"
	rm -f "$dir/.clean"
	cp "$kernel/release" "$dir/.release"
	link_sources "$dir"
	if ! make -C "$kernel/headers" M="$dir" -j"$(nproc)" W=1 C=2 \
		  CF=-D__CHECK_ENDIAN__ modules >"$dir/build.log" 2>&1; then
		cat "$dir/build.log" >&2
		die "vswitch.ko does not build for $3"
	fi
	if ! warned "$dir/build.log" >"$dir/warnings.log"; then
		: >"$dir/.clean"
	fi
}

main() {
	local kernel dir

	[ $# = 1 ] || die "usage: build.sh K"
	kernel=$("$VSW_VM/kernel.sh" "$1")
	dir=$VSW_BUILD/$1
	mkdir -p "$VSW_BUILD"
	exec {lock}>"$VSW_BUILD/.lock-$1"
	flock "$lock"
	build "$kernel" "$dir" "$1"
	exec {lock}>&-
	echo "$1: $dir/vswitch.ko"
}

main "$@"
