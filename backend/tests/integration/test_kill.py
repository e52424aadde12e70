"""The process is killed at random moments; afterwards `resume` must make the target equal to the source, nothing doubled."""
import json
import pathlib
import random
import signal
import threading
import time
import types

import support

ROWS = 60000
ROUNDS = 50 if support.SLOW else 10
PLAN = "run: {chunk_rows: 2000, workers: 2, verify: checksum}\n"
SUMS = "SELECT count(*), count(DISTINCT id), sum(id), sum(n) FROM t"


class Kill(support.Case):
    def make_source(self, kind="postgres"):
        source = self.database(kind)
        if kind == "postgres":
            source.client("CREATE TABLE t (id bigint PRIMARY KEY, n bigint, v text);"
                          f"INSERT INTO t SELECT i, i * 7 % 1000, repeat('x', (i % 90)::int) FROM generate_series(1, {ROWS}) i")
        else:
            source.client("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, v VARCHAR(100));"
                          f"INSERT INTO t SELECT seq, seq * 7 % 1000, REPEAT('x', seq % 90) FROM seq_1_to_{ROWS}")
        return source

    def kill_and_resume(self, source, target, generator):
        """Kills the run and its resumptions at random moments until one ends by itself; its exit status."""
        begin = self.start("run", "plan.yaml", "--json", source=source, target=target)
        for _ in range(30):
            time.sleep(generator.uniform(0.02, 0.5))
            if begin.poll() is None:
                begin.send_signal(signal.SIGKILL)
            status = begin.wait()
            if status != -signal.SIGKILL:
                return status
            run_id = self.newest_run(source=source, target=target)
            if run_id and self.state_of(run_id) == "succeeded":  # killed on its way out
                return 0
            words = ["resume", run_id, "--json"] if run_id else ["run", "plan.yaml", "--json"]
            begin = self.start(*words, source=source, target=target)
        return begin.wait()

    def state_of(self, run_id):
        return next(run["status"] for run in self.migrateiq("runs")["runs"] if run["run_id"] == run_id)

    def rounds(self, source, kind):
        self.plan(PLAN)
        for number in range(max(1, ROUNDS // 3)):
            with self.subTest(target=kind, seed=number):
                self.state, target = f"{self.folder}/state-{number}", self.database(kind)
                status = self.kill_and_resume(source, target, random.Random(number))
                self.assertEqual(status, 0, "\n".join(self.said()))
                self.assertEqual(target.rows(SUMS), source.rows(SUMS))
                target.drop()

    def test_into_postgres(self): self.rounds(self.make_source(), "postgres")
    def test_into_mariadb_by_load_data(self): self.rounds(self.make_source(), "mariadb")
    def test_into_sqlite(self): self.rounds(self.make_source("mariadb"), "sqlite")

    def test_while_the_source_is_written(self):
        """A transfer between rows keeps the sum: every copy must show the same total, and every row once."""
        source, target = self.make_source(), self.database("postgres")
        total = source.rows("SELECT sum(n) FROM t")
        stop = threading.Event()

        def transfer():
            while not stop.is_set():
                a, b = random.sample(range(1, ROWS), 2)
                source.client(f"BEGIN; UPDATE t SET n = n - 5 WHERE id = {a}; UPDATE t SET n = n + 5 WHERE id = {b}; COMMIT")

        writer = threading.Thread(target=transfer)
        writer.start()
        try:
            self.plan(PLAN)
            status = self.kill_and_resume(source, target, random.Random(99))
        finally:
            stop.set()
            writer.join()
        self.assertEqual(status, 0, "\n".join(self.said()))
        self.assertEqual(target.rows("SELECT count(*), count(DISTINCT id) FROM t"), [(str(ROWS), str(ROWS))])
        self.assertEqual(target.rows("SELECT sum(n) FROM t"), total)

    def start_slowly(self, source, target):
        self.plan("run: {chunk_rows: 1000, throttle: {rows_per_second: 15000}}\n")
        process = self.start("run", "plan.yaml", "--json", source=source, target=target)
        ledger = "SELECT coalesce(to_regclass('migrateiq.chunk')::text, '')"
        self.wait_for(lambda: target.rows(ledger) not in ([], [("",)]) and
                      int(target.rows("SELECT count(*) FROM migrateiq.chunk")[0][0]) > 2, process)
        self.assertIsNone(process.poll(), "it ended too early")
        return process

    def test_second_controller_is_refused(self):
        source, target = self.make_source(), self.database("postgres")
        process = self.start_slowly(source, target)
        run_id = self.newest_run(source=source, target=target)
        refused = self.migrateiq("resume", run_id, source=source, target=target, expect=1)
        self.assertEqual(refused["errors"][0]["code"], "MIQ-RUN-002")
        self.assertEqual(process.wait(), 0)
        self.assertEqual(target.rows(SUMS), source.rows(SUMS))

    def test_terminate_is_resumable(self):
        for number, name in ((signal.SIGTERM, "SIGTERM"), (signal.SIGINT, "SIGINT")):
            with self.subTest(signal=name):
                source, target = self.make_source(), self.database("postgres")
                process = self.start_slowly(source, target)
                process.send_signal(number)
                self.assertEqual(process.wait(timeout=30), 130)
                run_id = self.newest_run(source=source, target=target)
                self.migrateiq("resume", run_id, source=source, target=target)
                self.assertEqual(target.rows(SUMS), source.rows(SUMS))

    def test_lost_connection_is_resumable(self):
        source, target = self.make_source(), self.database("postgres")
        process = self.start_slowly(source, target)
        target.admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{target.name}'")
        status = process.wait(timeout=120)
        if status != 0:
            self.assertEqual(status, 1)
            self.assertIn("MIQ-CONN-005", "".join(self.said()))
            self.migrateiq("resume", self.newest_run(source=source, target=target), source=source, target=target)
        self.assertEqual(target.rows(SUMS), source.rows(SUMS))

    def chunks(self, target):
        """Lines in the target's ledger; none as long as there is no ledger."""
        if target.kind == "csv":
            manifest = pathlib.Path(target.path, "_migrateiq.json")
            return len(json.loads(manifest.read_text())["runs"]) if manifest.exists() else 0
        try:
            return int(target.rows(f"SELECT count(*) FROM {'migrateiq.chunk' if target.kind == 'postgres' else 'migrateiq_chunk'}")[0][0])
        except AssertionError:
            return 0

    def test_two_runs_into_one_table(self):
        """The second one is refused before it writes; when the first one is killed the table is free."""
        source = self.database("sqlite")
        source.client("CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, v TEXT); WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL "
                      "SELECT i + 1 FROM c WHERE i < 20000) INSERT INTO t SELECT i, i * 7 % 1000, 'x' FROM c")
        for kind in ("postgres", "mariadb", "sqlite", "csv"):
            with self.subTest(target=kind):
                self.check_two_runs(source, self.folder_target() if kind == "csv" else self.database(kind))

    def check_two_runs(self, source, target):
        self.state = f"{self.folder}/state-{target.kind}"
        self.plan("run: {schema: replace, chunk_rows: 1000, throttle: {rows_per_second: 4000}}\n")
        self.copy(source, target)
        before = self.chunks(target)
        first = self.start("run", "plan.yaml", "--yes", source=source, target=target)
        self.wait_for(lambda: self.chunks(target) > before, first)
        refused = self.copy(source, target, "--schema", "replace", "--yes", expect=1)
        self.assertEqual((refused["errors"][0]["code"], refused["errors"][0]["table"]), ("MIQ-RUN-002", "t"))
        self.assertIsNone(first.poll(), "it ended too early")
        first.send_signal(signal.SIGKILL)
        first.wait()
        self.copy(source, target, "--schema", "replace", "--yes")
        if target.kind != "csv":
            self.assertEqual(target.rows(SUMS), source.rows(SUMS))

    def folder_target(self):
        return types.SimpleNamespace(kind="csv", path=f"{self.folder}/csv", url=f"csv:{self.folder}/csv")
