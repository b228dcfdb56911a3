"""Whether the sorter gets worse with time, and whether an audit finds its shares off."""

import numpy as np
import pandas as pd
from scipy.stats import t as student

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.evaluation.confusion import count_confusion, f1_by_category, macro_f1
from taskmix.sorting.evaluation.intervals import Clusters, interval, resample
from taskmix.taxonomy import CATEGORIES

#: Below this many answered tasks an audit says nothing about the sorter.
MIN_AUDITED = 20
#: Shares that are off by less raise no alarm, however surely.
ALARM_AT = 0.03


def scores_by_origin(rows: pd.DataFrame, *, clusters: Clusters) -> pd.DataFrame:
    """Score what the sorter names in each stretch of time, and compare each with the first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Predicted tasks: ``origin``, ``from_date``, ``tag``, ``named``, ``n_trained``.
    clusters : Clusters
        Of these rows.

    Returns
    -------
    pandas.DataFrame
        One row an origin: ``origin``, ``from_date``, ``n_trained``, ``n_tasks``, ``macro_f1``
        with ``low`` and ``high``, and ``change`` since the first origin with ``change_low`` and
        ``change_high`` (95%; missing for the first, and where there are too few clusters).
    """
    stretches = rows.groupby("origin", sort=True)
    table = stretches.agg(
        from_date=("from_date", "first"), n_trained=("n_trained", "first"), n_tasks=("tag", "size")
    ).reset_index()
    place = table["origin"].searchsorted(rows["origin"])
    n = len(table)
    counts = count_confusion(
        rows["tag"], rows["named"], clusters=clusters.codes * n + place,
        n_clusters=clusters.n * n,
    ).reshape(clusters.n, n, len(CATEGORIES), len(CATEGORIES))  # fmt: skip
    total = counts.sum(axis=0)
    occurring = total.sum(axis=-1) > 0
    f1 = macro_f1(total, occurring=occurring)
    low = high = change_low = change_high = np.full(n, np.nan)
    if clusters.enough and n:
        observed = f1_by_category(total)
        drawn = macro_f1(resample(counts), occurring=occurring, otherwise=observed)
        low, high = interval(drawn)
        change_low, change_high = interval(drawn - drawn[:, :1])
    is_first = np.arange(n) == 0
    return table.assign(
        macro_f1=f1,
        low=low,
        high=high,
        change=np.where(is_first, np.nan, f1 - f1[:1]),
        change_low=np.where(is_first, np.nan, change_low),
        change_high=np.where(is_first, np.nan, change_high),
    )


def rectify(audited: pd.DataFrame) -> pd.DataFrame:
    """Set an audit's shares beside the sorter's on the same tasks: B_k = ȳ_k − f̄_k.

    Tasks weigh w_i = d_i h_i / Σ d h with d_i = 1/π_i, so that they stand for all untagged hours
    of the period. The interval linearises B_k, z_ik = w_i ((y − f)_ik − B_k), adds it up by person
    and takes V_k = M/(M − 1) Σ_g (Σ_i z_ik)², t with M − 1 degrees of freedom for M people.

    Parameters
    ----------
    audited : pandas.DataFrame
        One row a task of the audit that was untagged, is answered and sorted: ``person`` (missing
        ones count as one person), ``pi`` (0–1), ``hours``, ``tag`` (what the blind taggers say)
        and the four probabilities.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``category``, ``audited`` (ȳ_k) and ``sorted`` (f̄_k), ``error`` (B_k;
        above 0: the sorter says too little), ``low`` and ``high`` (95%), ``alarm`` (the interval
        excludes 0 and the error is more than 3 points), ``n_tasks`` and ``n_people``. No row below
        `MIN_AUDITED` tasks or two people.

    References
    ----------
    Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382, 669–674,
    doi:10.1126/science.adi6000 (the rectifier).
    """
    people, names = pd.factorize(audited["person"], use_na_sentinel=False)
    if len(audited) < MIN_AUDITED or len(names) < 2:
        return _nothing_audited()
    weight = (audited["hours"] / audited["pi"]).to_numpy(dtype=float)
    weight = weight / weight.sum()
    said = audited["tag"].to_numpy(dtype=object)[:, None] == np.array(CATEGORIES, dtype=object)
    found = audited[list(PROBABILITIES)].to_numpy(dtype=float)
    error = weight @ (said - found)
    z = weight[:, None] * (said - found - error)
    by_person = np.zeros((len(names), len(CATEGORIES)))
    np.add.at(by_person, people, z)
    m = len(names)
    half = student.ppf(0.975, m - 1) * np.sqrt(m / (m - 1) * (by_person**2).sum(axis=0))
    low, high = error - half, error + half
    return pd.DataFrame(
        {
            "category": pd.Series(CATEGORIES, dtype="str"),
            "audited": weight @ said,
            "sorted": weight @ found,
            "error": error,
            "low": low,
            "high": high,
            "alarm": ((low > 0) | (high < 0)) & (np.abs(error) > ALARM_AT),
            "n_tasks": len(audited),
            "n_people": m,
        }
    )


def _nothing_audited() -> pd.DataFrame:
    numbers = dict.fromkeys(["audited", "sorted", "error", "low", "high"], "float64")
    types = {"category": "str", **numbers, "alarm": "bool", "n_tasks": "int64", "n_people": "int64"}
    return pd.DataFrame(columns=list(types)).astype(types)
