#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# No known misspelling in any text. The licence is not ours to spell.

. "$(dirname "$0")/lib/common.sh"

# Words that are right here, though the list has them as wrong.
WORDS="ans,nd"

files '.' | grep -vxF LICENSE | xargs codespell -L "$WORDS"
