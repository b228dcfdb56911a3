"""Frames that are the same for many reports: measured once, handed over as Parquet.

A hundred reports of a night ask the same of the same log. Between `handed_over` and its end a
measure marked with `measured_once` keeps its frame in a folder, under a digest of the measure and
of all it was given, and whoever asks the same, in this process or another, reads it there.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from taskmix.language import spoken

_Measure = TypeVar("_Measure", bound=Callable[..., pd.DataFrame])


@dataclass
class _Handed:
    """Where frames are kept, and the relations of the logs that were opened since."""

    folder: Path
    relations: list[tuple[Any, str]] = field(default_factory=list)

    def name_of(self, relation: Any) -> str | None:
        return next((name for known, name in self.relations if known is relation), None)


_current: list[_Handed] = []


@contextmanager
def handed_over(folder: Path) -> Iterator[None]:
    """Keep and find frames in a folder, which has to exist, until the end of the block."""
    _current.append(_Handed(folder))
    try:
        yield
    finally:
        _current.pop()


def name_relation(relation: Any, name: str) -> None:
    """Tell what a relation holds, so that frames measured of it can be found again.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
    name : str
        The table with its version, and all else that its rows follow from.
    """
    if _current:
        _current[-1].relations.append((relation, name))


def place_of_rows(name: str, content: str) -> Path | None:
    """Return where a table's rows are kept, by what they are; None outside `handed_over`."""
    if not _current:
        return None
    digest = hashlib.sha256(content.encode()).hexdigest()[:32]
    return _current[-1].folder / f"rows-{name}-{digest}.parquet"


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """Give a name to write to; the file gets its own once it is whole."""
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    yield draft
    draft.replace(path)


def name_frame(frame: pd.DataFrame) -> str | None:
    """Name a frame by what is in it; None where pandas cannot tell."""
    try:
        return _frame_told(frame).hex()
    except _NoDigestError:
        return None


def measured_once(measure: _Measure) -> _Measure:
    """Mark a measure whose frame may be kept: it follows from the arguments alone.

    Outside `handed_over`, and where an argument has no digest, it is measured each time.
    """

    @wraps(measure)
    def kept(*args: Any, **options: Any) -> pd.DataFrame:
        path = _place(measure, args, options)
        if path is None:
            return measure(*args, **options)
        if path.is_file():
            return pd.read_parquet(path)
        frame = measure(*args, **options)
        with drafted(path) as draft:
            frame.to_parquet(draft)
        return frame

    return kept  # type: ignore[return-value]


class _NoDigestError(Exception):
    """An argument that nothing can be told of."""


def _place(
    measure: Callable[..., Any], args: Sequence[Any], options: Mapping[str, Any]
) -> Path | None:
    if not _current:
        return None
    # A frame says in words why it does not tell something, so it follows from the language too.
    named = f"{spoken()}:{measure.__module__}.{measure.__qualname__}"
    digest = hashlib.sha256(named.encode())
    try:
        for name, value in [*enumerate(args), *sorted(options.items())]:
            digest.update(f"|{name}=".encode())
            digest.update(_told(value, _current[-1]))
    except _NoDigestError:
        return None
    return _current[-1].folder / f"{measure.__name__}-{digest.hexdigest()[:32]}.parquet"


def _told(value: Any, handed: _Handed) -> bytes:
    """Tell a value apart from all others."""
    if value is None or isinstance(value, bool | int | float | str | bytes | pd.Timestamp):
        return repr(value).encode()
    if isinstance(value, pd.DataFrame | pd.Series):
        return _frame_told(value)
    if isinstance(value, tuple | list):
        return b"(" + b",".join(_told(part, handed) for part in value) + b")"
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(f.name, getattr(value, f.name)) for f in fields(value)]
        told = b",".join(name.encode() + b"=" + _told(part, handed) for name, part in parts)
        return type(value).__qualname__.encode() + b"{" + told + b"}"
    name = handed.name_of(value)
    if name is None:
        raise _NoDigestError
    return f"<{name}>".encode()


def _frame_told(frame: pd.DataFrame | pd.Series) -> bytes:
    table = frame.to_frame() if isinstance(frame, pd.Series) else frame
    about = repr([(str(name), str(kind)) for name, kind in table.dtypes.items()])
    try:
        rows = pd.util.hash_pandas_object(table, index=True).to_numpy().tobytes()
    except TypeError as error:
        # Lists and the like, which pandas does not hash.
        raise _NoDigestError from error
    return hashlib.sha256(about.encode() + rows).digest()
