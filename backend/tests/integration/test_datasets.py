"""Real databases, compared by an export that does not use our code."""
import os
import pathlib
import shutil

import export
import support

PLACES = [os.environ.get("MIQ_DATASETS", "")] + [
    str(parent / "shared/datasets") for parent in list(pathlib.Path(__file__).resolve().parents)[3:6]]


def dataset(case, name):
    for place in filter(None, PLACES):
        if (pathlib.Path(place) / name).exists():
            return pathlib.Path(place) / name
    case.skipTest(f"the data set {name} is not here: {' '.join(filter(None, PLACES))}")


class Chinook(support.Case):
    """The music shop, 11 tables."""

    def from_sqlite(self):
        source = self.database("sqlite")
        shutil.copy(dataset(self, "chinook/chinook.sqlite"), source.path)
        return source

    def from_mysql(self):
        script = dataset(self, "chinook/chinook-mysql.sql").read_text()
        source = self.database("mariadb")
        own = "\n".join(line for line in script.splitlines()
                        if not line.startswith(("DROP DATABASE", "CREATE DATABASE", "USE ")))
        source.client(own)
        return source

    def check(self, source, kind):
        target = self.database(kind)
        report = self.copy(source, target)
        self.assertEqual({table["verified"] for table in report["tables"]}, {"match"})
        self.assertEqual(len(report["tables"]), 11)
        export.compare(self, source, target)

    def test_sqlite_to_postgres(self): self.check(self.from_sqlite(), "postgres")
    def test_sqlite_to_mariadb(self): self.check(self.from_sqlite(), "mariadb")
    def test_sqlite_to_sqlite(self): self.check(self.from_sqlite(), "sqlite")
    def test_mysql_to_postgres(self): self.check(self.from_mysql(), "postgres")
    def test_mysql_to_mariadb(self): self.check(self.from_mysql(), "mariadb")
    def test_mysql_to_sqlite(self): self.check(self.from_mysql(), "sqlite")


class Sakila(support.Case):
    """The video shop: views, triggers, SET, ENUM, YEAR, BLOB, GEOMETRY, full text, a cycle of foreign keys."""

    def source(self):
        schema, data = (dataset(self, f"sakila/sakila-mysql-{part}.sql") for part in ("schema", "data"))
        source = self.database("mariadb")
        for path in (schema, data):
            text = path.read_text().replace("`sakila`", f"`{source.name}`").replace("sakila.", f"{source.name}.")
            own = [line for line in text.splitlines()
                   if not line.upper().startswith(("DROP SCHEMA", "CREATE SCHEMA", "USE SAKILA"))]
            source.client("\n".join(own))
        return source

    def check(self, kind, ignore=()):
        source, target = self.source(), self.database(kind)
        report = self.copy(source, target)
        self.assertEqual({table["verified"] for table in report["tables"]}, {"match"})
        manual = {(o["kind"], o["name"].split(".")[-1]) for o in report["objects"] if o["status"] == "manual"}
        for view in ("actor_info", "customer_list", "film_list", "sales_by_store"):
            self.assertIn(("view", view), manual)
        self.assertTrue({kind for kind, _ in manual} >= {"view", "trigger", "routine"})
        export.compare(self, source, target, ignore)
        return target

    def test_to_mariadb(self):
        self.check("mariadb")

    def test_to_postgres(self):
        target = self.check("postgres", ignore=("location",))  # the geometry has another text form there
        found = target.rows("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace")
        self.assertEqual(found, [("22",)])

    def test_to_sqlite(self):
        self.check("sqlite", ignore=("location",))
