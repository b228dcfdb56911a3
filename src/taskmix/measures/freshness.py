"""How far the log reaches and how much of it is said: by tool and by team."""

from typing import Any, Literal

import narwhals as nw
import pandas as pd

from taskmix.measures.weeks import EPOCH, Weeks, collected, epoch_day, in_days
from taskmix.periods import format_period

_COUNTS = ["n_tasks", "n_unknown_performer", "n_untagged", "n_without_hours"]


def how_fresh(tasks: Any, *, by: Literal["source", "team"], newest: pd.Timestamp) -> pd.DataFrame:
    """Tell how far each tool, or each team, has come, and how far behind the newest it is.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.
    by : {"source", "team"}
    newest : pandas.Timestamp
        The log's newest day, `Weeks.newest`.

    Returns
    -------
    pandas.DataFrame
        One row a source or team, the one furthest behind first: its name, ``last_day`` (on which
        an entry began; missing where all are dated after `newest`), ``days_behind``,
        ``n_entries`` and ``n_later`` (entries dated after `newest`).
    """
    limit = epoch_day(newest)
    is_later = nw.col("first_day") > limit
    rows = (
        nw.from_native(tasks)
        .lazy()
        .select(
            by,
            day=nw.when(~is_later).then(nw.col("first_day")),
            n_entries=nw.lit(1),
            n_later=nw.when(is_later).then(nw.lit(1)).otherwise(nw.lit(0)),
        )
    )
    found = collected(
        rows.group_by(by).agg(
            nw.col("day").max(), nw.col("n_entries").sum(), nw.col("n_later").sum()
        ),
        {by: "str", "day": "float64", "n_entries": "int64", "n_later": "int64"},
    )
    last = (EPOCH + pd.to_timedelta(found["day"], unit="D")).astype("datetime64[us]")
    table = pd.DataFrame(
        {
            by: found[by],
            "last_day": last,
            "days_behind": (limit - found["day"]).astype("Int64"),
            "n_entries": found["n_entries"],
            "n_later": found["n_later"],
        }
    )
    return table.sort_values(["last_day", by], na_position="first", ignore_index=True)


def completeness(tasks: Any, *, weeks: Weeks) -> pd.DataFrame:
    """Tell for each team what its entries leave unsaid.

    Returns
    -------
    pandas.DataFrame
        One row a team with entries in the weeks: ``team``, ``n_tasks`` (an entry over midnight
        is one), ``unknown_performer``, ``untagged`` and ``without_hours`` (0–1 of the tasks).
    """
    rows = in_days(nw.from_native(tasks).lazy(), first=weeks.first, last=weeks.until)
    rows = rows.filter(nw.col("part") == 0).select(
        "team",
        n_tasks=nw.lit(1),
        n_unknown_performer=_one_where(nw.col("performer") == "unknown"),
        n_untagged=_one_where(nw.col("tag").is_null()),
        n_without_hours=_one_where(nw.col("hours").is_null()),
    )
    sums = collected(
        rows.group_by("team").agg(*(nw.col(name).sum() for name in _COUNTS)),
        {"team": "str", **dict.fromkeys(_COUNTS, "int64")},
    )
    parts = sums[_COUNTS[1:]].div(sums["n_tasks"], axis=0)
    parts.columns = [name.removeprefix("n_") for name in parts]
    return pd.concat([sums[["team", "n_tasks"]], parts], axis=1).sort_values(
        "team", ignore_index=True
    )


def entries_by_month(tasks: Any, *, until: pd.Timestamp, n_months: int = 24) -> pd.DataFrame:
    """Count what each tool brought, month by month.

    Returns
    -------
    pandas.DataFrame
        One row a source and month, months without an entry too: ``source``, ``month`` (such as
        ``2026-09``), ``n_entries`` and ``hours`` (an AI's too).
    """
    last = until.to_period("M")
    first = last - (n_months - 1)
    rows = in_days(nw.from_native(tasks).lazy(), first=first.start_time, last=until).select(
        "source",
        month=nw.col("local_date").dt.truncate("1mo"),
        n_entries=nw.when(nw.col("part") > 0).then(nw.lit(0)).otherwise(nw.lit(1)),
        hours=nw.col("hours").fill_null(0.0),
    )
    sums = collected(
        rows.group_by("source", "month").agg(nw.col("n_entries").sum(), nw.col("hours").sum()),
        {"source": "str", "month": "datetime64[us]", "n_entries": "int64", "hours": "float64"},
    )
    begins = last if sums.empty else sums["month"].min().to_period("M")
    names = [format_period(month) for month in pd.period_range(begins, last, freq="M")]
    sums["month"] = [format_period(month.to_period("M")) for month in sums["month"]]
    every = pd.MultiIndex.from_product(
        [sorted(sums["source"].unique()), names], names=["source", "month"]
    )
    full = sums.set_index(["source", "month"]).reindex(every, fill_value=0).reset_index()
    return full.astype({"source": "str", "month": "str", "n_entries": "int64"})


def _one_where(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))
