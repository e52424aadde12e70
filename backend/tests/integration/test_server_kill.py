"""Workers, the scheduler, the API, Redis and the store's PostgreSQL are killed at random moments of running migrations.
Afterwards every run has ended in a true state by itself, its target equals its source, and nothing was lost or doubled."""
import datetime
import http.client
import os
import random
import threading
import time

import server_support
import support

ROUNDS = 20 if support.SLOW else 3
ROWS = 12000
SUMS = "SELECT count(*), count(DISTINCT id), sum(id), sum(n), sum(length(v)) FROM {}"
TABLES = ("first", "second")
ROLES = {"worker-1": "worker", "worker-2": "worker", "scheduler": "scheduler", "api": "api"}
# Slow enough that a run takes some seconds.
PLAN = """version: 1
name: {name}
source: {{connection: source}}
target: {{connection: {target}}}
run: {{schema: create, verify: checksum, undo: journal, chunk_rows: 500, workers: 2, throttle: {{rows_per_second: 3500}}}}
"""


class Kill(server_support.Case):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("MIQ_SEED", time.time_ns() % 1_000_000))
        print(f"seed of the kills: MIQ_SEED={seed}", flush=True)
        self.random = random.Random(seed)
        self.history, self.started, self.strikes, self.ends = [], time.monotonic(), [], []
        self.store = server_support.Postgres(self.folder)
        self.addCleanup(self.store.stop)
        self.store.client("CREATE ROLE app LOGIN; CREATE DATABASE app OWNER app")
        self.memory = self.redis()
        self.servers = self.server({"store": {"url": self.store.url("app", "app")}, "redis": {"url": self.memory.url},
                                    "connections": {"local_folders": f"default={self.folder}"},
                                    "worker": {"lease_seconds": 5}})
        for name, role in ROLES.items():
            self.servers.start(name, role)
        self.client = server_support.Client(self.servers)
        self.client.set_up(self.servers.set_up_link("api"))
        self.make_source()
        self.visit()

    def visit(self):
        """Somebody looks at the runs all the time: the answer is a list, or that something is away; never a fault."""
        self.seen, leaving = {}, threading.Event()

        def look():
            while not leaving.is_set():
                try:
                    status, answer = self.client.once("GET", "/runs?limit=2")
                except (OSError, http.client.HTTPException):
                    status, answer = 0, None
                self.seen.setdefault(status, answer)
                leaving.wait(0.1)

        visitor = threading.Thread(target=look)
        visitor.start()
        self.addCleanup(visitor.join)
        self.addCleanup(leaving.set)

    def make_source(self):
        self.source = support.Database("sqlite", self.folder)
        for table in TABLES:
            self.source.client(
                f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, n INTEGER, v TEXT);"
                f"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {ROWS}) "
                f"INSERT INTO {table} SELECT i, i * 7 % 1000, substr('{'x' * 90}', 1, i % 90) FROM s")
        self.connect("source", f"sqlite:folder:{self.source.name}.db")
        self.project = self.client.post("/projects", {"name": "Kill"})["project_id"]

    def connect(self, name, url):
        return self.client.post("/connections", {"name": name, "url": url}, key=f"connect-{name}")

    # --- what is done to them

    def note(self, what):
        self.history.append(f"{time.monotonic() - self.started:7.2f} {what}")

    def kill_process(self, name):
        """And start it again, as a service manager does."""
        status = server_support.kill(self.servers.processes[name])
        self.assertEqual(status, -9, f"{name} ended by itself: {self.servers.said(name)[-2000:]}")
        return lambda: self.servers.start(name, ROLES[name])

    def strike(self, victim):
        if victim in ROLES:
            return self.kill_process(victim)
        if victim == "redis":
            self.memory.kill()
            return self.memory.start
        if victim == "store":
            self.store.kill()
        else:
            self.store.stop("immediate")
        return self.store.start

    def torment(self, victims):
        """One or two die, come back, and then the next."""
        for group in victims:
            time.sleep(self.random.uniform(0.1, 1.5))
            revive = []
            for victim in group:
                self.note(f"kill {victim}")
                self.strikes.append(time.time())
                revive.append((victim, self.strike(victim)))
            self.random.shuffle(revive)
            for victim, again in revive:
                time.sleep(self.random.uniform(0, 1.5))
                self.note(f"start {victim}")
                again()

    def plot(self):
        """For each round who dies: each at least once in the first three rounds."""
        one = [("worker-1",), ("worker-2",), ("scheduler",), ("redis",), ("store",), ("store at once",), ("api",),
               ("worker-1", "worker-2"), ("store", "redis", "worker-1")]
        while True:
            self.random.shuffle(one)
            yield from (one[0:3], one[3:6], one[6:9])

    # --- rounds

    def start_run(self, name, target_url):
        self.connect(name, target_url)
        plan = self.client.post(f"/projects/{self.project}/plans", {"name": name, "text": PLAN.format(name=name, target=name)},
                                key=f"plan-{name}")
        run = self.client.post("/runs", {"plan_id": plan["plan_id"], "max_attempts": 10}, key=f"run-{name}")
        self.note(f"run {name}: {run['run_id']}")
        return run["run_id"]

    def end_of(self, run_id):
        """Its record, once it is over; by itself."""
        over = lambda run: run["state"] in ("succeeded", "failed", "cancelled") and not run.get("waiting_for")
        deadline = time.monotonic() + 60
        while True:
            run = self.client.get(f"/runs/{run_id}")
            if over(run):
                self.note(f"{run_id} {run['state']}")
                self.ends.append(datetime.datetime.fromisoformat(run["finished_at"].replace("Z", "+00:00")).timestamp())
                return run
            self.assertLess(time.monotonic(), deadline, f"it does not end: {run}\n{self.client.get(f'/runs/{run_id}/tasks')}")
            time.sleep(0.2)

    def check(self, run_id, target):
        run = self.end_of(run_id)
        self.assertEqual((run["state"], run["result"]), ("succeeded", "succeeded"), run)
        for table in TABLES:
            self.assertEqual(target.rows(SUMS.format(table)), self.source.rows(SUMS.format(table)))
        report = self.client.get(f"/runs/{run_id}/report")
        self.assertEqual([(table["source"], table["rows_written"], table["verified"]) for table in report["tables"]],
                         [(table, ROWS, "match") for table in TABLES])
        tasks = self.client.get(f"/runs/{run_id}/tasks")["items"]
        self.assertEqual([(task["kind"], task["state"]) for task in tasks], [("execute", "done")], tasks)

    def check_records(self, run_ids):
        """Nothing more than was asked for, each end written down once, in a chain that is whole."""
        runs = self.client.get("/runs?limit=200")["items"]
        self.assertEqual(sorted(run["run_id"] for run in runs), sorted(run_ids))
        self.assertTrue(self.client.get("/audit/verify")["unbroken"])
        ends = self.client.get("/audit?action=run.execute.done&limit=200")["items"]
        self.assertEqual(sorted(entry["object_id"] for entry in ends), sorted(run_ids))
        self.assertLessEqual(set(self.seen), {0, 200, 503}, self.seen)
        dead = {name: process.poll() for name, process in self.servers.processes.items() if process.poll() is not None}
        self.assertEqual(dead, {}, "ended by themselves")

    def round(self, number, victims):
        """Two runs: into a file, and in turn into a PostgreSQL that lives and into the one that dies with the store."""
        file = support.Database("sqlite", self.folder)
        if number % 2 == 0:
            server = self.database("postgres")
        else:
            server = self.store.database(f"target_{number}")
        run_ids = [self.start_run(f"into-file-{number}", f"sqlite:folder:{file.name}.db"),
                   self.start_run(f"into-postgres-{number}", server.url)]
        self.strikes, self.ends = [], []
        self.torment(victims)
        for run_id, target in zip(run_ids, (file, server)):
            self.check(run_id, target)
        hits = sum(strike < max(self.ends) for strike in self.strikes)
        self.note(f"{hits} of {len(self.strikes)} kills came while a run was at work")
        self.assertGreater(hits, 0)
        return run_ids

    def test_everything_dies_now_and_then(self):
        run_ids = []
        try:
            for number, victims in zip(range(ROUNDS), self.plot()):
                run_ids += self.round(number, victims)
                self.check_records(run_ids)
        except BaseException:
            self.tell()
            raise
        if support.SLOW:
            print("\n".join(self.history))

    def tell(self):
        print("\n".join(self.history))
        for name in ROLES:
            print(f"--- {name}")
            print("\n".join(line for line in self.servers.said(name).splitlines() if " info http " not in line)[-6000:])
