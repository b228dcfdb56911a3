"""One cell, a group in a period: its strata put together, with what its interval needs."""

from dataclasses import dataclass, replace

import numpy as np

from taskmix.language import noted, tr
from taskmix.measures.estimation.arranged import Drawn, People
from taskmix.measures.estimation.auditsize import MIN_AUDITED
from taskmix.measures.estimation.strata import Sample, StratumEstimate, estimate_stratum
from taskmix.taxonomy import CATEGORIES

#: Why a cell has no interval: nobody drew an audit, or there is nothing to have a share of.
NOT_DRAWN = noted("no audit was drawn")
NO_HOURS = noted("no hours of known length")
#: A part of the hours that is nothing but rounding.
_NOTHING = 1e-9


@dataclass(frozen=True)
class CellEstimate:
    """The estimate of one cell; arrays are in the order of ``CATEGORIES``.

    Attributes
    ----------
    share : ndarray of shape (4,)
        θ̂; sums to 1, and may lie outside 0–1. The model's share where there is no audit.
    model : ndarray of shape (4,)
        Shares by tags and probabilities alone; missing where nothing was tagged or sorted.
    variance, variance_people : ndarray of shape (4,)
        Descriptive: audits redrawn on these logs. Inferential: people redrawn too.
    people : ndarray of int
        The cell's people, in ascending order of their numbers.
    influence : ndarray of shape (n_people, 4)
        u_gk: what each person adds to θ̂, linearised.
    rectifier, rectifier_variance : ndarray of shape (4,)
        B_k = ȳ_k − f̄_k of the untagged hours, and its descriptive variance; missing where a
        prediction had seen its own tag.
    untagged : float
        The part of the hours that was untagged when the audit was drawn; 0–1.
    tuning : float
        λ.
    df, df_people : float
        Degrees of freedom of t for the two variances; infinite where every task was audited.
    n_drawn, n_answered, n_people : int
        Tasks drawn and answered (labelled again among them), and people of those answered.
    n_audited : int
        The answers that a minimum counts: to untagged tasks; to tagged ones where all are.
    hours : float
        Human hours.
    why_not : str
        Why there is no interval; empty where there is one.
    """

    share: np.ndarray
    model: np.ndarray
    variance: np.ndarray
    variance_people: np.ndarray
    people: np.ndarray
    influence: np.ndarray
    rectifier: np.ndarray
    rectifier_variance: np.ndarray
    untagged: float
    tuning: float
    df: float
    df_people: float
    n_drawn: int
    n_answered: int
    n_people: int
    n_audited: int
    hours: float
    why_not: str


def estimate_cell(
    people: People, drawn: Drawn, *, tuning: float, min_audited: int = MIN_AUDITED
) -> CellEstimate:
    """Estimate one cell's shares from its person sums and its drawn tasks.

    θ = (H_T/H) θ_T + (H_U/H) θ̂_U. The untagged hours U are estimated from the audit. Of the
    tagged hours T the tags count; where at least 20 of their tasks were labelled again blind,
    these correct them (λ = 1: a tag is a label, no guess).

    A person's part of an estimate, for comparisons, is
    u_gk = (λ/H) Σ_{U_g} h (f_k − A_k) + Σ_{S_g} z_k, with the tagged hours and the ratio to all
    hours linearised alike; V = M/(M − 1) Σ_g u_g² over the M people of the cell.

    Parameters
    ----------
    people, drawn
        As `taskmix.measures.estimation.arrange` gives them; nothing drawn: not audited.
    tuning : float
        λ, 0–1; 0 is used where a prediction of the audit had seen its own tag.
    min_audited : int
        The fewest answers that an estimate is made of.
    """
    if not len(people.person):
        return _without_hours(drawn)
    names = np.unique(people.person)
    blind = bool(drawn.blind[drawn.answered].all())
    untagged = _stratum(people, drawn, names, is_tagged=False, tuning=tuning if blind else 0.0)
    tagged = _stratum(people, drawn, names, is_tagged=True, tuning=1.0)
    counted = untagged if untagged.hours.sum() else tagged
    why_not = _why_not(counted, len(drawn.person), min_audited)
    if why_not:
        untagged = replace(untagged, sample=None)
    if why_not or tagged.n < MIN_AUDITED:
        tagged = replace(tagged, sample=None)
    share, variance, influence = _joined(untagged, tagged)
    whole = people.sorted.sum(axis=0)
    model = whole / whole.sum() if whole.sum() > 0 else np.full(len(CATEGORIES), np.nan)
    rectifier, rectifier_variance = _rectify(untagged if blind else replace(untagged, sample=None))
    n_people = len(np.unique(drawn.person[drawn.answered]))
    hours = untagged.hours + tagged.hours
    return CellEstimate(
        share=model if why_not else share,
        model=model,
        variance=variance,
        variance_people=len(names) / max(len(names) - 1, 1) * (influence**2).sum(axis=0),
        people=names,
        influence=influence,
        rectifier=rectifier,
        rectifier_variance=rectifier_variance,
        untagged=float(untagged.hours.sum() / hours.sum()),
        tuning=untagged.tuning,
        df=min(untagged.df, tagged.df),
        df_people=float(n_people - 1),
        n_drawn=len(drawn.person),
        n_answered=int(drawn.answered.sum()),
        n_people=n_people,
        n_audited=counted.n,
        hours=float(hours.sum()),
        why_not=why_not,
    )


