#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: userland.sh TARGET
#
# Print the folder whose programs and libraries the target is to have: this
# machine's own root, or for another architecture that of Debian's packages,
# fetched when the cache has none. None of them is installed or run here.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/apt.sh"

# The release that the cross compilers of this machine are from.
SUITE=bookworm
# What initramfs.sh takes programs and files from, and vsctl's library.
PACKAGES="
	dash bash coreutils util-linux mount diffutils findutils grep sed mawk
	tar gzip procps kmod busybox-static bash-completion ncurses-base
	ncurses-bin netbase libcap2-bin
	iproute2 ethtool tcpdump iperf3 iputils-ping jq nftables libmnl-dev
"

fetch() {
	local dir=$1 deb

	apt_use "$SUITE" "$T_ARCH"
	# The list is words on purpose.
	# shellcheck disable=SC2086
	apt_closure "$dir/debs" $PACKAGES
	say "unpacking programs for $T_ARCH"
	for deb in "$dir"/debs/*.deb; do
		deb_unpack "$deb" "$dir" '*/perl*' '*/gconv'
	done
	rm -rf "$dir/debs"
}

main() {
	local dir tmp sum

	[ $# = 1 ] || die "usage: userland.sh TARGET"
	target "$1"
	if [ "$T_ARCH" = amd64 ]; then
		echo /
		return
	fi
	sum=$(sha256sum <<<"$PACKAGES" | cut -c 1-8)
	dir=$VSW_CACHE/userland-$T_ARCH-$sum
	cache_lock "userland-$T_ARCH"
	if [ ! -d "$dir" ]; then
		tmp=$(cache_tmp)
		# shellcheck disable=SC2064 # its value now is what counts
		trap "rm -rf '$tmp'" EXIT
		fetch "$tmp"
		chmod 755 "$tmp"
		mv "$tmp" "$dir"
		trap - EXIT
	fi
	cache_unlock
	echo "$dir"
}

main "$@"
