# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What all scripts of the VM runner share. Sourced, never run.

set -euo pipefail
shopt -s inherit_errexit

VSW_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VSW_VM=$VSW_TOP/tests/vm
VSW_BUILD=${VSW_BUILD:-$VSW_TOP/build}
VSW_CACHE=${VSW_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/vswitch}
export VSW_TOP VSW_VM VSW_BUILD VSW_CACHE

# Debian's own programs, which deps.sh sees to, before any other of that name;
# and an ordinary user's PATH is without the sbin folders.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export LC_ALL=C.UTF-8

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

. "$VSW_VM/targets.sh"
export VSW_KERNELS

# A folder or file of the cache exists only once it is complete: it is made
# under a temporary name next to its place, under a lock, and then renamed.
cache_lock() {
	mkdir -p "$VSW_CACHE"
	exec {VSW_LOCK}>"$VSW_CACHE/.lock-$1"
	flock "$VSW_LOCK"
}

cache_unlock() {
	exec {VSW_LOCK}>&-
}

cache_tmp() {
	mkdir -p "$VSW_CACHE"
	mktemp -d "$VSW_CACHE/.tmp-XXXXXX"
}

# needed FILE...: what they name as their libraries, and as their loader, which
# is to be where they say
needed() {
	readelf -dl "$@" |
		sed -nE -e 's/.*\(NEEDED\).*\[(.*)\]/\1/p' \
			-e 's/.*program interpreter: (.*)\]/usr\1/p' |
		sort -u
}

# lib_paths: the libraries of the programs on stdin, and the loader, relative to
# the present folder, the root that they are taken from. ldd would have to run
# them.
lib_paths() {
	local name path
	local -a files
	local -A seen=()

	mapfile -t files
	while [ ${#files[@]} -gt 0 ]; do
		mapfile -t names < <(needed "${files[@]}")
		files=()
		for name in "${names[@]}"; do
			[ -z "${seen[$name]:-}" ] || continue
			for path in "usr/lib/$T_TRIPLET/$name" \
				    "usr/lib/$name" "$name"; do
				[ -e "$path" ] || continue
				seen[$name]=$path
				files+=("$path")
				break
			done
			[ -n "${seen[$name]:-}" ] || die "no $name in $PWD"
		done
	done
	printf '%s\n' "${seen[@]}"
}

# once NAME INPUT COMMAND...: a test of the tests, that prints TAP. Where all
# of it passed before, with the same input, print what it said then: VSW_AGAIN=1
# runs it nevertheless.
once() {
	local good log

	good=$VSW_CACHE/once-$1-$(sha256sum <<<"$2" | cut -c 1-16)
	if [ -e "$good" ] && [ -z "${VSW_AGAIN:-}" ]; then
		echo "# passed before, and nothing that it tests has changed"
		cat "$good"
		return
	fi
	log=$(mktemp)
	"${@:3}" | tee "$log"
	if ! grep -q '^not ok' "$log"; then
		mkdir -p "$VSW_CACHE"
		rm -f "$VSW_CACHE/once-$1"-*
		mv "$log" "$good"
	fi
	rm -f "$log"
}
