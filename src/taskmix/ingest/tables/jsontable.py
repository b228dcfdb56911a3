"""JSON and JSON lines as tables: which part holds the records, and their keys as columns."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Fault
from taskmix.ingest.tables.texttable import (
    TextTable,
    as_text,
    plain_text,
    typed_table,
    unique_names,
)

#: More keys than this are no columns: somebody's ids or days stand where names should.
_MOST_COLUMNS = 2000
_Row = dict[str, Any]


def read_json(path: Path, text: str, *, records: str | None = None) -> TextTable:
    """Read an array of objects, or the one array of objects inside an object.

    Objects inside an object become columns with a dotted name (``start.dateTime``), lists are
    joined by ``; ``.

    Parameters
    ----------
    path : pathlib.Path
        The file, to be named in errors.
    text : str
        Its content.
    records : str, optional
        Where the array stands, as dotted names; needed where there are several.

    Raises
    ------
    ReaderError
        If the text is no JSON, or there is not one array of objects.
    """
    return _table(path, *json_rows(path, text, records=records))


def json_rows(
    path: Path, text: str, *, records: str | None = None
) -> tuple[list[_Row], dict[int, str]]:
    """Read the records of a JSON text as flat objects; those that are none, by number, say why.

    Raises
    ------
    ReaderError
        As `read_json` does.
    """
    try:
        found = _array(path, json.loads(text), records)
        rows = [_flat(item) if isinstance(item, dict) else {"record": item} for item in found]
    except json.JSONDecodeError as error:
        raise ReaderError(f"{path}: {_no_json(error)}") from error
    except RecursionError as error:
        raise ReaderError(f"{path}: its JSON is nested too deeply to be a table") from error
    except ValueError as error:  # a number of thousands of digits
        raise ReaderError(f"{path}: its JSON cannot be read ({error})") from error
    detail = {
        number: "the element is no JSON object"
        for number, item in enumerate(found, start=1)
        if not isinstance(item, dict)
    }
    if len(detail) == len(rows):
        kind = "holds no records" if not rows else "holds no JSON objects"
        raise ReaderError(f"{path}: the array of its records {kind}; export it again")
    return rows, detail


def read_jsonl(path: Path, text: str) -> TextTable:
    """Read one JSON object a line; objects inside it stay JSON text.

    Raises
    ------
    ReaderError
        If no line is a JSON object.
    """
    rows: list[_Row] = []
    detail: dict[int, str] = {}
    # Not splitlines(): JSON strings may hold U+2028 and other characters that it splits at.
    for line in filter(str.strip, text.split("\n")):
        value, problem = _line(line)
        rows.append(value)
        if problem:
            detail[len(rows)] = problem
    if len(detail) == len(rows):
        raise ReaderError(f"{path}: no line of the file is a JSON object; is it JSON lines?")
    return _table(path, rows, detail)


def _table(path: Path, rows: list[_Row], detail: dict[int, str]) -> TextTable:
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > _MOST_COLUMNS:
        raise ReaderError(
            f"{path}: its objects have {len(names):,} different keys, too many for a table; are "
            "ids or days written as keys? Export one object a record"
        )
    table = typed_table(names, [[row.get(name) for name in names] for row in rows])
    if not detail:
        return table
    details = pd.Series(detail, dtype="str").reindex(table.records.index)
    fault = Fault(details.notna(), "no_json_object", details)
    return TextTable(table.records, numbers=table.numbers, faults=[fault])


def _line(line: str) -> tuple[_Row, str]:
    try:
        value = json.loads(line)
        if isinstance(value, dict):
            return {name: _as_cell(cell) for name, cell in value.items()}, ""
    except (ValueError, RecursionError) as error:
        return {"record": line}, f"no valid JSON ({str(error)[:80]})"
    return {"record": line}, "the line is no JSON object"


def _as_cell(value: Any) -> Any:
    return as_text(value) if isinstance(value, list | dict) else value


def _flat(item: _Row) -> _Row:
    """Write objects inside an object as keys of their own, with dotted names."""
    if not any(isinstance(value, dict) for value in item.values()):
        return {name: _as_cell(value) for name, value in item.items()}
    cells = [
        (f"{name}.{inner}" if inner else name, cell)
        for name, value in item.items()
        for inner, cell in (
            _flat(value).items() if isinstance(value, dict) else [("", _as_cell(value))]
        )
    ]
    # {"a": {"b": 1}, "a.b": 2} has the same name twice; neither may be lost.
    return dict(zip(unique_names([name for name, _ in cells]), [c for _, c in cells], strict=True))


def _array(path: Path, content: Any, records: str | None) -> list[Any]:
    if isinstance(content, list) and records is None:
        return content
    arrays = dict(_arrays(content, ""))
    if records is not None:
        if records in arrays:
            return arrays[records]
        raise ReaderError(f"{path}: no array at records = {records!r}; found {_named(arrays)}")
    of_objects = {name: array for name, array in arrays.items() if _holds_objects(array)}
    if len(of_objects) == 1:
        return next(iter(of_objects.values()))
    if of_objects:
        first = next(iter(of_objects))
        raise ReaderError(
            f"{path}: several arrays hold objects ({_named(of_objects)}); say which are the "
            f"records, such as records = {first!r} in its [mapping]"
        )
    what = (
        f"an object with {', '.join(list(content)[:8]) or 'nothing in it'}"
        if isinstance(content, dict)
        else f"only {str(content)[:40]!r}"
    )
    raise ReaderError(f"{path}: no array of objects in its JSON; found {plain_text(what)[:200]}")


def _arrays(content: Any, place: str) -> list[tuple[str, list[Any]]]:
    """List the arrays that stand in objects, by their dotted names; not those inside arrays."""
    if isinstance(content, list):
        return [(place, content)]
    if not isinstance(content, dict):
        return []
    return [
        found
        for name, value in content.items()
        for found in _arrays(value, f"{place}.{name}" if place else name)
    ]


def _holds_objects(array: list[Any]) -> bool:
    return any(isinstance(item, dict) for item in array)


def _named(arrays: dict[str, list[Any]]) -> str:
    names = [name or "the whole file" for name in list(arrays)[:8]]
    more = f" and {len(arrays) - 8} more" if len(arrays) > 8 else ""
    return plain_text(", ".join(names))[:300] + more if names else "no array"


def _no_json(error: json.JSONDecodeError) -> str:
    if error.msg == "Extra data" and error.lineno > 1:
        return (
            f"more JSON follows in line {error.lineno} after its first value; if each line is a "
            'record, name it .jsonl or set format = "jsonl" in its [mapping]'
        )
    return f"no valid JSON in line {error.lineno}, column {error.colno} ({error.msg})"
