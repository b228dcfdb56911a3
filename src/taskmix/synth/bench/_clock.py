"""When each task began: the day's order in local time, evenings, rounded starts, time zones."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._careers import DECLARED, People
from taskmix.synth.bench._names import TIME_ZONES
from taskmix.synth.bench._teams import Teams
from taskmix.synth.bench._work import Work

#: Where evening work begins at the earliest, in minutes after midnight.
EVENING = 19 * 60 + 30
_LATEST_START = 150


def schedule(
    rng: np.random.Generator, people: People, days: Days, teams: Teams, work: Work
) -> np.ndarray:
    """Lay out each day: tasks follow one another, the last perhaps in the evening.

    Returns
    -------
    numpy.ndarray of int
        Each task's start in minutes after its day's local midnight.
    """
    team = days.team
    late = np.clip(60 + teams.start_sd[team] * rng.normal(0, 1, len(days)), 0, _LATEST_START)
    late = 5 * np.rint(late / 5).astype(int)
    # Moved with this chance, the last of n equal shares of a day is that share of its hours.
    n_on_day = np.bincount(work.at, minlength=len(days))
    evening = rng.random(len(days)) < teams.outside[team] * n_on_day
    evening_start = EVENING + 5 * rng.integers(0, 21, len(days))
    short = rng.random(len(work)) < teams.short_gaps[team[work.at]]
    gap = 5 * np.where(short, rng.integers(0, 3, len(work)), rng.integers(3, 10, len(work)))
    rounds = people.rounds[days.person]
    start = _in_order(work, people.day_starts[days.person] + late, gap, rounds)
    is_evening = evening[work.at] & (work.place == work.n_on_day - 1)
    start -= _pull_forward(work, start, is_evening, late, people.day_starts[days.person], rounds)
    until = np.zeros(len(days), dtype=int)
    np.maximum.at(until, work.at[~is_evening], (start + work.minutes)[~is_evening])
    at_night = np.maximum(evening_start, until)
    at_night = np.where(rounds, -(-at_night // 30) * 30, at_night)
    return np.where(is_evening, at_night[work.at], start)


def _in_order(work: Work, begin: np.ndarray, gap: np.ndarray, rounds: np.ndarray) -> np.ndarray:
    """Let each task begin when the one before and the gap are over, rounded up by who rounds."""
    start = np.zeros(len(work), dtype=int)
    first = np.flatnonzero(work.place == 0)
    free, n_tasks = begin.copy(), work.n_on_day[first]
    for place in range(int(n_tasks.max(initial=0))):
        day = np.flatnonzero(n_tasks > place)
        row = first[day] + place
        begins = free[day] + (gap[row] if place else 0)
        begins = np.where(rounds[day], -(-begins // 30) * 30, begins)
        start[row] = begins
        free[day] = begins + work.minutes[row]
    return start


def _pull_forward(
    work: Work,
    start: np.ndarray,
    is_evening: np.ndarray,
    late: np.ndarray,
    day_starts: np.ndarray,
    rounds: np.ndarray,
) -> np.ndarray:
    """Say by how much each task's day must begin earlier to end within the declared hours."""
    until = np.zeros(len(late), dtype=int)
    np.maximum.at(until, work.at[~is_evening], (start + work.minutes)[~is_evening])
    over = np.clip(until - day_starts - DECLARED, 0, late)
    return np.where(rounds, over // 30 * 30, over)[work.at]


def to_utc(local: np.ndarray, zone: np.ndarray) -> np.ndarray:
    """Turn local times into UTC, each in its zone.

    Parameters
    ----------
    local
        ``datetime64[s]``; by day, so that no clock change makes one of them ambiguous.
    zone
        Numbers of `TIME_ZONES`.
    """
    instants = np.empty(len(local), dtype="datetime64[s]")
    for number, name in enumerate(TIME_ZONES):
        mine = zone == number
        there = pd.DatetimeIndex(local[mine]).tz_localize(name).tz_convert("UTC")
        instants[mine] = there.tz_localize(None).to_numpy().astype("datetime64[s]")
    return instants
