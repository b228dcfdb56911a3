"""Worklogs of Jira, as the apps write them that export them."""

import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import ReaderError, TaskmixError
from taskmix.ingest import Counts, choose_reader, load_readers, settle
from taskmix.ingest.protocol import Reader
from taskmix.ingest.readers.jira import JiraWorklogReader
from taskmix.ingest.readers.worklogtimes import spent_unit

BERLIN = '[workspace]\ntime_zone = "Europe/Berlin"\n'
FULL = (
    '"Worklog id","Author","Summary","Work description","Issue","Parent","Epic","Project",'
    '"Started","Assignee","Labels","Priority","Issue type","Sprint","Time spent"\r\n'
)
SHORT = "Author,Summary,Work description,Issue,Project,Started,Time spent seconds,Time spent\n"
TEMPO = "Issue Key,Issue summary,Hours,Work date,Username,Full name,Project Name,Work Description\n"


def full(number: str, started: str, spent: str, *, labels: str = "", said: str = "") -> str:
    cells = [number, "Ana Ruiz", "Mend the roof", said, "ROOF-7", "", "ROOF-1", "Houses", started,
             "Bo", labels, "High", "Task", "S1", spent]  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells) + "\r\n"


def short(*, started="2026-07-01T09:00:00.000+0200", seconds="3900", spent="1h 5m", said="") -> str:
    return f'Ana,Mend the roof,{said},ROOF-7,Houses,"{started}",{seconds},"{spent}"\n'


@pytest.fixture
def draft(workspace, put):
    """Read a file's text; `toml` says what the workspace knows."""

    def read(content: str | bytes, *, toml: str = BERLIN, name: str = "jira.csv"):
        made = workspace(toml)
        path = put(made, name, content)
        reader = choose_reader(path, load_readers(made))
        assert isinstance(reader, JiraWorklogReader)
        return reader.read(path, made)

    return read


def reasons(draft) -> dict[int, str]:
    return {
        n: fault.reason for fault in reversed(draft.faults) for n in fault.rows.index[fault.rows]
    }


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(JiraWorklogReader(), Reader)


def test_a_worklog_becomes_a_task_and_its_total_row_none(workspace, put, take, tasks, known_as):
    made = workspace(BERLIN + '[tags]\n"kind-creative" = "creative"\n')
    text = FULL + full("501", "2026-07-01T23:30:00.000+0200", "1h 5m", labels="kind-creative roof")
    text += full("502", "2026-07-02T09:00:00.000+0200", "20m") + "," * 14 + '"1h 25m"\r\n'
    put(made, "jira.csv", "\ufeff" + text)
    outcome = take(made)
    assert outcome.counts == Counts(read=3, accepted=2, skipped=1)
    assert outcome.files[0].reasons == {"total_row": 1}
    first = tasks(made).sort_values("started_at").iloc[0]
    assert first["started_at"] == pd.Timestamp("2026-07-01T21:30Z")
    # Jira keeps no end: the day of the start is the worklog's, as in Jira's own reports.
    assert pd.isna(first["ended_at"])
    assert first["local_date"] == pd.Timestamp("2026-07-01")
    assert first["hours"] == pytest.approx(65 / 60)
    assert (first["title"], first["project"], first["tag"]) == (
        "Mend the roof", "Houses", "creative"
    )  # fmt: skip
    assert first["person"] == known_as("Ana Ruiz")
    assert outcome.files[0].notes == {"label 'roof' is not in [tags]": 1}


@pytest.mark.parametrize(
    ("started", "instant"),
    [
        ("2023-01-20T18:25:00.000+0100", "2023-01-20T17:25Z"),
        ("2023-01-20T18:25:30+01:00", "2023-01-20T17:25:30Z"),
        ("2023-01-20T17:25:00Z", "2023-01-20T17:25Z"),
        ("2023-01-20 18:25:00 +0100", "2023-01-20T17:25Z"),
        ("2023-01-20 18:25", "2023-01-20T17:25Z"),
        ("2023-01-20 06:25 PM", "2023-01-20T17:25Z"),
        ("Jan 20, 2023, 6:25 PM", "2023-01-20T17:25Z"),
        ("Jan 20, 2023, 6:25:00\u202fPM", "2023-01-20T17:25Z"),
        ("January 20, 2023 at 12:05 AM", "2023-01-19T23:05Z"),
        ("Fri, Jan 20, 2023 18:25", "2023-01-20T17:25Z"),
        ("20/Jan/23 6:25 PM", "2023-01-20T17:25Z"),
        ("20-Jan-2023 18:25", "2023-01-20T17:25Z"),
        ("20. January 2023, 18:25", "2023-01-20T17:25Z"),
        ("20.01.2023 18:25", "2023-01-20T17:25Z"),
        ("1/20/23 6:25 PM", "2023-01-20T17:25Z"),
        ("2023/01/20 18:25", "2023-01-20T17:25Z"),
    ],
)
def test_every_form_of_a_start_is_the_same_instant(started, instant, draft):
    made = draft(SHORT + short(started=started))
    assert not made.faults
    assert made.rows["started_at"][1] == pd.Timestamp(instant)


