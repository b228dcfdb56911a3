"""The Delta tables of a workspace: merged by key, versioned, never half written."""

from taskmix.store.append import append_rows
from taskmix.store.handed import handed_over, measured_once, name_frame, name_relation
from taskmix.store.history import Change, change_of_run
from taskmix.store.log import Log, open_log
from taskmix.store.read import open_table, read_arrow, read_table, table_version
from taskmix.store.tables import TABLES, Table
from taskmix.store.write import join_files, merge_rows, replace_table, writing

__all__ = [
    "TABLES",
    "Change",
    "Log",
    "Table",
    "append_rows",
    "change_of_run",
    "handed_over",
    "join_files",
    "measured_once",
    "merge_rows",
    "name_frame",
    "name_relation",
    "open_log",
    "open_table",
    "read_arrow",
    "read_table",
    "replace_table",
    "table_version",
    "writing",
]
