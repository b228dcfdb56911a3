"""Toggl's detailed report."""

import datetime as dt

import pandas as pd
import pytest

from taskmix.ingest import Counts, TogglDetailedReader
from taskmix.ingest.protocol import Reader

DAY = "2026-07-01"
MINE = '[workspace]\ntime_zone = "Europe/Berlin"\n[tags]\n"Type: Writing" = "creative"\n'


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(TogglDetailedReader(), Reader)


def test_an_entry_becomes_a_task(workspace, put, toggl, take, tasks, known_as):
    settings = workspace(MINE)
    put(settings, "t.csv", toggl(("ana", "Draft", DAY, "09:00:00", "10:30:00", "01:30:00",
                                  "Domain: School", "Type: Writing")))  # fmt: skip
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("toggl", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert task["started_at"] == pd.Timestamp("2026-07-01T07:00Z")
    assert (task["person"], task["project"], task["hours"]) == (known_as("ana@x.org"), "Site", 1.5)
    assert (task["tag"], task["team"], task["source"]) == ("creative", "unassigned", "toggl")


@pytest.mark.parametrize(
    ("written", "hours"),
    [("00:47:06", 0.785), ("0:47:06", 0.785), ("47:06 min", 0.785), ("0.79 h", 0.79),
     ("36 sec", 0.01)],
)  # fmt: skip
def test_every_duration_format_of_a_profile_is_read(
    written, hours, workspace, put, toggl, take, tasks
):
    settings = workspace(MINE)
    put(settings, "t.csv", toggl(("ana", "A", DAY, "09:00:00", "09:47:24", written)))
    take(settings)
    assert tasks(settings)["hours"].tolist() == [pytest.approx(hours)]


@pytest.mark.parametrize(
    ("start", "end", "duration", "reason"),
    [
        ("09:00:00", "09:00:00", "0:00:00", "hours_not_positive"),
        ("09:00:00 AM", "10:00:00", "1:00:00", "started_at_unreadable"),
        ("09:00:00", "25:00:00", "1:00:00", "ended_at_unreadable"),
        ("09:00:00", "10:00:00", "", "hours_unreadable"),
        ("09:00:00", "10:00:00", "1.2.3 h", "hours_unreadable"),
        ("09:00:00", "10:00:00", "-1:00:00", "hours_unreadable"),
        ("09:00:00", "08:00:00", "1:00:00", "ends_before_start"),
        ("09:00:00", "10:00:00", "1:30:00", "hours_exceed_clock"),
        ("", "10:00:00", "1:00:00", "no_date"),
    ],
)
def test_an_entry_that_cannot_be_read_is_quarantined_with_its_reason(
    start, end, duration, reason, workspace, put, toggl, take, quarantine
):
    settings = workspace(MINE)
    good = ("ana", "Good", DAY, "09:00:00", "10:00:00", "1:00:00")
    put(settings, "t.csv", toggl(good, ("ana", "Bad", DAY, start, end, duration)))
    assert take(settings).counts == Counts(read=2, accepted=1, quarantined=1)
    refused = quarantine(settings).iloc[0]
    assert (refused["reason"], refused["row"], refused["source"]) == (reason, 2, "toggl")


def test_a_personal_export_without_user_is_me_in_a_personal_workspace(
    workspace, put, toggl, take, tasks
):
    lines = toggl(("ana", "A", DAY, "09:00:00", "10:00:00", "1:00:00")).splitlines()
    text = "\n".join(line.split(",", 2)[2] for line in lines) + "\n"
    settings = workspace("[workspace]\npersonal = true\n")
    put(settings, "t.csv", text)
    take(settings)
    assert tasks(settings)["person"].tolist() == ["me"]
    shared = workspace("", folder="shared")
    put(shared, "t.csv", text)
    assert "the file names no person" in take(shared).files[0].error


@pytest.mark.parametrize(
    "header", ["User,Project,Duration,Amount (EUR)", "Client,Project,Duration", "Title,Duration"]
)
def test_a_summary_report_is_told_from_the_detailed_one(header, workspace, put, take):
    settings = workspace(MINE)
    put(settings, "t.csv", f"{header}\nana,Site,1:00:00,\n")
    error = take(settings).files[0].error
    assert "Is this a summary or weekly report of Toggl? Export the detailed one" in error
    assert error.endswith(f"Found: {header.replace(',', ', ')}")


@pytest.mark.parametrize(
    "header", ["Description,Task,Project,Client,User,Start,End,Duration,Tags",
               "Date,From,To,Duration,Project"]
)  # fmt: skip
def test_another_tools_log_is_not_taken_for_a_summary(header, workspace, put, take):
    settings = workspace(MINE)
    put(settings, "t.csv", f"{header}\n")
    assert "no reader knows this file" in take(settings).files[0].error


def test_a_missing_column_is_named_with_those_there_are(workspace, put, toggl, take):
    settings = workspace(MINE)
    text = toggl(("ana", "A", DAY, "09:00:00", "10:00:00", "1:00:00")).replace("End time", "Ende")
    put(settings, "t.csv", text)
    error = take(settings).files[0].error
    assert "t.csv: column 'End time' is missing; found User, Email, Client" in error
    assert "Export Toggl's detailed report" in error


@pytest.fixture
def read(workspace, put):
    """Read a text as Toggl's file."""

    def run(text, toml=MINE, name="t.csv"):
        settings = workspace(toml)
        return TogglDetailedReader().read(put(settings, name, text), settings)

    return run


def reasons(draft):
    return {
        n: fault.reason for fault in reversed(draft.faults) for n in fault.rows[fault.rows].index
    }


def test_the_person_is_the_email_and_the_name_is_known_too(read, toggl):
    row = read(toggl(("ana", "A", DAY, "09:00:00", "10:00:00", "1:00:00"))).rows.iloc[0]
    assert (row["person"], row["person_also"]) == ("ana@x.org", "ana")


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("9:00:00 AM", "10:30:00 AM", 1.5),
        ("11:45 am", "1:15 pm", 1.5),
        ("12:00 AM", "12:30 AM", 0.5),
    ],
)
def test_a_clock_of_twelve_hours_is_read(start, end, hours, read, toggl):
    draft = read(toggl(("ana", "A", DAY, start, end, f"0{int(hours)}:30:00")))
    assert not draft.faults
    clock = (draft.rows["ended_at"] - draft.rows["started_at"]).dt.total_seconds() / 3600
    assert clock.tolist() == [hours]


