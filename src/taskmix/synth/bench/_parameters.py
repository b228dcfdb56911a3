"""What is true of a bench by its parameters, as frames; nothing here looks at a drawn category."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._effort import ALONE, PARTS, TOGETHER, Effort, by_category
from taskmix.synth.bench._logged import MISSING_HOURS, STILL_LOGGED
from taskmix.synth.bench._markers import marker_frame
from taskmix.synth.bench._options import Options
from taskmix.synth.bench._teams import DESTINATIONS, Teams
from taskmix.taxonomy import CATEGORIES


@dataclass(frozen=True)
class BenchParameters:
    """The truth that follows from the parameters; see `taskmix.synth.bench` for the columns."""

    teams: pd.DataFrame
    people: pd.DataFrame
    effort: pd.DataFrame
    mix: pd.DataFrame
    markers: pd.DataFrame
    completeness: pd.DataFrame
    reorganisation: pd.DataFrame


def describe_parameters(
    options: Options,
    *,
    teams: Teams,
    people: People,
    effort: Effort,
    days: Days,
    given: np.ndarray,
    months: pd.PeriodIndex,
    calendar: pd.DatetimeIndex,
) -> BenchParameters:
    """Put the parameters into frames.

    Parameters
    ----------
    given
        As `Work.given`.
    """
    names = months.strftime("%Y-%m").to_numpy()
    logged = logged_parts(len(months), changed=options.logs_less_from)
    return BenchParameters(
        teams=_team_frame(teams, names),
        people=_people_frame(people, teams),
        effort=_effort_frame(teams, effort, days, given, names=names, drift=options.drift),
        mix=_mix_frame(teams, effort, days, given, names=names, logged=logged),
        markers=marker_frame(teams, effort),
        completeness=pd.DataFrame(logged, columns=list(CATEGORIES)).assign(month=names)[
            ["month", *CATEGORIES]
        ],
        reorganisation=_reorganisation_frame(options, teams, people, names, calendar),
    )


def logged_parts(months: int, *, changed: int | None) -> np.ndarray:
    """Give the part of hours that the log holds, month × category."""
    logged = np.full((months, len(CATEGORIES)), 1 - MISSING_HOURS)
    if changed is not None:
        logged[changed:] *= STILL_LOGGED
    return logged


def _team_frame(teams: Teams, names: np.ndarray) -> pd.DataFrame:
    months = dict(enumerate(names))
    texts = ["team", "department", "midpoint_month", "rollout_month"]
    return pd.DataFrame(
        {
            "team": teams.name,
            "department": teams.department,
            "n_people": teams.size,
            "never": teams.never,
            "midpoint": teams.midpoint,
            "midpoint_month": pd.Series(teams.midpoint).round().map(months),
            "width": teams.width,
            "ceiling": teams.ceiling,
            "rollout_month": pd.Series(teams.rollout).map(months),
            "releasable": teams.releasable,
            **{f"to_{name}": teams.destinations[:, i] for i, name in enumerate(DESTINATIONS)},
            "connection_falls": teams.connection_falls & ~teams.never,
            **{f"base_{name}": teams.mix[:, i] for i, name in enumerate(CATEGORIES)},
        }
    ).astype(dict.fromkeys(texts, "str"))


def _people_frame(people: People, teams: Teams) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person": people.id,
            "first_team": teams.name[people.home],
            "weekly_hours": people.weekly_hours,
            "rounds_starts": people.rounds,
            "reorganised": np.isin(np.arange(len(people)), people.moved),
        }
    ).astype({"person": "str", "first_team": "str"})


def _effort_frame(
    teams: Teams,
    effort: Effort,
    days: Days,
    given: np.ndarray,
    *,
    names: np.ndarray,
    drift: float,
) -> pd.DataFrame:
    n_teams, n_months = effort.adoption.shape
    cell = days.team * n_months + days.month
    pairs = np.unique(cell * (days.person.max(initial=0) + 1) + days.person)
    of_pair = pairs // (days.person.max(initial=0) + 1)
    adoption = effort.adoption.ravel()
    return pd.DataFrame(
        {
            "team": np.repeat(teams.name, n_months),
            "month": np.tile(names, n_teams),
            "full_weeks": _full_weeks(days, effort).ravel(),
            "n_people": np.bincount(of_pair, minlength=n_teams * n_months),
            "adoption": adoption,
            "ai_share": ALONE * adoption,
            "both_share": TOGETHER * adoption,
            "drift": drift * adoption,
            "total": effort.hours.sum(axis=2).ravel(),
            **{name: effort.hours[:, :, i].ravel() for i, name in enumerate(PARTS)},
            "touched": effort.touched().ravel(),
            "creative_with_ai": (effort.hours * effort.with_ai())[:, :, 2].ravel(),
            "released": effort.released.ravel(),
            **{f"to_{n}": effort.gone_to[:, :, i].ravel() for i, n in enumerate(DESTINATIONS)},
            **{f"given_{name}": given[:, :, i].ravel() for i, name in enumerate(PARTS)},
        }
    ).astype({"team": "str", "month": "str"})


def _mix_frame(
    teams: Teams,
    effort: Effort,
    days: Days,
    given: np.ndarray,
    *,
    names: np.ndarray,
    logged: np.ndarray,
) -> pd.DataFrame:
    hours = by_category(effort.hours)
    expected = hours * _full_weeks(days, effort)[:, :, None]
    of_these = by_category(given)
    n_teams, n_months, n = hours.shape
    return pd.DataFrame(
        {
            "team": np.repeat(teams.name, n_months * n),
            "month": np.tile(np.repeat(names, n), n_teams),
            "category": np.tile(CATEGORIES, n_teams * n_months),
            "share": (hours / hours.sum(axis=2, keepdims=True)).ravel(),
            "hours_per_week": hours.ravel(),
            "expected_hours": expected.ravel(),
            "given_hours": of_these.ravel(),
            "given_logged_hours": (of_these * logged).ravel(),
        }
    ).astype({"team": "str", "month": "str", "category": "str"})


def _full_weeks(days: Days, effort: Effort) -> np.ndarray:
    """Count the days that were logged, in full weeks of five: team × month."""
    shape = effort.adoption.shape
    cell = days.team * shape[1] + days.month
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape) / 5


def _reorganisation_frame(
    options: Options,
    teams: Teams,
    people: People,
    names: np.ndarray,
    calendar: pd.DatetimeIndex,
) -> pd.DataFrame:
    """Say what moving people did to the mix of the whole, no team changing its own."""
    month, between = "", np.zeros(len(CATEGORIES))
    if options.reorganised_in is not None:
        month = str(names[options.reorganised_in])
        day = int(np.flatnonzero(calendar.day == 1)[options.reorganised_in])
        shares = [_contracted_shares(people, len(teams), at) for at in (day - 1, day)]
        between = (shares[1] - shares[0]) @ teams.mix
    return pd.DataFrame(
        {"category": CATEGORIES, "month": month, "n_moved": len(people.moved), "between": between}
    ).astype({"category": "str", "month": "str"})


def _contracted_shares(people: People, n_teams: int, day: int) -> np.ndarray:
    there = people.team_at[:, day] >= 0
    hours = np.bincount(
        people.team_at[there, day], weights=people.weekly_hours[there], minlength=n_teams
    )
    return hours / hours.sum()
