"""Numbers as the spoken language writes them. All rounding is Python's, for every language."""

from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING

from taskmix.language.spoken import current

if TYPE_CHECKING:
    from babel.numbers import NumberPattern


def number(value: float, decimals: int | None = None, *, grouped: bool = True) -> str:
    """Write a number.

    Parameters
    ----------
    value : float
        The number.
    decimals : int, optional
        So many decimals; by default those that it has.
    grouped : bool
        Whether thousands are set apart.

    Examples
    --------
    >>> number(1234.5, 1), number(1234), number(1234.5, 1, grouped=False)
    ('1,234.5', '1,234', '1234.5')
    """
    form = "" if decimals is None else f".{decimals}f"
    locale = current().locale
    if locale is None:
        return f"{value:{',' if grouped else ''}{form}}"
    return _written(f"{value:{form}}", locale.decimal_formats[None], grouped=grouped)


def shortest(value: float) -> str:
    """Write a number with no more digits than it takes.

    Examples
    --------
    >>> shortest(3.0), shortest(0.25)
    ('3', '0.25')
    """
    text = f"{value:g}"
    locale = current().locale
    if locale is None:
        return text
    return _written(text, locale.decimal_formats[None], grouped=False)


def percentage(share: float, decimals: int = 0) -> str:
    """Write a share (0–1) as a percentage.

    Examples
    --------
    >>> percentage(0.414), percentage(0.414, 1)
    ('41%', '41.4%')
    """
    locale = current().locale
    if locale is None:
        return f"{share:.{decimals}%}"
    hundredths = f"{share:.{decimals}%}".removesuffix("%")
    return _written(hundredths, locale.percent_formats[None], hundredths=True)


def separators() -> tuple[str, str]:
    """Return the decimal mark and the mark of thousands."""
    locale = current().locale
    if locale is None:
        return ".", ","
    symbols = locale.number_symbols["latn"]
    return symbols["decimal"], symbols["group"]


def _written(
    rounded: str, pattern: "NumberPattern", *, grouped: bool = True, hundredths: bool = False
) -> str:
    """Write a number that Python has rounded by a pattern of CLDR's."""
    if not any(letter.isdigit() for letter in rounded):
        return rounded
    decimals = len(rounded.partition(".")[2])
    value = Decimal(rounded).scaleb(-2) if hundredths else Decimal(rounded)
    exact = copy(pattern)
    exact.frac_prec = (decimals, decimals)
    return str(exact.apply(value, current().locale, group_separator=grouped))
