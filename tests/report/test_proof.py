import nbformat
import nbformat.v4 as nb
import pytest

from taskmix.errors import ReportError
from taskmix.report import read_result, result


def test_the_last_cells_result_is_read_from_a_node_and_from_a_file(make, tmp_path):
    node = make.notebook(make.code(result(make.facts)), make.markdown("The end."))
    assert read_result(node) == make.facts
    nbformat.write(node, tmp_path / "done.ipynb")
    assert read_result(tmp_path / "done.ipynb") == make.facts


def test_empty_cells_after_the_result_do_not_matter(make):
    node = make.notebook(make.code(result({"a": 1})), nb.new_code_cell("  "))
    assert read_result(node) == {"a": 1}


def test_a_run_that_ended_early_left_no_result(make):
    node = make.notebook(make.code(result({"a": 1})), make.code())
    with pytest.raises(ReportError, match="last code cell left no result"):
        read_result(node)


def test_a_notebook_with_a_failed_cell_has_no_result(make):
    failed = make.code(outputs=(nb.new_output("error", ename="E", evalue="x", traceback=[]),))
    with pytest.raises(ReportError, match="has a failed cell"):
        read_result(make.notebook(failed, make.code(result({}))))


def test_facts_that_json_cannot_hold_are_an_error():
    with pytest.raises(ReportError, match=r"'when' is \{1\}"):
        result({"when": {1}})
    with pytest.raises(ReportError, match="'share' is nan"):
        result({"share": float("nan")})


def test_a_file_that_is_no_notebook_is_an_error(tmp_path):
    path = tmp_path / "x.ipynb"
    with pytest.raises(ReportError, match=r"x\.ipynb: there is no such notebook"):
        read_result(path)
    path.write_text("not json", "utf-8")
    with pytest.raises(ReportError, match=r"x\.ipynb: this is not a Jupyter notebook"):
        read_result(path)
