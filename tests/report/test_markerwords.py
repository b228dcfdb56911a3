"""What the page says of a condition follows from its figures, and no more than they earn."""

import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.measures.markers import CATALOGUE
from taskmix.report.markerwords import (
    marker_figures,
    marker_findings,
    marker_glossary,
    marker_method,
    marker_note,
    marker_rows,
    marker_takeaway,
    marker_title,
)

DAY = pd.Timestamp
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"),
              today=DAY("2026-11-01"), data_through=DAY("2026-09-30"))  # fmt: skip
SO_FAR = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"),
               today=DAY("2026-09-01"), data_through=DAY("2026-08-31"))  # fmt: skip
NONE = float("nan")


def table(**markers):
    """One row a marker of the period: value, low, high, change, change_low, change_high."""
    columns = ["value", "low", "high", "change", "change_low", "change_high"]
    rows = [
        {"period": "2026-Q3", "marker": name, **dict(zip(columns, figures, strict=False)),
         "n_people": 12, "n_days": 300, "why_not": None}
        for name, figures in markers.items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows).reindex(
        columns=["period", "marker", *columns, "n_people", "n_days", "why_not"]
    )
    return frame.astype(dict.fromkeys(columns, "float64") | {"why_not": "str"})


def hidden(frame, marker, why):
    figures = ["value", "low", "high", "change", "change_low", "change_high"]
    mine = frame["marker"] == marker
    return frame.assign(
        why_not=frame["why_not"].mask(mine, why),
        **{name: frame[name].mask(mine) for name in figures},
    )


def test_a_title_says_a_change_only_where_its_interval_excludes_none():
    sure = table(depth=(0.41, 0.38, 0.44, -0.05, -0.08, -0.02))
    assert marker_title(sure, "depth", scope=SCOPE) == (
        "Depth: 41% of the hours on the clock in 2026-Q3, 5 points less than in 2026-Q2"
    )
    unsure = table(depth=(0.41, 0.38, 0.44, -0.05, -0.12, 0.02))
    assert marker_title(unsure, "depth", scope=SCOPE).endswith("no clear change since 2026-Q2")
    first = table(depth=(0.41, 0.38, 0.44, NONE, NONE, NONE))
    assert marker_title(first, "depth", scope=SCOPE) == (
        "Depth: 41% of the hours on the clock in 2026-Q3"
    )


def test_a_title_without_an_interval_says_that_it_is_not_audited():
    frame = table(decision=(0.23, NONE, NONE, 0.021, NONE, NONE))
    assert marker_title(frame, "decision", scope=SCOPE) == (
        "Decision: 23% of the hours in 2026-Q3, 2.1 points more than in 2026-Q2, not audited"
    )


def test_a_period_that_goes_on_is_not_compared():
    sure = table(depth=(0.41, 0.38, 0.44, -0.05, -0.08, -0.02))
    assert marker_title(sure, "depth", scope=SO_FAR) == (
        "Depth: 41% of the hours on the clock in 2026-Q3 so far; 2026-Q3 is not complete"
    )
    assert marker_findings(sure, scope=SO_FAR) == [
        ("Conditions", "2026-Q3 is not complete, so that no condition is compared with 2026-Q2.")
    ]


def test_what_cannot_be_told_says_why():
    frame = hidden(table(exploration=(1,), depth=(0.4, 0.3, 0.5)), "exploration",
                   "not enough data: has 3 months, needs 6")  # fmt: skip
    assert marker_title(frame, "exploration", scope=SCOPE) == "Exploration cannot be told"
    assert marker_takeaway(frame, "exploration", scope=SCOPE) == (
        "Exploration: not enough data: has 3 months, needs 6. Depth: 40% of the hours on the clock."
    )
    rows = marker_rows(frame, scope=SCOPE).set_index("condition")
    assert rows.loc["Exploration", "value"] == "Not enough data: has 3 months, needs 6"
    assert rows.loc["Depth", ["value", "interval", "stands_on", "read_beside"]].tolist() == [
        "40% of the hours on the clock", "30% to 50%", "fair", "Collaborators",
    ]  # fmt: skip


