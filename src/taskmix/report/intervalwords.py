"""How intervals are written: in whole percents, in points, and whether they are sure."""

from typing import Any

import pandas as pd

from taskmix.language import tr
from taskmix.report.numberwords import amount


def span(low: float, high: float) -> str:
    """Write an interval of shares in whole percents.

    Examples
    --------
    >>> span(0.381, 0.442), span(0.412, 0.414), span(0.0, 0.03)
    ('38–44%', 'about 41%', '0–3%')
    """
    # Formatted, not rounded, as the share itself is: both must fall to the same side.
    first, last = (f"{end:.0%}".removesuffix("%") for end in (low, high))
    if first == last:
        return tr("about {first}%", first=first)
    return tr("{first}–{last}%", first=first, last=last)


def change_span(low: float, high: float) -> str:
    """Write an interval of a change in points.

    Examples
    --------
    >>> change_span(-0.102, -0.02), change_span(-0.05, 0.008), change_span(0.01, 0.034)
    ('2 to 10.2 down', '5 down to 0.8 up', '1 to 3.4 up')
    """
    # By the ends as they are: one that only rounds to 0 still tells on which side of it it lies.
    first, last = (amount(100 * end, decimals=1) for end in (low, high))
    if low >= 0:
        return tr("{first} to {last} up", first=first, last=last)
    if high <= 0:
        return tr("{last} to {first} down", last=last, first=first)
    return tr("{first} down to {last} up", first=first, last=last)


def is_sure(row: Any) -> bool:
    """Tell whether the interval of a change excludes "no change"."""
    return bool(row.change_low > 0 or row.change_high < 0)


def half_widths(now: pd.DataFrame) -> str:
    """Write the half-widths of a period's intervals in points.

    Examples
    --------
    >>> half_widths(pd.DataFrame({"low": [0.3, 0.1], "high": [0.38, 0.14]}))
    '±2 to ±4 points'
    """
    half = (100 * (now["high"] - now["low"]) / 2).dropna()
    if half.empty:
        return tr("unknown width")
    least, most = (amount(size, decimals=0) for size in (half.min(), half.max()))
    if least == most:
        return (
            tr("±{least} point", least=least)
            if least == "1"
            else tr("±{least} points", least=least)
        )
    return tr("±{least} to ±{most} points", least=least, most=most)
