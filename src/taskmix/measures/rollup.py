"""The roll-up: the only place that touches every row.

Written once in narwhals expressions. It runs unchanged on DuckDB relations (the default), on
pandas frames, and on whatever else narwhals knows, and only joins, groups and adds.
"""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.rows import (
    COUNTS,
    EXPECTED_UNITS,
    HOURS,
    TRUNCATE,
    LongTasks,
    collect_sums,
    in_periods,
    labelled,
    period_names,
    with_hours,
)
from taskmix.periods import Frequency
from taskmix.schema import Headcount, RollUp, check_frame
from taskmix.store import measured_once

_CELL = ["department", "team", "label", "basis", "performer", "oversight"]
_PERSON_CELL = ["team", "person", "label", "basis", "oversight"]


@measured_once
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
    rows = labelled(nw.from_native(tasks).lazy(), nw.from_native(sorted_tasks).lazy())
    rows = with_hours(rows, both_human_share=both_human_share)
    counted = [*COUNTS, EXPECTED_UNITS]
    cells = in_periods(
        rows, _CELL, hours=HOURS, counts=counted, frequency=frequency, long_tasks=long_tasks
    )
    columns = ["period", *_CELL, "hours", "machine_hours", *COUNTS, *HOURS[2:], EXPECTED_UNITS]
    return check_frame(cells[columns], RollUp, where="rollup")


@measured_once
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
    rows = labelled(human, nw.from_native(sorted_tasks).lazy())
    rows = with_hours(rows, both_human_share=both_human_share)
    cells = in_periods(
        rows, _PERSON_CELL, hours=["hours"], counts=[], frequency=frequency, long_tasks=long_tasks
    )
    return cells[["period", *_PERSON_CELL, "hours"]]


@measured_once
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
        .select("team", "person", period_start=day.dt.truncate(TRUNCATE[frequency]))
    )
    count = nw.col("person").n_unique().alias("n_people")
    by_team = collect_sums(people.group_by("period_start", "team").agg(count))
    overall = collect_sums(people.group_by("period_start").agg(count))
    overall["team"] = pd.Series(pd.NA, index=overall.index, dtype="str")
    counts = pd.concat([overall, by_team], ignore_index=True)
    counts = counts.assign(period=period_names(counts["period_start"], frequency))
    counts = counts.sort_values(["period", "team"], na_position="first", ignore_index=True)
    counts["n_people"] = counts["n_people"].astype("int64")
    return check_frame(counts[["period", "team", "n_people"]], Headcount, where="headcount")
