"""The site around the reports: a folder for each team, and the index page."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from taskmix.language import tr
from taskmix.report.assets import script_hash, write_atomically
from taskmix.report.site.arranging import SitePeriod, arranged, leading_page
from taskmix.report.site.folders import ORGANISATION_FOLDER, team_folder
from taskmix.report.site.records import SitePage, read_pages
from taskmix.report.site.words import counted_words, moment
from taskmix.report.templating import render, resource, stylesheet
from taskmix.report.text import clean

__all__ = ["ORGANISATION_FOLDER", "team_folder", "write_site_index"]


def write_site_index(
    reports_dir: str | Path,
    *,
    organisation: str,
    made_at: str | datetime,
    time_zone: str = "",
) -> Path:
    """Write ``index.html`` over all published reports, in one step.

    The organisation's newest headline leads. A report is listed once, with its pages; newest
    period first, the organisation before its teams. All links are relative. Without scripts
    the whole list is there; with them older periods are folded and a box filters the list.

    Parameters
    ----------
    reports_dir : path
        The folder whose ``<period>/<group>/*.json`` records are listed. A record is of one page
        and holds ``notebook``, ``period``, ``team`` (None for the organisation), ``html`` (a
        path relative to ``reports_dir``; None where there is no page), ``headline``,
        ``made_at``, ``data_through``, ``table_version``, ``n_people``, ``audited``,
        ``complete``, ``stale``, what `taskmix.report.mixfigures.execution_over_time` returns,
        ``status`` ("ok" or "failed") and, after a failed run, ``failed_at``. One that cannot be
        read is listed as such; one that says it is not ``publishable`` is not listed.
    organisation : str
        The organisation's name.
    made_at : str or datetime
        When the index was made.
    time_zone : str
        The zone of all times on it, where it is known.

    Returns
    -------
    Path
        The index.
    """
    root = Path(reports_dir)
    periods = arranged(read_pages(root))
    script = resource("index.js").strip() if periods else ""
    # One text for the policy's hash and the page: a blank more would break the hash.
    style = f"{stylesheet()}\n{resource('index.css')}"
    page = render(
        "index.html.j2",
        organisation=clean(organisation),
        made_at=moment(made_at),
        time_zone=time_zone,
        lead=leading_page(periods),
        freshness=_freshness(periods),
        troubled=any(r.failed or r.stale for period in periods for r in period.reports),
        n_reports=sum(len(period.reports) for period in periods),
        periods=periods,
        command=Markup("<code>taskmix report</code>"),
        own_style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
    )
    index = root / "index.html"
    write_atomically(index, page.encode("utf-8"))
    return index


def _freshness(periods: Sequence[SitePeriod]) -> list[tuple[str, str]]:
    """Say how fresh the site is, and whether a report needs a look, each with its state."""
    lead = leading_page(periods)
    reports = [report for period in periods for report in period.reports]
    if not reports:
        return []
    items = [] if lead is None else _facts_of_lead(lead)
    failed, stale = (sum(1 for r in reports if r.failed), sum(1 for r in reports if r.stale))
    return items + counted_words(len(reports), failed=failed, stale=stale)


def _facts_of_lead(lead: SitePage) -> list[tuple[str, str]]:
    items = []
    if lead.data_through:
        items.append((tr("Data through {day}", day=moment(lead.data_through)), "ok"))
    if lead.stale:
        items.append((tr("Some data of this period are missing"), "red"))
    if not lead.complete:
        items.append((tr("The period is not complete"), "amber"))
    return items


def _policy(style: str, script: str) -> str:
    scripts = script_hash(script.encode()) if script else "'none'"
    return (
        f"default-src 'none'; img-src data:; style-src {script_hash(style.encode())}; "
        f"script-src {scripts}; base-uri 'none'; form-action 'none'"
    )
