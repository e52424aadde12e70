"""clang-tidy over all sources, remembering what was clean; called by lint.py.

A file is clean until something it depends on differs: its text, the text of a header of ours that it includes, directly or
not, its flags, .clang-tidy or clang-tidy itself. What was clean is kept in build/tidy, one small file for each source.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import threading
import time

import changed

ROOT = changed.ROOT
BACKEND = ROOT / "backend"
SEEN = ROOT / "build/tidy"
PROGRAM = "clang-tidy-19"
MOST_NAMES = 30  # of files left out
# clang 19 sees std::expected of libstdc++ 12 only when it claims the older concepts.
ARGUMENTS = ["--extra-arg=-D__cpp_concepts=202002L", "--extra-arg=-Wno-builtin-macro-redefined",
             "--extra-arg=-Wno-unknown-warning-option", "--quiet"]
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
FLAGS = re.compile(r"(?<=\s)(?:-isystem |-I|-D|-std=)\S+")


def run(command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def database():
    """A configured build folder: only then can clang-tidy know the flags."""
    for preset in ("debug", "quick", "release"):
        if (ROOT / "build" / preset / "compile_commands.json").exists():
            return ROOT / "build" / preset
    subprocess.run(["cmake", "--preset", "debug"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return ROOT / "build/debug"


def flags_of(folder):
    """For each source what its compile command says that clang-tidy can see."""
    commands = json.loads((folder / "compile_commands.json").read_text())
    return {c["file"]: " ".join(FLAGS.findall(c["command"])) for c in commands}


@functools.cache
def text_of(path):
    return path.read_bytes()


@functools.cache
def includes_of(path):
    names = INCLUDE.findall(text_of(path).decode(errors="replace"))
    return [BACKEND / name for name in names if (BACKEND / name).exists()]


def closure(path):
    """The file and all of ours that it includes, directly or not."""
    found, open_ends = {path}, [path]
    while open_ends:
        new = set(includes_of(open_ends.pop())) - found
        found |= new
        open_ends += new
    return found


class Cache:
    """Which sources are known to be clean as they are."""

    def __init__(self, folder):
        self.flags = flags_of(folder)
        self.common = run([PROGRAM, "--version"]).stdout + (ROOT / ".clang-tidy").read_text() + " ".join(ARGUMENTS)

    def key(self, path):
        digest = hashlib.sha256(f"{self.common}\n{self.flags.get(str(path), '')}".encode())
        for part in sorted(closure(path)):
            digest.update(f"\n{part}\n".encode() + text_of(part))
        return digest.hexdigest()

    def entry(self, path):
        return SEEN / str(path.relative_to(ROOT)).replace("/", "-")

    def knows(self, path):
        entry = self.entry(path)
        return entry.exists() and entry.read_text() == self.key(path)

    def learn(self, path):
        SEEN.mkdir(parents=True, exist_ok=True)
        self.entry(path).write_text(self.key(path))


def sources():
    return sorted(BACKEND.rglob("*.cpp"))


def touched():
    """Sources that changed, and for each header that changed one that includes it: its own, if there is one."""
    names = changed.changed_files()
    chosen = [path for path in names if path.suffix == ".cpp"]
    for header in (path for path in names if path.suffix != ".cpp"):
        users = [path for path in sources() if header in closure(path)]
        users.sort(key=lambda path: (path.stem != header.stem, path.parent != header.parent))
        if users and not set(users[:1]) & set(chosen):
            chosen.append(users[0])
    return chosen


def look_at(folder, path):
    """What clang-tidy says of one source."""
    done = run([PROGRAM, "-p", str(folder), *ARGUMENTS, str(path)])
    lines = [line for line in done.stdout.splitlines() if "error:" in line or "warning:" in line]
    if done.returncode != 0 and not lines:
        lines = [f"{path}: {line}" for line in done.stderr.splitlines() if "error" in line][:3]
    return [line.replace(f"{ROOT}/", "") for line in lines]


class Outcome:
    """Which files were clean before, were looked at, were left out for time; complaints are printed as they come."""

    def __init__(self, known):
        self.known, self.looked_at, self.left_out, self.complaints = known, 0, [], set()
        self.lock = threading.Lock()

    def add(self, lines):
        with self.lock:
            self.looked_at += 1
            for line in lines:
                if line not in self.complaints:
                    print(line, flush=True)
            self.complaints.update(lines)

    def leave_out(self, path):
        with self.lock:
            self.left_out.append(str(path.relative_to(ROOT)))

    def report(self):
        head = f"tidy: {self.looked_at} files looked at, {self.known} known to be clean, {len(self.left_out)} left out for time"
        names = [f"  left out: {name}" for name in sorted(self.left_out)[:MOST_NAMES]]
        more = len(self.left_out) - len(names)
        return "\n".join([head, *names, *([f"  and {more} more"] if more else [])])


def check(everything, minutes):
    """Looks at what changed first; with `everything` then at the rest, until the time is over."""
    folder, deadline = database(), time.monotonic() + minutes * 60
    first = touched()
    wanted = first + [path for path in sources() if everything and path not in first]
    cache = Cache(folder)
    unknown = [path for path in wanted if not cache.knows(path)]
    outcome = Outcome(len(wanted) - len(unknown))

    def one(path):
        if time.monotonic() >= deadline:
            return outcome.leave_out(path)
        lines = look_at(folder, path)
        outcome.add(lines)
        if not lines:
            cache.learn(path)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, unknown))
    return outcome
