"""Make a bench: check the options, draw everything in its order, put it into frames."""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth.bench._ai import add_ai
from taskmix.synth.bench._attendance import Days, draw_days
from taskmix.synth.bench._bulktitles import write_titles
from taskmix.synth.bench._careers import (
    People,
    draw_people,
    reorganisation_month,
    write_roster,
)
from taskmix.synth.bench._clock import DECLARED, schedule
from taskmix.synth.bench._confused import sort_by_truth
from taskmix.synth.bench._effort import Effort, expect_effort
from taskmix.synth.bench._logged import add_what_people_log, still_logged
from taskmix.synth.bench._names import TEAMS, TIME_ZONES
from taskmix.synth.bench._parameters import (
    BenchParameters,
    completeness_frame,
    effort_frame,
    logged_parts,
    marker_frame,
    mix_frame,
    reorganisation_frame,
    team_frame,
)
from taskmix.synth.bench._projects import draw_projects, project_names
from taskmix.synth.bench._table import hex_ids, make_tables, split_at_midnight, start_in_utc
from taskmix.synth.bench._teams import Teams, draw_teams
from taskmix.synth.bench._work import draw_work

#: A bench without a word on its diaries has about so many tasks at most.
ROWS = 1_000_000
#: So much of the span is over when people begin to log less.
_LOGS_LESS_AT = 0.6
#: Days a year that a person logs, and rows on each, about.
_DAYS_A_YEAR, _ROWS_A_DAY = 195, 4.6


@dataclass(frozen=True)
class Options:
    """What a bench was made with; see `make_bench`."""

    people: int
    teams: int
    months: int
    last_month: str
    seed: int
    placebo: bool
    completeness_change: bool
    reorganisation: bool
    never: int
    effect: float
    drift: float
    diary_weeks: int
    size_spread: float


@dataclass(frozen=True)
class Bench:
    """A simulated organisation's log, with the truth about it; see `taskmix.synth.bench`."""

    tasks: pd.DataFrame
    truth: pd.DataFrame
    roster: pd.DataFrame
    declared: pd.DataFrame
    parameters: BenchParameters
    options: Options

    def sorted_by_truth(
        self, *, noise: float = 0.25, drift: float = 0.0, seed: int = 0
    ) -> pd.DataFrame:
        """Make a table ``sorted`` as a sorter of known quality would; see `sort_by_truth`.

        Returns
        -------
        pandas.DataFrame
            See `taskmix.schema.SortedTasks`; one row a task, in the order of `tasks`.
        """
        adoption = self.parameters.effort.set_index(["team", "month"])["adoption"]
        return sort_by_truth(self.truth, adoption, noise=noise, drift=drift, seed=seed)


def make_bench(
    *,
    people: int = 2000,
    teams: int = 40,
    months: int = 36,
    last_month: str = "2026-09",
    seed: int = 0,
    placebo: bool = False,
    completeness_change: bool = False,
    reorganisation: bool = False,
    never: int | None = None,
    effect: float = 1.0,
    drift: float = 0.6,
    diary_weeks: int | None = None,
    size_spread: float = 1.0,
) -> Bench:
    """Simulate an organisation that takes to AI, with the truth about every figure.

    The same options give the same frames. `placebo`, `effect`, `drift`, `completeness_change`
    and `reorganisation` change what they say and leave people, leave and contracts alone.

    Parameters
    ----------
    people, teams, months, last_month, seed
        Size, span and luck. Three people a team at least; at most 40 teams.
    placebo
        Nobody takes to AI and nothing changes: what a measure finds is a false alarm.
    completeness_change
        From 60% of the span on people log fewer of their tasks (`STILL_LOGGED`), execution
        least of all: hours fall though nobody works less.
    reorganisation
        After 55% of the span half of the people of the teams with most execution go to those
        with least; no team's own mix changes by it.
    never
        Teams that never take to AI; a fifth of them if not given.
    effect
        Scales the hours that AI releases: at 0 AI is used and nothing comes of it.
    drift
        At full adoption, the part of a category's own titles that come from new words.
    diary_weeks
        Each person logs every so manieth week, and that in full; 1: every week. If not given,
        the number that keeps the bench at about a million tasks.
    size_spread
        Sigma of the lognormal team sizes.

    Returns
    -------
    Bench

    Raises
    ------
    TaskmixError
        If the sizes cannot be.

    Examples
    --------
    >>> bench = make_bench(people=30, teams=3, months=2)
    >>> bench.truth["task_id"].equals(bench.tasks["task_id"])
    True
    """
    options = Options(
        people=people, teams=teams, months=months, last_month=last_month, seed=seed,
        placebo=placebo, completeness_change=completeness_change, reorganisation=reorganisation,
        never=max(1, round(teams / 5)) if never is None else never, effect=effect, drift=drift,
        diary_weeks=_diary_weeks(people, months) if diary_weeks is None else diary_weeks,
        size_spread=size_spread,
    )  # fmt: skip
    _check(options)
    spans = pd.period_range(end=pd.Period(last_month, "M"), periods=months, freq="M")
    days = pd.date_range(spans[0].start_time, spans[-1].end_time.normalize())
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(9)]
    drawn = draw_teams(
        streams[0], people=people, teams=teams, months=months, never=options.never,
        size_spread=size_spread,
    )  # fmt: skip
    if placebo:
        nobody = np.full(teams, np.nan)
        drawn = replace(drawn, midpoint=nobody, width=nobody, ceiling=np.zeros(teams))
    first_of_month = np.flatnonzero(days.day == 1)
    at = int(first_of_month[reorganisation_month(months)]) if reorganisation else None
    staff = draw_people(streams[1], drawn, days, reorganised=at)
    effort = expect_effort(drawn, months=months, effect=effect)
    logged_days = draw_days(streams[2], staff, drawn, days, diary_weeks=options.diary_weeks)
    tasks, truth = _draw_log(streams[3:], options, staff, drawn, effort, logged_days, days)
    return Bench(
        tasks=tasks,
        truth=truth,
        roster=write_roster(staff, drawn, days),
        declared=_declare(staff),
        parameters=_parameters(options, drawn, effort, logged_days, staff, spans, at),
        options=options,
    )


