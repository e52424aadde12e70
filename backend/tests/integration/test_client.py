"""The command line against a server: signs in, and does there what it does on this machine, with the same answers."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import time

import support

PASSWORD = "a lantern over 9 quiet harbours"
EMAIL = "ada@example.com"
MANY_ROWS, ROWS_PER_SECOND = 60_000, 15_000  # about four seconds, however fast the machine is

SHOP = """CREATE TABLE customer (id INTEGER PRIMARY KEY, email VARCHAR(60), joined DATE);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
  INSERT INTO customer SELECT i, 'a' || i || '@example.com', date('2024-01-01', '+' || (i % 300) || ' days') FROM n;
CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer(id), total DECIMAL(10,2));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  INSERT INTO purchase SELECT i, 1 + i % 500, i * 1.25 FROM n;"""
CRM = """CREATE TABLE clients (client_id INTEGER PRIMARY KEY, mail_address VARCHAR(80), joined_on DATE);
INSERT INTO clients SELECT * FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
  SELECT i, 'a' || i || '@example.com', date('2024-01-01', '+' || (i % 300) || ' days') FROM n);"""
SUITE = """version: 1
name: shop
attach: source
checks:
  - {kind: range, name: cheap, table: purchase, column: total, min: 0, max: 100}
  - {kind: not_null, name: mail, table: customer, column: email}
"""
# Half of the rows meet an e-mail address that is there already.
DOUBLES = """CREATE TABLE u (id INTEGER PRIMARY KEY, email VARCHAR(60));
INSERT INTO u VALUES (1, 'a'), (2, 'b'), (3, 'a'), (4, 'b');"""
UNIQUE = "CREATE TABLE u (id INTEGER PRIMARY KEY, email VARCHAR(60) NOT NULL UNIQUE);"


class Server:
    """An embedded server in a folder of its own, with a local folder for the tenant's connections."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="miq-client-")
        self.state, self.files = f"{self.folder}/server", f"{self.folder}/files"
        self.log = pathlib.Path(self.folder) / "server.log"
        self.port, self.process = 0, None
        os.mkdir(self.files)
        subprocess.run([os.environ["MIQ_BINARY"], "admin", "create-owner", "--email", EMAIL, "--name", "Ada", "--state",
                        self.state], input=PASSWORD + "\n", text=True, capture_output=True, check=True)
        self.start()

    def start(self):
        settings = [f"connections.local_folders=default={self.files}", "worker.lease_seconds=5",
                    "gateway.rate_per_address=0", "gateway.rate_per_user=0"]
        words = [word for setting in settings for word in ("--set", setting)]
        with open(self.log, "ab") as out:
            began = out.tell()
            self.process = subprocess.Popen([os.environ["MIQ_BINARY"], "serve", "--port", str(self.port), "--state",
                                             self.state, *words], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"listening on (http://\S+:(\d+))", self.log.read_text()[began:])
            if found:
                self.url, self.port = found.group(1), int(found.group(2))
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start: " + self.log.read_text()[-3000:])

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def shape(value):
    """What a document is made of: names and types, not values."""
    if isinstance(value, dict):
        return {name: shape(item) for name, item in sorted(value.items())}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


