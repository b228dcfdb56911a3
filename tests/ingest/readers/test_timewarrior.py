"""Timewarrior's data files and exports."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.errors import ReaderError, TaskmixError
from taskmix.ingest import Counts, choose_reader, load_readers, settle
from taskmix.ingest.protocol import Reader
from taskmix.ingest.readers.timewarrior import TimewarriorReader

ANA = '[workspace]\ntime_zone = "Europe/Berlin"\n[readers.timewarrior]\nperson = "ana"\n'
LINES = r"""
# Written by hand
inc 20260701T070000Z - 20260701T083000Z # roof
inc 20260701T090000Z - 20260701T100000Z # "Mend the gutter" roof
inc 20260702T070000Z - 20260702T071500Z # "a;b" roof # "Call \"Bo\" back"

inc 20260702T080000Z - 20260702T090000Z # # "No tags"
inc 20260702T100000Z - 20260702T103000Z # one two
inc 20260702T110000Z - 20260702T113000Z
exc monday >18:00
inc 20260703T070000Z # roof
""".lstrip()
EXPORT = [
    {"id": 7, "start": "20260701T070000Z", "end": "20260701T083000Z", "tags": ["roof"]},
    {"id": 6, "start": "20260701T090000Z", "end": "20260701T100000Z",
     "tags": ["Mend the gutter", "roof"]},
    {"id": 5, "start": "20260702T070000Z", "end": "20260702T071500Z", "tags": ["a;b", "roof"],
     "annotation": 'Call "Bo" back'},
    {"id": 4, "start": "20260702T080000Z", "end": "20260702T090000Z", "annotation": "No tags"},
    {"id": 3, "start": "20260702T100000Z", "end": "20260702T103000Z", "tags": ["one", "two"]},
    {"id": 2, "start": "20260702T110000Z", "end": "20260702T113000Z"},
    {"id": 1, "start": "20260703T070000Z", "tags": ["roof"]},
]  # fmt: skip
AS_PRINTED = "[\n" + ",\n".join(map(json.dumps, EXPORT)) + "\n]\n"


@pytest.fixture
def draft(workspace, put):
    """Read a file's text."""

    def read(content: str | bytes, name: str = "2026-07.data"):
        made = workspace(ANA)
        path = put(made, name, content)
        reader = choose_reader(path, load_readers(made))
        assert isinstance(reader, TimewarriorReader)
        return reader.read(path, made)

    return read


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(TimewarriorReader(), Reader)


def test_lines_become_tasks(workspace, put, take, tasks, known_as):
    made = workspace(ANA + '[tags]\nroof = "execution"\n')
    put(made, "2026-07.data", LINES)
    outcome = take(made)
    assert outcome.counts == Counts(read=8, accepted=6, skipped=2)
    assert outcome.files[0].reasons == {"still_running": 1, "exclusion": 1}
    log = tasks(made).sort_values("started_at", ignore_index=True)
    assert log["title"].fillna("").tolist() == [
        "roof", "Mend the gutter", 'Call "Bo" back', "No tags", "one / two", ""
    ]  # fmt: skip
    assert log["hours"].tolist() == [1.5, 1.0, 0.25, 1.0, 0.5, 0.5]
    assert log["tag"].notna().tolist() == [True, True, True, False, False, False]
    assert set(log["person"]) == {known_as("ana")}
    assert outcome.files[0].notes["label 'a,b' is not in [tags]"] == 1


EXPORTS = {
    "array": AS_PRINTED,
    "one line": json.dumps(EXPORT),
    "indented": json.dumps(EXPORT, indent=2),
    "lines": "\n".join(map(json.dumps, EXPORT)),
    "byte order mark": "\ufeff" + AS_PRINTED,
    "PowerShell": AS_PRINTED.encode("utf-16"),
}


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("name", ["timew.json", "timew.txt"])
def test_the_export_gives_the_same_tasks_as_the_lines(form, name, workspace, put, take, tasks):
    made = workspace(ANA)
    put(made, "2026-07.data", LINES)
    take(made)
    before = tasks(made).drop(columns=["file", "run_id"])
    put(made, name, EXPORTS[form])
    assert take(made).files[-1].counts == Counts(read=7, unchanged=6, skipped=1)
    after = tasks(made).drop(columns=["file", "run_id"])
    pd.testing.assert_frame_equal(before, after)


def test_json_lines_by_their_ending_are_read(workspace, put, take):
    made = workspace(ANA)
    put(made, "timew.jsonl", EXPORTS["lines"])
    outcome = take(made, reader="timewarrior")
    assert outcome.counts == Counts(read=7, accepted=6, skipped=1)


