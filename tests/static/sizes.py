#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Files and functions stay short, and .c files hold no inline."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from files import TOP, project_files  # noqa: E402 pylint: disable=C0413

FILE_MAX = 800
FUNCTION_MAX = 59


def functions(lines):
    """Yield (line number, length) of each function body.

    In kernel style a body is what stands between a brace alone in the first
    column and the next closing brace there.
    """
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}") and start:
            yield start, number - start - 1
            start = None


def check(name):
    """Yield what is wrong with a file."""
    with open(os.path.join(TOP, name), encoding="utf-8") as source:
        lines = source.read().splitlines()
    if len(lines) > FILE_MAX:
        yield f"{name}: {len(lines)} lines, {FILE_MAX} are the limit"
    for start, length in functions(lines):
        if length > FUNCTION_MAX:
            yield (f"{name}:{start}: function of {length} lines,"
                   f" {FUNCTION_MAX} are the limit")
    if name.endswith(".c"):
        for number, line in enumerate(lines, 1):
            if re.match(r"(static\s+)?inline\b|static\s.*\binline\b", line):
                yield f"{name}:{number}: inline is the compiler's to decide"


def main():
    """Print all that is wrong."""
    wrong = [fault
             for name in project_files(r"^(kmod|tools|tests)/.*\.[ch]$")
             for fault in check(name)]
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
