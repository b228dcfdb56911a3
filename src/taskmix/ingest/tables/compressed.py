"""The bytes of a file, unpacked where its ending says that it is compressed."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from taskmix.errors import ReaderError

_STREAMS: dict[str, Callable[[Any], Any]] = {
    ".gz": gzip.open, ".xz": lzma.LZMAFile, ".bz2": bz2.BZ2File,
}  # fmt: skip
#: What a file may unpack to. A few kB can hold a thousand times as much: not all of it is a log.
LARGEST = 2 * 1024**3
_AT_ONCE = 1024**2


def plain_path(path: Path) -> Path:
    """Name a file without the ending of its compression, as what it is once it is unpacked.

    Examples
    --------
    >>> plain_path(Path("log.CSV.xz")).name, plain_path(Path("log.csv")).name
    ('log.CSV', 'log.csv')
    """
    return path.with_suffix("") if path.suffix.lower() in _STREAMS else path


def content_of(path: Path, *, first: int | None = None) -> bytes:
    """Read a file's bytes, or only so many of the `first`.

    Raises
    ------
    ReaderError
        If the file cannot be opened or unpacked, or unpacks to more than 2 GB.
    """
    try:
        if path.suffix.lower() not in _STREAMS:
            if first is None:
                return path.read_bytes()
            with path.open("rb") as file:
                return file.read(first)
        file = path.open("rb")
    except OSError as error:
        raise ReaderError(f"{path}: cannot be opened ({error.strerror or error})") from error
    with file:
        try:
            return _unpacked(path, file, first)
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise ReaderError(
                f"{path}: cannot be unpacked ({error}); copy or compress it again"
            ) from error


def _unpacked(path: Path, file: IO[bytes], first: int | None) -> bytes:
    stream = _STREAMS[path.suffix.lower()](file)
    if first is not None:
        return stream.read(first)
    unpacked = io.BytesIO()
    while chunk := stream.read(_AT_ONCE):
        unpacked.write(chunk)
        if unpacked.tell() > LARGEST:
            raise ReaderError(
                f"{path}: unpacks to more than {LARGEST / 1024**3:.3g} GB; split the export by "
                "month or year"
            )
    return unpacked.getvalue()
