"""The outputs of a cell while it runs, put together as a notebook keeps them."""

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output


class CellOutputs:
    """Collects what a cell prints and shows.

    Text that follows text of the same stream is one output, as nbclient makes it; a display with
    an id can be updated by a later cell.
    """

    def __init__(self) -> None:
        self._outputs: list[Any] = []
        self._clear_next = False
        self._by_display_id: dict[str, list[NotebookNode]] = {}

    def into(self, outputs: list[Any]) -> None:
        """Collect into a list of a cell's own from here on."""
        self._outputs, self._clear_next = outputs, False

    def written(self, stream: str, text: str) -> None:
        """Add text to a stream."""
        if not text:
            return
        self._clear_if_waiting()
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == stream:
            last.text += text
        else:
            self._outputs.append(new_output("stream", name=stream, text=text))

    def shown(
        self, output: NotebookNode, *, display_id: str | None = None, update: bool = False
    ) -> None:
        """Add an output, or update those that were shown with its id."""
        if update:
            for earlier in self._by_display_id.get(display_id or "", []):
                earlier.data, earlier.metadata = output.data, output.metadata
            return
        self._clear_if_waiting()
        self._outputs.append(output)
        if display_id:
            self._by_display_id.setdefault(display_id, []).append(output)

    def clear(self, *, wait: bool) -> None:
        """Take away what the cell has shown so far; with `wait` once something new comes."""
        self._clear_next = wait
        if not wait:
            self._outputs.clear()

    def _clear_if_waiting(self) -> None:
        if self._clear_next:
            self._outputs.clear()
            self._clear_next = False
