"""A proposed ``[mapping]``: what is recognised, what is left open, and that nothing is guessed."""

import csv
import datetime as dt
import io
import json
import tomllib

import openpyxl
import pytest
import typer
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from taskmix.cli.mapping import mapping as mapping_command
from taskmix.errors import ReaderError, SettingsError, TaskmixError
from taskmix.ingest.proposing.propose import claimed_by, propose_mapping, write_mapping
from taskmix.settings import Mapping, load_settings

EMPTY = '[workspace]\ntime_zone = "Europe/Berlin"\n'
ENGLISH = "Date,From,To,Employee,Project,Description,Hours\n" + "".join(
    f"2026-03-{day:02d},09:00,11:00,{who},Site,Call number {day} with a client,2.0\n"
    for day in range(1, 15)
    for who in ("ana", "bo")
)


@pytest.fixture
def proposed(workspace, put):
    """Propose a mapping for a text; the file lies in ``data/raw``."""

    def propose(content: str | bytes, file: str = "tracker_2026-03.csv", *, toml: str = EMPTY,
                **options: str):  # fmt: skip
        settings = workspace(toml)
        return propose_mapping(put(settings, file, content), settings, **options)

    return propose


def table(*rows: str, header: str = "Date;Task;Who;Hours", mark: str = ";") -> str:
    return "\n".join([header, *rows]).replace(";", mark) + "\n"


def settings_of(proposal) -> dict:
    return tomllib.loads(proposal.toml)["mapping"][proposal.name]


def test_a_plain_tracker_is_recognised_and_tried(proposed):
    proposal = proposed(ENGLISH)
    assert proposal.name == "tracker"
    assert proposal.columns == {
        "person": "Employee", "project": "Project", "title": "Description",
        "started_at": ["Date", "From"], "ended_at": ["Date", "To"], "hours": "Hours",
    }  # fmt: skip
    made = settings_of(proposal)
    assert (made["files"], made["date_format"]) == (["tracker_*.csv"], "iso")
    assert (made["hours_unit"], proposal.undecided) == ("hours", {})
    trial = proposal.trial
    assert (trial.read, trial.accepted, trial.quarantined) == (28, 28, 0)
    assert (trial.first_date, trial.last_date) == ("2026-03-01", "2026-03-14")
    assert (trial.hours, trial.people) == (56.0, 2)


HEADERS = {
    "de": "Datum;Von;Bis;Dauer (Std.);Mitarbeiter;Projekt;Tätigkeit",
    "de-joined": "Arbeitsdatum;Beginn;Ende;Arbeitsstunden;Mitarbeitername;Projektname;Beschreibung",
    "es": "Fecha;Hora inicio;Hora fin;Horas;Usuario;Proyecto;Descripción",
    "fr": "Date;Début;Fin;Heures;Employé;Projet;Description",
    "it": "Data;Inizio;Fine;Ore;Utente;Progetto;Descrizione",
    "nl": "Datum;Van;Tot;Uren;Medewerker;Project;Omschrijving",
    "pt": "Dia;Início;Fim;Horas;Utilizador;Projeto;Descrição",
    "camel": "WorkDate;StartTime;EndTime;HoursWorked;UserName;ProjectName;TaskDescription",
}


@pytest.mark.parametrize("language", HEADERS)
def test_headers_are_known_in_the_languages_of_trackers(language, proposed):
    rows = [f"{day}.03.2026;09:00;11:15;2,25;p{day % 3};Site;Note {day}" for day in range(10, 29)]
    proposal = proposed("\n".join([HEADERS[language], *rows]))
    names = HEADERS[language].split(";")
    assert proposal.columns == {
        "started_at": names[:2], "ended_at": [names[0], names[2]], "hours": names[3],
        "person": names[4], "project": names[5], "title": names[6],
    }  # fmt: skip
    made = settings_of(proposal)
    assert (made["delimiter"], made["decimal"]) == (";", ",")
    assert made["date_format"] == "%d.%m.%Y %H:%M"
    assert (proposal.trial.accepted, proposal.trial.hours) == (19, 42.75)


