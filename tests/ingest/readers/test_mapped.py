"""Any CSV, read as its ``[mapping]`` says."""

import json

import pandas as pd
import pytest

from taskmix.ingest import Counts

COLUMNS = """
[mapping.x.columns]
person = "Who"
title = "What"
started_at = "Day"
hours = "Hours"
"""


def mapped(settings: str = "", *, top: str = "") -> str:
    return f"{top}\n[mapping.x]\n{settings}\n{COLUMNS}"


@pytest.mark.parametrize(
    ("options", "encoding", "text"),
    [
        ("", "utf-8", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,2.5\n"),
        ("", "utf-8-sig", "Who,What,Day,Hours\r\nÉva,Größe,2026-03-01,2.5\r\n"),
        ('encoding = "cp1252"', "cp1252", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,2.5\n"),
        ('encoding = "utf-16"', "utf-16", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,2.5\n"),
        ('delimiter = ";"\ndecimal = ","', "utf-8", "Who;What;Day;Hours\nÉva;Größe;2026-03-01;2,5"),
        ('delimiter = "\\t"', "utf-8", "Who\tWhat\tDay\tHours\nÉva\tGröße\t2026-03-01\t2.5\n"),
        ('date_format = "%d.%m.%Y"', "utf-8", "Who,What,Day,Hours\nÉva,Größe,01.03.2026,2.5\n"),
        ('date_format = "%d-%b-%y"', "utf-8", "Who,What,Day,Hours\nÉva,Größe,01-Mar-26,2.5\n"),
        ('hours_unit = "minutes"', "utf-8", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,150\n"),
        ('hours_unit = "seconds"', "utf-8", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,9000\n"),
        ('hours_unit = "clock"', "utf-8", "Who,What,Day,Hours\nÉva,Größe,2026-03-01,2:30\n"),
    ],
)
def test_every_form_of_the_same_row_is_the_same_task(
    options, encoding, text, workspace, put, take, tasks, known_as
):
    settings = workspace(mapped(options))
    put(settings, "a.csv", text.encode(encoding))
    assert take(settings).counts == Counts(read=1, accepted=1)
    task = tasks(settings).iloc[0]
    assert (task["person"], task["title"], task["hours"]) == (known_as("Éva"), "Größe", 2.5)
    assert task["local_date"] == pd.Timestamp("2026-03-01")
    assert pd.isna(task["started_at"])


@pytest.mark.parametrize(
    ("options", "written", "hours"),
    [
        ('decimal = ","\nthousands = "."', "2.000,5", 2000.5),
        ('decimal = ","\nthousands = "."', "2.000", 2000.0),
        ('thousands = ","', "1,234.25", 1234.25),
        ('thousands = "\'"', "1'234.25", 1234.25),
        ('decimal = ","\nthousands = " "', "1 234,25", 1234.25),
        ("", ".5", 0.5),
        ("", "7.", 7.0),
        ("", "+3", 3.0),
    ],
)
def test_hours_are_read_with_the_marks_that_are_named(
    options, written, hours, workspace, put, take, tasks
):
    settings = workspace(mapped(options))
    put(settings, "a.csv", f'Who,What,Day,Hours\nana,A,2026-03-01,"{written}"\n')
    assert take(settings).counts.accepted == 1
    assert tasks(settings)["hours"].tolist() == [hours]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0", "hours_not_positive"), ("-2", "hours_not_positive"), ("0.0", "hours_not_positive"),
        ("inf", "hours_unreadable"), ("NaN", "hours_unreadable"), ("1,5", "hours_unreadable"),
        ("1e3", "hours_unreadable"), ("2h", "hours_unreadable"), ("٣", "hours_unreadable"),
        ("9" * 400, "hours_unreadable"), ("-" + "9" * 400, "hours_not_positive"),
        ("1.2.3", "hours_unreadable"), ("0x10", "hours_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_duration_is_quarantined(written, reason, workspace, put, take, quarantine):
    settings = workspace(mapped())
    put(settings, "a.csv", f'Who,What,Day,Hours\nana,A,2026-03-01,"{written}"\n')
    assert take(settings).counts == Counts(read=1, quarantined=1)
    assert quarantine(settings)["reason"].tolist() == [reason]


def test_missing_hours_are_counted_and_never_given_a_duration(workspace, put, take, tasks):
    settings = workspace(mapped())
    put(settings, "a.csv", "Who,What,Day,Hours\nana,A,2026-03-01,\nana,B,2026-03-01,1\n")
    assert take(settings).counts == Counts(read=2, accepted=2)
    assert tasks(settings)["hours"].isna().tolist() == [True, False]


def test_a_task_known_by_its_dates_may_hold_hundreds_of_hours(workspace, put, take, tasks):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\nana,A,2026-03-01,2026-03-03,2100\n")
    assert take(settings).counts == Counts(read=1, accepted=1)
    task = tasks(settings).iloc[0]
    assert (task["hours"], task["last_day"] - task["first_day"]) == (2100, 2)


@pytest.mark.parametrize(("hours", "accepted"), [("1.5", 1), ("1.51", 1), ("1.52", 0), ("4", 0)])
def test_a_clocked_entry_longer_than_its_clock_is_quarantined(
    hours, accepted, workspace, put, take, quarantine
):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\n"
        f"ana,A,2026-03-01 10:00,2026-03-01 11:30,{hours}\n")  # fmt: skip
    assert take(settings).counts.accepted == accepted
    if not accepted:
        assert quarantine(settings)["reason"].tolist() == ["hours_exceed_clock"]


def test_hours_left_empty_are_the_time_of_the_clock(workspace, put, take, tasks):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\n"
        "ana,A,2026-03-01 10:00,2026-03-01 11:30,\n")  # fmt: skip
    take(settings)
    assert tasks(settings)["hours"].tolist() == [1.5]


JOINED = """
[mapping.x]
date_format = "%d/%m/%Y %H:%M"
without_start = ["Estimated", "Done"]
end_format = "%Y-%m-%d"
constants = {person = "everybody", team = "Ops", performer = "Human"}

[mapping.x.columns]
project = ["Client", "Project"]
title = "What"
started_at = ["Day", "Time"]
ended_at = "Done"
hours = "Hours"
"""


def test_columns_are_joined_and_constants_filled_in(workspace, put, take, tasks, known_as):
    settings = workspace(JOINED)
    put(settings, "a.csv", "Client,Project,What,Day,Time,Estimated,Done,Hours\n"
        "ACME,Site,A,02/03/2026,09:30,,,1\nACME,,B,02/03/2026,10:30,,,1\n"
        ",Site,C,02/03/2026,11:30,,,1\n,,D,02/03/2026,12:30,,,1\n")  # fmt: skip
    assert take(settings).counts.accepted == 4
    log = tasks(settings)
    assert log["project"].fillna("-").tolist() == ["ACME / Site", "ACME", "Site", "-"]
    assert set(log["person"]) == {known_as("everybody")}
    assert (set(log["team"]), set(log["performer"])) == ({"Ops"}, {"human"})
    assert log["started_at"][0] == pd.Timestamp("2026-03-02T09:30Z")


def test_rows_without_a_start_are_dated_by_the_columns_named_for_it(
    workspace, put, take, tasks, quarantine
):
    settings = workspace(JOINED)
    put(settings, "a.csv", "Client,Project,What,Day,Time,Estimated,Done,Hours\n"
        ",,A,02/03/2026,09:30,,2026-03-05,1\n,,B,,,03/03/2026 10:00,2026-03-05,1\n"
        ",,C,,,,2026-03-05,1\n,,D,,,,,1\n,,E,31/02/2026,09:30,,2026-03-05,1\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts == Counts(read=5, accepted=3, quarantined=2)
    assert outcome.files[0].notes == {"dated by Estimated": 1, "dated by Done": 1}
    assert tasks(settings)["local_date"].dt.day.tolist() == [2, 3, 5]
    assert quarantine(settings)["reason"].tolist() == ["no_date", "started_at_unreadable"]


def test_a_log_that_knows_only_ends_is_dated_by_them(workspace, put, take, tasks):
    settings = workspace('[mapping.x.columns]\nperson = "Who"\ntitle = "What"\nended_at = "Done"')
    put(settings, "a.csv", "Who,What,Done\nana,A,2026-03-05\nana,B,\n")
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=1, quarantined=1)
    assert outcome.files[0].notes == {"dated by the end": 1}
    assert tasks(settings)["local_date"].tolist() == [pd.Timestamp("2026-03-05")]


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ('date_format = "%d-%b-%y"', "31-Feb-26"),
        ('date_format = "%d-%b-%y"', "2026-03-01"),
        ("", "03/04/2026"),
        ("", "2026-02-30"),
        ("", "2026-3-1"),
        ("", "2026-03-01T25:00"),
        ("", "2026-03-01T10:00+99:99"),
        ("", "46082"),
        ("", "２０２６-03-01"),
    ],
)
def test_an_unreadable_date_is_quarantined_with_its_row_and_record(
    options, written, workspace, put, take, quarantine
):
    settings = workspace(mapped(options))
    good = "01-Mar-26" if options else "2026-03-01"
    put(settings, "a.csv", f"Who,What,Day,Hours\nana,A,{good},1\nana,B,{written},1\n")
    assert take(settings).counts == Counts(read=2, accepted=1, quarantined=1)
    refused = quarantine(settings).iloc[0]
    assert (refused["file"], refused["row"]) == ("a.csv", 2)
    assert refused["reason"] == "started_at_unreadable"
    assert written in refused["detail"]
    assert "date_format" in refused["detail"]
    expected = {"Who": "ana", "What": "B", "Day": written, "Hours": "1"}
    assert json.loads(refused["record"]) == expected


@pytest.mark.parametrize(
    "day",
    ["1969-12-31", "2100-01-01", "0001-01-01", "9999-12-31T23:59", "9999-12-31T23:59Z",
     "0001-01-01T00:00+05:00", "0000-01-01"],
)  # fmt: skip
def test_a_day_outside_the_years_of_work_is_quarantined(day, workspace, put, take, quarantine):
    settings = workspace(mapped(top='[workspace]\ntime_zone = "America/New_York"\n'))
    put(settings, "a.csv", f"Who,What,Day,Hours\nana,A,{day},1\n")
    assert take(settings).counts == Counts(read=1, quarantined=1)
    assert quarantine(settings)["reason"][0] in {"date_out_of_range", "started_at_unreadable"}


def test_an_end_outside_the_years_of_work_is_quarantined(workspace, put, take, quarantine):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\nana,A,2026-03-01,2999-03-01,1\n"
        "ana,B,2026-03-01T10:00,9000-03-01T10:00,\n")  # fmt: skip
    take(settings)
    assert quarantine(settings)["reason"].tolist() == ["date_out_of_range"] * 2


def test_a_date_only_end_before_its_start_is_left_out_and_noted(workspace, put, take, tasks):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\nana,A,2026-03-02,2026-03-01,1\n"
        "ana,B,2026-03-02T10:00,2026-03-01,1\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts.accepted == 2
    assert outcome.files[0].notes == {"completed before it started: the end is left out": 2}
    assert tasks(settings)["local_end_date"].isna().all()


def test_an_entry_that_ends_before_it_starts_is_quarantined(workspace, put, take, quarantine):
    settings = workspace(mapped() + 'ended_at = "Done"\n')
    put(settings, "a.csv", "Who,What,Day,Done,Hours\n"
        "ana,A,2026-03-02T10:00,2026-03-02T09:00,1\n")  # fmt: skip
    take(settings)
    assert quarantine(settings)["reason"].tolist() == ["ends_before_start"]


TERMS = mapped('label_separator = "|"') + 'tag = "Tag"\nperformer = "By"\nlabels = "Labels"\n'
OWN_TAGS = '[tags]\n"Schreiben" = "creative"\n"Meeting" = "connective"\n"Privat" = "untagged"\n'


def test_unknown_spellings_are_quarantined_with_their_cure(workspace, put, take, quarantine):
    settings = workspace(TERMS)
    put(settings, "a.csv", "Who,What,Day,Hours,Tag,By,Labels\n"
        "ana,A,2026-03-02,1,Creativ,,\nana,B,2026-03-02,1,,Robot,\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.files[0].reasons == {"unknown_tag": 1, "unknown_performer": 1}
    tag, performer = quarantine(settings)["detail"]
    assert tag.startswith("'Creativ' is no known tag; add it to [tags] in taskmix.toml")
    assert performer == (
        "'Robot' is no known performer; write human, ai, both, unknown in the file, or map "
        "another column"
    )


def test_a_spelling_set_to_untagged_is_no_tag_and_no_fault(workspace, put, take, tasks):
    settings = workspace(OWN_TAGS + TERMS)
    put(settings, "a.csv", "Who,What,Day,Hours,Tag,By,Labels\n"
        "ana,A,2026-03-02,1,privat,,\nana,B,2026-03-02,1, SCHREIBEN ,AI,\n")  # fmt: skip
    assert take(settings).counts == Counts(read=2, accepted=2)
    assert tasks(settings)["tag"].fillna("-").tolist() == ["-", "creative"]
    assert tasks(settings)["performer"].tolist() == ["unknown", "ai"]


def test_labels_of_several_categories_leave_a_task_untagged_and_are_counted(
    workspace, put, take, tasks
):
    settings = workspace(OWN_TAGS + TERMS)
    put(settings, "a.csv", "Who,What,Day,Hours,Tag,By,Labels\n"
        "ana,A,2026-03-02,1,,,Meeting|urgent\nana,B,2026-03-02,1,,,Meeting| schreiben\n"
        "ana,C,2026-03-02,1,,,Meeting|meeting|Privat\nana,D,2026-03-02,1,Judgment,,Meeting\n"
        "ana,E,2026-03-02,1,,,creative\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts.accepted == 5
    assert outcome.files[0].notes == {
        "label 'urgent' is not in [tags]": 1,
        "several categories among the labels: left untagged": 1
    }  # fmt: skip
    assert tasks(settings)["tag"].fillna("-").tolist() == [
        "connective", "-", "connective", "judgment", "creative"
    ]  # fmt: skip


def test_rows_with_too_many_or_few_fields_are_quarantined_alone(
    workspace, put, take, tasks, quarantine
):
    settings = workspace(mapped())
    put(settings, "a.csv", "Who,What,Day,Hours\nana,A,2026-03-02,1\nana,B, and C,2026-03-02,1\n"
        "ana,D\n\nana,E,2026-03-02,1\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts == Counts(read=4, accepted=2, quarantined=2)
    refused = quarantine(settings)
    assert refused["row"].tolist() == [2, 3]
    assert set(refused["reason"]) == {"fields_do_not_fit_header"}
    assert "has 5 fields, the header 4" in refused["detail"][0]
    assert json.loads(refused["record"][0])["Hours"] == "2026-03-02,1"
    assert tasks(settings)["title"].tolist() == ["A", "E"]


def test_row_numbers_count_records_not_lines(workspace, put, take, tasks, quarantine):
    settings = workspace(mapped())
    put(settings, "a.csv", 'Who,What,Day,Hours\nana,"A ""quoted"",\ntwo\nlines",2026-03-02,1\n'
        "ana,B,never,1\n")  # fmt: skip
    take(settings)
    assert quarantine(settings)["row"].tolist() == [2]
    assert tasks(settings)["title"].tolist() == ['A "quoted", two lines']


def test_repeated_column_names_are_told_apart(workspace, put, take, tasks):
    settings = workspace(mapped().replace('"What"', '"What.2"'))
    put(settings, "a.csv", "Who,What,What,Day,Hours\nana,first,second,2026-03-02,1\n")
    take(settings)
    assert tasks(settings)["title"].tolist() == ["second"]


def test_a_row_without_a_person_is_quarantined_and_a_file_without_any_refused(
    workspace, put, take, quarantine
):
    settings = workspace(mapped())
    put(settings, "a.csv", "Who,What,Day,Hours\n,A,2026-03-02,1\nana,B,2026-03-02,1\n")
    put(settings, "b.csv", "Who,What,Day,Hours\n,C,2026-03-02,1\n")
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=1, quarantined=1)
    assert quarantine(settings)["reason"].tolist() == ["no_person"]
    assert "b.csv: the file names no person. Say whose log it is" in outcome.files[1].error


def test_a_personal_workspace_needs_no_person(workspace, put, take, tasks):
    settings = workspace(mapped(top="[workspace]\npersonal = true\n"))
    put(settings, "b.csv", "Who,What,Day,Hours\n,C,2026-03-02,1\n")
    take(settings)
    assert tasks(settings)["person"].tolist() == ["me"]


HOSTILE = [
    "<script>alert(1)</script>", "../../etc/passwd", "x" * 300, "\u202egnp.exe\u202c",
    "nul\x00 and bell\x07", "🧑‍🚀 emoji", "=HYPERLINK(1)", "'; DROP TABLE tasks; --", "{{ 7*7 }}",
    "line\u2028separator", "\x1f\x1e", "{}", "%s%n", "\x85next",
]  # fmt: skip


def test_hostile_titles_stay_harmless_text(workspace, put, take, tasks):
    settings = workspace(mapped())
    lines = [f'ana,"{title}",2026-03-02,{n}' for n, title in enumerate(HOSTILE, start=1)]
    put(settings, "a.csv", "Who,What,Day,Hours\n" + "\n".join(lines) + "\n")
    assert take(settings).counts == Counts(read=14, accepted=14)
    by_hours = tasks(settings).sort_values("hours")["title"].fillna("(none)").tolist()
    expected = [title.strip() for title in HOSTILE]
    expected[4], expected[10] = "nul  and bell", "(none)"
    expected[13] = "next"
    assert by_hours == expected


def test_hostile_file_names_are_kept_apart_from_paths(workspace, put, take, tasks):
    settings = workspace(mapped())
    put(settings, "<b>{x}%s\n.csv", "Who,What,Day,Hours\nana,A,2026-03-02,1\n")
    put(settings, "\udcff.csv", "Who,What,Day,Hours\nbo,B,2026-03-02,1\n")
    outcome = take(settings)
    assert [file.error for file in outcome.files] == [None, None]
    assert tasks(settings)["file"].tolist() == ["<b>{x}%s\n.csv", "\ufffd.csv"]
