"""Which reader reads a file: told by content, decided by the person where two claim it."""

import unicodedata
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Reader, Sample
from taskmix.ingest.readers.mapped import MappedReader
from taskmix.ingest.tables.tabular import file_format, sample_header
from taskmix.settings import Settings

READER_GROUP = "taskmix.readers"
_ZIP = b"PK\x03\x04"
_LONGEST_NAME = 60
#: Text has tabs and line ends, and hardly any other control character.
_MOST_CONTROLS = 0.02
_NOT_UTF_8 = "\ufffd"


def load_readers(settings: Settings) -> dict[str, Reader]:
    """Name every reader of a workspace: installed ones and its own mappings.

    Raises
    ------
    ReaderError
        If an installed reader does not keep to the protocol.
    """
    readers: dict[str, Reader] = {}
    for entry in sorted(entry_points(group=READER_GROUP), key=lambda entry: entry.name):
        readers[entry.name] = load_reader(entry)
    for name, mapping in settings.mapping.items():
        if name in readers:
            raise ReaderError(f"[mapping.{name}] has the name of an installed reader; rename it")
        readers[name] = MappedReader(name, mapping)
    _check_named(settings, readers)
    return readers


def _check_named(settings: Settings, readers: dict[str, Reader]) -> None:
    """Raise where a setting names a reader that there is not: a misspelt one would do nothing."""
    known = {name.casefold() for name in readers}
    named = {f"[readers.{name}]": name for name in settings.readers}
    named |= {f"[performer.reader] {name}": name for name in settings.performer.reader}
    for where, name in named.items():
        if name not in readers and not (name.casefold() in known and "performer" in where):
            raise ReaderError(
                f"{where} in taskmix.toml names no reader; there are {', '.join(readers)}"
            )


def load_reader(entry: EntryPoint) -> Reader:
    """Load an installed reader.

    Raises
    ------
    ReaderError
        If it cannot be imported, or does not keep to the protocol.
    """
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
    if path.suffix.lower() == ".zip" and _begins_with(path, _ZIP):
        # Google exports its calendars zipped, all of them at once.
        raise ReaderError(f"{path}: this is a zip archive; unpack it and read the files in it")
    header, text = sample_header(path)
    return Sample(path, header, text)


def _begins_with(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark
    except OSError as error:
        raise ReaderError(f"{path}: cannot be opened ({error.strerror or error})") from error


def _unclaimed(path: Path, sample: Sample, readers: dict[str, Reader]) -> str:
    if not _is_text(sample.text):
        return (
            f"{path}: this is neither text nor a table that taskmix knows; export it as CSV, Excel "
            "(.xlsx), JSON or Parquet, a calendar as .ics"
        )
    columns = _columns_found(sample)
    misses = [miss for reader in readers.values() if (miss := reader.near_miss(sample))]
    if misses:
        return f"{path}: {misses[0]}. Found: {columns}" if columns else f"{path}: {misses[0]}"
    return (
        f"{path}: no reader knows this file; found {columns or _what_stands_there(sample)}. "
        f"Describe its columns in a [mapping] of taskmix.toml, or name one of "
        f"{', '.join(readers)} with --reader"
    )


def _is_text(text: str) -> bool:
    """Tell text, in whatever encoding, from bytes that only happen to be no known binary form."""
    return sum(map(_is_control, text)) <= _MOST_CONTROLS * len(text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and not character.isspace()


def _columns_found(sample: Sample) -> str:
    """Name a table's columns; a text that is no table has none, whatever its first line says."""
    header = sample.header
    if file_format(sample.path) == "csv":
        begins_otherwise = sample.text.lstrip()[:1] in {"{", "[", "<"}
        one_line = len(header) == 1 and (len(header[0]) > _LONGEST_NAME or ":" in header[0])
        if begins_otherwise or one_line:
            return ""
    names = ", ".join(header[:12])[:300]
    if _NOT_UTF_8 in names:
        return 'column names that are not UTF-8 (a [mapping] can say encoding = "cp1252")'
    return names


def _what_stands_there(sample: Sample) -> str:
    line = next((line for line in sample.text.split("\n") if line.strip()), "").strip()
    shown = "".join("" if _is_control(c) else c for c in line)[:_LONGEST_NAME]
    return f"no column names, its text begins {shown!r}" if shown else "no column names"
