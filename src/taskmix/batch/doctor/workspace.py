"""A workspace's settings, folders, space and key, and who is in it."""

import os
import shutil
import stat
import tempfile
from importlib.util import find_spec
from pathlib import Path

from taskmix.batch.doctor.verdict import Verdict, fault, listed, ok, warning
from taskmix.errors import KeyFileError, ReaderError, RosterError
from taskmix.identity import describe_key, read_roster
from taskmix.ingest import load_readers
from taskmix.settings import Settings

_NEEDED_MB, _WISHED_MB = 200, 2000
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def folders(settings: Settings) -> Verdict:
    """Check that the folders that commands write to can be written to."""
    written = (settings.processed, settings.analyst, settings.reports)
    refused = {folder: why for folder in written if (why := _why_unwritable(folder))}
    if refused:
        said = listed(f"{_inside(settings, folder)} ({why})" for folder, why in refused.items())
        return fault(
            f"cannot be written to: {said}",
            todo="give whoever runs taskmix the right to write there, or move what is in the way",
        )
    return ok("data/processed, data/analyst and reports can be written to")


def _why_unwritable(folder: Path) -> str:
    there = next(part for part in (folder, *folder.parents) if part.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return ""
    except OSError as error:
        return str(error.strerror or error)


def space(settings: Settings) -> Verdict:
    """Check the room that is left for tables, pages, and what does not fit into memory."""
    places = {"the workspace": settings.project, "temporary files": Path(tempfile.gettempdir())}
    left = {name: shutil.disk_usage(place).free / 1e6 for name, place in places.items()}
    name = min(left, key=lambda place: left[place])
    said = f"{left[name]:,.0f} MB are left for {name}"
    if left[name] < _NEEDED_MB:
        return fault(said, todo="free space, before a command fails half-way")
    if left[name] < _WISHED_MB:
        return warning(said, todo="free space; each report and each version of a table takes some")
    return ok(said)


def analyst_folder(settings: Settings) -> Verdict:
    """Check that what shows rows and titles is its owner's alone."""
    folder = settings.analyst
    if not folder.is_dir():
        return ok("data/analyst is not there yet")
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return fault(
            f"others may open data/analyst (mode {mode:04o}), which shows titles and people",
            todo=f"run `chmod 700 {folder}`",
        )
    return ok("data/analyst is its owner's alone")


def key(settings: Settings) -> Verdict:
    """Check that the key for pseudonyms is there, is the workspace's and is kept close."""
    try:
        described = describe_key(settings)
    except KeyFileError as error:
        return fault(str(error), todo="nothing can be ingested until the key is where it belongs")
    folder = settings.key_folder
    if folder.resolve().is_relative_to(settings.project.resolve()):
        return fault(
            f"{folder}: the key lies inside the workspace, which is copied and shared",
            todo="move it out, and set [privacy] key_folder to where it lies then",
        )
    if not described["made"]:
        return ok("there is no key yet; the first ingest makes it")
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & _WRITABLE_BY_OTHERS:
        return warning(
            f"{folder}: others may write to the folder of the key", todo=f"run `chmod 700 {folder}`"
        )
    return ok(f"the key (fingerprint {described['fingerprint']}) is where it belongs")


def roster(settings: Settings) -> Verdict:
    """Check that the roster can be read."""
    name = settings.roster.name
    try:
        people = read_roster(settings.roster).entries["person"].nunique()
    except RosterError as error:
        # Its sentence quotes names. The line is what it takes to find them.
        words = str(error).removeprefix(f"{settings.roster}: ").replace(":", " ").split()
        line = f" (line {words[1]})" if words[:1] == ["line"] else ""
        return fault(
            f"{name} cannot be read as it stands{line}",
            todo="run `taskmix ingest --dry-run`, which says why; its answer may quote names",
        )
    if not people:
        return ok(f"{name} names nobody; people are known by the names in the files")
    return ok(f"{name} can be read: {people:,} people")


def named_readers(settings: Settings) -> Verdict:
    """Check that the settings name readers that there are."""
    try:
        load_readers(settings)
    except ReaderError as error:
        return fault(str(error), todo="correct taskmix.toml, or install that reader's package")
    return ok("the settings name only readers that there are")


def calendars(settings: Settings) -> Verdict:
    """Check that calendars can be read where there are any."""
    files = sum(1 for _ in settings.raw.rglob("*.ics"))
    if files and not all(find_spec(name) for name in ("icalendar", "recurring_ical_events")):
        return warning(
            f"{files:,} calendars lie in data/raw, and what reads them is not installed",
            todo="pip install 'taskmix[calendar]'",
        )
    return ok("calendars can be read" if files else "there are no calendars to be read")


def privacy(settings: Settings) -> Verdict:
    """Say whom the pages may be shown to."""
    if settings.workspace.personal:
        return ok("a personal workspace: no group is too small, so its pages are one person's own")
    return ok(f"groups of fewer than {settings.min_people} people are not shown")


def _inside(settings: Settings, path: Path) -> str:
    return path.relative_to(settings.project).as_posix()
