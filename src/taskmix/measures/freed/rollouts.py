"""When each team began to work with AI, as its own log tells."""

import pandas as pd

from taskmix.measures.performers import execution_by_performer

#: AI has come to a team once it takes part in this part of its execution tasks …
AI_FROM = 0.05
#: … in this many months in a row.
_MONTHS_IN_A_ROW = 2
#: Who carried them out must be known of this part of a team's execution tasks.
_KNOWN_FROM = 0.5

WITH_AI, WITHOUT_AI, NOT_KNOWN = "with AI", "without AI", "not known"


def roll_outs(cells: pd.DataFrame) -> pd.DataFrame:
    """Find the month in which AI came to each team.

    It is the first of two months in a row in which AI alone, or together with people, carried
    out at least 5% of the team's execution tasks whose performer is known.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up by month (`taskmix.schema.RollUp`).

    Returns
    -------
    pandas.DataFrame
        One row a team: ``team``, ``status`` (with AI, without AI; not known where less than half
        of its execution tasks have a known performer) and ``roll_out`` (a month such as 2026-09;
        missing without AI).
    """
    table = execution_by_performer(cells, by=("period", "team")).sort_values(["team", "period"])
    table = table[table["known"].notna()]
    touched = table["ai"] + table["both"]
    is_on = touched >= AI_FROM
    by_team = is_on.groupby(table["team"])
    run = is_on.astype("int64")
    for back in range(1, _MONTHS_IN_A_ROW):
        # The last month has no later one to confirm it, and is taken by itself.
        run += by_team.shift(-back, fill_value=True).astype("int64")
    begins = table[run == _MONTHS_IN_A_ROW].groupby("team")["period"].first()
    tasks = table[["n_ai", "n_both", "n_human", "n_unknown"]].sum(axis=1)
    weighted = (table["known"] * tasks).groupby(table["team"]).sum()
    known = weighted / tasks.groupby(table["team"]).sum()
    teams = pd.DataFrame({"known": known}).rename_axis("team").reset_index()
    teams["roll_out"] = teams["team"].map(begins).astype("str")
    is_known = teams["known"] >= _KNOWN_FROM
    teams["roll_out"] = teams["roll_out"].where(is_known)
    status = teams["roll_out"].notna().map({True: WITH_AI, False: WITHOUT_AI})
    teams["status"] = status.where(is_known, NOT_KNOWN).astype("str")
    return teams[["team", "status", "roll_out"]]
