"""Find the files that hold a name, also where they are packed, and in other encodings."""

import contextlib
import html
import json
import lzma
import mmap
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from taskmix.errors import TaskmixError
from taskmix.ingest.tables.compressed import content_of, plain_path

#: A name of two letters stands in every text.
SHORTEST = 3
_ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, pa.ArrowException, OSError, EOFError,
           NotImplementedError, RuntimeError, TaskmixError)  # fmt: skip
#: Folders in which a workspace keeps nothing of its own.
_PASSED_OVER = frozenset({"venv", "node_modules", "__pycache__"})
_CHECKPOINTS = ".ipynb_checkpoints"


def pattern_of(names: Iterable[str]) -> re.Pattern[bytes] | None:
    """Make the pattern of whole names, in any case, encoding and form of escape.

    Returns
    -------
    re.Pattern or None
        None where no name is long enough to be looked for.
    """
    forms = {form for name in names if len(name) >= SHORTEST for form in _forms(name)}
    parts = [_whole(form, encoding) for form in sorted(forms) for encoding in _ENCODINGS]
    known = sorted(filter(None, dict.fromkeys(parts)), key=len, reverse=True)
    return re.compile(b"|".join(known), re.IGNORECASE) if known else None


def holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Tell whether a file holds one of the names; what is packed or damaged is looked into too."""
    if _in_plain(path, pattern):
        return True
    with contextlib.suppress(*_BROKEN):
        return any(pattern.search(content) for content in _unpacked(path))
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
    return {
        written
        for form in cases
        for written in (form, html.escape(form), json.dumps(form)[1:-1])
    }  # fmt: skip


def _whole(name: str, encoding: str) -> bytes:
    try:
        words = [re.escape(word.encode(encoding)) for word in name.split()]
    except UnicodeEncodeError:
        return b""
    if encoding.startswith("utf-16"):
        inside = rb"(?:\s\x00)+".join(words)
        return rb"(?<![0-9A-Za-z]\x00)" + inside + rb"(?![0-9A-Za-z]\x00)"
    return rb"(?<![0-9A-Za-z])" + rb"\s+".join(words) + rb"(?![0-9A-Za-z])"


def _in_plain(path: Path, pattern: re.Pattern[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return pattern.search(content) is not None
    except (OSError, ValueError):
        # A pipe or a broken link has no content to be looked at.
        return False


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
