"""Notebooks are thin, stored without outputs, and papermill understands their parameters."""

import ast
import json
import re
from pathlib import Path

import nbformat
import papermill
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
_FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.AsyncFor)
_PARAMETER = re.compile(r"[a-z_]+: (str|int|float|bool) = [^#=]+  # [^=]+")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parameters_cell(path: Path) -> nbformat.NotebookNode:
    tagged = [c for c in code_cells(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    return tagged[0]


def test_no_cell_defines_or_loops(path):
    for cell in code_cells(path):
        bad = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, _FORBIDDEN)]
        assert not bad, cell.source


def test_cells_are_one_to_five_lines(path):
    # parameters are one a line, and papermill reads no second cell of them
    parameters = parameters_cell(path).source
    assert parameters
    for cell in code_cells(path):
        if cell.source != parameters:
            assert 1 <= len(cell.source.splitlines()) <= 5, cell.source


def test_stored_without_outputs(path):
    for cell in code_cells(path):
        assert cell.outputs == []
        assert cell.execution_count is None
    assert "widgets" not in json.loads(path.read_text())["metadata"]


def test_parameters_are_flat_scalars_with_help(path):
    for line in parameters_cell(path).source.splitlines():
        assert _PARAMETER.fullmatch(line), line


def test_papermill_reads_every_parameter_with_type_and_help(path):
    declared = papermill.inspect_notebook(str(path)).values()
    assert len(declared) == len(parameters_cell(path).source.splitlines())
    assert all(p["inferred_type_name"] != "None" and p["help"] for p in declared)


def test_every_question_is_put_before_its_cell(path):
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")


def test_the_last_cell_leaves_the_proof(path):
    assert "report.result(" in code_cells(path)[-1].source
