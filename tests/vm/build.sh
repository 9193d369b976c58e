#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: build.sh TARGET
#
# Build vswitch.ko for a kernel of the cache in build/TARGET/, with all
# warnings and sparse, and leave what was said in build/TARGET/build.log.
# A warning is no error here: the static gate reads the log.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/kmake.sh"

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
# builds its kernels with an earlier release of the same compiler, or with
# another one.
warned() {
	grep -E 'warning:|error:|WARNING:|ERROR:|\*\*\*' "$1" |
		grep -vE '(compiler|pahole version) differs from the one used'
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
	# 7.2's packages lack the script that says whether sparse will do, which
	# is taken as a no: KBUILD_CHECKSRC sets what would come of a yes.
	if ! kmake "$kernel" "$dir" C=2 KBUILD_CHECKSRC=2 \
		   CF="-D__CHECK_ENDIAN__ -include $VSW_VM/sparse.inc" \
		   >"$dir/build.log" 2>&1; then
		cat "$dir/build.log" >&2
		die "vswitch.ko does not build for $3"
	fi
	if ! warned "$dir/build.log" >"$dir/warnings.log"; then
		: >"$dir/.clean"
	fi
}

main() {
	local kernel dir

	[ $# = 1 ] || die "usage: build.sh TARGET"
	target "$1"
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
