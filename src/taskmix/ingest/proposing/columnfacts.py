"""What a column of an unknown table holds, by its name's words and by its cells."""

from dataclasses import dataclass, replace

import pandas as pd

from taskmix.ingest.proposing.dateforms import DateForm, date_form, settled_by
from taskmix.ingest.proposing.headerwords import header_score, words_of
from taskmix.ingest.proposing.hourunits import CLOCK, NUMBER
from taskmix.ingest.tables.texttable import TextTable

_MOST = 0.8
_FLAGS = {"yes", "no", "true", "false", "ja", "nein", "y", "n", "oui", "non", "si", "x", "✓"}
_TIME_OF_DAY = r"(?:0?[1-9]|1[0-2]):[0-5]\d(?::[0-5]\d)? ?[AaPp][Mm]"
#: Seconds since 1970 that are days between 2000 and 2040; milliseconds have three digits more.
_EPOCH = r"(?:9[5-9]\d{7}|1\d{9}|20\d{8}|21\d{8})(?:\d{3})?"


@dataclass(frozen=True)
class Facts:
    """A column, described.

    Attributes
    ----------
    name : str
        As the file has it.
    words : tuple of str
        The name's plain words.
    kind : {"empty", "date", "clock", "time", "number", "epoch", "flag", "text"}
        What nearly all of its cells are; ``clock`` is 1:30, a time of day or a duration, and
        ``time`` 1:30 PM.
    n_filled, n_distinct : int
        Cells that are not empty, and different ones among them.
    n_records : int
        Of the table.
    length : float
        Mean number of characters.
    date : DateForm or None
        How its dates are written.
    """

    name: str
    words: tuple[str, ...]
    kind: str
    n_filled: int
    n_distinct: int
    n_records: int
    length: float
    date: DateForm | None = None

    @property
    def filled(self) -> float:
        """The share of cells that are not empty."""
        return self.n_filled / max(1, self.n_records)

    @property
    def repeats(self) -> bool:
        """Whether its values come again, as those of people and projects do."""
        return self.n_filled <= 20 or self.n_distinct < 0.9 * self.n_filled

    def score(self, role: str) -> float:
        """Score how surely the name says a role; an emptier column of the same name less."""
        return header_score(self.words, role) * (0.4 + 0.6 * self.filled)


def column_facts(table: TextTable) -> dict[str, Facts]:
    """Describe every column of a table, by name.

    A column of dates that could be day-first or month-first is settled by another one of the
    same file and shape that is sure.
    """
    records = table.records
    for fault in table.faults:  # what does not fit the header stands in wrong columns
        records = records[~fault.rows.reindex(records.index, fill_value=False)]
    # A mapping names columns; what has no name, such as an index beside a table, it cannot.
    found = {str(name): _facts(str(name), cells) for name, cells in records.items() if name}
    decided = [f for f in found.values() if f.date and f.date.is_decided]
    for name, facts in found.items():
        if facts.date is None or facts.date.is_decided:
            continue
        for other in decided:
            form = settled_by(facts.date, other.date) if other.date else None
            if form:
                why = f"decided by {other.date.example!r} of {other.name}" if other.date else ""
                date = replace(facts.date, formats=(form,), why=why)
                found[name] = replace(facts, date=date)
                break
    return found


def best_by_name(columns: dict[str, Facts], role: str, *, at_least: float = 45) -> Facts | None:
    """Return the column whose name says a role best; the leftmost of equals."""
    best = max(columns.values(), key=lambda facts: facts.score(role), default=None)
    return best if best is not None and best.score(role) >= at_least else None


def _facts(name: str, cells: pd.Series) -> Facts:
    filled = cells.dropna()
    distinct = filled.drop_duplicates()
    date = date_form(filled) if len(distinct) else None
    return Facts(
        name=name,
        words=words_of(name),
        kind="date" if date else _kind(filled, distinct),
        n_filled=len(filled),
        n_distinct=len(distinct),
        n_records=len(cells),
        length=float(distinct.str.len().mean()) if len(distinct) else 0.0,
        date=date,
    )


def _kind(filled: pd.Series, distinct: pd.Series) -> str:
    if not len(distinct):
        return "empty"
    if len(distinct) <= 4 and set(distinct.str.casefold()) <= _FLAGS:
        return "flag"
    for kind, pattern in (
        ("clock", CLOCK), ("time", _TIME_OF_DAY), ("epoch", _EPOCH), ("number", NUMBER),
    ):  # fmt: skip
        fits = distinct[distinct.str.fullmatch(pattern)]
        if filled.isin(fits).mean() >= _MOST:
            return kind
    return "text"
