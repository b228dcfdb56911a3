"""``taskmix queue``: what people should tag next, their sheets, and how the tagging stands."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    import pandas as pd

queue = typer.Typer(
    help="Draw what people should tag next, take their sheets back, and see how it stands.",
    epilog="Example: taskmix queue draw --period 2026-Q3, fill the sheet in, then taskmix queue "
    "load SHEET",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_KINDS = {
    "audit": "drawn at random for the audit",
    "relabel": "of the audit, tagged already, to be tagged again",
    "margin": "close calls, to learn from",
    "suspicious": "suspicious tags, to look at again",
}
_REFUSED_SHOWN = 20


@queue.command(epilog="Example: taskmix queue draw --period 2026-Q3 --n 400 --xlsx")
def draw(
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, latest, or last-quarter and "
            "the like."
        ),
    ],
    n: Annotated[
        int,
        typer.Option(
            "--n", min=1, help="Size of the audit; up to half as many are added to learn from."
        ),
    ] = 400,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="An Excel sheet instead of CSV.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another draw.")] = 0,
    again: Annotated[
        bool,
        typer.Option("--again", help="Draw a new audit, which takes the earlier one's place."),
    ] = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Draw the audit of a period, and tasks to learn from; write the sheet to fill in."""
    from taskmix.batch.queue import draw_sheet  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("queue draw") as progress:
        drawn = draw_sheet(
            settings, period=period, n=n, seed=seed, excel=xlsx, again=again, progress=progress.say
        )
    if not drawn.is_new:
        print(f"drawn before, as {drawn.draw_id}; a sheet that is there was left as it is")
    for kind, meaning in _KINDS.items():
        if count := drawn.counts.get(kind):
            print(f"{count:,} {meaning}")
    if not drawn.is_sorted:
        print("nothing to learn from was chosen: run `taskmix sort` before the next draw")
    print("fill in the column tag, and then: taskmix queue load, with this file:")
    print(drawn.sheet)
    if json:
        print_json(
            {"draw_id": drawn.draw_id, "period": drawn.period, "sheet": str(drawn.sheet),
             "new": drawn.is_new, "certain": drawn.n_certain,
             **{kind: drawn.counts.get(kind, 0) for kind in _KINDS}}
        )  # fmt: skip


@queue.command(epilog="Example: taskmix queue load data/analyst/queue/2026-Q3-1f2e3d4c.csv")
def load(
    file: Annotated[Path, typer.Argument(help="A sheet of `taskmix queue draw`, filled in.")],
    tagger: Annotated[
        str | None,
        typer.Option(help="Who filled it in; kept as a pseudonym. Two taggers tell agreement."),
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Take a filled sheet back; the same sheet twice changes nothing."""
    from taskmix.batch.queue import load_sheet  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    done = load_sheet(load_settings(project), file, tagger=tagger)
    print(
        f"{done.added:,} tags added, {done.changed:,} changed, {done.unchanged:,} known; "
        f"{done.unanswered:,} rows not answered, {len(done.refused):,} refused (sheet of "
        f"{done.draw_id})"
    )
    for row in done.refused.head(_REFUSED_SHOWN).to_dict("records"):
        print(f"    row {row['row']}: {row['detail']}")
    if len(done.refused) > _REFUSED_SHOWN:
        print(f"    and {len(done.refused) - _REFUSED_SHOWN:,} more; --json lists all")
    if done.added or done.changed:
        print("run `taskmix sort` to sort by them")
    if json:
        print_json(
            {"draw_id": done.draw_id, "added": done.added, "changed": done.changed,
             "unchanged": done.unchanged, "unanswered": done.unanswered,
             "refused": done.refused.to_dict("records")}
        )  # fmt: skip


@queue.command(epilog="Example: taskmix queue status --list")
def status(
    listed: Annotated[
        bool, typer.Option("--list", help="List the conflicting and suspicious tags.")
    ] = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Tell what was answered, how far people agree, and which tags need a second look."""
    from taskmix.batch.queue import queue_standing  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    standing = queue_standing(load_settings(project))
    rows = standing.draws.to_dict("records")
    for row in rows:
        print(
            f"{row['draw_id']} {row['kind']}: {row['n_answered']:,} of {row['n_drawn']:,} answered"
        )
    if not rows:
        print("nothing was drawn yet; `taskmix queue draw --period latest` does it")
    agreement = standing.agreement
    print(agreement.sentence)
    tied = int(standing.conflicting["tied"].sum())
    print(
        f"{len(standing.conflicting):,} tasks have conflicting tags, {tied:,} of them without a "
        f"majority; {len(standing.suspicious):,} tags are suspicious"
    )
    if listed:
        _list("conflicting", standing.conflicting, "{categories}")
        _list("suspicious", standing.suspicious, "tagged {tag}, likely {likely} ({p_likely:.2f})")
    if json:
        print_json(
            {"draws": rows, "alpha": _number(agreement.alpha), "alpha_low": _number(agreement.low),
             "alpha_high": _number(agreement.high), "n_tasks": agreement.n_tasks,
             "n_tags": agreement.n_tags, "n_taggers": agreement.n_taggers,
             "agreement": agreement.sentence, "conflicting": len(standing.conflicting),
             "tied": tied, "suspicious": len(standing.suspicious)}
        )  # fmt: skip


def _list(name: str, rows: "pd.DataFrame", words: str) -> None:
    for row in rows.to_dict("records"):
        said = words.format(**row)
        print(f"{name}  {row['task_id']}  {row['local_date']:%Y-%m-%d}  {row['title']!s}  {said}")


def _number(value: float) -> float | None:
    # JSON has no NaN.
    return None if math.isnan(value) else value
