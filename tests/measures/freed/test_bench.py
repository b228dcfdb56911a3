"""On the invented organisation the freed hours and their destinations are those of its parameters.

Everything is tagged by the truth here: what the sorter and people's tags get wrong is another
measure's subject, and the intervals over people do not claim to hold it.
"""

from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from taskmix.measures import mix_moves, rollup, rollup_people
from taskmix.measures.freed import (
    DESTINATIONS,
    freed_effect,
    freed_hours,
    log_completeness,
    person_weeks,
    roll_outs,
    team_months,
)
from taskmix.periods import format_period
from taskmix.synth.bench import make_bench
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("freed bench")

SIZE = {"people": 240, "teams": 20, "months": 24, "diary_weeks": 2, "size_spread": 0.6, "never": 8,
        "last_month": "2026-09"}  # fmt: skip
#: A person-week of the measures: a week with any entry. The bench's is one of five full days.
PARTS = {"released": "execution", "judgment": "judgment", "creative": "creative",
         "connective": "connective", "oversight": "oversight", "left_work": "total"}  # fmt: skip
PROBABILITIES = [f"p_{category}" for category in CATEGORIES]
FIRST, LAST = "2024-Q4", "2026-Q3"


def as_entries(roster):
    days = {name: pd.to_datetime(roster[column].replace("", None)).astype("datetime64[us]")
            for name, column in (("first_day", "from"), ("last_day", "to"))}  # fmt: skip
    return roster.assign(**days, weekly_hours=roster["weekly_hours"].astype("float64"))


def as_tables(bench):
    """The log in its engine, every task tagged by the truth and none sorted."""
    tasks = bench.tasks.assign(tag=bench.truth["category"]).drop(columns=["title", "digest"])
    kinds = {"task_id": "str", "category": "str", **dict.fromkeys(PROBABILITIES, "float64")}
    nothing = pd.DataFrame(columns=list(kinds)).astype(kinds)
    connection = duckdb.connect()
    for name, frame in (("tasks", tasks), ("sorted", nothing)):
        connection.register("arrow", pa.Table.from_pandas(frame, preserve_index=False))
        connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM arrow")
    return connection.table("tasks"), connection.table("sorted")


def measured(**options):
    """A bench, rolled up by quarter and by month."""
    bench = make_bench(**{**SIZE, **options})
    tasks, nothing_sorted = as_tables(bench)
    entries = as_entries(bench.roster)
    weeks, monthly = (person_weeks(tasks, frequency=f) for f in ("quarter", "month"))
    cells = rollup(tasks, nothing_sorted, frequency="month")
    return SimpleNamespace(
        bench=bench,
        people=rollup_people(tasks, nothing_sorted, frequency="quarter"),
        weeks=weeks,
        completeness=log_completeness(weeks, entries),
        months=team_months(cells, log_completeness(monthly, entries, by=("period", "team"))),
        roll_outs=roll_outs(cells),
    )


def account(seen, *, period=LAST, against=FIRST):
    table = freed_hours(seen.people, seen.weeks, seen.completeness, period=period, against=against)
    return table.set_index("part")


def weeks_logged(bench):
    """Person-weeks by team and quarter, counted in another way than the measures count them."""
    own = bench.truth["performer"] != "ai"
    rows = bench.truth.loc[own, ["person", "team"]].assign(
        week=bench.tasks.loc[own, "local_date"].dt.to_period("W")
    )
    rows = rows.drop_duplicates(["person", "week"])
    quarters = []
    for day in range(5):
        at = rows["week"].dt.start_time + pd.Timedelta(days=day)
        inside = at.between(bench.tasks["local_date"].min(), bench.tasks["local_date"].max())
        quarters.append(rows.assign(quarter=at.dt.to_period("Q"))[inside])
    days = pd.concat(quarters)
    names = {quarter: format_period(quarter) for quarter in days["quarter"].unique()}
    return days.groupby([days["quarter"].map(names), "team"]).size() / 5


@pytest.fixture(scope="module")
def seen():
    return measured()


@pytest.fixture(scope="module")
def truth(seen):
    """Hours of each team and quarter by the parameters, and the person-weeks they stand for."""
    effort = seen.bench.parameters.effort
    quarter = pd.PeriodIndex(effort["month"], freq="M").asfreq("Q")
    columns = [*PARTS.values(), *(c for c in effort if c.startswith("to_")), "released"]
    hours = effort[columns].mul(effort["full_weeks"], axis=0)
    hours = hours.assign(quarter=[format_period(q) for q in quarter], team=effort["team"])
    return hours.groupby(["quarter", "team"]).sum(), weeks_logged(seen.bench)


