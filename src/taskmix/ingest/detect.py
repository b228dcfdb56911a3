"""Which reader reads a file: told by content, decided by the person where two claim it."""

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from taskmix.errors import ReaderError
from taskmix.ingest.mapped import MappedReader
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.tabular import csv_header, file_format, read_table
from taskmix.settings import Settings

READER_GROUP = "taskmix.readers"


def load_readers(settings: Settings) -> dict[str, Reader]:
    """Name every reader of a workspace: installed ones and its own mappings.

    Raises
    ------
    ReaderError
        If an installed reader does not keep to the protocol.
    """
    readers: dict[str, Reader] = {}
    for entry in sorted(entry_points(group=READER_GROUP), key=lambda entry: entry.name):
        readers[entry.name] = _load(entry)
    for name, mapping in settings.mapping.items():
        if name in readers:
            raise ReaderError(f"[mapping.{name}] has the name of an installed reader; rename it")
        readers[name] = MappedReader(name, mapping)
    return readers


def _load(entry: EntryPoint) -> Reader:
    what = f"entry point {entry.name!r} of {READER_GROUP} ({entry.value})"
    try:
        made = entry.load()
    except (ImportError, AttributeError) as error:
        raise ReaderError(
            f"{what} cannot be loaded ({error}); install its package again, or remove it"
        ) from error
    reader = made()
    if not isinstance(reader, Reader):
        raise ReaderError(
            f"{what} is no reader; it needs name, source, lasting_ids, claims, near_miss and read"
        )
    if reader.name != entry.name:
        # The ledger and --reader know a reader by one name only.
        raise ReaderError(f"{what} calls itself {reader.name!r}; give both the same name")
    return reader


def check_known(readers: dict[str, Reader], name: str | None) -> None:
    """Raise if there is no reader of that name.

    Raises
    ------
    ReaderError
        Naming the readers there are.
    """
    if name is not None and name not in readers:
        raise ReaderError(f"no reader {name!r}; there are {', '.join(readers)}")


def choose_reader(path: Path, readers: dict[str, Reader], *, name: str | None = None) -> Reader:
    """Choose the reader of a file.

    A mapping whose ``files`` patterns name the file goes first: a person wrote that down.

    Raises
    ------
    ReaderError
        If there is no reader of that name, none claims the file, or several do.
    """
    check_known(readers, name)
    if name is not None:
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
        raise ReaderError(f"{path}: no such file; check its name")
    if path.stat().st_size == 0:
        raise ReaderError(f"{path}: the file is empty; export it again")
    if file_format(path) != "csv":
        return Sample(path, tuple(read_table(path).records.columns), "")
    header, text = csv_header(path)
    return Sample(path, header, text)


def _unclaimed(path: Path, sample: Sample, readers: dict[str, Reader]) -> str:
    misses = [miss for reader in readers.values() if (miss := reader.near_miss(sample))]
    found = ", ".join(sample.header[:12])[:300] or "no column names"
    if misses:
        return f"{path}: {misses[0]}. Found: {found}"
    return (
        f"{path}: no reader knows this file; found {found}. Describe its columns in a [mapping] "
        f"of taskmix.toml, or name one of {', '.join(readers)} with --reader"
    )
