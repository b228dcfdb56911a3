"""Simulated organisations, as the engine adds their logs up: what release plans are tried on."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from taskmix.taxonomy import CATEGORIES, LABELS

#: What the sorter makes of a label: never quite sure, so that no share is exactly 0 or 1.
CHANCES = np.vstack([0.9 * np.eye(4) + 0.025, np.full((1, 4), 0.25)])


def as_sums(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows of month, department, team, person, label and hours, as the engine adds them up."""
    names = ["period", "department", "team", "person", "label", "hours"]
    frame = pd.DataFrame(list(rows), columns=names)
    place = pd.Index(LABELS).get_indexer(frame["label"])
    expected = CHANCES[place] * frame[["hours"]].to_numpy()
    return frame.assign(**{f"expected_{c}": expected[:, n] for n, c in enumerate(CATEGORIES)})


def simulated(
    seed: int, *, teams: int = 16, steady: bool = False, away: bool = False
) -> pd.DataFrame:
    """Teams of 4 to 60 people in four departments, over a year in which people come and go.

    Teams' shares differ by about 10 points, people's by more, and what a person logs changes from
    month to month; not so where `steady`. Where `away`, people differ more, and in one month of
    each quarter only three of every other team log.
    """
    rng = np.random.default_rng(seed)
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    rows = []
    for team in range(teams):
        size = int(np.clip(rng.lognormal(3.0, 0.7), 4, 60))
        mix = rng.dirichlet(18 * np.array([0.45, 0.22, 0.1, 0.15, 0.08]))
        for at in range(size):
            own = rng.dirichlet((4 if away else 20) * mix + 0.05)
            hours = 130 * rng.lognormal(0, 0.2)
            first, last = 0, 12
            if rng.random() < 0.3:
                first, last = sorted(rng.choice(13, 2, replace=False))
            for month in range(first, last):
                if rng.random() < 0.06 and not steady:
                    continue  # on leave all month
                if away and month % 3 == 1 and team % 2 and at > 2:
                    continue
                logged = hours * own
                if not steady:
                    logged = hours * rng.uniform(0.6, 1.1) * rng.dirichlet(30 * own + 0.05)
                rows += [
                    (months[month], f"D{team % 4}", f"team {team}", f"{team}-{at}", label, h)
                    for label, h in zip(LABELS, logged, strict=True)
                ]
    return as_sums(rows)
