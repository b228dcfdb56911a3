"""Who logged how much, by team and month: what a release plan is decided from.

Never shown to anybody: only counts and decisions leave this room.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from taskmix.disclosure.nodes import ORGANISATION, TEAM, Node, period_of
from taskmix.measures.rows import LongTasks, in_periods, labelled, with_hours
from taskmix.taxonomy import CATEGORIES, LABELS

_KEYS = ["department", "team", "person", "label"]
_EXPECTED = [f"expected_{category}" for category in CATEGORIES]
#: What of a group is published: its hours by label, its hours spread by tag and probability, how
#: many people logged them (people by month: over several months it is more than pages say), and
#: all its hours.
COLUMNS = (*LABELS, *_EXPECTED, "people", "hours")
PEOPLE = COLUMNS.index("people")
_SPREAD = slice(len(LABELS), len(LABELS) + len(_EXPECTED))
_ATOM = ["period", "department", "team"]

Array = np.ndarray[Any, Any]


def person_cells(
    tasks: Any, sorted_tasks: Any, *, long_tasks: LongTasks = "start", both_human_share: float = 1.0
) -> pd.DataFrame:
    """Add human hours up by month, department, team, person and label, in one aggregation.

    Parameters
    ----------
    tasks, sorted_tasks, long_tasks, both_human_share
        As for `taskmix.measures.rollup`.

    Returns
    -------
    pandas.DataFrame
        ``period`` (a month), ``department``, ``team``, ``person``, ``label``, ``hours`` and
        ``expected_*``. Nothing that an AI did alone: who logged nothing else is an account, not a
        person to hide among.
    """
    human = nw.from_native(tasks).lazy().filter(nw.col("performer") != "ai")
    rows = labelled(human, nw.from_native(sorted_tasks).lazy())
    rows = with_hours(rows, both_human_share=both_human_share)
    hours = ["hours", *_EXPECTED]
    cells = in_periods(
        rows, _KEYS, hours=hours, counts=[], frequency="month", long_tasks=long_tasks
    )
    return cells[["period", *_KEYS, *hours]]


@dataclass(frozen=True)
class Tally:
    """What the rules ask of a set of atoms: people, the largest part of one, and `COLUMNS`."""

    n_people: int
    largest: float
    values: Array

    @property
    def shares(self) -> Array:
        """Estimated shares of the categories; empty where nothing is known of them."""
        expected = self.values[_SPREAD]
        total = float(expected.sum())
        return expected / total if total > 0 else expected[:0]


@dataclass(frozen=True)
class Cells:
    """The log cut into atoms: one is a team of one department in one month.

    Attributes
    ----------
    atoms : pandas.DataFrame
        ``period`` (a month), ``department``, ``team``; an atom's number is its row.
    values : numpy.ndarray
        By atom and `COLUMNS`.
    """

    atoms: pd.DataFrame
    values: Array
    _people: pd.Index
    _person: Array
    _hours: Array
    _by_label: Array
    _start: Array

    @classmethod
    def of(cls, sums: pd.DataFrame) -> "Cells":
        """Cut what `person_cells` returns into atoms."""
        # Whoever the log does not name counts as one person: nobody to hide among.
        people = sums["person"].astype("object").fillna("")
        code, names = pd.factorize(people, sort=True)
        keys = sums[_ATOM].astype("object")
        number = keys.groupby(_ATOM, sort=True).ngroup().to_numpy()
        atoms = keys.drop_duplicates().sort_values(_ATOM, ignore_index=True)
        values = np.zeros((len(atoms), len(COLUMNS)))
        label = pd.Index(LABELS).get_indexer(sums["label"])
        np.add.at(values, (number, label), sums["hours"].to_numpy())
        for place, name in enumerate(_EXPECTED, len(LABELS)):
            values[:, place] = np.bincount(number, sums[name], minlength=len(atoms))
        values[:, -1] = values[:, : len(LABELS)].sum(axis=1)
        pairs = pd.DataFrame({"atom": number, "person": code}).drop_duplicates()
        pairs = pairs.sort_values(["atom", "person"], ignore_index=True)
        row = pd.MultiIndex.from_frame(pairs).get_indexer(pd.MultiIndex.from_arrays([number, code]))
        by_label = np.zeros((len(pairs), len(LABELS)))
        np.add.at(by_label, (row, label), sums["hours"].to_numpy())
        start = np.searchsorted(pairs["atom"], np.arange(len(atoms) + 1))
        values[:, PEOPLE] = np.diff(start)
        person, hours = pairs["person"].to_numpy(), by_label.sum(axis=1)
        return cls(atoms, values, pd.Index(names), person, hours, by_label, start)

    def nodes(self, periods: Iterable[str], *, departments: bool) -> dict[Node, Array]:
        """Find the atoms of every group in every period in which it has any.

        Parameters
        ----------
        periods : iterable of str
            Months, quarters or years.
        departments : bool
            Whether departments are groups.
        """
        found: dict[Node, Array] = {}
        kinds = (ORGANISATION, *(("department",) if departments else ()), TEAM)
        for period, inside in self._within(periods).items():
            for kind in kinds:
                names = [""] * len(inside) if kind == ORGANISATION else self._names[kind][inside]
                grouped = pd.Series(inside).groupby(np.asarray(names, dtype=object))
                for name, atoms in grouped:
                    found[Node(kind, str(name), period)] = atoms.to_numpy()
        return found

    def tally(self, atoms: Array) -> Tally:
        """Count the people of some atoms together, and what the largest part of one is."""
        hours = self._by_person(atoms)
        known = hours[~np.isnan(hours)]
        total = known.sum()
        largest = float(known.max() / total) if total > 0 else 0.0
        return Tally(len(known), largest, self.values[atoms].sum(axis=0))

    def people(self, atoms: Array) -> dict[str, float]:
        """Return hours by person of some atoms together."""
        hours = self._by_person(atoms)
        there = np.flatnonzero(~np.isnan(hours))
        return dict(zip(self._people[there], hours[there].tolist(), strict=True))

    def content(self, atoms: Array) -> str:
        """Return a digest of who logged how many hours, to tell at once that nothing changed."""
        lines = (f"{name}\x1f{hours:.6f}" for name, hours in sorted(self.people(atoms).items()))
        return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:16]

    def members(self, atoms: Array) -> Array:
        """Tell of every person, by number, whether they are in some atoms."""
        there = np.zeros(len(self._people), dtype=bool)
        there[self._person[self._rows(atoms)]] = True
        return there

    def by_label(self, atoms: Array, wanted: Array) -> Array:
        """Add up the hours of some people in some atoms, by label; see `members`."""
        rows = self._rows(atoms)
        return self._by_label[rows[wanted[self._person[rows]]]].sum(axis=0)

    @property
    def has_departments(self) -> bool:
        """Whether the log tells more than one department apart."""
        return self.atoms["department"].nunique() > 1

    @cached_property
    def _names(self) -> Mapping[str, Array]:
        return {kind: self.atoms[kind].to_numpy() for kind in ("department", "team")}

    def _within(self, periods: Iterable[str]) -> dict[str, Array]:
        wanted = set(periods)
        found: dict[str, list[int]] = {}
        for atom, month in enumerate(self.atoms["period"]):
            for period in wanted.intersection(period_of(month)):
                found.setdefault(period, []).append(atom)
        return {period: np.array(atoms) for period, atoms in sorted(found.items())}

    def _by_person(self, atoms: Array) -> Array:
        """Return hours by person's number; nan for who is not there."""
        rows = self._rows(atoms)
        person = self._person[rows]
        sums = np.bincount(person, self._hours[rows], minlength=len(self._people)).astype(float)
        sums[np.bincount(person, minlength=len(self._people)) == 0] = np.nan
        return sums

    def _rows(self, atoms: Array) -> Array:
        parts = [np.arange(self._start[atom], self._start[atom + 1]) for atom in atoms]
        return np.concatenate(parts or [np.arange(0)])
