"""Which earlier period a report's own is set against."""

from collections.abc import Iterable

from taskmix.errors import PeriodError
from taskmix.measures.scope import Scope
from taskmix.periods import PANDAS_FREQUENCY, format_period, parse_period

#: A year in periods: hours and absences have seasons, which a year before had too.
_YEAR = {"month": 12, "quarter": 4, "year": 1}


def choose_baseline(scope: Scope, shown: Iterable[str], *, wanted: str = "") -> str:
    """Choose the period that a change is told against.

    Parameters
    ----------
    scope : Scope
    shown : iterable of str
        The periods that the page may show.
    wanted : str
        A period before the scope's own and as long; empty: the same time of the year before, or
        where that is not shown the oldest period that is.

    Returns
    -------
    str
        The scope's period before (`Scope.before`) where nothing earlier is shown: what it is set
        against then has no data, and says so.

    Raises
    ------
    PeriodError
        If the wanted period cannot be understood, is no earlier one, is of another length, or
        holds nothing that may be shown.

    Examples
    --------
    >>> scope = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2025-Q2", "2026-Q2", "2026-Q3"))
    >>> choose_baseline(scope, scope.history), choose_baseline(scope, scope.history[1:])
    ('2025-Q2', '2026-Q2')
    """
    own = parse_period(scope.period)
    earlier = sorted({name for name in shown if parse_period(name) < own})
    if not wanted.strip():
        year_before = format_period(own - _YEAR[scope.frequency])
        if year_before in earlier:
            return year_before
        return earlier[0] if earlier else scope.before
    asked = parse_period(wanted)
    if asked.freqstr != own.freqstr:
        raise PeriodError(
            f"baseline {wanted.strip()!r} is not as long as {scope.period}; name a "
            f"{scope.frequency}, or leave it empty"
        )
    name = format_period(asked.asfreq(PANDAS_FREQUENCY[scope.frequency]))
    if name not in earlier:
        known = f"it can be {', '.join(earlier)}" if earlier else "there is none"
        raise PeriodError(
            f"baseline {name} is no period before {scope.period} that this page shows; {known}. "
            "n_history says how many it looks back"
        )
    return name
