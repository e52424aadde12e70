"""Requests a second: the project list that everybody sees first, against the limits of the same machine."""

import re
import subprocess

PROJECTS = 10_000
# No limit stands in the way of one address, user and tenant; all else is as it is by default.
SETTINGS = {"gateway__rate_per_address": 0, "gateway__rate_per_user": 0, "gateway__rate_per_tenant": 0, "gateway__connections_per_address": 0}
COLUMNS = "project_id, tenant_id, name, description, state, labels, version, created_at, created_by, created_by_name, updated_at"
# Ids as the server makes them: ascending with time, so that the newest come first.
SEED = f"""
INSERT INTO project ({COLUMNS})
SELECT '0192f0c1-' || lpad(to_hex(number >> 16), 4, '0') || '-7' || lpad(to_hex(number & 4095), 3, '0') || '-8000-' || lpad(to_hex(number + :offset), 12, '0'),
       :'tenant', 'Shop ' || number || ' of region ' || number % 97, 'Orders, customers and invoices of the shop, from MariaDB to PostgreSQL.',
       (ARRAY['draft', 'active', 'archived'])[number % 3 + 1], '["shop","region-' || number % 97 || '"]', 1, 1700000000000000 + number * 1000000::bigint,
       '0192f0c1-0000-7000-8000-000000000001', 'Anna <anna@example.com>', 1700000000000000 + number * 1000000::bigint
  FROM generate_series(1, {PROJECTS}) AS number;
"""
QUERY = f"SELECT {COLUMNS} FROM project WHERE tenant_id = '{{tenant}}' AND project_id < '~' ORDER BY project_id DESC LIMIT 51;\n"


def seed(postgres, database, tenant):
    """The tenant's projects, and as many of another tenant that nobody may see."""
    for offset, owner in ((0, tenant), (PROJECTS, "another")):
        postgres.sql(database, f"\\set offset {offset}\n\\set tenant {owner}\n{SEED}")
    postgres.sql(database, "VACUUM ANALYZE")


def wrk(url, seconds, token=None):
    """One thread, 32 connections. Raises when an answer is not as it should be."""
    headers = ["-H", f"Authorization: Bearer {token}"] if token else []
    text = subprocess.run(["wrk", "-t1", "-c32", f"-d{seconds}", "--latency", *headers, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), "p50_ms": milliseconds(text, 50), "p99_ms": milliseconds(text, 99)}


def milliseconds(text, percentile):
    number, unit = re.search(rf"\b{percentile}%\s+([\d.]+)(us|ms|s)\b", text).groups()
    return round(float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit], 2)


def pgbench(postgres, database, query, seconds, folder):
    """The same query as often as this machine's PostgreSQL answers it, prepared, for the same role and tenant."""
    script = folder / "list.sql"
    script.write_text(query)
    answer = subprocess.run(["pgbench", "-n", "-c", "8", "-j", "1", "-M", "prepared", f"-T{seconds}", "-f", script, *postgres.login("migrateiq"), database],
                            check=True, capture_output=True, text=True, env={**postgres.environment, "PGOPTIONS": "-c migrateiq.tenant=default"})
    return {"per_second": float(re.search(r"tps = ([\d.]+)", answer.stdout)[1])}


def measure(place, seconds):
    """The lines of the table: the list, and what limits it."""
    postgres = place.postgres()
    server = place.server("requests", store__url=postgres.new_database("requests"), **SETTINGS)
    tenant = server.call("GET", "tenant")["tenant_id"]
    seed(postgres, "requests", tenant)
    page = server.call("GET", "projects?limit=50")
    if len(page["items"]) != 50 or not page["next"]:
        raise RuntimeError("the list is not what was asked for")
    later = page["next"]
    wrk(server.url("/api/v1/projects?limit=50"), 2, server.token)  # warms up
    database = pgbench(postgres, "requests", QUERY.format(tenant=tenant), max(5, seconds // 3), place.folder)
    health = wrk(server.url("/healthz"), max(5, seconds // 3))
    listed = wrk(server.url("/api/v1/projects?limit=50"), seconds, server.token)
    second = wrk(server.url(f"/api/v1/projects?limit=50&cursor={later}"), max(5, seconds // 3), server.token)
    one = wrk(server.url(f"/api/v1/projects/{page['items'][0]['project_id']}"), max(5, seconds // 3), server.token)
    return lines(database, health, listed, second, one)


def lines(database, health, listed, second, one):
    share = {"of_database": round(listed["per_second"] / database["per_second"], 3), "of_healthz": round(listed["per_second"] / health["per_second"], 3)}
    return [
        {"case": "list", "work": "project list, page of 50 of 10,000", **listed, **share, "unit": "requests/s", "value": listed["per_second"],
         "goal": "at least 5,000/s, p99 under 30 ms", "met": listed["per_second"] >= 5000 and listed["p99_ms"] < 30},
        {"case": "list_later", "work": "the same, the next page by its cursor", **second, "unit": "requests/s", "value": second["per_second"]},
        {"case": "one", "work": "one project", **one, "unit": "requests/s", "value": one["per_second"]},
        {"case": "healthz", "work": "/healthz: the gateway alone", **health, "unit": "requests/s", "value": health["per_second"]},
        {"case": "pgbench", "work": "pgbench: the list's query alone", **database, "unit": "queries/s", "value": database["per_second"]},
    ]
