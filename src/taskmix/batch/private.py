"""What is the analyst's alone: folders and files that nobody else may open."""

import os
from pathlib import Path

from taskmix.settings import Settings

OWNER_FOLDER, OWNER_FILE = 0o700, 0o600


def make_private(folder: Path, *, under: Path) -> None:
    """Make a folder, and those between it and `under`, for their owner alone."""
    for part in [*reversed(folder.relative_to(under).parents), folder.relative_to(under)]:
        (under / part).mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)
        if os.name == "posix":
            (under / part).chmod(OWNER_FOLDER)


def keep_half_run(settings: Settings, executed: Path) -> None:
    """Keep a notebook that failed on its way under ``failed``, to be looked at."""
    if executed.exists():
        failed = settings.analyst / "failed"
        make_private(failed, under=settings.analyst)
        executed.chmod(OWNER_FILE)
        executed.replace(failed / executed.name)
