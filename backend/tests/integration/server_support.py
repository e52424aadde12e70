"""Servers of our own for tests: `migrateiq serve` in one or several processes, Redis, PostgreSQL. All die at will."""
import contextlib
import glob
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

import support

PASSWORD = "violet-Tram-47-otter"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)


def kill(process):
    """SIGKILL, also of one that was stopped, and its funeral."""
    if process.poll() is None:
        process.kill()
    return process.wait()


class Redis:
    """A Redis that forgets everything when it dies."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def start(self):
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        wait_until(self.answers, 10, "Redis answers")

    def answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        return False

    def kill(self):
        kill(self.process)


class Postgres:
    """A PostgreSQL that keeps what it promised: commits are durable, as long as the machine stands."""

    def __init__(self, folder):
        self.data, self.port = pathlib.Path(folder) / "postgres", free_port()
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))[-1]
        os.chmod(folder, 0o711)
        self.data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.data, "postgres")
        self.run("initdb", "-D", self.data, "-U", "miq", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def run(self, program, *words):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*user, f"{self.bin}/{program}", *words], check=True, cwd="/", stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.data / "log", "-s", "start", "-o", options)

    def pid(self):
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def stop(self, mode="immediate"):
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-s", "stop")

    def kill(self):
        """The postmaster dies; its children notice, and leave."""
        pid = self.pid()
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
        os.kill(pid, signal.SIGKILL)
        gone = lambda: not any(os.path.exists(f"/proc/{number}") for number in [str(pid), *children])
        wait_until(gone, 30, "PostgreSQL is gone")

    def url(self, database, user="miq"):
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def database(self, name):
        self.client(f"CREATE DATABASE {name}")
        return PostgresDatabase(self, name)

    def client(self, sql, database="postgres"):
        words = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port), "-U", "miq", "-d", database]
        done = subprocess.run(words, input=sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(done.stderr[:2000])
        return done.stdout


class PostgresDatabase:
    """A database of such a server, to ask like those of support.py."""

    def __init__(self, server, name):
        self.server, self.name, self.url = server, name, server.url(name)

    def rows(self, sql):
        return [tuple(line.split("|")) for line in self.server.client(sql, self.name).splitlines()]


class Server:
    """Processes of `migrateiq serve` with one configuration; secrets go by a file that only we can read."""

    def __init__(self, folder, settings, environment=None):
        self.folder, self.port = pathlib.Path(folder), free_port()
        self.environment = {**os.environ, **(environment or {})}
        self.processes, self.logs = {}, {}
        config = self.folder / "server.json"
        config.touch(mode=0o600)
        config.write_text(json.dumps({"server": {"port": self.port}, "state": {"folder": str(self.folder / "state")},
                                      "gateway": {"rate_per_address": 0, "rate_per_user": 0, "rate_per_tenant": 0}}
                                     | settings))
        self.config = config

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, name, role="all"):
        log = open(self.folder / f"{name}.log", "ab")
        with log:
            self.processes[name] = subprocess.Popen(
                [os.environ["MIQ_BINARY"], "serve", "--config", self.config, "--role", role], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, env=self.environment, cwd=self.folder)

    def said(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def set_up_link(self, name):
        found = lambda: [line.strip() for line in self.said(name).splitlines() if "#token=" in line]
        wait_until(lambda: found() or self.processes[name].poll() is not None, 30, "the server starts")
        if not found():
            raise AssertionError(self.said(name))
        return found()[-1]

    def stop(self):
        """By SIGTERM, as an operator would; the exit codes."""
        for process in self.processes.values():
            process.terminate()
        codes = {}
        for name, process in self.processes.items():
            try:
                codes[name] = process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                codes[name] = kill(process)
        return codes

    def kill(self):
        for process in self.processes.values():
            kill(process)


class Client:
    """One person at the API. With patience: what is away is asked again, as a client should."""

    def __init__(self, server, patience=60):
        self.port, self.patience, self.token = server.port, patience, None

    def plain(self, path):
        """What stands beside the API: /readyz."""
        return self.once("GET", path, base="")

    def once(self, method, path, body=None, headers=None, base="/api/v1"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            head = {"Content-Type": "application/json"} if body is not None else {}
            head |= {"Authorization": f"Bearer {self.token}"} if self.token else {}
            connection.request(method, f"{base}{path}", json.dumps(body) if body is not None else None, head | (headers or {}))
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def ask(self, method, path, body=None, expect=(200, 201, 202, 204), headers=None):
        """Asks again while nobody answers, or the answer is that something is away for the moment."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                status, answer = self.once(method, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                status, answer = 0, repr(error)
            if status in expect:
                return answer
            if status not in (0, 429, 502, 503, 504) or time.monotonic() > deadline:
                raise AssertionError(f"{method} {path}: {status} {answer}")
            time.sleep(0.2)

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body, key=None):
        return self.ask("POST", path, body, headers={"Idempotency-Key": key} if key else None)

    def sign_in(self, email="anna@example.com"):
        self.token = self.post("/auth/login", {"email": email, "password": PASSWORD})["access_token"]

    def set_up(self, link):
        token = urllib.parse.unquote(link.split("#token=")[1])
        self.post("/auth/setup", {"token": token, "email": "anna@example.com", "name": "Anna", "password": PASSWORD,
                                  "tenant_name": "Example"})
        self.sign_in()


class Case(support.Case):
    def setUp(self):
        super().setUp()
        for program in ("curl", "jq", "redis-server"):
            if not shutil.which(program):
                self.skipTest(f"{program} is not installed")

    def redis(self):
        redis = Redis(self.folder)
        self.addCleanup(redis.kill)
        return redis

    def server(self, settings):
        server = Server(self.folder, settings)
        self.addCleanup(server.kill)
        return server
