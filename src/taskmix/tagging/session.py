"""A tagger's way through a draw: which task is next, what was said of it, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd

from taskmix.batch.queue import draw_sheet, given_tags, save_tags
from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.store import read_table
from taskmix.store.tags import TAKEN_BACK
from taskmix.taxonomy import CATEGORIES

#: Who sits before the screen shall not wait half a minute to hear that another command writes.
_WAIT_SECONDS = 3.0


@dataclass(frozen=True, eq=False)
class Session:
    """Where a tagger stands in a draw. Each step makes another one.

    Attributes
    ----------
    settings : Settings
    draw_id, period : str
    tagger : str or None
        The name that was given; None for nobody's.
    tasks : pandas.DataFrame
        One row a drawn task in the sheet's order; index ``task_id``; ``kind`` (as it was drawn),
        ``date`` (``2026-07-03``), ``project``, ``title`` (all text, "" where missing). No
        prediction, nobody's tag, no person and no hours.
    given : mapping of str to str
        What this tagger says of this draw's tasks: category by ``task_id``.
    skipped : tuple of str
        Tasks put off, in the order in which they come again: after all others.
    seen : tuple of str
        Tasks that were on the screen before this one, the last one last.
    said : tuple of (str, str)
        What may be taken back, the last one last: ``task_id``, and what the tagger had said of
        it before (`taskmix.store.tags.TAKEN_BACK`: nothing).
    task_id : str or None
        The task on the screen; None when all are tagged.
    """

    settings: Settings
    draw_id: str
    period: str
    tagger: str | None
    tasks: pd.DataFrame
    given: Mapping[str, str]
    skipped: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    task_id: str | None = None

    @property
    def n_left(self) -> int:
        """How many tasks this tagger has not tagged."""
        return len(self.tasks) - len(self.given)


def open_session(
    settings: Settings, *, period: str, n: int = 400, seed: int = 0, tagger: str = ""
) -> Session:
    """Open the audit of a period for one tagger; it is drawn where it has not been.

    Parameters
    ----------
    period, n, seed
        As for `taskmix.batch.queue.draw_sheet`; the same again open the same draw.
    tagger : str
        Who tags; kept as a pseudonym. "" names nobody, as a sheet without ``--tagger``.

    Raises
    ------
    SortingError
        If the log or the period is empty; or the period's audit is of another size or seed.
    SheetError
        If `tagger` is blank, or the draw's sheet cannot be written.
    StoreError
        If the tables cannot be locked, read or written.
    """
    drawn = draw_sheet(settings, period=period, n=n, seed=seed)
    opened = Session(
        settings=settings,
        draw_id=drawn.draw_id,
        period=drawn.period,
        tagger=tagger or None,
        tasks=_drawn_tasks(settings, drawn.draw_id),
        given={},
    )
    return refresh(opened)


def refresh(session: Session) -> Session:
    """Read again what the tagger has said; another window, or a sheet, may have added to it."""
    found = given_tags(session.settings, draw_id=session.draw_id, tagger=session.tagger)
    found = found[found["task_id"].isin(session.tasks.index)]
    given = MappingProxyType(dict(zip(found["task_id"], found["category"], strict=True)))
    before = tuple(task for task in given if task not in session.seen)
    changed = replace(session, given=given, seen=(*before, *session.seen))
    is_open = session.task_id is not None and session.task_id not in given
    return changed if is_open else replace(changed, task_id=next_task(changed))


def next_task(session: Session) -> str | None:
    """Find the first task that is not tagged; skipped ones come last. None: all are tagged."""
    left = [task for task in session.tasks.index if task not in session.given]
    again = [task for task in session.skipped if task not in session.given]
    return next((task for task in left if task not in again), next(iter(again), None))


def answer(session: Session, category: str) -> Session:
    """Save what the task on the screen is, at once, and go on.

    Raises
    ------
    SortingError
        If there is no such category, or no task on the screen.
    StoreError
        If the tables cannot be locked or written: nothing was saved.
    """
    if category not in CATEGORIES:
        raise SortingError(f"{category!r} is no category; choose {', '.join(CATEGORIES)}")
    if session.task_id is None:
        raise SortingError("no task is on the screen, so there is nothing to tag")
    before = session.given.get(session.task_id, TAKEN_BACK)
    _save(session, session.task_id, category)
    said = session.said if before == category else (*session.said, (session.task_id, before))
    given = MappingProxyType({**session.given, session.task_id: category})
    return _go_on(replace(session, given=given, said=said))


def take_back(session: Session) -> Session:
    """Take the last answer of this session back, and put its task on the screen.

    A first answer leaves the task untagged; a changed one is again what it was before. Without
    an answer to take back nothing changes.

    Raises
    ------
    StoreError
        If the tables cannot be locked or written: the answer stands.
    """
    if not session.said:
        return session
    task, before = session.said[-1]
    _save(session, task, before)
    given = {**session.given, task: before}
    if before == TAKEN_BACK:
        del given[task]
    seen = tuple(other for other in session.seen if other != task)
    return replace(
        session, given=MappingProxyType(given), said=session.said[:-1], seen=seen, task_id=task
    )


def skip(session: Session) -> Session:
    """Leave the task on the screen as it is; one that is not tagged comes again at the end."""
    task = session.task_id
    if task is None:
        return session
    others = tuple(other for other in session.skipped if other != task)
    skipped = others if task in session.given else (*others, task)
    return _go_on(replace(session, skipped=skipped))


def go_back(session: Session) -> Session:
    """Put the task that was on the screen before on it again; tagging it changes its tag."""
    if not session.seen:
        return session
    return replace(session, seen=session.seen[:-1], task_id=session.seen[-1])


def _go_on(session: Session) -> Session:
    task, following = session.task_id, next_task(session)
    seen = session.seen
    if task is not None and task != following:
        seen = (*(other for other in seen if other not in (task, following)), task)
    return replace(session, seen=seen, task_id=following)


def _save(session: Session, task: str, category: str) -> None:
    kind = session.tasks.at[task, "kind"]
    row = pd.DataFrame({"task_id": [task], "kind": [kind], "category": [category]}, dtype="str")
    save_tags(
        session.settings, row, draw_id=session.draw_id, tagger=session.tagger, wait=_WAIT_SECONDS
    )


def _drawn_tasks(settings: Settings, draw_id: str) -> pd.DataFrame:
    draws = read_table(
        settings.processed, "draws", columns=["draw_id", "position", "task_id", "kind"]
    )
    columns = ["task_id", "local_date", "project", "title"]
    log = read_table(settings.processed, "tasks", columns=columns)
    # Tasks that have left the log since the draw can be asked about no more.
    rows = draws[draws["draw_id"] == draw_id].merge(log, on="task_id").sort_values("position")
    told = rows.assign(date=rows["local_date"].dt.strftime("%Y-%m-%d"))
    told = told[["task_id", "kind", "date", "project", "title"]].astype("str").fillna("")
    return told.set_index("task_id")
