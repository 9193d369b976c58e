#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Print the folder that holds checkpatch.pl and its word lists, of the newest
# kernel under test, fetched when the cache has none. Only the package with
# the whole source has them: all but these three files is thrown away.

. "$(dirname "$0")/../../vm/common.sh"
. "$(dirname "$0")/../../vm/apt.sh"

FILES="checkpatch.pl spelling.txt const_structs.checkpatch"

fetch() {
	local dir=$1 file
	local -a names

	for file in $FILES; do
		names+=("*/scripts/$file")
	done
	apt_use bookworm-backports amd64
	apt_download "$dir" "linux-source-6.12=$(apt_newest linux-source-6.12)"
	say "unpacking three of its files"
	dpkg-deb --fsys-tarfile "$dir"/*.deb |
		tar -x -O --wildcards '*/linux-source-*.tar.xz' |
		xz -dc -T0 |
		tar -x -C "$dir" --wildcards --strip-components=2 "${names[@]}"
	rm -f "$dir"/*.deb
	for file in $FILES; do
		[ -s "$dir/$file" ] || die "no $file in the package"
	done
}

main() {
	local dir=$VSW_CACHE/checkpatch-6.12 tmp

	if [ ! -d "$dir" ]; then
		cache_lock checkpatch
		if [ ! -d "$dir" ]; then
			tmp=$(cache_tmp)
			# shellcheck disable=SC2064 # its value now counts
			trap "rm -rf '$tmp'" EXIT
			fetch "$tmp"
			chmod 755 "$tmp"
			mv "$tmp" "$dir"
		fi
		cache_unlock
	fi
	echo "$dir"
}

main "$@"
