"""What a report is about: one period, one team or all, and the periods before it."""

from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from taskmix.errors import PeriodError
from taskmix.periods import (
    Frequency,
    format_period,
    frequency_of,
    history,
    latest_period,
    parse_period,
)
from taskmix.store import Log

LATEST = "latest"


@dataclass(frozen=True)
class Scope:
    """A report's period and group.

    Attributes
    ----------
    period : str
        As `taskmix.periods.parse_period` reads it.
    before : str
        The period before.
    team : str or None
        None for all teams together.
    frequency : {"month", "quarter", "year"}
    history : tuple of str
        The periods that charts over time show, oldest first, the last one `period`.
    """

    period: str
    before: str
    team: str | None
    frequency: Frequency
    history: tuple[str, ...]


def choose_scope(log: Log, *, period: str = LATEST, team: str = "", n_history: int = 8) -> Scope:
    """Choose a report's scope and check that there is something to report.

    Parameters
    ----------
    log : Log
    period : str
        A period, or ``latest``: the last quarter that is complete.
    team : str
        A team of the log; empty for all.
    n_history : int
        How many periods charts over time show.

    Raises
    ------
    PeriodError
        If the period cannot be understood, lies outside the log, or the log has no such team.
    """
    if n_history < 1:
        raise PeriodError(f"n_history is {n_history}; a report shows at least 1 period")
    chosen = latest_period(log.last_date) if period == LATEST else parse_period(period)
    # Where long tasks count at their end or evenly, the log reaches beyond its last beginning.
    first, last = log.first_date, log.last_end_date
    if chosen.end_time < first or chosen.start_time > last:
        raise PeriodError(
            f"period {format_period(chosen)} holds no data; the log runs from {first.date()} to "
            f"{last.date()}"
        )
    if team:
        check_team(log, team)
    frequency = frequency_of(chosen)
    shown = [name for name in history(chosen, count=n_history)
             if parse_period(name).end_time >= first]  # fmt: skip
    return Scope(
        period=format_period(chosen),
        before=format_period(chosen - 1),
        team=team or None,
        frequency=frequency,
        history=tuple(shown),
    )


def check_team(log: Log, team: str) -> None:
    """Raise `PeriodError` unless the log has a team of exactly this name."""
    teams = sorted(str(row[0]) for row in log.tasks.project("team").distinct().fetchall())
    if team in teams:
        return
    near = get_close_matches(team, teams, n=3)
    known = near or teams[:10]
    raise PeriodError(
        f"team {team[:60]!r} is not in the log; "
        + ("did you mean " if near else "there are ")
        + ", ".join(known)
        + ("" if near or len(teams) <= 10 else f" and {len(teams) - 10} more")
    )


def of_scope(cells: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Keep the roll-up's cells of the scope's team and periods.

    Raises
    ------
    PeriodError
        If nothing is left in the scope's own period.
    """
    kept = cells[cells["period"].isin(scope.history)]
    if scope.team is not None:
        kept = kept[kept["team"] == scope.team]
    if not (kept["period"] == scope.period).any():
        who = "the log" if scope.team is None else f"team {scope.team[:60]!r}"
        seen = sorted(cells["period"].unique())
        raise PeriodError(
            f"period {scope.period} holds no data for {who}; periods with data run from "
            f"{seen[0]} to {seen[-1]}"
        )
    return kept.reset_index(drop=True)