def _draw_log(
    streams: list[np.random.Generator],
    options: Options,
    staff: People,
    teams: Teams,
    effort: Effort,
    logged_days: Days,
    days: pd.DatetimeIndex,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the tasks and write them down."""
    working, choosing, timing, helping, logging, titling = streams
    work = draw_work(working, staff, logged_days, teams, effort)
    own = pd.DataFrame(
        {
            **{name: getattr(logged_days, name)[work.at]
               for name in ("person", "team", "month", "day", "busy")},
            "part": work.part,
            "minutes": work.minutes,
            "start": schedule(timing, staff, logged_days, teams, work),
            "project": draw_projects(choosing, staff, logged_days, teams, work),
        }
    )  # fmt: skip
    tasks = add_ai(helping, own, effort).drop(columns="part")
    tasks = add_what_people_log(logging, tasks, staff, teams)
    changed = _logs_less_from(options)
    tasks = _kept(tasks, still_logged(logging, tasks, from_month=changed))
    tasks = split_at_midnight(tasks, days)
    starts = start_in_utc(tasks, staff, days)
    order = np.lexsort((tasks["part"], tasks["person"], starts))
    tasks, starts = _kept(tasks, order), starts[order]
    names = project_names(teams)
    titles = write_titles(
        titling, tasks, people=staff, teams=teams, days=days, projects=names,
        drift=options.drift * effort.adoption,
    )  # fmt: skip
    return make_tables(
        tasks, ids=hex_ids(np.arange(len(tasks)), seed=options.seed), titles=titles,
        starts=starts, people=staff, teams=teams, days=days, projects=names,
    )  # fmt: skip


def _kept(tasks: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Take rows by mask or place, and let parents be found under their new numbers."""
    places = np.arange(len(tasks))[rows]
    new = np.full(len(tasks), -1)
    new[places] = np.arange(len(places))
    parent = tasks["parent"].to_numpy()[places]
    kept = tasks.iloc[places].reset_index(drop=True)
    return kept.assign(parent=np.where(parent >= 0, new[parent], -1))


def _declare(staff: People) -> pd.DataFrame:
    """List the hours that people say they work, Monday to Friday."""
    return pd.DataFrame(
        {
            "person": staff.id,
            "day_starts": staff.day_starts,
            "day_ends": staff.day_starts + DECLARED,
            "weekly_hours": staff.weekly_hours.astype(float),
            "time_zone": np.array(TIME_ZONES)[staff.zone],
            "rounds_starts": staff.rounds,
        }
    ).astype({"person": "str", "time_zone": "str"})


def _parameters(
    options: Options,
    teams: Teams,
    effort: Effort,
    logged_days: Days,
    staff: People,
    spans: pd.PeriodIndex,
    reorganised: int | None,
) -> BenchParameters:
    frame = effort_frame(
        teams, effort, logged_days, months=spans, drift=options.drift * effort.adoption
    )
    logged = logged_parts(options.months, changed=_logs_less_from(options))
    full_weeks = frame["full_weeks"].to_numpy().reshape(effort.adoption.shape)
    before = after = teams.size.astype(float)
    if reorganised is not None:
        before, after = (
            _contracted(staff, len(teams), day) for day in (reorganised - 1, reorganised)
        )
    return BenchParameters(
        teams=team_frame(teams, spans),
        effort=frame,
        mix=mix_frame(teams, effort, full_weeks, months=spans, logged=logged),
        markers=marker_frame(teams, effort),
        completeness=completeness_frame(logged, spans),
        reorganisation=reorganisation_frame(
            teams,
            before,
            after,
            month=str(spans[reorganisation_month(options.months)])
            if options.reorganisation
            else "",
            n_moved=len(staff.moved),
        ),
    )


def _contracted(staff: People, n_teams: int, day: int) -> np.ndarray:
    there = staff.team_at[:, day] >= 0
    return np.bincount(
        staff.team_at[there, day], weights=staff.weekly_hours[there], minlength=n_teams
    )


def _logs_less_from(options: Options) -> int | None:
    return round(_LOGS_LESS_AT * options.months) if options.completeness_change else None


def _diary_weeks(people: int, months: int) -> int:
    return max(1, round(people * months / 12 * _DAYS_A_YEAR * _ROWS_A_DAY / ROWS))


def _check(options: Options) -> None:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", options.last_month):
        raise TaskmixError(
            f"last_month {options.last_month!r} is no month; write one such as 2026-09"
        )
    if options.months < 2:
        raise TaskmixError(f"months is {options.months}; a bench needs at least 2")
    if not 1 <= options.teams <= len(TEAMS):
        raise TaskmixError(f"teams is {options.teams}; it must be from 1 to {len(TEAMS)}")
    if options.people < 3 * options.teams:
        raise TaskmixError(
            f"people is {options.people}, too few for {options.teams} teams; ask for "
            f"{3 * options.teams} or more people"
        )
    if not 0 <= options.never <= options.teams:
        raise TaskmixError(f"never is {options.never}; it must be from 0 to {options.teams} teams")
    for name in ("effect", "drift"):
        value = getattr(options, name)
        if not 0 <= value <= 1:
            raise TaskmixError(f"{name} is {value}; it must be from 0 to 1")
    if options.diary_weeks < 1:
        raise TaskmixError(f"diary_weeks is {options.diary_weeks}; 1 is every week")
