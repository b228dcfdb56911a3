"""Whether a point or a comma is the decimal mark of a file's numbers: settled by them, or asked."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.tables.values import read_hours

DecimalMark = Literal[".", ","]
DECIMAL_MARKS: tuple[DecimalMark, ...] = get_args(DecimalMark)

_BETWEEN_THOUSANDS = r"(?<=\d)[\s'’](?=\d{3}(?:\D|$))"


def read_number(text: pd.Series, mark: DecimalMark) -> pd.Series:
    """Read numbers with this decimal mark, the other one between thousands; else missing.

    Examples
    --------
    >>> read_number(pd.Series(["1.234,5", "1 234,5", "1,234.5", "12"]), ",").tolist()
    [1234.5, 1234.5, nan, 12.0]
    """
    other = "," if mark == "." else "."
    plain = text.str.replace(_BETWEEN_THOUSANDS, "", regex=True)
    # Nobody groups thousands behind a zero: 0,125 can only be a fraction.
    plain = plain.mask(plain.str.match(rf"[+-]?0+{re.escape(other)}"))
    return read_hours(plain, unit="hours", decimal=mark, thousands=other)[0]


def sure_number(text: pd.Series) -> pd.Series:
    """Read the numbers that have one reading only, whatever the mark; else missing.

    Examples
    --------
    >>> sure_number(pd.Series(["1,5", "0.25", "1.234,5", "1,234", "0,125", "two"])).tolist()
    [1.5, 0.25, 1234.5, nan, 0.125, nan]
    """
    point, comma = (read_number(text, mark) for mark in DECIMAL_MARKS)
    return point.fillna(comma).where((point == comma) | point.isna() | comma.isna())


def mark_of_file(
    hours: pd.Series, *, others: Sequence[pd.Series] = (), path: Path, reader: str
) -> DecimalMark:
    """Settle the decimal mark of a file.

    Most rows decide among those with a number that only one mark can read.

    Parameters
    ----------
    hours : pandas.Series of str
        The numbers that will be read, by record number.
    others : sequence of pandas.Series of str
        Further numbers that the tool writes in the same format.
    path : pathlib.Path
        The file, for the error.
    reader : str
        The name of the reader, whose setting the error asks for.

    Raises
    ------
    ReaderError
        If hours are written that both marks can read, and nothing settles which is meant.

    Examples
    --------
    >>> rates = pd.Series(["2.000,0", "100,0"])
    >>> mark_of_file(pd.Series(["1,234", "20"]), others=[rates], path=Path("a"), reader="harvest")
    ','
    >>> mark_of_file(pd.Series(["1,234"]), path=Path("log.csv"), reader="harvest")
    Traceback (most recent call last):
    ...
    taskmix.errors.ReaderError: log.csv: no number tells whether a point or a comma is the decimal \
mark: '1,234' (row 0) could be 1234 or 1.234 hours. Say it in taskmix.toml: [readers.harvest] \
decimal = "." or ","
    """
    written = pd.concat([hours, *others])
    point, comma = (read_number(written, mark) for mark in DECIMAL_MARKS)
    with_point = set(written.index[point.notna() & comma.isna()])
    with_comma = set(written.index[comma.notna() & point.isna()])
    n_point, n_comma = len(with_point - with_comma), len(with_comma - with_point)
    if n_point != n_comma:
        return "." if n_point > n_comma else ","
    setting = f'Say it in taskmix.toml: [readers.{reader}] decimal = "." or ","'
    if n_point:
        raise ReaderError(
            f"{path}: as many rows write numbers with a decimal point as with a comma ({n_point}: "
            f"rows {min(with_point)} and {min(with_comma)} among them); are these two files in "
            f"one? {setting}"
        )
    point, comma = (read_number(hours, mark) for mark in DECIMAL_MARKS)
    unsettled = (point != comma) & point.notna()
    if not unsettled.any():
        return DECIMAL_MARKS[0]
    first = unsettled.to_numpy().argmax()
    raise ReaderError(
        f"{path}: no number tells whether a point or a comma is the decimal mark: "
        f"{hours.iloc[first]!r} (row {hours.index[first]}) could be {point.iloc[first]:.15g} or "
        f"{comma.iloc[first]:.15g} hours. {setting}"
    )
