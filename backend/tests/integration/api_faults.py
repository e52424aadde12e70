"""Requests that are wrong in every way one can think of, made from what an operation says about itself; all from one seed."""
import base64
import json
import urllib.parse

import api_objects

NUMBERS = [0, -1, 1, 255, 2**31, -2**31 - 1, 2**53 + 1, 2**63 - 1, 2**63, -2**63 - 1, 2**64, 10**30, 1.5, -0.0, 1e-308, 1.7e308]
TEXTS = ["", " ", "x", "null", "true", "-1", "../../../../etc/passwd", "' OR '1'='1' --", "\"; DROP TABLE run; --", "%s%n%x%p",
         "${HOME}", "{{source}}", "$(id)", "`id`", "=HYPERLINK(1)", "\r\nX-Injected: 1", "\t", "a\u0000b", "\u0001\u001f\u007f",
         "\u200b\u202e\u2066", "e\u0301" * 40, "\U0001f9d1\u200d\U0001f680" * 20, "\uffff\ufffe", "\ufeffx", "İıſK", "ﷺ" * 100,
         "<script>alert(1)</script>", "*", "?", "a" * 63, "a" * 65, "a" * 201, "a" * 5000, "é" * 50000, "2026-02-30T25:61:61Z",
         "9999-12-31T23:59:59.999999999Z", "0000-00-00T00:00:00Z", "-292277022399-01-01T00:00:00Z", "* * * * * *",
         "61 25 32 13 8", "*/0 * * * *", "0-59/70 * * * *", "Europe/Nowhere", "../../etc/localtime", "a@b", "@", "a@b@c.example",
         "postgresql://u:p@169.254.169.254/x", "postgresql://[::1", "mysql://%00@/", "sqlite:folder:../../x", "csv:upload:..",
         "http://localhost:0/", "javascript:alert(1)", "fake:", "assert:?x=1", "file:///etc/passwd", "x://" + "y" * 3000]
KEYS = ["", "__proto__", "constructor", "a/b~c", "\u0000", "é", "k" * 10000]
IDS = ["0", "-1", "null", "undefined", "*", "'", "\"", "%", ".", "..", "...", "~", "a" * 3000, "é", "\U0001f680", "\u0000", "a\nb",
       "a/b", "a\\b", "\u202e", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-7fff-ffff-ffffffffffff",
       "9223372036854775808", "1e3", " ", "$1", "{plan_id}", "SYSTEM", "default"]
