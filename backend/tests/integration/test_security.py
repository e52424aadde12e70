"""What docs/security.md promises, tried from outside on a running server; and that each test it names is there."""
import base64
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import struct
import tempfile
import threading
import time
import unittest

import api_server

ROOT = pathlib.Path(__file__).resolve().parents[3]
OWNER = "olga@first.example"


class WebSocket:
    """As little of RFC 6455 as reading texts needs; `answer` is the status of the upgrade."""

    def __init__(self, port, query, **headers):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        lines = [f"GET /api/v1/ws?{query} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: Upgrade", "Upgrade: websocket",
                 "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode()]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.socket.recv(1) or b"\r\n\r\n"
        self.answer = int(head.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def exactly(self, count):
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data

    def next(self):
        """The next text; EOFError when the server has said goodbye."""
        while True:
            first, length = self.exactly(2)
            if length == 126:
                length = struct.unpack(">H", self.exactly(2))[0]
            data = self.exactly(length)
            if first & 15 == 8:
                raise EOFError
            if first & 15 == 1:
                return data.decode()

    def send(self, text):
        mask, data = os.urandom(4), text.encode()
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        self.socket.sendall(bytes([0x81, 0x80 | len(data)]) + mask + masked)

    def until(self, text):
        """The first message that contains the text."""
        while True:
            message = self.next()
            if text in message:
                return message


class Receiver(http.server.BaseHTTPRequestHandler):
    """A webhook that sends its caller elsewhere."""

    def do_POST(self):
        self.server.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/inside")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        pass


class Case(unittest.TestCase):
    settings, local = (), True

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="miq-security-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.server = api_server.Server(cls.folder, cls.settings).start()
        cls.addClassCleanup(lambda: cls.server.stop())
        cls.before_setup()
        cls.token = cls.server.set_up(OWNER)

    @classmethod
    def before_setup(cls):
        pass

    def invite(self, email, roles):
        made = self.server.must("POST", "/api/v1/invitations", {"email": email, "roles": roles}, self.token)
        self.server.accept(made["link"], email)
        return self.server.log_in(email)["access_token"]

    def refused(self, status, method, path, body=None, token=None, **headers):
        answer = self.server.ask(method, path, body, token, **headers)
        self.assertEqual(answer.status, status, answer.text[:500])
        return answer


class FirstStart(Case):
    @classmethod
    def before_setup(cls):
        """What a stranger finds who comes before the owner."""
        cls.found = [cls.server.ask("POST", "/api/v1/auth/login", {"email": email, "password": password}).status
                     for email, password in (("admin@localhost", "admin"), ("admin@example.com", "password"), ("root@localhost", "migrateiq"))]
        body = {"token": "x" * 43, "email": "a@b.example", "name": "A", "password": api_server.PASSWORD}
        cls.found.append(cls.server.ask("POST", "/api/v1/auth/setup", body).status)

    def test_nobody_can_sign_in_before_the_one_time_link_is_used(self):
        self.assertEqual(self.found, [401] * 4)

    def test_the_link_works_once(self):
        body = {"token": self.server.token, "email": "a@b.example", "name": "A", "password": api_server.PASSWORD}
        self.refused(401, "POST", "/api/v1/auth/setup", body)

    def test_weak_passwords_are_refused_by_the_api(self):
        made = self.server.must("POST", "/api/v1/invitations", {"email": "w@x.example", "roles": ["viewer"]}, self.token)
        token = made["link"].rsplit("token=", 1)[1]
        for weak in ("short", "password1234", "Password12345!", "aaaaaaaaaaaaaa", "qwertyuiop123"):
            self.refused(422, "POST", "/api/v1/auth/invitations/accept", {"token": token, "name": "W", "password": weak})


class Answers(Case):
    settings = ("gateway.cors_origins=https://app.example",)

    def test_every_answer_has_the_headers_of_a_careful_server(self):
        for path in ("/healthz", "/api/v1/me", "/api/v1/nothing", "/api/v1/docs", "/nothing"):
            headers = self.server.ask("GET", path, token=self.token if path.endswith("me") else None).headers
            with self.subTest(path=path):
                self.assertEqual(headers["x-content-type-options"], "nosniff")
                self.assertIn("frame-ancestors 'none'", headers["content-security-policy"])
                self.assertNotIn("unsafe", headers["content-security-policy"])
                self.assertIn("referrer-policy", headers)
                self.assertNotIn("server", headers)
        self.assertIn("no-store", self.server.ask("GET", "/api/v1/me", token=self.token).headers["cache-control"])

    def test_only_the_origins_of_the_settings_may_read_answers(self):
        for origin in ("https://evil.example", "null", "https://app.example.evil.example", "http://app.example", "https://app.example:444"):
            answer = self.server.ask("GET", "/healthz", Origin=origin)
            self.assertNotIn("access-control-allow-origin", answer.headers, origin)
        answer = self.server.ask("GET", "/healthz", Origin="https://app.example")
        self.assertEqual(answer.headers["access-control-allow-origin"], "https://app.example")

    def test_addresses_that_strangers_claim_are_not_believed(self):
        self.refused(401, "POST", "/api/v1/auth/login", {"email": "liar@x.example", "password": "x"}, X_Forwarded_For="203.0.113.77",
                     Forwarded="for=203.0.113.77", X_Real_IP="203.0.113.77")
        entries = self.server.ask("GET", "/api/v1/audit?limit=200", token=self.token)
        self.assertNotIn("203.0.113.77", entries.text)
        self.assertIn("127.0.0.1", entries.text)

    def test_what_is_logged_stays_on_its_line(self):
        self.refused(400, "GET", "/healthz", User_Agent="a\x1b[31mb")
        self.server.ask("GET", "/api/v1/%0a%0dforged%20line%1b", token=self.token)
        self.assertNotRegex(self.server.log(), "\x1b|\nforged")

    def test_refused_and_failed_attempts_are_in_the_audit_log(self):
        viewer = self.invite("vera@first.example", ["viewer"])
        self.refused(403, "GET", "/api/v1/audit", token=viewer)
        self.refused(401, "POST", "/api/v1/auth/login", {"email": "vera@first.example", "password": "wrong-Harvest-1"})
        entries = self.server.must("GET", "/api/v1/audit?limit=200", token=self.token)["items"]
        found = {(entry["action"], entry["outcome"]) for entry in entries}
        self.assertIn(("access.denied", "denied"), found)
        self.assertTrue(any("login" in action and outcome != "ok" for action, outcome in found), found)


class Reaching(Case):
    def test_connections_reach_nothing_that_is_never_public(self):
        for host in ("169.254.169.254", "[fe80::1]", "0.0.0.0", "[::]", "0xa9fea9fe", "2852039166", "[::ffff:169.254.169.254]"):
            body = {"name": "c", "url": f"postgresql://u:p@{host}/d"}
            answer = self.server.ask("POST", "/api/v1/connections", body, self.token)
            self.assertIn(answer.status, (409, 422), f"{host} {answer.text[:300]}")

    def test_redirects_of_webhooks_are_not_followed(self):
        receiver = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        receiver.asked = []
        threading.Thread(target=receiver.serve_forever, daemon=True).start()
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        body = {"kind": "webhook", "name": "hook", "target": f"http://127.0.0.1:{receiver.server_port}/hook"}
        made = self.server.must("POST", "/api/v1/notification-channels", body, self.token)
        channel = made.get("channel", made)["channel_id"]
        self.server.must("POST", f"/api/v1/notification-channels/{channel}/test", token=self.token)
        deadline = time.monotonic() + 15
        while not receiver.asked and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        self.assertEqual(set(receiver.asked), {"/hook"})

    def test_nothing_starts_another_program(self):
        for path in (ROOT / "backend").rglob("*.[ch]pp"):
            if "tests" not in path.parts and not re.search(r"_(db)?test\.cpp$|_test_support\.hpp$|_fuzz\.cpp$", path.name):
                found = re.search(r"\b(?:system|popen|exec[lv]p?e?|posix_spawnp?|v?fork)\(", path.read_text())
                self.assertIsNone(found, f"{path}: {found and found.group(0)}")


class Secrets(Case):
    def test_nothing_secret_lies_in_the_state_folder(self):
        """Neither in the store nor in its log of changes, nor in what the server printed."""
        connection = {"name": "c", "url": "postgresql://u:Zecret.of.connection@127.0.0.1:9/d"}
        self.server.must("POST", "/api/v1/connections", connection, self.token)
        key = self.server.must("POST", "/api/v1/api-keys", {"name": "k", "permissions": ["projects.read"]}, self.token)["key"]
        hook = {"kind": "webhook", "name": "h", "target": "http://127.0.0.1:9/hook"}
        made = self.server.must("POST", "/api/v1/notification-channels", hook, self.token)
        totp = self.server.must("POST", "/api/v1/auth/totp", token=self.token)["secret"]
        tokens = self.server.log_in(OWNER)
        ticket = self.server.must("POST", "/api/v1/auth/ws-ticket", token=self.token)["ticket"]
        secrets = {"connection": "Zecret.of.connection", "key": key.split("_", 2)[2], "totp": totp, "access token": tokens["access_token"],
                   "refresh token": tokens["refresh_token"], "ticket": ticket, "password": api_server.PASSWORD, "hook": made.get("secret")}
        files = [path for path in pathlib.Path(self.folder).rglob("*") if path.is_file()]
        self.assertGreater(len(files), 2)
        for path in files:
            content = path.read_bytes()
            for name, secret in secrets.items():
                if secret:
                    self.assertNotIn(secret.encode(), content, f"{name} lies in {path.name}")

    def test_the_audit_log_of_the_store_cannot_be_changed(self):
        with sqlite3.connect(pathlib.Path(self.folder) / "state/state.db", timeout=10) as database:
            for statement in ("UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"):
                with self.assertRaises(sqlite3.Error):
                    database.execute(statement)
        self.assertTrue(self.server.must("GET", "/api/v1/audit/verify", token=self.token)["unbroken"])


class WebSockets(Case):
    def ticket(self, token=None):
        return self.server.must("POST", "/api/v1/auth/ws-ticket", token=token or self.token)["ticket"]

    def test_pages_of_other_sites_open_nothing(self):
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{self.server.port + 1}", f"https://127.0.0.1:{self.server.port}"):
            with WebSocket(self.server.port, f"ticket={self.ticket()}", Origin=origin) as wire:
                self.assertEqual(wire.answer, 403, origin)
        with WebSocket(self.server.port, f"ticket={self.ticket()}", Origin=f"http://127.0.0.1:{self.server.port}") as wire:
            self.assertEqual(wire.answer, 101)

    def test_a_ticket_opens_once_and_a_token_in_the_address_never(self):
        ticket = self.ticket()
        for query, expected in ((f"ticket={ticket}", 101), (f"ticket={ticket}", 401), ("", 401), ("ticket=" + "x" * 43, 401),
                                (f"access_token={self.token}", 401), (f"token={self.token}", 401)):
            with WebSocket(self.server.port, query) as wire:
                self.assertEqual(wire.answer, expected, query[:20])

    def test_foreign_topics_are_refused(self):
        with WebSocket(self.server.port, f"ticket={self.ticket()}") as wire:
            for topic in ("tenant:other", "user:other", "run:other", "project:other", "*", ""):
                wire.send(json.dumps({"do": "subscribe", "topic": topic}))
                self.assertIn("MIQ-", wire.until("MIQ-"), topic)

    def test_disabling_somebody_ends_their_websocket(self):
        token = self.invite("leaver@first.example", ["viewer"])
        user = self.server.must("GET", "/api/v1/me", token=token)["user_id"]
        with WebSocket(self.server.port, f"ticket={self.ticket(token)}&topic=user:{user}") as wire:
            self.assertEqual(wire.answer, 101)
            self.server.must("POST", f"/api/v1/users/{user}/disable", token=self.token)
            wire.socket.settimeout(8)
            with self.assertRaises(EOFError):
                while True:
                    wire.next()


class BeyondLoopback(Case):
    """Listening for others, behind a proxy."""
    settings = ("server.listen=0.0.0.0", "server.trusted_proxies=127.0.0.9/32")

    def test_administrators_need_a_second_factor_and_keys_are_no_way_around(self):
        answer = self.refused(403, "GET", "/api/v1/users", token=self.token)
        self.assertEqual(answer.code, "MIQ-AUTH-005", answer.text)
        self.refused(403, "POST", "/api/v1/api-keys", {"name": "k", "permissions": []}, self.token)
        self.server.must("POST", "/api/v1/auth/totp", token=self.token)

    def test_the_web_app_signs_in_over_https_only(self):
        body = {"email": OWNER, "password": api_server.PASSWORD}
        answer = self.server.ask("POST", "/api/v1/auth/login", body, X_Client="web")
        cookie = answer.headers.get("set-cookie", "")
        self.assertTrue("__Host-" in cookie or "__Host-" not in cookie and "HttpOnly" in cookie, cookie)


class Promises(unittest.TestCase):
    """docs/security.md."""

    CONTROLS = [*range(1, 11), *range(14, 24), *range(27, 34), 35, 38, 39, 40]

    def named(self):
        """(file or "", test) of everything that the page names."""
        text = (ROOT / "docs/security.md").read_text()
        return re.findall(r"`(?:([\w/.]+): )?([A-Z]\w*\.(?:\w+|\*)|[a-z]\w+\.scenario)`", text)

    def existing(self):
        """Name of a test -> the files where it stands."""
        found = {}
        for path in (ROOT / "backend").rglob("*test*.[ch]pp"):
            for suite, name in re.findall(r"\bTEST(?:_F|_P)?\((\w+), (\w+)\)", path.read_text()):
                found.setdefault(f"{suite}.{name}", set()).add(path.name)
        for path in (ROOT / "backend/tests/integration").glob("test_*.py"):
            suite = ""
            for kind, name in re.findall(r"^(class|    def) (\w+)", path.read_text(), re.MULTILINE):
                suite = name if kind == "class" else suite
                found.setdefault(f"{suite}.{name}", set()).add(path.name)
        for path in (ROOT / "backend/tests/scenarios").rglob("*.scenario"):
            found.setdefault(path.name, set()).add(path.name)
        return found

    def test_every_test_that_the_page_names_is_there(self):
        existing, named = self.existing(), self.named()
        self.assertGreater(len(named), 100)
        for file, test in named:
            with self.subTest(test=test):
                self.check_named(file, test, existing)

    def check_named(self, file, test, existing):
        names = [name for name in existing if name.startswith(test[:-1])] if test.endswith("*") else [test]
        self.assertTrue(any(name in existing for name in names), f"{test} is nowhere")
        places = set().union(*(existing.get(name, ()) for name in names))
        self.assertTrue(file in ("", "scenarios") or file in places, f"{test} is in {places}")

    def test_every_control_has_its_negative_test(self):
        lines = (ROOT / "docs/security.md").read_text().splitlines()
        rows = {int(m.group(1)): line for line in lines if (m := re.match(r"\| (\d+) \|", line))}
        self.assertEqual(sorted(rows), self.CONTROLS)
        for number, line in rows.items():
            self.assertRegex(line.rsplit("|", 2)[1], r"`[\w/.]+: \w+", f"control {number} names no test with its file")


if __name__ == "__main__":
    unittest.main()
