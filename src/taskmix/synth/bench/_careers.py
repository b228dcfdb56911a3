"""Where each person is on each day: joiners, leavers, movers, and one reorganisation."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.synth.bench._ids import person_ids
from taskmix.synth.bench._names import TIME_ZONES
from taskmix.synth.bench._teams import Teams

#: Parts of the people who join late, leave early, and move to another team.
JOIN, LEAVE, MOVE = 0.08, 0.06, 0.05
#: Teams below this size keep their people, so that they do not vanish.
_STEADY = 10
#: Length of the declared day in minutes.
DECLARED = 600
#: Part of the donors' people who go in a reorganisation.
_GO = 0.5
_WEEKLY, _WEEKLY_CHANCES = np.array([40, 32, 24]), np.array([0.84, 0.10, 0.06])
#: Days of a person's week by contract: as the roster writes them, and by number from Monday.
_WEEKS: dict[int, tuple[tuple[str, tuple[int, ...]], ...]] = {
    40: (("Mon-Fri", (0, 1, 2, 3, 4)),),
    32: (
        ("Mon-Thu", (0, 1, 2, 3)),
        ("Tue-Fri", (1, 2, 3, 4)),
        ("Mon, Tue, Thu, Fri", (0, 1, 3, 4)),
    ),
    24: (("Mon-Wed", (0, 1, 2)), ("Wed-Fri", (2, 3, 4)), ("Tue-Thu", (1, 2, 3))),
}


@dataclass(frozen=True)
class People:
    """The people, one entry each, and their teams by day.

    Attributes
    ----------
    team_at : numpy.ndarray of int
        Person × day: the team's number, -1 before joining and after leaving.
    home : numpy.ndarray of int
        The first team.
    weekly_hours : numpy.ndarray of int
    works : numpy.ndarray of bool
        Person × weekday, Monday first.
    work_days : numpy.ndarray of str
        The same as the roster writes it.
    day_starts : numpy.ndarray of int
        Where the declared day begins, in minutes after local midnight; it has ten hours.
    zone : numpy.ndarray of int
        Number in `TIME_ZONES`.
    rounds : numpy.ndarray of bool
        Whose every start is at :00 or :30.
    id : numpy.ndarray of str
        As in the log, like a pseudonym.
    moved : numpy.ndarray of int
        Who changed teams in the reorganisation.
    """

    team_at: np.ndarray
    home: np.ndarray
    weekly_hours: np.ndarray
    works: np.ndarray
    work_days: np.ndarray
    day_starts: np.ndarray
    zone: np.ndarray
    rounds: np.ndarray
    id: np.ndarray
    moved: np.ndarray

    def __len__(self) -> int:
        return len(self.home)


def draw_people(
    rng: np.random.Generator,
    teams: Teams,
    days: pd.DatetimeIndex,
    *,
    seed: int,
    reorganised: int | None,
) -> People:
    """Draw the people and their careers.

    Parameters
    ----------
    days
        Every day of the span.
    seed
        Of the people's ids.
    reorganised
        Number of the day of the reorganisation; None: there is none.
    """
    home = np.repeat(np.arange(len(teams)), teams.size)
    n = len(home)
    elsewhere = rng.random(n) < 0.12
    zone = np.where(elsewhere, rng.integers(0, len(TIME_ZONES), n), teams.zone[home])
    # A stream of its own: a reorganisation leaves everything else as it is.
    team_at = _draw_careers(rng, home, teams, len(days))
    reorganising = rng.spawn(1)[0]
    weekly_hours = rng.choice(_WEEKLY, n, p=_WEEKLY_CHANCES)
    weeks = [
        _WEEKS[int(hours)][form % len(_WEEKS[int(hours)])]
        for hours, form in zip(weekly_hours, rng.integers(0, 3, n), strict=True)
    ]
    return People(
        team_at=team_at,
        home=home,
        weekly_hours=weekly_hours,
        works=np.array([np.isin(np.arange(7), numbers) for _, numbers in weeks]),
        work_days=np.array([written for written, _ in weeks]),
        day_starts=60 * rng.choice([7, 8, 9], n, p=[0.2, 0.5, 0.3]),
        zone=zone,
        rounds=rng.random(n) < teams.rounding[home],
        id=person_ids(n, seed=seed),
        moved=np.empty(0, dtype=int)
        if reorganised is None
        else _reorganise(reorganising, team_at, teams, day=reorganised),
    )


def write_roster(people: People, teams: Teams, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Write the roster: one row a person and stay in a team, as text."""
    changed = np.diff(people.team_at, axis=1, prepend=-1) != 0
    person, first = np.nonzero(changed)
    team = people.team_at[person, first]
    same = np.append(person[1:] == person[:-1], False)
    until = np.where(same, np.append(first[1:], 0), len(days))
    keep = team >= 0
    person, first, team, until = person[keep], first[keep], team[keep], until[keep]
    earlier = days[0] - pd.to_timedelta(30 * (1 + person % 60), unit="D")
    came = np.where(first == 0, earlier.strftime("%Y-%m-%d"), days[first].strftime("%Y-%m-%d"))
    went = days[until - 1].strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            "person": people.id[person],
            "aliases": "",
            "team": teams.name[team],
            "department": teams.department[team],
            "from": came,
            "to": np.where(until == len(days), "", went),
            "weekly_hours": people.weekly_hours[person].astype("str"),
            "time_zone": np.array(TIME_ZONES)[people.zone[person]],
            "day_starts": _clock_time(people.day_starts[person]),
            "day_ends": _clock_time(people.day_starts[person] + DECLARED),
            "work_days": people.work_days[person],
        },
        dtype="str",
    )


def _clock_time(minutes: np.ndarray) -> list[str]:
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes.tolist()]


def _draw_careers(
    rng: np.random.Generator, home: np.ndarray, teams: Teams, days: int
) -> np.ndarray:
    team_at = np.repeat(home[:, None], days, axis=1).astype(np.int16)
    candidates = rng.permutation(np.flatnonzero(teams.size[home] >= _STEADY))
    counts = [round(part * len(home)) for part in (JOIN, LEAVE, MOVE)]
    joiners, leavers, movers, _ = np.split(candidates, np.cumsum(counts))
    for person in joiners:
        team_at[person, : rng.integers(20, int(0.7 * days))] = -1
    for person in leavers:
        team_at[person, rng.integers(int(0.35 * days), days - 5) :] = -1
    for person in movers:
        others = np.setdiff1d(np.flatnonzero(teams.size >= _STEADY), home[person])
        if len(others):
            at = rng.integers(int(0.25 * days), int(0.75 * days))
            team_at[person, at:] = rng.choice(others)
    return team_at


def _reorganise(
    rng: np.random.Generator, team_at: np.ndarray, teams: Teams, *, day: int
) -> np.ndarray:
    """Move people from the teams with most execution to those with least; return who went."""
    order = np.argsort(-teams.mix[:, 0], kind="stable")
    n = max(1, len(teams) // 3)
    donors = [team for team in order[: 2 * n] if teams.size[team] >= _STEADY][:n]
    receivers = order[::-1][:n]
    moved = []
    for donor in donors:
        there = np.flatnonzero(team_at[:, day] == donor)
        for person in rng.permutation(there)[: round(_GO * len(there))]:
            later = team_at[person, day:]
            later[later == donor] = rng.choice(receivers)
            moved.append(person)
    return np.sort(np.array(moved, dtype=int))
