"""What a batch did: the object that ``taskmix batch --json`` prints and messages are made of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from taskmix.report.site.records import read_pages
from taskmix.settings import Settings

Status = Literal["succeeded", "failed", "skipped"]
#: The page whose headline speaks for the organisation.
_LEADING = "3_task_mix"


@dataclass(frozen=True)
class ReportOutcome:
    """What became of one planned report: a notebook, for one team or all, in one period.

    Attributes
    ----------
    notebook, period : str
    team : str or None
        None for all teams together.
    status : {"succeeded", "failed", "skipped"}
        Skipped is what was up to date.
    seconds : float
    why : str
        Why it failed, for whoever ran the batch alone: an error may quote titles and names.
    """

    notebook: str
    team: str | None
    period: str
    status: Status
    seconds: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class BatchSummary:
    """What a batch did.

    Attributes
    ----------
    period : str
    headline : str or None
        Of the organisation's page as it is published; see `published_headline`.
    seconds : float
    reports : tuple of ReportOutcome
        All that were planned.
    """

    period: str
    headline: str | None
    seconds: float
    reports: tuple[ReportOutcome, ...]

    @property
    def planned(self) -> int:
        """How many reports were due, those that were up to date among them."""
        return len(self.reports)

    @property
    def skipped(self) -> int:
        """How many were up to date."""
        return len(self.with_status("skipped"))

    @property
    def succeeded(self) -> int:
        """How many were made."""
        return len(self.with_status("succeeded"))

    @property
    def failed(self) -> int:
        """How many failed."""
        return len(self.with_status("failed"))

    def with_status(self, status: Status) -> Sequence[ReportOutcome]:
        """Return the reports that ended so."""
        return [report for report in self.reports if report.status == status]

    def as_dict(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return {
            "period": self.period,
            "headline": self.headline,
            "planned": self.planned,
            "skipped": self.skipped,
            "succeeded": self.succeeded,
            "failed": self.failed,
            "seconds": round(self.seconds, 3),
            "reports": [asdict(report) for report in self.reports],
        }


def published_headline(settings: Settings, period: str) -> str | None:
    """Return the headline of the organisation's page on the site; None where there is none.

    What may not be published has no record on the site, so its headline cannot leave with a
    message either.
    """
    for page in read_pages(settings.reports):
        if (page.period, page.is_team, page.notebook) == (period, False, _LEADING):
            return page.headline if page.url and page.headline else None
    return None
