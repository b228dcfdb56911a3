"""Where human effort goes: hours as accounts, shares as estimates. The two are never mixed."""

import pandas as pd

from taskmix.periods import period_before
from taskmix.taxonomy import CATEGORIES, LABELS


def hours_by_label(cells: pd.DataFrame, *, by: tuple[str, ...] = ("period",)) -> pd.DataFrame:
    """Add human hours up by tag and sure label, with ``unsure`` apart: sums exactly.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    by : tuple of str
        ``period``, ``team`` or ``department``.

    Returns
    -------
    pandas.DataFrame
        One row a group and label, all five labels in order: ``hours``, ``n_tasks``,
        ``n_without_hours`` (tasks without a duration; they add no hours) and
        ``share_of_hours`` (0–1 of the group's hours, missing where it has none).
    """
    columns = ["hours", "n_tasks", "n_without_hours"]
    sums = cells.groupby([*by, "label"], observed=True)[columns].sum()
    groups = cells[list(by)].drop_duplicates()
    full = groups.merge(pd.DataFrame({"label": pd.Series(LABELS, dtype="str")}), how="cross")
    table = full.merge(sums.reset_index(), how="left", on=[*by, "label"]).fillna(
        dict.fromkeys(columns, 0)
    )
    table[["n_tasks", "n_without_hours"]] = table[["n_tasks", "n_without_hours"]].astype("int64")
    total = table.groupby(list(by))["hours"].transform("sum")
    table["share_of_hours"] = (table["hours"] / total).where(total > 0)
    return _in_order(table, by, "label", LABELS)


def shares(cells: pd.DataFrame, *, by: tuple[str, ...] = ("period",)) -> pd.DataFrame:
    """Estimate the share of human effort by category from tags and probabilities.

    Without an audit this is the model's share: it carries the sorter's mistakes and has no
    interval. The hours of unsure tasks count here with their probabilities.

    Returns
    -------
    pandas.DataFrame
        One row a group and category: ``share`` (0–1, summing to 1 in each group; missing
        without hours), ``expected_hours``, ``hours`` (the group's) and ``audited`` (False).
    """
    expected = [f"expected_{category}" for category in CATEGORIES]
    sums = cells.groupby(list(by), as_index=False)[["hours", *expected]].sum()
    table = sums.rename(columns={f"expected_{name}": name for name in CATEGORIES}).melt(
        id_vars=[*by, "hours"],
        value_vars=list(CATEGORIES),
        var_name="category",
        value_name="expected_hours",
    )
    table["category"] = table["category"].astype("str")
    spread = table.groupby(list(by))["expected_hours"].transform("sum")
    table["share"] = (table["expected_hours"] / spread).where(spread > 0)
    table["audited"] = False
    table = _in_order(table, by, "category", CATEGORIES)
    return table[[*by, "category", "share", "expected_hours", "hours", "audited"]]


def changes(table: pd.DataFrame, *, value: str = "share", key: str = "category") -> pd.DataFrame:
    """Compare each period with the one before it in `table`.

    Parameters
    ----------
    table : pandas.DataFrame
        ``period``, `key` and `value`; periods in which a group was not seen are missing.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``before`` and ``change`` (in units of `value`), missing for the
        first period and after a gap.
    """
    order = table.sort_values(["period"], kind="stable")
    previous = {period: period_before(period) for period in order["period"].unique()}
    before = order[["period", key, value]].rename(columns={"period": "_at", value: "before"})
    merged = order.assign(_at=order["period"].map(previous).astype("str")).merge(
        before, how="left", on=["_at", key]
    )
    merged["change"] = merged[value] - merged["before"]
    return merged.drop(columns="_at")


def basis_of_labels(cells: pd.DataFrame, *, by: tuple[str, ...] = ("period",)) -> pd.DataFrame:
    """Tell what part of the hours people tagged, the model sorted, or was left unsure.

    Returns
    -------
    pandas.DataFrame
        One row a group: ``tagged``, ``sorted`` and ``unsure`` (0–1 of hours).
    """
    sums = cells.pivot_table(
        index=list(by),
        columns="basis",
        values="hours",
        aggfunc="sum",
        fill_value=0.0,
        observed=True,
    ).reindex(columns=["tagged", "sorted", "unsure"], fill_value=0.0)
    total = sums.sum(axis=1)
    table = sums.div(total.where(total > 0), axis=0).reset_index()
    table.columns.name = None
    return table


def _in_order(
    table: pd.DataFrame, by: tuple[str, ...], column: str, order: tuple[str, ...]
) -> pd.DataFrame:
    rank = table[column].map({name: place for place, name in enumerate(order)})
    return (
        table.assign(_rank=rank)
        .sort_values([*by, "_rank"], ignore_index=True)
        .drop(columns="_rank")
    )