@pytest.mark.parametrize(
    "started",
    ["soon", "2023-02-30 10:00", "31/Feb/23 6:25 PM", "Jam 20, 2023, 6:25 PM", "20/Jan/23 25:00",
     "20/Jan/23 13:25 PM", "32.13.2023 10:00", "1674239100", "Jan 20, 2023, 6:25 PM CET"],
)  # fmt: skip
def test_a_start_that_is_no_date_is_quarantined(started, draft):
    made = draft(SHORT + short() + short(started=started))
    assert reasons(made) == {2: "started_at_unreadable"}
    assert started[:30] in made.faults[0].detail[2]


def test_the_order_of_day_and_month_is_the_files_or_the_workspaces(draft):
    text = SHORT + short(started="03/04/2026 09:00")
    with pytest.raises(ReaderError, match=r"3 April 2026 or 4 March 2026.*\[readers.jira\]"):
        draft(text)
    told = draft(text + short(started="29/04/2026 09:00"))
    asked = draft(text, toml=BERLIN + '[readers.jira]\nday_order = "month-first"\n')
    assert told.rows["local_date"][1] == pd.Timestamp("2026-04-03")
    assert asked.rows["local_date"][1] == pd.Timestamp("2026-03-04")


@pytest.mark.parametrize(
    ("spent", "minutes"),
    [("1h 5m", 65), ("45m", 45), ("2h", 120), ("1.5h", 90), ("1h5m", 65), ("1 hour, 5 minutes", 65),
     ("1:05", 65), ("1d 2h", 600), ("1w", 2400), ("2 weeks, 1 day", 5280), ("1h 30m 30s", 90.5),
     ("3900", 65), ("30s", 0.5)],
)  # fmt: skip
def test_the_cells_own_form_says_the_time_spent(spent, minutes, draft):
    made = draft(FULL + full("1", "2026-07-01", spent))
    assert made.rows["hours"][1] * 60 == pytest.approx(minutes)
    uses_days = "d" in spent or "w" in spent
    note = "durations in days or weeks, read as 8 hours and 5 days (Jira's own)"
    assert made.notes == ({note: 1} if uses_days else {})


@pytest.mark.parametrize("spent", ["1.25", "1,25", "much", "5x", "1h 5", "", "-1h"])
def test_a_time_spent_without_a_unit_is_not_guessed(spent, draft):
    made = draft(FULL + full("1", "2026-07-01", "1h") + full("2", "2026-07-01", spent))
    assert reasons(made) == {2: "hours_unreadable"}


def test_a_bare_number_beside_cells_with_units_is_quarantined(draft):
    text = FULL + full("1", "2026-07-01", "90")
    assert draft(text).rows["hours"][1] == pytest.approx(90 / 3600)
    assert reasons(draft(text + full("2", "2026-07-01", "1h"))) == {1: "hours_unreadable"}


def test_seconds_go_before_text_that_is_rounded_and_contradictions_are_quarantined(draft):
    text = SHORT + short(seconds="3929", spent="1h 5m") + short(seconds="7200", spent="1h 5m")
    # Days can have other lengths in another Jira: there the seconds decide.
    text += short(seconds="21600", spent="1d") + short(seconds="", spent="30m")
    made = draft(text)
    assert reasons(made) == {2: "hours_contradict"}
    assert made.rows["hours"].tolist() == pytest.approx([3929 / 3600, 2.0, 6.0, 0.5])
    assert made.notes == {}


@pytest.mark.parametrize(
    ("column", "cell", "hours"),
    [("Hours", "1.25", 1.25), ("Hours", "1,25", 1.25), ("Time Spent (h)", "0.5", 0.5),
     ("Time Spent (seconds)", "1800", 0.5), ("Time spent (minutes)", "90", 1.5),
     ("time_spent_seconds", "1800", 0.5), ("Hours", "1h 30m", 1.5), ("Logged hours", "2", 2.0)],
)  # fmt: skip
def test_a_columns_name_says_its_unit(column, cell, hours, draft):
    made = draft(f'Issue key;Work date;Author;{column}\nROOF-7;2026-07-01;Ana;"{cell}"\n')
    assert made.rows["hours"].tolist() == [hours]


