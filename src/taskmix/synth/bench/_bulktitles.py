"""Titles for a million tasks: the demo's templates and habits, one template at a time."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from taskmix.synth import _vocabulary as words
from taskmix.synth._titles import NEUTRAL_RATE, REPEAT_RATE, SHARED_RATE, _slip
from taskmix.synth.bench._ai import AI, OVERSEEN
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._newwords import NEW_TEMPLATES
from taskmix.synth.bench._teams import Teams
from taskmix.taxonomy import CATEGORIES

_SLOTS = ("project", "client", "thing", "who", "when", "ref")
_CLIENTS_A_TEAM = 5


def write_titles(
    rng: np.random.Generator,
    tasks: pd.DataFrame,
    *,
    people: People,
    teams: Teams,
    days: pd.DatetimeIndex,
    projects: np.ndarray,
    drift: np.ndarray,
) -> pa.Array:
    """Write one title a task.

    Parameters
    ----------
    tasks
        One row a task, in the order of time: ``person``, ``team``, ``month``, ``day``,
        ``category``, ``oversight``, ``performer``, ``project`` (codes), ``entry`` and ``part``
        (rows of one entry have one title).
    projects
        Names of the projects.
    drift
        Team × month: chance that a title of the category's own comes from the new words.
    """
    by_agent = tasks["performer"].to_numpy() == AI
    template, texts = _pick_templates(rng, tasks, drift)
    slots = _fill_slots(rng, tasks, teams=teams, days=days, projects=projects)
    titles = _write_out(template, texts, slots)
    told = np.array(["{ref}" in text for text in texts])[template]
    titles = _apply_habits(
        rng, titles, tasks["person"].to_numpy(), slots["ref"], told=told, n_people=len(people)
    )
    marked = pa.array(by_agent & (rng.random(len(tasks)) < 0.25))
    titles = pc.if_else(marked, pc.binary_join_element_wise("[agent]", titles, " "), titles)
    return titles.take(pa.array(_repeats(rng, tasks, by_agent)))


def _pick_templates(
    rng: np.random.Generator, tasks: pd.DataFrame, drift: np.ndarray
) -> tuple[np.ndarray, list[str]]:
    """Choose each task's template: its number, and all templates in the order of numbers."""
    n, category = len(tasks), tasks["category"].to_numpy()
    kind, which = rng.random(n), rng.random(n)
    is_new = rng.random(n) < drift[tasks["team"], tasks["month"]]
    oversight = tasks["oversight"].to_numpy()
    overseen = (oversight >= 0) & (kind < 0.85)
    shared = ~overseen & (kind < SHARED_RATE)
    neutral = ~overseen & ~shared & (kind < SHARED_RATE + NEUTRAL_RATE)
    own = ~overseen & ~shared & ~neutral
    template = np.zeros(n, dtype=int)
    texts: list[str] = []

    def use(mask: np.ndarray, choices: tuple[str, ...], edges: np.ndarray | None = None) -> None:
        chosen = (
            (which[mask] * len(choices)).astype(int)
            if edges is None
            else np.searchsorted(edges, which[mask] * edges[-1], side="right")
        )
        template[mask] = len(texts) + chosen
        texts.extend(choices)

    use(neutral, words.NEUTRAL)
    for code, name in enumerate(OVERSEEN):
        use(overseen & (oversight == code), words.OVERSIGHT[name])
    for code, name in enumerate(CATEGORIES):
        mine = category == code
        weights = np.cumsum([weight[code] for _, weight in words.SHARED])
        use(shared & mine, tuple(text for text, _ in words.SHARED), weights)
        use(own & mine & ~is_new, words.TEMPLATES[name])
        use(own & mine & is_new, NEW_TEMPLATES[name])
    return template, texts


def _fill_slots(
    rng: np.random.Generator,
    tasks: pd.DataFrame,
    *,
    teams: Teams,
    days: pd.DatetimeIndex,
    projects: np.ndarray,
) -> dict[str, pa.DictionaryArray]:
    """Choose what stands in each slot of each task's title."""
    n, team, project = len(tasks), tasks["team"].to_numpy(), tasks["project"].to_numpy()
    departments = sorted(words.THINGS)
    things = [thing for department in departments for thing in words.THINGS[department]]
    of_department = np.array([departments.index(name) for name in teams.department])
    thing = 10 * of_department[team] + rng.integers(0, 10, n)
    clients = np.stack([rng.permutation(len(words.CLIENTS))[:_CLIENTS_A_TEAM] for _ in teams.name])
    client = clients[team, rng.integers(0, _CLIENTS_A_TEAM, n)]
    whens = [text for day in days for text in _name_times(day)]
    when = 4 * tasks["day"].to_numpy() + rng.integers(0, 4, n)
    codes = [
        f"{name[:3].upper()}-{number}" for name in words.PROJECTS for number in range(100, 900)
    ]
    ref = 800 * (project % len(words.PROJECTS)) + rng.integers(0, 800, n)
    filled = {
        "project": (project, projects), "client": (client, words.CLIENTS),
        "thing": (thing, things), "who": (rng.integers(0, len(words.WHO), n), words.WHO),
        "when": (when, whens), "ref": (ref, codes),
    }  # fmt: skip
    return {
        slot: pa.DictionaryArray.from_arrays(pa.array(code.astype(np.int32)), pa.array(list(names)))
        for slot, (code, names) in filled.items()
    }


