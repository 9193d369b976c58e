#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Install what building and testing need and this machine lacks. Silent,
# quick and offline when nothing is missing.

. "$(dirname "$0")/common.sh"

PACKAGES="
	build-essential gcc-12 make bc libelf1 libssl3 pahole pkg-config
	libmnl-dev python3 python3-yaml
	sparse codespell shellcheck yamllint man-db groff-base
	qemu-system-x86 busybox-static dash bash-completion cpio kmod
	xz-utils zstd lz4 util-linux dpkg-dev
	procps iproute2 ethtool tcpdump iperf3 jq iputils-ping libcap2-bin
	graphviz ca-certificates
"

missing() {
	local p

	for p in $PACKAGES; do
		case $(dpkg-query -W -f '${Status}' "$p" 2>/dev/null) in
		*' ok installed') ;;
		*) printf '%s ' "$p" ;;
		esac
	done
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "not root and no sudo: cannot run: $*"
	fi
}

command -v dpkg-query >/dev/null ||
	die "not a Debian system; install by hand: $PACKAGES"

need=$(missing)
[ -n "$need" ] || exit 0

say "installing: $need"
export DEBIAN_FRONTEND=noninteractive
as_root apt-get -q update >&2 || say "apt-get update failed; trying anyway"
# The list is words on purpose.
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy \
	install --no-install-recommends $need >&2
need=$(missing)
[ -z "$need" ] || die "still missing: $need"