@pytest.mark.parametrize(
    "column", ["Billed Hours", "Original Estimate", "External Hours", "Σ Time Spent", "Start time"]
)
def test_other_columns_are_no_time_spent(column):
    assert spent_unit(column.casefold()) is None


def test_tempos_layout_is_read(draft):
    made = draft(
        TEMPO + 'ROOF-7,Mend the roof,1.5,2026-07-01 09:30,ana@x.org,Ana Ruiz,Houses,'
        "Working on issue ROOF-7\nROOF-8,Paint,0.25,2026-07-02,bo,Bo B,Houses,Second coat\n"
    )  # fmt: skip
    rows = made.rows
    assert rows["person"].tolist() == ["ana@x.org", "Bo B"]
    assert rows["person_also"].tolist() == ["Ana Ruiz", "bo"]
    assert rows["title"].tolist() == ["Mend the roof", "Paint / Second coat"]
    assert rows["local_date"].dt.day.tolist() == [1, 2]
    assert rows["started_at"].isna().tolist() == [False, True]
    assert not made.faults
    assert made.lasting_ids is False


def test_a_report_with_key_and_date_started_is_read(draft):
    header = "Project,Issue Type,Key,Summary,Priority,Date Started,Display Name,Time Spent (h)\n"
    made = draft(header + "Houses,Bug,ROOF-7,Mend,Major,2026-02-24 21:03:48,Ana,1\n,,,,,,Total,1\n")
    assert made.rows["hours"][1] == 1
    assert made.skipped == {2: "total_row"}


def test_a_date_and_a_clock_in_two_columns_are_joined(draft):
    header = "Issue,Summary,User,Start Date,Start Time,Time Spent\n"
    made = draft(header + "ROOF-7,Mend,Ana,2026-07-01,9:05 AM,1h\nROOF-7,Mend,Ana,2026-07-01,,1h\n")
    assert made.rows["started_at"][1] == pd.Timestamp("2026-07-01T07:05Z")
    assert pd.isna(made.rows["started_at"][2])
    assert made.rows["local_date"].dt.day.tolist() == [1, 1]


def test_a_description_that_adds_nothing_is_left_out(draft):
    said = ["mend the roof", "", "Working on issue ROOF-7", "North side"]
    made = draft(SHORT + "".join(short(said=text) for text in said))
    assert made.rows["title"].tolist() == ["Mend the roof"] * 3 + ["Mend the roof / North side"]


def test_labels_are_joined_from_every_column_whatever_is_between_them(draft):
    header = "Issue,Author,Started,Time spent,Labels,Labels\n"
    made = draft(header + 'R-1,Ana,2026-07-01,1h,"a b; c",d\nR-1,Ana,2026-07-01,1h,,\n')
    assert made.rows["labels"].fillna("").tolist() == ["a, b, c, d", ""]


def test_ids_last_where_every_worklog_has_one(draft):
    whole = FULL + full("501", "2026-07-01", "1h") + "," * 14 + '"1h"\n'
    assert draft(whole).lasting_ids is True
    assert draft(whole).rows["id"][1] == "501"
    partly = draft(whole + full("", "2026-07-01", "1h"))
    assert partly.lasting_ids is False
    assert "id" not in partly.rows


def test_a_worklog_with_an_id_that_comes_again_is_updated_not_doubled(workspace, put, take, tasks):
    made = workspace(BERLIN)
    put(made, "july.csv", FULL + full("1", "2026-07-01", "1h") + full("2", "2026-07-02", "1h"))
    take(made)
    put(made, "again.csv", FULL + full("2", "2026-07-02", "2h"))
    assert take(made).counts == Counts(read=3, updated=1, unchanged=2)
    assert tasks(made)["hours"].sum() == 3


def test_a_total_that_its_rows_do_not_add_up_to_is_noted(draft):
    text = FULL + full("1", "2026-07-01", "1h") + "," * 14 + '"1h 30m"\n'
    assert draft(text).notes == {"minutes by which the total row differs from its rows": 30}


def test_a_row_of_a_person_without_date_is_no_total(draft):
    made = draft(SHORT + short() + "Ana,,,,,,3600,1h\n")
    assert made.skipped == {}
    assert pd.isna(made.rows["local_date"][2])


