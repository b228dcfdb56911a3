"""On the invented organisation AI came when its parameters say, and not where it never came."""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from taskmix.measures import Scope, rollup, shares
from taskmix.measures.shifts import ai_by_month, find_shifts, months_of
from taskmix.measures.shifts.series import day_of
from taskmix.periods import parse_period
from taskmix.synth.bench import make_bench
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("shifts bench")

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))
#: The parameters' width is the curve's own unit; 10% to 90% takes this many of it.
UNITS = 2 * np.log(9)
DAYS_A_MONTH = 30.5


def by_month(bench):
    connection = duckdb.connect()
    frames = {"tasks": bench.tasks.drop(columns=["title", "digest"]),
              "by_sorter": bench.sorted_by_truth()}  # fmt: skip
    for name, frame in frames.items():
        connection.register("arrow", pa.Table.from_pandas(frame, preserve_index=False))
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM arrow")
    return rollup(connection.table("tasks"), connection.table("by_sorter"), frequency="month")


@pytest.fixture(scope="module")
def told(bench):
    """Each team's shift beside its parameters."""
    cells = by_month(bench)
    months = months_of(SCOPE, first=pd.Timestamp(f"{bench.truth['month'].min()}-01"))
    figures = ai_by_month(cells, months, by=("team",))
    found = find_shifts(figures, value="part", by=("team",), n_counted="n_known")
    teams = bench.parameters.teams
    first = parse_period(bench.truth["month"].min()).ordinal
    truth = teams.assign(
        true_day=[pd.NaT if pd.isna(at) else day_of(first + at) for at in teams["midpoint"]],
        true_width=UNITS * teams["width"],
    )
    return found.merge(truth[["team", "never", "true_day", "true_width"]], on="team")


def test_midpoints_are_within_a_month_where_the_error_allows(told):
    known = told[~told["never"] & (told["midpoint_error"] <= 1)]
    off = (known["midpoint"] - known["true_day"]).dt.days.abs() / DAYS_A_MONTH
    assert len(known) >= 0.75 * (~told["never"]).sum()
    assert off.max() <= 1


def test_intervals_hold_midpoints_and_widths(told):
    known = told.dropna(subset=["midpoint", "true_day"])
    # Days are whole, the truth is not.
    slack = pd.Timedelta(days=1)
    inside = known["true_day"].between(
        known["midpoint_low"] - slack, known["midpoint_high"] + slack
    )
    widths = known["true_width"].between(known["width_low"], known["width_high"])
    assert inside.mean() >= 0.8
    assert widths.mean() >= 0.8


def test_shifts_are_found_where_ai_came_and_nowhere_else(told):
    assert (told.loc[told["never"], "kind"] == "steady").all()
    assert (told.loc[~told["never"], "kind"] != "steady").all()


def test_a_placebo_raises_few_alarms():
    kinds = []
    for seed in range(2):
        bench = make_bench(people=200, teams=10, months=24, seed=seed, placebo=True,
                           size_spread=0.6, diary_weeks=2)  # fmt: skip
        table = shares(by_month(bench), by=("period", "team"))
        for category in CATEGORIES:
            own = table[table["category"] == category]
            kinds += find_shifts(own, value="share", by=("team",))["kind"].tolist()
    # 80 series; the four shares of a team sum to 1, so they are not independent.
    assert len(kinds) == 80
    assert np.mean(np.array(kinds) != "steady") <= 0.07
