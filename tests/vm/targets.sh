# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What there is to test on: these two tables, and no other place. A target is
# the name of a kernel, for amd64, or KERNEL-ARCHITECTURE. Sourced by common.sh.

# Kernel, and the Debian suite that has it.
VSW_KERNEL_TABLE="
	6.1	bookworm
	6.12	bookworm-backports
	7.2	trixie-backports
	7.3	trixie-backports
"

# Architecture as Debian names it, prefix of its compiler and name of its folder
# of libraries, QEMU and its machine, the kernel's console there, and what has
# to be installed for it.
VSW_ARCH_TABLE="
	amd64	x86_64-linux-gnu	x86_64	pc		ttyS0
		qemu-system-x86
	s390x	s390x-linux-gnu		s390x	s390-ccw-virtio	ttysclp0
		qemu-system-misc gcc-12-s390x-linux-gnu libc6-dev-s390x-cross
	arm64	aarch64-linux-gnu	aarch64	virt		ttyAMA0
		qemu-system-arm gcc-12-aarch64-linux-gnu libc6-dev-arm64-cross
"

# Kernels built here, with detectors on or, to measure native speed, without any:
# name, architecture as the kernel's Makefile has it, the configuration to begin
# with, and what of tests/vm/debug/ comes on top.
VSW_DEBUG_TABLE="
	6.1-uml		um	defconfig	net uml checks
	6.1-umlbench	um	defconfig	net uml bench
	6.1-kasan	x86_64	allnoconfig	net smp checks
	6.1-kcsan	x86_64	allnoconfig	net smp kcsan
"
# What has to be installed to build these, and the fuzzers that run on them; to
# draw what was measured on one takes gnuplot.
VSW_DEBUG_PACKAGES="
	flex bison libelf-dev libnl-3-dev libnl-genl-3-dev libnl-route-3-dev
	clang libclang-rt-14-dev
"

# What is run where nothing else is asked for; one of them is big endian.
VSW_KERNELS="6.1 6.12 7.2 6.1-s390x"

# target NAME: what belongs to it, into T_*
target() {
	local line

	T_ARCH=amd64 T_SUITE='' T_TRIPLET=''
	case $1 in
	*-*) T_ARCH=${1#*-} ;;
	esac
	T_KERNEL=${1%%-*}
	debug_target "$1"
	while read -r line; do
		case $line in
		"$T_KERNEL"[[:blank:]]*) T_SUITE=${line##*[[:blank:]]} ;;
		esac
	done <<<"$VSW_KERNEL_TABLE"
	# A line of this table is two.
	# shellcheck disable=SC2034 # they are for who calls this
	while read -r line; do
		case $line in
		"$T_ARCH"[[:blank:]]*)
			read -r _ T_TRIPLET T_QEMU T_MACHINE T_CONSOLE \
				<<<"$line"
			read -r T_PACKAGES
			;;
		esac
	done <<<"$VSW_ARCH_TABLE"
	[ -z "$T_DEBUG_ARCH" ] || T_PACKAGES+=" $VSW_DEBUG_PACKAGES"
	[ "$1" != 6.1-umlbench ] || T_PACKAGES+=" gnuplot-nox"
	if [ -z "$T_SUITE" ] || [ -z "$T_TRIPLET" ]; then
		die "no such target: $1 (kernels: $(names \
			"$VSW_KERNEL_TABLE")architectures: $(names \
			"$VSW_ARCH_TABLE")debug kernels: $(names \
			"$VSW_DEBUG_TABLE"))"
	fi
}

# debug_target NAME: what belongs to a kernel built here, into T_DEBUG_*; all
# empty if it is none
debug_target() {
	local name

	T_DEBUG_ARCH='' T_DEBUG_BASE='' T_DEBUG_CONFIG=''
	# shellcheck disable=SC2034 # they are for who calls this
	while read -r name T_DEBUG_ARCH T_DEBUG_BASE T_DEBUG_CONFIG; do
		if [ "$name" = "$1" ]; then
			T_ARCH=amd64
			return
		fi
	done <<<"$VSW_DEBUG_TABLE"
}

# names TABLE: its first column
names() {
	sed -nE 's/^\t([^\t]+).*/\1/p' <<<"$1" | tr '\n' ' '
}

# targets_of K ARCH: the targets that "make check K=... ARCH=..." means; either
# may be empty
targets_of() {
	local k

	case $2 in
	'') echo "${1:-$VSW_KERNELS}" ;;
	amd64) echo "${1:-6.1 6.12 7.2}" ;;
	*)
		for k in ${1:-6.1}; do
			echo "$k-$2"
		done
		;;
	esac
}
