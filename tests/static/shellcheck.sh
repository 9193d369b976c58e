#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# All shell scripts, found by name or first line, parse and are clean.

. "$(dirname "$0")/lib/common.sh"

status=0
while read -r name; do
	case $(head -n 1 "$name") in
	*/sh) sh=dash ;;
	*) sh=bash ;;
	esac
	"$sh" -n "$name" || status=1
done < <(scripts)
scripts | xargs shellcheck -x || status=1
exit $status
