"""What the screen shows: a task, the tagger's own words, and nothing that would lead them."""

import json
import re
from importlib.resources import files

import pytest

from taskmix.store import read_table
from taskmix.tagging import answer, go_back, open_session, skip
from taskmix.tagging.screen import show, show_codebook
from taskmix.taxonomy import CATEGORIES, COLOURS, load_codebook

pytestmark = pytest.mark.xdist_group("tagging")

Q3 = {"period": "2026-Q3", "n": 8}


def test_it_shows_the_task_and_how_far_one_has_come(own):
    session = open_session(own, **Q3, tagger="Ana <b>")
    shown = show(session)
    row = session.tasks.iloc[0]
    assert shown["where"] == "2026-Q3 · as Ana <b>"
    assert shown["count"] == "0 of 12 tagged"
    assert (shown["n_answered"], shown["n_tasks"]) == (0, 12)
    assert shown["task"] == {
        "id": session.task_id, "about": f"{row['date']} · <b>Site</b>", "title": row["title"],
        "own": "", "category": "",
    }  # fmt: skip
    assert (shown["can_undo"], shown["can_go_back"]) == (False, False)
    assert "nobody is named" in show(open_session(own, **Q3))["where"]


def test_nothing_of_the_sorters_or_of_others_is_in_it(own):
    answer(open_session(own, **Q3, tagger="Bo"), "creative")
    session = open_session(own, **Q3, tagger="Ana")
    text = json.dumps(show(session))
    told = read_table(own.processed, "sorted").set_index("task_id").loc[session.task_id]
    assert told["p_execution"] > 0
    assert "0." not in text
    for word in (*CATEGORIES, "unsure", "audit", "margin", "Bo"):
        assert word not in text, word


def test_ones_own_answer_is_shown_when_one_goes_back(own):
    session = go_back(answer(open_session(own, **Q3), "judgment"))
    shown = show(session, said="x")
    assert shown["task"]["own"] == "You said judgment. Another key changes it."
    assert shown["task"]["category"] == "judgment"
    assert (shown["can_undo"], shown["can_go_back"], shown["said"]) == (True, False, "x")


def test_a_task_that_was_put_off_says_so(own):
    session = open_session(own, **Q3)
    for _ in session.tasks.index:
        session = skip(session)
    assert show(session)["task"]["own"] == "You skipped it before."


def test_when_all_are_tagged_it_says_so_and_what_is_next(own):
    session = open_session(own, **Q3)
    while session.task_id:
        session = answer(session, "creative")
    shown = show(session)
    assert (shown["task"], shown["count"]) == (None, "12 of 12 tagged")
    assert shown["done"] == "All 12 tasks are tagged."
    assert shown["said"].startswith("taskmix sort sorts by them")


def test_the_codebook_is_there_whole():
    book, shown = load_codebook(), show_codebook()
    assert [entry["category"] for entry in shown["entries"]] == list(CATEGORIES)
    for entry in shown["entries"]:
        held = book[entry["category"]]
        assert entry["definition"] == held.definition
        assert entry["belongs"] == list(held.belongs)
        assert entry["does_not_belong"] == list(held.does_not_belong)
    pairs = [pair["between"] for pair in shown["borders"]]
    assert pairs[0] == "Execution or judgment"
    assert len(pairs) == len(set(pairs)) == 6
    assert sum(len(pair["rulings"]) for pair in shown["borders"]) == len(book.borders)


@pytest.mark.parametrize("name", ["widget.css", "widget.js"])
def test_no_category_has_its_colour(name):
    text = files("taskmix.tagging").joinpath(name).read_text("utf-8").lower()
    for category in CATEGORIES:
        assert not set(COLOURS[category]) & set(re.findall("#[0-9a-f]{6}", text))


def test_titles_never_become_html():
    code = files("taskmix.tagging").joinpath("widget.js").read_text("utf-8")
    assert "textContent" in code
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in code
