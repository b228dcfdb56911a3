"""Clockify's detailed report."""

import pandas as pd
import pytest

from taskmix.ingest import Counts, load_readers
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.readers.clockify import ClockifyDetailedReader

HEADER = (
    "Project,Client,Description,Task,User,Group,Email,Tags,Billable,"
    "Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),"
    "Billable Rate (EUR),Billable Amount (EUR)"
)
BERLIN = '[workspace]\ntime_zone = "Europe/Berlin"\n'
DAY_FIRST = '[readers.clockify]\nday_order = "day-first"\n'


def entry(
    title="Draft", day="13/04/2024", start="10:00:00", end="11:30:00", duration="01:30:00", *,
    end_day=None, decimal="1.50", group="Red", tags="",
):  # fmt: skip
    end_day = day if end_day is None else end_day
    cells = ["Site", "Acme", title, "Copy", "Ana B", group, "ana@x.org", tags, "No",
             day, start, end_day, end, duration, decimal, "0.00", "0.00"]  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells)


def report(*lines, header=HEADER):
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def read(workspace, put):
    """Read a text as Clockify's file."""

    def run(text, toml=BERLIN, name="c.csv"):
        settings = workspace(toml)
        return ClockifyDetailedReader().read(put(settings, name, text), settings)

    return run


@pytest.fixture
def refusal(workspace, put, take):
    """Tell why a whole file is refused."""

    def run(text, toml=BERLIN, reader=None):
        settings = workspace(toml)
        return take(settings, put(settings, "c.csv", text), reader=reader).files[0].error

    return run


def reasons(draft):
    return {
        n: fault.reason for fault in reversed(draft.faults) for n in fault.rows[fault.rows].index
    }


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(ClockifyDetailedReader(), Reader)


def test_an_entry_becomes_a_task(workspace, put, take, tasks, known_as):
    settings = workspace(BERLIN + '[tags]\n"Ideas" = "creative"\n')
    put(settings, "c.csv", report(entry(tags="Rush, Ideas", group="Red, Blue")))
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("clockify", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert task["started_at"] == pd.Timestamp("2024-04-13T08:00Z")
    assert task["ended_at"] == pd.Timestamp("2024-04-13T09:30Z")
    assert (task["person"], task["project"], task["hours"]) == (known_as("ana@x.org"), "Site", 1.5)
    assert (task["title"], task["tag"], task["team"]) == ("Draft", "creative", "Red")
    assert task["source"] == "clockify"


def test_the_person_is_the_email_and_the_name_is_known_too(read):
    row = read(report(entry())).rows.iloc[0]
    assert (row["person"], row["person_also"]) == ("ana@x.org", "Ana B")
    row = read(report(entry().replace("ana@x.org", ""))).rows.iloc[0]
    assert row["person"] == "Ana B"
    assert pd.isna(row["person_also"])


def test_a_title_may_come_from_the_task_or_activity(read):
    assert read(report(entry(title=""))).rows["title"].tolist() == ["Copy"]
    text = report(entry(title=""), header=HEADER.replace("Task", "Activity"))
    assert read(text).rows["title"].tolist() == ["Copy"]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("10:23:52 AM", "10:23:52"),
        ("10:23 AM", "10:23:00"),
        ("12:05 am", "00:05:00"),
        ("12:05 p.m.", "12:05:00"),
        ("1:05\u202fPM", "13:05:00"),
        ("1:05\u00a0p.\u00a0m.", "13:05:00"),
        ("14:00", "14:00:00"),
        ("14:00:05", "14:00:05"),
    ],
)
def test_every_clock_of_a_profile_is_read(written, at, read):
    draft = read(report(entry(start=written, end=written, duration="")), toml="")
    assert not draft.faults
    assert draft.rows["started_at"].tolist() == [pd.Timestamp(f"2024-04-13T{at}Z")]


@pytest.mark.parametrize("day", ["13/04/2024", "04/13/2024", "2024-04-13", "13.04.2024",
                                 "13-04-2024", "2024/04/13", "13/4/24"])  # fmt: skip
def test_every_date_of_a_profile_is_read(day, read):
    assert read(report(entry(day=day))).rows["local_date"].tolist() == [pd.Timestamp("2024-04-13")]


def test_one_row_settles_the_order_of_all(read):
    for decisive, month in (("29/04/2024", 4), ("04/29/2024", 3)):
        draft = read(report(entry(day="03/04/2024"), entry(day=decisive)))
        assert draft.rows["local_date"].iloc[0].month == month
        assert not draft.faults


