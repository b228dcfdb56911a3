"""What a notebook meets when it is run: a quick kernel, in which nothing was left behind."""

import nbformat
from nbformat import v4

from taskmix.batch import run_notebook

CELLS = (
    "names = {name for name in dir() if not name.startswith('_')}",
    "import plotly.graph_objects as go\ngo.Figure()",
    "import sys, taskmix as tm\n"
    "slow = sys.modules.get('rfc3987_syntax') is not None\n"
    "tm.report.result({'slow': slow, 'checked': 'jsonschema' in sys.modules, "
    "'sys': 'sys' in names})",
)


def test_a_figure_is_drawn_without_compiling_grammars(tmp_path):
    path = tmp_path / "figure.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(text) for text in CELLS]), path)
    executed = tmp_path / "out" / "figure.ipynb"
    facts = run_notebook(path, output=executed, parameters={})
    assert facts == {"slow": False, "checked": True, "sys": False}
    (shown,) = nbformat.read(executed, as_version=4).cells[1].outputs
    assert "application/vnd.plotly.v1+json" in shown.data
