"""What the command line prints: counts, JSON, and progress where a person is watching."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from taskmix.ingest import Counts, FileResult


class Shown:
    """Progress of one command: a bar where steps can be counted, else a line that changes."""

    def __init__(self, bar: "Progress | None", task: "TaskID | None") -> None:
        self._bar = bar
        self._task = task

    def say(self, text: str) -> None:
        """Show what is being done."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=text)

    def step(self, text: str, done: int, total: int) -> None:
        """Show what is being done, and how far it is."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description=text, completed=done, total=total)


@contextmanager
def showing_progress(name: str) -> Iterator[Shown]:
    """Show progress on a terminal, nothing in a log or a pipe."""
    if not sys.stderr.isatty():
        yield Shown(None, None)
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Shown(bar, bar.add_task(name, total=None))


def print_json(facts: dict[str, Any]) -> None:
    """Print one JSON object on one line."""
    print(json.dumps(facts, ensure_ascii=False))


def counts_line(name: str, counts: "Counts") -> str:
    """Write counts as a sentence; what is zero and says nothing is left out."""
    parts = [
        f"{value:,} {key}" for key, value in counts.as_dict().items() if value or key == "read"
    ]
    return f"{name}: {', '.join(parts)}"


def file_lines(files: "Sequence[FileResult]") -> Iterator[str]:
    """Write a line a file, and below it why rows were refused and what was noticed."""
    for file in files:
        if file.error:
            continue
        yield counts_line(f"{file.path} ({file.reader})", file.counts)
        for reason, count in {**file.reasons, **file.notes}.items():
            yield f"    {count:,} × {reason.replace('_', ' ')}"
        yield from (f"      {example}" for example in file.examples)
