"""What forgetting a person would take away, as far as the workspace knows it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from taskmix.batch.forgetting.models import models_that_saw
from taskmix.batch.forgetting.papers import Papers, find_papers
from taskmix.batch.forgetting.roster import roster_rows
from taskmix.batch.forgetting.tables import TableChange, plan_tables
from taskmix.batch.forgetting.traces import Purpose, Traces, find_traces
from taskmix.batch.models import models_folder
from taskmix.batch.person import Person
from taskmix.identity import Key, Tombstones, buried, read_tombstones
from taskmix.identity.namedigests import name_digest
from taskmix.settings import Settings
from taskmix.sorting.kept import kept_models
from taskmix.store import TABLES, table_version
from taskmix.store.versions import oldest_version

_MARK_DIGITS = 16
#: The tables that lose rows; the others lose names alone.
_COUNTED = ("tasks", "tags", "draws", "sorted", "quarantine")


@dataclass(frozen=True)
class Found:
    """What a workspace holds of a person.

    Attributes
    ----------
    person : Person
    traces : Traces
    tables : tuple of TableChange
        In the order in which they are changed.
    models, models_kept : tuple of str
        Kept models that saw the person, and those that did not.
    papers : Papers
    roster_rows : int
        Rows of ``people.csv``.
    lost_versions : tuple of int
        Versions of the log that can no longer be made again afterwards.
    pages_of_lost : tuple of str
        Published pages that were made from one of these; they stay.
    purpose : Purpose
    """

    person: Person
    traces: Traces
    tables: tuple[TableChange, ...]
    models: tuple[str, ...]
    models_kept: tuple[str, ...]
    papers: Papers
    roster_rows: int
    lost_versions: tuple[int, ...]
    pages_of_lost: tuple[str, ...]
    purpose: Purpose

    @property
    def nothing(self) -> bool:
        """Whether the workspace holds nothing of them any more."""
        changes = sum(change.removed + change.edited for change in self.tables)
        # Pages show whoever was there when they were made; after a forgetting that was done
        # they are of others.
        return not (changes or self.roster_rows or self.traces.task_ids)

    def counts(self) -> dict[str, int]:
        """Return the rows that go, by table, and other people's that lose a name."""
        removed = {change.name: change.removed for change in self.tables}
        edited = sum(change.edited for change in self.tables)
        return {**{name: removed.get(name, 0) for name in _COUNTED}, "edited": edited}


def look_at(
    settings: Settings, person: Person, key: Key, *, at: str, say: Callable[[str], None]
) -> Found:
    """Find everything that a workspace holds of a person; nothing is written.

    Parameters
    ----------
    key : Key
        The workspace's.
    at : str
        The day.
    say : callable
        Is called with what is being done.
    """
    say("reading the log")
    traces = find_traces(settings, person)
    purpose = Purpose(
        settings=settings,
        person=person,
        traces=traces,
        forgotten=_with_them(settings, person, key, at=at),
        mark=lambda pseudonym: f"forgotten-{name_digest(key, pseudonym)[:_MARK_DIGITS]}",
    )
    tables = tuple(plan_tables(purpose))
    say("looking at models, pages and sheets")
    saw = models_that_saw(settings, person)
    lost = _lost_versions(settings, tables)
    return Found(
        person=person,
        traces=traces,
        tables=tables,
        models=tuple(saw),
        models_kept=tuple(m for m in kept_models(models_folder(settings)) if m not in saw),
        papers=find_papers(purpose),
        roster_rows=roster_rows(settings.roster, person),
        lost_versions=lost,
        pages_of_lost=tuple(_pages_of(settings, lost)),
        purpose=purpose,
    )


def _with_them(settings: Settings, person: Person, key: Key, *, at: str) -> Tombstones:
    """Return the tombstones as they will be, by which the tables are masked."""
    before = read_tombstones(settings, key)
    stone = buried(before, key, names=person.names, pseudonyms=person.pseudonyms, at=at)
    return Tombstones((*before.stones, stone), {**before.keys, key.fingerprint: key})


def _lost_versions(settings: Settings, tables: tuple[TableChange, ...]) -> tuple[int, ...]:
    newest = table_version(settings.processed, "tasks")
    if newest is None:
        return ()
    oldest = oldest_version(settings.processed / TABLES["tasks"].name)
    changes = any(c.removed or c.edited for c in tables if c.name == "tasks")
    return tuple(range(oldest, newest + 1 if changes else newest))


def _pages_of(settings: Settings, versions: tuple[int, ...]) -> list[str]:
    """Name the published pages that were made from some versions of the log, by their records."""
    named = []
    for record in sorted(settings.reports.rglob("*.json")):
        version = _version_of(record)
        if version in versions:
            page = record.with_suffix("").relative_to(settings.reports).as_posix()
            named.append(f"{page} (version {version})")
    return named


def _version_of(record: Path) -> int | None:
    try:
        held = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    version = held.get("table_version") if isinstance(held, dict) else None
    return version if isinstance(version, int) else None
