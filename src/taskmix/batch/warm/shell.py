"""IPython's shell without a kernel: cells run here, their outputs as a notebook keeps them."""

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

from IPython.core.async_helpers import get_asyncio_loop
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

from taskmix.batch.warm.outputs import CellOutputs


class _Publisher(DisplayPublisher):
    """Takes what `display` shows."""

    def publish(
        self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None,
        update: bool = False, **_: Any,
    ) -> None:  # fmt: skip
        display_id = (transient or {}).get("display_id")
        output = new_output("display_data", data=data, metadata=metadata or {})
        self.shell.outputs.shown(output, display_id=display_id, update=update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear(wait=wait)


class _Hook(DisplayHook):
    """Takes the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """Write nothing: the prompt is the output's number."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        if format_dict:
            output = new_output(
                "execute_result", data=format_dict, metadata=md_dict or {},
                execution_count=self.prompt_count,
            )  # fmt: skip
            self.shell.outputs.shown(output)

    def finish_displayhook(self) -> None:
        """Nothing is printed, so no line has to be ended."""
        self._is_active = False


class _Stream(TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, outputs: CellOutputs, name: str) -> None:
        super().__init__()
        self._outputs, self.name = outputs, name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._outputs.written(self.name, text)
        return len(text)


class CellShell(InteractiveShell):
    """IPython's shell, which keeps a cell's outputs instead of printing or sending them.

    It reads no profile and no start-up files, and keeps no history on disk: a report must not
    depend on what somebody likes to have in their own sessions.
    """

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    # As in a kernel: what `!command` prints belongs to the cell.
    system = InteractiveShell.system_piped

    def __init__(self) -> None:
        self.outputs = CellOutputs()
        quiet = Config()
        quiet.HistoryManager.enabled = False
        super().__init__(config=quiet)
        self.loop_runner = _run_to_its_end

    def init_virtualenv(self) -> None:
        """Whoever runs notebooks has chosen the environment."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.shown(
            new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)
        )

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Show an exception as a kernel does, `SystemExit` too."""
        value = sys.exc_info()[1]
        if isinstance(value, SystemExit):
            trace = value.__traceback__
            stb = self.InteractiveTB.structured_traceback(SystemExit, value, trace, tb_offset=1)
            self._showtraceback(SystemExit, value, stb)
            return
        super().showtraceback(*args, **kwargs)

    def run(self, source: str, outputs: list[Any]) -> BaseException | None:
        """Run a cell.

        Parameters
        ----------
        source : str
        outputs : list
            Filled while the cell runs.

        Returns
        -------
        BaseException or None
            What ended the cell early.
        """
        self.outputs.into(outputs)
        out, err = _Stream(self.outputs, "stdout"), _Stream(self.outputs, "stderr")
        with redirect_stdout(out), redirect_stderr(err):
            result = self.run_cell(source, store_history=True)
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        return error


def _run_to_its_end(cell: Coroutine[Any, Any, Any]) -> Any:
    """Run a cell with `await` in it, wherever papermill was called from.

    Where a loop runs already in this thread, as in a Jupyter kernel, no other one can; a thread of
    its own can have one.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return get_asyncio_loop().run_until_complete(cell)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, cell).result()


@contextmanager
def fresh_shell() -> Iterator[CellShell]:
    """Give a new shell, which `get_ipython` finds; what was there before comes back."""
    classes = [kind for kind in CellShell.mro() if issubclass(kind, InteractiveShell)]
    before = {kind: kind._instance for kind in classes}
    main, path = sys.modules["__main__"], list(sys.path)
    shell = CellShell()
    # As in a kernel: what lies beside the notebook can be imported.
    sys.path.insert(0, "")
    try:
        for kind in classes:
            kind._instance = shell
        yield shell
    finally:
        for kind, instance in before.items():
            kind._instance = instance
        shell.restore_sys_module_state()
        sys.modules["__main__"], sys.path[:] = main, path
