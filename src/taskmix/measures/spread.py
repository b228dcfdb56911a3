"""Spread the hours of tasks that took several days evenly over those days."""

import pandas as pd

from taskmix.periods import PANDAS_FREQUENCY, Frequency

_EPOCH = pd.Timestamp("1970-01-01")


def spread_evenly(
    spans: pd.DataFrame, *, frequency: Frequency, hours: list[str], counts: list[str]
) -> pd.DataFrame:
    """Divide each span's hours among the periods it touches, by days.

    ::

        span    |----- 40 h, 10 days -----|
        Q2 ends ----->|  4 days: 16 h      6 days: 24 h  in Q3

    Parameters
    ----------
    spans : pandas.DataFrame
        ``first_day`` and ``last_day`` (epoch days, both included), any further columns.
    frequency : {"month", "quarter", "year"}
    hours, counts : list of str
        Columns to divide, and columns that stay whole in the first period.

    Returns
    -------
    pandas.DataFrame
        One row a span and period, with ``period_start``; without the two day columns.
    """
    first = _EPOCH + pd.to_timedelta(spans["first_day"], unit="D")
    last = _EPOCH + pd.to_timedelta(spans["last_day"], unit="D")
    code = PANDAS_FREQUENCY[frequency]
    first_period, last_period = first.dt.to_period(code), last.dt.to_period(code)
    n_periods = last_period.astype("int64") - first_period.astype("int64") + 1
    rows = spans.loc[spans.index.repeat(n_periods)].reset_index(drop=True)
    step = rows.groupby(pd.Series(range(len(spans))).repeat(n_periods).to_numpy()).cumcount()
    period = pd.PeriodIndex(first_period.repeat(n_periods).to_numpy() + step.to_numpy(), freq=code)
    starts = period.start_time
    begin = (starts - _EPOCH).days
    end = (period.end_time.normalize() - _EPOCH).days
    inside = rows["last_day"].clip(upper=end) - rows["first_day"].clip(lower=begin) + 1
    part = inside / (rows["last_day"] - rows["first_day"] + 1)
    rows[hours] = rows[hours].mul(part, axis=0)
    rows[counts] = rows[counts].where(step == 0, 0)
    rows["period_start"] = starts.astype("datetime64[us]")
    return rows.drop(columns=["first_day", "last_day"])
