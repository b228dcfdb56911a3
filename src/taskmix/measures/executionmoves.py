"""What moved execution's hours: how many tasks, people's part in them, or hours a task."""

import numpy as np
import pandas as pd

from taskmix.language import listed, tr
from taskmix.taxonomy import NO_OVERSIGHT

#: What execution's hours are the product of, in the order in which it is shown.
FACTORS: tuple[str, ...] = ("tasks", "human_share", "timed", "hours_per_task")
#: Nearer to 1 than this a ratio's logarithm has lost too many digits to divide by.
_NEAR = 1e-6


def execution_moves(
    cells: pd.DataFrame,
    *,
    period: str,
    against: str,
    person_weeks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Split the change of execution's hours among its factors, exactly.

    Execution hours = tasks × the part of them that people took part in × hours per task. The
    effect of a factor x is L(E₁, E₀) ln(x₁/x₀), with the logarithmic mean
    L(a, b) = (a − b)/ln(a/b): the logarithmic mean Divisia index (Ang 2005,
    doi:10.1016/j.enpol.2003.10.010). Tasks and hours are estimates from tags and probabilities;
    an agent's steps are one task; work on overseeing AI is left out.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    period, against : str
        The later and the earlier period.
    person_weeks : pandas.DataFrame, optional
        ``period`` and ``person_weeks``; tasks and hours are then those of one person-week, so
        that a log of more people is no effect.

    Returns
    -------
    pandas.DataFrame
        One row a factor: ``period``, ``against``, ``factor``, ``before`` and ``now`` (tasks, 0–1,
        0–1, hours), ``hours`` (its effect; they sum to the change) and ``why_not`` (empty; else
        why ``hours`` is missing). The factor ``timed``, the part of people's tasks whose hours
        are known, has a row only where some are not.
    """
    before = _factors(cells, against, person_weeks)
    now = _factors(cells, period, person_weeks)
    table = pd.DataFrame({"factor": list(FACTORS), "before": before, "now": now})
    why_not = _why_not(before, now, period=period, against=against)
    if not why_not:
        table["hours"] = _mean(float(np.prod(now)), float(np.prod(before))) * np.log(now / before)
    else:
        table["hours"] = np.nan
    all_timed = (table["factor"] == "timed") & (table["before"] == 1) & (table["now"] == 1)
    table = table[~all_timed].assign(period=period, against=against, why_not=why_not)
    columns = ["period", "against", "factor", "before", "now", "hours", "why_not"]
    texts = dict.fromkeys(["period", "against", "factor", "why_not"], "str")
    return table.reset_index(drop=True)[columns].astype(texts)


def _factors(cells: pd.DataFrame, period: str, person_weeks: pd.DataFrame | None) -> np.ndarray:
    """Return the factors in order; missing where there is nothing to divide by."""
    own = cells[(cells["period"] == period) & (cells["oversight"] == NO_OVERSIGHT)]
    by_people = own[own["performer"] != "ai"]
    tasks = own["expected_execution_units"].sum()
    human = by_people["expected_execution_units"].sum()
    counted = by_people.loc[by_people["label"] == "execution", ["n_tasks", "n_without_hours"]].sum()
    timed = _ratio(counted["n_tasks"] - counted["n_without_hours"], counted["n_tasks"])
    if np.isnan(timed):
        # None is labelled surely, so which of them have hours is not known: taken as all.
        timed = 1.0
    weeks = 1.0
    if person_weeks is not None:
        weeks = person_weeks.loc[person_weeks["period"] == period, "person_weeks"].sum()
    hours = by_people["expected_execution"].sum()
    return np.array(
        [_ratio(tasks, weeks), _ratio(human, tasks), timed, _ratio(hours, human * timed)]
    )


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")


def _why_not(before: np.ndarray, now: np.ndarray, *, period: str, against: str) -> str:
    empty = [
        name
        for name, factors in ((against, before), (period, now))
        if not (np.isfinite(factors).all() and (factors > 0).all())
    ]
    return tr("no hours of execution in {periods}", periods=listed(empty)) if empty else ""


def _mean(now: float, before: float) -> float:
    """Return the logarithmic mean of two positive numbers."""
    log_ratio = np.log(now / before)
    if abs(log_ratio) < _NEAR:
        return (now + before) / 2
    return float((now - before) / log_ratio)
