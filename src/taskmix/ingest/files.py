"""The files of an ingest: which, in what order, what they are called and hold."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from taskmix.errors import ReaderError
from taskmix.ingest.tables.texttable import plain_text
from taskmix.settings import Settings


def find_files(settings: Settings, paths: Sequence[Path] | None) -> list[Path]:
    """List the files to ingest, oldest export first, hidden ones left out.

    The order matters where two exports cover the same days: the newer one has the last word.
    """
    found: set[Path] = set()
    for path in paths or [settings.raw]:
        if path.is_dir():
            found |= {p for p in path.rglob("*") if p.is_file() and not _is_hidden(p, path)}
        elif path.is_file():
            found.add(path)
        else:
            raise ReaderError(f"{path}: no such file or folder; check its name")
    if not found:
        raise ReaderError(
            f"{(paths or [settings.raw])[0]}: holds no files; put your tool's exports there"
        )
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def _is_hidden(path: Path, folder: Path) -> bool:
    """Tell what people did not put there: dot files, and Excel's locks of an open workbook."""
    parts = path.relative_to(folder).parts
    return any(part.startswith(".") for part in parts) or path.name.startswith("~$")


def content_digest(path: Path) -> str:
    """Digest a file's bytes.

    Raises
    ------
    ReaderError
        If it cannot be opened.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReaderError(f"{path}: cannot be opened ({error.strerror or error})") from error


def shown_path(settings: Settings, path: Path) -> str:
    """Name a file relative to ``data/raw`` where it lies there."""
    resolved, raw = path.resolve(), settings.raw.resolve()
    inside = resolved.is_relative_to(raw)
    return plain_text((resolved.relative_to(raw) if inside else resolved).as_posix())
