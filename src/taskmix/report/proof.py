"""The proof that a notebook ran to its end, with the facts its page is dressed with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taskmix.errors import ReportError

RESULT_MIME = "application/vnd.taskmix.result+json"


class Result:
    """What the last cell of a report notebook leaves behind; see :func:`result`.

    Parameters
    ----------
    facts : mapping of str to JSON value
        The facts.
    """

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = dict(facts)

    def __repr__(self) -> str:
        return "taskmix: the notebook reached its end"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {RESULT_MIME: self.facts, "text/plain": repr(self)}


def result(facts: Mapping[str, Any]) -> Result:
    """Leave the proof that the notebook reached its last cell.

    A run that ended early, by ``sys.exit(0)`` say, looks like a success to papermill; only this
    output tells. It is invisible on the page, whose header and footer take from it, where
    present: ``organisation``, ``period``, ``team``, ``made_at``, ``time_zone``,
    ``table_version``, ``taskmix_version``.

    Parameters
    ----------
    facts : mapping of str to JSON value
        The facts; further keys (``headline``, ``n_people``, ...) are kept for the caller.

    Returns
    -------
    Result
        An object that shows itself to Jupyter; it must be the last cell's last expression.

    Raises
    ------
    ReportError
        If a value cannot be written as JSON.
    """
    for key, value in facts.items():
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            msg = (
                f"result: {key!r} is {value!r} ({type(value).__name__}), which JSON cannot hold: "
                f"{error}. Pass text, a number, true/false, None, or lists and dicts of these."
            )
            raise ReportError(msg) from error
    return Result(facts)


def read_result(notebook: Any) -> dict[str, Any]:
    """Return the facts that an executed notebook's last code cell left.

    Parameters
    ----------
    notebook : path or NotebookNode
        The executed notebook.

    Returns
    -------
    dict
        The facts passed to :func:`result`.

    Raises
    ------
    ReportError
        If the last code cell left no result, or if any cell failed.
    """
    cells = read_notebook(notebook)["cells"]
    code = [c for c in cells if c["cell_type"] == "code" and "".join(c["source"]).strip()]
    errors = [o for cell in code for o in cell["outputs"] if o["output_type"] == "error"]
    if errors:
        ended = f"{errors[0]['ename']}: {errors[0]['evalue']}"
        raise ReportError(
            f"The notebook has a failed cell ({ended}), so its result does not count."
        )
    facts = find_result(code[-1:])
    if facts is None:
        raise ReportError(
            "The notebook's last code cell left no result; the run ended early, or the notebook "
            "lacks its closing cell. End it with: taskmix.report.result({...})"
        )
    return facts


def find_result(cells: list[Any]) -> dict[str, Any] | None:
    """Return the last result among the cells' outputs, or None."""
    bundles = [o.get("data", {}) for c in cells for o in c.get("outputs", ())]
    found = [bundle[RESULT_MIME] for bundle in bundles if RESULT_MIME in bundle]
    return dict(found[-1]) if found and isinstance(found[-1], Mapping) else None


def read_notebook(notebook: Any) -> Any:
    """Return a notebook node for a path or a node.

    Raises
    ------
    ReportError
        If the file is missing or is no notebook.
    """
    if not isinstance(notebook, str | Path):
        return notebook
    import nbformat  # noqa: PLC0415  a second of imports that a running notebook never needs

    try:
        return nbformat.read(notebook, as_version=4)
    except FileNotFoundError as error:
        raise ReportError(f"{notebook}: there is no such notebook.") from error
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, KeyError) as error:
        raise ReportError(f"{notebook}: this is not a Jupyter notebook: {error}") from error
