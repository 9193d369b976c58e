#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The kernel's own style checker, strict, over all C.

. "$(dirname "$0")/lib/common.sh"

# checkpatch.pl is made for patches to the kernel tree. What does not hold:
# SPDX_LICENSE_TAG   knows uapi headers by their place in that tree only;
#                    hygiene.sh holds every file to a tag
EVERYWHERE=SPDX_LICENSE_TAG
# in user space, which has no strscpy() and no <linux/compiler.h>:
# STRCPY and its like, PREFER_DEFINED_ATTRIBUTE_MACRO
USER=$EVERYWHERE,STRCPY,STRNCPY,STRLCPY,PREFER_DEFINED_ATTRIBUTE_MACRO
# in trace.h, where TRACE_EVENT() is laid out as all the kernel does it:
# OPEN_ENDED_LINE, PARENTHESIS_ALIGNMENT
TRACE=$EVERYWHERE,OPEN_ENDED_LINE,PARENTHESIS_ALIGNMENT

# one TYPES FILE: a file found good stays so while it is the same; the word
# list makes this too slow to do again for nothing. It is run elsewhere since
# it leaves a file where it is run.
one() {
	local sum

	sum=$({ echo "$1 $RULES $2"; cat "$2"; } | sha256sum | cut -d ' ' -f 1)
	[ ! -e "$GOOD/$sum" ] || return 0
	(cd "$TMP" && perl "$DIR/checkpatch.pl" --no-tree --strict \
		--codespell --codespellfile="$DICT" --max-line-length=80 \
		--ignore="$1" --terse --show-types --no-summary --quiet \
		-f "$VSW_TOP/$2") | sed "s|^$VSW_TOP/||"
	: >"$GOOD/$sum"
}

# check TYPES REGEX [REGEX NOT]
check() {
	files "$2" | grep -vE "${3:-^$}" |
		xargs -r -P "$(nproc)" -I{} bash -c \
			"set -eo pipefail; one '$1' {}"
}

DIR=$("$VSW_TOP/tests/static/lib/checkpatch-fetch.sh")
# Without its word list --codespell is silently ignored.
LIST=$(dpkg -L codespell | grep '/dictionary\.txt$')
[ -s "$LIST" ] || { echo "codespell's word list is missing"; exit 1; }
GOOD=$VSW_CACHE/checkpatch-good
mkdir -p "$GOOD"
find "$GOOD" -type f -mtime +30 -delete
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
# Neighbour discovery is none of its words.
DICT=$TMP/dictionary.txt
grep -v '^nd->' "$LIST" >"$DICT"
RULES=$(cat "$0" "$DIR"/* "$DICT" | sha256sum)
export DIR DICT GOOD TMP RULES
export -f one

status=0
check "$TRACE" '^kmod/trace\.h$' || status=1
check "$EVERYWHERE" '^(kmod|include)/.*\.[ch]$' '^kmod/trace\.h$' || status=1
check "$USER" '^(tools|tests)/.*\.[ch]$' || status=1
exit $status
