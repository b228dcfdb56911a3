"""How much a result hangs on what part of work done with AI is counted as human."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from taskmix.taxonomy import CATEGORIES

#: What the report states beside each other: all of it human, and half of it.
HUMAN_SHARES = (1.0, 0.5)
_HUMAN_HOURS = ["hours", *(f"expected_{category}" for category in CATEGORIES)]


def count_both_as(
    cells: pd.DataFrame, *, counted_as: float, human_share: float
) -> pd.DataFrame | None:
    """Count the hours of tasks that people did with AI with another human share.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    counted_as : float
        The ``both_human_share`` that it was made with.
    human_share : float
        The one to count with, 0–1.

    Returns
    -------
    pandas.DataFrame or None
        The roll-up with the other hours; None where it was made with a share of 0, in which
        those hours are lost, and another is asked for.
    """
    if counted_as == human_share:
        return cells.copy()
    if counted_as == 0:
        return None
    scaled = cells.copy()
    is_both = scaled["performer"] == "both"
    scaled.loc[is_both, _HUMAN_HOURS] *= human_share / counted_as
    return scaled


def sensitivity(
    cells: pd.DataFrame,
    measure: Callable[..., pd.DataFrame],
    *,
    counted_as: float,
    human_shares: Sequence[float] = HUMAN_SHARES,
    **options: Any,
) -> pd.DataFrame:
    """Compute a measure of a roll-up for several human shares of work done with AI.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    measure : callable
        Of a roll-up, such as `taskmix.measures.shares`; `options` go to it.
    counted_as : float
        The ``both_human_share`` that the roll-up was made with.
    human_shares : sequence of float
        0–1, each.

    Returns
    -------
    pandas.DataFrame
        The measure's rows, once for each of `human_shares`, which stands in
        ``both_human_share``. A share that the roll-up does not tell (any but 0 where it was made
        with 0) is absent.

    Examples
    --------
    >>> cells = pd.DataFrame({"performer": ["both", "human"], "hours": [2.0, 3.0]})
    >>> for category in CATEGORIES:
    ...     cells[f"expected_{category}"] = 0.0
    >>> hours = lambda cells: pd.DataFrame({"hours": [cells["hours"].sum()]})
    >>> sensitivity(cells, hours, counted_as=1.0)["hours"].tolist()
    [5.0, 4.0]
    """
    frames = []
    for human_share in human_shares:
        counted = count_both_as(cells, counted_as=counted_as, human_share=human_share)
        if counted is not None:
            frames.append(measure(counted, **options).assign(both_human_share=human_share))
    if not frames:
        return measure(cells, **options).iloc[:0].assign(both_human_share=0.0)
    return pd.concat(frames, ignore_index=True)
