"""JSON files and compressed ones: what a mapping reads of them, or why it cannot."""

import bz2
import gzip
import json
import lzma

import pandas as pd
import pytest

from taskmix.errors import ReaderError
from taskmix.ingest import Counts
from taskmix.ingest.tables import compressed
from taskmix.ingest.tables.tabular import file_format, read_table, sample_header

COLUMNS = """
[mapping.x.columns]
person = "Who"
title = "What"
started_at = "Day"
hours = "Hours"
"""
ROWS = [
    {"Who": "ana", "What": "A", "Day": "2026-03-04", "Hours": 1.5},
    {"Who": "bo", "What": "B", "Day": "2026-03-05", "Hours": None, "extra": True},
]
CSV = "Who,What,Day,Hours\nana,A,2026-03-04,1.5\nbo,B,2026-03-05,\n"


@pytest.mark.parametrize(
    ("options", "content"),
    [
        ("", ROWS),
        ("", {"total": 2, "entries": ROWS}),
        ("", {"data": {"entries": ROWS, "errors": [], "codes": [1, 2]}}),
        (
            'records = "data.entries"',
            {"data": {"entries": ROWS, "people": [{"n": 1}]}},
        ),
        ('files = ["*.json"]\nrecords = "log.2026"', {"log.2026": ROWS, "people": [{"n": 1}]}),
        ('format = "json"', ROWS),
    ],
)
def test_the_records_of_json_are_found_or_named(options, content, workspace, put, take, tasks):
    settings = workspace(f"[mapping.x]\n{options}\n{COLUMNS}")
    name = "a.txt" if "format" in options else "a.json"
    put(settings, name, "\ufeff" + json.dumps(content, indent=1))
    assert take(settings).counts == Counts(read=2, accepted=2)
    log = tasks(settings)
    assert log["title"].tolist() == ["A", "B"]
    assert log["hours"].fillna(-1).tolist() == [1.5, -1]


def test_objects_inside_a_record_are_columns_with_dotted_names(workspace, put, take, tasks):
    toml = COLUMNS.replace('"Day"', '"start.dateTime"').replace('"Who"', '"who.name"')
    settings = workspace(f'[mapping.x]\n{toml}collaborators = "with"\n')
    put(settings, "a.json", json.dumps([
        {"who": {"name": "ana", "at": {"x": 1}}, "What": "A", "Hours": 1, "with": ["b", 2],
         "start": {"dateTime": "2026-03-04T09:00:00.5+02:00"}},
        {"who": {"name": "ana"}, "What": "B", "Hours": 1, "start": {}, "with": [{"n": 1}]},
    ]))  # fmt: skip
    assert take(settings).counts == Counts(read=2, accepted=1, quarantined=1)
    task = tasks(settings).iloc[0]
    assert task["started_at"] == pd.Timestamp("2026-03-04T07:00:00.5Z")
    assert len(task["collaborators"].split("; ")) == 2


def test_names_that_would_be_the_same_are_told_apart(put, workspace):
    path = put(workspace(), "a.json", '[{"a": {"b": 1}, "a.b": 2, "c": {}}]')
    records = read_table(path).records
    assert records.to_dict("list") == {"a.b": ["1"], "a.b.2": ["2"]}


def test_elements_that_are_no_objects_are_quarantined_alone(
    workspace, put, take, tasks, quarantine
):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    infinite = {**ROWS[0], "Hours": float("inf")}
    put(
        settings,
        "a.json",
        json.dumps([1, ROWS[0], "x", infinite, {**ROWS[1], "Hours": float("nan")}]),
    )
    assert take(settings).counts == Counts(read=5, accepted=2, quarantined=3)
    refused = quarantine(settings)
    assert refused["row"].tolist() == [1, 3, 4]
    assert refused["reason"].tolist() == ["no_json_object", "no_json_object", "hours_unreadable"]


