"""The demo, looked at from outside, and the plans that are published as examples."""
import json
import os
import pathlib
import re
import sqlite3
import subprocess

import support

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "examples"
TABLES = {"TBL_CUST": "customers", "PRODUKTE": "products", "ORD_HDR": "orders", "ORD_LINE": "order_lines",
          "PAYMENTS": "payments", "AUDIT_LOG": "audit_log"}
DELETED_CUSTOMER = "(SELECT CUST_NO FROM TBL_CUST WHERE DEL_DT <> 0)"
GONE_ORDER = f"(SELECT ORD_NO FROM ORD_HDR WHERE DEL_FLG IS NOT NULL OR CUST_NO IN {DELETED_CUSTOMER})"
LIVE = {"TBL_CUST": "DEL_DT IS NULL OR DEL_DT = 0", "ORD_HDR": f"DEL_FLG IS NULL AND CUST_NO NOT IN {DELETED_CUSTOMER}",
        "ORD_LINE": f"ORD_NO NOT IN {GONE_ORDER}", "PAYMENTS": f"ORD_NO NOT IN {GONE_ORDER}"}


def names(full):
    """Title, first and last name, by other means than the plan's."""
    full = full.strip()
    title = "Dr." if full.lower().startswith("dr. ") else None
    full = full[4:].strip() if title else full
    last, _, first = full.partition(", ")
    if not first:
        first, _, last = full.partition(" ")
    return title, first, last


def date(text):
    """ISO text of a date in any of the forms, or None."""
    text = str(text)
    for pattern, order in ((r"(\d{4})(\d\d)(\d\d)", (1, 2, 3)), (r"(\d\d)\.(\d\d)\.(\d{4})", (3, 2, 1)),
                           (r"(\d{4})-(\d\d)-(\d\d)", (1, 2, 3))):
        found = re.fullmatch(pattern, text)
        if found and found.group(order[0]) != "0000":
            return "-".join(found.group(part) for part in order)
    return None


def amount(value):
    if value is None or value == "N/A":
        return None
    text = str(value).strip()
    return round(float(text.replace(".", "").replace(",", ".") if "," in text else text), 2)


