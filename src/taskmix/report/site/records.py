"""The records beside the published pages, by which the index knows them.

A record is a JSON file of one page, ``<period>/<group>/<notebook>.json``; `taskmix.batch` writes
it with the page, or alone where a notebook failed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.language import noted, tr
from taskmix.report.site.folders import ORGANISATION_FOLDER, relative_url
from taskmix.report.site.words import facts_of, failed_words, moment, unreadable_words
from taskmix.report.text import readable_name

#: What stands for the whole organisation; a team may bear the same name and stands apart.
ORGANISATION = noted("Organisation")


@dataclass(frozen=True)
class SitePage:
    """One page as the index shows it.

    Attributes
    ----------
    period, group, notebook : str
    is_team : bool
        False for the whole organisation.
    url : str
        Relative to the index; empty where no page is there.
    headline : str
    facts : tuple of str
        What is to be known of it: data through, people, table version and the like.
    share : float or None
        Execution's share of people's hours (0–1) in the period.
    trend : tuple of (str, float or None)
        The shares of several periods that can be compared, oldest first; None is not shown.
    compared : str
        ``audit`` where audits correct all of them, else ``model``.
    fault : str
        Why it is not what it should be: the last run failed, the file is missing.
    stale, complete : bool
        Whether data of the period are missing; whether it is over and the data reach its end.
    made_at, data_through, table_version : str
        Empty where they are not known.
    """

    period: str
    group: str
    is_team: bool
    notebook: str
    url: str = ""
    headline: str = ""
    facts: tuple[str, ...] = ()
    share: float | None = None
    trend: tuple[tuple[str, float | None], ...] = ()
    compared: str = ""
    fault: str = ""
    stale: bool = False
    complete: bool = True
    made_at: str = ""
    data_through: str = ""
    table_version: str = ""

    @property
    def name(self) -> str:
        """The notebook's name as people read it."""
        return readable_name(self.notebook) or self.notebook


def read_pages(root: Path) -> Iterator[SitePage]:
    """Read all records under the site's folder; one that says it may not be published is none.

    One that cannot be read becomes a page with a fault: it must not hide the others.
    """
    # What is hidden is not on the site: an edition that is not published yet.
    for path in sorted(root.glob("[!.]*/*/*.json")):
        period, folder = path.parent.parent.name, path.parent.name
        is_team = folder != ORGANISATION_FOLDER
        place = SitePage(period, folder if is_team else tr(ORGANISATION), is_team, path.stem)
        try:
            page = _page(json.loads(path.read_text("utf-8")), place, root)
        except (OSError, ValueError, TypeError, KeyError) as error:
            fault = unreadable_words(type(error).__name__)
            page = SitePage(period, place.group, is_team, path.stem, fault=fault)
        if page is not None:
            yield page


def _page(record: Any, place: SitePage, root: Path) -> SitePage | None:
    if not isinstance(record, Mapping):
        raise TypeError("a record is a JSON object")
    if record.get("publishable") is False:
        # Earlier releases put such pages here, marked; a marked page is a published one.
        return None
    team, html = record.get("team"), record.get("html")
    made_at = moment(_text(record, "made_at"))
    failed = record["status"] != "ok"
    fault = failed_words(moment(_text(record, "failed_at")), made_at=made_at) if failed else ""
    url = relative_url(html) if html else ""
    if html and not (root / html).is_file():
        url, fault = "", fault or tr("The page is missing.")
    return SitePage(
        period=str(record.get("period") or place.period),
        group=tr(ORGANISATION) if team is None else str(team),
        is_team=team is not None,
        notebook=str(record["notebook"]),
        url=url,
        headline=_text(record, "headline"),
        facts=facts_of(record),
        share=_share(record.get("execution_share")),
        trend=_trend(record.get("execution_over_time") or {}),
        compared=_text(record, "execution_compared"),
        fault=fault,
        stale=bool(record.get("stale")),
        complete=record.get("complete") is not False,
        made_at=made_at,
        data_through=_text(record, "data_through"),
        table_version=_text(record, "table_version"),
    )


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    return "" if value is None else str(value)


def _trend(shares: Mapping[str, Any]) -> tuple[tuple[str, float | None], ...]:
    return tuple((str(period), _share(share)) for period, share in shares.items())


def _share(value: Any) -> float | None:
    if value is None:
        return None
    share = float(value)
    if not 0 <= share <= 1:  # NaN too
        msg = f"{share} is no share"
        raise ValueError(msg)
    return share
