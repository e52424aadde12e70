"""A PostgreSQL and a MigrateIQ of the benchmark's own: on loopback, on free ports, in a folder that goes when it ends."""

import glob
import http.client
import json
import os
import pathlib
import re
import resource
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile

PROGRAM = pathlib.Path(os.environ.get("MIQ_BINARY", "build/migrateiq")).resolve()
EMAIL, PASSWORD = "anna@example.com", "violet-Tram-47-otter"
TRUST_ANYBODY = ssl._create_unverified_context()  # the certificate is made here, for this run


def raise_file_limit(wanted=32768):
    """As many open files as thousands of connections need; the programs started from here inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_postgres(*command):
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


class Postgres:
    """With durability on. The server's role is a plain one, so that row-level security binds it."""

    def __init__(self, folder):
        self.folder, self.port, self.password = folder / "postgres", free_port(), secrets.token_hex(16)
        self.environment = {**os.environ, "PGPASSWORD": self.password}
        self.programs = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self._make()
        as_postgres(self.programs / "pg_ctl", "-D", self.folder, "-w", "-s", "-l", self.folder / "log", "start", "-o",
                    f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}")
        self.sql("postgres", f"CREATE ROLE migrateiq LOGIN PASSWORD '{self.password}'")

    def _make(self):
        self.folder.mkdir(mode=0o700)
        secret = self.folder.parent / "password"
        secret.touch(0o600)
        secret.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            shutil.chown(secret, "postgres")
        as_postgres(self.programs / "initdb", "-D", self.folder, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}",
                    "--encoding=UTF8", "--locale=C.UTF-8")
        secret.unlink()

    def new_database(self, name):
        self.sql("postgres", f"CREATE DATABASE {name} OWNER migrateiq")
        return f"postgresql://migrateiq:{self.password}@127.0.0.1:{self.port}/{name}"

    def login(self, user):
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", user]

    def sql(self, database, text):
        answer = subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", *self.login("postgres"), database], input=text,
                                text=True, check=True, stdout=subprocess.PIPE, env=self.environment)
        return answer.stdout.strip()

    def stop(self):
        as_postgres(self.programs / "pg_ctl", "-D", self.folder, "-m", "immediate", "-s", "stop")


class Server:
    """`migrateiq serve` with these settings ("section.name": value) and an owner, who is signed in."""

    def __init__(self, folder, settings):
        (folder / "state").mkdir(parents=True)
        self.environment = {**os.environ, **{"MIGRATEIQ_" + name.upper().replace(".", "_"): str(value) for name, value in settings.items()}}
        self.state = ["--state", folder / "state"]
        subprocess.run([PROGRAM, "admin", "create-owner", "--email", EMAIL, "--name", "Anna", "--tenant", "Example", "--quiet", *self.state],
                       input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL, env=self.environment)
        self.scheme = "https" if "tls.certificate" in settings else "http"
        self.log = folder / "server.log"
        self._start()
        self.sign_in()

    def _start(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([PROGRAM, "serve", "--port", "0", *self.state], env=self.environment, stdout=log, stderr=log)
        with open(self.log, encoding="utf-8") as log:
            text = ""
            while not (found := re.search(r"listening on \w+://[0-9.]+:(\d+)\n", text)):
                if self.process.poll() is not None:
                    raise RuntimeError(f"the server did not start:\n{text}")
                text += log.readline()
        self.port = int(found[1])

    def sign_in(self):
        self.token = None
        self.token = self.call("POST", "auth/login", {"email": EMAIL, "password": PASSWORD})["access_token"]

    def url(self, path):
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def connect(self):
        if self.scheme == "https":
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=TRUST_ANYBODY)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method, path, body=None, headers=None):
        """An answer of the API; an error is an exception."""
        connection = self.connect()
        head = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.token}"} if self.token else {}), **(headers or {})}
        connection.request(method, "/api/v1/" + path, None if body is None else json.dumps(body), head)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text.decode()[:500]}")
        return json.loads(text) if text else None

    def memory_mib(self):
        """Resident memory, the program's own pages included."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) / 1024

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


class Place:
    """Everything that a case starts, stopped and removed at the end."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="miq-bench-server."))
        self.folder.chmod(0o755)
        self._running, self._postgres = [], None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for one in reversed(self._running):
            one.stop()
        shutil.rmtree(self.folder)

    def postgres(self):
        if self._postgres is None:
            self._postgres = Postgres(self.folder)
            self._running.append(self._postgres)
        return self._postgres

    def server(self, name, **settings):
        """Settings with `__` for the dot: server(..., gateway__rate_per_user=0)."""
        server = Server(self.folder / name, {key.replace("__", "."): value for key, value in settings.items()})
        self._running.append(server)
        return server

    def certificate(self):
        files = {"tls__certificate": self.folder / "certificate.pem", "tls__key": self.folder / "key.pem"}
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                        "-subj", "/CN=localhost", "-out", files["tls__certificate"], "-keyout", files["tls__key"]],
                       check=True, stderr=subprocess.DEVNULL)
        return files
