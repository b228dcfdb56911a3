"""What is true of the invented organisation, for tests and for nobody else."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from taskmix.errors import SchemaError
from taskmix.synth._exports import lay_out, logged_hours, name_people
from taskmix.synth._organisation import Organisation, found_organisation
from taskmix.synth._tasks import draw_tasks
from taskmix.taxonomy import CATEGORIES


def truth_frame(
    *,
    people: int = 200,
    months: int = 24,
    teams: int | None = None,
    last_month: str = "2026-09",
    seed: int = 0,
) -> pd.DataFrame:
    """Give the truth about the rows that `write_logs` writes with the same options.

    Parameters
    ----------
    people, months, teams, last_month, seed
        As in `write_logs`.

    Returns
    -------
    pandas.DataFrame
        One row a logged row, in the order of the files:

        - ``file``, ``row``: the file's name and the number of its row, from 1;
        - ``ticket``: the tracker's id, empty for the Toggl team;
        - ``person``, ``team``, ``department``, ``month`` (``2026-09``), ``title``;
        - ``category``, ``performer``: the truth, whatever the log says;
        - ``hours``: as logged, missing where the log has none;
        - ``tagged``: does the log give the category away?

    Raises
    ------
    TaskmixError
        If the sizes cannot be.

    Examples
    --------
    >>> truth = truth_frame(people=20, months=1)
    >>> truth["category"].isin(["execution", "judgment", "creative", "connective"]).all()
    np.True_
    """
    parts = simulate(people=people, months=months, teams=teams, last_month=last_month, seed=seed)
    return pd.concat([truth for _, _, truth in parts], ignore_index=True)


def truth_shares(truth: pd.DataFrame, *, by: Sequence[str] = ("month",)) -> pd.DataFrame:
    """Give the true shares of human hours per category.

    Human hours are the logged hours of tasks by people, alone or together with AI.

    Parameters
    ----------
    truth
        A frame of `truth_frame`.
    by
        Columns of `truth` to group by; empty for one figure a category.

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
    missing = [column for column in by if column not in truth.columns]
    if missing:
        raise SchemaError(
            f"the truth has no column {missing[0]!r}; found {', '.join(truth.columns)}"
        )
    people = truth[truth["performer"] != "ai"]
    wide = pd.DataFrame({c: people["hours"].where(people["category"] == c) for c in CATEGORIES})
    wide = wide.groupby([people[column] for column in by]).sum() if by else wide.sum().to_frame().T
    shares = wide.div(wide.sum(axis=1), axis=0)
    long = pd.DataFrame({"hours": wide.stack(), "share": shares.stack()})
    long.index = long.index.set_names("category", level=-1)
    return long.reset_index()[[*by, "category", "hours", "share"]]


def simulate(
    *, people: int, months: int, teams: int | None, last_month: str, seed: int
) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Yield each log file's name, its table as text and the truth about its rows."""
    founding, working, filing = (np.random.default_rng(s) for s in _streams(seed))
    organisation = found_organisation(
        founding, people=people, months=months, teams=teams, last_month=last_month
    )
    tasks = draw_tasks(working, organisation)
    for name, table, rows in lay_out(filing, tasks, organisation):
        yield name, table, _tell_truth(name, table, rows, organisation)


def _streams(seed: int) -> list[np.random.SeedSequence]:
    # separate streams: another way of laying out files leaves the tasks as they are
    return np.random.SeedSequence(seed).spawn(3)


def _tell_truth(
    name: str, table: pd.DataFrame, rows: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    teams = organisation.teams
    return pd.DataFrame(
        {
            "file": name,
            "row": np.arange(1, len(rows) + 1),
            "ticket": table.get("Ticket", ""),
            "person": name_people(organisation)[rows["person"]],
            "team": np.array([team.name for team in teams])[rows["team"]],
            "department": np.array([team.department for team in teams])[rows["team"]],
            "month": organisation.months.astype(str).to_numpy()[rows["month"]],
            "title": rows["title"],
            "category": rows["category"],
            "performer": rows["performer"],
            "hours": logged_hours(rows, organisation),
            "tagged": rows["tagged"],
        }
    )
