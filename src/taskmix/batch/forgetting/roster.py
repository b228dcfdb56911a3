"""Take a person's rows out of the roster, and know how it spells their names."""

import csv
import io
from pathlib import Path

from taskmix.batch.forgetting.csvlines import without_rows
from taskmix.batch.person import Person
from taskmix.errors import RosterError
from taskmix.identity import name_key, split_names


def roster_rows(path: Path, person: Person) -> int:
    """Count the rows of ``people.csv`` that are this person's."""
    return _cut(path, person)[1] if person.in_roster else 0


def leave_roster(path: Path, person: Person) -> int:
    """Take the person's rows out of ``people.csv``; all others stay byte for byte.

    Returns
    -------
    int
        How many rows went.

    Raises
    ------
    RosterError
        If it cannot be written; it is as it was.
    """
    if not person.in_roster:
        return 0
    text, removed = _cut(path, person)
    half = path.with_name(f".{path.name}.part")
    try:
        mode = path.stat().st_mode & 0o777
        half.write_bytes(text.encode("utf-8"))
        half.chmod(mode)
        half.replace(path)
    except OSError as error:
        raise RosterError(
            f"{path}: cannot be written ({error.strerror or error}), so the person's "
            f"{removed} rows are still in it; run the same command again, or remove them yourself"
        ) from error
    return removed


def spellings(path: Path, person: Person) -> list[str]:
    """Return the person's names as the roster writes them, and as they were asked for."""
    found = dict.fromkeys(person.names)
    if path.exists():
        known = set(map(name_key, person.names))
        text = path.read_bytes().decode("utf-8-sig")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        # Split at every mark that may join names: what is no name of theirs is left out.
        cells = (cell for row in rows for field in row for cell in field.split(","))
        pieces = (name.strip(' "') for cell in cells for name in split_names(cell))
        found |= dict.fromkeys(name for name in pieces if name_key(name) in known)
    return list(found)


def _cut(path: Path, person: Person) -> tuple[str, int]:
    own = set(map(name_key, person.names))
    text = path.read_bytes().decode("utf-8")
    return without_rows(text, lambda row: name_key(row.get("person", "")) in own)
