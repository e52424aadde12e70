"""The server under load: requests a second, thousands of WebSockets, memory over time. Everything it needs it starts itself.

    ./dev bench server                    all of it (about 4 minutes)
    ./dev bench server --slow             with 10 minutes of mixed load instead of one
    ./dev bench server --only list        one part: list, sockets, sockets_tls, memory (may be repeated)

Prints a Markdown table and writes build/bench/server.json.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

import listing
import memory
import sockets
from place import Place, raise_file_limit

CASES = {
    "list": lambda place, arguments: listing.measure(place, arguments.seconds),
    "sockets": lambda place, arguments: [sockets.measure(place, arguments.clients)],
    "sockets_tls": lambda place, arguments: [sockets.measure(place, arguments.clients, tls=True)],
    "memory": lambda place, arguments: [memory.measure(place, 600 if arguments.slow else 60)],
}
DETAILS = {"p50_ms": "p50 {} ms", "p99_ms": "p99 {} ms", "of_database": "{} of the database alone", "of_healthz": "{} of /healthz",
           "kib_per_client": "{} KiB each", "broadcast_ms": "a comment to all: {} ms", "update_ms": "a progress update to all: {} ms",
           "most_a_second": "{} updates a second", "run_peak_mib": "during the run: {} MiB", "begin_mib": "begin {} MiB",
           "middle_mib": "middle {} MiB", "end_mib": "end {} MiB"}


def row(line):
    details = ", ".join(text.format(line[name]) for name, text in DETAILS.items() if line.get(name) is not None)
    verdict = {True: "met", False: "MISSED", None: ""}[line.get("met")]
    return [line["work"], f"{line['value']:,} {line['unit']}", details, line.get("goal") or "", verdict]


def table(lines):
    head = ["work", "measured", "", "goal", ""]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *map(row, lines)])


def measure(names, arguments):
    lines, failed = [], False
    for name in names:
        print(f"{name}: load of the machine before: {os.getloadavg()[0]:.1f}", file=sys.stderr)
        try:
            with Place() as place:
                lines += CASES[name](place, arguments)
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
    return lines, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=CASES)
    parser.add_argument("--seconds", type=int, default=30, help="how long wrk asks for the list")
    parser.add_argument("--clients", type=int, default=5000, help="WebSockets")
    parser.add_argument("--slow", action="store_true", help="10 minutes of mixed load")
    arguments = parser.parse_args()
    raise_file_limit()
    lines, failed = measure(arguments.only or CASES, arguments)
    print(table(lines))
    target = pathlib.Path("build/bench/server.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"processors": os.cpu_count(), "lines": lines}, indent=1))
    return 1 if failed or any(line.get("met") is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
