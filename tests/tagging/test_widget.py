"""The widget does what the page asks, says what went wrong, and keeps no title in its state."""

import json

import pytest

from taskmix.errors import StoreError
from taskmix.store import read_table, writing
from taskmix.tagging import open_tagging, tagging_figures

pytestmark = pytest.mark.xdist_group("tagging")

Q3 = {"period": "2026-Q3", "n": 8}


class Page:
    """Stands for the browser's side: sends a message, and holds what comes back."""

    def __init__(self, widget) -> None:
        self.widget, self.told = widget, []
        widget.send = self.told.append

    def ask(self, kind: str, **facts):
        """Send what the page would, of the task that it shows."""
        message = {"kind": kind, "number": f"v-{len(self.told)}", "task": self.task, **facts}
        self.widget._handle_custom_msg(message, [])
        answer = self.told[-1]
        assert answer["number"] == message["number"]
        return answer

    @property
    def task(self):
        shown = [told["shown"] for told in self.told if "shown" in told]
        return shown[-1]["task"]["id"] if shown and shown[-1]["task"] else None


@pytest.fixture
def page(own):
    return Page(open_tagging(own, **Q3, tagger="Ana"))


def test_the_codebook_comes_with_the_first_task(page):
    told = page.ask("show")
    assert told["shown"]["count"] == "0 of 12 tagged"
    assert len(told["codebook"]["entries"]) == 4
    assert "codebook" not in page.ask("answer", category="judgment")


def test_each_step_is_answered_with_what_is_to_be_shown(page, own):
    first = page.ask("show")["shown"]["task"]["id"]
    told = page.ask("answer", category="judgment")
    assert told["shown"]["said"] == "Saved as judgment."
    assert (told["shown"]["count"], page.task != first) == ("1 of 12 tagged", True)
    told = page.ask("back")
    assert (page.task, told["shown"]["task"]["category"]) == (first, "judgment")
    page.ask("answer", category="creative")
    assert page.ask("undo")["shown"]["said"] == "It is judgment again."
    assert page.ask("undo")["shown"]["said"] == "Taken back."
    assert page.ask("undo")["shown"]["said"] == "Nothing was said since this cell was run."
    assert page.task == first
    page.ask("skip")
    assert page.task != first
    said = read_table(own.processed, "tags").sort_values("at")["category"].tolist()
    assert said == ["judgment", "creative", "judgment", ""]


def test_what_could_not_be_saved_is_said_and_the_task_stays(page, own, monkeypatch):
    monkeypatch.setattr("taskmix.tagging.session._WAIT_SECONDS", 0.0)
    task = page.ask("show")["shown"]["task"]["id"]
    with writing(own.processed):
        told = page.ask("answer", category="judgment")
    assert told["trouble"].startswith("Not saved. ")
    assert "another taskmix command is writing" in told["trouble"]
    assert "shown" not in told
    assert page.widget.session.task_id == task
    assert read_table(own.processed, "tags").empty
    assert page.ask("answer", category="judgment")["shown"]["count"] == "1 of 12 tagged"


def test_a_full_disk_is_said_in_words(page, own, monkeypatch):
    page.ask("show")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("taskmix.store.write.write_deltalake", full)
        told = page.ask("answer", category="judgment")
    assert "No space left on device" in told["trouble"]
    assert "the table is as it was" in told["trouble"]
    assert page.ask("answer", category="judgment")["shown"]["n_answered"] == 1
    with monkeypatch.context() as patch:
        patch.setattr("taskmix.store.write._merge", full)
        assert "No space left" in page.ask("undo")["trouble"]
    assert page.widget.session.n_left == 11
    assert page.ask("undo")["shown"]["n_answered"] == 0


def test_a_defect_is_told_and_not_swallowed(page, monkeypatch):
    page.ask("show")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr("taskmix.tagging.widget.answer", broken)
    with pytest.raises(ZeroDivisionError, match="a defect"):
        page.widget._receive(
            None, {"kind": "answer", "number": "1", "task": page.task, "category": "creative"}, None
        )
    assert page.told[-1]["trouble"] == "Not saved: ZeroDivisionError: a defect"


def test_a_second_window_cannot_tag_a_task_it_does_not_show(page, own):
    stale = page.ask("show")["shown"]["task"]["id"]
    page.ask("answer", category="judgment")
    told = page.ask("answer", category="creative", task=stale)
    assert told["shown"]["said"].startswith("Another window went on; nothing was saved")
    assert read_table(own.processed, "tags")["category"].tolist() == ["judgment"]


@pytest.mark.parametrize("message", [{"kind": "dance"}, {"kind": "answer", "category": "fun"}, {}])
def test_what_the_page_may_not_ask_is_refused(page, own, message):
    page.ask("show")
    told = page.ask(message.pop("kind", "?"), **message)
    assert told["trouble"].startswith("Not saved. ")
    assert read_table(own.processed, "tags").empty


def test_the_state_that_jupyter_keeps_holds_no_task(page, hostile):
    page.ask("show")
    page.ask("answer", category="judgment")
    state = json.dumps(page.widget.get_state(), default=str)
    assert "tm-tagging" in state
    for title in (*hostile, "Review contract", "Ana", page.widget.session.draw_id):
        assert json.dumps(title)[1:-1] not in state
    assert repr(page.widget) == "taskmix: 11 of 12 tasks are left to tag"


def test_the_figures_are_the_tables_and_name_nobody(page, own):
    page.ask("show")
    page.ask("answer", category="judgment")
    other = Page(open_tagging(own, **Q3, tagger="Ana"))
    other.ask("show")
    other.ask("answer", category="judgment")
    figures = tagging_figures(page.widget)
    assert figures == {
        "notebook": "tagging",
        "period": "2026-Q3",
        "headline": "2 of 12 tasks of 2026-Q3 are tagged, 10 are left.",
        "draw_id": page.widget.session.draw_id,
        "n_drawn": 12,
        "n_answered": 2,
        "n_left": 10,
    }


def test_a_workspace_that_is_locked_cannot_be_opened(own, monkeypatch):
    monkeypatch.setattr("taskmix.store.write.writing.__wrapped__.__kwdefaults__", {"wait": 0.0})
    with writing(own.processed), pytest.raises(StoreError, match="another taskmix command"):
        open_tagging(own, **Q3)
