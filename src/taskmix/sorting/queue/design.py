"""The audit's design: the chance of each task to be drawn, before anything is drawn."""

import math

import numpy as np
import pandas as pd

#: At most so many tasks of one person, beside those that are certain.
_MOST_A_PERSON = 2
#: A chance within rounding of 1 is 1.
_CERTAIN = 1 - 1e-12


def design_audit(tasks: pd.DataFrame, *, n: int) -> pd.DataFrame:
    """Give each task the probability with which an audit of `n` tasks draws it.

    Probability is proportional to hours. Tasks whose probability would reach 1 are certain,
    and the rest is shared out anew without them. A person's expected number of tasks is
    proportional to their hours, and at most two; what that leaves over goes to the others in
    proportion to theirs. When more than two a person are needed, nobody gives more than twice
    the average (with the average as the limit, people who log little would be drawn as often as
    those who log most).

    Parameters
    ----------
    tasks : pandas.DataFrame
        One row a task: ``task_id``, ``person`` (missing ones count as one person) and ``hours``
        (human hours in the period). Tasks without hours have no part in a share of hours and
        are left out. Is not changed.
    n : int
        How many tasks to draw; all, where there are fewer.

    Returns
    -------
    pandas.DataFrame
        ``task_id``, ``person``, ``hours`` and ``pi`` (0–1; 1: certain; they sum to `n`), by
        ``task_id``, so that the order of the log does not matter.

    References
    ----------
    Särndal, Swensson & Wretman (1992). Model Assisted Survey Sampling, §3.6 (probability
    proportional to size, with certainty).

    Examples
    --------
    >>> tasks = pd.DataFrame({"task_id": list("abc"), "person": ["p", "p", "q"],
    ...                       "hours": [90.0, 6.0, 4.0]})
    >>> design_audit(tasks, n=2)["pi"].tolist()
    [1.0, 0.6, 0.4]
    """
    frame = tasks.loc[tasks["hours"] > 0, ["task_id", "person", "hours"]]
    frame = frame.sort_values("task_id", ignore_index=True)
    people = pd.factorize(frame["person"], use_na_sentinel=False)[0]
    return frame.assign(pi=_chances(frame["hours"].to_numpy(dtype=float), people, n))


def _chances(hours: np.ndarray, people: np.ndarray, n: int) -> np.ndarray:
    chances = np.ones(len(hours))
    rest = np.full(len(hours), n < len(hours))
    # Each round makes at least one task certain, or is the last.
    while rest.any():
        left = n - int((~rest).sum())
        codes = np.unique(people[rest], return_inverse=True)[1]
        of_person = np.bincount(codes, weights=hours[rest])
        expected = _share_out(of_person, left)
        found = expected[codes] * hours[rest] / of_person[codes]
        certain = found >= _CERTAIN
        if not certain.any():
            chances[rest] = found
            break
        rest[np.flatnonzero(rest)[certain]] = False
    return chances


def _share_out(hours: np.ndarray, n: int) -> np.ndarray:
    """Share `n` tasks out among people by their hours, none above the cap."""
    people = len(hours)
    cap = _MOST_A_PERSON if n <= _MOST_A_PERSON * people else math.ceil(2 * n / people)
    full = np.zeros(people, dtype=bool)
    while True:
        open_to = np.where(full, 0.0, hours)
        expected = np.where(full, float(cap), 0.0)
        if not full.all():
            expected += (n - cap * full.sum()) * open_to / open_to.sum()
        above = ~full & (expected > cap)
        if not above.any():
            return expected
        full |= above
