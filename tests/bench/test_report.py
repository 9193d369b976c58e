#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Test what the benchmark makes of its samples; prints TAP."""

import contextlib
import io
import json
import os
import sys
import tempfile
import unittest
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../vm"))
import report  # noqa: E402
import table  # noqa: E402
import taptest  # noqa: E402

ROW = {"scenario": "l2-unicast", "subject": "vswitch", "unit": "insn",
       "value": 800, "rounds": 5, "spread": 0.1, "sink_ok": True}


def samples(scenario, **values):
    """Return a sample for each value of each subject."""
    return [{"scenario": scenario, "subject": subject, "value": value,
             "sink_ok": True}
            for subject, those in values.items() for value in those]


def said(function, *args):
    """Return what a function prints and its exit status."""
    out = io.StringIO()
    status = 0
    with contextlib.redirect_stdout(out):
        try:
            function(*args)
        except SystemExit as end:
            status = end.code
    return out.getvalue(), status


class Files(unittest.TestCase):
    """Files in a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, content=""):
        """Return the path of a file with that content."""
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(content)
        return path


class Rows(Files):
    """From samples to rows."""

    def test_cost_is_beyond_the_base(self):
        rows = report.rows_of(samples("l2-unicast", null=[600, 602, 601],
                                      vswitch=[1401, 1403, 1405]))
        self.assertEqual([row["value"] for row in rows], [601, 802])

    def test_a_copy_is_one_of_eight(self):
        rows = report.rows_of(samples("l2-flood8", null=[600],
                                      vswitch=[600 + 8 * 900]))
        self.assertEqual([row["value"] for row in rows], [600, 900])

    def test_what_is_no_cost_has_no_base(self):
        rows = report.rows_of(samples("ctl-fdb-100k", vswitch=[2.5]))
        self.assertEqual(rows[0]["value"], 2.5)

    def test_spread_is_in_percent_of_the_median(self):
        self.assertEqual(report.spread([90, 100, 120]), 30)
        self.assertEqual(report.spread([7]), 0)

    def test_a_row_has_all_keys(self):
        row, = report.rows_of(samples("mem-mac", vswitch=[48]))
        self.assertEqual(list(row), list(ROW))

    def test_a_lost_frame_is_an_error(self):
        lost = samples("l2-unicast", null=[600], vswitch=[1400, 1400])
        lost[-1]["sink_ok"] = False
        path = self.file("json")
        lines = "\n".join(map(json.dumps, lost))
        with self.assertRaisesRegex(report.Failed, "l2-unicast vswitch"):
            report.make_json(self.file("samples", lines), path, "6.1", "c",
                             "m")
        self.assertEqual([row["sink_ok"] for row in report.load(path)["rows"]],
                         [True, False])


class Check(Files):
    """What is held against the committed figures."""

    def check(self, figures, **row):
        """Return what is said of a row, and the status."""
        rows = json.dumps({"rows": [dict(ROW, **row)]})
        return said(report.check, self.file("json", rows),
                    self.file("figures", json.dumps(figures)))

    def test_as_before_is_good(self):
        self.assertEqual(self.check({"l2-unicast": 800})[1], 0)

    def test_five_percent_more_is_good(self):
        out, status = self.check({"l2-unicast": 800}, value=840)
        self.assertEqual((out.splitlines()[-1], status),
                         ("1 passed, 0 failed", 0))

    def test_a_slower_row_fails_with_both_numbers(self):
        out, status = self.check({"l2-unicast": 800}, value=841)
        self.assertRegex(out, "841.*800")
        self.assertEqual((out.splitlines()[-1], status),
                         ("0 passed, 1 failed", True))

    def test_lost_frames_fail(self):
        self.assertTrue(self.check({"l2-unicast": 800}, sink_ok=False)[1])

    def test_a_row_without_a_figure_fails(self):
        self.assertTrue(self.check({})[1])

    def test_no_row_at_all_fails(self):
        self.assertTrue(self.check({"l2-unicast": 800}, subject="ovs")[1])


class Words(Files):
    """What is asked for, and what is written."""

    def test_a_prefix_chooses(self):
        self.assertEqual(report.chosen("l2-vlan-"),
                         ["l2-vlan-push", "l2-vlan-pop"])

    def test_none_that_begins_so(self):
        with self.assertRaisesRegex(report.Failed, r"(?s)nosuch.*l2-unicast"):
            report.chosen("nosuch")

    def test_the_table_goes_between_the_marks(self):
        marks = [report.MARK.format(word) for word in ("begin", "end")]
        path = self.file("rst", f"above\n{marks[0]}\nold\n{marks[1]}\nbelow\n")
        rows = self.file("json", json.dumps({
            "kernel": "6.1", "commit": "c", "machine": "m", "rows": [ROW]}))
        for _ in range(2):
            report.document(rows, path)
        with open(path, encoding="ascii") as file:
            text = file.read()
        self.assertRegex(text, r"(?s)^above\n.*l2-unicast .* 800 .*\nbelow\n$")
        self.assertNotIn("old", text)
        self.assertEqual(text.count("l2-unicast"), 1)


class Pictures(Files):
    """What is drawn."""

    def drawn(self, *scenarios):
        """Return the script that draws the number of rules, if it is drawn."""
        rows = [dict(ROW, scenario=name) for name in scenarios]
        with mock.patch.object(report.subprocess, "run") as run:
            said(report.plot_number, rows, self.folder, "rules", "rules")
        return run.call_args.kwargs["input"] if run.called else None

    def test_none_has_a_place_on_the_axis(self):
        script = self.drawn("rules-0", "rules-1k")
        self.assertIn("$d0 << END\n0.1 800\n1000 800\nEND\n", script)
        self.assertIn('set xtics add ("0" 0.1)', script)

    def test_what_has_no_number_is_not_drawn(self):
        self.assertIsNone(self.drawn("rules-worst", "rules-ct"))


class Table(unittest.TestCase):
    """What scenarios ask of subjects."""

    def test_who_is_to_load_rules_shows_and_removes_them(self):
        for name, scenario in table.SCENARIOS.items():
            if scenario.how not in ("rules", "rule_memory"):
                continue
            how = scenario.args.get("how", "rules")
            for subject in scenario.subjects:
                with self.subTest(scenario=name, subject=subject):
                    what = table.SUBJECTS[subject]
                    self.assertTrue(what.shown and what.unrule
                                    and getattr(what, how))

    def test_rules_are_the_last_lines(self):
        ports = [table.Port(dev, 1, False) for dev in ("in", "out")]
        rig = table.Rig("sw", ports, [], [(ports[0], ports[1:])])
        made = table.rules_by_host(30)
        for subject in table.RULES + ("bridge",):
            lines = [line for _, line in
                     table.SUBJECTS[subject].rules(rig, made)][-30:]
            with self.subTest(subject=subject):
                self.assertEqual([f"192.0.2.{n + 1}" in line for n, line
                                  in enumerate(lines)], [True] * 30)


if __name__ == "__main__":
    taptest.main()
