"""``taskmix mapping``: propose a ``[mapping]`` for a table of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taskmix.cli.show import print_json, showing_progress
from taskmix.errors import SettingsError

if TYPE_CHECKING:
    from taskmix.ingest.proposing.propose import Proposal
    from taskmix.settings import Settings

EPILOG = "Example: taskmix mapping ~/export_2026-09.csv --name tracker --write"


def mapping(
    file: Annotated[Path, typer.Argument(help="A table that you have, in whatever form.")],
    name: Annotated[str | None, typer.Option(help="The mapping's name; else the file's.")] = None,
    records: Annotated[
        str | None,
        typer.Option(help="A spreadsheet's sheet, or JSON's array, that holds the records."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Append it to the workspace's taskmix.toml.")
    ] = False,
    project: Annotated[
        Path,
        typer.Option(
            help="The workspace; by default the nearest folder upwards with taskmix.toml."
        ),
    ] = Path(),
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object as the last line.")
    ] = False,
) -> None:
    """Propose a [mapping] for a table, and try it; nothing is read into the log."""
    from taskmix.ingest.proposing.propose import claimed_by, propose_mapping, write_mapping  # noqa: PLC0415

    settings = _workspace(project, needed=write)
    claiming = claimed_by(file, settings)
    if claiming and name is None:
        what = "reads" if len(claiming) == 1 else "each read"
        print(
            f"{' and '.join(claiming)} {what} this file as it is; no mapping is needed. Put it "
            "into data/raw. To describe it yourself all the same, give the mapping a --name"
        )
        if json:
            print_json({"name": None, "toml": "", "columns": {}, "undecided": [], "trial": None,
                        "no_trial": "", "claimed_by": claiming, "written": None})  # fmt: skip
        return
    with showing_progress("mapping") as progress:
        progress.say("reading and trying the file")
        proposal = propose_mapping(file, settings, name=name, records=records)
    written = write_mapping(proposal, settings) if write else None
    if not json:
        _show(proposal)
    if written:
        print(f"# appended to {written}")
    if json:
        print_json({**_as_json(proposal), "claimed_by": claiming,
                    "written": str(written) if written else None})  # fmt: skip


def _workspace(project: Path, *, needed: bool) -> "Settings":
    """Load the workspace; where there is none, a file can still be looked at."""
    from taskmix.settings import Settings, find_project, load_settings  # noqa: PLC0415

    try:
        find_project(project)
    except SettingsError:
        # A folder that was named must be right; only the silent default may be none.
        if needed or project != Path():
            raise
        return Settings(project=Path().resolve())
    return load_settings(project)


def _show(proposal: "Proposal") -> None:
    """Print the table and, as comments, what it does: all of it can be pasted."""
    print(proposal.toml)
    for key, why in proposal.undecided.items():
        print(f"# undecided: {key}: {' '.join(why.split())}")
    trial = proposal.trial
    if trial is None:
        print(f"# no trial: {' '.join(proposal.no_trial.split())}")
        return
    print(
        f"# trial: {trial.read:,} records read, {trial.accepted:,} accepted, "
        f"{trial.quarantined:,} quarantined"
    )
    for reason, count in trial.reasons.items():
        print(f"#     {count:,} × {reason.replace('_', ' ')}")
    if trial.accepted:
        people = "1 person" if trial.people == 1 else f"{trial.people:,} people"
        print(
            f"# trial: {trial.first_date} to {trial.last_date}, {trial.hours:,.2f} hours, {people}"
        )
    if trial.n_without_hours:
        print(f"# trial: {trial.n_without_hours:,} records have no hours and are only counted")
    if "person" not in {*proposal.columns}:
        print("# trial: the file names nobody, so it was tried as one person's")


def _as_json(proposal: "Proposal") -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    return {
        "name": proposal.name,
        "toml": proposal.toml,
        "columns": proposal.columns,
        "undecided": [f"{key}: {why}" for key, why in proposal.undecided.items()],
        "trial": asdict(proposal.trial) if proposal.trial else None,
        "no_trial": proposal.no_trial,
    }
