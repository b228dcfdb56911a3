"""Names become people: one pseudonym for one person, a team by date, one person alone."""

import pandas as pd
import pytest

from taskmix.errors import KeyFileError
from taskmix.ingest import Counts, ingest
from taskmix.settings import load_settings
from taskmix.store import read_table, table_version

ROSTER = """person,aliases,team,department,from,to,time_zone
emp-1,ana@x.org; Ana R.,Red,Ops,,2026-06-30,
emp-1,,Blue,Sales,2026-07-01,,Asia/Tokyo
"""
PLAIN = """
[workspace]
time_zone = "Europe/Berlin"
[mapping.plain.columns]
person = "Who"
title = "What"
team = "Group"
started_at = "Start"
hours = "Hours"
collaborators = "With"
tagger = "Tagger"
"""
HEADER = "Who,What,Group,Start,Hours,With,Tagger\n"


@pytest.fixture
def with_roster(workspace):
    def make(toml: str = PLAIN, roster: str = ROSTER, folder: str = "work"):
        settings = workspace(toml, folder=folder)
        settings.roster.write_text(roster, encoding="utf-8")
        return settings

    return make


def test_two_tools_rows_of_one_person_are_one_person(
    with_roster, put, toggl, take, tasks, known_as
):
    settings = with_roster()
    put(settings, "t.csv", toggl(("ana", "A", "2026-06-01", "09:00:00", "10:00:00", "1:00:00")))
    put(settings, "p.csv", HEADER + "Ana R.,B,Else,2026-07-02,2,,\ncy,C,Other,2026-07-02,1,,\n")
    outcome = take(settings)
    log = tasks(settings)
    assert log["person"].tolist() == [known_as("emp-1"), known_as("emp-1"), known_as("cy")]
    assert log["team"].tolist() == ["Red", "Blue", "Other"]
    assert log["department"].tolist() == ["Ops", "Sales", "unassigned"]
    assert outcome.files[1].notes["people who are not in people.csv"] == 1


def test_no_name_stands_anywhere_in_the_tables(with_roster, put, take):
    settings = with_roster()
    put(settings, "p.csv", HEADER + "Zacharias Secretname,B,,2026-07-02,2,Ana R.; Wanda Hush,"
        "Tilda Tagger\n")  # fmt: skip
    take(settings)
    log = read_table(settings.processed, "tasks")
    assert log["collaborators"].str.fullmatch(r"p-\w{16}; p-\w{16}").all()
    content = b"".join(p.read_bytes() for p in settings.processed.rglob("*") if p.is_file())
    for name in (b"Secretname", b"Hush", b"Tilda", b"Ana R", b"emp-1"):
        assert name not in content


def test_a_collaborator_has_the_pseudonym_of_the_person(with_roster, put, take, tasks, known_as):
    settings = with_roster()
    put(settings, "p.csv", HEADER + "bo,B,,2026-07-02,2,Ana R.; ana@x.org; bo,\n")
    take(settings)
    assert tasks(settings)["collaborators"].tolist() == [f"{known_as('emp-1')}; {known_as('bo')}"]


def test_a_changed_roster_updates_rows_and_doubles_no_hours(with_roster, put, toggl, take, tasks):
    settings = with_roster(roster="person\nbo\n")
    at = ("2026-06-01", "09:00:00", "10:00:00", "1:00:00")
    put(settings, "t.csv", toggl(("ana", "A", *at), ("bo", "B", *at)))
    take(settings)
    before = tasks(settings)
    settings.roster.write_text(ROSTER + "emp-2,bo@x.org,Green,,,,\n", encoding="utf-8")
    assert take(settings).counts == Counts(read=2, updated=2)
    after = tasks(settings)
    assert after["task_id"].tolist() == before["task_id"].tolist()
    assert after["team"].tolist() == ["Red", "Green"]
    assert take(settings).counts == Counts(read=2, unchanged=2)


def test_a_day_is_the_one_of_the_place_where_the_person_is(with_roster, put, toggl, take, tasks):
    # 18:00 in Berlin is 01:00 of the next day in Tokyo.
    settings = with_roster()
    at = ("2026-07-01", "18:00:00", "19:00:00", "1:00:00")
    put(settings, "t.csv", toggl(("ana", "A", *at), ("bo", "B", *at)))
    take(settings)
    assert tasks(settings)["local_date"].dt.day.tolist() == [2, 1]


