"""What was released before, and whether what is to be released now differs from it by a few people.

Who holds two versions of one figure can subtract them: what is left is what the few people logged
whose data came late, or were corrected. So a group and period is published again only if nobody's
hours in it have changed, or those of at least `min_people` people have.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from taskmix.disclosure.cells import Cells
from taskmix.disclosure.nodes import Array, Node

#: Hours that differ by less are the same.
_SAME = 1e-6


@dataclass(frozen=True)
class Released:
    """A group and period that was published.

    Attributes
    ----------
    node : Node
    table_version : int
        The version of the log that it was made from.
    content : str
        `Cells.content` of it then.
    """

    node: Node
    table_version: int
    content: str


@dataclass(frozen=True)
class Standing:
    """How the released nodes stand against the log of now.

    Attributes
    ----------
    same : frozenset of Node
        Nobody's hours have changed.
    changed : frozenset of Node
        The hours of a few people have; these must not be published again.
    """

    same: frozenset[Node]
    changed: frozenset[Node]


#: Tells who was in a released node, with their hours; of a version that is gone, who alone.
Earlier = Callable[[Released], Mapping[str, float] | frozenset[str]]


def compare(
    cells: Cells,
    nodes: Mapping[Node, Array],
    released: Sequence[Released],
    *,
    min_people: int,
    earlier: Earlier,
) -> Standing:
    """Compare every released node with the log of now.

    Parameters
    ----------
    nodes : mapping of Node to numpy.ndarray
        The nodes of now; released ones that are not among them are left out.
    earlier : callable
        Is asked only where a digest says that something changed.
    """
    by_node: dict[Node, set[Released]] = {}
    for entry in released:
        if entry.node in nodes:
            by_node.setdefault(entry.node, set()).add(entry)
    same, changed = set(), set()
    for node, entries in by_node.items():
        content = cells.content(nodes[node])
        now = cells.people(nodes[node])
        counts = [_since(now, earlier(e)) for e in entries if e.content != content]
        if not any(counts):
            same.add(node)
        elif any(0 < n < min_people for n in counts):
            changed.add(node)
    return Standing(frozenset(same), frozenset(changed))


def people_changed(before: Mapping[str, float], now: Mapping[str, float]) -> int:
    """Count the people who joined, left or have other hours.

    Examples
    --------
    >>> people_changed({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.5, "c": 1.0})
    2
    """
    stayed = before.keys() & now.keys()
    others = sum(abs(before[name] - now[name]) > _SAME for name in stayed)
    return others + len(before.keys() ^ now.keys())


def _since(now: Mapping[str, float], then: Mapping[str, float] | frozenset[str]) -> int:
    if isinstance(then, frozenset):
        # Only who was in it is known of that version, not what they logged.
        return len(then ^ now.keys())
    return people_changed(then, now)
