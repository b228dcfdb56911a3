"""Sentences about how much of people's time the log holds: coverage, gaps, overlaps, roster."""

import pandas as pd

from taskmix.identity import Roster
from taskmix.language import number, tr, trn
from taskmix.measures import NOT_ON_ROSTER
from taskmix.report.words import percent
from taskmix.settings import Settings


def roster_sentence(settings: Settings, roster: Roster, remarks: pd.DataFrame) -> str:
    """Say whether the people of the log are in the roster.

    Parameters
    ----------
    remarks : pandas.DataFrame
        As `taskmix.measures.noticed` makes it.
    """
    if settings.workspace.personal:
        return tr("A personal workspace: one person’s own log needs no roster.")
    if roster.entries.empty:
        return tr(
            "There is nobody in people.csv: teams come from the exports alone, and how "
            "many hours to expect of a team is not known."
        )
    missing = remarks[remarks["remark"] == NOT_ON_ROSTER]
    if missing.empty:
        return tr("Everybody who logged anything is in people.csv.")
    parts = ", ".join(tr("{count} in {file}", count=number(row.count_), file=row.file) for row in
                      missing.rename(columns={"count": "count_"}).itertuples())  # fmt: skip
    return tr(
        "People who are not in people.csv, by file: {parts}. Their team is what the "
        "export says, or ‘unassigned’.",
        parts=parts,
    )


def share_covered(coverage: pd.DataFrame) -> float:
    """Return the hours logged as part of those expected, where both are known."""
    known = coverage[coverage["coverage"].notna()]
    expected = known["expected_hours"].sum()
    return float(known["hours"].sum() / expected) if expected else float("nan")


def coverage_title(coverage: pd.DataFrame) -> str:
    """Title the chart of coverage by what it shows."""
    share = share_covered(coverage)
    n_weeks = coverage["week"].nunique()
    return tr(
        "In {weeks} the log holds {share} of the hours expected",
        weeks=_weeks(n_weeks),
        share=percent(share),
    )


def coverage_takeaway(coverage: pd.DataFrame) -> str:
    """Say the range of the teams' coverage, for who cannot see the chart."""
    known = coverage[coverage["coverage"].notna()]
    if known.empty:
        return tr("No hours are expected of any team.")
    sums = known.groupby("team")[["hours", "expected_hours"]].sum()
    by_team = (sums["hours"] / sums["expected_hours"]).sort_values()
    return tr(
        "From {least} ({first}) to {most} ({last}) of the hours expected.",
        least=percent(by_team.iloc[0]),
        first=by_team.index[0],
        most=percent(by_team.iloc[-1]),
        last=by_team.index[-1],
    )


def hours_title(coverage: pd.DataFrame) -> str:
    """Title the chart of hours a person by what it shows."""
    known = coverage.loc[coverage["coverage"].notna(), "team"]
    rest = coverage[~coverage["team"].isin(known)]["hours_per_person"].dropna()
    if rest.empty:
        return tr("Nobody logged any hours")
    least, most = number(rest.min(), 0), number(rest.max(), 0)
    hours = (
        f"{most} h" if least == most else tr("between {least} and {most} h", least=least, most=most)
    )
    return tr("Who logged any hours logged {hours} a week", hours=hours)


def gaps_sentence(gaps: pd.DataFrame) -> str:
    """Say how many gaps there are."""
    if gaps.empty:
        return tr("No team has a gap between its first and its last week.")
    n_weeks, n_teams = int(gaps["n_weeks"].sum()), gaps["team"].nunique()
    teams = trn("{n} team", "{n} teams", n_teams)
    return tr(
        "{weeks} of {teams} hold less than a third of the team’s usual hours. Was "
        "everybody away, or is an export missing?",
        weeks=_weeks(n_weeks),
        teams=teams,
    )


def overlaps_sentence(overlaps: pd.DataFrame) -> str:
    """Say how much is counted twice."""
    n_in_all, hours = int(overlaps["n_entries_in_all"].sum()), overlaps["hours_in_all"].sum()
    if n_in_all == 0:
        return tr("No entry begins before an earlier one of the same person has ended.")
    return trn(
        "In the whole log {n} entry begins before an earlier one of the same person has ended: "
        "{hours} hours are counted twice. Is the same work exported from two tools?",
        "In the whole log {n} entries begin before an earlier one of the same person has ended: "
        "{hours} hours are counted twice. Is the same work exported from two tools?",
        n_in_all,
        hours=number(hours, 1),
    )


def _weeks(count: int) -> str:
    return trn("{n} week", "{n} weeks", count)
