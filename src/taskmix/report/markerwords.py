"""Sentences about the markers of meaningful work: what stands, what moved, what to read beside."""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import pandas as pd

from taskmix.measures import Scope
from taskmix.measures.markers import CATALOGUE, MARKERS, Marker
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.numberwords import amount, in_points, percent
from taskmix.report.words import when

#: Intervals of changes hold 95 of 100 times; of so many markers one would move by chance alone.
_ONE = NormalDist().inv_cdf(0.975)
_MOST_FINDINGS = 3


def marker_value(value: float, marker: Marker) -> str:
    """Write a value with what it is of.

    Examples
    --------
    >>> marker_value(0.412, MARKERS["depth"]), marker_value(4.25, MARKERS["breadth"])
    ('41% of the hours on the clock', '4.2 kinds of work')
    """
    return f"{_written(value, marker)} {marker.of}"


def marker_title(
    markers: pd.DataFrame, marker: str, *, scope: Scope, stale: Sequence[Stale] = ()
) -> str:
    """Title a marker's chart by its value, and by how it moved where that is more than chance.

    Parameters
    ----------
    markers : pandas.DataFrame
        As `taskmix.measures.markers.markers` makes it, of one group, suppressed.
    marker : str
        Its name.
    """
    fact, row = MARKERS[marker], _row(markers, marker, scope)
    if row is None or pd.isna(row.value):
        return f"{fact.title} cannot be told"
    stands = f"{fact.title}: {marker_value(row.value, fact)} in {when(scope)}"
    short = shortfall(scope, stale)
    if short:
        return f"{stands}; {short}"
    if _moved(row):
        return f"{stands}, {_change(row, fact)} than in {scope.before}"
    if pd.isna(row.change):
        return stands
    if pd.isna(row.change_low):
        change = f"{_change(row, fact)} than" if row.change else "the same as"
        return f"{stands}, {change} in {scope.before}, not audited"
    return f"{stands}, no clear change since {scope.before}"


def marker_takeaway(markers: pd.DataFrame, marker: str, *, scope: Scope) -> str:
    """Say a marker and its counterweight in one sentence, for who cannot see the chart."""
    pair = (marker, MARKERS[marker].counterweight)
    return " ".join(_stands(markers, name, scope) for name in pair)


def marker_note(marker: str) -> str:
    """Say what a marker stands on, its caveat, and why the other is beside it."""
    fact = MARKERS[marker]
    beside = MARKERS[fact.counterweight].title
    return f"Stands on: {fact.verdict}. {fact.caveat} Beside it {beside}: {fact.beside}."


def marker_findings(
    markers: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()
) -> list[tuple[str, str]]:
    """Say which conditions moved by more than chance would move any of so many.

    Returns
    -------
    list of (str, str)
        At most three, those that are clearest; one sentence where none is.
    """
    short = shortfall(scope, stale)
    if short:
        return [("Conditions", f"{short[:1].upper()}{short[1:]}, so that no condition is compared "
                 f"with {scope.before}.")]  # fmt: skip
    now = markers[markers["period"] == scope.period]
    known = now.dropna(subset=["change_low", "change_high"])
    if known.empty:
        return [("Conditions", f"No condition can be compared with {scope.before}: "
                 "not enough data in one of the two, or no interval is earned.")]  # fmt: skip
    clear = [row for row in known.itertuples() if _moved(row, of=len(known))]
    if not clear:
        return [("Conditions", f"None of {len(known)} conditions changed since {scope.before} by "
                 "more than one of so many does by chance.")]  # fmt: skip
    clear.sort(key=_clearness, reverse=True)
    return [(MARKERS[row.marker].title, _finding(row, markers, scope))
            for row in clear[:_MOST_FINDINGS]]  # fmt: skip


