#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Test the judges of the VM runner on canned logs, and how it finds out what
there is to install; prints TAP."""

import contextlib
import io
import os
import subprocess
import tempfile
import unittest

import taptest
from judge import judge_frame, judge_test, parse_out, show_splats
from splat import splats
from tap import judge

SPLATS = """\
WARNING: CPU: 1 PID: 77 at net/core/dev.c:1 foo+0x1/0x2 [vswitch]
WARNING: possible circular locking dependency detected
WARNING: suspicious RCU usage
BUG: kernel NULL pointer dereference, address: 0000000000000008
BUG: sleeping function called from invalid context at mm/slab.h:1
BUG: scheduling while atomic: ip/99/0x00000002
BUG: KASAN: slab-use-after-free in vsw_receive+0x1/0x2
BUG vsw_fdb (Tainted: G OE): Objects remaining in vsw_fdb on shutdown
kernel BUG at net/core/skbuff.c:1!
Oops: 0000 [#1] PREEMPT SMP NOPTI
general protection fault, probably for non-canonical address 0xdead
refcount_t: underflow; use-after-free.
unregister_netdevice: waiting for veth0 to become free. Usage count = 2
kmemleak: 3 new suspected memory leaks
Kernel panic - not syncing: Fatal exception in interrupt
Kernel stack overflow.
INFO: task rmmod:99 blocked for more than 20 seconds.
rcu: INFO: rcu_preempt self-detected stall on CPU
watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [ip:99]
kmem_cache_destroy vsw_fdb: Slab cache still has objects
UBSAN: array-index-out-of-bounds in kmod/fdb.c:1:1
list_add corruption. next->prev should be prev
DEBUG_LOCKS_WARN_ON(1)
 Call Trace:
vswitch: Unknown symbol foo (err -2)
""".splitlines()

QUIET = """\
Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on
NMI watchdog: Perf NMI watchdog permanently disabled
vswitch: loading out-of-tree module taints kernel.
vswitch: module verification failed: signature and/or required key missing
rcu: Hierarchical RCU implementation.
vsw0: port 1(veth0) entered forwarding state
Warning: unable to open an initial console.
kfence: initialized - using 2097152 bytes
""".splitlines()

GOOD = ["1..2", "ok 1 one", "ok 2 - two"]
RUN = """\
##load 0
##begin a.sh
: 1..1
: ok 1 it works
##end a.sh 0 120
##rmmod 0
##done
"""


def verdicts(lines, code=0):
    """Return the verdicts of a canned test output, as one string."""
    return " ".join(result.verdict for result in judge(lines, code))


class TestSplats(unittest.TestCase):
    """What the kernel says."""

    def test_each_splat_is_found(self):
        for line in SPLATS:
            self.assertTrue(splats(f"[    1.0] {line}"), line)

    def test_ordinary_lines_are_not(self):
        self.assertEqual(splats("\n".join(QUIET)), [])

    def test_splat_is_put_down_to_the_test_that_ran(self):
        log = f"vsw-vm: begin a.sh\n{SPLATS[0]}\nvsw-vm: end a.sh\n"
        self.assertEqual(splats(log), [(2, SPLATS[0], "a.sh")])

    def test_boot_of_a_kernel_is_its_own_affair(self):
        self.assertEqual(splats(f"{SPLATS[2]}\nvsw-vm: up\n"), [])

    def test_data_races_count_where_they_are_ours(self):
        report = "BUG: KCSAN: data-race in a / b\n\n a+0x1/0x2 {}\n" + "=" * 66
        self.assertTrue(splats(report.format("[vswitch]")))
        self.assertEqual(splats(report.format("[bridge]")), [])
        self.assertEqual(splats(report.format("") + "\n [vswitch]"), [])

    def test_splat_fails_a_run_that_passed(self):
        events = parse_out(RUN)[1]
        log = "vsw-vm: up\n"
        self.assertNotIn("fail", [result.verdict for result in
                                  judge_frame("tests", events, log)])
        self.assertIn("fail", [result.verdict for result in judge_frame(
            "tests", events, log + SPLATS[0])])

    def test_what_stands_around_the_first_is_shown(self):
        said = io.StringIO()
        log = "\n".join(["far before"] + ["near"] * 40 + [SPLATS[0]] +
                        ["after"] * 40 + ["far after"])
        with contextlib.redirect_stdout(said):
            show_splats(log)
        self.assertEqual(said.getvalue().count("near"), 40)
        self.assertEqual(said.getvalue().count("after"), 40)
        self.assertNotIn("far", said.getvalue())


class TestPlanted(unittest.TestCase):
    """Bugs that were set off on purpose."""

    def judge(self, said):
        """Return the exit status of the judge for one bug."""
        with tempfile.NamedTemporaryFile("w") as log:
            log.write(f"vsw-vm: begin leak\n{said}\nvsw-vm: end leak\n")
            log.flush()
            return subprocess.run(
                [os.path.join(os.path.dirname(__file__), "judge-planted.py"),
                 "k", "/dev/null", log.name, "leak"],
                stdout=subprocess.DEVNULL, check=False).returncode

    def test_reported_by_its_detector(self):
        self.assertEqual(self.judge(SPLATS[13]), 0)

    def test_not_reported(self):
        self.assertEqual(self.judge("all is well"), 1)

    def test_reported_by_another_detector(self):
        self.assertEqual(self.judge(SPLATS[0]), 1)


class TestTap(unittest.TestCase):
    """What a test program says."""

    def test_good(self):
        self.assertEqual(verdicts(GOOD), "pass pass")

    def test_other_lines_do_not_matter(self):
        self.assertEqual(verdicts(["# a", *GOOD, "noise"]), "pass pass")

    def test_not_ok(self):
        self.assertEqual(verdicts(["1..1", "not ok 1 x"], 1), "fail")

    def test_not_ok_with_exit_status_0(self):
        self.assertEqual(verdicts(["1..1", "not ok 1 x"]), "fail")

    def test_nothing_printed(self):
        self.assertEqual(verdicts([]), "fail")

    def test_no_plan(self):
        self.assertEqual(verdicts(GOOD[1:]), "pass pass fail")

    def test_two_plans(self):
        self.assertEqual(verdicts(GOOD + ["1..2"]), "pass pass fail")

    def test_missing_result(self):
        self.assertEqual(verdicts(GOOD[:2]), "pass fail")

    def test_result_too_many(self):
        self.assertEqual(verdicts(GOOD + ["ok 3 x"]), "pass pass pass fail")

    def test_wrong_number(self):
        self.assertEqual(verdicts(["1..2", "ok 1 a", "ok 1 b"]),
                         "pass pass fail")

    def test_bail_out(self):
        self.assertEqual(verdicts(GOOD + ["Bail out! no"]),
                         "pass pass fail")

    def test_exit_status_without_a_failed_point(self):
        self.assertEqual(verdicts(GOOD, 1), "pass pass fail")

    def test_time_limit(self):
        self.assertEqual(verdicts(GOOD[:2], 124), "pass fail fail")

    def test_never_ended(self):
        self.assertEqual(verdicts(GOOD, None), "pass pass fail")

    def test_skip_with_reason(self):
        found = judge(["1..1", "ok 1 a # SKIP no tun"], 4)
        self.assertEqual([(r.verdict, r.detail) for r in found],
                         [("skip", "no tun")])

    def test_skip_without_reason(self):
        self.assertEqual(verdicts(["1..1", "ok 1 a # SKIP"]), "fail")

    def test_skip_all(self):
        self.assertEqual(verdicts(["1..0 # SKIP no tun"], 4), "skip")

    def test_skip_all_without_reason(self):
        self.assertEqual(verdicts(["1..0"], 4), "fail")

    def test_skip_by_exit_status_alone(self):
        self.assertEqual(verdicts([], 4), "fail")
        self.assertEqual(verdicts(GOOD, 4), "pass pass fail")


class TestRun(unittest.TestCase):
    """What /init says."""

    def frame(self, out):
        """Return what failed in a run with this output."""
        return [result.name for result in judge_frame(
            "tests", parse_out(out)[1], "vsw-vm: up\n")
            if result.verdict == "fail"]

    def test_good(self):
        tests, _ = parse_out(RUN)
        self.assertEqual(tests["a.sh"]["ms"], 120)
        self.assertEqual([r.verdict for r in judge_test(tests["a.sh"])],
                         ["pass"])
        self.assertEqual(self.frame(RUN), [])

    def test_test_that_vanished(self):
        tests, _ = parse_out(RUN)
        self.assertEqual([r.verdict for r in judge_test(tests.get("b.sh"))],
                         ["fail"])

    def test_test_that_never_ended(self):
        tests, _ = parse_out(RUN.split("##end")[0])
        self.assertIn("fail", [r.verdict for r in judge_test(tests["a.sh"])])

    def test_test_that_left_a_device(self):
        tests, _ = parse_out(RUN.replace(
            "##end", "##left a.sh vsw0\n##end"))
        self.assertIn("fail", [r.verdict for r in judge_test(tests["a.sh"])])

    def test_test_cannot_speak_for_the_runner(self):
        tests, events = parse_out("##begin a.sh\n: ##done\n: ##rmmod 0\n")
        self.assertEqual(events, {})
        self.assertEqual(tests["a.sh"]["lines"], ["##done", "##rmmod 0"])

    def test_no_load(self):
        self.assertEqual(self.frame(RUN.replace("##load 0", "##load 1 no")),
                         ["module loads"])

    def test_no_unload(self):
        self.assertEqual(self.frame(RUN.replace("##rmmod 0",
                                                "##rmmod 1 in use")),
                         ["module unloads"])

    def test_no_end(self):
        self.assertEqual(self.frame(RUN.replace("##done\n", "")),
                         ["runs to its end"])


class Packages(unittest.TestCase):
    """What deps.sh makes of a machine that has nothing of what it needs."""

    NO_SOURCES = """\
APT::Get::Simulate "true";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "/dev/null";
"""

    def test_what_is_missing_is_installed(self):
        with tempfile.TemporaryDirectory() as root:
            conf = os.path.join(root, "apt.conf")
            with open(conf, "w", encoding="ascii") as file:
                file.write(self.NO_SOURCES)
            deps = os.path.join(os.path.dirname(__file__), "deps.sh")
            run = subprocess.run(
                [deps, "6.1"], capture_output=True, text=True, check=False,
                env=dict(os.environ, DPKG_ADMINDIR=root, APT_CONFIG=conf))
        self.assertIn("installing: build-essential ", run.stderr)
        self.assertIn(" qemu-system-x86 ", run.stderr)
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    taptest.main()
