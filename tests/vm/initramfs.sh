#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: initramfs.sh TARGET
#
# Print the folder of the base initramfs for a kernel, made when the cache
# has none of this content:
#   base.cpio    programs, and the modules that tests may want
#   mods/        the same modules as a tree for depmod
# What differs from run to run is appended to it as a second archive.

. "$(dirname "$0")/common.sh"

# Programs by name, this machine's own where it can run them; busybox fills in
# what is not here.
TOOLS="
	dash bash basename cat chmod chown cp cut date dd df dirname du echo
	env expr false fold head id install kill ln ls mkdir mkfifo mknod
	mktemp mv nproc od paste printf pwd readlink realpath rm rmdir seq
	sha256sum shuf sleep sort split stat stty sync tac tail tee test
	timeout touch tr true truncate tty uname uniq wc yes
	cmp diff find xargs grep sed mawk tar gzip ps pgrep pkill sysctl free
	mount umount setsid flock dmesg unshare nsenter setpriv capsh taskset
	ip bridge tc ss genl nstat nft ethtool tcpdump iperf3 ping jq
	kmod
"
# Names under which kmod and mawk are called.
ALIASES="insmod:kmod rmmod:kmod modprobe:kmod lsmod:kmod modinfo:kmod
	 depmod:kmod awk:mawk sh:dash"
MODULES="
	virtio_pci virtio_console virtio_rng virtio_net net_failover
	veth tun tap dummy bonding team team_mode_roundrobin 8021q bridge
	br_netfilter macvlan macvtap ipvlan ipvtap vxlan geneve ifb vrf nlmon
	macsec gre ip_gre ip6_gre sit ipip ip_tunnel ip6_tunnel tunnel6 nsh
	udp_tunnel ip6_udp_tunnel psample openvswitch pktgen packet_diag
	af_packet_diag netlink_diag inet_diag tcp_diag udp_diag unix_diag
	hsr nf_tables libcrc32c crc32c_generic crc32c_intel xt_mark igb igbvf e1000
	nft_ct nft_meta_bridge nf_conntrack_bridge nf_nat nf_reject_ipv4
	nf_reject_ipv6
"
MODULE_DIRS="net/sched"

# Files that programs above read by a path of their own.
EXTRAS="etc/iproute2 usr/share/iproute2 etc/ethertypes etc/protocols
	etc/services usr/share/bash-completion/bash_completion
	usr/lib/terminfo lib/terminfo/l/linux lib/terminfo/x/xterm
	lib/terminfo/x/xterm-256color lib/terminfo/s/screen
	lib/terminfo/v/vt220"

# All paths below are relative to the present folder, which is the root that
# they are taken from.

tool_paths() {
	local tool dir path

	for tool in $TOOLS busybox; do
		path=
		for dir in usr/sbin usr/bin; do
			[ ! -x "$dir/$tool" ] || path=$dir/$tool
		done
		[ -n "$path" ] || die "no $tool in $PWD"
		echo "$path"
	done
}

# content_hash KERNEL
content_hash() {
	{
		cat "$VSW_VM/initramfs.sh" "$1/release"
		tool_paths | xargs sha256sum
	} | sha256sum | cut -c 1-16
}

put_userland() {
	local stage=$1 path name

	mkdir -p "$stage"/{usr/{bin,sbin,lib,lib64},etc,proc,sys,dev,run,tmp}
	mkdir -p "$stage"/{root,out,var}
	for name in bin sbin lib lib64; do
		ln -s "usr/$name" "$stage/$name"
	done
	ln -s ../run "$stage/var/run"
	tool_paths | xargs -I{} cp -L {} "$stage/usr/bin/"
	tool_paths | lib_paths | xargs cp -L --parents -t "$stage"
	for name in $ALIASES; do
		ln -s "${name#*:}" "$stage/usr/bin/${name%:*}"
	done
	# This machine's can be asked what it can do, and the other is the same.
	for name in $(busybox --list); do
		[ -e "$stage/usr/bin/$name" ] ||
			ln -s busybox "$stage/usr/bin/$name"
	done
	# The kernel calls this path when something wants a module.
	ln -s ../bin/kmod "$stage/usr/sbin/modprobe"
	for path in $EXTRAS; do
		[ ! -e "$path" ] || cp -rL --parents -t "$stage" "$path"
	done
	echo 'root:x:0:0:root:/root:/bin/bash' >"$stage/etc/passwd"
	echo 'nobody:x:65534:65534:nobody:/:/bin/sh' >>"$stage/etc/passwd"
	# tcpdump gives its privileges up for this user's.
	echo 'tcpdump:x:100:100::/:/bin/sh' >>"$stage/etc/passwd"
	printf '%s:x:%s:\n' root 0 nogroup 65534 tcpdump 100 \
		>"$stage/etc/group"
	printf '127.0.0.1 localhost\n' >"$stage/etc/hosts"
	# Loading one of these is not to make devices by itself.
	mkdir -p "$stage/etc/modprobe.d"
	printf 'options %s\n' 'dummy numdummies=0' 'ifb numifbs=0' \
		'bonding max_bonds=0' >"$stage/etc/modprobe.d/vm.conf"
}

