"""Builders of the two frames that the estimator takes, from a few facts a row."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.estimation import CHANCES, EXPECTED
from taskmix.taxonomy import CATEGORIES

#: Chances of execution, judgment, creative and connective; the rest are 0.
Chance = Sequence[float]


def four(values: Chance) -> list[float]:
    return [*values, 0.0, 0.0, 0.0, 0.0][:4]


@pytest.fixture
def make_people() -> Callable[..., pd.DataFrame]:
    """Build person sums from rows of person, hours, chances; more by name."""

    def make(*rows: tuple[str, float, Chance], **more: Any) -> pd.DataFrame:
        made = [
            {"person": person, "hours": hours,
             **dict(zip(EXPECTED, [hours * chance for chance in four(chances)], strict=True))}
            for person, hours, chances in rows
        ]  # fmt: skip
        plain = {"period": "2026-Q3", "team": "red", "is_tagged": False, "hours_unsorted": 0.0}
        return pd.DataFrame(made).assign(**(plain | more)).astype({"person": "str"})

    return make


@pytest.fixture
def make_drawn() -> Callable[..., pd.DataFrame]:
    """Build drawn tasks from rows of person, hours, π, answer and chances; more by name."""

    def make(*rows: tuple[str, float, float, str | None, Chance], **more: Any) -> pd.DataFrame:
        made = [
            {"person": person, "hours": hours, "pi": pi, "answer": answer,
             **dict(zip(CHANCES, four(chances), strict=True))}
            for person, hours, pi, answer, chances in rows
        ]  # fmt: skip
        plain = {"period": "2026-Q3", "team": "red", "is_tagged": False, "out_of_sample": True}
        return pd.DataFrame(made).assign(**(plain | more)).astype({"person": "str"})

    return make


@pytest.fixture(scope="session")
def log() -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    """Invent person sums of some periods, and an audit of each, answered by most."""

    def make(
        seed: int = 0, *, periods: Sequence[str] = ("2026-Q2", "2026-Q3"), n: int = 60,
        teams: int = 2, tagged: bool = True,
    ) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
        rng = np.random.default_rng(seed)
        people, drawn = [], []
        for period in periods:
            size = 24
            chances = rng.dirichlet(np.ones(4), size)
            hours = rng.uniform(20, 60, size)
            table = pd.DataFrame(hours[:, None] * chances, columns=list(EXPECTED))
            table = table.assign(
                period=period, person=[f"p{i}" for i in range(size)], hours=hours,
                team=[f"team{i % teams}" for i in range(size)], hours_unsorted=0.0,
                is_tagged=tagged & (np.arange(size) % 4 == 0),
            )  # fmt: skip
            people.append(table)
            untagged = table[~table["is_tagged"]]
            place = rng.integers(0, len(untagged), n)
            found = rng.dirichlet(np.ones(4), n)
            rows = pd.DataFrame(found, columns=list(CHANCES)).assign(
                period=period, hours=rng.uniform(0.5, 3, n), out_of_sample=True,
                person=untagged["person"].to_numpy()[place],
                team=untagged["team"].to_numpy()[place], is_tagged=False,
            )  # fmt: skip
            # Hours over π add up to the hours that it was drawn from, as in every design.
            pi = rows["hours"] * n / untagged["hours"].sum()
            said = np.array(CATEGORIES)[(found + rng.uniform(0, 1.2, found.shape)).argmax(axis=1)]
            answers = pd.Series(said).where(rng.random(n) < 0.9)
            drawn.append(rows.assign(pi=pi.clip(upper=1.0), answer=answers))
        return pd.concat(people, ignore_index=True), pd.concat(drawn, ignore_index=True)

    return make
