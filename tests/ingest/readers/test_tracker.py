"""What the readers of time trackers share: files as they come, and no error but a known one."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import ReaderError, TaskmixError
from taskmix.ingest import Counts, Who, load_readers, settle
from taskmix.ingest.detect import read_sample
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.readers.detailedreport import whose_report
from taskmix.ingest.readers.tracker import column_names, read_export
from taskmix.settings import Settings

HEADERS = {
    "clockify": "Project,Client,Description,Task,User,Group,Email,Tags,Type,Billable,Start Date,"
    "Start Time,End Date,End Time,Duration (h),Duration (decimal),Date of creation",
    "harvest": "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name,"
    "Billable Rate",
    "solidtime": "Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),"
    "Billable,Tags",
    "toggl": "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
    "End time,Duration,Tags",
}
ROWS = {
    "clockify": [
        'Site,,Plan,,Ana,Red,ana@x.org,"a, b",Regular,No,13/04/2024,10:00 AM,13/04/2024,11:30 AM,'
        "01:30:00,1.50,14/04/2024",
        "Site,,Rest,,Ana,,ana@x.org,,Break,No,13/04/2024,1:00 PM,13/04/2024,2:00 PM,1:00:00,1.00,",
        "Site,,Now,,Bo,,bo@x.org,,Regular,No,14/04/2024,1:00 PM,,,,,",
    ],
    "harvest": [
        '2024-04-13,Acme,Site,S1,Design,"Größe\nund mehr","1,5",Yes,Ana,Berg,"100,0"',
        '2024-04-14,Acme,Site,S1,Design,,"2,25",Yes,Bo,Carr,"100,0"',
        'Total,,,,,,"3,75",,,,',
    ],
    "solidtime": [
        'Plan,,Site,,Ana,2024-04-13 10:00:00,2024-04-13 11:30:00,1:30:00,1.5,No,"a, b"',
        "Draw,,Site,,Ana,2024-04-13T13:00:00Z,2024-04-13T14:00:00Z,,1.0,No,",
        "Now,,Site,,Bo,2024-04-14 10:00:00,,,,No,",
    ],
    "toggl": [
        'Ana,ana@x.org,,Site,,Plan,No,2024-04-13,10:00:00,2024-04-13,11:30:00,01:30:00,"a, b"',
        "Ana,ana@x.org,,Site,,Draw,No,2024-04-13,1:00 PM,2024-04-13,2:00 PM,01:00:00 AM,",
        "Bo,bo@x.org,,Site,,Now,No,2024-04-14,10:00:00,,,,",
    ],
}
#: The tasks of each report as it comes, by its reader; read once.
_AS_EXPORTED: dict[str, list[str]] = {}
READERS = st.sampled_from(sorted(HEADERS))
QUICK = settings(
    deadline=None, max_examples=20, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
NASTY = st.sampled_from(
    [b'"', b"\n", b"\r", b";", b",", b"\t", b"\x00", b"\xff", b"\xed\xa0\x80", b"-", b"9999",
     b"\xe2\x80\xaf", b"inf", b"0", b"\xef\xbb\xbf", b"/", b":", b" AM", b"PM", b".", b"\x81"]
)  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=10),
    st.from_regex(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}:[0-9]{2}(:[0-9]{2})?( ?[AaPp]\.?[Mm]\.?)?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,4}){0,2}", fullmatch=True),
    st.sampled_from(["", "Total", "Break", "1900-01-01T03:00:00", "0001-01-01", "9999-12-31"]),
)


def report(name: str) -> str:
    return "\n".join([HEADERS[name], *ROWS[name]]) + "\n"


@pytest.fixture
def made(workspace) -> Settings:
    return workspace('[workspace]\ntime_zone = "America/St_Johns"\n')


@pytest.fixture
def readers(made) -> dict[str, Reader]:
    return load_readers(made)


def account_for(path: Path, reader: Reader, made: Settings, who: Who) -> int:
    """Read a file to its end; returns the number of its records, or 0 if it is refused."""
    try:
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="file")
    except TaskmixError:
        return 0
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    assert not set(settled.log.index) & {*settled.refused.index, *settled.skipped}
    assert settled.refused[["reason", "detail", "record"]].notna().all(axis=None)
    return n


@pytest.mark.parametrize(
    ("name", "counts"),
    [("clockify", Counts(read=3, accepted=1, skipped=2)),
     ("harvest", Counts(read=3, accepted=2, skipped=1)),
     ("solidtime", Counts(read=3, accepted=2, skipped=1)),
     ("toggl", Counts(read=3, accepted=2, skipped=1))],
)  # fmt: skip
def test_the_files_that_are_damaged_below_are_valid(name, counts, made, put, take):
    put(made, "a.csv", report(name))
    outcome = take(made)
    assert (outcome.files[0].reader, outcome.counts) == (name, counts)


@pytest.mark.parametrize("name", sorted(HEADERS))
@pytest.mark.parametrize("spelt", [str, str.upper, str.lower])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_header_is_claimed_by_its_own_reader_alone(name, spelt, separator, readers, tmp_path):
    text = spelt(HEADERS[name]).replace(",", separator) + "\n"
    sample = Sample(tmp_path / "a.csv", (text.strip(),), text)
    assert [reader.name for reader in readers.values() if reader.claims(sample)] == [name]


@pytest.mark.parametrize(
    ("columns", "whose"),
    [
        ("Project,Description,Start Date,Start Time,End Date,End Time", "clockify"),
        ("Project,Description,Start date,Start time,End date,End time", "toggl"),
        ("project,description,start date,start time,end date,end time", "either"),
        ("Description,Start Date,Start Time,End Date,End Time,Amount ()", "toggl"),
        ("description,start date,start time,end date,end time,billable rate (usd)", "clockify"),
        ("Description,Start date,End date,Duration", None),
        ("Subject,Start Date,Start Time,End Date,End Time,Description", None),
    ],
)
def test_few_columns_tell_toggls_report_from_clockifys(columns, whose):
    assert whose_report(columns.split(",")) == whose


def test_columns_of_json_and_spreadsheets_are_taken_as_they_were_read():
    assert column_names(Sample(Path("a.json"), ("Date", "Hours"), "[{")) == ["Date", "Hours"]
    assert column_names(Sample(Path("a.xlsx"), ("Date",), "")) == ["Date"]


def test_neither_utf_8_nor_windows_text_is_refused_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"A,B\n1,\x81\n")
    with pytest.raises(
        ReaderError, match=r"line 2 is neither UTF-8 nor Windows-1252 text \(byte 0x81"
    ):
        read_export(path)


def test_a_compressed_file_is_read(tmp_path):
    path = tmp_path / "a.csv.gz"
    pd.DataFrame({"A": ["Größe"], "B": ["x"]}).to_csv(path, sep=";", index=False, encoding="cp1252")
    export = read_export(path)
    assert export.text("a").tolist() == ["Größe"]


def test_the_first_filled_of_several_columns_counts_row_by_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Notes, TASK\n,T1\nN2,T2\n,\n")
    found = read_export(path).text("notes", "task", "absent")
    assert found.fillna("-").tolist() == ["T1", "N2", "-"]


@pytest.mark.real
def test_no_real_file_is_claimed_by_two_readers(shared_data, readers):
    for path in sorted((shared_data / "exports").glob("*/*.csv")):
        claiming = [reader.name for reader in readers.values() if reader.claims(read_sample(path))]
        expected = path.name.split("_")[0]
        assert len(claiming) <= 1
        assert expected not in HEADERS or claiming == [expected]


@QUICK
@given(name=READERS, draw=st.data())
def test_mutated_bytes_raise_known_errors_only(made, readers, who, name, draw):
    content = bytearray(report(name).encode())
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(content) - 1))
        width = draw.draw(st.integers(0, 3))
        content[at : at + width] = draw.draw(st.one_of(NASTY, st.binary(max_size=3)))
    path = made.raw / "a.csv"
    path.write_bytes(bytes(content))
    account_for(path, readers[name], made, who)


@QUICK
@given(name=READERS, content=st.binary(max_size=200), behind=st.booleans())
def test_any_bytes_raise_known_errors_only(made, readers, who, name, content, behind):
    path = made.raw / "a.csv"
    path.write_bytes(HEADERS[name].encode() + b"\n" + content if behind else content)
    account_for(path, readers[name], made, who)


@QUICK
@given(name=READERS, draw=st.data())
def test_any_cells_are_accounted_for_or_the_file_is_refused(made, readers, who, name, draw):
    table = list(csv.reader(io.StringIO(report(name))))
    for _ in range(draw.draw(st.integers(1, 8))):
        row = draw.draw(st.integers(1, len(table) - 1))
        table[row][draw.draw(st.integers(0, len(table[0]) - 1))] = draw.draw(CELLS)
    written = io.StringIO()
    csv.writer(written).writerows(table)
    path = made.raw / "a.csv"
    path.write_bytes(written.getvalue().encode("utf-8", "replace"))
    assert account_for(path, readers[name], made, who) in {0, len(table) - 1}


@QUICK
@given(name=READERS, draw=st.data())
def test_the_order_of_columns_and_rows_changes_no_task(made, readers, who, name, draw):
    head, *rows = csv.reader(io.StringIO(report(name)))
    order = draw.draw(st.permutations(range(len(head))))
    rows = draw.draw(st.permutations(rows))
    written = io.StringIO()
    csv.writer(written).writerows([[row[n] for n in order] for row in (head, *rows)])
    reader, path = readers[name], made.raw / "a.csv"

    def tasks(text: str) -> list[str]:
        path.write_text(text, "utf-8", newline="")
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="a.csv")
        return sorted(settled.log["task_id"])

    if name not in _AS_EXPORTED:
        _AS_EXPORTED[name] = tasks(report(name))
    assert tasks(written.getvalue()) == _AS_EXPORTED[name] != []


@QUICK
@given(name=READERS, without=st.sets(st.integers(0, 16), max_size=6))
def test_absent_columns_are_a_schema_error_or_do_no_harm(made, readers, who, name, without):
    table = list(csv.reader(io.StringIO(report(name))))
    written = io.StringIO()
    csv.writer(written).writerows(
        [[cell for n, cell in enumerate(row) if n not in without] for row in table]
    )
    path = made.raw / "a.csv"
    path.write_text(written.getvalue(), "utf-8", newline="")
    account_for(path, readers[name], made, who)
