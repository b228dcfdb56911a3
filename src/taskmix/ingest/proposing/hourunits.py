"""What the numbers of a duration mean: told by the header, by the clock, or left undecided."""

import re
from dataclasses import dataclass

import pandas as pd

from taskmix.ingest.tables.values import read_hours

_UNIT_WORDS = {
    "hours": "h hr hrs hour hours stunden stunde std horas hora heures heure ore ora uren uur "
             "timer godziny decimal dezimal industriestunden arbeitsstunden",
    "minutes": "min mins minute minutes minuten minutos minuti mn minuty",
    "seconds": "s sec secs second seconds sekunden sek segundos secondes secondi sekundy",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
_OTHER_UNITS = {
    "ms": "milliseconds", "milliseconds": "milliseconds", "millis": "milliseconds",
    "days": "days", "day": "days", "tage": "days", "pt": "person-days", "dias": "days",
    "jours": "days", "weeks": "weeks", "points": "points",
}  # fmt: skip
_HOURS_IN = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}
#: Cells that are durations or times of day, and cells that are numbers.
CLOCK = r"-?[0-9]+:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
NUMBER = r"[+-]?(?:[0-9][0-9.,' ]*|[.,][0-9]+)"
#: So much of a column must agree with the clock, within two minutes or two per cent.
_AGREE, _FEWEST = 0.8, 3


@dataclass(frozen=True)
class Marks:
    """Decimal and thousands marks of a column of numbers; `open` says why they are not known."""

    decimal: str = "."
    thousands: str = ""
    why: str = ""
    open: str = ""


@dataclass(frozen=True)
class Unit:
    """A unit of hours; or None, with the reason and the units it may be."""

    unit: str | None
    why: str
    options: tuple[str, ...] = ()


def number_marks(cells: pd.Series) -> Marks:
    """Tell which mark is the decimal one, from all the distinct texts of a column.

    Examples
    --------
    >>> marks = number_marks(pd.Series(["2.000,5", "0,5"]))
    >>> marks.decimal, marks.thousands
    (',', '.')
    >>> number_marks(pd.Series(["1,234", "2,500"])).open
    "'1,234' can be a decimal or a thousands mark"
    """
    both = cells[cells.str.contains(",") & cells.str.contains(r"\.")]
    if len(both):
        last = {"," if cell.rfind(",") > cell.rfind(".") else "." for cell in both}
        if len(last) == 1:
            decimal = last.pop()
            thousands = "." if decimal == "," else ","
            return Marks(decimal, thousands, f"such as {both.iloc[0]!r}")
        return Marks(open="both ',' and '.' stand as the last mark of some cells")
    blanks = next((m for m in (" ", "'") if cells.str.contains(rf"\d{m}\d{{3}}").any()), "")
    for mark in (",", "."):
        marked = cells[cells.str.contains(mark, regex=False)]
        if not len(marked):
            continue
        if marked.str.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(mark)}\d{{3}}){{2,}}").any():
            return Marks("," if mark == "." else ".", mark, f"such as {marked.iloc[0]!r}")
        # 1,500 may be one and a half or fifteen hundred; 0,500 and 1,5 may not.
        if marked.str.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}").all():
            return Marks(open=f"{marked.iloc[0]!r} can be a decimal or a thousands mark")
        return Marks(mark, blanks, f"such as {marked.iloc[0]!r}")
    return Marks(".", blanks)


def unit_in_words(words: tuple[str, ...]) -> str | None:
    """Return the unit that a column name says; another than taskmix reads is returned as it is.

    Examples
    --------
    >>> unit_in_words(("time", "spent", "seconds")), unit_in_words(("duration",))
    ('seconds', None)
    """
    found = {_UNIT_OF.get(word) or _OTHER_UNITS.get(word) for word in words} - {None}
    return found.pop() if len(found) == 1 else None


def decide_unit(
    text: pd.Series,
    words: tuple[str, ...],
    *,
    is_clock: bool,
    marks: Marks,
    numbers: pd.Series | None,
    clock_hours: pd.Series | None,
) -> Unit:
    """Decide the unit of a column by its name and by the time from start to end.

    The size of the numbers is no evidence: 90 may be minutes, or hours of many weeks.

    Parameters
    ----------
    text : pandas.Series of str
        The column, by record.
    words : tuple of str
        Its name's words.
    is_clock : bool
        Whether the cells are written as ``1:30``.
    marks : Marks
        The number's marks.
    numbers : pandas.Series of bool, optional
        Cells that are numbers in the file itself.
    clock_hours : pandas.Series of float, optional
        Hours from start to end, where the file knows both.
    """
    said = unit_in_words(words)
    if is_clock:
        # "18:25" under "min" is 18 minutes, and a mapping would read 18 hours.
        if said in {"minutes", "seconds"} and "mm" not in words:
            return Unit(None, f"the cells look like 1:30, but the name says {said}", ("clock",))
        return Unit("clock", f"written as {text.dropna().iloc[0]!r}")
    shares = {} if clock_hours is None else _agreement(text, marks, numbers, clock_hours)
    agreeing = [unit for unit, share in shares.items() if share >= _AGREE]
    told = agreeing[0] if len(agreeing) == 1 else None
    measured = f"{shares[told]:.0%} of the records are so long from start to end" if told else ""
    if said is None:
        why = "the name does not say" + (f", but {measured}" if told else " what one is")
        return Unit(told, why, () if told else tuple(_HOURS_IN))
    if said not in _HOURS_IN:
        return Unit(None, f"the name says {said}, which a mapping does not read")
    if told not in {None, said}:
        return Unit(None, f"the name says {said}, but as {told} {measured}", (said, str(told)))
    return Unit(said, "so the name says" + (f", and {measured}" if told else ""))


def _agreement(
    text: pd.Series, marks: Marks, numbers: pd.Series | None, clock_hours: pd.Series
) -> dict[str, float]:
    """Give, for each unit, the share of records whose number is the time from start to end."""
    amount, _ = read_hours(
        text, unit="hours", decimal=marks.decimal, thousands=marks.thousands, numbers=numbers
    )
    both = amount.notna() & clock_hours.notna() & (amount != 0)
    if int(both.sum()) < _FEWEST:
        return {}
    clock = clock_hours[both]
    return {
        unit: float(((amount[both] * one - clock).abs() <= clock.abs() * 0.02 + 1 / 30).mean())
        for unit, one in _HOURS_IN.items()
    }
