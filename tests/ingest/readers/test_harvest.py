"""Harvest's detailed time report."""

import pandas as pd
import pytest

from taskmix.ingest import Counts, load_readers
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.readers.harvest import HarvestReader

HEADER = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,"
    "First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Currency"
)


def entry(day="2024-03-13", hours="1.5", notes="Sketch", *, rate="100", amount="150", roles=""):
    cells = [day, "Acme", "Site", "S1", "Design", notes, hours, "Yes", "No", "No", "Ana", "Berg",
             roles, "Yes", rate, amount, "Euro - EUR"]  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells)


def report(*lines, header=HEADER):
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def read(workspace, put):
    """Read a text as Harvest's file."""

    def run(text, toml="", name="h.csv"):
        settings = workspace(toml)
        return HarvestReader().read(put(settings, name, text), settings)

    return run


@pytest.fixture
def refusal(workspace, put, take):
    """Tell why a whole file is refused."""

    def run(text, reader=None):
        settings = workspace("")
        return take(settings, put(settings, "h.csv", text), reader=reader).files[0].error

    return run


def reasons(draft):
    return {
        n: fault.reason for fault in reversed(draft.faults) for n in fault.rows[fault.rows].index
    }


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(HarvestReader(), Reader)


def test_an_entry_becomes_a_task_of_a_day(workspace, put, take, tasks, known_as):
    settings = workspace("")
    put(settings, "h.csv", report(entry(notes="Sketch\nand discuss, twice", roles="Design")))
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("harvest", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert (task["title"], task["project"]) == ("Sketch and discuss, twice", "Site")
    assert (task["person"], task["hours"]) == (known_as("Ana Berg"), 1.5)
    assert task["local_date"] == pd.Timestamp("2024-03-13")
    assert pd.isna(task["started_at"])
    assert (task["team"], task["source"]) == ("unassigned", "harvest")


def test_without_notes_the_task_is_the_title(read):
    assert read(report(entry(notes=""))).rows["title"].tolist() == ["Design"]


def test_older_and_newer_columns_are_read(read):
    header = "Date,Project,Task,Notes,Hours,Hours Rounded,First name,Last name,Department,Teams"
    row = read(report('2024-03-13,Site,T,N,1.2,1.5,Ana,Berg,Studio,"Red, Blue"', header=header))
    first = row.rows.iloc[0]
    assert (first["hours"], first["person"]) == (1.2, "Ana Berg")
    assert (first["department"], first["team"]) == ("Studio", "Red")


def test_an_email_names_the_person_where_there_is_one(read):
    row = read(report(entry() + ",ana@x.org", header=HEADER + ",Email")).rows.iloc[0]
    assert (row["person"], row["person_also"]) == ("ana@x.org", "Ana Berg")


@pytest.mark.parametrize(
    ("hours", "read_as"),
    [(["20,0"], [20.0]), (["2.000,0"], [2000.0]), (["0.01"], [0.01]), (["1,234.50"], [1234.5]),
     (["1:30"], [1.5]), (["8", "7,5"], [8.0, 7.5]), (["1,250", "0,5"], [1.25, 0.5]),
     (["1,250", "0.5"], [1250.0, 0.5])],
)  # fmt: skip
def test_the_decimal_mark_is_settled_by_all_hours(hours, read_as, read):
    draft = read(report(*(entry(hours=cell) for cell in hours)))
    assert draft.rows["hours"].tolist() == read_as
    assert not draft.faults


def test_rates_settle_the_decimal_mark_too(read):
    assert read(report(entry(hours="1,250", rate="99,5"))).rows["hours"].tolist() == [1.25]


def test_hours_with_two_readings_refuse_the_file_until_a_setting_decides(read, refusal):
    text = report(entry(hours="1,250"))
    error = refusal(text)
    assert "'1,250' (row 1) could be 1250 or 1.25 hours" in error
    assert '[readers.harvest] decimal = "." or ","' in error
    told = read(text, toml='[readers.harvest]\ndecimal = ","\n')
    assert told.rows["hours"].tolist() == [1.25]


def test_hours_of_the_other_mark_are_quarantined(read):
    draft = read(
        report(entry(hours="1,5"), entry(hours="2,5"), entry(hours="0.5", rate="", amount=""))
    )
    assert reasons(draft) == {3: "hours_unreadable"}


@pytest.mark.parametrize("hours", ["", "n/a", "1:75"])
def test_hours_that_are_none_are_quarantined(hours, read):
    assert reasons(read(report(entry(hours=hours)))) == {1: "hours_unreadable"}


def test_dates_follow_the_order_of_the_file(read):
    draft = read(report(entry("03/04/2024"), entry("29/04/2024"), entry("04/30/2024"), entry("x"),
                        entry("30/04/2024")))  # fmt: skip
    assert draft.rows["local_date"].iloc[0] == pd.Timestamp("2024-04-03")
    assert reasons(draft) == {3: "started_at_unreadable", 4: "started_at_unreadable"}


def test_an_ambiguous_date_refuses_the_file(refusal):
    error = refusal(report(entry("03/04/2024")))
    assert "could be 3 April 2024 or 4 March 2024" in error
    assert "[readers.harvest] day_order" in error


def test_totals_and_blank_rows_are_skipped(workspace, put, take):
    settings = workspace("")
    put(settings, "h.csv", report(entry(), "Total" + "," * 6 + "1.5" + "," * 10, "," * 16))
    outcome = take(settings)
    assert outcome.counts == Counts(read=3, accepted=1, skipped=2)
    assert outcome.files[0].reasons == {"total_row": 1, "empty_row": 1}


def test_a_spreadsheets_numbers_have_no_mark_to_ask_for(workspace, take, tasks):
    openpyxl = pytest.importorskip("openpyxl")
    settings = workspace("")
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    day = pd.Timestamp("2024-03-04").to_pydatetime()
    book.active.append([day, "A", "P", "", "T", "N", 1.125, "Yes", "No", "No",
                        "Ana", "B", "", "Yes", 100, 112.5, "EUR"])  # fmt: skip
    book.save(settings.raw / "h.xlsx")
    assert take(settings).counts == Counts(read=1, accepted=1)
    assert tasks(settings)["hours"].tolist() == [1.125]
    assert tasks(settings)["local_date"].tolist() == [pd.Timestamp("2024-03-04")]


@pytest.mark.parametrize(
    ("header", "missing"),
    [("Client,Project,Task,Hours,First Name", "Date"), ("Date,Project,Task,First Name", "Hours"),
     ("Date,Hours,First Name", "Notes")],
)  # fmt: skip
def test_a_missing_column_is_named_with_those_there_are(header, missing, refusal):
    error = refusal(f"{header}\n", reader="harvest")
    assert f"h.csv: column {missing!r} is missing; found {header.replace(',', ', ')}" in error
    assert error.endswith("Export Harvest's detailed time report as CSV")


def test_a_summary_is_told_from_the_detailed_report(refusal):
    error = refusal("Client,Project,Hours,Billable Hours,Billable Amount\n")
    assert "Is this a summary of Harvest's time report? Export the detailed time report" in error


@pytest.mark.parametrize("header", ["Date,Hours,Task,Project,Notes", "Date,From,To,Hours,Project"])
def test_a_table_without_a_column_that_only_harvest_has_is_not_claimed(header, tmp_path):
    assert not HarvestReader().claims(Sample(tmp_path / "a.csv", (), f"{header}\n"))


@pytest.mark.real
def test_the_importers_fixture_is_read(shared_data, workspace, take):
    folder = shared_data / "exports" / "importer_fixtures_solidtime"
    path = folder / "harvest_time_entries_import_test_1.csv"
    settings = workspace("")
    assert take(settings, path).counts == Counts(read=2, accepted=2)
    draft = HarvestReader().read(path, settings)
    assert draft.rows["hours"].tolist() == [20.0, 0.01]
    sample = Sample(path, (), path.read_text("utf-8"))
    claiming = [reader.name for reader in load_readers(settings).values() if reader.claims(sample)]
    assert claiming == ["harvest"]
