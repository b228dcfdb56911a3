"""A small workspace, files in it, and an ingest that checks the law of counting."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from taskmix.identity import Key, load_key, read_roster
from taskmix.ingest import IngestResult, Who, ingest
from taskmix.settings import Settings, load_settings
from taskmix.store import read_table

PLAIN = """
[workspace]
time_zone = "Europe/Berlin"

[mapping.plain]
source = "plain"

[mapping.plain.columns]
person = "Who"
title = "What"
project = "Project"
started_at = "Start"
ended_at = "End"
hours = "Hours"
tag = "Tag"
performer = "By"
"""
PLAIN_HEADER = "Who,What,Project,Start,End,Hours,Tag,By"
TOGGL_HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,"
    "Start date,Start time,End date,End time,Duration,Tags"
)


@pytest.fixture
def workspace(tmp_path: Path, give_key: Callable[[Settings], Key]) -> Callable[..., Settings]:
    """Write a ``taskmix.toml`` and make the folder of exports; all have the tests' one key."""

    def make(toml: str = PLAIN, *, folder: str = "work") -> Settings:
        project = tmp_path / folder
        (project / "data" / "raw").mkdir(parents=True, exist_ok=True)
        (project / "taskmix.toml").write_text(toml, encoding="utf-8")
        settings = load_settings(project)
        give_key(settings)
        return settings

    return make


@pytest.fixture
def known_as(workspace: Callable[..., Settings]) -> Callable[[str], str]:
    """Tell the pseudonym of a name."""
    return load_key(workspace(folder="asked"), create=False).pseudonym


@pytest.fixture
def who(workspace: Callable[..., Settings]) -> Who:
    """Know nobody by name."""
    settings = workspace(folder="asked")
    return Who(load_key(settings, create=False), read_roster(settings.roster))


@pytest.fixture
def put() -> Callable[..., Path]:
    """Put a file into ``data/raw``; files put later are newer."""
    clock = iter(range(1_700_000_000, 1_800_000_000, 60))

    def write(settings: Settings, name: str, content: str | bytes) -> Path:
        import os  # noqa: PLC0415

        path = settings.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        at = next(clock)
        os.utime(path, (at, at))
        return path

    return write


@pytest.fixture
def plain() -> Callable[..., str]:
    """Write a CSV for the mapping `PLAIN` from its lines."""
    return lambda *lines: "\n".join([PLAIN_HEADER, *lines]) + "\n"


@pytest.fixture
def toggl() -> Callable[..., str]:
    """Write Toggl's detailed report from `(person, title, day, start, end, duration[, tags])`."""

    def make(*entries: tuple[str, ...]) -> str:
        lines = [TOGGL_HEADER]
        for person, title, day, start, end, duration, *tags in entries:
            lines.append(
                f'{person},{person}@x.org,,Site,,"{title}",No,'
                f'{day},{start},{day},{end},{duration},"{", ".join(tags)}"'
            )
        return "\ufeff" + "\r\n".join(lines) + "\r\n"

    return make


@pytest.fixture
def take() -> Callable[..., IngestResult]:
    """Ingest, and check that every record of every file ended in exactly one count."""

    def run(settings: Settings, *paths: Path, reader: str | None = None) -> IngestResult:
        outcome = ingest(settings, paths or None, reader=reader)
        for counts in (outcome.counts, *(file.counts for file in outcome.files)):
            ends = counts.accepted + counts.updated + counts.unchanged
            assert counts.read == ends + counts.quarantined + counts.skipped
        for name in outcome.counts.as_dict():
            of_files = sum(getattr(file.counts, name) for file in outcome.files)
            assert getattr(outcome.counts, name) == of_files
        return outcome

    return run


@pytest.fixture
def tasks() -> Callable[[Settings], pd.DataFrame]:
    """Read the table of tasks, in the order of their titles and starts."""

    def read(settings: Settings) -> pd.DataFrame:
        found = read_table(settings.processed, "tasks")
        return found.sort_values(["title", "local_date", "started_at"], ignore_index=True)

    return read


@pytest.fixture
def quarantine() -> Callable[[Settings], pd.DataFrame]:
    """Read the table of refused records, by file and row."""

    def read(settings: Settings) -> pd.DataFrame:
        found = read_table(settings.processed, "quarantine")
        return found.sort_values(["file", "row"], ignore_index=True)

    return read


@pytest.fixture
def everything() -> Callable[[Settings], dict[str, pd.DataFrame]]:
    """Read the content of all tables that an ingest writes, without its run ids and times."""

    def read(settings: Settings) -> dict[str, pd.DataFrame]:
        return {
            name: (
                frame := read_table(settings.processed, name).drop(columns=["run_id", *extra])
            ).sort_values(list(frame.columns), ignore_index=True)
            for name, extra in {"tasks": [], "quarantine": [], "runs": ["at"]}.items()
        }

    return read
