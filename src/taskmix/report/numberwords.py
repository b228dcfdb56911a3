"""How numbers are written in sentences, so that what is said of them can be read off them."""

import pandas as pd

from taskmix.language import number as written
from taskmix.language import percentage, tr, trn

#: A headline has room for so many words.
HEADLINE_WORDS = 20
#: So many decimals tell two numbers apart at most; what is closer is the same to a reader.
_MOST_DECIMALS = 4


def percent(share: float) -> str:
    """Write a share as a whole percentage, or that there is none.

    Examples
    --------
    >>> percent(0.414), percent(0.004), percent(float("nan"))
    ('41%', 'under 1%', 'no data')
    """
    if pd.isna(share):
        return tr("no data")
    if 0 < share < 0.005:
        return tr("under 1%")
    if 0.995 <= share < 1:
        return tr("over 99%")
    return percentage(share)


def percents_apart(*shares: float) -> list[str]:
    """Write shares of which a sentence says that they differ, with the decimals that this takes.

    Examples
    --------
    >>> percents_apart(0.48, 0.41), percents_apart(0.412, 0.408)
    (['48%', '41%'], ['41.2%', '40.8%'])
    """
    for decimals in range(_MOST_DECIMALS + 1):
        said = [percentage(share, decimals) if decimals else percent(share) for share in shares]
        if len(set(said)) == len(set(shares)):
            break
    return said


def amount(size: float, *, decimals: int) -> str:
    """Write a size, with more decimals where it would read as nothing and is not.

    Examples
    --------
    >>> amount(6.12, decimals=1), amount(3.0, decimals=1), amount(0.04, decimals=1)
    ('6.1', '3', '0.04')
    """
    size = abs(size)
    if size and round(size, decimals) == 0:
        return _plain(float(f"{size:.1g}"))
    return _plain(round(size, decimals))


def fixed(number: float, *, decimals: int = 1) -> str:
    """Write a number with its sign; of what rounds to nothing neither sign nor nothing is written.

    Examples
    --------
    >>> fixed(-1.24), fixed(2.0), fixed(-0.04), fixed(0.0)
    ('−1.2', '2.0', '−0.04', '0.0')
    """
    sign = "−" if number < 0 else ""
    if number and round(number, decimals) == 0:
        return f"{sign}{amount(number, decimals=decimals)}"
    return f"{sign}{written(abs(number), decimals, grouped=False)}"


def counted(number: float, one: str, many: str) -> str:
    """Write a whole number with its noun.

    Examples
    --------
    >>> counted(1, "person", "people"), counted(1240, "person", "people")
    ('1 person', '1,240 people')
    """
    return f"{written(round(number))} {trn(one, many, number)}"


def in_points(size: str) -> str:
    """Add the unit to a written size.

    Examples
    --------
    >>> in_points("1"), in_points("0.5")
    ('1 point', '0.5 points')
    """
    return tr("{size} point", size=size) if size == "1" else tr("{size} points", size=size)


def that_fits(*variants: str) -> str:
    """Return the first variant of a headline that has room, or else the last.

    Examples
    --------
    >>> that_fits("so " * 20 + "long", "short")
    'short'
    """
    return next((v for v in variants if len(v.split()) <= HEADLINE_WORDS), variants[-1])


def _plain(number: float) -> str:
    # Not :g, which writes a small number as 4e-05.
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return written(number, len(text.partition(".")[2]), grouped=False)
