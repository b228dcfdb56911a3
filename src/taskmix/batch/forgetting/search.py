"""Find the files that hold a name, also where they are packed, and in other encodings."""

import contextlib
import html
import json
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from taskmix.errors import TaskmixError
from taskmix.ingest.tables.compressed import content_of, plain_path

#: A name of two letters stands in every text.
SHORTEST = 3
_ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
_AT_ONCE, _OVERLAP = 1 << 24, 1 << 10
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, pa.ArrowException, OSError, EOFError,
           NotImplementedError, RuntimeError, TaskmixError)  # fmt: skip
#: Folders in which a workspace keeps nothing of its own.
_PASSED_OVER = frozenset({"venv", "node_modules", "__pycache__"})
_CHECKPOINTS = ".ipynb_checkpoints"


@dataclass(frozen=True)
class Needle:
    """One name in one encoding, to be looked for in bytes whose ASCII is in small letters.

    Attributes
    ----------
    first : bytes
        Its first word: where that is not there, nothing else has to be looked at.
    whole : re.Pattern
    width : int
        Bytes of a letter.
    """

    first: bytes
    whole: re.Pattern[bytes]
    width: int

    def is_in(self, content: bytes) -> bool:
        """Tell whether the name stands there as a whole, and not in a longer word."""
        if self.first not in content:
            return False
        for found in self.whole.finditer(content):
            before = content[max(0, found.start() - self.width) : found.start()]
            after = content[found.end() : found.end() + self.width]
            if not (_is_letter(before) or _is_letter(after)):
                return True
        return False


def needles_of(names: Iterable[str]) -> tuple[Needle, ...]:
    """Make needles of names, for any case, encoding and form of escape.

    Names that are too short to mean anything are left out.
    """
    forms = {form for name in names if len(name) >= SHORTEST for form in _forms(name)}
    made = {
        needle.whole.pattern: needle
        for form in sorted(forms)
        for encoding in _ENCODINGS
        if (needle := _needle(form, encoding)) is not None
    }
    return tuple(made.values())


def holds(path: Path, needles: Sequence[Needle]) -> bool:
    """Tell whether a file holds one of the names; what is packed or damaged is looked into too."""
    if not needles:
        return False
    if any(_in_bytes(content, needles) for content in _plain(path)):
        return True
    with contextlib.suppress(*_BROKEN):
        return any(_in_bytes(content, needles) for content in _unpacked(path))
    return False


def files_under(folder: Path, *, without: Iterable[Path] = ()) -> Iterator[Path]:
    """List the files of a folder and of those in it, but for hidden and environments' folders."""
    left_out = {path.resolve() for path in without}
    for here, folders, names in os.walk(folder):
        at = Path(here)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _PASSED_OVER
            and (not name.startswith(".") or name == _CHECKPOINTS)
            and (at / name).resolve() not in left_out
        )
        yield from (at / name for name in sorted(names))


def _forms(name: str) -> set[str]:
    cases = {name, name.lower(), name.upper(), name.casefold(), name.title()}
    written = {w for form in cases for w in (form, html.escape(form), json.dumps(form)[1:-1])}
    # Where only ASCII differs, it is one form.
    return {form.encode("utf-8").lower().decode("utf-8") for form in written}


def _needle(name: str, encoding: str) -> Needle | None:
    width = 2 if encoding.startswith("utf-16") else 1
    try:
        words = [word.encode(encoding).lower() for word in name.split()]
    except UnicodeEncodeError:
        return None
    blanks = rb"(?:\s\x00)+" if width > 1 else rb"\s+"
    whole = re.compile(blanks.join(map(re.escape, words)))
    return Needle(first=words[0], whole=whole, width=width) if words else None


def _is_letter(letter: bytes) -> bool:
    return letter[:1].isalnum() and not any(letter[1:])


def _in_bytes(content: bytes, needles: Sequence[Needle]) -> bool:
    small = content.lower()
    return any(needle.is_in(small) for needle in needles)


def _plain(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes a part at a time; parts overlap, so that no name is cut."""
    try:
        with path.open("rb") as file:
            kept = b""
            while part := file.read(_AT_ONCE):
                yield kept + part
                kept = part[-_OVERLAP:]
    except OSError:
        # A pipe or a broken link has no content to be looked at.
        return


def _unpacked(path: Path) -> Iterator[bytes]:
    if plain_path(path) != path:
        yield content_of(path)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                yield archive.read(member)
    elif path.suffix.lower() == ".parquet":
        yield from _columns(path)


def _columns(path: Path) -> Iterator[bytes]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for column in batch.columns:
                yield "\n".join(_texts(column.to_pylist())).encode("utf-8", "replace")


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts(value)
