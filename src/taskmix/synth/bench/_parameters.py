"""What is true of a bench by its parameters, as frames; nothing here looks at a task."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._effort import ALONE, PARTS, TOGETHER, Effort
from taskmix.synth.bench._logged import MISSING_HOURS, STILL_LOGGED
from taskmix.synth.bench._projects import project_weights
from taskmix.synth.bench._teams import DESTINATIONS, Teams
from taskmix.taxonomy import CATEGORIES


@dataclass(frozen=True)
class BenchParameters:
    """The truth that follows from the parameters; see `taskmix.synth.bench` for the columns."""

    teams: pd.DataFrame
    effort: pd.DataFrame
    mix: pd.DataFrame
    markers: pd.DataFrame
    completeness: pd.DataFrame
    reorganisation: pd.DataFrame


def team_frame(teams: Teams, months: pd.PeriodIndex) -> pd.DataFrame:
    """List what sets the teams apart."""
    middle = pd.Series(teams.midpoint).map(lambda m: str(months[round(m)]), na_action="ignore")
    return pd.DataFrame(
        {
            "team": teams.name,
            "department": teams.department,
            "n_people": teams.size,
            "never": teams.never,
            "midpoint": teams.midpoint,
            "midpoint_month": middle.astype("str"),
            "width": teams.width,
            "ceiling": teams.ceiling,
            "releasable": teams.releasable,
            **{f"to_{name}": teams.destinations[:, i] for i, name in enumerate(DESTINATIONS)},
            "connection_falls": teams.connection_falls & ~teams.never,
            **{f"base_{name}": teams.mix[:, i] for i, name in enumerate(CATEGORIES)},
        }
    ).astype({"team": "str", "department": "str"})


def effort_frame(
    teams: Teams, effort: Effort, days: Days, *, months: pd.PeriodIndex, drift: np.ndarray
) -> pd.DataFrame:
    """List each team's month: hours of a full week, what was released and where it went."""
    shape = effort.adoption.shape
    cell = days.team * shape[1] + days.month
    n_days = np.bincount(cell, minlength=shape[0] * shape[1])
    team, month = np.divmod(np.arange(n_days.size), shape[1])
    frame = {
        "team": teams.name[team],
        "month": months.strftime("%Y-%m").to_numpy()[month],
        "full_weeks": n_days / 5,
        "n_people": _distinct(cell, days.person, n_days.size),
        "adoption": effort.adoption.ravel(),
        "ai_share": ALONE * effort.adoption.ravel(),
        "both_share": TOGETHER * effort.adoption.ravel(),
        "drift": drift.ravel(),
        "total": effort.hours.sum(axis=2).ravel(),
        **{name: effort.hours[:, :, i].ravel() for i, name in enumerate(PARTS)},
        "released": effort.released.ravel(),
        **{f"to_{n}": effort.gone_to[:, :, i].ravel() for i, n in enumerate(DESTINATIONS)},
    }
    return pd.DataFrame(frame).astype({"team": "str", "month": "str"})


def mix_frame(
    teams: Teams,
    effort: Effort,
    full_weeks: np.ndarray,
    *,
    months: pd.PeriodIndex,
    logged: np.ndarray,
) -> pd.DataFrame:
    """List each team's month and category: its true share, and the hours expected in the log."""
    hours = effort.categories
    share = hours / hours.sum(axis=2, keepdims=True)
    expected = hours * full_weeks[:, :, None]
    in_log = expected * logged[None, :, :]
    n_teams, n_months, n = hours.shape
    frame = {
        "team": np.repeat(teams.name, n_months * n),
        "month": np.tile(np.repeat(months.strftime("%Y-%m").to_numpy(), n), n_teams),
        "category": np.tile(CATEGORIES, n_teams * n_months),
        "hours_per_week": hours.ravel(),
        "share": share.ravel(),
        "expected_hours": expected.ravel(),
        "expected_logged_hours": in_log.ravel(),
    }
    return pd.DataFrame(frame).astype({"team": "str", "month": "str", "category": "str"})


def logged_parts(months: int, *, changed: int | None) -> np.ndarray:
    """Give the part of hours that is logged, month × category."""
    logged = np.full((months, len(CATEGORIES)), 1 - MISSING_HOURS)
    if changed is not None:
        logged[changed:] *= STILL_LOGGED
    return logged


def completeness_frame(logged: np.ndarray, months: pd.PeriodIndex) -> pd.DataFrame:
    """List each month's and category's logged part."""
    frame = pd.DataFrame(logged, columns=list(CATEGORIES))
    return frame.assign(month=months.strftime("%Y-%m")).astype({"month": "str"})[
        ["month", *CATEGORIES]
    ]


def reorganisation_frame(
    teams: Teams, before: np.ndarray, after: np.ndarray, *, month: str, n_moved: int
) -> pd.DataFrame:
    """Say what moving people between teams did to the mix, none of the teams changing its own.

    Parameters
    ----------
    before, after
        Contracted hours by team, the day before the reorganisation and on it.
    """
    shift = after / after.sum() - before / before.sum()
    return pd.DataFrame(
        {"category": CATEGORIES, "month": month, "n_moved": n_moved, "between": shift @ teams.mix}
    ).astype({"category": "str", "month": "str"})


def marker_frame(teams: Teams, effort: Effort) -> pd.DataFrame:
    """List what markers of the teams must rank by."""
    # A day's hours hardly depend on the team; a task's are a day's, divided.
    task_hours = 7.2 / teams.tasks_a_day
    weights = [project_weights(n) for n in teams.n_projects]
    same = teams.stickiness + (1 - teams.stickiness) * [float(np.sum(w**2)) for w in weights]
    last = effort.hours[:, -1]
    touched = (last * effort.with_ai()[:, -1]).sum(axis=1) + last[:, 4]
    entropy = [-float(np.sum(w * np.log(w))) for w in weights]
    of_mix = -np.sum(teams.mix * np.log(teams.mix), axis=1)
    return pd.DataFrame(
        {
            "team": teams.name,
            "task_hours": task_hours,
            "stickiness": teams.stickiness,
            "short_gaps": teams.short_gaps,
            "block_hours": task_hours / (1 - same * teams.short_gaps),
            "changes_per_hour": (teams.tasks_a_day - 1) * (1 - same) / 7.2,
            "new_projects": teams.new_projects,
            "n_projects": teams.n_projects,
            "breadth": np.exp(np.array(entropy) + of_mix),
            "connective_share": teams.mix[:, 3],
            "judgment_share": teams.mix[:, 1],
            "creative_share": teams.mix[:, 2],
            "oversight_share": last[:, 4] / last.sum(axis=1),
            "guiding": np.where(touched > 0, last[:, 4] / np.maximum(touched, 1e-9), np.nan),
            "company": teams.company,
            "across": teams.across,
            "outside_share": teams.outside,
            "weekend_share": teams.weekend,
            "start_sd": teams.start_sd,
            "rounding": teams.rounding,
        }
    ).astype({"team": "str"})


def _distinct(cell: np.ndarray, person: np.ndarray, n: int) -> np.ndarray:
    pairs = np.unique(cell * (person.max(initial=0) + 1) + person)
    return np.bincount(pairs // (person.max(initial=0) + 1), minlength=n)
