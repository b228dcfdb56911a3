"""``taskmix verify``: whether intervals hold what they promise, on a log whose truth is known."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from taskmix.cli.options import Json
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    from taskmix.batch.verify import Verification

EPILOG = "Example: taskmix verify --replicates 2000"


def verify(
    replicates: Annotated[
        int, typer.Option(min=50, max=100_000, help="How often audits and people are redrawn.")
    ] = 400,
    seed: Annotated[int, typer.Option(min=0, help="Of the invented log and of what is drawn.")] = 0,
    json: Json = False,
) -> None:
    """Check the intervals on an invented log; exits with 1 where they miss the truth too often."""
    from taskmix.batch.verify import verify as run  # noqa: PLC0415

    with showing_progress("verify") as progress:
        found = run(replicates=replicates, seed=seed, progress=progress.step)
    for line in _lines(found):
        print(line)
    if json:
        print_json(found.figures())
    if not found.holds:
        raise typer.Exit(1)


def _lines(found: "Verification") -> Iterator[str]:
    """Write what was tried, what came of it, and what does not hold."""
    figures = found.figures()
    yield (
        f"{found.replicates:,} replicates, audits of {figures['audit_size']} tasks in a log of "
        f"{figures['n_people']} people and {figures['n_tasks']:,} tasks; 95% intervals should hold "
        "the truth in 95% of them."
    )
    rows = [("of 95% intervals hold the truth", "found", "bound", "")]
    rows += [
        (bound.name.replace("_", " "), f"{bound.value:.1%}", _span(bound.low, bound.high),
         "" if bound.holds else "DOES NOT HOLD")
        for bound in found.bounds
    ]  # fmt: skip
    for name, trial in (("own audit", found.own), ("composite", found.composite)):
        rows.append((f"teams, {name}", f"{trial.coverage().mean():.1%}", "told only", ""))
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    missed = [bound for bound in found.bounds if not bound.holds]
    yield (
        "All bounds hold."
        if not missed
        else f"{len(missed)} of {len(found.bounds)} bounds do not hold."
    )


def _span(low: float, high: float) -> str:
    if low == 0:
        return f"below {high:.1%}"
    return f"at least {low:.1%}" if high >= 1 else f"{low:.1%} to {high:.1%}"
