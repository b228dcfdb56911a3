"""What a run changed: the tables as they were before it and after it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.errors import StoreError
from taskmix.store.read import open_table, read_table
from taskmix.store.tables import TABLES
from taskmix.store.versions import oldest_version


@dataclass(frozen=True)
class Change:
    """A table around one run's commit.

    Attributes
    ----------
    before, after : pandas.DataFrame
        The whole table; `before` has no rows where the run made the table.
    """

    before: pd.DataFrame
    after: pd.DataFrame


def change_of_run(processed: Path, name: str, run_id: str) -> Change | None:
    """Read a table as it was before and after a run; None where the run did not change it.

    Raises
    ------
    StoreError
        If the table is damaged, or what it was before the run was taken away since.
    """
    table = open_table(processed, name)
    if table is None:
        return None
    made = [entry["version"] for entry in table.history() if entry.get("run_id") == run_id]
    if not made:
        return None
    # A commit that was done again after a crash is the same change; the first one begins it.
    first, last = min(made), max(made)
    if first and first <= oldest_version(processed / TABLES[name].name):
        raise StoreError(gone_sentence(run_id))
    after = read_table(processed, name, version=last)
    before = read_table(processed, name, version=first - 1) if first else after.iloc[:0]
    return Change(before, after)


def kept_since(processed: Path, name: str) -> pd.Timestamp | None:
    """Tell since when a table's versions are kept; None where none was taken away."""
    table = open_table(processed, name)
    if table is None or not oldest_version(processed / TABLES[name].name):
        return None
    return pd.Timestamp(min(e["timestamp"] for e in table.history()), unit="ms", tz="UTC")


def gone_sentence(run_id: str) -> str:
    """Say why a run cannot be taken back any more."""
    return (
        f"run {run_id}: what the log was before it was taken away when somebody was forgotten "
        "(`taskmix forget`), so it cannot be undone. Nothing was changed. Put the right exports "
        "into data/raw and run `taskmix ingest`"
    )