class Demo(support.Case):
    def setUp(self):
        super().setUp()
        self.demo = pathlib.Path(self.folder) / "demo"
        self.said_by_demo = self.run_demo()
        self.old, self.new = (sqlite3.connect(self.demo / name) for name in ("legacy.db", "shop.db"))
        self.addCleanup(self.old.close)
        self.addCleanup(self.new.close)

    def run_demo(self):
        done = subprocess.run([EXAMPLES / "demo/run.sh", "--rows", "20000", self.demo], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout[-3000:])
        return done.stdout

    def ask(self, *words):
        done = subprocess.run([os.environ["MIQ_BINARY"], *words, "--json", "--state", self.demo / "state"],
                              capture_output=True, text=True, env={**os.environ, "DEMO": str(self.demo)})
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def check_report(self):
        run_id = next(run["run_id"] for run in self.ask("runs")["runs"] if run["name"] == "legacy-shop")
        report = self.ask("status", run_id)
        report = report.get("report", report)
        quarantine = self.ask("quarantine", "list", run_id)["rows"]
        self.assertEqual({t["source"]: t["target"] for t in report["tables"]}, TABLES)
        for table in report["tables"]:
            name, new_name = table["source"], table["target"]
            with self.subTest(table=name):
                (live,) = self.old.execute(f"SELECT count(*) FROM {name} WHERE {LIVE.get(name, 'true')}").fetchone()
                (written,) = self.new.execute(f"SELECT count(*) FROM {new_name}").fetchone()
                self.assertEqual(table["rows_read"], live)
                self.assertEqual(table["rows_written"], written)
                self.assertEqual(table["rows_quarantined"], sum(row["table"] == new_name for row in quarantine))
                self.assertEqual(live, written + table["rows_quarantined"] + table["rows_filtered"])
                self.assertEqual((table["verified"], table["source_digest"]), ("match", table["target_digest"]))
        self.assertGreater(len(quarantine), 0)

    def check_customers(self):
        old = {row[0]: row[1:] for row in self.old.execute(
            f"SELECT CUST_NO, FULL_NM, CUST_SNC, BRTH_DT, CRED_LIM FROM TBL_CUST WHERE {LIVE['TBL_CUST']}")}
        new = {row[0]: row[1:] for row in self.new.execute(
            "SELECT id, title, first_name, last_name, customer_since, born, credit_limit FROM customers")}
        self.assertEqual(old.keys(), new.keys())
        for key, (full, since, born, limit) in old.items():
            self.assertEqual(new[key], (*names(full), date(since), date(born), amount(limit)), full)

    def check_orders(self):
        old = {row[0]: row[1:] for row in self.old.execute("SELECT ORD_NO, CUST_NO, ORD_DT, TOT_AMT, DEL_FLG FROM ORD_HDR")}
        for key, customer, day, total in self.new.execute("SELECT id, customer_id, ordered_on, total FROM orders"):
            was = old[key]
            self.assertEqual((customer, day, total, None), (was[0], date(was[1]), amount(was[2]), was[3]))
            self.assertIsNotNone(day)

    def test_demo(self):
        kinds = {kind for (kind,) in self.old.execute("SELECT DISTINCT typeof(TOT_AMT) FROM ORD_HDR")}
        self.assertEqual(kinds, {"integer", "real", "text"})
        self.check_report()
        self.check_customers()
        self.check_orders()
        self.assertEqual(self.new.execute("PRAGMA foreign_key_check").fetchall(), [])
        (negative,) = self.new.execute("SELECT count(*) FROM payments WHERE amount < 0 OR paid_on IS NULL").fetchone()
        self.assertEqual(negative, 0)
        self.assertNotIn("\x1b", self.said_by_demo)
        self.check_parquet()
        self.run_demo()

    def check_parquet(self):
        """Read back into a third database, which then is compared with the second by Python."""
        self.copy(f"parquet:{self.demo}/parquet", f"sqlite:{self.folder}/back.db")
        back = sqlite3.connect(f"{self.folder}/back.db")
        self.addCleanup(back.close)
        for table in TABLES.values():
            first, second = (sorted(map(repr, database.execute(f"SELECT * FROM {table}"))) for database in (self.new, back))
            self.assertEqual(len(first), len(second), table)
            for one, other in zip(first, second):
                self.assertEqual(one, other, table)


class Folder(support.Case):
    def test_a_folder_of_others_is_left_alone(self):
        other = pathlib.Path(self.folder) / "other"
        other.mkdir()
        (other / "letter.txt").write_text("dear")
        done = subprocess.run([EXAMPLES / "demo/run.sh", other], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertEqual([path.name for path in other.iterdir()], ["letter.txt"])


class Plans(support.Case):
    """Every example is a plan: what fails here is the connection, never the file."""

    ENVIRONMENT = {name: "127.0.0.1" for name in ("MYSQL_PASSWORD", "PG_PASSWORD", "SOURCE_PASSWORD", "TARGET_PASSWORD")}

    def test_examples_are_understood(self):
        found = sorted(EXAMPLES.rglob("*.yaml"))
        self.assertGreaterEqual(len(found), 5)
        for path in found:
            with self.subTest(example=path.name):
                self.check(path)

    def check(self, path):
        # Nobody listens on port 1; files are looked for where there are none.
        text = re.sub(r"127\.0\.0\.1(:\d+)?/", "127.0.0.1:1/", path.read_text())
        plan = pathlib.Path(self.folder) / path.name
        plan.write_text(text)
        env = {**os.environ, **self.ENVIRONMENT, "DEMO": "/nowhere", "CSV_FOLDER": "/nowhere", "TARGET_DB": "/nowhere/t.db"}
        done = subprocess.run([os.environ["MIQ_BINARY"], "rehearse", plan, "--json", "--state", f"{self.folder}/state"],
                              capture_output=True, text=True, env=env)
        codes = [error["code"] for error in json.loads(done.stdout)["errors"]]
        self.assertTrue(codes and all(code.startswith("MIQ-CONN") for code in codes), done.stdout + done.stderr)
