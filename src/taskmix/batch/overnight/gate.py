"""Refuse a period whose logs are not in yet, and say whose are missing."""

from taskmix.errors import ReportError
from taskmix.measures import Scope, arrived, part_arrived
from taskmix.report.numberwords import percent
from taskmix.store import Log

_NAMED_AT_MOST = 12


class IncompleteError(ReportError):
    """A period's logs are not in yet, so that nothing is made of it."""


def require_complete(log: Log, scope: Scope, *, least: float) -> None:
    """Raise `IncompleteError` unless enough of a period's working days are in.

    Parameters
    ----------
    least : float
        The part (0–1) of all people's working days in the period that the log has to hold.
    """
    table = arrived(log.tasks, scope=scope)
    part = part_arrived(table)
    if part >= least:
        return
    missing = table[table["part"] < least]
    named = [
        f"{row.team} ({percent(row.part)}, missing since {row.missing_since:%Y-%m-%d})"
        for row in missing.head(_NAMED_AT_MOST).itertuples(index=False)
    ]
    more = len(missing) - len(named)
    raise IncompleteError(
        f"{scope.period}: the logs hold {percent(part)} of people's working days, and "
        f"--require-complete asks for {percent(least)}; not all is in from {', '.join(named)}"
        + (f" and {more} more teams" if more else "")
        + ". Nothing was made or published"
    )
