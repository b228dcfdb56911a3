"""Pages put in the order in which the index shows them, and what holds for many said once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from taskmix.report.numberwords import percent
from taskmix.report.site.records import SitePage
from taskmix.report.site.words import period_words, stale_words, trend_words
from taskmix.report.sparkline import sparkline

#: The page whose headline stands for a report where it has one.
_LEADS = "3_task_mix"
_PERIOD = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|H([12])|W(\d\d)|(\d\d)))?\b")


@dataclass(frozen=True)
class SiteReport:
    """A group's pages of one period, and what holds for all of them."""

    group: str
    is_team: bool
    pages: Sequence[SitePage]
    facts: Sequence[str]
    #: The fault that all of its pages have.
    fault: str = ""

    @property
    def failed(self) -> bool:
        """Whether a page of it is not what it should be."""
        return bool(self.fault) or any(page.fault for page in self.pages)

    @property
    def stale(self) -> bool:
        """Whether a page lacks data."""
        return any(page.stale for page in self.pages)

    @property
    def stale_facts(self) -> list[str]:
        """The facts that say what is stale."""
        return [fact for fact in self.facts if fact.startswith(stale_words("").rstrip())]

    @property
    def leading(self) -> SitePage | None:
        """The page whose headline stands for the report; None where it has none."""
        told = [page for page in self.pages if page.url and page.headline]
        return next((page for page in told if page.notebook == _LEADS), told[0] if told else None)

    @property
    def _measured(self) -> SitePage | None:
        """The page that knows execution's share."""
        return next((page for page in self.pages if page.url and page.share is not None), None)

    @property
    def line(self) -> Markup:
        """The sparkline; empty where fewer than two periods are known."""
        shares = [] if self._measured is None else [share for _, share in self._measured.trend]
        drawn = sum(share is not None for share in shares) > 1
        return sparkline(shares, "execution") if drawn else Markup("")

    @property
    def share(self) -> str:
        """Execution's share in the period; empty where it is not known."""
        page = self._measured
        return "" if page is None or page.share is None else percent(page.share)

    @property
    def trend_words(self) -> str:
        """What the sparkline shows, in words; empty where there is none."""
        page = self._measured
        return "" if page is None or not self.line else trend_words(
            page.trend, by_sorter=page.compared != "audit"
        )  # fmt: skip


@dataclass(frozen=True)
class SitePeriod:
    """A period's reports, and the facts that hold for all of them."""

    name: str
    reports: Sequence[SiteReport]
    facts: Sequence[str]

    @property
    def counted(self) -> str:
        """How many reports there are, for the line of a folded period."""
        failed, stale = (sum(marks) for marks in zip(
            *((report.failed, report.stale) for report in self.reports), strict=True
        ))  # fmt: skip
        return period_words(len(self.reports), failed=failed, stale=stale)

    @property
    def organisation(self) -> SitePage | None:
        """The page that leads the whole organisation's report, where there is one."""
        own = [report.leading for report in self.reports if not report.is_team]
        return own[0] if own else None


def arranged(pages: Iterable[SitePage]) -> list[SitePeriod]:
    """Group pages to reports and periods: newest period first, the organisation before its teams.

    Teams stand in the order of their names: the index ranks nobody.
    """
    by_group = sorted(pages, key=lambda p: (p.is_team, p.group.casefold(), p.group, p.notebook))
    newest_first = sorted(by_group, key=lambda p: period_key(p.period), reverse=True)
    return [_period(name, list(own)) for name, own in groupby(newest_first, lambda p: p.period)]


def leading_page(periods: Sequence[SitePeriod]) -> SitePage | None:
    """Return the organisation's page that the site leads with.

    That of the newest period that is complete, or of the newest where none is.
    """
    told = [period.organisation for period in periods if period.organisation is not None]
    return next((page for page in told if page.complete), told[0] if told else None)


def period_key(period: str) -> tuple[int, float, str]:
    """Order periods by the month they end in, whatever their length.

    Examples
    --------
    >>> sorted(["2026-Q3", "2025", "2026-10", "2026-W30"], key=period_key)
    ['2025', '2026-W30', '2026-Q3', '2026-10']
    """
    match = _PERIOD.match(period)
    if match is None:
        return (0, 0.0, period)
    year, quarter, half, week, month = (int(part) if part else 0 for part in match.groups())
    return (year, quarter * 3 or half * 6 or week * 12 / 52 or month or 12, period)


def _period(name: str, pages: list[SitePage]) -> SitePeriod:
    # A team may be called Organisation.
    reports = [_report(list(own)) for _, own in groupby(pages, lambda p: (p.is_team, p.group))]
    if len(reports) == 1:
        return SitePeriod(name, reports, ())
    known = [set(report.facts) for report in reports if report.leading is not None]
    shared = set.intersection(*known) if known else set()
    facts = [fact for fact in _first_facts(reports) if fact in shared]
    return SitePeriod(
        name,
        [
            replace(report, facts=[fact for fact in report.facts if fact not in shared])
            for report in reports
        ],
        facts,
    )


def _first_facts(reports: Sequence[SiteReport]) -> Sequence[str]:
    return next((report.facts for report in reports if report.leading is not None), ())


def _report(pages: list[SitePage]) -> SiteReport:
    """Say once what holds for all pages; what differs, as after a failed run, stays with each."""
    known = [page.facts for page in pages if page.facts] or [()]
    common = [fact for fact in known[0] if all(fact in facts for facts in known)]
    fault = pages[0].fault if len(pages) > 1 and len({page.fault for page in pages}) == 1 else ""
    own = [
        replace(
            page,
            facts=tuple(fact for fact in page.facts if fact not in common),
            fault="" if fault else page.fault,
        )
        for page in pages
    ]
    return SiteReport(pages[0].group, pages[0].is_team, own, common, fault)
