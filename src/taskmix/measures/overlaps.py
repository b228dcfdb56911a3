"""Hours that are in the log twice: entries of one person that run at the same time."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.instants import MICRO, with_epoch_micros
from taskmix.measures.weeks import Weeks, collected, mondays, week_number

_LONGEST_HOURS = 24


def overlaps(tasks: Any) -> pd.DataFrame:
    """Find entries that begin before an earlier one of the same person has ended.

    Looks across all files and tools of the log. Entries of an AI run beside a person's and are
    left out, and so is what ran longer than a day: it was not clocked::

        9:00 |------ plan ------| 11:00
              10:30 |--- call ---| 11:30      one entry, 0.5 h counted twice

    Summed over a person, the hours are exactly what her entries add up to beyond the time that
    any of them covers. An entry shorter than its clock (with breaks) counts its own hours at most.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.

    Returns
    -------
    pandas.DataFrame
        One row a team and week with any, by the team and day of the later entry: ``team``,
        ``week`` (its Monday), ``n_entries`` (an entry over midnight counts on each of its days)
        and ``hours`` (counted twice).
    """
    order = ["start", "task_id"]
    rows = (
        nw.from_native(tasks)
        .lazy()
        .filter(
            nw.col("performer") != "ai",
            ~nw.col("person").is_null(),
            ~nw.col("started_at").is_null(),
            ~nw.col("ended_at").is_null(),
        )
    )
    rows = (
        with_epoch_micros(rows, start="started_at", end="ended_at")
        .with_columns(clock=_hours(nw.col("end") - nw.col("start")))
        .filter(nw.col("clock") <= _LONGEST_HOURS)
        .with_columns(latest_end=nw.col("end").cum_max().over("person", order_by=order))
        .with_columns(ended_before=nw.col("latest_end").shift(1).over("person", order_by=order))
        .filter(nw.col("start") < nw.col("ended_before"))
    )
    together = _hours(nw.min_horizontal("end", "ended_before") - nw.col("start"))
    rows = rows.with_columns(together=together, own=nw.coalesce("hours", "clock")).select(
        "team",
        week=week_number("first_day"),
        n_entries=nw.lit(1),
        hours=nw.min_horizontal("together", "own"),
    )
    found = collected(
        rows.group_by("team", "week").agg(nw.col("n_entries").sum(), nw.col("hours").sum()),
        {"team": "str", "week": "int64", "n_entries": "int64", "hours": "float64"},
    )
    return found.assign(week=mondays(found["week"])).sort_values(
        ["team", "week"], ignore_index=True
    )


def overlaps_by_team(found: pd.DataFrame, *, weeks: Weeks) -> pd.DataFrame:
    """Add overlaps up for each team, in the weeks shown and in the whole log.

    Parameters
    ----------
    found : pandas.DataFrame
        As `overlaps` makes it.

    Returns
    -------
    pandas.DataFrame
        One row a team with any, most hours first: ``team``, ``n_entries`` and ``hours`` (counted
        twice in the weeks shown), ``n_entries_in_all`` and ``hours_in_all``.
    """
    shown = found[found["week"].between(weeks.first, weeks.last)]
    values = ["n_entries", "hours"]
    in_all = found.groupby("team")[values].sum().add_suffix("_in_all")
    table = in_all.join(shown.groupby("team")[values].sum()).fillna(0).reset_index()
    table = table.astype({"n_entries": "int64", "n_entries_in_all": "int64"})
    columns = ["team", *values, *(f"{name}_in_all" for name in values)]
    return table.sort_values(
        ["hours", "hours_in_all", "team"], ascending=[False, False, True], ignore_index=True
    )[columns]


def _hours(duration: nw.Expr) -> nw.Expr:
    return duration / (3600 * MICRO)
