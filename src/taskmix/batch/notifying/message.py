"""What a message says of a batch: counts, a published headline, names of reports, a link.

Nothing else: an error's text may quote titles and names, so a message never holds one.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from taskmix.batch.summary import BatchSummary, ReportOutcome
from taskmix.report.text import clean
from taskmix.settings import Settings

#: So many failed reports are named to be read; the fields of the webhook name all.
_NAMED = 20
_LONGEST = 120


def subject(settings: Settings, summary: BatchSummary) -> str:
    """Say in one line whose batch it was and how it ended."""
    return f"{_one_line(settings.workspace.name)}, {summary.period}: {_outcome(summary)}"


def text(settings: Settings, summary: BatchSummary) -> str:
    """Write the message as lines of plain text."""
    link = [settings.notify.site_url] if settings.notify.site_url else []
    return "\n".join([*_lines(settings, summary), *link]) + "\n"


def payload(settings: Settings, summary: BatchSummary) -> dict[str, Any]:
    """Return what is posted: ``text``, as chat services show it, and the same as fields.

    Chat services take ``<``, ``&`` and ``@`` in a text for links and calls to everybody.
    """
    shown = [line.replace("@", "@\u200b") for line in _lines(settings, summary)]
    # Last, for itself: a link with something in it is another link.
    shown += [settings.notify.site_url] if settings.notify.site_url else []
    return {
        "text": escape("\n".join(shown), quote=False),
        "organisation": _one_line(settings.workspace.name),
        "period": summary.period,
        "headline": summary.headline and _one_line(summary.headline, longest=400),
        "planned": summary.planned,
        "skipped": summary.skipped,
        "succeeded": summary.succeeded,
        "failed": summary.failed,
        "seconds": round(summary.seconds),
        "failed_reports": [
            {"notebook": r.notebook, "team": r.team and _one_line(r.team), "period": r.period}
            for r in summary.with_status("failed")
        ],
        "url": settings.notify.site_url,
    }


def _lines(settings: Settings, summary: BatchSummary) -> Iterator[str]:
    yield subject(settings, summary)
    if summary.headline:
        yield _one_line(summary.headline, longest=400)
    yield (
        f"{summary.planned} planned, {summary.skipped} up to date, {summary.succeeded} made, "
        f"{summary.failed} failed"
    )
    failed = summary.with_status("failed")
    if failed:
        yield "Failed; the page from before stays, where there is one:"
        yield from (f"- {_named(report)}" for report in failed[:_NAMED])
        if len(failed) > _NAMED:
            yield f"- and {len(failed) - _NAMED} more"


def _outcome(summary: BatchSummary) -> str:
    if summary.failed:
        return f"{summary.failed} of {summary.planned} reports failed"
    return f"{summary.planned} reports are there"


def _named(report: ReportOutcome) -> str:
    whose = "all teams" if report.team is None else _one_line(report.team)
    return f"{report.notebook}, {whose}, {report.period}"


def _one_line(name: str, *, longest: int = _LONGEST) -> str:
    line = " ".join(clean(name).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
