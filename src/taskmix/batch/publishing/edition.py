"""Put a period's pages on the site together: in one step, and the index after them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock

from taskmix.batch.publishing.manifest import MANIFEST, Key, read_manifest, write_manifest
from taskmix.batch.publishing.staged import (
    REPORT_NOTEBOOKS,
    Staged,
    link_neighbours,
    remove_page,
    write_page,
)
from taskmix.batch.publishing.swapping import next_folder
from taskmix.language import speaking
from taskmix.report import install_assets, team_folder, write_site_index
from taskmix.report.assets import write_atomically
from taskmix.settings import Settings

_TOLD = ("period", "team", "headline", "made_at", "data_through", "table_version", "n_people",
         "audited", "publishable", "complete", "stale", "execution_share",
         "execution_over_time", "execution_compared")  # fmt: skip


@dataclass(frozen=True)
class GroupPages:
    """What becomes of a group's pages: those that were made, and the notebooks that failed.

    Attributes
    ----------
    team : str or None
        None for all teams together.
    """

    team: str | None
    staged: Sequence[Staged] = ()
    failed: Sequence[str] = ()


@dataclass(frozen=True)
class Edition:
    """What is published of a period at once.

    Attributes
    ----------
    period : str
    groups : iterable of GroupPages
        Gone through once.
    about : mapping
        What the manifest says of all pages: versions and the like.
    """

    period: str
    groups: Iterable[GroupPages]
    about: Mapping[str, Any] = field(default_factory=dict)


def publish(settings: Settings, edition: Edition) -> Path:
    """Put an edition on the site; all that lay there of the period and is not in it stays.

    Whoever opens the site meets the period as it was or as it is now, and nothing between. A
    notebook that failed gets a record of that; its page from before stays.

    Returns
    -------
    pathlib.Path
        The index, which is written last.

    Raises
    ------
    OSError
        If a file cannot be written; the period is then as it was.
    """
    settings.reports.mkdir(parents=True, exist_ok=True)
    with site_lock(settings):
        install_assets(settings.reports / "assets")
        entries = read_manifest(settings, edition.period)
        with next_folder(settings.reports / edition.period) as folder:
            for group in edition.groups:
                _put_group(settings, edition.period, folder, group, entries)
            write_manifest(
                folder, period=edition.period, entries=entries, about=edition.about,
                at={key: folder / team_folder(key[0]) / key[1] for key in entries},
            )  # fmt: skip
        return write_index(settings)


def site_lock(settings: Settings) -> FileLock:
    """Return the lock of everybody who changes the site."""
    return FileLock(settings.reports / ".lock", timeout=600)


def write_index(settings: Settings) -> Path:
    """Write the site's index anew; whoever calls holds `site_lock`."""
    with speaking(settings.workspace.locale):
        return write_site_index(
            settings.reports,
            organisation=settings.workspace.name,
            made_at=_now(settings),
            time_zone=settings.workspace.time_zone,
        )


def page_stem(settings: Settings, period: str, team: str | None, notebook: str) -> Path:
    """Return where a page's files lie on the site, without their ending."""
    return settings.reports / period / team_folder(team) / notebook


def _put_group(
    settings: Settings,
    period: str,
    folder: Path,
    group: GroupPages,
    entries: dict[Key, dict[str, Any]],
) -> None:
    own = folder / team_folder(group.team)
    own.mkdir(exist_ok=True)
    for page in group.staged:
        write_page(own / page.notebook, page)
    link_neighbours(own)
    for page in group.staged:
        _write_json(own / page.notebook, _record(period, group.team, page))
        entries[group.team, page.notebook] = {
            "notebook": page.notebook, "team": group.team, "status": "ok", **page.making,
            "made_at": page.facts.get("made_at"),
            "table_version": page.facts.get("table_version"),
        }  # fmt: skip
    for notebook in group.failed:
        at = _now(settings)
        _write_json(own / notebook, _failure(period, group.team, own / notebook, at=at))
        before = entries.get((group.team, notebook), {"notebook": notebook, "team": group.team})
        entries[group.team, notebook] = {**before, "status": "failed", "failed_at": at}


def _record(period: str, team: str | None, page: Staged) -> dict[str, Any]:
    place = f"{period}/{team_folder(team)}/{page.notebook}"
    return {
        "notebook": page.notebook,
        **{key: page.facts.get(key) for key in _TOLD},
        "html": f"{place}.html",
        "executed": f"{place}.ipynb",
        "status": "ok",
    }


def _failure(period: str, team: str | None, stem: Path, *, at: str) -> dict[str, Any]:
    """Record that a notebook failed, beside what is known of its page from before.

    The record says when and never why: an error may quote titles and names.
    """
    known: dict[str, Any] = {}
    if stem.with_suffix(".html").is_file():
        try:
            known = dict(json.loads(stem.with_suffix(".json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            # The page is there; only what was known of it is lost.
            known = {"html": f"{period}/{team_folder(team)}/{stem.name}.html"}
    failed = {"notebook": stem.name, "period": period, "team": team, "status": "failed",
              "failed_at": at}  # fmt: skip
    return {**known, **failed}


def _write_json(stem: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1)
    write_atomically(stem.with_suffix(".json"), text.encode("utf-8"))


def withdraw(settings: Settings, period: str) -> list[str]:
    """Take a period off the site; whoever calls holds `site_lock`, and writes the index.

    Returns
    -------
    list of str
        The folders that held pages.
    """
    folder = settings.reports / period
    pages = [page for name in REPORT_NOTEBOOKS for page in folder.glob(f"*/{name}.html")]
    # Where a notebook failed at first there is a record alone.
    alone = [path for path in folder.glob("*/*.json") if path.stem in REPORT_NOTEBOOKS]
    for page in [*pages, *alone]:
        remove_page(page)
    (folder / MANIFEST).unlink(missing_ok=True)
    return sorted({page.parent.relative_to(settings.reports).as_posix() for page in pages})


def _now(settings: Settings) -> str:
    zone = ZoneInfo(settings.workspace.time_zone)
    return f"{datetime.now(tz=UTC).astimezone(zone):%Y-%m-%d %H:%M}"
