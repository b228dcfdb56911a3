"""The commands. Rooms are imported inside them: ``--help`` must not wait for pandas."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli import (
    analyst,
    batch,
    doctor,
    evaluate,
    explain,
    forget,
    mapping,
    models,
    my,
    prune,
    queue,
    records,
    release,
    verify,
)
from taskmix.cli.options import DryRun, Json, Project, name_and_value
from taskmix.cli.reported import report_facts, report_lines
from taskmix.cli.show import counts_line, file_lines, print_json, showing_progress
from taskmix.errors import TaskmixError

app = typer.Typer(
    name="taskmix",
    help="Where does human effort go when AI takes over execution?\n\n"
    "A workspace holds your tools' exports, the log made of them, the notebooks and the "
    "reports. The usual way is: init, ingest, sort, report.",
    epilog="Example: taskmix init mine && cd mine && cp ~/export.csv data/raw/ && taskmix ingest "
    "&& taskmix sort && taskmix report --period 2026-Q3",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; known errors are one line and exit with 1."""
    # Seconds of grammars that no command needs: see `taskmix.batch.notebooks`.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    try:
        app()
    except TaskmixError as error:
        print(f"taskmix: {error}", file=sys.stderr)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed  # noqa: PLC0415

        print(f"taskmix {installed('taskmix')}")
        raise typer.Exit


@app.command(epilog="Example: taskmix init our-team --name 'Atlas Labs' --time-zone Europe/Berlin")
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    personal: Annotated[
        bool, typer.Option("--personal", help="One person's own log; no group is too small.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="The organisation's name.")] = None,
    time_zone: Annotated[str, typer.Option(help="Such as Europe/Berlin.")] = "UTC",
) -> None:
    """Make a workspace: folders, settings and notebooks."""
    from taskmix.batch import init_workspace  # noqa: PLC0415

    settings = init_workspace(folder, name=name, time_zone=time_zone, personal=personal)
    print(f"made {settings.project}")
    print(f"next: put exports into {settings.raw}, then `taskmix ingest --project {folder}`")


@app.command(epilog="Example: taskmix ingest data/raw/toggl_2026.csv --reader toggl")
def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; default: data/raw."),
    ] = None,
    reader: Annotated[str | None, typer.Option(help="Read the files with this reader.")] = None,
    dry_run: DryRun = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Read exports into the log; the same file twice changes nothing."""
    from taskmix.ingest import ingest as run_ingest  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("ingest") as progress:
        outcome = run_ingest(
            settings, paths, reader=reader, dry_run=dry_run, progress=progress.step
        )
    failed = [file for file in outcome.files if file.error]
    for line in file_lines(outcome.files):
        print(line)
    print(counts_line("in all", outcome.counts))
    if dry_run:
        print("nothing was written (--dry-run)")
    elif outcome.changed:
        print(f"run {outcome.run_id}; `taskmix undo {outcome.run_id}` takes it back")
    if outcome.outdated:
        print(
            f"read by older settings or another roster: {', '.join(outcome.outdated)}; ingest them "
            "again, or their rows stay as they were"
        )
    for file in failed:
        print(f"taskmix: {file.error}", file=sys.stderr)
    if json:
        print_json(
            {
                **outcome.counts.as_dict(),
                "run_id": outcome.run_id,
                "dry_run": outcome.dry_run,
                "outdated": outcome.outdated,
                "table_version": outcome.table_version,
                "files": [
                    {"path": f.path, "reader": f.reader, **f.counts.as_dict(), "reasons": f.reasons,
                     "notes": f.notes, "examples": f.examples, "error": f.error}
                    for f in outcome.files
                ],
            }
        )  # fmt: skip
    if failed:
        raise typer.Exit(1)


app.command(epilog=models.SORT_EPILOG)(models.sort)


@app.command(epilog="Example: taskmix report --period 2026-Q3 --team Support")
def report(
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, latest, or last-month, "
            "this-quarter and the like."
        ),
    ],
    team: Annotated[str | None, typer.Option(help="One team instead of all.")] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option(
            help="Make this page alone, such as 4_ai_shift; may be repeated. Default: all pages."
        ),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A notebook's parameter."),
    ] = None,
    table_version: Annotated[
        int | None,
        typer.Option(
            min=0, help="Make the report of an older version of the log again, in data/analyst/old."
        ),
    ] = None,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Put plotly.js into each page, to mail it.")
    ] = False,
    pdf: Annotated[
        bool,
        typer.Option("--pdf", help="Print each page to a PDF too, with an installed Chromium."),
    ] = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Run the report notebooks for a period and publish their pages."""
    from taskmix.batch import UnfinishedReportError, make_report  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    values = dict(name_and_value(text) for text in parameter or [])
    settings = load_settings(project)
    failed: dict[str, str] = {}
    with showing_progress("report") as progress:
        try:
            made = make_report(
                settings, period=period, team=team, notebooks=notebook, parameters=values,
                table_version=table_version, single_file=single_file, pdf=pdf,
                progress=progress.say,
            )  # fmt: skip
        except UnfinishedReportError as error:
            made, failed = error.report, error.failed
    for line in report_lines(made):
        print(line)
    for why in failed.values():
        print(f"taskmix: {why}", file=sys.stderr)
    if json:
        print_json(report_facts(made, failed))
    if failed:
        raise typer.Exit(1)


