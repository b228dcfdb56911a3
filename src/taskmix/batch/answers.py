"""Take what people tagged, on a sheet or in a notebook, into the table ``tags``."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.identity import load_key, name_key, read_roster, read_tombstones
from taskmix.settings import Settings
from taskmix.sorting.queue import SheetError, check_answers, read_sheet, training_tags
from taskmix.sorting.queue.answers import origins_of
from taskmix.store import join_files, merge_rows, read_table, table_version, writing
from taskmix.store.tags import TAKEN_BACK, effective_tags, latest_tags_by_sheet
from taskmix.store.versions import TASKS_VERSION


@dataclass(frozen=True)
class Loaded:
    """What was taken of a filled sheet.

    Attributes
    ----------
    draw_id : str
    added, changed, unchanged : int
        Tags that are new; that replace an earlier one of the same tagger; that were known.
    unanswered : int
        Rows without a tag.
    refused : pandas.DataFrame
        See `taskmix.sorting.queue.Answers`.
    """

    draw_id: str
    added: int
    changed: int
    unchanged: int
    unanswered: int
    refused: pd.DataFrame


def load_sheet(settings: Settings, file: Path, *, tagger: str | None = None) -> Loaded:
    """Take a filled sheet's answers into the table ``tags``; the same sheet twice adds nothing.

    Parameters
    ----------
    file : pathlib.Path
        A sheet of `draw_sheet`, under whatever name; CSV or .xlsx.
    tagger : str, optional
        Who filled it in; kept as a pseudonym. Sheets of two taggers tell how far people agree.

    Raises
    ------
    SheetError
        If the file is no sheet, or of no draw of this workspace. Rows that cannot be taken are
        refused one by one, in the result.
    KeyFileError
        If a tagger is named and the workspace's key is lost.
    """
    sheet = read_sheet(file)
    with writing(settings.processed):
        draws = read_table(settings.processed, "draws")
        of_sheet = draws[draws["task_id"].isin(sheet["task_id"].str.strip())]
        if of_sheet.empty:
            raise SheetError(
                f"{file}: holds no task that was drawn in this workspace; is it a sheet of "
                "`taskmix queue draw`, with its column task_id as it was?"
            )
        draw_id = _draw_of(of_sheet, file)
        draw = draws[draws["draw_id"] == draw_id]
        answers = check_answers(sheet, draw, spellings=settings.tags)
        added, changed, unchanged = _add_tags(
            settings, answers.given, draw_id=draw_id, tagger=_pseudonym(settings, tagger)
        )
    return Loaded(draw_id, added, changed, unchanged, answers.n_unanswered, answers.refused)


def save_tags(
    settings: Settings,
    answers: pd.DataFrame,
    *,
    draw_id: str,
    tagger: str | None = None,
    wait: float = 30.0,
) -> tuple[int, int, int]:
    """Add answers that come without a sheet, such as a notebook's.

    Parameters
    ----------
    answers : pandas.DataFrame
        ``task_id``, ``kind`` (of the row of ``draws``) and ``category``; a task once. The
        category `taskmix.store.tags.TAKEN_BACK` takes back what the tagger said on this draw.
    draw_id : str
    tagger : str, optional
    wait : float
        Seconds to wait for another command that is writing.

    Returns
    -------
    added, changed, unchanged : int

    Raises
    ------
    StoreError
        If the tables cannot be locked or written; nothing was saved.
    KeyFileError
        If a tagger is named and the workspace's key is lost.
    """
    with writing(settings.processed, wait=wait):
        # Somebody who tags a task at a time leaves a file a task, and reading opens each of them.
        join_files(settings.processed, "tags", noted=_noted(settings))
        return _add_tags(
            settings, answers, draw_id=draw_id, tagger=_pseudonym(settings, tagger)
        )  # fmt: skip


def given_tags(settings: Settings, *, draw_id: str, tagger: str | None = None) -> pd.DataFrame:
    """Read what one tagger has said on a draw, on its sheet or in a notebook.

    Returns
    -------
    pandas.DataFrame
        ``task_id`` and ``category``, in the order of time; nobody else's.

    Raises
    ------
    KeyFileError
        If a tagger is named and the workspace's key is lost.
    """
    tags = read_table(settings.processed, "tags")
    own = tags[(tags["tagger"] == _pseudonym(settings, tagger)) & (tags["sheet"] == draw_id)]
    return latest_tags_by_sheet(own)[["task_id", "category"]]


def with_training_tags(
    settings: Settings, tasks: pd.DataFrame, *, period: str | None = None
) -> pd.DataFrame:
    """Give tasks the tags that a sorter may learn from: the log's and the taggers'.

    Parameters
    ----------
    tasks : pandas.DataFrame
        ``task_id``, ``tag`` and ``tagger`` of the log, and any further columns. Is not changed.
    period : str, optional
        See `taskmix.sorting.queue.training_tags`.

    Returns
    -------
    pandas.DataFrame
        `tasks` with another ``tag``; a task that the audit held back has the log's.
    """
    tags, draws = (read_table(settings.processed, name) for name in ("tags", "draws"))
    return effective_tags(tasks, training_tags(tags, draws, period=period))


def _draw_of(of_sheet: pd.DataFrame, file: Path) -> str:
    """Tell which draw a sheet is of; a task may have been drawn twice.

    A file that still bears a draw's name is of that draw, however many of its rows were
    deleted. Of another name, it is of the draw that most of its rows are of, the newest first.
    """
    named = [name for name in of_sheet["draw_id"].unique() if file.name.startswith(name)]
    if named:
        return str(named[0])
    hits = of_sheet.sort_values("at").groupby("draw_id", sort=False).size()
    return str(hits[::-1].idxmax())


def _pseudonym(settings: Settings, tagger: str | None) -> str:
    if tagger is None:
        return ""
    if not tagger.strip():
        raise SheetError("the tagger's name is blank; name who tagged, or leave the tagger out")
    known = read_roster(settings.roster).names.get(name_key(tagger), tagger)
    key = load_key(settings, create=True)
    if read_tombstones(settings, key).covers(known):
        raise SheetError(
            f"{tagger.strip()[:60]!r} was forgotten here (`taskmix forget`), and no tag is kept "
            "under this name; leave the tagger out"
        )
    return key.pseudonym(known)


def _add_tags(
    settings: Settings, answers: pd.DataFrame, *, draw_id: str, tagger: str
) -> tuple[int, int, int]:
    tags = read_table(settings.processed, "tags")
    own = tags[tags["tagger"] == tagger]
    # What was said on another draw is no answer to this one, even if it was the same.
    here = latest_tags_by_sheet(own[own["sheet"] == draw_id])
    last = answers["task_id"].map(here.set_index("task_id")["category"])
    is_known = last.astype("str").fillna(TAKEN_BACK) == answers["category"]
    new = answers[~is_known].reset_index(drop=True)
    times = new["task_id"].map(own.groupby("task_id").size()).fillna(0).astype("int64")
    keys = zip(new["task_id"], times, strict=True)
    ids = [hashlib.sha256(f"{task}\x1f{tagger}\x1f{n}".encode()).hexdigest()[:16]
           for task, n in keys]  # fmt: skip
    now = pd.Timestamp.now(tz="UTC").as_unit("us")
    if len(tags):
        # A clock that was set back must not make the new tag the older one.
        now = max(now, tags["at"].max() + pd.Timedelta("1us"))
    rows = new[["task_id", "category"]].assign(
        tag_id=ids, tagger=tagger, at=now, origin=origins_of(new["kind"]), sheet=draw_id
    )
    merge_rows(
        settings.processed, "tags", changed=rows, removed=[], run_id=draw_id,
        noted=_noted(settings),
    )  # fmt: skip
    n_changed = int((last.notna() & ~is_known).sum())
    return len(new) - n_changed, n_changed, int(is_known.sum())


def _noted(settings: Settings) -> dict[str, str]:
    return {TASKS_VERSION: str(table_version(settings.processed, "tasks"))}
