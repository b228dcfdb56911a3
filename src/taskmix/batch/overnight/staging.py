"""Pages that are made and not yet published: kept, so that a batch that was cut off goes on."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.batch.making import read_made
from taskmix.batch.private import make_private
from taskmix.batch.publishing.staged import Staged
from taskmix.batch.warm.child import OUTCOME
from taskmix.report import team_folder
from taskmix.settings import Settings

#: Under ``data/analyst``. It holds rows of people, as the tables do.
STAGED = ".batch"
_MARK, _SHARED = "fingerprint", "shared"


@dataclass(frozen=True)
class Staging:
    """A period's folder of pages that are made and not yet published, for the owner alone."""

    folder: Path

    def place(self, team: str | None, notebook: str) -> Path:
        """Return the folder of a page, which is made if it is not there."""
        folder = self.folder / team_folder(team) / notebook
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def shared(self, basis: str) -> Path:
        """Return the folder of frames that are the same for all pages with one basis."""
        folder = self.folder / _SHARED / basis[:16]
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def mark(self, team: str | None, notebook: str, fingerprint: str) -> None:
        """Write down what a page was made from; without this it is made again."""
        (self.place(team, notebook) / _MARK).write_text(fingerprint, "utf-8")

    def find(self, team: str | None, notebook: str, fingerprint: str) -> Staged | None:
        """Return a page that was made from just this, by a batch that was cut off."""
        folder = self.place(team, notebook)
        try:
            if (folder / _MARK).read_text("utf-8") != fingerprint:
                return None
            made: dict[str, Any] = json.loads((folder / OUTCOME).read_text("utf-8"))["value"]
            return read_made(folder, notebook, made)
        except (OSError, ValueError, KeyError):
            return None


@contextmanager
def staging_of(settings: Settings, period: str) -> Iterator[Staging]:
    """Give a period's staging folder; it goes once all is published, and stays if that fails."""
    folder = settings.analyst / STAGED / period
    make_private(folder, under=settings.analyst)
    yield Staging(folder)
    shutil.rmtree(folder)
    if not any(folder.parent.iterdir()):
        folder.parent.rmdir()
