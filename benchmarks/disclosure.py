"""A release plan for 40 teams and 36 months, beside the roll-up of the same rows.

The log is invented by hand: people of teams of very different sizes who come and go. Prints a line
a step; with ``--json`` one JSON object last: ``rows``, ``rollup_s``, ``sums_s`` (the one
aggregation), ``plan_s`` (all decisions), ``ratio`` (both to the roll-up), in seconds of processor
time.
"""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

import duckdb

from taskmix.disclosure import decide, person_cells
from taskmix.measures import rollup

# Teams have from 4 to 80 people, who log 14 of the 36 months at least.
_MAKE = """
CREATE TABLE tasks AS
WITH people AS (
  SELECT p, CAST(floor(40 * pow((p + 0.5) / 2000, 0.6)) AS INTEGER) AS team,
    (p * 7919) % 22 AS first_month FROM range(2000) AS numbers(p)),
drawn AS (SELECT i, i % 2000 AS p, CAST(hash(i) % 1000 AS INTEGER) AS u,
  CAST(hash(i * 31) % 1000 AS INTEGER) AS v FROM range(?) AS n(i))
SELECT 'task' || i AS task_id, 'person' || p AS person, 'team' || team AS team,
  'department' || (team % 6) AS department,
  ['human', 'human', 'both', 'ai'][1 + u % 4] AS performer, NULL::VARCHAR AS parent_id,
  CASE WHEN u < 100 THEN ['execution', 'judgment', 'creative', 'connective'][1 + v % 4] END AS tag,
  0.25 + (v % 16) / 4.0 AS hours, 0 AS part, NULL::VARCHAR AS oversight,
  day AS local_date, NULL::DATE AS local_end_date,
  CAST(day - DATE '1970-01-01' AS INTEGER) AS first_day,
  CAST(day - DATE '1970-01-01' AS INTEGER) AS last_day
FROM drawn JOIN people USING (p),
LATERAL (SELECT DATE '2024-01-01' + CAST(30 * first_month + u * (1095 - 30 * first_month) / 1000
                                         AS INTEGER) AS day) AS days
"""
_SORT = """
CREATE TABLE sorted AS SELECT task_id, 0.7 AS p_execution, 0.1 AS p_judgment, 0.1 AS p_creative,
  0.1 AS p_connective,
  ['execution', 'judgment', 'creative', 'connective',
   'unsure'][1 + CAST(hash(task_id) % 5 AS INTEGER)] AS category
FROM tasks
"""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def measure(rows: int) -> dict[str, float]:
    connection = duckdb.connect()
    connection.execute(_MAKE, [rows])
    connection.execute(_SORT)
    tasks, labels = connection.table("tasks"), connection.table("sorted")
    rollup(tasks, labels, frequency="quarter")
    rollup_s, _ = timed(lambda: rollup(tasks, labels, frequency="quarter"))
    sums_s, sums = timed(lambda: person_cells(tasks, labels))
    plan_s, plan = timed(lambda: decide(sums, period="2026-Q4", min_people=10))
    outcomes = [decision.outcome for decision in plan]
    return {
        "rows": rows,
        "groups_and_periods": len(plan),
        **{name: outcomes.count(name) for name in ("shown", "merged", "hidden")},
        "rollup_s": round(rollup_s, 2),
        "sums_s": round(sums_s, 2),
        "plan_s": round(plan_s, 2),
        "ratio": round((sums_s + plan_s) / rollup_s, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    figures = measure(options.rows)
    for name, value in figures.items():
        print(f"{name:>20}{value:>12,}")
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
