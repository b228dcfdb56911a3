"""Which reader reads a file, and readers from elsewhere."""

from importlib.metadata import EntryPoint

import pandas as pd
import pytest

from taskmix.errors import ReaderError
from taskmix.ingest import READER_GROUP, Counts, Draft, choose_reader, load_readers
from taskmix.ingest.tables.texttable import text_frame

TWO = """
[mapping.one.columns]
title = "What"
person = "Who"
started_at = "Day"
[mapping.two.columns]
title = "What"
started_at = "Day"
"""
FILE = "What,Who,Day\nA,ana,2026-07-01\n"


class Acme:
    """Reads lines such as `2026-07-01 ana Water the plants`, without columns it has not."""

    name = "acme"
    source = "acme"
    lasting_ids = False

    def claims(self, sample):
        return sample.text.startswith("ACME LOG")

    def near_miss(self, sample):
        return None

    def read(self, path, settings):
        lines = path.read_text("utf-8").splitlines()[1:]
        parts = [line.split(" ", 2) for line in lines]
        records = text_frame({"line": lines}, n_rows=len(lines))
        rows = pd.DataFrame(
            {
                "local_date": pd.to_datetime([day for day, *_ in parts]),
                "person": [person for _, person, _ in parts],
                "title": [title for *_, title in parts],
            },
            index=records.index,
        )
        return Draft(rows, records, skipped={n: "total" for n, p in enumerate(parts, 1)
                                             if p[2] == "total"})  # fmt: skip


class LosesCount(Acme):
    def read(self, path, settings):
        draft = super().read(path, settings)
        return Draft(draft.rows.iloc[1:], draft.records)


@pytest.fixture
def install(monkeypatch):
    """Let `taskmix.ingest.detect` find these as installed entry points."""

    def pretend(**readers: object) -> None:
        def entry_points(*, group: str) -> list[EntryPoint]:
            assert group == READER_GROUP == "taskmix.readers"
            return [EntryPoint(name, f"{__name__}:{name}", group) for name in readers]

        monkeypatch.setattr("taskmix.ingest.detect.entry_points", entry_points)
        monkeypatch.setattr(EntryPoint, "load", lambda entry: readers[entry.name]())

    return pretend


def test_a_foreign_reader_reads_its_file(install, workspace, put, take, tasks):
    install(acme=lambda: Acme)
    settings = workspace("")
    put(settings, "a.log", "ACME LOG\n2026-07-01 ana Water the 😀 plants\n"
        "2026-07-02 bo Rest\n2026-07-02 - total\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts == Counts(read=3, accepted=2, skipped=1)
    assert (outcome.files[0].reader, outcome.files[0].reasons) == ("acme", {"total": 1})
    log = tasks(settings)
    assert log["title"].tolist() == ["Rest", "Water the 😀 plants"]
    assert log["hours"].isna().all()
    assert set(log["performer"]) == {"unknown"}


def test_a_reader_that_loses_count_is_an_error(install, workspace, put, take):
    install(acme=lambda: LosesCount)
    settings = workspace("")
    put(settings, "a.log", "ACME LOG\n2026-07-01 ana Water\n2026-07-02 bo Rest\n")
    assert "a.log: reader 'acme' lost count of its records" in take(settings).files[0].error


def missing():
    raise ModuleNotFoundError("No module named 'acme'")


@pytest.mark.parametrize(
    ("name", "load", "sentence"),
    [
        ("acme", lambda: dict, r"entry point 'acme' of taskmix.readers .* is no reader; it needs"),
        ("other", lambda: Acme, r"calls itself 'acme'; give both the same name"),
        ("acme", missing, r"cannot be loaded \(No module named 'acme'\); install its package"),
    ],
)
def test_a_broken_entry_point_is_named(name, load, sentence, install, workspace):
    install(**{name: load})
    with pytest.raises(ReaderError, match=sentence):
        load_readers(workspace(""))


def test_the_readers_of_a_workspace_are_the_installed_and_its_mappings(workspace):
    readers = list(load_readers(workspace(TWO)))
    assert readers[-2:] == ["one", "two"]
    assert {"clockify", "harvest", "ics", "jira", "solidtime", "timewarrior", "toggl"} <= {*readers}


def test_a_mapping_may_not_take_an_installed_readers_name(workspace):
    settings = workspace(TWO.replace("mapping.one", "mapping.toggl"))
    with pytest.raises(ReaderError, match=r"\[mapping.toggl\] has the name of an installed reader"):
        load_readers(settings)


def test_two_claimants_are_both_named_and_a_person_decides(workspace, put, take, tasks):
    settings = workspace(TWO)
    put(settings, "a.csv", FILE)
    error = take(settings).files[0].error
    assert "a.csv: one, two all claim this file; decide with --reader NAME" in error
    assert take(settings, reader="one").counts == Counts(read=1, accepted=1)
    assert tasks(settings)["source"].tolist() == ["one"]


def test_a_mapping_that_names_its_files_goes_first(workspace, put, toggl, take):
    settings = workspace(
        '[mapping.own]\nfiles = ["mine*.csv"]\n[mapping.own.columns]\ntitle = "Description"\n'
        'person = "User"\nstarted_at = "Start date"\n'
    )
    text = toggl(("ana", "T", "2026-07-01", "09:00:00", "10:00:00", "1:00:00"))
    put(settings, "mine.csv", text)
    put(settings, "toggl.csv", text)
    files = {path.name: path for path in settings.raw.iterdir()}
    readers = load_readers(settings)
    assert choose_reader(files["mine.csv"], readers).name == "own"
    assert choose_reader(files["toggl.csv"], readers).name == "toggl"


def test_a_missing_file_is_named(workspace, tmp_path):
    with pytest.raises(ReaderError, match=r"gone.csv: no such file; check its name"):
        choose_reader(tmp_path / "gone.csv", load_readers(workspace("")))


UNKNOWN = {
    "binary": (bytes(range(256)) * 20, r"this is neither text nor a table .* a calendar as \.ics"),
    "zip": (b"PK\x03\x04 anything", r"this is a zip archive; unpack it and read the files in it$"),
    "other encoding": (
        "Größe,Straße\n1,2\n".encode("cp1252"),
        r"found column names that are not UTF-8 \(a \[mapping\] can say encoding = ",
    ),
    "prose": (
        b"Dear diary: today I went to the market and bought apples.\nMore of it.\n",
        r"found no column names, its text begins 'Dear diary: today I went",
    ),
    "markup": (b"<html>\n<p>a, b</p>", r"found no column names, its text begins '<html>'"),
    "json": (b'{"a": 1, "b": [2]}', r"found no column names, its text begins "),
    "control": (b"a,b\x1b[2Jc\n1,2\n" + b"3,4\n" * 30, r"no reader knows this file; found a, b"),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_a_file_that_nobody_knows_gets_one_clean_sentence(what, workspace, put):
    content, sentence = UNKNOWN[what]
    path = put(workspace(""), f"mystery.{'zip' if what == 'zip' else 'dat'}", content)
    with pytest.raises(ReaderError, match=sentence) as raised:
        choose_reader(path, load_readers(workspace("")))
    assert "\ufffd" not in str(raised.value)
    assert "\n" not in str(raised.value)
