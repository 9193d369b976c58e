# SPDX-License-Identifier: GPL-2.0
"""Judge what one test program printed, in TAP, and how it ended."""

import re
from collections import namedtuple

# verdict is pass, fail or skip; detail is the reason for the last two.
Result = namedtuple("Result", "verdict name detail")

POINT = re.compile(r"(not )?ok\b\s*(\d+)?\s*(?:- )?([^#]*)(?:#\s*(.*))?$")
PLAN = re.compile(r"1\.\.(\d+)\s*(?:#\s*SKIP\b\s*(.*))?$", re.I)
EXIT_SKIP = 4
EXIT_TIMEOUT = (124, 137)


def judge_point(match, number):
    """Return the result of one test point line."""
    failed, _, name, directive = match.groups()
    name = name.strip() or f"point {number}"
    skip = re.match(r"SKIP\S*\s*(.*)", directive or "", re.I)
    if failed:
        return Result("fail", name, directive or "not ok")
    if skip:
        if not skip.group(1):
            return Result("fail", name, "skipped without a reason")
        return Result("skip", name, skip.group(1))
    return Result("pass", name, "")


def scan(lines):
    """Return (plan, reason to skip all, results, complaints)."""
    plan, skip_all, results, wrong = None, None, [], []
    for line in lines:
        match = PLAN.match(line)
        if match:
            if plan is not None:
                wrong.append("more than one plan")
            plan, skip_all = int(match.group(1)), match.group(2)
            continue
        if line.startswith("Bail out!"):
            wrong.append(line)
        match = POINT.match(line)
        if match:
            number = len(results) + 1
            results.append(judge_point(match, number))
            if match.group(2) and int(match.group(2)) != number:
                wrong.append(f"point {match.group(2)} where {number}"
                             " was due")
    return plan, skip_all, results, wrong


def judge(lines, code):
    """Return all results of a program: its points, then what was wrong.

    code is its exit status, None if it never ended. That a program printed
    nothing, or fewer points than it had planned, is a failure of its own.
    """
    plan, skip_all, results, wrong = scan(lines)
    if plan == 0 and not results and code in (0, EXIT_SKIP):
        if skip_all:
            return [Result("skip", "all", skip_all)]
        wrong.append("skipped without a reason")
    elif plan is None:
        wrong.append("no plan" if results else "no TAP output")
    elif plan != len(results):
        wrong.append(f"{plan} points planned, {len(results)} seen")
    if code is None:
        wrong.append("did not end")
    elif code in EXIT_TIMEOUT:
        wrong.append("ended by the time limit")
    elif code not in (0, EXIT_SKIP):
        if not any(result.verdict == "fail" for result in results):
            wrong.append(f"exit status {code}, but no point failed")
    elif code == EXIT_SKIP and plan and not any(
            result.verdict == "skip" for result in results):
        wrong.append("exit status 4, but no point skipped")
    return results + [Result("fail", "whole program", why) for why in wrong]
