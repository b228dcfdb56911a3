"""Who works in the invented organisation, and how fast AI comes to each team."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth import _vocabulary as words

#: The last team has this many people, so that there is a group to suppress.
SMALL_TEAM = 6
#: A team whose execution AI has fully taken on keeps this share of it.
KEPT_EXECUTION = 0.64
#: Where the freed share goes, in the order of ``CATEGORIES``.
FREED_TO = np.array([0.0, 0.5, 0.25, 0.25])
#: The tools of the first teams; all later ones log in the tracker.
TOOLS: tuple[str, ...] = ("tracker", "toggl", "jira", "clockify")
#: Parts of the people who join late, leave early and move to another team half-way.
JOIN, LEAVE, MOVE = 0.06, 0.04, 0.04
#: Part of a Toggl or Clockify team whose people log some of their tasks in Jira too.
IN_TWO_TOOLS = 0.5
FULL_TIME = 40
_WEEKLY_HOURS, _WEEKLY_CHANCES = np.array([FULL_TIME, 32, 24]), np.array([0.86, 0.08, 0.06])


@dataclass(frozen=True)
class Team:
    """One team.

    Attributes
    ----------
    mix : tuple of float
        Shares of human hours without AI, in the order of ``CATEGORIES``.
    midpoint, width, ceiling : float
        The S-curve of AI's adoption: its middle and scale in months, its upper end (0–1).
    tool : str
        Where the team logs, one of ``TOOLS``.
    """

    name: str
    department: str
    n_people: int
    mix: tuple[float, float, float, float]
    midpoint: float
    width: float
    ceiling: float
    tool: str
    projects: tuple[str, ...]
    clients: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """The teams, and where each person is in each month.

    Attributes
    ----------
    team_at : numpy.ndarray of int
        The team's number, one row a person, one column a month; -1 where the person has not
        come yet or has left.
    weekly_hours : numpy.ndarray of int
        What each person's contract says.
    in_jira_too : numpy.ndarray of bool
        Who logs part of the tasks of a Toggl or Clockify team in Jira.
    """

    teams: tuple[Team, ...]
    months: pd.PeriodIndex
    team_at: np.ndarray
    weekly_hours: np.ndarray
    in_jira_too: np.ndarray

    @property
    def n_people(self) -> int:
        """How many people ever work here."""
        return len(self.team_at)

    @property
    def home(self) -> np.ndarray:
        """The first team of each person."""
        first = (self.team_at >= 0).argmax(axis=1)
        return self.team_at[np.arange(self.n_people), first]

    def tools(self) -> np.ndarray:
        """Name the tool of each team."""
        return np.array([team.tool for team in self.teams])

    def adoption(self) -> np.ndarray:
        """How far AI has come, 0–1: one row a team, one column a month."""
        month = np.arange(len(self.months))
        return np.stack(
            [t.ceiling / (1 + np.exp((t.midpoint - month) / t.width)) for t in self.teams]
        )

    def mixes(self) -> np.ndarray:
        """Shares of human hours that a team's people aim at: team × month × category."""
        adopted = self.adoption()[:, :, None]
        base = np.array([t.mix for t in self.teams])[:, None, :]
        freed = base[:, :, :1] * adopted * (1 - KEPT_EXECUTION)
        stays = np.concatenate([base[:, :, :1] - freed, base[:, :, 1:] + 0 * adopted], axis=2)
        return stays + freed * FREED_TO