def test_a_spreadsheet_is_read_like_its_csv(draft):
    cells = pd.DataFrame(
        {"Issue Key": ["R-1"], "Issue summary": ["Mend"], "Hours": [1.125], "Full name": ["Ana"],
         "Work date": [pd.Timestamp("2026-07-01 09:30")]}
    )  # fmt: skip
    buffer = io.BytesIO()
    cells.to_excel(buffer, index=False)
    made = draft(buffer.getvalue(), name="tempo.xlsx")
    assert made.rows["hours"].tolist() == [1.125]
    assert made.rows["started_at"][1] == pd.Timestamp("2026-07-01T07:30Z")


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Summary,Issue key,Issue id,Issue Type,Status,Project key,Created,Updated,Time Spent",
         "this is Jira's list of issues, not of worklogs"),
        ("Issue,Summary,2026-07-01,2026-07-02,2026-07-03,Total",
         "this is a timesheet with a column a day"),
        ("Issue,Summary,Author,Time spent", "the column 'Started' is missing. Export one row"),
    ],
)  # fmt: skip
def test_a_neighbour_is_told_in_words(header, sentence, workspace, put):
    made = workspace(BERLIN)
    path = put(made, "jira.csv", f"{header}\n")
    with pytest.raises(ReaderError, match="Found: ") as raised:
        choose_reader(path, load_readers(made))
    assert sentence in str(raised.value)


def test_another_tools_file_is_named_when_this_reader_is_asked(workspace, put):
    made = workspace(BERLIN)
    path = put(made, "x.csv", "Author,Started\nAna,2026-07-01\n")
    with pytest.raises(TaskmixError, match=r"x.csv: column 'time spent' is missing; found Author"):
        JiraWorklogReader().read(path, made)


COLUMNS = FULL.strip().replace('"', "").split(",")
QUICK = settings(
    deadline=None, max_examples=20, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def account_for(content: bytes, made, who, *, sure: bool = False) -> int:
    """Read a file to its end; returns the number of its records, or 0 if it is refused."""
    path = made.raw / "jira.csv"
    path.write_bytes(content)
    reader = JiraWorklogReader()
    try:
        if sure:
            assert choose_reader(path, load_readers(made)).name == "jira"
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="file")
    except TaskmixError:
        assert not sure
        return 0
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    return n


@QUICK
@given(order=st.permutations(COLUMNS), separator=st.sampled_from(",;\t"))
def test_columns_in_any_order_are_the_same_tasks(workspace, who, order, separator):
    cells = {"Worklog id": "7", "Author": "Ana", "Issue": "R-1", "Summary": "Mend",
             "Started": "Jan 20, 2026, 6:25 PM", "Time spent": "1h 5m"}  # fmt: skip
    lines = [order, [cells.get(name, "") for name in order],
             ["65m" if name == "Time spent" else "" for name in order]]  # fmt: skip
    text = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert account_for(text.encode(), workspace(BERLIN), who, sure=True) == 2


@QUICK
@given(draw=st.data())
def test_damaged_files_raise_known_errors_only(workspace, who, draw):
    text = FULL + full("1", "2026-07-01T23:30:00.000+0200", "1h 5m", labels="a b")
    text += (
        full("2", "20/Jan/23 6:25 PM", "3900") + SHORT.replace("Author", "1") + "," * 14 + '"1h"'
    )
    content = bytearray(text.encode())
    nasty = st.sampled_from(
        [b'"', b"\n", b",", b";", b"\x00", b"\xff", b"-", b"9" * 30, b"h", b":"]
    )
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(content) - 1))
        content[at : at + draw.draw(st.integers(0, 3))] = draw.draw(
            st.one_of(nasty, st.binary(max_size=3))
        )
    account_for(bytes(content), workspace(BERLIN), who)


@QUICK
@given(cells=st.lists(st.text(max_size=15), min_size=8, max_size=8))
def test_any_text_in_any_field_is_accounted_for(workspace, who, cells):
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    content = (SHORT + short() + row + "\n").encode("utf-8", "replace")
    assert account_for(content, workspace(BERLIN), who, sure=True) == 2


@pytest.mark.real
def test_the_hours_of_a_real_export_are_its_own_total_to_the_minute(
    shared_data, workspace, take, tasks
):
    made = workspace(BERLIN)
    outcome = take(made, shared_data / "exports" / "jira_worklogs_de" / "data.csv")
    assert outcome.counts == Counts(read=7, accepted=6, skipped=1)
    assert outcome.files[0].reasons == {"total_row": 1}
    # By hand: 60 + 60 + 600 + 1500 + 300 + 60 seconds are the 43 minutes of the total row.
    assert tasks(made)["hours"].sum() * 60 == pytest.approx(43)
    assert sorted((tasks(made)["hours"] * 60).round(6)) == [1, 1, 1, 5, 10, 25]
