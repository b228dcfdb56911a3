"""A group's figure comes of ten people or not at all, and its interval covers what it should."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.markers.catalogue import MARKERS
from taskmix.measures.markers.cells import contributions, estimate
from taskmix.measures.markers.hiding import with_reasons

NAMES = ["depth", "decision", "day_span"]


def people_of(rows):
    """Turn (team, person, period, x, y) into people's sums."""
    frame = pd.DataFrame(rows, columns=["team", "person", "period", "x", "y"])
    return frame.astype({"team": "str", "person": "str", "period": "str"})


def measured(people, marker="depth", *, y="y", days=30.0, tagged=0.5, min_people=10, reasons=()):
    keys = ["period", "team", "person"]
    logged = people[keys].drop_duplicates().assign(n_days=days)
    part = people[["period", "team"]].drop_duplicates().assign(tagged=tagged)
    table = estimate(
        [contributions(people, marker, x="x", y=y)], logged, [marker], by="team",
        min_people=min_people, min_days=20, tagged=part,
    )  # fmt: skip
    return with_reasons([table], reasons, by="team", min_people=min_people)


def team(name, n, *, x=1.0, y=4.0, period="2026-Q3"):
    return [(name, f"{name}{k}", period, x, y) for k in range(n)]


def test_a_ratio_and_its_interval_by_hand():
    # Shares of 1/4 and 3/4, hours alike: R = 1/2, u = ±(1/4 · 4)/(12 · 4) = ±1/48 for 12 people.
    rows = [("red", f"p{k}", "2026-Q3", 1.0 if k % 2 else 3.0, 4.0) for k in range(12)]
    row = measured(people_of(rows)).iloc[0]
    se = np.sqrt(12 / 11 * 12) / 48
    half = 2.200985 * se / 0.25  # t with 11 degrees of freedom, on the logit scale
    assert row["value"] == 0.5
    assert [row["low"], row["high"]] == pytest.approx(
        [1 / (1 + np.exp(half)), 1 / (1 + np.exp(-half))]
    )
    assert (row["n_people"], row["n_days"]) == (12, 360)


def test_a_mean_of_people_has_the_interval_of_a_mean():
    rows = [("red", f"p{k}", "2026-Q3", float(k), 1.0) for k in range(10)]
    row = measured(people_of(rows), "day_span", y=None).iloc[0]
    half = 2.262157 * np.std(range(10), ddof=1) / np.sqrt(10)
    assert [row["value"], row["low"], row["high"]] == pytest.approx([4.5, 4.5 - half, 4.5 + half])


def test_a_change_takes_out_what_stays_with_a_person():
    rows = [("red", f"p{k}", period, shift + k, 20.0)
            for period, shift in (("2026-Q2", 0), ("2026-Q3", 2)) for k in range(10)]  # fmt: skip
    row = measured(people_of(rows)).set_index("period").loc["2026-Q3"]
    assert row["change"] == pytest.approx(0.1)
    # everybody moved alike, so that nothing is left to be unsure of
    assert [row["change_low"], row["change_high"]] == pytest.approx([0.1, 0.1])
    assert row["high"] - row["low"] > 0.1


def test_groups_below_ten_people_have_no_figure_but_a_reason():
    table = measured(people_of(team("red", 9) + team("blue", 10, x=2.0))).set_index("team")
    assert table.loc["red", "why_not"] == (
        "not enough data: has fewer than 10 people with 20 logged days, needs 10"
    )
    figures = ["value", "low", "high", "before", "change", "change_low", "change_high"]
    assert table.loc["red", figures].isna().all()


def test_who_logged_too_few_days_is_no_one_to_hide_among():
    people = people_of(team("red", 12))
    table = measured(people, days=pd.Series([20.0] * 9 + [19.0] * 3))
    assert table["why_not"].tolist() == [
        "not enough data: has fewer than 10 people with 20 logged days, needs 10"
    ]


def test_a_small_group_is_protected_by_the_next_smallest():
    rows = [*team("a", 4), *team("b", 11, x=2.0), *team("c", 12, x=3.0), *team("d", 40, x=0.5)]
    table = measured(people_of(rows)).set_index("team")
    assert table["value"].notna().to_dict() == {"a": False, "b": False, "c": True, "d": True}
    assert table.loc["b", "why_not"] == "not shown: protects a smaller group"
    # ten hidden people protect each other
    table = measured(people_of([*team("a", 4), *team("e", 6), *rows[4:]])).set_index("team")
    assert table["value"].notna().sum() == 3


