"""Which date format a column is written in: told by all of its cells, or left undecided."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from taskmix.ingest.tables.values import read_times

#: How a date can be written; each shape with the formats it may mean. {0} is the separator found.
_DATES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(shape, re.ASCII), formats)
    for shape, formats in (
        (r"\d{4}([-/.])\d{1,2}\1\d{1,2}", ("%Y{0}%m{0}%d",)),
        (r"(?:19|20)\d{6}", ("%Y%m%d",)),
        (r"\d{1,2}(\. ?|[-/ ])\d{1,2}\1\d{4}", ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y")),
        (r"\d{1,2}(\. ?|/)\d{1,2}\1\d{2}", ("%d{0}%m{0}%y", "%m{0}%d{0}%y")),
        (r"\d{1,2}(-)\d{1,2}\1\d{2}", ("%d{0}%m{0}%y", "%m{0}%d{0}%y", "%y{0}%m{0}%d")),
        (r"\d{1,2}(\. |[-/ .])[A-Za-z]{3,9}([-/ .]|, )\d{4}", ("%d{0}%b{1}%Y", "%d{0}%B{1}%Y")),
        (r"\d{1,2}(\. |[-/ .])[A-Za-z]{3,9}([-/ .]|, )\d{2}", ("%d{0}%b{1}%y", "%d{0}%B{1}%y")),
        (r"[A-Za-z]{3,9}([- ])\d{1,2}(,? |-)\d{4}", ("%b{0}%d{1}%Y", "%B{0}%d{1}%Y")),
    )
)
_CLOCKED = re.compile(
    r"(?P<date>.+?)(?P<sep>T|, | at | - | +)(?P<hour>\d{1,2})(?P<colon>:?)\d{2}"
    r"(?P<second>(?P=colon)\d{2}(?P<part>\.\d{1,9})?)?(?P<half> ?[AaPp][Mm])?"
    r"(?P<zone> ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?",
    re.ASCII,
)
_WEEKDAY = re.compile(r"(?P<day>[A-Za-z]{3,9})(?P<mark>,? )(?=.*\d.*\d)", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: A format must read so many of the cells: a log may hold a few dates that are no dates.
_MOST = 0.8
_MANY = 0.3
_MIXED = "no one format reads all of its cells"
_LOOKED_AT = 40
_LONGEST = 60
#: One reading outweighs another if it alone reads so many times the cells the other alone does.
_OUTWEIGHS = 20


@dataclass(frozen=True)
class DateForm:
    """How the dates of a column are written.

    Attributes
    ----------
    formats : tuple of str
        ``iso`` or strptime formats; several where the cells do not tell which it is.
    n_unread : int
        Distinct cells that the (first) format does not read.
    example : str
        A cell that tells the most: its day is beyond 12 if there is such a one.
    is_instant : bool
        Whether there is a time of day.
    why : str
        What was decided by, in words.
    """

    formats: tuple[str, ...]
    n_unread: int
    example: str
    is_instant: bool
    why: str = ""

    @property
    def is_decided(self) -> bool:
        """Tell whether only one format fits."""
        return len(self.formats) == 1

    @property
    def in_utc(self) -> bool:
        """Tell whether the times say that they are UTC in letters no format reads."""
        return all(form.endswith((" UTC", " GMT")) for form in self.formats)


def formats_of(cell: str) -> list[str]:
    """List the formats that one cell may be written in.

    Examples
    --------
    >>> formats_of("02-Nov-04"), formats_of("16.3.2011 3:03")
    (['%d-%b-%y', '%d-%B-%y'], ['%d.%m.%Y %H:%M', '%m.%d.%Y %H:%M'])
    """
    if len(cell) > _LONGEST:
        return []
    clocked = _CLOCKED.fullmatch(cell)
    if clocked and not clocked["colon"] and not (clocked["sep"] == "T" and clocked["hour"][1:]):
        clocked = None  # the year of "1. 3. 2026" is no clock
    day, tail = (clocked["date"], _clock_format(clocked)) if clocked else (cell, "")
    head = ""
    weekday = _WEEKDAY.match(day)
    if weekday and any(weekday["day"].casefold() in {n, n[:3]} for n in _WEEKDAYS):
        head = ("%a" if len(weekday["day"]) == 3 else "%A") + weekday["mark"]
        day = day[weekday.end() :]
    for shape, formats in _DATES:
        found = shape.fullmatch(day)
        if found:
            return [head + form.format(*found.groups()) + tail for form in formats]
    return []


def _clock_format(found: re.Match[str]) -> str:
    half = found["half"] or ""
    zone = found["zone"] or ""
    mark = zone if zone.strip() in {"UTC", "GMT"} else (" %z" if zone[:1] == " " else "%z")
    return (
        found["sep"] + ("%I" if half else "%H") + found["colon"] + "%M"
        + (found["colon"] + "%S" if found["second"] else "") + (".%f" if found["part"] else "")
        + (half[:-2] + "%p" if half else "") + (mark if zone else "")
    )  # fmt: skip


def date_form(cells: pd.Series) -> DateForm | None:
    """Tell the format of a column's cells; None if they are no dates.

    Every cell is tried in every format that fits the first ones. Day-first and month-first
    stay both where no cell tells them apart.

    Examples
    --------
    >>> date_form(pd.Series(["02/03/2026", "13/03/2026"])).formats
    ('%d/%m/%Y',)
    >>> date_form(pd.Series(["02/03/2026", "12/03/2026"])).formats
    ('%d/%m/%Y', '%m/%d/%Y')
    """
    counts = cells.value_counts(sort=False)
    weights = counts.to_numpy() / max(1, len(cells))
    cells = pd.Series(counts.index, dtype="str")
    spread = cells.iloc[:: max(1, len(cells) // _LOOKED_AT)].head(2 * _LOOKED_AT)
    listed = [formats_of(cell) for cell in spread]
    # Checked before anything is parsed, or every column of titles would be.
    if not listed or sum(map(bool, listed)) < len(listed) * 0.8:
        return None
    candidates = list(dict.fromkeys(form for forms in listed for form in forms))
    read = {form: _reads(cells, form) for form in ("iso", *candidates)}
    enough = {form: fits for form, fits in read.items() if (fits * weights).sum() >= _MOST}
    if "iso" in enough:
        return _form(cells, ("iso",), enough["iso"])
    # %b and %B, %a and %A mean the same day: the one that reads more stands for both.
    by_meaning = sorted(enough, key=lambda form: (_meaning(form), -int(enough[form].sum())))
    best = [next(iter(same)) for _, same in groupby(by_meaning, key=_meaning)]
    best.sort(key=candidates.index)
    best = [form for form in best if not form.startswith("%y") or _is_past(cells, form)]
    if not best:
        mixed = tuple(form for form in candidates if (read[form] * weights).sum() >= _MANY)
        if not mixed or (pd.DataFrame(read).any(axis=1) * weights).sum() < _MOST:
            return None
        form = _form(cells, mixed, read[mixed[0]])
        return replace(form, why=_MIXED)
    kept = [
        form for form in best if not any(_outweighs(enough[o], enough[form]) for o in best)
    ]  # fmt: skip
    form = _form(cells, tuple(kept), enough[kept[0]])
    if len(kept) > 1 and not all(enough[each].all() for each in kept):
        return replace(form, why=_MIXED)
    others = [o for o in candidates if _meaning(o) != _meaning(kept[0]) and o[:2] != "%y"]
    if len(kept) == 1 and others:
        told = cells[enough[kept[0]] & ~read[others[0]]]
        form = replace(form, example=told.iloc[0], why=f"{told.iloc[0]!r} can be nothing else")
    return form


def settled_by(open_form: DateForm, other: DateForm) -> str | None:
    """Return the format of an undecided column that agrees with a decided one of its shape."""
    if not other.is_decided or open_form.is_decided:
        return None
    same = [f for f in open_form.formats if _date_part(f) == _date_part(other.formats[0])]
    return same[0] if len(same) == 1 else None


def _form(cells: pd.Series, formats: tuple[str, ...], fits: pd.Series) -> DateForm:
    form = formats[0]
    example = str(cells[fits].iloc[0])
    if form == "iso":
        clocked = cells[fits].str.len() > len("2026-01-01")
        return DateForm(formats, int((~fits).sum()), example, bool(clocked.mean() >= 0.5))
    return DateForm(formats, int((~fits).sum()), example, "%H" in form or "%I" in form)


def _reads(cells: pd.Series, form: str) -> pd.Series:
    return ~read_times(cells, date_format=form, time_zone="UTC").unreadable


def _is_past(cells: pd.Series, form: str) -> bool:
    """Tell whether no date lies beyond the next year: nobody logs work done then."""
    days = read_times(cells, date_format=form, time_zone="UTC").day
    return bool(days.max() < pd.Timestamp(dt.datetime.now(tz=dt.UTC).year + 2, 1, 1))


def _outweighs(one: pd.Series, other: pd.Series) -> bool:
    one_alone, other_alone = int((one & ~other).sum()), int((other & ~one).sum())
    return one_alone > _OUTWEIGHS * other_alone


def _meaning(form: str) -> str:
    return form.replace("%B", "%b").replace("%A", "%a")


def _date_part(form: str) -> str:
    return re.split(r"(?:T|,? at | - |,? )%[HI]", form)[0]