def test_the_date_of_creation_is_evidence_too(read):
    text = report(entry(day="03/04/2024") + ",04/15/2024", header=HEADER + ",Date of creation")
    assert read(text).rows["local_date"].tolist() == [pd.Timestamp("2024-03-04")]


def test_rows_that_the_files_order_cannot_read_are_quarantined(
    workspace, put, take, tasks, quarantine
):
    settings = workspace(BERLIN)
    days = ("03/04/2024", "29/04/2024", "30/04/2024", "04/31/2024", "04/30/2024")
    put(settings, "c.csv", report(*(entry(f"T{n}", day) for n, day in enumerate(days))))
    assert take(settings).counts == Counts(read=5, accepted=3, quarantined=2)
    assert tasks(settings)["local_date"].dt.day.tolist() == [3, 29, 30]
    assert quarantine(settings)["row"].tolist() == [4, 5]
    assert set(quarantine(settings)["reason"]) == {"started_at_unreadable"}
    assert quarantine(settings)["detail"].iloc[0].startswith("'04/31/2024 10:00:00' is no date")


def test_an_ambiguous_file_is_refused_with_both_readings_and_the_setting(refusal):
    error = refusal(report(entry(day="05/05/2024"), entry(day="03/04/2024")))
    assert "c.csv: no row tells whether the day or the month comes first" in error
    assert "'03/04/2024' (row 2) could be 3 April 2024 or 4 March 2024" in error
    assert '[readers.clockify] day_order = "day-first" or "month-first"' in error


def test_a_file_whose_dates_read_alike_is_fine(read):
    assert read(report(entry(day="05/05/2024"))).rows["local_date"].dt.month.tolist() == [5]


def test_the_setting_decides_and_what_it_cannot_read_is_quarantined(read):
    draft = read(report(entry(day="03/04/2024"), entry(day="04/29/2024")), toml=DAY_FIRST)
    assert draft.rows["local_date"].iloc[0] == pd.Timestamp("2024-04-03")
    assert reasons(draft) == {2: "started_at_unreadable"}


def test_an_entry_over_midnight_settles_the_order(read):
    night = entry(day="03/04/2024", end_day="04/04/2024", start="23:00:00", end="00:30:00")
    draft = read(report(entry(day="01/02/2024"), night))
    assert draft.rows["local_date"].tolist() == [pd.Timestamp("2024-02-01"),
                                                 pd.Timestamp("2024-04-03")]  # fmt: skip


def test_an_entry_that_would_end_before_its_start_settles_the_order(read):
    # From 12 March to 1 April, or from 3 December back to 4 January.
    long = entry(day="12/03/2024", end_day="01/04/2024", duration="", decimal="")
    assert read(report(long)).rows["local_date"].tolist() == [pd.Timestamp("2024-03-12")]


def test_an_entry_within_a_day_settles_nothing(refusal):
    assert "could be" in refusal(report(entry(day="03/04/2024", duration="01:30:00")))


@pytest.mark.parametrize(
    ("duration", "decimal", "hours"),
    [
        ("01:30:00", "0.00", 1.5),
        ("1:30", "", 1.5),
        ("", "1.25", 1.25),
        ("", "1,25", 1.25),
        ("1,5", "", 1.5),
        ("", "1.234,50", 1234.5),
        ("", "", None),
    ],
)
def test_every_duration_is_read(duration, decimal, hours, read):
    draft = read(report(entry(duration=duration, decimal=decimal)))
    found = draft.rows["hours"].iloc[0]
    assert found == hours or (hours is None and pd.isna(found))
    assert not draft.faults


@pytest.mark.parametrize(("duration", "decimal"), [("half", ""), ("", "1,234"), ("1:75", "x")])
def test_a_duration_with_no_or_two_readings_is_quarantined(duration, decimal, read):
    draft = read(report(entry(duration=duration, decimal=decimal)))
    assert reasons(draft) == {1: "hours_unreadable"}


