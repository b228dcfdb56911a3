"""The sorter on a real company's log, which stands beside the repository or not at all."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting import TaskSorter

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "sip"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data/sip is not on this machine"),
]


@pytest.fixture(scope="module")
def halves() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tasks whose kind is known, the earlier 70% and the later ones with other titles."""
    log = pd.read_csv(FOLDER / "sip_log.csv", encoding="cp1252")
    kinds = pd.read_csv(FOLDER / "sip_mapping.csv")
    kinds = kinds[kinds["map_confidence"].isin(["high", "medium"])]
    log = log.merge(kinds, on=["Category", "SubCategory"]).drop_duplicates("TaskNumber")
    log["started"] = pd.to_datetime(log["StartedOn"], format="%d-%b-%y")
    log = log.dropna(subset="started").sort_values("started", kind="stable", ignore_index=True)
    log = log.rename(columns={"Summary": "title", "mapped_category": "tag"})[["title", "tag"]]
    earlier, later = log[: int(0.7 * len(log))], log[int(0.7 * len(log)) :]
    return earlier, later[~later["title"].isin(earlier["title"])]


def balanced_accuracy(sorter: TaskSorter, tasks: pd.DataFrame) -> float:
    right = sorter.predict(tasks) == tasks["tag"].to_numpy(dtype=object)
    return float(pd.Series(right).groupby(tasks["tag"].to_numpy(dtype=object)).mean().mean())


def test_earlier_tags_beat_the_majority_on_later_titles(
    halves: tuple[pd.DataFrame, pd.DataFrame],
):
    earlier, later = halves
    sorter = TaskSorter().fit(earlier, earlier["tag"])
    majority = (later["tag"] == earlier["tag"].mode()[0]).mean()
    # `predict` names rare kinds at the cost of the frequent one; a log is labelled by the shares
    likeliest = sorter.classes_[sorter.predict_share(later).argmax(axis=1)]
    assert (likeliest == later["tag"].to_numpy(dtype=object)).mean() > majority + 0.03
    # the majority alone names one of the three kinds that occur
    assert balanced_accuracy(sorter, later) > 1 / 3 + 0.2


def test_shuffled_tags_do_not_beat_the_majority(halves: tuple[pd.DataFrame, pd.DataFrame]):
    earlier, later = halves
    shuffled = np.random.default_rng(0).permutation(earlier["tag"].to_numpy(dtype=object))
    sorter = TaskSorter().fit(earlier, shuffled)
    majority = (later["tag"] == earlier["tag"].mode()[0]).mean()
    assert (sorter.predict(later) == later["tag"].to_numpy(dtype=object)).mean() <= majority