def test_rows_on_days_outside_the_roster_are_noted(with_roster, put, take, tasks):
    settings = with_roster(roster="person,team,from\nana,Red,2026-07-01\n")
    put(settings, "p.csv", HEADER + "ana,A,Old,2026-06-30,1,,\nana,B,Old,2026-07-01,1,,\n")
    outcome = take(settings)
    note = "rows on days for which people.csv has no entry of the person"
    assert outcome.files[0].notes == {note: 1}
    assert tasks(settings)["team"].tolist() == ["Old", "Red"]


PERSONAL = "[workspace]\npersonal = true\n"
MINE = ("ana", "A", "2026-07-01", "09:00:00", "10:00:00", "1:00:00")


def test_a_personal_workspace_refuses_a_second_persons_rows(workspace, put, toggl, take, tasks):
    settings = workspace(PERSONAL)
    put(settings, "both.csv", toggl(MINE, ("bo", *MINE[1:])))
    outcome = take(settings)
    assert "names 2 people (ana@x.org, bo@x.org)" in outcome.files[0].error
    assert tasks(settings).empty
    put(settings, "both.csv", toggl(MINE))
    assert take(settings).counts == Counts(read=1, accepted=1)
    put(settings, "bo.csv", toggl(("bo", *MINE[1:])))
    outcome = take(settings)
    assert "is the log of another person" in outcome.files[1].error
    assert tasks(settings)["person"].tolist() == ["me"]


def test_two_names_of_one_person_are_welcome_in_a_personal_workspace(
    with_roster, put, toggl, take, tasks
):
    settings = with_roster(PERSONAL, roster="person,aliases\nana,ana@x.org; bo@x.org\n")
    put(settings, "a.csv", toggl(MINE))
    take(settings)
    put(settings, "b.csv", toggl(("bo", "B", "2026-07-02", *MINE[3:])))
    assert take(settings).counts == Counts(read=2, accepted=1, unchanged=1)
    assert tasks(settings)["person"].tolist() == ["me", "me"]


def test_a_tool_without_names_can_be_told_whose_log_it_is(
    workspace, put, toggl, take, tasks, known_as
):
    text = toggl(MINE).replace("User,Email,", "").replace("ana,ana@x.org,", "")
    settings = workspace("")
    put(settings, "t.csv", text)
    assert "Say whose log it is: [readers.toggl] person" in take(settings).files[0].error
    settings = workspace('[readers.toggl]\nperson = "ana@x.org"\n')
    take(settings)
    assert tasks(settings)["person"].tolist() == [known_as("ana@x.org")]


def test_with_a_lost_key_nothing_is_written(with_roster, put, take, tasks, give_key):
    settings = with_roster()
    put(settings, "p.csv", HEADER + "ana,A,,2026-07-02,2,,\n")
    take(settings)
    put(settings, "q.csv", HEADER + "ana,B,,2026-07-03,2,,\n")
    version = table_version(settings.processed, "tasks")
    for key in settings.key_folder.glob("*.key"):
        key.unlink()
    with pytest.raises(KeyFileError, match=r"copy it from your backup to this place"):
        ingest(settings)
    assert table_version(settings.processed, "tasks") == version
    assert len(tasks(settings)) == 1
    give_key(settings)
    assert take(settings).counts == Counts(read=2, accepted=1, unchanged=1)


RULES = """
[performer.tag]
"Done by: AI" = "ai"
"With AI" = "both"
[performer.project]
"Copilot" = "both"
[performer.person]
"bot@x.org" = "ai"
[performer.reader]
toggl = "human"
"""


def test_the_performer_is_told_by_tag_then_project_then_person_then_reader(
    workspace, put, toggl, take, tasks
):
    settings = workspace(RULES)
    at = ("2026-07-01", "09:00:00", "10:00:00", "1:00:00")
    text = toggl(
        ("ana", "1", *at, "done by: ai", "x"),
        ("ana", "2", *at, "With AI", "Done by: AI"),
        ("bot", "3", *at),
        ("ana", "4", *at),
        ("bot", "5", *at, "With AI"),
    )
    put(settings, "t.csv", text)
    outcome = take(settings)
    assert tasks(settings)["performer"].tolist() == ["ai", "human", "ai", "human", "both"]
    assert outcome.files[0].notes["performer told by [performer]"] == 5
    settings = workspace(RULES.replace('"Copilot"', '"Site"').replace("toggl = ", "harvest = "))
    take(settings)
    assert tasks(settings)["performer"].tolist() == ["ai", "both", "both", "both", "both"]


