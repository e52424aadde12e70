#!/usr/bin/env python3
"""Format, direction of includes, generated pages, the API's document, and clang-tidy on what changed or on everything.

usage: lint.py [--fix-format] [--only format|includes|docs|openapi|tidy] [--tidy-all] [--tidy-minutes N]
"""
import argparse
import os
import subprocess
import sys

import changed
import tidy

ROOT = changed.ROOT
CLANG_FORMAT = "clang-format-14"


def sources():
    return sorted(str(path) for path in (ROOT / "backend").rglob("*.[ch]pp"))


def run(command, **options):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


def check_format():
    done = run([CLANG_FORMAT, "--dry-run", "-Werror", *sources()])
    wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error:" in line})
    return [f"{os.path.relpath(name, ROOT)}: not in the pinned format (./dev format)" for name in wrong]


def fix_format():
    subprocess.run([CLANG_FORMAT, "-i", *sources()], cwd=ROOT, check=True)


def check_script(*command):
    done = run([sys.executable, *command])
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()


def check_openapi():
    """The checked-in document against OpenAPI 3.1 itself; that it is up to date is a unit test."""
    validator = ROOT / "build/deps/openapi/node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js"
    if not validator.exists():
        return ["the validator is not installed (./dev setup)"]
    done = run(["node", str(validator), "docs/api/openapi.json"])
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()[-40:]


CHECKS = {
    "format": check_format,
    "includes": lambda: check_script("tools/check_includes.py"),
    "docs": lambda: check_script("tools/docs.py", "--check"),
    "openapi": check_openapi,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix-format", action="store_true")
    parser.add_argument("--only", choices=[*CHECKS, "tidy"])
    parser.add_argument("--tidy-all", action="store_true", help="clang-tidy on all files, what changed first")
    parser.add_argument("--tidy-minutes", type=float, default=60)
    options = parser.parse_args()
    if options.fix_format:
        return fix_format()
    failed = 0
    for name, check in CHECKS.items():
        if options.only in (None, name):
            complaints = check()
            print("\n".join([f"{name}: {'ok' if not complaints else 'FAILED'}", *complaints]))
            failed += bool(complaints)
    if options.only in (None, "tidy"):
        outcome = tidy.check(options.tidy_all, options.tidy_minutes)
        print(outcome.report())
        failed += bool(outcome.complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
