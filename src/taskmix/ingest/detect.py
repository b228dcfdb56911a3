"""Which reader reads a file: told by content, decided by the person where two claim it."""

import csv
from importlib.metadata import entry_points
from pathlib import Path

from taskmix.errors import ReaderError
from taskmix.ingest.mapped import MappedReader
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.tabular import file_format, read_table, read_text
from taskmix.settings import Settings

READER_GROUP = "taskmix.readers"
_SAMPLE_CHARACTERS = 65_536


def load_readers(settings: Settings) -> dict[str, Reader]:
    """Name every reader of a workspace: installed ones and its own mappings.

    Raises
    ------
    ReaderError
        If an installed reader does not keep to the protocol.
    """
    readers: dict[str, Reader] = {}
    for entry in sorted(entry_points(group=READER_GROUP), key=lambda entry: entry.name):
        reader = entry.load()()
        if not isinstance(reader, Reader):
            raise ReaderError(
                f"entry point {entry.name!r} of {READER_GROUP} ({entry.value}) is no reader; it "
                "needs name, source, lasting_ids, claims, near_miss and read"
            )
        readers[entry.name] = reader
    for name, mapping in settings.mapping.items():
        if name in readers:
            raise ReaderError(f"[mapping.{name}] has the name of an installed reader; rename it")
        readers[name] = MappedReader(name, mapping)
    return readers


def choose_reader(path: Path, readers: dict[str, Reader], *, name: str | None = None) -> Reader:
    """Choose the reader of a file.

    A mapping whose ``files`` patterns name the file goes first: a person wrote that down.

    Raises
    ------
    ReaderError
        If there is no reader of that name, none claims the file, or several do.
    """
    if name is not None:
        if name not in readers:
            raise ReaderError(f"no reader {name!r}; there are {', '.join(readers)}")
        return readers[name]
    named: list[Reader] = [
        reader
        for reader in readers.values()
        if isinstance(reader, MappedReader) and reader.names(path)
    ]
    sample = Sample(path, (), "") if named else read_sample(path)
    claiming = named or [
        reader
        for reader in readers.values()
        if not (isinstance(reader, MappedReader) and reader.mapping.files) and reader.claims(sample)
    ]
    if len(claiming) > 1:
        names = ", ".join(reader.name for reader in claiming)
        raise ReaderError(f"{path}: {names} all claim this file; decide with --reader NAME")
    if not claiming:
        raise ReaderError(_unclaimed(path, sample, readers))
    return claiming[0]


def read_sample(path: Path) -> Sample:
    """Read the beginning of a file.

    Raises
    ------
    ReaderError
        If the file is missing, empty or binary.
    """
    if not path.is_file():
        raise ReaderError(f"{path}: no such file")
    if path.stat().st_size == 0:
        raise ReaderError(f"{path}: the file is empty; export it again")
    if file_format(path) != "csv":
        return Sample(path, tuple(read_table(path).records.columns), "")
    # Only the header counts here, so that a sample never fails on a later line's encoding.
    text = read_text(path, encoding="latin-1").removeprefix("ï»¿")[:_SAMPLE_CHARACTERS]
    lines = text.lstrip().splitlines()
    header = next(csv.reader(lines[:1]), []) if lines else []
    return Sample(path, tuple(name.strip() for name in header), text)


def _unclaimed(path: Path, sample: Sample, readers: dict[str, Reader]) -> str:
    misses = [miss for reader in readers.values() if (miss := reader.near_miss(sample))]
    found = ", ".join(sample.header[:12])[:300] or "no column names"
    if misses:
        return f"{path}: {misses[0]}. Found: {found}"
    return (
        f"{path}: no reader knows this file; found {found}. Describe its columns in a [mapping] "
        f"of taskmix.toml, or name one of {', '.join(readers)} with --reader"
    )
