"""How well and how fast the sorter sorts.

Run::

    python benchmarks/sorter.py [--json] [--quick]

Macro-F1 by number of tags on two public data sets in ../shared/data, where they are there:
O*NET task statements (no occupation and no text on both sides) and one company's task log
(trained on the earlier, scored on the later tasks). Speed on titles made up here.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupShuffleSplit

from taskmix.sorting import TaskSorter, save_sorter
from taskmix.taxonomy import CATEGORIES, load_codebook

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
N_TAGS = (0, 50, 200, 1000, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    parser.add_argument("--quick", action="store_true", help="one draw of each size, not three")
    options = parser.parse_args()
    draws = 1 if options.quick else 3

    figures: dict[str, object] = {}
    for name, read in {"onet": read_onet, "sip": read_sip}.items():
        if not (DATA / name).is_dir():
            print(f"{name}: no such folder beside this repository, not measured")
            continue
        train, test = read()
        figures[name] = f1_by_tags(train, test, draws=draws)
        print(f"{name}: {len(train)} earlier or other tasks to tag, {len(test)} to sort")
        for n_tags, f1 in figures[name].items():
            print(f"  {n_tags:>5} tags  macro-F1 {f1:.3f}")
    figures |= speed()
    print(f"fit {figures['fit_s']:.1f} s (2,000 tags among 20,000 titles)")
    print(f"{figures['titles_per_s']:,.0f} titles a second, file {figures['file_mb']:.1f} MB")
    if options.json:
        print(json.dumps(figures))


def f1_by_tags(train: pd.DataFrame, test: pd.DataFrame, *, draws: int) -> dict[str, float]:
    """Tag some rows of `train` at random, sort `test`; mean macro-F1 of the draws."""
    occurring = sorted(test["tag"].unique())
    figures = {}
    for n_tags in N_TAGS:
        scores = []
        for seed in range(draws if n_tags else 1):
            tags = train["tag"]
            if n_tags is not None:
                tags = tags.where(tags.index.isin(tags.sample(n_tags, random_state=seed).index))
            predicted = TaskSorter().fit(train.drop(columns="tag"), tags).predict(test)
            scores.append(
                f1_score(test["tag"], predicted, labels=occurring, average="macro", zero_division=0)
            )
        figures["all" if n_tags is None else str(n_tags)] = round(float(np.mean(scores)), 4)
    return figures


def read_onet() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Divide the unambiguous statements by occupation."""
    tasks = pd.read_csv(DATA / "onet" / "tasks.csv.gz")
    tasks = tasks[tasks["ambiguous"] == 0].reset_index(drop=True)
    split = GroupShuffleSplit(1, test_size=0.3, random_state=0)
    train, test = next(split.split(tasks, groups=tasks["occupation"]))
    tasks = tasks.rename(columns={"task": "title", "category": "tag"})[["title", "tag"]]
    held_out = tasks.iloc[test]
    others = tasks.iloc[train]
    return others[~others["title"].isin(held_out["title"])], held_out


def read_sip() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Divide the tasks whose kind is known well enough by their start: 70% are the earlier."""
    log = pd.read_csv(DATA / "sip" / "sip_log.csv", encoding="cp1252")
    kinds = pd.read_csv(DATA / "sip" / "sip_mapping.csv")
    kinds = kinds[kinds["map_confidence"].isin(["high", "medium"])]
    log = log.merge(kinds, on=["Category", "SubCategory"])
    log["started"] = pd.to_datetime(log["StartedOn"], format="%d-%b-%y")
    log = log.dropna(subset="started").sort_values("started", kind="stable", ignore_index=True)
    names = {
        "Summary": "title",
        "ProjectCode": "project",
        "DeveloperHoursActual": "hours",
        "mapped_category": "tag",
    }
    log = log.rename(columns=names)[list(names.values())]
    n_earlier = int(0.7 * len(log))
    return log[:n_earlier], log[n_earlier:]


def speed() -> dict[str, float]:
    """Time fitting and sorting of made-up titles, and weigh the file."""
    rng = np.random.default_rng(0)
    book = load_codebook()
    words = sorted({word for e in book.entries for title in e.examples for word in title.split()})
    cues = {category: list(book[category].cue_words) for category in CATEGORIES}
    tags = rng.choice(list(CATEGORIES), 20_000)
    titles = [f"{rng.choice(cues[tag])} {' '.join(rng.choice(words, 6))}" for tag in tags]
    known = pd.Series(tags).where(np.arange(len(tags)) < 2_000)

    start = time.perf_counter()
    sorter = TaskSorter().fit(titles, known)
    fit_s = time.perf_counter() - start
    start = time.perf_counter()
    sorter.predict(titles)
    seconds = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sorter.skops"
        save_sorter(sorter, path)
        file_mb = path.stat().st_size / 1e6
    return {
        "titles_per_s": round(len(titles) / seconds),
        "fit_s": round(fit_s, 2),
        "file_mb": round(file_mb, 2),
    }


if __name__ == "__main__":
    main()
