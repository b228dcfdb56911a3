"""Sentences about what arrived are true of their frames, the empty ones too."""

import pandas as pd
import pytest

from taskmix.identity import read_roster
from taskmix.measures import NOT_ON_ROSTER, Weeks
from taskmix.report import coveragewords, intakewords
from taskmix.settings import Settings, Workspace

DAY = pd.Timestamp
WEEKS = Weeks("2026-Q3", DAY("2026-09-21"), DAY("2026-09-28"), DAY("2026-09-30"), DAY("2026-09-30"))


def counts(*, files=2, read=10, **ends):
    row = {"n_files": files, "read": read, "accepted": 0, "updated": 0, "unchanged": 0,
           "quarantined": 0, "skipped": 0, "removed": 0, "expanded": 0, **ends}  # fmt: skip
    return pd.DataFrame([{"what": what, **row} for what in ("the last ingest", "all files")])


def waiting(n):
    return pd.DataFrame({"row": range(n)})


@pytest.mark.parametrize(
    ("found", "refused", "says"),
    [
        (counts(), 1, "1 record could not be read and waits to be corrected, of 10."),
        (counts(read=1500), 1200, "1,200 records could not be read and wait to be corrected, of 1"),
        (counts(files=1), 0, "Nothing waits to be corrected: 10 records of 1 file could be read."),
        (counts(files=0, read=0), 0, "no ingest of them is on record"),
    ],
)
def test_the_headline_says_whether_all_could_be_read(found, refused, says):
    assert says in intakewords.headline(found, waiting(refused))


def test_every_end_of_a_record_is_told_and_what_is_zero_is_not():
    found = counts(accepted=6, unchanged=1, quarantined=2, skipped=1, removed=3)
    sentence = intakewords.arrival_sentence(found)
    assert "2 files with 10 records: 6 new, 1 already in the log, 2 refused, 1 no tasks" in sentence
    assert "3 tasks are no longer in the exports and were removed." in sentence
    assert "changed since" not in sentence
    assert "repetitions" not in sentence
    assert intakewords.arrival_sentence(counts(files=0)) == "No ingest is on record."


def sources(*rows):
    table = pd.DataFrame(rows, columns=["source", "last_day", "days_behind", "n_later"])
    return table.astype({"days_behind": "Int64"})


def test_what_is_late_is_amber_or_red_and_plans_are_told():
    files = pd.DataFrame({"at": [DAY("2026-10-10 08:00", tz="UTC")]})
    items = intakewords.freshness_items(
        WEEKS, files, sources(("jira", None, None, 2), ("toggl", None, 40, 0), ("ics", None, 7, 0))
    )
    assert items == [
        ("The log reaches 30 Sep 2026, 10 days before the last ingest", "amber"),
        ("toggl is 40 days behind", "red"),
        ("2 entries are dated after the last ingest", "amber"),
    ]
    nothing = intakewords.freshness_items(WEEKS, files[:0], sources(("ics", None, 0, 0)))
    assert nothing == [("The log reaches 30 Sep 2026", "ok")]


def test_the_day_of_the_last_ingest_is_the_newest():
    at = [DAY("2026-10-10 23:30", tz="UTC"), DAY("2026-10-02", tz="UTC")]
    assert intakewords.day_of_ingest(pd.DataFrame({"at": at})) == DAY("2026-10-10")


def test_refusals_name_the_most_frequent_and_what_to_do():
    reasons = pd.DataFrame({"reason": ["no_date", "no_person"], "n_records": [4, 1]})
    assert intakewords.refusals_title(reasons) == (
        "5 records refused for 2 reasons; most frequent, with 4: no date"
    )
    assert "taskmix quarantine --export" in intakewords.what_to_do(reasons)
    assert "have one fault: no date" in intakewords.refusals_title(reasons[:1])
    assert intakewords.what_to_do(reasons[:0]).startswith("Nothing is refused")


def coverage(*rows):
    return pd.DataFrame(
        rows, columns=["team", "week", "hours", "expected_hours", "coverage", "hours_per_person"]
    )


TWO_TEAMS = coverage(
    ("red", DAY("2026-09-21"), 30.0, 40.0, 0.75, 30.0),
    ("red", DAY("2026-09-28"), 10.0, 40.0, 0.25, 10.0),
    ("blue", DAY("2026-09-28"), 40.0, 40.0, 1.0, 20.0),
    ("new", DAY("2026-09-28"), 9.0, None, None, 9.0),
)


def test_coverage_is_of_the_hours_expected_and_tells_the_range():
    assert coveragewords.share_covered(TWO_TEAMS) == pytest.approx(80 / 120)
    title = coveragewords.coverage_title(TWO_TEAMS)
    assert title == "In 2 weeks the log holds 67% of the hours expected"
    assert coveragewords.coverage_takeaway(TWO_TEAMS) == (
        "From 50% (red) to 100% (blue) of the hours expected."
    )
    assert coveragewords.hours_title(TWO_TEAMS) == "Who logged any hours logged 9 h a week"


def test_without_anything_expected_nothing_is_claimed():
    unknown = TWO_TEAMS.assign(coverage=float("nan"), expected_hours=float("nan"))
    assert pd.isna(coveragewords.share_covered(unknown))
    assert coveragewords.coverage_takeaway(unknown) == "No hours are expected of any team."
    assert coveragewords.hours_title(unknown).endswith("between 9 and 30 h a week")


def test_gaps_and_overlaps_are_sentences_when_there_are_none():
    gaps = pd.DataFrame({"team": ["red", "red"], "n_weeks": [1, 2]})
    assert coveragewords.gaps_sentence(gaps).startswith("3 weeks of 1 team hold less than a third")
    assert "No team has a gap" in coveragewords.gaps_sentence(gaps[:0])
    found = pd.DataFrame({"n_entries_in_all": [1], "hours_in_all": [0.5]})
    assert "1 entry begins" in coveragewords.overlaps_sentence(found)
    assert "0.5 hours are counted twice" in coveragewords.overlaps_sentence(found)
    assert coveragewords.overlaps_sentence(found[:0]).startswith("No entry begins")


def test_the_roster_is_told_by_who_is_missing(tmp_path):
    shared = Settings(project=tmp_path)
    remarks = pd.DataFrame({"file": ["a.csv"], "remark": [NOT_ON_ROSTER], "count": [3]})
    nobody = read_roster(shared.roster)
    assert "nobody in people.csv" in coveragewords.roster_sentence(shared, nobody, remarks)
    shared.roster.write_text("person\nAna\n")
    roster = read_roster(shared.roster)
    assert "3 in a.csv" in coveragewords.roster_sentence(shared, roster, remarks)
    assert "Everybody" in coveragewords.roster_sentence(shared, roster, remarks[:0])
    own = Settings(project=tmp_path, workspace=Workspace(personal=True))
    assert "needs no roster" in coveragewords.roster_sentence(own, nobody, remarks[:0])
