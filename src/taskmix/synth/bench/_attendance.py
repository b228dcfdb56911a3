"""Which days each person logs: contracts, holidays, leave, illness, diary weeks, weekends."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.synth.bench._careers import People
from taskmix.synth.bench._names import HOLIDAYS, TIME_ZONES
from taskmix.synth.bench._teams import Teams

#: Chance of a single day off; part of the people with a leave of months; days of illness a year.
_DAY_OFF, _LONG_LEAVE, _SICK = 0.03, 0.03, 5
#: A person is busy or not for so many weeks, by so much; and by so much more or less in a week.
_QUARTER, _SWING, _SCATTER = 13, 0.13, 0.07
#: 1 January 1970 was a Thursday.
_MONDAY_BEFORE_EPOCH = 3


@dataclass(frozen=True)
class Days:
    """Days that people logged, one entry each, by person and day.

    Attributes
    ----------
    person, day, team, month : numpy.ndarray of int
        Numbers; the day from the first one of the span.
    weekend : numpy.ndarray of bool
        Whether the day was moved to a Saturday or Sunday.
    busy : numpy.ndarray of float
        The workload of that person in that week, 0.8–1.2, 1 on average.
    """

    person: np.ndarray
    day: np.ndarray
    team: np.ndarray
    month: np.ndarray
    weekend: np.ndarray
    busy: np.ndarray

    def __len__(self) -> int:
        return len(self.person)


def draw_days(
    rng: np.random.Generator,
    people: People,
    teams: Teams,
    days: pd.DatetimeIndex,
    *,
    diary_weeks: int,
) -> Days:
    """Draw who logs on which day."""
    there = _at_work(rng, people, days)
    week = _weeks(days)
    turn = rng.permutation(len(people))
    if diary_weeks > 1:
        there &= (week[None, :] + turn[:, None]) % diary_weeks == 0
    person, day = np.nonzero(there)
    day, weekend = _move_to_weekends(rng, person, day, people, teams, days)
    order = np.lexsort((day, person))
    person, day, weekend = person[order], day[order], weekend[order]
    months = days.year.to_numpy() * 12 + days.month.to_numpy()
    busy = _workload(rng, len(people), int(week.max()) + 1)
    return Days(
        person=person,
        day=day,
        team=people.team_at[person, day].astype(np.int64),
        month=(months - months[0])[day],
        weekend=weekend,
        busy=busy[person, week[day]],
    )


def _at_work(rng: np.random.Generator, people: People, days: pd.DatetimeIndex) -> np.ndarray:
    n, n_days = len(people), len(days)
    there = (people.team_at >= 0) & people.works[:, days.day_of_week.to_numpy()]
    names = days.strftime("%m-%d")
    holidays = np.stack([names.isin(HOLIDAYS[zone]) for zone in TIME_ZONES])
    there &= ~holidays[people.zone]
    there &= rng.random((n, n_days), dtype=np.float32) >= _DAY_OFF
    number = np.arange(n_days)[None, :]

    def away(first: np.ndarray, length: np.ndarray | int) -> None:
        begin = first[:, None]
        there[(number >= begin) & (number < begin + np.reshape(length, (-1, 1)))] = False

    def monday(first: np.ndarray) -> np.ndarray:
        return first - (first + days[0].day_of_week) % 7

    for year in days.year.unique():
        january = (pd.Timestamp(year=year, month=1, day=1) - days[0]).days
        away(monday(january + rng.integers(165, 240, n)), 7 * rng.integers(1, 4, n))
        away(monday(january + rng.integers(20, 150, n)), 7 * rng.integers(0, 2, n))
        winter = np.where(rng.random(n) < 0.7, january + 355, n_days)
        away(winter, 12)
        away(january + rng.integers(0, 365, n), rng.poisson(_SICK, n))
    months_off = np.where(rng.random(n) < _LONG_LEAVE, rng.integers(60, 240, n), 0)
    away(monday(rng.integers(0, n_days, n)), months_off)
    return there


def _workload(rng: np.random.Generator, n: int, n_weeks: int) -> np.ndarray:
    """Draw each person's workload by week: busy and quiet quarters, with some scatter."""
    quarter = np.arange(n_weeks) // _QUARTER
    swings = rng.choice([-1.0, 1.0], (n, int(quarter[-1]) + 1))[:, quarter]
    return 1 + _SWING * swings + rng.uniform(-_SCATTER, _SCATTER, (n, n_weeks))


def _weeks(days: pd.DatetimeIndex) -> np.ndarray:
    """Give each day the number of its week, which begins on Monday, from 0."""
    epoch = (days - pd.Timestamp("1970-01-01")).days.to_numpy()
    week = (epoch + _MONDAY_BEFORE_EPOCH) // 7
    return week - week[0]


def _move_to_weekends(
    rng: np.random.Generator,
    person: np.ndarray,
    day: np.ndarray,
    people: People,
    teams: Teams,
    days: pd.DatetimeIndex,
) -> tuple[np.ndarray, np.ndarray]:
    """Move some weeks' first day to the weekend, so that the week's hours stay the same."""
    week = _weeks(days)[day]
    key = person * (week.max() + 1) + week
    first = np.append(True, key[1:] != key[:-1])
    n_in_week = np.bincount(np.cumsum(first) - 1)[np.cumsum(first) - 1]
    chance = teams.weekend[people.team_at[person, day]] * n_in_week
    target = day - days.day_of_week.to_numpy()[day] + 5 + rng.integers(0, 2, len(day))
    moves = first & (rng.random(len(day)) < chance) & (target < len(days))
    inside = np.minimum(target, len(days) - 1)
    moves &= people.team_at[person, inside] == people.team_at[person, day]
    return np.where(moves, target, day), moves