def test_without_a_duration_the_clock_gives_the_hours(workspace, put, take, tasks):
    settings = workspace(BERLIN)
    columns = "Project,Description,User,Start Date,Start Time,End Date,End Time"
    put(settings, "c.csv", f"{columns}\nSite,A,ana,13/04/2024,9:00 AM,13/04/2024,9:45 AM\n")
    assert take(settings).files[0].reader == "clockify"
    assert tasks(settings)["hours"].tolist() == [0.75]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("Break", "break"), ("BREAK", "break"), ("Holiday", "holiday"), ("Time off", "time_off"),
     ("TIME_OFF", "time_off")],
)  # fmt: skip
def test_entries_that_are_no_work_are_skipped(kind, reason, workspace, put, take):
    settings = workspace(BERLIN)
    header = HEADER + ",Type,Invoiced,Invoice ID"
    put(
        settings, "c.csv", report(entry() + ",Regular,No,", entry() + f",{kind},No,", header=header)
    )
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=1, skipped=1)
    assert outcome.files[0].reasons == {reason: 1}


def test_a_type_that_nobody_knows_is_not_guessed(read):
    draft = read(report(entry() + ",Arbeitspause", header=HEADER + ",Type"))
    assert reasons(draft) == {1: "unknown_type"}


def test_entries_that_still_run_totals_and_blank_rows_are_skipped(workspace, put, take):
    settings = workspace(BERLIN)
    running = entry(end="", end_day="", duration="", decimal="")
    total = "Total" + "," * 12 + ",01:30:00,1.50,,"
    put(settings, "c.csv", report(entry(), running, "," * 16, total))
    outcome = take(settings)
    assert outcome.counts == Counts(read=4, accepted=1, skipped=3)
    assert outcome.files[0].reasons == {"still_running": 1, "empty_row": 1, "total_row": 1}


def test_a_task_called_total_is_a_task(read):
    assert read(report(entry("Total"))).skipped == {}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_told_by_the_header_alone(separator, workspace, put, take, tasks):
    settings = workspace(BERLIN)
    line = entry("Plan, then; do", day="13.04.2024").replace('","', f'"{separator}"')
    put(settings, "c.csv", report(line, header=HEADER.replace(",", separator)))
    assert take(settings).counts == Counts(read=1, accepted=1)
    assert tasks(settings)["title"].tolist() == ["Plan, then; do"]


@pytest.mark.parametrize(
    "header",
    [
        "Projekt;Kunde;Beschreibung;Aufgabe;Benutzer;Gruppe;Email;Tags;Abrechenbar;Startdatum;"
        "Startzeit;Enddatum;Endzeit;Dauer (h);Dauer (dezimal)",
        "Proyecto;Cliente;Descripción;Tarea;Usuario;Grupo;Correo electrónico;Etiquetas;Facturable;"
        "Fecha de inicio;Hora de inicio;Fecha de finalización;Hora de finalización;Duración (h);"
        "Duración (decimal)",
        "Projet;Client;Description;Tâche;Utilisateur;Groupe;Email;Étiquettes;Facturable;"
        "Date de début;Heure de début;Date de fin;Heure de fin;Durée (h);Durée (décimal)",
        "Projeto;Cliente;Descrição;Tarefa;Usuário;Grupo;E-mail;Etiquetas;Faturável;Data de início;"
        "Hora de início;Data de término;Hora de término;Duração (h);Duração (decimal)",
    ],
)
def test_translated_headers_are_read(header, workspace, put, take, tasks, known_as):
    settings = workspace(BERLIN)
    row = "Site;Acme;Größe;T;Ana;Rot;ana@x.org;a, b;Nein;"
    row += "13.04.2024;14:00:00;13.04.2024;15:30:00;;1,50"
    put(settings, "c.csv", f"{header}\n{row}\n")
    assert take(settings).counts == Counts(read=1, accepted=1)
    task = tasks(settings).iloc[0]
    assert (task["title"], task["person"], task["team"]) == ("Größe", known_as("ana@x.org"), "Rot")
    assert (task["hours"], task["started_at"]) == (1.5, pd.Timestamp("2024-04-13T12:00Z"))


def test_a_header_in_a_language_nobody_knows_here_is_told_what_to_do(refusal):
    error = refusal("Projekt,Klient,Opis,Zadanie,Osoba,Grupa,Tagi,Początek,Koniec,Czas (h)\n")
    assert "set Clockify to English and export the detailed report again" in error


def test_windows_text_is_read_with_a_note_and_damaged_text_is_refused(workspace, put, take, tasks):
    settings = workspace(BERLIN)
    put(settings, "c.csv", report(entry("Größe")).encode("cp1252"))
    outcome = take(settings)
    assert outcome.files[0].notes["lines read as Windows-1252, since the file is not UTF-8"] == 1
    assert tasks(settings)["title"].tolist() == ["Größe"]
    half = workspace(BERLIN, folder="half")
    put(half, "c.csv", report(entry("Größe")).encode() + entry("Maß").encode("cp1252"))
    assert "line 3 has a byte that is not UTF-8 (0xdf)" in take(half).files[0].error


