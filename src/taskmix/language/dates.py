"""Days and months as the spoken language writes them."""

import re
from datetime import date

from taskmix.language.spoken import current

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d\b|$)")


def full_date(day: date) -> str:
    """Write a day with its year.

    Examples
    --------
    >>> full_date(date(2026, 10, 3))
    '3 Oct 2026'
    """
    return _written(day, "{day.day} {day:%b %Y}", "yMMMd")


def padded_date(day: date) -> str:
    """Write a day with its year, always as wide.

    Examples
    --------
    >>> padded_date(date(2026, 10, 3))
    '03 Oct 2026'
    """
    return _written(day, "{day:%d %b %Y}", "yMMMd")


def day_and_month(day: date) -> str:
    """Write a day of a year that is known.

    Examples
    --------
    >>> day_and_month(date(2026, 10, 3))
    '3 Oct'
    """
    return _written(day, "{day.day} {day:%b}", "MMMd")


def long_date(day: date) -> str:
    """Write a day with its month in full.

    Examples
    --------
    >>> long_date(date(2026, 10, 3))
    '3 October 2026'
    """
    return _written(day, "{day.day} {day:%B %Y}", "long")


def month_and_year(day: date) -> str:
    """Write a month in full.

    Examples
    --------
    >>> month_and_year(date(2026, 10, 3))
    'October 2026'
    """
    return _written(day, "{day:%B %Y}", "yMMMM")


def short_month_and_year(day: date) -> str:
    """Write a month shortened.

    Examples
    --------
    >>> short_month_and_year(date(2026, 10, 3))
    'Oct 2026'
    """
    return _written(day, "{day:%b %Y}", "yMMM")


def shortest_month_and_year(day: date) -> str:
    """Write a month as short as an axis needs it.

    Examples
    --------
    >>> shortest_month_and_year(date(2026, 10, 3))
    'Oct 26'
    """
    return _written(day, "{day:%b %y}", "MMM yy")


def moment(text: str) -> str:
    """Write a day, or a day and a time, that is given as ISO writes it; English leaves it so.

    Examples
    --------
    >>> moment("2026-10-03 14:05 UTC"), moment("2026-10-03")
    ('2026-10-03 14:05 UTC', '2026-10-03')
    """
    if current().locale is None or not _ISO.match(text):
        return text
    day, time, rest = text[:10], text[10:16].strip(), text[16:]
    written = full_date(date.fromisoformat(day))
    return f"{written}, {time}{rest}" if time else written


def _written(day: date, english: str, form: str) -> str:
    """Write a day by Python's form in English, else by a form, pattern or skeleton of CLDR's."""
    locale = current().locale
    if locale is None:
        return english.format(day=day)
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415  English does without

    if " " in form or form == "long":
        return str(format_date(day, form, locale=locale))
    return str(format_skeleton(form, day, locale=locale))
