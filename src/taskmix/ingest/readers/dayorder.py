"""Whether the day or the month comes first in a file's dates: settled for the file, or asked.

Trackers write dates as each user has set them, and nothing in the file says how. One date with
a number above 12 tells it for all; where none does, both readings are shown and a person decides.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from taskmix.errors import ReaderError

DayOrder = Literal["day-first", "month-first"]
DAY_ORDERS: tuple[DayOrder, ...] = get_args(DayOrder)

# A midnight behind the day is what a spreadsheet leaves where other cells had a time.
_YEAR_FIRST = r"^(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?(?:[T ]0?0:00(?::00)?)?$"
_YEAR_LAST = r"^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d\d)\.?(?:[T ]0?0:00(?::00)?)?$"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def iso_days(text: pd.Series, order: DayOrder) -> pd.Series:
    """Write numeric dates as ISO; what is no day of the calendar in this order is missing.

    The year may come first (then month and day follow it) or last; two digits are 20xx.

    Parameters
    ----------
    text : pandas.Series of str
    order : {"day-first", "month-first"}
        What stands before the other where the year comes last.

    Examples
    --------
    >>> dates = pd.Series(["03/04/2024", "2024/04/03", "13.04.24", "31/02/2024"])
    >>> iso_days(dates, "day-first").tolist()
    ['2024-04-03', '2024-04-03', '2024-04-13', nan]
    >>> iso_days(dates, "month-first").tolist()
    ['2024-03-04', '2024-04-03', nan, nan]
    """
    # A file has many rows and few days.
    each = pd.Series(text.dropna().unique(), dtype="str")
    year_first, year_last = each.str.extract(_YEAR_FIRST), each.str.extract(_YEAR_LAST)
    day, month = (0, 2) if order == "day-first" else (2, 0)
    year = year_last[3].where(year_last[3].str.len() == 4, "20" + year_last[3])
    iso = _joined(year, year_last[month], year_last[day])
    iso = iso.fillna(_joined(year_first[0], year_first[2], year_first[3]))
    real = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce").notna()
    return text.map(dict(zip(each, iso.where(real), strict=True))).astype("str")


def _joined(year: pd.Series, month: pd.Series, day: pd.Series) -> pd.Series:
    return year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)


def order_of_file(
    dates: Sequence[pd.Series],
    *,
    path: Path,
    reader: str,
    contradicts: Callable[[DayOrder], pd.Series] | None = None,
) -> DayOrder:
    """Settle which order a file's dates are written in.

    Most rows decide among those with a date that only one order can read; the others are left
    for the quarantine. Without such a row, entries decide that one reading makes impossible.
    Where both orders read every date alike, the order does not matter.

    Parameters
    ----------
    dates : sequence of pandas.Series of str
        Every column of dates that the tool writes in the same format, by record number.
    path : pathlib.Path
        The file, for the error.
    reader : str
        The name of the reader, whose setting the error asks for.
    contradicts : callable, optional
        For an order, the rows whose other facts it contradicts.

    Raises
    ------
    ReaderError
        If nothing settles it, or as many rows say one as the other; with both readings and the
        setting that decides.

    Examples
    --------
    >>> order_of_file([pd.Series(["03/04/2024", "29/04/2024"])], path=Path("a"), reader="clockify")
    'day-first'
    >>> order_of_file([pd.Series(["03/04/2024"])], path=Path("log.csv"), reader="clockify")
    Traceback (most recent call last):
    ...
    taskmix.errors.ReaderError: log.csv: no row tells whether the day or the month comes first: \
'03/04/2024' (row 0) could be 3 April 2024 or 4 March 2024. Say it in taskmix.toml: \
[readers.clockify] day_order = "day-first" or "month-first"
    """
    day, month = (pd.concat([iso_days(text, order) for text in dates]) for order in DAY_ORDERS)
    written = pd.concat(list(dates))
    only_day, only_month = day.notna() & month.isna(), month.notna() & day.isna()
    # A row that has its start one way and its end the other tells nothing.
    both = set(written.index[only_day]) & set(written.index[only_month])
    sure = ~written.index.isin(list(both))
    n_day, n_month = (written.index[one & sure].nunique() for one in (only_day, only_month))
    if n_day != n_month:
        return "day-first" if n_day > n_month else "month-first"
    setting = f'Say it in taskmix.toml: [readers.{reader}] day_order = "day-first" or "month-first"'
    if n_day:
        examples = [
            f"{written[one & sure].iloc[0]!r} (row {written.index[one & sure][0]})"
            for one in (only_day, only_month)
        ]
        raise ReaderError(
            f"{path}: {examples[0]} has the day first, {examples[1]} the month, and as many rows "
            f"are written one way as the other ({n_day}); are these two files in one? {setting}"
        )
    unsettled = (day != month) & day.notna() & month.notna()
    if not unsettled.any():
        return DAY_ORDERS[0]
    if contradicts and (order := _order_of_entries(contradicts)):
        return order
    first = unsettled.to_numpy().argmax()
    raise ReaderError(
        f"{path}: no row tells whether the day or the month comes first: {written.iloc[first]!r} "
        f"(row {written.index[first]}) could be {_in_words(day.iloc[first])} or "
        f"{_in_words(month.iloc[first])}. {setting}"
    )


def _order_of_entries(contradicts: Callable[[DayOrder], pd.Series]) -> DayOrder | None:
    against_day, against_month = (contradicts(order) for order in DAY_ORDERS)
    # A row that is impossible either way is merely wrong and tells nothing.
    only_day = bool((against_day & ~against_month).any())
    only_month = bool((against_month & ~against_day).any())
    if only_day == only_month:
        return None
    return "month-first" if only_day else "day-first"


def _in_words(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
