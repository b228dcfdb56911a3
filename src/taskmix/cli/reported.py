"""What commands say of the pages they made."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from taskmix.cli.show import print_json

if TYPE_CHECKING:
    from taskmix.batch import Page, Report
    from taskmix.batch.analyst import AnalystPage

#: Facts that hold for the whole report, whatever its pages.
_COMMON = (
    "audited", "n_people", "suppressed", "publishable", "table_version", "newest_version",
    "sorted_version", "data_through", "complete", "stale", "remarks",
)  # fmt: skip
#: The page whose figures stand at the top, beside the facts.
_FIRST = "3_task_mix"


def report_lines(report: "Report") -> Iterator[str]:
    """Write each page's headline, what must be known of the report, and where the pages lie."""
    yield from (page.facts["headline"] for page in report.pages)
    yield from report.remarks
    yield from (str(page.html) for page in report.pages)
    yield from (str(page.pdf) for page in report.pages if page.pdf is not None)


def report_facts(report: "Report", failed: Mapping[str, str]) -> dict[str, Any]:
    """Return the object that ``--json`` prints.

    The figures of ``3_task_mix`` stand at the top, those of every page under ``pages``; what
    failed, and why, under ``failed``.
    """
    pages = report.pages
    common = {key: pages[0].facts[key] for key in _COMMON} if pages else {}
    if pages:
        # A notebook of one's own may leave none: its page is then not for publication.
        common["release"] = pages[0].facts.get("release")
    first = [_figures(page) for page in pages if page.notebook == _FIRST]
    return {
        "period": report.period,
        "team": report.team,
        "pages": [_page(page) for page in pages],
        "on_site": report.on_site,
        **(first[0] if first else {}),
        **common,
        "failed": [{"notebook": name, "error": why} for name, why in failed.items()],
    }


def show_private_page(
    made: "AnalystPage", keys: Iterable[str], *, whose: str, json: bool, **first: str
) -> None:
    """Print where a page that is not for publication lies, and with `json` its facts by `keys`."""
    print(made.facts["headline"])
    print(f"for {whose}, not for publication:")
    print(made.html)
    if json:
        print_json(
            {**first, "html": str(made.html), "executed": str(made.executed),
             "period": made.facts["period"], "headline": made.facts["headline"],
             **{key: made.facts.get(key) for key in keys}}
        )  # fmt: skip


def _page(page: "Page") -> dict[str, Any]:
    return {
        "notebook": page.notebook,
        "html": str(page.html),
        "executed": str(page.executed),
        "tables": str(page.tables),
        "pdf": None if page.pdf is None else str(page.pdf),
        "headline": page.facts["headline"],
        "figures": _figures(page),
    }


def _figures(page: "Page") -> dict[str, Any]:
    return {name: page.facts[name] for name in page.facts["figures"]}
