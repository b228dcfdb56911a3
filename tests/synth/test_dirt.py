import csv

import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.synth import DIRT, ExpectedCounts, expected_counts, truth_frame

CLEAN = ["source", "ticket", "parent", "person", "team", "month", "title", "category", "performer",
         "performer_logged", "started_at", "ended_at", "hours", "tagged"]  # fmt: skip
TINY = {"people": 20, "months": 1}


def _rows_of(folder, truth, kind):
    """Each row of the files that is dirt of a kind, as its cells by column, with the truth."""
    found = []
    for file, rows in truth[truth["dirt"] == kind].groupby("file"):
        with (folder / file).open(encoding="utf-8-sig", newline="") as text:
            header, *lines = csv.reader(text)
        found += [(header, lines[row.row - 1], row) for row in rows.itertuples()]
    assert found
    return [(dict(zip(header, cells, strict=False)), cells, row) for header, cells, row in found]


def test_the_clean_rows_are_the_same_with_and_without_dirt():
    clean = truth_frame(**TINY, dirt=0)
    dirty = truth_frame(**TINY, dirt=0.05)
    kept = dirty[(dirty["dirt"] == "") | (dirty["dirt"] == "total_row")]
    assert len(dirty) > len(clean)
    pd.testing.assert_frame_equal(
        kept[CLEAN].reset_index(drop=True), clean[CLEAN], check_dtype=False
    )


def test_dirt_is_as_much_as_asked_for_and_in_every_file(dirty_truth):
    of_file = dirty_truth[dirty_truth["dirt"] != "total_row"].groupby("file")["dirt"]
    n_dirty = of_file.agg(lambda kinds: (kinds != "").sum())
    n_clean = of_file.agg(lambda kinds: (kinds == "").sum())
    assert ((n_dirty - 0.02 * n_clean).between(0, 1)).all()


def test_every_kind_occurs_in_every_tool_that_can_have_it(dirty_truth):
    kinds = dirty_truth[dirty_truth["dirt"] != ""].groupby("source")["dirt"].agg(set)
    common = {"zero_hours", "unreadable_date", "unreadable_hours", "missing_person"}
    timer = common | {"ends_before_start", "still_running", "identical_row", "overlapping",
                      "over_midnight"}  # fmt: skip
    assert kinds["jira"] == common | {"repeated_record", "total_row"}
    assert kinds["toggl"] == kinds["clockify"] == timer
    assert kinds["tracker"] == (timer - {"still_running", "identical_row"}) | {
        "missing_date", "unknown_tag", "surplus_field", "repeated_record",
    }  # fmt: skip


def test_without_dirt_only_jiras_total_rows_are_not_accepted(written):
    other = written.truth[written.truth["fate"] != "accepted"]
    assert other["dirt"].tolist() == ["total_row"]
    assert written.summary.dirt == {"total_row": 1}


def test_zero_durations_are_zero_in_the_log(dirty_folder, dirty_truth):
    zero = {"tracker": "0.00", "toggl": "00:00:00", "clockify": "00:00:00", "jira": "0m"}
    column = {"tracker": "Hours", "toggl": "Duration", "clockify": "Duration (h)"}
    for cells, _, row in _rows_of(dirty_folder, dirty_truth, "zero_hours"):
        assert cells[column.get(row.source, "Time spent")] == zero[row.source]


def test_a_backward_entry_ends_before_it_starts(dirty_folder, dirty_truth):
    for cells, _, row in _rows_of(dirty_folder, dirty_truth, "ends_before_start"):
        assert row.ended_at < row.started_at
        if row.source == "tracker":
            assert cells["Ended"] < cells["Started"]


def test_a_running_timer_has_a_start_and_neither_end_nor_duration(dirty_folder, dirty_truth):
    for cells, _, _ in _rows_of(dirty_folder, dirty_truth, "still_running"):
        told = {name.casefold(): text for name, text in cells.items()}
        assert told["start date"]
        assert told["start time"]
        ends = [text for name, text in told.items() if name.startswith(("end ", "duration"))]
        assert set(ends) == {""}


def test_a_missing_person_leaves_no_name(dirty_folder, dirty_truth):
    for cells, _, row in _rows_of(dirty_folder, dirty_truth, "missing_person"):
        names = {"tracker": ["Employee"], "jira": ["Author"]}.get(row.source, ["User", "Email"])
        assert [cells[name] for name in names] == [""] * len(names)


def test_a_surplus_field_makes_the_row_wider_than_the_header(dirty_folder, dirty_truth):
    for cells, line, _ in _rows_of(dirty_folder, dirty_truth, "surplus_field"):
        assert len(line) == len(cells) + 1


