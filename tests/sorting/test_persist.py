import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import skops.io
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import NotFittedError
from sklearn.preprocessing import FunctionTransformer

from taskmix.errors import SortingError
from taskmix.sorting import TaskSorter, describe_sorter, load_sorter, save_sorter

TITLES = [f"florp {n}" for n in range(12)] + [f"quindle {n}" for n in range(12)]


@pytest.fixture(scope="module")
def sorter() -> TaskSorter:
    return TaskSorter().fit(TITLES, ["creative"] * 12 + ["judgment"] * 12)


@pytest.fixture
def path(sorter: TaskSorter, tmp_path: Path) -> Path:
    save_sorter(sorter, tmp_path / "sorter.skops")
    return tmp_path / "sorter.skops"


def rewrite(path: Path, name: str, content: bytes) -> None:
    """Replace one member of a zip."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for member, old in members.items():
            archive.writestr(member, content if member == name else old)


def test_a_loaded_sorter_predicts_the_same(sorter: TaskSorter, path: Path):
    loaded = load_sorter(path)
    assert np.array_equal(loaded.predict_proba(TITLES), sorter.predict_proba(TITLES))
    assert loaded.get_params() == sorter.get_params()
    assert loaded.model_id_ == sorter.model_id_


def test_a_cold_start_can_be_kept(tmp_path: Path):
    save_sorter(TaskSorter().fit(["x"]), tmp_path / "cold.skops")
    loaded = load_sorter(tmp_path / "cold.skops")
    assert loaded.cold_start_
    assert loaded.predict(["Review contract"]).tolist() == ["judgment"]


def test_a_sorter_of_a_whole_frame_can_be_kept(make_log, tmp_path: Path):
    log = make_log({"title": "florp", "tag": "creative"}, {"title": "quindle", "tag": "judgment"})
    sorter = TaskSorter().fit(log, log["tag"])
    save_sorter(sorter, tmp_path / "s.skops")
    loaded = load_sorter(tmp_path / "s.skops")
    assert np.array_equal(loaded.predict_proba(log), sorter.predict_proba(log))


def test_the_file_says_what_made_it(sorter: TaskSorter, path: Path):
    about = describe_sorter(path)
    assert about.model_id == sorter.model_id_
    assert about.taskmix.split(".")[0].isdigit()
    assert about.sklearn.split(".")[0].isdigit()


def test_nothing_is_left_beside_the_file(path: Path):
    assert [file.name for file in path.parent.iterdir()] == ["sorter.skops"]


def test_a_file_with_a_foreign_type_is_not_opened(path: Path, tmp_path: Path):
    other = tmp_path / "foreign.skops"
    skops.io.dump(FunctionTransformer(print), other)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "a") as foreign:
        foreign.writestr("taskmix.json", archive.read("taskmix.json"))
    with pytest.raises(SortingError, match=r"foreign\.skops: holds .*print.*, which no sorter"):
        load_sorter(other)


def test_a_harmless_model_that_is_no_sorter_is_an_error(path: Path, tmp_path: Path):
    other = tmp_path / "dummy.skops"
    skops.io.dump(DummyClassifier().fit([[0], [1]], [0, 1]), other)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "a") as dummy:
        dummy.writestr("taskmix.json", archive.read("taskmix.json"))
    with pytest.raises(SortingError, match="holds DummyClassifier, not the sorter"):
        load_sorter(other)


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.98])
def test_a_file_that_is_cut_off_is_an_error(path: Path, kept: float):
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    with pytest.raises(SortingError, match="is no sorter that taskmix wrote, or is damaged"):
        load_sorter(path)


@pytest.mark.parametrize("content", [b"{}", b"not json", b'{"__class__": "TaskSorter"}'])
def test_a_file_whose_plan_is_altered_is_an_error(path: Path, content: bytes):
    rewrite(path, "schema.json", content)
    with pytest.raises(SortingError, match="is no sorter that taskmix wrote, or is damaged"):
        load_sorter(path)


def test_a_zip_of_something_else_is_an_error(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(SortingError, match="is no sorter that taskmix wrote"):
        load_sorter(tmp_path / "other.zip")


def test_a_file_of_another_scikit_learn_is_an_error(path: Path):
    about = {"taskmix": "0.1.0", "sklearn": "0.24.2", "model_id": "abc"}
    rewrite(path, "taskmix.json", json.dumps(about).encode())
    with pytest.raises(SortingError, match=r"was written with scikit-learn 0\.24\.2"):
        load_sorter(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(SortingError, match="the sorter cannot be read"):
        load_sorter(tmp_path / "none.skops")


def test_a_folder_that_is_not_there_is_an_error(sorter: TaskSorter, tmp_path: Path):
    with pytest.raises(SortingError, match="the sorter cannot be written there"):
        save_sorter(sorter, tmp_path / "none" / "s.skops")


def test_a_sorter_that_was_not_fitted_cannot_be_kept(tmp_path: Path):
    with pytest.raises(NotFittedError, match="not fitted yet"):
        save_sorter(TaskSorter(), tmp_path / "s.skops")
