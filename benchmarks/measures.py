"""Every measure on a million rows of the test bench, roll-up included, beside the roll-up alone.

Prints a table; with ``--json`` one JSON object last: ``rows``, ``total_s``, ``cpu_s`` (of one
core), ``rollup_s``, ``measures`` (seconds by name) and ``ratios`` (to the quarter's roll-up). What
a measure is made of (a roll-up by month, people's sums, …) is a line of its own; each runs once,
by team where that takes longest.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

import taskmix.measures as tm
from taskmix.identity import read_roster
from taskmix.measures import estimation
from taskmix.measures.markers import make_places, markers
from taskmix.settings.targets import Targets
from taskmix.synth.bench import Bench, make_bench
from taskmix.taxonomy import CATEGORIES

#: The last quarter of the bench, the one before, and a year of months.
PERIOD, BEFORE = "2026-Q3", "2026-Q2"
ANSWERED = 400
PAIR = {"period": PERIOD, "against": "2024-Q4"}
#: Rows of the whole bench, and of one person who logs every day of three years.
FULL, ROWS_OF_ONE = 1_000_000, 2_700
WANTED = {"execution": 0.3, "judgment": 0.3, "creative": 0.15, "connective": 0.25}

Made = dict[str, Any]
#: Name → how it is made of what was made before it. A new measure is one line.
MEASURES: dict[str, Callable[[Made], Any]] = {
    "rollup": lambda m: tm.rollup(m["tasks"], m["labels"], frequency="quarter"),
    "rollup by month": lambda m: tm.rollup(m["tasks"], m["labels"], frequency="month"),
    "rollup of people": lambda m: tm.rollup_people(m["tasks"], m["labels"], frequency="quarter"),
    "headcount": lambda m: tm.headcount(m["tasks"], frequency="quarter"),
    # Where effort goes, and what an audit earns.
    "hours by label": lambda m: tm.hours_by_label(m["rollup"]),
    "shares": lambda m: tm.shares(m["rollup"], by=("period", "team")),
    "person sums": lambda m: estimation.person_sums(m["tasks"], m["labels"], frequency="quarter"),
    "audited shares": lambda m: estimation.audited_shares(m["person sums"], m["drawn"]),
    "audited teams": lambda m: estimation.audited_teams(m["person sums"], m["drawn"]),
    "path": lambda m: tm.composition_path(m["audited teams"], by=("team",)),
    "targets": lambda m: tm.wanted_against_actual(m["audited shares"], m["targets"]),
    "wishes": lambda m: tm.wishes(m["tasks"], m["labels"], frequency="quarter", min_people=10),
    # Human against AI.
    "execution by performer": lambda m: tm.execution_by_performer(m["rollup"]),
    "roll-outs": lambda m: tm.roll_outs(m["rollup by month"]),
    "durations": lambda m: tm.human_durations(m["tasks"], m["labels"], m["roll-outs"]),
    "execution hours": lambda m: tm.execution_hours(m["rollup"], m["durations"]),
    "sensitivity": lambda m: tm.sensitivity(m["rollup"], tm.shares, counted_as=1.0),
    "AI modes": lambda m: tm.ai_modes(m["tasks"], m["labels"], frequency="quarter"),
    # What moved, where freed hours went, when it shifted.
    "mix moves": lambda m: tm.mix_moves(m["rollup"], **PAIR),
    "person weeks": lambda m: tm.person_weeks(m["tasks"], frequency="quarter"),
    "person weeks by month": lambda m: tm.person_weeks(m["tasks"], frequency="month"),
    "completeness": lambda m: tm.log_completeness(m["person weeks"], m["roster"]),
    "execution moves": lambda m: tm.execution_moves(
        m["rollup"], person_weeks=m["completeness"], **PAIR
    ),
    "freed hours": lambda m: tm.freed_hours(
        m["rollup of people"], m["person weeks"], m["completeness"], **PAIR
    ),
    "team months": lambda m: tm.team_months(m["rollup by month"], completeness_by_team(m)),
    "freed effect": lambda m: tm.freed_effect(m["team months"], m["roll-outs"], period=PERIOD),
    "adoption": lambda m: tm.ai_by_month(m["rollup by month"], m["months"], by=("team",)),
    "shifts": lambda m: tm.find_shifts(
        m["adoption"], value="part", by=("team",), n_counted="n_known"
    ),
    # Conditions of meaningful work.
    "markers": lambda m: markers(m["tasks"], m["labels"], by="team", **m["marker options"]),
    # The log itself.
    "team weeks": lambda m: tm.team_weeks(m["tasks"], until=m["last"]),
    "overlaps": lambda m: tm.overlaps(m["tasks"]),
}


def completeness_by_team(made: Made) -> pd.DataFrame:
    weeks, roster = made["person weeks by month"], made["roster"]
    return tm.log_completeness(weeks, roster, by=("period", "team"))


def draw_audit(bench: Bench) -> pd.DataFrame:
    """Draw tasks of each quarter by their hours, and let them be labelled without a mistake."""
    tasks = bench.tasks[["task_id", "team", "person", "performer", "tag", "hours", "local_date"]]
    labels = bench.sorted_by_truth().drop(columns="category")
    labels = labels.rename(columns={f"p_{name}": f"chance_{name}" for name in CATEGORIES})
    rows = tasks.assign(answer=bench.truth["category"]).merge(labels, on="task_id")
    rows = rows[(rows["performer"] != "ai") & (rows["hours"] > 0)]
    quarter = rows["local_date"].dt.to_period("Q").astype("str")
    rows = rows.assign(
        period=quarter.str[:4] + "-" + quarter.str[4:], is_tagged=rows["tag"].notna()
    )
    total = rows.groupby("period")["hours"].transform("sum")
    chance = (ANSWERED * rows["hours"] / total).clip(upper=1)
    is_drawn = np.random.default_rng(0).random(len(rows)) < chance
    return rows.assign(pi=chance)[is_drawn].reset_index(drop=True)


def make_rows(rows: int) -> Bench:
    """Make the bench of 2,000 people, or of fewer who log every day."""
    if rows >= FULL / 2:
        return make_bench()
    people = max(40, round(rows / ROWS_OF_ONE))
    return make_bench(people=people, teams=min(40, people // 10), diary_weeks=1)


def prepare(rows: int) -> Made:
    """Make the bench and lay it into the engine, as an open log holds it."""
    bench = make_rows(rows)
    connection = duckdb.connect()

    def held(name: str, frame: pd.DataFrame) -> duckdb.DuckDBPyRelation:
        connection.register("rows", frame)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
        connection.unregister("rows")
        return connection.table(name)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        bench.roster.to_csv(path, index=False)
        roster = read_roster(path).entries
    first, last = bench.tasks["local_date"].min(), bench.tasks["local_date"].max()
    places = make_places(roster, first=first, last=last)
    frames = {name: held(name, getattr(places, name)) for name in ("people", "zones", "shifts")}
    unmeasured = ["title", "digest", "logged_as", "file", "run_id", "month"]
    scope = tm.Scope(PERIOD, BEFORE, None, "quarter", (BEFORE, PERIOD))
    return {
        "n": len(bench.tasks),
        "tasks": held("tasks", bench.tasks.drop(columns=unmeasured)),
        "labels": held("labels", bench.sorted_by_truth()),
        "drawn": draw_audit(bench),
        "roster": roster,
        "targets": Targets.model_validate(WANTED),
        "months": tm.months_of(scope, first=first),
        # So many people log every few weeks only, which is less than markers ask for.
        "marker options": {
            "frequency": "quarter",
            "places": replace(places, **frames),
            "min_days": 5,
        },
        "last": last,
    }


def measure(made: Made) -> tuple[dict[str, float], float]:
    """Run each measure once, in order; return its seconds, and those of one core for all."""
    seconds, cpu = {}, time.process_time()
    for name, work in MEASURES.items():
        begun = time.perf_counter()
        made[name] = work(made)
        seconds[name] = round(time.perf_counter() - begun, 3)
    return seconds, round(time.process_time() - cpu, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    parser.add_argument("--rows", type=int, default=FULL, help="about so many, up to a million")
    options = parser.parse_args()
    made = prepare(options.rows)
    seconds, cpu = measure(made)
    rollup, total = seconds["rollup"], sum(seconds.values())
    print(f"{'measure':<24}{'s':>9}{'× roll-up':>12}")
    for name, taken in seconds.items():
        print(f"{name:<24}{taken:>9.2f}{taken / rollup:>12.2f}")
    print(f"{'all of them':<24}{total:>9.2f}{total / rollup:>12.2f}")
    # Beside other work the seconds are not the measures' own; those of one core are.
    print(f"on {made['n']:,} rows, {cpu} s of one core")
    if options.json:
        ratios = {name: round(taken / rollup, 2) for name, taken in seconds.items()}
        figures = {"rows": made["n"], "total_s": round(total, 2), "cpu_s": cpu, "rollup_s": rollup}
        print(json.dumps({**figures, "measures": seconds, "ratios": ratios}))


if __name__ == "__main__":
    main()
