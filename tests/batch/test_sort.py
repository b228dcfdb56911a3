"""Training is explicit, models stay, and an old one sorts as it did."""

import os
import shutil
import stat

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from deltalake import write_deltalake

from taskmix.batch import init_workspace, sort_log
from taskmix.batch import sort as sort_module
from taskmix.batch.models import choose_model, list_models, model_card, models_folder
from taskmix.batch.queue import save_tags
from taskmix.errors import SortingError
from taskmix.ingest import ingest
from taskmix.report.facts import latest_model
from taskmix.settings import Settings, load_settings
from taskmix.store import TABLES, open_log, read_table, table_version
from taskmix.store.write import location

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("sort")

HEADER = "Employee,Task,Project,Day,Hours,Kind"
MAPPING = """
[mapping.tracker]
files = ["*.csv"]
[mapping.tracker.columns]
person = "Employee"
title = "Task"
project = "Project"
started_at = "Day"
hours = "Hours"
tag = "Kind"
"""
WORDS = {"execution": "florp", "judgment": "quindle", "creative": "zabbet", "connective": "mivvo"}


def rows(n: int, *, begin: str, seed: int) -> list[str]:
    """Tasks of sixty days by six people, half of them tagged."""
    rng = np.random.default_rng(seed)
    made = []
    for k in range(n):
        category = rng.choice(list(WORDS))
        day = pd.Timestamp(begin) + pd.Timedelta(days=k % 60)
        tag = category if k % 2 else ""
        made.append(f"p{k % 6},{WORDS[category]} {k % 37},Site,{day:%Y-%m-%d},1.5,{tag}")
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Settings:
    folder = tmp_path_factory.mktemp("sort") / "atlas {ö}"
    settings = init_workspace(folder, name="Atlas", tables=MAPPING)
    text = "\n".join([HEADER, *rows(600, begin="2026-07-01", seed=1)])
    (settings.raw / "log.csv").write_text(text + "\n")
    assert ingest(settings).counts.accepted == 600
    sort_log(settings)
    return settings


@pytest.fixture
def settings(made, tmp_path) -> Settings:
    """A copy of the sorted workspace that a test may change."""
    return load_settings(shutil.copytree(made.project, tmp_path / "copy"))


def add_tasks(settings: Settings) -> None:
    text = "\n".join([HEADER, *rows(120, begin="2026-09-01", seed=2)])
    (settings.raw / "later.csv").write_text(text + "\n")
    ingest(settings)


def add_tags(settings: Settings, n: int) -> None:
    tasks = read_table(settings.processed, "tasks", columns=["task_id", "tag"])
    chosen = tasks.loc[tasks["tag"].isna(), "task_id"].sort_values().head(n)
    answers = pd.DataFrame({"task_id": chosen, "category": "creative", "kind": "margin"})
    assert save_tags(settings, answers, draw_id="d", tagger=None)[0] == n


def contents(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in models_folder(settings).iterdir()}


def table(settings: Settings) -> pd.DataFrame:
    return read_table(settings.processed, "sorted").sort_values("task_id", ignore_index=True)


def test_a_sort_keeps_its_model_with_a_card(made):
    (kept,) = list_models(made)
    assert kept.in_use
    assert kept.problem is None
    assert kept.card.n_tagged == 300
    assert kept.card.tables == {"tasks": 0, "tags": None, "draws": None}
    assert kept.card.settings == {"precision": 0.85, "sure_at": 0.6}
    assert set(table(made)["model_id"]) == {kept.model_id}
    # 300 tags in five stretches: what the last three say counts
    assert kept.card.forward["n_tasks"] == 180
    assert kept.card.forward["accuracy"] > 0.95
    if os.name == "posix":
        assert stat.S_IMODE(models_folder(made).stat().st_mode) == 0o700
    assert not [name for name, text in contents(made).items()
                if name.endswith((".json", ".md")) and b"florp" in text]  # fmt: skip


def test_the_same_tags_and_log_train_the_same_model_and_write_nothing(settings):
    before, versions = contents(settings), table_versions(settings)
    again = sort_log(settings)
    assert contents(settings) == before
    assert table_versions(settings) == versions
    assert again.newer_tags == 0


def table_versions(settings: Settings) -> list[int | None]:
    return [table_version(settings.processed, name) for name in ("sorted", "models", "tasks")]


