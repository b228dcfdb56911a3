"""One task at a time: saved at once, taken back, put off, and continued where it stopped."""

import pandas as pd
import pytest

from taskmix.batch.queue import draw_sheet, load_sheet, queue_standing
from taskmix.errors import SortingError, StoreError
from taskmix.sorting.queue import SheetError
from taskmix.store import merge_rows, read_table, writing
from taskmix.store.tags import TAKEN_BACK, latest_tags
from taskmix.tagging import (
    answer,
    go_back,
    next_task,
    open_session,
    refresh,
    skip,
    take_back,
)

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("tagging")

Q3 = {"period": "2026-Q3", "n": 8}


def kept(settings) -> pd.DataFrame:
    """Everything that was ever said, in the order of time."""
    return read_table(settings.processed, "tags").sort_values("at", ignore_index=True)


def test_a_period_is_drawn_once_however_often_it_is_opened(own):
    first = open_session(own, **Q3, tagger="Ana")
    again = open_session(own, **Q3, tagger="Bo")
    assert again.draw_id == first.draw_id
    assert again.tasks.index.tolist() == first.tasks.index.tolist()
    draws = read_table(own.processed, "draws").sort_values("position")
    assert draws["draw_id"].unique().tolist() == [first.draw_id]
    # The sheet's order: shuffled over all kinds.
    assert first.tasks.index.tolist() == draws["task_id"].tolist()
    assert first.n_left == len(first.tasks) == 12


def test_the_draw_of_the_command_line_is_opened(own):
    drawn = draw_sheet(own, **Q3)
    assert open_session(own, **Q3).draw_id == drawn.draw_id
    with pytest.raises(SortingError, match=r"drawn with n 8 and seed 0 .* now n is 9"):
        open_session(own, period="2026-Q3", n=9)


def test_a_session_knows_no_prediction_and_nobody(own):
    session = open_session(own, **Q3)
    assert session.tasks.columns.tolist() == ["kind", "date", "project", "title"]
    assert "=HYPERLINK(1)" in session.tasks["title"].tolist()
    assert session.tasks["date"].str.fullmatch(r"2026-07-\d\d").all()


def test_an_answer_is_saved_before_the_next_task_is_shown(own):
    session = open_session(own, **Q3, tagger="Ana")
    first, second, *_ = session.tasks.index
    assert session.task_id == first
    later = answer(session, "judgment")
    assert later.task_id == second
    assert (later.n_left, session.n_left) == (11, 12)
    rows = kept(own)
    assert rows[["task_id", "category", "sheet"]].to_numpy().tolist() == [
        [first, "judgment", session.draw_id]
    ]
    assert rows["tagger"].str.fullmatch("p-[0-9a-f]{16}").all()


def test_what_was_drawn_for_the_audit_is_kept_as_the_audits(own):
    session = open_session(own, **Q3)
    while session.task_id:
        session = answer(session, "creative")
    origins = kept(own).set_index("task_id")["origin"]
    is_audit = session.tasks["kind"].isin(["audit", "relabel"])
    assert is_audit.sum() == 8
    assert (origins[session.tasks.index[is_audit]] == "audit").all()
    assert (origins[session.tasks.index[~is_audit]] == "queue").all()


def test_opened_again_it_goes_on_where_it_stopped(own):
    session = answer(answer(open_session(own, **Q3, tagger="Ana"), "judgment"), "creative")
    again = open_session(own, **Q3, tagger="ANA")
    assert again.task_id == session.task_id == session.tasks.index[2]
    assert dict(again.given) == dict(session.given)
    # What was said may be looked at and changed, but there is nothing to undo yet.
    assert go_back(again).task_id == session.tasks.index[1]
    assert again.said == ()


def test_two_taggers_do_not_see_each_other(own):
    ana = answer(open_session(own, **Q3, tagger="Ana"), "judgment")
    bo = open_session(own, **Q3, tagger="Bo")
    assert (bo.n_left, dict(bo.given), bo.seen) == (12, {}, ())
    answer(bo, "creative")
    assert dict(refresh(ana).given) == {ana.tasks.index[0]: "judgment"}
    assert kept(own)["category"].tolist() == ["judgment", "creative"]
    assert kept(own)["tagger"].nunique() == 2


def test_who_names_nobody_is_one_tagger_and_a_blank_name_is_none(own):
    answer(open_session(own, **Q3), "judgment")
    assert open_session(own, **Q3).n_left == 11
    with pytest.raises(SheetError, match="the tagger's name is blank; name who tagged"):
        open_session(own, **Q3, tagger="  ")


def test_undo_leaves_a_first_answer_untagged(own):
    session = open_session(own, **Q3)
    first = session.task_id
    back = take_back(answer(session, "judgment"))
    assert (back.task_id, back.n_left, back.said, back.seen) == (first, 12, (), ())
    assert kept(own)["category"].tolist() == ["judgment", TAKEN_BACK]
    assert latest_tags(kept(own)).empty
    assert queue_standing(own).draws["n_answered"].sum() == 0
    assert open_session(own, **Q3).task_id == first
    answer(back, "creative")
    assert latest_tags(kept(own))["category"].tolist() == ["creative"]


