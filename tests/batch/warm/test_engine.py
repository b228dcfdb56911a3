"""The papermill engine taskmix leaves in a notebook what a kernel does."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from nbformat import v4
from papermill.engines import papermill_engines

from taskmix.batch.warm.engine import TaskmixEngine
from taskmix.errors import ReportError

SPEC = {"name": "python3", "language": "python", "display_name": "Python 3"}
CELLS = [
    "1 + 1",
    "print('out'); print('more')",
    "import sys; print('err', file=sys.stderr); sys.stderr.write('more\\n')",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>shown</b>'))\n'last'",
    "x = 3\nx;",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "handle = display('first', display_id='one')",
    "handle.update('second')",
    "from IPython.display import clear_output\nprint('gone'); clear_output(); print('stays')",
    "print('gone'); clear_output(wait=True); print('stays')",
    "%pwd\nimport asyncio\nawait asyncio.sleep(0)\n_ + 'x' if isinstance(_, str) else _.shape",
    "!echo from the shell",
    "import plotly.graph_objects as go\ngo.Figure(go.Bar(x=[1], y=[2]))",
    "get_ipython().__class__.__mro__[-1], __name__, sys.modules['__main__'].x",
    "def f():\n    yield 1\nlist(f()), In[1], Out[1]",
    "import beside; beside.NAME",
]
#: What may differ: what a figure or a cell is called inside.
_VARIES = re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b|<ipython-input-[\w-]+>|\b\d+\.py\b")


@pytest.fixture(autouse=True)
def _registered(monkeypatch):
    papermill_engines.register("taskmix", TaskmixEngine)
    monkeypatch.setenv("PLOTLY_RENDERER", "plotly_mimetype")


def written(folder, *sources, spec=SPEC, tags=()):
    path = folder / "notebook.ipynb"
    cells = [v4.new_markdown_cell("# A title"), *map(v4.new_code_cell, sources)]
    for number, tag in tags:
        cells[number].metadata["tags"] = [tag]
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": spec}), path)
    return path


def ran(path, engine, **options):
    output = path.with_name(f"{engine or 'kernel'}.ipynb")
    papermill.execute_notebook(
        str(path), str(output), engine_name=engine, cwd=str(path.parent), progress_bar=False,
        **options,
    )  # fmt: skip
    return nbformat.read(output, as_version=4)


def outputs(notebook):
    """What each cell left, without what is another each time."""
    return [
        (cell.get("execution_count"), [_VARIES.sub("…", str(o)) for o in cell.get("outputs", [])])
        for cell in notebook.cells
    ]


def test_cells_leave_what_they_leave_in_a_kernel(tmp_path):
    (tmp_path / "beside.py").write_text("NAME = 'a module beside the notebook'", "utf-8")
    path = written(tmp_path, *CELLS)
    for here, there in zip(outputs(ran(path, "taskmix")), outputs(ran(path, None)), strict=True):
        assert here == there


def test_the_record_says_what_papermills_own_says(tmp_path):
    path = written(tmp_path, "a: int = 1", "a", tags=[(1, "parameters")])
    here = ran(path, "taskmix", parameters={"a": 5})
    there = ran(path, None, parameters={"a": 5})
    assert here.cells[3].outputs[0].data["text/plain"] == "5"
    assert [c.metadata.papermill.status for c in here.cells] == [
        c.metadata.papermill.status for c in there.cells
    ]
    assert here.metadata.papermill.keys() == there.metadata.papermill.keys()
    assert here.metadata.language_info == there.metadata.language_info
    nbformat.validate(here)


@pytest.mark.parametrize(
    "code", ["1 / 0", "raise ValueError('no\\nmore')", "def f(:", "import sys\nsys.exit(3)"]
)
def test_an_error_ends_the_run_as_in_a_kernel(tmp_path, code):
    path = written(tmp_path, "print('before')", code, "print('never')")
    said = []
    for engine in ("taskmix", None):
        with pytest.raises(papermill.PapermillExecutionError, match=r"In \[2\]") as raised:
            ran(path, engine)
        failed = raised.value
        said.append((failed.ename, _VARIES.sub("…", failed.evalue), failed.cell_index))
        record = nbformat.read(path.with_name(f"{engine or 'kernel'}.ipynb"), as_version=4)
        statuses = [c.metadata.get("papermill", {}).get("status") for c in record.cells]
        assert statuses[-2:] == ["failed", "pending"]
        assert any(c.get("outputs", [{}])[:1] == [
            {"output_type": "stream", "name": "stdout", "text": "before\n"}
        ] for c in record.cells)  # fmt: skip
    assert said[0] == said[1]


def test_an_error_that_is_expected_ends_nothing(tmp_path):
    path = written(tmp_path, "1 / 0", "'after'", tags=[(1, "raises-exception")])
    output = path.with_name("expected.ipynb")
    with pytest.raises(papermill.PapermillExecutionError, match="division by zero"):
        # papermill looks at outputs afterwards, whatever the cell's tags say.
        papermill.execute_notebook(
            str(path), str(output), engine_name="taskmix", progress_bar=False
        )
    assert "after" in nbformat.read(output, as_version=4).cells[-1].outputs[0].data["text/plain"]


def test_a_cell_that_takes_too_long_is_ended(tmp_path):
    # It catches all that a cell may catch.
    slow = "import time\nwhile True:\n    try: time.sleep(9)\n    except Exception: pass"
    path = written(tmp_path, "'before'", slow, "'never'")
    with pytest.raises(CellTimeoutError, match=r"a cell took longer than 0\.5 s"):
        ran(path, "taskmix", execution_timeout=0.5)
    record = nbformat.read(path.with_name("taskmix.ipynb"), as_version=4)
    assert record.cells[1].outputs[0].data["text/plain"] == "'before'"
    assert record.cells[3].outputs == []


def test_a_cell_can_wait_where_a_loop_runs_already(tmp_path):
    path = written(tmp_path, "import asyncio\nawait asyncio.sleep(0, 'waited')")

    async def from_inside():
        return ran(path, "taskmix")

    # A thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as aside:
        done = aside.submit(lambda: asyncio.run(from_inside())).result()
    assert done.cells[1].outputs[0].data["text/plain"] == "'waited'"


def test_nothing_of_one_notebook_reaches_the_next(tmp_path):
    import sys  # noqa: PLC0415

    path, main = list(sys.path), sys.modules["__main__"]
    ran(written(tmp_path, "leftover = 1"), "taskmix")
    done = ran(written(tmp_path, "'leftover' in globals()"), "taskmix")
    assert done.cells[1].outputs[0].data["text/plain"] == "False"
    assert sys.path == path
    assert sys.modules["__main__"] is main


def test_another_language_is_refused(tmp_path):
    spec = {"name": "ir", "language": "R", "display_name": "R"}
    path = written(tmp_path, "1", spec=spec)
    with pytest.raises(ReportError, match=r"runs Python, and the notebook .* is in R"):
        ran(path, "taskmix")