DATES = {
    "%d/%m/%Y": ["03/04/2026", "13/04/2026"],
    "%m/%d/%Y": ["03/04/2026", "4/13/2026"],
    "%d-%b-%y": ["02-Nov-04", "3-May-05"],
    "%d %B %Y": ["2 November 2004", "3 May 2005"],
    "%B %d, %Y": ["November 2, 2004", "May 3, 2005"],
    "%Y/%m/%d": ["2026/03/04", "2026/3/5"],
    "%Y%m%d": ["20260304", "20260305"],
    "%d. %m. %Y": ["1. 3. 2026", "31. 3. 2026"],
    "%d-%m-%y": ["31-03-26", "01-04-26"],
    "%m/%d/%y %I:%M %p": ["3/14/26 9:30 AM", "3/15/26 12:05 PM"],
    "%b %d, %Y, %I:%M %p": ["Jan 20, 2023, 6:25 PM", "May 2, 2023, 6:25 AM"],
    "%Y%m%dT%H%M%S%z": ["20200913T015603Z", "20200914T015603Z"],
    "%a %d %b %Y %H:%M": ["Fri 16 Sep 2011 10:00", "Sat 17 Sep 2011 10:00"],
    "%Y-%m-%d %H:%M:%S UTC": ["2026-03-01 10:00:00 UTC", "2026-03-02 10:00:00 UTC"],
    "iso": ["2026-03-01T10:00:00.5+01:00", "2026-03-02T10:00:00Z"],
}


@pytest.mark.parametrize("form", DATES)
def test_a_date_format_is_told_by_all_cells_of_a_column(form, proposed):
    quoted = [f'"{cell}","Task {n}",ana' for n, cell in enumerate(DATES[form])]
    proposal = proposed("When,Task,Who\n" + "\n".join(quoted))
    made = settings_of(proposal)
    assert made["date_format"] == form
    assert made.get("time_zone") == ("UTC" if form.endswith("UTC") else None)
    assert (proposal.trial.accepted, proposal.trial.quarantined) == (2, 0)


def test_one_day_beyond_twelve_at_the_end_of_a_long_file_decides(proposed):
    days = [f"{n % 12 + 1:02d}/{n % 11 + 1:02d}/2026" for n in range(6000)] + ["25/03/2026"]
    proposal = proposed("Date,Task,Who\n" + "\n".join(f"{day},A b,ana" for day in days))
    assert settings_of(proposal)["date_format"] == "%d/%m/%Y"
    assert "'25/03/2026' can be nothing else" in proposal.toml


def test_dates_that_fit_day_first_and_month_first_are_never_guessed(proposed, workspace):
    proposal = proposed(table("03/04/2026;Plan it;ana;1.5", "05/06/2026;Do it;bo;2"))
    assert '# date_format = "%d/%m/%Y"\n# date_format = "%m/%d/%Y"\n' in proposal.toml
    assert "date_format" not in settings_of(proposal)
    assert proposal.undecided["date_format"] == (
        "%d/%m/%Y or %m/%d/%Y: each reads every date of 'Date'"
    )
    assert (proposal.trial, proposal.no_trial) == (None, "date_format is undecided")
    with pytest.raises(SettingsError, match=r"is not written: date_format is undecided"):
        write_mapping(proposal, workspace(EMPTY))


def test_another_column_of_the_same_shape_settles_the_order(proposed):
    proposal = proposed(
        table("03/04/2026;13/04/2026;A;ana", "05/06/2026;07/06/2026;B;bo",
              header="Start;End;Task;Who")
    )  # fmt: skip
    assert settings_of(proposal)["date_format"] == "%d/%m/%Y"
    assert "decided by '13/04/2026' of End" in proposal.toml


def test_cells_that_contradict_each_other_are_undecided(proposed):
    proposal = proposed(
        table(
            "25/03/2026;A;ana;1", "03/26/2026;B;ana;1", "27/03/2026;C;ana;1", "03/28/2026;D;ana;1"
        )
    )
    assert proposal.undecided["date_format"].endswith("no one format reads all of its cells")
    assert proposal.trial is None


