"""The words of the index."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from taskmix.language import dates, number, tr, trn
from taskmix.report.numberwords import counted, percent


def facts_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what is to be known of a page, from its record."""
    facts = [tr("Not complete")] if record.get("complete") is False else []
    if record.get("stale"):
        names = ", ".join(str(group["name"]) for group in record["stale"])
        facts.append(stale_words(names))
    if record.get("data_through") is not None:
        facts.append(tr("Data through {day}", day=dates.moment(str(record["data_through"]))))
    if record.get("n_people") is not None:
        facts.append(_people(record["n_people"]))
    if record.get("table_version") is not None:
        facts.append(tr("Table version {version}", version=str(record["table_version"])))
    if record.get("audited") is not None:
        facts.append(tr("Audited") if record["audited"] else tr("Not audited"))
    if record.get("made_at"):
        facts.append(tr("Made {moment}", moment=moment(record["made_at"])))
    return tuple(facts)


def stale_words(names: str) -> str:
    """Say which sources and teams are stale."""
    return tr("Stale: {names}", names=names)


def failed_words(failed_at: str, *, made_at: str) -> str:
    """Say that the last run failed, when, and what is shown instead.

    Examples
    --------
    >>> failed_words("2026-10-03 04:10", made_at="2026-10-02 04:10")
    'The last run failed (2026-10-03 04:10). The page is the one made 2026-10-02 04:10.'
    >>> failed_words("", made_at="")
    'The last run failed. There is no page yet.'
    """
    failed = tr("The last run failed.")
    if failed_at:
        failed = tr("The last run failed ({moment}).", moment=failed_at)
    left = tr("There is no page yet.")
    if made_at:
        left = tr("The page is the one made {moment}.", moment=made_at)
    return f"{failed} {left}"


def unreadable_words(error: str) -> str:
    """Say that a record could not be read."""
    return tr("This record could not be read ({error}).", error=error)


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
    values = {"before": percent(before), "first": first, "now": percent(now), "last": last}
    said = tr("from {before} in {first} to {now} in {last}", **values)
    if by_sorter:
        said = tr("by the sorter alone from {before} in {first} to {now} in {last}", **values)
    gaps = len(trend) - len(known)
    if not gaps:
        return said
    return f"{said}; " + trn(
        "{n} of {all} periods is not shown", "{n} of {all} periods are not shown", gaps,
        all=number(len(trend)),
    )  # fmt: skip


def counted_words(reports: int, *, failed: int, stale: int) -> list[tuple[str, str]]:
    """Say how many reports there are, and how many need a look, each with its state.

    Examples
    --------
    >>> counted_words(3, failed=1, stale=0)
    [('3 reports', 'ok'), ('1 report failed in its last run', 'red')]
    """
    items = [(_reports(reports), "ok")]
    if failed:
        said = trn(
            "{n} report failed in its last run", "{n} reports failed in their last run", failed
        )
        items.append((said, "red"))
    if stale:
        items.append(
            (trn("{n} report with stale data", "{n} reports with stale data", stale), "amber")
        )
    return items


def period_words(reports: int, *, failed: int, stale: int) -> str:
    """Say in a folded period's line how many reports it holds.

    Examples
    --------
    >>> period_words(41, failed=2, stale=1)
    '41 reports, 2 failed, 1 stale'
    """
    marks = [
        tr("{failed} failed", failed=number(failed)) if failed else "",
        tr("{stale} stale", stale=number(stale)) if stale else "",
    ]
    return ", ".join([_reports(reports), *filter(None, marks)])


def moment(value: str | datetime) -> str:
    """Write a moment to the minute.

    Examples
    --------
    >>> moment("2026-10-02T04:10:33+02:00")
    '2026-10-02 04:10+02:00'
    """
    if isinstance(value, datetime):
        return dates.moment(value.strftime("%Y-%m-%d %H:%M %Z").strip())
    return dates.moment(
        re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", r"\1 \2", value)
    )


def _people(value: Any) -> str:
    # A record is a file that anybody may have changed: what is no number is told as it is.
    if isinstance(value, int):
        return counted(value, "person", "people")
    return tr("{value} people", value=value)


def _reports(number: int) -> str:
    return counted(number, "report", "reports")
