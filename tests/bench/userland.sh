#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: userland.sh
#
# Print the folder of what the benchmark's machines have beyond the others', made
# when the cache has none: Open vSwitch's tool and Python, from Debian's packages,
# with their libraries. Nothing is installed.

# shellcheck source=../vm/common.sh
. "$(dirname "$0")/../vm/common.sh"
# shellcheck source=../vm/apt.sh
. "$VSW_VM/apt.sh"

# The release that the other programs in these machines are from.
SUITE=bookworm
PACKAGES="openvswitch-switch python3"
# Of Python's library what measure.py uses, and what that does.
PYTHON=usr/lib/python3.11
FILES="usr/bin/ovs-dpctl usr/bin/python3 $PYTHON/*.py $PYTHON/collections
	$PYTHON/encodings $PYTHON/importlib $PYTHON/json $PYTHON/re
	$PYTHON/lib-dynload/_json.*"

fetch() {
	local root=$1/packages dir=$1/tree deb

	target 6.1
	apt_use "$SUITE" "$T_ARCH"
	# They are words.
	# shellcheck disable=SC2086
	apt_closure "$1/debs" $PACKAGES
	for deb in "$1"/debs/*.deb; do
		deb_unpack "$deb" "$root" '*/perl*' '*/gconv'
	done
	mkdir "$dir"
	(
		cd "$root"
		# They are patterns.
		# shellcheck disable=SC2086
		{
			find -L $FILES -type f
			find -L $FILES -type f \
				-exec grep -la $'^\x7fELF' {} + | lib_paths
		} | xargs cp -L --parents -t "$dir"
	)
	rm -r "$1/debs" "$root"
}

main() {
	local dir tmp sum

	[ $# = 0 ] || die "usage: userland.sh"
	sum=$(sha256sum "$0" | cut -c 1-16)
	dir=$VSW_CACHE/userland-bench-$sum
	cache_lock userland-bench
	if [ ! -d "$dir" ]; then
		tmp=$(cache_tmp)
		# shellcheck disable=SC2064 # its value now is what counts
		trap "rm -rf '$tmp'" EXIT
		fetch "$tmp"
		rm -rf "$VSW_CACHE"/userland-bench-*
		chmod 755 "$tmp/tree"
		mv "$tmp/tree" "$dir"
	fi
	cache_unlock
	echo "$dir"
}

main "$@"