def test_an_old_model_sorts_its_log_again_exactly(settings):
    (old,) = list_models(settings)
    then = table(settings)
    add_tasks(settings)
    add_tags(settings, 25)
    new = sort_log(settings)
    assert new.model_id != old.model_id
    assert new.newer_tags == 0
    assert len(table(settings)) == 720
    before = contents(settings)

    again = sort_log(settings, model=old.model_id[:5])
    assert again.model_id == old.model_id
    # 25 in a sheet and 60 of the new rows
    assert again.newer_tags == 85
    assert contents(settings) == before
    now = table(settings)
    assert set(now["model_id"]) == {old.model_id}
    shared = now[now["task_id"].isin(then["task_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(shared, then, check_exact=True)
    assert len(now) == 720
    assert now["out_of_sample"].all()


def test_the_table_of_models_tells_which_one_made_the_present_sort(settings):
    (old,) = list_models(settings)
    add_tasks(settings)
    new = sort_log(settings)
    for name in (old.model_id, new.model_id, old.model_id):
        sort_log(settings, model=name)
        assert latest_model(open_log(settings.processed))["model_id"] == name
        assert [kept.model_id for kept in list_models(settings) if kept.in_use] == [name]
    runs = read_table(settings.processed, "models").set_index("model_id")
    assert runs["n_learned"].to_dict() == {old.model_id: 300, new.model_id: 360}
    assert (runs["n_tagged"] == 360).all()
    assert (runs["tasks_version"] == table_version(settings.processed, "tasks")).all()
    assert runs.loc[old.model_id, "forward_macro_f1"] == pytest.approx(old.card.forward["macro_f1"])


def test_a_clock_that_was_set_back_does_not_hide_the_last_run(settings, monkeypatch):
    (old,) = list_models(settings)
    add_tasks(settings)
    sort_log(settings)
    early = pd.Timestamp("2001-01-01", tz="UTC")
    monkeypatch.setattr(sort_module.pd.Timestamp, "now", lambda tz: early, raising=False)
    sort_log(settings, model=old.model_id)
    assert latest_model(open_log(settings.processed))["model_id"] == old.model_id


def test_nothing_is_trained_with_a_kept_model(settings, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("trained")

    monkeypatch.setattr("taskmix.sorting.sorter.TaskSorter.fit", refuse)
    add_tasks(settings)
    assert sort_log(settings, model="latest").newer_tags == 60
    # the negative control: without a model it would have been
    with pytest.raises(AssertionError, match="trained"):
        sort_log(settings)


def test_tags_of_sheets_train_as_well(settings):
    add_tags(settings, 30)
    summary = sort_log(settings)
    assert (summary.tagged, summary.card.n_tagged) == (330, 330)
    assert summary.card.tables["tags"] == 0


def test_another_target_is_another_model(settings):
    path = settings.project / "taskmix.toml"
    path.write_text(path.read_text().replace("precision = 0.85", "precision = 0.95"))
    summary = sort_log(load_settings(settings.project))
    assert summary.card.settings["precision"] == 0.95
    assert len(list_models(settings)) == 2


def test_a_model_is_named_by_its_beginning_or_as_the_latest(settings):
    (old,) = list_models(settings)
    add_tasks(settings)
    new = sort_log(settings)
    assert [kept.model_id for kept in list_models(settings)] == [new.model_id, old.model_id]
    assert choose_model(settings, "latest") == new.model_id
    assert choose_model(settings, old.model_id[:6]) == old.model_id
    with pytest.raises(SortingError, match=f"'zz' is no kept model; kept are {new.model_id}, "):
        choose_model(settings, "zz")
    (models_folder(settings) / f"{old.model_id[:3]}x.json").write_text("{}")
    with pytest.raises(SortingError, match="begins 2 models"):
        choose_model(settings, old.model_id[:3])
    with pytest.raises(SortingError, match="'' is no kept model"):
        choose_model(settings, "")


def test_without_a_model_the_error_says_how_to_get_one(tmp_path):
    settings = init_workspace(tmp_path / "w", tables=MAPPING)
    assert list_models(settings) == []
    with pytest.raises(SortingError, match="`taskmix sort` without --model trains one"):
        choose_model(settings, "latest")
    with pytest.raises(SortingError, match="the log holds no tasks yet"):
        sort_log(settings, model="latest")


def test_a_changed_model_is_an_error_and_the_table_stays(settings):
    (kept,) = list_models(settings)
    path = models_folder(settings) / f"{kept.model_id}.skops"
    path.write_bytes(path.read_bytes() + b"x")
    versions = table_versions(settings)
    with pytest.raises(SortingError, match="was changed after it was written"):
        sort_log(settings, model=kept.model_id)
    assert table_versions(settings) == versions
    (listed,) = list_models(settings)
    assert "was changed after it was written" in listed.problem
    assert listed.card == kept.card


def test_the_card_can_be_read_in_words(made):
    text = model_card(made, "latest")
    assert text.startswith(f"# Sorting model {list_models(made)[0].model_id}\n")
    assert "300 tagged tasks from 2026-07-02 to 2026-08-29" in text


def old_workspace(settings: Settings) -> str:
    """Make the workspace one that was sorted before models had cards."""
    (kept,) = list_models(settings)
    for end in ("json", "md", "held_out.parquet"):
        (models_folder(settings) / f"{kept.model_id}.{end}").unlink()
    runs = read_table(settings.processed, "models")
    before = [
        field for field in TABLES["models"].fields if field.name not in TABLES["models"].later
    ]
    shutil.rmtree(settings.processed / "models")
    rows = pa.Table.from_pandas(runs, schema=pa.schema(before), preserve_index=False)
    write_deltalake(location(settings.processed / "models"), rows)
    return kept.model_id


def test_a_workspace_from_before_models_had_cards_goes_on(settings):
    old = old_workspace(settings)
    assert latest_model(open_log(settings.processed))["model_id"] == old
    (kept,) = list_models(settings)
    assert kept.card is None
    assert kept.in_use
    assert "has no card; an older taskmix made it" in kept.problem
    with pytest.raises(SortingError, match="has no card"):
        sort_log(settings, model=old)
    add_tasks(settings)
    new = sort_log(settings)
    runs = read_table(settings.processed, "models").set_index("model_id")
    assert runs["n_learned"].dropna().to_dict() == {new.model_id: 360}
    assert latest_model(open_log(settings.processed))["model_id"] == new.model_id
    assert [kept.model_id for kept in list_models(settings)] == [new.model_id, old]
