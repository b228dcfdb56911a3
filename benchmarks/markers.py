"""Whether markers rank teams as the bench's parameters do, raise false alarms, and see a change.

The figures of docs/meaningful-work.md; each seed takes about a minute of one core.

- *Ranks*, on the full bench (2,000 people, 40 teams, by year, since people log every fifth week):
  Spearman's correlation over teams of what is measured, and of what an ideal estimator makes of
  the same tasks (the true flags and categories of each), with what the parameters say.
- *False alarms*, in a placebo of 256 people in 16 teams where every hour is tagged, so that all
  intervals are earned: the part of intervals of a change between two quarters without 0.
- *Power*: the same where from the last quarter on some of what people log is another (`CHANGES`).

``--only MARKER`` counts the false alarms of one marker alone, for more seeds in less time.

With ``--json`` one JSON object last: ``ranks``, ``ideal`` (lists by marker, one entry a seed),
``alarms`` and ``power`` (``n``, ``found``, ``low``, ``high``: 95% interval of the part).
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from scipy.stats import beta

from taskmix.identity import read_roster
from taskmix.measures.markers import make_places, markers
from taskmix.synth.bench import Bench, expected_markers, make_bench

PLACEBO = {"people": 256, "teams": 16, "months": 15, "size_spread": 0.1, "diary_weeks": 1}
LAST = "2026-Q3"


def measured(bench: Bench, *, noise: float = 0.1, **options: Any) -> pd.DataFrame:
    """Measure the markers of a bench's teams in the engine, as a report does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        bench.roster.to_csv(path, index=False)
        roster = read_roster(path).entries
    days = bench.tasks["local_date"]
    places = make_places(roster, first=days.min(), last=days.max())
    connection = duckdb.connect()

    def held(name: str, frame: pd.DataFrame) -> duckdb.DuckDBPyRelation:
        connection.register("rows", frame)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
        connection.unregister("rows")
        return connection.table(name)

    frames = {name: held(name, getattr(places, name)) for name in ("people", "zones", "shifts")}
    unmeasured = ["title", "digest", "logged_as", "file", "run_id", "month"]
    return markers(
        held("tasks", bench.tasks.drop(columns=unmeasured)),
        held("labels", bench.sorted_by_truth(noise=noise)),
        by="team", places=replace(places, **frames), **options,
    )  # fmt: skip


def ranks(seed: int, year: str = "2026", before: str = "2025") -> tuple[pd.Series, pd.Series]:
    """Correlate teams' markers of a year with the parameters; those of AI where it has come."""
    bench = make_bench(seed=seed)
    table = measured(bench, frequency="year")
    found, ideal, wanted = {}, {}, {}
    for period in (before, year):
        months = [m for m in bench.parameters.mix["month"].unique() if m.startswith(period)]
        expected = expected_markers(bench.parameters, months)
        now = table[table["period"] == period]
        for marker in now["marker"].unique():
            if marker in expected and (period == year) != (marker == "creativity_with_ai"):
                values = now[now["marker"] == marker].set_index("team")["value"]
                found[marker], wanted[marker] = values, expected[marker]
                ideal[marker] = _ideal(bench, months).get(marker)
    return (
        pd.Series({m: found[m].corr(wanted[m], method="spearman") for m in found}),
        pd.Series({m: ideal[m].where(found[m].notna()).corr(wanted[m], method="spearman")
                   for m in found if ideal[m] is not None}),
    )  # fmt: skip


def _ideal(bench: Bench, months: list[str]) -> dict[str, pd.Series]:
    """Give the shares that the tasks have by their true categories, flags and performers."""
    truth = bench.truth
    own = truth[truth["month"].isin(months) & (truth["performer"] != "ai")]
    flagged, creative = own["oversight"].notna(), own["category"] == "creative"
    with_ai = flagged | (own["performer"] == "both")

    def share(rows: pd.Series, of: pd.Series) -> pd.Series:
        hours = [own["hours"].where(mask, 0.0).groupby(own["team"]).sum() for mask in (rows, of)]
        return hours[0] / hours[1].where(hours[1] > 0)

    every = own["hours"] > 0
    return {
        "connection": share(own["category"] == "connective", every),
        "decision": share(own["category"] == "judgment", every),
        "creativity": share(creative, every),
        "creativity_with_ai": share(creative & with_ai & ~flagged, creative),
        "guiding_ai": share(flagged, with_ai),
        "rework": share(own["oversight"] == "rework", with_ai),
    }


def ties_elsewhere(tasks: pd.DataFrame, part: float, *, seed: int) -> pd.DataFrame:
    """Let some of the tasks done with others be done with somebody of another team instead."""
    rng = np.random.default_rng(seed)
    team = tasks.drop_duplicates("person").set_index("person")["team"]
    named = tasks["collaborators"].notna() & (rng.random(len(tasks)) < part)
    other = rng.choice(team.index.to_numpy(str), len(tasks))
    elsewhere = named & (team.loc[other].to_numpy() != tasks["team"].to_numpy())
    return tasks.assign(collaborators=tasks["collaborators"].mask(elsewhere, other))