def _name_times(day: pd.Timestamp) -> tuple[str, ...]:
    """Write the time of year that a day is in, in each of its forms."""
    week = day.isocalendar().week
    return (f"wk {week}", f"Q{day.quarter}", day.strftime("%b").lower(), f"KW{week}")


def _write_out(
    template: np.ndarray, texts: list[str], slots: dict[str, pa.DictionaryArray]
) -> pa.Array:
    """Fill the slots, all tasks of a template at once."""
    order = np.argsort(template, kind="stable")
    edges = np.searchsorted(template[order], np.arange(len(texts) + 1))
    written = []
    for number, text in enumerate(texts):
        rows = order[edges[number] : edges[number + 1]]
        if len(rows):
            written.append(_fill(text, rows, slots))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(written).take(pa.array(back))


def _fill(text: str, rows: np.ndarray, slots: dict[str, pa.DictionaryArray]) -> pa.Array:
    """Write a template out for some tasks."""
    chosen = pa.array(rows)
    pieces = []
    for piece in text.split("{"):
        slot, _, rest = piece.rpartition("}")
        if slot:
            pieces.append(slots[slot].take(chosen).dictionary_decode())
        if rest:
            pieces.append(pa.scalar(rest))
    if all(isinstance(piece, pa.Scalar) for piece in pieces):
        return pa.array([text] * len(rows))
    return pc.binary_join_element_wise(*pieces, "")


def _apply_habits(
    rng: np.random.Generator,
    titles: pa.Array,
    person: np.ndarray,
    ref: pa.DictionaryArray,
    *,
    told: np.ndarray,
    n_people: int,
) -> pa.Array:
    """Let each person write as they do: short forms, slips, ticket numbers, small letters."""
    n = len(titles)

    def habit(chances: np.ndarray) -> np.ndarray:
        return rng.random(n) < chances[person]

    shortens = np.flatnonzero(habit(rng.uniform(0, 0.6, n_people)))
    short = titles.take(pa.array(shortens))
    for long, abbreviation in words.ABBREVIATIONS:
        short = pc.replace_substring(short, long, abbreviation)
    titles = pc.replace_with_mask(titles, _mask(shortens, n), short)
    slips = np.flatnonzero(habit(rng.uniform(0, 0.12, n_people)))
    where = rng.random(len(slips))
    slipped = [
        _slip(title, at)
        for title, at in zip(titles.take(pa.array(slips)).to_pylist(), where, strict=True)
    ]
    titles = pc.replace_with_mask(titles, _mask(slips, n), pa.array(slipped, pa.string()))
    refers = pa.array(habit(rng.uniform(0, 0.25, n_people)) & ~told)
    with_ref = pc.binary_join_element_wise(ref.dictionary_decode(), titles, " ")
    titles = pc.if_else(refers, with_ref, titles)
    lower, capital = rng.random(n_people) < 0.35, rng.random(n_people) < 0.4
    begins = pc.utf8_upper(pc.utf8_slice_codeunits(titles, 0, 1))
    rest = pc.utf8_slice_codeunits(titles, 1)
    titles = pc.if_else(
        pa.array(capital[person]), pc.binary_join_element_wise(begins, rest, ""), titles
    )
    return pc.if_else(pa.array(lower[person]), pc.utf8_lower(titles), titles)


def _mask(rows: np.ndarray, n: int) -> pa.Array:
    mask = np.zeros(n, dtype=bool)
    mask[rows] = True
    return pa.array(mask)


def _repeats(rng: np.random.Generator, tasks: pd.DataFrame, by_agent: np.ndarray) -> np.ndarray:
    """Say whose title each task has: its own, or one that the person used before for such work."""
    n = len(tasks)
    repeats = (rng.random(n) < REPEAT_RATE) & (tasks["oversight"].to_numpy() < 0)
    rows = np.flatnonzero(repeats)
    person, category = tasks["person"].to_numpy()[rows], tasks["category"].to_numpy()[rows]
    # After a while people call the same work otherwise.
    year = tasks["month"].to_numpy()[rows] // 12
    key = ((person * 4 + category) * 2 + by_agent[rows]) * 4 + rng.integers(0, 4, len(rows))
    key = key * (int(tasks["month"].max()) // 12 + 1) + year
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    whose = np.arange(n)
    whose[rows] = rows[first[group]]
    entry, later = tasks["entry"].to_numpy(), tasks["part"].to_numpy() > 0
    begins = np.zeros(int(entry.max(initial=0)) + 1, dtype=np.int64)
    begins[entry[~later]] = np.flatnonzero(~later)
    return np.where(later, whose[begins[entry]], whose)
