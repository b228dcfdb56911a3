"""Charts of the sorting draw the shares they are given, unsure in its own grey."""

import pandas as pd

from taskmix import charts
from taskmix.taxonomy import COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so."}
BASES = ["tagged", "sorted", "unsure"]


def effort(*groups, by="period"):
    rows = [
        (group, basis, n, float(n), n / 10, share)
        for group, parts in groups
        for basis, n, share in zip(BASES, (1, 7, 2), parts, strict=True)
    ]
    columns = [by, "basis", "n_tasks", "hours", "share_of_tasks", "share_of_hours"]
    return pd.DataFrame(rows, columns=columns)


def test_each_basis_is_a_part_of_the_hours_over_the_periods():
    table = effort(("2026-Q2", (0.1, 0.7, 0.2)), ("2026-Q3", (None, None, None)))
    figure = charts.effort_by_basis(table, **WORDS)
    assert {trace.name: list(trace.y) for trace in figure.data} == {
        "tagged": [0.1, None], "sorted": [0.7, None], "unsure": [0.2, None]}  # fmt: skip
    assert figure.data[2].marker.color == COLOURS["unsure"][0]
    assert len(figure.layout.meta["taskmix"]["rows"]) == 6


def test_teams_are_compared_and_one_team_is_nothing_to_compare():
    table = effort(("<b>red</b>", (0.1, 0.7, 0.2)), ("blue", (0.5, 0.0, 0.5)), by="team")
    figure = charts.effort_by_team(table, **WORDS, base="2026-Q3")
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;red&lt;/b&gt;", "blue")
    assert list(figure.data[2].x) == [0.2, 0.5]
    assert charts.effort_by_team(table[:3], **WORDS, base="2026-Q3") is None


def test_steps_of_certainty_stand_on_their_lower_end():
    steps = pd.DataFrame(
        {"at_least": [0.25, 0.25, 0.6, 0.6], "sure": [False, True] * 2, "n_tasks": [5, 0, 0, 9],
         "share": [0.3, 0, 0, 0.7]}
    )  # fmt: skip
    figure = charts.certainty(steps, **WORDS, base="2026-Q3")
    assert list(figure.data[0].x) == ["25%", "60%"]
    assert [list(trace.y) for trace in figure.data] == [[5, 0], [0, 9]]
