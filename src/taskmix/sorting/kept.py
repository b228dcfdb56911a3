"""Kept models: three files and a card each, that are loaded only as they were written."""

import hashlib
import json
import math
import os
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import sklearn

from taskmix.errors import SortingError
from taskmix.sorting.card import ModelCard
from taskmix.sorting.cardtext import card_text
from taskmix.sorting.model import EDITION, HELD_OUT_COLUMNS, SortingModel
from taskmix.sorting.persist import load_sorter, same_minor, save_sorter
from taskmix.sorting.temperature import Calibration

_AGAIN = "Train a new model with `taskmix sort`."
_FACTS = {field.name for field in fields(ModelCard)}


def save_model(model: SortingModel, card: ModelCard, folder: Path) -> ModelCard:
    """Write a model's files for their owner alone; one that lies there whole stays as it is.

    ``ID.skops`` holds the sorter, ``ID.held_out.parquet`` what it says of the tasks it learned
    from, ``ID.md`` the card for people and ``ID.json`` the card. That one comes last, and
    without it the others are no model.

    Parameters
    ----------
    model : SortingModel
    card : ModelCard
        Of this model.
    folder : Path
        Exists.

    Returns
    -------
    ModelCard
        With the digests of the files; the earlier one's where the model lay there already.

    Raises
    ------
    SortingError
        If the files cannot be written.
    """
    paths = model_files(folder, model.model_id)
    try:
        return check_model(folder, model.model_id)
    except SortingError:
        # not there, half written by a run that was killed, or damaged: written anew
        pass
    try:
        for leftover in folder.glob("*.part"):
            leftover.unlink()
        paths["card"].unlink(missing_ok=True)
        save_sorter(model.sorter, paths["model"])
        held_out = BytesIO()
        model.held_out.to_parquet(held_out, index=False)
        _write(paths["held_out"], held_out.getvalue())
        files = {name: _digest(paths[name].read_bytes()) for name in ("model", "held_out")}
        card = card.with_digests({**files, "card": _card_digest(card)})
        _write(paths["text"], card_text(card).encode())
        text = json.dumps(card.as_dict(), indent=2, ensure_ascii=False, allow_nan=False)
        _write(paths["card"], text.encode())
    except OSError as error:
        raise SortingError(f"{folder}: the model cannot be written there: {error}.") from error
    return card


def load_model(folder: Path, model_id: str) -> tuple[SortingModel, ModelCard]:
    """Read a kept model.

    Parameters
    ----------
    folder : Path
    model_id : str
        In full.

    Returns
    -------
    model : SortingModel
    card : ModelCard

    Raises
    ------
    SortingError
        As for `check_model`, and if the file of the sorter holds a type that is not on
        taskmix's own list, or no sorter.
    """
    card = check_model(folder, model_id)
    paths = model_files(folder, model_id)
    sorter = load_sorter(paths["model"])
    try:
        held_out = pd.read_parquet(paths["held_out"])[list(HELD_OUT_COLUMNS)]
    except (OSError, pa.ArrowException, ValueError, KeyError) as error:
        raise SortingError(
            f"{paths['held_out']}: is not what taskmix wrote ({type(error).__name__}). {_AGAIN}"
        ) from error
    texts = dict.fromkeys(("task_id", "title_digest", "tag"), "str")
    thresholds = {
        row["category"]: math.inf if row["threshold"] is None else row["threshold"]
        for row in card.thresholds
    }
    model = SortingModel(
        sorter=sorter,
        calibration=Calibration(**card.calibration),  # type: ignore[arg-type]
        thresholds=thresholds,
        earned=tuple(row["category"] for row in card.thresholds if row["earned"]),
        held_out=held_out.astype(texts),
        model_id=model_id,
    )
    return model, card


