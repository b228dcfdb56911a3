"""What is true of the invented organisation, for tests and for nobody else."""

from collections.abc import Sequence

import pandas as pd

from taskmix.errors import SchemaError
from taskmix.synth._dirt import DIRT
from taskmix.synth._files import found, simulate
from taskmix.taxonomy import CATEGORIES

_KNOWN = ("ai", "both", "human")


def truth_frame(
    *,
    people: int = 200,
    months: int = 24,
    teams: int | None = None,
    last_month: str = "2026-09",
    seed: int = 0,
    dirt: float = DIRT,
) -> pd.DataFrame:
    """Give the truth about the rows that `write_logs` writes with the same options.

    Parameters
    ----------
    people, months, teams, last_month, seed, dirt
        As in `write_logs`.

    Returns
    -------
    pandas.DataFrame
        One row a row of a file, in the order of the files:

        - ``file``, ``row``: the file's name and the number of its row, from 1;
        - ``source``: tracker, toggl, clockify or jira;
        - ``ticket``, ``parent``: the tool's own id and its parent's, empty where it has none;
        - ``person``: the roster's name of the person, whatever the tool calls them;
        - ``team``, ``department``: where the person was then;
        - ``month`` (``2026-09``), ``title``;
        - ``category``, ``performer``: the truth, whatever the log says;
        - ``performer_logged``: what the log says, ``unknown`` where it says nothing;
        - ``started_at``, ``ended_at``: UTC, the end missing where the log has none;
        - ``hours``: as logged, missing where the log has none that can be read;
        - ``tagged``: does the log give the category away?
        - ``dirt``: why the row was put in on purpose, empty for a clean one;
        - ``fate``: ``accepted``, ``unchanged`` (a record that stood in the file before),
          ``quarantined`` or ``skipped``; ``reason``: the code that ingest gives for it.

    Raises
    ------
    TaskmixError
        If the sizes cannot be.

    Examples
    --------
    >>> truth = truth_frame(people=20, months=1)
    >>> sorted(truth["category"][truth["fate"] == "accepted"].unique())
    ['connective', 'creative', 'execution', 'judgment']
    """
    organisation = found(
        people=people, months=months, teams=teams, last_month=last_month, seed=seed
    )
    files = simulate(organisation, seed=seed, dirt=dirt)
    return pd.concat([file.truth for file in files], ignore_index=True)


def truth_shares(truth: pd.DataFrame, *, by: Sequence[str] = ("month",)) -> pd.DataFrame:
    """Give the true shares of human hours per category.

    Human hours are the logged hours of accepted tasks by people, alone or together with AI.

    Parameters
    ----------
    truth
        A frame of `truth_frame`.
    by
        Columns of `truth`, or ``quarter``, to group by; empty for one figure a category.

    Returns
    -------
    pandas.DataFrame
        One row a group and category: the columns of `by`, ``category`` (all four in every
        group), ``hours``, ``share`` (0–1, sums to 1 in a group).

    Raises
    ------
    SchemaError
        If `truth` lacks a column of `by`.
    """
    accepted = _accepted(truth, by)
    people = accepted[accepted["performer"] != "ai"]
    wide = pd.DataFrame({c: people["hours"].where(people["category"] == c) for c in CATEGORIES})
    wide = wide.groupby([people[column] for column in by]).sum() if by else wide.sum().to_frame().T
    shares = wide.div(wide.sum(axis=1), axis=0)
    long = pd.DataFrame({"hours": wide.stack(), "share": shares.stack()})
    long.index = long.index.set_names("category", level=-1)
    return long.reset_index()[[*by, "category", "hours", "share"]]


def truth_ai_share(truth: pd.DataFrame, *, by: Sequence[str] = ("team", "quarter")) -> pd.DataFrame:
    """Give the true AI share of execution, by count of tasks whose performer the log tells.

    A task is an accepted row whose true category is execution. An agent's steps within
    somebody's task count as one with that task, whatever its category; steps whose parent was
    not accepted count as one among themselves. Tasks that the log leaves unknown are in no
    share: people leave it out, agents never do, so the share lies a little above that of all.

    Parameters
    ----------
    truth
        A frame of `truth_frame`.
    by
        Columns of `truth`, or ``quarter``, to group by.

    Returns
    -------
    pandas.DataFrame
        One row a group with execution: the columns of `by`; ``n_ai``, ``n_both``,
        ``n_human``, ``n_unknown`` (tasks); ``ai``, ``both``, ``human`` (0–1 of the known
        tasks, missing where none is) and ``known`` (0–1 of all).

    Raises
    ------
    SchemaError
        If `truth` lacks a column of `by`.
    """
    accepted = _accepted(truth, by)
    is_step = (accepted["performer_logged"] == "ai") & (accepted["parent"] != "")
    has_parent = accepted["parent"].isin(set(accepted["ticket"]) - {""})
    is_later = accepted["parent"].where(is_step).duplicated()
    tasks = accepted[~(is_step & (has_parent | is_later))]
    execution = tasks[tasks["category"] == "execution"]
    groups = [*by, "performer_logged"]
    counts = execution.groupby(groups).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[*_KNOWN, "unknown"], fill_value=0)
    known = counts[list(_KNOWN)].sum(axis=1)
    shares = counts[list(_KNOWN)].div(known.where(known > 0), axis=0)
    table = pd.concat([counts.add_prefix("n_"), shares], axis=1)
    table["known"] = known / counts.sum(axis=1)
    table.columns.name = None
    return table.reset_index()


def _accepted(truth: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Leave out what a log must not count, and name the quarters if they are asked for."""
    if "quarter" in by and "quarter" not in truth and "month" in truth:
        year, month = truth["month"].str[:4], truth["month"].str[5:]
        numbers = {f"{n:02d}": str((n + 2) // 3) for n in range(1, 13)}
        truth = truth.assign(quarter=year + "-Q" + month.map(numbers))
    missing = [column for column in (*by, "fate") if column not in truth]
    if missing:
        raise SchemaError(
            f"the truth has no column {missing[0]!r}; found {', '.join(truth.columns)}"
        )
    accepted = truth[truth["fate"] == "accepted"]
    # Read back from a file, an empty text is a missing one.
    ids = [name for name in ("ticket", "parent") if name in accepted]
    return accepted.assign(**{name: accepted[name].fillna("") for name in ids})