@pytest.mark.parametrize(
    ("rest", "tags", "title"),
    [
        (r'# "say \"hi\" now"', 'say "hi" now', 'say "hi" now'),
        (r'# "C:\\temp x"', r"C:\temp x", r"C:\temp x"),
        ("# 'single quoted' b", "single quoted; b", "single quoted"),
        ("# don't #5 a-b", "don't; #5; a-b", "don't / #5 / a-b"),
        ("# a a b", "a; b", "a / b"),
        ("# a # bare words here", "a", "bare words here"),
        ('# "a" # "asd "foo" asd"', "a", 'asd "foo" asd'),
        ('# "half open', '"half; open', '"half / open'),
        ("#", None, None),
        ("# a #", "a", "a"),
        ("# Größe 木 # 😀 done", "Größe; 木", "😀 done"),
    ],
)
def test_quoting_is_timewarriors(rest, tags, title, draft):
    rows = draft(f"inc 20260701T070000Z - 20260701T083000Z {rest}\n").rows.fillna("")
    assert (rows["labels"][1], rows["title"][1]) == (tags or "", title or "")


@pytest.mark.parametrize(
    ("line", "reason", "shown"),
    [
        ("ink 20260701T070000Z", "line_unreadable", "'ink 20260701T070000Z' is no line"),
        ("inc", "line_unreadable", "'inc' is no line of Timewarrior's"),
        ("inc 20260701T070000Z + 20260701T080000Z", "line_unreadable", "+ 2026"),
        ("inc 20260732T070000Z - 20260701T080000Z", "started_at_unreadable", "20260732T070000Z"),
        ("inc 20260701T070000Z - 20260701T990000Z", "ended_at_unreadable", "20260701T990000Z"),
        ("inc 2026-07-01 - 20260701T080000Z", "started_at_unreadable", "2026-07-01"),
        ("inc 20260701T080000Z - 20260701T070000Z", "ends_before_start", "ends before"),
        ("inc 20260701T080000Z - 20260701T080000Z # x", "hours_not_positive", "zero"),
    ],
)
def test_a_line_that_cannot_be_read_is_quarantined_and_shown(
    line, reason, shown, workspace, put, take, quarantine
):
    made = workspace(ANA)
    put(made, "2026-07.data", f"{LINES}{line}\n")
    assert take(made).counts == Counts(read=9, accepted=6, quarantined=1, skipped=2)
    refused = quarantine(made).iloc[0]
    assert (refused["reason"], refused["row"]) == (reason, 9)
    assert shown in refused["detail"]
    assert json.loads(refused["record"])["line"] == line


@pytest.mark.parametrize(
    "broken", ['{"id": 9, "start"', '{"start": 5}', '{"start": "20260701T070000Z", "tags": "a"}',
               "17", '{"start": "20260701T070000Z", "tags": [1]}', '{"end": "20260701T070000Z"}']
)  # fmt: skip
def test_a_broken_object_costs_only_itself(broken, draft):
    made = draft(AS_PRINTED.replace("\n]", f",\n{broken}\n]"), "timew.json")
    assert len(made.records) == 8
    fault = made.faults[0]
    assert (fault.reason, fault.rows.index[fault.rows].tolist()) == ("line_unreadable", [8])
    assert made.skipped == {7: "still_running"}


def test_a_byte_that_is_no_utf_8_costs_no_other_line(draft):
    made = draft(b"inc 20260701T070000Z - 20260701T083000Z # caf\xe9\n" + LINES.encode())
    assert not made.faults
    assert made.rows["title"][1] == r"caf\xe9"


OTHERS = {
    "tags.data": ('{"roof":{"count":3},\n"x y":{"count":1}}', r"count of tags \(tags.data\)"),
    "undo.data": (
        "txn:\n  type: interval\n  before: \n  after: "
        '{"start":"20260701T070000Z","tags":["roof"]}\n',
        r"history of changes \(undo.data\)",
    ),
    "backlog.data": ("x\n", r"backlog.data, not its log"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_files_of_the_data_folder_are_told_in_words(name, workspace, put):
    content, sentence = OTHERS[name]
    made = workspace(ANA)
    path = put(made, name, content)
    with pytest.raises(ReaderError, match=f"{sentence}.* read the months") as raised:
        choose_reader(path, load_readers(made))
    assert "Found" not in str(raised.value) or name == "backlog.data"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("task.json", '[{"id":1,"description":"x","start":"20260701T070000Z","uuid":"u"}]'),
        ("a.json", '[{"start":"2026-07-01T07:00:00Z","end":"2026-07-01T08:00:00Z"}]'),
        ("a.txt", "incoming 20260701T070000Z\n"),
        ("a.json", "[" * 5000),
    ],
)
def test_other_tools_files_are_not_claimed(name, content, workspace, put):
    path = put(workspace(ANA), name, content)
    with pytest.raises(ReaderError):
        choose_reader(path, load_readers(workspace(ANA)))


