#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: kernel-debug.sh TARGET
#
# Print the folder of a debug kernel, built from Debian's source when the cache
# has none of this configuration. What is in it is what kernel.sh says; besides
#   config          of the kernel
# A build takes about ten minutes. Its settings are in tests/vm/debug/.

. "$(dirname "$0")/common.sh"
. "$VSW_VM/apt.sh"

# kmake SOURCE GOAL...
kmake() {
	make -C "$1" ARCH="$T_DEBUG_ARCH" CC=gcc-12 HOSTCC=gcc-12 \
		KBUILD_BUILD_TIMESTAMP=0 -j"$(nproc)" "${@:2}"
}

# fragments: the files that make up the configuration
fragments() {
	local name

	for name in $T_DEBUG_CONFIG; do
		echo "$VSW_VM/debug/$name.config"
	done
}

content_hash() {
	{
		cat "$0"
		fragments | xargs cat
		gcc-12 --version
	} | sha256sum | cut -c 1-16
}

# get_source FOLDER: Debian's package of the source, unpacked there
get_source() {
	local deb=$VSW_CACHE/source-$T_KERNEL tmp

	cache_lock "source-$T_KERNEL"
	if [ ! -d "$deb" ]; then
		tmp=$(cache_tmp)
		apt_use "$T_SUITE" amd64
		apt_download "$tmp" "linux-source-$T_KERNEL"
		chmod 755 "$tmp"
		mv "$tmp" "$deb"
	fi
	cache_unlock
	say "unpacking the source of $T_KERNEL"
	mkdir "$1"
	dpkg-deb --fsys-tarfile "$deb"/*.deb |
		tar -x -O --wildcards '*/linux-source-*.tar.*' |
		tar -x -J -C "$1" --strip-components 1
}

# User Mode Linux is said to know no preemption, and so its preempt_count() does
# not count: sleep in atomic context would not be seen.
patch_source() {
	sed -i '/select ARCH_NO_PREEMPT/d' "$1/arch/um/Kconfig"
}

# configure SOURCE BASE: each line of the fragments must be in effect
configure() {
	local line name lost=

	kmake "$1" "$2"
	# The list is words on purpose.
	# shellcheck disable=SC2046
	(cd "$1" && scripts/kconfig/merge_config.sh -m .config $(fragments))
	kmake "$1" olddefconfig
	while read -r line; do
		name=${line%%=*}
		case $line in
		*=n) ! grep -q "^$name=" "$1/.config" || lost+=" $line" ;;
		*) grep -qx "$line" "$1/.config" || lost+=" $line" ;;
		esac
	done < <(fragments | xargs grep -h '^CONFIG_')
	[ -z "$lost" ] || die "not in effect:$lost"
}

# keep FOLDER NAME...: all in FOLDER but these goes
keep() {
	local name
	local -a but=()

	for name in "${@:2}"; do
		but+=(! -name "$name")
	done
	find "$1" -mindepth 1 -maxdepth 1 "${but[@]}" -exec rm -rf {} +
}

# prune SOURCE: to what modules are built with
prune() {
	keep "$1" Makefile Kbuild .config Module.symvers arch scripts include \
		tools
	keep "$1/tools" objtool include scripts build
	keep "$1/arch" um x86
	find "$1" -name '*.o' ! -path '*/scripts/*' -delete
	find "$1/arch" \( -name '*.[cS]' -o -name '*.a' \) -delete
	find "$1" -name '.*.cmd' -delete
}

# build FOLDER: fill FOLDER, which is not yet where anyone looks
build() {
	local dir=$1 src=$1/src release image log=$VSW_CACHE/build-$TARGET.log

	get_source "$src"
	patch_source "$src"
	say "building a kernel, which takes about ten minutes: $TARGET"
	if ! (configure "$src" "$T_DEBUG_BASE" && kmake "$src") \
	     >"$log" 2>&1; then
		tail -n 30 "$log" >&2
		die "the kernel does not build"
	fi
	release=$(<"$src/include/config/kernel.release")
	echo "$release" >"$dir/release"
	kmake "$src" INSTALL_MOD_PATH="$dir/root/usr" modules_install \
		>>"$log" 2>&1
	ln -s usr/lib "$dir/root/lib"
	rm -f "$dir/root/lib/modules/$release"/{build,source}
	# That of x86 packed, since with KASAN it does not start as plain ELF.
	image=$(kmake "$src" -s image_name)
	cp "$src/$image" "$dir/vmlinux"
	cp "$src/.config" "$dir/config"
	prune "$src"
	ln -s src "$dir/headers"
	ln -s src/scripts/kernel-doc "$dir/kernel-doc"
}

main() {
	local dir tmp

	[ $# = 1 ] || die "usage: kernel-debug.sh TARGET"
	TARGET=$1
	target "$TARGET"
	[ -n "${T_DEBUG_CONFIG:-}" ] || die "not a debug kernel: $TARGET"
	dir=$VSW_CACHE/kernel-$TARGET-$(content_hash)
	cache_lock "kernel-$TARGET"
	if [ ! -d "$dir" ]; then
		tmp=$(cache_tmp)
		# shellcheck disable=SC2064 # its value now is what counts
		trap "rm -rf '$tmp'" EXIT
		build "$tmp"
		chmod 755 "$tmp"
		rm -rf "$VSW_CACHE/kernel-$TARGET"-*
		mv "$tmp" "$dir"
		trap - EXIT
	fi
	cache_unlock
	echo "$dir"
}

main "$@"
