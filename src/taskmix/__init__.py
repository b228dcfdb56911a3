"""Where does human effort go when AI takes over execution.

In a notebook::

    import taskmix as tm
    settings = tm.load_settings()
    log = tm.open_log(settings.processed)

Everything here is imported when it is first used, so that ``taskmix --help`` is quick.
"""

from importlib import import_module
from typing import Any

#: Public name → the room it lives in.
_ROOMS = {
    **dict.fromkeys(["load_settings", "find_project"], "taskmix.settings"),
    **dict.fromkeys(["open_log", "read_table", "table_version"], "taskmix.store"),
    **dict.fromkeys(
        [
            "basis_of_labels", "changes", "choose_scope", "execution_by_performer", "headcount",
            "hours_by_label", "of_scope", "rollup", "shares",
        ],
        "taskmix.measures",
    ),
    **dict.fromkeys(["check_team_may_be_shown", "release_plan", "suppress"], "taskmix.disclosure"),
    **dict.fromkeys(["load_codebook"], "taskmix.taxonomy"),
    **dict.fromkeys(["TaskSorter"], "taskmix.sorting"),
    **dict.fromkeys(["make_report", "sort_log"], "taskmix.batch"),
}  # fmt: skip
_MODULES = ("charts", "report", "taxonomy")

__all__ = [*_ROOMS, *_MODULES]  # noqa: PLE0604 - names, listed by room above


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    if name in _MODULES:
        return import_module(f"taskmix.{name}")
    raise AttributeError(f"module 'taskmix' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
