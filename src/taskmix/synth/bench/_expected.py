"""What the markers of each team are to be over some months, from the parameters alone."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import digamma

from taskmix.synth.bench._effort import OVERSIGHT
from taskmix.synth.bench._habits import CONCENTRATION
from taskmix.synth.bench._logged import HAS_COMPANY
from taskmix.synth.bench._parameters import BenchParameters
from taskmix.synth.bench._projects import project_weights
from taskmix.taxonomy import CATEGORIES

#: How many others take part where any do, on average; the logged days that collaborators are of.
_HOW_MANY, _DAYS = 1.75, 5
_REWORK = next(chance for kind, chance, *_ in OVERSIGHT if kind == "rework")


def expected_markers(parameters: BenchParameters, months: Sequence[str]) -> pd.DataFrame:
    """Say what the markers of each team must rank by over some months.

    Each column follows from the parameters that the log was drawn from. Most of them change with
    the months: AI changes a team's mix, and who takes up a new project now and then has had more
    of them in a year than in a quarter.

    Parameters
    ----------
    parameters : BenchParameters
    months : sequence of str
        The months of the period, such as ``2026-07``.

    Returns
    -------
    pandas.DataFrame
        One row a team, by its name; a column a marker, named as the marker is. Shares are 0–1,
        and missing where a team has no AI. ``depth``, ``breadth`` and ``exploration`` are of
        endless logs without mistakes: what is measured lies beside them, in the same order.

    Notes
    -----
    ``connection``, ``decision`` and ``creativity`` are what is to be expected of the very people
    in the log (``given_hours``), all else of anybody.
    """
    own = parameters.markers.set_index("team")
    mix, effort = (
        frame[frame["month"].isin(months)] for frame in (parameters.mix, parameters.effort)
    )
    given = _shares(mix, "given_hours").loc[own.index]
    projects = [_of_projects(n, new / n, len(months))
                for n, new in zip(own["n_projects"], own["new_projects"], strict=True)]  # fmt: skip
    entropy, unlike, is_new = np.array(projects).T
    usual = _shares(mix, "expected_hours").loc[own.index].to_numpy()
    with_ai = _with_ai(effort).reindex(own.index)
    return pd.DataFrame(
        {
            "depth": own["depth"],
            "fragmentation": own["changes_per_hour"],
            "exploration": is_new,
            "breadth": np.exp(entropy + _own_entropy(usual)),
            "integration": 1 / (1 - (unlike + _own_unlike(usual)) / 2),
            "connection": given["connective"],
            "decision": given["judgment"],
            "creativity": given["creative"],
            **_ties(own, given, parameters.teams.set_index("team")["n_people"].loc[own.index]),
            **with_ai,
            "outside_hours": own["outside_share"],
            "weekend": own["weekend_share"],
            "day_span": own["day_span"],
            "start_spread": own["start_spread"],
        },
        index=own.index,
    )


def _shares(mix: pd.DataFrame, hours: str) -> pd.DataFrame:
    sums = mix.groupby(["team", "category"])[hours].sum().unstack()[list(CATEGORIES)]
    return sums.div(sums.sum(axis=1), axis=0)


def _of_projects(n_projects: int, chance: float, months: int) -> tuple[float, float, float]:
    """Describe a person's projects, each place of which gets a new one by a chance a month.

    Returns
    -------
    tuple of float
        The entropy of projects over the months; the chance that two tasks are of two of them; the
        part of the work that is for one taken up in these months.
    """
    weights = project_weights(n_projects)
    length = np.arange(1, months + 1)
    # How many runs of so many months with one project a place has, on average.
    runs = (2 * chance + np.maximum(months - length - 1, 0) * chance**2) * (1 - chance) ** (
        length - 1
    )
    runs[-1] = (1 - chance) ** (months - 1)
    part = length / months
    entropy = -float(weights @ np.log(weights)) - float(runs @ (part * np.log(part)))
    unlike = 1 - float(weights @ weights) * float(runs @ part**2)
    return entropy, unlike, 1 - float(np.mean((1 - chance) ** length))


def _own_entropy(shares: np.ndarray) -> np.ndarray:
    """Expect the entropy of a person's categories: people scatter about their team (Dirichlet)."""
    return np.asarray(
        digamma(CONCENTRATION + 1) - (shares * digamma(CONCENTRATION * shares + 1)).sum(axis=1)
    )


def _own_unlike(shares: np.ndarray) -> np.ndarray:
    return np.asarray(1 - (shares * (CONCENTRATION * shares + 1)).sum(axis=1) / (CONCENTRATION + 1))


def _ties(own: pd.DataFrame, shares: pd.DataFrame, size: pd.Series) -> dict[str, pd.Series]:
    """Expect different people in five days: of a small team often the same."""
    chance = np.minimum(own["company"].to_numpy()[:, None] * HAS_COMPANY, 0.95)
    times = own["tasks_a_day"] * _DAYS * (shares.to_numpy() * chance).sum(axis=1) * _HOW_MANY
    across = own["across"] * (1 - size / size.sum())
    near = (size - 1) * (1 - np.exp(-times * (1 - across) / (size - 1)))
    return {"collaborators": near + times * across, "ties_across": across}


def _with_ai(effort: pd.DataFrame) -> pd.DataFrame:
    """Expect the parts of the work with AI; missing where there is none."""
    weeks = effort["full_weeks"]
    hours = effort[["oversight", "touched", "creative", "creative_with_ai"]].mul(weeks, axis=0)
    sums = hours.groupby(effort["team"]).sum()
    sums = sums[sums["touched"] > 0]
    guiding = sums["oversight"] / sums["touched"]
    return pd.DataFrame(
        {
            "creativity_with_ai": sums["creative_with_ai"] / sums["creative"],
            "guiding_ai": guiding,
            "rework": _REWORK * guiding,
        }
    )