BAD = {
    "no json": ('[\n{"a": 1},\n{"a": }\n]', r"no valid JSON in line 3, column 7"),
    "cut off": ('[{"a": 1},', r"no valid JSON in line 1"),
    "lines": ('{"a": 1}\n{"a": 2}\n', r'JSON follows in line 2 .* set format = "jsonl"'),
    "no array": ('{"a": 1, "b": "x"}', r"no array of objects in its JSON; found an object with a"),
    "a number": ("17", r"no array of objects in its JSON; found only '17'"),
    "empty": ("[]", r"the array of its records holds no records"),
    "numbers": ("[1, 2]", r"the array of its records holds no JSON objects"),
    "several": (
        '{"a": [{"x": 1}], "b": {"c": [{"x": 1}]}}',
        r"several arrays hold objects \(a, b\.c\); say which .* records = 'a' in its \[mapping\]",
    ),
    "deep": ("[" * 100_000, r"nested too deeply"),
    "deep objects": ('[{"a":' + '{"a":' * 900 + "1" + "}" * 901 + "]", r"nested too deeply|keys"),
    "long number": ("[{\"a\": 1" + "0" * 5000 + "}]", r"its JSON cannot be read"),
    "ids as keys": (
        json.dumps([{f"id{n}": 1 for n in range(3000)}]),
        r"3,000 different keys, too many for a table",
    ),
    "bytes": (b'[{"a": "\xff"}]', r"line 1 is not utf-8 text"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_json_that_is_no_table_says_in_words_what_it_is(what, put, workspace):
    content, sentence = BAD[what]
    path = put(workspace(), "a.json", content)
    with pytest.raises(ReaderError, match=sentence) as raised:
        read_table(path)
    assert str(raised.value).startswith(f"{path}: ")


@pytest.mark.parametrize("what", BAD)
def test_json_of_any_shape_has_a_sample(what, put, workspace):
    path = put(workspace(), "a.json", BAD[what][0])
    header, text = sample_header(path)
    assert isinstance(header, tuple)
    assert text[:1] == BAD[what][0][:1] or isinstance(BAD[what][0], bytes)


def test_a_wrong_place_of_the_records_names_the_arrays_there_are(put, workspace):
    path = put(workspace(), "a.json", '{"a": [{"x": 1}], "b": [2]}')
    with pytest.raises(ReaderError, match=r"no array at records = 'c'; found a, b"):
        read_table(path, sheet="c")


def test_the_sample_of_json_has_the_columns_of_all_records(put, workspace):
    path = put(workspace(), "a.json", json.dumps(ROWS))
    assert sample_header(path) == (("Who", "What", "Day", "Hours", "extra"), json.dumps(ROWS))


PACKED = {".gz": gzip.compress, ".xz": lzma.compress, ".BZ2": bz2.compress}


@pytest.mark.parametrize("ending", PACKED)
def test_compressed_files_are_the_same_tasks(ending, workspace, put, take, tasks):
    settings = workspace(f"[mapping.x]\n{COLUMNS}")
    put(settings, f"a.csv{ending}", PACKED[ending](CSV.encode()))
    put(settings, f"b.json{ending}", PACKED[ending](json.dumps(ROWS).encode()))
    put(settings, f"c.jsonl{ending}", PACKED[ending]("\n".join(map(json.dumps, ROWS)).encode()))
    outcome = take(settings)
    assert [file.error for file in outcome.files] == [None] * 3
    assert outcome.counts == Counts(read=6, accepted=2, unchanged=4)
    assert tasks(settings)["hours"].fillna(-1).tolist() == [1.5, -1]


@pytest.mark.parametrize("ending", PACKED)
@pytest.mark.parametrize("damage", ["cut", "other", "empty inside"])
def test_a_broken_archive_has_one_line_that_says_so(ending, damage, put, workspace):
    packed = PACKED[ending](CSV.encode() * 50)
    content = {"cut": packed[: len(packed) // 2], "other": b"Who,What\n",
               "empty inside": PACKED[ending](b"")}[damage]  # fmt: skip
    path = put(workspace(), f"a.csv{ending}", content)
    sentence = "no header and no rows" if damage == "empty inside" else "cannot be unpacked"
    with pytest.raises(ReaderError, match=sentence):
        read_table(path)
    if damage == "other":
        with pytest.raises(ReaderError, match=r"cannot be unpacked .* compress it again"):
            sample_header(path)


def test_what_unpacks_to_more_than_memory_is_refused(put, workspace, monkeypatch):
    monkeypatch.setattr(compressed, "LARGEST", 2_000_000)
    path = put(workspace(), "bomb.csv.gz", gzip.compress(b"a," * 10_000_000))
    with pytest.raises(ReaderError, match=r"unpacks to more than .* GB; split the export"):
        read_table(path)


def test_compressed_content_under_another_ending_names_the_cure(put, workspace):
    path = put(workspace(), "a.csv", gzip.compress(CSV.encode()))
    with pytest.raises(ReaderError, match=r"its content is compressed; give it the ending \.gz"):
        read_table(path)
    path = put(workspace(), "a.xlsx.gz", gzip.compress(b"x"))
    with pytest.raises(ReaderError, match="only text files are read compressed; unpack it"):
        read_table(path)


def test_a_form_is_told_without_the_ending_of_its_compression(tmp_path):
    names = ["a.csv.xz", "a.json.gz", "a.NDJSON.bz2", "a.gz", "a.json", "a.tsv"]
    assert [file_format(tmp_path / name) for name in names] == [
        "csv", "json", "jsonl", "csv", "json", "csv"
    ]  # fmt: skip
