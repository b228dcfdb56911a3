"""Weeks, which begin on Monday: their number, their first day, and which ones a page shows."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.errors import PeriodError
from taskmix.measures.scope import choose_scope
from taskmix.periods import LATEST, format_period, parse_period
from taskmix.store import Log

EPOCH = pd.Timestamp("1970-01-01")
# 1 January 1970 was a Thursday.
_MONDAY_BEFORE_EPOCH = 3


@dataclass(frozen=True)
class Weeks:
    """The weeks that a page about the log itself looks at.

    Attributes
    ----------
    period : str
        The period that they lead up to.
    first, last : pandas.Timestamp
        Mondays of the first and the last week.
    until : pandas.Timestamp
        The last day looked at: of the period, or of the log where that ends earlier.
    newest : pandas.Timestamp
        The newest day of the whole log on which an entry began, entries dated after the last
        ingest left out.
    """

    period: str
    first: pd.Timestamp
    last: pd.Timestamp
    until: pd.Timestamp
    newest: pd.Timestamp


def choose_weeks(
    log: Log,
    *,
    period: str = LATEST,
    n_weeks: int = 13,
    ingested: pd.Timestamp | None = None,
    time_zone: str = "UTC",
) -> Weeks:
    """Choose the weeks that lead up to the end of a period, or of the log.

    Parameters
    ----------
    log : Log
    period : str
        A period or a word as `choose_scope` knows them; but ``latest`` is the quarter in which
        the log ends, complete or not: what arrived last is to be seen.
    n_weeks : int
        How many weeks; fewer where the log begins later.
    ingested : pandas.Timestamp, optional
        The day of the last ingest. What is dated later was planned, or is a slip of the pen:
        it does not make the log reach that far.
    time_zone : str
        Where the workspace is, whose today a word such as ``last-month`` counts from.

    Raises
    ------
    PeriodError
        If the period cannot be understood or lies outside the log.
    """
    if n_weeks < 1:
        raise PeriodError(f"n_weeks is {n_weeks}; the page shows at least 1 week")
    newest = _newest_day(log, ingested)
    wanted = format_period(newest.to_period("Q")) if period.strip() == LATEST else period
    chosen = parse_period(choose_scope(log, period=wanted, time_zone=time_zone).period)
    end, start = chosen.end_time.normalize().as_unit("us"), chosen.start_time
    until = end if start > newest else min(end, newest)
    last = monday(until)
    first = max(last - pd.Timedelta(weeks=n_weeks - 1), min(monday(log.first_date), last))
    return Weeks(period=format_period(chosen), first=first, last=last, until=until, newest=newest)


def monday(day: pd.Timestamp) -> pd.Timestamp:
    """Return the Monday of a day's week.

    Examples
    --------
    >>> monday(pd.Timestamp("2026-10-04")), monday(pd.Timestamp("2026-10-05"))
    (Timestamp('2026-09-28 00:00:00'), Timestamp('2026-10-05 00:00:00'))
    """
    return day.normalize() - pd.Timedelta(days=day.weekday())


def week_number(day: str) -> nw.Expr:
    """Give the number of the week of a column of epoch days, alike in every engine."""
    return (nw.col(day) + _MONDAY_BEFORE_EPOCH) // 7


def mondays(numbers: pd.Series) -> pd.Series:
    """Return the Mondays of numbered weeks.

    Examples
    --------
    >>> mondays(pd.Series([0, 1])).dt.strftime("%Y-%m-%d").tolist()
    ['1969-12-29', '1970-01-05']
    """
    days = numbers.astype("int64") * 7 - _MONDAY_BEFORE_EPOCH
    return (EPOCH + pd.to_timedelta(days, unit="D")).astype("datetime64[us]")


def epoch_day(day: pd.Timestamp) -> int:
    """Give the number of a day, as the log's ``first_day`` does."""
    return int((day.normalize() - EPOCH).days)


def in_days(rows: Any, *, first: pd.Timestamp | None, last: pd.Timestamp | None) -> Any:
    """Keep the entries that began between two days, both included; None: open.

    Parameters
    ----------
    rows : narwhals.LazyFrame
    """
    if first is not None:
        rows = rows.filter(nw.col("first_day") >= epoch_day(first))
    return rows if last is None else rows.filter(nw.col("first_day") <= epoch_day(last))


def collected(rows: Any, types: dict[str, str]) -> pd.DataFrame:
    """Bring grouped rows from the engine to pandas.

    Parameters
    ----------
    rows : narwhals.LazyFrame
    types : dict of str to str
        The columns to keep and their dtypes: an engine's sum of integers may be a decimal.
    """
    frame: pd.DataFrame = rows.collect("pyarrow").to_native().to_pandas()
    return frame[list(types)].astype(types)


def _newest_day(log: Log, ingested: pd.Timestamp | None) -> pd.Timestamp:
    if ingested is None or log.last_date <= ingested:
        return log.last_date
    rows = in_days(nw.from_native(log.tasks).lazy(), first=None, last=ingested)
    newest = rows.select(nw.col("first_day").max()).collect("pyarrow").to_native()[0][0].as_py()
    # A log of plans alone reaches as far as they do.
    return log.last_date if newest is None else EPOCH + pd.Timedelta(days=newest)