UNITS = {
    "Hours": ("1.5", "hours"), "Dauer (h)": ("1.5", "hours"), "Minutes": ("90", "minutes"),
    "Dauer (Min.)": ("90", "minutes"), "Time spent seconds": ("5400", "seconds"),
    "Duration": ("1:30", "clock"), "Arbeitszeit": ("1:30:00", "clock"),
    "Duration (decimal)": ("1.5", "hours"),
}  # fmt: skip


@pytest.mark.parametrize("header", UNITS)
def test_a_unit_is_told_by_the_header_or_the_form_of_a_clock(header, proposed):
    cell, unit = UNITS[header]
    proposal = proposed(
        table(*[f"2026-03-{n};Task {n};ana;{cell}" for n in range(10, 20)],
              header=f"Date;Task;Who;{header}")
    )  # fmt: skip
    assert settings_of(proposal)["hours_unit"] == unit
    assert proposal.trial.hours == 15.0


def test_a_unit_that_nothing_says_is_undecided_whatever_the_size_of_the_numbers(proposed):
    rows = [f"2026-03-{n};Task {n};ana;90" for n in range(10, 20)]
    proposal = proposed(table(*rows, header="Date;Task;Who;Duration"))
    assert "hours" not in proposal.columns
    for unit in ("hours", "minutes", "seconds"):
        assert f'# hours_unit = "{unit}"' in proposal.toml
    assert '# hours = "Duration"' in proposal.toml
    assert "whether" not in proposal.undecided["hours"]
    assert proposal.undecided["hours"] == "'Duration': the name does not say what one is"
    assert (proposal.trial.accepted, proposal.trial.n_without_hours) == (10, 10)


@pytest.mark.parametrize(
    ("cell", "unit"), [("90", "minutes"), ("5400", "seconds"), ("1.5", "hours")]
)
def test_start_and_end_are_evidence_of_the_unit(cell, unit, proposed):
    rows = [f"2026-03-{n} 09:00;2026-03-{n} 10:30;Task {n};ana;{cell}" for n in range(10, 20)]
    proposal = proposed(table(*rows, header="Start;End;Task;Who;Duration"))
    assert settings_of(proposal)["hours_unit"] == unit
    assert "100% of the records are so long from start to end" in proposal.toml


def test_a_header_that_the_clock_contradicts_is_undecided(proposed):
    rows = [f"2026-03-{n} 09:00;2026-03-{n} 10:30;Task {n};ana;90" for n in range(10, 20)]
    proposal = proposed(table(*rows, header="Start;End;Task;Who;Hours"))
    assert proposal.undecided["hours"].startswith(
        "'Hours': the name says hours, but as minutes 100%"
    )
    assert "hours" not in proposal.columns


def test_numbers_without_any_name_are_hours_if_they_are_the_time_of_the_clock(proposed):
    rows = [f"2026-03-{n} 09:00;2026-03-{n} 10:{n};Task {n};ana;{60 + n}" for n in range(10, 30)]
    proposal = proposed(table(*rows, header="Start;End;Task;Who;Wert"))
    assert proposal.columns["hours"] == "Wert"
    assert settings_of(proposal)["hours_unit"] == "minutes"


def test_a_clock_under_minutes_and_days_are_not_read_as_hours(proposed):
    rows = [f"2026-03-{n};Task {n};ana;18:25;2" for n in range(10, 20)]
    proposal = proposed(table(*rows, header="Date;Task;Who;Duration (min);Effort (days)"))
    assert "hours" not in proposal.columns
    assert "look like 1:30, but the name says minutes" in proposal.undecided["hours"]


@pytest.mark.parametrize(
    ("cells", "decimal", "thousands"),
    [(["1,5", "2"], ",", None), (["2.000,5", "3"], ",", "."), (["1,250.5", "3"], ".", ",")],
)
def test_marks_of_numbers_are_told_by_all_of_them(cells, decimal, thousands, proposed):
    rows = [f"2026-03-1{n};Task {n};ana;{cell}" for n, cell in enumerate(cells)]
    made = settings_of(proposed(table(*rows)))
    assert (made.get("decimal", "."), made.get("thousands")) == (decimal, thousands)