def test_a_time_that_lost_its_marker_is_not_taken_for_the_morning(read, toggl):
    marked = ("ana", "A", DAY, "1:00 PM", "2:00 PM", "1:00:00")
    lost = ("ana", "B", DAY, "1:00", "2:00", "1:00:00")
    assert reasons(read(toggl(marked, marked, lost))) == {3: "started_at_unreadable"}


def test_both_clocks_may_stand_in_one_file_where_each_time_tells_its_own(read, toggl):
    marked = ("ana", "A", DAY, "1:00 PM", "2:00 PM", "1:00:00")
    plain = ("ana", "B", DAY, "09:00", "14:00", "5:00:00")
    assert not read(toggl(marked, marked, plain)).faults


@pytest.mark.parametrize(
    ("end", "duration", "hours"),
    [
        ("11:00:00", "02:00:00 AM", 2.0),
        ("09:30:00", "12:30:00 AM", 0.5),
        ("22:30:00", "1:30:00 PM", 13.5),
        ("10:30:00", "0.0625", 1.5),
        ("10:30:00", "0,0625", 1.5),
        ("10:30:00", "1.5", 1.5),
        ("10:30:20", "1:30", 1.5 + 20 / 3600),
        ("10:30:00", "1,5 h", 1.5),
    ],
)
def test_a_duration_that_a_spreadsheet_rewrote_is_read_where_the_clock_confirms_it(
    end, duration, hours, read, toggl
):
    text = toggl(("ana", "A", DAY, "09:00:00", end, f'"{duration}"'))
    draft = read(text)
    assert draft.rows["hours"].tolist() == [pytest.approx(hours)]
    assert not draft.faults


@pytest.mark.parametrize("duration", ["0.0625", "1.5", "1:30", "2024-01-01"])
def test_a_duration_that_the_clock_does_not_confirm_is_quarantined(duration, read, toggl):
    draft = read(toggl(("ana", "A", DAY, "09:00:00", "11:00:00", duration)))
    assert reasons(draft) == {1: "hours_unreadable"}
    assert "take the file as Toggl exports it" in draft.faults[0].detail[1]


def test_a_time_of_day_gets_back_the_whole_day_that_the_clock_has(read, toggl):
    text = toggl(("ana", "A", DAY, "09:00:00", "11:00:00", "02:00:00 AM"))
    longer = text.replace(f"{DAY},11:00:00", "2026-07-02,11:00:00")
    assert read(longer).rows["hours"].tolist() == [26.0]
    # What Toggl wrote itself has lost nothing.
    assert read(longer.replace(" AM", "")).rows["hours"].tolist() == [2.0]


@pytest.mark.parametrize("form", ["{0.day}/{0.month}/{0.year}", "{0:%d.%m.%y}"])
def test_rewritten_dates_follow_the_order_of_the_file(form, read, toggl):
    days = [dt.date(2022, 1, 6), dt.date(2022, 1, 31)]
    draft = read(toggl(*(("ana", "A", form.format(day), "09:00", "10:00", "01:00:00")
                         for day in days)))  # fmt: skip
    assert draft.rows["local_date"].dt.date.tolist() == days