def test_what_the_log_says_itself_goes_before_every_rule(workspace, put, plain, take, tasks):
    rules = '[performer.reader]\nplain = "ai"\n'
    settings = workspace(PLAIN.replace('tagger = "Tagger"', 'performer = "By"') + rules)
    put(settings, "p.csv", "Who,What,Group,Start,Hours,With,By\nana,A,,2026-07-02,2,,Human\n"
        "ana,B,,2026-07-02,2,,\nana,C,,2026-07-02,2,,unknown\n")  # fmt: skip
    take(settings)
    assert tasks(settings)["performer"].tolist() == ["human", "ai", "ai"]


def test_without_a_rule_nobody_knows_who_did_it(workspace, put, toggl, take, tasks):
    settings = workspace("")
    put(settings, "t.csv", toggl(MINE))
    take(settings)
    assert tasks(settings)["performer"].tolist() == ["unknown"]


def test_a_performer_that_is_none_is_a_settings_error(tmp_path):
    (tmp_path / "taskmix.toml").write_text('[performer.tag]\nx = "robot"\n')
    from taskmix.errors import SettingsError  # noqa: PLC0415

    with pytest.raises(SettingsError, match=r"performer.tag.x: .*'human', 'ai', 'both'"):
        load_settings(tmp_path)


def test_pseudonyms_group_like_the_names_did(workspace, put, plain, take, tasks):
    settings = workspace()
    rows = [f"p{n % 7},T{n},P,2026-07-01,,1,," for n in range(50)]
    put(settings, "a.csv", plain(*rows))
    take(settings)
    log = tasks(settings)
    names = log["title"].str.slice(1).astype(int) % 7
    assert pd.crosstab(names, log["person"]).gt(0).sum().tolist() == [1] * 7


def test_the_next_export_under_another_name_of_the_person_doubles_nothing(
    with_roster, workspace, put, toggl, take, tasks
):
    full = toggl(MINE, ("ana", "B", "2026-07-02", *MINE[3:]))
    bare = full.replace("User,Email,", "User,").replace("ana,ana@x.org,", "Ana R.,")
    settings = with_roster("")
    put(settings, "t.csv", full)
    take(settings)
    put(settings, "t2.csv", bare.replace('"B"', '"B, edited"'))
    outcome = take(settings)
    assert (outcome.counts.accepted, outcome.counts.removed) == (2, 2)
    assert tasks(settings)["title"].tolist() == ["A", "B, edited"]
    nameless = full.replace("User,Email,", "").replace("ana,ana@x.org,", "")
    mine = workspace(PERSONAL, folder="mine")
    put(mine, "t.csv", nameless)
    put(mine, "t2.csv", full)
    take(mine)
    assert tasks(mine)["hours"].sum() == 2


def test_a_setting_for_a_reader_that_there_is_not_is_an_error(workspace):
    from taskmix.errors import ReaderError  # noqa: PLC0415
    from taskmix.ingest import load_readers  # noqa: PLC0415

    for toml in ('[readers.clockfy]\nperson = "x"\n', '[performer.reader]\ntoggle = "ai"\n'):
        with pytest.raises(ReaderError, match=r"names no reader; there are clockify, .*toggl"):
            load_readers(workspace(toml))


def test_a_label_that_is_a_category_is_a_tag(workspace, put, toggl, take, tasks):
    settings = workspace("")
    put(settings, "t.csv", toggl((*MINE, "Judgement", "x")))
    take(settings)
    assert tasks(settings)["tag"].tolist() == ["judgment"]


def test_files_read_by_an_older_roster_are_named(with_roster, put, toggl, take):
    settings = with_roster(roster="person\nbo\n")
    elsewhere = put(settings, "../t.csv", toggl(MINE))
    take(settings, elsewhere)
    settings.roster.write_text(ROSTER, encoding="utf-8")
    put(settings, "u.csv", toggl(("cy", *MINE[1:])))
    assert [name[-5:] for name in take(settings).outdated] == ["t.csv"]
    assert take(settings, elsewhere).outdated == []
