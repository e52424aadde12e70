"""The lines of the benchmark table. Both sides of a case use the same servers, settings and data, one after the other."""

import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass
from typing import Callable

import systems
from lineitem import COLUMNS, ddl

MIQ = str(pathlib.Path("build/migrateiq").resolve())


@dataclass
class Side:
    command: str
    prepare: Callable[[], None]
    count: Callable[[], int]  # the rows that arrived
    environment: dict = None


@dataclass
class Case:
    title: str
    peer_name: str
    goal: float
    ours: Side
    peer: Side


class Workplace:
    """The data, made once per system and number of rows by our generator."""

    def __init__(self, folder, rows):
        self.folder, self.rows = folder, rows
        folder.mkdir(parents=True, exist_ok=True)
        self._ready = set()

    def _once(self, name, make):
        if name not in self._ready:
            print(f"preparing {name}", file=sys.stderr)
            make()
            self._ready.add(name)

    def _generate(self, target, *options):
        subprocess.run([MIQ, "copy", f"fake:lineitem?rows={self.rows}&seed=7", target, "--verify", "none", "--quiet",
                        "--state", str(self.folder / "state"), *options], check=True, stdout=subprocess.DEVNULL)

    def csv(self):
        folder = self.folder / f"csv-{self.rows}"
        if not (folder / "lineitem.csv").exists():
            self._once("CSV", lambda: self._generate(f"csv:{folder}"))
        return folder

    def sqlite(self):
        file = self.folder / f"lineitem-{self.rows}.db"
        if not file.exists():
            self._once("SQLite", lambda: self._generate(f"sqlite://{file}"))
        return file

    def postgres(self):
        def make():
            systems.fresh_postgres("bench_source")
            systems.psql("bench_source", "-c", ddl("postgres"))
            systems.psql("bench_source", "-c", f"\\copy lineitem from '{self.csv()}/lineitem.csv' csv header", "-c", "VACUUM ANALYZE lineitem")
        self._once("PostgreSQL", make)
        return systems.in_database(systems.POSTGRES, "bench_source")

    def postgres_shop(self):
        """Three tables with indexes and keys."""
        def make():
            systems.fresh_postgres("bench_shop")
            systems.psql("bench_shop", "-c", ddl("postgres"), "-c",
                         f"\\copy lineitem from '{self.csv()}/lineitem.csv' csv header", "-c", """
              CREATE TABLE orders AS SELECT l_orderkey AS o_orderkey, min(l_shipdate) AS o_date, sum(l_extendedprice) AS o_total,
                min(l_comment) AS o_comment FROM lineitem GROUP BY 1;
              CREATE TABLE parts AS SELECT l_partkey AS p_partkey, max(l_extendedprice) AS p_price, min(l_comment) AS p_name
                FROM lineitem GROUP BY 1;
              ALTER TABLE orders ADD PRIMARY KEY (o_orderkey); ALTER TABLE parts ADD PRIMARY KEY (p_partkey);
              ALTER TABLE lineitem ADD FOREIGN KEY (l_orderkey) REFERENCES orders, ADD FOREIGN KEY (l_partkey) REFERENCES parts;
              CREATE INDEX ON lineitem (l_orderkey); CREATE INDEX ON lineitem (l_shipdate); CREATE INDEX ON orders (o_date);
              VACUUM ANALYZE""".replace("VACUUM ANALYZE", "ANALYZE"))
        self._once("PostgreSQL with keys", make)
        return systems.in_database(systems.POSTGRES, "bench_shop")

    def mariadb(self):
        def make():
            systems.fresh_mariadb("bench_source")
            systems.mariadb(ddl("mariadb") + f"; LOAD DATA LOCAL INFILE '{self.csv()}/lineitem.csv' INTO TABLE lineitem "
                            "FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' ESCAPED BY '' IGNORE 1 LINES; ANALYZE TABLE lineitem;",
                            "bench_source")
        self._once("MariaDB", make)
        return systems.in_database(systems.MARIADB, "bench_source")

    def ours(self, source, target, *options):
        state = self.folder / "state"
        return " ".join([MIQ, "copy", f"'{source}'", f"'{target}'", "--quiet", "--workers", "2", "--state", str(state), *options])


