"""Whom the workspace forgot no raw file brings back, by whatever name."""

import json

import pytest

from taskmix.identity import bury, close_tombstone, load_key
from taskmix.ingest import Counts, list_refusals
from taskmix.store import read_table

ROSTER = "person,aliases,team\nemp-1,ana@x.org; Ana R.,Red\nbo,bo@x.org,Blue\n"
PLAIN = """
[mapping.plain.columns]
person = "Who"
title = "What"
started_at = "Start"
hours = "Hours"
collaborators = "With"
tagger = "Tagger"
"""
HEADER = "Who,What,Start,Hours,With,Tagger\n"
AT = ("2026-06-01", "09:00:00", "10:00:00", "1:00:00")


@pytest.fixture
def bury_them():
    """Write the tombstone of some names, and take the person out of the roster."""

    def run(settings, *names: str) -> None:
        key = load_key(settings, create=False)
        stone = bury(
            settings,
            key,
            names=names,
            pseudonyms=[key.pseudonym(n) for n in names],
            at="2026-11-22",
        )
        close_tombstone(settings, key, stone, roster_rows=0)

    return run


@pytest.mark.parametrize("name", ["emp-1", "ana@x.org", "ANA  R."])
def test_every_name_of_a_forgotten_person_is_skipped_and_counted(
    workspace, put, take, tasks, bury_them, name
):
    settings = workspace(PLAIN)
    bury_them(settings, "emp-1", "ana@x.org", "Ana R.")
    put(settings, "p.csv", f"{HEADER}{name},A,2026-07-02,2,,\nbo,B,2026-07-02,1,,\n")
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=1, skipped=1)
    assert outcome.files[0].reasons == {"forgotten": 1}
    assert tasks(settings)["title"].tolist() == ["B"]


def test_a_display_name_beside_another_mail_is_known_too(workspace, put, toggl, take, bury_them):
    settings = workspace("")
    bury_them(settings, "ana")
    put(settings, "t.csv", toggl(("ana", "A", *AT), ("bo", "B", *AT)))
    assert take(settings).files[0].reasons == {"forgotten": 1}


def test_whom_the_roster_knows_is_not_taken_for_a_namesake(
    workspace, put, toggl, take, tasks, bury_them
):
    settings = workspace("")
    settings.roster.write_text("person,aliases\nother-ana,ana@x.org\n")
    bury_them(settings, "ana")
    put(settings, "t.csv", toggl(("ana", "A", *AT)))
    assert take(settings).counts == Counts(read=1, accepted=1)


def test_who_is_put_into_the_roster_again_stays_forgotten(workspace, put, take, bury_them):
    settings = workspace(PLAIN)
    bury_them(settings, "emp-1", "Ana R.")
    settings.roster.write_text(ROSTER)
    put(settings, "p.csv", HEADER + "ana@x.org,A,2026-07-02,2,,\n")
    assert take(settings).counts == Counts(read=1, skipped=1)


def test_a_record_of_theirs_that_cannot_be_read_is_skipped_not_refused(
    workspace, put, take, quarantine, bury_them
):
    settings = workspace(PLAIN)
    bury_them(settings, "ana@x.org")
    put(settings, "p.csv", HEADER + "ana@x.org,A,2026-07-02,-2,,\nbo,B,2026-07-02,-1,,\n")
    assert take(settings).counts == Counts(read=2, quarantined=1, skipped=1)
    assert "ana" not in quarantine(settings)["record"].iloc[0]


def test_beside_others_they_are_left_out_as_collaborator_and_tagger(
    workspace, put, take, tasks, known_as, bury_them
):
    settings = workspace(PLAIN)
    bury_them(settings, "emp-1", "ana@x.org", "Ana R.")
    put(settings, "p.csv", HEADER + "bo,A,2026-07-02,1,Ana R.; cy,ana@x.org\n"
        "bo,B,2026-07-03,1,ana@x.org,cy\n")  # fmt: skip
    take(settings)
    log = tasks(settings)
    assert log["collaborators"].fillna("-").tolist() == [known_as("cy"), "-"]
    assert log["tagger"].fillna("-").tolist() == ["-", known_as("cy")]


def test_a_refused_record_of_another_names_them_by_a_mark_alone(workspace, put, take, bury_them):
    settings = workspace(PLAIN)
    bury_them(settings, "ana@x.org")
    put(settings, "p.csv", HEADER + "bo,A,2026-07-02,-1,ana@x.org; cy,\n")
    take(settings)
    record = json.loads(list_refusals(settings)["record"].iloc[0])
    assert record["With"].startswith("forgotten-")
    assert record["With"].endswith("; cy")
    assert record["Who"] == "bo"


def test_a_file_that_bears_their_name_is_called_by_a_mark(workspace, put, take, bury_them):
    settings = workspace(PLAIN)
    bury_them(settings, "Ana R.")
    put(settings, "ana_r-2026.csv", HEADER + "bo,A,2026-07-02,1,,\n")
    assert take(settings).files[0].path.startswith("forgotten-")
    for name in ("runs", "tasks"):
        assert not read_table(settings.processed, name)["file"].str.contains("ana").any()


def test_files_read_before_are_read_again_so_that_their_counts_say_it(
    workspace, put, take, tasks, bury_them
):
    settings = workspace(PLAIN)
    put(settings, "p.csv", HEADER + "ana,A,2026-07-02,2,,\nbo,B,2026-07-02,1,,\n")
    assert take(settings).counts == Counts(read=2, accepted=2)
    bury_them(settings, "ana")
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, unchanged=1, skipped=1, removed=1)
    assert take(settings).counts == Counts(read=2, unchanged=1, skipped=1)
    assert tasks(settings)["title"].tolist() == ["B"]


def test_a_file_of_nobody_else_is_no_error(workspace, put, toggl, take, tasks, bury_them):
    settings = workspace("")
    bury_them(settings, "ana@x.org")
    put(settings, "t.csv", toggl(("ana", "A", *AT)))
    assert take(settings).counts == Counts(read=1, skipped=1)
    assert tasks(settings).empty


def test_a_personal_log_takes_a_colleagues_rows_for_skipped_not_for_a_second_person(
    workspace, put, toggl, take, tasks, bury_them
):
    settings = workspace("[workspace]\npersonal = true\n")
    bury_them(settings, "bo@x.org")
    put(settings, "t.csv", toggl(("ana", "A", *AT), ("bo", "B", *AT)))
    assert take(settings).counts == Counts(read=2, accepted=1, skipped=1)
