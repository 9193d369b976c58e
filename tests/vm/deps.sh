#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# usage: deps.sh [TARGET]...
#
# Install what building and testing need and this machine lacks, for those
# targets or for what K and ARCH in the environment mean. Silent, quick and
# offline when nothing is missing.

. "$(dirname "$0")/common.sh"

PACKAGES="
	build-essential gcc-12 make bc libelf1 libssl3 pahole pkg-config
	libmnl-dev python3 python3-yaml
	sparse codespell shellcheck yamllint man-db groff-base
	busybox-static dash bash-completion cpio kmod
	xz-utils zstd lz4 util-linux dpkg-dev
	procps iproute2 ethtool tcpdump iperf3 jq iputils-ping libcap2-bin
	nftables graphviz ca-certificates
"

# missing: all of them that are not installed, asked for at once
missing() {
	local p have

	# The list is words on purpose. The status says that one is not known.
	# shellcheck disable=SC2086
	have=$({ dpkg-query -W -f '${Status}=${Package}\n' $PACKAGES \
			2>/dev/null || true; } |
	       sed -n 's/.* ok installed=//p')
	for p in $PACKAGES; do
		grep -qxF "$p" <<<"$have" || printf '%s ' "$p"
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

read -ra names <<<"${*:-$(targets_of "${K:-}" "${ARCH:-}")}"
for name in "${names[@]}"; do
	target "$name"
	PACKAGES+=" $T_PACKAGES"
done
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
