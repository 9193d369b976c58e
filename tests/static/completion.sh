#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The bash completion parses and, sourced, sets up something for vsctl.

. "$(dirname "$0")/lib/common.sh"

list=$(files '^tools/vsctl/(.*completion.*|.*\.bash)$')
[ -n "$list" ] || nothing "no completion"
for name in $list; do
	bash -n "$name"
	# Single quotes: the inner shell expands.
	# shellcheck disable=SC2016
	bash -c '. "$1" && complete -p vsctl >/dev/null' - "$name" || {
		echo "$name: does not set a completion for vsctl"
		exit 1
	}
done