def test_a_mark_that_may_be_either_is_undecided(proposed):
    proposal = proposed(table("2026-03-01;A b;ana;1,250", "2026-03-02;A b;ana;2,500"))
    assert "'1,250' can be a decimal or a thousands mark" in proposal.undecided["hours"]
    assert "hours" not in proposal.columns


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_every_record_the_same_fields(mark, proposed):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark)
    writer.writerow(["Date", "Task", "Who", "Hours"])
    writer.writerows(
        [f"2026-03-{n}", f"One, two; three | {n}", "ana", "1.5"] for n in range(10, 20)
    )
    proposal = proposed(text.getvalue())
    assert settings_of(proposal)["delimiter"] == mark
    assert proposal.trial.accepted == 10


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")]
)
def test_the_encoding_is_told_and_cp1252_called_an_assumption(encoding, said, proposed):
    text = table("2026-03-01;Größe prüfen;Éva;1.5", header="Date;Tätigkeit;Who;Hours")
    proposal = proposed(text.encode(encoding))
    assert settings_of(proposal)["encoding"] == said
    assert ("an assumption: line 1 is no UTF-8" in proposal.toml) == (said == "cp1252")
    assert proposal.columns["title"] == "Tätigkeit"


def test_bytes_of_no_known_encoding_say_so(proposed):
    with pytest.raises(ReaderError, match=r"line 2 is neither UTF-8 nor cp1252 text; save"):
        proposed(b"Date;Task\n2026-03-01;\x81\x8d\n")


def test_an_id_is_mapped_only_if_no_two_records_share_it(proposed):
    rows = [f"{1000 + n * 7};2026-03-{n};Task {n};ana;1" for n in range(10, 20)]
    unique = proposed(table(*rows, header="Worklog ID;Date;Task;Who;Hours"))
    assert unique.columns["id"] == "Worklog ID"
    assert "one per task and person" in unique.toml
    again = proposed(table(*rows, rows[0], header="Worklog ID;Date;Task;Who;Hours"))
    assert "id" not in again.columns


def test_a_ticket_of_each_person_is_an_id_together_with_the_person(proposed):
    rows = [f"T-{n * 7};2026-03-10;Task {n};{who};1" for n in range(40) for who in ("ana", "bo")]
    proposal = proposed(table(*rows, header="Ticket number;Date;Task;Who;Hours"))
    assert proposal.columns["id"] == ["Ticket number", "Who"]


def test_what_only_counts_records_or_has_too_few_of_them_is_no_id(proposed):
    rows = [f"{n};2026-03-10;Task {n};ana;1" for n in range(1, 50)]
    counted = proposed(table(*rows, header="ID;Date;Task;Who;Hours"))
    assert "id counts the records" in counted.undecided["id"].casefold()
    few = proposed(table("T-7;2026-03-10;Task;ana;1", header="Ticket nr;Date;Task;Who;Hours"))
    assert "too few to tell" in few.undecided["id"]
    assert "id" not in {*counted.columns, *few.columns}


def test_columns_are_found_by_their_cells_where_names_say_nothing(proposed):
    rows = [f"2026-03-{n};An aim that was reached in step {n};{n};x" for n in range(10, 30)]
    proposal = proposed(table(*rows, header="A;B;C;D"), toml=EMPTY + "personal = true\n")
    assert (proposal.columns["started_at"], proposal.columns["title"]) == ("A", "B")
    assert "by its cells" in proposal.toml
    assert proposal.undecided == {"hours": "nothing says whether C holds durations"}


def test_a_column_without_a_name_is_left_alone(proposed):
    rows = [f"2026-02-{n};2026-03-{n};Task {n};ana;1" for n in range(10, 20)]
    proposal = proposed(table(*rows, header=";Date;Task;Who;Hours"))
    assert proposal.columns["started_at"] == "Date"
    assert proposal.trial.accepted == 10