def test_a_finding_has_its_interval_and_its_counterweight():
    frame = table(depth=(0.41, 0.38, 0.44, 0.06, 0.03, 0.09),
                  collaborators=(4.24, 4.0, 4.5, -0.1, -0.5, 0.3))  # fmt: skip
    assert marker_findings(frame, scope=SCOPE) == [
        ("Depth",
         "41% of the hours on the clock, 6 points more than in 2026-Q2 (95%: 3 points to 9 "
         "points). Read it beside collaborators: long blocks can be had by being out of reach. "
         "Collaborators: 4.2 people in five days."),
    ]  # fmt: skip


def test_one_of_many_conditions_must_move_further_to_be_a_finding():
    close = (0.41, 0.38, 0.44, 0.032, 0.002, 0.062)
    assert len(marker_findings(table(depth=close), scope=SCOPE)) == 1
    still = (0.5, 0.4, 0.6, 0.0, -0.1, 0.1)
    others = {m.name: still for m in CATALOGUE if m.name != "depth"}
    assert marker_findings(table(depth=close, **others), scope=SCOPE) == [
        ("Conditions", f"None of {len(CATALOGUE)} conditions changed since 2026-Q2 by more than "
         "one of so many does by chance.")
    ]  # fmt: skip


def test_at_most_three_findings_the_clearest_first():
    moves = {m.name: (0.5, 0.4, 0.6, size, size - 0.01, size + 0.01)
             for m, size in zip(CATALOGUE[:5], (0.1, 0.5, 0.2, 0.4, 0.3), strict=True)}  # fmt: skip
    found = [title for title, _ in marker_findings(table(**moves), scope=SCOPE)]
    assert found == [CATALOGUE[n].title for n in (1, 3, 4)]


def test_without_a_comparison_there_is_no_finding():
    frame = table(depth=(0.41, 0.38, 0.44, NONE, NONE, NONE))
    assert marker_findings(frame, scope=SCOPE)[0][1].startswith(
        "No condition can be compared with 2026-Q2"
    )


def test_figures_are_json_values():
    frame = hidden(table(depth=(0.4, 0.3, 0.5, NONE, NONE, NONE), weekend=(0.1,)), "weekend", "few")
    assert marker_figures(frame, scope=SCOPE) == {
        "depth": {"value": 0.4, "low": 0.3, "high": 0.5, "change": None, "change_low": None,
                  "change_high": None, "n_people": 12, "why_not": None},
        "weekend": {"value": None, "low": None, "high": None, "change": None, "change_low": None,
                    "change_high": None, "n_people": 12, "why_not": "few"},
    }  # fmt: skip


def test_numbers_are_written_in_their_unit():
    frame = table(start_spread=(24.4, 20.1, 28.0), fragmentation=(0.284, 0.25, 0.3))
    rows = marker_rows(frame, scope=SCOPE).set_index("condition")
    assert rows["value"].to_dict() == {
        "Fragmentation": "0.28 changes of project an hour",
        "Spread of the day’s start": "24 minutes",
    }  # fmt: skip


@pytest.mark.parametrize("marker", CATALOGUE, ids=lambda marker: marker.name)
def test_each_marker_is_explained_with_its_caveat_and_counterweight(marker):
    note = marker_note(marker.name)
    assert marker.verdict in note
    assert marker.caveat in note
    assert marker.beside in note
    terms = dict(marker_glossary())
    assert terms[marker.title].endswith(".")
    assert not any(text.endswith("..") for text in terms.values())


def test_the_method_says_what_markers_are_not():
    said = marker_method(min_people=10)
    assert "at least 10 people with 20 logged days" in said
    assert "no score" in said
    assert "one person" in marker_method(min_people=1)
