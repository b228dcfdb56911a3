"""A period is drawn once, its sheet filled in, and what people say is kept and counts."""

import shutil
import stat

import numpy as np
import pandas as pd
import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.population import read_tagged_log, tasks_of_period
from taskmix.batch.queue import (
    draw_sheet,
    given_tags,
    load_sheet,
    queue_standing,
    save_tags,
    with_training_tags,
)
from taskmix.errors import PeriodError, SortingError, StoreError
from taskmix.ingest import ingest
from taskmix.settings import load_settings
from taskmix.sorting.queue import SheetError, audit_answers, newest_audit, training_tags
from taskmix.store import open_log, open_table, read_table, writing
from taskmix.store.tags import TAKEN_BACK, effective_tags, latest_tags

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("queue")

HEADER = "Employee,Task,Project,Day,Last,Hours,Kind,Who"
MAPPING = """
[tags]
"Ideas" = "creative"
[mapping.tracker]
files = ["*.csv"]
[mapping.tracker.columns]
person = "Employee"
title = "Task"
project = "Project"
started_at = "Day"
ended_at = "Last"
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
    """Four hundred tasks of 2026-Q3 by twelve people, a third of them tagged, and a few of Q2."""
    rng = np.random.default_rng(3)
    made = []
    for n in range(420):
        category = rng.choice(list(WORDS))
        day = pd.Timestamp("2026-07-01" if n < 400 else "2026-05-01") + pd.Timedelta(days=n % 85)
        tag = category if rng.random() < 0.33 else ""
        title = f"{rng.choice(WORDS[category])} {n % 37}"
        hours = max(0.25, round(float(rng.lognormal(0, 0.8)), 2))
        made.append(f"p{n % 12},{title},Site,{day:%Y-%m-%d},,{hours},{tag},human")
    made.append("p1,=HYPERLINK(1),Site,2026-07-02,,200,,human")
    made.append("p1,An agent's,Site,2026-07-02,,5,,ai")
    made.append("p2,From June to July,Site,2026-06-21,2026-07-10,20,,human")
    return made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A small workspace, ingested and sorted; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("queue") / "atlas {ö}"
    settings = init_workspace(folder, name="Atlas", tables=MAPPING)
    (settings.raw / "log.csv").write_text("\n".join([HEADER, *rows()]) + "\n")
    assert ingest(settings).counts.quarantined == 0
    sort_log(settings)
    return settings


@pytest.fixture
def own(workspace, tmp_path):
    """A copy of the workspace that a test may change."""
    return load_settings(shutil.copytree(workspace.project, tmp_path / "copy"))


def fill(path, *, tag=None, rows=None) -> pd.DataFrame:
    """Fill a sheet in as a person would, and save it."""
    sheet = pd.read_csv(path, dtype="str", keep_default_na=False)
    chosen = sheet.index if rows is None else sheet.index[rows]
    sheet.loc[chosen, "tag"] = tag or "judgment"
    sheet.to_csv(path, index=False)
    return sheet


def test_a_draw_is_kept_with_its_probabilities_and_its_sheet_is_private(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    assert drawn.period == "2026-Q3"
    assert (drawn.is_new, drawn.is_sorted) == (True, True)
    assert (drawn.counts["audit"], drawn.counts["relabel"]) == (35, 5)
    assert 0 < drawn.counts["margin"] + drawn.counts.get("suspicious", 0) <= 20
    kept = read_table(own.processed, "draws")
    assert set(kept["draw_id"]) == {drawn.draw_id}
    assert (kept["n"] == 40).all()
    audit = kept[kept["kind"] == "audit"]
    # The one task of 200 hours is certain; the others' π adds up.
    assert drawn.n_certain >= 1
    assert audit.loc[audit["hours"] == 200, "pi"].tolist() == [1.0]
    assert (audit["hours"] / audit["pi"]).sum() == pytest.approx(audit["frame_hours"].iloc[0])
    assert stat.S_IMODE(drawn.sheet.stat().st_mode) == 0o600
    assert stat.S_IMODE(drawn.sheet.parent.stat().st_mode) == 0o700
    assert drawn.sheet.parent == own.analyst / "queue"
    assert not list(own.analyst.glob("queue/.*"))


def test_the_sheet_holds_no_prediction_and_no_person(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    text = drawn.sheet.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "task_id,date,project,title,tag,note"
    assert "'=HYPERLINK(1)" in text
    assert "p-" not in text.replace("stand-up", "")
    for word in (*WORDS, "audit", "relabel", "margin", "suspicious"):
        assert word not in text


def test_the_same_call_again_draws_nothing_new_and_spares_the_sheet(own):
    first = draw_sheet(own, period="2026-Q3", n=40)
    fill(first.sheet)
    before = first.sheet.read_bytes()
    again = draw_sheet(own, period="2026-Q3", n=40)
    assert (again.is_new, again.draw_id, again.counts) == (False, first.draw_id, first.counts)
    assert first.sheet.read_bytes() == before
    first.sheet.unlink()
    draw_sheet(own, period="2026-Q3", n=40)
    assert first.sheet.exists()
    assert len(read_table(own.processed, "draws")) == sum(first.counts.values())


def test_a_draw_of_another_size_must_be_asked_for(own):
    first = draw_sheet(own, period="2026-Q3", n=40)
    with pytest.raises(SortingError, match=r"drawn with n 40 and seed 0 .* draw --again"):
        draw_sheet(own, period="2026-Q3", n=60)
    second = draw_sheet(own, period="2026-Q3", n=60, again=True)
    draws = read_table(own.processed, "draws")
    assert second.is_new
    assert set(draws["draw_id"]) == {first.draw_id, second.draw_id}
    assert newest_audit(draws, period="2026-Q3") == second.draw_id


def test_the_same_seed_on_the_same_log_is_the_same_draw(own, workspace, tmp_path):
    other = load_settings(shutil.copytree(workspace.project, tmp_path / "other"))
    one, two = (draw_sheet(s, period="2026-Q3", n=40, seed=7) for s in (own, other))
    assert one.draw_id == two.draw_id
    assert one.sheet.read_bytes() == two.sheet.read_bytes()
    assert draw_sheet(other, period="2026-Q3", n=40, seed=8, again=True).draw_id != one.draw_id


def test_an_excel_sheet_comes_back(own):
    drawn = draw_sheet(own, period="2026-Q3", n=20, excel=True)
    assert drawn.sheet.suffix == ".xlsx"
    filled = pd.read_excel(drawn.sheet, dtype="str", keep_default_na=False, engine="calamine")
    filled.assign(tag="Ideas").to_excel(drawn.sheet, index=False)
    loaded = load_sheet(own, drawn.sheet)
    assert (loaded.added, loaded.unanswered, len(loaded.refused)) == (len(filled), 0, 0)
    assert set(read_table(own.processed, "tags")["category"]) == {"creative"}


def test_loading_twice_changes_nothing(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    sheet = fill(drawn.sheet, rows=slice(0, 30))
    first = load_sheet(own, drawn.sheet)
    kept = read_table(own.processed, "tags")
    assert (first.added, first.changed, first.unchanged) == (30, 0, 0)
    assert first.unanswered == len(sheet) - 30
    again = load_sheet(own, drawn.sheet)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 30)
    pd.testing.assert_frame_equal(read_table(own.processed, "tags"), kept)
    origins = kept.set_index("task_id")["origin"]
    kinds = read_table(own.processed, "draws").set_index("task_id")["kind"].reindex(origins.index)
    assert ((origins == "audit") == kinds.isin(["audit", "relabel"])).all()
    assert set(kept["sheet"]) == {drawn.draw_id}


def test_who_thinks_again_adds_to_the_history(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    for tag in ("judgment", "creative", "judgment"):
        fill(drawn.sheet, tag=tag, rows=slice(0, 1))
        loaded = load_sheet(own, drawn.sheet)
    assert (loaded.added, loaded.changed) == (0, 1)
    kept = read_table(own.processed, "tags").sort_values("at")
    assert kept["category"].tolist() == ["judgment", "creative", "judgment"]
    assert kept["at"].is_monotonic_increasing
    assert kept["tag_id"].is_unique


def test_rows_are_refused_one_by_one_and_the_rest_is_taken(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    sheet = fill(drawn.sheet)
    sheet.loc[0, "task_id"] = "0" * 24
    sheet.loc[1, "title"] = "another title"
    sheet.loc[2, "tag"] = "fun"
    sheet.to_csv(drawn.sheet, index=False)
    loaded = load_sheet(own, drawn.sheet)
    assert loaded.refused[["row", "reason"]].to_numpy().tolist() == [
        [2, "unknown_id"], [3, "changed_title"], [4, "unknown_tag"]]  # fmt: skip
    assert loaded.added == len(sheet) - 3


def test_a_sheet_of_another_workspace_is_refused_as_a_whole(own, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("task_id,title,tag\nx,y,creative\n")
    with pytest.raises(SheetError, match="holds no task that was drawn in this workspace"):
        load_sheet(own, path)


def test_a_second_tagger_adds_to_agreement_under_a_pseudonym(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    own.roster.write_text("person,aliases\nemp-7,Ana R.\n")
    fill(drawn.sheet)
    load_sheet(own, drawn.sheet, tagger="Ana R.")
    # The same person under another name is no second tagger.
    assert load_sheet(own, drawn.sheet, tagger="EMP-7").unchanged > 0
    fill(drawn.sheet, tag="creative", rows=slice(0, 10))
    load_sheet(own, drawn.sheet, tagger="Bo")
    tags = read_table(own.processed, "tags")
    assert tags["tagger"].nunique() == 2
    assert tags["tagger"].str.fullmatch("p-[0-9a-f]{16}").all()
    standing = queue_standing(own)
    # On the 40 of the audit: what was chosen for being a close call is harder to agree on.
    assert standing.agreement.n_tasks == 40
    assert standing.agreement.alpha < 0.667
    assert {"title", "categories", "tied"} <= set(standing.conflicting.columns)
    ten = pd.read_csv(drawn.sheet, dtype="str")["task_id"].head(10)
    assert set(ten) <= set(standing.conflicting["task_id"])


def test_an_empty_name_is_no_tagger(own):
    drawn = draw_sheet(own, period="2026-Q3", n=10)
    with pytest.raises(SheetError, match="the tagger's name is blank; name who tagged"):
        load_sheet(own, drawn.sheet, tagger=" ")


def test_a_notebooks_answers_are_kept_like_a_sheets(own):
    drawn = draw_sheet(own, period="2026-Q3", n=10)
    rows = read_table(own.processed, "draws").head(3).assign(category="creative")
    assert save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana") == (3, 0, 0)
    assert save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana") == (0, 0, 3)


def test_an_answer_that_is_taken_back_is_no_answer(own):
    drawn = draw_sheet(own, period="2026-Q3", n=10)
    rows = read_table(own.processed, "draws").head(2).assign(category=["creative", "judgment"])
    save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana")
    back = rows.head(1).assign(category=TAKEN_BACK)
    assert save_tags(own, back, draw_id=drawn.draw_id, tagger="Ana") == (0, 1, 0)
    assert save_tags(own, back, draw_id=drawn.draw_id, tagger="Ana") == (0, 0, 1)
    kept = read_table(own.processed, "tags").sort_values("at")
    assert kept["category"].tolist() == ["creative", "judgment", TAKEN_BACK]
    given = given_tags(own, draw_id=drawn.draw_id, tagger="Ana")
    assert given.to_numpy().tolist() == [[rows["task_id"].iloc[1], "judgment"]]
    assert queue_standing(own).draws["n_answered"].sum() == 1
    assert save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana") == (1, 0, 1)


def test_one_taggers_answers_are_not_shown_to_another(own):
    drawn = draw_sheet(own, period="2026-Q3", n=10)
    rows = read_table(own.processed, "draws").head(3).assign(category="creative")
    save_tags(own, rows, draw_id=drawn.draw_id, tagger="Ana")
    assert len(given_tags(own, draw_id=drawn.draw_id, tagger="ANA")) == 3
    assert given_tags(own, draw_id=drawn.draw_id, tagger="Bo").empty
    assert given_tags(own, draw_id=drawn.draw_id).empty


def test_the_same_answer_to_another_draw_is_an_answer_of_its_own(own):
    first = draw_sheet(own, period="2026-Q3", n=40)
    draws = read_table(own.processed, "draws")
    rows = draws[draws["kind"] == "audit"].head(5).assign(category="creative")
    save_tags(own, rows, draw_id=first.draw_id)
    second = draw_sheet(own, period="2026-Q3", n=40, seed=1, again=True)
    assert save_tags(own, rows, draw_id=second.draw_id) == (5, 0, 0)
    assert len(given_tags(own, draw_id=second.draw_id)) == 5
    # Loading an old sheet again does not bring back what has been thought over since.
    save_tags(own, rows.assign(category="judgment"), draw_id=second.draw_id)
    assert save_tags(own, rows, draw_id=first.draw_id) == (0, 0, 5)
    assert set(latest_tags(read_table(own.processed, "tags"))["category"]) == {"judgment"}


def test_a_sheet_cut_down_to_what_two_draws_share_is_of_the_draw_that_names_it(own):
    first = draw_sheet(own, period="2026-Q3", n=40)
    second = draw_sheet(own, period="2026-Q3", n=40, seed=1, again=True)
    draws = read_table(own.processed, "draws")
    both = draws.groupby("task_id")["draw_id"].nunique()
    sheet = fill(first.sheet)
    shared = sheet[sheet["task_id"].isin(both[both == 2].index)]
    assert 0 < len(shared) < len(sheet)
    shared.to_csv(first.sheet, index=False)
    assert load_sheet(own, first.sheet, tagger="ana").draw_id == first.draw_id
    # under another name nothing tells it from the newer draw's
    renamed = first.sheet.rename(first.sheet.with_name("mine.csv"))
    assert load_sheet(own, renamed, tagger="bo").draw_id == second.draw_id


def test_while_another_command_writes_an_answer_is_refused(own):
    drawn = draw_sheet(own, period="2026-Q3", n=10)
    rows = read_table(own.processed, "draws").head(1).assign(category="creative")
    with writing(own.processed), pytest.raises(StoreError, match="another taskmix command"):
        save_tags(own, rows, draw_id=drawn.draw_id, wait=0)
    assert read_table(own.processed, "tags").empty


def test_a_tag_a_commit_leaves_few_files(own):
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    rows = read_table(own.processed, "draws").head(40).assign(category="creative")
    for n in range(40):
        save_tags(own, rows.iloc[[n]], draw_id=drawn.draw_id)
    table = open_table(own.processed, "tags")
    assert table is not None
    # The 34th answer found 33 files and joined them; seven came since.
    assert len(table.file_uris()) == 8
    assert len(given_tags(own, draw_id=drawn.draw_id)) == 40
    log = open_log(own.processed, version=0)
    assert len(log.read("tags")) == 40


def test_tags_count_and_the_logs_own_stay_what_the_log_says(own):
    before = read_table(own.processed, "tasks")
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    fill(drawn.sheet)
    load_sheet(own, drawn.sheet)
    pd.testing.assert_frame_equal(read_table(own.processed, "tasks"), before)
    tags, draws = (read_table(own.processed, name) for name in ("tags", "draws"))
    counted = effective_tags(before, tags).set_index("task_id")["tag"]
    untagged = draws.loc[draws["kind"].isin(["audit", "margin"]), "task_id"]
    assert (counted[untagged] == "judgment").all()
    answers = audit_answers(draws, tags, draw_id=drawn.draw_id)
    assert (answers["tag"] == "judgment").all()
    assert set(training_tags(tags, draws, period="2026-Q3")["origin"]) <= {"queue"}
    learned = with_training_tags(own, before).set_index("task_id")["tag"]
    by_kind = draws.groupby("kind")["task_id"].agg(list)
    assert learned[by_kind["audit"]].isna().all()
    assert (learned[by_kind["margin"]] == "judgment").all()
    assert learned[by_kind["relabel"]].equals(
        before.set_index("task_id").loc[by_kind["relabel"], "tag"]
    )
    assert len(training_tags(tags, draws, period="2026-Q4")) == len(tags)


def test_standing_counts_what_was_answered(own):
    assert queue_standing(own).draws.empty
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    fill(drawn.sheet, rows=slice(0, 20))
    load_sheet(own, drawn.sheet)
    table = queue_standing(own).draws
    assert table["n_answered"].sum() == 20
    assert dict(zip(table["kind"], table["n_drawn"], strict=True)) == drawn.counts
    assert table["rate"].tolist() == pytest.approx(
        (table["n_answered"] / table["n_drawn"]).tolist()
    )


def test_hours_are_human_hours_in_the_period(workspace):
    log = read_tagged_log(workspace)
    spread = workspace.model_copy(
        update={"counting": workspace.counting.model_copy(update={"long_tasks": "evenly"})}
    )
    ends = workspace.model_copy(
        update={"counting": workspace.counting.model_copy(update={"long_tasks": "end"})}
    )
    found = {}
    for name, settings in {"start": workspace, "evenly": spread, "end": ends}.items():
        _, tasks = tasks_of_period(log, period="2026-Q3", settings=settings)
        found[name] = tasks.set_index("title")["hours"]
    assert "From June to July" not in found["start"]
    # 21 June to 10 July: ten of twenty days.
    assert found["evenly"]["From June to July"] == pytest.approx(10.0)
    assert found["end"]["From June to July"] == 20.0
    assert found["start"]["An agent's"] == 0.0


def test_a_period_without_tasks_or_a_log_without_any_says_so(workspace, tmp_path):
    with pytest.raises(SortingError, match="no task of the log counts in 2024-Q1; it holds 2026"):
        draw_sheet(workspace, period="2024-Q1")
    with pytest.raises(PeriodError, match="is not understood"):
        draw_sheet(workspace, period="autumn")
    empty = init_workspace(tmp_path / "empty")
    with pytest.raises(SortingError, match="run `taskmix ingest` first"):
        draw_sheet(empty, period="2026-Q3")


def test_before_anything_is_sorted_the_audit_can_be_drawn(own):
    shutil.rmtree(own.processed / "sorted")
    drawn = draw_sheet(own, period="2026-Q3", n=40)
    assert (drawn.is_sorted, set(drawn.counts)) == (False, {"audit", "relabel"})
