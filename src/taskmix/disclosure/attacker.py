"""What who reads everything published could find out of what is hidden, by linear programming.

The unknowns are hours by team, month and label, and people by team and month, none below 0; every
published group, period and label is an equation over them. Months lie in quarters and years, teams
in departments and the organisation. Labels share no equation, so each is a programme of its own,
and a programme falls into parts that have no equation in common.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from taskmix.disclosure.nodes import Array, Node, Tree
from taskmix.disclosure.programme import Programme, solve

#: A hidden figure is safe if it may be this part smaller, and this part larger.
MARGIN = 0.2
#: Hours below this are none.
NONE = 1e-6
#: All columns, and the last one alone: all hours.
EVERY, IN_ALL = slice(None), slice(-1, None)


@dataclass(frozen=True)
class Equation:
    """What a published node tells of the atoms that are not known themselves."""

    node: Node
    unknown: Array


@dataclass(frozen=True)
class Attacker:
    """Everything published, as the equations that it comes to.

    Attributes
    ----------
    tree : Tree
    values : numpy.ndarray
        By atom and column.
    published : collection of Node
    counted : tuple of int
        Columns of whole numbers: known to less than one, they are known.
    solved : dict
        What other attackers on the same values have found out, and this one does.
    """

    tree: Tree
    values: Array
    published: Collection[Node]
    counted: tuple[int, ...] = ()
    solved: dict[tuple[object, ...], bool] = field(default_factory=dict)

    def are_safe(self, asked: Sequence[tuple[Node, slice]]) -> list[bool]:
        """Tell of hidden nodes whether no figure can be told to within `MARGIN` of it.

        Parameters
        ----------
        asked : sequence of (Node, slice)
            Which columns are asked of each.
        """
        safe = [True] * len(asked)
        open_still: dict[int, tuple[object, ...]] = {}
        tasks: dict[tuple[object, ...], tuple[Array, Array]] = {}
        for place, (node, columns) in enumerate(asked):
            atoms = self.tree.nodes[node]
            doubtful, told = self._at_a_glance(atoms, columns)
            if told:
                safe[place] = False
            elif doubtful.size:
                key = (atoms.tobytes(), doubtful.tobytes(), self._around(atoms))
                open_still[place] = key
                if key not in self.solved:
                    tasks[key] = (atoms, doubtful)
        bounds = self.bounds(list(tasks.values()))
        for (known_by, (atoms, which)), (low, high) in zip(tasks.items(), bounds, strict=True):
            value = self.values[atoms][:, which].sum(axis=0)
            # What the solver leaves of a hundredth of a percent is no finding.
            room = self._needed(self.values[atoms].sum(axis=0))[which] - 1e-4 * value
            self.solved[known_by] = bool(((low <= value - room) & (high >= value + room)).all())
        for place, known_by in open_still.items():
            safe[place] = self.solved[known_by]
        return safe

    def bounds(self, asked: Sequence[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
        """Bound sums of atoms in some columns; an upper bound may be infinite.

        Parameters
        ----------
        asked : sequence of (numpy.ndarray, numpy.ndarray)
            Atoms and columns.
        """
        found: list[tuple[Array, Array]] = []
        programmes, places = [], []
        for atoms, columns in asked:
            hidden = atoms[self.unknown[atoms]]
            free = np.array([not self._members[atom] for atom in hidden], dtype=bool)
            known = self.values[atoms[~self.unknown[atoms]]][:, columns].sum(axis=0)
            if (~free).any():
                places.append(len(found))
                programmes.append(self._programme(hidden[~free], columns))
            found.append((known, known + (np.inf if free.any() else 0.0)))
        for place, (low, high) in zip(places, solve(programmes), strict=True):
            found[place] = (found[place][0] + low, found[place][1] + high)
        return found

    def equations_of(self, hidden: Array) -> list[Equation]:
        """Return the equations that say anything of some unknown atoms."""
        numbers = {number for atom in hidden for number in self._members[atom]}
        return [self.equations[number] for number in sorted(numbers)]

    @cached_property
    def unknown(self) -> Array:
        """Which atoms are not published as they are."""
        unknown = np.ones(len(self.values), dtype=bool)
        for node in self.published:
            if len(self.tree.nodes[node]) == 1:
                unknown[self.tree.nodes[node]] = False
        return unknown

    @cached_property
    def equations(self) -> list[Equation]:
        """What is left of the published nodes without those that follow from others."""
        left: dict[Node, Array] = {}
        for node in self.published:
            atoms = self.tree.nodes[node]
            if (unknown := atoms[self.unknown[atoms]]).size:
                left[node] = unknown
        return [
            Equation(node, unknown) for node, unknown in left.items()
            if not self._follows(node, unknown, left)
        ]  # fmt: skip

    def _follows(self, node: Node, unknown: Array, left: Mapping[Node, Array]) -> bool:
        """Tell whether an equation is the sum of others, of shorter periods or smaller groups."""
        for inside in (self.tree.parts(node), self.tree.children(node)):
            told = sorted((left[part] for part in inside if part in left), key=len, reverse=True)
            open_still = set(unknown.tolist())
            for atoms in told:
                # Largest first and each atom once: a quarter, or else its months, not both.
                if open_still.issuperset(atoms.tolist()):
                    open_still.difference_update(atoms.tolist())
            if not open_still:
                return True
        return False

    def _at_a_glance(self, atoms: Array, columns: slice) -> tuple[Array, bool]:
        """Return the columns that take a programme, and whether one is told without."""
        value = self.values[atoms].sum(axis=0)
        counts = np.zeros(len(value), dtype=bool)
        counts[columns] = value[columns] > NONE
        down, up = self._shifts(atoms)
        needed = self._needed(value)
        doubtful = counts & ~((down >= needed) & (up >= needed))
        told = bool((doubtful & (self._room(atoms) < needed)).any())
        return np.flatnonzero(doubtful), told

    def _needed(self, value: Array) -> Array:
        """Return how far from a sum an attacker has to be left, by column."""
        needed = MARGIN * value
        needed[[*self.counted]] = np.maximum(needed[[*self.counted]], 1.0)
        return needed

    def _room(self, atoms: Array) -> Array:
        """Return the least that any one equation over all of a sum hides beside it."""
        hidden = atoms[self.unknown[atoms]]
        own = self.values[hidden].sum(axis=0)
        if not hidden.size:
            return own
        rooms = [
            self._totals[number] - own
            for number in set.intersection(*(set(self._members[atom]) for atom in hidden))
        ]
        return np.min(rooms, axis=0) if rooms else np.full(self.values.shape[1], np.inf)

    def _shifts(self, atoms: Array) -> tuple[Array, Array]:
        """Return how far a sum can surely move, by trading hours among atoms that are alike.

        Atoms in the very same equations can hand hours to each other unnoticed; no programme is
        needed where that is enough.
        """
        hidden = atoms[self.unknown[atoms]]
        down, up = np.zeros(self.values.shape[1]), np.zeros(self.values.shape[1])
        own = self._alike[hidden]
        for kind in np.unique(own):
            inside = self.values[hidden[own == kind]].sum(axis=0)
            if not self._kinds[kind]:
                down, up = down + inside, up + np.inf
            elif self._counts[kind] > np.count_nonzero(own == kind):
                down, up = down + inside, up + self._sums[kind] - inside
        return down, up

    @cached_property
    def _totals(self) -> list[Array]:
        return [self.values[equation.unknown].sum(axis=0) for equation in self.equations]

    @cached_property
    def _members(self) -> list[tuple[int, ...]]:
        """List the equations of every atom."""
        found: list[list[int]] = [[] for _ in self.values]
        for number, equation in enumerate(self.equations):
            for atom in equation.unknown:
                found[atom].append(number)
        return [tuple(numbers) for numbers in found]

    @cached_property
    def _kinds(self) -> list[tuple[int, ...]]:
        return list(dict.fromkeys(self._members))

    @cached_property
    def _alike(self) -> Array:
        """Number the atoms so that those in the same equations have the same number."""
        numbers = {members: kind for kind, members in enumerate(self._kinds)}
        return np.array([numbers[members] for members in self._members], dtype=int)

    @cached_property
    def _sums(self) -> Array:
        sums = np.zeros((len(self._kinds), self.values.shape[1]))
        np.add.at(sums, self._alike[self.unknown], self.values[self.unknown])
        return sums

    @cached_property
    def _counts(self) -> Array:
        return np.bincount(self._alike[self.unknown], minlength=len(self._kinds))

    def _around(self, atoms: Array) -> tuple[bytes, ...]:
        """Return all that a programme over some atoms is made of, to know it again."""
        numbers, _ = self._part_of(atoms[self.unknown[atoms]])
        known = self.unknown[atoms].tobytes()
        return (known, *sorted(self.equations[number].unknown.tobytes() for number in numbers))

    def _part_of(self, atoms: Array) -> tuple[list[int], list[int]]:
        """Return the equations and atoms that have anything to do with some atoms."""
        seen, equations, waiting = set(atoms.tolist()), set(), list(atoms.tolist())
        while waiting:
            for number in self._members[waiting.pop()]:
                if number not in equations:
                    equations.add(number)
                    new = set(self.equations[number].unknown.tolist()) - seen
                    seen |= new
                    waiting.extend(new)
        return sorted(equations), sorted(seen)

    def _programme(self, atoms: Array, columns: Array) -> Programme:
        numbers, unknown = self._part_of(atoms)
        place = np.array(unknown)
        sums = [np.searchsorted(place, self.equations[number].unknown) for number in numbers]
        return Programme(
            sums, np.searchsorted(place, np.sort(atoms)), self.values[place][:, columns]
        )
