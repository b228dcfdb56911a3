"""Sentences about the markers of meaningful work: what stands, what moved, what to read beside."""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import pandas as pd

from taskmix.language import capital, tr
from taskmix.measures import Scope
from taskmix.measures.markers import CATALOGUE, MARKERS, Marker
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.markervalues import in_words, marker_value, size_of, told, unit_of, written
from taskmix.report.words import when

#: Intervals of changes hold 95 of 100 times; of so many markers one would move by chance alone.
_ONE = NormalDist().inv_cdf(0.975)
_MOST_FINDINGS = 3


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
    fact, row = told(marker), _row(markers, marker, scope)
    if row is None or pd.isna(row.value):
        return tr("{title} cannot be told", title=fact.title)
    stands = tr(
        "{title}: {value} in {period}",
        title=fact.title,
        value=marker_value(row.value, fact),
        period=when(scope),
    )
    short = shortfall(scope, stale)
    if short:
        return f"{stands}; {short}"
    if _moved(row):
        return tr(
            "{stands}, {change} than in {before}",
            stands=stands,
            change=_change(row, fact),
            before=scope.before,
        )
    return _unmoved(row, fact, scope, stands)


def _unmoved(row: Any, fact: Marker, scope: Scope, stands: str) -> str:
    if pd.isna(row.change):
        return stands
    values = {"stands": stands, "before": scope.before}
    if not pd.isna(row.change_low):
        return tr("{stands}, no clear change since {before}", **values)
    if not row.change:
        return tr("{stands}, the same as in {before}, not audited", **values)
    change = _change(row, fact)
    return tr("{stands}, {change} than in {before}, not audited", change=change, **values)


def marker_takeaway(markers: pd.DataFrame, marker: str, *, scope: Scope) -> str:
    """Say a marker and its counterweight in one sentence, for who cannot see the chart."""
    pair = (marker, MARKERS[marker].counterweight)
    return " ".join(_stands(markers, name, scope) for name in pair)


def marker_note(marker: str) -> str:
    """Say what a marker stands on, its caveat, and why the other is beside it."""
    fact = told(marker)
    return tr(
        "Stands on: {verdict}. {caveat} Beside it {other}: {beside}.",
        verdict=fact.verdict,
        caveat=fact.caveat,
        other=told(fact.counterweight).title,
        beside=fact.beside,
    )


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
        return [(tr("Conditions"), tr(
            "{short}, so that no condition is compared with {before}.",
            short=capital(short), before=scope.before,
        ))]  # fmt: skip
    now = markers[markers["period"] == scope.period]
    known = now.dropna(subset=["change_low", "change_high"])
    if known.empty:
        return [(tr("Conditions"), tr(
            "No condition can be compared with {before}: not enough data in one of the two, "
            "or no interval is earned.",
            before=scope.before,
        ))]  # fmt: skip
    clear = [row for row in known.itertuples() if _moved(row, of=len(known))]
    if not clear:
        return [(tr("Conditions"), tr(
            "None of {n} conditions changed since {before} by more than one of so many "
            "does by chance.",
            n=len(known), before=scope.before,
        ))]  # fmt: skip
    clear.sort(key=_clearness, reverse=True)
    return [(told(row.marker).title, _finding(row, markers, scope))
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
    for fact in map(in_words, CATALOGUE):
        row = _row(markers, fact.name, scope)
        if row is None:
            continue
        known = pd.notna(row.value)
        rows.append(
            {
                "condition": fact.title,
                "value": marker_value(row.value, fact) if known else capital(row.why_not),
                "interval": _interval(row, fact) if known else "",
                "stands_on": fact.verdict,
                "read_beside": told(fact.counterweight).title,
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
            "n_people": None if pd.isna(row["n_people"]) else int(row["n_people"]),
            "why_not": None if pd.isna(row["why_not"]) else str(row["why_not"]),
        }
        for row in now.to_dict("records")
    }


def marker_glossary() -> list[tuple[str, str]]:
    """Explain each marker: its formula, unit and least data."""
    return [
        (fact.title,
         tr("{formula}. Unit: {unit}.", formula=capital(fact.formula), unit=unit_of(fact))
         + (tr(" Needs {minimum}.", minimum=fact.minimum) if fact.minimum else ""))
        for fact in map(in_words, CATALOGUE)
    ]  # fmt: skip


def marker_method(*, min_people: int, min_days: int = 20) -> str:
    """Say how the markers were made, and what they are not."""
    people = tr("at least {n} people", n=min_people) if min_people > 1 else tr("one person")
    return tr(
        "The conditions are of {people} with {min_days} logged days or more in the "
        "period. They are conditions, not meaning: no score is made of them, none has a "
        "target or a good end, and nobody is ranked. An interval says how far the figure "
        "would differ with other people like these (linearised by person, t); where it "
        "stands on the sorter’s categories there is none, since it would leave the "
        "sorter’s mistakes out. What is called a finding excludes ‘no change’ at 5% for "
        "all conditions together (Bonferroni).",
        people=people,
        min_days=min_days,
    )


def _finding(row: Any, markers: pd.DataFrame, scope: Scope) -> str:
    fact = told(row.marker)
    ends = sorted((abs(row.change_low), abs(row.change_high)))
    low, high = (size_of(end, fact) for end in ends)
    return tr(
        "{value}, {change} than in {before} (95%: {low} to {high}). Read it beside {other}: "
        "{beside}. {stands}",
        value=capital(marker_value(row.value, fact)),
        change=_change(row, fact),
        before=scope.before,
        low=low,
        high=high,
        other=tr(MARKERS[fact.counterweight].title.lower()),
        beside=fact.beside,
        stands=_stands(markers, fact.counterweight, scope),
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
    fact, row = told(marker), _row(markers, marker, scope)
    if row is None:
        return tr("{title} is not known.", title=fact.title)
    if pd.isna(row.value):
        return f"{fact.title}: {row.why_not}."
    return f"{fact.title}: {marker_value(row.value, fact)}."


def _change(row: Any, fact: Marker) -> str:
    size = size_of(abs(row.change), fact)
    return tr("{size} more", size=size) if row.change > 0 else tr("{size} less", size=size)


def _interval(row: Any, fact: Marker) -> str:
    if pd.isna(row.low):
        return tr("none is earned")
    low, high = written(row.low, fact), written(row.high, fact)
    return low if low == high else tr("{low} to {high}", low=low, high=high)


def _row(markers: pd.DataFrame, marker: str, scope: Scope) -> Any:
    rows = markers[(markers["period"] == scope.period) & (markers["marker"] == marker)]
    return next(rows.itertuples(), None)
