"""``taskmix sort`` and ``taskmix models``: train a model or use a kept one; see what is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    from taskmix.batch.models import KeptModel

SORT_EPILOG = "Example: taskmix sort, and later taskmix sort --model 1f2e3d4c"
MODELS_EPILOG = "Example: taskmix models, then taskmix models --card latest"


def sort(
    model: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Sort with a kept model and train nothing: its id, a beginning of it, or latest.",
        ),
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Train a model on the tags, and sort the log into the four categories or leave it unsure.

    This command alone trains: without --model a new model is made of the present tags, and kept.
    With --model the log it was trained on is sorted exactly as it was then.
    """
    from taskmix.batch import sort_log  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("sort") as progress:
        summary = sort_log(settings, model=model, progress=progress.say)
    print(
        f"{summary.tagged:,} tagged by people, {summary.sorted:,} sorted, {summary.unsure:,} left "
        f"unsure (model {summary.model_id}{', cue words alone' if summary.cold_start else ''})"
    )
    if summary.newer_tags:
        print(
            f"{summary.newer_tags:,} tags are newer than the model; `taskmix sort` learns from them"
        )
    never = [row["category"] for row in summary.card.thresholds if row["threshold"] is None]
    if never:
        print(f"never assigned alone, because it was wrong too often: {', '.join(never)}")
    if json:
        print_json(
            {"tagged": summary.tagged, "sorted": summary.sorted, "unsure": summary.unsure,
             "model_id": summary.model_id, "cold_start": summary.cold_start,
             "trained": model is None, "newer_tags": summary.newer_tags,
             "thresholds": {row["category"]: row["threshold"] for row in summary.card.thresholds},
             "forward": summary.card.forward}
        )  # fmt: skip


def models(
    card: Annotated[
        str | None,
        typer.Option(
            "--card", metavar="ID", help="Print the card of one: its id, a beginning, or latest."
        ),
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """List the models that were trained and kept, the newest first, or print a model's card."""
    from taskmix.batch.models import list_models, model_card  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    if card is not None:
        text = model_card(settings, card)
        print(text.rstrip())
        if json:
            print_json({"card": text})
        return
    listed = list_models(settings)
    for kept in listed:
        print(_line(kept))
        if kept.problem:
            print(f"    cannot be used here: {kept.problem}")
    if not listed:
        print("no model is kept yet; `taskmix sort` trains one")
    if json:
        print_json({"models": [_as_json(kept) for kept in listed]})


def _line(kept: "KeptModel") -> str:
    used = ", in use" if kept.in_use else ""
    if kept.card is None:
        return f"{kept.model_id}  no card{used}"
    card = kept.card
    learned = "cue words alone" if card.cold_start else f"{card.n_tagged:,} tags"
    score = (
        f"macro-F1 {card.forward['macro_f1']:.2f} on later tasks"
        if card.forward
        else "not measured on later tasks"
    )
    made = card.made_at[:16].replace("T", " ")
    return (
        f"{kept.model_id}  {made} UTC  {learned}, {score}, table version "
        f"{card.tables['tasks']}{used}"
    )


def _as_json(kept: "KeptModel") -> dict[str, object]:
    about = {"model_id": kept.model_id, "in_use": kept.in_use, "usable": kept.problem is None,
             "problem": kept.problem}  # fmt: skip
    if kept.card is None:
        return {**about, "card": None}
    return {**about, "card": kept.card.as_dict()}
