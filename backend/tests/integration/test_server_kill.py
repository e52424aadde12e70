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
JOB_ROUNDS = 6 if support.SLOW else 1
ROWS = 12000
JOB_ROWS = 60_000  # of made-up data
SUMS = "SELECT count(*), count(DISTINCT id), sum(id), sum(n), sum(length(v)) FROM {}"
TABLES = ("first", "second")
ROLES = {"worker-1": "worker", "worker-2": "worker", "scheduler": "scheduler", "api": "api"}
SUITE = """version: 1
name: lines
checks:
  - {kind: row_count, name: all, table: lineitem, min: 60000, max: 60000}
  - {kind: not_null, name: keys, table: lineitem, column: l_orderkey}
  - {kind: range, name: few, table: lineitem, column: l_quantity, max: 10}
"""
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

    # --- work that is no run

    def start_jobs(self, number):
        """An analysis, a matching and a check: for each its resource."""
        lines = self.connect("lines", f"fake:lineitem?rows={JOB_ROWS}&seed=3")["connection_id"]
        suite = self.client.post("/suites", {"name": "lines", "source_connection_id": lines, "text": SUITE}, key="suite")
        key = f"-{number}"
        analysis = self.client.post(f"/connections/{lines}/analyses", {}, key="analysis" + key)
        matching = self.client.post(f"/projects/{self.project}/matchings", {
            "source_connection_id": lines, "target_connection_id": lines, "rows": 5000}, key="matching" + key)
        check = self.client.post(f"/suites/{suite['suite_id']}/check-runs", {}, key="check" + key)
        return [f"/analyses/{analysis['analysis_id']}", f"/matchings/{matching['matching_id']}",
                f"/check-runs/{check['check_run_id']}"]

    def job_round(self, number):
        """Workers die while they carry out jobs: each job succeeds by itself, and nothing that it found is there twice."""
        jobs = self.start_jobs(number)
        for victim in self.random.sample(["worker-1", "worker-2"], 2):
            time.sleep(self.random.uniform(0.1, 1))
            at_work = [job for job in jobs if self.client.get(job)["state"] == "running"]
            self.note(f"kill {victim}, at work: {at_work}")
            self.kill_process(victim)()
        for job in jobs:
            over = lambda: self.client.get(job)["state"] not in ("queued", "running")
            server_support.wait_until(over, 180, f"{job} ends: {self.client.get(job)}")
            self.assertEqual(self.client.get(job)["state"], "succeeded", self.client.get(job))
        analysis, matching, check = jobs
        self.assertEqual([(table["name"], table["rows"]) for table in self.client.get(analysis + "/tables")["items"]],
                         [("lineitem", JOB_ROWS)])
        suggestions = self.client.get(matching + "/suggestions?limit=200")["items"]
        columns = [one["source_column"] for one in suggestions if "source_column" in one]
        self.assertEqual(sorted(columns), sorted(set(columns)))
        self.assertEqual({one["source_column"] for one in suggestions if one.get("target_column") == one.get("source_column")},
                         set(columns))
        result = self.client.get(check + "/results")["result"]
        self.assertEqual([(one["name"], one["status"]) for one in result["checks"]],
                         [("all", "passed"), ("keys", "passed"), ("few", "failed")])
        alerts = self.client.get("/check-alerts?source=suite&state=unresolved")["items"]
        self.assertEqual([(alert["check"], alert["times"]) for alert in alerts], [("few", number + 1)])

    def check_readiness(self):
        """Who asks whether the API can serve hears that Redis is away, and that it is back."""
        ready = lambda: self.client.plain("/readyz")
        self.memory.kill()
        server_support.wait_until(lambda: ready()[0] == 503, 20, "not ready without Redis")
        answer = ready()[1]
        self.assertEqual((answer["ready"], answer["queue"], answer["store"]), (False, "down", "ok"))
        self.assertIn("Redis", " ".join(answer["reasons"]))
        self.memory.start()
        server_support.wait_until(lambda: ready()[0] == 200, 20, "ready again with Redis")
        self.assertEqual(ready()[1]["reasons"], [])

    def test_everything_dies_now_and_then(self):
        run_ids = []
        try:
            for number, victims in zip(range(ROUNDS), self.plot()):
                run_ids += self.round(number, victims)
                self.check_records(run_ids)
            self.check_readiness()
            for number in range(JOB_ROUNDS):
                self.job_round(number)
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
