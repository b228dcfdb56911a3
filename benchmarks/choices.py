"""How the sorter's constants were chosen: cross-validation inside the training parts.

Run::

    python benchmarks/choices.py [--draws N]

The rows that ``benchmarks/sorter.py`` scores are never read here: of O*NET the occupations it
trains on are divided again, three times, by occupation; of the company's log its earlier tasks
are, by time. One line a setting: macro-F1 by number of tags, the mean over both sets, divisions
and draws. A change of a default in ``TaskSorter`` should come from this table.
"""

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from embedded import EmbeddedClassifier, embedder
from sklearn.model_selection import GroupShuffleSplit
from sorter import DATA, Division, TaggedOnly, macro_f1, read_onet, read_sip, tag_some

from taskmix.sorting import TaskSorter, _cues, _features, _guess, _linear

#: Parameters of the sorter: one is changed at a time, from the first of each.
PARAMETERS = {
    "strength": (2.0, 1.0, 4.0),
    "balance": (1.0, 0.75, 0.5),
    "spread": (1.0, 0.0, 0.5, 0.8),
    "fade": (6_000, 2_000, np.inf),
}
#: Constants that are no parameters, by the module they stand in.
CONSTANTS = {
    (_features, "_FIRST_SCALE"): (0.5, 0.7, 1.0),
    (_cues, "CUE_WEIGHT"): (1.3, 1.0, 1.6),
    (_guess, "_HALF_TITLES"): (1_000, 300, 3_000),
    (_guess, "_BALANCE"): (0.75, 0.5, 1.0),
    (_guess, "_STRENGTH"): (1.0, 0.3, 3.0),
    (_linear, "_PAIRS"): (1, 0, 2),
    (_linear, "_FULL_ROWS"): (1_000, 500, 2_000, np.inf),
}
#: What the sorter should beat, beside it where it is installed; without a tag they know nothing.
EMBEDDED = ("embeddings + lr", "embeddings + context")
Make = Callable[..., Any]
TAGS = (0, 50, 200, 1000, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=3, help="draws of tags of each size")
    options = parser.parse_args()
    divisions = {"onet": list(inside_onet()), "sip": list(inside_sip())}
    print(f"{'setting':32}" + "".join(f"{name + ' ' + size(n):>12}" for name in divisions
                                       for n in TAGS) + f"{'mean':>9}")  # fmt: skip
    for name, make in tried():
        figures = [
            np.mean([f1 for division in inside for f1 in scores(division, n, options.draws, make)])
            if n != 0 or name not in EMBEDDED
            else np.nan
            for inside in divisions.values()
            for n in TAGS
        ]
        print(f"{name:32}" + "".join(f"{f1:12.4f}" for f1 in figures)
              + f"{np.nanmean(figures):9.4f}", flush=True)  # fmt: skip


def tried() -> Iterator[tuple[str, Make]]:
    """Yield what makes each classifier: the defaults, and each with one value changed."""
    yield "defaults", TaskSorter
    if embed := embedder():
        alone, with_context = EMBEDDED
        yield alone, lambda context: TaggedOnly(partial(EmbeddedClassifier, embed, ()))
        yield with_context, lambda context: TaggedOnly(partial(EmbeddedClassifier, embed, context))
    yield "context with hours", lambda context: TaskSorter(context=(*context, "hours"))
    for name, values in PARAMETERS.items():
        for value in values[1:]:
            yield f"{name} {value:g}", partial(TaskSorter, **{name: value})
    for (module, name), (default, *others) in CONSTANTS.items():
        assert getattr(module, name) == default, f"{name} is another default now"
        for value in others:
            setattr(module, name, value)
            yield f"{name.strip('_').lower()} {value:g}", TaskSorter
        setattr(module, name, default)


def inside_onet() -> Iterator[Division]:
    """Divide the training part by occupation once more."""
    training = read_onet(DATA / "onet").train
    for seed in range(3):
        split = GroupShuffleSplit(1, test_size=0.25, random_state=100 + seed)
        train, test = next(split.split(training, groups=training["occupation"]))
        others, held_out = training.iloc[train], training.iloc[test]
        others = others[~others["title"].isin(held_out["title"])]
        yield Division(others.reset_index(drop=True), held_out, context=())


def inside_sip() -> Iterator[Division]:
    """Divide the training part by time: each share learns, the tasks right after it are scored."""
    earlier, context = read_sip(DATA / "sip").train, read_sip(DATA / "sip").context
    for share in (0.4, 0.5, 0.6, 0.7, 0.75):
        n = int(share * len(earlier))
        yield Division(earlier[:n], earlier[n : int(n + 0.25 * len(earlier))], context)


def scores(division: Division, n_tags: int | None, n_draws: int, make: Make) -> Iterator[float]:
    if n_tags is not None and n_tags >= len(division.train):
        return
    for seed in range(n_draws if n_tags else 1):
        tags = tag_some(division.train, n_tags, seed=seed)
        sorter = make(context=division.context).fit(division.train.drop(columns="tag"), tags)
        yield macro_f1(division.test["tag"], sorter.predict(division.test))


def size(n_tags: int | None) -> str:
    return "all" if n_tags is None else str(n_tags)


if __name__ == "__main__":
    main()
