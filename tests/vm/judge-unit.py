#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Judge one unit test program: judge-unit.py RESULTS NAME STATUS LOG."""

import sys
from collections import Counter

from tap import judge


def main():
    """Print a line for it, and append its results to RESULTS."""
    results, name, status, log = sys.argv[1:]
    name = name.rsplit("/", 1)[-1]
    with open(log, encoding="utf-8", errors="replace") as output:
        lines = output.read().splitlines()
    points = judge(lines, int(status))
    count = Counter(point.verdict for point in points)
    print(f"unit {name}: {count['pass']} passed, {count['fail']} failed,"
          f" {count['skip']} skipped")
    if count["fail"]:
        for line in lines:
            print(f"    {line}")
    with open(results, "a", encoding="utf-8") as output:
        for point in points:
            print(point.verdict, f"unit {name}", point.name, point.detail,
                  sep="\t", file=output)


if __name__ == "__main__":
    main()
