"""``taskmix my``: what the log holds of one person, as a page for that person alone."""

from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.reported import show_private_page
from taskmix.cli.show import showing_progress

EPILOG = "Example: taskmix my --person 'Ana Ruiz' --period 2026-Q3"
_KEYS = (
    "hours", "total_hours", "tasks", "shares", "ai_share_of_execution", "execution_tasks",
    "performer_known", "held", "tags_given", "table_version",
)  # fmt: skip


def my(
    person: Annotated[
        str | None,
        typer.Option(
            help="As people.csv has the name, an alias, or a name as it is in a file; not needed "
            "in a personal workspace."
        ),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, or latest: the last complete "
            "quarter of the person's own log."
        ),
    ] = "latest",
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Make one person's own page of what the log holds of them, for that person alone."""
    from taskmix.batch.my import make_my_page  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("my") as progress:
        made = make_my_page(settings, person=person, period=period, progress=progress.say)
    show_private_page(made, _KEYS, whose="this person alone", json=json)
