"""No colour stands alone: every figure that a test of this folder draws is held to it."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest

from taskmix.charts import dress

#: What a mark shows beside its colour, and what Plotly draws where nothing is said.
PLAIN = {"dash": "solid", "symbol": "circle", "pattern": "", "outline": 0}


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[go.Figure]]:
    """Every figure that a test makes, as it is in the end; held to the rule after the test."""
    made: list[go.Figure] = []
    localised = dress.localised

    def kept(figure: go.Figure) -> go.Figure:
        made.append(figure)
        return localised(figure)

    monkeypatch.setattr(dress, "localised", kept)
    yield made
    assert [problem for figure in made for problem in told_by_colour_alone(figure)] == []


@pytest.fixture(scope="session")
def colour_alone():
    return told_by_colour_alone


def told_by_colour_alone(figure: go.Figure) -> list[str]:
    """Find what a colour tells that no label, shape, dash, pattern, line, word or place tells."""
    whole = figure.to_plotly_json()
    traces = [trace for trace in whole["data"] if is_drawn(trace)]
    notes = whole["layout"].get("annotations", ())
    within = [f"within {of(trace)}" for trace in traces if differs_within(trace, notes)]
    return within + [
        f"between {of(one)} and {of(other)}"
        for one, other in combinations(traces, 2)
        if looks_alike(one, other) and not is_told_apart(one, other, whole["layout"])
    ]


def of(trace: dict[str, Any]) -> str:
    return repr(trace.get("name") or trace["type"])


def is_drawn(trace: dict[str, Any]) -> bool:
    if trace["type"] == "heatmap":
        return True
    ends = zip(listed(trace.get("x"), 1), listed(trace.get("y"), 1), strict=False)
    drawn = any(x is not None and y is not None for x, y in ends)
    return drawn and (trace.get("mode") or "lines") != "none"


def listed(value: Any, n: int) -> list[Any]:
    """A value of each mark: one that is given for all of them stands for each."""
    many = isinstance(value, Iterable) and not isinstance(value, str)
    return list(value) if many else [value] * n


def looks(trace: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Each mark's colours, and what it shows beside them."""
    marker, line = trace.get("marker") or {}, trace.get("line") or {}
    mode = trace.get("mode", "")
    n = max(len(listed(trace.get(axis), 1)) for axis in "xy")
    own = "markers" in mode or trace["type"] == "bar"
    colours = listed(marker.get("color") if own else line.get("color"), n)
    shapes = zip(
        [mode] * n,
        [line.get("dash") or PLAIN["dash"] if "lines" in mode else ""] * n,
        listed(marker.get("symbol") or PLAIN["symbol"] if own else "", n),
        listed((marker.get("pattern") or {}).get("shape") or PLAIN["pattern"], n),
        listed((marker.get("line") or {}).get("width") or PLAIN["outline"] if own else 0, n),
        strict=False,
    )
    return colours, list(shapes)


def differs_within(trace: dict[str, Any], notes: Iterable[dict[str, Any]]) -> bool:
    """Tell whether one trace's colours say more than its marks' own names, shapes and words."""
    if trace["type"] == "heatmap":
        rows = zip(trace["y"], trace["z"], strict=True)
        cells = {(x, y) for y, row in rows for x, value in zip(trace["x"], row, strict=True)
                 if value is not None}  # fmt: skip
        written = {(note.get("x"), note.get("y")) for note in notes if note.get("text")}
        return not (cells <= written or is_one_hue(trace.get("colorscale")))
    colours, shapes = looks(trace)
    n = len(colours)
    if len(set(colours)) < 2:
        return False
    texts = [str(text) for text in listed(trace.get("text"), n)] if trace.get("text") else []
    places = max((listed(trace.get(axis), n) for axis in "xy"), key=is_named)
    for told in (texts, shapes, places if is_named(places) else []):
        # Whoever sees only these can say of any two marks whether their colours are the same.
        if len(told) == n and len(set(zip(told, colours, strict=True))) == len(set(told)) == len(
            set(colours)
        ):
            return False
    return True


def is_one_hue(scale: Any) -> bool:
    """Tell whether a scale is one colour that grows stronger: it is read as light and dark."""
    if not isinstance(scale, Iterable) or isinstance(scale, str):
        return False
    strengths = [int(hue[7:] or "ff", 16) for _, hue in scale]
    return len({hue[:7] for _, hue in scale}) == 1 and strengths == sorted(set(strengths))


def is_named(places: list[Any]) -> bool:
    return bool(places) and all(isinstance(place, str) for place in places)


def looks_alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two traces have different colours and nothing else that differs."""
    (colours, shapes), (others, other_shapes) = looks(one), looks(other)
    return (
        one["type"] == other["type"]
        and set(colours).isdisjoint(others)
        and bool(set(shapes) & set(other_shapes))
    )


def is_told_apart(one: dict[str, Any], other: dict[str, Any], layout: dict[str, Any]) -> bool:
    """Tell whether two traces have names at their marks, or lie in an order that a key tells."""
    axes = [(trace.get("xaxis", "x"), trace.get("yaxis", "y")) for trace in (one, other)]
    if axes[0] != axes[1]:
        return True
    for axis in "xy":
        places = [listed(trace.get(axis), 1) for trace in (one, other)]
        if all(map(is_named, places)) and set(places[0]).isdisjoint(places[1]):
            return True
    names = [trace.get("name") for trace in (one, other)]
    said = " ".join(str(note.get("text")) for note in layout.get("annotations", ()))
    if all(names) and all(str(name) in said for name in names):
        return True
    if all(trace.get("text") is not None for trace in (one, other)):
        return True
    # Bars lie in the order of the key, on one another or beside one another.
    keyed = layout.get("showlegend") and all(names)
    return bool(keyed) and one["type"] == "bar"
