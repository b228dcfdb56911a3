"""Notebooks of a workspace that are missing, damaged or of another taskmix."""

import nbformat
import pytest

from taskmix.batch import REPORT_NOTEBOOKS
from taskmix.batch.doctor import notebooks as looked_at


@pytest.fixture
def edit(settings):
    """Change a notebook of the workspace."""

    def change(name, act):
        path = settings.project / "notebooks" / name
        notebook = nbformat.read(path, as_version=4)
        act(notebook)
        nbformat.write(notebook, path)

    return change


def test_a_new_workspace_has_this_taskmixs_notebooks(settings):
    assert looked_at.notebooks(settings).found == "the 7 notebooks are those of this taskmix"


def test_what_was_only_run_and_saved_is_not_told(settings, edit):
    def run(notebook):
        notebook.metadata["mine"] = "saved by JupyterLab"
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count = 3
                cell.outputs = [nbformat.v4.new_output("stream", text="run")]

    edit("3_task_mix.ipynb", run)
    assert looked_at.notebooks(settings).state == "ok"


def test_older_copies_and_missing_ones_are_named(settings, edit):
    edit("4_ai_shift.ipynb", lambda notebook: notebook.cells.pop())
    (settings.project / "notebooks" / "my.ipynb").unlink()
    found = looked_at.notebooks(settings)
    assert found.state == "warning"
    assert found.found == "missing: my.ipynb; not as this taskmix has them: 4_ai_shift.ipynb"
    assert "taskmix init DIR" in found.todo


@pytest.mark.parametrize("text", ["{cut off", "[]", '{"cells": 3}'])
def test_a_damaged_notebook_is_a_fault(settings, text):
    (settings.project / "notebooks" / "2_sorting.ipynb").write_text(text)
    found = looked_at.notebooks(settings)
    assert (found.state, found.found) == ("fault", "cannot be read as notebooks: 2_sorting.ipynb")


def test_without_any_notebook_of_a_page_there_is_a_fault(settings):
    for name in REPORT_NOTEBOOKS:
        (settings.project / "notebooks" / f"{name}.ipynb").unlink()
    found = looked_at.notebooks(settings)
    assert found.state == "fault"
    assert found.found == "no notebook that makes a page is in notebooks/"
