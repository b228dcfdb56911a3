"""Simulated organisations: who logged how much, of which the truth is known."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from taskmix.disclosure import Decision, Node
from taskmix.taxonomy import LABELS

sys.path.insert(0, str(Path(__file__).parent))
from organisations import as_sums, simulated


def staff(
    team: str, n: int, *, month: str = "2026-07", department: str = "x", hours: float = 10.0,
    first: int = 0,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Rows of n people of one team, each with hours of every label."""
    return [
        (month, department, team, f"{team}-{first + at}", label, hours)
        for at in range(n)
        for label in LABELS
    ]


@pytest.fixture(scope="session")
def make_staff() -> SimpleNamespace:
    return SimpleNamespace(staff=staff, sums=as_sums)


@pytest.fixture(scope="session")
def outcomes() -> Callable[..., dict[str, str]]:
    """Team → how it is shown in a period, of a plan's decisions."""

    def find(decisions: list[Decision], period: str, kind: str = "team") -> dict[str, str]:
        return {
            d.node.name: d.outcome
            for d in decisions
            if d.node.period == period and d.node.kind == kind
        }

    return find


@pytest.fixture(scope="session")
def make_simulated() -> Callable[..., pd.DataFrame]:
    return simulated


@pytest.fixture(scope="session")
def node() -> type[Node]:
    return Node
