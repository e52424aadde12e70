#!/usr/bin/env python3
"""Everything that CI checks, with a table where the time went.

usage: test.py [--only PART] [--slow] [--filter TEXT] [--golden]

The last line is always `N passed, N failed, N skipped`, the sum over all parts; the exit status is 0 only when nothing
failed. Servers are started when a part needs them and stopped in every case.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVERS = ROOT / "tools/test_servers.sh"
COUNTS = re.compile(r"(\d+) passed, (\d+) failed, (\d+) skipped")
SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:exitcode=99",
    "LSAN_OPTIONS": f"suppressions={ROOT}/tools/lsan.supp:print_suppressions=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "TSAN_OPTIONS": f"suppressions={ROOT}/tools/tsan.supp:exitcode=98",
}
FUZZ_SECONDS = {False: 30, True: 600}
# How the programs that test begin to speak of a failure: googletest, Vitest, Playwright, unittest and our own runners.
FAILURE = re.compile(r"^(?:\S+: Failure$|\[  FAILED  \]| FAIL  |  \d+\) \[|(?:FAIL|ERROR|FAILED)\b)")
TOLD_AGAIN_LINES = 30  # of each failure, and three times as many of all of one program
TIDY_MINUTES = {False: 6, True: 120}  # CI begins with nothing built and has an hour: what was not looked at is named


failed_outputs = []  # (words, output) of what ended badly, told again at the end


class Failed(Exception):
    """A part could not do its work at all."""


def command(words, env=None, quiet=False):
    """Runs to the end, echoing the output; (exit status, output)."""
    process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    lines = []
    for line in process.stdout:
        lines.append(line)
        if not quiet:
            print(line, end="", flush=True)
    if process.wait() != 0:
        failed_outputs.append((words, lines))
    return process.returncode, "".join(lines)


def require(words, **options):
    status, output = command(words, **options)
    if status != 0:
        raise Failed(f"{' '.join(words)}: exit status {status}\n{output[-3000:] if options.get('quiet') else ''}")
    return output


def build(preset, *targets):
    if not (ROOT / "build" / preset / "build.ninja").exists():
        require(["cmake", "--preset", preset], quiet=True)
    require(["cmake", "--build", f"build/{preset}", "--target", *targets], quiet=True)


def binary(preset, name):
    found = sorted((ROOT / "build" / preset / "backend").rglob(name), key=lambda p: len(p.parts))
    path = next((str(p) for p in found if p.is_file() and os.access(p, os.X_OK)), None)
    if path is None:
        raise Failed(f"{name} was not built under build/{preset}")
    return path


class Servers:
    """Started at the first use, stopped at the end."""

    def __init__(self):
        self.environment = None

    def start(self):
        if self.environment is None:
            found = re.findall(r"export (\w+)='([^']*)'", require([str(SERVERS), "start"], quiet=True))
            self.environment = dict(found)
        return self.environment

    def stop(self):
        if self.environment is not None:
            subprocess.run([str(SERVERS), "stop"], check=False)
            self.environment = None


class Suite:
    """The parts; each returns (passed, failed, skipped)."""

    def __init__(self, options):
        self.options, self.servers = options, Servers()

    def gtest(self, preset, name, env, shards=1):
        """As that many processes at once: only for tests that share no server."""
        words = [binary(preset, name), "--gtest_brief=1"] + ([f"--gtest_filter=*{self.options.filter}*"] if self.options.filter else [])

        def shard(index):
            status, output = command(words, env={**SANITIZERS, **env, "GTEST_TOTAL_SHARDS": str(shards), "GTEST_SHARD_INDEX": str(index)})
            count = {key: int(number) for key, number in re.findall(r"\[\s*(PASSED|SKIPPED|FAILED)\s*\] (\d+) tests?", output)}
            failed = len(re.findall(r"^\[  FAILED  \] .*ms\)$", output, re.MULTILINE)) or int(status != 0)
            return count.get("PASSED", 0), failed, count.get("SKIPPED", 0)
        with concurrent.futures.ThreadPoolExecutor(shards) as pool:
            return tuple(map(sum, zip(*pool.map(shard, range(shards)))))

    def unit(self):
        build("debug", "migrateiq_unit_tests")
        return self.gtest("debug", "migrateiq_unit_tests", {}, os.cpu_count())

    def db(self):
        build("debug", "migrateiq_db_tests")
        return self.gtest("debug", "migrateiq_db_tests", self.servers.start())

    def scenarios(self):
        build("debug", "migrateiq", "migrateiq_scenarios")
        words = [binary("debug", "migrateiq_scenarios"), "--binary", binary("debug", "migrateiq"), "--jobs", str(os.cpu_count())]
        words += ["--slow"] if self.options.slow else []
        return self.counted(words + [str(p) for p in self.scenario_files()], {**SANITIZERS, **self.servers.start()})

    def scenario_files(self):
        folder = ROOT / "backend/tests/scenarios"
        if not self.options.filter:
            return [folder]
        return sorted(p for p in folder.rglob("*.scenario*") if self.options.filter in str(p))

    def web(self):
        require(["tools/web.sh"], quiet=True)
        rows = [self.web_step(words) for words in (["npx", "tsc", "--noEmit"], ["npx", "eslint", ".", "--max-warnings", "0"],
                                                   ["npx", "prettier", "--check", "src", "e2e", "scripts", "eslint"], ["node", "scripts/size.mjs"])]
        rows.append(self.web_tests(["npx", "vitest", "run", "--reporter=dot"], {}))
        build("release", "migrateiq")
        env = {**self.servers.start(), "MIQ_BINARY": binary("release", "migrateiq")}
        rows.append(self.web_tests(["npx", "playwright", "test", "--reporter=line"], env))
        return tuple(map(sum, zip(*rows)))

    @staticmethod
    def web_step(words):
        status, _ = command(["tools/web.sh", "run", *words])
        return int(status == 0), int(status != 0), 0

    def web_tests(self, words, env):
        """Vitest and Playwright both end with lines like `3 failed`, `12 passed`."""
        status, output = command(["tools/web.sh", "run", *words] + (["-t" if "vitest" in words else "-g", self.options.filter] if self.options.filter else []),
                                 env={**env, "NO_COLOR": "1"})
        last = output[output.rfind(" Tests ") if " Tests " in output else 0:]
        count = {key: int(number) for number, key in re.findall(r"(\d+) (passed|failed|skipped)", last)}
        failed = count.get("failed", 0) or int(status != 0)
        return count.get("passed", 0), failed, count.get("skipped", 0)

    def integration(self):
        build("release", "migrateiq")
        env = {**self.servers.start(), "MIQ_BINARY": binary("release", "migrateiq")}
        env.update(self.sanitized_binary())
        words = [sys.executable, "backend/tests/integration/run.py"] + ([self.options.filter] if self.options.filter else [])
        return self.counted(words, env)

    @staticmethod
    def sanitized_binary():
        """Where it was built already (by the scenarios), the API is tried with wrong requests under the sanitizers."""
        try:
            return {**SANITIZERS, "MIQ_SANITIZED_BINARY": binary("debug", "migrateiq")}
        except Failed:
            return {}

    def tsan(self):
        build("tsan", "migrateiq_concurrency_tests")
        return self.gtest("tsan", "migrateiq_concurrency_tests", {}, os.cpu_count())

    def fuzz(self):
        build("fuzz", "migrateiq_fuzzers")
        programs = sorted((ROOT / "build/fuzz/fuzzers").glob("*_fuzz"))
        if not programs:
            raise Failed("no fuzzer was built under build/fuzz")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            passed = list(pool.map(self.fuzz_one, programs))
        return passed.count(True), passed.count(False), 0

    def fuzz_one(self, program):
        seeds = next((ROOT / "backend").rglob(f"{program.name}_seeds"), None)
        corpus = ROOT / "build/fuzz/corpus" / program.name
        corpus.mkdir(parents=True, exist_ok=True)
        words = [str(program), f"-max_total_time={FUZZ_SECONDS[self.options.slow]}", "-timeout=10", "-rss_limit_mb=2048",
                 "-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={corpus.parent}/{program.name}-", str(corpus)]
        status, output = command(words + ([str(seeds)] if seeds else []), env=SANITIZERS, quiet=True)
        runs = re.search(r"number_of_executed_units:\s*(\d+)", output)
        said = f"{program.name}: {runs.group(1) if runs else '?'} inputs, {'ok' if status == 0 else 'FAILED'}"
        print(said if status == 0 else f"{said}\n{output[-4000:]}", flush=True)
        return status == 0

    def lint(self):
        results = [command([sys.executable, "tools/lint.py", "--only", part])[0] for part in ("format", "includes", "docs", "openapi")]
        return results.count(0), len(results) - results.count(0), 0

    def tidy(self):
        words = [sys.executable, "tools/lint.py", "--only", "tidy", "--tidy-minutes", str(TIDY_MINUTES[self.options.slow])]
        status, output = command(words + (["--tidy-all"] if self.options.slow else []))
        counts = re.search(r"tidy: \d+ files looked at, \d+ known to be clean, (\d+) left", output)
        if counts is None:
            raise Failed(f"tools/lint.py: exit status {status}")
        return int(status == 0), int(status != 0), int(counts.group(1) != "0")

    def counted(self, words, env):
        status, output = command(words, env=env)
        counts = COUNTS.findall(output)
        if not counts:
            raise Failed(f"{words[0]}: no count in its output, exit status {status}")
        passed, failed, skipped = map(int, counts[-1])
        return passed, failed or int(status != 0), skipped


PARTS = ["lint", "unit", "db", "scenarios", "tidy", "web", "integration", "tsan", "fuzz"]


def run_part(suite, name):
    print(f"\n=== {name}", flush=True)
    try:
        return getattr(suite, name)()
    except Failed as failure:
        print(f"FAILED  {name}: {failure}")
        return 0, 1, 0


def golden(suite):
    """Rewrites the expected files that are checked in."""
    build("debug", "migrateiq_unit_tests", "migrateiq")
    suite.options.filter = "Golden"
    suite.gtest("debug", "migrateiq_unit_tests", {"MIQ_GOLDEN": "rewrite"})
    require([sys.executable, "tools/docs.py"])
    command(["git", "status", "--short"])


def failure_lines(lines):
    """What a program said where it spoke of a failure; its last lines when it did not."""
    starts = [index for index, line in enumerate(lines) if FAILURE.match(line)]
    wanted = sorted({n for start in starts for n in range(start, min(start + TOLD_AGAIN_LINES, len(lines)))})
    return [lines[n] for n in wanted][:3 * TOLD_AGAIN_LINES] or lines[-TOLD_AGAIN_LINES:]


def print_failures():
    """Again at the end, where whoever reads a long log looks first."""
    for words, lines in failed_outputs:
        print(f"\n=== failed: {' '.join(words)[:200]}")
        print("".join(failure_lines(lines)).rstrip())


def print_table(rows):
    print(f"\n{'part':12} {'seconds':>8} {'passed':>7} {'failed':>7} {'skipped':>8}")
    for name, seconds, (passed, failed, skipped) in rows:
        print(f"{name:12} {seconds:8.0f} {passed:7} {failed:7} {skipped:8}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--slow", action="store_true", help="more rounds, slow scenarios, longer fuzzing")
    parser.add_argument("--filter", help="only tests whose name or file contains this")
    parser.add_argument("--golden", action="store_true", help="rewrite the expected files")
    suite = Suite(parser.parse_args())
    if suite.options.slow:
        os.environ["MIQ_SLOW"] = "1"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rows = []
    try:
        if suite.options.golden:
            return golden(suite)
        for name in [suite.options.only] if suite.options.only else PARTS:
            begin = time.monotonic()
            rows.append((name, 0, run_part(suite, name)))
            rows[-1] = (name, time.monotonic() - begin, rows[-1][2])
    finally:
        suite.servers.stop()
    print_failures()
    print_table(rows)
    passed, failed, skipped = (sum(counts[i] for _, _, counts in rows) for i in range(3))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