def marker_rows(markers: pd.DataFrame, *, scope: Scope) -> pd.DataFrame:
    """Lay the markers of the period out as a table for the page, each with what to read beside.

    Returns
    -------
    pandas.DataFrame
        One row a marker, as text: ``condition``, ``value``, ``interval`` (95%), ``stands_on``
        and ``read_beside``; what cannot be told says why.
    """
    rows = []
    for fact in CATALOGUE:
        row = _row(markers, fact.name, scope)
        if row is None:
            continue
        known = pd.notna(row.value)
        rows.append(
            {
                "condition": fact.title,
                "value": marker_value(row.value, fact) if known else _upper(row.why_not),
                "interval": _interval(row, fact) if known else "",
                "stands_on": fact.verdict,
                "read_beside": MARKERS[fact.counterweight].title,
            }
        )
    columns = ["condition", "value", "interval", "stands_on", "read_beside"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def marker_figures(markers: pd.DataFrame, *, scope: Scope) -> dict[str, dict[str, Any]]:
    """Return the period's markers as JSON values: value, interval, change, why there is none."""
    now = markers[markers["period"] == scope.period]
    numbers = ["value", "low", "high", "change", "change_low", "change_high"]
    return {
        str(row["marker"]): {
            **{name: None if pd.isna(row[name]) else float(row[name]) for name in numbers},
            "n_people": int(row["n_people"]),
            "why_not": None if pd.isna(row["why_not"]) else str(row["why_not"]),
        }
        for row in now.to_dict("records")
    }


def marker_glossary() -> list[tuple[str, str]]:
    """Explain each marker: its formula, unit and least data."""
    return [
        (fact.title, f"{_upper(fact.formula)}. Unit: {_unit(fact)}."
         + (f" Needs {fact.minimum}." if fact.minimum else ""))
        for fact in CATALOGUE
    ]  # fmt: skip


def marker_method(*, min_people: int, min_days: int = 20) -> str:
    """Say how the markers were made, and what they are not."""
    people = f"at least {min_people} people" if min_people > 1 else "one person"
    return (
        f"The conditions are of {people} with {min_days} logged days or more in the period. They "
        "are conditions, not meaning: no score is made of them, none has a target or a good end, "
        "and nobody is ranked. An interval says how far the figure would differ with other people "
        "like these (linearised by person, t); where it stands on the sorter’s categories there "
        "is none, since it would leave the sorter’s mistakes out. What is called a finding "
        "excludes ‘no change’ at 5% for all conditions together (Bonferroni)."
    )


def _finding(row: Any, markers: pd.DataFrame, scope: Scope) -> str:
    fact = MARKERS[row.marker]
    ends = sorted((abs(row.change_low), abs(row.change_high)))
    low, high = (_amount(end, fact) for end in ends)
    return (
        f"{_upper(marker_value(row.value, fact))}, {_change(row, fact)} than in {scope.before} "
        f"(95%: {low} to {high}). Read it beside {MARKERS[fact.counterweight].title.lower()}: "
        f"{fact.beside}. {_stands(markers, fact.counterweight, scope)}"
    )


def _moved(row: Any, *, of: int = 1) -> bool:
    """Tell whether 0 lies outside the interval of a change, widened for `of` of them."""
    if pd.isna(row.change_low):
        return False
    return abs(row.change) > _wider(of) * (row.change_high - row.change_low) / 2


def _wider(of: int) -> float:
    return NormalDist().inv_cdf(1 - 0.025 / of) / _ONE


def _clearness(row: Any) -> float:
    half = (row.change_high - row.change_low) / 2
    return float("inf") if half == 0 else float(abs(row.change) / half)


def _stands(markers: pd.DataFrame, marker: str, scope: Scope) -> str:
    fact, row = MARKERS[marker], _row(markers, marker, scope)
    if row is None:
        return f"{fact.title} is not known."
    if pd.isna(row.value):
        return f"{fact.title}: {row.why_not}."
    return f"{fact.title}: {marker_value(row.value, fact)}."


def _change(row: Any, fact: Marker) -> str:
    return f"{_amount(abs(row.change), fact)} {'more' if row.change > 0 else 'less'}"


def _amount(size: float, fact: Marker) -> str:
    if fact.unit == "share":
        return in_points(amount(100 * size, decimals=1))
    least = 0.01
    number = _number(size) if size >= least / 2 else amount(size, decimals=2)
    # A unit that is told with its range, as "distance, 0–1", is no noun to count with.
    return number if "," in fact.unit else f"{number} {fact.unit}"


def _unit(fact: Marker) -> str:
    return "part of 1, as a percentage" if fact.unit == "share" else fact.unit


def _written(value: float, fact: Marker) -> str:
    return percent(value) if fact.unit == "share" else _number(value)


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 20 else 1 if abs(value) >= 1 else 2
    # What rounds to nothing has no sign.
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _interval(row: Any, fact: Marker) -> str:
    if pd.isna(row.low):
        return "none is earned"
    low, high = _written(row.low, fact), _written(row.high, fact)
    return low if low == high else f"{low} to {high}"


def _row(markers: pd.DataFrame, marker: str, scope: Scope) -> Any:
    rows = markers[(markers["period"] == scope.period) & (markers["marker"] == marker)]
    return next(rows.itertuples(), None)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
