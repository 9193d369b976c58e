#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The module builds for every kernel without a word from gcc (W=1), sparse or
# modpost. Where it was built just now, the log of that is read.

. "$(dirname "$0")/lib/common.sh"

status=0
for k in ${KERNELS:-$VSW_KERNELS}; do
	if [ -z "${IS_BUILT:-}" ]; then
		"$VSW_VM/build.sh" "$k" >/dev/null || status=1
	fi
	if [ ! -e "$VSW_BUILD/$k/vswitch.ko" ]; then
		echo "$k: not built"
		status=1
	elif [ -s "$VSW_BUILD/$k/warnings.log" ]; then
		sed "s|^|$k: |" "$VSW_BUILD/$k/warnings.log"
		status=1
	fi
done
exit $status
