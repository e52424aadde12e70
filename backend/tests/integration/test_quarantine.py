"""Rows are edited and replayed; killing the replay, or repeating it, doubles nothing."""
import json
import pathlib
import random
import signal
import sqlite3
import time

import support

REJECTED = 300


class Quarantine(support.Case):
    def rejected_rows(self, kind):
        """A run into `kind` of which REJECTED rows are in quarantine, because their emails are there already."""
        self.source, self.target = self.database("sqlite"), self.database(kind)
        self.source.client("CREATE TABLE u (id INTEGER PRIMARY KEY, email VARCHAR(60));"
                           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                           f"WHERE i < {REJECTED + 2}) INSERT INTO u SELECT i, 'a' || (i % 2) FROM n;")
        self.target.client("CREATE TABLE u (id INT PRIMARY KEY, email VARCHAR(60) NOT NULL UNIQUE);")
        self.plan("run: {schema: reuse}\n")
        report = self.run_it("run", "plan.yaml", expect=3)
        self.assertEqual(report["tables"][0]["rows_quarantined"], REJECTED)
        return report["run_id"]

    def run_it(self, *words, expect=0):
        return self.migrateiq(*words, expect=expect, source=self.source, target=self.target)

    def edited_file(self, run_id):
        document = self.run_it("quarantine", "show", run_id)
        for row in document["rows"]:
            row["original"]["email"] = f"new-{row['original']['id']}"
        path = pathlib.Path(f"{self.folder}/rows.json")
        path.write_text(json.dumps(document))
        return str(path)

    def is_edited(self, run_id):
        rows = self.run_it("quarantine", "show", run_id)["rows"]
        return not rows or any(row["original"]["email"].startswith("new-") for row in rows)

    def killed_replays(self, kind):
        run_id = self.rejected_rows(kind)
        words = ["quarantine", "replay", run_id, "--from", self.edited_file(run_id)]
        generator = random.Random(7)
        for _ in range(8):
            process = self.start(*words, "--json", source=self.source, target=self.target)
            time.sleep(generator.uniform(0.05, 0.4))
            process.send_signal(signal.SIGKILL)
            process.wait()
            if self.is_edited(run_id):  # a replay that dies before it has read the file has edited nothing
                words = words[:3]
        self.run_it(*words)  # with the file, should each of the eight have died too early
        counted = self.target.rows("SELECT count(*), count(DISTINCT email) FROM u")
        self.assertEqual(counted, [(str(REJECTED + 2), str(REJECTED + 2))])
        # As if each replay had died after the row was committed and before that was noted down.
        with sqlite3.connect(f"{self.state}/migrateiq/state.db") as state:
            state.execute("UPDATE quarantine SET state = 'open'")
        self.assertEqual(self.run_it("quarantine", "replay", run_id)["replayed"], REJECTED)
        self.assertEqual(self.target.rows("SELECT count(*), count(DISTINCT email) FROM u"), counted)
        status = self.run_it("status", run_id)
        self.assertEqual(status["report"]["tables"][0]["rows_edited"], REJECTED)

    def test_killed_replays_into_postgres(self): self.killed_replays("postgres")
    def test_killed_replays_into_mariadb(self): self.killed_replays("mariadb")
    def test_killed_replays_into_sqlite(self): self.killed_replays("sqlite")
