"""λ: how far the predictions are used. One for all categories, from the audit before."""

import numpy as np
import pandas as pd

from taskmix.measures.estimation.arranged import Drawn, arrange_drawn
from taskmix.measures.estimation.auditsize import MIN_AUDITED
from taskmix.measures.estimation.strata import Sample, sample_weights
from taskmix.periods import parse_period

#: λ until there is an audit to take it from.
FIRST_TUNING = 0.8


def tune(sample: Sample, hours: float) -> float | None:
    """Find the λ with which the sample's estimate varies least; one for all categories.

    λ = Σ_k Σ_S w² (y − ȳ)(f − f̄) / Σ_k Σ_S w² (f − f̄)², clipped to 0–1, over the tasks that
    were not certain: the certain ones vary in no estimate.

    Parameters
    ----------
    sample : Sample
    hours : float
        Of the stratum.

    Returns
    -------
    float or None
        None where the predictions do not differ at all.

    References
    ----------
    Angelopoulos, A. N., Duchi, J. C. & Zrnic, T. (2023). PPI++: Efficient prediction-powered
    inference. arXiv:2311.01453.
    """
    drawn = ~sample.certain
    w = sample_weights(sample, hours)[drawn][:, None]
    if not len(w) or w.sum() <= 0:
        return None
    said, found = sample.said[drawn], sample.found[drawn]
    said = said - (w * said).sum(axis=0) / w.sum()
    found = found - (w * found).sum(axis=0) / w.sum()
    spread = (w**2 * found**2).sum()
    return float(np.clip((w**2 * said * found).sum() / spread, 0, 1)) if spread > 0 else None


def tuning_by_period(people: pd.DataFrame, weighed: pd.DataFrame) -> dict[str, float]:
    """Take each period's λ from the last audit before it; the first has `FIRST_TUNING`.

    A λ from the same audit would follow its luck. Audits with fewer than 20 answers to untagged
    tasks are passed over, and such whose predictions had seen their own tags.

    Parameters
    ----------
    people : pandas.DataFrame
        See `taskmix.measures.estimation.person_sums`.
    weighed : pandas.DataFrame
        See `taskmix.measures.estimation.weigh_answers`.

    Returns
    -------
    dict of str to float
        One entry a period of either frame.
    """
    own = {period: tune_audit(drawn) for (period,), drawn in arrange_drawn(weighed, by=["period"])}
    found, last = {}, FIRST_TUNING
    for period in sorted({*people["period"], *own}, key=lambda name: parse_period(name).start_time):
        found[period] = last
        tuned = own.get(period)
        last = last if tuned is None else tuned
    return found


def tune_audit(drawn: Drawn) -> float | None:
    """Find λ by the untagged part of an audit.

    Returns
    -------
    float or None
        None with fewer than 20 answers, where a prediction had seen its own tag, and where the
        predictions do not differ.
    """
    sample = drawn.sample(np.unique(drawn.person), is_tagged=False)
    if len(sample.person) < MIN_AUDITED or not drawn.blind[drawn.answered].all():
        return None
    # Hours over π of all that was drawn are the hours that it was drawn from.
    return tune(sample, drawn.frame_hours())
