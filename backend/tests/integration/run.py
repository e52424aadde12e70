#!/usr/bin/env python3
"""Runs the integration tests; see README.md."""
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))


class Result(unittest.TextTestResult):
    """One line a test, with its time."""

    def startTest(self, test):
        self.began = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        print(f"{time.monotonic() - self.began:7.1f} s  {test.id()}", flush=True)
        super().stopTest(test)


def flatten(suite):
    for item in suite:
        yield from flatten(item) if isinstance(item, unittest.TestSuite) else [item]


def main():
    found = unittest.defaultTestLoader.discover(str(pathlib.Path(__file__).parent), pattern="test_*.py")
    wanted = [test for test in flatten(found) if not sys.argv[1:] or sys.argv[1] in test.id()]
    result = unittest.TextTestRunner(sys.stdout, resultclass=Result, verbosity=0).run(unittest.TestSuite(wanted))
    failed, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    for test, reason in result.skipped:
        print(f"SKIPPED {test.id()}: {reason}")
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
