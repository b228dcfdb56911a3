"""Which groups may be shown: one release plan a period, for all groups, whatever page asks.

`plan_for` is the one place that decides; every published notebook reads it. Groups below the
minimum are left out, and where what is left out could be had by subtracting the shown groups from
the total, the next smallest group is left out too. Nothing may be joined onto a frame after
`suppress`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from taskmix.errors import DisclosureError
from taskmix.measures import Scope, headcount
from taskmix.settings import Settings
from taskmix.store import Log

TOO_FEW = "fewer people than the minimum"
PROTECTS = "protects a smaller group"


@dataclass(frozen=True)
class ReleasePlan:
    """What a page may show.

    Attributes
    ----------
    min_people : int
        The smallest group that is shown.
    teams : frozenset of (str, str)
        Period and team that may be shown.
    totals : frozenset of str
        Periods whose total over all teams may be shown.
    suppressed : list of dict
        ``period``, ``team`` (None for a total) and ``reason``; never a value.
    publishable : bool
        False where all teams together are fewer than the minimum in the plan's own period:
        such a page is for the analyst alone and never on the site.
    n_people : mapping of (str, str or None) to int
        People by period and team (None for all teams), of the groups that may be shown.
    """

    min_people: int
    teams: frozenset[tuple[str, str]]
    totals: frozenset[str]
    suppressed: list[dict[str, str | None]] = field(default_factory=list)
    publishable: bool = True
    n_people: Mapping[tuple[str, str | None], int] = field(default_factory=dict)


def plan_for(log: Log, scope: Scope, settings: Settings) -> ReleasePlan:
    """Count the people of all groups and decide what may be shown: the same plan for every page.

    The scope gives the periods; its team plays no part.

    Returns
    -------
    ReleasePlan
        The same for the same log, periods and settings.
    """
    people = headcount(
        log.tasks, frequency=scope.frequency, long_tasks=settings.counting.long_tasks
    )
    return release_plan(
        people, period=scope.period, periods=scope.history, min_people=settings.min_people
    )


def release_plan(
    people: pd.DataFrame, *, period: str, periods: tuple[str, ...], min_people: int
) -> ReleasePlan:
    """Decide for all groups together what may be shown.

    Parameters
    ----------
    people : pandas.DataFrame
        See `taskmix.schema.Headcount`.
    period : str
        The page's own period.
    periods : tuple of str
        All periods the page shows.
    min_people : int
        1 shows everything (a personal workspace).

    Returns
    -------
    ReleasePlan
        The same for the same headcount, whatever page asks.
    """
    shown = people[people["period"].isin(periods)]
    totals = shown[shown["team"].isna()].set_index("period")["n_people"]
    publishable = bool(totals.get(period, 0) >= min_people)
    # A page that is not for publication anyway would lose its only chart without protecting anyone.
    small = [] if not publishable else sorted(totals.index[totals < min_people])
    suppressed: list[dict[str, str | None]] = [
        {"period": name, "team": None, "reason": TOO_FEW} for name in small
    ]
    allowed: set[tuple[str, str]] = set()
    for name, group in shown[shown["team"].notna()].groupby("period"):
        reasons = _suppressed_teams(group, min_people)
        suppressed += [
            {"period": str(name), "team": team, "reason": reason}
            for team, reason in reasons.items()
        ]
        allowed |= {(str(name), team) for team in group["team"] if team not in reasons}
    shown_totals = {str(name) for name in totals.index} - set(small)
    counted = {
        (str(row.period), None if pd.isna(row.team) else str(row.team)): int(row.n_people)
        for row in shown.itertuples()
    }
    return ReleasePlan(
        min_people=min_people,
        teams=frozenset(allowed),
        totals=frozenset(shown_totals),
        suppressed=suppressed,
        publishable=publishable,
        n_people={
            (name, team): n_people
            for (name, team), n_people in counted.items()
            if (name in shown_totals if team is None else (name, team) in allowed)
        },
    )


def suppress(frame: pd.DataFrame, plan: ReleasePlan, *, team: str | None = None) -> pd.DataFrame:
    """Keep only the rows of `frame` that the plan shows.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``period``, and ``team`` where its rows are teams.
    team : str, optional
        The one team that all rows of a frame without ``team`` belong to.

    Returns
    -------
    pandas.DataFrame
        A new frame; suppressed groups are absent from every column.
    """
    if "team" in frame:
        keys = pd.Series(zip(frame["period"], frame["team"], strict=True), index=frame.index)
        shown = keys.isin(list(plan.teams))
    elif team is not None:
        shown = frame["period"].isin([name for name, owner in plan.teams if owner == team])
    else:
        shown = frame["period"].isin(list(plan.totals))
    return frame[shown].reset_index(drop=True)


def check_team_may_be_shown(plan: ReleasePlan, *, period: str, team: str | None) -> None:
    """Raise `DisclosureError` if a page about this team would single people out."""
    if team is None or (period, team) in plan.teams:
        return
    raise DisclosureError(
        f"team {team[:60]!r} is not shown for {period}: it has fewer than {plan.min_people} people "
        "([privacy] min_people), or showing it would give a smaller team away. Report the whole "
        "organisation, or a longer period"
    )


def _suppressed_teams(group: pd.DataFrame, min_people: int) -> dict[str, str]:
    """Name the teams of one period to leave out, with reasons, smallest first."""
    ordered = group.sort_values(["n_people", "team"])
    reasons: dict[str, str] = {}
    hidden = 0
    for team, n_people in zip(ordered["team"], ordered["n_people"], strict=True):
        if n_people < min_people:
            reasons[team] = TOO_FEW
        elif reasons and hidden < min_people:
            # The hidden teams' sum follows from the total: it must be a large enough group.
            reasons[team] = PROTECTS
        else:
            break
        hidden += int(n_people)
    return reasons