def test_a_file_of_something_else_is_an_error_in_words(workspace, put):
    made = workspace(ANA)
    path = put(made, "x.data", "one\ntwo\n")
    with pytest.raises(ReaderError, match=r"x.data: nothing in it is Timewarrior's: 'one' is no"):
        TimewarriorReader().read(path, made)


def test_a_file_without_person_needs_one_unless_the_log_is_personal(workspace, put, take, tasks):
    made = workspace("")
    put(made, "2026-07.data", LINES)
    assert "[readers.timewarrior] person = " in take(made).files[0].error
    mine = workspace("[workspace]\npersonal = true\n", folder="mine")
    put(mine, "2026-07.data", LINES)
    assert take(mine).counts.accepted == 6
    assert set(tasks(mine)["person"]) == {"me"}


QUICK = settings(
    deadline=None, max_examples=25, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def account_for(content: bytes, made, who) -> int:
    """Read a file to its end; returns the number of its records, or 0 if it is refused."""
    path = made.raw / "2026-07.data"
    path.write_bytes(content)
    reader = TimewarriorReader()
    try:
        draft = reader.read(path, made)
        settled = settle(draft, reader=reader, settings=made, who=who, where="file")
    except TaskmixError:
        return 0
    n = settled.log.index.nunique() + len(settled.refused) + len(settled.skipped)
    assert n == len(draft.records)
    return n


@QUICK
@given(draw=st.data(), text=st.sampled_from([LINES, AS_PRINTED]))
def test_damaged_files_raise_known_errors_only(workspace, who, draw, text):
    content = bytearray(text.encode())
    nasty = st.sampled_from([b'"', b"\n", b"#", b"\\", b"\0", b"\xff", b"[", b"}", b"9999", b"-"])
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(content) - 1))
        content[at : at + draw.draw(st.integers(0, 3))] = draw.draw(
            st.one_of(nasty, st.binary(max_size=3))
        )
    account_for(bytes(content), workspace(ANA), who)


@QUICK
@given(tags=st.lists(st.text(max_size=9), max_size=4), annotation=st.text(max_size=20))
def test_any_tags_and_annotation_are_accounted_for(workspace, who, tags, annotation):
    entry = {**EXPORT[0], "tags": tags, "annotation": annotation}
    made = workspace(ANA)
    text = json.dumps([entry, EXPORT[1]])
    assert account_for(text.encode("utf-8", "replace"), made, who) == 2


@QUICK
@given(content=st.binary(max_size=200))
def test_any_bytes_raise_known_errors_only(workspace, who, content):
    account_for(content, workspace(ANA), who)


@pytest.mark.real
@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "UTC", "Europe/Berlin", "Asia/Tokyo"])
def test_a_real_data_folder_and_its_export_are_the_same_rows(
    zone, shared_data, workspace, take, tasks
):
    folder = shared_data / "exports" / "timewarrior"
    months = sorted(folder.glob("*.data"))
    assert len(months) == 7
    # Its months begin at the person's own midnight: in another zone, a day lies in two months.
    toml = ANA.replace("Europe/Berlin", zone)
    native, export = workspace(toml, folder="native"), workspace(toml, folder="export")
    lines = take(native, *months).counts
    objects = take(export, folder / "timew_export_derived.json").counts
    n_lines = sum(len(month.read_text("utf-8").splitlines()) for month in months)
    assert (lines.read, lines.removed) == (objects.read, objects.removed) == (n_lines, 0)
    assert lines.skipped == objects.skipped
    shown = ["file", "run_id"]
    one = tasks(native).drop(columns=shown).sort_values("task_id", ignore_index=True)
    two = tasks(export).drop(columns=shown).sort_values("task_id", ignore_index=True)
    pd.testing.assert_frame_equal(one, two)
    seconds = 0
    for item in json.loads((folder / "timew_export_derived.json").read_text("utf-8")):
        times = [pd.to_datetime(item.get(k), format="%Y%m%dT%H%M%SZ") for k in ("start", "end")]
        if "end" in item:
            seconds += (times[1] - times[0]).total_seconds()
    assert one["hours"].sum() * 3600 == pytest.approx(seconds)


def test_what_left_a_month_is_removed_and_the_next_month_is_left_alone(workspace, put, take, tasks):
    made = workspace(ANA)  # Berlin: the 31st, 22:30 UTC, is the 1st of the next month
    lines = [
        "inc 20260731T100000Z - 20260731T110000Z # A",
        "inc 20260731T223000Z - 20260731T230000Z # B",
    ]
    put(made, "2026-07.data", "\n".join(lines) + "\n")
    put(made, "2026-08.data", "inc 20260801T000000Z - 20260801T010000Z # C\n")
    assert take(made).counts == Counts(read=3, accepted=3)
    put(made, "2026-07.data", lines[0] + "\n")
    assert take(made).counts == Counts(read=2, unchanged=2, removed=1)
    assert tasks(made)["title"].tolist() == ["A", "C"]
