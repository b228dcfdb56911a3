"""Unknown words are those that no earlier month's tag holds."""

import pandas as pd
import pytest

from taskmix.sorting.evaluation.vocabulary import unknown_words


def log(*rows):
    table = pd.DataFrame(rows, columns=["title", "tag", "local_date", "human_hours"])
    return table.assign(local_date=pd.to_datetime(table["local_date"]))


def test_hours_count_by_the_part_of_their_words_that_is_unknown():
    table = unknown_words(
        log(
            ("Review budget", "judgment", "2026-06-10", 1.0),
            ("review BUDGET", None, "2026-07-01", 3.0),
            ("Review logo sketch", "creative", "2026-07-02", 6.0),
            ("Logo", None, "2026-08-01", 1.0),
        )
    )
    assert table["month"].tolist() == ["2026-06", "2026-07", "2026-08"]
    assert pd.isna(table["unknown"][0])  # no tag before
    # "logo" and "sketch" were tagged in July itself: 6 · 2/3 of 9 hours
    assert table["unknown"][1] == pytest.approx(4 / 9)
    assert table["unknown"][2] == 0
    assert table["n_tags"].tolist() == [0, 1, 2]


def test_numbers_and_titles_without_words_do_not_count():
    table = unknown_words(
        log(
            ("Review", "judgment", "2026-06-10", 1.0),
            ("Review 4711 PR-12", None, "2026-07-01", 2.0),
            ("12:30", None, "2026-07-02", 5.0),
            (None, None, "2026-07-02", 5.0),
        )
    )
    # "pr" stands alone beside the number
    assert table["hours"][1] == 2.0
    assert table["unknown"][1] == pytest.approx(0.5)
    assert table["n_tasks"].tolist() == [1, 1]


def test_without_hours_nothing_is_said():
    table = unknown_words(
        log(("Review", "judgment", "2026-06-10", 1.0), ("Draw", None, "2026-07-01", None))
    )
    assert table["hours"][1] == 0
    assert pd.isna(table["unknown"][1])


def test_the_log_is_left_as_it_is():
    own = log(("Review", "judgment", "2026-06-10", 1.0))
    before = own.copy()
    unknown_words(own)
    pd.testing.assert_frame_equal(own, before)