def test_person_weeks_are_those_counted_another_way(seen, truth):
    ours = seen.weeks.groupby("period")["person_weeks"].sum()
    theirs = truth[1].groupby(level=0).sum()
    assert ours.to_numpy() == pytest.approx(theirs.to_numpy())


def test_freed_hours_and_their_destinations_lie_in_their_intervals(seen, truth):
    hours, weeks = (table.groupby(level=0).sum() for table in truth)
    rates = hours[list(PARTS.values())].div(weeks, axis=0)
    inside = []
    for period in rates.index[1:]:
        change = rates.loc[period] - rates.loc[FIRST]
        wanted = pd.Series({part: change[name] for part, name in PARTS.items()})
        wanted[["released", "left_work"]] *= -1
        table = account(seen, period=period).loc[list(PARTS)]
        inside.append((table["low"] <= wanted) & (wanted <= table["high"]))
    assert np.mean(inside) >= 0.9
    assert inside[-1]["released"]
    table = account(seen)
    assert table.loc["released", "low"] > 1
    assert table.loc[list(DESTINATIONS), "hours"].sum() == pytest.approx(
        table.loc["released", "hours"], abs=1e-9
    )


@pytest.mark.parametrize("period", ["2026-Q2", "2026-Q3"])
def test_the_effect_and_its_destinations_lie_in_their_intervals(seen, truth, period):
    teams = seen.bench.parameters.teams
    with_ai = teams.loc[~teams["never"], "team"]
    hours, weeks = (table.loc[period].reindex(with_ai).sum() for table in truth)
    names = [name for name in hours.index if name.startswith("to_")]
    wanted = (hours[names] / weeks).rename(lambda name: name.removeprefix("to_"))
    wanted = wanted.rename({"left": "left_work"})
    wanted["released"] = hours["released"] / weeks
    table = freed_effect(seen.months, seen.roll_outs, period=period).set_index("part")
    assert table["n_without"].iloc[0] == 8
    assert table.loc["released", "low"] > 0
    table = table.loc[wanted.index]
    assert ((table["low"] <= wanted) & (wanted <= table["high"])).mean() >= 5 / 6
    assert table.loc["released", "low"] <= wanted["released"] <= table.loc["released", "high"]


def test_a_log_that_holds_less_and_less_is_void(seen):
    trap = measured(completeness_change=True)
    table = account(trap)
    assert table["hours"].isna().all()
    assert "more than 5% apart" in table["why_not"].iloc[0]
    # The negative control: unchecked, the trap looks like hours that AI released.
    unchecked = freed_hours(
        trap.people, trap.weeks, trap.completeness.assign(completeness=1.0), period=LAST,
        against=FIRST,
    )  # fmt: skip
    assert unchecked["low"].iloc[0] > 1.5 * account(seen)["hours"].iloc[0]
    effect = freed_effect(trap.months, trap.roll_outs, period=LAST)
    assert effect["hours"].isna().all()
    assert "less complete" in effect["why_not"].iloc[0]


def test_where_ai_does_nothing_pretended_roll_outs_are_seldom_an_effect():
    placebo = measured(placebo=True)
    assert set(placebo.roll_outs["status"]) == {"without AI"}
    rng = np.random.default_rng(4)
    months = sorted(placebo.months["period"].unique())
    alarms, n_refused = [], 0
    for _ in range(25):
        pretended = placebo.roll_outs.copy()
        chosen = rng.choice(20, 12, replace=False)
        pretended.loc[chosen, "status"] = "with AI"
        pretended.loc[chosen, "roll_out"] = rng.choice(months[6:14], 12)
        table = freed_effect(placebo.months, pretended, period=LAST).set_index("part")
        table = table.drop(["oversight", "unsure"])
        n_refused += table["hours"].isna().all()
        alarms += ((table["low"] > 0) | (table["high"] < 0)).tolist()
    assert np.mean(alarms) <= 0.07
    assert n_refused <= 5


def test_a_reorganisation_is_all_between_teams():
    within = []
    for seed in range(3):
        bench = make_bench(
            people=600, teams=24, months=14, diary_weeks=4, size_spread=0.6, seed=seed,
            last_month="2026-08", placebo=True, reorganisation=True,
        )  # fmt: skip
        truth = bench.parameters.reorganisation
        assert (truth["month"] == "2026-03").all()
        cells = rollup(*as_tables(bench), frequency="quarter")
        moves = mix_moves(cells, period="2026-Q2", against="2025-Q4")
        wanted = truth.set_index("category")["between"].loc[moves["category"]]
        assert moves["between"].to_numpy() == pytest.approx(wanted.to_numpy(), abs=0.008)
        assert moves["between"].abs().max() > 0.02
        within.append(moves["within"].to_numpy())
    # People differ within teams, so one draw's teams are a little otherwise; on average not.
    assert np.abs(np.mean(within, axis=0)).max() < 0.005
