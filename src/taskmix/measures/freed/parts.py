"""The parts that people's hours are accounted for in: they add up to all hours logged."""

import pandas as pd

from taskmix.taxonomy import LABELS, NO_OVERSIGHT, UNSURE

EXECUTION = "execution"
OVERSIGHT = "oversight"
#: Every hour is in one of these: by its label, or overseeing AI whatever its label is.
PARTS: tuple[str, ...] = (*(label for label in LABELS if label != UNSURE), OVERSIGHT, UNSURE)
RELEASED, LEFT_WORK = "released", "left_work"
#: Where hours that execution released can be found again; the last one is outside of work.
DESTINATIONS: tuple[str, ...] = (*(part for part in PARTS if part != EXECUTION), LEFT_WORK)


def part_of(cells: pd.DataFrame) -> pd.Series:
    """Name the part that each row's hours are in.

    Parameters
    ----------
    cells : pandas.DataFrame
        ``label`` and ``oversight``, as both roll-ups have them.

    Returns
    -------
    pandas.Series of str
        One of `PARTS`.

    Examples
    --------
    >>> cells = pd.DataFrame({"label": ["judgment"] * 2, "oversight": ["none", "checking"]})
    >>> part_of(cells).tolist()
    ['judgment', 'oversight']
    """
    return cells["label"].where(cells["oversight"] == NO_OVERSIGHT, OVERSIGHT).astype("str")