# put_python STAGE: as much of it as a fuzzer needs
put_python() {
	local python lib name

	python=$(readlink usr/bin/python3)
	lib=usr/lib/$python
	cp -L "usr/bin/$python" "$1/usr/bin/python3"
	find "$lib" -maxdepth 1 -name '*.py' -exec cp --parents -t "$1" {} +
	for name in collections encodings importlib json lib-dynload re urllib; do
		cp -r --parents -t "$1" "$lib/$name"
	done
	find "usr/bin/$python" "$lib/lib-dynload" -type f | lib_paths |
		xargs cp -L --parents -t "$1"
}

# module_files ROOT RELEASE: the wanted modules and all they need
module_files() {
	local name dir tree=$1/lib/modules/$2/kernel
	local -a names

	read -ra names <<<"${MODULES//[$'\n\t']/ }"
	for dir in $MODULE_DIRS; do
		while read -r name; do
			name=${name##*/}
			names+=("${name%%.ko*}")
		done < <(find "$tree/$dir" -name '*.ko*')
	done
	# One that this kernel has built in or lacks is no error.
	for name in "${names[@]}"; do
		modprobe -d "$1" -S "$2" -D "$name" 2>/dev/null || true
	done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | sort -u
}

# put_modules KERNEL STAGE: unpacked, since that costs less here than there
put_modules() {
	local release root file base dest

	release=$(cat "$1/release")
	root=$1/root
	dest=$2/lib/modules/$release
	mkdir -p "$dest/kernel"
	cp "$root/lib/modules/$release"/modules.{order,builtin*} "$dest/"
	while read -r file; do
		base=${file##*/}
		base=${base%%.ko*}.ko
		case $file in
		*.xz) xz -dc "$file" >"$dest/kernel/$base" ;;
		*.zst) zstd -dcq "$file" >"$dest/kernel/$base" ;;
		*) cp "$file" "$dest/kernel/$base" ;;
		esac
	done < <(module_files "$root" "$release")
	depmod -b "$2" "$release" 2>/dev/null
}

make_base() {
	local kernel=$1 dir=$2

	mkdir -p "$dir/stage" "$dir/mods"
	put_userland "$dir/stage"
	# The fuzzers run on these kernels only.
	[ -z "$T_DEBUG_CONFIG" ] || put_python "$dir/stage"
	put_modules "$kernel" "$dir/stage"
	mkdir "$dir/mods/lib"
	cp -r "$dir/stage/lib/modules" "$dir/mods/lib/"
	(cd "$dir/stage" && find . | LC_ALL=C sort |
		cpio -o -H newc -R 0:0 --quiet) >"$dir/base.cpio"
	rm -rf "$dir/stage"
}

main() {
	local kernel dir tmp

	[ $# = 1 ] || die "usage: initramfs.sh TARGET"
	target "$1"
	kernel=$("$VSW_VM/kernel.sh" "$1")
	cd "$("$VSW_VM/userland.sh" "$1")"
	dir=$VSW_CACHE/initramfs-$1-$(content_hash "$kernel")
	if [ ! -d "$dir" ]; then
		cache_lock "initramfs-$1"
		if [ ! -d "$dir" ]; then
			tmp=$(cache_tmp)
			# shellcheck disable=SC2064 # its value now counts
			trap "rm -rf '$tmp'" EXIT
			make_base "$kernel" "$tmp"
			# Another run may still boot from one not so old.
			find "$VSW_CACHE" -maxdepth 1 -mtime +7 \
				-name 'initramfs-*' -exec rm -rf {} +
			mv "$tmp" "$dir"
		fi
		cache_unlock
	fi
	echo "$dir"
}

main "$@"
