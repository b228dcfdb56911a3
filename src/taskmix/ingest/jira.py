"""Jira: worklogs as the apps export them that list one worklog a row."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.tracker import Export, column_names, plain_name, read_export, unreadable
from taskmix.ingest.values import read_times
from taskmix.ingest.worklogtimes import iso_starts, read_spent, spent_columns, spent_unit
from taskmix.settings import Settings

# Atlassian calls issues work items since 2025.
_ISSUE = ("issue", "issue key", "issuekey", "work item", "work item key")
_SUMMARY = ("summary", "issue summary", "issue title", "work item summary")
_DESCRIPTION = ("work description", "worklog description", "worklog comment", "work log comment",
                "comment", "description")  # fmt: skip
_STARTED = ("started", "started at", "start date", "date started", "work date", "worklog date",
            "work start date", "start date & time", "date")  # fmt: skip
_CLOCK = ("start time", "work start time")
_EMAIL = ("author email", "author email address", "author e-mail", "user email", "email",
          "email address", "e-mail")  # fmt: skip
_PERSON = ("author", "worklog author", "author display name", "full name", "display name", "user",
           "user name", "username", "author account id", "account id", "author key")  # fmt: skip
_ID = ("worklog id", "work log id", "jira worklog id")
_TEMPO_ID = ("tempo worklog id",)
_PROJECT = ("project name", "project", "project key")
_LABELS = r"labels(?:\.\d+)?"
_SEPARATOR = ", "
#: What Tempo writes where nobody wrote anything.
_SAYS_NOTHING = r"working on (?:issue|work item) [a-z][a-z0-9_]*-\d+"
_AMOUNT = r"(?:[\d.,:' ]|(?<=\d) ?(?:[wdhms]|min)\b)+"
_CURE = "Export one row a worklog, with its start and its time spent"


class JiraWorklogReader:
    """Reads ``[Worklog id,]Author,Summary,Work description,Issue,Project,Started,Time spent``.

    The columns are found by their names, whatever their order: Tempo's ``Work date`` and
    ``Hours`` and other apps' words are known too. Jira keeps no end, so a worklog has none.
    Ids last where every worklog of the file has one; else a file replaces what Jira held for
    the same person between its first and last day.

    Attributes
    ----------
    label_separator : str
        What separates labels. Jira's have no blanks, so whatever an app writes between them is
        turned into it.
    """

    name = "jira"
    source = "jira"
    lasting_ids = False
    label_separator = _SEPARATOR.strip()

    def claims(self, sample: Sample) -> bool:
        """Claim a table of issues with a start, a time spent and somebody who spent it."""
        names = _plain_names(sample)
        about_work = {*_PERSON, *_EMAIL, *_ID, *_TEMPO_ID, "work description"}
        return self._is_dated(names) and self._has_spent(names) and bool(about_work & set(names))

    def _is_dated(self, names: list[str]) -> bool:
        is_issue = bool({*_ISSUE, *_ID, *_TEMPO_ID} & set(names)) or {"key", "summary"} <= set(
            names
        )
        return is_issue and bool({*_STARTED, *_CLOCK} & set(names))

    def _has_spent(self, names: list[str]) -> bool:
        return any(map(spent_unit, names))

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Jira's own list of issues, and timesheets with a column a day."""
        names = _plain_names(sample)
        if not {*_ISSUE, "key"} & set(names):
            return None
        if {"issue id", "issue type", "work type", "status"} & set(names) and {
            "created", "reporter", "status", "project key"
        } & set(names):  # fmt: skip
            return (
                "this is Jira's list of issues, not of worklogs: it does not say who spent time "
                "when. Export the worklogs of a timesheet app (Tempo, Clockwork, Worklogs), or "
                "describe the issues' columns in a [mapping]"
            )
        if sum(name[:1].isdigit() for name in names) >= 3:
            return (
                "this is a timesheet with a column a day, not a list of worklogs. "
                f"{_CURE} (in Tempo and Clockwork: the export of worklogs)"
            )
        if self._has_spent(names):
            return f"of a list of Jira's worklogs the column 'Started' is missing. {_CURE}"
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        SchemaError
            If a column is missing.
        ReaderError
            If the file is no table, or a setting must say how its dates or numbers are meant.
        """
        export = read_export(path)
        export = replace(export, columns=_without_underscores(export.columns))
        spent = [name for names in spent_columns(export).values() for name in names]
        export.require((*_STARTED, *_CLOCK), cure=_CURE)
        export.require(tuple(spent) or ("time spent",), cure=_CURE)
        skipped = export.no_entries(*_STARTED) | _totals(export, spent)
        entries = ~export.records.index.to_series().isin(list(skipped))
        options = settings.options_of(self.name)
        hours = read_spent(export, entries=entries, options=options, reader=self.name)
        written = _starts(export)
        iso = iso_starts(
            written, sound=export.sound(skipped), options=options, export=export, reader=self.name
        )
        zone = options.time_zone or settings.workspace.time_zone
        times = read_times(iso, date_format="iso", time_zone=zone)
        rows = pd.DataFrame(
            {
                **_people(export),
                "title": _titles(export),
                "project": export.text(*_PROJECT),
                "labels": _labels(export.records),
                "started_at": times.at,
                "local_date": times.day,
                "hours": hours.hours,
            }
        )
        ids = export.text(*_ID).fillna("tempo " + export.text(*_TEMPO_ID))
        lasting = bool(entries.any() and ids[entries].notna().all())
        ends = "in the column of the start is no date that Jira's apps write"
        bad = entries & written.notna() & times.day.isna()
        return Draft(
            rows.assign(id=ids) if lasting else rows,
            export.records,
            [*export.table.faults, *unreadable(bad, "started_at_unreadable", [written], ends),
             *hours.faults],
            skipped,
            {**export.notes, **hours.notes, **_checked_total(hours.hours, skipped)},
            lasting_ids=lasting,
        )  # fmt: skip


def _plain_names(sample: Sample) -> list[str]:
    return list(_without_underscores({plain_name(n): n for n in column_names(sample)}))


def _without_underscores(columns: dict[str, str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    for name, own in columns.items():
        plain.setdefault(name.replace("_", " "), own)
    return plain


def _starts(export: Export) -> pd.Series:
    started, clock = export.text(*_STARTED), export.text(*_CLOCK)
    joined = started.str.cat(clock, sep=" ")
    has_clock = started.str.contains(":", na=False) | clock.isna()
    return started.where(has_clock, joined).fillna(clock)


def _totals(export: Export, spent: list[str]) -> dict[int, str]:
    """Find rows that hold nothing but sums: apps end their lists with one, in no word."""
    cells = export.records
    own = [export.columns[name] for name in spent]
    others = [name for name in cells if name not in own]
    no_text = pd.Series(True, index=cells.index)
    for name in others:
        no_text &= cells[name].isna() | cells[name].str.fullmatch(_AMOUNT, na=False)
    nameless = export.text(*_STARTED, *_CLOCK, *_ISSUE, *_ID, *_TEMPO_ID, *_PERSON).isna()
    filled = cells[own].notna().any(axis="columns")
    return dict.fromkeys(cells.index[no_text & nameless & filled], "total_row")


def _checked_total(hours: pd.Series, skipped: dict[int, str]) -> dict[str, int]:
    """Compare the file's own sum with its rows; a difference says that something is missing."""
    totals = [row for row, reason in skipped.items() if reason == "total_row"]
    if len(totals) != 1:
        return {}
    apart = round(abs(hours[totals[0]] - hours.drop(index=list(skipped)).sum()) * 60)
    return {"minutes by which the total row differs from its rows": apart} if apart else {}


