#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Every kernel-doc comment is complete and well formed, headers included,
# which W=1 does not look at.

. "$(dirname "$0")/lib/common.sh"

list=$(files '^(kmod|include)/.*\.[ch]$')
[ -n "$list" ] || nothing "no kernel code"
kernel=$("$VSW_VM/kernel.sh" 6.12)
# The names are free of spaces.
# shellcheck disable=SC2086
out=$("$kernel/kernel-doc" -none -Werror $list 2>&1) && [ -z "$out" ] && exit
echo "$out"
exit 1
