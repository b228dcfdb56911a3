"""Jira: worklogs as the apps export them that list one worklog a row."""

from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.readers import worklogcolumns as named
from taskmix.ingest.readers.tracker import Export, unreadable
from taskmix.ingest.readers.worklogtimes import iso_starts, read_spent, spent_columns, spent_unit
from taskmix.ingest.tables.values import clock_notes, read_times
from taskmix.settings import Settings

_IDS = (*named.ID, *named.TEMPO_ID)
_AMOUNT = r"\d[\d.,:' wdhmins]*"
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
    label_separator = named.LABEL_SEPARATOR

    def claims(self, sample: Sample) -> bool:
        """Claim a table of issues with a start, a time spent and somebody who spent it."""
        names = named.worklog_names(sample)
        about_work = {*named.PERSON, *named.EMAIL, *_IDS, "work description"}
        return self._is_dated(names) and self._has_spent(names) and bool(about_work & set(names))

    def _is_dated(self, names: list[str]) -> bool:
        is_issue = bool({*named.ISSUE, *named.ID, *named.TEMPO_ID} & set(names)) or {
            "key",
            "summary",
        } <= set(names)
        return is_issue and bool({*named.STARTED, *named.CLOCK} & set(names))

    def _has_spent(self, names: list[str]) -> bool:
        return any(map(spent_unit, names))

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Jira's own list of issues, and timesheets with a column a day."""
        names = named.worklog_names(sample)
        if not {*named.ISSUE, "key"} & set(names):
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
        export = named.read_worklogs(path)
        spent = [name for names in spent_columns(export).values() for name in names]
        export.require((*named.STARTED, *named.CLOCK), cure=_CURE)
        export.require(tuple(spent) or ("time spent",), cure=_CURE)
        skipped = export.no_entries(*named.STARTED) | _totals(export, spent)
        entries = ~export.records.index.to_series().isin(list(skipped))
        options = settings.options_of(self.name)
        hours = read_spent(export, entries=entries, options=options, reader=self.name)
        written = named.starts(export)
        iso = iso_starts(
            written, sound=export.sound(skipped), options=options, export=export, reader=self.name
        )
        zone = options.time_zone or settings.workspace.time_zone
        times = read_times(iso, date_format="iso", time_zone=zone)
        rows = pd.DataFrame(
            {
                **named.people(export),
                "title": named.titles(export),
                "project": export.text(*named.PROJECT),
                "labels": named.labels(export.records),
                "started_at": times.at,
                "local_date": times.day,
                "hours": hours.hours,
            }
        )
        own = named.ids(export)
        lasting = bool(entries.any() and own[entries].notna().all())
        ends = "in the column of the start is no date that Jira's apps write"
        bad = entries & written.notna() & times.day.isna()
        return Draft(
            rows.assign(id=own) if lasting else rows,
            export.records,
            [*export.table.faults, *unreadable(bad, "started_at_unreadable", [written], ends),
             *hours.faults],
            skipped,
            {**export.notes, **hours.notes, **clock_notes(times),
             **_checked_total(hours.hours, skipped)},
            lasting_ids=lasting,
        )  # fmt: skip


def _totals(export: Export, spent: list[str]) -> dict[int, str]:
    """Find rows that hold nothing but sums: apps end their lists with one, in no word."""
    cells = export.records
    own = [export.columns[name] for name in spent]
    others = [name for name in cells if name not in own]
    no_text = pd.Series(True, index=cells.index)
    for name in others:
        no_text &= cells[name].isna() | cells[name].str.fullmatch(_AMOUNT, na=False)
    nameless = export.text(
        *named.STARTED, *named.CLOCK, *named.ISSUE, *named.ID, *named.TEMPO_ID, *named.PERSON
    ).isna()
    filled = cells[own].notna().any(axis="columns")
    return dict.fromkeys(cells.index[no_text & nameless & filled], "total_row")


def _checked_total(hours: pd.Series, skipped: dict[int, str]) -> dict[str, int]:
    """Compare the file's own sum with its rows; a difference says that something is missing."""
    totals = [row for row, reason in skipped.items() if reason == "total_row"]
    if len(totals) != 1:
        return {}
    apart = abs(hours[totals[0]] - hours.drop(index=list(skipped)).sum()) * 60
    note = "minutes by which the total row differs from its rows"
    return {note: round(apart)} if 0.5 < apart < float("inf") else {}
