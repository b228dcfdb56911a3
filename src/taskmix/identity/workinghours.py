"""The working hours that a line of the roster declares: from when to when, on which weekdays."""

import re

from taskmix.errors import RosterError

#: Weekdays as the roster writes them, in the order of their numbers; Monday is 0.
WEEKDAYS: tuple[str, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_MIDNIGHT = "24:00"
_NUMBERS = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}


def parse_working_hours(
    starts: str, ends: str, days: str, *, where: str
) -> tuple[int | None, int | None, tuple[int, ...] | None]:
    """Read a roster line's ``day_starts``, ``day_ends`` and ``work_days``.

    Returns
    -------
    starts, ends : int or None
        Minutes after midnight. `ends` before `starts` is a shift over midnight.
    days : tuple of int or None
        Monday is 0; Monday to Friday where the line gives times and no days, None where it gives
        no times.

    Raises
    ------
    RosterError
        Naming the line, the column and what was found.

    Examples
    --------
    >>> parse_working_hours("9:00", "17:30", "Mon-Thu", where="people.csv: line 2")
    (540, 1050, (0, 1, 2, 3))
    """
    if not (starts or ends or days):
        return None, None, None
    if not (starts and ends):
        raise RosterError(
            f"{where}: day_starts is {starts!r}, day_ends is {ends!r} and work_days is {days!r}; "
            "give both times, or none of the three"
        )
    first, last = _minutes(starts, "day_starts", where), _minutes(ends, "day_ends", where)
    if first == last:
        raise RosterError(f"{where}: day_starts and day_ends are both {starts!r}; a day has hours")
    return first, last, _weekdays(days, where) if days else _MONDAY_TO_FRIDAY


def _minutes(text: str, column: str, where: str) -> int:
    if text == _MIDNIGHT:
        return 24 * 60
    match = _TIME.fullmatch(text)
    if match is None:
        raise RosterError(f"{where}: {column} is {text!r}; write a time such as 09:00")
    return int(match[1]) * 60 + int(match[2])


def _weekdays(text: str, where: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[,; ]+", text.strip()):
        ends = [_NUMBERS.get(name.strip().casefold()) for name in part.split("-")]
        if len(ends) > 2 or None in ends:
            raise RosterError(
                f"{where}: work_days is {text!r}; write days such as Mon-Fri or Mon, Wed, Thu"
            )
        first, last = int(ends[0] or 0), int(ends[-1] or 0)
        # Sun-Thu goes over the end of the week.
        found |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return tuple(sorted(found))
