"""``manifest.json`` of a period on the site: what each page was made from, and what lies there."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskmix.report.assets import write_atomically
from taskmix.settings import Settings

MANIFEST = "manifest.json"
#: The files of a page.
ENDINGS = (".html", ".ipynb", ".xlsx", ".pdf")

#: The team (None for all) and the notebook.
Key = tuple[str | None, str]


def read_manifest(settings: Settings, period: str) -> dict[Key, dict[str, Any]]:
    """Return the entries of a period's pages; none where the manifest is missing or damaged."""
    try:
        told = json.loads((settings.reports / period / MANIFEST).read_text("utf-8"))
        return {(entry["team"], entry["notebook"]): entry for entry in told["pages"]}
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever it said, the pages are made again.
        return {}


def write_manifest(
    folder: Path,
    *,
    period: str,
    entries: Mapping[Key, Mapping[str, Any]],
    about: Mapping[str, Any],
    at: Mapping[Key, Path],
) -> None:
    """Write the manifest into a period's folder, with the hashes of the files that lie there.

    Parameters
    ----------
    folder : pathlib.Path
        The period's folder, or the copy that is to take its place.
    entries : mapping
        What is known of each page beside its files.
    about : mapping
        What holds for the newest of them: versions and the like.
    at : mapping
        Where each page's files lie, without their ending.
    """
    pages = []
    for key in sorted(entries, key=lambda key: (key[0] is not None, *map(str, key))):
        stem = at[key]
        files = [stem.with_suffix(ending) for ending in ENDINGS]
        hashes = {
            f.suffix: hashlib.sha256(f.read_bytes()).hexdigest() for f in files if f.is_file()
        }
        html = stem.with_suffix(".html").relative_to(folder.parent).parts[1:]
        pages.append({**entries[key], "html": "/".join(html) if hashes else None, "sha256": hashes})
    told = {
        "period": period,
        "written_at": f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}",
        **about,
        "pages": pages,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    write_atomically(folder / MANIFEST, text.encode("utf-8"))
