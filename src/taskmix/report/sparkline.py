"""A line the size of a word: the way of one figure over the periods."""

from collections.abc import Sequence

from markupsafe import Markup

_WIDTH, _HEIGHT, _EDGE = 120, 26, 3


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
    known = [v for v in values if v is not None and v == v]
    if not known:
        return Markup("")
    low, high = min(known), max(known)
    step = (_WIDTH - 2 * _EDGE) / max(len(values) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for i, value in enumerate(values):
        if value is None or value != value:
            runs.append([])
            continue
        level = (value - low) / (high - low) if high > low else 0.5
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
    x, y = [run for run in runs if run][-1][-1]
    return shapes + Markup('<circle cx="{:.1f}" cy="{:.1f}" r="2.5"></circle>').format(x, y)
