# SPDX-License-Identifier: GPL-2.0
"""Run a file of Python's unit tests so that it prints TAP."""

import sys
import unittest


class Tap(unittest.TestResult):
    """Print one TAP point for each test."""

    def point(self, word, test):
        """Print a point."""
        name = test.id().split(".", 1)[1].replace("_", " ")
        print(f"{word} {self.testsRun} {name}")

    def addSuccess(self, test):
        super().addSuccess(test)
        self.point("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.point("not ok", test)
        print(self.failures[-1][1], file=sys.stderr)

    def addError(self, test, err):
        super().addError(test, err)
        self.point("not ok", test)
        print(self.errors[-1][1], file=sys.stderr)


def main():
    """Run all tests of the program that calls this."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(
        sys.modules["__main__"])
    print(f"1..{suite.countTestCases()}")
    result = Tap()
    suite.run(result)
    sys.exit(not result.wasSuccessful())