def test_no_count_is_given_of_a_few_people_nor_of_those_who_protect_them():
    # The mean of c and that of everybody, by their people: what is left is the sum of a and b.
    rows = [*team("a", 4), *team("b", 11, x=2.0), *team("c", 12, x=3.0)]
    table = measured(people_of(rows)).set_index("team")
    assert table.loc[["a", "b"], ["n_people", "n_days"]].isna().all(axis=None)
    assert table.loc["c", ["n_people", "n_days"]].tolist() == [12, 360]
    # One's own log has nobody to protect, and nobody is no person.
    assert measured(people_of(rows), min_people=1)["n_people"].tolist() == [4, 11, 12]
    nobody = measured(people_of(team("a", 4)), days=3.0)
    assert nobody[["n_people", "why_not"]].to_numpy().tolist() == [
        [0, "not enough data: has 0 people with 20 logged days, needs 10"]
    ]


def test_a_change_is_not_shown_where_the_period_before_is_not():
    rows = team("red", 9, period="2026-Q2") + team("red", 10, x=2.0)
    row = measured(people_of(rows)).set_index("period").loc["2026-Q3"]
    assert row["value"] == 0.5
    assert row[["before", "change", "change_low", "change_high"]].isna().all()


def test_one_person_with_most_of_the_hours_is_not_shown_as_a_group():
    rows = [*team("red", 10, y=4.0), ("red", "boss", "2026-Q3", 10.0, 41.0)]
    assert measured(people_of(rows))["why_not"].tolist() == [
        "not shown: one person holds more than half of it"
    ]


@pytest.mark.parametrize("x", [0.0, 4.0])
def test_all_or_none_would_be_true_of_everybody(x):
    assert measured(people_of(team("red", 20, x=x)))["why_not"].tolist() == [
        "not shown: it is all or none, and so true of everybody in the group"
    ]
    # in one's own log there is nobody to protect
    assert measured(people_of(team("red", 1, x=x)), min_people=1)["value"].tolist() == [x / 4]


def test_a_label_of_the_sorter_earns_no_interval_and_a_persons_tag_does():
    people = people_of([(*row[:3], 1.0 + n % 2, 4.0) for n, row in enumerate(team("red", 12))])
    ends = ["low", "high"]
    assert measured(people, "decision", tagged=0.99)[ends].isna().all(axis=None)
    assert measured(people, "decision", tagged=1.0)[ends].notna().all(axis=None)


def test_one_person_earns_no_interval():
    table = measured(people_of(team("me", 1)), min_people=1)
    assert table["value"].tolist() == [0.25]
    assert table[["low", "high"]].isna().all(axis=None)


def test_a_markers_own_reason_says_more_and_takes_the_figure_out():
    reason = pd.DataFrame({"period": ["2026-Q3"], "team": ["red"], "marker": ["depth"],
                           "why_not": ["the clocks are rounded"]}).astype("str")  # fmt: skip
    table = measured(people_of(team("red", 12)), reasons=[reason])
    assert table["why_not"].tolist() == ["the clocks are rounded"]
    assert table["value"].isna().all()


@pytest.fixture(scope="module")
def drawn():
    """400 groups of 30 people whose own shares differ, in two periods; the truth is 0.3."""
    rng = np.random.default_rng(5)
    own = rng.beta(3, 7, (400, 30))
    frames = []
    for period in ("2026-Q2", "2026-Q3"):
        tasks = rng.integers(60, 200, own.shape)
        frames.append(pd.DataFrame({
            "team": np.repeat([f"t{n:03d}" for n in range(400)], 30), "period": period,
            "person": [f"p{n}" for n in range(own.size)], "y": tasks.ravel().astype(float),
            "x": rng.binomial(tasks, own).ravel().astype(float),
        }))  # fmt: skip
    return pd.concat(frames, ignore_index=True).astype({"team": "str", "person": "str"})


def test_95_percent_of_intervals_cover_the_truth(drawn):
    table = measured(drawn)
    covered = ((table["low"] <= 0.3) & (table["high"] >= 0.3)).mean()
    assert 0.925 <= covered <= 0.975


def test_an_interval_that_ignores_people_does_not(drawn):
    sums = drawn.groupby(["team", "period"])[["x", "y"]].sum()
    share = sums["x"] / sums["y"]
    half = 1.96 * np.sqrt(share * (1 - share) / sums["y"])
    assert ((share - 0.3).abs() <= half).mean() < 0.7


def test_95_percent_of_intervals_of_a_change_cover_none(drawn):
    table = measured(drawn)
    now = table[table["period"] == "2026-Q3"]
    covered = ((now["change_low"] <= 0) & (now["change_high"] >= 0)).mean()
    assert 0.925 <= covered <= 0.975
    # as if the same people were others each time: far too wide
    before = table[table["period"] == "2026-Q2"]
    widths = [(rows["high"] - rows["low"]).to_numpy() for rows in (now, before)]
    half = np.hypot(*widths) / 2
    assert (now["change"].abs() <= half).mean() > 0.995


def test_every_marker_of_the_catalogue_has_a_counterweight_of_its_own():
    for marker in MARKERS.values():
        assert marker.counterweight in MARKERS
        assert marker.counterweight != marker.name
        assert all([marker.verdict, marker.caveat, marker.formula, marker.unit, marker.beside])
