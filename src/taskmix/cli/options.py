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
