"""A name is found in any file that holds it, however packed and written, and only there."""

import gzip
import zipfile

import pandas as pd
import pytest

from taskmix.batch.forgetting.search import files_under, holds, needles_of

NAME = "Zoë Weiß"
HOLDING = {
    "plain.csv": f"a,b\n1,{NAME}\n".encode(),
    "small.csv": NAME.casefold().encode(),
    "capitals.csv": NAME.upper().encode(),
    "latin.csv": NAME.encode("cp1252"),
    "wide.txt": f"x {NAME} y".encode("utf-16"),
    "escaped.ipynb": rb'{"a": "Zo\u00eb Wei\u00df"}',
    "cut.txt": b"." * ((1 << 24) - 4) + NAME.encode(),
    "marked.txt": f"\u201c{NAME}\u201d".encode(),
    "two_blanks.txt": "Zoë \n Weiß".encode(),
    "packed.csv.gz": gzip.compress(NAME.encode()),
}
OTHER = {
    "longer.csv": "Zoë Weißmann".encode(),
    "wider.txt": "x ZZoë Weiß y".encode("utf-16"),
    "first.csv": "Zoë".encode(),
    "nothing.csv": b"",
    "damaged.zip": b"PK\x03\x04 not a zip",
    "damaged.gz": b"\x1f\x8b no gzip",
    "damaged.parquet": b"PAR1 no parquet",
}


@pytest.mark.parametrize("name", [*HOLDING, *OTHER])
def test_a_file_holds_a_name_or_not(tmp_path, name):
    (tmp_path / name).write_bytes({**HOLDING, **OTHER}[name])
    assert holds(tmp_path / name, needles_of([NAME])) == (name in HOLDING)


def test_a_name_is_found_in_packed_tables(tmp_path):
    pd.DataFrame({"a": [1], "b": [NAME], "c": [["x", NAME]]}).to_parquet(tmp_path / "t.parquet")
    pd.DataFrame({"c": [["x", NAME]]}).to_parquet(tmp_path / "list.parquet")
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<si><t>{NAME} &amp; Co</t></si>")
    for name in ("t.parquet", "list.parquet", "book.xlsx"):
        assert holds(tmp_path / name, needles_of([NAME]))
        assert not holds(tmp_path / name, needles_of(["Zoë Weiss-Ruiz"]))


def test_a_name_of_two_letters_is_not_looked_for():
    assert needles_of(["bo", "A"]) == ()
    assert len(needles_of(["bo", "Bob"])) == 2


def test_hidden_folders_and_environments_are_passed_over_but_copies_of_notebooks_are_not(tmp_path):
    for place in (".git/x", "venv/x", "a/.ipynb_checkpoints/x", "a/b/x", "raw/x", "node_modules/x"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {p.relative_to(tmp_path).as_posix()
             for p in files_under(tmp_path, without=[tmp_path / "raw"])}  # fmt: skip
    assert found == {"a/.ipynb_checkpoints/x", "a/b/x"}
    assert list(files_under(tmp_path / "none")) == []
