"""A server of its own for tests: started on a free port, asked over one connection a thread, stopped at the end."""
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time

PASSWORD = "blue-Harvest-99-lamp"
LIMITLESS = ["gateway.rate_per_address=0", "gateway.rate_per_user=0", "gateway.rate_per_tenant=0", "log.level=warning"]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.raw = status, headers, body

    @property
    def text(self):
        return self.raw.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.raw)

    @property
    def code(self):
        """MIQ-...; empty when it is no problem."""
        return self.json.get("code", "") if "problem+json" in self.headers.get("content-type", "") else ""


class Server:
    """`migrateiq serve` with its state in a folder; the settings come as "name=value"."""

    def __init__(self, folder, settings=(), binary=None, timeout=10, environment=None):
        self.folder, self.binary, self.timeout = pathlib.Path(folder), binary or os.environ["MIQ_BINARY"], timeout
        self.settings, self.environment = [*LIMITLESS, *settings], {**os.environ, **(environment or {})}
        self.process, self.port, self.token = None, 0, ""
        self.connections = threading.local()

    def start(self, seconds=60):
        """Until it listens; keeps the token of the one-time link."""
        words = [self.binary, "serve", "--state", str(self.folder / "state"), "--port", "0"]
        for setting in self.settings:
            words += ["--set", setting]
        with open(self.folder / "server.log", "ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                                            env=self.environment)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            said = self.log()[begin:]
            found = re.search(r"listening on http://[\d.]+:(\d+)", said)
            if found:
                self.port = int(found.group(1))
                time.sleep(0.05)
                token = re.search(r"setup#token=(\S+)", self.log()[begin:])
                self.token = token.group(1) if token else ""
                return self
            time.sleep(0.02)
        raise AssertionError(f"the server does not listen:\n{self.log()[-3000:]}")

    def log(self):
        path = self.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self, seconds=60):
        """Politely; its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.forget_connection()
        self.process, self.connections = None, threading.local()
        return status

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def memory(self):
        """Resident, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def connection(self):
        if getattr(self.connections, "open", None) is None:
            self.connections.open = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        return self.connections.open

    def forget_connection(self):
        if getattr(self.connections, "open", None) is not None:
            self.connections.open.close()
        self.connections.open = None

    def send(self, method, path, body=None, headers=None):
        """Raw bytes there, an Answer back; a connection that the server has closed meanwhile is opened again."""
        for attempt in (1, 2):
            connection = self.connection()
            try:
                connection.request(method, path, body=body, headers=headers or {})
                response = connection.getresponse()
                answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
                if response.will_close:
                    self.forget_connection()
                return answer
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.forget_connection()
                if attempt == 2 or not self.alive():
                    raise

    def ask(self, method, path, body=None, token=None, **headers):
        """JSON there; If-Match and the like as if_match="..."."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        data = None
        if isinstance(body, bytes):
            data = body
        elif body is not None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        return self.send(method, path, data, sent)

    def must(self, method, path, body=None, token=None, expect=(200, 201, 202, 204), **headers):
        """What has to succeed; its JSON."""
        answer = self.ask(method, path, body, token, **headers)
        if answer.status not in expect:
            raise AssertionError(f"{method} {path} {body}: {answer.status} {answer.text[:1000]}")
        return answer.json if answer.raw and "json" in answer.headers.get("content-type", "") else None

    def set_up(self, email="olga@first.example", name="Olga"):
        """The first owner; the access token."""
        body = {"token": self.token, "email": email, "name": name, "password": PASSWORD, "tenant_name": "First"}
        return self.must("POST", "/api/v1/auth/setup", body)["access_token"]

    def log_in(self, email):
        return self.must("POST", "/api/v1/auth/login", {"email": email, "password": PASSWORD})

    def accept(self, link, name):
        """Makes the account of an invitation's link."""
        body = {"token": link.rsplit("token=", 1)[1], "name": name, "password": PASSWORD}
        self.must("POST", "/api/v1/auth/invitations/accept", body)