def of_another_kind(tasks: pd.DataFrame, part: float, *, seed: int) -> pd.DataFrame:
    """Let some of the tasks be judgment."""
    chosen = np.random.default_rng(seed).random(len(tasks)) < part
    return tasks.assign(tag=tasks["tag"].mask(chosen, "judgment"))


def at_weekends(tasks: pd.DataFrame, part: float, *, seed: int) -> pd.DataFrame:
    """Let some people's Fridays be Saturdays."""
    day_of = tasks.groupby(["person", "local_date"]).ngroup()
    chosen = np.random.default_rng(seed).random(day_of.max() + 1) < part
    moved = (tasks["local_date"].dt.day_of_week == 4) & chosen[day_of]
    day = pd.Timedelta(days=1)
    later = {name: tasks[name].mask(moved, tasks[name] + day)
             for name in ("local_date", "local_end_date", "started_at", "ended_at")}  # fmt: skip
    days = {name: tasks[name] + moved.astype(int) for name in ("first_day", "last_day")}
    return tasks.assign(**later, **days)


#: Marker → a real change of it, by a part of the tasks of the last quarter.
CHANGES: dict[str, tuple[Callable[..., pd.DataFrame], float]] = {
    "ties_across": (ties_elsewhere, 0.15),
    "decision": (of_another_kind, 0.05),
    "weekend": (at_weekends, 0.15),
}


def changed(bench: Bench, marker: str) -> Bench:
    change, part = CHANGES[marker]
    last = bench.tasks["local_date"] >= pd.Period(LAST.replace("-", ""), "Q").start_time
    return replace(bench, tasks=bench.tasks.where(~last, change(bench.tasks, part, seed=0)))


def alarms(table: pd.DataFrame) -> pd.DataFrame:
    """Count the intervals of a change by marker, and those without 0."""
    known = table.dropna(subset=["change_low"])
    is_alarm = (known["change_low"] > 0) | (known["change_high"] < 0)
    return is_alarm.groupby(known["marker"]).agg(n="size", found="sum")


def with_interval(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the 95% interval of each part (Clopper–Pearson)."""
    n, found = counts["n"], counts["found"]
    low = pd.Series(beta.ppf(0.025, found, n - found + 1), index=counts.index).fillna(0.0)
    high = pd.Series(beta.ppf(0.975, found + 1, n - found), index=counts.index).fillna(1.0)
    return counts.assign(low=low.round(4), high=high.round(4))


def all_tagged(bench: Bench) -> Bench:
    """Let people tag all of their hours, and rightly: every interval is earned."""
    tags = bench.truth["category"].astype(bench.tasks["tag"].dtype)
    return replace(bench, tasks=bench.tasks.assign(tag=tags))


def of_changes(seeds: range, only: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count false alarms in a placebo, and how often a real change is found."""
    false, true = [], []
    for seed in seeds:
        bench = all_tagged(make_bench(**PLACEBO, placebo=True, seed=seed))
        false.append(alarms(measured(bench, frequency="quarter", only=only)))
        for marker in set(CHANGES) & set(only or CHANGES):
            table = measured(changed(bench, marker), frequency="quarter", only=[marker])
            true.append(alarms(table[table["period"] == LAST]))
    nothing = pd.DataFrame({"n": [], "found": []}, dtype="int64").rename_axis("marker")
    counts = [pd.concat(parts or [nothing]).groupby("marker").sum() for parts in (false, true)]
    return with_interval(counts[0]), with_interval(counts[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    parser.add_argument("--seeds", type=int, default=6, help="benches of each kind")
    parser.add_argument("--only", metavar="MARKER", help="the false alarms of this one alone")
    options = parser.parse_args()
    seeds = range(1, options.seeds + 1)
    figures = {} if options.only else of_ranks(seeds)
    false, power = of_changes(seeds, [options.only] if options.only else ())
    for title, table in (("false alarms", false), ("real changes seen", power)):
        print(f"\n{title}: part of the intervals, 95% interval, how many")
        for marker, row in table.iterrows():
            print(f"{marker:<20}{row['found'] / row['n']:7.1%}{row['low']:7.1%} to"
                  f"{row['high']:6.1%}{row['n']:7.0f}")  # fmt: skip
    n, alarmed = false["n"].sum(), false["found"].sum()
    print(f"all together: {alarmed / n:.1%} of {n} intervals are false alarms")
    if options.json:
        tables = {name: t.to_dict("index") for name, t in (("alarms", false), ("power", power))}
        print(json.dumps(figures | tables))


def of_ranks(seeds: range) -> dict[str, dict[str, list[float]]]:
    """Print how far teams are ranked as the parameters do, and return each seed's figure."""
    found, ideal = (pd.DataFrame(list(rows)) for rows in zip(*map(ranks, seeds), strict=True))
    print("Spearman over teams: least, median, greatest; of an ideal estimator: median")
    for marker, values in found.items():
        beside = f"{ideal[marker].median():8.2f}" if marker in ideal else ""
        print(f"{marker:<20}{values.min():6.2f}{values.median():6.2f}{values.max():6.2f}{beside}")
    return {name: {m: list(v.round(3)) for m, v in table.items()}
            for name, table in (("ranks", found), ("ideal", ideal))}  # fmt: skip


if __name__ == "__main__":
    main()
