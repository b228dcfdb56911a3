"""A folder takes another's place in one step; whoever reads meets one or the other."""

import os
import threading

import pytest

from taskmix.batch.publishing import swapping
from taskmix.batch.publishing.swapping import next_folder

NAMES = [f"{n}.html" for n in range(40)]


def write(folder, text):
    for name in NAMES:
        path = folder / name
        path.unlink(missing_ok=True)
        path.write_text(text, "utf-8")


def edition(folder) -> set[str]:
    """Read all pages of the folder that has the name now, whatever happens to the name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        texts = set()
        for name in NAMES:
            file = os.open(name, os.O_RDONLY, dir_fd=opened)
            with os.fdopen(file, encoding="utf-8") as page:
                texts.add(page.read())
        return texts
    finally:
        os.close(opened)


def test_what_is_not_changed_stays(tmp_path):
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    (folder / "a.html").write_text("one", "utf-8")
    with next_folder(folder) as draft:
        (draft / "b.html").write_text("two", "utf-8")
        assert not (folder / "b.html").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"2026-Q3"}
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {
        "a.html": "one", "b.html": "two",
    }  # fmt: skip


def test_a_folder_that_was_not_there_appears_whole(tmp_path):
    with next_folder(tmp_path / "2026-Q3") as draft:
        write(draft, "one")
        assert not (tmp_path / "2026-Q3").exists()
    assert edition(tmp_path / "2026-Q3") == {"one"}


def test_an_error_on_the_way_leaves_all_as_it_was(tmp_path):
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    write(folder, "one")

    def fail():
        with next_folder(folder) as draft:
            write(draft, "two")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        fail()
    assert edition(folder) == {"one"}
    assert {path.name for path in tmp_path.iterdir()} == {"2026-Q3"}


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    (tmp_path / ".next-2026-Q2" / "organisation").mkdir(parents=True)
    with next_folder(tmp_path / "2026-Q3") as draft:
        write(draft, "one")
    assert {path.name for path in tmp_path.iterdir()} == {"2026-Q3"}


@pytest.mark.skipif(os.name != "posix", reason="a folder is held open by its descriptor")
def test_a_reader_meets_one_edition_whole(tmp_path):
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    write(folder, "0")
    met, over = [], threading.Event()

    def read():
        while not over.is_set():
            try:
                met.append(edition(folder))
            except FileNotFoundError:
                # The old edition was cleared away meanwhile; a reader asks again.
                continue

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(1, 15):
        with next_folder(folder) as draft:
            write(draft, str(n))
    over.set()
    reader.join()
    assert len(met) > 1
    assert all(len(texts) == 1 for texts in met)


def test_without_the_systems_exchange_it_takes_two_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    write(folder, "one")
    with next_folder(folder) as draft:
        write(draft, "two")
    assert edition(folder) == {"two"}
    assert {path.name for path in tmp_path.iterdir()} == {"2026-Q3"}


def test_where_there_are_no_links_files_are_copied(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refused)
    folder = tmp_path / "2026-Q3"
    folder.mkdir()
    write(folder, "one")
    with next_folder(folder) as draft:
        (draft / "b.html").write_text("two", "utf-8")
    assert edition(folder) == {"one"}
