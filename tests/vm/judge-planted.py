#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Judge a run of planted bugs: judge-planted.py KERNEL RESULTS LOG BUG...

Each bug that the module tests/fuzz/planted/ set off must be on the console,
in the words of the detector that is for it, and be a complaint to the judge of
all other runs as well: so that a kernel whose detector is off, or a runner
that overlooks a report, is found out.
"""

import re
import sys

from splat import segment, splats

DETECTORS = {
    "bad_shift": r"UBSAN: shift-out-of-bounds",
    "double_free": r"KASAN: double-free",
    "freed_timer": r"ODEBUG: free active",
    "leak": r"kmemleak: \d+ new suspected memory leaks",
    "lock_inversion": r"possible circular locking dependency",
    "no_rtnl": r"WARNING: .* no_rtnl",
    "out_of_bounds": r"KASAN: slab-out-of-bounds",
    "out_of_bounds_stack": r"KASAN: stack-out-of-bounds",
    "out_of_bounds_vmalloc": r"KASAN: vmalloc-out-of-bounds",
    "rcu_misuse": r"suspicious RCU usage",
    "refcount": r"refcount_t: addition on 0",
    "sleep_in_atomic": r"sleeping function called from invalid context",
    "unmarked_race": r"KCSAN: data-race in racer",
    "use_after_free": r"KASAN: (slab-)?use-after-free",
}


def main():
    """Print a line for each bug, and append the results to RESULTS."""
    kernel, results, log, *bugs = sys.argv[1:]
    with open(log, encoding="utf-8", errors="replace") as console:
        text = console.read()
    failed = not bugs
    with open(results, "a", encoding="utf-8") as output:
        for bug in bugs:
            part = segment(text, bug)
            seen = re.search(DETECTORS[bug], part)
            good = seen and splats(part)
            verdict, why = "pass", seen.group() if seen else ""
            if not good:
                verdict, why, failed = "fail", "nothing was reported", True
            print(f"{kernel} planted {bug}: {verdict}: {why}")
            print(verdict, f"{kernel} planted", f"{bug} is reported",
                  "" if good else why, sep="\t", file=output)
    sys.exit(failed)


if __name__ == "__main__":
    main()