PG_TARGET = systems.in_database(systems.POSTGRES, "bench_target")
PG_PEER = systems.in_database(systems.POSTGRES, "bench_peer")
MY_TARGET = systems.in_database(systems.MARIADB, "bench_target")


def to_postgres(place, source, *options):
    """Ours, into a fresh PostgreSQL database."""
    return Side(place.ours(source, PG_TARGET, *options), lambda: systems.fresh_postgres("bench_target"),
                lambda: systems.postgres_rows("bench_target", "lineitem"))


def to_mariadb(place, source, *options):
    return Side(place.ours(source, MY_TARGET, *options), lambda: systems.fresh_mariadb("bench_target"),
                lambda: systems.mariadb_rows("bench_target", "lineitem"))


def psql_peer(command, environment=None):
    def prepare():
        systems.fresh_postgres("bench_peer")
        systems.psql("bench_peer", "-c", ddl("postgres"))
    return Side(command, prepare, lambda: systems.postgres_rows("bench_peer", "lineitem"), environment)


def mariadb_peer(feed):
    command, environment = systems.mariadb_command("bench_peer")

    def prepare():
        systems.fresh_mariadb("bench_peer")
        systems.mariadb(ddl("mariadb"), "bench_peer")
    return Side(feed.format(client=command), prepare, lambda: systems.mariadb_rows("bench_peer", "lineitem"), environment)


def copy_from_csv(place):
    return psql_peer(f"psql -X -q '{PG_PEER}' -c \"\\copy lineitem from '{place.csv()}/lineitem.csv' csv header\"")


def csv_pg(place):
    return Case("CSV -> PostgreSQL", "psql \\copy", 0.50, to_postgres(place, f"csv:{place.csv()}", "--verify none"), copy_from_csv(place))


def csv_pg_verified(place):
    return Case("CSV -> PostgreSQL, verified", "psql \\copy (verifies nothing)", 1.0,
                to_postgres(place, f"csv:{place.csv()}", "--verify checksum"), copy_from_csv(place))


def sqlite_pg(place):
    peer = f"sqlite3 -csv {place.sqlite()} 'select * from lineitem' | psql -X -q '{PG_PEER}' -c '\\copy lineitem from stdin csv'"
    return Case("SQLite -> PostgreSQL", "sqlite3 -csv | psql", 0.70, to_postgres(place, f"sqlite://{place.sqlite()}", "--verify none"), psql_peer(peer))


def mariadb_dump(place):
    place.mariadb()
    return systems.mariadb_command("bench_source")


def mariadb_pg(place):
    client, environment = mariadb_dump(place)
    peer = f"{client} --quick --batch --skip-column-names -e 'select * from lineitem' | psql -X -q '{PG_PEER}' -c '\\copy lineitem from stdin'"
    return Case("MariaDB -> PostgreSQL", "mariadb --quick --batch | psql", 0.75, to_postgres(place, place.mariadb(), "--verify none"),
                psql_peer(peer, environment))


def pg_pg(place):
    source = place.postgres()
    peer = (f"psql -X -q '{source}' -c 'copy lineitem to stdout (format binary)' | "
            f"psql -X -q '{PG_PEER}' -c 'copy lineitem from stdin (format binary)'")
    return Case("PostgreSQL -> PostgreSQL, one table", "binary COPY between two psql", 0.88, to_postgres(place, source, "--verify none"), psql_peer(peer))


def pg_pg_keys(place):
    source = place.postgres_shop()
    folder = place.folder / "pgcopydb"
    peer = Side(f"rm -rf {folder}; pgcopydb clone --source '{source}' --target '{PG_PEER}' --dir {folder} --table-jobs 2 "
                "--index-jobs 2 --no-owner --no-acl --no-comments", lambda: systems.fresh_postgres("bench_peer"),
                lambda: systems.postgres_rows("bench_peer", "lineitem"))
    return Case("PostgreSQL -> PostgreSQL, 3 tables with keys", "pgcopydb, 2 jobs", 0.80, to_postgres(place, source, "--verify none"), peer)


LOAD_TEXT = "LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE lineitem"
LOAD_CSV = LOAD_TEXT + " FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\\\"' ESCAPED BY '' IGNORE 1 LINES"


