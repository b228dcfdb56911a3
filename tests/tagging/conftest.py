"""A small workspace with tasks to tag, among them titles that would run if they could."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.ingest import ingest
from taskmix.settings import Settings, load_settings

HOSTILE = (
    "<img src=x onerror=\"window.hacked = 'image'\">",
    "</script><script>window.hacked = 'script'</script>",
    "=HYPERLINK(1)",
    "\u202etxet desrever",
)
_HEADER = ["User", "Email", "Project", "Description", "Start date", "Start time", "End date",
           "End time", "Duration", "Tags"]  # fmt: skip


def _rows() -> list[list[str]]:
    titles = [
        *HOSTILE,
        *(f"Review contract {n}" for n in range(4)),
        "Plan",
        "Call",
        "Draft",
        "File",
    ]
    return [
        ["Ana", "ana@example.org", "<b>Site</b>", title, day := f"2026-07-{n + 1:02d}", "09:00:00",
         day, "10:00:00", "01:00:00", ""] for n, title in enumerate(titles)
    ]  # fmt: skip


@pytest.fixture(scope="session")
def tagging_workspace(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Twelve untagged tasks of one person in 2026-Q3, sorted; tests leave it as it is."""
    settings = init_workspace(tmp_path_factory.mktemp("tagging") / "w", personal=True)
    quoted = ['"' + cell.replace('"', '""') + '"' for row in [_HEADER, *_rows()] for cell in row]
    lines = [",".join(quoted[n : n + 10]) for n in range(0, len(quoted), 10)]
    (settings.raw / "toggl.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert ingest(settings).counts.accepted == 12
    sort_log(settings)
    return settings


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    """Four of the titles: an image, a script, a formula, and writing turned around."""
    return HOSTILE


@pytest.fixture
def own(tagging_workspace: Settings, tmp_path: Path) -> Settings:
    """A copy of the workspace that a test may change."""
    return load_settings(shutil.copytree(tagging_workspace.project, tmp_path / "copy"))


@pytest.fixture(scope="session")
def set_parameters() -> Callable[..., Path]:
    """Write parameters into a workspace's tagging notebook, as a person does in JupyterLab."""

    def write(settings: Settings, **values: object) -> Path:
        path = settings.project / "notebooks" / "tagging.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = next(c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", []))
        lines = []
        for line in "".join(cell["source"]).splitlines():
            name = line.split(":", 1)[0]
            head, _, note = line.partition("  # ")
            if name in values:
                head = f"{head.split(' = ')[0]} = {values[name]!r}"
            lines.append(f"{head}  # {note}")
        cell["source"] = "\n".join(lines)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    return write
