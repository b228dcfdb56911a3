"""What makes a row the same row when its file comes again."""

import hashlib
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from taskmix.ingest.texts import cells_of
from taskmix.schema import TASK_COLUMNS

_SEPARATOR = "\x1f"
_NATURAL_KEY = ("logged_as", "started_at", "ended_at", "day", "hours", "title", "project")
_DIGITS = 24


def native_task_ids(source: str, ids: pd.Series) -> pd.Series:
    """Turn a tool's own lasting ids into task ids; missing ids stay missing.

    Examples
    --------
    >>> native_task_ids("jira", pd.Series(["10042"]))[0]
    '4d7e4888f5eca21fdd8db57c'
    """
    made = [_digest(source, own) if isinstance(own, str) else None for own in ids.tolist()]
    return pd.Series(made, index=ids.index, dtype="str", name=ids.name)


def natural_task_ids(source: str, rows: pd.DataFrame) -> pd.Series:
    """Make task ids of the name in the file, times, hours, title and project.

    The local day counts only where there is no clock: a person's time zone must not make another
    task of the same entry. Identical rows are told apart by their occurrence: the second of two
    equal entries keeps being the second one in the next export.
    """
    day = rows["local_date"].mask(rows["started_at"].notna())
    parts = [_text(day if column == "day" else rows[column]) for column in _NATURAL_KEY]
    keys = [_SEPARATOR.join(cells) for cells in zip(*parts, strict=True)]
    return _numbered_ids(source, keys, rows.index)


def part_ids(task_ids: pd.Series, part: pd.Series) -> pd.Series:
    """Make the ids of an entry's days; the first keeps the entry's id."""
    made = [part_id(whole, int(number)) for whole, number in zip(task_ids, part, strict=True)]
    return pd.Series(made, index=task_ids.index, dtype="str")


def part_id(whole: str, number: int) -> str:
    """Make the id of one day of an entry, the first being number 0."""
    return whole if number == 0 else _digest(whole, "part", str(number))


def refusal_ids(source: str, records: pd.Series) -> pd.Series:
    """Make ids of refused records of their text, the same in whatever export they stand."""
    return _numbered_ids(source, records.tolist(), records.index)


def row_digests(log: pd.DataFrame) -> pd.Series:
    """Digest every column of the task log, to see whether a row changed."""
    parts = [_text(log[column]) for column in TASK_COLUMNS]
    return pd.Series(
        [_digest(*cells) for cells in zip(*parts, strict=True)], index=log.index, dtype="str"
    )


def _numbered_ids(source: str, keys: Iterable[str], index: pd.Index) -> pd.Series:
    """Digest keys, equal ones told apart by how many of them stood before."""
    seen: Counter[str] = Counter()
    made = []
    for key in keys:
        made.append(_digest(source, key, str(seen[key])))
        seen[key] += 1
    return pd.Series(made, index=index, dtype="str")


def _text(column: pd.Series) -> list[str]:
    if column.dtype == "str":
        return cells_of(column)
    if column.dtype.kind == "f":
        return list(map(repr, column.tolist()))
    return list(map(str, column.astype("int64").tolist()))


def _digest(*parts: str) -> str:
    text = _SEPARATOR.join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_DIGITS // 2).hexdigest()
