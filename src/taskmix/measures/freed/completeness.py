"""How completely people's working time was logged, and whether that changed too much."""

from typing import Any

import numpy as np
import pandas as pd

from taskmix.language import percentage, tr
from taskmix.periods import parse_period
from taskmix.store import measured_once

#: A larger change of the log's completeness, as a part of it, makes any account of hours void.
MOST_CHANGE = 0.05
#: Who was on the roster for fewer working days of a period need not have logged any in it.
_DAYS_OF_A_MEMBER = 10
#: Part of a group's person-weeks whose declared hours must be known.
_KNOWN_FROM = 0.9


@measured_once
def log_completeness(
    weeks: pd.DataFrame, entries: pd.DataFrame, *, by: tuple[str, ...] = ("period",)
) -> pd.DataFrame:
    """Tell what part of people's declared working time the log holds.

    Two parts, multiplied: of the people on the roster those who logged anything, and of the
    hours that they declare for the weeks in which they did, those that were logged. Weeks away
    count against nobody.

    Parameters
    ----------
    weeks : pandas.DataFrame
        As `person_weeks` makes it.
    entries : pandas.DataFrame
        `taskmix.identity.Roster.entries`; without rows where there is no roster.
    by : tuple of str
        ``period``, or that and ``team``.

    Returns
    -------
    pandas.DataFrame
        One row a group: `by`, ``person_weeks``, ``logged_hours``, ``people_logging`` and
        ``hours_logged`` (parts, 1 is all) and their product ``completeness``. The parts are
        missing where the roster says no weekly hours of teams with a tenth of the person-weeks.
    """
    sums = weeks.groupby(["period", "team"], as_index=False).agg(
        person_weeks=("person_weeks", "sum"),
        logged_hours=("logged_hours", "sum"),
        n_logging=("person", "nunique"),
    )
    table = sums.merge(_members(entries, weeks["period"].unique()), how="left",
                       on=["period", "team"])  # fmt: skip
    is_known = table["weekly_hours"].notna()
    known = {
        "known_weeks": table["person_weeks"],
        "known_hours": table["logged_hours"],
        "declared": table["person_weeks"] * table["weekly_hours"],
        "n_known": table["n_logging"],
        "n_members": table["n_members"],
    }
    table = table.assign(**{name: values.where(is_known, 0.0) for name, values in known.items()})
    columns = ["person_weeks", "logged_hours", *known]
    groups = table.groupby(list(by), as_index=False)[columns].sum()
    enough = (groups["known_weeks"] >= _KNOWN_FROM * groups["person_weeks"]) & (
        groups["declared"] > 0
    )
    groups["people_logging"] = (groups["n_known"] / groups["n_members"]).where(enough)
    groups["hours_logged"] = (groups["known_hours"] / groups["declared"]).where(enough)
    groups["completeness"] = groups["people_logging"] * groups["hours_logged"]
    parts = ["people_logging", "hours_logged", "completeness"]
    return groups[[*by, "person_weeks", "logged_hours", *parts]]


def why_void(completeness: pd.DataFrame, *, period: str, against: str) -> str:
    """Say why hours of two periods cannot be compared; empty where they can.

    Parameters
    ----------
    completeness : pandas.DataFrame
        As `log_completeness` makes it, one group's. Where it is not known nothing is void.

    Examples
    --------
    >>> table = pd.DataFrame({"period": ["2025", "2026"], "completeness": [0.9, 0.8]})
    >>> why_void(table, period="2026", against="2025")
    'the log holds 80% of the declared hours in 2026 and 90% in 2025, which is more than 5% apart'
    """
    held = completeness.set_index("period")["completeness"].reindex([against, period])
    before, now = held.to_list()
    if not abs(now / before - 1) > MOST_CHANGE:
        return ""
    return tr(
        "the log holds {now} of the declared hours in {period} and {before} in {against}, which is "
        "more than {most} apart",
        now=percentage(now),
        period=period,
        before=percentage(before),
        against=against,
        most=percentage(MOST_CHANGE),
    )


def _members(entries: pd.DataFrame, periods: Any) -> pd.DataFrame:
    """Count who belonged to each team in each period, with their weekly hours on average."""
    placed = entries.dropna(subset=["team"])
    frames = [_members_of(placed, str(name)) for name in periods]
    columns = ["period", "team", "n_members", "weekly_hours"]
    return pd.concat([pd.DataFrame(columns=columns).astype({"period": "str", "team": "str"}),
                      *frames], ignore_index=True).astype(
        {"n_members": "float64", "weekly_hours": "float64"})  # fmt: skip


def _members_of(placed: pd.DataFrame, name: str) -> pd.DataFrame:
    period = parse_period(name)
    start, end = period.start_time, period.end_time.normalize()
    begin = placed["first_day"].fillna(start).clip(lower=start)
    until = placed["last_day"].fillna(end).clip(upper=end)
    days = np.maximum(_workdays(begin, until), 0)
    members = placed.assign(days=days, weighted=placed["weekly_hours"] * days)
    members = members[members["days"] >= _DAYS_OF_A_MEMBER]
    sums = members.groupby("team", as_index=False).agg(
        n_members=("person", "nunique"),
        days=("days", "sum"),
        weighted=("weighted", "sum"),
        is_silent=("weekly_hours", lambda hours: bool(hours.isna().any())),
    )
    # A mean that leaves somebody out would make the log look more complete than it is.
    sums["weekly_hours"] = (sums["weighted"] / sums["days"]).mask(sums["is_silent"].astype(bool))
    return sums.assign(period=name)[["period", "team", "n_members", "weekly_hours"]]


def _workdays(begin: pd.Series, until: pd.Series) -> np.ndarray:
    first, last = (days.to_numpy().astype("datetime64[D]") for days in (begin, until))
    return np.busday_count(first, last + np.timedelta64(1, "D"))
