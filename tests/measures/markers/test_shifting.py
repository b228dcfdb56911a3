"""A group's mix has moved only where it moved further than its people's own ups and downs."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.markers.shifting import adaptability, distance

PERIODS = ("2026-Q2", "2026-Q3")


def test_the_distance_by_hand():
    # p = (1, 0), q = (1/2, 1/2): JSD = H(3/4, 1/4) − 1/2
    expected = np.sqrt(-(0.75 * np.log2(0.75) + 0.25 * np.log2(0.25)) - 0.5)
    assert float(distance(np.array([4, 0]), np.array([3, 3]))) == pytest.approx(expected)


def tables(counts):
    """Make kinds and days from counts: group × period × person × project."""
    places = np.argwhere(counts > 0)
    group, period, person, project = places.T
    kinds = pd.DataFrame({
        "team": [f"t{g:03d}" for g in group], "period": [PERIODS[p] for p in period],
        "person": [f"{g}-{p}" for g, p in zip(group, person, strict=True)],
        "person_no": group * 1000 + person, "kind_no": project,
        "n_tasks": counts[tuple(places.T)].astype(float),
    })  # fmt: skip
    kinds = kinds.astype(dict.fromkeys(["team", "period", "person"], "str"))
    days = kinds[["period", "team", "person"]].drop_duplicates().assign(n_days=30.0)
    return kinds, days


def measured(counts, **options):
    kinds, days = tables(counts)
    defaults = {"by": "team", "min_people": 10, "min_days": 20}
    return adaptability(kinds, days, **(defaults | options)).set_index(["team", "period"])


def draw(rng, moved):
    """Draw 40 groups of 15 people whose mixes wander by themselves, and with the group's."""
    base = np.full(6, 3.0)
    after = base + moved * np.array([12, -2, -2, 0, 0, 0])
    counts = np.empty((40, 2, 15, 6), dtype=int)
    for at, alpha in enumerate((base, after)):
        mixes = rng.dirichlet(alpha, (40, 15))
        counts[:, at] = rng.multinomial(60, mixes)
    return counts


def test_people_that_go_up_and_down_by_themselves_leave_nothing_on_average():
    still = measured(draw(np.random.default_rng(3), moved=0))
    values = still.xs("2026-Q3", level="period")["value"]
    assert abs(values.mean()) < 2 * values.std() / np.sqrt(len(values))
    # the bare distance is not zero: it would call every group adaptable
    kinds, _ = tables(draw(np.random.default_rng(3), moved=0))
    sums = kinds.groupby(["team", "period", "kind_no"])["n_tasks"].sum().unstack().to_numpy()
    assert distance(sums[0::2], sums[1::2]).mean() > 0.05


def test_a_group_that_moved_stands_out():
    moved = measured(draw(np.random.default_rng(3), moved=1))
    assert moved.xs("2026-Q3", level="period")["value"].min() > 0.1


def test_it_takes_two_periods_and_ten_people_in_both():
    counts = draw(np.random.default_rng(3), moved=1)[:1]
    counts[0, 0, 9:] = 0
    table = measured(counts)
    assert table["value"].isna().all()
    assert table["why_not"].tolist() == [
        f"not enough data: has {n} people with 20 logged days in both periods, needs 10"
        for n in ("0", "fewer than 10")
    ]
    # one's own log has nobody to deal out
    assert measured(counts[:, :, :1], min_people=1)["why_not"].tolist()[1] == (
        "not enough data: has 1 person with 20 logged days in both periods, needs 5"
    )
