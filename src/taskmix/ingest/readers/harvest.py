"""Harvest: the detailed time report as CSV or Excel."""

from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.readers.dayorder import iso_days, order_of_file
from taskmix.ingest.readers.decimalmark import mark_of_file, read_number
from taskmix.ingest.readers.startend import refuse_half_converted
from taskmix.ingest.readers.tracker import (
    Export,
    column_names,
    named_people,
    plain_name,
    read_export,
    unreadable,
)
from taskmix.ingest.tables.values import read_hours
from taskmix.settings import ReaderOptions, Settings

_CURE = "Export Harvest's detailed time report as CSV"
_HARVESTS = {
    "first name", "last name", "project code", "hours rounded", "billable?", "invoiced?",
    "approved?", "employee?", "external reference url",
}  # fmt: skip
_AMOUNTS = ("hours rounded", "billable rate", "billable amount", "cost rate", "cost amount")


class HarvestReader:
    """Reads ``Date,Client,Project,Project Code,Task,Notes,Hours,…,First Name,Last Name,…``.

    Harvest writes days and hours, no clock times and no id. Numbers and dates follow the
    account's settings: the decimal mark and the order of day and month are settled for the
    file, or asked.
    """

    name = "harvest"
    source = "harvest"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim a file with a date, hours and a column that only Harvest has."""
        names = {plain_name(name) for name in column_names(sample)}
        about = bool(names & {"task", "notes"}) and "project" in names
        return {"date", "hours"} <= names and about and bool(names & _HARVESTS)

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Harvest's summaries of time by client, project, task or person."""
        names = {plain_name(name) for name in column_names(sample)}
        if "date" not in names and "hours" in names and names & {"billable hours", "roles"}:
            return (
                "column 'Date' is missing. Is this a summary of Harvest's time report? Export the "
                "detailed time report"
            )
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
        export.require("Date", "Hours", ("Notes", "Task", "Project"), cure=_CURE)
        skipped = export.no_entries("date")
        sound, options = export.sound(skipped), settings.options_of(self.name)
        date, written = export.text("date"), export.text("hours")
        order = options.day_order or order_of_file([date[sound]], path=path, reader=self.name)
        refuse_half_converted(export, "date")
        day = pd.to_datetime(iso_days(date, order), format="%Y-%m-%d").astype("datetime64[us]")
        hours = self._hours(export, sound, options)
        rows = pd.DataFrame(
            {
                **named_people(export.text("email"), _full_name(export)),
                "team": export.first("teams", "team"),
                "department": export.first("department"),
                "project": export.text("project"),
                "title": export.text("notes", "task"),
                "local_date": day,
                "hours": hours,
            }
        )
        faults = [
            *export.table.faults,
            *unreadable(date.notna() & day.isna(), "started_at_unreadable", [date],
                        f"is no {order} date"),
            *unreadable(hours.isna(), "hours_unreadable", [written],
                        "is no number of hours with the file's decimal mark"),
        ]  # fmt: skip
        return Draft(rows, export.records, faults, skipped, export.notes)

    def _hours(self, export: Export, sound: pd.Series, options: ReaderOptions) -> pd.Series:
        """Read hours as numbers, or as ``1:30``."""
        text = export.text("hours")
        numbers = [_numbers_as_text(export, name)[sound] for name in ("hours", *_AMOUNTS)]
        mark = options.decimal or mark_of_file(
            numbers[0], others=numbers[1:], path=export.path, reader=self.name
        )
        typed = export.table.numbers.get(export.columns["hours"])
        hours = read_number(text, mark)
        if typed is not None:
            hours = hours.mask(typed, read_hours(text, unit="hours")[0])
        return hours.fillna(read_hours(text, unit="clock")[0])


def _numbers_as_text(export: Export, name: str) -> pd.Series:
    """Give a column's cells without a spreadsheet's own numbers, which have no mark."""
    text = export.text(name)
    typed = export.table.numbers.get(export.columns.get(name, ""))
    return text if typed is None else text.mask(typed)


def _full_name(export: Export) -> pd.Series:
    first, last = export.text("first name"), export.text("last name")
    return first.str.cat(last, sep=" ").fillna(first).fillna(last)
