"""A workspace's notebooks, beside those of this taskmix."""

import json
from pathlib import Path

from taskmix.batch import REPORT_NOTEBOOKS
from taskmix.batch.doctor.verdict import Verdict, fault, listed, ok, warning
from taskmix.batch.workspace import notebook_sources
from taskmix.settings import Settings


def notebooks(settings: Settings) -> Verdict:
    """Check that the notebooks are there, and whether they are this taskmix's."""
    folder = settings.project / "notebooks"
    own = sorted(notebook_sources().glob("*.ipynb"))
    there = {path.name: path for path in folder.glob("*.ipynb")}
    if not any(f"{name}.ipynb" in there for name in REPORT_NOTEBOOKS):
        return fault(
            "no notebook that makes a page is in notebooks/",
            todo="copy them from a new workspace (`taskmix init DIR`)",
        )
    damaged = [name for name, path in there.items() if _cells(path) is None]
    if damaged:
        return fault(
            f"cannot be read as notebooks: {listed(damaged)}",
            todo="restore them, or copy them from a new workspace (`taskmix init DIR`)",
        )
    missing = [path.name for path in own if path.name not in there]
    differing = [
        path.name for path in own if path.name in there and _cells(path) != _cells(there[path.name])
    ]
    if missing or differing:
        said = [f"missing: {listed(missing)}"] if missing else []
        said += [f"not as this taskmix has them: {listed(differing)}"] if differing else []
        return warning(
            "; ".join(said),
            todo="nothing where that is meant; older copies are replaced by those of a new "
            "workspace (`taskmix init DIR`)",
        )
    return ok(f"the {len(own)} notebooks are those of this taskmix")


def _cells(path: Path) -> list[tuple[str, str, tuple[str, ...]]] | None:
    """Return what a notebook does: its cells, not what was last run or how it was saved."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        # A cell's source is one text, or its lines.
        read = [
            (cell["cell_type"], "".join(cell["source"]), tuple(cell["metadata"].get("tags", ())))
            for cell in cells
        ]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return [(kind, source.strip(), tags) for kind, source, tags in read if source.strip()]
