"""The audit of a workspace reaches the estimator as it was drawn, whatever was said since."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from taskmix.batch import init_workspace, make_report, sort_log
from taskmix.batch.audited import read_audits
from taskmix.batch.queue import draw_sheet, load_sheet
from taskmix.disclosure import plan_for
from taskmix.ingest import ingest
from taskmix.measures import choose_scope, rollup
from taskmix.measures.estimation import CHANCES, EXPECTED
from taskmix.settings import load_settings
from taskmix.store import open_log, read_table
from taskmix.taxonomy import CATEGORIES

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("audited")

HEADER = "Employee,Team,Task,Day,Hours,Kind"
MAPPING = """
[mapping.tracker]
files = ["*.csv"]
[mapping.tracker.columns]
person = "Employee"
team = "Team"
title = "Task"
started_at = "Day"
hours = "Hours"
tag = "Kind"
"""
WORDS = {
    "execution": ["Enter receipts", "Update records", "Follow up"],
    "judgment": ["Review contract", "Approve budget", "Follow up"],
    "creative": ["Draft campaign", "Design logo", "Follow up"],
    "connective": ["Team stand-up", "Call with client", "Follow up"],
}


def rows() -> list[tuple[str, str]]:
    """Six hundred tasks of two quarters by 24 people, a quarter of them tagged, with the truth."""
    rng = np.random.default_rng(4)
    made = []
    for n in range(600):
        category = rng.choice(list(WORDS), p=[0.5, 0.2, 0.1, 0.2])
        day = pd.Timestamp("2026-04-01") + pd.Timedelta(days=int(rng.integers(0, 180)))
        title, tag = f"{rng.choice(WORDS[category])} {n}", category if rng.random() < 0.25 else ""
        hours = max(0.25, round(float(rng.lognormal(0, 0.7)), 2))
        team = "blue" if n % 24 < 12 else "red"
        made.append((f"p{n % 24},{team},{title},{day:%Y-%m-%d},{hours},{tag}", category))
    return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace whose third quarter is audited, and all but a few tasks of it answered."""
    settings = init_workspace(tmp_path_factory.mktemp("audited") / "w", tables=MAPPING)
    made = rows()
    (settings.raw / "log.csv").write_text("\n".join([HEADER, *(row for row, _ in made)]) + "\n")
    assert ingest(settings).counts.quarantined == 0
    sort_log(settings)
    drawn = draw_sheet(settings, period="2026-Q3", n=120)
    truth = {row.split(",")[2]: category for row, category in made}
    sheet = pd.read_csv(drawn.sheet, dtype="str", keep_default_na=False)
    sheet["tag"] = sheet["title"].map(truth)
    sheet.loc[sheet.index[:9], "tag"] = ""
    sheet.to_csv(drawn.sheet, index=False)
    before = audits_of(settings)
    load_sheet(settings, drawn.sheet)
    sort_log(settings)
    return settings, before


def audits_of(settings, *, team="", period="2026-Q3"):
    log = open_log(settings.processed)
    scope = choose_scope(log, period=period, team=team, today=pd.Timestamp("2026-10-05"))
    return read_audits(log, scope=scope, plan=plan_for(log, scope, settings), settings=settings)


@pytest.fixture(scope="module")
def audits(workspace):
    return audits_of(workspace[0])


def test_the_drawn_tasks_come_with_their_chance_answer_and_prediction(workspace, audits):
    draws = read_table(workspace[0].processed, "draws")
    audit = draws[draws["kind"].isin(["audit", "relabel"])]
    assert len(audits.drawn) == len(audit) == 120
    assert sorted(audits.drawn["pi"]) == sorted(audit["pi"])
    assert audits.drawn["period"].unique().tolist() == ["2026-Q3"]
    assert audits.drawn["is_tagged"].sum() == (audit["kind"] == "relabel").sum()
    assert 100 < audits.drawn["answer"].notna().sum() < 120
    assert audits.drawn[list(CHANCES)].sum(axis=1).to_numpy() == pytest.approx(np.ones(120))
    assert audits.drawn["out_of_sample"].all()
    of_tagged = audits.drawn.loc[audits.drawn["is_tagged"], list(CHANCES)]
    assert set(of_tagged.to_numpy().ravel()) == {0.0, 1.0}


def test_what_was_answered_stays_untagged_for_the_estimate(workspace, audits):
    settings, before = workspace
    assert before.drawn["answer"].isna().all()
    keys = ["period", "team", "person", "is_tagged"]
    one, other = (frame.people.set_index(keys).sort_index() for frame in (before, audits))
    pd.testing.assert_frame_equal(one[["hours"]], other[["hours"]])
    tagged = open_log(settings.processed).tasks.filter("tag IS NOT NULL").count("*").fetchone()
    logged = read_table(settings.processed, "tasks", columns=["tag"])["tag"].notna().sum()
    assert tagged[0] > logged + 80


def test_hours_over_pi_add_up_to_the_hours_of_each_part(audits):
    now = audits.people[audits.people["period"] == "2026-Q3"]
    hours = now.groupby("is_tagged")["hours"].sum()
    drawn = audits.drawn.assign(expanded=audits.drawn["hours"] / audits.drawn["pi"])
    assert drawn.groupby("is_tagged")["expanded"].sum().to_numpy() == pytest.approx(
        hours.to_numpy()
    )


