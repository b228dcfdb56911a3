"""The mix that was wanted beside the mix that is. A distance from a wish is no grade of a team."""

from collections.abc import Iterable
from difflib import get_close_matches

import numpy as np
import pandas as pd

from taskmix.errors import SettingsError
from taskmix.language import noted
from taskmix.settings import Targets

INSIDE, BELOW, ABOVE, NOT_SURE = noted("inside"), noted("below"), noted("above"), noted("not sure")
#: Two shares that are equal as they are written are no distance apart.
_SAME = 0.005


def wanted_against_actual(
    shares: pd.DataFrame, targets: Targets, *, team: str | None = None
) -> pd.DataFrame:
    """Set each share beside the one that was wanted of it.

    Parameters
    ----------
    shares : pandas.DataFrame
        One row a period, team (where there is a column ``team``) and category: ``period``,
        ``category``, ``share`` (0–1) and, where an audit earned them, ``low`` and ``high``.
    targets : taskmix.settings.Targets
        A team's own mix stands in place of the general one; all teams together have the general.
    team : str, optional
        The one team that all rows of a frame without ``team`` belong to.

    Returns
    -------
    pandas.DataFrame
        The rows that have a target, in their order: ``period``, ``team`` where given,
        ``category``, ``share``, ``low`` and ``high`` (missing without an audit), ``wanted_low``
        and ``wanted_high`` (0–1, the same where one share is wanted), ``gap`` (share minus the
        nearest wanted one, 0 inside the range), ``stands`` (``inside``, within half a point;
        ``below`` or ``above``, with the whole interval where there is one; ``not sure`` where
        the interval reaches into the range; missing without a share), ``audited`` (whether there
        is an interval) and ``whose`` (``own`` or ``general`` target).
    """
    has_team = "team" in shares
    owners = list(shares["team"]) if has_team else [team] * len(shares)
    ranges = [
        targets.of_team(owner).get(str(category), (np.nan, np.nan))
        for owner, category in zip(owners, shares["category"], strict=True)
    ]
    wanted = np.array(ranges, dtype=float).reshape(-1, 2)
    keys = ["period", *(["team"] if has_team else []), "category"]
    missing = pd.Series(np.nan, index=shares.index)
    table = shares[[*keys, "share"]].assign(
        low=shares.get("low", missing),
        high=shares.get("high", missing),
        wanted_low=wanted[:, 0],
        wanted_high=wanted[:, 1],
        whose=["own" if owner in targets.teams else "general" for owner in owners],
    )
    table = table[table["wanted_low"].notna()].reset_index(drop=True)
    nearest = table["share"].clip(table["wanted_low"], table["wanted_high"])
    table["gap"] = table["share"] - nearest
    table["audited"] = table["low"].notna()
    table["stands"] = _stands(table)
    columns = [*keys, "share", "low", "high", "wanted_low", "wanted_high", "gap", "stands",
               "audited", "whose"]  # fmt: skip
    return table[columns].astype({"stands": "str", "whose": "str"})


def check_targets(targets: Targets, teams: Iterable[str]) -> None:
    """Check that every team with a target of its own is in the log.

    Parameters
    ----------
    teams : iterable of str
        All teams of the log, shown or not.

    Raises
    ------
    SettingsError
        Naming the first that is not: a misspelt team would silently keep the general target.
    """
    known = sorted(set(teams))
    for team in targets.teams:
        if team not in known:
            near = get_close_matches(team, known, n=1)
            raise SettingsError(
                f"targets.teams: team {team[:60]!r} is not in the log; "
                + (f"did you mean {near[0]!r}? " if near else "")
                + "Correct its name, or take the table out until the team has logged something"
            )


def _stands(table: pd.DataFrame) -> pd.Series:
    low = table["low"].fillna(table["share"])
    high = table["high"].fillna(table["share"])
    below, above = high < table["wanted_low"], low > table["wanted_high"]
    is_off = table["gap"].abs() > _SAME
    stands = pd.Series(INSIDE, index=table.index, dtype="str")
    stands = stands.mask(is_off, NOT_SURE).mask(is_off & below, BELOW).mask(is_off & above, ABOVE)
    return stands.mask(table["share"].isna())
