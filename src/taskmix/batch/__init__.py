"""Join the rooms: sort a log, run notebooks, publish reports, and the demo of it all."""

from taskmix.batch.demo import Demo, run_demo
from taskmix.batch.notebooks import check_parameters, notebook_parameters, run_notebook
from taskmix.batch.publishing.placing import Page
from taskmix.batch.publishing.staged import REPORT_NOTEBOOKS
from taskmix.batch.report import Report, UnfinishedReportError, make_report
from taskmix.batch.sort import SortSummary, sort_log
from taskmix.batch.workspace import copy_notebooks, init_workspace

__all__ = [
    "REPORT_NOTEBOOKS",
    "Demo",
    "Page",
    "Report",
    "SortSummary",
    "UnfinishedReportError",
    "check_parameters",
    "copy_notebooks",
    "init_workspace",
    "make_report",
    "notebook_parameters",
    "run_demo",
    "run_notebook",
    "sort_log",
]