def test_an_ambiguous_file_is_refused_with_the_setting(workspace, put, toggl, take):
    settings = workspace(MINE)
    put(settings, "t.csv", toggl(("ana", "A", "1/6/2022", "09:00", "10:00", "01:00:00")))
    error = take(settings).files[0].error
    assert "'1/6/2022' (row 1) could be 1 June 2022 or 6 January 2022" in error
    assert "[readers.toggl] day_order" in error


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_encoding_and_case_is_read(separator, workspace, put, toggl, take, tasks):
    text = toggl(("ana", "Größe", DAY, "09:00:00", "10:00:00", "1:00:00")).lstrip("\ufeff")
    head, *rest = text.splitlines()
    text = "\r\n".join([f"{head.upper()},AMOUNT (EUR)", *(f"{line},1.00" for line in rest)])
    settings = workspace(MINE)
    put(settings, "t.csv", text.replace(",", separator).encode("cp1252"))
    outcome = take(settings)
    assert outcome.counts == Counts(read=1, accepted=1)
    assert outcome.files[0].notes["lines read as Windows-1252, since the file is not UTF-8"] == 1
    assert tasks(settings)["title"].tolist() == ["Größe"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_spreadsheets_unicode_text_is_read(encoding, workspace, put, toggl, take, tasks):
    text = toggl(("ana", "Größe", DAY, "09:00:00", "10:00:00", "1:00:00")).lstrip("\ufeff")
    settings = workspace(MINE)
    put(settings, "t.txt", text.replace(",", "\t").encode(encoding))
    assert take(settings).counts == Counts(read=1, accepted=1)
    assert tasks(settings)["title"].tolist() == ["Größe"]


@pytest.mark.parametrize(
    "header",
    [
        '"Description",Duration,Member,Email,Tags,Start date,Start time,Stop date,Stop time',
        "Description,Tags,Start date,Start time,Stop date,Stop time",
    ],
)
def test_newer_headers_are_read(header, workspace, put, take, tasks):
    cells = {"Description": "Draft", "Duration": "1:00:00", "Member": "Ana", "Email": "ana@x.org",
             "Tags": "", "Start date": DAY, "Start time": "09:00:00",
             "Stop date": DAY, "Stop time": "10:00:00"}  # fmt: skip
    row = ",".join(cells[name.strip('"')] for name in header.split(","))
    settings = workspace("[workspace]\npersonal = true\n")
    put(settings, "t.csv", f"\ufeff{header}\n{row}\n")
    assert take(settings).counts == Counts(read=1, accepted=1)
    assert tasks(settings)[["title", "hours"]].to_numpy().tolist() == [["Draft", 1.0]]


@pytest.mark.parametrize("duration", ["", "-1751353200", "0:00:00"])
def test_an_entry_that_still_runs_is_skipped(duration, workspace, put, toggl, take):
    settings = workspace(MINE)
    done = ("ana", "Done", DAY, "09:00:00", "10:00:00", "1:00:00")
    text = toggl(done, ("ana", "Now", DAY, "11:00:00", "END", duration))
    put(settings, "t.csv", text.replace(f"{DAY},END", ","))
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=1, skipped=1)
    assert outcome.files[0].reasons == {"still_running": 1}


def test_a_file_saved_as_a_spreadsheet_is_read(workspace, toggl, take, tasks):
    openpyxl = pytest.importorskip("openpyxl")
    settings = workspace(MINE)
    book = openpyxl.Workbook()
    book.active.append(toggl().strip("\ufeff\r\n").split(","))
    first, second = dt.date(2026, 7, 1), dt.date(2026, 7, 2)
    for title, end_day, end, length, form in (
        ("A", first, dt.time(10, 30, 34), dt.time(1, 30, 34), "h:mm:ss"),
        ("B", second, dt.time(11), dt.timedelta(hours=26), "[h]:mm:ss"),
        ("C", second, dt.time(11), dt.timedelta(hours=26), "h:mm:ss"),
        ("D", first, dt.time(10, 30), 0.0625, "General"),
    ):
        book.active.append(["ana", "ana@x.org", "", "Site", "", title, "No", first, dt.time(9),
                            end_day, end, length, ""])  # fmt: skip
        book.active.cell(book.active.max_row, 12).number_format = form
    book.save(settings.raw / "t.xlsx")
    outcome = take(settings)
    assert outcome.files[0].reader == "toggl"
    assert (outcome.counts.read, outcome.counts.quarantined) == (4, 0)
    hours = tasks(settings).groupby("title")["hours"].sum()
    assert hours.tolist() == [pytest.approx(1.5 + 34 / 3600), 26.0, 26.0, 1.5]


@pytest.mark.real
def test_the_importers_spreadsheet_variant_is_read(shared_data, workspace, take):
    path = shared_data / "exports" / "importer_fixtures_tuttle" / "test_time_tracking_toggl.csv"
    settings = workspace("")
    assert take(settings, path).counts == Counts(read=29, accepted=29)
    draft = TogglDetailedReader().read(path, settings)
    clock = (draft.rows["ended_at"] - draft.rows["started_at"]).dt.total_seconds() / 3600
    assert draft.rows["hours"].tolist() == pytest.approx(clock.tolist())
