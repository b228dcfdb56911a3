"""Small teams in one: what is hidden of a department, or of the organisation, as one group."""

import numpy as np

from taskmix.disclosure.board import Board
from taskmix.disclosure.nodes import DEPARTMENT, TEAM, Node, order_of
from taskmix.disclosure.primary import why_not
from taskmix.language import tr
from taskmix.measures import OTHER_TEAMS


def merge_small(board: Board, *, min_people: int) -> dict[Node, str]:
    """Name the group under which hidden teams are shown together.

    The hours of all that is hidden within a published sum are known anyway, to whoever subtracts:
    shown as a row of their own they tell nothing new, and rows add up to the whole.

    Returns
    -------
    dict of Node to str
        Hidden teams, to "other teams", or "other teams of" their department where that is shown.
        Two teams at least, and only where the rules let their union be shown.
    """
    found: dict[Node, list[Node]] = {}
    for node in sorted(board.reasons, key=order_of):
        if node.kind == TEAM and (parent := _shown_parent(board, node)) is not None:
            found.setdefault(parent, []).append(node)
    taken = {node.name for node in board.tree.nodes if node.kind == TEAM}
    names: dict[Node, str] = {}
    for parent, teams in found.items():
        atoms = np.unique(np.concatenate([board.tree.nodes[team] for team in teams]))
        if len(teams) < 2 or why_not(board.cells.tally(atoms), min_people=min_people):
            continue
        name = OTHER_TEAMS
        if parent.kind == DEPARTMENT:
            name = f"{OTHER_TEAMS} of {parent.name}"
        # A team may bear that very name; its row must not be taken for this one.
        while name in taken:
            name = f"{name} (merged)"
        names |= dict.fromkeys(teams, name)
    return names


def _shown_parent(board: Board, node: Node) -> Node | None:
    parent = board.tree.parent(node)
    while parent is not None and parent not in board.shown:
        parent = board.tree.parent(parent)
    return parent


def told_group(name: str) -> str:
    """Say the name of merged teams in the language that is spoken.

    Examples
    --------
    >>> told_group("other teams of Sales")
    'other teams of Sales'
    """
    before, of, department = name.partition(f"{OTHER_TEAMS} of ")
    if of and not before:
        return tr("other teams of {department}", department=department)
    return tr(OTHER_TEAMS) if name == OTHER_TEAMS else name
