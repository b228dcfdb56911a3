"""Real logs that nobody wrote for this project; skipped where they are not at hand."""

import csv
import datetime as dt
import json
import lzma
import shutil
from collections import defaultdict

import pandas as pd
import pytest

from taskmix.ingest import Counts

pytestmark = pytest.mark.real

SIP = """
[mapping.sip]
files = ["sip_log.csv"]
source = "sip"
encoding = "cp1252"
date_format = "%d-%b-%y"
without_start = ["EstimateOn", "CompletedOn"]
[mapping.sip.columns]
person = "DeveloperID"
project = "ProjectCode"
title = "Summary"
started_at = "StartedOn"
ended_at = "CompletedOn"
hours = "DeveloperHoursActual"
"""


@pytest.fixture
def real(shared_data, workspace):
    """Let a workspace read real files where they lie, so that no copy of them is made."""

    def make(toml: str, folder: str):
        settings = workspace(toml)
        path = shared_data / folder
        if not path.exists():
            pytest.skip(f"{path} is not on this machine")
        return settings, path

    return make


def test_every_toggl_entry_of_a_student_is_accounted_for_to_the_second(
    real, take, tasks, quarantine
):
    settings, folder = real("[workspace]\npersonal = true\n", "exports/toggl_class")
    outcome = take(settings, folder)
    assert outcome.counts == Counts(read=758, accepted=757, quarantined=1)
    assert quarantine(settings)["reason"].tolist() == ["hours_not_positive"]
    log = tasks(settings)
    seconds = (log["hours"] * 3600).round().astype(int).groupby(log["file"].str[-9:]).sum()
    assert sorted(seconds) == [639_538, 813_939]
    assert take(settings, folder).counts == Counts(read=758, unchanged=757, quarantined=1)


def test_importers_toggl_fixtures_have_clear_outcomes(real, take, tasks):
    settings, folder = real("", "exports")
    one = folder / "importer_fixtures_solidtime" / "toggl_time_entries_import_test_1.csv"
    two = folder / "importer_fixtures_tuttle" / "test_time_tracking_toggl.csv"
    first = take(settings, one).files[0]
    assert (first.counts, first.reasons) == (
        Counts(read=2, accepted=1, quarantined=1), {"hours_not_positive": 1}
    )  # fmt: skip
    # A spreadsheet made 10:30:34 AM of its times and 02:00:00 AM of two hours.
    second = take(settings, two).files[0]
    assert (second.counts, second.reasons) == (Counts(read=29, accepted=29), {})
    with two.open(encoding="utf-8", newline="") as file:
        hours = [int(row["Duration"][:2]) % 12 + int(row["Duration"][3:5]) / 60
                 for row in csv.DictReader(file)]  # fmt: skip
    log = tasks(settings)
    assert log.loc[log["file"].str.contains("tuttle"), "hours"].sum() == pytest.approx(sum(hours))