def test_a_file_that_names_nobody_says_so_and_is_tried_as_one_persons(proposed):
    proposal = proposed(table("2026-03-01;Plan it;x;1.5", header="Date;Task;Status;Hours"))
    assert "no column names people" in proposal.undecided["person"]
    assert '# constants = {person = "…"}' in proposal.toml
    assert (proposal.trial.accepted, proposal.trial.people) == (1, 1)


def test_the_trial_names_the_reasons_of_what_would_be_refused(proposed):
    rows = [f"2026-03-{n};Task {n};ana;1.5" for n in range(10, 30)]
    bad = [";No date;ana;1.5", "2026-03-01;No time;ana;0", "2026-03-01;Odd, too;ana;1.5;x"]
    trial = proposed(table(*rows, *bad)).trial
    assert (trial.read, trial.accepted, trial.quarantined) == (23, 20, 3)
    assert trial.reasons == {
        "no_date": 1, "hours_not_positive": 1, "fields_do_not_fit_header": 1
    }  # fmt: skip


def test_records_without_a_start_bring_a_suggestion_that_decides_nothing(proposed):
    rows = [f"2026-03-{n};2026-03-{n};Task {n};ana;1" for n in range(10, 28)]
    proposal = proposed(
        table(*rows, ";2026-03-28;B;ana;1", header="Started;Completed;Task;Who;Hours")
    )
    assert '# without_start = ["Completed"]  # records without a start: 1' in proposal.toml
    assert proposal.trial.reasons == {"no_date": 1}


def test_dates_of_noting_are_no_starts_and_days_of_waiting_are_no_hours(proposed):
    rows = [f"2026-03-{n}T09:00;2026-03-{n + 3}T17:00;Task {n};ana" for n in range(10, 20)]
    issues = proposed(table(*rows, header="Created;Closed;Task;Who"))
    assert "started_at" not in issues.columns
    assert (issues.columns["ended_at"], issues.trial.hours) == ("Closed", 0.0)
    tracker = proposed(table(*rows, header="Started;Finished;Task;Who"))
    assert "ended_at" not in tracker.columns
    assert '# ended_at = "Finished"  # left out: it is more than a day after' in tracker.toml
    assert tracker.trial.hours == 0.0


def test_hours_of_the_person_go_before_hours_of_the_task_and_estimates(proposed):
    rows = [f"2026-03-{n};Task {n};p{n % 3};9;5;1" for n in range(10, 30)]
    proposal = proposed(
        table(*rows, header="Date;Task;DeveloperID;HoursEstimate;HoursActual;DeveloperHours")
    )
    assert proposal.columns["hours"] == "DeveloperHours"


def test_known_tags_are_the_tag_and_others_are_labels(proposed):
    rows = [
        f"2026-03-{n};Task {n};ana;1;{'Writing' if n % 2 else 'Creative'}" for n in range(10, 20)
    ]
    text = table(*rows, header="Date;Task;Who;Hours;Category")
    assert proposed(text).columns["labels"] == "Category"
    known = proposed(text, toml=EMPTY + '[tags]\nwriting = "creative"\n')
    assert known.columns["tag"] == "Category"


def test_who_did_it_is_recognised_by_its_terms(proposed):
    rows = [f"2026-03-{n};Task {n};ana;1;{'AI' if n % 2 else 'human'}" for n in range(10, 20)]
    assert proposed(table(*rows, header="Date;Task;Who;Hours;X")).columns["performer"] == "X"


def test_json_and_its_lists_are_proposed_and_tried(proposed):
    rows = [
        {"summary": f"Call {n}", "start": {"dateTime": f"2026-03-{n}T09:00:00Z"}, "user": "ana",
         "end": {"dateTime": f"2026-03-{n}T10:00:00Z"}, "tags": ["a", "b"]}
        for n in range(10, 20)
    ]  # fmt: skip
    proposal = proposed(json.dumps({"items": rows, "people": [{"x": 1}]}), "events.json",
                        records="items")  # fmt: skip
    made = settings_of(proposal)
    assert (made["records"], made["label_separator"]) == ("items", ";")
    assert proposal.columns["started_at"] == "start.dateTime"
    assert (proposal.trial.accepted, proposal.trial.hours) == (10, 10.0)


