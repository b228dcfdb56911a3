"""``taskmix release``: what may be published of a period, what was, and why not more."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taskmix.cli.options import Json, Project
from taskmix.cli.show import print_json, showing_progress

if TYPE_CHECKING:
    from taskmix.batch.plans import StoredPlan

release = typer.Typer(
    help="Decide which groups of a period may be published, and see what was decided and "
    "released. Names groups: for the analyst's terminal.",
    epilog="Example: taskmix release plan --period 2026-Q3, then taskmix release show",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@release.command(epilog="Example: taskmix release plan --period 2026-Q3 --json")
def plan(
    period: Annotated[
        str,
        typer.Option(
            help="A month 2026-09, a quarter 2026-Q3, a year 2026, latest, or last-quarter and "
            "the like."
        ),
    ],
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Decide on all groups and periods for a report, store the plan and show it."""
    from taskmix.batch.plans import make_plan  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    settings = load_settings(project)
    with showing_progress("release plan") as progress:
        made = make_plan(settings, period=period, progress=progress.say)
    for line in _lines(made, named=True):
        print(line)
    if json:
        print_json(_as_json(made))


@release.command(epilog="Example: taskmix release show --period 2026-Q3")
def show(
    period: Annotated[
        str | None, typer.Option(help="A period, such as 2026-Q3; default: all, in short.")
    ] = None,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Show the plans that are stored, and which of them were released."""
    from taskmix.batch.plans import stored_plans  # noqa: PLC0415
    from taskmix.settings import load_settings  # noqa: PLC0415

    plans = stored_plans(load_settings(project), period=period)
    for one in plans:
        for line in _lines(one, named=period is not None):
            print(line)
    if not plans:
        print("no release plan is stored yet; `taskmix report` stores one before it publishes")
    if json:
        print_json({"plans": [_as_json(one) for one in plans]})


def _lines(plan: "StoredPlan", *, named: bool) -> Iterator[str]:
    counts = plan.counts
    yield (
        f"{plan.period}  plan {plan.plan_id}, made {_moment(plan.made_at)} from table version "
        f"{plan.table_version}; "
        + (f"released {_moment(plan.released_at)}" if plan.released_at is not None
           else "not released")
    )  # fmt: skip
    yield (
        f"    {counts['shown']:,} groups and periods shown, {counts['merged']:,} shown together, "
        f"{counts['hidden']:,} hidden"
    )
    yield from (f"    {n:,} × {reason}" for reason, n in plan.reasons.items())
    if exposed := int(plan.rows["exposed"].sum()):
        yield f"    {exposed:,} hidden ones can be told from what was published before"
    if not plan.publishable:
        yield f"    {plan.period} itself may not be published"
    if named:
        yield f"    in {plan.period}:"
        yield from (f"      {line}" for line in _groups(plan))


def _groups(plan: "StoredPlan") -> Iterator[str]:
    for row in plan.own.itertuples(index=False):
        name = {"team": row.team, "department": f"department {row.department}"}.get(
            row.kind, "the organisation"
        )
        how = f"as {row.shown_as}" if row.decision == "merged" else row.decision
        why = f" ({row.reason})" if row.reason else ""
        yield f"{name}, {row.n_people:,} people: {how}{why}"


def _as_json(plan: "StoredPlan") -> dict[str, Any]:
    columns = ["kind", "department", "team", "decision", "reason", "shown_as", "n_people"]
    return {
        "plan_id": plan.plan_id,
        "period": plan.period,
        "table_version": plan.table_version,
        "made_at": plan.made_at.isoformat(),
        "released_at": None if plan.released_at is None else plan.released_at.isoformat(),
        "publishable": plan.publishable,
        "counts": plan.counts,
        "reasons": plan.reasons,
        "exposed": int(plan.rows["exposed"].sum()),
        "groups": [
            {name: value if value == value else None  # noqa: PLR0124 - what is missing
             for name, value in row.items()}
            for row in plan.own[columns].to_dict("records")
        ],
    }  # fmt: skip


def _moment(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
