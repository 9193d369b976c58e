# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the static gates share. A gate is a program in tests/static/ that
# prints what is wrong and exits 1, prints nothing and exits 0, or prints a
# reason and exits 4 where it has nothing to look at.

. "$(dirname "${BASH_SOURCE[0]}")/../../vm/common.sh"
cd "$VSW_TOP"

# files REGEX: the project's own files whose path matches
files() {
	"$VSW_TOP/tests/static/lib/files.py" "$1"
}

# scripts: all shell scripts, whether their name or their first line says so
scripts() {
	local name

	files '\.sh$'
	files '(^|/)[^./]+$' | while read -r name; do
		if head -n 1 "$name" | grep -qE '^#!.*\b(ba|da)?sh\b'; then
			echo "$name"
		fi
	done
	[ ! -e .ci/run ] || echo .ci/run
}

nothing() {
	echo "$*"
	exit 4
}
