"""What `analyze` costs, in one run with what it is compared with:

    ./dev bench analyze                     6 million rows of 16 columns as CSV, 3 million in PostgreSQL and MariaDB
    ./dev bench analyze --only csv          one part: csv, full, postgres, mariadb (may be repeated)
    ./dev bench analyze --rows 600000       smaller

CSV: against DuckDB's SUMMARIZE of the same file (`summarize.cpp`). Databases: against one reading of the whole table by the
system's own client. Each pair is run several times in turn and the medians are compared. Prints a Markdown table and writes
build/bench/analyze.json. What is loaded is generated (`fake:lineitem`).
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import systems  # noqa: E402
from measure import run  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build/bench/analyze"
MIGRATEIQ = str(ROOT / "build/migrateiq")
DUCKDB = ROOT / "build/deps/duckdb"


def migrateiq(*arguments):
    subprocess.run([MIGRATEIQ, *arguments, "--quiet", "--state", str(WORK / "state")], check=True, stdout=subprocess.DEVNULL)


def source(rows):
    return f"fake:lineitem?rows={rows}&seed=7"


def csv_folder(rows):
    """The generated file; kept for the next run."""
    folder = WORK / f"csv-{rows}"
    if not (folder / "lineitem.csv").exists():
        migrateiq("copy", source(rows), f"csv:{folder}", "--verify", "none", "--parts", "1")
    return folder


def summarize():
    program = WORK / "summarize"
    place = pathlib.Path(__file__).parent / "summarize.cpp"
    subprocess.run(["g++", "-O2", "-std=c++20", f"-I{DUCKDB}/include", str(place), "-o", str(program), f"-L{DUCKDB}/lib", "-lduckdb",
                    f"-Wl,-rpath,{DUCKDB}/lib"], check=True)
    return str(program)


def analyze(url, *options):
    return " ".join([f"'{MIGRATEIQ}' analyze '{url}' --json --quiet --state '{WORK}/state'", *options])


def compare(work, base_name, base, ours, goals, times):
    """Base and ours in turn; the first pair warms the caches and does not count."""
    costs = {"base": [], "ours": []}
    for turn in range(times + 1):
        for name, command in (("base", base), ("ours", ours)):
            cost = run(command)
            if turn > 0:
                costs[name].append(cost)
    median = {name: statistics.median(cost.seconds for cost in found) for name, found in costs.items()}
    peak = max(cost.peak_mib for cost in costs["ours"])
    ratio = median["ours"] / median["base"]
    line = {"work": work, "base": base_name, "base_seconds": round(median["base"], 2), "seconds": round(median["ours"], 2),
            "ratio": round(ratio, 2), "goal": goals["ratio"], "peak_mib": round(peak), "peak_goal": goals.get("peak"),
            "base_peak_mib": round(max(cost.peak_mib for cost in costs["base"])),
            "cpu_seconds": round(statistics.median(cost.client_cpu for cost in costs["ours"]), 2),
            "base_cpu_seconds": round(statistics.median(cost.client_cpu for cost in costs["base"]), 2)}
    line["met"] = ratio <= goals["ratio"] and peak < goals.get("peak", 1e9)
    return line


def csv(arguments):
    file = csv_folder(arguments.rows) / "lineitem.csv"
    return compare(f"CSV, {arguments.rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB", "SUMMARIZE", f"'{summarize()}' '{file}'",
                   analyze(f"csv:{file}"), {"ratio": 1.2, "peak": 300 * 1e6 / 2**20}, arguments.times)


def full(arguments):
    """--full has no goal: it holds up to a gigabyte of rows."""
    file = csv_folder(arguments.rows) / "lineitem.csv"
    return compare(f"CSV, {arguments.rows:,} rows, --full", "SUMMARIZE", f"'{summarize()}' '{file}'",
                   analyze(f"csv:{file}", "--full"), {"ratio": 1e9}, 1)


def postgres(arguments):
    rows = arguments.rows // 2
    systems.fresh_postgres("analyze")
    url = systems.in_database(systems.POSTGRES, "analyze")
    migrateiq("copy", source(rows), url, "--verify", "none")
    systems.psql("analyze", "-c", "VACUUM ANALYZE lineitem")
    return compare(f"PostgreSQL, {rows:,} rows", "COPY TO STDOUT", f"psql -X -q '{url}' -c 'COPY lineitem TO STDOUT' > /dev/null",
                   analyze(url), {"ratio": 2.0}, arguments.times)


def mariadb(arguments):
    rows = arguments.rows // 2
    systems.fresh_mariadb("analyze")
    url = systems.in_database(systems.MARIADB, "analyze")
    migrateiq("copy", source(rows), url, "--verify", "none")
    command, environment = systems.mariadb_command("analyze")
    os.environ["MYSQL_PWD"] = environment["MYSQL_PWD"]
    return compare(f"MariaDB, {rows:,} rows", "SELECT *", f"{command} --quick --batch -e 'SELECT * FROM lineitem' > /dev/null",
                   analyze(url), {"ratio": 2.0}, arguments.times)


CASES = {"csv": csv, "full": full, "postgres": postgres, "mariadb": mariadb}


def row(line):
    goal = f"{line['goal']:g}" + (f", {line['peak_goal']:.0f} MiB" if line["peak_goal"] else "") if line["goal"] < 1e9 else ""
    return [line["work"], f"{line['base']} {line['base_seconds']} s, CPU {line['base_cpu_seconds']} s, {line['base_peak_mib']} MiB",
            f"{line['seconds']} s, CPU {line['cpu_seconds']} s, {line['peak_mib']} MiB", f"{line['ratio']}", goal,
            "" if not goal else ("met" if line["met"] else "MISSED")]


def table(lines):
    head = ["work", "compared with", "analyze", "ratio", "goal", ""]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *map(row, lines)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=CASES)
    parser.add_argument("--rows", type=int, default=6_000_000)
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    lines = []
    for name in arguments.only or CASES:
        print(f"{name}: load of the machine before: {os.getloadavg()[0]:.1f}", file=sys.stderr)
        lines.append(CASES[name](arguments))
    print(table(lines))
    (WORK.parent / "analyze.json").write_text(json.dumps({"processors": os.cpu_count(), "lines": lines}, indent=1))
    return 1 if any(not line["met"] for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
