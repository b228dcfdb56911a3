"""The models that a workspace keeps: list them, choose one, read its card."""

from dataclasses import dataclass
from pathlib import Path

from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.sorting.card import ModelCard
from taskmix.sorting.cardtext import card_text
from taskmix.sorting.kept import check_model, kept_models, read_card
from taskmix.store import read_table

#: Stands for the model that was made last.
LATEST = "latest"


@dataclass(frozen=True)
class KeptModel:
    """A kept model.

    Attributes
    ----------
    model_id : str
    card : ModelCard or None
        None where it has none that can be read.
    in_use : bool
        It made the present table ``sorted``.
    problem : str or None
        Why it cannot be used here; None: it can.
    """

    model_id: str
    card: ModelCard | None
    in_use: bool
    problem: str | None


def models_folder(settings: Settings) -> Path:
    """Return the folder in which the models lie."""
    return settings.processed / "sorters"


def list_models(settings: Settings) -> list[KeptModel]:
    """List the kept models, the newest first and those without a card last.

    Raises
    ------
    StoreError
        If the table ``models`` is damaged.
    """
    folder = models_folder(settings)
    runs = read_table(settings.processed, "models").sort_values("at")
    used = runs["model_id"].iloc[-1] if len(runs) else None
    listed = [_look_at(folder, name, in_use=name == used) for name in kept_models(folder)]
    return sorted(listed, key=lambda kept: kept.card.made_at if kept.card else "", reverse=True)


def choose_model(settings: Settings, name: str) -> str:
    """Find a kept model.

    Parameters
    ----------
    name : str
        Its id, a beginning of it that no other has, or ``latest``.

    Returns
    -------
    str
        The id in full.

    Raises
    ------
    SortingError
        If there is none, or more than one.
    """
    listed = list_models(settings)
    if not listed:
        raise SortingError("no model is kept yet; `taskmix sort` without --model trains one")
    if name == LATEST:
        return listed[0].model_id
    ids = [kept.model_id for kept in listed]
    found = [name] if name in ids else [one for one in ids if name and one.startswith(name)]
    if len(found) == 1:
        return found[0]
    wrong = "is no kept model" if not found else f"begins {len(found)} models"
    raise SortingError(f"{name!r} {wrong}; kept are {', '.join(ids)}. Name one, or `{LATEST}`")


def model_card(settings: Settings, name: str) -> str:
    """Return the card of a kept model in words.

    Parameters
    ----------
    name : str
        As for `choose_model`.

    Raises
    ------
    SortingError
        If there is no such model, or its card is missing, damaged or changed.
    """
    return card_text(read_card(models_folder(settings), choose_model(settings, name)))


def _look_at(folder: Path, model_id: str, *, in_use: bool) -> KeptModel:
    try:
        return KeptModel(model_id, check_model(folder, model_id), in_use, None)
    except SortingError as error:
        problem = str(error)
    try:
        card = read_card(folder, model_id)
    except SortingError:
        # the first error has said why
        card = None
    return KeptModel(model_id, card, in_use, problem)
