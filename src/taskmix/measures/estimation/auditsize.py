"""How many blind labels an audit takes, before any was given."""

import math

from taskmix.errors import MeasureError

#: Half-width of a 95% interval in points, times √n: on average over the categories, and for the
#: category where it is widest.
AVERAGE, WORST = 55.0, 73.0
#: Labels of a usual audit of an organisation, and the fewest that give a group its own interval.
USUAL_AUDIT, MIN_AUDITED = 400, 20


def audit_size(half_width: float, *, worst: bool = False) -> int:
    """Tell how many answered tasks earn a 95% interval of ± `half_width`.

    A rule of thumb of simulated logs, n = (55 / points)²; what an audit earned is told by its
    own interval.

    Parameters
    ----------
    half_width : float
        In shares (0–1): 0.03 for ±3 points.
    worst : bool
        For the category with the widest interval (73 in place of 55), not on average.

    Returns
    -------
    int

    Raises
    ------
    MeasureError
        If `half_width` is not between 0 and 1.

    Examples
    --------
    >>> audit_size(0.0275), audit_size(0.03), audit_size(0.03, worst=True)
    (400, 337, 593)
    """
    if not 0 < half_width < 1:
        raise MeasureError(
            f"half_width is {half_width}; give a share between 0 and 1, such as 0.03 for 3 points"
        )
    # 55 / 2.75 squared is 400 but for rounding.
    return math.ceil(((WORST if worst else AVERAGE) / (100 * half_width)) ** 2 - 1e-9)


def half_width(n: int, *, worst: bool = False) -> float:
    """Tell how wide an interval `n` answered tasks earn: its half, in shares (0–1).

    Raises
    ------
    MeasureError
        If `n` is less than 1.

    Examples
    --------
    >>> round(half_width(400), 4), round(half_width(400, worst=True), 4)
    (0.0275, 0.0365)
    """
    if n < 1:
        raise MeasureError(f"n is {n}; an interval takes at least one answered task")
    return (WORST if worst else AVERAGE) / 100 / math.sqrt(n)
