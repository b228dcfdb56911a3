import numpy as np
import pandas as pd
import pytest

from taskmix.sorting import TaskSorter
from taskmix.sorting._cues import CueWords
from taskmix.sorting._features import TaskFeatures
from taskmix.sorting._guess import LEAST_TITLES, spread_cues
from taskmix.taxonomy import CATEGORIES, load_codebook


def log_with_companions(n: int) -> pd.DataFrame:
    """Titles whose made-up word always stands beside cue words of one category."""
    beside = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))
    cues = {entry.category: entry.cue_words for entry in load_codebook().entries}
    rows = [
        {
            "title": " ".join(
                (cues[category][k % len(cues[category])], beside[category], chr(97 + k % 26))
            )
        }
        for k in range(n)
        for category in CATEGORIES
    ]
    return pd.DataFrame(rows).drop_duplicates(ignore_index=True)


def spread(rows: pd.DataFrame):
    features = TaskFeatures([]).fit(rows, np.ones(len(rows)))
    return spread_cues(CueWords(load_codebook(), CATEGORIES), rows, features.transform(rows))


def test_words_beside_cue_words_come_to_speak_for_their_category_without_any_tag():
    cold = TaskSorter().fit(log_with_companions(80))
    assert cold.cold_start_
    found = cold.predict([f"{word} zzz" for word in ("florp", "quindle", "zabbet", "mivvo")])
    assert found.tolist() == list(CATEGORIES)
    # the negative control: without the words beside them, titles without a cue are alike
    alone = TaskSorter(spread=0).fit(log_with_companions(80))
    assert set(alone.predict(["florp zzz", "mivvo zzz"])) == {"execution"}


def test_few_titles_leave_the_cue_words_alone():
    rows = log_with_companions(100).head(LEAST_TITLES - 1)
    assert spread(rows) is None
    assert TaskSorter().fit(rows).cue_part_ == 1.0


def test_the_more_titles_the_further_other_words_are_followed():
    few, many = spread(log_with_companions(30)), spread(log_with_companions(80))
    assert 0 < few[2] < many[2] < 1


def test_titles_without_a_cue_teach_nothing():
    rows = log_with_companions(30)
    silent = pd.DataFrame({"title": [f"zzz {chr(97 + k)}yy" for k in range(20)]})
    with_silent = pd.concat([rows, silent], ignore_index=True)
    features = TaskFeatures([]).fit(with_silent, np.ones(len(with_silent)))
    cues = CueWords(load_codebook(), CATEGORIES)
    coef, _, _ = spread_cues(cues, with_silent, features.transform(with_silent))
    place = features.titles[0].terms.split("\n").index("zzz")
    assert coef[place].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("n_tagged", [0, 10])
def test_the_guess_fades_as_tags_come(n_tagged: int):
    rows = log_with_companions(30)
    tags = pd.Series(["execution"] * len(rows)).where(np.arange(len(rows)) < n_tagged)
    fading, lasting = (TaskSorter(fade=fade).fit(rows, tags) for fade in (10, np.inf))
    assert fading.cue_part_ == pytest.approx(lasting.cue_part_ / (1 + n_tagged / 10))
    assert fading.guess_coef_ == pytest.approx(lasting.guess_coef_ / (1 + n_tagged / 10))
