#!/usr/bin/env python3
"""Format, direction of includes, generated pages, and clang-tidy on changed files.

usage: lint.py [--fix-format] [--only format|includes|docs|tidy] [--tidy-minutes N]
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

import changed

ROOT = changed.ROOT
CLANG_FORMAT = "clang-format-14"
# clang 19 sees std::expected of libstdc++ 12 only when it claims the older concepts.
TIDY_ARGUMENTS = ["--extra-arg=-D__cpp_concepts=202002L", "--extra-arg=-Wno-builtin-macro-redefined",
                  "--extra-arg=-Wno-unknown-warning-option", "--quiet"]


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


def compile_database():
    """A configured build folder: only then can clang-tidy know the flags."""
    for preset in ("debug", "quick", "release"):
        if (ROOT / "build" / preset / "compile_commands.json").exists():
            return f"build/{preset}"
    subprocess.run(["cmake", "--preset", "debug"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return "build/debug"


def tidy_file(database, path):
    done = run(["clang-tidy-19", "-p", database, *TIDY_ARGUMENTS, str(path)])
    lines = [line for line in done.stdout.splitlines() if "error:" in line or "warning:" in line]
    if done.returncode != 0 and not lines:
        lines = [f"{path}: {line}" for line in done.stderr.splitlines() if "error" in line][:3]
    return [line.replace(f"{ROOT}/", "") for line in lines]


def check_tidy(minutes):
    """Complaints, number of files looked at, number of files that the time did not suffice for."""
    files = changed.changed_sources()
    if not files:
        return [], 0, 0
    database, deadline = compile_database(), time.monotonic() + minutes * 60

    def one(path):
        return tidy_file(database, path) if time.monotonic() < deadline else None

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(one, files))
    complaints = sorted({line for result in results if result for line in result})
    skipped = results.count(None)
    return complaints, len(files) - skipped, skipped


CHECKS = {
    "format": check_format,
    "includes": lambda: check_script("tools/check_includes.py"),
    "docs": lambda: check_script("tools/docs.py", "--check"),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix-format", action="store_true")
    parser.add_argument("--only", choices=[*CHECKS, "tidy"])
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
        complaints, looked_at, skipped = check_tidy(options.tidy_minutes)
        print("\n".join([f"tidy: {looked_at} changed files, {skipped} left out for time", *complaints]))
        failed += bool(complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
