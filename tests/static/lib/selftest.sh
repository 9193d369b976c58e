#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Show of each static gate that it can fail: plant in a copy of the tree what
# it is there to find. Prints TAP.

. "$(dirname "$0")/common.sh"

N=0
COPY=$(mktemp -d)
trap 'rm -rf "$COPY"' EXIT
# The copy has a build folder of its own.
unset VSW_BUILD IS_BUILT

# plant FILE: append what comes on stdin
plant() {
	mkdir -p "$(dirname "$COPY/$1")"
	cat >>"$COPY/$1"
}

# undo FILE: as the tree has it, or gone
undo() {
	if [ -e "$VSW_TOP/$1" ]; then
		cp "$VSW_TOP/$1" "$COPY/$1"
	else
		rm -f "$COPY/$1"
	fi
}

# finds GATE FILE PATTERN WHAT: stdin goes to FILE, and the gate says PATTERN
finds() {
	local out status=0

	plant "$2"
	out=$("$COPY/tests/static/$1" 2>&1) || status=$?
	N=$((N + 1))
	if [ "$status" != 0 ] && [ "$status" != 4 ] &&
	   grep -q -- "$3" <<<"$out"; then
		echo "ok $N $1 finds $4"
	else
		echo "not ok $N $1 finds $4"
		echo "# status $status: ${out:0:500}"
	fi
	undo "$2"
}

style_gates() {
	finds checkpatch.sh kmod/drop.h TRAILING_STATEMENTS \
		"kernel style" <<<'static inline void x(int a) { if (a) return; }'
	finds checkpatch.sh kmod/drop.h TYPO_SPELLING \
		"spelling in C" <<<'/* we reci'""'eve it */'
	finds kernel-doc.sh include/uapi/linux/vswitch.h missing_arg \
		"an undescribed value" <<-'C'
		/**
		 * enum x - y
		 * @a_value: z
		 */
		enum x { a_value, missing_arg };
	C
	finds shellcheck.sh tests/vm/deps.sh SC2086 "an unquoted word" \
		<<<"rm \$unquoted"
	finds shellcheck.sh tests/vm/planted SC2086 "a script without .sh" \
		<<<"#!/bin/sh"$'\n'"rm \$unquoted"
	finds shellcheck.sh tests/vm/deps.sh 'syntax error' "a syntax error" \
		<<<'if then'
	finds codespell.sh tests/vm/deps.sh receive "a misspelling" \
		<<<'# reci''eve'
	finds yamllint.sh Documentation/planted.yaml duplication \
		"a duplicate key" <<<$'---\na: 1\na: 2'
	finds man.sh Documentation/planted.7 'macro .*NOSUCH' \
		"an unknown macro" <<<$'.TH x 7\n.NOSUCH'
	finds man.sh Documentation/planted.7 'no .TH' "no title" <<<'.SH x'
	finds security.py Documentation/security.rst 'no selftest' \
		"a test that is not there" <<<'Safe. [nosuch.sh: x]'
	finds completion.sh tools/vsctl/planted-completion 'not set' \
		"one that completes nothing" <<<'true'
}

structure_gates() {
	finds includes.py kmod/fdb.c 'layer above' "an upward include" \
		<<<'#include "netlink.h"'
	finds includes.py kmod/planted.c 'no layer' "an unknown file" <<<''
	finds includes.py tools/vsctl/out.c libmnl "libmnl outside nl.c" \
		<<<'#include <libmnl/libmnl.h>'
	finds sizes.py kmod/fdb.c 'function of 60' "a long function" \
		< <(echo "{"; seq 60; echo "}")
	finds sizes.py kmod/planted.c '801 lines' "a long file" \
		< <(seq 801)
	finds sizes.py kmod/fdb.c inline "inline in a .c" \
		<<<'static inline int x;'
	finds versions.sh kmod/fdb.c KERNEL_VERSION "a kernel version" \
		<<<'#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)'
	finds hygiene.sh planted.txt 'planted.txt' "no licence" <<<'x'
	finds hygiene.sh tests/vm/deps.sh 'path of one' "a machine's path" \
		<<<'cd /home''/me/vswitch'
	finds hygiene.sh tests/vm/deps.sh 'host that' "a foreign host" \
		<<<'# https:''//mirror.example/x'
	finds hygiene.sh tests/vm/deps.sh 'end of a line' "trailing blanks" \
		<<<'true '
}

spec_gate() {
	local header=include/uapi/linux/vswitch.h

	finds spec.py $header VSW_PLANTED "a name the spec lacks" \
		<<<'#define VSW_PLANTED 1'
	sed -i 's/^\tVSW_CMD_SWITCH_NEW,$/\tVSW_CMD_SWITCH_NEW = 9,/' \
		"$COPY/$header"
	finds spec.py $header VSW_CMD_SWITCH_SET "another number" </dev/null
	sed -i 's/@VSW_A_PORT_PVID: u16/@VSW_A_PORT_PVID: u8/' "$COPY/$header"
	finds spec.py $header VSW_A_PORT_PVID "another type" </dev/null
	sed -i '/^\tVSW_DROP_TOO_BIG,$/d' "$COPY/$header"
	finds spec.py $header VSW_DROP_TOO_BIG "a missing name" </dev/null
}

# A module of one file is all that this gate needs to see.
warnings_gate() {
	echo 'obj-m := vswitch.o' >"$COPY/Kbuild"
	echo 'vswitch-y := kmod/planted.o' >>"$COPY/Kbuild"
	export KERNELS=6.12
	finds warnings.sh kmod/planted.c 'incorrect type' "a sparse warning" \
		<<-'C'
		#include <linux/module.h>
		__be16 planted(void);
		__be16 planted(void)
		{
			return 1;
		}
		MODULE_LICENSE("GPL");
		MODULE_DESCRIPTION("x");
	C
	finds warnings.sh kmod/planted.c 'no previous prototype' \
		"a W=1 warning" <<-'C'
		#include <linux/module.h>
		int planted(void)
		{
			return 1;
		}
		MODULE_LICENSE("GPL");
		MODULE_DESCRIPTION("x");
	C
	# What is not compiled again is not forgotten.
	finds warnings.sh kmod/planted.c 'missing MODULE_LICENSE' \
		"a modpost error" <<<'#include <linux/module.h>'
}

all() {
	files . | tar -c -T - | tar -x -C "$COPY"
	echo 1..30
	style_gates
	structure_gates
	spec_gate
	warnings_gate
}

# What these find out stays true while none of this changes.
once gates "$(files '^(tests/(static|vm)|include|Documentation/netlink)/' |
	      xargs sha256sum)" all
