"""A condition's entry in the language that is spoken, and its figures with their units."""

from dataclasses import replace

from taskmix.language import number, tr
from taskmix.measures.markers import MARKERS, Marker
from taskmix.report.numberwords import amount, in_points, percent


def told(marker: str) -> Marker:
    """Say the entry of a condition in the language that is spoken."""
    return in_words(MARKERS[marker])


def in_words(fact: Marker) -> Marker:
    """Say an entry's texts in the language that is spoken; the unit ``share`` is none."""
    return replace(
        fact,
        title=tr(fact.title),
        formula=tr(fact.formula),
        unit=fact.unit if fact.unit == "share" else tr(fact.unit),
        of=tr(fact.of),
        verdict=tr(fact.verdict),
        caveat=tr(fact.caveat),
        minimum=tr(fact.minimum),
        beside=tr(fact.beside),
    )


def marker_value(value: float, marker: Marker) -> str:
    """Write a value with what it is of.

    Examples
    --------
    >>> marker_value(0.412, MARKERS["depth"]), marker_value(4.25, MARKERS["breadth"])
    ('41% of the hours on the clock', '4.2 kinds of work')
    """
    return f"{written(value, marker)} {marker.of}"


def size_of(size: float, fact: Marker) -> str:
    """Write a change's size with its unit."""
    if fact.unit == "share":
        return in_points(amount(100 * size, decimals=1))
    least = 0.01
    said = _number(size) if size >= least / 2 else amount(size, decimals=2)
    # A unit that is told with its range, as "distance, 0–1", is no noun to count with.
    return said if "," in fact.unit else f"{said} {fact.unit}"


def unit_of(fact: Marker) -> str:
    """Say the unit of a condition."""
    return tr("part of 1, as a percentage") if fact.unit == "share" else fact.unit


def written(value: float, fact: Marker) -> str:
    """Write a value without its unit."""
    return percent(value) if fact.unit == "share" else _number(value)


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 20 else 1 if abs(value) >= 1 else 2
    # What rounds to nothing has no sign.
    return number(round(value, digits) + 0.0, digits, grouped=False)