def read_card(folder: Path, model_id: str) -> ModelCard:
    """Read a model's card.

    Raises
    ------
    SortingError
        If it is not there, is damaged, was changed, or is another model's; or if it is of
        another edition, whose cards say other things.
    """
    path = model_files(folder, model_id)["card"]
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts["edition"] != EDITION and facts.keys() != _FACTS:
            raise _other_edition(path, facts["edition"], facts["versions"]["taskmix"])
        card = ModelCard(**facts)
        digest, found = card.sha256["card"], _card_digest(card)
    except FileNotFoundError as error:
        raise SortingError(
            f"{path}: the model has no card; an older taskmix made it, or its run was cut off. "
            f"It cannot be told whether its files are whole. {_AGAIN}"
        ) from error
    except OSError as error:
        raise SortingError(f"{path}: the card cannot be read: {error}.") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SortingError(
            f"{path}: is no card of a model, or is damaged ({type(error).__name__}). {_AGAIN}"
        ) from error
    if card.model_id != model_id:
        raise SortingError(
            f"{path}: is the card of the model {card.model_id}, not of {model_id}; files were "
            "renamed or mixed up. Restore their names, or remove both models."
        )
    if digest != found:
        raise SortingError(
            f"{path}: the card was changed after it was written, thresholds perhaps. Restore it "
            f"from a backup. {_AGAIN}"
        )
    return card


def check_model(folder: Path, model_id: str) -> ModelCard:
    """Read a model's card, and make sure that its files are whole and can be used here.

    Returns
    -------
    ModelCard

    Raises
    ------
    SortingError
        If the card is missing, damaged, changed or another model's; if a file is missing or was
        changed; if the model is of another edition or another minor version of scikit-learn.
    """
    card = read_card(folder, model_id)
    paths = model_files(folder, model_id)
    if card.edition != EDITION:
        raise _other_edition(paths["card"], card.edition, card.versions["taskmix"])
    if not same_minor(card.versions["scikit-learn"], sklearn.__version__):
        raise SortingError(
            f"{paths['card']}: the model was made with scikit-learn "
            f"{card.versions['scikit-learn']}; {sklearn.__version__} is installed, which may sort "
            "differently. Install that one to sort with it, or train a new one with `taskmix sort`."
        )
    for name in ("model", "held_out"):
        try:
            found = _digest(paths[name].read_bytes())
        except OSError as error:
            raise SortingError(
                f"{paths[name]}: cannot be read, and the model needs it: {error}. Restore it from "
                f"a backup. {_AGAIN}"
            ) from error
        if found != card.sha256.get(name):
            raise SortingError(
                f"{paths[name]}: was changed after it was written: its SHA-256 is {found[:12]}…, "
                f"the card says {str(card.sha256.get(name))[:12]}…. It was not opened. Restore it "
                f"from a backup. {_AGAIN}"
            )
    return card


def kept_models(folder: Path) -> list[str]:
    """Name the models that a folder holds, with or without a card, sorted."""
    names = {path.name.removesuffix(".skops") for path in folder.glob("*.skops")}
    return sorted(names | {path.name.removesuffix(".json") for path in folder.glob("*.json")})


def model_files(folder: Path, model_id: str) -> dict[str, Path]:
    """Name a model's files: ``model``, ``held_out``, ``text`` and ``card``."""
    ends = {"model": "skops", "held_out": "held_out.parquet", "text": "md", "card": "json"}
    return {name: folder / f"{model_id}.{end}" for name, end in ends.items()}


def _other_edition(path: Path, edition: str, made_with: str) -> SortingError:
    return SortingError(
        f"{path}: the model is of edition {edition} (taskmix {made_with}); this taskmix reads "
        f"edition {EDITION}. Use that taskmix to sort with it, or train a new one with "
        "`taskmix sort`."
    )


def _write(path: Path, content: bytes) -> None:
    half = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    half.replace(path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _card_digest(card: ModelCard) -> str:
    facts: dict[str, Any] = card.as_dict()
    facts.pop("sha256")
    return _digest(json.dumps(facts, sort_keys=True, allow_nan=False).encode())
