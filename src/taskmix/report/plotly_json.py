"""Plotly's JSON made small, safe and plain enough to stand in a page."""

import base64
import json
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from taskmix.report.text import clean

#: The smallest text on a page, in CSS pixels.
SMALLEST_TEXT = 12

_DIGITS = 6
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?")
_EMPTY_FRACTION = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)\.0+")
_ANCHOR = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)


def plain(value: Any) -> Any:
    """Return a figure's JSON with plain lists, short numbers and dates, and harmless text.

    Plotly's binary arrays are decoded; floats keep six significant digits, though never fewer
    than their integer part; NaN and infinities become None; midnight is left off dates; text
    loses control characters and links, and no font is smaller than can be read.

    Examples
    --------
    >>> plain({"x": ["2026-01-05T00:00:00.000000"], "y": [0.12345678, float("nan")]})
    {'x': ['2026-01-05'], 'y': [0.123457, None]}
    >>> plain({"dtype": "i1", "bdata": "AQID"})
    [1, 2, 3]
    """
    if isinstance(value, Mapping):
        if "bdata" in value and "dtype" in value:
            return [plain(item) for item in _decoded(value)]
        return {str(key): _member(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _short(value)
    return _text(str(value))


def _member(key: str, value: Any) -> Any:
    item = plain(value)
    if key.endswith("font") and isinstance(item, dict):
        size = item.get("size")
        if isinstance(size, int | float):
            item["size"] = max(size, SMALLEST_TEXT)
        elif isinstance(size, list):
            item["size"] = [max(s or SMALLEST_TEXT, SMALLEST_TEXT) for s in size]
    return item


def _decoded(array: Mapping[str, Any]) -> list[Any]:
    numbers = np.frombuffer(base64.b64decode(array["bdata"]), dtype=np.dtype(str(array["dtype"])))
    if "shape" in array:
        shape = [int(n) for n in str(array["shape"]).split(",")]
        numbers = numbers.reshape(shape)
    return numbers.tolist()


def _short(value: float) -> float | None:
    if isinstance(value, int):
        return value
    if not math.isfinite(value):
        return None
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    places = _DIGITS - 1 - math.floor(math.log10(abs(value)))
    return round(value, max(0, places))


def _text(value: str) -> str:
    if match := _MIDNIGHT.fullmatch(value):
        return match[1]
    value = _EMPTY_FRACTION.sub(r"\1", value)
    # Plotly draws <a> in labels as a live link; a team's name must not lead anywhere.
    return _ANCHOR.sub("", clean(value))


def inline_json(value: Any) -> Markup:
    r"""Return JSON that can stand inside a ``<script>`` element.

    Examples
    --------
    >>> inline_json({"a": "</script><!--"})
    Markup('{"a":"\\u003c/script>\\u003c!--"}')
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
