"""``taskmix prune``: old reports leave the site."""

from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli.options import DryRun, Json, Project
from taskmix.cli.show import print_json

EPILOG = "Example: taskmix prune --keep 24 --dry-run, then without --dry-run"


def prune(
    keep: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many of the newest months, quarters and years stay, of each. Default: "
            "[retention] keep.",
        ),
    ] = None,
    dry_run: DryRun = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Take reports of old periods off the site; what was logged stays, and so they can be remade.

    A page stays, however old, while the newest run of the same report failed.
    """
    from taskmix.batch.pruning import prune as run_prune  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    done = run_prune(load_settings(project), keep=keep, dry_run=dry_run)
    what = "would be taken off the site" if dry_run else "taken off the site"
    print(f"{what}: {', '.join(done.removed) or 'nothing'}")
    for page in done.spared:
        print(f"stays, since the newest run of it failed: {page}")
    if json:
        print_json({"removed": done.removed, "spared": done.spared, "dry_run": done.dry_run})
