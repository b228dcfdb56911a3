"""Hide what else has to be hidden, until nothing hidden can be had from what is published.

Two questions, asked again after each answer. May what is left of a published sum, over groups or
over time, be shown itself? For it is known, to whoever subtracts. And can the hidden figures be
told to within 20% by a linear programme over everything published? Where the answer is wrong, the
next smallest group or period beside it is hidden too.
"""

import numpy as np

from taskmix.disclosure.attacker import EVERY, IN_ALL, MARGIN, NONE, Attacker, Equation
from taskmix.disclosure.board import Board, is_whole
from taskmix.disclosure.cells import PEOPLE
from taskmix.disclosure.nodes import TEAM, Array, Node, lies_in, order_of
from taskmix.disclosure.primary import CHANGED, NESTED, PROTECTS, why_not


def complement(board: Board, *, min_people: int) -> list[Node]:
    """Hide further nodes of a board until what is hidden is safe.

    Returns
    -------
    list of Node
        What is hidden and not safe, because nothing is left to hide: everything beside it was
        hidden, or published before.
    """
    solved: dict[tuple[object, ...], bool] = {}
    while True:
        if _hide(board, _for_remainders(board, min_people)):
            continue
        unsafe, more = _for_attacks(board, solved)
        if not _hide(board, more):
            return unsafe


def _hide(board: Board, nodes: list[Node]) -> bool:
    for node in nodes:
        board.hide(node, PROTECTS)
    return bool(nodes)


def _for_remainders(board: Board, min_people: int) -> list[Node]:
    """Choose what to hide where a remainder may not be shown: one node for each such sum."""
    more: dict[Node, None] = {}
    for node in board.published():
        atoms = board.tree.nodes[node]
        for left, next_of in (
            (board.by_group(node), lambda n: board.next_group(n, n.period)),
            (board.by_time(node), board.next_period),
        ):
            if not 0 < len(left) < len(atoms):
                continue
            if why_not(board.tally_of(left), min_people=min_people):
                found = next_of(node) or _itself(board, node)
                if found is not None:
                    more[found] = None
    return list(more)


def _for_attacks(
    board: Board, solved: dict[tuple[object, ...], bool]
) -> tuple[list[Node], list[Node]]:
    """Find what an attacker could tell, and choose what to hide against it."""
    attacker = Attacker(board.tree, board.cells.values, board.published(), (PEOPLE,), solved)
    targets = [n for n in sorted(board.reasons, key=order_of) if n not in board.given]
    # Of an organisation hidden because little changed, only the change would tell of people.
    targets = [n for n in targets if not (is_whole(n) and board.reasons[n] == CHANGED)]
    asked = [(node, IN_ALL if _is_lent(board, node) else EVERY) for node in targets]
    safe = attacker.are_safe(asked)
    unsafe = [node for node, is_safe in zip(targets, safe, strict=True) if not is_safe]
    more: dict[Node, None] = {}
    for node in unsafe:
        found = _remedy(board, attacker, node)
        if found is not None:
            more[found] = None
    return [node for node in unsafe if not _is_lent(board, node)], list(more)


def _is_lent(board: Board, node: Node) -> bool:
    """Tell whether a node could be shown itself, and is hidden for the sake of another.

    Of it no more is kept than its hours in all, and for that no larger group is hidden: what it
    gives away of the other, a programme over the other tells.
    """
    return board.reasons[node] in (PROTECTS, NESTED)


def _remedy(board: Board, attacker: Attacker, node: Node) -> Node | None:
    """Choose what to hide so that a node can be told less well; None where nothing is left."""
    atoms = board.tree.nodes[node]
    value = board.cells.values[atoms].sum(axis=0)
    shown = board.cells.values[atoms[~attacker.unknown[atoms]]].sum(axis=0)
    if (shown > (1 - MARGIN) * value)[value > NONE].any():
        found = board.next_period(node) or board.next_group(node, node.period)
        if found is not None:
            return found
    lent = _is_lent(board, node)
    around = _around(board, attacker, node)
    for other in around:
        same = (other.kind, other.name) == (node.kind, node.name)
        period = node.period if lies_in(node.period, other.period) else other.period
        found = board.next_period(other) if same else board.next_group(other, period)
        if found is not None and not (lent and node.kind == TEAM and found.kind != TEAM):
            return found
    last = (_itself(board, other) for other in around)
    return None if lent else next((n for n in last if n is not None), None)


def _around(board: Board, attacker: Attacker, node: Node) -> list[Node]:
    """List the published sums that hold a node, those that hide least else first."""
    atoms = board.tree.nodes[node]
    hidden = atoms[attacker.unknown[atoms]]
    ranked = sorted(
        (_room(board, equation, hidden), order_of(equation.node), equation)
        for equation in attacker.equations_of(hidden)
    )
    found = [equation.node for _, _, equation in ranked]
    # One that holds nothing else is no equation any more: it says the hidden figure as it is.
    above = board.tree.wholes(node)
    parent = board.tree.parent(node)
    while parent is not None:
        above.append(parent)
        parent = board.tree.parent(parent)
    return found + [n for n in above if n in board.shown and n not in found]


def _room(board: Board, equation: Equation, hidden: Array) -> float:
    """Return how much else an equation hides, in parts of what it holds of a node."""
    values = board.cells.values
    inside = np.isin(equation.unknown, hidden)
    own = values[equation.unknown[inside]].sum(axis=0)
    other = values[equation.unknown[~inside]].sum(axis=0)
    counts = own > NONE
    return float((other[counts] / own[counts]).min()) if counts.any() else float("inf")


def _itself(board: Board, node: Node) -> Node | None:
    """Hide a sum itself as the last resort; the organisation is what everybody may know."""
    return None if is_whole(node) or node in board.given else node
