"""The state of a plan while it is made: what is published, what is hidden and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from taskmix.disclosure.cells import Cells, Tally
from taskmix.disclosure.nodes import (
    DEPARTMENT,
    ORGANISATION,
    TEAM,
    Array,
    Node,
    Tree,
    length_of,
    order_of,
)


@dataclass
class Board:
    """What a plan has decided so far.

    Attributes
    ----------
    cells : Cells
    tree : Tree
    given : frozenset of Node
        Published before and still true: cannot be hidden any more.
    shown : set of Node
        What is to be published, or is.
    reasons : dict of Node to str
        What is hidden, and why.
    """

    cells: Cells
    tree: Tree
    given: frozenset[Node]
    shown: set[Node]
    reasons: dict[Node, str] = field(default_factory=dict)
    _tallies: dict[bytes, Tally] = field(default_factory=dict)

    def tally(self, node: Node) -> Tally:
        """Count the people of a node."""
        return self.tally_of(self.tree.nodes[node])

    def tally_of(self, atoms: Array) -> Tally:
        """Count the people of some atoms, once: the same are asked for in every round."""
        key = atoms.tobytes()
        if key not in self._tallies:
            self._tallies[key] = self.cells.tally(atoms)
        return self._tallies[key]

    def hide(self, node: Node, reason: str) -> None:
        """Hide a node, and what is left of the group within it: a sum of shown months is known."""
        self.shown.discard(node)
        self.reasons.setdefault(node, reason)
        for part in self.tree.parts(node):
            if part in self.shown and part not in self.given:
                self.shown.discard(part)
                self.reasons.setdefault(part, reason)

    def published(self) -> list[Node]:
        """Return what is published, in a fixed order."""
        return sorted(self.shown, key=order_of)

    def by_group(self, node: Node) -> Array:
        """Return the atoms of a node that none of the groups shown inside it holds."""
        atoms = self.tree.nodes[node]
        covers = [self.tree.nodes[inside] for inside in self._shown_inside(node)]
        return np.setdiff1d(atoms, np.concatenate(covers)) if covers else atoms

    def by_time(self, node: Node) -> Array:
        """Return the atoms of a node that none of its own shorter periods shown holds."""
        atoms = self.tree.nodes[node]
        covers = [self.tree.nodes[part] for part in self.tree.parts(node) if part in self.shown]
        return np.setdiff1d(atoms, np.concatenate(covers)) if covers else atoms

    def next_group(self, node: Node, period: str) -> Node | None:
        """Choose the smallest group that may be hidden within another, in a period."""
        whole = node if node.period == period else Node(node.kind, node.name, period)
        if whole not in self.tree.nodes:
            return None
        inside = [n for n in self._shown_inside(whole) if n not in self.given]
        # A team under a department that is shown is known from that department all the same.
        for kind in (TEAM, DEPARTMENT):
            if found := self.smallest(n for n in inside if n.kind == kind):
                return found
        return None

    def next_period(self, node: Node) -> Node | None:
        """Choose the smallest period of the same group that may be hidden within a longer one."""
        parts = [p for p in self.tree.parts(node) if p in self.shown and p not in self.given]
        return self.smallest(parts)

    def smallest(self, nodes: Iterable[Node]) -> Node | None:
        """Choose the node to hide next: of a group that is hidden already nearby, then by size."""
        ranked = sorted(nodes, key=lambda n: (not self._is_broken(n), *self._size(n)))
        return ranked[0] if ranked else None

    def _size(self, node: Node) -> tuple[int, int, float, tuple[object, ...]]:
        tally = self.tally(node)
        return length_of(node.period), tally.n_people, float(tally.values[-1]), order_of(node)

    def _is_broken(self, node: Node) -> bool:
        """Tell whether the group has a gap in the same year, where one more costs less."""
        year = node.period[:4]
        return any(n in self.reasons for n in self.tree.group(node) if n.period[:4] == year)

    def _shown_inside(self, node: Node) -> list[Node]:
        """Return the largest groups shown inside one, in the same period."""
        found = []
        for child in self.tree.children(node):
            if child in self.shown:
                found.append(child)
            else:
                found += self._shown_inside(child)
        return found


def is_whole(node: Node) -> bool:
    """Tell whether a node is the organisation in some period."""
    return node.kind == ORGANISATION
