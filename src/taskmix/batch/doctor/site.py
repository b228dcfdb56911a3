"""The published pages: whether what the site lists is there."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from taskmix.batch.doctor.verdict import Verdict, fault, listed, ok, warning
from taskmix.settings import Settings

_MAKE = "make those reports again (`taskmix report`, `taskmix batch --force`)"


def site(settings: Settings) -> Verdict:
    """Check that every record can be read and has its page, and which reports failed."""
    root, unreadable, missing, failed, good = settings.reports, [], [], [], 0
    for path in sorted(root.glob("[!.]*/*/*.json")):
        name = path.relative_to(root).with_suffix("").as_posix()
        record = _record(path)
        if record is None:
            unreadable.append(name)
        elif record.get("html") and not (root / str(record["html"])).is_file():
            missing.append(name)
        elif record.get("status") != "ok":
            failed.append(name)
        else:
            good += 1
    if unreadable:
        return fault(f"records that cannot be read: {listed(unreadable)}", todo=_MAKE)
    if missing:
        return fault(f"listed on the site, and the page is missing: {listed(missing)}", todo=_MAKE)
    unlisted = list(_unlisted(root))
    if unlisted:
        return warning(f"pages that the site does not list: {listed(unlisted)}", todo=_MAKE)
    if good + len(failed) and not (root / "index.html").is_file():
        return fault("reports/index.html is missing, so nobody finds the pages", todo=_MAKE)
    if failed:
        return warning(
            f"failed in their last run: {listed(failed)}",
            todo="run `taskmix report` for them; it says why",
        )
    return ok(f"{good:,} published pages are listed and there" if good else "nothing is published")


def _record(path: Path) -> dict[str, Any] | None:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and "status" in record else None


def _unlisted(root: Path) -> Iterator[str]:
    for page in sorted(root.glob("[!.]*/*/*.html")):
        if not page.with_suffix(".json").is_file():
            yield page.relative_to(root).as_posix()
