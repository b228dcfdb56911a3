"""Check a notebook's parameters, run it, and believe it only on its last cell's proof."""

import logging
import tempfile
import uuid
from pathlib import Path
from typing import Any

import papermill

from taskmix.batch.execute import execute, literal
from taskmix.batch.warm.work import TIME_LIMIT, Work, can_fork, value_of
from taskmix.batch.warm.workers import shared_workers
from taskmix.errors import ReportError

_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


def notebook_parameters(notebook: Path) -> dict[str, dict[str, Any]]:
    """Return the parameters a notebook declares, by name, as papermill reads them.

    Raises
    ------
    ReportError
        If there is no such notebook.
    """
    if not notebook.is_file():
        raise ReportError(
            f"{notebook}: no such notebook; copy it from a new workspace (`taskmix init DIR`)"
        )
    # papermill logs "Unknown parameters" sentences of its own for cells it cannot parse.
    logging.getLogger("papermill").setLevel(logging.ERROR)
    return dict(papermill.inspect_notebook(literal(notebook)))


def check_parameters(notebook: Path, values: dict[str, Any]) -> dict[str, Any]:
    """Check parameters against what the notebook declares and cast them to the declared type.

    papermill only warns of an unknown parameter and then runs with the default: a report
    about something else than was asked for.

    Raises
    ------
    ReportError
        If a parameter is unknown or of the wrong type.
    """
    declared = notebook_parameters(notebook)
    unknown = [name for name in values if name not in declared]
    if unknown:
        raise ReportError(
            f"{notebook.name}: unknown parameter {unknown[0]!r}; it has {', '.join(declared)}"
        )
    return {
        name: _cast(notebook, name, value, str(declared[name]["inferred_type_name"]))
        for name, value in values.items()
    }


def run_notebook(
    notebook: Path, *, output: Path, parameters: dict[str, Any], time_limit: float = TIME_LIMIT
) -> dict[str, Any]:
    """Run a notebook in its own folder and process.

    The process is forked from one that has imported what notebooks need, and stays for further
    ones; where processes cannot be forked safely, a kernel is started.

    Parameters
    ----------
    notebook, output : pathlib.Path
        The notebook, and where its executed copy goes; a failed run's half-run copy too.
    parameters : dict
        Checked here.
    time_limit : float
        Seconds after which its process is ended.

    Returns
    -------
    dict
        The facts its last cell left.

    Raises
    ------
    ReportError
        If a parameter is wrong, a cell fails, the process dies or takes too long, or the run
        ended without reaching the last cell. Known errors keep their own sentence.
    """
    values = check_parameters(notebook, parameters)
    output.parent.mkdir(parents=True, exist_ok=True)
    if not can_fork():
        return execute(str(notebook), str(output), values, engine=None)
    with tempfile.TemporaryDirectory(prefix=".run-", dir=output.parent) as folder:
        work = Work(
            name=uuid.uuid4().hex,
            task="taskmix.batch.execute:execute",
            arguments={
                "notebook": str(notebook.resolve()),
                "output": str(output.resolve()),
                "values": values,
            },
            folder=Path(folder),
            limit=time_limit,
        )
        ended = shared_workers().submit(work).result()
    return dict(value_of(ended, of=notebook.name))


def _cast(notebook: Path, name: str, value: Any, declared: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        match declared:
            case "int":
                return int(value)
            case "float":
                return float(value)
            case "bool":
                return {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}[value.lower()]
            case _:
                return value
    except (ValueError, KeyError) as error:
        raise ReportError(
            f"{notebook.name}: parameter {name} is {value[:40]!r}, which is no {declared}"
        ) from error