def test_undo_restores_what_the_same_tagger_said_before(own):
    answer(open_session(own, **Q3), "judgment")
    session = go_back(open_session(own, **Q3))
    changed = answer(session, "creative")
    assert changed.said == ((session.task_id, "judgment"),)
    back = take_back(changed)
    assert dict(back.given) == {session.task_id: "judgment"}
    assert kept(own)["category"].tolist() == ["judgment", "creative", "judgment"]


def test_undo_goes_back_answer_by_answer_and_then_does_nothing(own):
    session = open_session(own, **Q3)
    first, second, third, *_ = session.tasks.index
    after = answer(answer(session, "judgment"), "creative")
    assert after.task_id == third
    once = take_back(after)
    twice = take_back(once)
    assert (once.task_id, twice.task_id) == (second, first)
    assert take_back(twice) is twice


def test_saying_the_same_again_is_nothing_to_take_back(own):
    session = go_back(answer(open_session(own, **Q3), "judgment"))
    again = answer(session, "judgment")
    assert again.said == session.said
    assert len(kept(own)) == 1


def test_a_skipped_task_comes_again_at_the_end(own):
    session = open_session(own, **Q3)
    first, second, third, *others = session.tasks.index
    session = skip(answer(skip(session), "judgment"))
    assert session.task_id == others[0]
    for _ in others:
        session = answer(session, "creative")
    # Both that were put off, the longest first.
    assert (session.task_id, session.n_left) == (first, 2)
    session = skip(session)
    assert session.task_id == third
    session = answer(session, "execution")
    assert session.task_id == first
    assert skip(session).task_id == first
    done = answer(session, "execution")
    assert (done.task_id, done.n_left, next_task(done)) == (None, 0, None)
    assert second in done.given


def test_when_all_are_tagged_only_going_back_is_left(own):
    session = open_session(own, **Q3)
    while session.task_id:
        session = answer(session, "creative")
    assert skip(session) is session
    assert open_session(own, **Q3).task_id is None
    with pytest.raises(SortingError, match="nothing to tag"):
        answer(session, "creative")
    last = session.tasks.index[-1]
    assert go_back(session).task_id == last
    assert take_back(session).task_id == last


def test_a_changed_answer_leads_on_to_what_is_left(own):
    session = open_session(own, **Q3)
    first, _, third, *_ = session.tasks.index
    session = go_back(go_back(answer(answer(session, "judgment"), "judgment")))
    assert session.task_id == first
    session = answer(session, "creative")
    assert session.task_id == third
    assert session.given[first] == "creative"
    assert go_back(session).task_id == first
    assert go_back(open_session(own, **Q3, tagger="Bo")).seen == ()


def test_what_is_no_category_is_refused(own):
    session = open_session(own, **Q3)
    for wrong in ("fun", "Judgment", TAKEN_BACK, "unsure"):
        with pytest.raises(SortingError, match=f"'{wrong}' is no category; choose execution, "):
            answer(session, wrong)
    assert kept(own).empty


def test_while_another_command_writes_nothing_is_saved(own, monkeypatch):
    monkeypatch.setattr("taskmix.tagging.session._WAIT_SECONDS", 0.0)
    session = answer(open_session(own, **Q3), "judgment")
    with writing(own.processed):
        with pytest.raises(StoreError, match="another taskmix command is writing"):
            answer(session, "judgment")
        with pytest.raises(StoreError, match="another taskmix command is writing"):
            take_back(session)
    assert len(kept(own)) == 1
    assert take_back(session).n_left == 12


def test_what_another_window_or_a_sheet_says_is_seen_on_refreshing(own):
    session = open_session(own, **Q3, tagger="Ana")
    sheet = draw_sheet(own, **Q3).sheet
    filled = pd.read_csv(sheet, dtype="str", keep_default_na=False)
    filled.loc[:2, "tag"] = "judgment"
    filled.to_csv(sheet, index=False)
    assert load_sheet(own, sheet, tagger="Ana").added == 3
    fresh = refresh(session)
    assert (fresh.n_left, fresh.task_id) == (9, session.tasks.index[3])
    assert session.n_left == 12


def test_a_task_on_the_screen_stays_there_on_refreshing(own):
    session = skip(open_session(own, **Q3))
    again = refresh(session)
    assert (again.task_id, again.skipped) == (session.task_id, session.skipped)


def test_a_new_draw_asks_anew_and_keeps_the_same_answers(own):
    first = answer(open_session(own, **Q3), "judgment")
    task = first.tasks.index[0]
    draw_sheet(own, **Q3, seed=1, again=True)
    second = open_session(own, **Q3, seed=1)
    assert (second.n_left, dict(second.given)) == (12, {})
    while second.task_id != task:
        second = skip(second)
    second = answer(second, "judgment")
    assert second.n_left == 11
    # Taking it back leaves what was said on the first draw.
    take_back(second)
    assert latest_tags(kept(own))[["task_id", "category"]].to_numpy().tolist() == [
        [task, "judgment"]
    ]


def test_tasks_that_left_the_log_are_not_asked_about(own):
    task = open_session(own, **Q3).tasks.index[0]
    gone = read_table(own.processed, "tasks").iloc[:0]
    merge_rows(own.processed, "tasks", changed=gone, removed=[task], run_id="r")
    session = open_session(own, **Q3)
    assert (task in session.tasks.index, session.n_left) == (False, 11)
