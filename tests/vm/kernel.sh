#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: kernel.sh [--update] TARGET
#
# Print the folder of a Debian kernel, fetched when the cache has none:
#   release         what uname -r will say
#   vmlinux         the kernel as QEMU is to get it
#   headers         link to what KDIR= takes
#   kernel-doc      link to the script of that name
#   root/           the packages, unpacked, depmod done
#   libc/           for build tools that need a newer one than this machine's
# Nothing is installed. --update looks for a newer one. Targets: targets.sh.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/apt.sh"

# Drivers that no test can want.
UNWANTED=("*/kernel/sound" "*/kernel/drivers/gpu" "*/kernel/drivers/media"
	  "*/kernel/drivers/net/wireless" "*/kernel/drivers/scsi")

# newest_release PREFIX: of the kernels whose number begins so, the newest that
# is there with its headers, as uname -r says it; none if there is none
newest_release() {
	local names release best='' tail=-$T_ARCH

	names=$(apt_run apt-cache pkgnames linux-)
	while read -r release; do
		# Others are flavours, or of the same under another name.
		[[ ${release%"$tail"} =~ ^[0-9.]+([+-][0-9a-z.]+)?$ ]] || continue
		grep -qxF "linux-headers-$release" <<<"$names" || continue
		if [ -z "$best" ] || dpkg --compare-versions \
		   "${release%"$tail"}" gt "${best%"$tail"}"; then
			best=$release
		fi
	done < <(sed -n "s/^linux-image-\($1.*$tail\)\$/\1/p" <<<"$names")
	echo "$best"
}

# newest: the release to take. A suite of backports goes on to the next kernel
# some day, and some time later is without this one: what it has is then taken
# under the old name.
newest() {
	local release

	release=$(newest_release "${T_KERNEL}[.]")
	if [ -z "$release" ]; then
		say "there is no $T_KERNEL any more; taking the newest"
		release=$(newest_release '[0-9]')
	fi
	[ -n "$release" ] || die "$T_SUITE has no kernel for $T_ARCH"
	echo "$release"
}

# depends PACKAGE=VERSION GLOB: as apt_depends, where there must be one
depends() {
	local name

	name=$(apt_depends "$@")
	[ -n "$name" ] || die "$1 does not depend on $2"
	echo "$name"
}

# fetch_image DEBS: kernel, modules and headers; print its release
fetch_image() {
	local release version image headers common kbuild name
	local -a pkgs

	release=$(newest)
	image=linux-image-$release
	headers=linux-headers-$release
	version=$(apt_newest "$image")
	common=$(depends "$headers=$version" 'linux-headers-*-common')
	kbuild=$(depends "$headers=$version" 'linux-kbuild-*')
	pkgs=("$image=$version" "$headers=$version" "$common=$version")
	# Newer ones leave the image's package empty and split it in these.
	for name in 'linux-binary-*' 'linux-modules-*' 'linux-base-*'; do
		name=$(apt_depends "$image=$version" "$name")
		[ -z "$name" ] || pkgs+=("$name=$version")
	done
	apt_download "$1" "${pkgs[@]}"
	# It has the programs that build modules, and those run here.
	apt_use "$T_SUITE" amd64
	apt_download "$1" "$kbuild=$(apt_newest "$kbuild")"
	echo "$release"
}

# too_new FOLDER: programs that ask for a newer C library than there is here
too_new() {
	local file

	while read -r file; do
		if ldd "$file" 2>&1 | grep -q 'GLIBC_.* not found'; then
			echo "$file"
		fi
	done < <(find "$1" -type f -perm -100)
}

# wrap_tools DIR: start those by the library of the release they are from
wrap_tools() {
	local dir=$1 tools tool libc deb

	tools=$(too_new "$dir/root/usr/lib"/linux-kbuild-*/)
	[ -n "$tools" ] || return 0
	apt_use "${T_SUITE%-backports}" amd64
	mkdir "$dir/libc.deb"
	apt_download "$dir/libc.deb" libc6
	for deb in "$dir"/libc.deb/*; do
		deb_unpack "$deb" "$dir/libc"
	done
	rm -r "$dir/libc.deb"
	while read -r tool; do
		# From the tool's own place: the cache may move.
		libc=$(realpath --relative-to "${tool%/*}" \
		       "$dir/libc/usr/lib/x86_64-linux-gnu")
		mv "$tool" "$tool.elf"
		cat >"$tool" <<-SH
			#!/bin/sh
			lib=\${0%/*}/$libc
			exec "\$lib/ld-linux-x86-64.so.2" --library-path \\
				"\$lib:/usr/lib/x86_64-linux-gnu" "\$0.elf" "\$@"
		SH
		chmod +x "$tool"
	done <<<"$tools"
}

# relocate DIR RELEASE: make the headers work where they now are, and still
# after the whole cache moved: a path relative to the file that names it.
relocate() {
	local headers=$1/root/usr/src/linux-headers-$2
	# shellcheck disable=SC2016 # for make to expand
	local here='$(dir $(realpath $(lastword $(MAKEFILE_LIST))))'
	local mod=$1/root/usr/lib/modules/$2

	sed -i -e "s|^include /usr/src/|include $here../|" \
	       -e "s|^KBUILD_OUTPUT=/usr/src/.*|KBUILD_OUTPUT:=$here|" \
		"$headers/Makefile"
	if grep -n '/usr/src\|/usr/lib' "$headers/Makefile"; then
		die "an absolute path remains in the headers' Makefile"
	fi
	ln -sfn "../../../src/linux-headers-$2" "$mod/build"
	rm -f "$mod/source"
	ln -sfn "root/usr/src/linux-headers-$2" "$1/headers"
	ln -sfn headers/scripts/kernel-doc "$1/kernel-doc"
}

# fetch FOLDER: fill FOLDER, which is not yet where anyone looks
fetch() {
	local dir=$1 deb release image

	apt_use "$T_SUITE" "$T_ARCH"
	mkdir -p "$dir/debs"
	release=$(fetch_image "$dir/debs")
	say "unpacking $release"
	for deb in "$dir"/debs/*.deb; do
		deb_unpack "$deb" "$dir/root" "${UNWANTED[@]}"
	done
	rm -rf "$dir/debs"
	# Newer packages have it among the modules.
	image=$dir/root/boot/vmlinuz-$release
	[ -e "$image" ] || image=$dir/root/usr/lib/modules/$release/vmlinuz
	"$VSW_VM/vmlinux.py" "$image" "$dir/vmlinux"
	wrap_tools "$dir"
	relocate "$dir" "$release"
	depmod -b "$dir/root" "$release"
	echo "$release" >"$dir/release"
}

main() {
	local update='' dir tmp

	if [ "${1:-}" = --update ]; then
		update=1
		shift
	fi
	[ $# = 1 ] || die "usage: kernel.sh [--update] TARGET"
	target "$1"
	[ -z "$T_DEBUG_CONFIG" ] || exec "$VSW_VM/kernel-debug.sh" "$1"
	dir=$VSW_CACHE/kernel-$1

	cache_lock "kernel-$1"
	if [ -n "$update" ] || [ ! -d "$dir" ]; then
		tmp=$(cache_tmp)
		# shellcheck disable=SC2064 # its value now is what counts
		trap "rm -rf '$tmp'" EXIT
		fetch "$tmp"
		chmod 755 "$tmp"
		rm -rf "$dir"
		mv "$tmp" "$dir"
		trap - EXIT
	fi
	cache_unlock
	echo "$dir"
}

main "$@"
