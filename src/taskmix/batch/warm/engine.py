"""The papermill engine ``taskmix``: a notebook's cells run in this process, without a kernel.

Starting a kernel and importing the libraries takes far longer than a report's own work. In a
process that has imported them (`taskmix.batch.warm.server` forks such ones) only the work is left.
"""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError
from papermill.engines import Engine, NotebookExecutionManager

from taskmix.batch.warm.shell import fresh_shell
from taskmix.errors import ReportError

#: How often a notebook is saved on its way, in seconds; each time all of it is written.
_SAVED_EVERY = 1.0


class TaskmixEngine(Engine):
    """Runs a Python notebook's cells in the process that papermill runs in.

    Nothing isolates notebooks that are run one after the other in one process: modules stay
    imported, and a crash takes the process along. `taskmix batch` gives each a process of its own.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run the cells in their order, up to the first that fails.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            papermill's, which is told of each cell.
        kernel_name : str
            Not started; its language has to be Python.
        execution_timeout : float, optional
            Seconds that a cell may take. It can only be kept in the main thread.

        Raises
        ------
        ReportError
            If the notebook is in another language.
        CellTimeoutError
            If a cell takes longer than `execution_timeout`.
        """
        spec = nb_man.nb.metadata.get("kernelspec", {})
        language = str(spec.get("language") or "python")
        if language.casefold() != "python":
            raise ReportError(
                f"the papermill engine taskmix runs Python, and the notebook (kernel "
                f"{kernel_name}) is in {language}; run it with papermill's own engine"
            )
        _save_seldom(nb_man)
        with fresh_shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if cell.cell_type == "code" and cell.source.strip():
                        _run(shell, nb_man, cell, limit=execution_timeout)
                except CellExecutionError as error:
                    nb_man.cell_exception(cell, cell_index=index, exception=error)
                    break
                finally:
                    nb_man.cell_complete(cell, cell_index=index)
        _describe_language(nb_man.nb)


def _run(shell: Any, nb_man: NotebookExecutionManager, cell: Any, *, limit: float | None) -> None:
    """Run one cell; raise `CellExecutionError` as nbclient does."""
    cell.execution_count = shell.execution_count
    with _at_most(limit):
        error = shell.run(cell.source, cell.outputs)
    if isinstance(error, TimeLimitError):
        raise CellTimeoutError.error_from_timeout_and_cell(str(error), int(limit or 0), cell)
    tags = cell.metadata.get("tags", [])
    if error is not None and "raises-exception" not in tags:
        raise CellExecutionError("", type(error).__name__, str(error))


class TimeLimitError(BaseException):
    """A cell took too long. No `Exception`, since a cell may catch all of those."""


@contextmanager
def _at_most(limit: float | None) -> Iterator[None]:
    """End what is inside after `limit` seconds, with an error in the cell's own frame."""
    in_main = threading.current_thread() is threading.main_thread()
    if limit is None or not in_main or not hasattr(signal, "setitimer"):
        yield
        return

    def late(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise TimeLimitError(f"a cell took longer than {limit:g} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _save_seldom(nb_man: NotebookExecutionManager) -> None:
    """Save the notebook as it is now and then, without papermill's two validated copies a cell."""
    last = [monotonic()]

    def save(**_: Any) -> None:
        done = nb_man.end_time is not None
        if nb_man.output_path and (done or monotonic() - last[0] >= _SAVED_EVERY):
            Path(nb_man.output_path).write_text(json.dumps(nb_man.nb), "utf-8")
            last[0] = monotonic()

    nb_man.save = save


def _describe_language(notebook: Any) -> None:
    """Write down the language as a kernel would tell it."""
    from ipykernel.ipkernel import IPythonKernel  # noqa: PLC0415 - only its description is needed

    notebook.metadata["language_info"] = dict(IPythonKernel.language_info)