class Client(support.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.remove)

    def setUp(self):
        super().setUp()
        self.name = self.id().rsplit(".", 1)[-1]
        self.files = pathlib.Path(self.server.files) / self.name
        self.files.mkdir()
        self.log_in()

    # --- the binary
    def environment(self, **more):
        return {**os.environ, "XDG_STATE_HOME": self.state, "NO_COLOR": "1", **more}

    def call(self, *words, text="", expect=0, **more):
        done = subprocess.run([os.environ["MIQ_BINARY"], *words], input=text, capture_output=True, text=True, timeout=120,
                              env=self.environment(**more), cwd=self.folder)
        self.assertEqual(done.returncode, expect, f"{words}\n{done.stderr[-3000:]}\n{done.stdout[-3000:]}")
        return done

    def json(self, *words, expect=0, **more):
        return json.loads(self.call(*words, "--json", expect=expect, **more).stdout)

    def log_in(self, **more):
        return self.call("login", "--server", self.server.url, "--email", EMAIL, text=PASSWORD + "\n", **more)

    def watch(self, *words):
        """The binary in the background, with what it says in files."""
        self.out, self.err = pathlib.Path(f"{self.folder}/out"), pathlib.Path(f"{self.folder}/err")
        with open(self.out, "wb") as out, open(self.err, "wb") as err:
            process = subprocess.Popen([os.environ["MIQ_BINARY"], *words], stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=err, env=self.environment(), cwd=self.folder)
        self.addCleanup(process.kill)
        return process

    def ended(self, process, expect):
        status = process.wait(timeout=90)
        self.assertEqual(status, expect, f"{self.err.read_text()[-3000:]}\n{self.out.read_text()[-3000:]}")
        return self.err.read_text()

    def session_file(self):
        return next(pathlib.Path(self.state).glob("migrateiq/servers/*.json"))

    def change_session(self, **members):
        file = self.session_file()
        file.write_text(json.dumps({**json.loads(file.read_text()), **members}))

    # --- files in the tenant's folder: their path here, and their URL there
    def path(self, name):
        return str(self.files / name)

    def url(self, name):
        return f"sqlite:folder:{self.name}/{name}"

    def make(self, name, sql):
        with sqlite3.connect(self.path(name)) as database:
            database.executescript(sql)

    def count(self, name, table):
        with sqlite3.connect(self.path(name)) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def both(self, *words, expect=0):
        """The same command there and here, `%name` standing for a file; both documents, equal in shape."""
        def written(how):
            return [re.sub(r"%([\w.]+)", lambda found: how(found.group(1)), word) for word in words]
        there = self.json(*written(self.url), expect=expect)
        here = self.json(*written(lambda name: f"sqlite://{self.path('local-' + name)}"), "--local", expect=expect)
        self.assertEqual(shape(there), shape(here), words)
        return there, here

    # --- signing in
    def test_login_logout_and_keys(self):
        wrong = self.call("login", "--server", self.server.url, "--email", EMAIL, text="wrong password 123\n", expect=2)
        self.assertIn("MIQ-AUTH-001", wrong.stderr)
        folder = pathlib.Path(self.state) / "migrateiq" / "servers"
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        for path in folder.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)
            self.assertNotIn(PASSWORD, path.read_text())
        self.assertEqual(self.json("doctor")["findings"][0]["level"], "ok")
        token = json.loads(self.session_file().read_text())["access_token"]
        key = self.make_key(token)
        self.call("logout")
        self.assertIn("MIQ-API-005", self.call("runs", "--server", self.server.url, expect=2).stderr)
        self.assertEqual(self.json("runs"), {"runs": []}, "this machine again")
        self.json("runs", "--server", self.server.url, MIGRATEIQ_API_KEY=key)
        self.json("runs", MIGRATEIQ_SERVER=self.server.url, MIGRATEIQ_API_KEY=key)
        refused = self.call("runs", "--server", self.server.url, MIGRATEIQ_API_KEY=key + "x", expect=2)
        self.assertIn("API key", refused.stderr)
        self.call("login", "--server", self.server.url, "--api-key-stdin", text=key + "\n")
        self.json("runs")

    def make_key(self, token):
        done = subprocess.run(["curl", "-sS", f"{self.server.url}/api/v1/api-keys", "-H", "Content-Type: application/json",
                               "-H", "@-", "-d", json.dumps({"name": "nightly", "permissions": ["runs.read", "connections.read"]})],
                              input=f"Authorization: Bearer {token}\n", capture_output=True, text=True, check=True)
        return json.loads(done.stdout)["key"]

    def test_tokens_are_renewed_also_by_many_at_once(self):
        first = json.loads(self.session_file().read_text())["refresh_token"]
        for _ in range(3):
            self.change_session(expires_at=0)
            with concurrent.futures.ThreadPoolExecutor(6) as pool:
                list(pool.map(lambda _: self.json("runs"), range(6)))
        self.change_session(access_token="not.a.token")
        self.json("runs")
        now = json.loads(self.session_file().read_text())
        self.assertNotEqual(now["refresh_token"], first)
        self.change_session(expires_at=0, refresh_token=first)  # used before: somebody stole it, the session ends
        self.assertIn("login --server", self.call("runs", expect=2).stderr)
        self.session_file().write_text(json.dumps(now))
        self.assertIn("MIQ-API-005", self.call("runs", expect=2).stderr)

    # --- each command, there and here
    def test_commands_answer_as_they_do_on_this_machine(self):
        for name in ("shop.db", "local-shop.db"):
            self.make(name, SHOP)
        there, here = self.both("copy", "%shop.db", "%crm.db")
        self.assertEqual((there["status"], self.count("crm.db", "purchase")), ("succeeded", 900))
        run, local = there["run_id"], here["run_id"]
        self.call("copy", self.url("shop.db"), self.url("crm.db"), expect=1)  # its tables are there now
        refused = self.call("copy", self.url("shop.db"), self.url("crm.db"), "--schema", "replace", expect=2)
        self.assertIn("MIQ-RUN-008", refused.stderr)
        self.both("verify", "%shop.db", "%crm.db", "--level", "diff")
        self.make("crm.db", "UPDATE customer SET email = 'x' WHERE id = 7")
        self.make("local-crm.db", "UPDATE customer SET email = 'x' WHERE id = 7")
        self.assertEqual(self.both("verify", "%shop.db", "%crm.db", expect=4)[0]["status"], "mismatch")
        self.repair()
        statuses = self.json("status", run), self.json("status", local, "--local")
        for status in statuses:
            status.pop("progress")  # null when a run was too short to have any
        self.assertEqual(*map(shape, statuses))
        listed = self.json("runs")["runs"]
        self.assertEqual(listed[0]["run_id"], run)
        self.assertEqual(shape(listed[0]), shape(self.json("runs", "--local")["runs"][0]))
        again, _ = self.both("copy", "%shop.db", "%crm.db", "--schema", "replace", "--yes")
        self.assertEqual(shape(self.json("undo", again["run_id"], "--yes")),
                         shape(self.json("undo", self.json("runs", "--local")["runs"][0]["run_id"], "--yes", "--local")))
        self.assertEqual(self.json("status", again["run_id"])["status"], "undone")
        self.assertEqual(shape(self.json("accept", run, "--yes")), shape(self.json("accept", local, "--yes", "--local")))
        self.call("undo", run, "--yes", expect=1)
        self.call("resume", run, expect=1)
        self.call("pause", run, expect=1)
        self.assertIn("MIQ-RUN-001", self.call("status", "0190-nothing", expect=2).stderr)
        self.both("doctor", "%shop.db")

    def repair(self):
        """The statements that a server writes mend the target, and are for people who have just proved who they are."""
        sides = self.url("shop.db"), self.url("crm.db")
        self.call("verify", *sides, "--repair-sql", "repair.sql", expect=4)
        with sqlite3.connect(self.path("crm.db")) as database:
            database.executescript(pathlib.Path(f"{self.folder}/repair.sql").read_text())
        self.call("verify", *sides)
        self.call("verify", *sides, "--repair-sql", "nothing.sql")
        self.assertEqual(pathlib.Path(f"{self.folder}/nothing.sql").read_text(), "")
        token = json.loads(self.session_file().read_text())["access_token"]
        refused = self.call("verify", *sides, "--repair-sql", "r.sql", expect=1, MIGRATEIQ_API_KEY=self.make_key(token))
        self.assertIn("MIQ-API-008", refused.stderr)
        self.make("crm.db", "UPDATE customer SET email = 'x' WHERE id = 7")

    def test_data_are_analysed_matched_and_checked(self):
        for prefix in ("", "local-"):
            self.make(prefix + "shop.db", SHOP)
            self.make(prefix + "crm.db", CRM)
        pathlib.Path(f"{self.folder}/suite.yaml").write_text(SUITE)
        there, here = self.both("analyze", "%shop.db", "--rules", "suite.yaml", "--target", "postgresql")
        for document in (there, here):
            self.assertEqual([table["rows"] for table in document["tables"]], [500, 900])
            self.assertEqual({rule["name"]: rule["status"] for table in document["tables"] for rule in table["rules"]},
                             {"cheap": "failed", "mail": "passed"})
        self.assertEqual(there["assessment"]["verdict"], here["assessment"]["verdict"])
        text = self.call("analyze", self.url("shop.db"), "--tables", "purch*").stdout
        self.assertIn("purchase", text)
        self.call("analyze", self.url("shop.db"), "--format", "html", "-o", "page.html")
        self.assertTrue(pathlib.Path(f"{self.folder}/page.html").read_text().lower().startswith("<!doctype html"))
        self.assertIn("--rate", self.call("analyze", self.url("shop.db"), "--rate", "5", expect=2).stderr)
        self.assertIn("--local", self.call("analyze", "sqlite:shop.db", expect=2).stderr)
        pairs = [{(table["source"], match["source"], table["target"], match["target"], match["accepted"])
                  for table in document["tables"] for match in table["matches"]}
                 for document in self.both("match", "%shop.db", "%crm.db")]
        self.assertEqual(pairs[0], pairs[1])
        self.assertIn(("customer", "email", "clients", "mail_address"), {pair[:4] for pair in pairs[0]})
        self.assertIn("mail_address", self.call("match", self.url("shop.db"), self.url("crm.db")).stdout)
        self.both("match", "%shop.db", "%crm.db", "--source-table", "customer", "--target-table", "clients")
        self.checks()

    def checks(self):
        there, here = self.both("check", "suite.yaml", "%shop.db", expect=4)
        told = [[(check["name"], check["status"], check["rows_broken"], check["message"]) for check in document["checks"]]
                for document in (there, here)]
        self.assertEqual(told[0], told[1])
        self.assertIn("cheap", self.call("check", "suite.yaml", self.url("shop.db"), expect=4).stdout)
        self.call("check", "suite.yaml", self.url("shop.db"), self.url("crm.db"), expect=2)
        self.call("check", "--propose", self.url("shop.db"), "-o", "proposed.yaml")
        self.assertEqual(self.json("check", "proposed.yaml", self.url("shop.db"))["counts"]["failed"], 0)
        pathlib.Path(f"{self.folder}/suite.yaml").write_text(SUITE.replace("max: 100", "max: 100000"))
        self.assertFalse(self.json("check", "suite.yaml", self.url("shop.db"))["failed"], "the suite's new version")

    def test_plans_are_proposed_edited_rehearsed_and_run(self):
        for name in ("shop.db", "local-shop.db"):
            self.make(name, SHOP)
        there, here = self.both("plan", "%shop.db", "%crm.db", "-o", "plan.yaml")
        text = pathlib.Path(f"{self.folder}/plan.yaml").read_text()  # of this machine: written last
        self.assertIn("sqlite:", text)
        self.json("plan", self.url("shop.db"), self.url("crm.db"), "-o", "plan.yaml")
        self.assertIn("MIQ-PLAN-003", self.call("run", "plan.yaml", "--local", expect=2).stderr)
        text = pathlib.Path(f"{self.folder}/plan.yaml").read_text()
        self.assertIn("connection:", text)
        self.assertIn("source: email", text)
        report = self.json("rehearse", "plan.yaml")
        self.assertEqual([table["rows_read"] for table in report["tables"]], [500, 900])
        self.assertTrue(self.json("rehearse", "plan.yaml", "--sample", "10")["rehearsal"])
        self.assertFalse(os.path.exists(self.path("crm.db")))
        self.assertEqual(self.json("run", "plan.yaml")["status"], "succeeded")
        self.assertEqual(self.json("verify", "plan.yaml", "--level", "counts")["status"], "succeeded")
        nowhere = self.call("copy", "sqlite:shop.db", "sqlite:crm.db", expect=2)
        self.assertIn("--local", nowhere.stderr)

    def test_quarantined_rows_are_edited_and_replayed(self):
        for name in ("u.db", "local-u.db"):
            self.make(name, DOUBLES)
        for name in ("v.db", "local-v.db"):
            self.make(name, UNIQUE)
        there, here = self.both("copy", "%u.db", "%v.db", "--schema", "reuse", expect=3)
        run, local = there["run_id"], here["run_id"]
        for action in ("list", "show"):
            self.assertEqual(shape(self.json("quarantine", action, run)),
                             shape(self.json("quarantine", action, local, "--local")))
        self.assertEqual(self.json("quarantine", "replay", run, expect=3)["still_refused"], 2)
        row, second = (str(row["id"]) for row in self.json("quarantine", "list", run)["rows"])
        edited = self.json("quarantine", "edit", run, row, "--set", "email=c")
        self.assertEqual((edited["edited"], len(edited["rows"])), (1, 1))
        self.call("quarantine", "edit", run, row, "--set", "nothing=c", expect=2)
        self.assertEqual(self.json("quarantine", "replay", run, row)["replayed"], 1)
        document = self.json("quarantine", "show", run, second)
        document["rows"][0]["original"]["email"] = "d"
        pathlib.Path(f"{self.folder}/rows.json").write_text(json.dumps(document))
        self.assertEqual(self.json("quarantine", "replay", run, "--from", "rows.json")["replayed"], 1)
        self.assertEqual(self.count("v.db", "u"), 4)
        self.assertEqual(self.json("status", run)["report"]["tables"][0]["rows_edited"], 2)
        self.call("quarantine", "edit", run, row, "--set", "email=e", expect=1)

    # --- a run under way
    def long_run(self, target):
        pathlib.Path(f"{self.folder}/long.yaml").write_text(
            f'version: 1\nsource: {{url: "fake:lineitem?rows={MANY_ROWS}&seed=7"}}\ntarget: {{url: "{self.url(target)}"}}\n'
            f'run: {{throttle: {{rows_per_second: {ROWS_PER_SECOND}}}}}\n')
        process = self.watch("run", "long.yaml", "--json")
        self.assertTrue(self.wait_for(lambda: "run " in self.err.read_text(), process), self.err.read_text())
        return process, re.search(r"run (\S+)", self.err.read_text()).group(1)

    def test_a_run_is_left_paused_resumed_and_cancelled(self):
        process, run = self.long_run("left.db")
        process.send_signal(signal.SIGINT)
        self.assertIn("resume " + run, self.ended(process, 130))
        self.assertEqual(self.json("pause", run)["request"], "pause")
        self.wait_until(run, "paused")
        watching = self.watch("resume", run, "--json")
        self.ended(watching, 0)
        self.assertEqual(json.loads(self.out.read_text())["status"], "succeeded")
        self.assertEqual(self.count("left.db", "lineitem"), MANY_ROWS)
        process, run = self.long_run("cancelled.db")
        self.json("cancel", run)
        self.ended(process, 1)
        self.assertEqual(self.json("status", run)["status"], "cancelled")
        self.json("undo", run, "--yes")

    def wait_until(self, run, status):
        deadline = time.monotonic() + 30
        while self.json("status", run)["status"] != status:
            self.assertLess(time.monotonic(), deadline, f"run {run} is not {status}")
            time.sleep(0.1)

    def test_a_server_that_goes_away_is_waited_for(self):
        process, run = self.long_run("away.db")
        self.server.stop(signal.SIGKILL)
        self.assertIn("MIQ-", self.call("runs", expect=1).stderr)
        self.assertTrue(self.wait_for(lambda: "does not answer" in self.err.read_text(), process))
        self.server.start()
        self.ended(process, 0)
        self.assertEqual(json.loads(self.out.read_text())["run_id"], run)
        self.assertEqual(self.count("away.db", "lineitem"), MANY_ROWS)

    def test_passwords_reach_neither_log_nor_screen(self):
        said = self.call("doctor", "postgresql://ada:${DB_PASSWORD}@127.0.0.1:1/crm", expect=1, DB_PASSWORD="tr0ub4dor")
        self.assertNotIn("tr0ub4dor", said.stdout + said.stderr + self.server.log.read_text())
        self.assertIn("***", said.stdout + said.stderr)
