"""The predictions that every score is of: forward in time, and for people never learned from."""

import numpy as np
import pandas as pd
from sklearn.base import clone

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting._titles import normalise_titles
from taskmix.sorting.calibration import calibrate_forward
from taskmix.sorting.evaluation.baselines import predict_baselines
from taskmix.sorting.forward import predict_forward
from taskmix.sorting.naming import name_tasks
from taskmix.sorting.sorter import TaskSorter
from taskmix.taxonomy import CATEGORIES

#: Fewer people say little of people in general.
MIN_NEW_PEOPLE = 10
_FOLDS = 3
#: Untagged tasks whose words are learned where many sorters are fitted: they tell how frequent
#: words are, and more of them change little.
_UNTAGGED = 5_000
_FACTS = ("title", "project", "person", "local_date", "human_hours")


def predict_tagged(
    tasks: pd.DataFrame, *, n_origins: int, sorter: TaskSorter | None = None
) -> pd.DataFrame:
    """Predict tagged tasks from earlier days, by the sorter and by each baseline.

    Parameters
    ----------
    tasks : pandas.DataFrame
        As for `taskmix.sorting.forward.predict_forward`, with ``person`` and ``human_hours``.
    n_origins : int
    sorter : TaskSorter, optional

    Returns
    -------
    pandas.DataFrame
        The rows of `predict_forward` (``named``: what the sorter names, and is scored by), with
        probabilities calibrated by earlier origins where there were any (``calibrated``), and
        beside them ``likeliest`` (the category they make likeliest), the baselines' categories,
        ``p_tag_by_frequency``, ``of_new_people`` (False), ``title``, ``project``, ``person``,
        ``local_date`` and ``human_hours``.
    """
    forward = calibrate_forward(predict_forward(tasks, n_origins=n_origins, sorter=sorter))
    tagged = tasks[tasks["tag"].notna() & tasks["local_date"].notna()]
    parts = [
        _with_baselines(own, learned=tagged[tagged["local_date"] < begin], tasks=tasks)
        for begin, own in forward.groupby("from_date", sort=True)
    ]
    return _joined(parts, forward).assign(of_new_people=False)


def predict_new_people(
    tasks: pd.DataFrame, *, begin: pd.Timestamp, seed: int = 0, sorter: TaskSorter | None = None
) -> pd.DataFrame:
    """Predict the newest tagged tasks from earlier days of other people.

    People are dealt into three groups; the tasks of each are predicted by a sorter that saw
    nothing of theirs. Tasks without a person may be anybody's and take no part.

    Parameters
    ----------
    tasks : pandas.DataFrame
        As for `predict_tagged`.
    begin : Timestamp
        The first day that is predicted.
    seed : int
        For dealing people, and for the untagged tasks whose words are learned.

    Returns
    -------
    pandas.DataFrame
        As `predict_tagged` returns it, not calibrated, with ``of_new_people`` True. No row below
        `MIN_NEW_PEOPLE` people.
    """
    log = thin_untagged(tasks[tasks["person"].notna() & tasks["local_date"].notna()], seed=seed)
    asked = log[log["tag"].notna() & (log["local_date"] >= begin)]
    people = np.array(sorted(asked["person"].unique()), dtype=object)
    if len(people) < MIN_NEW_PEOPLE:
        people = people[:0]
    dealt = np.random.default_rng(seed).permutation(len(people)) % _FOLDS
    parts = []
    for fold in range(_FOLDS if len(people) else 0):
        theirs = log["person"].isin(people[dealt == fold])
        known = log[~theirs & (log["local_date"] < begin)]
        learned = known[known["tag"].notna()]
        if learned.empty:
            continue
        own = asked[theirs[asked.index]]
        found = predict_categories(own, known, sorter=sorter)
        own = found.assign(
            task_id=own["task_id"], tag=own["tag"], from_date=begin, n_trained=len(learned),
            seen_title=np.isin(normalise_titles(own["title"]), normalise_titles(learned["title"])),
            seen_person=False, calibrated=False,
        )  # fmt: skip
        parts.append(_with_baselines(own, learned=learned, tasks=tasks))
    columns = ["task_id", "tag", "named", "from_date", "n_trained", "seen_title", "seen_person",
               "calibrated", *PROBABILITIES]  # fmt: skip
    return _joined(parts, pd.DataFrame(columns=columns)).assign(of_new_people=True)


def predict_categories(
    asked: pd.DataFrame, known: pd.DataFrame, *, sorter: TaskSorter | None = None
) -> pd.DataFrame:
    """Fit a sorter on known tasks and ask it about others; see `name_tasks`."""
    return name_tasks(clone(sorter or TaskSorter()).fit(known, known["tag"]), asked)


def thin_untagged(tasks: pd.DataFrame, *, seed: int, n: int = _UNTAGGED) -> pd.DataFrame:
    """Keep all tagged tasks and at most `n` of the others, drawn at random.

    Returns
    -------
    pandas.DataFrame
        By ``task_id``, under a new index.
    """
    ordered = tasks.sort_values("task_id", ignore_index=True)
    untagged = ordered.index[ordered["tag"].isna()].to_numpy()
    if len(untagged) > n:
        dropped = np.random.default_rng(seed).permutation(untagged)[n:]
        ordered = ordered.drop(index=dropped).reset_index(drop=True)
    return ordered


def _with_baselines(
    found: pd.DataFrame, *, learned: pd.DataFrame, tasks: pd.DataFrame
) -> pd.DataFrame:
    asked = found[["task_id"]].merge(tasks, on="task_id", how="left").set_index(found.index)
    facts = asked.reindex(columns=list(_FACTS))
    return found.join(facts).join(predict_baselines(learned, asked))


def _joined(parts: list[pd.DataFrame], empty: pd.DataFrame) -> pd.DataFrame:
    if parts:
        rows = pd.concat(parts, ignore_index=True)
    else:
        text = ["majority", "cue_words", "project_tool", "last_title", "title", "project", "person"]
        types = dict.fromkeys(text, "str") | {"local_date": "datetime64[us]"}
        types |= dict.fromkeys(["human_hours", "p_tag_by_frequency", *PROBABILITIES], "float64")
        types |= dict.fromkeys(["seen_title", "seen_person", "calibrated"], "bool")
        types |= {"tag": "str", "named": "str"}
        known = dict.fromkeys([*empty.columns, *types])
        rows = empty.iloc[:0].reindex(columns=list(known)).astype(types)
    best = rows[list(PROBABILITIES)].to_numpy(dtype=float).argmax(axis=1)
    names = np.array(CATEGORIES, dtype=object)[best]
    return rows.assign(likeliest=pd.Series(names, index=rows.index, dtype="str"))
