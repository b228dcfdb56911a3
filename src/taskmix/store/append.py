"""Add rows to a table that nothing is ever taken from or changed in."""

from pathlib import Path

import pandas as pd
from deltalake import CommitProperties, write_deltalake

from taskmix.store.read import location, open_table
from taskmix.store.tables import TABLES, to_arrow
from taskmix.store.write import clear_errors, replace_table


def append_rows(processed: Path, name: str, frame: pd.DataFrame, *, run_id: str) -> None:
    """Add rows at the end of a table in one commit; hold the writing lock around it.

    Parameters
    ----------
    frame : pandas.DataFrame
        All of the table's columns.
    run_id : str
        Is kept in the commit.

    Raises
    ------
    StoreError
        If the table cannot be written; it is as it was.
    """
    if open_table(processed, name) is None:
        replace_table(processed, name, frame, run_id=run_id)
        return
    with clear_errors(processed / name):
        write_deltalake(
            location(processed / name),
            to_arrow(frame, TABLES[name]),
            mode="append",
            commit_properties=CommitProperties(custom_metadata={"run_id": run_id}),
        )
