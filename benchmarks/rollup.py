"""The roll-up in narwhals against the same sums written by hand in DuckDB's SQL.

Prints a table; with ``--json`` one JSON object last: ``rows``, ``rollup_s``, ``sql_s`` and
``ratio`` (median of pairs measured in turn, in one process).
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable

import duckdb

from taskmix.measures import rollup

_MAKE = """
CREATE TABLE tasks AS SELECT
  'task' || i AS task_id, 'person' || (i % 500) AS person, 'team' || (i % 40) AS team,
  'department' || (i % 5) AS department,
  ['human', 'ai', 'both', 'unknown'][1 + i % 4] AS performer,
  CASE WHEN i % 50 = 1 THEN 'task' || (i - 1) END AS parent_id,
  CASE WHEN i % 10 = 0 THEN ['execution', 'judgment', 'creative'][1 + (i // 10) % 3] END AS tag,
  0.25 + (i % 16) / 4.0 AS hours, 0 AS part,
  CASE WHEN i % 20 = 0 THEN ['prompting', 'checking'][1 + (i // 20) % 2] END AS oversight,
  DATE '2024-01-01' + CAST(i % 1000 AS INTEGER) AS local_date, NULL::DATE AS local_end_date,
  CAST(19723 + i % 1000 AS INTEGER) AS first_day, CAST(19723 + i % 1000 AS INTEGER) AS last_day
FROM range(?) AS numbers(i)
"""
_SORT = """
CREATE TABLE sorted AS SELECT task_id, 0.7 AS p_execution, 0.1 AS p_judgment,
  0.1 AS p_creative, 0.1 AS p_connective, 'execution' AS category FROM tasks
"""
_BY_HAND = """
WITH parents AS (SELECT task_id AS parent_id FROM tasks),
firsts AS (SELECT parent_id, min(task_id) AS first_step FROM tasks
           WHERE performer = 'ai' AND parent_id IS NOT NULL GROUP BY 1),
rows AS (SELECT t.*, s.category, s.p_execution, s.p_judgment, s.p_creative, s.p_connective,
  coalesce(hours, 0) * CASE performer WHEN 'ai' THEN 0 ELSE 1 END AS human,
  NOT (performer = 'ai' AND t.parent_id IS NOT NULL
       AND (p.parent_id IS NOT NULL OR t.task_id <> f.first_step)) AS is_unit
  FROM tasks t LEFT JOIN sorted s USING (task_id)
  LEFT JOIN parents p ON p.parent_id = t.parent_id
  LEFT JOIN firsts f ON f.parent_id = t.parent_id)
SELECT date_trunc('quarter', local_date), department, team, coalesce(tag, category, 'unsure'),
  CASE WHEN tag IS NOT NULL THEN 'tagged' WHEN category <> 'unsure' THEN 'sorted'
       ELSE 'unsure' END, performer, coalesce(oversight, 'none'),
  sum(human), sum(CASE performer WHEN 'ai' THEN coalesce(hours, 0) ELSE 0 END), count(*),
  sum(CASE WHEN is_unit THEN 1 ELSE 0 END), sum(CASE WHEN hours IS NULL THEN 1 ELSE 0 END),
  sum(human * CASE WHEN tag IS NULL THEN p_execution ELSE (tag = 'execution')::INT END),
  sum(human * CASE WHEN tag IS NULL THEN p_judgment ELSE (tag = 'judgment')::INT END),
  sum(human * CASE WHEN tag IS NULL THEN p_creative ELSE (tag = 'creative')::INT END),
  sum(human * CASE WHEN tag IS NULL THEN p_connective ELSE (tag = 'connective')::INT END)
FROM rows GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(rows: int, pairs: int) -> dict[str, float]:
    connection = duckdb.connect()
    connection.execute(_MAKE, [rows])
    connection.execute(_SORT)
    tasks, labels = connection.table("tasks"), connection.table("sorted")
    timed = [
        (
            seconds(lambda: rollup(tasks, labels, frequency="quarter")),
            seconds(lambda: connection.execute(_BY_HAND).fetchall()),
        )
        for _ in range(pairs)
    ]
    return {
        "rows": rows,
        "rollup_s": round(statistics.median(pair[0] for pair in timed), 3),
        "sql_s": round(statistics.median(pair[1] for pair in timed), 3),
        "ratio": round(statistics.median(one / other for one, other in timed), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args()
    figures = measure(options.rows, options.pairs)
    print(f"{'rows':>12}{'roll-up s':>12}{'SQL s':>12}{'ratio':>12}")
    print("".join(f"{figures[key]:>12,}" for key in ("rows", "rollup_s", "sql_s", "ratio")))
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
