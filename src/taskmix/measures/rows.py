"""The log's rows as measures count them: labelled, with human hours, added up by period.

narwhals expressions that only join, group and add; `taskmix.measures.rollup` and the measures
that need other keys than its own are made of them.
"""

from typing import Any, Literal

import narwhals as nw
import pandas as pd

from taskmix.measures.spread import spread_evenly
from taskmix.periods import PANDAS_FREQUENCY, Frequency, format_period
from taskmix.taxonomy import CATEGORIES, NO_OVERSIGHT, UNSURE, Category

LongTasks = Literal["start", "end", "evenly"]

HOURS = ["hours", "machine_hours", *(f"expected_{category}" for category in CATEGORIES)]
COUNTS = ["n_tasks", "n_units", "n_without_hours"]
EXPECTED_UNITS = "expected_execution_units"
_TEXTS = {"department", "team", "person", "label", "basis", "performer", "oversight"}
#: What narwhals calls the period that a day is cut down to.
TRUNCATE: dict[Frequency, str] = {"month": "1mo", "quarter": "1q", "year": "1y"}


def labelled(tasks: nw.LazyFrame[Any], sorted_tasks: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Join what the sorter says, name the label and its basis, and mark agents' sub-tasks.

    Parameters
    ----------
    tasks, sorted_tasks : LazyFrame
        The tables ``tasks`` and ``sorted``.

    Returns
    -------
    LazyFrame
        A row a logged entry: the columns of both, and ``label``, ``basis``, ``oversight``
        (``none`` where it is missing), ``n_tasks``, ``n_units``, ``n_without_hours`` (0 or 1).
    """
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


def with_hours(rows: nw.LazyFrame[Any], *, both_human_share: float) -> nw.LazyFrame[Any]:
    """Turn the hours logged into human hours, and spread them by tag and probabilities.

    Parameters
    ----------
    rows : LazyFrame
        As `labelled` returns them.
    both_human_share : float
        The human part (0–1) of what a person and an AI did together.

    Returns
    -------
    LazyFrame
        The rows with ``hours`` (human hours), ``machine_hours``, ``expected_*`` (hours) and
        ``expected_execution_units``.
    """
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
        **{EXPECTED_UNITS: nw.col("n_units") * chance[Category.EXECUTION]},
    )


def _chance_of(category: str) -> nw.Expr:
    """Say how likely a task is of a category: a person's tag, else the sorter's probability."""
    tagged = nw.when(nw.col("tag") == category).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return (
        nw.when(~nw.col("tag").is_null())
        .then(tagged)
        .otherwise(nw.col(f"p_{category}").fill_null(0.0))
    )


def in_periods(
    rows: nw.LazyFrame[Any],
    cell: list[str],
    *,
    hours: list[str],
    counts: list[str],
    frequency: Frequency,
    long_tasks: LongTasks,
) -> pd.DataFrame:
    """Add rows up by period and cell.

    Parameters
    ----------
    rows : LazyFrame
        With the columns that the other options name.
    cell : list of str
        The keys beside the period.
    hours, counts : list of str
        What to add up. Long tasks counted evenly have their hours divided among the periods,
        and are counted where they start.
    frequency, long_tasks
        As `taskmix.measures.rollup` has them.

    Returns
    -------
    DataFrame
        One row a cell: ``period``, ``period_start``, the keys, and the sums; sorted.
    """
    every = TRUNCATE[frequency]
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
    named = cells.assign(period=period_names(cells["period_start"], frequency))
    return named.sort_values(["period", *cell], ignore_index=True)


def _summed(rows: nw.LazyFrame[Any], by: list[str], values: list[str]) -> pd.DataFrame:
    return collect_sums(rows.group_by(*by).agg(*(nw.col(name).sum() for name in values)))


def collect_sums(rows: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Fetch sums from the engine, with the same types whatever the engine is."""
    frame = rows.collect("pyarrow").to_native().to_pandas()
    for name in frame.columns:
        if name == "period_start":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif name in {*HOURS, EXPECTED_UNITS}:
            frame[name] = frame[name].astype("float64")
        elif name in COUNTS:
            # DuckDB adds integers up as HUGEINT, which arrives as a decimal.
            frame[name] = frame[name].astype("int64")
    text = [name for name in frame.columns if name in _TEXTS]
    return frame.astype(dict.fromkeys(text, "str"))


def period_names(starts: pd.Series, frequency: Frequency) -> pd.Series:
    """Name the periods that begin on these days."""
    names = {
        start: format_period(pd.Timestamp(start).to_period(PANDAS_FREQUENCY[frequency]))
        for start in starts.unique()
    }
    return starts.map(names).astype("str")
