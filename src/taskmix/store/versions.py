"""Which version of the other tables belonged to a version of the table of tasks."""

from pathlib import Path
from typing import Any

from taskmix.errors import StoreError
from taskmix.store.tables import TABLES

#: Stands for the newest version, where a notebook's parameter must be a number.
NEWEST = -1
#: The commit's metadata that says on which version of the tasks a table was computed.
TASKS_VERSION = "tasks_version"
#: The folder in which a table says what its versions are.
LOG_FOLDER = "_delta_log"
#: Of a version's number in the name of a file of the log.
_DIGITS = 20


def check_version(version: int, *, newest: int, processed: Path) -> None:
    """Raise `StoreError` unless the table of tasks has this version, and has it still."""
    oldest = oldest_version(processed / TABLES["tasks"].name)
    if oldest <= version <= newest:
        return
    known = f"versions {oldest} to {newest}" if oldest < newest else f"version {newest} only"
    where = f"{processed / TABLES['tasks'].name}: the log has no version {version}"
    if 0 <= version < oldest:
        raise StoreError(
            f"{where} any more: when somebody was forgotten (`taskmix forget`), the versions "
            f"before {oldest} were taken away with them, and a report of one cannot be made "
            f"again. It has {known}"
        )
    raise StoreError(
        f"{where}; it has {known}. A report's page and its JSON name the version it was made from"
    )


def oldest_version(folder: Path) -> int:
    """Tell the oldest version of a table that can still be opened; 0 where nothing was purged."""
    logged = [logged_version(file) for file in (folder / LOG_FOLDER).glob("*")]
    return min((version for version in logged if version is not None), default=0)


def logged_version(file: Path) -> int | None:
    """Tell which version a file of a table's log is of; None for one that is of none."""
    number = file.name[:_DIGITS]
    return int(number) if len(number) == _DIGITS and number.isdecimal() else None


def belonging_version(
    history: list[dict[str, Any]], tasks_history: list[dict[str, Any]], *, tasks_version: int
) -> int | None:
    """Find the newest version of a table that was made from `tasks_version` or an older one.

    A commit that does not say what it was made from was made from the tasks that were newest
    then: the writing lock is held from reading the tasks to that commit, so no other version
    of them can have come between.

    Parameters
    ----------
    history, tasks_history : list of dict
        As `deltalake.DeltaTable.history` returns them: of the table, and of the tasks.

    Returns
    -------
    int or None
        None where the table was first written for a later version of the tasks.
    """
    written = {entry["version"]: entry["timestamp"] for entry in tasks_history}
    fitting = [
        entry["version"]
        for entry in history
        if (made_from := _made_from(entry, written)) is not None and made_from <= tasks_version
    ]
    return max(fitting, default=None)


def _made_from(entry: dict[str, Any], written: dict[int, int]) -> int | None:
    said = entry.get(TASKS_VERSION)
    if said is not None:
        return int(said)
    return max((v for v, at in written.items() if at <= entry["timestamp"]), default=None)
