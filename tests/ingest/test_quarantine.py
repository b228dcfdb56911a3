"""What was refused is listed, handed out, and leaves when it was corrected."""

import pandas as pd
import pytest

from taskmix.errors import StoreError
from taskmix.ingest import Counts, export_refusals, ingest, list_refusals
from taskmix.store import table_version

GOOD = "ana,A,P,2026-07-01,,1,,"
LATER = "ana,Z,P,2026-07-09,,1,,"
NO_DATE = "ana,B,P,never,,2,,"
ZERO = "ana,C,P,2026-07-03,,0,,"


@pytest.fixture
def refused(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(GOOD, NO_DATE, ZERO, LATER))
    assert take(settings).counts == Counts(read=4, accepted=2, quarantined=2)
    return settings


def correct(path, **cells):
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    for column, values in cells.items():
        rows[column] = values
    rows.to_csv(path, index=False)


def test_refused_rows_are_listed_by_reason(refused):
    listed = list_refusals(refused)
    assert listed["reason"].tolist() == ["hours_not_positive", "started_at_unreadable"]
    assert list_refusals(refused, reason="hours_not_positive")["row"].tolist() == [3]
    with pytest.raises(StoreError, match=r"'no'; reasons: hours_not_positive, started_at_un"):
        list_refusals(refused, reason="no")


def test_a_corrected_copy_takes_its_record_out_and_removes_nothing_else(
    refused, take, tasks, quarantine
):
    paths = export_refusals(refused, refused.analyst / "refused")
    assert [path.name for path in paths] == ["a_refused.csv"]
    correct(paths[0], Start=["2026-07-02", "2026-07-03"], Hours=["2", "0"])
    outcome = take(refused, *paths)
    assert (outcome.counts.accepted, outcome.counts.quarantined, outcome.counts.removed) == (
        1,
        1,
        0,
    )
    assert tasks(refused)["title"].tolist() == ["A", "B", "Z"]
    assert quarantine(refused)["reason"].tolist() == ["hours_not_positive"]
    # The original read anew does not bring the corrected record back.
    again = take(refused)
    assert again.counts.read == 4
    assert len(quarantine(refused)) == 1


def test_a_correction_stays_known_when_the_original_is_read_under_new_rules(
    refused, workspace, take, quarantine
):
    paths = export_refusals(refused, refused.analyst / "refused")
    correct(paths[0], Start=["2026-07-02", "2026-07-03"], Hours=["2", "1"])
    take(refused, *paths)
    text = (refused.project / "taskmix.toml").read_text("utf-8")
    changed = workspace(text + '\n[tags]\nNowhere = "creative"\n')
    take(changed)
    assert quarantine(changed).empty


def test_the_row_corrected_in_its_own_file_leaves(refused, put, plain, take, quarantine):
    put(refused, "a.csv", plain(GOOD, "ana,B,P,2026-07-02,,2,,", ZERO, LATER))
    take(refused)
    assert quarantine(refused)["reason"].tolist() == ["hours_not_positive"]


def test_a_newer_export_of_the_same_days_decides_what_is_still_refused(
    refused, put, plain, take, quarantine
):
    put(refused, "newer.csv", plain(GOOD, "ana,C,P,2026-07-03,,2,,", LATER))
    take(refused)
    # The record without a readable date may stand outside those days: it stays.
    assert quarantine(refused)["reason"].tolist() == ["started_at_unreadable"]


def test_the_same_record_refused_in_two_exports_is_refused_once(
    refused, put, plain, take, quarantine
):
    put(refused, "newer.csv", plain(GOOD, NO_DATE, LATER))
    take(refused)
    listed = quarantine(refused)
    assert listed["file"].tolist() == ["newer.csv"]


def test_exporting_does_not_overwrite_corrections(refused):
    folder = refused.analyst / "refused"
    (path,) = export_refusals(refused, folder)
    with pytest.raises(StoreError, match=r"a_refused.csv: is there already and may hold correct"):
        export_refusals(refused, folder)
    assert path.stat().st_mode & 0o077 == 0


def test_a_dry_run_says_the_same_and_writes_nothing(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(GOOD, NO_DATE, LATER))
    files = sorted(p for p in settings.project.rglob("*"))
    tried = ingest(settings, dry_run=True)
    assert sorted(p for p in settings.project.rglob("*")) == files
    assert table_version(settings.processed, "tasks") is None
    done = take(settings)
    assert (tried.counts, tried.dry_run, tried.changed) == (done.counts, True, True)
    assert [f.reasons for f in tried.files] == [f.reasons for f in done.files]
    put(settings, "a.csv", plain(GOOD))
    assert ingest(settings, dry_run=True).counts.removed == 0
    assert table_version(settings.processed, "tasks") == 0


def test_a_correction_outlives_a_newer_export_that_still_has_the_faulty_record(
    refused, put, plain, take, tasks, quarantine
):
    paths = export_refusals(refused, refused.analyst / "refused")
    correct(paths[0], Start=["2026-07-02", "2026-07-03"], Hours=["2", "3"])
    take(refused, *paths)
    hours = tasks(refused)["hours"].sum()
    assert hours == 1 + 2 + 3 + 1
    put(refused, "newer.csv", plain(GOOD, NO_DATE, ZERO, LATER.replace(",Z,", ",Renamed,")))
    outcome = take(refused)
    assert outcome.counts.removed == 1
    assert tasks(refused)["hours"].sum() == hours
    assert quarantine(refused).empty
