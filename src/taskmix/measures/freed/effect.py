"""Freed hours as an effect of AI: teams with it against teams without, where there are enough."""

import numpy as np
import pandas as pd

from taskmix.language import noted, number, percentage, tr
from taskmix.measures.freed.completeness import MOST_CHANGE
from taskmix.measures.freed.imputation import Panel, impute_effect
from taskmix.measures.freed.parts import DESTINATIONS, LEFT_WORK, PARTS, RELEASED, part_of
from taskmix.measures.freed.rollouts import WITH_AI, WITHOUT_AI
from taskmix.periods import parse_period
from taskmix.store import measured_once

#: Teams that never had AI, months before each roll-out, and teams that got it: fewer are too few.
MIN_WITHOUT, MIN_BEFORE, MIN_WITH = 8, 4, 5
#: The check pretends that AI came so many months earlier than it did.
_PRETENDED = 2
#: What is said of a log that became less or more complete, without AI and with it.
_CHANGED_WITHOUT = (
    noted("in the teams without AI the log became {part} less complete, which is more than {most}"),
    noted("in the teams without AI the log became {part} more complete, which is more than {most}"),
)
_CHANGED_WITH = (
    noted("with AI the log became {part} less complete, which is more than {most}"),
    noted("with AI the log became {part} more complete, which is more than {most}"),
)
_ALL = "all"


def team_months(cells: pd.DataFrame, completeness: pd.DataFrame) -> pd.DataFrame:
    """Lay the hours of each part out by team and month, per person-week.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up by month (`taskmix.schema.RollUp`).
    completeness : pandas.DataFrame
        As `log_completeness` makes it by ``period`` and ``team``.

    Returns
    -------
    pandas.DataFrame
        One row a team and month with any person-week: ``period``, ``team``, ``person_weeks``,
        ``hours_logged`` (part of those declared), ``tagged`` (part of the hours that people
        tagged), a column for each of `PARTS` and ``all`` (hours a person-week).
    """
    keys = ["period", "team"]
    sums = cells.assign(part=part_of(cells)).pivot_table(
        index=keys, columns="part", values="hours", aggfunc="sum", fill_value=0.0, observed=True
    )
    sums = sums.reindex(columns=list(PARTS), fill_value=0.0).reset_index()
    by_people = cells[cells["basis"] == "tagged"].groupby(keys)["hours"].sum().rename("tagged")
    lengths = completeness[[*keys, "person_weeks", "hours_logged"]]
    table = lengths[lengths["person_weeks"] > 0].merge(sums, how="left", on=keys)
    table = table.merge(by_people.reset_index(), how="left", on=keys)
    hours = table[list(PARTS)].fillna(0.0).div(table["person_weeks"], axis=0)
    total = hours.sum(axis=1)
    tagged = table["tagged"].fillna(0.0) / (total * table["person_weeks"]).where(total > 0)
    return table.assign(tagged=tagged, **hours, **{_ALL: total}).sort_values(
        keys, ignore_index=True
    )


