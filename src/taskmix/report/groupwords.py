"""Sentences on groups: who carries tasks out, and how teams differ."""

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.language import number, tr, trn
from taskmix.measures import Scope
from taskmix.report.numberwords import percent


def performer_sentence(performers: pd.DataFrame, *, scope: Scope) -> str:
    """Say what part of execution AI carries out, and of how much that is known."""
    now = performers[performers["period"] == scope.period]
    total = int(now[["n_ai", "n_both", "n_human", "n_unknown"]].to_numpy().sum())
    if total == 0:
        return tr(
            "No task of {period} is tagged or surely sorted as execution.", period=scope.period
        )
    row = now.iloc[0]
    if pd.isna(row["ai"]):
        return tr(
            "Nothing in the log says who carried out the {total} execution tasks, so "
            "AI’s part of them is not known.",
            total=number(total),
        )
    return tr(
        "AI did about {ai} of the execution tasks alone and {both} together with people, "
        "among those whose performer is known: {known} of them.",
        ai=percent(row["ai"]),
        both=percent(row["both"]),
        known=percent(row["known"]),
    )


def performer_title(performers: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of performers by what it shows."""
    row = performers[performers["period"] == scope.period].iloc[0]
    if pd.isna(row["known"]):
        return tr("There are no execution tasks to tell of")
    if pd.isna(row["ai"]):
        return tr("Who carries out execution is not recorded")
    of_known = "" if row["known"] == 1 else tr(" whose performer is known")
    return tr(
        "AI alone carries out {ai} of the execution tasks{of_known}",
        ai=percent(row["ai"]),
        of_known=of_known,
    )


def teams_title(teams: pd.DataFrame) -> str:
    """Title the chart of teams by the range it shows; it ranks nobody as better."""
    known = teams.dropna(subset=["share"])
    if known.empty:
        return tr("No team is large enough to be shown")
    if len(known) == 1:
        return tr("One team is large enough to be shown")
    least, most = percent(known["share"].min()), percent(known["share"].max())
    if least == most:
        return tr("Execution takes about {most} of each team’s hours", most=most)
    return tr("Execution takes from {least} to {most} of a team’s hours", least=least, most=most)


def teams_note(plan: ReleasePlan, *, scope: Scope, merged: bool = False) -> str:
    """Say how many teams are not shown by name.

    Parameters
    ----------
    merged : bool
        Whether the chart has a row for those that are shown together.
    """
    own = [s for s in plan.suppressed if s["period"] == scope.period and s["team"]]
    together = sum(s.get("outcome") == "merged" for s in own) if merged else 0
    hidden = len(own) - together
    parts = [tr("{together} teams are shown together", together=together)] if together else []
    if hidden:
        parts.append(trn("{n} small team is not shown", "{n} small teams are not shown", hidden))
    return ", ".join(parts)
