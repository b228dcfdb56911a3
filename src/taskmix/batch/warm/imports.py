"""What a process imports and rehearses before it is forked."""

import contextlib
import tempfile
from importlib import import_module
from pathlib import Path

import nbformat
from nbformat import v4

from taskmix.batch.making import make_page

#: What the notebooks of a workspace import, and what makes pages of them.
_MODULES = (
    "papermill.engines",
    "taskmix.batch.warm.engine",
    "taskmix.batch.dressing",
    "taskmix.batch.audited",
    "taskmix.charts",
    "taskmix.report",
    "taskmix.report.analyst",
    "taskmix.measures.estimation",
    "taskmix.measures.markers",
    "narwhals._arrow.dataframe",
    "narwhals._duckdb.group_by",
    "narwhals._duckdb.namespace",
    "narwhals.group_by",
    "ipykernel.ipkernel",
    "pyarrow.dataset",
    "taskmix.report.explain",
    "taskmix.report.facts",
    "taskmix.report.intakewords",
    "taskmix.batch.evaluate",
)
#: A page about nothing, of the parts that pages have. It opens no table: delta-rs and a pool of
#: threads cannot be forked.
_REHEARSED = """\
import pandas as pd, plotly.graph_objects as go, taskmix as tm
tm.report.headline("Rehearsed")
tm.report.freshness([("Rehearsed", "ok")])
figure = go.Figure(go.Bar(x=[1], y=[1], marker={"color": "#123456"}, textfont={"size": 12}))
figure.add_trace(go.Scatter(x=[1], y=[1], marker={"size": 9}, line={"width": 2}))
figure.update_layout(xaxis={"title": {"text": "x"}}, yaxis={"title": {"text": "y"}})
figure.update_layout(legend={"font": {"size": 12}}, margin={"l": 0})
figure.add_annotation(text="Rehearsed", x=1, y=1, font={"size": 12})
table = {"columns": ["x"], "rows": [[1.5]], "csv": "rehearsed.csv"}
figure.update_layout(meta={"taskmix": {"title": "Rehearsed", **table}})
figure
pd.DataFrame({"rehearsed": [1.0]})
tm.report.result({"rehearsed": True})
"""


def import_everything() -> None:
    """Import the libraries, and make one small page.

    What libraries import, compile and look up at their first use is then done once, and shared by
    all processes that are forked.
    """
    for name in _MODULES:
        import_module(name)
    # What cannot be written here will not be where pages are made, and is told of there.
    with contextlib.suppress(OSError), tempfile.TemporaryDirectory() as folder:
        _rehearse(Path(folder))


def _rehearse(folder: Path) -> None:
    cells = [v4.new_code_cell(line) for line in _REHEARSED.splitlines()]
    nbformat.write(v4.new_notebook(cells=cells), folder / "rehearsed.ipynb")
    made = folder / "made"
    made.mkdir()
    make_page(str(folder / "rehearsed.ipynb"), {}, str(made), {"on_site": True})
