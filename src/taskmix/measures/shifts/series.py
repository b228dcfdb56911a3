"""Monthly series: their month numbers, and the days that such numbers mean."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.errors import PeriodError
from taskmix.language import trn
from taskmix.measures.shifts.noise import Array
from taskmix.periods import format_period, frequency_of, parse_period

#: Fewer months than this say nothing of a shift: three on either side, and two to spare.
MIN_MONTHS = 8


@dataclass(frozen=True)
class Series:
    """One group's figures, without the months in which it has none.

    Attributes
    ----------
    group : dict of str to object
        The values of the grouping columns.
    months : numpy.ndarray
        Ascending month numbers, January 1970 is 0.
    values : numpy.ndarray
    n_counted : numpy.ndarray or None
        How many tasks each value is a share of.
    """

    group: dict[str, object]
    months: Array
    values: Array
    n_counted: Array | None

    @property
    def why_not(self) -> str:
        """Say why nothing can be told of it; empty where something can."""
        n = len(self.months)
        if n >= MIN_MONTHS:
            return ""
        return trn(
            "not enough data: has {n} month, needs {least}",
            "not enough data: has {n} months, needs {least}",
            n,
            least=MIN_MONTHS,
        )


def each_series(
    figures: pd.DataFrame, *, value: str, by: tuple[str, ...], n_counted: str | None
) -> Iterator[Series]:
    """Cut a frame into the series of its groups, in the groups' order.

    Raises
    ------
    PeriodError
        If a period is no month, or a group has one twice.
    """
    numbers = {name: _number(name) for name in figures["period"].unique()}
    ordered = figures.assign(_month=figures["period"].map(numbers)).sort_values([*by, "_month"])
    groups = ordered.groupby(list(by), sort=True) if by else [((), ordered)]
    for key, rows in groups:
        if rows["_month"].duplicated().any():
            raise PeriodError(
                f"period {rows['period'][rows['_month'].duplicated()].iloc[0]} stands twice in a "
                f"series; name the columns that tell its groups apart with by=, beside {list(by)}"
            )
        known = rows.dropna(subset=[value] if n_counted is None else [value, n_counted])
        yield Series(
            group=dict(zip(by, key, strict=True)),
            months=known["_month"].to_numpy(dtype=float),
            values=known[value].to_numpy(dtype=float),
            n_counted=None if n_counted is None else known[n_counted].to_numpy(dtype=float),
        )


def month_of(number: float) -> str:
    """Name the month of a number.

    Examples
    --------
    >>> month_of(665.4), month_of(665.6)
    ('2025-06', '2025-07')
    """
    return format_period(pd.Period(ordinal=int(np.floor(number + 0.5)), freq="M"))


def day_of(number: float) -> pd.Timestamp:
    """Give the day of a month number: whole numbers are the middles of their months.

    Examples
    --------
    >>> day_of(665.0).date()
    datetime.date(2025, 6, 16)
    """
    whole = np.floor(number + 0.5)
    month = pd.Period(ordinal=int(whole), freq="M")
    into = pd.Timedelta(days=float(number + 0.5 - whole) * month.days_in_month)
    return (month.start_time + into).normalize().as_unit("us")


def _number(name: str) -> int:
    period = parse_period(name)
    if frequency_of(period) != "month":
        raise PeriodError(
            f"period {name} is no month; a shift is looked for in monthly figures: roll the log "
            'up with frequency="month"'
        )
    return int(period.ordinal)
