"""The roll-up: the only place that touches every row.

Written once in narwhals expressions. It runs unchanged on DuckDB relations (the default), on
pandas frames, and on whatever else narwhals knows, and only joins, groups and adds.
"""

from typing import Any, Literal

import narwhals as nw
import pandas as pd

from taskmix.measures.spread import spread_evenly
from taskmix.periods import PANDAS_FREQUENCY, Frequency, format_period
from taskmix.schema import Headcount, RollUp, check_frame
from taskmix.taxonomy import CATEGORIES, NO_OVERSIGHT, UNSURE, Category

LongTasks = Literal["start", "end", "evenly"]

_CELL = ["department", "team", "label", "basis", "performer", "oversight"]
_PERSON_CELL = ["team", "person", "label", "basis", "oversight"]
_HOURS = ["hours", "machine_hours", *(f"expected_{category}" for category in CATEGORIES)]
_COUNTS = ["n_tasks", "n_units", "n_without_hours"]
_EXPECTED_UNITS = "expected_execution_units"
_TRUNCATE: dict[Frequency, str] = {"month": "1mo", "quarter": "1q", "year": "1y"}


def rollup(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> pd.DataFrame:
    """Roll the log up into period × team × label × basis × performer × oversight.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``: one row is one logged entry.
    sorted_tasks : frame that narwhals knows
        The table ``sorted``; tasks without a row there and without a tag are unsure.
    frequency : {"month", "quarter", "year"}
    long_tasks : {"start", "end", "evenly"}
        Where a task of several days counts its hours. The total is the same for all three;
        tasks are counted where they start ("evenly") or where their hours are.
    both_human_share : float
        The part of a task's hours that is human where a person and an AI did it together.

    Returns
    -------
    pandas.DataFrame
        See `taskmix.schema.RollUp`; sorted, index 0 … n-1.
    """
    rows = _labelled(nw.from_native(tasks).lazy(), nw.from_native(sorted_tasks).lazy())
    rows = _with_hours(rows, both_human_share=both_human_share)
    counted = [*_COUNTS, _EXPECTED_UNITS]
    cells = _in_periods(
        rows, _CELL, hours=_HOURS, counts=counted, frequency=frequency, long_tasks=long_tasks
    )
    columns = ["period", *_CELL, "hours", "machine_hours", *_COUNTS, *_HOURS[2:], _EXPECTED_UNITS]
    return check_frame(cells[columns], RollUp, where="rollup")


def rollup_people(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> pd.DataFrame:
    """Roll the log up into period × team × person × label × basis × oversight.

    What intervals over people are computed from; it is never shown, to nobody. The options are
    those of `rollup`.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``team``, ``person`` (missing where the log names nobody), ``label``,
        ``basis``, ``oversight`` and ``hours`` (human hours); sorted, index 0 … n-1. Nothing that
        an AI did alone.
    """
    human = nw.from_native(tasks).lazy().filter(nw.col("performer") != "ai")
    rows = _labelled(human, nw.from_native(sorted_tasks).lazy())
    rows = _with_hours(rows, both_human_share=both_human_share)
    cells = _in_periods(
        rows, _PERSON_CELL, hours=["hours"], counts=[], frequency=frequency, long_tasks=long_tasks
    )
    return cells[["period", *_PERSON_CELL, "hours"]]


def headcount(tasks: Any, *, frequency: Frequency, long_tasks: LongTasks = "start") -> pd.DataFrame:
    """Count the people who logged anything, by period, for each team and for all.

    Who logged nothing but an AI's own work is an account, not a person to hide among.

    Returns
    -------
    pandas.DataFrame
        See `taskmix.schema.Headcount`; ``team`` is missing for all teams together.
    """
    day = nw.col("local_date")
    if long_tasks == "end":
        day = nw.coalesce(nw.col("local_end_date"), day)
    people = (
        nw.from_native(tasks)
        .lazy()
        .filter(nw.col("performer") != "ai")
        .select("team", "person", period_start=day.dt.truncate(_TRUNCATE[frequency]))
    )
    count = nw.col("person").n_unique().alias("n_people")
    by_team = _collect(people.group_by("period_start", "team").agg(count))
    overall = _collect(people.group_by("period_start").agg(count))
    overall["team"] = pd.Series(pd.NA, index=overall.index, dtype="str")
    counts = pd.concat([overall, by_team], ignore_index=True)
    counts = counts.assign(period=_period_names(counts["period_start"], frequency))
    counts = counts.sort_values(["period", "team"], na_position="first", ignore_index=True)
    counts["n_people"] = counts["n_people"].astype("int64")
    return check_frame(counts[["period", "team", "n_people"]], Headcount, where="headcount")


def _labelled(tasks: nw.LazyFrame[Any], sorted_tasks: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Join what the sorter says, name the label and its basis, and mark agents' sub-tasks."""
    probabilities = [f"p_{category}" for category in CATEGORIES]
    rows = tasks.join(
        sorted_tasks.select("task_id", "category", *probabilities), on="task_id", how="left"
    )
    # An agent splits one assignment into many; counted apart they would inflate AI's part.
    is_agent_step = (nw.col("performer") == "ai") & ~nw.col("parent_id").is_null()
    parents = tasks.select(parent_id=nw.col("task_id"), parent_row=nw.col("task_id"))
    firsts = (
        tasks.filter(is_agent_step).group_by("parent_id").agg(first_step=nw.col("task_id").min())
    )
    rows = rows.join(parents, on="parent_id", how="left").join(firsts, on="parent_id", how="left")
    is_part = is_agent_step & (
        ~nw.col("parent_row").is_null() | (nw.col("task_id") != nw.col("first_step"))
    )
    # After midnight an entry goes on: its hours count there, the task counted the day before.
    goes_on = nw.col("part") > 0
    is_tagged = ~nw.col("tag").is_null()
    is_sure = ~nw.col("category").is_null() & (nw.col("category") != UNSURE)
    return rows.with_columns(
        label=nw.coalesce(nw.col("tag"), nw.col("category"), nw.lit(UNSURE)),
        oversight=nw.col("oversight").fill_null(NO_OVERSIGHT),
        basis=nw.when(is_tagged)
        .then(nw.lit("tagged"))
        .otherwise(nw.when(is_sure).then(nw.lit("sorted")).otherwise(nw.lit(UNSURE))),
        n_units=nw.when(is_part | goes_on).then(nw.lit(0)).otherwise(nw.lit(1)),
        n_tasks=nw.when(goes_on).then(nw.lit(0)).otherwise(nw.lit(1)),
        n_without_hours=nw.when(nw.col("hours").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)),
    )


def _with_hours(rows: nw.LazyFrame[Any], *, both_human_share: float) -> nw.LazyFrame[Any]:
    performer = nw.col("performer")
    human_part = (
        nw.when(performer == "ai")
        .then(nw.lit(0.0))
        .otherwise(
            nw.when(performer == "both").then(nw.lit(both_human_share)).otherwise(nw.lit(1.0))
        )
    )
    logged = nw.col("hours").fill_null(0.0)
    rows = rows.with_columns(
        hours=logged * human_part,
        machine_hours=nw.when(performer == "ai").then(logged).otherwise(nw.lit(0.0)),
    )
    chance = {category: _chance_of(category) for category in CATEGORIES}
    return rows.with_columns(
        **{f"expected_{category}": nw.col("hours") * chance[category] for category in CATEGORIES},
        **{_EXPECTED_UNITS: nw.col("n_units") * chance[Category.EXECUTION]},
    )


def _chance_of(category: str) -> nw.Expr:
    """Say how likely a task is of a category: a person's tag, else the sorter's probability."""
    tagged = nw.when(nw.col("tag") == category).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return (
        nw.when(~nw.col("tag").is_null())
        .then(tagged)
        .otherwise(nw.col(f"p_{category}").fill_null(0.0))
    )


def _in_periods(
    rows: nw.LazyFrame[Any],
    cell: list[str],
    *,
    hours: list[str],
    counts: list[str],
    frequency: Frequency,
    long_tasks: LongTasks,
) -> pd.DataFrame:
    """Add `hours` and `counts` up by period and `cell`, with the periods' names, in order."""
    every = _TRUNCATE[frequency]
    by, values = ["period_start", *cell], [*hours, *counts]
    day = nw.col("local_date")
    if long_tasks == "end":
        day = nw.coalesce(nw.col("local_end_date"), day)
    rows = rows.with_columns(period_start=day.dt.truncate(every))
    if long_tasks == "evenly":
        is_long = nw.col("last_day") > nw.col("first_day")
        short = _summed(rows.filter(~is_long), by, values)
        long = _summed(rows.filter(is_long), ["first_day", "last_day", *cell], values)
        spread = spread_evenly(long, frequency=frequency, hours=hours, counts=counts)
        cells = pd.concat([frame for frame in (short, spread) if len(frame)] or [short])
        cells = cells.groupby(by, as_index=False, dropna=False)[values].sum()
    else:
        cells = _summed(rows, by, values)
    named = cells.assign(period=_period_names(cells["period_start"], frequency))
    return named.sort_values(["period", *cell], ignore_index=True)


def _summed(rows: nw.LazyFrame[Any], by: list[str], values: list[str]) -> pd.DataFrame:
    return _collect(rows.group_by(*by).agg(*(nw.col(name).sum() for name in values)))


def _collect(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    frame = rows.collect("pyarrow").to_native().to_pandas()
    for name in frame.columns:
        if name == "period_start":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif name in {*_HOURS, _EXPECTED_UNITS}:
            frame[name] = frame[name].astype("float64")
        elif name in _COUNTS:
            # DuckDB adds integers up as HUGEINT, which arrives as a decimal.
            frame[name] = frame[name].astype("int64")
    text = [name for name in frame.columns if name in {"team", "person", *_CELL}]
    return frame.astype(dict.fromkeys(text, "str"))


def _period_names(starts: pd.Series, frequency: Frequency) -> pd.Series:
    names = {
        start: format_period(pd.Timestamp(start).to_period(PANDAS_FREQUENCY[frequency]))
        for start in starts.unique()
    }
    return starts.map(names).astype("str")
