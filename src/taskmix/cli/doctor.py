"""``taskmix doctor``: what is wrong with an installation and a workspace, in words."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json, showing_progress
from taskmix.errors import TaskmixError

if TYPE_CHECKING:
    from taskmix.batch.doctor import Examination

EPILOG = "Example: taskmix doctor --project /srv/taskmix/atlas"


def doctor(
    online: Annotated[
        bool,
        typer.Option("--online", help="Knock at the servers of [notify] too; nothing is sent."),
    ] = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Check the installation and the workspace; exits with 1 where there is a fault.

    Each check says what was found and what to do. Nothing is written, no title and no person's
    name is printed, and without --online nothing is asked of the network.
    """
    try:
        from taskmix.batch.doctor import examine  # noqa: PLC0415
    except ImportError as error:
        # What cannot be imported cannot look for what is missing.
        raise TaskmixError(
            f"the installation is broken: {error}; install taskmix again into this environment: "
            "pip install taskmix"
        ) from error
    with showing_progress("doctor") as progress:
        seen = examine(
            project, must_be_workspace=project != Path(), online=online, progress=progress.step
        )
    for line in _lines(seen):
        print(line)
    if json:
        print_json(
            {"project": str(seen.project) if seen.project else None,
             "faults": seen.count("fault"), "warnings": seen.count("warning"),
             "checks": [asdict(finding) for finding in seen.findings]}
        )  # fmt: skip
    if seen.count("fault"):
        raise typer.Exit(1)


def _lines(seen: "Examination") -> Iterator[str]:
    """Write a line a check, what to do below it, and how many there were of each."""
    width = max(len(finding.code) for finding in seen.findings)
    for finding in seen.findings:
        yield f"{finding.state:<7}  {finding.code:<{width}}  {finding.found}"
        if finding.todo:
            yield f"{'':<7}  {'':<{width}}  → {finding.todo}"
    counts = [(seen.count("fault"), "fault"), (seen.count("warning"), "warning")]
    said = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
    yield f"{', '.join(said) or 'all is well'}; {len(seen.findings)} checks"
