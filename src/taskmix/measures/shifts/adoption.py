"""AI's part of execution by month: the series that tells when AI came."""

from dataclasses import replace

import pandas as pd

from taskmix.measures.performers import execution_by_performer
from taskmix.measures.scope import Scope
from taskmix.periods import format_period, parse_period, reaches_end

#: How many months are looked back at: enough for a slow shift, before teams are others.
N_MONTHS = 36


def months_of(scope: Scope, *, first: pd.Timestamp, n_months: int = N_MONTHS) -> Scope:
    """Choose the months that lead up to the end of a report's period.

    Parameters
    ----------
    scope : Scope
    first : pandas.Timestamp
        The first day of the log.
    n_months : int
        How many months at most.

    Returns
    -------
    Scope
        The same team; its period is the last whole month of the scope's period, or of the log
        where that ends earlier, and its history the months up to it.
    """
    last = parse_period(scope.period).end_time.to_period("M")
    ends = [day for day in (scope.today, scope.data_through) if day is not None]
    if ends:
        newest = min(ends).normalize()
        whole = newest.to_period("M")
        last = min(last, whole if reaches_end(newest, whole) else whole - 1)
    months = [last - back for back in range(n_months - 1, -1, -1)]
    history = tuple(format_period(month) for month in months if month.end_time >= first)
    return replace(
        scope, period=format_period(last), before=format_period(last - 1), frequency="month",
        history=history or (format_period(last),),
    )  # fmt: skip


def ai_by_month(cells: pd.DataFrame, months: Scope, *, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Tell AI's part of execution for each month: of tasks that AI did alone or with people.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up by month (`taskmix.schema.RollUp`).
    months : Scope
        As `months_of` chooses it; its team's cells count, where it has one.
    by : tuple of str
        ``team`` or ``department``.

    Returns
    -------
    pandas.DataFrame
        One row a month and group that is in the log: ``period``, `by`, ``part`` (0–1 of the
        execution tasks expected among those whose performer is known; missing without any) and
        ``n_known`` (tasks tagged or surely sorted as execution, of known performer).
    """
    own = cells[cells["period"].isin(months.history)]
    if months.team is not None:
        own = own[own["team"] == months.team]
    table = execution_by_performer(own, by=("period", *by))
    table["part"] = table["ai"] + table["both"]
    table["n_known"] = table[["n_ai", "n_both", "n_human"]].sum(axis=1)
    return table[["period", *by, "part", "n_known"]]
