"""Run one notebook through papermill, here or in a kernel, and read what its last cell left."""

import contextlib
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from papermill.engines import papermill_engines

from taskmix import errors
from taskmix.batch.warm.work import can_fork
from taskmix.errors import ReportError
from taskmix.report import read_result

#: papermill's name of the engine that runs cells here; only where a process of their own is forked
#: for them, else None: papermill's own starts a kernel.
OWN_ENGINE = "taskmix" if can_fork() else None
#: Seconds that a cell may take.
_CELL_LIMIT = 900
_KERNEL_ARGUMENTS = [
    # The kernel warns of its loopback connection on our standard error.
    "--IPKernelApp.log_level=ERROR",
    # jsonschema, which plotly's renderers import, would have 38 grammars compiled for the format
    # `iri`, which no notebook's schema uses: 3 s a kernel. It does without where it is not there.
    "--IPKernelApp.exec_lines=__import__('sys').modules.setdefault('rfc3987_syntax', None)",
]


def execute(
    notebook: str, output: str, values: dict[str, Any], *, engine: str | None = OWN_ENGINE
) -> dict[str, Any]:
    """Run a notebook in its own folder.

    Parameters
    ----------
    notebook, output : str
        The notebook, and where its executed copy goes; a failed run's half-run copy too.
    values : dict
        Parameters, checked.
    engine : str, optional
        papermill's name of an engine; None for its own, which starts a kernel.

    Returns
    -------
    dict
        The facts its last cell left.

    Raises
    ------
    ReportError
        If a cell fails, the kernel dies or takes too long, or the run ended without reaching the
        last cell. Known errors keep their own sentence.
    """
    source, executed = Path(notebook), Path(output)
    _register_engine()
    try:
        with _quiet_kernel(), contextlib.redirect_stderr(io.StringIO()):
            record = papermill.execute_notebook(
                literal(source),
                literal(executed),
                parameters=values,
                cwd=str(source.parent),
                engine_name=engine,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                execution_timeout=_CELL_LIMIT,
                **({"extra_arguments": _KERNEL_ARGUMENTS} if engine is None else {}),
            )
    except papermill.PapermillExecutionError as error:
        raise ReportError(_failed_cell(source, error)) from error
    except CellTimeoutError as error:
        raise ReportError(f"{source.name}: a cell took longer than {_CELL_LIMIT} s") from error
    except DeadKernelError as error:
        raise ReportError(
            f"{source.name}: its kernel died, perhaps of too little memory"
        ) from error
    except NoSuchKernel as error:
        raise ReportError(
            "no Jupyter kernel named python3; install ipykernel into taskmix's environment"
        ) from error
    facts = read_result(executed)
    _forget_paths(record, source=source, executed=executed)
    return facts


def literal(path: Path) -> str:
    """Write a path for papermill, which takes it for a str.format template."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _register_engine() -> None:
    """Let papermill know the engine, where the package is not installed with its entry points."""
    from taskmix.batch.warm.engine import TaskmixEngine  # noqa: PLC0415

    papermill_engines.register("taskmix", TaskmixEngine)


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


def _forget_paths(record: Any, *, source: Path, executed: Path) -> None:
    """Take this machine's paths out of the record; it is published beside the page."""
    about = record.metadata.get("papermill", {})
    about.update(input_path=source.name, output_path=executed.name)
    about.pop("environment_variables", None)
    for told in [about, *(cell.metadata.get("papermill", {}) for cell in record.cells)]:
        _round_times(told)
    nbformat.write(record, executed)


def _round_times(told: dict[str, Any]) -> None:
    """Tell times to the millisecond: longer numbers pass for figures when one looks for those."""
    for name, value in told.items():
        if isinstance(value, float):
            told[name] = round(value, 3)
        elif name in ("start_time", "end_time") and value:
            told[name] = datetime.fromisoformat(value).isoformat(timespec="milliseconds")
