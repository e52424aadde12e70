"""`analyze` says the same of the same rows wherever they are, and finds what was planted."""
import pathlib
import unittest

import support

SHAPE = "fake:orders?rows=400&seed=11"
SYSTEMS = ["csv", "jsonl", "parquet", "sqlite", "postgres", "mariadb"]
# What a system's types change: CSV writes no declared types and its smallest decimals may have fewer digits.
FIGURES = ("count", "nulls", "empty", "blank")


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def by_name(document):
    return {table["name"].rsplit(".")[-1]: {column["name"]: column for column in table["columns"]} for table in document["tables"]}


class Analyze(support.Case):
    def analyze(self, source, *options, expect=0):
        return self.migrateiq("analyze", "${SOURCE_URL}", *options, source=source, expect=expect)

    def compare(self, expected, found, place):
        for name in FIGURES:
            self.assertEqual(expected[name], found[name], f"{place} {name}")
        self.assertEqual(expected["distinct"]["value"], found["distinct"]["value"], place)
        for name in ("minimum", "maximum"):
            if number(expected.get(name)) is not None:
                self.assertAlmostEqual(number(expected[name]), number(found[name]), msg=f"{place} {name}")
            elif expected["family"] == found["family"] == "date":
                self.assertEqual(expected[name], found[name], place)
        if "numbers" in expected and "numbers" in found:
            for name in ("mean", "deviation", "zeros", "negatives"):
                self.assertAlmostEqual(expected["numbers"][name], found["numbers"][name], places=6, msg=f"{place} {name}")
        if expected["family"] == "text":
            self.assertEqual(expected["lengths"], found["lengths"], place)

    def check(self, kind):
        expected = by_name(self.analyze(SHAPE))
        target = self.database(kind) if kind in ("sqlite", "postgres", "mariadb") else f"{kind}:{self.folder}/copied"
        self.copy(SHAPE, target, "--verify", "none")
        document = self.analyze(target)
        found = by_name(document)
        self.assertEqual(sorted(expected), sorted(found))
        for table, columns in expected.items():
            self.assertEqual(list(columns), list(found[table]), table)
            for name, column in columns.items():
                if column["family"] != "boolean":  # MariaDB and SQLite have none
                    self.compare(column, found[table][name], f"{kind} {table}.{name}")
        orders = next(table for table in document["tables"] if table["name"].endswith("orders"))
        references = [(one["columns"], one["parent"].rsplit(".")[-1], one["orphans"]) for one in orders["inclusion_dependencies"]]
        self.assertEqual(references, [(["customer_id"], "customers", 0)], kind)
        self.assertEqual(document["connector"] if kind in ("csv", "jsonl") else kind, kind)

    def test_rules_of_a_suite_are_counted(self):
        pathlib.Path(f"{self.folder}/rules.yaml").write_text(
            "version: 1\nname: shop\nattach: source\nchecks:\n"
            "  - {kind: range, table: orders, column: total, min: 0, max: 100}\n"
            "  - {kind: not_null, table: orders, column: status}\n")
        self.copy(SHAPE, f"csv:{self.folder}/shop", "--verify", "none")
        document = self.analyze(f"csv:{self.folder}/shop", "--rules", f"{self.folder}/rules.yaml")
        rules = {rule["kind"]: rule for table in document["tables"] for rule in table["rules"]}
        self.assertEqual(rules["not_null"]["status"], "passed")
        self.assertEqual(rules["range"]["status"], "failed")
        totals = [float(line.split(",")[4].strip('"')) for line in pathlib.Path(f"{self.folder}/shop/orders.csv").read_text().splitlines()[1:]]
        self.assertEqual(rules["range"]["broken"], sum(1 for total in totals if not 0 <= total <= 100))

    def test_everything_from_all_rows_on_demand(self):
        full = self.analyze("fake:lineitem?rows=30000&seed=3", "--full", "--sample", "100")
        table = full["tables"][0]
        self.assertEqual(table["sample"], {"rows": 30000, "basis": "all_rows", "method": "all rows", "error": 0})
        self.assertTrue(all(column["distinct"]["method"] == "exact" for column in table["columns"]))
        sampled = self.analyze("fake:lineitem?rows=30000&seed=3", "--sample", "100")["tables"][0]
        self.assertEqual(sampled["sample"]["rows"], 100)
        self.assertGreater(sampled["sample"]["error"], 0.09)

    def test_usage(self):
        self.analyze("fake:orders?rows=10", "--tables", "nothing", expect=1)
        self.analyze("nowhere:orders", expect=2)
        process = self.start("analyze", "fake:orders?rows=10", "--server", "http://127.0.0.1:1")
        self.assertEqual(process.wait(timeout=60), 2)
        self.assertIn("--local", self.said()[1])


def case_for(kind):
    return lambda self: self.check(kind)


for _kind in SYSTEMS:
    setattr(Analyze, f"test_same_figures_in_{_kind}", case_for(_kind))

if __name__ == "__main__":
    unittest.main()
