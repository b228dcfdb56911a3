"""Take old reports off the site: only the newest periods of each length stay."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.batch.publishing.edition import site_lock, write_index
from taskmix.batch.publishing.manifest import MANIFEST
from taskmix.batch.publishing.staged import REPORT_NOTEBOOKS, remove_page
from taskmix.errors import PeriodError, ReportError
from taskmix.periods import frequency_of, parse_period
from taskmix.settings import Settings


@dataclass(frozen=True)
class Pruned:
    """What was taken off the site, or would be.

    Attributes
    ----------
    removed : tuple of str
        Periods of which nothing stays.
    spared : tuple of str
        Pages of old periods that stay, since a newer run of the same report failed:
        ``<period>/<group>/<notebook>``.
    dry_run : bool
    """

    removed: tuple[str, ...]
    spared: tuple[str, ...]
    dry_run: bool


def prune(settings: Settings, *, keep: int | None = None, dry_run: bool = False) -> Pruned:
    """Keep the newest periods of each length (months, quarters, years), and remove older reports.

    A page stays, however old, while the newest run of the same report failed: it may be the last
    one that is true.

    Parameters
    ----------
    keep : int, optional
        How many periods of each length; by default ``[retention] keep``.
    dry_run : bool
        Remove nothing.

    Raises
    ------
    ReportError
        If nothing says how many to keep, or a file cannot be removed.
    """
    n_kept = keep if keep is not None else settings.retention.keep
    if n_kept is None:
        raise ReportError(
            "how many periods are to stay? Give --keep N, or set [retention] keep in taskmix.toml; "
            "nothing was removed"
        )
    if n_kept < 1:
        raise ReportError(f"--keep is {n_kept}; at least 1 period stays")
    settings.reports.mkdir(parents=True, exist_ok=True)
    with site_lock(settings):
        old = _old(settings.reports, n_kept)
        spared = {period: _needed(settings.reports, period) for period in old}
        try:
            if not dry_run:
                for period in old:
                    _remove(settings.reports / period, spared[period])
                if old:
                    write_index(settings)
        except OSError as error:
            raise ReportError(
                f"{error.filename or settings.reports}: cannot be removed "
                f"({error.strerror or error}); permissions?"
            ) from error
    return Pruned(
        removed=tuple(period for period in old if not spared[period]),
        spared=tuple(f"{period}/{page}" for period in old for page in sorted(spared[period])),
        dry_run=dry_run,
    )


def _old(reports: Path, keep: int) -> list[str]:
    """List the periods that are not among the newest of their length, oldest first."""
    by_length: dict[str, list[tuple[Any, str]]] = {}
    for folder in reports.iterdir():
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        try:
            period = parse_period(folder.name)
        except PeriodError:
            # Somebody's own folder, or the assets.
            continue
        by_length.setdefault(frequency_of(period), []).append((period.start_time, folder.name))
    return [
        name
        for found in by_length.values()
        for _, name in sorted(found)[: max(len(found) - keep, 0)]
    ]


def _needed(reports: Path, period: str) -> set[str]:
    """List the pages of a period whose report failed in the newest period that has it."""
    length = frequency_of(parse_period(period))
    needed = set()
    for page in _pages(reports / period):
        newer = [
            (parse_period(path.parts[-3]).start_time, path)
            for path in reports.glob(f"[!.]*/{page}.json")
            if _has_length(path.parts[-3], length)
        ]
        newest = max(newer, default=None)
        if newest and newest[1].parts[-3] != period and _failed(newest[1]):
            needed.add(page)
    return needed


def _pages(folder: Path) -> Iterable[str]:
    for name in REPORT_NOTEBOOKS:
        yield from (
            path.relative_to(folder).with_suffix("").as_posix()
            for path in folder.glob(f"*/{name}.html")
        )


def _has_length(name: str, length: str) -> bool:
    try:
        return frequency_of(parse_period(name)) == length
    except PeriodError:
        return False


def _failed(record: Path) -> bool:
    try:
        return json.loads(record.read_text("utf-8")).get("status") == "failed"
    except (OSError, ValueError, AttributeError):
        # What cannot be read proves nothing; the older page may be all there is.
        return True


def _remove(folder: Path, spared: set[str]) -> None:
    """Remove a period's reports, or those of its pages that nobody needs."""
    if not spared:
        # Out of sight in one step: the index never lists a half-removed period.
        gone = folder.with_name(f".next-gone-{folder.name}")
        folder.rename(gone)
        shutil.rmtree(gone)
        return
    for group in [path for path in folder.iterdir() if path.is_dir()]:
        for name in REPORT_NOTEBOOKS:
            if f"{group.name}/{name}" not in spared:
                remove_page(group / name)
        if not any(group.iterdir()):
            group.rmdir()
    (folder / MANIFEST).unlink(missing_ok=True)
