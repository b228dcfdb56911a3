"""solidtime's own export, and the layout that it imports."""

import pandas as pd
import pytest

from taskmix.ingest import Counts, load_readers
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.readers.solidtime import SolidtimeReader

OWN = "Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),Billable,Tags"
GENERIC = "description,billable,client,project,tags,start,end,task,user_name,user_email"
BERLIN = '[workspace]\ntime_zone = "Europe/Berlin"\n'


def entry(start="2024-03-04 10:00:00", end="2024-03-04 11:30:00", duration="1:30:00", *,
          title="Draft", decimal="1.5", tags=""):  # fmt: skip
    return f'{title},Copy,Site,Acme,Ana B,{start},{end},{duration},{decimal},No,"{tags}"'


def report(*lines, header=OWN):
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def read(workspace, put):
    """Read a text as solidtime's file."""

    def run(text, toml=BERLIN, name="s.csv"):
        settings = workspace(toml)
        return SolidtimeReader().read(put(settings, name, text), settings)

    return run


def reasons(draft):
    return {
        n: fault.reason for fault in reversed(draft.faults) for n in fault.rows[fault.rows].index
    }


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(SolidtimeReader(), Reader)


def test_an_entry_of_its_own_export_becomes_a_task(workspace, put, take, tasks, known_as):
    settings = workspace(BERLIN + '[tags]\n"Ideas" = "creative"\n')
    put(settings, "s.csv", report(entry(tags="Rush, Ideas")))
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("solidtime", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert task["started_at"] == pd.Timestamp("2024-03-04T09:00Z")
    assert (task["person"], task["project"], task["hours"]) == (known_as("Ana B"), "Site", 1.5)
    assert (task["title"], task["tag"], task["source"]) == ("Draft", "creative", "solidtime")


def test_the_layout_that_it_imports_is_read(workspace, put, take, tasks, known_as):
    settings = workspace(BERLIN)
    line = (
        ',true,Acme,Site,"Rush, Ideas",2024-03-04T09:00:00Z,2024-03-04T10:30:00Z,Copy,Ana,ana@x.org'
    )
    put(settings, "g.csv", report(line, header=GENERIC))
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("solidtime", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert (task["title"], task["hours"]) == ("Copy", 1.5)
    assert task["started_at"] == pd.Timestamp("2024-03-04T09:00Z")
    assert task["person"] == known_as("ana@x.org")


@pytest.mark.parametrize(
    ("toml", "at"),
    [(BERLIN, "09:00"), (BERLIN + '[readers.solidtime]\ntime_zone = "UTC"\n', "10:00"),
     ("", "10:00")],
)  # fmt: skip
def test_times_without_an_offset_are_the_readers_zone_or_the_workspaces(toml, at, read):
    started = read(report(entry()), toml).rows["started_at"]
    assert started.tolist() == [pd.Timestamp(f"2024-03-04T{at}Z")]


def test_an_offset_goes_before_every_zone(read):
    draft = read(report(entry("2024-03-04T10:00:00+05:30", "2024-03-04T11:30:00+05:30")))
    assert draft.rows["started_at"].tolist() == [pd.Timestamp("2024-03-04T04:30Z")]


def test_times_that_a_spreadsheet_rewrote_follow_the_order_of_the_file(read):
    draft = read(report(entry("3/4/2024 10:00", "3/4/2024 11:30"),
                        entry("29/4/2024 10:00", "29/4/2024 1:30 x")))  # fmt: skip
    assert draft.rows["started_at"].iloc[0] == pd.Timestamp("2024-04-03T08:00Z")
    assert reasons(draft) == {2: "ended_at_unreadable"}


@pytest.mark.parametrize(
    ("duration", "decimal", "hours"),
    [("30:10:30", "", 30.175), ("", "1.0169444444444444", 1.0169444444444444), ("", "1,5", 1.5)],
)
def test_every_duration_is_read(duration, decimal, hours, read):
    draft = read(report(entry(duration=duration, decimal=f'"{decimal}"')))
    assert draft.rows["hours"].tolist() == [hours]


@pytest.mark.parametrize(
    ("line", "reason"),
    [(entry("2024-13-04 10:00:00"), "started_at_unreadable"),
     (entry(end="later"), "ended_at_unreadable"),
     (entry(duration="an hour", decimal=""), "hours_unreadable")],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_quarantined_with_its_reason(line, reason, read):
    assert reasons(read(report(entry(), line))) == {2: reason}


def test_running_entries_breaks_and_totals_are_skipped(workspace, put, take):
    settings = workspace(BERLIN)
    running = entry(end="", duration="", decimal="") + ",work"
    put(settings, "s.csv", report(entry() + ",work", running, entry() + ",break",
                                  "Total,,,,,,,1:30:00,1.5,,,", header=OWN + ",Type"))  # fmt: skip
    outcome = take(settings)
    assert outcome.counts == Counts(read=4, accepted=1, skipped=3)
    assert outcome.files[0].reasons == {"still_running": 1, "break": 1, "total_row": 1}


@pytest.mark.parametrize(
    ("header", "missing"), [("Description,Task,End", "Start"), ("Start,End,Project", "Description")]
)
def test_a_missing_column_is_named_with_those_there_are(header, missing, workspace, put, take):
    settings = workspace(BERLIN)
    error = take(settings, put(settings, "s.csv", f"{header}\n"), reader="solidtime").files[0].error
    assert f"s.csv: column {missing!r} is missing; found {header.replace(',', ', ')}" in error
    assert error.endswith("Export solidtime's detailed report as CSV")


def test_the_overview_is_told_from_the_detailed_report(workspace, put, take):
    settings = workspace(BERLIN)
    put(settings, "s.csv", "Project,Task,Duration,Duration (decimal),Amount (EUR)\n")
    assert "Is this solidtime's overview? Export the detailed" in take(settings).files[0].error


@pytest.mark.real
def test_the_importers_fixture_is_read(shared_data, workspace, take):
    folder = shared_data / "exports" / "importer_fixtures_solidtime"
    path = folder / "generic_time_entries_import_test_1.csv"
    settings = workspace("")
    outcome = take(settings, path).files[0]
    assert outcome.counts == Counts(read=2, accepted=1, quarantined=1)
    assert outcome.reasons == {"hours_not_positive": 1}
    sample = Sample(path, (), path.read_text("utf-8"))
    claiming = [reader.name for reader in load_readers(settings).values() if reader.claims(sample)]
    assert claiming == ["solidtime"]
