"""The tagging notebook's widget: takes keys and buttons from the page, and says what it shows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

from taskmix.errors import SortingError, TaskmixError
from taskmix.settings import Settings
from taskmix.store.tags import TAKEN_BACK
from taskmix.tagging.screen import show, show_codebook
from taskmix.tagging.session import (
    Session,
    answer,
    go_back,
    open_session,
    refresh,
    skip,
    take_back,
)


class TaggingWidget(AnyWidget):
    """Shows a session's tasks one by one; each answer is saved before the next is shown.

    The state that Jupyter keeps of it holds no task: they travel in messages, so that a saved
    notebook has none.

    Parameters
    ----------
    session : Session
        Where to begin; see `open_tagging`.
    """

    _esm = Path(__file__).with_name("widget.js")
    _css = Path(__file__).with_name("widget.css")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        left = self.session.n_left
        return f"taskmix: {left:,} of {len(self.session.tasks):,} tasks are left to tag"

    def _receive(self, _: object, message: Mapping[str, Any], __: object) -> None:
        """Do what the page asks, and answer with what it is to show."""
        told: dict[str, Any] = {"number": message.get("number")}
        try:
            said = self._do(message)
        except TaskmixError as error:
            told["trouble"] = f"Not saved. {error}"
        except Exception as error:
            # The page must not wait in silence; the traceback goes to Jupyter's log.
            self.send({**told, "trouble": f"Not saved: {type(error).__name__}: {error}"})
            raise
        else:
            told["shown"] = show(self.session, said=said)
        if message.get("kind") == "show":
            told["codebook"] = show_codebook()
        self.send(told)

    def _do(self, message: Mapping[str, Any]) -> str:
        kind = message.get("kind")
        if kind == "show":
            self.session = refresh(self.session)
            return ""
        if message.get("task") != self.session.task_id:
            # A second window on the same widget went on in the meantime.
            return "Another window went on; nothing was saved for the task that stood here."
        match kind:
            case "answer":
                category = str(message.get("category"))
                self.session = answer(self.session, category)
                return f"Saved as {category}."
            case "undo":
                return self._take_back()
            case "skip" | "back":
                self.session = (skip if kind == "skip" else go_back)(self.session)
                return ""
        raise SortingError(f"the page asked for {kind!r}, which taskmix does not know; reload it")

    def _take_back(self) -> str:
        if not self.session.said:
            return "Nothing was said since this cell was run."
        before = self.session.said[-1][1]
        self.session = take_back(self.session)
        return "Taken back." if before == TAKEN_BACK else f"It is {before} again."


def open_tagging(
    settings: Settings, *, period: str, n: int = 400, seed: int = 0, tagger: str = ""
) -> TaggingWidget:
    """Open the audit of a period to tag it in JupyterLab; it is drawn where it has not been.

    Parameters
    ----------
    settings : Settings
    period : str
        As `taskmix.periods.choose_period` reads it.
    n, seed : int
        Of the draw, as for ``taskmix queue draw``; the same again open the same draw.
    tagger : str
        Who tags; kept as a pseudonym. "" names nobody.

    Returns
    -------
    TaggingWidget
        To be the last line of a cell. It begins where the tagger stopped.

    Raises
    ------
    TaskmixError
        As `taskmix.tagging.session.open_session` does.
    """
    return TaggingWidget(open_session(settings, period=period, n=n, seed=seed, tagger=tagger))


def tagging_figures(widget: TaggingWidget) -> dict[str, Any]:
    """Tell how far the tagger has come, for the notebook's last cell.

    Returns
    -------
    dict
        ``notebook``, ``period``, ``headline`` (a sentence), ``draw_id``, ``n_drawn``,
        ``n_answered``, ``n_left``: as the table ``tags`` has it now. No name.
    """
    session = refresh(widget.session)
    n_drawn, n_left = len(session.tasks), session.n_left
    return {
        "notebook": "tagging",
        "period": session.period,
        "headline": f"{n_drawn - n_left:,} of {n_drawn:,} tasks of {session.period} are tagged, "
        f"{n_left:,} are left.",
        "draw_id": session.draw_id,
        "n_drawn": n_drawn,
        "n_answered": n_drawn - n_left,
        "n_left": n_left,
    }
