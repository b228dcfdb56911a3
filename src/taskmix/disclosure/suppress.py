"""Frames cut down to what a plan shows. Nothing may be joined onto them afterwards."""

import pandas as pd

from taskmix.disclosure.merging import told_group
from taskmix.disclosure.plan import ReleasePlan
from taskmix.disclosure.primary import (
    CHANGED,
    DOMINATED,
    NESTED,
    ONE_SIDED,
    PROTECTS,
    STEADY,
    TOO_FEW,
)
from taskmix.errors import DisclosureError

_WHY = {
    TOO_FEW: "it has fewer than {min_people} people ([privacy] min_people)",
    DOMINATED: "one person has more than half of its hours",
    ONE_SIDED: "a category has exactly 0% or 100% of its hours, which is true of each person in it",
    NESTED: "a larger group that is shown has fewer than {min_people} people more",
    STEADY: "but for fewer than {min_people} people who came or went, its hours are those of the "
    "period before, so that these few people's could be read off",
    PROTECTS: "showing it would give a smaller team away",
}


def suppress(frame: pd.DataFrame, plan: ReleasePlan, *, team: str | None = None) -> pd.DataFrame:
    """Keep only the rows of `frame` that the plan shows.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``period``, and ``team`` or ``department``, or both, where its rows are such groups.
        The row of merged teams is kept where the frame was made of `ReleasePlan.regrouped` ones.
    team : str, optional
        The one team that all rows of a frame without ``team`` belong to.

    Returns
    -------
    pandas.DataFrame
        A new frame; suppressed groups are absent from every column.
    """
    shown = pd.Series(True, index=frame.index)
    if "team" in frame:
        merged = {(period, name) for (period, _), name in plan.merged.items()}
        shown &= _pairs(frame, "team").isin(list(plan.teams | merged))
    elif team is not None:
        shown &= frame["period"].isin([name for name, owner in plan.teams if owner == team])
    if "department" in frame:
        shown &= _pairs(frame, "department").isin(list(plan.departments))
    if "team" not in frame and "department" not in frame and team is None:
        shown &= frame["period"].isin(list(plan.totals))
    kept = frame[shown].reset_index(drop=True)
    names = {name: told_group(name) for name in set(plan.merged.values())}
    if "team" not in kept or all(name == told for name, told in names.items()):
        return kept
    return kept.assign(team=kept["team"].replace(names))


def check_team_may_be_shown(plan: ReleasePlan, *, period: str, team: str | None) -> None:
    """Raise `DisclosureError` if a page about this team, or all (None), would single people out."""
    again = (
        f"it was published already, and the data of fewer than {plan.min_people} people in it have "
        "changed since: who holds both pages could subtract them and read these few people's "
        "hours. The page published before stays; `--table-version` makes that one again, unless "
        "`taskmix forget` removed its version since, and a new one can be published when the data "
        f"of {plan.min_people} people or more have changed"
    )
    if plan.refused:
        raise DisclosureError(f"{period} is not published again: {again}")
    if team is None or (period, team) in plan.teams:
        return
    named = [s for s in plan.suppressed if s["team"] == team and s["period"] == period]
    reason = named[0]["reason"] if named else TOO_FEW
    if reason == CHANGED:
        raise DisclosureError(f"team {team[:60]!r} is not published again for {period}: {again}")
    why = _WHY.get(str(reason), _WHY[TOO_FEW]).format(min_people=plan.min_people)
    raise DisclosureError(
        f"team {team[:60]!r} is not shown for {period}: {why}. Report the whole organisation, or "
        "a longer period"
    )


def _pairs(frame: pd.DataFrame, column: str) -> pd.Series:
    return pd.Series(zip(frame["period"], frame[column], strict=True), index=frame.index)
