"""The words of the index."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from taskmix.report.numberwords import counted, percent

#: What the index says of a record's facts, in this order.
_LABELLED = {
    "data_through": "Data through {}",
    "n_people": "{}",
    "table_version": "Table version {}",
}


def facts_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what is to be known of a page, from its record."""
    facts = ["Not complete"] if record.get("complete") is False else []
    if record.get("stale"):
        facts.append(f"Stale: {', '.join(str(group['name']) for group in record['stale'])}")
    facts += [
        text.format(_told(key, record[key]))
        for key, text in _LABELLED.items()
        if record.get(key) is not None
    ]
    if record.get("audited") is not None:
        facts.append("Audited" if record["audited"] else "Not audited")
    if record.get("made_at"):
        facts.append(f"Made {moment(record['made_at'])}")
    return tuple(facts)


def failed_words(failed_at: str, *, made_at: str) -> str:
    """Say that the last run failed, when, and what is shown instead.

    Examples
    --------
    >>> failed_words("2026-10-03 04:10", made_at="2026-10-02 04:10")
    'The last run failed (2026-10-03 04:10). The page is the one made 2026-10-02 04:10.'
    >>> failed_words("", made_at="")
    'The last run failed. There is no page yet.'
    """
    at = f" ({failed_at})" if failed_at else ""
    left = f"The page is the one made {made_at}." if made_at else "There is no page yet."
    return f"The last run failed{at}. {left}"


def unreadable_words(error: str) -> str:
    """Say that a record could not be read."""
    return f"This record could not be read ({error})."


def trend_words(trend: Sequence[tuple[str, float | None]], *, by_sorter: bool) -> str:
    """Say what a sparkline of execution's share shows, for who does not see it.

    Parameters
    ----------
    trend : sequence of (str, float or None)
        Periods, oldest first, and their shares (0–1); None is not shown, two at least are.
    by_sorter : bool
        True where audits do not correct all of them: the newest may then differ from the
        period's own share.

    Examples
    --------
    >>> trend_words([("2026-Q1", 0.48), ("2026-Q2", None), ("2026-Q3", 0.41)], by_sorter=False)
    'from 48% in 2026-Q1 to 41% in 2026-Q3; 1 of 3 periods is not shown'
    >>> trend_words([("2026-Q2", 0.48), ("2026-Q3", 0.41)], by_sorter=True)
    'by the sorter alone from 48% in 2026-Q2 to 41% in 2026-Q3'
    """
    known = [(period, share) for period, share in trend if share is not None]
    (first, before), (last, now) = known[0], known[-1]
    by = "by the sorter alone " if by_sorter else ""
    said = f"{by}from {percent(before)} in {first} to {percent(now)} in {last}"
    gaps = len(trend) - len(known)
    if not gaps:
        return said
    return f"{said}; {gaps} of {len(trend)} periods {'is' if gaps == 1 else 'are'} not shown"


def counted_words(reports: int, *, failed: int, stale: int) -> list[tuple[str, str]]:
    """Say how many reports there are, and how many need a look, each with its state.

    Examples
    --------
    >>> counted_words(3, failed=1, stale=0)
    [('3 reports', 'ok'), ('1 report failed in its last run', 'red')]
    """
    items = [(_reports(reports), "ok")]
    if failed:
        their = "its" if failed == 1 else "their"
        items.append((f"{_reports(failed)} failed in {their} last run", "red"))
    if stale:
        items.append((f"{_reports(stale)} with stale data", "amber"))
    return items


def period_words(reports: int, *, failed: int, stale: int) -> str:
    """Say in a folded period's line how many reports it holds.

    Examples
    --------
    >>> period_words(41, failed=2, stale=1)
    '41 reports, 2 failed, 1 stale'
    """
    marks = [f"{failed} failed" if failed else "", f"{stale} stale" if stale else ""]
    return ", ".join([_reports(reports), *filter(None, marks)])


def moment(value: str | datetime) -> str:
    """Write a moment to the minute.

    Examples
    --------
    >>> moment("2026-10-02T04:10:33+02:00")
    '2026-10-02 04:10+02:00'
    """
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z").strip()
    return re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", r"\1 \2", value)


def _told(key: str, value: Any) -> str:
    # A record is a file that anybody may have changed: what is no number is told as it is.
    if key == "n_people":
        return counted(value, "person", "people") if isinstance(value, int) else f"{value} people"
    return str(value)


def _reports(number: int) -> str:
    return counted(number, "report", "reports")
