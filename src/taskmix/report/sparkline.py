"""A line the size of a word: the way of one figure over the periods."""

import math
from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT, _EDGE = 120, 26, 3
#: The least height of the line's scale, as a part of its largest value.
_LEAST_SPAN = 0.25


def sparkline(values: Sequence[float | None], colour: str) -> Markup:
    """Return an inline SVG line; a missing value breaks it.

    Parameters
    ----------
    values : sequence of float or None
        Oldest first. None and NaN are missing.
    colour : str
        A key of ``taskmix.taxonomy.COLOURS``; the stylesheet gives the stroke.

    Returns
    -------
    Markup
        The SVG, hidden from assistive technology (the note beside it says the same in words);
        empty when no value is known.

    Examples
    --------
    >>> sparkline([None], "ai")
    Markup('')
    """
    numbers = [math.nan if value is None else float(value) for value in values]
    known = [number for number in numbers if not math.isnan(number)]
    if not known:
        return Markup("")
    low, high = min(known), max(known)
    # A change of little weight must not look like a leap.
    span = max(high - low, _LEAST_SPAN * max(abs(low), abs(high))) or 1.0
    middle = (low + high) / 2
    step = (_WIDTH - 2 * _EDGE) / max(len(numbers) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for i, value in enumerate(numbers):
        if math.isnan(value):
            runs.append([])
            continue
        level = 0.5 + (value - middle) / span
        y = _HEIGHT - _EDGE - level * (_HEIGHT - 2 * _EDGE)
        runs[-1].append((_EDGE + i * step, y))
    return Markup(
        '<svg class="tm-spark tm-line-{}" viewBox="0 0 {} {}" width="{}" height="{}" '
        'aria-hidden="true">{}</svg>'
    ).format(colour, _WIDTH, _HEIGHT, _WIDTH, _HEIGHT, _drawn(runs))


def _drawn(runs: list[list[tuple[float, float]]]) -> Markup:
    shapes = Markup("")
    for run in runs:
        if len(run) > 1:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            shapes += Markup('<polyline points="{}"></polyline>').format(points)
        elif run:
            shapes += _dot(run[0], 1.5)
    return shapes + _dot([run for run in runs if run][-1][-1], 2.5)


def _dot(point: tuple[float, float], radius: float) -> Markup:
    x, y = point
    return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}"></circle>').format(x, y, radius)
