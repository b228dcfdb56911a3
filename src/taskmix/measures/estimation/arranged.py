"""From frames to arrays, once for all cells: what the estimator computes with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import pandas as pd

from taskmix.measures.estimation.people import EXPECTED
from taskmix.measures.estimation.strata import Sample
from taskmix.taxonomy import CATEGORIES

#: Of a drawn task: the chance of each category by the sorter, or one-hot by its tag.
CHANCES = tuple(f"chance_{category}" for category in CATEGORIES)
_CERTAIN = 1 - 1e-9


@dataclass(frozen=True)
class People:
    """Person sums of a cell: one entry a person and ``is_tagged``.

    Attributes
    ----------
    person : ndarray of int
        The same number for the same person in all cells.
    is_tagged : ndarray of bool
    hours : ndarray
    sorted : ndarray of shape (n, 4)
        Σ h f_k of what was tagged or sorted.
    expected : ndarray of shape (n, 4)
        The same, with a quarter for each category of what was neither.
    """

    person: np.ndarray
    is_tagged: np.ndarray
    hours: np.ndarray
    sorted: np.ndarray
    expected: np.ndarray


@dataclass(frozen=True)
class Drawn:
    """Drawn tasks of a cell, answered or not; see `taskmix.measures.estimation.weigh_answers`.

    Attributes
    ----------
    person, is_tagged, certain, answered, blind, hours, pi, weight, rate : ndarray
        ``blind``: the prediction had not seen the task's own tag.
    said, found : ndarray of shape (n, 4)
        The answer, one-hot (zeros: none), and the prediction.
    """

    person: np.ndarray
    is_tagged: np.ndarray
    certain: np.ndarray
    answered: np.ndarray
    blind: np.ndarray
    hours: np.ndarray
    pi: np.ndarray
    weight: np.ndarray
    rate: np.ndarray
    said: np.ndarray
    found: np.ndarray

    def frame_hours(self) -> float:
        """Return the untagged hours drawn from, which hours over π sum to in every draw."""
        rows = ~self.is_tagged
        return float((self.hours[rows] / self.pi[rows]).sum())

    def sample(self, people: np.ndarray, *, is_tagged: bool) -> Sample:
        """Return the answered tasks of one stratum.

        Parameters
        ----------
        people : ndarray of int
            The cell's people, sorted; who is not among them has no hours in it, and is left out.
        """
        stratum = self.is_tagged == is_tagged
        place = np.minimum(np.searchsorted(people, self.person), len(people) - 1)
        kept = stratum & self.answered & (people[place] == self.person)
        return Sample(
            person=place[kept],
            expanded=(self.weight * self.hours)[kept],
            certain=self.certain[kept],
            rate=self.rate[kept],
            said=self.said[kept],
            found=self.found[kept],
            certain_hours=float(self.hours[stratum & self.certain].sum()),
        )


_Arrays = TypeVar("_Arrays", People, Drawn)


def arrange(
    people: pd.DataFrame, weighed: pd.DataFrame, *, by: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], People, Drawn]]:
    """Go through the cells, in the order of their names; who has no hours is in none.

    Parameters
    ----------
    people : pandas.DataFrame
        See `taskmix.measures.estimation.person_sums`.
    weighed : pandas.DataFrame
        See `taskmix.measures.estimation.weigh_answers`.
    by : sequence of str
        Columns of both that name a cell.
    """
    keys = pd.MultiIndex.from_frame(people[list(by)]).unique().sort_values()
    people = people[people["hours"] > 0]
    names = [people["person"].fillna(""), weighed["person"].fillna("")]
    person = pd.factorize(pd.concat(names, ignore_index=True))[0]
    sums, drawn = _people(people, person[: len(people)]), _drawn(weighed, person[len(people) :])
    of_people, of_drawn = (_rows_by_cell(frame, keys, by) for frame in (people, weighed))
    for place, key in enumerate(keys):
        yield key, _part(sums, of_people[place]), _part(drawn, of_drawn[place])


def arrange_drawn(
    weighed: pd.DataFrame, *, by: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], Drawn]]:
    """Go through the cells in which anything was drawn; see `arrange`."""
    keys = pd.MultiIndex.from_frame(weighed[list(by)]).unique().sort_values()
    drawn = _drawn(weighed, pd.factorize(weighed["person"].fillna(""))[0])
    for key, rows in zip(keys, _rows_by_cell(weighed, keys, by), strict=True):
        yield key, _part(drawn, rows)


def _rows_by_cell(frame: pd.DataFrame, keys: pd.MultiIndex, by: Sequence[str]) -> list[np.ndarray]:
    cell = keys.get_indexer(pd.MultiIndex.from_frame(frame[list(by)]))
    order = np.argsort(cell, kind="stable")
    edges = np.searchsorted(cell[order], np.arange(len(keys) + 1))
    return [order[begin:end] for begin, end in pairwise(edges)]


def _part(whole: _Arrays, rows: np.ndarray) -> _Arrays:
    return type(whole)(**{name: values[rows] for name, values in vars(whole).items()})


def _people(people: pd.DataFrame, person: np.ndarray) -> People:
    by_tag = people[list(EXPECTED)].to_numpy(dtype=float)
    neither = people["hours_unsorted"].to_numpy(dtype=float)[:, None] / len(CATEGORIES)
    return People(
        person=person,
        is_tagged=people["is_tagged"].to_numpy(dtype=bool),
        hours=people["hours"].to_numpy(dtype=float),
        sorted=by_tag,
        expected=by_tag + neither,
    )


def _drawn(weighed: pd.DataFrame, person: np.ndarray) -> Drawn:
    code = pd.Index(CATEGORIES).get_indexer(weighed["answer"])
    said = np.vstack([np.eye(len(CATEGORIES)), np.zeros(len(CATEGORIES))])[code]
    return Drawn(
        person=person,
        is_tagged=weighed["is_tagged"].to_numpy(dtype=bool),
        certain=weighed["pi"].to_numpy(dtype=float) >= _CERTAIN,
        answered=code >= 0,
        blind=weighed["out_of_sample"].to_numpy(dtype=bool),
        hours=weighed["hours"].to_numpy(dtype=float),
        pi=weighed["pi"].to_numpy(dtype=float),
        weight=weighed["weight"].to_numpy(dtype=float),
        rate=weighed["rate"].to_numpy(dtype=float),
        said=said,
        found=weighed[list(CHANCES)].to_numpy(dtype=float),
    )