def test_no_other_row_has_another_width_than_the_header(dirty_folder, dirty_truth):
    n_wide = 0
    for path in dirty_folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as text:
            header, *lines = csv.reader(text)
        n_wide += sum(len(line) != len(header) for line in lines)
    assert n_wide == (dirty_truth["dirt"] == "surplus_field").sum()


def test_copies_are_the_row_before_them_to_the_last_letter(dirty_folder, dirty_truth):
    for kind in ("identical_row", "repeated_record"):
        for _, line, row in _rows_of(dirty_folder, dirty_truth, kind):
            with (dirty_folder / row.file).open(encoding="utf-8-sig", newline="") as text:
                _, *lines = csv.reader(text)
            assert lines[: row.row - 1].count(line) == 1


def test_every_other_dirty_row_has_an_id_of_its_own(dirty_truth):
    own = dirty_truth[(dirty_truth["dirt"] != "repeated_record") & (dirty_truth["ticket"] != "")]
    assert not own.duplicated(["source", "ticket"]).any()


def test_an_entry_over_midnight_ends_on_the_next_day(dirty_truth):
    rows = dirty_truth[dirty_truth["dirt"] == "over_midnight"]
    days = rows["ended_at"].dt.normalize() - rows["started_at"].dt.normalize()
    assert (days == pd.Timedelta(days=1)).all()


def test_clean_entries_of_people_never_overlap_in_a_file(written):
    assert all(counts.overlapping == 0 for counts in expected_counts(written.truth).values())
    assert all(counts.over_midnight == 0 for counts in expected_counts(written.truth).values())


def test_overlaps_are_those_put_in_and_the_identical_rows(dirty_truth):
    kinds = dirty_truth.groupby("file")["dirt"].agg(list)
    for file, counts in expected_counts(dirty_truth).items():
        put_in = kinds[file].count("overlapping") + kinds[file].count("identical_row")
        assert counts.overlapping == put_in
        assert counts.over_midnight == kinds[file].count("over_midnight")


def test_counts_of_a_file_are_those_counted_by_hand():
    at = pd.Timestamp("2026-07-01 09:00")
    hour = pd.Timedelta(hours=1)

    def entry(start, end, *, performer="human", fate="accepted", reason=""):
        return {"file": "a.csv", "person": "ana", "started_at": start, "ended_at": end,
                "performer_logged": performer, "fate": fate, "reason": reason}  # fmt: skip

    truth = pd.DataFrame(
        [
            entry(at, at + 3 * hour),
            entry(at + hour, at + 2 * hour),  # within the first
            entry(at + 3 * hour, at + 4 * hour),  # touches the first
            entry(at + hour, at + 9 * hour, performer="ai"),
            entry(at + 14 * hour, at + 16 * hour),  # 23:00 to 01:00
            entry(at + 12 * hour, at + 15 * hour - hour),  # ends as the former begins
            entry(at, at, fate="quarantined", reason="hours_not_positive"),
            entry(at, pd.NaT, fate="skipped", reason="still_running"),
            entry(at, at + 3 * hour, fate="unchanged"),
        ]
    )
    assert expected_counts(truth) == {
        "a.csv": ExpectedCounts(
            read=9, accepted=6, unchanged=1, quarantined=1, skipped=1,
            reasons={"hours_not_positive": 1, "still_running": 1},
            overlapping=1, over_midnight=1,
        )
    }  # fmt: skip


def test_an_entry_that_ends_at_midnight_is_not_over_it():
    at = pd.Timestamp("2026-07-01 22:00")
    truth = pd.DataFrame(
        {"file": ["a"], "person": ["ana"], "started_at": [at], "performer_logged": ["human"],
         "ended_at": [at + pd.Timedelta(hours=2)], "fate": ["accepted"], "reason": [""]}
    )  # fmt: skip
    assert expected_counts(truth)["a"].over_midnight == 0


def test_the_counts_of_all_files_add_up_to_the_truth(dirty_truth):
    counts = expected_counts(dirty_truth).values()
    for one in counts:
        assert one.read == one.accepted + one.unchanged + one.quarantined + one.skipped
        assert sum(one.reasons.values()) == one.quarantined + one.skipped
    assert sum(one.read for one in counts) == len(dirty_truth)


def test_half_a_percent_is_dirt_where_nothing_is_said():
    truth = truth_frame(people=100, months=3)
    dirty = truth[~truth["dirt"].isin(["", "total_row"])]
    assert len(dirty) / len(truth) == pytest.approx(DIRT, abs=0.001)


@pytest.mark.parametrize("dirt", [-0.1, 0.2])
def test_impossible_rates_of_dirt_are_named(dirt):
    with pytest.raises(TaskmixError, match=f"dirt is {dirt}; it must be from 0 to 0.1"):
        truth_frame(**TINY, dirt=dirt)