RAW_IDS = ["%", "%2", "%zz", "%00", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e", "%2f%2f", "%252e", "+", ";a=b", "a?", "%e2%80%ae"]
TAGS = ["", "*", "\"v0\"", "\"v-1\"", "\"v99999999999999999999\"", "W/\"v1\"", "v1", "\"v1\", \"v2\"", "\"", "x" * 4000, ",,,", "é"]
CURSORS = ["", "x", "=", "====", "A" * 5000, "é", "%00", "null", "-1", "MQ", "eyJhIjoxfQ", "_-_-", "\u0000"]
LIMITS = ["0", "-1", "201", "1e2", "1.0", "9223372036854775808", "", "x", "0x10", " 1", "1 ", "+1", "٣"]
TYPES = ["", "text/plain", "application/xml", "application/json; charset=utf-16", "application/json;", "multipart/form-data", "x" * 3000,
         "application/x-www-form-urlencoded", "application/problem+json", "APPLICATION/JSON", "application/jsonx", "/"]


class Request:
    """One request, as it goes over the wire."""

    def __init__(self, operation, path, headers, body, fault):
        self.operation, self.path, self.headers, self.body, self.fault = operation, path, headers, body, fault

    def wire(self, token):
        """Header values that are no ASCII go as UTF-8."""
        lines = [f"{self.operation.method} {self.path} HTTP/1.1", "Host: localhost"]
        headers = dict(self.headers)
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        if self.body is not None:
            headers.setdefault("Content-Length", str(len(self.body)))
        elif self.operation.method in ("POST", "PUT", "PATCH"):
            headers.setdefault("Content-Length", "0")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + (self.body or b"")

    def __str__(self):
        body = "" if self.body is None else f" body({len(self.body)})={self.body[:300]!r}"
        return f"{self.fault}: {self.operation.method} {self.path[:300]} {dict(list(self.headers.items())[:6])!s:.400}{body}"


def nested(depth, inner=1):
    for _ in range(depth):
        inner = [inner]
    return inner


class Generator:
    """Endless faults for an operation; `random` decides, `tenant` has real objects."""

    def __init__(self, random, tenant):
        self.random, self.tenant = random, tenant

    def sound(self, operation):
        """What would be right: path, headers, body as a value."""
        values = {name: self.tenant.get("quarantine_run_id" if name == "run_id" else name) for name in operation.path_names}
        path = api_objects.path_of(operation, values) + self.tenant.query(operation)
        body = b"id,v\n1,2\n3,4\n" if operation.raw_body else self.body(operation)
        return path, api_objects.headers_of(operation), body

    def body(self, operation):
        """Minimal, or with all members."""
        if operation.body_schema is None:
            return None
        known = self.tenant.body(operation)
        if self.random.random() < 0.5 and isinstance(known, dict):
            return {**operation.document.example(operation.body_schema, optional=True), **known}
        return known

    def one(self, operation):
        """A request with one fault, rarely two."""
        faults = [self.odd_path, self.odd_query, self.odd_headers, self.unknown_query]
        if operation.body_schema is not None:
            faults += [self.odd_member] * 5 + [self.odd_document] * 2 + [self.odd_text] * 3 + [self.odd_type, self.odd_value]
        elif operation.raw_body:
            faults += [self.odd_bytes] * 4
        else:
            faults.append(self.unwanted_body)
        path, headers, body = self.sound(operation)
        request = Request(operation, path, headers, body, "")
        for fault in self.random.sample(faults, 1 if self.random.random() < 0.9 else 2):
            fault(request)
            request.fault += (", " if request.fault else "") + fault.__name__
        if request.body is not None and not isinstance(request.body, bytes):
            request.body = self.encoded(request.body)
            request.headers.setdefault("Content-Type", "application/json")
        return request

    @staticmethod
    def encoded(value):
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def value(self, depth=0):
        """Any JSON value."""
        choice = self.random.randrange(8)
        if choice == 0:
            return self.random.choice([None, True, False])
        if choice == 1:
            return self.random.choice(NUMBERS)
        if choice == 2:
            return nested(self.random.choice([1, 5, 31, 33, 500]))
        if choice == 3 and depth < 3:
            return [self.value(depth + 1) for _ in range(self.random.choice([0, 1, 3, 2000 if depth == 0 else 2]))]
        if choice == 4 and depth < 3:
            return {self.random.choice(KEYS) + str(i): self.value(depth + 1) for i in range(self.random.choice([0, 1, 4]))}
        return self.random.choice(TEXTS)

    # --- bodies
    def odd_member(self, request):
        """Another type, an odd text, or a number at the edge."""
        if not isinstance(request.body, dict):
            return
        properties = request.operation.body_schema.get("properties", {})
        names = list(properties) or ["x"]
        name = self.random.choice(names)
        schema = request.operation.document.resolve(properties.get(name, {}))
        value = self.value()
        if schema.get("type") == "array" and self.random.random() < 0.7:
            value = [self.value(1) for _ in range(self.random.choice([1, 2, 21, 300]))]
        elif schema.get("type") == "array" and self.random.random() < 0.5:
            value = [self.random.choice(TEXTS)] * 2
        elif schema.get("type") == "object" and self.random.random() < 0.5:
            value = {self.random.choice(KEYS + ["a"]): self.value(1)}
        elif schema.get("type") == "string" and self.random.random() < 0.7:
            value = self.random.choice(TEXTS)
        elif schema.get("type") == "integer" and self.random.random() < 0.7:
            value = self.random.choice([*NUMBERS, schema.get("minimum", 0) - 1, schema.get("maximum", 0) + 1])
        request.body = {**request.body, name: value}

    def odd_document(self, request):
        """A member too few, too many, or misspelt."""
        if not isinstance(request.body, dict):
            return
        body = dict(request.body)
        choice = self.random.randrange(4)
        if choice == 0 and body:
            del body[self.random.choice(list(body))]
        elif choice == 1:
            body[self.random.choice(KEYS + ["tenant_id", "version", "created_at", "permissions", "state", "is_admin"])] = self.value(1)
        elif choice == 2 and body:
            name = self.random.choice(list(body))
            body[name.upper() if self.random.random() < 0.5 else name + " "] = body.pop(name)
        else:
            body = {**body, **{f"extra{i}": i for i in range(self.random.choice([1, 3000]))}}
        request.body = body

    def odd_value(self, request):
        """No object at all."""
        request.body = self.encoded(self.value())
        request.headers["Content-Type"] = "application/json"

    def odd_text(self, request):
        """No JSON, not quite JSON, or JSON that nobody should write."""
        text = request.body if isinstance(request.body, bytes) else self.encoded(request.body)
        request.headers["Content-Type"] = "application/json"
        cut = self.random.randrange(len(text)) if text else 0
        name = next(iter(request.body), "x") if isinstance(request.body, dict) else "x"
        request.body = self.random.choice([
            lambda: b"", lambda: text[:cut], lambda: text + text, lambda: text + b"\x00", lambda: b"\xef\xbb\xbf" + text,
            lambda: text.decode("utf-8", "replace").encode("utf-16"), lambda: text[:cut] + b"\xff\xfe\xc0" + text[cut:],
            lambda: text[:cut] + bytes([self.random.randrange(256)]) + text[cut + 1:],
            lambda: b"[" * self.random.choice([40, 60000]), lambda: b'{"a":' * self.random.choice([40, 60000]),
            lambda: b"{" + b",".join([json.dumps(name).encode() + b":1"] * 2) + b"}",
            lambda: b'{"' + name.encode() + b'":"\\ud800"}', lambda: b'{"' + name.encode() + b'":"\\u0000"}',
            lambda: b'{"' + name.encode() + b'":' + self.random.choice([b"1e999999", b"-", b"01", b"NaN", b"1." + b"0" * 9000, b"9" * 9000]) + b"}",
            lambda: b"/* x */" + text, lambda: text.replace(b'"', b"'"), lambda: b'{"x":"' + b"y" * 2_000_000 + b'"}',
            lambda: b" " * 100_000 + text, lambda: b"\n" * 1000, lambda: b"null"])()

    def odd_type(self, request):
        request.headers["Content-Type"] = self.random.choice(TYPES)
        if self.random.random() < 0.3:
            request.headers["Content-Encoding"] = self.random.choice(["gzip", "br", "x", ""])

    def odd_bytes(self, request):
        """Uploads."""
        request.body = self.random.choice([b"", b"\x00" * 13, b"PK\x03\x04" + b"x" * 9, b"\x1f\x8b" + b"x" * 11, b"SQLite format 3\x00",
                                           b"PAR1" + b"\xff" * 9, self.random.randbytes(13), b"x" * 100_000])
        request.headers["Upload-Offset"] = self.random.choice(["0", "-1", "1", "13", "99999999999999999999", "x", "", " 0"])

    def unwanted_body(self, request):
        request.body = self.random.choice([b"{}", b"x", b"\xff", b"[" * 1000, b"{\"a\":1}"])
        request.headers["Content-Type"] = self.random.choice(["application/json", "text/plain"])

    # --- around the body
    def odd_path(self, request):
        """Another id in place of one of the parameters."""
        operation = request.operation
        if not operation.path_names:
            return
        values = {name: self.tenant.get(name) for name in operation.path_names}
        path, chosen = operation.path, self.random.choice(operation.path_names)
        for name, value in values.items():
            text = urllib.parse.quote(str(value), safe="")
            if name == chosen:
                others = [i for i in IDS if i != self.tenant.tenant_id]  # with another plan it could make nothing more
                text = self.random.choice(RAW_IDS + [urllib.parse.quote(i, safe="") for i in others])
            path = path.replace("{" + name + "}", text)
        query = request.path.partition("?")[2]
        request.path = path + ("?" + query if query else "")

    def add_query(self, request, text):
        request.path += ("&" if "?" in request.path else "?") + text

    def odd_query(self, request):
        """What the operation takes, with odd values, or twice."""
        known = request.operation.named("query")
        if not known:
            return
        for name in self.random.sample(list(known), self.random.choice([1, min(2, len(known))])):
            odd = LIMITS if name == "limit" else [*CURSORS, self.cursor()] if name == "cursor" else [*TEXTS[:30], *IDS]
            text = urllib.parse.quote(self.random.choice(odd), safe="")
            if self.random.random() < 0.2:
                text = self.random.choice(RAW_IDS[:8])
            self.add_query(request, f"{name}={text}" + (f"&{name}={text}" if self.random.random() < 0.2 else ""))

    def cursor(self):
        """Looks like ours: base64url of a JSON list."""
        parts = [self.random.choice(["-1", "0", "x", "", "99999999999999999999", "\u0000", "é", 1, None, [], "' --"])
                 for _ in range(self.random.choice([0, 1, 2, 3, 50]))]
        text = self.random.choice([json.dumps(parts), "\n".join(map(str, parts)), "|".join(map(str, parts))])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def unknown_query(self, request):
        self.add_query(request, self.random.choice(["x=1", "limit", "=", "&&", "a[]=1", "%00=1", "%ff", "limit=1;cursor=2", "x=" + "y" * 6000,
                                                    "&".join(f"q{i}=1" for i in range(600))]))

    def odd_headers(self, request):
        chosen = self.random.randrange(6)
        if chosen == 0:
            request.headers["If-Match"] = self.random.choice(TAGS)
        elif chosen == 1:
            request.headers.pop("If-Match", None)
        elif chosen == 2:
            request.headers["Idempotency-Key"] = self.random.choice(["", "same", "k" * 5000, "é", "a b", "\t", "' --"])
        elif chosen == 3:
            request.headers["Range"] = self.random.choice(["bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,2-3", "bytes=99999999999999999999-",
                                                           "lines=1", "bytes=-0", "bytes=" + "0-1," * 2000])
        elif chosen == 4:
            request.headers["Authorization"] = self.random.choice(["Bearer", "Bearer ", "Basic eDp5", "Bearer a.b.c", "Bearer " + "x" * 6000,
                                                                   "Bearer miq_", "Bearer miq__", "Bearer miq_é_x", "Bearer ...", "bearer x"])
        else:
            name = self.random.choice(["traceparent", "X-Request-Id", "Accept-Encoding", "Accept", "Origin", "Cookie", "X-Forwarded-For",
                                       "If-None-Match", "Upload-Offset", "Expect", "X-CSRF-Token", "X-Client", "Host"])
            request.headers[name] = self.random.choice(["", "x", ",", ";" * 500, "é", "web", "*", "0", "null", "00-0-0-0", "gzip;q=x", "=;=",
                                                        "a" * 3000])
