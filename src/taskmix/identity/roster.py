"""The roster, ``people.csv``: who the names in the tools are, and where people belonged when."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pandas import Series

from taskmix.errors import RosterError
from taskmix.identity.entries import COLUMNS, check_entries, parse_entry
from taskmix.identity.names import name_key

_PLACE = ("team", "department", "time_zone")
_COLUMN_KEYS = {column.replace("_", " "): column for column in COLUMNS}


@dataclass(frozen=True)
class Roster:
    """The people of a workspace.

    Attributes
    ----------
    entries : pandas.DataFrame
        One row is one person in one place: ``person``, ``team`` and ``department`` (missing
        where not said), ``first_day`` and ``last_day`` (inclusive; missing: open),
        ``weekly_hours`` and ``time_zone`` (missing where not said), ``day_starts`` and
        ``day_ends`` (minutes after midnight) and ``work_days`` (weekdays as digits, Monday is 0;
        missing where no times are declared).
    names : dict of str to str
        Every name and alias, as `name_key` writes it → person.
    """

    entries: pd.DataFrame
    names: dict[str, str]

    def identify(self, *names: Series) -> Series:
        """Find the person that the first known of several names of each row means.

        Returns
        -------
        pandas.Series of str
            Missing where the roster knows none of the names.
        """
        known: dict[str, str | None] = {}
        if self.names:
            said = {name for column in names for name in column.dropna().unique()}
            known = {name: self.names.get(name_key(name)) for name in said}
        found = [
            next((person for name in row if (person := known.get(name)) is not None), None)
            for row in zip(*(c.to_numpy(object, na_value=None) for c in names), strict=True)
        ]
        return Series(found, index=names[0].index, dtype="str")

    def places(self, person: Series, day: Series) -> pd.DataFrame:
        """Find where each person belonged on a day.

        Returns
        -------
        pandas.DataFrame
            The index of `person`; ``team``, ``department``, ``time_zone`` and ``on_roster``:
            whether an entry of the roster covers the day.
        """
        if person.isna().all():
            nowhere = pd.array([None] * len(person), dtype="str")
            return pd.DataFrame(
                {**dict.fromkeys(_PLACE, nowhere), "on_roster": False}, index=person.index
            )
        asked = pd.DataFrame({"person": person, "day": day})
        asked["at"] = range(len(asked))
        joined = asked.dropna(subset=["person"]).merge(self.entries, on="person")
        covers = ~(joined["day"] < joined["first_day"]) & ~(joined["day"] > joined["last_day"])
        places = joined[covers].drop_duplicates("at").set_index("at").reindex(asked["at"])
        found = places[list(_PLACE)].set_axis(person.index)
        return found.assign(on_roster=places["person"].notna().to_numpy())


def read_roster(path: Path) -> Roster:
    """Read ``people.csv``; without people where there is none.

    Columns: ``person`` (the name reports never show), ``aliases`` (names and e-mails in the
    tools, joined by ``;``), ``team``, ``department``, ``from``, ``to`` (days, inclusive),
    ``weekly_hours``, ``time_zone``, and the hours that the person declares: ``day_starts`` and
    ``day_ends`` (such as 09:00) on ``work_days`` (such as Mon-Thu; Monday to Friday). Only
    ``person`` must be there. Someone who moved has several rows.

    Raises
    ------
    RosterError
        Naming the line and every fault of the first kind found: an unknown column, a date that
        is none, an alias of two people, overlapping entries of one person.
    """
    if not path.exists():
        return Roster(check_entries([], path), {})
    header, lines = _rows(path)
    entries = [parse_entry(dict(zip(header, cells, strict=True)), path, n) for n, cells in lines]
    names: dict[str, str] = {}
    for entry in entries:
        for name in (entry.person, *entry.aliases):
            owner = names.setdefault(name_key(name), entry.person)
            if owner != entry.person:
                raise RosterError(
                    f"{path}: line {entry.line}: {name!r} names {entry.person!r} here and "
                    f"{owner!r} in another row; a name can mean one person only"
                )
    return Roster(check_entries(entries, path), names)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterError(f"{path}: not UTF-8 text ({error.reason}); save it as UTF-8") from error
    except OSError as error:
        raise RosterError(f"{path}: cannot be opened ({error.strerror or error})") from error
    first = text.split("\n", 1)[0]
    # A spreadsheet with a decimal comma separates by semicolons; a header holds only one of them.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error as error:
        raise RosterError(f"{path}: line {reader.line_num}: no valid CSV ({error})") from error
    if not rows:
        raise RosterError(f"{path}: the roster is empty; it needs a header with {COLUMNS[0]}")
    header = [_column(name, path) for name in rows[0][1]]
    if "person" not in header:
        raise RosterError(
            f"{path}: column 'person' is missing; found {', '.join(rows[0][1])}. The columns are "
            f"{', '.join(COLUMNS)}"
        )
    if len(set(header)) < len(header):
        raise RosterError(f"{path}: a column stands there twice: {', '.join(header)}; keep one")
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            raise RosterError(
                f"{path}: line {number} has {len(cells)} fields, the header {len(header)}; put "
                'a field that holds a separator in "quotation marks"'
            )
    return header, rows[1:]


def _column(name: str, path: Path) -> str:
    column = _COLUMN_KEYS.get(name_key(name).replace("_", " "))
    if column is None:
        raise RosterError(f"{path}: unknown column {name!r}; the columns are {', '.join(COLUMNS)}")
    return column
