"""What a release plan decides on: groups and periods, and how they lie inside one another."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from taskmix.periods import PANDAS_FREQUENCY, Frequency, format_period, frequency_of, parse_period

ORGANISATION, DEPARTMENT, TEAM = "organisation", "department", "team"
KINDS = (ORGANISATION, DEPARTMENT, TEAM)
_FINEST_FIRST: tuple[Frequency, ...] = ("month", "quarter", "year")

Array = np.ndarray[Any, Any]


class Node(NamedTuple):
    """One group in one period: ``name`` is empty for the organisation."""

    kind: str
    name: str
    period: str


@cache
def period_of(month: str) -> tuple[str, ...]:
    """Name the month, the quarter and the year that a month lies in.

    Examples
    --------
    >>> period_of("2026-08")
    ('2026-08', '2026-Q3', '2026')
    """
    whole = parse_period(month)
    return tuple(
        format_period(whole.asfreq(PANDAS_FREQUENCY[frequency])) for frequency in _FINEST_FIRST
    )


@cache
def frequency_named(period: str) -> Frequency:
    """Tell a period's frequency by its name."""
    return frequency_of(parse_period(period))


@cache
def lies_in(period: str, other: str) -> bool:
    """Tell whether a period is a part of another, longer one.

    Examples
    --------
    >>> lies_in("2026-08", "2026-Q3"), lies_in("2026-Q3", "2026-Q3")
    (True, False)
    """
    inner, outer = parse_period(period), parse_period(other)
    within = outer.start_time <= inner.start_time and inner.end_time <= outer.end_time
    return within and period != other


@cache
def order_of(node: Node) -> tuple[Any, ...]:
    """Order nodes by time, then from the organisation down."""
    return (end_of(node.period), length_of(node.period), KINDS.index(node.kind), node)


@cache
def length_of(period: str) -> int:
    """Order periods by length: 0 a month, 1 a quarter, 2 a year."""
    return _FINEST_FIRST.index(frequency_named(period))


@cache
def end_of(period: str) -> pd.Timestamp:
    """Return the last day of a period."""
    return parse_period(period).end_time.normalize()


class Tree:
    """How nodes lie inside one another, by group in one period and by period of one group.

    Parameters
    ----------
    nodes : mapping of Node to numpy.ndarray
        Each node's atoms.
    """

    def __init__(self, nodes: Mapping[Node, Array]) -> None:
        self.nodes = dict(nodes)
        self._departments: dict[str, list[Node]] = {}
        for node in self.nodes:
            if node.kind == DEPARTMENT:
                self._departments.setdefault(node.period, []).append(node)

    def parent(self, node: Node) -> Node | None:
        """Return the group that a group is a part of; a team of two departments has the whole."""
        return self._parents[node]

    def children(self, node: Node) -> list[Node]:
        """Return the groups whose `parent` it is."""
        return self._children.get(node, [])

    def parts(self, node: Node) -> list[Node]:
        """Return the same group's nodes of shorter periods inside it."""
        return self._parts.get(node, [])

    def wholes(self, node: Node) -> list[Node]:
        """Return the same group's nodes of longer periods that it lies in."""
        group = self._groups[node.kind, node.name]
        return sorted((n for n in group if lies_in(node.period, n.period)), key=order_of)

    def group(self, node: Node) -> list[Node]:
        """Return the same group's nodes of all periods."""
        return self._groups[node.kind, node.name]

    @cached_property
    def _groups(self) -> dict[tuple[str, str], list[Node]]:
        found: dict[tuple[str, str], list[Node]] = {}
        for node in self.nodes:
            found.setdefault((node.kind, node.name), []).append(node)
        return found

    @cached_property
    def _parents(self) -> dict[Node, Node | None]:
        return {node: self._find_parent(node) for node in self.nodes}

    @cached_property
    def _children(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for node, parent in self._parents.items():
            if parent is not None:
                found.setdefault(parent, []).append(node)
        return {parent: sorted(nodes, key=order_of) for parent, nodes in found.items()}

    @cached_property
    def _parts(self) -> dict[Node, list[Node]]:
        return {
            node: sorted((n for n in nodes if lies_in(n.period, node.period)), key=order_of)
            for nodes in self._groups.values()
            for node in nodes
        }

    def _find_parent(self, node: Node) -> Node | None:
        if node.kind == ORGANISATION:
            return None
        whole = Node(ORGANISATION, "", node.period)
        if node.kind == TEAM:
            atoms = self.nodes[node]
            for department in self._departments.get(node.period, ()):
                if np.isin(atoms, self.nodes[department]).all():
                    return department
        return whole if whole in self.nodes else None
