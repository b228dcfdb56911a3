"""The DAG's file, parsed without Airflow, and run with a stand-in that records what it declares."""

import ast
import runpy
import sys
from types import ModuleType, SimpleNamespace

import pytest


class FailError(Exception):
    """Stands for the exception by which Airflow fails a task without trying again."""


class Node:
    """A task of a DAG; ``a >> b`` notes that b comes after a."""

    def __init__(self, dag, **declared):
        self.declared, self.after = declared, []
        dag.append(self)

    def __rshift__(self, other):
        other.after.append(self.declared["task_id"])
        return other


@pytest.fixture
def source(examples):
    return examples / "airflow" / "taskmix_dag.py"


@pytest.fixture
def declared(source, monkeypatch):
    """Run the file; gives its names, what its DAG was declared with, and its tasks by name."""
    tasks, dags = [], []

    def dag(**options):
        def declare(function):
            dags.append({"dag_id": function.__name__, **options})
            return function

        return declare

    def task(**options):
        def declare(function):
            return lambda: Node(tasks, task_id=function.__name__, call=function, **options)

        return declare

    stand_ins = {
        "airflow": {}, "airflow.providers": {}, "airflow.providers.standard": {},
        "airflow.providers.standard.operators": {},
        "airflow.providers.standard.operators.bash": {
            "BashOperator": lambda **options: Node(tasks, **options)
        },
        "airflow.sdk": {"dag": dag, "task": task},
        "airflow.sdk.exceptions": {"AirflowFailException": FailError},
    }  # fmt: skip
    for name, members in stand_ins.items():
        module = ModuleType(name)
        vars(module).update(members)
        monkeypatch.setitem(sys.modules, name, module)
    names = runpy.run_path(str(source))
    (made,) = dags
    return SimpleNamespace(
        names=names, dag=made, tasks={node.declared["task_id"]: node for node in tasks}
    )


def test_the_file_parses_without_airflow_and_says_that_it_was_only_parsed(source):
    said = ast.get_docstring(ast.parse(source.read_text()))
    assert "without Airflow installed" in said
    assert "not tried on a running Airflow" in said


def test_it_declares_one_dag_that_makes_up_for_nothing(declared):
    assert declared.dag["dag_id"] == "taskmix_reports"
    assert declared.dag["schedule"] == "30 2 1-7 * *"
    assert (declared.dag["catchup"], declared.dag["max_active_runs"]) == (False, 1)
    assert declared.dag["start_date"].tzinfo is not None


def test_the_batch_comes_after_sorting_and_that_after_reading(declared):
    assert {name: node.after for name, node in declared.tasks.items()} == {
        "ingest": [], "sort": ["ingest"], "batch": ["sort"],
    }  # fmt: skip
    for verb in ("ingest", "sort"):
        assert declared.tasks[verb].declared["bash_command"] == f"/opt/taskmix/bin/taskmix {verb}"
        assert declared.tasks[verb].declared["cwd"] == "/srv/taskmix/atlas"


def run_batch(declared, monkeypatch, code):
    asked = []

    def run(command, **options):
        asked.append((command, options))
        return SimpleNamespace(returncode=code)

    task = declared.tasks["batch"].declared["call"]
    monkeypatch.setattr(declared.names["subprocess"], "run", run)
    try:
        task()
    finally:
        ((command, options),) = asked
    return command, options


def test_all_well_is_a_success(declared, monkeypatch):
    command, options = run_batch(declared, monkeypatch, 0)
    assert command == declared.names["BATCH"]
    assert options["cwd"] == "/srv/taskmix/atlas"


def test_3_is_never_tried_again(declared, monkeypatch):
    with pytest.raises(FailError, match="some reports failed"):
        run_batch(declared, monkeypatch, 3)


@pytest.mark.parametrize("code", [1, 2, -9])
def test_whatever_else_went_wrong_is_tried_again(declared, monkeypatch, code):
    with pytest.raises(RuntimeError, match=rf"the batch did not start \(exit {code}\)"):
        run_batch(declared, monkeypatch, code)
    assert declared.tasks["batch"].declared["retries"] == 3
