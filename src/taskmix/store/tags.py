"""What people say a task is: the log's own tag and the taggers' judgements, brought together."""

import pandas as pd

#: Stands for the unnamed person behind a tag of the log, among the taggers of a task.
LOG = "log"
#: Stands for the category where a tagger took back what they had said on a sheet. The history
#: keeps both rows; neither counts.
TAKEN_BACK = ""


def latest_tags(tags: pd.DataFrame) -> pd.DataFrame:
    """Keep the last judgement of each tagger on each task.

    A judgement that was taken back leaves what the same tagger had said on another sheet; where
    there is none, the task is not tagged by them.

    Parameters
    ----------
    tags : pandas.DataFrame
        The table ``tags``: one row is one judgement of one tagger on one task, or takes back the
        one on the same ``sheet`` (`TAKEN_BACK`).

    Returns
    -------
    pandas.DataFrame
        Its rows that count, under a new index.
    """
    said = latest_tags_by_sheet(tags)
    return said.drop_duplicates(["task_id", "tagger"], keep="last", ignore_index=True)


def latest_tags_by_sheet(tags: pd.DataFrame) -> pd.DataFrame:
    """Keep the last judgement of each tagger on each task of each sheet.

    Parameters
    ----------
    tags : pandas.DataFrame
        As for `latest_tags`.

    Returns
    -------
    pandas.DataFrame
        Its rows that were not taken back, in the order of time, under a new index.
    """
    ordered = tags.sort_values(["at", "tag_id"], kind="stable")
    last = ordered.drop_duplicates(["sheet", "task_id", "tagger"], keep="last")
    return last[last["category"] != TAKEN_BACK].reset_index(drop=True)


def collect_votes(tasks: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Put the log's own tags and the taggers' latest judgements under each other.

    A tag of the log is the vote of the person it names; where that person has since tagged the
    task for taskmix, that judgement takes its place.

    Parameters
    ----------
    tasks : pandas.DataFrame
        ``task_id``, ``tag`` (missing: untagged) and ``tagger`` (missing: not known) of the log.
    tags : pandas.DataFrame
        The table ``tags``; judgements on tasks that `tasks` does not hold are left out.

    Returns
    -------
    pandas.DataFrame
        One row a task and tagger: ``task_id``, ``tagger`` (a pseudonym, "" for a sheet that
        named nobody, `LOG` where the log does not say), ``category``. Sorted.

    Examples
    --------
    >>> tasks = pd.DataFrame({"task_id": ["a"], "tag": ["creative"], "tagger": [None]})
    >>> tags = pd.DataFrame({"tag_id": ["1"], "task_id": ["a"], "tagger": ["p-1"],
    ...                      "category": ["judgment"], "at": [pd.Timestamp("2026-10-01")],
    ...                      "sheet": ["s"]})
    >>> collect_votes(tasks, tags)["category"].tolist()
    ['creative', 'judgment']
    """
    columns = ["task_id", "tagger", "category"]
    logged = tasks.loc[tasks["tag"].notna(), ["task_id", "tagger", "tag"]]
    logged = logged.assign(tagger=logged["tagger"].fillna(LOG)).set_axis(columns, axis=1)
    given = latest_tags(tags[tags["task_id"].isin(tasks["task_id"])])[columns]
    votes = pd.concat([logged, given], ignore_index=True).astype("str")
    # The log's stand first, so that what the same person told taskmix is the one kept.
    votes = votes.drop_duplicates(["task_id", "tagger"], keep="last")
    return votes.sort_values(["task_id", "tagger"], ignore_index=True)


def settle_votes(votes: pd.DataFrame) -> pd.DataFrame:
    """Find what most taggers of each task say.

    Parameters
    ----------
    votes : pandas.DataFrame
        As `collect_votes` returns them.

    Returns
    -------
    pandas.DataFrame
        One row a task: ``task_id``, ``tag`` (the most frequent category; missing where two
        are equally frequent), ``n_taggers``, ``agreed`` (all say the same).
    """
    counts = votes.groupby(["task_id", "category"]).size().rename("n").reset_index()
    counts["most"] = counts.groupby("task_id")["n"].transform("max")
    best = counts[counts["n"] == counts["most"]]
    tied = best["task_id"].duplicated(keep=False)
    by_task = counts.groupby("task_id")
    settled = pd.DataFrame({"n_taggers": by_task["n"].sum(), "agreed": by_task.size() == 1})
    settled.insert(0, "tag", best[~tied].set_index("task_id")["category"])
    return settled.reset_index().astype({"task_id": "str", "tag": "str", "n_taggers": "int64"})


def resettled_tags(tasks: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Settle the tasks that a tagger has judged; of all others the log's tag stands as it is.

    Parameters
    ----------
    tasks, tags : pandas.DataFrame
        As for `collect_votes`.

    Returns
    -------
    pandas.DataFrame
        As `settle_votes` returns them; one row a task that has a row in `tags`.
    """
    judged = tasks[tasks["task_id"].isin(tags["task_id"])]
    return settle_votes(collect_votes(judged, tags))


def effective_tags(tasks: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """Replace the log's tags by what counts: the majority of the log's tag and the taggers'.

    Parameters
    ----------
    tasks : pandas.DataFrame
        ``task_id``, ``tag`` and ``tagger``, and any further columns. Is not changed.
    tags : pandas.DataFrame
        The table ``tags``, or those of its rows that should count.

    Returns
    -------
    pandas.DataFrame
        `tasks` with another ``tag``: missing where nobody tagged, or as many said one thing as
        another.

    Examples
    --------
    >>> tasks = pd.DataFrame({"task_id": ["a", "b"], "tag": ["creative", None], "tagger": None})
    >>> tags = pd.DataFrame({"tag_id": ["1"], "task_id": ["b"], "tagger": [""],
    ...                      "category": ["judgment"], "at": [pd.Timestamp("2026-10-01")],
    ...                      "sheet": ["s"]})
    >>> effective_tags(tasks, tags)["tag"].tolist()
    ['creative', 'judgment']
    """
    settled = resettled_tags(tasks, tags).set_index("task_id")
    judged = tasks["task_id"].isin(settled.index)
    tag = tasks["tag"].astype("str").mask(judged, tasks["task_id"].map(settled["tag"]))
    return tasks.assign(tag=tag.astype("str"))
