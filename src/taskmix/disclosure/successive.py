"""Two successive periods of one group between which a few people came or went.

Whoever subtracts them reads what these few logged, blurred by how all others' hours changed. To
forbid every such pair would hide nearly every team, since somebody joins every month; and with
hours as people log them the difference tells less than the team's own share does (tests/disclosure
tries). So a pair is hidden only where too little else changed.
"""

import numpy as np

from taskmix.disclosure.board import Board, is_whole
from taskmix.disclosure.nodes import Node, order_of
from taskmix.disclosure.primary import STEADY
from taskmix.periods import format_period, parse_period

#: Where all others' hours by label changed by less than this part of what the few logged, the
#: shares of the few can be told to within about 5 points.
_BLUR = 0.1


def hide_steady(board: Board, *, min_people: int) -> None:
    """Hide the later of two periods of a group that tell what a few people logged.

    The organisation is left out: it lies in nothing larger, and one of 10 people or more whose
    hours do not change from one period to the next is not known to us.
    """
    for node in sorted(board.shown, key=order_of):
        before = Node(node.kind, node.name, _before(node.period))
        if is_whole(node) or before not in board.shown or node not in board.shown:
            continue
        if _tells(board, before, node, min_people) and not {node, before} <= board.given:
            board.hide(before if node in board.given else node, STEADY)


def _before(period: str) -> str:
    return format_period(parse_period(period) - 1)


def _tells(board: Board, before: Node, now: Node, min_people: int) -> bool:
    cells = board.cells
    old, new = board.tree.nodes[before], board.tree.nodes[now]
    were, are = cells.members(old), cells.members(new)
    if not 0 < np.count_nonzero(were ^ are) < min_people:
        return False
    few = cells.by_label(new, are & ~were) - cells.by_label(old, were & ~are)
    others = cells.by_label(new, are & were) - cells.by_label(old, are & were)
    return bool(np.abs(others).sum() < _BLUR * np.abs(few).sum())
