#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: build-user.sh TARGET...
#
# Build what runs in user space, vsctl and the helpers of the selftests, for
# each target's architecture and lay it out in build/user-ARCH/ as a machine is
# to have it. What is for this machine is built where its sources are.

. "$(dirname "$0")/common.sh"

# build DIR ROOT: vsctl and helpers into DIR, with libraries of ROOT
build() {
	local dir=$1 obj=$VSW_TOP/tools/vsctl out=$VSW_TOP/tests/selftests
	local -a args=()

	if [ "$2" != / ]; then
		obj=$dir.obj/vsctl
		out=$dir.obj/selftests
		args=(CC="$T_TRIPLET-gcc-12" AR="$T_TRIPLET-ar"
		      MNL_CFLAGS="-idirafter $2/usr/include"
		      MNL_LIBS="-L$2/usr/lib/$T_TRIPLET -lmnl")
		mkdir -p "$obj" "$out"
	fi
	make -s -C "$VSW_TOP/tools/vsctl" OUT="$obj" "${args[@]}" >&2
	make -s -C "$VSW_TOP/tests/selftests" OUTPUT="$out" "${args[@]}" >&2
	rm -rf "$dir"
	make -s -C "$VSW_TOP/tools/vsctl" OUT="$obj" "${args[@]}" \
		install DESTDIR="$dir" PREFIX=/usr >&2
	mkdir -p "$dir/tests"
	cp -r "$VSW_TOP/tests/selftests/." "$dir/tests/"
	[ "$2" = / ] || cp "$out"/* "$dir/tests/"
}

main() {
	local name root done=' '

	[ $# -gt 0 ] || die "usage: build-user.sh TARGET..."
	mkdir -p "$VSW_BUILD"
	for name; do
		target "$name"
		[[ $done != *" $T_ARCH "* ]] || continue
		done+="$T_ARCH "
		root=$("$VSW_VM/userland.sh" "$name")
		exec {lock}>"$VSW_BUILD/.lock-user-$T_ARCH"
		flock "$lock"
		build "$VSW_BUILD/user-$T_ARCH" "$root"
		exec {lock}>&-
	done
}

main "$@"
