"""How many weeks of how many people a period holds."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.coverage import hours_by_person_and_week
from taskmix.measures.weeks import EPOCH
from taskmix.periods import PANDAS_FREQUENCY, Frequency, format_period
from taskmix.store import measured_once

_WORKDAYS = 5
_FRIDAY = pd.Timedelta(days=_WORKDAYS - 1)


@measured_once
def person_weeks(tasks: Any, *, frequency: Frequency) -> pd.DataFrame:
    """Count the weeks in which each person logged anything.

    ::

        Mon … Fri                 a week of one person
        Mon Tue | Wed Thu Fri     2/5 of it in one period, 3/5 in the next

    A week counts for the team it was logged in; for several teams by the hours in each. What
    an AI did alone counts for nobody. Weeks without an entry (leave, mostly) are not counted, so
    that hours a person-week do not fall because it is summer.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.
    frequency : {"month", "quarter", "year"}

    Returns
    -------
    pandas.DataFrame
        One row a period, team and person: ``person_weeks`` and ``logged_hours`` (of these weeks,
        those of work with an AI whole). ``person`` is empty where the log names nobody, who is
        one person then. It is never shown, to nobody.
    """
    rows = hours_by_person_and_week(tasks)
    rows = rows.assign(person=rows["person"].fillna(""))
    weeks = rows.groupby(["team", "person", "week"], as_index=False)["hours"].sum()
    by_week = weeks.groupby(["person", "week"])["hours"]
    total, n_teams = by_week.transform("sum"), by_week.transform("size")
    weeks["part"] = (weeks["hours"] / total).where(total > 0, 1 / n_teams)
    split = _in_periods(weeks, frequency, *_span(tasks))
    split["person_weeks"] = split["part"] * split["n_days"] / _WORKDAYS
    split["logged_hours"] = split["hours"] * split["of_hours"]
    keys = ["period", "team", "person"]
    return split.groupby(keys, as_index=False)[["person_weeks", "logged_hours"]].sum()


def _span(tasks: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day on which anything was begun."""
    days = nw.from_native(tasks).lazy().select(
        first=nw.col("first_day").min(), last=nw.col("first_day").max()
    )  # fmt: skip
    ends = days.collect("pyarrow").to_native().to_pylist()[0]
    first, last = (EPOCH + pd.Timedelta(days=ends[name] or 0) for name in ("first", "last"))
    return first, last


def _in_periods(
    weeks: pd.DataFrame, frequency: Frequency, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """Divide each week's Monday to Friday among the one or two periods they lie in.

    A week in which the log begins or ends has only the working days that the log can hold.
    """
    code = PANDAS_FREQUENCY[frequency]
    monday, friday = weeks["week"].clip(lower=first), (weeks["week"] + _FRIDAY).clip(upper=last)
    friday = friday.where(friday >= monday, monday)
    starts, ends = monday.dt.to_period(code), friday.dt.to_period(code)
    edge = starts.dt.end_time.dt.normalize().clip(upper=friday)
    n_days = (friday - monday).dt.days + 1
    n_first = (edge - monday).dt.days + 1
    halves = [
        weeks.assign(at=starts, n_days=n_first, of_hours=n_first / n_days),
        weeks.assign(at=ends, n_days=n_days - n_first, of_hours=1 - n_first / n_days),
    ]
    both = pd.concat(halves, ignore_index=True)
    both = both[both["n_days"] > 0].reset_index(drop=True)
    names = {period: format_period(period) for period in both["at"].unique()}
    return both.assign(period=both["at"].map(names).astype("str")).drop(columns="at")
