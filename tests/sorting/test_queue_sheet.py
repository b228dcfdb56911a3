"""The sheet shows nothing that would lead a tagger, and is read back row by row."""

import pandas as pd
import pytest

from taskmix.sorting.queue import (
    SheetError,
    check_answers,
    make_sheet,
    read_sheet,
    sheet,
    sheet_bytes,
    title_digests,
)

TITLES = ['Review, of "Q3"', "=1+1", "  Café  call", "'quoted", "404", "Ünïcode; → 会議"]
TASKS = pd.DataFrame(
    {
        "task_id": [f"t{n}" for n in range(6)],
        "local_date": pd.to_datetime(["2026-07-01"] * 6).astype("datetime64[us]"),
        "project": ["Site", None, "-x", "Site", "Site", "Site"],
        "title": TITLES,
    }
).astype({"task_id": "str", "project": "str", "title": "str"})
DRAW = pd.DataFrame(
    {
        "position": [5, 4, 3, 2, 1, 0],
        "task_id": TASKS["task_id"],
        "kind": ["audit", "audit", "relabel", "margin", "margin", "suspicious"],
        "title_digest": title_digests(TASKS["title"]),
    }
)


def saved(tmp_path, frame: pd.DataFrame, *, excel: bool = False):
    path = tmp_path / ("sheet.xlsx" if excel else "sheet.csv")
    path.write_bytes(sheet_bytes(frame, excel=excel))
    return path


@pytest.fixture
def filled() -> pd.DataFrame:
    return make_sheet(DRAW, TASKS).assign(tag="judgment")


def test_the_sheet_shows_tasks_and_nothing_that_leads():
    made = make_sheet(DRAW, TASKS)
    assert made.columns.tolist() == ["task_id", "date", "project", "title", "tag", "note"]
    assert made["task_id"].tolist() == ["t5", "t4", "t3", "t2", "t1", "t0"]
    assert set(made["tag"]) == set(made["note"]) == {""}
    assert set(made["date"]) == {"2026-07-01"}


def test_a_title_is_no_formula():
    made = make_sheet(DRAW, TASKS).set_index("task_id")
    assert made["title"].to_dict() == {
        "t0": 'Review, of "Q3"', "t1": "'=1+1", "t2": "  Café  call", "t3": "''quoted",
        "t4": "404", "t5": "Ünïcode; → 会議",
    }  # fmt: skip
    assert made.loc["t2", "project"] == "'-x"


@pytest.mark.parametrize("excel", [False, True])
def test_every_row_comes_back(tmp_path, filled, excel):
    answers = check_answers(read_sheet(saved(tmp_path, filled, excel=excel)), DRAW)
    assert answers.refused.empty
    assert (answers.n_rows, answers.n_unanswered, len(answers.given)) == (6, 0, 6)
    assert set(answers.given["category"]) == {"judgment"}
    kinds = answers.given.set_index("task_id")["kind"]
    assert (kinds["t0"], kinds["t5"]) == ("audit", "suspicious")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheets_other_delimiters_are_understood(tmp_path, filled, delimiter):
    path = tmp_path / "s.csv"
    path.write_text(filled.to_csv(index=False, sep=delimiter), encoding="utf-8")
    assert len(check_answers(read_sheet(path), DRAW).given) == 6


def test_rows_that_cannot_be_taken_say_why(filled):
    filled.index = pd.RangeIndex(2, 8, name="row")
    filled.loc[2, "task_id"] = "gone"
    filled.loc[3, "title"] = "405"
    filled.loc[4, "tag"] = "fun"
    filled.loc[5, "tag"] = ""
    filled.loc[6, "tag"] = " Judgement "
    answers = check_answers(filled, DRAW)
    assert answers.refused.drop(columns="detail").to_numpy().tolist() == [
        [2, "gone", "unknown_id"], [3, "t4", "changed_title"], [4, "t3", "unknown_tag"],
    ]  # fmt: skip
    for row, words in zip(answers.refused["detail"], (
        "task_id 'gone' was not drawn for this sheet; copy it",
        "the title reads '405', which is not this task's; undo",
        "'fun' is no tag; write execution, judgment, creative, connective, or add it to [tags]",
    ), strict=True):  # fmt: skip
        assert words in row
    assert answers.n_unanswered == 1
    assert answers.given["category"].tolist() == ["judgment", "judgment"]
    assert answers.n_rows == len(answers.given) + len(answers.refused) + answers.n_unanswered


