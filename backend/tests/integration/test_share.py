"""Several workers load one run's chunks: both really do, each is killed, and what is asked of a run reaches all of them."""
import os
import random
import signal
import time

import server_support
import support

ROWS, CHUNK = 24000, 500
SUMS = "SELECT count(*), count(DISTINCT id), sum(id), sum(n), sum(length(v)) FROM t"
ROUNDS = 8 if support.SLOW else 1
# A server that reads slowly: every chunk takes a while, and costs nothing.
PLAN = """version: 1
source: {connection: old}
target: {connection: new}
mappings:
  - {source: t, where: "id %% 250 <> 0 OR pg_sleep(0.1) IS NOT NULL"}
run: {workers: 2, chunk_rows: %d, schema: %s}
"""


class Share(server_support.Case):
    def begin(self, kind):
        """Two workers over PostgreSQL and Redis; a source, and a plan for a target of this kind."""
        self.source, self.target, self.store = self.database("postgres"), self.database(kind), self.database("postgres")
        self.source.client("CREATE TABLE t (id bigint PRIMARY KEY, n bigint, v varchar(100)); INSERT INTO t SELECT i, i * 7 % 1000, "
                           f"repeat('x', (i % 90)::int) FROM generate_series(1, {ROWS}) i; ANALYZE t")
        self.api_server = self.server({"store": {"url": self.store.url}, "redis": {"url": self.redis().url},
                                       "worker": {"lease_seconds": 5, "slots": 1}})
        self.workers = {}
        self.api_server.start("api", "api")
        self.api = server_support.Client(self.api_server)
        self.api.set_up(self.api_server.set_up_link("api"))
        for name in ("one", "two"):
            self.start_worker(name)
        for name, database in (("old", self.source), ("new", self.target)):
            self.api.post("/connections", {"name": name, "url": database.url})
        self.project = self.api.post("/projects", {"name": "Shop"})["project_id"]

    def start_worker(self, name):
        self.api_server.start(name, "worker")
        self.workers[self.api_server.processes[name].pid] = name

    def start_run(self, schema="replace"):
        plan = self.api.post(f"/projects/{self.project}/plans", {"name": f"shop {time.monotonic_ns()}", "text": PLAN % (CHUNK, schema)})
        return self.api.post("/runs", {"plan_id": plan["plan_id"], "kind": "run", "confirm": True})["run_id"]

    def tasks(self, run, kind, state=None):
        return [task for task in self.api.get(f"/runs/{run}/tasks")["items"]
                if task["kind"] == kind and (state is None or task["state"] == state)]

    def worker_of(self, task):
        """The process that has the task: workers are named host:process:random."""
        return self.workers[int(task["worker"].split(":")[-2])]

    def at_work(self, run):
        """Who controls the run and who helps, as soon as both have loaded something."""
        both = lambda: [task for kind in ("execute", "help") for task in self.tasks(run, kind, "claimed") if task.get("chunks", 0) or 0]
        server_support.wait_until(lambda: len(both()) == 2, 30, "two workers load the run")
        return [self.worker_of(task) for task in both()]

    def wait_for(self, run, *states):
        state = lambda: self.api.get(f"/runs/{run}")["state"]
        server_support.wait_until(lambda: state() in states, 60, f"the run is {states}: {state()}")

    def events(self, run):
        return "\n".join(event["text"] for event in self.api.get(f"/runs/{run}/events?limit=200")["items"])

    def check(self, run):
        """Every row once, and the report says so."""
        self.wait_for(run, "succeeded", "failed")
        report = self.api.get(f"/runs/{run}/report")
        self.assertEqual((report["status"], report["tables"][0]["rows_written"], report["tables"][0]["verified"]),
                         ("succeeded", ROWS, "match"), self.events(run))
        self.assertEqual(self.target.rows(SUMS), self.source.rows(SUMS))
        return report

    def both_load(self, schema):
        run = self.start_run(schema)
        names = self.at_work(run)
        self.assertEqual(set(names), {"one", "two"})
        doing = [worker for worker in self.api.get("/monitor/workers")["items"] if worker["doing"]]
        self.assertEqual(len(doing), 2, "the monitor shows both at work")
        report = self.check(run)
        self.assertEqual(report["moments"], 1)
        told = self.events(run)
        self.assertRegex(told, r"worker \S+ helps: it loads chunks of this run too")
        self.assertRegex(told, r"worker \S+ loaded [1-9]\d* chunks, [1-9]\d* rows")
        parts = [self.tasks(run, kind)[0] for kind in ("execute", "help")]
        self.assertTrue(all(part["chunks"] > 0 for part in parts), parts)
        self.assertEqual(sum(part["rows"] for part in parts), ROWS, parts)
        return run

    def kill_one(self, which, seed):
        """SIGKILL at a random moment of the common load; the dead worker's successor is started at once."""
        generator = random.Random(seed)
        run = self.start_run()
        name = self.at_work(run)[which]
        time.sleep(generator.uniform(0, 1))
        server_support.kill(self.api_server.processes[name])
        self.start_worker(name)
        return self.check(run)

    def test_into_postgres(self):
        self.begin("postgres")
        self.both_load("create")
        for seed in range(ROUNDS):
            report = self.kill_one(0, seed)
            self.assertGreaterEqual(report["moments"], 2, "the moment went with its controller")

    def test_into_mariadb(self):
        self.begin("mariadb")
        self.both_load("create")
        for seed in range(ROUNDS):
            self.assertEqual(self.kill_one(1, seed)["moments"], 1, "a helper's death changes no moment")
        self.pause_and_cancel()

    def pause_and_cancel(self):
        run = self.start_run()
        self.at_work(run)
        self.api.post(f"/runs/{run}/pause", {})
        self.wait_for(run, "paused")
        self.assertEqual([task["state"] for task in self.tasks(run, "help") if task["state"] == "claimed"], [])
        ledger = f"SELECT count(*) FROM migrateiq_chunk WHERE run_id = '{run}' AND table_name <> ''"
        before = self.target.rows(ledger)
        self.assertGreater(int(before[0][0]), 0)
        time.sleep(1)
        self.assertEqual(self.target.rows(ledger), before, "nobody writes for a paused run")
        self.api.post(f"/runs/{run}/resume", {})
        self.at_work(run)
        self.api.post(f"/runs/{run}/cancel", {})
        self.wait_for(run, "cancelled")
        self.assertEqual(self.tasks(run, "help", "claimed"), [])
        self.api.post(f"/runs/{run}/undo", {"confirm": True})
        self.wait_for(run, "undone")

    @support.unittest.skipUnless(support.SLOW, "takes long: MIQ_SLOW=1")
    def test_a_controller_that_was_thought_dead_writes_no_more(self):
        """Stopped for longer than its lease, while the source is written: its chunks must not mix with its successor's."""
        self.begin("postgres")
        run = self.start_run("create")
        process = self.api_server.processes[self.at_work(run)[0]]
        process.send_signal(signal.SIGSTOP)
        self.source.client("UPDATE t SET n = n + 1")
        time.sleep(8)
        os.kill(process.pid, signal.SIGCONT)
        self.assertGreaterEqual(self.check(run)["moments"], 2)

    def test_a_source_whose_moment_cannot_be_joined(self):
        """MariaDB's moment is its connections': one worker loads, and says why."""
        self.source, self.target = self.database("mariadb"), self.database("sqlite")
        self.source.client("CREATE TABLE t (id bigint PRIMARY KEY); INSERT INTO t SELECT seq FROM seq_1_to_5000")
        self.api_server = self.server({"connections": {"local_folders": f"default={self.folder}"}})
        self.api_server.start("api")
        self.api = server_support.Client(self.api_server)
        self.api.set_up(self.api_server.set_up_link("api"))
        for name, url in (("old", self.source.url), ("new", f"sqlite:folder:{self.target.name}.db")):
            self.api.post("/connections", {"name": name, "url": url})
        self.project = self.api.post("/projects", {"name": "Shop"})["project_id"]
        text = PLAN.split("mappings")[0] + "run: {chunk_rows: 500}\n"
        plan = self.api.post(f"/projects/{self.project}/plans", {"name": "shop", "text": text})
        run = self.api.post("/runs", {"plan_id": plan["plan_id"], "kind": "run"})["run_id"]
        self.wait_for(run, "succeeded", "failed")
        self.assertIn("one worker loads all chunks of this run: the moment that source mysql holds cannot be joined", self.events(run))

    def test_runs_of_the_command_line_are_shown(self):
        """The same state folder: what `migrateiq` did there, the server lists, in its true state, and touches not."""
        state = f"{self.folder}/state"
        done = self.migrateiq("copy", "fake:orders?rows=50", f"sqlite:{self.folder}/x.db", "--state", state)
        self.api_server = self.server({})
        self.api_server.start("api")
        self.api = server_support.Client(self.api_server)
        self.api.set_up(self.api_server.set_up_link("api"))
        runs = lambda: {run["run_id"]: run for run in self.api.get("/runs?kind=local")["items"]}
        server_support.wait_until(lambda: done["run_id"] in runs(), 10, "the finished run is shown")
        self.assertEqual((runs()[done["run_id"]]["state"], runs()[done["run_id"]]["result"]), ("succeeded", "succeeded"))
        self.assertEqual(self.api.get(f"/runs/{done['run_id']}/report")["tables"], done["tables"])
        self.assertTrue(self.api.get(f"/runs/{done['run_id']}/events")["items"])
        self.api.ask("POST", f"/runs/{done['run_id']}/undo", {"confirm": True}, expect=(409,))
        self.plan("run: {chunk_rows: 1000, throttle: {rows_per_second: 4000}}\n")
        process = self.start("run", "plan.yaml", "--state", state, source="fake:lineitem?rows=100000", target=f"sqlite:{self.folder}/y.db")
        other = lambda: next((run for run in runs().values() if run["run_id"] != done["run_id"]), {})
        server_support.wait_until(lambda: other().get("state") == "running" and other().get("progress"), 20, "the run under way is shown")
        server_support.kill(process)
        server_support.wait_until(lambda: other().get("state") == "paused", 10, "it is seen that its process died")
        self.assertEqual(other()["result"], "interrupted")