@measured_once
def freed_effect(months: pd.DataFrame, roll_outs: pd.DataFrame, *, period: str) -> pd.DataFrame:
    """Estimate what AI itself released in a period, and where it went.

    The effect on each part of a person-week's hours, in the period's months, of the teams that
    have AI by then; weighted by person-weeks, so the parts add up as in `freed_hours`. By
    `impute_effect`; teams with fewer than four months before their roll-out are left out. It is
    the effect on hours by tag and sure label: where people tagged few of them (``tagged``) the
    sorter's mistakes are in it, and in no interval.

    It is given only where all of this holds: at least 8 teams without AI and 5 with it and four
    months before; the log's completeness changed by no more than 5%, neither for all teams nor
    with the roll-out, as far as it is known; and pretending that AI came two months earlier
    shows no effect before it did.

    Parameters
    ----------
    months : pandas.DataFrame
        As `team_months` makes it, of all teams and months, small teams too.
    roll_outs : pandas.DataFrame
        As `roll_outs` makes it: ``team``, ``status`` and ``roll_out``.
    period : str
        A month, quarter or year.

    Returns
    -------
    pandas.DataFrame
        One row for ``released`` and one for each of `DESTINATIONS`: ``period``, ``part``,
        ``hours`` (a person-week), ``low`` and ``high`` (95%), ``n_with`` and ``n_without``
        (teams), ``n_before`` (months before the roll-out that each of them has at least, or where
        that is too few, the fifth), ``tagged`` (part of the hours compared that people tagged)
        and ``why_not`` (empty; else why the hours are missing).
    """
    rows = _dated(months, roll_outs, period=period)
    facts = _counted(rows)
    why_not = _too_few(**facts)
    rows = _usable(rows)
    table = pd.DataFrame({"part": [RELEASED, *DESTINATIONS]})
    table[["hours", "low", "high", "tagged"]] = np.nan
    if not why_not:
        why_not = _less_complete(rows) or _before_it_came(rows)
    if not why_not:
        effect = impute_effect(rows[[*PARTS, _ALL]].to_numpy(), _panel(rows))
        signs = np.where(table["part"].isin([RELEASED, LEFT_WORK]), -1.0, 1.0)
        table["hours"] = signs * effect.estimate
        table["low"] = table["hours"] - effect.reach
        table["high"] = table["hours"] + effect.reach
        table["tagged"] = _tagged(rows)
    table = table.assign(period=period, **facts, why_not=why_not)
    columns = ["period", "part", "hours", "low", "high", *facts, "tagged", "why_not"]
    return table[columns].astype(dict.fromkeys(["period", "part", "why_not"], "str"))


def _dated(months: pd.DataFrame, roll_outs: pd.DataFrame, *, period: str) -> pd.DataFrame:
    """Give the months up to the period's last their numbers, and mark those asked for.

    Teams that are not seen in the period are not there to be compared.
    """
    known = roll_outs[roll_outs["status"].isin([WITH_AI, WITHOUT_AI])]
    rows = months.merge(known, on="team")
    rows["number"] = _month_number(rows["period"])
    rows["since"] = rows["number"] - _month_number(rows["roll_out"])
    asked = parse_period(period)
    ends = pd.Series([f"{day:%Y-%m}" for day in (asked.start_time, asked.end_time)])
    first, last = _month_number(ends)
    rows["is_now"] = rows["number"].between(first, last)
    rows["of_interest"] = rows["is_now"] & (rows["since"] >= 0)
    seen = rows.loc[rows["is_now"], "team"].unique()
    return rows[(rows["number"] <= last) & rows["team"].isin(seen)].reset_index(drop=True)


def _counted(rows: pd.DataFrame) -> dict[str, int]:
    """Count the teams with AI and without, and the months before the roll-outs."""
    with_ai = rows.loc[rows["of_interest"], "team"].unique()
    before = (rows["since"] < 0).groupby(rows["team"]).sum().reindex(with_ai)
    before = before.sort_values(ascending=False)
    enough = before[before >= MIN_BEFORE]
    counted = enough if len(enough) >= MIN_WITH else before[:MIN_WITH]
    return {
        "n_with": len(counted),
        "n_without": rows.loc[rows["roll_out"].isna(), "team"].nunique(),
        "n_before": int(counted.min()) if len(counted) else 0,
    }


def _too_few(*, n_with: int, n_without: int, n_before: int) -> str:
    if n_without < MIN_WITHOUT:
        return tr("not enough data: has {n} teams without AI, needs {least}",
                  n=n_without, least=MIN_WITHOUT)  # fmt: skip
    if n_with < MIN_WITH:
        return tr("not enough data: has {n} teams with AI, needs {least}", n=n_with, least=MIN_WITH)
    if n_before < MIN_BEFORE:
        return tr("not enough data: has {n} months before the roll-out, needs {least}",
                  n=n_before, least=MIN_BEFORE)  # fmt: skip
    return ""


