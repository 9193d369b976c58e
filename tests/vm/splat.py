#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Find kernel complaints in a console log: splat.py LOG...

Prints each line that tells of one, with its number, and exits 1 if there is
any. Nothing a test reports can outweigh such a line.
"""

import re
import sys

SPLAT = re.compile("|".join((
    r"WARNING:",
    r"\bBUG:",
    r"kernel BUG at",
    r"\bOops\b",
    r"general protection",
    r"[Uu]nable to handle",
    r"Kernel panic",
    r"cut here",
    r"Call Trace:",
    r"refcount_t:",
    r"unregister_netdevice: waiting",
    r"waiting for \S+ to become free",
    r"possible .*(?:locking|deadlock)",
    r"inconsistent lock state",
    r"[Ss]uspicious RCU usage",
    r"DEBUG_LOCKS_WARN_ON",
    r"kmemleak",
    r"unreferenced object",
    r"INFO: task .* blocked",
    r"INFO: rcu|rcu.* detected stalls|self-detected stall",
    r"soft lockup|hard LOCKUP|NMI watchdog",
    r"Objects remaining",
    r"still has objects|kmem_cache_destroy",
    r"sleeping function",
    r"scheduling while atomic",
    r"UBSAN|KASAN|KCSAN|KFENCE: (?!init)",
    r"ODEBUG:",
    r"list_(?:add|del) corruption",
    r"[Bb]ad page",
    r"page allocation failure",
    r"Out of memory|oom-kill",
    r"stack[- ]protector|stack guard page|stack overflow",
    r"NETDEV WATCHDOG",
    r"ref_tracker:|leaked reference",
    r"Unknown symbol",
)))

# What a healthy kernel says at boot on some processors or emulators.
HARMLESS = re.compile("|".join((
    r"WARNING: Unprivileged eBPF is enabled",
    r"MDS CPU bug present",
    r"NMI watchdog: (?:Perf|Enabled|disabled)",
    r"kmemleak: (?:Kernel memory leak detector|Automatic memory scanning)",
    r"UBSAN: .*enabled|KASAN: .*initialized",
    r"Unknown symbol table",
)))


OURS = re.compile(r"\[(?:vswitch|planted|frame_fuzz)\]")


def is_foreign_race(lines):
    """Is this the beginning of a data race report with no code of ours in it?

    The kernel itself has many that nobody marked yet.
    """
    if "BUG: KCSAN:" not in lines[0]:
        return False
    for line in lines:
        if line.endswith("=" * 20):
            break
        if OURS.search(line):
            return False
    return True


def segment(text, name):
    """Return what the kernel said during one test."""
    match = re.search(rf"vsw-vm: begin {name}$(.*?)vsw-vm: end {name}$", text,
                      re.DOTALL | re.MULTILINE)
    return match.group(1) if match else ""


def splats(text):
    """Return (number, line, during) for each complaint in a log.

    What a kernel says before it got to user space, with nothing of ours
    loaded, is its own affair.
    """
    found, during = [], "boot"
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if "vsw-vm: up" in line:
            found = []
        begin = re.search(r"vsw-vm: begin (\S+)", line)
        if begin:
            during = begin.group(1)
        elif "vsw-vm: end" in line:
            during = "end"
        elif SPLAT.search(line) and not HARMLESS.search(line) and \
                not is_foreign_race(lines[number - 1:number + 99]):
            found.append((number, line.rstrip(), during))
    return found


def main():
    """Check the logs named on the command line."""
    bad = False
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8", errors="replace") as log:
            for number, line, during in splats(log.read()):
                print(f"{name}:{number}: ({during}) {line}")
                bad = True
    sys.exit(bad)


if __name__ == "__main__":
    main()
