"""The commands about what an ingest did: take it back, see what it refused, keep its key."""

from pathlib import Path
from typing import Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json

UNDO_EPILOG = "Example: taskmix undo, then taskmix undo 20261122T231502-4f1a09"
QUARANTINE_EPILOG = (
    "Example: taskmix quarantine --export to-correct, correct the rows there, then taskmix ingest "
    "to-correct"
)
KEY_EPILOG = "Example: taskmix key --project our-team"
_EXAMPLES_A_REASON = 3


def undo(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="The run's id; none: list the runs.")
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Take an ingest back, as if it had not been; without a run, list them."""
    from taskmix.ingest import list_runs  # noqa: PLC0415
    from taskmix.ingest import undo as undo_run  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    if run is None:
        runs = list_runs(settings).to_dict("records")
        for row in runs:
            print(
                f"{row['run_id']}  {row['at']:%Y-%m-%d %H:%M} UTC  {row['files']} files, "
                f"{row['accepted']:,} accepted, {row['updated']:,} updated, {row['removed']:,} "
                f"removed, {row['quarantined']:,} quarantined"
            )
        if not runs:
            print("no ingest yet")
        if json:
            print_json({"runs": [{**row, "at": row["at"].isoformat()} for row in runs]})
        return
    done = undo_run(settings, run)
    print(
        f"undone: {done.taken_back:,} rows taken back, {done.restored:,} as they were before. Run "
        "`taskmix sort` again before the next report"
    )
    print(f"its files are read again by the next ingest that meets them: {', '.join(done.files)}")
    if json:
        print_json(
            {"run_id": done.run_id, "files": done.files, "taken_back": done.taken_back,
             "restored": done.restored}
        )  # fmt: skip


def quarantine(
    reason: Annotated[str | None, typer.Option(help="Only what was refused for this.")] = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the records there as CSV, to be corrected."),
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """List the records that could not be read, by reason, and export them to be corrected."""
    from taskmix.ingest import export_refusals, list_refusals, reader_of  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    refused = list_refusals(settings, reason=reason)
    for name, rows in refused.groupby("reason"):
        print(f"{len(rows):,} × {str(name).replace('_', ' ')} ({name})")
        for row in rows.head(_EXAMPLES_A_REASON).to_dict("records"):
            print(f"    {row['file']}, row {row['row']}: {row['detail']}")
    if refused.empty:
        print("nothing is in quarantine")
    written = export_refusals(settings, export, reason=reason) if export and len(refused) else []
    for path in written:
        print(path)
    readers = {reader_of(settings, file) for file in refused["file"].unique()}
    if export and None in readers:
        print("what calendars and Timewarrior refused is corrected there, and exported again")
    if written:
        readers -= {None}
        by = f" --reader {readers.pop()}" if len(readers) == 1 else ""
        print("correct the rows there, leave the column taskmix_refusal as it is, and then:")
        print(f"    taskmix ingest {export}{by}")
    if json:
        counts = refused["reason"].value_counts()
        rows_json = refused[["file", "row", "reason", "detail"]].to_dict("records")
        print_json(
            {"quarantined": len(refused), "reasons": counts.to_dict(), "records": rows_json,
             "exported": [str(path) for path in written]}
        )  # fmt: skip


def key(project: Project = Path(), json: Json = False) -> None:
    """Show where the key for pseudonyms lies, and how to keep a copy of it."""
    from taskmix.identity import describe_key  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    facts = describe_key(load_settings(project))
    if facts["made"]:
        print(f"key          {facts['path']}")
        print(f"fingerprint  {facts['fingerprint']}")
        print(
            "People stand in the log under pseudonyms made with this key. Keep a copy where "
            "secrets are kept, apart from the log:\n"
            f"    cp -p {facts['path']} WHERE-YOU-KEEP-SECRETS/\n"
            "Who has the key and the log can tell who is who. Without the key the log can be "
            f"read but nothing added. To restore it, copy it back into {facts['folder']}, mode 600."
        )
    else:
        print(f"no key yet; the first `taskmix ingest` makes one in {facts['folder']}")
    if json:
        print_json(facts)
