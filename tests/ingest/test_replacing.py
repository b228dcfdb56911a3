"""A file without lasting ids replaces the range it covers, and nothing else."""

import pytest

from taskmix.ingest import Counts

DAYS = [f"2026-07-{day:02d}" for day in range(1, 11)]


def entry(person: str, title: str, day: str, hours: int) -> tuple[str, ...]:
    return person, title, day, "08:00:00", f"{8 + hours:02d}:00:00", f"{hours}:00:00"


@pytest.fixture
def exports():
    ana = [entry("ana", f"Task {n}", day, 1 + n % 3) for n, day in enumerate(DAYS)]
    bo = [entry("bo", f"Bo {n}", day, 2) for n, day in enumerate(DAYS)]
    old = [*ana, *bo]
    edited = list(ana)
    edited[2] = entry("ana", "Task 2 renamed", DAYS[2], 3)
    edited[3] = entry("ana", "Task 3", DAYS[3], 5)
    edited[4] = entry("ana", "Task 4", DAYS[5], 2)
    del edited[6]  # one hour
    edited.append(entry("ana", "Added", DAYS[7], 4))
    return old, edited


def test_an_edited_export_changes_hours_by_exactly_its_edits(
    workspace, put, toggl, plain, take, tasks, exports
):
    old, edited = exports
    settings = workspace()
    put(settings, "tracker.csv", plain(f"ana,From another tool,P,{DAYS[4]},,3,,"))
    put(settings, "old.csv", toggl(*old))
    assert take(settings).counts == Counts(read=21, accepted=21)
    before = tasks(settings)
    # ana: 1+2+3 three times and 1 = 19; bo 20; the tracker 3
    assert before["hours"].sum() == 42
    put(settings, "new.csv", toggl(*edited))
    outcome = take(settings)
    # The edited rows have new keys: 3 edited + 1 added are new, 3 edited + 1 deleted are gone.
    assert outcome.files[2].counts == Counts(read=10, accepted=4, unchanged=6, removed=4)
    after = tasks(settings)
    # Task 3: 1 to 5 hours; one of 1 hour deleted; 4 added
    assert after["hours"].sum() == 42 + 4 - 1 + 4
    assert len(after) == 21
    for person, source in (("bo@x.org", "toggl"), ("ana", "plain")):
        of = lambda log, p=person, s=source: log[(log["person"] == p) & (log["source"] == s)]  # noqa: E731
        assert of(after).reset_index(drop=True).equals(of(before).reset_index(drop=True))


def test_the_old_bytes_do_not_bring_old_rows_back(workspace, put, toggl, take, tasks, exports):
    old, edited = exports
    settings = workspace()
    put(settings, "old.csv", toggl(*old))
    take(settings)
    put(settings, "new.csv", toggl(*edited))
    take(settings)
    before = tasks(settings)
    put(settings, "old again.csv", toggl(*old))
    outcome = take(settings)
    assert outcome.counts.removed == outcome.counts.accepted == 0
    assert tasks(settings).equals(before)
    assert "Task 2" not in set(before["title"])


def test_rows_outside_the_days_of_an_export_stay(workspace, put, toggl, take, tasks):
    settings = workspace()
    put(settings, "year.csv", toggl(*(entry("ana", f"T{n}", d, 1) for n, d in enumerate(DAYS))))
    take(settings)
    put(settings, "week.csv", toggl(entry("ana", "A", DAYS[3], 1), entry("ana", "B", DAYS[5], 1)))
    outcome = take(settings)
    assert outcome.files[1].counts == Counts(read=2, accepted=2, removed=3)
    assert tasks(settings)["title"].tolist() == [
        "A", "B", "T0", "T1", "T2", "T6", "T7", "T8", "T9"
    ]  # fmt: skip


def test_a_file_of_refused_rows_removes_nothing(workspace, put, toggl, take, tasks):
    settings = workspace()
    put(settings, "good.csv", toggl(entry("ana", "A", DAYS[0], 1)))
    take(settings)
    put(settings, "bad.csv", toggl(("ana", "A", DAYS[0], "08:00:00", "08:00:00", "0:00:00")))
    outcome = take(settings)
    assert outcome.files[1].counts == Counts(read=1, quarantined=1)
    assert tasks(settings)["title"].tolist() == ["A"]


def test_the_last_of_two_exports_in_one_run_has_the_last_word(
    workspace, put, toggl, take, tasks, exports
):
    old, edited = exports
    settings = workspace()
    put(settings, "z_old.csv", toggl(*old))
    put(settings, "a_new.csv", toggl(*edited))
    outcome = take(settings)
    assert [file.path for file in outcome.files] == ["z_old.csv", "a_new.csv"]
    assert outcome.counts == Counts(read=30, accepted=24, unchanged=6, removed=4)
    assert len(tasks(settings)) == 20