def test_a_changed_title_is_refused_without_a_tag_too(filled):
    filled.index = pd.RangeIndex(2, 8, name="row")
    filled.loc[2, ["title", "tag"]] = ["something else", ""]
    answers = check_answers(filled, DRAW)
    assert answers.refused["reason"].tolist() == ["changed_title"]
    assert answers.n_unanswered == 0


def test_the_workspaces_spellings_count(filled):
    spellings = {"Type: Call": "connective", "none of these": "untagged"}
    filled.index = pd.RangeIndex(2, 8, name="row")
    filled.loc[2, "tag"] = "type: call"
    filled.loc[3, "tag"] = "None of these"
    answers = check_answers(filled, DRAW, spellings=spellings)
    assert answers.given.set_index("task_id").loc["t5", "category"] == "connective"
    assert answers.n_unanswered == 1


def test_a_row_that_stands_twice_counts_once_and_contradictions_are_refused(filled):
    twice = pd.concat([filled, filled.iloc[[0, 1]].assign(tag=["judgment", "creative"])])
    twice.index = pd.RangeIndex(2, 10, name="row")
    answers = check_answers(twice, DRAW)
    assert len(answers.given) == 5
    assert answers.refused[["row", "reason"]].to_numpy().tolist() == [
        [3, "two_tags"], [9, "two_tags"]]  # fmt: skip


def test_blank_rows_and_further_columns_are_ignored(tmp_path, filled):
    rows = filled.assign(mine="x").to_csv(index=False).splitlines()
    path = tmp_path / "s.csv"
    path.write_text("\n".join([rows[0].upper(), *rows[1:3], ",,,,,,", *rows[3:]]), encoding="utf-8")
    read = read_sheet(path)
    # The numbers are those of a spreadsheet: the header is 1, the blank one counts.
    assert read.index.tolist() == [2, 3, 5, 6, 7, 8]
    assert len(check_answers(read, DRAW).given) == 6


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "needs the columns task_id, title, tag, each once; found none"),
        (b"task_id,name\n", "found task_id, name. Is this a sheet of"),
        (b"task_id,title,tag,tag\n", "each once"),
        ("task_id,title,tag\nt0,Caf\xe9,x\n".encode("latin-1"), "is not in UTF-8 .byte 24."),
    ],
)
def test_a_file_that_is_no_sheet_says_so(tmp_path, content, words):
    path = tmp_path / "s.csv"
    path.write_bytes(content)
    with pytest.raises(SheetError, match=words):
        read_sheet(path)


def test_a_broken_spreadsheet_or_no_file_says_so(tmp_path):
    path = tmp_path / "s.xlsx"
    with pytest.raises(SheetError, match=r"s\.xlsx: cannot be read \(No such file"):
        read_sheet(path)
    path.write_bytes(b"no spreadsheet")
    with pytest.raises(SheetError, match="is no sheet that can be read"):
        read_sheet(path)


def test_a_number_that_a_spreadsheet_made_of_a_title_is_known_again(tmp_path, filled):
    path = tmp_path / "s.xlsx"
    filled.assign(title=[404.0 if t == "404" else t for t in filled["title"]]).to_excel(
        path, index=False
    )
    assert check_answers(read_sheet(path), DRAW).refused.empty


def test_without_openpyxl_the_error_names_the_csv(filled, monkeypatch):
    monkeypatch.setattr(sheet, "find_spec", lambda _: None)
    with pytest.raises(SheetError, match=r"needs openpyxl, which is not installed.* open the CSV"):
        sheet_bytes(filled, excel=True)
