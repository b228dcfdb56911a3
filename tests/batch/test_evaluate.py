"""The log is evaluated on the tags that may train, and nothing is written."""

import html
import math
import shutil

import numpy as np
import pandas as pd
import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.analyst import QUALITY_NOTEBOOK, make_analyst_page
from taskmix.batch.evaluate import evaluate_sorter
from taskmix.batch.queue import draw_sheet, load_sheet
from taskmix.errors import SortingError
from taskmix.ingest import ingest
from taskmix.settings import load_settings
from taskmix.sorting.evaluation import ALL_TASKS

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("evaluate")

MAPPING = """
[mapping.tracker]
files = ["*.csv"]
[mapping.tracker.columns]
person = "Employee"
title = "Task"
project = "Project"
started_at = "Day"
hours = "Hours"
tag = "Kind"
performer = "Who"
"""
WORDS = {
    "execution": ["Enter receipts", "Update records", "Post invoices"],
    "judgment": ["Review contract", "Approve budget", "Decide on vendor"],
    "creative": ["Draft campaign", "Design logo", "Write story"],
    "connective": ["Team stand-up", "Call with client", "Mentor junior"],
}


def rows() -> list[str]:
    """Three hundred tasks of twelve people in 2026-Q3, two in three of them tagged."""
    rng = np.random.default_rng(3)
    made = []
    for n in range(300):
        category = rng.choice(list(WORDS))
        day = pd.Timestamp("2026-07-01") + pd.Timedelta(days=n % 85)
        tag = category if rng.random() < 0.66 else ""
        who = "ai" if n % 10 == 0 else "both" if n % 10 == 1 else "human"
        title = f"{rng.choice(WORDS[category])} {n % 37}"
        made.append(f"p{n % 12},{title},Site,{day:%Y-%m-%d},{1 + n % 4},{tag},{who}")
    return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluate") / "atlas {ö}"
    settings = init_workspace(folder, name="Atlas", tables=MAPPING)
    half = settings.counting.model_copy(update={"both_human_share": 0.5})
    settings = settings.model_copy(update={"counting": half})
    header = "Employee,Task,Project,Day,Hours,Kind,Who"
    (settings.raw / "log.csv").write_text("\n".join([header, *rows()]) + "\n")
    assert ingest(settings).counts.quarantined == 0
    sort_log(settings)
    return settings


def held(settings) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in settings.project.rglob("*") if p.is_file()}


def test_an_empty_log_asks_for_an_ingest(tmp_path):
    settings = init_workspace(tmp_path / "empty", name="Nobody")
    with pytest.raises(SortingError, match=r"holds no tasks yet; run `taskmix ingest` first"):
        evaluate_sorter(settings)


@pytest.fixture(scope="module")
def found(workspace):
    before = held(workspace)
    said = []
    found = evaluate_sorter(workspace, n_origins=2, progress=said.append)
    assert held(workspace) == before
    assert said[0] == "reading the log"
    assert said[-1] == "scoring"
    return found


def test_tasks_weigh_their_human_hours(found):
    rows = found.rows[~found.rows["of_new_people"]].copy()
    # the log's hours are 1 + n % 4 of entry n, whose number is in no column: by performer
    weights = set(rows["human_hours"])
    assert 0.0 in weights  # an AI's
    assert {0.5, 1.0, 1.5, 2.0} & weights  # half of what was done together
    assert rows["human_hours"].max() == 4.0
    assert found.n_tested == len(rows)


def test_thresholds_are_those_of_the_model_that_sorts(workspace):
    card = sort_log(workspace).card
    kept = {row["category"]: row["threshold"] for row in card.thresholds}
    found = evaluate_sorter(workspace)
    for row in found.labels.to_dict("records"):
        if not math.isnan(row["threshold"]):
            assert kept[row["category"]] == (
                None if math.isinf(row["threshold"]) else row["threshold"]
            )
    assert found.target == workspace.sorting.precision


@pytest.fixture(scope="module")
def page(workspace):
    return make_analyst_page(workspace, notebook=QUALITY_NOTEBOOK, period="2026-Q3")


def test_the_page_says_the_verdict_and_leaves_the_figures(page):
    facts = page.facts
    text = page.html.read_text()
    assert html.escape(facts["verdict"]) in text
    assert facts["n_test"] > 100
    assert facts["beats"]["majority"] is True
    assert (facts["audited"], facts["n_people"]) == (False, 12)
    assert facts["tasks"]["tagged"] > facts["n_test"]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1180])
def test_every_chart_of_the_evaluation_is_drawn_and_readable(page, visit, probes, scheme, width):
    seen = visit(page.html.as_uri(), width=width, color_scheme=scheme)
    states = seen.page.evaluate(probes.states)
    # beside the three of the sorting itself: rules, confusion, calibration, coverage, learning,
    # scores over time and new words
    assert len(states) >= 9
    assert set(states) == {"drawn"}
    assert seen.complaints == []
    assert not seen.page.evaluate(probes.sideways)
    assert seen.page.evaluate(probes.small_texts) == []


def test_an_audits_answers_are_held_back_from_training_and_tell_of_drift(
    workspace, found, tmp_path
):
    own = load_settings(shutil.copytree(workspace.project, tmp_path / "copy"))
    assert found.audit_remark == "no audit was drawn: `taskmix queue draw` does it"
    drawn = draw_sheet(own, period="2026-Q3", n=60)
    assert "the newest audit has answers of 0 people to 0 tasks" in (
        evaluate_sorter(own, n_origins=1).audit_remark
    )
    sheet = pd.read_csv(drawn.sheet, dtype="str", keep_default_na=False)
    sheet.assign(tag="judgment").to_csv(drawn.sheet, index=False)
    load_sheet(own, drawn.sheet)
    told = evaluate_sorter(own, n_origins=2)
    audit = told.audit.set_index("category")
    # everybody said judgment; the tasks that were tagged already tell nothing of the sorter
    assert audit["audited"].to_dict() == pytest.approx(
        {"execution": 0, "judgment": 1, "creative": 0, "connective": 0}
    )
    assert audit["n_tasks"].iloc[0] == drawn.counts["audit"] < 60
    assert audit.loc["judgment", "alarm"]
    assert "judgment by" in told.verdict
    # what the audit said trains nothing yet; only what was chosen to learn from does
    learned = sheet["task_id"].nunique() - drawn.counts["audit"] - drawn.counts["relabel"]
    assert told.n_tagged - found.n_tagged <= learned
    assert told.methods["view"].eq(ALL_TASKS).any()
