"""The whole life of a migration, walked by a shell script with curl and jq: on the embedded server, and on one of several
processes over PostgreSQL and Redis."""
import os
import pathlib
import subprocess

import server_support
import support

WALK = pathlib.Path(__file__).resolve().parents[3] / "examples/server/walk.sh"
ROWS = 20000
TABLES = {"customers": "id, name, coalesce(city, '-')", "orders": "id, customer_id, total, ordered_on"}
STEPS = ["server", "set-up", "people", "connect", "project", "plan", "rehearse", "run", "watch", "report", "verify", "undo",
         "audit", "sign-out"]


def fill(source):
    """Two tables with a foreign key, NULLs, decimals and a letter beyond ASCII."""
    text, many, numbers = "VARCHAR(60)", "", f"seq_1_to_{ROWS}"
    if source.kind == "sqlite":
        text, numbers = "TEXT", "s"
        many = f"WITH RECURSIVE s(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM s WHERE seq < {ROWS}) "
    join = "concat(%s, %s)" if source.kind == "mariadb" else "%s || %s"
    name, city = join % ("'Zo\u00eb '", "seq"), join % ("'city '", "(seq % 90)")
    source.client(f"""
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name {text} NOT NULL, city {text});
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id),
          total DECIMAL(12, 2), ordered_on DATE);
        INSERT INTO customers {many}SELECT seq, {name}, CASE WHEN seq % 7 > 0 THEN {city} END FROM {numbers};
        INSERT INTO orders {many}SELECT seq, 1 + seq * 7 % {ROWS}, seq + 0.25, '2024-02-29' FROM {numbers};""")


class Walk(server_support.Case):
    def walk(self, server, source, target, source_url, target_url):
        env = {**os.environ, "SETUP_LINK": server.set_up_link("api"), "SOURCE_URL": source_url, "TARGET_URL": target_url,
               "BEFORE_UNDO": "touch looking; while [ ! -e looked ]; do sleep 0.05; done"}
        folder = pathlib.Path(self.folder)
        process = subprocess.Popen([WALK, server.url], env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   stdin=subprocess.DEVNULL, text=True)
        self.addCleanup(server_support.kill, process)
        self.wait_for((folder / "looking").exists, process)
        if process.poll() is None:
            for table, columns in TABLES.items():
                query = f"SELECT {columns} FROM {table} ORDER BY id"
                arrived = target.rows(query)
                self.assertEqual(len(arrived), ROWS)
                self.assertEqual(next((pair for pair in zip(arrived, source.rows(query)) if pair[0] != pair[1]), None), None)
            (folder / "looked").touch()
        said, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, said)
        self.assertEqual([line.split()[0] for line in said.splitlines()], STEPS, said)
        for table in TABLES:
            with self.assertRaises(AssertionError, msg=f"{table} is still there after the undo"):
                target.rows(f"SELECT 1 FROM {table} LIMIT 1")
        self.assertEqual(set(server.stop().values()), {0})

    def test_embedded(self):
        source, target = support.Database("sqlite", self.folder), support.Database("sqlite", self.folder)
        fill(source)
        server = self.server({"connections": {"local_folders": f"default={self.folder}"}})
        server.start("api")
        names = (pathlib.Path(database.path).name for database in (source, target))
        self.walk(server, source, target, *(f"sqlite:folder:{name}" for name in names))

    def test_processes_over_postgres_and_redis(self):
        source, target, store = self.database("mariadb"), self.database("postgres"), self.database("postgres")
        fill(source)
        role = f"{store.name}_app"  # a plain role, so that row-level security binds it
        store.admin(f"CREATE ROLE {role} LOGIN PASSWORD '{server_support.PASSWORD}'; ALTER DATABASE {store.name} OWNER TO {role}")
        self.addCleanup(store.admin, f"DROP ROLE {role}")
        self.addCleanup(store.drop)
        place = f"{role}:{server_support.PASSWORD}@{store.server.hostname}:{store.server.port}/{store.name}"
        server = self.server({"store": {"url": f"postgresql://{place}"}, "redis": {"url": self.redis().url}})
        for name, role in (("worker-1", "worker"), ("worker-2", "worker"), ("scheduler", "scheduler"), ("api", "api")):
            server.start(name, role)
        self.walk(server, source, target, source.url, target.url)
