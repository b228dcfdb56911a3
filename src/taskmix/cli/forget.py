"""``taskmix forget``: everything of one person goes, and cannot come back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taskmix.cli.options import DryRun, Json, Project
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    from taskmix.batch.forgetting import Forgotten, Found
    from taskmix.settings import Settings

EPILOG = "Example: taskmix forget --person 'Ana Ruiz' --dry-run, then without --dry-run"
_LISTED = 20
_WORDS = {
    "tasks": "of their tasks",
    "tags": "of the tags that they gave, or that their tasks were given",
    "draws": "of the rows that were drawn for the queue",
    "sorted": "of the sorter's rows",
    "quarantine": "of the refused records",
    "edited": "times their name or pseudonym in rows of others",
}


def forget(
    person: Annotated[
        str,
        typer.Option(help="As people.csv has the name, an alias, or a name as it is in a file."),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")] = False,
    dry_run: DryRun = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Take everything of one person out of the workspace; it cannot be undone.

    Gone are their rows in all tables and in all older versions of these, models that saw them,
    pages and sheets that show them, and their rows in people.csv. Raw files that name them are
    listed and not touched; they cannot bring them back. A run that was cut off is completed by
    the same command.
    """
    from taskmix.batch.forgetting import forget as run_forget  # noqa: PLC0415
    from taskmix.batch.forgetting import look_for  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    if not dry_run and not yes:
        with showing_progress("forget") as progress:
            found = look_for(settings, person, progress=progress.say)
        _ask(settings, found)
    with showing_progress("forget") as progress:
        done = run_forget(settings, person, dry_run=dry_run, progress=progress.say)
    for line in _lines(settings, done):
        print(line)
    if json:
        print_json(_facts(settings, done))


def _ask(settings: "Settings", found: "Found") -> None:
    """Show what goes, and let a person say yes; without a terminal nobody can."""
    from taskmix.batch.forgetting import ForgettingError  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ForgettingError(
            "forgetting somebody cannot be undone, and nobody can be asked here; see what it "
            "would do with --dry-run, then give --yes. Nothing was changed"
        )
    for line in _found_lines(settings, found, would=True):
        print(line, file=sys.stderr)
    if not typer.confirm("This cannot be undone. Forget them?", err=True):
        raise ForgettingError("nothing was changed")


def _lines(settings: "Settings", done: "Forgotten") -> list[str]:
    if done.before is not None:
        lines = [f"forgotten already, on {done.before}; nothing of theirs was left"]
    else:
        lines = _found_lines(settings, done.found, would=done.dry_run)
    lines += _listed(
        "still named in data/raw, which is never written and cannot bring them back; remove or "
        "rename as you see fit",
        done.raw_files,
    )
    lines += _listed("still named elsewhere; correct or remove by hand", done.still_named)
    if done.found.traces.mentions:
        lines.append(
            f"{done.found.traces.mentions:,} × a name of theirs in a title or project of somebody "
            "else's task: others' words, which stay; correct them in the tool"
        )
    if done.dry_run:
        return [*lines, "nothing was written (--dry-run)"]
    if done.before is None:
        lines.append("next: `taskmix sort` trains without them, before the next report")
    return lines


def _found_lines(settings: "Settings", found: "Found", *, would: bool) -> list[str]:
    lines = ["would be taken away:" if would else "taken away:"]
    counts = found.counts()
    lines += [f"    {counts[key]:,} {words}" for key, words in _WORDS.items() if counts.get(key)]
    if found.roster_rows:
        lines.append(f"    {found.roster_rows} of the rows of {settings.roster.name}")
    if found.models:
        lines.append(f"    models that saw them: {', '.join(found.models)}")
    if found.models_kept:
        lines.append(f"    (models that never saw them stay: {', '.join(found.models_kept)})")
    lines += [
        f"    {n} of the rows of {_shown(settings, path)}"
        for path, n in found.papers.sheets.items()
    ]
    if found.lost_versions:
        first, last = found.lost_versions[0], found.lost_versions[-1]
        named = f"versions {first} to {last}" if first < last else f"version {first}"
        lines.append(f"    {named} of the log: no report can be made of it again")
    lines += _listed(
        "pages and notebooks for the analyst (their commands make them anew)",
        [_shown(settings, path) for path in found.papers.removed],
    )
    lines = lines if len(lines) > 1 else [*lines, "    nothing"]
    return lines + _listed(
        "published pages, made from such a version, stay: they hold no person. Their periods are "
        "not published again, since the difference would tell what the person logged",
        found.pages_of_lost,
    )


def _listed(what: str, names: "list[str] | tuple[str, ...]") -> list[str]:
    if not names:
        return []
    more = [f"    and {len(names) - _LISTED:,} more; --json lists all"]
    return [
        f"{what}:",
        *(f"    {name}" for name in names[:_LISTED]),
        *(more if len(names) > _LISTED else []),
    ]


def _shown(settings: "Settings", path: Path) -> str:
    return path.relative_to(settings.project).as_posix()


def _facts(settings: "Settings", done: "Forgotten") -> dict[str, Any]:
    found = done.found
    return {
        "dry_run": done.dry_run,
        "forgotten_before": done.before,
        "rows": found.counts(),
        "roster_rows": found.roster_rows,
        "models_removed": list(found.models),
        "models_kept": list(found.models_kept),
        "pages_removed": [_shown(settings, path) for path in found.papers.removed],
        "sheets": {_shown(settings, path): n for path, n in found.papers.sheets.items()},
        "lost_versions": list(found.lost_versions),
        "pages_of_lost_versions": list(found.pages_of_lost),
        "table_version": done.version,
        "raw_files": list(done.raw_files),
        "still_named": list(done.still_named),
        "mentions_in_others": found.traces.mentions,
    }
