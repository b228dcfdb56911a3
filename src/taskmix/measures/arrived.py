"""What part of a period's logs is in: of people's working days, and of which teams it is not."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.coverage import GAP_BELOW, team_weeks
from taskmix.measures.scope import Scope
from taskmix.measures.weeks import EPOCH, collected

#: A team that logged nothing for so long before the period is not expected in it.
_GIVEN_UP = pd.DateOffset(months=3)
_WEEK = pd.Timedelta(days=7)


def arrived(tasks: Any, *, scope: Scope) -> pd.DataFrame:
    """Tell what part of each team's working days in a period the log holds.

    A working day (Monday to Friday) is in if its week is: one in which the team logged at least a
    third of its usual week, up to the last day on which the team logged anything. Holidays and
    leave do not reach that: where a whole team is away for a week, that week counts as missing.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.
    scope : Scope
        Its team plays no part.

    Returns
    -------
    pandas.DataFrame
        One row a team that logged in the period or in the three months before it, the least
        complete first: ``team``, ``n_people`` (in its usual week), ``part`` (0–1 of the working
        days) and ``missing_since`` (the first working day that is not in; missing where all are).
    """
    weeks = team_weeks(tasks, until=scope.last_day)
    weeks = weeks[weeks["week"] + _WEEK > scope.first_day - _GIVEN_UP]
    ends = _last_days(tasks)
    rows = [
        {"team": str(team), **_of_team(own, scope, until=ends[team])}
        for team, own in weeks[weeks["hours"] > 0].groupby("team")
    ]
    table = pd.DataFrame(rows, columns=["team", "n_people", "part", "missing_since"])
    table = table.astype(
        {"team": "str", "n_people": "int64", "part": "float64", "missing_since": "datetime64[us]"}
    )
    return table.sort_values(["part", "team"], ignore_index=True)


def part_arrived(table: pd.DataFrame) -> float:
    """Return the part of all people's working days that is in (0–1); missing without a team."""
    people = table["n_people"].sum()
    return float((table["part"] * table["n_people"]).sum() / people) if people else float("nan")


def _last_days(tasks: Any) -> dict[str, pd.Timestamp]:
    """Tell on which day each team's newest entry ended."""
    rows = nw.from_native(tasks).lazy().filter(nw.col("performer") != "ai")
    ends = collected(
        rows.group_by("team").agg(nw.col("last_day").max()), {"team": "str", "last_day": "int64"}
    )
    return dict(zip(ends["team"], EPOCH + pd.to_timedelta(ends["last_day"], unit="D"), strict=True))


def _of_team(weeks: pd.DataFrame, scope: Scope, *, until: pd.Timestamp) -> dict[str, Any]:
    usual = weeks["hours"].median()
    whole = weeks.loc[weeks["hours"] >= usual * GAP_BELOW, "week"]
    days = pd.bdate_range(scope.first_day, scope.last_day)
    is_in = (days - pd.to_timedelta(days.day_of_week, unit="D")).isin(whole) & (days <= until)
    missing = days[~is_in]
    return {
        "n_people": int(weeks["n_people"].median()),
        "part": float(is_in.mean()),
        "missing_since": missing[0] if len(missing) else pd.NaT,
    }