def pg_mariadb(place):
    source = place.postgres()
    peer = mariadb_peer(f"psql -X -q '{source}' -c 'copy lineitem to stdout' | {{client}} -e \"{LOAD_TEXT}\"")
    return Case("PostgreSQL -> MariaDB", "psql | LOAD DATA LOCAL", 0.80, to_mariadb(place, source, "--verify none"), peer)


def csv_mariadb(place):
    peer = mariadb_peer(f"cat {place.csv()}/lineitem.csv | {{client}} -e \"{LOAD_CSV}\"")
    return Case("CSV -> MariaDB", "cat | LOAD DATA LOCAL", 0.80, to_mariadb(place, f"csv:{place.csv()}", "--verify none"), peer)


def mariadb_mariadb(place):
    _, environment = mariadb_dump(place)
    parts = systems.urllib.parse.urlsplit(systems.MARIADB)
    login = f"-h {parts.hostname} -P {parts.port} -u {parts.username} -p \"$MYSQL_PWD\" -t 2"
    folder = place.folder / "mydumper"
    peer = Side(f"rm -rf {folder}; mydumper {login} -B bench_source -T lineitem -o {folder} -r 500000; "
                f"myloader {login} -B bench_peer -d {folder}", lambda: systems.fresh_mariadb("bench_peer"),
                lambda: systems.mariadb_rows("bench_peer", "lineitem"), environment)
    return Case("MariaDB -> MariaDB", "mydumper + myloader", 0.70, to_mariadb(place, place.mariadb(), "--verify none"), peer)


def verified(place, title, source, make):
    """Ours with the proof, against ours without."""
    return Case(title + ", verified", "the same without verification", 1.8, make(place, source, "--verify checksum"),
                make(place, source, "--verify none"))


def pgloader(place, title, goal, source, load):
    script = place.folder / "pgloader.load"
    script.write_text(load)
    peer = psql_peer(f"pgloader --quiet --no-ssl-cert-verification {script}", {**os.environ})
    return Case(title, "pgloader 3.6", goal, to_postgres(place, source, "--verify none"), peer)


def pgloader_csv(place):
    load = (f"LOAD CSV FROM '{place.csv()}/lineitem.csv' ({', '.join(COLUMNS)}) INTO {PG_PEER}?tablename=lineitem "
            "WITH skip header = 1, fields optionally enclosed by '\"', fields terminated by ',', workers = 2, concurrency = 1;")
    return pgloader(place, "CSV -> PostgreSQL", 1 / 15, f"csv:{place.csv()}", load)


def pgloader_sqlite(place):
    load = f"LOAD DATABASE FROM sqlite://{place.sqlite()} INTO {PG_PEER} WITH data only, workers = 2, concurrency = 1;"
    return pgloader(place, "SQLite -> PostgreSQL", 1 / 5, f"sqlite://{place.sqlite()}", load)


def pgloader_mariadb(place):
    load = (f"LOAD DATABASE FROM {place.mariadb()} INTO {PG_PEER} WITH data only, workers = 2, concurrency = 1 "
            "ALTER SCHEMA 'bench_source' RENAME TO 'public';")
    return pgloader(place, "MariaDB -> PostgreSQL", 1 / 5, place.mariadb(), load)


CASES = {case.__name__: case for case in (csv_pg, csv_pg_verified, sqlite_pg, mariadb_pg, pg_pg, pg_pg_keys, pg_mariadb, csv_mariadb,
                                          mariadb_mariadb, pgloader_csv, pgloader_sqlite, pgloader_mariadb)}
CASES["sqlite_pg_verified"] = lambda place: verified(place, "SQLite -> PostgreSQL", f"sqlite://{place.sqlite()}", to_postgres)
CASES["mariadb_pg_verified"] = lambda place: verified(place, "MariaDB -> PostgreSQL", place.mariadb(), to_postgres)
CASES["pg_pg_verified"] = lambda place: verified(place, "PostgreSQL -> PostgreSQL", place.postgres(), to_postgres)
CASES["pg_mariadb_verified"] = lambda place: verified(place, "PostgreSQL -> MariaDB", place.postgres(), to_mariadb)
