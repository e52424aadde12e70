"""Wrong requests to every operation of the server's own document. Whatever comes: an answer below 500 within 5 seconds, that
is JSON where it says so, tells nothing of the inside, and the server lives on in the memory it had.

MIQ_SEED repeats a round; MIQ_FUZZ_REQUESTS and MIQ_FUZZ_SECONDS make it longer. With MIQ_SANITIZED_BINARY that binary is tried.
"""
import gzip
import http.client
import os
import random
import re
import socket
import time
import unittest

import api_document
import api_faults
import api_objects
import api_server
import support

REQUESTS = int(os.environ.get("MIQ_FUZZ_REQUESTS", "60000" if support.SLOW else "6000"))
SECONDS = float(os.environ.get("MIQ_FUZZ_SECONDS", "600" if support.SLOW else "35"))
PATIENCE = 5
# These may end the session of who asks, or lock them out: they are asked with sessions of their own.
APART = {"logOut": 0, "endSession": 0, "changePassword": 1, "stepUp": 1, "removeTotp": 1, "enrolTotp": 1}
INSIDE = re.compile(r"SQLITE|sqlite3_|SELECT |INSERT INTO|std::|boost|terminate called|/backend/|\.cpp|0x[0-9a-f]{8}|AddressSanitizer|PGRES")
SANITIZER = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|terminate called|Assertion")


