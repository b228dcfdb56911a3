"""Which project each task is for: people stay with one, switch, and take up new ones."""

import numpy as np

from taskmix.synth import _vocabulary as words
from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._teams import Teams
from taskmix.synth.bench._work import Work

#: A person's second project is liked so much less than the first, and so on.
LIKED_LESS = 0.8
#: Projects that a team has had or will have for each of a person's places for one.
_POOL = 48


def project_weights(n_projects: int) -> np.ndarray:
    """Give the parts of a person's work that go to each of their projects."""
    weights = LIKED_LESS ** np.arange(n_projects)
    return weights / weights.sum()


def draw_projects(
    rng: np.random.Generator, people: People, days: Days, teams: Teams, work: Work
) -> np.ndarray:
    """Draw each task's project.

    Returns
    -------
    numpy.ndarray of int
        Numbers of `project_names`.
    """
    team = days.team[work.at]
    stays_with = (work.place > 0) & (rng.random(len(work)) < teams.stickiness[team])
    begins = np.flatnonzero(~stays_with)
    run = np.cumsum(~stays_with) - 1
    slot = _draw_slots(rng, teams, team[begins])[run]
    month, person = days.month[work.at], days.person[work.at]
    n_months, most = int(days.month.max(initial=0)) + 1, int(teams.n_projects.max())
    usual = _usual_teams(people, days, n_months)
    chance = (teams.new_projects / teams.n_projects)[usual]
    renewed = rng.random((len(people), n_months, most)) < chance[:, :, None]
    generation = np.cumsum(renewed, axis=1) + rng.integers(0, _POOL, (len(people), 1, most))
    number = generation[person, month, slot] % _POOL
    return (team * most + slot) * _POOL + number


def project_names(teams: Teams) -> np.ndarray:
    """Name every project; no two teams have one of the same name."""
    n = len(teams) * int(teams.n_projects.max()) * _POOL
    word = np.array(words.PROJECTS)[np.arange(n) % len(words.PROJECTS)]
    number = np.arange(n) // len(words.PROJECTS) + 1
    return np.array([f"{w} {i}" for w, i in zip(word, number, strict=True)])


def _draw_slots(rng: np.random.Generator, teams: Teams, team: np.ndarray) -> np.ndarray:
    most = int(teams.n_projects.max())
    edges = np.full((len(teams), most), 2.0)
    for number, n_projects in enumerate(teams.n_projects):
        edges[number, : n_projects - 1] = np.cumsum(project_weights(n_projects))[:-1]
    drawn = rng.random(len(team))
    return sum((drawn >= edges[team, slot]).astype(np.int64) for slot in range(most - 1))


def _usual_teams(people: People, days: Days, n_months: int) -> np.ndarray:
    """Give the team in which each person's projects are renewed: person × month."""
    usual = np.repeat(people.home[:, None], n_months, axis=1)
    usual[days.person, days.month] = days.team
    return usual
