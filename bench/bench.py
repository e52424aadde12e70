"""MigrateIQ against the tools people use: wall time ratios measured in one run, with CPU per row and peak memory.

    ./dev bench                    all of it, 3 million rows
    ./dev bench --rows 300000      smaller
    ./dev bench --only csv_pg      one line of the table (may be repeated)
    ./dev bench --repeat 3         the median of three

Prints a Markdown table and writes build/bench/results.json.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from cases import CASES, Workplace
from measure import run


def once(side, rows):
    """The cost of one run, which only counts when every row arrived. What it wrote is gone afterwards, lest the server
    vacuums and analyses it while the other side is measured."""
    side.prepare()
    cost = run(side.command, side.environment)
    arrived = side.count()
    side.prepare()
    if arrived != rows:
        raise RuntimeError(f"{arrived} rows arrived instead of {rows}: {side.command}")
    return cost


def measure(case, rows, repeat):
    """The costs of the peer and ours with the median wall time. They take turns, lest one has the quieter machine."""
    costs = [(once(case.peer, rows), once(case.ours, rows)) for _ in range(repeat)]
    return [sorted(side, key=lambda cost: cost.seconds)[len(side) // 2] for side in zip(*costs)]


def line(name, case, ours, peer, rows):
    ratio = ours.seconds / peer.seconds
    return {"case": name, "work": case.title, "peer": case.peer_name, "seconds": round(ours.seconds, 2),
            "peer_seconds": round(peer.seconds, 2), "ratio": round(ratio, 3), "goal": case.goal, "met": ratio <= case.goal,
            "cpu_us_per_row": round((ours.client_cpu + ours.server_cpu) / rows * 1e6, 2),
            "client_us_per_row": round(ours.client_cpu / rows * 1e6, 2),
            "peer_cpu_us_per_row": round((peer.client_cpu + peer.server_cpu) / rows * 1e6, 2),
            "peak_mib": round(ours.peak_mib), "peer_peak_mib": round(peer.peak_mib)}


def table(results):
    head = ["work", "against", "seconds", "peer", "ratio", "goal", "CPU µs/row (client)", "peer CPU", "peak MiB"]
    rows = [[r["work"], r["peer"], r["seconds"], r["peer_seconds"], r["ratio"], f"{r['goal']:.3g} {'met' if r['met'] else 'MISSED'}",
             f"{r['cpu_us_per_row']} ({r['client_us_per_row']})", r["peer_cpu_us_per_row"], r["peak_mib"]] for r in results]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in [head, ["---"] * len(head), *rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--only", action="append", choices=sorted(CASES))
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    place = Workplace(pathlib.Path("build/bench").resolve(), arguments.rows)
    results = []
    for name in arguments.only or CASES:
        case = CASES[name](place)
        try:
            peer, ours = measure(case, arguments.rows, arguments.repeat)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            continue
        results.append(line(name, case, ours, peer, arguments.rows))
        print(f"{name}: {ours.seconds:.2f} s against {peer.seconds:.2f} s, ratio {ours.seconds / peer.seconds:.3f}, "
              f"goal {case.goal}", file=sys.stderr)
    print(table(results))
    (place.folder / "results.json").write_text(json.dumps(results, indent=1))
    return 0 if results and len(results) == len(arguments.only or CASES) else 1


if __name__ == "__main__":
    sys.exit(main())