class Wire:
    """Sends bytes, reads answers; opens the connection again when the server has closed it."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def open(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def exchange(self, data, method="GET"):
        """(status, headers, body); nothing when the server closed the connection without an answer."""
        for fresh in (False, True):
            if self.socket is None or fresh:
                self.close()
                self.open()
                fresh = True
            try:
                self.socket.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it may have answered and closed before it read everything
            try:
                response = http.client.HTTPResponse(self.socket, method=method)
                response.begin()
                body = response.read()
                if response.will_close:
                    self.close()
                return response.status, {k.lower(): v for k, v in response.getheaders()}, body
            except (http.client.BadStatusLine, ConnectionResetError):
                self.close()
                if fresh:
                    return None
        return None


class Fuzz(unittest.TestCase):
    def serve(self, environment=None):
        """A server with one tenant to play in, and what it was given."""
        folder = support.tempfile.mkdtemp(prefix="miq-fuzz-")
        self.addCleanup(support.shutil.rmtree, folder, ignore_errors=True)
        local = os.path.join(folder, "local")
        os.mkdir(local)
        binary = os.environ.get("MIQ_SANITIZED_BINARY") or os.environ["MIQ_BINARY"]
        settings = [f"connections.local_folders=default={local}", "auth.require_totp=none", "gateway.cors_origins=https://app.example"]
        self.server = api_server.Server(folder, settings, binary, timeout=60, environment=environment)
        self.server.start()
        self.addCleanup(self.server.stop)
        self.token = self.server.set_up()
        self.tenant = api_objects.Tenant(self.server, "fuzz", self.token, None)
        self.document = api_document.Document(self.server.must("GET", "/api/v1/openapi.json"))
        made = self.tenant.post("POST", "tenants", {"name": "Other", "slug": "other", "plan": "free", "owner_email": "a@other.example"})
        self.tenant.made["tenant_id"] = made["tenant"]["tenant_id"]  # not the one that plays
        self.tenant.made["session_id"] = "no-session"
        self.tenant.invite("apart@x.example", ["viewer"])
        self.apart = [self.server.log_in("apart@x.example")["access_token"] for _ in range(2)]

    def play(self, requests, seconds):
        seed = int(os.environ.get("MIQ_SEED", "0")) or random.randrange(1, 2**32)
        chance = random.Random(seed)
        generator, wire = api_faults.Generator(chance, self.tenant), Wire(self.server.port)
        operations = [o for o in self.document.operations]
        for operation in operations:
            generator.sound(operation)  # makes the objects, before the memory is measured
        before, begin, count, statuses, faults = self.server.memory(), time.monotonic(), 0, {}, []
        while count < requests and time.monotonic() - begin < seconds and len(faults) < 20:
            operation = operations[count % len(operations)]
            request = generator.one(operation)
            fault, status = self.check(wire, request)
            statuses[status] = statuses.get(status, 0) + 1
            count += 1
            if fault:
                faults.append(f"{fault}\n    {request}")
            if not self.server.alive():
                faults.append(f"the server died\n    {request}")
                break
        wire.close()
        said = f"{count} requests to {len(operations)} operations, seed {seed}, {time.monotonic() - begin:.0f} s, answers {statuses}"
        print(f"          {said}")
        self.assertEqual(faults, [], f"{said}\n" + "\n".join(faults) + f"\n{self.server.log()[-3000:]}")
        self.assertGreater(count, len(operations), said)
        return before

    def check(self, wire, request):
        """(what is wrong, status)."""
        name = request.operation.name
        token = self.apart[APART[name]] if name in APART else self.token
        token = None if request.operation.access == "public" else token
        begin = time.monotonic()
        try:
            answer = wire.exchange(request.wire(token), request.operation.method)
        except TimeoutError:
            wire.close()
            return "no answer within 5 s", "none"
        except OSError as error:
            wire.close()
            return f"cannot be asked: {error}", "none"
        took = time.monotonic() - begin
        if answer is None:
            return "the connection was closed without an answer", "none"
        status, headers, body = answer
        if status >= 500:
            return f"{status} {body[:500]!r}", status
        if took > PATIENCE:
            return f"took {took:.1f} s", status
        return self.check_answer(status, headers, body), status

    def check_answer(self, status, headers, body):
        if headers.get("content-encoding") == "gzip" and body:  # some of the odd Accept-Encoding ask for it
            body = gzip.decompress(body)
        kind, text = headers.get("content-type", ""), body.decode("utf-8", "replace")
        if status >= 400 and "problem+json" not in kind:
            return f"{status} without a problem: {kind} {text[:200]}"
        if "json" in kind and body:
            try:
                api_server.json.loads(body.decode("utf-8"))
            except ValueError as error:
                return f"{status} with what is no JSON: {error}: {text[:300]}" if "x-ndjson" not in kind else ""
        found = INSIDE.search(text) if status >= 400 else None
        return f"{status} tells of the inside: {found.group(0)} in {text[:500]}" if found else ""

    def finish(self, before):
        """The server is as it was, and goes when it is told."""
        self.assertEqual(self.server.must("GET", "/healthz"), {"alive": True})
        grown = self.server.memory() - before
        self.assertLess(grown, 700 if os.environ.get("MIQ_SANITIZED_BINARY") else 250, "MB more than at the beginning")
        proof = self.tenant.post("GET", "audit/verify")
        self.assertTrue(proof["unbroken"], proof)
        self.assertEqual(self.server.stop(), 0, self.server.log()[-3000:])
        self.assertIsNone(SANITIZER.search(self.server.log()), self.server.log()[-5000:])

    def test_every_operation_stands_wrong_requests(self):
        self.serve()
        before = self.play(REQUESTS, SECONDS)
        self.broken_connections()
        self.finish(before)

    def test_postgresql_too(self):
        """Its texts have no NUL and are always UTF-8, its numbers end at 64 bits."""
        if not os.environ.get("MIQ_TEST_POSTGRES"):
            self.skipTest("MIQ_TEST_POSTGRES is not set")
        folder = support.tempfile.mkdtemp(prefix="miq-fuzz-db-")
        self.addCleanup(support.shutil.rmtree, folder, ignore_errors=True)
        database = support.Database("postgres", folder)
        self.addCleanup(database.drop)
        self.serve({"MIGRATEIQ_STORE_URL": database.url})
        self.finish(self.play(REQUESTS // 3, SECONDS / 3))

    def broken_connections(self):
        """Requests that end too early, or never; the server answers or closes, and others are served meanwhile."""
        head = "POST /api/v1/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + self.token + "\r\n"
        broken = [b"", b"\x00", b"GET", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 1000, b"\x16\x03\x01\x02\x00\x01", b"A" * 70000,
                  b"GET " + b"/" * 20000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 3000 + b"\r\n",
                  b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                  (head + "Content-Length: 100\r\n\r\n{").encode(), (head + "Content-Length: -1\r\n\r\n{}").encode(),
                  (head + "Content-Length: 99999999999999999999\r\n\r\n{}").encode(),
                  (head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}").encode(),
                  (head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").encode(),
                  (head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n").encode(),
                  (head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{").encode(), (head + "Transfer-Encoding: xchunked\r\n\r\n").encode(),
                  (head + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n").encode()]
        for data in broken:
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=PATIENCE) as wire:
                begin = time.monotonic()
                try:
                    wire.sendall(data)
                    wire.shutdown(socket.SHUT_WR)
                    answer = b"".join(iter(lambda: wire.recv(65536), b""))
                except (ConnectionResetError, BrokenPipeError):
                    answer = b""
                except TimeoutError:
                    self.fail(f"neither an answer nor the end within {PATIENCE} s: {data[-200:]!r}")
                self.assertLess(time.monotonic() - begin, PATIENCE)
                self.assertNotRegex(answer[:12], rb"HTTP/1.1 50[^15]", f"{data[-200:]!r}")
        self.assertEqual(self.server.must("GET", "/healthz"), {"alive": True})


if __name__ == "__main__":
    unittest.main()