def _people(export: Export) -> dict[str, pd.Series]:
    """Name the author by an e-mail address if any column has one, else as the app does."""
    named = [export.text(name) for name in (*_EMAIL, *_PERSON)]
    person = pd.Series(pd.NA, index=export.records.index, dtype="str")
    for cells in named:
        person = person.fillna(cells.where(cells.str.contains("@", na=False)))
    person = person.fillna(export.text(*_EMAIL, *_PERSON))
    also = pd.Series(pd.NA, index=person.index, dtype="str")
    for cells in named[len(_EMAIL) :]:
        also = also.fillna(cells.mask(cells == person))
    return {"person": person, "person_also": also}


def _titles(export: Export) -> pd.Series:
    """Join summary and description where the description adds something."""
    summary = export.text(*_SUMMARY).fillna(export.text(*_ISSUE, "key"))
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


def _labels(records: pd.DataFrame) -> pd.Series:
    columns = [name for name in records if pd.Series([plain_name(name)]).str.fullmatch(_LABELS)[0]]
    joined = pd.Series("", index=records.index, dtype="str")
    for name in columns:
        joined = joined + " " + records[name].fillna("")
    return (
        joined.str.strip().str.replace(r"[\s,;]+", _SEPARATOR, regex=True).mask(lambda t: t == "")
    )
