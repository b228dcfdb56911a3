"""What a reader is, and what it hands over.

A reader turns one tool's file into a `Draft`: one row a record, in the task log's terms, with
times and hours already read and everything else still as text. What is common to all tools
(spellings, checks, keys, counting) happens once, in `taskmix.ingest.settle`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import pandas as pd

from taskmix.settings import Settings

#: Columns of a draft that are text as the tool wrote it. ``person_also`` is another name by which
#: the same record names the person (a display name beside an e-mail), for the roster to know.
TEXT_COLUMNS: tuple[str, ...] = (
    "id", "person", "person_also", "team", "department", "project", "title", "performer", "ai_mode",
    "oversight", "parent_id", "tag", "labels", "tagger", "collaborators", "wish",
)  # fmt: skip

Replaces = Literal["days", "instants", "project", "nothing"]
#: Columns of a draft that are read: UTC instants, local days (naive midnights), hours.
READ_COLUMNS: tuple[str, ...] = (
    "started_at", "ended_at", "local_date", "local_end_date", "hours",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Records that cannot be read, and why.

    Attributes
    ----------
    rows : pandas.Series of bool
        By record number.
    reason : str
        A short code that `taskmix` counts by.
    detail : str or pandas.Series of str
        What was found and what to do.
    """

    rows: pd.Series
    reason: str
    detail: str | pd.Series


@dataclass(frozen=True)
class Draft:
    """A file in the task log's terms.

    Attributes
    ----------
    rows : pandas.DataFrame
        Index: record number, from 1, the header not counted. A record that stands for several
        tasks (a recurring event) has several rows of its number; every record has at least one
        row, a skipped one too. Columns: `TEXT_COLUMNS` and `READ_COLUMNS`; those a tool does not
        have may be absent. ``collaborators`` are joined by ``; ``.
    records : pandas.DataFrame
        Index: each record number once; the tool's own columns as text, kept for the quarantine.
    faults : list of Fault
        By record number, each once. The first fault of a record is the one that is reported.
    skipped : dict of int to str
        Records that are no task by the format's own meaning, with a short code such as
        ``total_row``, ``still_running`` or ``all_day``.
    notes : dict of str to int
        What was noticed without refusing a row, with counts.
    lasting_ids : bool, optional
        Whether this file has the tool's own lasting ids, where that differs from file to file.
    replaces : {"days", "instants", "project", "nothing"}, optional
        What the file speaks for, of the same source and person: rows there that are not in it
        are removed. ``days``: from its first to its last day (the default where ids do not
        last). ``instants``: from its first start to its last, for tools that keep a file a month
        and cut a day in two where the reader's time zone differs. ``project``: its days, for
        the projects in it alone (a calendar beside another of the same person). ``nothing``:
        the default where ids last.
    """

    rows: pd.DataFrame
    records: pd.DataFrame
    faults: list[Fault] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    lasting_ids: bool | None = None
    replaces: Replaces | None = None


@dataclass(frozen=True)
class Sample:
    """The beginning of a file, enough to tell whose export it is.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    header : tuple of str
        The column names of a table; empty where the file is none.
    text : str
        Up to 64 kB of its text; empty for Excel and Parquet.
    """

    path: Path
    header: tuple[str, ...]
    text: str


@runtime_checkable
class Reader(Protocol):
    """One tool's format. Register a class with the entry point group ``taskmix.readers``.

    Attributes
    ----------
    name : str
        What ``--reader`` and the counts call it.
    source : str
        The ``source`` of its rows.
    lasting_ids : bool
        Whether ``id`` is the tool's own lasting id. Without one, a file replaces what the
        same source held for the same person between the file's first and last day.
    """

    name: str
    source: str
    lasting_ids: bool

    def claims(self, sample: Sample) -> bool:
        """Tell by content whether this reader reads the file."""

    def near_miss(self, sample: Sample) -> str | None:
        """Say in words what the file is, if it is a neighbour of what this reader reads."""

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file; raise `taskmix.errors.TaskmixError` if it cannot be read at all."""
