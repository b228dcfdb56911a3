"""A file that cannot be read has its error; the others are taken; nothing is half written."""

from pathlib import Path

import pytest

from taskmix.errors import ReaderError
from taskmix.ingest import Counts, find_files, ingest
from taskmix.store import table_version

GOOD = "ana,Good,P,2026-07-01,,1,,"


def test_one_bad_file_does_not_keep_good_ones_out(workspace, put, plain, toggl, take, tasks):
    settings = workspace()
    put(settings, "good.csv", plain(GOOD))
    put(settings, "bad.csv", plain('bo,"never closed,P,2026-07-01,,1,,', GOOD))
    put(settings, "toggl.csv", toggl(("cy", "T", "2026-07-01", "09:00:00", "10:00:00", "1:00:00")))
    outcome = take(settings)
    assert outcome.counts == Counts(read=2, accepted=2)
    assert [file.error is None for file in outcome.files] == [True, False, True]
    assert outcome.files[1].reader == "plain"
    assert tasks(settings)["title"].tolist() == ["Good", "T"]


BAD = {
    "empty": (b"", "the file is empty; export it again"),
    "blank": (b"\n\n  \n", "no reader knows this file"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(100), "this is a binary file, not text"),
    "nulls": (b"Who\x00What\x00\x00\x00,a", "this is a binary file, not text"),
    "zip": (b"PK\x03\x04rest", "this is a binary file, not text; export it as CSV"),
    "unknown": (b"a,b\n1,2\n", "no reader knows this file; found a, b. Describe its columns"),
    "unclosed": (
        b'Who,What,Project,Start,End,Hours,Tag,By\nana,A,P,,,,,\nana,"B,P,,,,,\n',
        "the record that begins in line 3 is no valid CSV (unexpected end of data); a quotation",
    ),
    "cp1252": (
        "Who,What,Project,Start,End,Hours,Tag,By\nana,A,,,,,,\nana,Größe,,,,,,".encode("cp1252"),
        "line 3 is not utf-8 text (byte 0xf6); name the file's encoding in its [mapping], such as "
        'encoding = "cp1252"',
    ),
    "utf-16": (
        "Who,What,Project,Start,End,Hours,Tag,By\nana,A,,,,,,".encode("utf-16"),
        "no reader knows this file",
    ),
    "one column gone": (
        b"Who,What,Project,Start,End,Hours,Tag\nana,A,,,,,\n",
        "[mapping] plain would read it, but column 'By' is missing. Found: Who, What",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_has_one_line_that_says_what_to_do(what, workspace, put, take):
    content, sentence = BAD[what]
    settings = workspace()
    put(settings, "bad.csv", content)
    outcome = take(settings)
    error = outcome.files[0].error
    assert error.startswith(f"{settings.raw}/bad.csv: ")
    assert sentence in error
    assert "\n" not in error
    assert outcome.counts == Counts()
    assert outcome.table_version is None
    assert table_version(settings.processed, "runs") is None


def test_a_header_alone_is_a_file_of_no_records(workspace, put, plain, toggl, take):
    settings = workspace()
    put(settings, "a.csv", plain())
    put(settings, "b.csv", toggl())
    outcome = take(settings)
    assert [file.error for file in outcome.files] == [None, None]
    assert outcome.counts == Counts()


def test_a_mapping_by_name_still_checks_the_columns(workspace, put, take):
    settings = workspace('[mapping.x]\nfiles = ["log*.csv"]\n[mapping.x.columns]\ntitle = "What"\n'
                         'started_at = "Day"\n')  # fmt: skip
    put(settings, "log1.csv", "What;Day\nA;2026-01-01\n")
    error = take(settings).files[0].error
    assert "column 'What' of [mapping] x is missing; found What;Day. Correct the mapping" in error


def test_a_file_whose_name_the_mapping_does_not_know_says_so(workspace, put, take):
    settings = workspace('[mapping.x]\nfiles = ["log*.csv"]\n[mapping.x.columns]\ntitle = "What"\n'
                         'started_at = "Day"\n')  # fmt: skip
    put(settings, "other.csv", "What,Day\nA,2026-01-01\n")
    error = take(settings).files[0].error
    assert "its files = ['log*.csv'] do not name the file; add its name, or use --reader x" in error


def test_one_stray_nul_does_not_refuse_everybodys_rows(workspace, put, plain, take, tasks):
    settings = workspace()
    put(settings, "a.csv", plain(GOOD, "bo,N\x00L,P,2026-07-01,,1,,"))
    assert take(settings).counts.accepted == 2
    assert tasks(settings)["title"].tolist() == ["Good", "N L"]


def test_a_missing_path_and_an_empty_folder_are_errors(workspace, tmp_path):
    settings = workspace()
    with pytest.raises(ReaderError, match=r"data/raw: holds no files; put your tool's exports"):
        ingest(settings)
    with pytest.raises(ReaderError, match=r"nowhere: no such file or folder; check its name"):
        ingest(settings, [tmp_path / "nowhere"])
    settings.raw.rmdir()
    with pytest.raises(ReaderError, match=r"data/raw: no such file or folder"):
        ingest(settings)
    assert not list(settings.processed.glob("*/"))


def test_an_unknown_reader_is_an_error_before_anything_is_read(workspace, put, plain):
    settings = workspace()
    put(settings, "a.csv", plain(GOOD))
    with pytest.raises(ReaderError, match=r"no reader 'abacus'; there are .*toggl, plain"):
        ingest(settings, reader="abacus")


def test_hidden_files_and_folders_are_left_out(workspace, put, plain):
    settings = workspace()
    kept = put(settings, "2026/a.csv", plain(GOOD))
    for name in (".a.csv", ".ipynb_checkpoints/a.csv", "~$a.xlsx", "2026/.git/x.csv"):
        put(settings, name, plain(GOOD))
    assert find_files(settings, None) == [kept]
    assert find_files(settings, [settings.raw / ".a.csv"]) == [settings.raw / ".a.csv"]


def test_files_come_oldest_first(workspace, put, plain):
    settings = workspace()
    names = [put(settings, name, plain(GOOD)).name for name in ("c.csv", "a.csv", "b.csv")]
    assert [path.name for path in find_files(settings, None)] == names


def test_a_file_that_cannot_be_opened_is_an_error_of_its_own(
    workspace, put, plain, take, monkeypatch
):
    settings = workspace()
    put(settings, "a.csv", plain(GOOD))
    locked = put(settings, "b.csv", plain(GOOD))
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    outcome = take(settings)
    assert outcome.counts == Counts(read=1, accepted=1)
    assert "b.csv: cannot be opened (Permission denied)" in outcome.files[1].error


def test_raw_files_are_never_written(workspace, put, plain, take):
    settings = workspace()
    path = put(settings, "a.csv", plain(GOOD))
    before = path.read_bytes(), path.stat().st_mtime_ns, list(settings.raw.iterdir())
    take(settings)
    after = path.read_bytes(), path.stat().st_mtime_ns, list(settings.raw.iterdir())
    assert after == before
