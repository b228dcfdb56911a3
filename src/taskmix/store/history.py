"""What a run changed: the tables as they were before it and after it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.store.read import open_table, read_table


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
        If the table is damaged.
    """
    table = open_table(processed, name)
    if table is None:
        return None
    made = [entry["version"] for entry in table.history() if entry.get("run_id") == run_id]
    if not made:
        return None
    # A commit that was done again after a crash is the same change; the first one begins it.
    first, last = min(made), max(made)
    after = read_table(processed, name, version=last)
    before = read_table(processed, name, version=first - 1) if first else after.iloc[:0]
    return Change(before, after)
