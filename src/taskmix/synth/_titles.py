"""Titles as people write them: from templates, with repeats, short forms and slips."""

import bisect
import datetime as dt
from functools import lru_cache
from itertools import accumulate

import numpy as np
import pandas as pd

from taskmix.synth import _vocabulary as words
from taskmix.synth._organisation import Organisation, Team
from taskmix.taxonomy import CATEGORIES

#: How many titles are of the shared and of the neutral kind. Tuned, with a test on the band,
#: so that a plain classifier reaches a macro-F1 of about .75.
SHARED_RATE = 0.23
NEUTRAL_RATE = 0.19
#: How many titles repeat one that the person has used before for that kind of work.
REPEAT_RATE = 0.22

_WHEN_IN_YEAR = ("wk {0}", "Q{1}", "{2}", "KW{0}")
_SHARED_EDGES = {
    category: list(accumulate(weights[i] for _, weights in words.SHARED))
    for i, category in enumerate(CATEGORIES)
}


def write_titles(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> list[str]:
    """Write one title a task.

    Parameters
    ----------
    tasks
        One row a task: ``person`` and ``team`` as numbers, ``category``, ``performer``,
        ``oversight``, ``project``, ``start`` (local time).
    """
    habits = _Habits(rng, organisation.n_people)
    used: dict[tuple[int, str, bool, int], str] = {}
    names = ("person", "team", "category", "performer", "oversight", "project", "start")
    rows = zip(*(tasks[name].tolist() for name in names), strict=True)
    chances = rng.random((len(tasks), 13)).tolist()
    titles = []
    for u, row in zip(chances, rows, strict=True):
        person, team, category, performer, oversight, project, start = row
        by_agent = performer == "ai"
        key = (person, category, by_agent, int(u[1] * 4))
        repeats = u[0] < REPEAT_RATE and not oversight
        if repeats and key in used:
            titles.append(used[key])
            continue
        slots = _fill_slots(u, organisation.teams[team], project, start)
        title = _pick_template(u[2], u[3], category, oversight).format(**slots)
        title = habits.apply(title, person, slots["ref"], u[8:12])
        if by_agent and u[4] < 0.25:
            title = f"[agent] {title}"
        if repeats:
            used[key] = title
        titles.append(title)
    return titles


def _pick_template(kind: float, which: float, category: str, oversight: str) -> str:
    """Choose a template by two chances in [0, 1)."""
    if oversight and kind < 0.85:
        return _at(words.OVERSIGHT[oversight], which)
    if kind < SHARED_RATE:
        edges = _SHARED_EDGES[category]
        return words.SHARED[bisect.bisect(edges, which * edges[-1])][0]
    if kind < SHARED_RATE + NEUTRAL_RATE:
        return _at(words.NEUTRAL, which)
    return _at(words.TEMPLATES[category], which)


def _fill_slots(u: list[float], team: Team, project: str, start: pd.Timestamp) -> dict[str, str]:
    return {
        "project": project,
        "client": _at(team.clients, u[12]),
        "thing": _at(words.THINGS[team.department], u[6]),
        "who": _at(words.WHO, u[7]),
        "when": _at(_name_times(start.date()), u[5]),
        "ref": f"{project[:3].upper()}-{100 + int(u[6] * 4900)}",
    }


@lru_cache(maxsize=4096)
def _name_times(day: dt.date) -> tuple[str, ...]:
    """Write the time of year that a day is in, in each of its forms."""
    quarter = (day.month + 2) // 3
    return tuple(
        form.format(day.isocalendar().week, quarter, day.strftime("%b").lower())
        for form in _WHEN_IN_YEAR
    )


def _at(choices: tuple[str, ...], chance: float) -> str:
    return choices[int(chance * len(choices))]


class _Habits:
    """How each person writes: small letters, short forms, ticket numbers, slips."""

    def __init__(self, rng: np.random.Generator, people: int) -> None:
        self._lower = (rng.random(people) < 0.35).tolist()
        self._capital = (rng.random(people) < 0.4).tolist()
        self._shortens = rng.uniform(0, 0.6, people).tolist()
        self._refers = rng.uniform(0, 0.25, people).tolist()
        self._slips = rng.uniform(0, 0.12, people).tolist()

    def apply(self, title: str, person: int, ref: str, u: list[float]) -> str:
        if u[0] < self._shortens[person]:
            for long, short in words.ABBREVIATIONS:
                title = title.replace(long, short)
        if u[1] < self._slips[person]:
            title = _slip(title, u[3])
        if u[2] < self._refers[person] and ref not in title:
            title = f"{ref} {title}"
        if self._lower[person]:
            return title.lower()
        return title[0].upper() + title[1:] if self._capital[person] else title


def _slip(title: str, where: float) -> str:
    """Swap or drop letters in the longest word."""
    word = max(title.split(), key=len)
    if len(word) < 5:
        return title
    i = 1 + int(where * (len(word) - 2))
    swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return title.replace(word, swapped if where < 0.5 else word[:i] + word[i + 1 :], 1)
