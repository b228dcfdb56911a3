"""Run one notebook through papermill and believe it only on its last cell's proof."""

import contextlib
import io
import logging
import os
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi

from taskmix import errors
from taskmix.errors import ReportError
from taskmix.report import read_result

_TIME_LIMIT = 900
_KERNEL_ARGUMENTS = [
    # The kernel warns of its loopback connection on our standard error.
    "--IPKernelApp.log_level=ERROR",
    # jsonschema, which plotly's renderers import, would have 38 grammars compiled for the format
    # `iri`, which no notebook's schema uses: 3 s a kernel. It does without where it is not there.
    "--IPKernelApp.exec_lines=__import__('sys').modules.setdefault('rfc3987_syntax', None)",
]
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
    return dict(papermill.inspect_notebook(_literal(notebook)))


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


def run_notebook(notebook: Path, *, output: Path, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run a notebook in its own folder and process.

    Parameters
    ----------
    notebook, output : pathlib.Path
        The notebook, and where its executed copy goes; a failed run's half-run copy too.
    parameters : dict
        Checked here.

    Returns
    -------
    dict
        The facts its last cell left.

    Raises
    ------
    ReportError
        If a parameter is wrong, a cell fails, the kernel dies or takes too long, or the run
        ended without reaching the last cell. Known errors keep their own sentence.
    """
    values = check_parameters(notebook, parameters)
    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _quiet_kernel(), contextlib.redirect_stderr(io.StringIO()):
            papermill.execute_notebook(
                _literal(notebook),
                _literal(output),
                parameters=values,
                cwd=str(notebook.parent),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                execution_timeout=_TIME_LIMIT,
                extra_arguments=_KERNEL_ARGUMENTS,
            )
    except papermill.PapermillExecutionError as error:
        raise ReportError(_failed_cell(notebook, error)) from error
    except CellTimeoutError as error:
        raise ReportError(f"{notebook.name}: a cell took longer than {_TIME_LIMIT} s") from error
    except DeadKernelError as error:
        raise ReportError(
            f"{notebook.name}: its kernel died, perhaps of too little memory"
        ) from error
    except NoSuchKernel as error:
        raise ReportError(
            "no Jupyter kernel named python3; install ipykernel into taskmix's environment"
        ) from error
    facts = read_result(output)
    _forget_paths(output, notebook)
    return facts


def _literal(path: Path) -> str:
    """Write a path for papermill, which takes it for a str.format template."""
    return str(path).replace("{", "{{").replace("}", "}}")


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


def _failed_cell(notebook: Path, error: papermill.PapermillExecutionError) -> str:
    # The error was raised in the kernel's process; here only its name and text arrive.
    known = getattr(errors, str(error.ename), None)
    if isinstance(known, type) and issubclass(known, errors.TaskmixError):
        return str(error.evalue)
    trace = strip_ansi("\n".join(error.traceback))
    return (
        f"{notebook.name}: cell {error.exec_count} failed: {error.ename}: {error.evalue}\n{trace}"
    )


@contextlib.contextmanager
def _quiet_kernel() -> Any:
    """Give the kernel one thread for numerics and the renderer whose output a page needs."""
    wanted = {
        "OMP_NUM_THREADS": "1",
        "PLOTLY_RENDERER": "plotly_mimetype",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _forget_paths(executed: Path, notebook: Path) -> None:
    """Take this machine's paths out of the record; it is published beside the page."""
    record = nbformat.read(executed, as_version=4)
    about = record.metadata.get("papermill", {})
    about.update(input_path=notebook.name, output_path=executed.name)
    about.pop("environment_variables", None)
    nbformat.write(record, executed)