def test_a_spreadsheet_that_turned_only_some_dates_is_refused(workspace, take):
    openpyxl = pytest.importorskip("openpyxl")
    settings = workspace(BERLIN)
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    for day in (pd.Timestamp("2024-03-04").to_pydatetime(), "29/04/2024"):
        book.active.append(["P", "C", "D", "T", "ana", "G", "", "", "No",
                            day, "10:00", day, "11:00", "01:00:00", 1.0, 0, 0])  # fmt: skip
    book.save(settings.raw / "c.xlsx")
    error = take(settings).files[0].error
    assert "a spreadsheet has turned some and left others, and those it turned may have" in error
    assert "dates of column 'Start Date' have the year first" in error
    assert "('29/04/2024', row 2)" in error


def test_dates_that_were_turned_before_the_file_was_saved_as_text_are_refused(refusal, read):
    turned = report(entry(day="2024-03-04"), entry(day="29/04/2024"))
    assert "a spreadsheet has turned some" in refusal(turned)
    # A day beyond 12 with the year first was not turned, but written so.
    assert not read(turned + entry(day="2024-03-30") + "\n").faults


@pytest.mark.parametrize(
    ("header", "missing"),
    [("Project,Description,Start Time,End Time", "Start Date"),
     ("Project,Description,Start Date,Start Time", "End Date"),
     ("Client,Start Date,Start Time,End Date,End Time", "Description")],
)  # fmt: skip
def test_a_missing_column_is_named_with_those_there_are(header, missing, refusal):
    error = refusal(f"{header}\n", reader="clockify")
    assert f"c.csv: column {missing!r} is missing; found {header.replace(',', ', ')}" in error
    assert error.endswith("Export Clockify's detailed report as CSV, with its dates and times")


def test_the_summary_report_is_told_from_the_detailed_one(refusal):
    error = refusal("Project,Client,Description,Time (h),Time (decimal),Amount (USD)\n")
    assert "Is this Clockify's summary report? Export the detailed one" in error


def test_toggl_or_clockify_without_any_mark_is_for_a_person_to_say(refusal):
    header = "DESCRIPTION,PROJECT,START DATE,START TIME,END DATE,END TIME"
    assert "say it with --reader toggl or --reader clockify" in refusal(f"{header}\n")


@pytest.mark.parametrize(
    "header",
    ["Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location",
     "Name,Email,Start Date,Start Time,End Date,End Time,Results", "a,b"],
)  # fmt: skip
def test_other_tables_with_dates_are_not_claimed(header, tmp_path):
    assert not ClockifyDetailedReader().claims(Sample(tmp_path / "a.csv", (), f"{header}\n"))


def test_repeated_and_shouted_columns_do_no_harm(read):
    header = HEADER.upper() + ",Tags,start date"
    draft = read(report(entry(tags="first") + ",second,n/a", header=header))
    assert draft.rows["labels"].tolist() == ["first"]
    assert not draft.faults


def test_a_header_without_rows_is_an_empty_draft(read):
    assert read(report()).rows.empty


@pytest.mark.real
def test_importers_fixtures_have_clear_outcomes(shared_data, workspace, take):
    folder = shared_data / "exports" / "importer_fixtures_solidtime"
    found = {n: folder / f"clockify_time_entries_import_test_{n}.csv" for n in (1, 3, 5, 7)}
    asked, told = workspace(""), workspace(DAY_FIRST, folder="told")
    for n in (1, 5):
        assert "could be 3 April 2024 or 4 March 2024" in take(asked, found[n]).files[0].error
        outcome = take(told, found[n]).files[0]
        assert outcome.reasons == {"hours_not_positive": 1}
        assert outcome.counts.read == 2
    # Its start is 13/15: no day either way, while its end settles the order.
    assert take(asked, found[3]).files[0].reasons == {"started_at_unreadable": 1}
    assert take(told, found[7]).files[0].reasons == {"fields_do_not_fit_header": 1}
    for path in found.values():
        sample = Sample(path, (), path.read_text("utf-8"))
        readers = load_readers(asked).values()
        assert [reader.name for reader in readers if reader.claims(sample)] == ["clockify"]
