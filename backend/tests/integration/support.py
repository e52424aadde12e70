"""The binary, the two servers and SQLite, for tests; through the vendors' own command line clients."""
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.parse

SLOW = bool(os.environ.get("MIQ_SLOW"))
_numbers = itertools.count(1)


class Database:
    """A database of its own on a server, or a SQLite file; dropped with the test."""

    def __init__(self, kind, folder):
        self.kind, self.name = kind, f"miqi_{os.getpid()}_{next(_numbers)}"
        server = os.environ.get({"postgres": "MIQ_TEST_POSTGRES", "mariadb": "MIQ_TEST_MARIADB"}.get(kind, ""), "")
        self.server = urllib.parse.urlsplit(server)
        self.path = str(pathlib.Path(folder) / f"{self.name}.db")
        if kind != "sqlite":
            self.admin(f"CREATE DATABASE {self.name}")

    @property
    def url(self):
        if self.kind == "sqlite":
            return f"sqlite://{self.path}"
        return self.server._replace(path=f"/{self.name}").geturl()

    def drop(self):
        if self.kind == "postgres":
            self.admin(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        elif self.kind == "mariadb":
            self.admin(f"DROP DATABASE IF EXISTS {self.name}")

    def admin(self, sql):
        self.client(sql, database="postgres" if self.kind == "postgres" else "")

    def client(self, sql, database=None):
        """Runs statements; returns the unaligned output."""
        database = self.name if database is None else database
        if self.kind == "sqlite":
            words, env = ["sqlite3", "-bail", self.path], {}
        elif self.kind == "postgres":
            words = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.server.hostname, "-p", str(self.server.port),
                     "-U", self.server.username, "-d", database]
            env = {"PGPASSWORD": self.server.password, "PGTZ": "UTC"}
        else:
            words = ["mariadb", "--no-defaults", "--batch", "--raw", "--skip-column-names", "-h", self.server.hostname,
                     "-P", str(self.server.port), "-u", self.server.username] + ([database] if database else [])
            env = {"MYSQL_PWD": self.server.password}
        done = subprocess.run(words, input=sql, env={**os.environ, **env}, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{self.kind}: {done.stderr[:2000]}")
        return done.stdout

    def rows(self, sql):
        separator = "\t" if self.kind == "mariadb" else "|"
        return [tuple(line.split(separator)) for line in self.client(sql).splitlines()]


class Case(unittest.TestCase):
    """A test with a folder, databases that are dropped, and the binary."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="miq-integration-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.state = f"{self.folder}/state"

    def database(self, kind):
        variable = {"postgres": "MIQ_TEST_POSTGRES", "mariadb": "MIQ_TEST_MARIADB"}.get(kind)
        if variable and not os.environ.get(variable):
            self.skipTest(f"{variable} is not set")
        made = Database(kind, self.folder)
        self.addCleanup(made.drop)
        return made

    def start(self, *words, source=None, target=None):
        """The binary in the background. URLs come by reference, so that no password is an argument."""
        env = {**os.environ, "XDG_STATE_HOME": self.state, "NO_COLOR": "1"}
        env.update({"SOURCE_URL": getattr(source, "url", source or ""), "TARGET_URL": getattr(target, "url", target or "")})
        out, err = open(f"{self.folder}/out", "wb"), open(f"{self.folder}/err", "wb")
        with out, err:
            return subprocess.Popen([os.environ["MIQ_BINARY"], *words], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                    env=env, cwd=self.folder)

    def said(self):
        return pathlib.Path(f"{self.folder}/out").read_text(), pathlib.Path(f"{self.folder}/err").read_text()

    def migrateiq(self, *words, expect=0, **ends):
        """To its end; the JSON document."""
        status = self.start(*words, "--json", **ends).wait(timeout=1800)
        out, err = self.said()
        self.assertEqual(status, expect, f"{words}\n{err[-3000:]}\n{out[-3000:]}")
        return json.loads(out)

    def copy(self, source, target, *options, expect=0):
        return self.migrateiq("copy", "${SOURCE_URL}", "${TARGET_URL}", *options, source=source, target=target, expect=expect)

    def plan(self, text):
        """A plan file over the two ends."""
        head = 'version: 1\nsource: {url: "${SOURCE_URL}"}\ntarget: {url: "${TARGET_URL}"}\n'
        pathlib.Path(f"{self.folder}/plan.yaml").write_text(head + text)

    def newest_run(self, **ends):
        runs = self.migrateiq("runs", **ends)["runs"]
        return runs[0]["run_id"] if runs else None

    def wait_for(self, condition, process, seconds=60):
        """True as soon as the condition holds; False when the process ended first."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return True
            if process.poll() is not None:
                return False
            time.sleep(0.005)
        self.fail("the condition did not come to hold")
