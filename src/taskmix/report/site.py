"""The site around the reports: a folder for each team, and the index page."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from taskmix.report.assets import write_atomically
from taskmix.report.templating import render
from taskmix.report.text import clean, readable_name, slug

ORGANISATION_FOLDER = "organisation"

_LOSSLESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PERIOD = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|H([12])|W(\d\d)|(\d\d)))?\b")


def team_folder(team: str | None) -> str:
    """Return the folder that a team's reports lie in, safe as a path and its own alone.

    Parameters
    ----------
    team : str or None
        The team's name as people write it; None for the whole organisation.

    Returns
    -------
    str
        ASCII letters, digits, hyphens and at most one underscore, under 60 characters. Where
        the name could not be kept as it is, a hash of it tells apart what would look alike.

    Examples
    --------
    >>> team_folder(None), team_folder("support")
    ('organisation', 'team-support')
    >>> team_folder("../../etc")
    'team-etc_74ccf3c5'
    """
    if team is None:
        return ORGANISATION_FOLDER
    name = slug(team)
    if name == team and _LOSSLESS.fullmatch(team):
        return f"team-{name}"
    # The underscore cannot occur in a name that was kept, so neither can look like the other.
    digest = hashlib.sha256(team.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"team-{name or 'unnamed'}_{digest}"


@dataclass(frozen=True)
class _Page:
    period: str
    group: str
    is_team: bool
    notebook: str
    url: str = ""
    notebook_url: str = ""
    headline: str = ""
    facts: tuple[str, ...] = ()
    fault: str = ""

    @property
    def name(self) -> str:
        return readable_name(self.notebook) or self.notebook


@dataclass(frozen=True)
class _Report:
    """A group's pages of one period, and the facts that hold for all of them."""

    group: str
    pages: Sequence[_Page]
    facts: Sequence[str]


def write_site_index(
    reports_dir: str | Path, *, organisation: str, made_at: str | datetime
) -> Path:
    """Write ``index.html`` over all published reports, in one step.

    A report is listed once, with its pages. Newest period first, the organisation before its
    teams; no script, only relative links.

    Parameters
    ----------
    reports_dir : path
        The folder whose ``<period>/<group>/*.json`` records are listed. A record is of one page
        and holds ``notebook``, ``period``, ``team`` (None for the organisation), ``html`` and
        ``executed`` (paths relative to ``reports_dir``), ``headline``, ``made_at``,
        ``data_through``, ``table_version``, ``n_people``, ``audited``, ``complete``, ``stale`` and
        ``status`` ("ok" or "failed"). One that cannot be read is listed as such; one that says
        it is not ``publishable`` is not listed.
    organisation : str
        The organisation's name.
    made_at : str or datetime
        When the index was made.

    Returns
    -------
    Path
        The index.
    """
    root = Path(reports_dir)
    read = [_read_page(path, root) for path in sorted(root.glob("*/*/*.json"))]
    pages = [page for page in read if page is not None]
    page = render(
        "index.html.j2",
        organisation=clean(organisation),
        made_at=_moment(made_at),
        periods=_grouped(pages),
    )
    index = root / "index.html"
    write_atomically(index, page.encode("utf-8"))
    return index


def _grouped(pages: Iterable[_Page]) -> list[tuple[str, list[_Report]]]:
    by_group = sorted(pages, key=lambda p: (p.is_team, p.group.casefold(), p.group, p.notebook))
    newest_first = sorted(by_group, key=lambda p: _period_key(p.period), reverse=True)
    return [
        (period, [_report(list(of_group)) for _, of_group in groupby(of_period, _group)])
        for period, of_period in groupby(newest_first, lambda p: p.period)
    ]


def _group(page: _Page) -> tuple[bool, str]:
    # A team may be called Organisation.
    return page.is_team, page.group


def _report(pages: list[_Page]) -> _Report:
    """Say once what holds for all pages; what differs, as after a failed run, stays with each."""
    known = [page.facts for page in pages if page.facts] or [()]
    common = [fact for fact in known[0] if all(fact in facts for facts in known)]
    own = [
        replace(page, facts=tuple(fact for fact in page.facts if fact not in common))
        for page in pages
    ]
    return _Report(pages[0].group, own, common)


def _period_key(period: str) -> tuple[int, float, str]:
    """Order periods by the month they end in, whatever their length.

    Examples
    --------
    >>> sorted(["2026-Q3", "2025", "2026-10", "2026-W30"], key=_period_key)
    ['2025', '2026-W30', '2026-Q3', '2026-10']
    """
    match = _PERIOD.match(period)
    if match is None:
        return (0, 0.0, period)
    year, quarter, half, week, month = (int(part) if part else 0 for part in match.groups())
    return (year, quarter * 3 or half * 6 or week * 12 / 52 or month or 12, period)


def _read_page(path: Path, root: Path) -> _Page | None:
    period, folder = path.parent.parent.name, path.parent.name
    place = _Page(period, folder, folder != ORGANISATION_FOLDER, path.stem)
    try:
        record = json.loads(path.read_text("utf-8"))
        return _page(record, place, root)
    except (OSError, ValueError, TypeError, KeyError) as error:
        group = "Organisation" if not place.is_team else folder
        fault = f"This record could not be read ({type(error).__name__})."
        return _Page(period, group, place.is_team, path.stem, fault=fault)


def _page(record: Mapping[str, Any], place: _Page, root: Path) -> _Page | None:
    if not isinstance(record, Mapping):
        raise TypeError("a record is a JSON object")
    if record.get("publishable") is False:
        # Earlier releases put such pages here, marked; a marked page is a published one.
        return None
    failed = record["status"] != "ok"
    team = record.get("team")
    html, executed = record.get("html"), record.get("executed")
    fault = "The last run failed." if failed else ""
    url = _relative_url(html) if html else ""
    if html and not (root / html).is_file():
        url, fault = "", fault or "The page is missing."
    return _Page(
        period=str(record.get("period") or place.period),
        group="Organisation" if team is None else str(team),
        is_team=team is not None,
        notebook=str(record["notebook"]),
        url=url,
        notebook_url=_relative_url(executed) if executed else "",
        headline=str(record.get("headline") or ""),
        facts=_facts(record),
        fault=fault,
    )


def _facts(record: Mapping[str, Any]) -> tuple[str, ...]:
    labelled = {
        "data_through": "Data through {}",
        "n_people": "{} people",
        "table_version": "Table version {}",
    }
    facts = ["Not complete"] if record.get("complete") is False else []
    if record.get("stale"):
        facts.append(f"Stale: {', '.join(str(group['name']) for group in record['stale'])}")
    facts += [t.format(record[key]) for key, t in labelled.items() if record.get(key) is not None]
    if record.get("audited") is not None:
        facts.append("Audited" if record["audited"] else "Not audited")
    if record.get("made_at"):
        facts.append(f"Made {_moment(record['made_at'])}")
    return tuple(facts)


def _relative_url(path: str) -> str:
    """Return a link to a file under the reports, refusing any that lead elsewhere."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ".." in parts:
        msg = f"{path!r} leads out of the reports"
        raise ValueError(msg)
    # Colons are quoted as well: no path can then be taken for a scheme such as javascript:.
    return "/".join(quote(part, safe="") for part in parts)


def _moment(value: str | datetime) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M %Z").strip()
    return re.sub(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?", r"\1 \2", value)
