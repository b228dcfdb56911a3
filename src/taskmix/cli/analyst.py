"""The commands that make the analyst's pages: what arrived, and how well it was sorted."""

from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.reported import show_private_page
from taskmix.cli.show import showing_progress

INTAKE_EPILOG = "Example: taskmix intake --period 2026-Q3"
QUALITY_EPILOG = "Example: taskmix quality --period 2026-Q3 --json"
_INTAKE_KEYS = (
    "weeks", "data_through", "files", "quarantined_now", "reasons", "coverage", "gap_weeks",
    "days_behind", "dated_later", "overlapping_entries", "hours_counted_twice",
    "unknown_performer", "untagged", "without_hours", "table_version",
)  # fmt: skip
_QUALITY_KEYS = (
    "tasks", "hours", "model_id", "cold_start", "held_out_accuracy", "n_held_out", "audited",
    "table_version",
)  # fmt: skip


def intake(
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, or latest: the quarter that "
            "the log ends in."
        ),
    ] = "latest",
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Make the analyst's page of what arrived, was refused, is missing or counted twice."""
    from taskmix.batch.analyst import INTAKE_NOTEBOOK  # noqa: PLC0415

    _make(INTAKE_NOTEBOOK, _INTAKE_KEYS, period=period, project=project, json=json)


def quality(
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, or latest: the last complete "
            "quarter."
        ),
    ] = "latest",
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Make the analyst's page of what was tagged, sorted and left unsure, and how good it is."""
    from taskmix.batch.analyst import QUALITY_NOTEBOOK  # noqa: PLC0415
    from taskmix.report.evaluationfigures import PAGE_KEYS  # noqa: PLC0415

    keys = (*_QUALITY_KEYS, *PAGE_KEYS)
    _make(QUALITY_NOTEBOOK, keys, period=period, project=project, json=json)


def _make(notebook: str, keys: tuple[str, ...], *, period: str, project: Path, json: bool) -> None:
    from taskmix.batch.analyst import make_analyst_page  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress(notebook) as progress:
        made = make_analyst_page(settings, notebook=notebook, period=period, progress=progress.say)
    show_private_page(made, keys, whose="the analyst", json=json, notebook=notebook)