def found_organisation(
    rng: np.random.Generator, *, people: int, months: int, teams: int | None, last_month: str
) -> Organisation:
    """Draw an organisation; raise TaskmixError for sizes that cannot be."""
    n_teams = _derive_teams(people) if teams is None else teams
    _check_sizes(people, months, n_teams, last_month)
    sizes = _team_sizes(rng, people, n_teams)
    midpoints = rng.permutation(np.linspace(0.22, 0.72, n_teams)) * months
    ceilings = rng.uniform(0.78, 0.96, n_teams)
    if n_teams >= 4:
        midpoints[2] = 1.25 * months  # one team that AI has hardly reached by the end
    founded = tuple(
        Team(
            name, department, sizes[i], mix, float(midpoints[i]), max(0.09 * months, 0.3),
            float(ceilings[i]), TOOLS[i] if i < len(TOOLS) else TOOLS[0],
            tuple(rng.choice(words.PROJECTS, 5, replace=False).tolist()),
            tuple(rng.choice(words.CLIENTS, 5, replace=False).tolist()),
        )
        for i, (name, department, mix) in enumerate(words.TEAMS[:n_teams])
    )  # fmt: skip
    home = np.repeat(np.arange(n_teams), sizes)
    return Organisation(
        teams=founded,
        months=pd.period_range(end=pd.Period(last_month, "M"), periods=months, freq="M"),
        team_at=_draw_careers(rng, home, n_teams, months),
        weekly_hours=rng.choice(_WEEKLY_HOURS, people, p=_WEEKLY_CHANCES),
        in_jira_too=_choose_two_tools(rng, home, founded),
    )


def _draw_careers(
    rng: np.random.Generator, home: np.ndarray, n_teams: int, months: int
) -> np.ndarray:
    """Let a few people join late, leave early or move; the small last team stays as it is."""
    team_at = np.repeat(home[:, None], months, axis=1)
    candidates = rng.permutation(np.flatnonzero(home < n_teams - 1))
    if months < 3 or len(home) < 20:
        return team_at
    n_join, n_leave, n_move = (max(1, round(part * len(home))) for part in (JOIN, LEAVE, MOVE))
    joiners, leavers, movers, _ = np.split(
        candidates, np.cumsum([n_join, n_leave, n_move if n_teams > 2 else 0])
    )
    for person in joiners:
        team_at[person, : rng.integers(1, max(months // 2, 2))] = -1
    for person in leavers:
        team_at[person, rng.integers(months // 2 + 1, months) :] = -1
    for person in movers:
        others = np.setdiff1d(np.arange(n_teams - 1), home[person])
        team_at[person, rng.integers(months // 3, 2 * months // 3 + 1) :] = rng.choice(others)
    return team_at


def _choose_two_tools(
    rng: np.random.Generator, home: np.ndarray, teams: tuple[Team, ...]
) -> np.ndarray:
    chosen = np.zeros(len(home), dtype=bool)
    if not any(team.tool == "jira" for team in teams):
        return chosen
    for number, team in enumerate(teams):
        if team.tool in {"toggl", "clockify"}:
            members = rng.permutation(np.flatnonzero(home == number))
            chosen[members[: int(np.ceil(IN_TWO_TOOLS * len(members)))]] = True
    return chosen


def _derive_teams(people: int) -> int:
    """One team for 16 people, but four where there are people enough for that."""
    at_least = max(1, min(4, people // 2))
    return min(max(at_least, round(people / 16)), len(words.TEAMS))


def _check_sizes(people: int, months: int, n_teams: int, last_month: str) -> None:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", last_month):
        raise TaskmixError(f"last_month {last_month!r} is no month; write one such as 2026-09")
    if months < 1:
        raise TaskmixError(f"months is {months}; a log needs at least 1 month")
    if not 1 <= n_teams <= len(words.TEAMS):
        raise TaskmixError(f"teams is {n_teams}; it must be from 1 to {len(words.TEAMS)}")
    if people < 2 * n_teams:
        raise TaskmixError(
            f"people is {people}, too few for {n_teams} teams; ask for {2 * n_teams} or more people"
        )


def _team_sizes(rng: np.random.Generator, people: int, n_teams: int) -> list[int]:
    """Spread people over teams, 0.75 to 1.25 of the mean each, the last team small."""
    if n_teams == 1:
        return [people]
    small = min(SMALL_TEAM, people // n_teams)
    weight = rng.uniform(0.75, 1.25, n_teams - 1)
    edges = np.rint((people - small) * np.cumsum(weight) / weight.sum()).astype(int)
    return [*np.diff(edges, prepend=0).tolist(), small]
