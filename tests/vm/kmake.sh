# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Building modules for a target. Sourced after common.sh.

# kmake_args CONFIG: what make gets to know about the target, into ARGS
kmake_args() {
	local version

	if [ -n "$T_DEBUG_ARCH" ]; then
		# Detectors that these kernels keep for chosen files.
		ARGS=(ARCH="$T_DEBUG_ARCH" CC=gcc-12 UBSAN_SANITIZE=y
		      KCOV_INSTRUMENT=y)
		return
	fi
	ARGS=(CROSS_COMPILE="$T_TRIPLET-" CC="$T_TRIPLET-gcc-12"
	      # An option that Debian's newer compiler has.
	      CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=)
	# Type information that an older pahole than the kernel's cannot make.
	version=$(sed -n 's/^CONFIG_PAHOLE_VERSION=//p' "$1")
	if [ "${version:-0}" -gt "$(pahole --numeric_version)" ]; then
		ARGS+=(CONFIG_DEBUG_INFO_BTF_MODULES=)
	fi
}

# kmake KERNEL DIR [ARG]...: the modules in DIR, for the target that target()
# was called for, with all warnings
kmake() {
	local kernel=$1 dir=$2
	local -a ARGS

	shift 2
	kmake_args "$kernel/headers/.config"
	env -u ARCH make -C "$kernel/headers" M="$dir" -j"$(nproc)" W=1 \
		"${ARGS[@]}" "$@" modules
}