def _usable(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the teams with enough months before, and the rows that say anything of the period."""
    before = (rows["since"] < 0).groupby(rows["team"]).transform("sum")
    has_ai = rows["of_interest"].groupby(rows["team"]).transform("any")
    # What is treated outside of the period says nothing of it.
    rows = rows[(~has_ai | (before >= MIN_BEFORE)) & (rows["is_now"] | ~(rows["since"] >= 0))]
    # A month in which nobody is without AI has nothing to be imputed from.
    imputable = rows.loc[~rows["of_interest"], "number"].unique()
    return rows[rows["number"].isin(imputable)].reset_index(drop=True)


def _panel(rows: pd.DataFrame) -> Panel:
    return Panel(
        team=pd.factorize(rows["team"], sort=True)[0],
        month=pd.factorize(rows["number"], sort=True)[0],
        since=rows["since"].fillna(-1).to_numpy(dtype=int),
        weight=rows["person_weeks"].to_numpy(dtype=float),
        of_interest=rows["of_interest"].to_numpy(dtype=bool),
    )


def _tagged(rows: pd.DataFrame) -> float:
    hours = rows[_ALL] * rows["person_weeks"]
    return float((rows["tagged"].fillna(0.0) * hours).sum() / hours.sum())


def _less_complete(rows: pd.DataFrame) -> str:
    """Say that the log holds another part of people's time than before; empty if it does not."""
    rows = rows[rows["hours_logged"].notna()].reset_index(drop=True)
    facts = _counted(rows)
    if _too_few(**facts):
        return ""
    panel, held = _panel(rows), rows["hours_logged"].to_numpy(dtype=float)
    with_ai = impute_effect(held[:, None], panel).estimate[0]
    now = np.average(held[panel.of_interest], weights=panel.weight[panel.of_interest])
    for part, (less, more) in ((_change_without(rows), _CHANGED_WITHOUT),
                               (with_ai / (now - with_ai), _CHANGED_WITH)):  # fmt: skip
        if abs(part) > MOST_CHANGE:
            said = more if part > 0 else less
            return tr(said, part=percentage(abs(part)), most=percentage(MOST_CHANGE))
    return ""


def _change_without(rows: pd.DataFrame) -> float:
    """Return by what part the log of the teams without AI became more complete, season for season.

    Against the same months of the years before, where there are any.
    """
    never = rows[rows["roll_out"].isna()]
    now, before = never[never["is_now"]], never[~never["is_now"]]
    same = before[(before["number"] % 12).isin(now["number"] % 12)]
    held = [
        np.average(part["hours_logged"], weights=part["person_weeks"])
        for part in (now, same if len(same) else before)
    ]
    return float(held[0] / held[1] - 1)


def _before_it_came(rows: pd.DataFrame) -> str:
    """Say that the teams moved apart before AI came; empty if that is not shown."""
    earlier = rows[~(rows["since"] >= 0)].reset_index(drop=True)
    with_ai = earlier["team"].isin(rows.loc[rows["of_interest"], "team"])
    since = earlier["since"] + _PRETENDED
    pretended = earlier.assign(since=since, of_interest=with_ai & (since >= 0))
    # Where a team has no month in that stretch it is no evidence either way.
    if pretended.loc[pretended["of_interest"], "team"].nunique() < MIN_WITH:
        return ""
    effect = impute_effect(pretended[[PARTS[0]]].to_numpy(), _panel(pretended))
    if abs(effect.estimate[0]) <= effect.reach[0]:
        return ""
    sign = "-" if f"{effect.estimate[0]:+.1f}".startswith("-") else "+"
    return tr(
        "in the {n} months before AI came execution already moved by {hours} hours a person-week "
        "against the teams without",
        n=_PRETENDED,
        hours=f"{sign}{number(abs(effect.estimate[0]), 1, grouped=False)}",
    )


def _month_number(names: pd.Series) -> pd.Series:
    """Give months such as 2026-09 a number; missing where there is none."""
    month = pd.to_datetime(names, format="%Y-%m")
    return month.dt.year * 12 + month.dt.month