def test_the_audited_period_has_intervals_and_the_other_has_not(workspace, audits):
    table = audits.shares()
    now, before = (table[table["period"] == name] for name in ("2026-Q3", "2026-Q2"))
    assert now["audited"].all()
    assert (now["low"] < now["share"]).all()
    assert not before["audited"].any()
    assert before["low"].isna().all()
    log = open_log(workspace[0].processed)
    cells = rollup(log.tasks, log.sorted, frequency="quarter")
    expected = cells[cells["period"] == "2026-Q2"][list(EXPECTED)].sum()
    assert before["share"].to_numpy() == pytest.approx((expected / expected.sum()).to_numpy())
    assert now["hours"].iloc[0] == pytest.approx(
        cells.loc[cells["period"] == "2026-Q3", "hours"].sum()
    )


def test_the_truth_lies_in_the_intervals(workspace, audits):
    truth = dict.fromkeys(CATEGORIES, 0.0)
    for row, category in rows():
        _, _, _, day, hours, _ = row.split(",")
        truth[category] += float(hours) * (day >= "2026-07-01")
    table = audits.shares()
    now = table[table["period"] == "2026-Q3"].set_index("category")
    share = pd.Series(truth) / sum(truth.values())
    # The audit of 120 of some 300 tasks is off by two of its own errors at most.
    assert ((now["share"] - share).abs() < 2 * now["se"]).all()
    assert (now["model"] - share).abs().max() > (now["share"] - share).abs().max()


def test_a_team_page_has_the_teams_own_estimate(workspace):
    audits = audits_of(workspace[0], team="blue")
    table = audits.shares()
    now = table[table["period"] == "2026-Q3"]
    assert now["estimator"].unique().tolist() == ["audit"]
    assert now["n_drawn"].iloc[0] < 120
    assert "team" not in table
    # Another team's figures have no place on it.
    assert audits.teams()["team"].unique().tolist() == ["blue"]
    teams = audits_of(workspace[0]).teams()
    assert sorted(teams["team"].unique()) == ["blue", "red"]
    assert teams["period"].unique().tolist() == ["2026-Q3"]
    assert teams.loc[teams["team"] == "blue", "share"].tolist() == now["share"].tolist()


def test_a_period_that_is_not_shown_takes_no_part(workspace):
    settings, _ = workspace
    log = open_log(settings.processed)
    scope = choose_scope(log, period="2026-Q3", today=pd.Timestamp("2026-10-05"))
    plan = plan_for(log, scope, settings)
    plan = replace(plan, totals=plan.totals - {"2026-Q2"})
    table = read_audits(log, scope=scope, plan=plan, settings=settings).shares()
    assert table["period"].unique().tolist() == ["2026-Q3"]
    assert table[["before", "change"]].isna().all(axis=None)


def test_the_audit_of_a_quarter_is_none_of_a_month(workspace):
    table = audits_of(workspace[0], period="2026-09").shares()
    assert not table["audited"].any()
    assert table["why_not"].unique().tolist() == ["no audit was drawn"]


def test_an_older_version_of_the_log_has_the_audits_of_its_time(workspace):
    settings, _ = workspace
    log = open_log(settings.processed, version=0)
    scope = choose_scope(log, period="2026-Q3", today=pd.Timestamp("2026-10-05"))
    again = read_audits(log, scope=scope, plan=plan_for(log, scope, settings), settings=settings)
    pd.testing.assert_frame_equal(again.shares(), audits_of(settings).shares())


def test_the_page_shows_the_intervals_and_no_person(workspace):
    settings, _ = workspace
    made = make_report(settings, period="2026-Q3", notebooks=["3_task_mix"])
    facts = made.pages[0].facts
    assert facts["audited"] is True
    table = audits_of(settings).shares()
    now = table[table["period"] == "2026-Q3"].set_index("category")
    for category, (low, high) in facts["intervals"].items():
        assert (low, high) == pytest.approx(tuple(now.loc[category, ["low", "high"]]))
        assert facts["shares"][category] == pytest.approx(now.loc[category, "share"])
    page = made.pages[0].html.read_text("utf-8")
    answered = int(now["n_answered"].iloc[0])
    assert f"{answered} tasks audited" in page
    assert "they correct the sorter and earn 95% intervals of ±" in page
    assert "prediction-powered" in page
    assert "corrected by an audit" in page
    people = read_table(settings.processed, "tasks", columns=["person"])["person"].unique()
    assert not [person for person in people if person in page]


def test_an_audit_is_estimated_with_the_sorter_that_had_not_learned_from_it(workspace, tmp_path):
    settings = load_settings(shutil.copytree(workspace[0].project, tmp_path / "copy"))
    before = audits_of(settings).shares()
    q3 = before[before["period"] == "2026-Q3"].reset_index(drop=True)
    # Drawing the next period's audit lets this one train; the log of that period is one task.
    (settings.raw / "later.csv").write_text(
        f"{HEADER}\np0,blue,Follow up later,2026-10-02,2,\np1,blue,Call,2026-10-02,2,judgment\n"
    )
    ingest(settings)
    draw_sheet(settings, period="2026-Q4", n=2)
    sort_log(settings)
    trained = read_table(settings.processed, "models").sort_values("at")["n_tagged"]
    assert trained.iloc[-1] > trained.iloc[-2] + 80
    after = audits_of(settings).shares()
    now = after[after["period"] == "2026-Q3"].reset_index(drop=True)
    alone = ["model", "before", "change"]
    pd.testing.assert_frame_equal(now.drop(columns=alone), q3.drop(columns=alone))
    # Without an audit of both, periods are compared by the newest sorter's shares of both.
    assert not np.allclose(now["model"], q3["model"])
    q2 = after[after["period"] == "2026-Q2"].reset_index(drop=True)
    assert now["change"].to_numpy() == pytest.approx((now["model"] - q2["model"]).to_numpy())
