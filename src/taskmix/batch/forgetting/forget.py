"""Forget a person: the tombstone first, the roster last, so that a cut-off run can be completed."""

import contextlib
import datetime as dt
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from taskmix.batch.forgetting.found import Found, look_at
from taskmix.batch.forgetting.models import remove_models
from taskmix.batch.forgetting.papers import clear_papers, shown_texts, shows
from taskmix.batch.forgetting.roster import leave_roster, spellings
from taskmix.batch.forgetting.search import files_under, holds, needles_of
from taskmix.batch.forgetting.tables import change_table
from taskmix.batch.overnight.locking import one_batch
from taskmix.batch.person import Person, find_person
from taskmix.errors import TaskmixError
from taskmix.identity import bury, close_tombstone, load_key
from taskmix.ingest.files import shown_path
from taskmix.periods import today_in
from taskmix.settings import Settings
from taskmix.store import table_version, writing
from taskmix.store.versions import TASKS_VERSION

_IN_RAW, _LEFT = "data/raw", "left"


class ForgettingError(TaskmixError):
    """A person cannot be forgotten here."""


@dataclass(frozen=True)
class Forgotten:
    """What came of forgetting a person, or would come of it.

    Attributes
    ----------
    found : Found
        What was taken away.
    raw_files : tuple of str
        Files of ``data/raw`` that still name them; these are never written.
    still_named : tuple of str
        Other files of the workspace that still name them, or show a task of theirs: settings,
        notebooks that were saved with what they showed, notes.
    before : str or None
        The day on which they had been forgotten, where nothing was left to be taken away.
    version : int or None
        The version of the log that is left.
    dry_run : bool
    """

    found: Found
    raw_files: tuple[str, ...]
    still_named: tuple[str, ...]
    before: str | None
    version: int | None
    dry_run: bool


def look_for(
    settings: Settings, name: str, *, progress: Callable[[str], None] | None = None
) -> Found:
    """Find what forgetting a person would take away; nothing is written.

    Parameters
    ----------
    name : str
        As for `taskmix.batch.person.find_person`.

    Raises
    ------
    UnknownPersonError
        If nobody is known by the name.
    ForgettingError
        If a personal workspace is of this person.
    TaskmixError
        If the roster, the key or a table cannot be read.
    """
    person = _person(settings, name, progress)
    key = load_key(settings, create=False)
    return look_at(settings, person, key, at=_today(settings), say=progress or (lambda _: None))


def forget(
    settings: Settings,
    name: str,
    *,
    dry_run: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Forgotten:
    """Take everything of a person away, and see to it that raw files cannot bring them back.

    It cannot be undone. A run that was cut off is completed by the same call.

    Parameters
    ----------
    name : str
        As for `taskmix.batch.person.find_person`.
    dry_run : bool
        Say what would be done, and write nothing.
    progress : callable, optional
        Is called with what is being done.

    Raises
    ------
    TaskmixError
        As for `look_for`; or if something cannot be written: then what is left is named, and
        the same call goes on.
    """
    say = progress or (lambda _: None)
    # Before anything is locked or written: who is not known must leave no trace.
    _person(settings, name, say)
    with contextlib.ExitStack() as locks:
        if not dry_run:
            # A batch at work would go on staging rows that were read before.
            locks.enter_context(one_batch(settings))
            locks.enter_context(writing(settings.processed))
            load_key(settings, create=True)
        found = look_for(settings, name, progress=say)
        stone = found.person.stone
        before = stone.at if stone is not None and stone.done and found.nothing else None
        written = spellings(settings.roster, found.person)
        if not dry_run and before is None:
            _carry_out(settings, found, say)
    going = {*found.papers.removed, *found.papers.sheets, settings.roster} if dry_run else set()
    raw_files, still_named = _where_named(settings, found, written, going, say)
    return Forgotten(
        found=found,
        raw_files=raw_files,
        still_named=still_named,
        before=before,
        version=table_version(settings.processed, "tasks"),
        dry_run=dry_run,
    )


def _person(settings: Settings, name: str, progress: Callable[[str], None] | None) -> Person:
    person = find_person(settings, name, progress=progress)
    if person.is_me:
        raise ForgettingError(
            f"{settings.project}: is a personal workspace and holds this one person's log; to "
            f"forget them, delete the folder, and their key from {settings.key_folder}. Nothing "
            "was changed"
        )
    return person


def _carry_out(settings: Settings, found: Found, say: Callable[[str], None]) -> None:
    person, at = found.person, _today(settings)
    key = load_key(settings, create=False)
    stone = bury(settings, key, names=person.names, pseudonyms=person.pseudonyms, at=at)
    say("removing models, pages and rows of sheets")
    # By the tables it is told what saw them and what shows them, so these go before.
    remove_models(settings, list(found.models))
    clear_papers(found.papers, found.purpose)
    run_id = f"forget-{dt.datetime.now(tz=dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    noted = {TASKS_VERSION: str(table_version(settings.processed, "tasks"))}
    for change in found.tables:
        say(f"taking them out of the table {change.name}")
        change_table(found.purpose, change, run_id=run_id, noted=noted)
    # Last: until now the roster tells all their names.
    gone = leave_roster(settings.roster, person)
    close_tombstone(settings, key, stone, roster_rows=gone)


def _where_named(
    settings: Settings,
    found: Found,
    written: list[str],
    going: Collection[Path],
    say: Callable[[str], None],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the files that still name the person: in ``data/raw``, and elsewhere."""
    needles = needles_of([*written, *found.person.pseudonyms])
    named: dict[str, list[str]] = {_IN_RAW: [], _LEFT: []}
    say("looking for the name in data/raw")
    for path in files_under(settings.raw):
        shown = shown_path(settings, path)
        known = {shown, found.purpose.forgotten.mask(shown)}
        if known & found.traces.files or len(known) > 1 or holds(path, needles):
            named[_IN_RAW].append(shown)
    say("looking for the name in the workspace's other files")
    texts = shown_texts(found.traces)
    for path in files_under(settings.project, without=[settings.raw, settings.processed]):
        # Published pages hold no titles.
        is_page = not path.is_relative_to(settings.reports)
        if path not in going and (holds(path, needles) or (is_page and shows(path, texts))):
            named[_LEFT].append(path.relative_to(settings.project).as_posix())
    return tuple(named[_IN_RAW]), tuple(named[_LEFT])


def _today(settings: Settings) -> str:
    return f"{today_in(settings.workspace.time_zone):%Y-%m-%d}"
