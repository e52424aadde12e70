"""What the documentation shows is what happens: every ```console block of README.md and docs/*.md is run.

A page is one folder, its blocks run in order. A block whose language is followed by a name (```yaml plan.yaml) is a file.
Lines that begin with `$ ` are commands, the lines after them their output (stdout and stderr together), in which `...` alone
stands for any lines and `...` within a line for any text. Run ids and durations may differ. A command succeeds unless the
next one is `$ echo $?`, whose output is then its exit status. Blocks whose first line is no `$ migrateiq` are not run.
"""
import json
import os
import pathlib
import re
import subprocess
import unittest

import support

ROOT = pathlib.Path(__file__).resolve().parents[3]
BLOCK = re.compile(r"^```(\w+)[ \t]*([^\n`]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
RUN_ID = re.compile(r"\b\d{8}-\d{6}-[a-z0-9]{4}\b")
VARIABLE = [(RUN_ID, "RUN"), (re.compile(r"\b\d+(\.\d)? s\b"), "TIME"),
            (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), "MOMENT")]


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def steps(text):
    """[("file", name, content) or ("run", command, expected lines)]"""
    for language, name, body in BLOCK.findall(text):
        if name.strip():
            yield "file", name.strip(), body
        elif language == "console" and body.startswith("$ migrateiq"):
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield "run", command, output.splitlines()


def normal(line):
    for pattern, name in VARIABLE:
        line = pattern.sub(name, line)
    return re.sub(r"  +", "  ", line.rstrip())


def pattern_of(expected):
    """The expected lines as one regular expression over the whole output; blank lines at its end do not count."""
    parts = []
    for line in "\n".join(expected).rstrip().splitlines():
        if line.strip() == "...":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[^\n]*".join(re.escape(piece) for piece in normal(line).split("...")) + r"\n")
    return re.compile(r"\A" + "".join(parts) + r"\n*\Z")


class Docs(support.Case):
    def environment(self):
        programs = pathlib.Path(self.folder) / "programs"
        programs.mkdir()
        (programs / "migrateiq").symlink_to(pathlib.Path(os.environ["MIQ_BINARY"]).resolve())
        return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "XDG_STATE_HOME": f"{self.folder}/state",
                "NO_COLOR": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def newest(self, env):
        done = subprocess.run(["migrateiq", "runs", "--json"], env=env, cwd=self.place, capture_output=True, text=True)
        runs = json.loads(done.stdout)["runs"]
        return runs[0]["run_id"] if runs else ""

    def check(self, page):
        env = self.environment()
        self.place = pathlib.Path(self.folder) / "page"
        self.place.mkdir()
        status, before = 0, ""
        for kind, what, rest in steps(page.read_text()):
            if kind == "file":
                (self.place / what).parent.mkdir(parents=True, exist_ok=True)
                (self.place / what).write_text(rest)
                continue
            asks = what.strip() == "echo $?"
            self.assertTrue(status == 0 or asks, f"{page.name}: `{before}` ended with {status}")
            status, before = self.run_one(page, what, rest, status, env), what
        self.assertEqual(status, 0, f"{page.name}: `{before}`")

    def run_one(self, page, command, expected, status, env):
        shown = RUN_ID.sub(lambda _: self.newest(env), command) if RUN_ID.search(command) else command
        done = subprocess.run(["bash", "-c", f"(exit {status}); {shown}"], env=env, cwd=self.place, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        lines = "".join(normal(line) + "\n" for line in done.stdout.splitlines())
        if not pattern_of(expected).search(lines):
            self.fail(f"{page.name}: `{command}` ended with {done.returncode}\n--- shown\n" + "\n".join(expected) +
                      f"\n--- happened\n{done.stdout}")
        return done.returncode


class Pages(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for page in [*pages(), ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs/decisions").glob("*.md"))]:
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")

    def test_guarantees_name_tests_that_are_there(self):
        text = (ROOT / "docs/guarantees.md").read_text()
        scenarios = {path.stem: path for path in (ROOT / "backend/tests/scenarios").rglob("*.scenario*")}
        for name in re.findall(r"`(f\d\d_\w+)`", text):
            self.assertIn(name, scenarios)
        for folder, name in re.findall(r"`([a-z]+)/([a-z_]+\*?)`", text):
            found = list((ROOT / "backend/tests/scenarios" / folder).glob(name + ".scenario"))
            self.assertTrue(found, f"{folder}/{name}")
        cases = {name for name in scenarios if re.match(r"f\d\d_", name)}
        self.assertEqual(sorted(name for name in cases if f"`{name}`" not in text), [], "not in guarantees.md")
        for name in re.findall(r"`(?:[\w/]+/)?(\w+\.(?:py|cpp))`", text):
            self.assertTrue(list((ROOT / "backend").rglob(name)), name)


def case_for(page):
    return lambda self: self.check(page)


for _page in pages():
    setattr(Docs, "test_" + re.sub(r"\W", "_", _page.stem.lower()), case_for(_page))
