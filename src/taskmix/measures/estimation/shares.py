"""Shares of human effort with the intervals that an audit earned, and without where it did not."""

from dataclasses import replace

import numpy as np
import pandas as pd

from taskmix.language import percentage, tr
from taskmix.measures.estimation.arranged import Drawn, People, arrange
from taskmix.measures.estimation.auditsize import MIN_AUDITED
from taskmix.measures.estimation.cells import CellEstimate, estimate_cell
from taskmix.measures.estimation.people import EXPECTED
from taskmix.measures.estimation.response import weigh_answers
from taskmix.measures.estimation.tables import change_rows, joined_rows, share_rows
from taskmix.measures.estimation.teams import (
    MIN_IN_COMPOSITE,
    composite_estimates,
    own_why_not,
)
from taskmix.measures.estimation.tuning import tuning_by_period
from taskmix.periods import parse_period, period_before
from taskmix.store import measured_once

#: An audit is of the log that it was drawn from: hours that came or went since had no chance.
_MAY_CHANGE = 0.05


@measured_once
def audited_shares(
    people: pd.DataFrame, drawn: pd.DataFrame, *, alike: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Estimate the share of human effort by category, corrected for the sorter's mistakes.

    Periods with an audit of at least 20 answers have intervals; of all others the model's shares
    stand, marked, with no interval and what it takes to get one.

    Parameters
    ----------
    people : pandas.DataFrame
        See `taskmix.measures.estimation.person_sums`; all periods that are shown.
    drawn : pandas.DataFrame
        The audits: one row a drawn task, answered or not: ``period``, ``team``, ``person``
        (missing: nobody), ``is_tagged`` (when it was drawn), ``pi`` (0–1, as executed), ``hours``,
        ``answer`` (category; missing: none), ``chance_execution`` … ``chance_connective`` (0–1: the
        sorter's probabilities, one-hot for a tagged task) and ``out_of_sample``. Audits of
        earlier periods give λ.
    alike : pandas.DataFrame, optional
        Sums like `people`, by one sorter for all periods, where an audited period's own are by
        the sorter of its time: the shares without audit that periods are compared by.

    Returns
    -------
    pandas.DataFrame
        One row a period and category:

        - ``share`` (0–1), ``low`` and ``high`` (95%, of what happened in these logs; missing
          without an audit), ``se``, and ``se_people`` (people redrawn too, for comparisons);
        - ``estimate``: θ̂ before it is clipped to 0–1 (it sums to 1), ``clipped``: it lay outside,
          so the interval is Wald's and clipped;
        - ``model``: the share without the audit, of `alike`; ``audited``; ``estimator`` (audit
          or model);
        - ``n_drawn``, ``n_answered``, ``response`` (0–1), ``n_people`` (of the answers),
          ``tuning`` (λ), ``hours``;
        - ``why_not``: why there is no interval, and ``labels_needed`` for one;
        - ``before``, ``change``, ``change_low``, ``change_high``, ``change_se``,
          ``change_why_not``: against the period before, see
          `taskmix.measures.estimation.compare_cells`.

    References
    ----------
    Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382, 669–674,
    doi:10.1126/science.adi6000.
    """
    models = _models(people if alike is None else alike, by=["period"])
    cells = {
        period: _compared_by(cell, models.get((period,)))
        for period, cell in estimate_periods(people, drawn).items()
    }
    rows = [
        {
            "period": period,
            **share_rows(cell),
            **change_rows(cell, cells.get(period_before(period))),
        }
        for period, cell in cells.items()
    ]
    return joined_rows(rows, by=["period"])


@measured_once
def audited_teams(
    people: pd.DataFrame, drawn: pd.DataFrame, *, alike: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Estimate the shares of each team: by its own audit, or by the composite where that is small.

    A team with 20 answers or more has its own estimate. Below, all teams' audit lends its
    strength (see `taskmix.measures.estimation.composite_estimates`); a team without answers, and
    all of them where fewer than 5 have any, keep the model's shares, marked.

    Parameters
    ----------
    people, drawn, alike : pandas.DataFrame
        As for `audited_shares`.

    Returns
    -------
    pandas.DataFrame
        One row a period, team and category: ``team`` and the columns of `audited_shares`.
        ``estimator`` is audit, composite or model. A change has an interval only where both
        periods have an estimate of the team's own.
    """
    pooled = estimate_periods(people, drawn)
    cells = _team_cells(people, drawn, pooled)
    models = _models(people if alike is None else alike, by=["period", "team"])
    own = {
        period: {
            team: _compared_by(_marked(cell, own_why_not(cell)), models.get((period, team)))
            for team, cell in teams.items()
        }
        for period, teams in cells.items()
    }
    rows = []
    for period, teams in own.items():
        composites = composite_estimates(cells[period], pooled[period])
        for team, cell in teams.items():
            shares = share_rows(cell, composites.get(team), usual=MIN_AUDITED)
            changes = change_rows(cell, own.get(period_before(period), {}).get(team))
            rows.append({"period": period, "team": team, **shares, **changes})
    return joined_rows(rows, by=["period", "team"])


def estimate_periods(people: pd.DataFrame, drawn: pd.DataFrame) -> dict[str, CellEstimate]:
    """Estimate each period of `people`, the oldest first; see `audited_shares`."""
    weighed = weigh_answers(drawn, people)
    tuning = tuning_by_period(people, weighed)
    cells = {}
    for (period,), own, asked in arrange(people, weighed, by=["period"]):
        cell = estimate_cell(own, asked, tuning=tuning[period])
        cells[period] = _marked(cell, cell.why_not or _changed_log(own, asked))
    return dict(sorted(cells.items(), key=lambda item: parse_period(item[0]).start_time))


def _team_cells(
    people: pd.DataFrame, drawn: pd.DataFrame, pooled: dict[str, CellEstimate]
) -> dict[str, dict[str, CellEstimate]]:
    """Estimate each team of each period, be its audit ever so small."""
    weighed = weigh_answers(drawn, people)
    tuning = tuning_by_period(people, weighed)
    cells: dict[str, dict[str, CellEstimate]] = {period: {} for period in pooled}
    for (period, team), own, asked in arrange(people, weighed, by=["period", "team"]):
        cell = estimate_cell(own, asked, tuning=tuning[period], min_audited=MIN_IN_COMPOSITE)
        cells[period][team] = _marked(cell, pooled[period].why_not or cell.why_not)
    return cells


def _marked(cell: CellEstimate, why_not: str) -> CellEstimate:
    """Let the model's share stand where there is a reason against the audit's."""
    return replace(cell, share=cell.model, why_not=why_not) if why_not else cell


def _models(people: pd.DataFrame, *, by: list[str]) -> dict[tuple[str, ...], np.ndarray]:
    """Return each cell's shares by tags and probabilities alone."""
    sums = people.groupby(by)[list(EXPECTED)].sum()
    shares = sums.div(sums.sum(axis=1).where(lambda total: total > 0), axis=0)
    keys = shares.index if len(by) > 1 else [(key,) for key in shares.index]
    return dict(zip(keys, shares.to_numpy(), strict=True))


def _compared_by(cell: CellEstimate, model: np.ndarray | None) -> CellEstimate:
    """Let a cell be compared with others by this model; its own share, if it has none."""
    if model is None:
        return cell
    return replace(cell, model=model, share=model if cell.why_not else cell.share)


def _changed_log(people: People, drawn: Drawn) -> str:
    """Say by how much the untagged hours changed since the audit was drawn; empty if by little."""
    then, now = drawn.frame_hours(), float(people.hours[~people.is_tagged].sum())
    if not then or abs(now / then - 1) <= _MAY_CHANGE:
        return ""
    part = percentage(abs(now / then - 1))
    if now > then:
        return tr("the log has {part} more untagged hours than when it was drawn", part=part)
    return tr("the log has {part} fewer untagged hours than when it was drawn", part=part)
