"""The page in docs/ says of each marker what the catalogue says."""

from pathlib import Path

import pytest

from taskmix.measures.markers import CATALOGUE, MARKERS

PAGE = Path(__file__).parents[3] / "docs" / "meaningful-work.md"


@pytest.mark.parametrize("marker", CATALOGUE, ids=lambda marker: marker.name)
def test_the_docs_have_its_formula_verdict_counterweight_and_least_data(marker):
    lines = PAGE.read_text("utf-8").splitlines()
    beside = MARKERS[marker.counterweight].title
    unit = "0–1" if marker.unit == "share" else marker.unit
    row = f"| {marker.title} | {marker.formula} | {unit} | {marker.verdict} | {beside} |"
    assert row in lines
    assert not marker.minimum or f"- **{marker.title}**: {marker.minimum}." in lines
