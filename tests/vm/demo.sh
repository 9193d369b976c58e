#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Run the lab (lab.sh) in a virtual machine, or with HOST=1 on this kernel,
# and draw what it left: each .dot file becomes an .svg beside it.

. "$(dirname "$0")/common.sh"

LAB=$VSW_VM/lab.sh
DEMO=$VSW_BUILD/demo
K=${K:-6.12}

on_host() {
	local need kdir

	kdir=/lib/modules/$(uname -r)/build

	[ "$(id -u)" = 0 ] || die "HOST=1 loads a module: run it as root"
	[ -d "$kdir" ] || die "no headers of the running kernel in $kdir"
	make -s -C "$VSW_TOP" modules vsctl >&2
	if [ ! -d /sys/module/vswitch ]; then
		for need in $(modinfo -F depends "$VSW_TOP/vswitch.ko" |
			      tr , ' '); do
			modprobe "$need"
		done
		insmod "$VSW_TOP/vswitch.ko"
		trap 'rmmod vswitch' EXIT
	fi
	PATH=$VSW_TOP/tools/vsctl:$PATH OUT=$DEMO "$LAB"
}

draw() {
	local dot

	for dot in "$DEMO"/*.dot; do
		[ -e "$dot" ] || continue
		dot -Tsvg "$dot" -o "${dot%.dot}.svg"
		echo "picture: ${dot%.dot}.svg"
	done
}

[ -x "$LAB" ] || die "there is no lab at $LAB"
rm -rf "$DEMO"
mkdir -p "$DEMO"
if [ -n "${HOST:-}" ]; then
	on_host
else
	say "building vswitch.ko and vsctl for Linux $K, and booting it"
	"$VSW_VM/run.sh" -k "$K" --out "$DEMO" --script "$LAB"
fi
draw
