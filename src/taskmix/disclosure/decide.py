"""One plan for all groups, tables and periods together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from taskmix.disclosure.board import Board, is_whole
from taskmix.disclosure.cells import Cells
from taskmix.disclosure.complement import complement
from taskmix.disclosure.ledger import Earlier, Released, compare
from taskmix.disclosure.merging import merge_small
from taskmix.disclosure.nodes import Node, Tree, end_of, frequency_named, order_of, period_of
from taskmix.disclosure.primary import CHANGED, NESTED, why_not
from taskmix.disclosure.successive import hide_steady
from taskmix.periods import Frequency

#: Shown by name; shown as a part of "other teams"; not shown.
Outcome = Literal["shown", "merged", "hidden"]


@dataclass(frozen=True)
class Decision:
    """What was decided on one group in one period.

    Attributes
    ----------
    node : Node
    outcome : {"shown", "merged", "hidden"}
    reason : str
        Why not by name; empty where it is shown.
    shown_as : str
        The name that a merged team is shown under.
    department : str
        The department that a team lies in, where it lies in one; empty else.
    n_people : int
    members : tuple of str
        Pseudonyms, of what is shown by name: what later plans are compared with.
    content : str
        `Cells.content`, of the same.
    exposed : bool
        Hidden, and yet to be told from what was published before.
    """

    node: Node
    outcome: Outcome
    reason: str = ""
    shown_as: str = ""
    department: str = ""
    n_people: int = 0
    members: tuple[str, ...] = ()
    content: str = ""
    exposed: bool = False


def decide(
    sums: pd.DataFrame,
    *,
    period: str,
    min_people: int,
    released: Sequence[Released] = (),
    earlier: Earlier = lambda _: frozenset(),
) -> list[Decision]:
    """Decide on every group in every month, and every period as long as a report's, up to it.

    Parameters
    ----------
    sums : pandas.DataFrame
        As `taskmix.disclosure.cells.person_cells` returns it.
    period : str
        The report's own period.
    min_people : int
        1 shows everything: a personal workspace.
    released : sequence of Released
        What was published before, of whatever period and length.
    earlier : callable
        Tells who was in what was published; see `taskmix.disclosure.ledger.compare`.

    Returns
    -------
    list of Decision
        By time; the same for the same input.
    """
    cells = Cells.of(sums)
    own = frequency_named(period)
    wanted = periods_up_to(cells, period, frequencies=("month", own))
    others = {entry.node.period for entry in released}
    nodes = cells.nodes([*wanted, *others], departments=cells.has_departments)
    tree = Tree(nodes)
    standing = compare(cells, nodes, released, min_people=min_people, earlier=earlier)
    mine = [node for node in nodes if node.period in wanted]
    board = Board(cells, tree, given=standing.same, shown=set(mine) | standing.same)
    _primary(board, changed=standing.changed, min_people=min_people)
    hide_steady(board, min_people=min_people)
    exposed = complement(board, min_people=min_people) if min_people > 1 else []
    merged = merge_small(board, min_people=min_people)
    return [
        _decision(board, node, merged.get(node, ""), node in exposed)
        for node in sorted(mine, key=order_of)
    ]


def periods_up_to(cells: Cells, period: str, *, frequencies: tuple[Frequency, ...]) -> set[str]:
    """Name the periods of these lengths that the log holds, up to the end of one."""
    end = end_of(period)
    names = {name for month in cells.atoms["period"].unique() for name in period_of(month)}
    return {n for n in names if frequency_named(n) in frequencies and end_of(n) <= end}


def _primary(board: Board, *, changed: frozenset[Node], min_people: int) -> None:
    """Hide what may not be shown whatever else is published, from the largest groups down."""
    failed = {}
    for node in sorted(board.shown | changed, key=order_of):
        reason = why_not(board.tally(node), min_people=min_people, whole=is_whole(node))
        reason = reason or (CHANGED if node in changed else "")
        reason = reason or (NESTED if _is_nearly_all(board, node, min_people) else "")
        if reason:
            failed[node] = reason
    board.reasons |= failed
    # What was published and fails by today's rules is not shown again, and yet it is known.
    board.shown -= failed.keys() - board.given


def _is_nearly_all(board: Board, node: Node, min_people: int) -> bool:
    """Tell whether a larger group has a few people more: they are what subtracting leaves."""
    parent = board.tree.parent(node)
    while parent is not None:
        more = board.tally(parent).n_people - board.tally(node).n_people
        if 0 < more < min_people:
            return True
        parent = board.tree.parent(parent)
    return False


def _decision(board: Board, node: Node, shown_as: str, exposed: bool) -> Decision:
    parent = board.tree.parent(node)
    atoms = board.tree.nodes[node]
    is_shown = node in board.shown and node not in board.reasons
    return Decision(
        node=node,
        outcome="shown" if is_shown else "merged" if shown_as else "hidden",
        reason=board.reasons.get(node, ""),
        shown_as=shown_as,
        department=parent.name if parent is not None and parent.kind == "department" else "",
        n_people=board.tally(node).n_people,
        members=tuple(sorted(board.cells.people(atoms))) if is_shown else (),
        content=board.cells.content(atoms) if is_shown else "",
        exposed=exposed,
    )
