#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Judge one run of the virtual machine from the logs it left.

usage: judge.py --kernel K --mode MODE [--results FILE] DIR [TEST...]

DIR holds out.log (what /init reported) and console.log (what the kernel
said). Every TEST must have begun and ended. Exits 1 if anything failed.
"""

import argparse
import os
import re
import sys
from collections import Counter

from splat import splats
from tap import Result, judge


def read(*names):
    """Return a file's text, empty if there is none."""
    try:
        with open(os.path.join(*names), encoding="utf-8",
                  errors="replace") as log:
            return log.read()
    except FileNotFoundError:
        return ""


def parse_out(text):
    """Return ({test: record}, {event: rest of its line})."""
    tests, events, now = {}, {}, None
    for line in text.splitlines():
        if line.startswith(": "):
            if now:
                now["lines"].append(line[2:])
            continue
        match = re.match(r"##(\w+)\s*(.*)", line)
        if not match:
            continue
        event, rest = match.groups()
        words = rest.split()
        if event == "begin":
            now = {"lines": [], "code": None, "ms": 0, "left": ""}
            tests[words[0]] = now
        elif event == "left" and now:
            now["left"] = " ".join(words[1:])
        elif event == "end" and now:
            now["code"], now["ms"] = int(words[1]), int(words[2])
            now = None
        else:
            events[event] = rest
    return tests, events


def judge_test(record):
    """Return the results of one test program."""
    if record is None:
        return [Result("fail", "whole program", "never began")]
    results = judge(record["lines"], record["code"])
    if record["left"]:
        results.append(Result("fail", "whole program",
                              f"left devices behind: {record['left']}"))
    return results


def judge_frame(mode, events, console):
    """Return the results of all but the tests: loading, ending, splats."""
    def one(name, good, why):
        return Result("pass" if good else "fail", name, "" if good else why)

    yield one("boots", "vsw-vm: up" in console, "user space never began")
    load = events.get("load", "1 not reached")
    yield one("module loads", load.split()[0] == "0", load)
    if mode == "script":
        code = events.get("script", "not reached")
        yield one("script", code == "0", f"exit status {code}")
    unload = events.get("rmmod", "1 not reached")
    yield one("module unloads", unload.split()[0] == "0", unload)
    if "timeout" in events:
        why = f"ended by the time limit of {events['timeout']} s"
    else:
        why = "the machine ended too early"
    yield one("runs to its end", "done" in events, why)
    found = splats(console)
    yield one("kernel is content", not found,
              f"{len(found)} complaints, the first during"
              f" {found[0][2]}: {found[0][1]}" if found else "")


def show(kernel, group, results, record):
    """Print a line for a group and one for each result that matters."""
    count = Counter(result.verdict for result in results)
    text = ", ".join(f"{count[verdict]} {word}" for verdict, word in
                     (("pass", "passed"), ("fail", "failed"),
                      ("skip", "skipped")) if count[verdict])
    seconds = f" ({record['ms'] / 1000:.1f} s)" if record else ""
    print(f"{kernel} {group}: {text}{seconds}")
    for result in results:
        if result.verdict != "pass":
            print(f"    {result.verdict.upper()}: {result.name}:"
                  f" {result.detail}")
    if count["fail"] and record:
        for line in record["lines"][-200:]:
            print(f"        {line}")


def show_splats(console):
    """Print the complaints, and what stands around the first.

    That is all that is left of a run on another machine.
    """
    found = splats(console)
    for number, line, during in found:
        print(f"    console.log:{number}: ({during}) {line}")
    if found:
        first = found[0][0]
        for line in console.splitlines()[max(first - 41, 0):first + 40]:
            print(f"        {line}")


def main():
    """Judge, print, and append to the file of results."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--mode", required=True)
    parser.add_argument("--results")
    parser.add_argument("dir")
    parser.add_argument("tests", nargs="*")
    args = parser.parse_args()
    console = read(args.dir, "console.log")
    seen, events = parse_out(read(args.dir, "out.log"))
    groups = [(test, judge_test(seen.get(test)), seen.get(test))
              for test in args.tests]
    groups.append(("machine",
                   list(judge_frame(args.mode, events, console)), None))
    failed = False
    for group, results, record in groups:
        bad = any(result.verdict == "fail" for result in results)
        failed = failed or bad
        if args.mode in ("tests", "fuzz") or bad:
            show(args.kernel, group, results, record)
    show_splats(console)
    if failed:
        print(f"    logs: {args.dir}")
    if args.results:
        with open(args.results, "a", encoding="utf-8") as output:
            for group, results, _ in groups:
                for result in results:
                    print(result.verdict, f"{args.kernel} {group}",
                          result.name, result.detail, sep="\t",
                          file=output)
    sys.exit(failed)


if __name__ == "__main__":
    main()
