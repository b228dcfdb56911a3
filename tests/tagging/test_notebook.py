"""The tagging notebook under stock papermill: it runs to its end, and tags nothing."""

import json

import papermill
import pytest

from taskmix.batch.queue import draw_sheet, save_tags
from taskmix.report import read_result
from taskmix.store import read_table

pytestmark = pytest.mark.xdist_group("tagging")


def test_it_runs_to_its_end_and_leaves_how_far_the_tagger_has_come(own, hostile, tmp_path):
    drawn = draw_sheet(own, period="2026-Q3", n=8)
    rows = read_table(own.processed, "draws").head(2).assign(category="creative")
    save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana")
    before = read_table(own.processed, "tags")
    executed = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(own.project / "notebooks" / "tagging.ipynb"), str(executed),
        parameters={"period": "2026-Q3", "n": 8, "tagger": "Ana"},
        cwd=str(own.project / "notebooks"), progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    facts = read_result(executed)
    assert facts["notebook"] == "tagging"
    assert facts["publishable"] is False
    assert (facts["draw_id"], facts["n_drawn"]) == (drawn.draw_id, 12)
    assert (facts["n_answered"], facts["n_left"]) == (2, 10)
    assert facts["headline"] == "2 of 12 tasks of 2026-Q3 are tagged, 10 are left."
    assert len(read_table(own.processed, "draws")) == 12
    assert read_table(own.processed, "tags").equals(before)
    # papermill keeps the widgets' state in the notebook.
    text = executed.read_text("utf-8")
    assert "tm-tagging" in json.dumps(json.loads(text)["metadata"]["widgets"])
    for title in (*hostile, "Review contract"):
        assert json.dumps(title, ensure_ascii=False)[1:-1] not in text