def _without_hours(drawn: Drawn) -> CellEstimate:
    nothing, nobody = np.full(len(CATEGORIES), np.nan), np.zeros(0, dtype=int)
    return CellEstimate(
        share=nothing, model=nothing, variance=nothing, variance_people=nothing, people=nobody,
        influence=np.zeros((0, len(CATEGORIES))), rectifier=nothing, rectifier_variance=nothing,
        untagged=np.nan, tuning=np.nan, df=np.nan, df_people=np.nan, n_drawn=len(drawn.person),
        n_answered=int(drawn.answered.sum()), n_people=0, n_audited=0, hours=0.0,
        why_not=tr(NO_HOURS),
    )  # fmt: skip


@dataclass(frozen=True)
class _Stratum:
    """The untagged or the tagged hours of a cell."""

    hours: np.ndarray
    expected: np.ndarray
    sample: Sample | None
    tuning: float

    @property
    def n(self) -> int:
        return 0 if self.sample is None else len(self.sample.person)

    @property
    def n_random(self) -> int:
        return 0 if self.sample is None else int((~self.sample.certain).sum())

    @property
    def df(self) -> float:
        return self.n_random - 1.0 if self.n_random else np.inf

    def estimate(self, *, tuning: float | None = None) -> StratumEstimate:
        lam = self.tuning if tuning is None else tuning
        return estimate_stratum(self.hours, self.expected, self.sample, tuning=lam)


def _stratum(
    people: People, drawn: Drawn, names: np.ndarray, *, is_tagged: bool, tuning: float
) -> _Stratum:
    rows = people.is_tagged == is_tagged
    place = np.searchsorted(names, people.person[rows])
    hours, expected = np.zeros(len(names)), np.zeros((len(names), len(CATEGORIES)))
    np.add.at(hours, place, people.hours[rows])
    np.add.at(expected, place, people.expected[rows])
    return _Stratum(hours, expected, drawn.sample(names, is_tagged=is_tagged), tuning)


def _why_not(stratum: _Stratum, n_drawn: int, needed: int) -> str:
    """Say why a cell has no estimate of its own; empty where it has one."""
    if not n_drawn:
        return tr(NOT_DRAWN)
    if stratum.n < needed:
        return tr(
            "not enough data: has {n} audited tasks, needs {least}", n=stratum.n, least=needed
        )
    assert stratum.sample is not None
    total = stratum.hours.sum()
    left = total - stratum.sample.certain_hours
    if stratum.n_random < 2 and left > _NOTHING * total:
        return tr("not enough data: has {n} tasks drawn at random, needs 2", n=stratum.n_random)
    return ""


def _joined(first: _Stratum, second: _Stratum) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the cell's shares, their descriptive variance, and each person's part in them."""
    one, other = first.estimate(), second.estimate()
    hours = first.hours + second.hours
    total = hours.sum()
    share = (one.hours + other.hours) / total
    influence = one.influence + other.influence - np.outer(hours, share)
    return share, (one.variance + other.variance) / total**2, influence / total


def _rectify(untagged: _Stratum) -> tuple[np.ndarray, np.ndarray]:
    """Return B_k = ȳ_k − f̄_k and its variance; missing without a sample."""
    if not untagged.n:
        nothing = np.full(len(CATEGORIES), np.nan)
        return nothing, nothing
    total, whole = untagged.hours.sum(), untagged.estimate(tuning=1.0)
    return (whole.hours - untagged.expected.sum(axis=0)) / total, whole.variance / total**2
