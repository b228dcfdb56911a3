"""How long the test bench takes: 2,000 people, 40 teams, three years, about a million tasks.

Prints a line; with ``--json`` one JSON object last: ``rows``, ``seconds`` and ``cpu_seconds``.
"""

import argparse
import json
import time

from taskmix.synth.bench import make_bench


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--teams", type=int, default=40)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    begun, cpu = time.perf_counter(), time.process_time()
    bench = make_bench(people=options.people, teams=options.teams, months=options.months)
    figures = {
        "rows": len(bench.tasks),
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
    }
    print("{rows:,} tasks in {seconds} s ({cpu_seconds} s of one core)".format(**figures))
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
