"""What a report is about: one period, one team or all, and the periods before it."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.errors import PeriodError
from taskmix.periods import (
    LATEST,
    RELATIVE,
    Frequency,
    choose_period,
    format_period,
    frequency_of,
    history,
    parse_period,
    reaches_end,
    today_in,
)
from taskmix.store import Log

_EPOCH = pd.Timestamp("1970-01-01")


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
    today : pandas.Timestamp, optional
        The day on which the report is made, where the workspace is.
    data_through : pandas.Timestamp, optional
        The last day on which a task of the log began.
    """

    period: str
    before: str
    team: str | None
    frequency: Frequency
    history: tuple[str, ...]
    today: pd.Timestamp | None = None
    data_through: pd.Timestamp | None = None

    @property
    def first_day(self) -> pd.Timestamp:
        """The period's first day."""
        return parse_period(self.period).start_time

    @property
    def last_day(self) -> pd.Timestamp:
        """The period's last day."""
        return parse_period(self.period).end_time.normalize()

    @property
    def over(self) -> bool:
        """Whether the period's end lies before today; so too where today is not told."""
        return self.today is None or self.last_day < self.today

    @property
    def complete(self) -> bool:
        """Whether the period is over and the data reach its end (its last working day)."""
        reached = self.data_through is None or reaches_end(
            self.data_through, parse_period(self.period)
        )
        return self.over and reached


def choose_scope(
    log: Log,
    *,
    period: str = LATEST,
    team: str = "",
    n_history: int = 8,
    time_zone: str = "UTC",
    today: pd.Timestamp | None = None,
) -> Scope:
    """Choose a report's scope and check that there is something to report.

    Parameters
    ----------
    log : Log
    period : str
        A period, or a word such as ``latest`` or ``last-month``; see
        `taskmix.periods.choose_period`.
    team : str
        A team of the log; empty for all.
    n_history : int
        How many periods charts over time show.
    time_zone : str
        Where the workspace is, whose date today's is.
    today : pandas.Timestamp, optional
        Another day than today.

    Raises
    ------
    PeriodError
        If the period cannot be understood, lies outside the log, or the log has no such team.
    """
    if n_history < 1:
        raise PeriodError(f"n_history is {n_history}; a report shows at least 1 period")
    day = today_in(time_zone) if today is None else today.normalize()
    chosen = choose_period(period, today=day, data_through=log.last_date)
    # Where long tasks count at their end or evenly, the log reaches beyond its last beginning.
    first, last = log.first_date, log.last_end_date
    if chosen.end_time < first or chosen.start_time > last:
        name = format_period(chosen)
        meant = f" ({period.strip()})" if period.strip() in (LATEST, *RELATIVE) else ""
        raise PeriodError(
            f"period {name}{meant} holds no data; the log runs from {first.date()} to {last.date()}"
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
        today=day,
        data_through=log.last_date,
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


def last_days(log: Log, scope: Scope) -> pd.DataFrame:
    """Tell until when each source and each team logged, of the scope's own tasks.

    Those that logged nothing since a quarter before the period (or one period, where that is
    shorter) are taken for given up and left out.

    Returns
    -------
    pandas.DataFrame
        One row a source or team: ``kind`` (source or team), ``name``, ``last_day`` (on which a
        task of it began or ended), ``n_people`` (who logged since then, to the period's end).
    """
    earliest = scope.first_day - pd.DateOffset(months=1 if scope.frequency == "month" else 3)
    since, until = ((day - _EPOCH).days for day in (earliest, scope.last_day))
    tasks = nw.from_native(log.tasks).lazy()
    if scope.team is not None:
        tasks = tasks.filter(nw.col("team") == scope.team)
    recent = tasks.filter(nw.col("last_day") >= since)
    frames = []
    for kind in ("source", "team"):
        ends = _collect(recent.group_by(kind).agg(nw.col("last_day").max()))
        people = _collect(
            recent.filter(nw.col("first_day") <= until)
            .group_by(kind)
            .agg(n_people=nw.col("person").n_unique())
        )
        frame = ends.merge(people, on=kind, how="inner").rename(columns={kind: "name"})
        frames.append(frame.assign(kind=kind).sort_values("name"))
    table = pd.concat(frames, ignore_index=True)
    table["last_day"] = _EPOCH + pd.to_timedelta(table["last_day"], unit="D")
    return table[["kind", "name", "last_day", "n_people"]]


def _collect(rows: Any) -> pd.DataFrame:
    return rows.collect("pyarrow").to_native().to_pandas()


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
