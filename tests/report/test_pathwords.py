"""Sentences about a path say how far the mix moved, and why a distance is not told."""

import pandas as pd

from taskmix.measures.paths import composition_path
from taskmix.report import pathwords
from taskmix.taxonomy import CATEGORIES

FIRST, LAST = ("2024", (0.4, 0.2, 0.2, 0.2)), ("2026", (0.2, 0.4, 0.2, 0.2))


def path(*periods, team=None):
    rows = [
        (period, category, share)
        for period, mix in periods
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    shares = pd.DataFrame(rows, columns=["period", "category", "share"])
    if team is None:
        return composition_path(shares)
    return composition_path(shares.assign(team=team), by=("team",))


def test_the_path_names_what_moved_and_how_far():
    moved = path(FIRST, LAST)
    assert pathwords.path_title(moved) == "Since 2024 execution is 20 points down, as estimated"
    text = pathwords.path_sentence(moved)
    assert text.startswith("From 2024 to 2026: execution 40% to 20%; judgment 20% to 40%; creative")
    assert "20% of the hours went elsewhere. By ratios the mixes are 0.98 apart" in text
    assert "It is the role’s path; people joined and left." in text


def test_a_distance_that_is_not_told_says_why():
    text = pathwords.path_sentence(path(FIRST, ("2026", (0.4, 0.4, 0.195, 0.005))))
    assert "The distance by ratios is not told: connective is below 1% in 2026." in text


def test_one_period_is_no_path_yet():
    assert pathwords.path_sentence(path(LAST)) == (
        "There is no path yet: not enough data: has 1 year, needs 2."
    )
    assert pathwords.path_title(path()).endswith("not enough data: has 0 periods, needs 2")


def test_what_stayed_says_so():
    assert pathwords.path_title(path(FIRST, ("2026", FIRST[1]))) == (
        "The mix of 2026 is about that of 2024"
    )


def test_roles_are_spanned_and_none_is_named():
    two = pd.concat(
        [path(FIRST, LAST, team="red"), path(FIRST, ("2026", FIRST[1]), team="blue"),
         path(LAST, team="new")]
    )  # fmt: skip
    assert pathwords.paths_title(two) == (
        "2 teams moved 0% to 20% of their hours from one kind of work to another"
    )
    assert pathwords.paths_title(path(FIRST, LAST, team="red")).startswith("One team moved 20% of")
    assert pathwords.paths_title(path(LAST, team="new")) == (
        "No team that is shown has a path yet: not enough data: has 1 year, needs 2"
    )
