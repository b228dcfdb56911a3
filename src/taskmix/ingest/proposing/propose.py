"""Propose a ``[mapping]`` for a file that no reader knows, and try it."""

import re
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from pydantic import ValidationError

from taskmix.errors import ReaderError, SettingsError, TaskmixError
from taskmix.ingest.detect import load_readers, read_sample
from taskmix.ingest.proposing.layout import read_laid_out
from taskmix.ingest.proposing.proposedtoml import Described, mapping_toml
from taskmix.ingest.proposing.recognise import recognise
from taskmix.ingest.proposing.trial import Trial, try_mapping
from taskmix.ingest.readers.mapped import MappedReader
from taskmix.ingest.tables.compressed import plain_path
from taskmix.ingest.tables.texttable import plain_text
from taskmix.settings import SETTINGS_FILE, Mapping, Settings, load_settings

#: What has to be decided before a mapping can be written down: else it would guess, or not load.
_BLOCKING = ("date_format", "end_format", "started_at", "title")


@dataclass(frozen=True)
class Proposal:
    """A proposed mapping.

    Attributes
    ----------
    name : str
        Of ``[mapping.NAME]``.
    toml : str
        The table, with comments; what is undecided is commented out in it.
    columns : dict of str to str or list of str
        What it maps, by column of the task log.
    undecided : dict of str to str
        What a person has to decide, by setting or column, in words.
    trial : Trial or None
        What it reads of the file.
    no_trial : str
        Why there is no trial.
    """

    name: str
    toml: str
    columns: dict[str, str | list[str]]
    undecided: dict[str, str] = field(default_factory=dict)
    trial: Trial | None = None
    no_trial: str = ""


def claimed_by(path: Path, settings: Settings) -> list[str]:
    """Name the installed readers and mappings of the workspace that read a file as it is.

    Raises
    ------
    ReaderError
        If there is no such file, or it is empty.
    """
    if not path.is_file():
        raise ReaderError(f"{path}: no such file; check its name")
    readers = load_readers(settings)
    named = [r.name for r in readers.values() if isinstance(r, MappedReader) and r.names(path)]
    try:
        sample = read_sample(path)
    except ReaderError:  # what it is instead, `read_laid_out` says better
        return named
    return named or [
        reader.name
        for reader in readers.values()
        if not (isinstance(reader, MappedReader) and reader.mapping.files) and reader.claims(sample)
    ]


def propose_mapping(
    path: Path, settings: Settings, *, name: str | None = None, records: str | None = None
) -> Proposal:
    """Propose how a file becomes the task log, and try it in memory.

    Parameters
    ----------
    path : pathlib.Path
        CSV, Excel, JSON, JSON lines or Parquet.
    settings : Settings
        The workspace: its tags, time zone and whether it is personal.
    name : str, optional
        Of the mapping; by default from the file's name.
    records : str, optional
        The sheet of a spreadsheet, or the array in JSON, that holds the records.

    Raises
    ------
    ReaderError
        If the file is no table, or the name cannot be one.
    """
    name = _checked_name(name, settings) if name else _name_from(path, settings)
    layout, table = read_laid_out(path, records=records)
    if not len(table.records):
        raise ReaderError(f"{path}: the file has column names and no records; export it again")
    found = recognise(table, settings)
    if "title" in found.undecided or not (found.times.start or found.times.end):
        found.undecided.pop("id", None)
    toml = mapping_toml(
        Described(
            name=name,
            file_name=plain_text(path.name),
            files=_pattern(path),
            records_at=records,
            n_records=len(table.records),
            layout=layout,
            found=found,
            time_zone=settings.workspace.time_zone,
        )
    )
    undecided = found.undecided
    tables = tomllib.loads(toml)["mapping"][name]
    columns = tables.get("columns", {})
    if open_ := [key for key in _BLOCKING if _blocks(key, undecided, columns)]:
        reason = "; ".join(f"{key} is undecided" for key in open_)
        return Proposal(name, toml, columns, undecided, no_trial=reason)
    try:
        trial = try_mapping(path, Mapping(**tables), name=name, settings=settings)
    except ValidationError as error:
        reason = "; ".join(fault["msg"] for fault in error.errors())
        return Proposal(name, toml, columns, undecided, no_trial=reason)
    except TaskmixError as error:
        return Proposal(name, toml, columns, undecided, no_trial=str(error))
    return Proposal(name, toml, columns, undecided, trial)


def write_mapping(proposal: Proposal, settings: Settings) -> Path:
    """Append a proposal to the workspace's ``taskmix.toml``.

    Raises
    ------
    SettingsError
        If something has to be decided first, a mapping of that name exists, or the settings
        would no longer load; they are left as they were.
    """
    path = settings.project / SETTINGS_FILE
    if proposal.trial is None:
        raise SettingsError(
            f"[mapping.{proposal.name}] is not written: {proposal.no_trial}. Paste what is printed "
            f"into {path} and decide it there"
        )
    if proposal.name in settings.mapping:
        raise SettingsError(
            f"{path}: [mapping.{proposal.name}] is there already; choose another --name, or remove "
            "that one"
        )
    try:
        before = path.read_bytes()
        gap = b"\n" if before.endswith(b"\n") or not before else b"\n\n"
        path.write_bytes(before + gap + proposal.toml.encode())
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror or error})") from error
    try:
        load_settings(settings.project)
    except SettingsError as error:
        path.write_bytes(before)
        raise SettingsError(
            f"[mapping.{proposal.name}] is not written, the file is as it was: with it, {error}. "
            "A single [mapping] table must get a name, such as [mapping.first], beside another"
        ) from error
    return path


def _blocks(key: str, undecided: dict[str, str], columns: dict[str, object]) -> bool:
    if key == "started_at":
        return not {"started_at", "ended_at"} & set(columns)
    if key == "end_format":
        return key in undecided and "ended_at" in columns
    return key in undecided


def _checked_name(name: str, settings: Settings) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise ReaderError(f"--name {name!r}: write letters, digits, _ and - only")
    if name in _installed(settings):
        raise ReaderError(f"--name {name}: an installed reader has that name; choose another")
    return name


def _installed(settings: Settings) -> set[str]:
    return set(load_readers(settings)) - set(settings.mapping)


def _name_from(path: Path, settings: Settings) -> str:
    words = re.findall(r"[a-z]+", plain_path(path).stem.casefold())
    name = "_".join(words)[:40].strip("_") or "table"
    # A misspelt key in [mapping] and a mapping of its name could not be told apart.
    taken = name in _installed(settings) or name in Mapping.model_fields
    return f"{name}_table" if taken else name


def _pattern(path: Path) -> str | None:
    """Name files like this one: any digits instead of its own, as dates and numbers change."""
    name = plain_text(path.name)
    kept = plain_path(Path(name)).stem
    endings = name[len(kept) :]
    if sum(character.isalpha() for character in kept) < 2:
        return None  # "*.csv" would claim every file
    quoted = re.sub(r"[\[\]*?]", "?", kept)
    pattern = re.sub(r"\d+(?:[-_. :]?\d+)*", "*", quoted) + re.sub(r"[\[\]*?]", "?", endings)
    return pattern if fnmatch(path.name, pattern) else None
