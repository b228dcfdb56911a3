"""The ledger's counts, file by file and in all; what was left out, and what was noticed."""

import json

import pandas as pd
import pytest

from taskmix.measures import (
    NOT_ON_ROSTER,
    counts_in_all,
    files_read,
    first_refusals,
    left_out,
    noticed,
    refusals_by_reason,
)
from taskmix.store import TABLES, read_table

COUNTS = ["read", "accepted", "updated", "unchanged", "quarantined", "skipped", "removed",
          "expanded"]  # fmt: skip


def reading(run, minute, file, *counts, reasons=None, notes=None):
    return {
        "run_id": run, "at": pd.Timestamp(f"2026-10-01 08:{minute:02d}", tz="UTC"), "file": file,
        "reader": "toggl", "content": "c", "rules": "r",
        **dict(zip(COUNTS, counts, strict=True)),
        "notes": json.dumps({"reasons": reasons or {}, "notes": notes or {}}),
    }  # fmt: skip


@pytest.fixture
def ledger():
    return pd.DataFrame(
        [
            reading("r1", 0, "a.csv", 10, 9, 0, 0, 1, 0, 0, 0, reasons={"no_date": 1}),
            reading("r1", 1, "b.csv", 5, 5, 0, 0, 0, 0, 0, 2),
            reading("r2", 2, "a.csv", 12, 2, 1, 6, 2, 1, 4, 0,
                    reasons={"no_date": 2, "total_row": 1}, notes={NOT_ON_ROSTER: 3}),
        ]
    )  # fmt: skip


def refused(*rows):
    frame = pd.DataFrame(rows, columns=["file", "row", "reason", "detail"])
    return frame.astype({"file": "str", "row": "int64", "reason": "str", "detail": "str"})


QUARANTINE = refused(
    ("b.csv", 7, "no_person", "names nobody"),
    ("a.csv", 3, "no_date", "second"),
    ("a.csv", 2, "no_date", "first"),
)


def test_each_files_latest_reading_counts_and_adds_up(ledger):
    files = files_read(ledger)
    assert files[["file", "read", "is_last_run"]].to_numpy().tolist() == [
        ["a.csv", 12, True], ["b.csv", 5, False]]  # fmt: skip
    ends = files[["accepted", "updated", "unchanged", "quarantined", "skipped"]].sum(axis=1)
    assert ends.tolist() == files["read"].tolist()


def test_counts_of_the_last_ingest_and_of_all_files(ledger):
    table = counts_in_all(files_read(ledger)).set_index("what")
    assert table.loc["the last ingest"].tolist() == [1, 12, 2, 1, 6, 2, 1, 4, 0]
    assert table.loc["all files"].tolist() == [2, 17, 7, 1, 6, 2, 1, 4, 2]


def test_an_empty_ledger_counts_nothing(tmp_path):
    files = files_read(read_table(tmp_path, "runs"))
    assert counts_in_all(files)["read"].tolist() == [0, 0]
    assert left_out(files, QUARANTINE).empty
    assert noticed(files).empty


def test_reasons_are_counted_with_the_first_of_their_records():
    table = refusals_by_reason(QUARANTINE)
    assert table.to_numpy().tolist() == [
        ["no_date", 2, 1, "first"], ["no_person", 1, 1, "names nobody"]]  # fmt: skip


def test_an_empty_quarantine_has_no_reasons(tmp_path):
    empty = read_table(tmp_path, "quarantine")
    assert list(empty) == TABLES["quarantine"].fields.names
    assert list(refusals_by_reason(empty)) == ["reason", "n_records", "n_files", "example"]
    assert refusals_by_reason(empty).empty
    assert first_refusals(empty).empty


def test_the_first_refusals_are_those_of_each_file_and_reason():
    assert first_refusals(QUARANTINE, n=1)[["file", "row"]].to_numpy().tolist() == [
        ["a.csv", 2], ["b.csv", 7]]  # fmt: skip


def test_what_was_left_out_is_refused_or_skipped(ledger):
    table = left_out(files_read(ledger), QUARANTINE)
    assert table.to_numpy().tolist() == [
        ["a.csv", "no_date", 2, "refused", 2], ["a.csv", "total_row", 1, "skipped", 0]]  # fmt: skip


def test_a_reason_that_left_the_quarantine_is_not_guessed_at(ledger):
    table = left_out(files_read(ledger), QUARANTINE[:0])
    assert set(table["became"]) == {"refused or skipped"}


def test_a_file_that_skipped_nothing_refused_all_it_left_out(ledger):
    table = left_out(files_read(ledger[:2]), QUARANTINE[:0])
    assert table.to_numpy().tolist() == [["a.csv", "no_date", 1, "refused", 0]]


def test_remarks_are_listed_by_file(ledger):
    assert noticed(files_read(ledger)).to_numpy().tolist() == [["a.csv", NOT_ON_ROSTER, 3]]
