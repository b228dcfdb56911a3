"""Linear programmes, solved many in one: the least and the most that a sum of unknowns can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

Array = np.ndarray[Any, Any]

#: Unknowns in one call of the solver: a call costs more than what a small programme takes.
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Programme:
    """Unknowns that are not below 0, sums of them that are known, and a sum that is asked for.

    Attributes
    ----------
    sums : list of numpy.ndarray
        The unknowns in each known sum, by number.
    wanted : numpy.ndarray
        The unknowns in the sum that is asked for.
    hours : numpy.ndarray
        The true values by unknown and column, from which the known sums are made. Columns share
        no sum.
    """

    sums: Sequence[Array]
    wanted: Array
    hours: Array

    @property
    def size(self) -> int:
        """How many unknowns it has, over all columns and both ends."""
        return 2 * self.hours.size


def solve(programmes: Sequence[Programme]) -> list[tuple[Array, Array]]:
    """Find the least and the most of what each programme asks for, by column.

    Every unknown lies in a known sum, so that there is an end both ways. Programmes share
    nothing: the optimum of the sum of what they ask for is the sum of their optima.
    """
    found: list[tuple[Array, Array]] = []
    batch: list[Programme] = []
    for programme in programmes:
        if batch and sum(p.size for p in batch) + programme.size > _AT_ONCE:
            found += _solve_batch(batch)
            batch = []
        batch.append(programme)
    return found + (_solve_batch(batch) if batch else [])


def _solve_batch(batch: Sequence[Programme]) -> list[tuple[Array, Array]]:
    rows, columns, right, wanted, scales = [], [], [], [], []
    n_rows = n_columns = 0
    for programme in batch:
        n_unknown = len(programme.hours)
        scale = np.maximum(programme.hours.max(axis=0), 1e-6)
        scales.append(scale)
        row = np.repeat(np.arange(len(programme.sums)), [len(s) for s in programme.sums])
        at = np.concatenate(programme.sums)
        ask = np.zeros(n_unknown)
        ask[programme.wanted] = 1.0
        for sign in (1.0, -1.0):
            for hours in (programme.hours / scale).T:
                rows.append(row + n_rows)
                columns.append(at + n_columns)
                right.append(np.bincount(row, hours[at], minlength=len(programme.sums)))
                wanted.append(sign * ask)
                n_rows, n_columns = n_rows + len(programme.sums), n_columns + n_unknown
    places = (np.concatenate(rows), np.concatenate(columns))
    left = sparse.csr_array((np.ones(len(places[0])), places), shape=(n_rows, n_columns))
    done = linprog(
        np.concatenate(wanted), A_eq=left, b_eq=np.concatenate(right), bounds=(0, None),
        method="highs",
    )  # fmt: skip
    # The true hours solve it.
    assert done.status == 0, done.message
    ends, start = [], 0
    for programme, scale in zip(batch, scales, strict=True):
        n_unknown, n = programme.hours.shape
        part = done.x[start : start + 2 * n * n_unknown].reshape(2, n, n_unknown)
        start += 2 * n * n_unknown
        both = part[:, :, programme.wanted].sum(axis=2) * scale
        ends.append((both[0], both[1]))
    return ends