def test_json_lines_under_another_ending_are_named_so(proposed):
    lines = [json.dumps({"date": f"2026-03-{n}", "task": f"Do {n}", "user": "a"}) for n in (10, 11)]
    for name in ("log.json", "log.txt"):
        proposal = proposed("\n".join(lines), name)
        assert settings_of(proposal)["format"] == "jsonl"
        assert proposal.trial.accepted == 2


def test_a_spreadsheets_own_dates_are_read(proposed, workspace, put):
    settings = workspace(EMPTY)
    book = openpyxl.Workbook()
    book.active.append(["Date", "Task", "Who", "Hours"])
    for day in range(1, 6):
        book.active.append([dt.date(2026, 3, day), f"Task {day}", "ana", 1.5])
    path = put(settings, "log.xlsx", b"")
    book.save(path)
    trial = propose_mapping(path, settings).trial
    assert (trial.accepted, trial.first_date, trial.hours) == (5, "2026-03-01", 7.5)


NO_TABLE = {
    "heading": ("Report\nby ana\n\nDate,Task,Who,Hours\n2026-03-01,A,b,1\n2026-03-02,A,b,1\n",
                r"column names seem to stand in record 3\. Delete the 2 above it"),
    "no header": ("2026-03-01,A,ana\n2026-03-02,B,ana\n", r"'2026-03-01' stands where a column"),
    "timesheet": ("Who,01.03.2026,02.03.2026\nana,1,2\n", r"a column a day cannot be read"),
    "one field": ("hello\nworld\n", r"have only one field \('hello'\)"),
    "no records": ("Date,Task\n", r"column names and no records"),
    "empty": ("", r"the file is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(100), r"binary file"),
    "unclosed": ('Date,Task\n2026-03-01,"A\n', r"begins in line 2 is no valid CSV"),
}  # fmt: skip


@pytest.mark.parametrize("what", NO_TABLE)
def test_what_is_no_table_says_what_it_is(what, proposed):
    content, sentence = NO_TABLE[what]
    with pytest.raises(ReaderError, match=sentence):
        proposed(content)


OPEN = {
    "Datum;Aufgabe\nMo 1. März;Plan it\nDi 2. März;Do it\n":
        "'Datum' is a date by its name, but its cells are in no one format known",
    "timestamp;task\n1767225600;Plan it\n1767229200;Do it\n":
        "timestamp may be seconds since 1970, which a mapping does not read",
    "From;To;Task\n09:00;10:00;Plan it\n": "'From' holds times of day, and no column their dates",
    "Colour;Task\nred;Plan it\n": "no column holds dates",
    "Due;Updated;Task\n2026-03-01;2026-03-01;Plan it\n":
        "Due, Updated hold dates, but which one is the task's?",
}  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_a_file_without_a_date_that_can_be_read_is_undecided(text, proposed):
    proposal = proposed(text)
    assert proposal.undecided["started_at"] == OPEN[text]
    assert proposal.trial is None
    assert proposal.no_trial == "started_at is undecided"


def test_hostile_names_stay_text_and_comments_on_their_line(proposed):
    names = ['Date"', "Task\n[workspace]\npersonal = true", "Who \x7f\\", "x = 1 # é\u2028"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([f"2026-03-{n}", f"Call the client {n}", "ana", "y"] for n in range(10, 20))
    proposal = proposed(text.getvalue(), "]{x}%s\n'''1.csv")
    loaded = tomllib.loads(proposal.toml)
    assert set(loaded) == {"mapping"}
    assert proposal.columns["title"] == names[1]
    assert Mapping(**loaded["mapping"][proposal.name]).files


@pytest.mark.parametrize(
    ("file", "name", "pattern"),
    [
        ("time_log.csv.xz", "time_log", "time_log.csv.xz"),
        ("Report 2026-03-01 to 2026-03-31 (2).csv", "report_to", "Report * to * (*).csv"),
        ("2026-03.csv", "table", None),
        ("toggl.csv", "toggl_table", "toggl.csv"),
        ("a[b].csv", "a_b", "a?b?.csv"),
    ],
)
def test_names_of_files_become_patterns_and_names(file, name, pattern, proposed):
    content = ENGLISH.encode()
    if file.endswith(".xz"):
        import lzma  # noqa: PLC0415

        content = lzma.compress(content)
    proposal = proposed(content, file)
    assert proposal.name == name
    assert settings_of(proposal).get("files") == (pattern and [pattern])
    assert proposal.trial.accepted == 28


# ---- the command ----


@pytest.fixture
def run():
    app = typer.Typer(rich_markup_mode=None)
    app.command()(mapping_command)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_the_whole_output_can_be_pasted(run, workspace, put):
    settings = workspace(EMPTY)
    path = put(settings, "tracker_1.csv", ENGLISH)
    before = sorted(settings.project.rglob("*"))
    done = run(path, "--project", settings.project)
    assert done.exit_code == 0
    assert "# trial: 28 records read, 28 accepted, 0 quarantined" in done.output
    assert "# trial: 2026-03-01 to 2026-03-14, 56.00 hours, 2 people" in done.output
    assert set(tomllib.loads(done.output)) == {"mapping"}
    assert (settings.project / "taskmix.toml").read_text() == EMPTY
    assert sorted(settings.project.rglob("*")) == before


def test_json_is_one_object_on_the_last_line(run, workspace, put):
    settings = workspace(EMPTY)
    path = put(settings, "tracker_1.csv", table("03/04/2026;Plan;ana;1", "03/04/2026;Do;ana;1"))
    done = run(path, "--project", settings.project, "--json")
    facts = json.loads(done.output.splitlines()[-1])
    assert (done.exit_code, facts["name"], facts["trial"]) == (0, "tracker", None)
    assert facts["undecided"] == [
        "date_format: %d/%m/%Y or %m/%d/%Y: each reads every date of 'Date'"
    ]
    path = put(settings, "tracker_1.csv", ENGLISH)
    facts = json.loads(run(path, "--project", settings.project, "--json").output)
    assert set(facts["trial"]) >= {"read", "accepted", "quarantined", "reasons", "first_date",
                                   "last_date", "hours", "people"}  # fmt: skip


def test_write_appends_and_the_file_is_then_read(run, workspace, put, take):
    settings = workspace(EMPTY.rstrip())
    path = put(settings, "tracker_1.csv", ENGLISH)
    done = run(path, "--project", settings.project, "--write")
    assert done.exit_code == 0
    assert "# appended to" in done.output
    changed = load_settings(settings.project)
    assert list(changed.mapping) == ["tracker"]
    assert take(changed).counts.accepted == 28
    again = run(path, "--project", settings.project)
    assert again.output.startswith("tracker reads this file as it is; no mapping is needed")


def test_write_refuses_a_name_that_is_taken_and_leaves_the_file(workspace, put):
    settings = workspace(EMPTY)
    path = put(settings, "tracker_1.csv", ENGLISH)
    write_mapping(propose_mapping(path, settings), settings)
    settings = load_settings(settings.project)
    before = (settings.project / "taskmix.toml").read_bytes()
    with pytest.raises(
        SettingsError, match=r"\[mapping.tracker\] is there already; choose another"
    ):
        write_mapping(propose_mapping(path, settings), settings)
    assert (settings.project / "taskmix.toml").read_bytes() == before


def test_write_restores_settings_that_would_no_longer_load(workspace, put):
    single = EMPTY + '[mapping]\nfiles = ["x.csv"]\ncolumns = {title = "A", started_at = "B"}\n'
    settings = workspace(single)
    path = put(settings, "tracker_1.csv", ENGLISH)
    with pytest.raises(SettingsError, match=r"is not written, the file is as it was: with it"):
        write_mapping(propose_mapping(path, settings), settings)
    assert (settings.project / "taskmix.toml").read_text() == single


def test_a_file_that_a_reader_knows_needs_no_mapping_unless_it_is_named(run, workspace, put, toggl):
    settings = workspace(EMPTY)
    path = put(
        settings, "t.csv", toggl(("cy", "T", "2026-07-01", "09:00:00", "10:00:00", "1:00:00"))
    )
    assert claimed_by(path, settings) == ["toggl"]
    done = run(path, "--project", settings.project)
    assert done.exit_code == 0
    assert done.output.startswith("toggl reads this file as it is; no mapping is needed")
    facts = json.loads(run(path, "--project", settings.project, "--json").output.splitlines()[-1])
    assert (facts["claimed_by"], facts["toml"], facts["trial"]) == (["toggl"], "", None)
    named = run(path, "--project", settings.project, "--name", "mine")
    assert named.output.startswith("[mapping.mine]")


def test_a_file_can_be_looked_at_without_a_workspace(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log.csv").write_text(ENGLISH)
    assert "28 accepted" in run("log.csv").output
    assert isinstance(run("log.csv", "--write").exception, SettingsError)
    assert isinstance(run("log.csv", "--project", "nowhere").exception, SettingsError)
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize("name", ["a b", "toggl", "../x", "é"])
def test_a_name_that_cannot_be_one_is_refused(name, proposed):
    with pytest.raises(ReaderError, match="--name"):
        proposed(ENGLISH, name=name)


# ---- whatever a file holds ----

QUICK = hypothesis_settings(
    deadline=None, max_examples=60, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2026-03-01", "03/04/2026", "25.12.26", "1:30", "9:00 PM", "1,5", "1.250", "x",
                     "1767225600", "yes", "AI", "creative", "Jan 2, 2026", "31/31/3131", "-", "0"]),
)  # fmt: skip
NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["Date", "Start", "End", "Von", "Bis", "Dauer", "User", "id", "Title", "Hours"]
    ),
)


