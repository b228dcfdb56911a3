"""The columns of a Jira worklog: what the apps call them, and what stands in them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Sample
from taskmix.ingest.readers.tracker import Export, column_names, plain_name, read_export

# Atlassian calls issues work items since 2025.
ISSUE = ("issue", "issue key", "issuekey", "work item", "work item key")
_SUMMARY = ("summary", "issue summary", "issue title", "work item summary")
_DESCRIPTION = ("work description", "worklog description", "worklog comment", "work log comment",
                "comment", "description")  # fmt: skip
STARTED = ("started", "started at", "start date", "date started", "work date", "worklog date",
            "work start date", "start date & time", "date")  # fmt: skip
CLOCK = ("start time", "work start time")
EMAIL = ("author email", "author email address", "author e-mail", "user email", "email",
          "email address", "e-mail")  # fmt: skip
PERSON = ("author", "worklog author", "author display name", "full name", "display name", "user",
           "user name", "username", "author account id", "account id", "author key")  # fmt: skip
ID = ("worklog id", "work log id", "jira worklog id")
TEMPO_ID = ("tempo worklog id",)
PROJECT = ("project name", "project", "project key")
_LABELS = r"labels(?:\.\d+)?"
#: Between labels; Jira's own have no blanks and no commas in them.
LABEL_SEPARATOR = ","
#: What Tempo writes where nobody wrote anything.
_SAYS_NOTHING = r"working on (?:issue|work item) [a-z][a-z0-9_]*-\d+"


def worklog_names(sample: Sample) -> list[str]:
    """Name the columns of a file as they are compared: case and underscores do not count."""
    return list(_spelt({plain_name(name): name for name in column_names(sample)}))


def read_worklogs(path: Path) -> Export:
    """Read the table of an app's file, its columns found by `worklog_names`.

    Raises
    ------
    ReaderError
        If the file cannot be read as a table.
    """
    export = read_export(path)
    return replace(export, columns=_spelt(export.columns))


def _spelt(columns: Mapping[str, str]) -> dict[str, str]:
    spelt: dict[str, str] = {}
    for name, own in columns.items():
        spelt.setdefault(name.replace("_", " "), own)
    return spelt


def starts(export: Export) -> pd.Series:
    """Give the start as the app wrote it, date and clock in one text."""
    started, clock = export.text(*STARTED), export.text(*CLOCK)
    joined = started.str.cat(clock, sep=" ")
    has_clock = started.str.contains(":", na=False) | clock.isna()
    return started.where(has_clock, joined).fillna(clock)


def people(export: Export) -> dict[str, pd.Series]:
    """Name the author by an e-mail address if any column has one, else as the app does."""
    named = [export.text(name) for name in (*EMAIL, *PERSON)]
    person = pd.Series(pd.NA, index=export.records.index, dtype="str")
    for cells in named:
        person = person.fillna(cells.where(cells.str.contains("@", na=False)))
    person = person.fillna(export.text(*EMAIL, *PERSON))
    also = pd.Series(pd.NA, index=person.index, dtype="str")
    for cells in named[len(EMAIL) :]:
        also = also.fillna(cells.mask(cells == person))
    return {"person": person, "person_also": also}


def titles(export: Export) -> pd.Series:
    """Join summary and description where the description adds something."""
    summary = export.text(*_SUMMARY).fillna(export.text(*ISSUE, "key"))
    said = export.text(*_DESCRIPTION)
    said = said.mask(said.str.fullmatch(_SAYS_NOTHING, case=False, na=False))
    held = pd.Series(
        [
            isinstance(a, str) and isinstance(b, str) and b.casefold() in a.casefold()
            for a, b in zip(summary, said, strict=True)
        ],
        index=said.index,
    )
    said = said.mask(held)
    return summary.str.cat(said, sep=" / ").fillna(summary).fillna(said)


def ids(export: Export) -> pd.Series:
    """Give the lasting id of each worklog; Tempo's own are other numbers than Jira's."""
    return export.text(*ID).fillna("tempo " + export.text(*TEMPO_ID))


def labels(records: pd.DataFrame) -> pd.Series:
    """Join the labels of however many columns, whatever the app writes between them."""
    joined = pd.Series("", index=records.index, dtype="str")
    for name in records:
        if re.fullmatch(_LABELS, plain_name(name)):
            joined = joined + " " + records[name].fillna("")
    joined = joined.str.replace(r"[\s,;]+", f"{LABEL_SEPARATOR} ", regex=True)
    joined = joined.str.strip(f"{LABEL_SEPARATOR} ")
    return joined.mask(joined == "")
