"""How much of people's time the log holds, week by week: logged against expected, and gaps."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.weeks import Weeks, collected, mondays, week_number

#: Below this part of a team's usual week, a week is a gap.
GAP_BELOW = 1 / 3
_WORKDAYS = 5
_FRIDAY = pd.Timedelta(days=_WORKDAYS - 1)
_SPAN = ["first_day", "last_day"]
_LOGGED = ["hours", "n_people", "n_entries"]
_TYPES = {"team": "str", "person": "str", "hours": "float64", "n_entries": "int64"}


def team_weeks(tasks: Any, *, until: pd.Timestamp) -> pd.DataFrame:
    """Add up what each team logged in each week.

    Hours that an AI worked alone are left out: nobody's working time holds them. A task of
    several weeks is spread evenly over its days, whatever ``[counting] long_tasks`` says: it
    was somebody's time in all of them.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.
    until : pandas.Timestamp
        The last day to look at.

    Returns
    -------
    pandas.DataFrame
        One row a team and week, every week between the team's first and last one: ``team``,
        ``week`` (its Monday), ``hours``, ``n_people`` and ``n_entries`` (begun in that week).
    """
    by_person = hours_by_person_and_week(tasks)
    by_person = by_person[by_person["week"] <= until]
    sums = by_person.groupby(["team", "week"]).agg(
        hours=("hours", "sum"), n_people=("person", "nunique"), n_entries=("n_entries", "sum")
    )
    ends = by_person.groupby("team")["week"].agg(["min", "max"])
    every = [
        pd.DataFrame({"team": team, "week": pd.date_range(first, last, freq="7D", unit="us")})
        for team, first, last in ends.itertuples()
    ]
    if not every:
        return sums.reset_index()
    full = pd.concat(every, ignore_index=True).astype({"team": "str"})
    table = full.merge(sums.reset_index(), how="left", on=["team", "week"])
    return table.fillna(dict.fromkeys(_LOGGED, 0)).astype(
        {"hours": "float64", "n_people": "int64", "n_entries": "int64"}
    )


def expected_hours(entries: pd.DataFrame, *, weeks: Weeks) -> pd.DataFrame:
    """Add up the weekly hours of the people whom the roster places in each team.

    Somebody who joined on a Wednesday owes three fifths of that week. Holidays, leave and
    which days a part-time week has are not known here.

    Parameters
    ----------
    entries : pandas.DataFrame
        `taskmix.identity.Roster.entries`.
    weeks : Weeks
        Days after ``until`` are not expected yet.

    Returns
    -------
    pandas.DataFrame
        One row a team and week with people on the roster: ``team``, ``week``,
        ``expected_hours`` (missing where somebody's weekly hours are not said) and
        ``n_on_roster``.
    """
    mondays_shown = pd.date_range(weeks.first, weeks.last, freq="7D", unit="us")
    asked = entries.dropna(subset=["team"]).merge(
        pd.DataFrame({"week": mondays_shown}), how="cross"
    )
    friday = asked["week"] + _FRIDAY
    begin = asked["first_day"].fillna(asked["week"]).clip(lower=asked["week"])
    end = asked["last_day"].fillna(friday).clip(upper=friday).clip(upper=weeks.until)
    n_days = (end - begin).dt.days + 1
    active = asked.assign(
        expected_hours=asked["weekly_hours"] * n_days / _WORKDAYS,
        is_silent=asked["weekly_hours"].isna(),
    )[n_days > 0]
    sums = active.groupby(["team", "week"], as_index=False).agg(
        expected_hours=("expected_hours", "sum"),
        n_on_roster=("person", "nunique"),
        is_silent=("is_silent", "any"),
    )
    # A sum that leaves somebody out would make the team look more complete than it is.
    known = sums["expected_hours"].mask(sums["is_silent"])
    return sums.assign(expected_hours=known).drop(columns="is_silent")


def coverage(by_week: pd.DataFrame, expected: pd.DataFrame, *, weeks: Weeks) -> pd.DataFrame:
    """Set what was logged beside what the roster lets expect.

    Parameters
    ----------
    by_week : pandas.DataFrame
        As `team_weeks` makes it.
    expected : pandas.DataFrame
        As `expected_hours` makes it; without rows where there is no roster.

    Returns
    -------
    pandas.DataFrame
        One row a team and week of `weeks` that was logged or expected: the columns of both,
        ``coverage`` (logged / expected; 1 is all of it, missing where nothing is expected or
        known) and ``hours_per_person`` (of those who logged; missing where nobody did).
    """
    shown = by_week[by_week["week"].between(weeks.first, weeks.last)]
    table = shown.merge(expected, how="outer", on=["team", "week"])
    table[_LOGGED] = table[_LOGGED].fillna(0)
    table["n_on_roster"] = table["n_on_roster"].fillna(0)
    counts = ["n_people", "n_entries", "n_on_roster"]
    table = table.astype(dict.fromkeys(counts, "int64"))
    expects = table["expected_hours"] > 0
    table["coverage"] = (table["hours"] / table["expected_hours"]).where(expects)
    logs = table["n_people"] > 0
    table["hours_per_person"] = (table["hours"] / table["n_people"]).where(logs)
    return table.sort_values(["team", "week"], ignore_index=True)


def gaps(by_week: pd.DataFrame) -> pd.DataFrame:
    """Find the weeks in which a team logged nothing, or less than a third of its usual week.

    Only between a team's first and last week, which may be parts of weeks themselves. The usual
    week is the median of those with any hours, so that a long silence does not become usual.

    Parameters
    ----------
    by_week : pandas.DataFrame
        As `team_weeks` makes it.

    Returns
    -------
    pandas.DataFrame
        One row a gap, weeks that follow each other joined, the newest first: ``team``,
        ``first_week`` and ``last_week`` (Mondays), ``n_weeks``, ``hours`` and ``usual_hours``
        (of one week).
    """
    weeks = by_week.sort_values(["team", "week"], ignore_index=True)
    by_team = weeks.groupby("team")
    some = weeks["hours"].where(weeks["hours"] > 0)
    usual = some.groupby(weeks["team"]).transform("median")
    is_inner = (weeks["week"] > by_team["week"].transform("min")) & (
        weeks["week"] < by_team["week"].transform("max")
    )
    is_gap = is_inner & (weeks["hours"] < usual * GAP_BELOW)
    # A team's first week is no gap, so every change of this flag stays within one team.
    run = (is_gap != is_gap.shift(fill_value=False)).cumsum()
    found = weeks.assign(run=run, usual_hours=usual)[is_gap]
    table = found.groupby("run").agg(
        team=("team", "first"),
        first_week=("week", "min"),
        last_week=("week", "max"),
        n_weeks=("week", "size"),
        hours=("hours", "sum"),
        usual_hours=("usual_hours", "first"),
    )
    return table.sort_values(["last_week", "team"], ascending=[False, True], ignore_index=True)


def hours_by_person_and_week(tasks: Any) -> pd.DataFrame:
    """Add up hours by team, person and week; the engine does all but the tasks of several weeks.

    Returns
    -------
    pandas.DataFrame
        ``team``, ``person``, ``week`` (its Monday), ``hours`` and ``n_entries`` (begun in that
        week); up to two rows a team, person and week. Nothing that an AI did alone.
    """
    rows = (
        nw.from_native(tasks)
        .lazy()
        .filter(nw.col("performer") != "ai")
        .select(
            "team",
            "person",
            *_SPAN,
            hours=nw.col("hours").fill_null(0.0),
            n_entries=nw.when(nw.col("part") > 0).then(nw.lit(0)).otherwise(nw.lit(1)),
            week=week_number("first_day"),
            last_week=week_number("last_day"),
        )
    )
    sums = (nw.col("hours").sum(), nw.col("n_entries").sum())
    is_long = nw.col("last_week") > nw.col("week")
    short = collected(
        rows.filter(~is_long).group_by("team", "person", "week").agg(*sums),
        {**_TYPES, "week": "int64"},
    )
    long = collected(
        rows.filter(is_long).group_by("team", "person", *_SPAN).agg(*sums),
        {**_TYPES, **dict.fromkeys(_SPAN, "int64")},
    )
    both = pd.concat([short, _spread(long)], ignore_index=True)
    return both.assign(week=mondays(both["week"]))


def _spread(spans: pd.DataFrame) -> pd.DataFrame:
    """Divide hours over the weeks of each span by its days in them; entries count in the first."""
    first = (spans["first_day"] + 3) // 7
    n_weeks = (spans["last_day"] + 3) // 7 - first + 1
    rows = spans.loc[spans.index.repeat(n_weeks)]
    step = rows.groupby(level=0).cumcount()
    week = first.loc[rows.index] + step
    begin = rows["first_day"].clip(lower=week * 7 - 3)
    end = rows["last_day"].clip(upper=week * 7 + 3)
    part = (end - begin + 1) / (rows["last_day"] - rows["first_day"] + 1)
    return rows.assign(
        week=week, hours=rows["hours"] * part, n_entries=rows["n_entries"].where(step == 0, 0)
    ).drop(columns=_SPAN)