def quarter(day: dt.date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"


def test_the_hours_of_a_company_are_those_computed_with_csv_alone(real, take, tasks, quarantine):
    settings, folder = real(SIP, "sip")
    outcome = take(settings, folder / "sip_log.csv")
    assert outcome.counts.read == 8712
    expected: dict[str, float] = defaultdict(float)
    people = set()
    refused = 0
    with (folder / "sip_log.csv").open(encoding="cp1252", newline="") as file:
        for row in csv.DictReader(file):
            day = next((row[c] for c in ("StartedOn", "EstimateOn", "CompletedOn") if row[c]), None)
            hours = float(row["DeveloperHoursActual"] or "nan")
            if day is None or hours <= 0:
                refused += 1
                continue
            people.add(row["DeveloperID"])
            expected[quarter(dt.datetime.strptime(day, "%d-%b-%y").date())] += hours
    assert outcome.counts == Counts(read=8712, accepted=8712 - refused, quarantined=refused)
    log = tasks(settings)
    assert log["person"].nunique() == len(people) == 19
    found = log.groupby(log["local_date"].dt.to_period("Q").astype("str"))["hours"].sum()
    assert set(found.index) == set(expected)
    for name, hours in expected.items():
        assert found[name] == pytest.approx(hours, abs=0.01)
    assert set(quarantine(settings)["reason"]) <= {"hours_not_positive", "no_date"}


def test_an_edited_real_export_changes_hours_by_exactly_its_edits(real, tmp_path, take, tasks):
    settings, folder = real("[workspace]\npersonal = true\n", "exports/toggl_class")
    own = tmp_path / "F2023.csv"  # in pytest's own folder, which is not the repository
    shutil.copy(folder / "F2023.csv", own)
    take(settings, own)
    before = tasks(settings)
    with own.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = {name: header.index(name) for name in ("Description", "Duration")}
    for n in (10, 20, 30):
        rows[n][at["Description"]] += " (edited)"
    gone = pd.to_timedelta(rows.pop(40)[at["Duration"]]) / pd.Timedelta(hours=1)
    added = list(rows[50])
    added[at["Description"]], added[at["Duration"]] = "An added entry", "00:00:36"
    with own.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows, added])
    counts = take(settings, own).counts
    assert (counts.accepted, counts.removed) == (4, 4)
    change = tasks(settings)["hours"].sum() - before["hours"].sum()
    assert change == pytest.approx(0.01 - gone, abs=1e-9)
    own.unlink()


CESAW = """
[mapping.cesaw]
date_format = "%m/%d/%Y %H:%M"
hours_unit = "minutes"
[mapping.cesaw.columns]
person = "person_key"
team = "team_key"
project = "project_key"
title = ["phase_short_name", "process_name"]
started_at = "time_log_start_date"
ended_at = "time_log_end_date"
hours = "time_log_delta_minutes"
"""


def test_every_entry_of_software_teams_is_accounted_for(real, take, tasks, quarantine):
    settings, path = real(CESAW, "cesaw/time_log.csv.xz")
    outcome = take(settings, path)
    minutes = seconds = zero = 0
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            minutes += max(int(row["time_log_delta_minutes"]), 0)
            zero += int(row["time_log_delta_minutes"]) <= 0
            seconds += 1
    assert outcome.counts.read == seconds == 107_562
    refused = quarantine(settings)
    assert refused["reason"].value_counts()["hours_not_positive"] == zero
    # Beside those, only entries longer than their clock, and an unreadable date.
    others = refused[refused["reason"] != "hours_not_positive"]
    lost = sum(int(json.loads(text)["time_log_delta_minutes"]) for text in others["record"])
    assert len(others) == 3
    log = tasks(settings)
    assert log["hours"].sum() * 60 == pytest.approx(minutes - lost, abs=1e-3)
    # Identical rows are kept: nothing was merged into another entry.
    assert (log["part"] == 0).sum() == outcome.counts.accepted
    assert take(settings, path).counts.unchanged == outcome.counts.accepted


MEETINGS = """
[mapping.meetings]
files = ["events.json"]
[mapping.meetings.constants]
person = "the community"
[mapping.meetings.columns]
title = "title"
started_at = "start"
ended_at = "end"
"""


def test_of_a_communitys_meetings_the_one_without_a_start_is_quarantined(
    real, take, tasks, quarantine
):
    settings, path = real(MEETINGS, "exports/gcal_events_finos/events.json")
    outcome = take(settings, path)
    events = json.loads(path.read_text("utf-8"))
    assert outcome.counts.read == len(events) == 1072
    without = [number for number, event in enumerate(events, start=1) if not event["start"]]
    refused = quarantine(settings)
    assert refused.loc[refused["reason"] == "no_date", "row"].tolist() == without
    assert len(without) == 1
    clock = {
        n: (dt.datetime.fromisoformat(e["end"]) - dt.datetime.fromisoformat(e["start"]))
        for n, e in enumerate(events, start=1)
        if n not in set(refused["row"])
    }
    hours = sum(clock.values(), dt.timedelta()) / dt.timedelta(hours=1)
    assert tasks(settings)["hours"].sum() == pytest.approx(hours)
