"""Make a bench: draw everything in its order, and put it into frames."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.synth.bench._ai import add_ai
from taskmix.synth.bench._attendance import Days, draw_days
from taskmix.synth.bench._bulktitles import write_titles
from taskmix.synth.bench._careers import People, draw_people, write_roster
from taskmix.synth.bench._clock import schedule
from taskmix.synth.bench._confused import sort_by_truth
from taskmix.synth.bench._effort import Effort, expect_effort
from taskmix.synth.bench._ids import task_ids
from taskmix.synth.bench._logged import add_what_people_log, still_logged
from taskmix.synth.bench._options import Options, check_options, default_diary_weeks
from taskmix.synth.bench._parameters import BenchParameters, describe_parameters
from taskmix.synth.bench._projects import draw_projects, project_names
from taskmix.synth.bench._table import make_tables, split_at_midnight, start_in_utc
from taskmix.synth.bench._teams import Teams, draw_teams, without_ai
from taskmix.synth.bench._work import Work, draw_work


@dataclass(frozen=True)
class Bench:
    """A simulated organisation's log, with the truth about it.

    Attributes
    ----------
    tasks, truth : pandas.DataFrame
        The log as the store holds it, and what is true of each of its rows, in the same order.
    roster : pandas.DataFrame
        As ``people.csv``, all text.
    parameters : BenchParameters
        What follows from the parameters alone.
    options : Options
        What it was made with. The columns stand in the docstring of `taskmix.synth.bench`.
    """

    tasks: pd.DataFrame
    truth: pd.DataFrame
    roster: pd.DataFrame
    parameters: BenchParameters
    options: Options

    def sorted_by_truth(
        self, *, noise: float = 0.25, drift: float = 0.0, seed: int = 0
    ) -> pd.DataFrame:
        """Make a table ``sorted`` as a sorter of known quality would.

        Parameters
        ----------
        noise
            Chance of a wrong guess; at 0 probabilities are 0 and 1, and right.
        drift
            At full adoption, the chance that a task's new words mislead the sorter.
        seed

        Returns
        -------
        pandas.DataFrame
            See `taskmix.schema.SortedTasks`; one row a task, in the order of ``tasks``.

        Raises
        ------
        TaskmixError
            If `noise` or `drift` is not from 0 to 1.
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

    The same options give the same frames. `placebo`, `completeness_change`, `effect` and `drift`
    leave the people, their contracts and the days that they log as they are, and so does
    `reorganisation` but for who is where.

    Parameters
    ----------
    people, teams, months, last_month, seed
        Size, span and luck. Three people a team at least; at most 40 teams.
    placebo
        Nobody takes to AI and nothing changes: what a measure finds is a false alarm. The
        roll-outs stay on paper (``rollout_month``).
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
    options = check_options(Options(
        people=people, teams=teams, months=months, last_month=last_month, seed=seed,
        placebo=placebo, completeness_change=completeness_change, reorganisation=reorganisation,
        never=max(1, round(teams / 5)) if never is None else never, effect=effect, drift=drift,
        diary_weeks=default_diary_weeks(people, months) if diary_weeks is None else diary_weeks,
        size_spread=size_spread,
    ))  # fmt: skip
    spans = pd.period_range(end=pd.Period(last_month, "M"), periods=months, freq="M")
    calendar = pd.date_range(spans[0].start_time, spans[-1].end_time.normalize())
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(9)]
    founded = draw_teams(
        streams[0], people=people, teams=teams, months=months, never=options.never,
        size_spread=size_spread,
    )  # fmt: skip
    founded = without_ai(founded) if placebo else founded
    at = options.reorganised_in
    first_days = np.flatnonzero(calendar.day == 1)
    staff = draw_people(
        streams[1], founded, calendar, seed=seed,
        reorganised=None if at is None else int(first_days[at]),
    )  # fmt: skip
    effort = expect_effort(founded, months=months, effect=effect)
    days = draw_days(streams[2], staff, founded, calendar, diary_weeks=options.diary_weeks)
    work = draw_work(streams[3], staff, days, founded, effort)
    tasks, truth = _draw_log(streams[4:], options, staff, founded, effort, days, work, calendar)
    return Bench(
        tasks=tasks,
        truth=truth,
        roster=write_roster(staff, founded, calendar),
        parameters=describe_parameters(
            options, teams=founded, people=staff, effort=effort, days=days, given=work.given,
            months=spans, calendar=calendar,
        ),
        options=options,
    )  # fmt: skip


def _draw_log(
    streams: list[np.random.Generator],
    options: Options,
    staff: People,
    teams: Teams,
    effort: Effort,
    days: Days,
    work: Work,
    calendar: pd.DatetimeIndex,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw all else about the tasks and write them down: the log and its truth."""
    choosing, timing, helping, logging, titling = streams
    own = pd.DataFrame(
        {
            **{name: getattr(days, name)[work.at]
               for name in ("person", "team", "month", "day", "busy")},
            "part": work.part,
            "minutes": work.minutes,
            "start": schedule(timing, staff, days, teams, work),
            "project": draw_projects(choosing, staff, days, teams, work),
        }
    )  # fmt: skip
    tasks = add_ai(helping, own, effort).drop(columns="part")
    tasks = add_what_people_log(logging, tasks, staff, teams)
    tasks = _kept(tasks, still_logged(logging, tasks, from_month=options.logs_less_from))
    tasks = split_at_midnight(tasks, calendar)
    starts = start_in_utc(tasks, staff, calendar)
    order = np.lexsort((tasks["part"], tasks["person"], starts))
    tasks, starts = _kept(tasks, order), starts[order]
    names = project_names(teams)
    titles = write_titles(
        titling, tasks, people=staff, teams=teams, days=calendar, projects=names,
        drift=options.drift * effort.adoption,
    )  # fmt: skip
    return make_tables(
        tasks, ids=task_ids(len(tasks), seed=options.seed), titles=titles,
        starts=starts, people=staff, teams=teams, days=calendar, projects=names,
    )  # fmt: skip


def _kept(tasks: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Take rows by mask or place, and let parents be found under their new numbers."""
    places = np.arange(len(tasks))[rows]
    new = np.full(len(tasks), -1)
    new[places] = np.arange(len(places))
    parent = tasks["parent"].to_numpy()[places]
    kept = tasks.iloc[places].reset_index(drop=True)
    return kept.assign(parent=np.where(parent >= 0, new[parent], -1))
