"""Freed hours and where they went: an account of the log, in hours of one person-week."""

import numpy as np
import pandas as pd
from scipy import stats

from taskmix.language import listed, percentage, tr
from taskmix.measures.freed.completeness import why_void
from taskmix.measures.freed.parts import DESTINATIONS, LEFT_WORK, PARTS, RELEASED, part_of

#: Fewer people than this are no sample to take an interval from.
MIN_PEOPLE = 10
#: Part of a period's hours that people themselves tagged, from which labels count as known.
TAGGED_FROM = 0.95
LEVEL = 0.95
#: What no label decides: all hours logged, and those flagged as overseeing AI.
_UNLABELLED = (LEFT_WORK, "oversight")
_COLUMNS = ["period", "against", "part", "before", "now", "hours", "rest", "low", "high",
            "no_interval", "why_not"]  # fmt: skip


def freed_hours(
    people: pd.DataFrame,
    weeks: pd.DataFrame,
    completeness: pd.DataFrame,
    *,
    period: str,
    against: str,
) -> pd.DataFrame:
    """Account for the hours that execution released, and for where they are now.

    With E execution, J judgment, C creative, N connective (each without oversight), O overseeing
    AI, U unsure and T all hours logged, per person-week, R = E₀ − E₁ is released, and
    R = ΔJ + ΔC + ΔN + ΔO + ΔU − ΔT holds exactly; −ΔT left work. This is an account of what was
    logged, no effect of anything.

    The intervals ask what other people like these would have shown: for each part the person
    sums of (x − r w)/W in both periods (x a person's hours, w the person-weeks, r and W those of
    all), t with people − 1 degrees of freedom. They hold no mistakes of the sorter, so a part
    that labels decide has one only where people tagged nearly all hours.

    Parameters
    ----------
    people : pandas.DataFrame
        As `taskmix.measures.rollup_people` makes it, of one group.
    weeks : pandas.DataFrame
        As `person_weeks` makes it, of the same group and periods.
    completeness : pandas.DataFrame
        As `log_completeness` makes it, of the same group. Where it changed by more than 5% the
        account is void.
    period, against : str
        The later and the earlier period.

    Returns
    -------
    pandas.DataFrame
        One row for ``released`` and one for each of `DESTINATIONS`, which sum to it: ``period``,
        ``against``, ``part``, ``before`` and ``now`` (hours a person-week: of execution for
        ``released``, all hours for ``left_work``), ``hours`` (released, or gone there), ``rest``
        (what this row and those above it leave of the released ones, 0 in the end), ``low`` and
        ``high`` (95%), ``no_interval`` and ``why_not`` (empty; else why there are none).
    """
    person, hours, length = _by_person(people, weeks, (against, period))
    total_weeks = length.sum(axis=0)
    divisor = np.where(total_weeks > 0, total_weeks, np.nan)[:, None]
    rates = hours.sum(axis=0) / divisor
    # Each person's part in a rate's sampling error; they sum to 0.
    deviations = (hours - rates * length[:, :, None]) / divisor
    table = pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "before": rates[0], "now": rates[1]})
    shrinks = table["part"].isin([RELEASED, LEFT_WORK])
    change = table["now"] - table["before"]
    table["hours"] = change.mask(shrinks, -change)
    gone = table["hours"].mask(table["part"] == RELEASED, 0.0).cumsum()
    table["rest"] = table["hours"].iloc[0] - gone
    no_interval = _no_interval(people, (against, period), n_people=len(person))
    free = table["part"].isin(_UNLABELLED) & (len(person) >= MIN_PEOPLE)
    table["no_interval"] = pd.Series(no_interval, index=table.index).mask(free, "")
    reach = _reach(deviations[:, 1] - deviations[:, 0])
    has_interval = table["no_interval"] == ""
    table["low"] = (table["hours"] - reach).where(has_interval)
    table["high"] = (table["hours"] + reach).where(has_interval)
    logged = hours[:, :, -1].sum(axis=0)
    empty = [name for name, n in zip((against, period), logged, strict=True) if not n > 0]
    why_not = (
        tr("no hours are logged in {periods}", periods=listed(empty))
        if empty
        else why_void(completeness, period=period, against=against)
    )
    if why_not:
        table[["hours", "rest", "low", "high"]] = np.nan
    texts = dict.fromkeys(["period", "against", "part", "no_interval", "why_not"], "str")
    return table.assign(period=period, against=against, why_not=why_not)[_COLUMNS].astype(texts)


def _reach(deviations: np.ndarray) -> np.ndarray:
    """Return the half-width of an interval of a sum over people: one row a person."""
    n_people = max(len(deviations), 2)
    error = np.sqrt(n_people / (n_people - 1) * (deviations**2).sum(axis=0))
    return np.asarray(stats.t.ppf((1 + LEVEL) / 2, n_people - 1) * error)


def _by_person(
    people: pd.DataFrame, weeks: pd.DataFrame, periods: tuple[str, str]
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return people, hours (person × period × part, all hours last) and person-weeks."""
    own = people[people["period"].isin(periods)]
    own = own.assign(person=own["person"].fillna(""), part=part_of(own))
    present = weeks[weeks["period"].isin(periods)]
    person = sorted({*own["person"], *present["person"]})
    place = {name: number for number, name in enumerate(person)}
    at = {name: number for number, name in enumerate(periods)}
    parts = {name: number for number, name in enumerate(PARTS)}
    hours = np.zeros((len(person), 2, len(PARTS) + 1))
    where = (own["person"].map(place), own["period"].map(at), own["part"].map(parts))
    np.add.at(hours, tuple(column.to_numpy(dtype=int) for column in where), own["hours"])
    hours[:, :, -1] = hours.sum(axis=2)
    length = np.zeros((len(person), 2))
    where_weeks = (present["person"].map(place), present["period"].map(at))
    np.add.at(length, tuple(c.to_numpy(dtype=int) for c in where_weeks), present["person_weeks"])
    return person, hours, length


def _no_interval(people: pd.DataFrame, periods: tuple[str, str], *, n_people: int) -> str:
    if n_people < MIN_PEOPLE:
        return tr("not enough data: has {n} people, needs {least}", n=n_people, least=MIN_PEOPLE)
    own = people[people["period"].isin(periods)]
    sums = own.assign(tagged=own["hours"].where(own["basis"] == "tagged", 0.0))
    sums = sums.groupby("period")[["hours", "tagged"]].sum()
    tagged = float((sums["tagged"] / sums["hours"]).fillna(0.0).min()) if len(sums) else 0.0
    if tagged < TAGGED_FROM:
        return tr(
            "not enough data: people tagged {part} of the hours, needs {least}; the sorter’s "
            "mistakes are in no interval over people",
            part=percentage(tagged),
            least=percentage(TAGGED_FROM),
        )
    return ""
