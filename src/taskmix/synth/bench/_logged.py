"""What people log of their tasks: tags, company, wishes, and what they leave out."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._ai import AI, UNKNOWN
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._teams import Teams
from taskmix.synth.bench._work import choose

#: Part of their tasks that people tag, and how readily by category: tags are no random sample.
TAGGED = 0.10
TAG_READINESS = np.array([0.75, 1.20, 1.55, 1.05])
#: In a busy week people tag so much less, in a quiet one more.
_TAG_BUSY = 0.5
#: What a person's own tag says (columns), by the true category (rows).
TAG_CONFUSION = np.array(
    [
        [0.96, 0.02, 0.01, 0.01],
        [0.05, 0.92, 0.02, 0.01],
        [0.05, 0.02, 0.92, 0.01],
        [0.03, 0.02, 0.01, 0.94],
    ]
)
#: Parts of their tasks whose performer and whose hours people do not log, on average.
UNKNOWN_PERFORMER = 0.09
MISSING_HOURS = 0.01
#: Part of the tasks by category that is still logged after a change of completeness.
STILL_LOGGED = np.array([0.70, 0.88, 0.88, 0.80])
#: How often others take part in a task of a usual team, by category.
HAS_COMPANY = np.array([0.05, 0.20, 0.22, 0.60])
_WISHES_ASKED = 0.28
_WISHES_YES = np.array([0.68, 0.30, 0.15, 0.18])
_MODE_LEFT_OUT = 0.35


def add_what_people_log(
    rng: np.random.Generator, tasks: pd.DataFrame, people: People, teams: Teams
) -> pd.DataFrame:
    """Add what the log says of each task, beside the truth.

    Returns
    -------
    pandas.DataFrame
        With ``tag`` (code of a category, -1: none), ``wish`` (1, 0; -1: not asked),
        ``performer_logged`` and ``mode_logged`` (codes), ``no_hours``, and ``with_0`` …
        ``with_2`` (numbers of people, -1: none).
    """
    n, category = len(tasks), tasks["category"].to_numpy()
    person = tasks["person"].to_numpy()
    by_person = tasks["performer"].to_numpy() != AI
    forgets = np.minimum(rng.gamma(2, UNKNOWN_PERFORMER / 2, len(people)), 0.6)
    unknown = by_person & (rng.random(n) < forgets[person])
    likes_tags = rng.gamma(4, 1 / 4, len(people))
    ready = TAGGED * TAG_READINESS[category] * likes_tags[person]
    ready = ready * (1 - _TAG_BUSY * (tasks["busy"].to_numpy() - 1) / 0.2)
    tagged = by_person & (rng.random(n) < ready)
    said = choose(rng, TAG_CONFUSION[category])
    asked = by_person & (rng.random(n) < _WISHES_ASKED)
    wish = (rng.random(n) < _WISHES_YES[category]).astype(int)
    silent = unknown | (rng.random(n) < _MODE_LEFT_OUT)
    return tasks.assign(
        performer_logged=np.where(unknown, UNKNOWN, tasks["performer"]),
        mode_logged=np.where(silent, -1, tasks["mode"]),
        tag=np.where(tagged, said, -1),
        wish=np.where(asked, wish, -1),
        no_hours=by_person & (rng.random(n) < MISSING_HOURS),
        **_company(rng, tasks, by_person, people, teams),
    )


def still_logged(
    rng: np.random.Generator, tasks: pd.DataFrame, *, from_month: int | None
) -> np.ndarray:
    """Say which tasks are logged at all; an agent's step goes with its task.

    Parameters
    ----------
    from_month
        From which month on people log less; None: never.
    """
    kept = np.ones(len(tasks), dtype=bool)
    if from_month is not None:
        later = tasks["month"].to_numpy() >= from_month
        kept = ~later | (rng.random(len(tasks)) < STILL_LOGGED[tasks["category"]])
    parent = tasks["parent"].to_numpy()
    return kept & np.where(parent >= 0, kept[parent], True)


def _company(
    rng: np.random.Generator,
    tasks: pd.DataFrame,
    by_person: np.ndarray,
    people: People,
    teams: Teams,
) -> dict[str, np.ndarray]:
    """Draw up to three collaborators of who is there that day, of the own team or of any."""
    n, team, day = len(tasks), tasks["team"].to_numpy(), tasks["day"].to_numpy()
    chance = np.minimum(HAS_COMPANY[tasks["category"]] * teams.company[team], 0.95)
    n_company = np.where(rng.random(n) < chance, np.minimum(rng.geometric(0.5, n), 3), 0)
    n_company = np.where(by_person, n_company, 0)
    there, first, n_there = _members(people, len(teams))
    # By day, and in a day by team: a day's people stand together as well.
    whole, n_all = first[day, 0], n_there[day].sum(axis=1)
    chosen: dict[str, np.ndarray] = {}
    for place in range(3):
        own = there[first[day, team] + (rng.random(n) * n_there[day, team]).astype(int)]
        anyone = there[whole + (rng.random(n) * n_all).astype(int)]
        whom = np.where(rng.random(n) < teams.across[team], anyone, own)
        taken = [whom == earlier for earlier in (tasks["person"].to_numpy(), *chosen.values())]
        free = (place < n_company) & ~np.any(taken, axis=0)
        chosen[f"with_{place}"] = np.where(free, whom, -1)
    return chosen


def _members(people: People, n_teams: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """List who is in which team on each day: the people, and where each day's teams begin.

    Returns
    -------
    numpy.ndarray of int
        Numbers of people, by day and team.
    numpy.ndarray of int, numpy.ndarray of int
        Day × team: where its people begin in that list, and how many they are.
    """
    person, day = np.nonzero(people.team_at >= 0)
    cell = day * n_teams + people.team_at[person, day]
    n_days = people.team_at.shape[1]
    n_there = np.bincount(cell, minlength=n_days * n_teams)
    first = np.cumsum(n_there) - n_there
    shape = (n_days, n_teams)
    return person[np.argsort(cell, kind="stable")], first.reshape(shape), n_there.reshape(shape)
