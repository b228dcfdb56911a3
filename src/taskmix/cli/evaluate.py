"""``taskmix evaluate``: how good the sorter is, beside simple rules, in one table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    import pandas as pd

EPILOG = "Example: taskmix evaluate --origins 6 --json"


def evaluate(
    origins: Annotated[
        int,
        typer.Option(min=1, max=50, help="How many times the log is cut into before and after."),
    ] = 4,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Tell how good the sorter is and for what; nothing is kept or written."""
    from taskmix.batch.evaluate import evaluate_sorter  # noqa: PLC0415
    from taskmix.report.evaluationfigures import evaluation_figures  # noqa: PLC0415
    from taskmix.report.evaluationtables import score_table  # noqa: PLC0415
    from taskmix.report.evaluationwords import (  # noqa: PLC0415
        audit_sentence,
        gain_sentence,
        scores_sentence,
    )
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("evaluate") as progress:
        found = evaluate_sorter(settings, n_origins=origins, progress=progress.say)
    if found.n_tested:
        print(scores_sentence(found))
        for line in _lines(score_table(found).rename(columns={"method": "macro-F1, 0–1"})):
            print(line)
        print(gain_sentence(found))
        print(audit_sentence(found))
    print(found.verdict)
    if json:
        print_json(evaluation_figures(found))


def _lines(table: "pd.DataFrame") -> list[str]:
    """Write a table of texts in columns."""
    rows = [list(table.columns), *table.to_numpy().tolist()]
    widths = [max(len(str(row[place])) for row in rows) for place in range(len(table.columns))]
    return [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