@app.command(epilog="Example: taskmix demo try-it --people 60 --months 9 --seed 7")
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="A new folder.")] = Path(
        "taskmix-demo"
    ),
    people: Annotated[int, typer.Option(min=20, max=5000, help="How many people to invent.")] = 200,
    months: Annotated[int, typer.Option(min=3, max=120, help="How many months of logs.")] = 24,
    seed: Annotated[int, typer.Option(help="Another seed, another organisation.")] = 0,
    json: Json = False,
) -> None:
    """Invent an organisation's logs and do the whole main job on them."""
    from taskmix.batch import run_demo  # noqa: PLC0415

    with showing_progress("demo") as progress:
        made = run_demo(folder, people=people, months=months, seed=seed, progress=progress.say)
    print(counts_line("ingested", made.ingested.counts))
    organisation = made.reports[0]
    print(organisation.pages[0].facts["headline"])
    print("teams have one page each here; `taskmix report --team NAME` makes all of a team's")
    print(organisation.index)
    if json:
        print_json(
            {"project": str(made.settings.project), "index": str(organisation.index),
             "ingest": made.ingested.counts.as_dict(),
             "reports": [str(page.html) for report in made.reports for page in report.pages]}
        )  # fmt: skip


app.command(epilog=batch.EPILOG)(batch.batch)
app.command(epilog=mapping.EPILOG)(mapping.mapping)
app.command(epilog=analyst.INTAKE_EPILOG)(analyst.intake)
app.command(epilog=analyst.QUALITY_EPILOG)(analyst.quality)
app.command(epilog=evaluate.EPILOG)(evaluate.evaluate)
app.command(epilog=explain.EPILOG)(explain.explain)
app.command(epilog=models.MODELS_EPILOG)(models.models)
app.command(epilog=verify.EPILOG)(verify.verify)
app.command(epilog=records.UNDO_EPILOG)(records.undo)
app.command(epilog=records.QUARANTINE_EPILOG)(records.quarantine)
app.command(epilog=records.KEY_EPILOG)(records.key)
app.command(epilog=my.EPILOG)(my.my)
app.command(epilog=forget.EPILOG)(forget.forget)
app.command(epilog=doctor.EPILOG)(doctor.doctor)
app.command(epilog=prune.EPILOG)(prune.prune)
app.add_typer(queue.queue, name="queue")
app.add_typer(release.release, name="release")
