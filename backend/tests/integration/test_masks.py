"""What a mask hides is found nowhere but at the source and in the encrypted quarantine."""
import os
import pathlib

import support

KEY = "k" * 32
MARK = "Zq7Original"


class Masks(support.Case):
    """Every value of the masked columns holds MARK: whoever finds it has found a leak."""

    def setUp(self):
        super().setUp()
        os.environ["MIGRATEIQ_MASK_KEY_PII"] = KEY
        self.addCleanup(os.environ.pop, "MIGRATEIQ_MASK_KEY_PII")
        self.outside = pathlib.Path(self.folder) / "outside"
        self.outside.mkdir()

    def csv(self, lines):
        (pathlib.Path(self.folder) / "source").mkdir()
        (pathlib.Path(self.folder) / "source" / "p.csv").write_text("".join(line + "\n" for line in lines))
        return f"csv:{self.folder}/source"

    def leaks(self, *, without):
        """Files below the folder, but for the source, that hold the mark; as text and as UTF-16."""
        marks = [MARK.encode(), MARK.lower().encode(), MARK.encode("utf-16-le"), MARK.encode().hex().encode()]
        found = []
        for path in sorted(pathlib.Path(self.folder).rglob("*")):
            if path.is_file() and without not in str(path):
                bytes_ = path.read_bytes()
                found += [f"{path}: {mark}" for mark in marks if mark in bytes_]
        return found

    def run_with(self, kind, plan):
        rows = [f"{i},{MARK}{i}@example.org,{MARK} name {i},{20 + i}" for i in range(50)]
        rows[7] = f"7,{MARK}-no-address,{MARK} name 7,30"          # breaks the rule
        rows[8] = f"8,{MARK}8@example.org,{MARK} name 8,{MARK}"     # the expression fails, and quotes the value
        rows[9] = f"9,{MARK}9@example.org,{MARK} name 9,30,{MARK}"  # cannot be cut into columns
        rows[10] = f"10,{MARK}10@example.org,,30"                   # refused by the target: NOT NULL
        rows[11] = f"11,{MARK}11@example.org,{MARK} name 11,5"      # refused by the target: CHECK
        source, target = self.csv(["id,email,name,age"] + rows), self.database(kind)
        target.client("CREATE TABLE p (id bigint PRIMARY KEY, email varchar(60), name varchar(60) NOT NULL, "
                      "age bigint, CONSTRAINT grown CHECK (age >= 18));")
        self.plan("mappings:\n  - source: p\n    target: p\n    columns:\n"
                  "      - {target: id, source: id}\n"
                  "      - {target: email, source: email, mask: {kind: email, key: pii}}\n"
                  "      - {target: name, source: name, mask: {kind: token, key: pii}}\n"
                  "      - {target: age, expr: 'CAST(age AS BIGINT)'}\n"
                  "    rest: drop\n"
                  "    rules:\n"
                  "      - {kind: regex, column: email, pattern: '@', severity: reject}\n"
                  "      - {kind: length, column: name, max: 3, severity: warn}\n"
                  "      - {kind: expr, name: odd, expr: \"CAST(email || name AS BIGINT) > 0\", severity: warn}\n"
                  f"run: {{schema: reuse, verify: diff, chunk_rows: 10}}\n{plan}")
        return source, target

    def check(self, kind):
        source, target = self.run_with(kind, "")
        words = ["run", "plan.yaml", "--log-level", "debug"]
        report = self.migrateiq(*words, source=source, target=target, expect=3)
        self.assertEqual(report["tables"][0]["rows_quarantined"], 5, report["tables"][0])
        self.assertEqual(report["tables"][0]["verified"], "match")
        for number, said in enumerate(self.said()):
            (self.outside / f"said-{number}").write_text(said)
        (self.outside / "target").write_text(self.everything_in(target))
        self.assertIn("@example.com", (self.outside / "target").read_text())
        self.migrateiq("status", report["run_id"], source=source, target=target)
        (self.outside / "status").write_text(self.said()[0])
        self.assertEqual(self.leaks(without="/source/"), [])

        self.migrateiq("quarantine", "show", report["run_id"], source=source, target=target)
        self.assertIn(f"{MARK}-no-address", self.said()[0], "who may read the quarantine sees what was there")

    def everything_in(self, target):
        """All tables with the ledger and the journal."""
        if target.kind == "sqlite":
            return target.client(".dump")
        tables = target.rows("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema "
                             "NOT IN ('pg_catalog', 'information_schema')")
        self.assertGreater(len(tables), 1, "the ledger is here")
        return "".join(target.client(f'SELECT * FROM "{schema}"."{table}";') for schema, table in tables)

    def test_nothing_leaks_into_sqlite(self): self.check("sqlite")
    def test_nothing_leaks_into_postgres(self): self.check("postgres")

    def test_rehearsal_and_fail_quote_nothing(self):
        source, target = self.run_with("sqlite", "on: {row_error: fail}\n")
        self.migrateiq("rehearse", "plan.yaml", "--log-level", "debug", source=source, target=target, expect=3)
        for number, said in enumerate(self.said()):
            (self.outside / f"rehearsal-{number}").write_text(said)
        self.migrateiq("run", "plan.yaml", "--log-level", "debug", source=source, target=target, expect=1)
        for number, said in enumerate(self.said()):
            (self.outside / f"run-{number}").write_text(said)
        self.assertEqual(self.leaks(without="/source/"), [])
