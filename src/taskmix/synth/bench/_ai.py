"""Who performed each task, what oversees AI, and the tasks that AI did alone."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._effort import OVERSIGHT, PARTS, Effort
from taskmix.synth.bench._work import choose
from taskmix.taxonomy import AiMode, Performer

#: Codes of the columns that `add_ai` adds; -1 stands for none.
PERFORMERS: tuple[str, ...] = (Performer.HUMAN, Performer.AI, Performer.BOTH, Performer.UNKNOWN)
HUMAN, AI, BOTH, UNKNOWN = range(4)
MODES: tuple[str, ...] = tuple(mode.value for mode in AiMode)
OVERSEEN: tuple[str, ...] = tuple(kind for kind, *_ in OVERSIGHT)
#: Steps of an agent within a task that a person does with AI, and what kind of work they are.
STEPS = 0.5
STEP_CATEGORIES = np.array([0.80, 0.09, 0.08, 0.03])

_MODES_BOTH = np.array([0.22, 0.16, 0.32, 0.12, 0.18])
_MODES_ALONE = np.array([0.74, 0.26, 0.0, 0.0, 0.0])
_MINUTES = (np.log(9), 0.7)
_MIDNIGHT = 24 * 60


def add_ai(rng: np.random.Generator, tasks: pd.DataFrame, effort: Effort) -> pd.DataFrame:
    """Say of each task by a person how AI took part, and append the tasks of AI alone.

    Parameters
    ----------
    tasks
        One row a task by a person: ``team``, ``month``, ``part``, ``start``, ``minutes`` and
        more that AI's tasks take over from it.

    Returns
    -------
    pandas.DataFrame
        With ``category``, ``performer``, ``oversight``, ``mode`` (codes) and ``parent`` (row
        number of the task that an agent's step belongs to; -1).
    """
    team, month, part = (tasks[name].to_numpy() for name in ("team", "month", "part"))
    together = rng.random(len(tasks)) < effort.with_ai()[team, month, part]
    kind = choose(rng, np.broadcast_to([c for _, c, *_ in OVERSIGHT], (len(tasks), 4)))
    oversees = part == PARTS.index("oversight")
    kinds_category = np.array([category for _, _, category, _ in OVERSIGHT])
    kinds_both = np.array([takes_part for *_, takes_part in OVERSIGHT])
    both = np.where(oversees, kinds_both[kind], together)
    mode = choose(rng, np.broadcast_to(_MODES_BOTH, (len(tasks), len(MODES))))
    own = tasks.assign(
        category=np.where(oversees, kinds_category[kind], part),
        performer=np.where(both, BOTH, HUMAN),
        oversight=np.where(oversees, kind, -1),
        mode=np.where(both, mode, -1),
        parent=-1,
    )
    executes = own["category"].to_numpy() == 0
    n_units = rng.poisson(np.where(executes, effort.units_by_ai()[team, month], 0.0))
    n_steps = rng.poisson(np.where(both, STEPS, 0.0))
    units = _alone(rng, own, np.repeat(np.arange(len(own)), n_units)).assign(category=0)
    origin = np.repeat(np.arange(len(own)), n_steps)
    steps = _alone(rng, own, origin).assign(
        parent=origin,
        category=choose(rng, np.broadcast_to(STEP_CATEGORIES, (len(origin), 4))),
    )
    return pd.concat([own, units, steps], ignore_index=True)


def _alone(rng: np.random.Generator, own: pd.DataFrame, origin: np.ndarray) -> pd.DataFrame:
    """Let an AI work beside tasks of people, on the same day; nobody's hours."""
    n = len(origin)
    beside = own.iloc[origin]
    begins = beside["start"].to_numpy() + 5 * rng.integers(0, 6, n)
    minutes = np.clip(5 * np.rint(rng.lognormal(*_MINUTES, n)), 5, 240).astype(int)
    # What began shortly before midnight is over by then.
    begins = np.minimum(begins, _MIDNIGHT - 5)
    return beside.assign(
        start=begins,
        minutes=np.minimum(minutes, _MIDNIGHT - begins),
        performer=AI,
        oversight=-1,
        mode=choose(rng, np.broadcast_to(_MODES_ALONE, (n, len(MODES)))),
    )
