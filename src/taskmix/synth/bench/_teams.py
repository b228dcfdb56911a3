"""The teams of the bench: every parameter that the truth follows from."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from taskmix.synth.bench._names import TEAMS

#: Hours that a full-time person logs in a full week before any AI, on five days.
FULL_WEEK = 36.0
#: Where released hours can go, in the order of `Teams.destinations`.
DESTINATIONS: tuple[str, ...] = ("judgment", "creative", "connective", "oversight", "left")
#: Part of the teams with AI in which connective work falls.
CONNECTION_FALLS = 0.2
#: What connective work loses there, as a part of the released hours.
_CONNECTION_LOST = -0.15
_LEAST, _SMALL = 3, 9


@dataclass(frozen=True)
class Teams:
    """Parameters of the teams: in each array one entry a team.

    Attributes
    ----------
    mix : numpy.ndarray
        Team × category, shares of hours before any AI.
    midpoint, width : numpy.ndarray
        Of the adoption's logistic curve, in months from the first one (0); missing: never.
    rollout : numpy.ndarray
        Number of the month in which the team gets its AI, a twentieth of the way up its curve;
        missing: never. On paper alone in a placebo.
    ceiling : numpy.ndarray
        Upper end of adoption, 0–1; 0: never.
    releasable : numpy.ndarray
        Part of execution's hours that full adoption releases.
    destinations : numpy.ndarray
        Team × `DESTINATIONS`, parts of the released hours that sum to 1.
    tasks_a_day, stickiness, short_gaps : numpy.ndarray
        Mean number of a person's tasks on a day; chance that a task goes on with the project of
        the one before; chance that the gap between them is 10 minutes or less.
    n_projects, new_projects : numpy.ndarray
        Projects that a person has at a time; new ones a person and month.
    company, across : numpy.ndarray
        Scale of how often others take part; chance that one of them is of any team.
    outside, weekend, start_sd : numpy.ndarray
        Share of hours in the evening; share on weekends; scatter of the day's start in minutes.
    rounding : numpy.ndarray
        Part of the people whose every start is at :00 or :30.
    zone : numpy.ndarray of int
        Number in `TIME_ZONES` of most of its people.
    """

    name: np.ndarray
    department: np.ndarray
    size: np.ndarray
    mix: np.ndarray
    midpoint: np.ndarray
    width: np.ndarray
    rollout: np.ndarray
    ceiling: np.ndarray
    releasable: np.ndarray
    destinations: np.ndarray
    tasks_a_day: np.ndarray
    stickiness: np.ndarray
    short_gaps: np.ndarray
    n_projects: np.ndarray
    new_projects: np.ndarray
    company: np.ndarray
    across: np.ndarray
    outside: np.ndarray
    weekend: np.ndarray
    start_sd: np.ndarray
    rounding: np.ndarray
    zone: np.ndarray

    @property
    def never(self) -> np.ndarray:
        """Which teams never take to AI."""
        return np.isnan(self.midpoint)

    @property
    def connection_falls(self) -> np.ndarray:
        """In which teams connective work falls."""
        return self.destinations[:, DESTINATIONS.index("connective")] < 0

    def __len__(self) -> int:
        return len(self.name)


def draw_teams(
    rng: np.random.Generator,
    *,
    people: int,
    teams: int,
    months: int,
    never: int,
    size_spread: float,
) -> Teams:
    """Draw the teams; each parameter is spread evenly and dealt out at random."""

    def spread(low: float, high: float) -> np.ndarray:
        return rng.permutation(np.linspace(low, high, teams))

    judgment, creative, connective = spread(0.10, 0.26), spread(0.03, 0.18), spread(0.08, 0.22)
    mix = np.stack([1 - judgment - creative - connective, judgment, creative, connective], axis=1)
    has_never = np.zeros(teams, dtype=bool)
    has_never[rng.permutation(teams)[:never]] = True
    midpoint, width = spread(0.30, 0.66) * months, spread(1.0, 2.2)
    ceiling, releasable = spread(0.75, 0.95), spread(0.25, 0.45)
    destinations = _draw_destinations(rng, has_never)
    rounding = np.full(teams, 0.12)
    rounding[rng.permutation(teams)[: max(1, teams // 12)]] = 0.9
    return Teams(
        name=np.array([name for name, _ in TEAMS[:teams]]),
        department=np.array([department for _, department in TEAMS[:teams]]),
        size=rng.permutation(team_sizes(people, teams, spread=size_spread)),
        mix=mix,
        midpoint=np.where(has_never, np.nan, midpoint),
        width=np.where(has_never, np.nan, width),
        rollout=np.where(has_never, np.nan, _rollout(midpoint, width)),
        ceiling=np.where(has_never, 0.0, ceiling),
        releasable=releasable,
        destinations=destinations,
        tasks_a_day=spread(2.6, 5.4),
        stickiness=spread(0.1, 0.75),
        short_gaps=spread(0.45, 0.95),
        n_projects=np.rint(spread(2, 6)).astype(int),
        new_projects=spread(0.05, 1.3),
        company=spread(0.5, 1.5),
        across=spread(0.05, 0.6),
        outside=spread(0.01, 0.12),
        weekend=spread(0.0, 0.08),
        start_sd=spread(5, 45),
        rounding=rounding,
        zone=rng.choice(4, teams, p=[0.55, 0.2, 0.15, 0.1]),
    )


def without_ai(teams: Teams) -> Teams:
    """Let nobody take to AI, and leave all else as it is."""
    nobody = np.full(len(teams), np.nan)
    return replace(teams, midpoint=nobody, width=nobody, ceiling=np.zeros(len(teams)))


def _rollout(midpoint: np.ndarray, width: np.ndarray) -> np.ndarray:
    return np.maximum(np.rint(midpoint - np.log(19) * width), 0)


def team_sizes(people: int, teams: int, *, spread: float) -> np.ndarray:
    """Give lognormal sizes that sum to `people`, three people at least in each.

    From eight teams on the smallest has nine people at most.

    Parameters
    ----------
    spread
        The lognormal's sigma; sizes are its quantiles, so that they do not depend on luck.

    Examples
    --------
    >>> team_sizes(100, 5, spread=1.0).tolist()
    [6, 10, 15, 23, 46]
    """
    weight = np.exp(spread * ndtri((np.arange(teams) + 0.5) / teams))
    free = people - _LEAST * teams
    edges = np.rint(free * np.cumsum(weight) / weight.sum()).astype(int)
    sizes = np.diff(edges, prepend=0) + _LEAST
    if teams >= 8 and sizes[0] > _SMALL:
        sizes[-1] += sizes[0] - _SMALL
        sizes[0] = _SMALL
    return sizes


def _draw_destinations(rng: np.random.Generator, never: np.ndarray) -> np.ndarray:
    """Draw where released hours go, and let connective work fall in some teams with AI."""
    teams = len(never)
    parts = rng.dirichlet([30, 13, 13, 1e-9, 9], teams)
    oversight = rng.permutation(np.linspace(0.10, 0.34, teams))
    adopting = rng.permutation(np.flatnonzero(~never))
    falling = adopting[: round(CONNECTION_FALLS * len(adopting))]
    parts[:, 3] = 0
    parts[falling, 2] = 0
    parts /= parts.sum(axis=1, keepdims=True)
    lost = np.zeros(teams)
    lost[falling] = _CONNECTION_LOST
    parts *= (1 - oversight - lost)[:, None]
    parts[:, 3] = oversight
    parts[:, 2] += lost
    return parts