@QUICK
@given(
    content=st.binary(max_size=300),
    ending=st.sampled_from(["csv", "json", "jsonl", "csv.gz", "xlsx", "parquet"]),
)
def test_any_bytes_are_proposed_or_refused_in_words(proposed, content, ending):
    try:
        proposal = proposed(content, f"log.{ending}")
    except TaskmixError as error:
        proposal, said = None, str(error)
    assert tomllib.loads(proposal.toml) if proposal else said


@QUICK
@given(draw=st.data(), width=st.integers(2, 6), mark=st.sampled_from(",;\t"))
def test_any_table_is_proposed_or_refused_in_words(proposed, draw, width, mark):
    rows = draw.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    header = draw.draw(st.lists(NAMES, min_size=width, max_size=width))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows([header, *rows])
    try:
        proposal = proposed(text.getvalue().encode("utf-8", "replace"))
    except TaskmixError:
        return
    made = settings_of(proposal)
    assert set(proposal.columns) <= set(made["columns"])
    if proposal.trial:
        trial = proposal.trial
        Mapping(**made)
        assert trial.read == trial.accepted + trial.quarantined == len(rows)
        assert sum(trial.reasons.values()) == trial.quarantined


# ---- real files ----

REAL = {
    "sip/sip_log.csv": (
        {"person": "DeveloperID", "title": "Summary", "started_at": "StartedOn",
         "ended_at": "CompletedOn", "hours": "DeveloperHoursActual"},
        8712, {"no_date": 353},
    ),
    "cesaw/time_log.csv.xz": (
        {"person": "person_key", "team": "team_key", "started_at": "time_log_start_date",
         "hours": "time_log_delta_minutes", "id": "time_log_fact_key"},
        107_562, None,
    ),
    "exports/gcal_events_finos/events.json": (
        {"title": "title", "started_at": "start", "ended_at": "end", "id": "uid"},
        1072, {"no_date": 1},
    ),
    "exports/taskwarrior/taskwarrior_export.json": (
        {"title": "description", "ended_at": "end", "id": "uuid", "labels": "tags"}, 663, None,
    ),
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_real_files_are_recognised(name, shared_data, workspace):
    expected, n_records, reasons = REAL[name]
    proposal = propose_mapping(shared_data / name, workspace(EMPTY), name="t")
    assert {role: proposal.columns.get(role) for role in expected} == expected
    assert proposal.trial.read == n_records
    if reasons is not None:
        assert proposal.trial.reasons == reasons
