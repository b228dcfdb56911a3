"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Project = Annotated[
    Path,
    typer.Option(help="The workspace; by default the nearest folder upwards with taskmix.toml."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object as the last line.")]


def name_and_value(text: str) -> tuple[str, str]:
    """Read one NAME=VALUE of --parameter; what has an option of its own is refused."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--parameter")
    if name.strip() in {"period", "team", "project", "table_version"}:
        raise typer.BadParameter(
            f"give it as --{name.strip().replace('_', '-')}", param_hint="--parameter"
        )
    return name.strip(), value
