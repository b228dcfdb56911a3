"""Who does the execution now: human, AI or both, by count of tasks."""

import pandas as pd

from taskmix.taxonomy import PERFORMERS

_KNOWN = ["ai", "both", "human"]


def execution_by_performer(
    cells: pd.DataFrame, *, by: tuple[str, ...] = ("period",)
) -> pd.DataFrame:
    """Count the execution tasks by who carried them out, and estimate the shares.

    An agent's sub-tasks count as one with their parent. The counts are of tasks tagged or surely
    sorted as execution; the shares are estimates from tags and probabilities, because titles of
    agents are easier to be sure of than people's. Tasks of unknown performer are in no share;
    where nothing is known every share is missing, not 0.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    by : tuple of str
        ``period``, ``team`` or ``department``.

    Returns
    -------
    pandas.DataFrame
        One row a group of `cells`: ``n_ai``, ``n_both``, ``n_human``, ``n_unknown`` (tasks
        tagged or surely sorted as execution), ``ai``, ``both``, ``human`` (0–1 of the execution
        tasks expected among those whose performer is known) and ``known`` (0–1, the coverage;
        missing without tasks).
    """
    groups = pd.MultiIndex.from_frame(cells[list(by)].drop_duplicates().sort_values(list(by)))
    counts = (
        _table(cells[cells["label"] == "execution"], by, "n_units")
        .reindex(groups if len(by) > 1 else groups.get_level_values(0), fill_value=0)
        .astype("int64")
    )
    expected = _table(cells, by, "expected_execution_units").reindex(counts.index, fill_value=0)
    known = expected[_KNOWN].sum(axis=1)
    total = known + expected["unknown"]
    parts = expected[_KNOWN].div(known.where(known > 0), axis=0)
    table = pd.concat([counts.add_prefix("n_"), parts], axis=1)
    table["known"] = (known / total).where(total > 0)
    table.columns.name = None
    columns = [*by, "n_ai", "n_both", "n_human", "n_unknown", *_KNOWN, "known"]
    return table.rename_axis(list(by)).reset_index()[columns]


def performer_shares(performers: pd.DataFrame) -> pd.DataFrame:
    """Lay the estimated parts of execution out one below the other, as `changes` compares them.

    Parameters
    ----------
    performers : pandas.DataFrame
        As `execution_by_performer` makes it, by period.

    Returns
    -------
    pandas.DataFrame
        One row a period and performer (``ai``, ``both``, ``human``): ``share`` (0–1 of the
        execution tasks whose performer is known; missing where none is).
    """
    table = performers.melt(
        id_vars=["period"], value_vars=_KNOWN, var_name="performer", value_name="share"
    ).astype({"performer": "str"})
    return table.sort_values("period", kind="stable", ignore_index=True)


def _table(cells: pd.DataFrame, by: tuple[str, ...], values: str) -> pd.DataFrame:
    """Add a column of the roll-up up, one row a group, one column a performer."""
    table = cells.pivot_table(
        index=list(by), columns="performer", values=values, aggfunc="sum", fill_value=0,
        observed=True,
    )  # fmt: skip
    return table.reindex(columns=list(PERFORMERS), fill_value=0)
