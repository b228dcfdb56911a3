"""How intervals are written: in whole percents, in points, and whether they are sure."""

from collections.abc import Sequence
from typing import Any

import pandas as pd


def span(low: float, high: float) -> str:
    """Write an interval of shares in whole percents.

    Examples
    --------
    >>> span(0.381, 0.442), span(0.412, 0.414), span(0.0, 0.03)
    ('38–44%', 'about 41%', '0–3%')
    """
    first, last = round(100 * low), round(100 * high)
    return f"about {first}%" if first == last else f"{first}–{last}%"


def change_span(low: float, high: float) -> str:
    """Write an interval of a change in points.

    Examples
    --------
    >>> change_span(-0.102, -0.02), change_span(-0.05, 0.008), change_span(0.01, 0.034)
    ('2 to 10.2 down', '5 down to 0.8 up', '1 to 3.4 up')
    """
    first, last = round(100 * low, 1), round(100 * high, 1)
    if first >= 0:
        return f"{abs(first):g} to {last:g} up"
    if last <= 0:
        return f"{abs(last):g} to {abs(first):g} down"
    return f"{abs(first):g} down to {last:g} up"


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
        return "unknown width"
    least, most = f"{half.min():.0f}", f"{half.max():.0f}"
    return f"±{least} points" if least == most else f"±{least} to ±{most} points"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
