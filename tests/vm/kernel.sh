#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: kernel.sh [--update] 6.1|6.12
#
# Print the folder of a Debian kernel, fetched when the cache has none:
#   release         what uname -r will say
#   vmlinux         the kernel as ELF, for QEMU
#   headers         link to what KDIR= takes
#   kernel-doc      link to the script of that name
#   root/           the packages, unpacked, depmod done
# Nothing is installed. --update looks for a newer one.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/apt.sh"

suite_of() {
	case $1 in
	6.1) echo bookworm ;;
	6.12) echo bookworm-backports ;;
	*) die "no such kernel: $1 (there are: $VSW_KERNELS)" ;;
	esac
}

# packages K: the packages to download, the image first, as name=version
packages() {
	local k=$1 version image headers common kbuild kversion

	version=$(apt_newest linux-image-amd64 "$k.")
	image=$(apt_depends "linux-image-amd64=$version" 'linux-image-*')
	headers=$(apt_depends "linux-headers-amd64=$version" \
		  'linux-headers-*-amd64')
	common=$(apt_depends "$headers=$version" 'linux-headers-*-common')
	kbuild=$(apt_depends "$headers=$version" 'linux-kbuild-*')
	kversion=$(apt_newest "$kbuild")
	echo "$image=$version $headers=$version $common=$version" \
	     "$kbuild=$kversion"
}

# unpack DEB ROOT: without documentation and drivers that no test can want.
# Older packages fill /lib, newer ones /usr/lib: a link makes them one.
unpack() {
	mkdir -p "$2/usr/lib"
	[ -e "$2/lib" ] || ln -s usr/lib "$2/lib"
	dpkg-deb --fsys-tarfile "$1" |
		tar -x -C "$2" --keep-directory-symlink \
		    --exclude='./usr/share' --exclude='*/kernel/sound' \
		    --exclude='*/kernel/drivers/gpu' \
		    --exclude='*/kernel/drivers/media' \
		    --exclude='*/kernel/drivers/net/wireless' \
		    --exclude='*/kernel/drivers/scsi'
}

# relocate DIR RELEASE: make the headers work where they now are, and still
# after the whole cache moved: a path relative to the file that names it.
relocate() {
	local headers=$1/root/usr/src/linux-headers-$2
	# shellcheck disable=SC2016 # for make to expand
	local here='$(dir $(realpath $(lastword $(MAKEFILE_LIST))))'
	local mod=$1/root/usr/lib/modules/$2

	sed -i "s|^include /usr/src/|include $here../|" "$headers/Makefile"
	if grep -n '/usr/src\|/usr/lib' "$headers/Makefile"; then
		die "an absolute path remains in the headers' Makefile"
	fi
	ln -sfn "../../../src/linux-headers-$2" "$mod/build"
	rm -f "$mod/source"
	ln -sfn "root/usr/src/linux-headers-$2" "$1/headers"
	ln -sfn headers/scripts/kernel-doc "$1/kernel-doc"
}

# fetch K FOLDER: fill FOLDER, which is not yet where anyone looks
fetch() {
	local k=$1 dir=$2 deb release image list
	local -a pkgs

	list=$(packages "$k")
	read -ra pkgs <<<"$list"
	release=${pkgs[0]%%=*}
	release=${release#linux-image-}
	release=${release%-unsigned}
	mkdir -p "$dir/debs"
	apt_download "$dir/debs" "${pkgs[@]}"
	say "unpacking $release"
	for deb in "$dir"/debs/*.deb; do
		unpack "$deb" "$dir/root"
	done
	rm -rf "$dir/debs"
	image=$dir/root/boot/vmlinuz-$release
	"$VSW_VM/vmlinux.py" "$image" "$dir/vmlinux"
	relocate "$dir" "$release"
	depmod -b "$dir/root" "$release"
	echo "$release" >"$dir/release"
}

main() {
	local update='' k dir tmp suite

	if [ "${1:-}" = --update ]; then
		update=1
		shift
	fi
	[ $# = 1 ] || die "usage: kernel.sh [--update] K"
	k=$1
	suite=$(suite_of "$k")
	dir=$VSW_CACHE/kernel-$k

	cache_lock "kernel-$k"
	if [ -n "$update" ] || [ ! -d "$dir" ]; then
		tmp=$(cache_tmp)
		# shellcheck disable=SC2064 # its value now is what counts
		trap "rm -rf '$tmp'" EXIT
		apt_use "$suite"
		fetch "$k" "$tmp"
		chmod 755 "$tmp"
		rm -rf "$dir"
		mv "$tmp" "$dir"
		trap - EXIT
	fi
	cache_unlock
	echo "$dir"
}

main "$@"
