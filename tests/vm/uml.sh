# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# User Mode Linux in the place of QEMU: a kernel that is a program. Sourced
# after qemu.sh, whose functions wait for it and end it.

# uml_start KERNEL INITRD CONSOLE MEM FOLDER: in the background; FOLDER is what
# the machine may mount and write to. Its threads die with their namespace, and
# that with the process that called this.
uml_start() {
	local kernel=$1 initrd=$2 console=$3 mem=$4 folder=$5

	mkdir -p "$DIR/tmp/uml"
	TMPDIR=$DIR/tmp HOME=$DIR/tmp setpriv --pdeathsig KILL \
		unshare --user --map-root-user --pid --fork --kill-child=KILL \
		"$kernel/vmlinux" mem="$mem" initrd="$initrd" \
		hostfs="$folder" uml_dir="$DIR/tmp/uml/" con=null \
		con0=null,fd:1 kasan_multi_shot panic=-1 \
		</dev/null >"$console" 2>&1 &
	# shellcheck disable=SC2034 # for qemu.sh
	QEMU_PID=$!
}
