"""``taskmix explain``: why a task was sorted as it was."""

import math
from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json

EPILOG = "Example: taskmix explain 1f2e3d4c5b6a7980"


def explain(
    task_id: Annotated[
        str, typer.Argument(metavar="TASK_ID", help="The task's id, or the beginning of it.")
    ],
    n: Annotated[int, typer.Option("--n", min=1, help="How many weights to show.")] = 12,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Tell of one task which words and facts decided; nothing is trained or written."""
    from taskmix.batch.explain import explain_task  # noqa: PLC0415
    from taskmix.report import explanationwords as words  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    found = explain_task(load_settings(project), task_id)
    print(found.task["title"])
    for sentence in (words.decision_sentence, words.tag_sentence, words.against_sentence):
        if text := sentence(found):
            print(text)
    for row in words.decisive_rows(found, n=n).itertuples():
        print(f"  {row.weight:>6}  {row.what}{f'  ({row.where})' if row.where else ''}")
    if json:
        scores = found.parts.drop(columns=["kind", "term"]).sum()
        print_json(
            {"task_id": found.task["task_id"], "tag": found.task["tag"],
             "category": found.category, "probabilities": found.probabilities,
             "likeliest": found.likeliest, "next_likeliest": found.next_likeliest,
             "threshold": None if math.isinf(found.threshold) else found.threshold,
             "decision_function": scores.to_dict(), "frequency": found.frequency,
             "learned": found.learned, "model_id": found.model_id,
             "contributions": found.parts.to_dict("records"),
             "weights": found.decisive.to_dict("records")}
        )  # fmt: skip
