import json
import math
import os
import stat
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn
import skops.io
from sklearn.preprocessing import FunctionTransformer

from taskmix.errors import SortingError
from taskmix.sorting import ModelCard, SortingModel, card_text, make_card, sort_tasks
from taskmix.sorting import kept as kept_module
from taskmix.sorting.kept import (
    check_model,
    kept_models,
    load_model,
    model_files,
    read_card,
    save_model,
)
from taskmix.sorting.persist import describe_sorter
from taskmix.taxonomy import CATEGORIES

WORDS = ("florp", "quindle", "zabbet", "mivvo")
MADE = pd.Timestamp("2026-10-02 08:00", tz="UTC")


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Eight hundred tasks of 50 days; what is tagged judgment or creative has the same words."""
    rng = np.random.default_rng(0)
    code = rng.integers(0, 4, 800)
    word = np.array(WORDS)[np.where(code == 2, 1, code)]
    return pd.DataFrame(
        {
            "task_id": [f"t{k:03d}" for k in range(800)],
            "title": [f"{w} {k % 41}" for w, k in zip(word, range(800), strict=True)],
            "tag": pd.Series(
                np.where(np.arange(800) % 4 < 3, np.array(CATEGORIES)[code], None), dtype="str"
            ),
            "local_date": pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(800) // 16, "D"),
        }
    )


@pytest.fixture(scope="module")
def made(log) -> tuple[SortingModel, ModelCard]:
    result = sort_tasks(log)
    card = make_card(
        result, log, settings={"sure_at": 0.6, "precision": 0.85},
        tables={"tasks": 3, "tags": None, "draws": None}, made_at=MADE,
    )  # fmt: skip
    return result.model, card


@pytest.fixture
def folder(made, tmp_path) -> Path:
    save_model(*made, tmp_path)
    return tmp_path


@pytest.fixture
def model_id(made) -> str:
    return made[0].model_id


def rewrite_card(folder: Path, model_id: str, **changed: object) -> None:
    """Change a card so that its own digest is right: as another taskmix would have written it."""
    path = model_files(folder, model_id)["card"]
    card = ModelCard(**{**json.loads(path.read_text()), **changed})
    card = card.with_digests({**card.sha256, "card": kept_module._card_digest(card)})
    path.write_text(json.dumps(card.as_dict()))


def test_a_loaded_model_sorts_exactly_the_same(made, folder, log):
    model, card = load_model(folder, made[0].model_id)
    pd.testing.assert_frame_equal(model.sort(log), made[0].sort(log), check_exact=True)
    assert (model.thresholds, model.earned) == (made[0].thresholds, made[0].earned)
    assert math.inf in model.thresholds.values()
    assert model.calibration == made[0].calibration
    assert replace(card, sha256={}) == made[1]


def test_a_model_is_four_files_for_their_owner_alone(folder, model_id):
    names = {f"{model_id}.{end}" for end in ("skops", "held_out.parquet", "md", "json")}
    assert {path.name for path in folder.iterdir()} == names
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    # and no title stands in what is easily read
    text = model_files(folder, model_id)["held_out"].read_bytes()
    text += b"".join(model_files(folder, model_id)[n].read_bytes() for n in ("text", "card"))
    assert not any(word.encode() in text for word in WORDS)


def test_saving_again_leaves_the_files_as_they_are(made, folder):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    later = replace(made[1], made_at="2027-01-01T00:00:00+00:00")
    card = save_model(made[0], later, folder)
    assert card.made_at == made[1].made_at
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert after == before


@pytest.mark.parametrize("stopped_after", ["save_sorter", "_write 1", "_write 2"])
def test_a_save_that_was_cut_off_is_no_model_and_is_done_again(
    made, tmp_path, monkeypatch, stopped_after
):
    name, _, times = stopped_after.partition(" ")
    real, left = getattr(kept_module, name), int(times or 1)

    def die_after(*args: object) -> None:
        nonlocal left
        real(*args)
        left -= 1
        if not left:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kept_module, name, die_after)
        with pytest.raises(KeyboardInterrupt):
            save_model(*made, tmp_path)
    (tmp_path / "other.skops.part").write_bytes(b"half")
    with pytest.raises(SortingError, match="has no card; an older taskmix made it, or its run was"):
        load_model(tmp_path, made[0].model_id)
    save_model(*made, tmp_path)
    assert not list(tmp_path.glob("*.part"))
    assert check_model(tmp_path, made[0].model_id).model_id == made[0].model_id


def test_a_damaged_model_is_written_anew_when_it_is_trained_again(made, folder):
    path = model_files(folder, made[0].model_id)["model"]
    path.write_bytes(path.read_bytes()[:-20])
    save_model(*made, folder)
    assert load_model(folder, made[0].model_id)[0].model_id == made[0].model_id


@pytest.mark.parametrize("name", ["model", "held_out"])
def test_a_file_that_was_changed_is_not_opened(folder, model_id, name):
    path = model_files(folder, model_id)[name]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(
        SortingError, match=f"{path.name}: was changed after it was written: its SHA"
    ):
        load_model(folder, model_id)


@pytest.mark.parametrize("name", ["model", "held_out"])
def test_a_file_that_is_missing_is_named(folder, model_id, name):
    path = model_files(folder, model_id)[name]
    path.unlink()
    with pytest.raises(SortingError, match=f"{path.name}: cannot be read, and the model needs it"):
        load_model(folder, model_id)


def test_a_threshold_changed_by_hand_is_noticed(folder, model_id):
    path = model_files(folder, model_id)["card"]
    card = json.loads(path.read_text())
    card["thresholds"][0]["threshold"] = 0.01
    path.write_text(json.dumps(card))
    with pytest.raises(SortingError, match="the card was changed after it was written"):
        load_model(folder, model_id)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"model_id": "x"}', "null", "\x00", "[" * 9000]
)
def test_a_card_that_is_none_is_an_error(folder, model_id, content):
    model_files(folder, model_id)["card"].write_text(content)
    with pytest.raises(SortingError, match=r"is no card of a model, or is damaged"):
        read_card(folder, model_id)


def test_a_card_of_another_model_is_an_error(folder, model_id):
    model_files(folder, model_id)["card"].rename(folder / "aaaaaaaaaaaa.json")
    with pytest.raises(SortingError, match=f"is the card of the model {model_id}, not of aaaa"):
        load_model(folder, "aaaaaaaaaaaa")


def test_a_model_of_another_edition_is_an_error_and_stays(folder, model_id):
    rewrite_card(folder, model_id, edition="0.9")
    with pytest.raises(SortingError, match=r"is of edition 0\.9 \(taskmix .*train a new one"):
        load_model(folder, model_id)
    assert kept_models(folder) == [model_id]


def test_an_edition_whose_cards_say_other_things_is_named_too(folder, model_id):
    path = model_files(folder, model_id)["card"]
    path.write_text(json.dumps({**json.loads(path.read_text()), "edition": "9.1", "seed": 7}))
    with pytest.raises(SortingError, match=r"is of edition 9\.1 \(taskmix .*train a new one"):
        load_model(folder, model_id)


def test_a_card_with_a_figure_that_is_no_number_is_damaged(folder, model_id):
    path = model_files(folder, model_id)["card"]
    path.write_text(json.dumps({**json.loads(path.read_text()), "n_tasks": float("nan")}))
    with pytest.raises(SortingError, match=r"is no card of a model, or is damaged \(ValueError"):
        load_model(folder, model_id)


def test_a_model_of_another_scikit_learn_is_an_error(folder, model_id):
    versions = {**read_card(folder, model_id).versions, "scikit-learn": "0.24.2"}
    rewrite_card(folder, model_id, versions=versions)
    with pytest.raises(SortingError, match=r"was made with scikit-learn 0\.24\.2; .* is installed"):
        load_model(folder, model_id)


def test_another_last_part_of_the_version_is_fine(folder, model_id):
    same = ".".join([*sklearn.__version__.split(".")[:2], "99"])
    versions = {**read_card(folder, model_id).versions, "scikit-learn": same}
    rewrite_card(folder, model_id, versions=versions)
    assert load_model(folder, model_id)[1].versions["scikit-learn"] == same


def test_a_file_with_a_foreign_type_is_not_opened_even_if_the_card_says_it_is_right(
    folder, model_id
):
    path = model_files(folder, model_id)["model"]
    about = describe_sorter(path)
    skops.io.dump(FunctionTransformer(print), path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("taskmix.json", json.dumps(asdict(about)))
    digests = {
        **read_card(folder, model_id).sha256,
        "model": kept_module._digest(path.read_bytes()),
    }
    rewrite_card(folder, model_id, sha256=digests)
    with pytest.raises(SortingError, match=r"holds .*print.*, which no sorter"):
        load_model(folder, model_id)


def test_a_held_out_file_of_something_else_is_an_error(folder, model_id):
    path = model_files(folder, model_id)["held_out"]
    pd.DataFrame({"x": [1]}).to_parquet(path)
    digests = read_card(folder, model_id).sha256
    digests = {**digests, "held_out": kept_module._digest(path.read_bytes())}
    rewrite_card(folder, model_id, sha256=digests)
    with pytest.raises(SortingError, match=r"held_out\.parquet: is not what taskmix wrote"):
        load_model(folder, model_id)


def test_a_folder_that_is_not_there_is_an_error(made, tmp_path):
    with pytest.raises(SortingError, match="cannot be written there"):
        save_model(*made, tmp_path / "none")


def test_models_are_named_with_and_without_a_card(folder, model_id):
    (folder / "0ld.skops").write_bytes(b"")
    assert kept_models(folder) == sorted(["0ld", model_id])
    assert kept_models(folder / "none") == []


def test_the_card_says_what_was_learned_and_how_good_it_was(made, log):
    _, card = made
    tagged = log[log["tag"].notna()]
    assert (card.n_tasks, card.n_tagged) == (800, 600)
    assert card.tagged == tagged["tag"].value_counts().reindex(CATEGORIES).to_dict()
    assert (card.first_tag, card.last_tag) == ("2026-01-01", "2026-02-19")
    assert card.tables == {"tasks": 3, "tags": None, "draws": None}
    assert card.made_at == "2026-10-02T08:00:00.000+00:00"
    # four of five stretches are predicted, all but the first of these calibrated
    assert card.forward["n_origins"] == 3
    assert card.forward["n_tasks"] == pytest.approx(360, abs=15)
    # two categories are told for certain, between two it is a coin: 3/4
    assert card.forward["accuracy"] == pytest.approx(0.75, abs=0.05)
    assert card.held_out["n_tasks"] == 600
    never = {row["category"] for row in card.thresholds if row["threshold"] is None}
    # of the two, one is guessed too seldom to be judged perhaps
    assert never
    assert never <= {"judgment", "creative"}


def test_the_card_in_words_names_what_it_is_not_for(made, log):
    text = card_text(made[1])
    assert "Not for evaluating individuals" in text
    assert "600 tagged tasks from 2026-01-01 to 2026-02-19" in text
    assert " | never alone: no threshold is right often enough | – | – | 0 of" in text
    cold = log.assign(tag=pd.Series(pd.NA, index=log.index, dtype="str"))
    result = sort_tasks(cold)
    card = make_card(
        result, cold, settings={"sure_at": 0.6, "precision": 0.85}, tables={"tasks": 0},
        made_at=MADE,
    )  # fmt: skip
    text = card_text(card)
    assert "among 800 tasks nobody had tagged one" in text
    assert "| creative | 0.60 (sure_at: not measured) | – | – | none to judge by |" in text
    assert "Not known: too few tags" in text
    assert card.forward is None


def test_an_empty_log_has_no_card(log):
    with pytest.raises(SortingError, match="There is no model to describe"):
        make_card(sort_tasks(log[:0]), log[:0], settings={}, tables={}, made_at=MADE)
