"""Excel, JSON lines and Parquet: typed cells become the text they mean."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from taskmix.ingest import Counts

COLUMNS = """
[mapping.x.columns]
id = "Id"
person = "Who"
title = "What"
started_at = "Day"
hours = "Hours"
"""
HEADER = ["Id", "Who", "What", "Day", "Hours"]


@pytest.fixture
def book(put):
    def write(settings, name: str, *rows: list[object], sheet: str = "Log") -> Path:
        made = openpyxl.Workbook()
        made.active.title = "Cover"
        made.active.append(["nothing here"])
        page = made.create_sheet(sheet, 0 if sheet == "Log" else 1)
        for row in rows:
            page.append(row)
        path = put(settings, name, b"")
        made.save(path)
        return path

    return write


def test_excel_keeps_typed_dates_ids_and_numbers(workspace, book, take, tasks):
    settings = workspace('[mapping.x]\ndate_format = "%d.%m.%Y"\ndecimal = ","\n'
                         f'thousands = "."\n{COLUMNS}')  # fmt: skip
    book(
        settings, "a.xlsx", HEADER,
        [1735.0, "ana", "A", dt.date(2026, 3, 4), 2.125],
        [],
        [1736.0, "ana", "B", dt.datetime(2026, 3, 5), 3],
        ["1737", "bo", "C", dt.datetime(2026, 3, 6), "2.000,5"],
    )  # fmt: skip
    assert take(settings).counts == Counts(read=3, accepted=3)
    log = tasks(settings)
    # 2.125 is a number of the sheet; the marks of the mapping hold for texts alone.
    assert log["hours"].tolist() == [2.125, 3.0, 2000.5]
    assert log["local_date"].dt.day.tolist() == [4, 5, 6]
    assert log["started_at"].isna().all()


def test_an_excel_id_is_the_same_as_the_id_in_csv(workspace, book, put, take):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    book(settings, "a.xlsx", HEADER, [1735.0, "ana", "A", dt.date(2026, 3, 4), 2.0])
    take(settings)
    put(settings, "a.csv", "Id,Who,What,Day,Hours\n1735,ana,A,2026-03-04,2\n")
    outcome = take(settings)
    assert outcome.files[1].counts == Counts(read=1, unchanged=1)


def test_excel_times_and_durations_are_read_as_clocks(workspace, book, take, tasks):
    settings = workspace(
        '[workspace]\ntime_zone = "Europe/Berlin"\n[mapping.x]\nhours_unit = "clock"\n'
        'date_format = "%d.%m.%Y %H:%M"\n' + COLUMNS.replace('"Day"', '["Day", "At"]')
    )
    path = book(
        settings, "a.xlsx", [*HEADER, "At"],
        [1, "ana", "A", dt.date(2026, 3, 4), dt.timedelta(hours=26, minutes=30), dt.time(9, 15)],
        [2, "ana", "B", dt.date(2026, 3, 4), dt.time(1, 45), dt.time(10, 0)],
    )  # fmt: skip
    made = openpyxl.load_workbook(path)
    made["Log"]["E2"].number_format = "[h]:mm:ss"
    made.save(path)
    assert take(settings).counts == Counts(read=2, accepted=2)
    assert tasks(settings)["hours"].tolist() == [26.5, 1.75]
    assert tasks(settings)["started_at"][0] == pd.Timestamp("2026-03-04T08:15Z")


def test_a_mapping_reads_the_sheet_it_names(workspace, book, take, tasks):
    settings = workspace(f'[mapping.x]\nsheet = "Second"\n{COLUMNS}')
    book(settings, "a.xlsx", HEADER, [1, "ana", "A", dt.date(2026, 3, 4), 2], sheet="Second")
    assert take(settings).counts.accepted == 1


def test_a_missing_sheet_is_named_with_those_there_are(workspace, book, take):
    settings = workspace(f'[mapping.x]\nsheet = "Gone"\nfiles = ["*.xlsx"]\n{COLUMNS}')
    book(settings, "a.xlsx", HEADER)
    assert "no sheet 'Gone'; found Log, Cover" in take(settings).files[0].error


def test_an_excel_sheet_of_a_header_alone_holds_no_records(workspace, book, take):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    book(settings, "a.xlsx", HEADER)
    outcome = take(settings)
    assert (outcome.files[0].error, outcome.counts.read) == (None, 0)


def test_json_lines_are_read_line_by_line(workspace, put, take, tasks, quarantine, known_as):
    settings = workspace(f'[mapping.x]\ndecimal = ","\n{COLUMNS}collaborators = "With"\n')
    rows = [
        {"Id": 1, "Who": "ana", "What": "A\u2028B", "Day": "2026-03-04", "Hours": 1.5},
        {"Id": 2, "Who": "ana", "What": "half \ud800 a pair", "Day": "2026-03-04", "Hours": "2,5"},
        {"Id": 3, "Who": "ana", "What": "C", "Day": "2026-03-04", "Hours": None, "With": ["b", 2]},
        {"Id": 4, "Who": "ana", "What": {"x": 1}, "Day": "2026-03-04", "Hours": 1},
    ]
    lines = [json.dumps(row, ensure_ascii="pair" in str(row["What"])) for row in rows]
    lines += ["{broken", "[1, 2]", "", "[" * 100_000, '{"Id": 5, "Hours": Infinity}',
              '{"Id": 1' + "0" * 5000 + "}"]  # fmt: skip
    put(settings, "a.jsonl", "\n".join(lines) + "\n")
    assert take(settings).counts == Counts(read=9, accepted=4, quarantined=5)
    log = tasks(settings)
    assert log["title"].tolist() == ["A\u2028B", "C", "half \ufffd a pair", '{"x": 1}']
    assert log["hours"].fillna(-1).tolist() == [1.5, -1.0, 2.5, 1.0]
    assert log["collaborators"].fillna("-").tolist() == [
        "-",
        f"{known_as('b')}; {known_as('2')}",
        "-",
        "-",
    ]
    assert quarantine(settings)["row"].tolist() == [5, 6, 7, 8, 9]
    assert quarantine(settings)["reason"].tolist().count("no_json_object") == 4


def test_a_file_without_any_json_object_is_refused(workspace, put, take):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    put(settings, "a.jsonl", "hello\nworld\n")
    put(settings, "b.jsonl", "{}\n{}\n")
    first, second = take(settings).files
    assert "no line of the file is a JSON object" in first.error
    assert "no reader knows this file; found no column names" in second.error


def test_infinite_hours_of_a_typed_file_are_quarantined(workspace, put, take, quarantine):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    put(settings, "a.jsonl", '{"Id":1,"Who":"a","What":"A","Day":"2026-03-04","Hours":Infinity}\n')
    assert take(settings).counts == Counts(read=1, quarantined=1)
    assert quarantine(settings)["reason"].tolist() == ["hours_unreadable"]


def test_parquet_keeps_its_types(workspace, put, take, tasks, known_as):
    settings = workspace(
        '[workspace]\ntime_zone = "America/New_York"\n[mapping.x]\ndecimal = ","\n'
        f'{COLUMNS}collaborators = "With"\n'
    )
    path = put(settings, "team=red/a.parquet", b"")
    frame = pa.table(
        {
            "Id": pa.array([1, 2, 3]),
            "Who": ["ana", "ana", "bo"],
            "What": ["A", "B", "C"],
            "Day": pa.array(
                [dt.datetime(2026, 3, 4, tzinfo=dt.UTC), None,
                 dt.datetime(2026, 3, 5, tzinfo=dt.UTC)], pa.timestamp("ns", tz="UTC")
            ),
            "Hours": pa.array([Decimal("2.50"), Decimal("1.00"), None], pa.decimal128(8, 2)),
            "With": pa.array([["bo", "cy"], [], None]),
        }
    )  # fmt: skip
    pq.write_table(frame, path)
    assert take(settings).counts == Counts(read=3, accepted=2, quarantined=1)
    log = tasks(settings)
    assert log["hours"].fillna(-1).tolist() == [2.5, -1]
    # Midnight in UTC is the evening before in New York: an instant, not a day.
    assert log["local_date"].dt.day.tolist() == [3, 4]
    assert log["started_at"][0] == pd.Timestamp("2026-03-04T00:00Z")
    assert log["collaborators"].fillna("-").tolist() == [f"{known_as('bo')}; {known_as('cy')}", "-"]
    assert set(log["team"]) == {"unassigned"}


def test_a_parquet_file_keeps_the_column_that_pandas_made_its_index(workspace, put, take, tasks):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    path = put(settings, "a.parquet", b"")
    rows = [[7, "ana", "A", "2026-03-04", 1.5]]
    pd.DataFrame(rows, columns=HEADER).set_index("Id").to_parquet(path)
    assert take(settings).counts.accepted == 1
    assert tasks(settings)["hours"].tolist() == [1.5]


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.ods"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_typed_file_is_an_error_of_its_own(name, share, workspace, put, take, book):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    whole = book(settings, "whole.xlsx", HEADER, [1, "ana", "A", dt.date(2026, 3, 4), 2])
    if name.endswith("parquet"):
        pd.DataFrame([[7, "ana", "A", "2026-03-04", 1.5]], columns=HEADER).to_parquet(whole)
    content = whole.read_bytes()
    whole.unlink()
    put(settings, name, content[: int(len(content) * share)])
    outcome = take(settings)
    assert outcome.counts.read == 0
    assert name in outcome.files[0].error
