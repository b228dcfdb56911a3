"""What a page follows from, as one digest: the same digest, the same page."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import taskmix
from taskmix.disclosure import ReleasePlan
from taskmix.measures import Scope
from taskmix.report.completeness import is_behind
from taskmix.settings import Settings
from taskmix.store import Log

#: What computes and draws. Versions of what only carries (papermill, nbformat) change no page.
LIBRARIES = (
    "duckdb",
    "narwhals",
    "nbconvert",
    "numpy",
    "pandas",
    "plotly",
    "scikit-learn",
    "scipy",
)
#: What a page does not follow from.
_APART = {"project", "notify", "retention"}


def basis(log: Log, scope: Scope, plan: ReleasePlan, settings: Settings) -> dict[str, Any]:
    """Return what all pages of a period follow from, as plain values.

    The day on which they are made is not among it, but what the pages say of it is: whether the
    period is over, and whether the data are behind.
    """
    return {
        "period": scope.period,
        "table_version": log.version,
        "beside": dict(log.beside),
        "plan": plan.plan_id,
        "over": scope.over,
        "complete": scope.complete,
        "behind": is_behind(scope),
        "settings": digest_of(settings.model_dump(mode="json", exclude=_APART)),
        "roster": _digest_of_file(settings.roster),
        "taskmix": _code(),
        "libraries": library_versions(),
    }


def fingerprint(
    notebook: Path, values: Mapping[str, Any], common: Mapping[str, Any], form: Mapping[str, Any]
) -> str:
    """Return the digest of a page: of its notebook, parameters and form, and of `basis`."""
    facts = {"notebook": _digest_of_file(notebook), "values": dict(values), "form": dict(form)}
    return digest_of({**facts, "common": dict(common)})


def library_versions() -> dict[str, str]:
    """Return the versions of what makes a page, taskmix's own among them."""
    return {name: version(name) for name in ("taskmix", *LIBRARIES)}


def digest_of(facts: Any) -> str:
    """Return a digest of plain values."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def _digest_of_file(path: Path) -> str:
    return digest_of_bytes(path.read_bytes()) if path.is_file() else ""


@cache
def _code() -> str:
    """Digest the package's own files: an edited checkout has the version that it had before."""
    root = Path(taskmix.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
