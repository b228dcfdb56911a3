"""``taskmix batch``: what a scheduler runs; it is told the truth about each report."""

import json as json_text
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json, Project, name_and_value
from taskmix.cli.show import print_json
from taskmix.errors import TaskmixError

if TYPE_CHECKING:
    from taskmix.batch.overnight import Watching
    from taskmix.batch.summary import BatchSummary, ReportOutcome
    from taskmix.settings import Settings

EPILOG = (
    "Example: taskmix batch --period last-month --require-complete 0.95 --log json, or taskmix "
    "batch --period 2026-Q3 --teams Support --force. "
    "Exit status: 0 all is well, 3 some reports failed, 1 nothing could be started."
)
SOME_FAILED = 3


class LogForm(StrEnum):
    """How a log line is written."""

    LINES = "lines"
    JSON = "json"


def batch(
    period: Annotated[
        str,
        typer.Option(help="A month 2026-09, a quarter 2026-Q3, a year 2026, last-month, "
                     "last-quarter, or latest."),
    ] = "latest",
    teams: Annotated[
        list[str] | None,
        typer.Option(help="This team alone; may be repeated. Default: all together and each one "
                     "that may be shown."),
    ] = None,
    notebooks: Annotated[
        list[str] | None,
        typer.Option(help="This page alone, such as 4_ai_shift; may be repeated."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A notebook's parameter."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="How many run at once. Default: one a core.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Make what is up to date anew too.")
    ] = False,
    require_complete: Annotated[
        float,
        typer.Option(min=0, max=1, help="Make nothing unless the log holds this part of people's "
                     "working days in the period, such as 0.95."),
    ] = 0.0,
    time_limit: Annotated[
        float, typer.Option(min=1, help="Seconds that a notebook may take.")
    ] = 1800.0,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another batch of the workspace.")
    ] = 0.0,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print each page to a PDF too, with a Chromium.")
    ] = False,
    log: Annotated[
        LogForm, typer.Option(help="What a log gets: lines for people, or JSON, one object each.")
    ] = LogForm.LINES,
    project: Project = Path(),
    json: Json = False,
) -> None:  # fmt: skip
    """Make all reports of a period that are due, and publish them at once.

    What is up to date is skipped. A report that fails does so alone; what was published of it
    before stays. A batch that was cut off is completed by the same command.
    """
    from taskmix.batch.overnight import Options, run_batch  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    options = Options(
        period=period,
        teams=teams or None,
        notebooks=notebooks or None,
        parameters=dict(name_and_value(text) for text in parameter or []),
        n_workers=workers or len(os.sched_getaffinity(0)),
        force=force,
        least_complete=require_complete,
        time_limit=time_limit,
        wait=wait,
        pdf=pdf,
    )
    with _watching(log) as watching:
        summary = run_batch(settings, options, watching=watching)
    _tell(summary, log)
    for remark in _afterwards(settings, summary):
        print(f"taskmix: {remark}", file=sys.stderr)
    if json:
        print_json(summary.as_dict())
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


def _afterwards(settings: "Settings", summary: "BatchSummary") -> list[str]:
    """Tell people, and let old reports go; neither changes what became of the reports."""
    from taskmix.batch.notifying import notify  # noqa: PLC0415
    from taskmix.batch.pruning import prune  # noqa: PLC0415

    remarks = list(notify(settings, summary))
    if settings.retention.keep is not None:
        try:
            prune(settings)
        except TaskmixError as error:
            remarks.append(str(error))
    return remarks


@contextmanager
def _watching(log: LogForm) -> Iterator["Watching"]:
    """Show a bar with the time left on a terminal; in a log, a line a report."""
    from taskmix.batch.overnight import Watching  # noqa: PLC0415

    if log is LogForm.JSON or not sys.stderr.isatty():
        yield Watching(ended=lambda report: _log_line(report, log))
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("planning", total=None)

        def ended(report: "ReportOutcome") -> None:
            if report.status != "skipped":
                bar.advance(task)
                at_end = bar.tasks[0].finished
                bar.update(task, description="publishing" if at_end else f"after {_name(report)}")
            if report.status == "failed":
                bar.console.print(f"failed: {_name(report)}: {_first_line(report)}", markup=False)

        yield Watching(
            planned=lambda n: bar.update(task, total=n, description="making the first reports"),
            ended=ended,
        )


def _log_line(report: "ReportOutcome", log: LogForm) -> None:
    """Write on standard error how one report ended."""
    if log is LogForm.JSON:
        told = {"at": f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}", "notebook": report.notebook,
                "team": report.team, "period": report.period, "status": report.status,
                "seconds": report.seconds, "why": report.why}  # fmt: skip
        print(json_text.dumps(told, ensure_ascii=False), file=sys.stderr, flush=True)
        return
    why = f": {_first_line(report)}" if report.why else ""
    took = f" in {report.seconds:.1f} s" if report.seconds else ""
    print(f"{report.status} {_name(report)}{took}{why}", file=sys.stderr, flush=True)


def _tell(summary: "BatchSummary", log: LogForm) -> None:
    if log is LogForm.LINES:
        counts = {
            "made": summary.succeeded,
            "up to date": summary.skipped,
            "failed": summary.failed,
        }
        said = ", ".join(f"{n} {what}" for what, n in counts.items() if n)
        print(f"{summary.period}: {summary.planned} reports planned: {said or 'nothing'}")
        if summary.headline:
            print(summary.headline)
    for report in summary.with_status("failed"):
        print(f"taskmix: {_name(report)}: {report.why}", file=sys.stderr)


def _name(report: "ReportOutcome") -> str:
    return f"{report.notebook} for {report.team or 'all teams'}, {report.period}"


def _first_line(report: "ReportOutcome") -> str:
    return report.why.splitlines()[0] if report.why else ""
