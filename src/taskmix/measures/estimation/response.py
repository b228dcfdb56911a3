"""Weights of the answered tasks: π as drawn, and within cells the part that was answered."""

import numpy as np
import pandas as pd

#: A team, and half of its workload, is a cell of its own from so many drawn tasks on.
_TEAM_DRAWN, _HALF_DRAWN = 20, 20
#: The fewest answers that may stand for their cell.
_MIN_ANSWERED = 5


def weigh_answers(drawn: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Weight the drawn tasks that were answered so that they stand for those that were not.

    Who has most to do answers least, and teams differ. So the rate of answers is taken within
    cells: period × tagged or not × team × the busier or the less busy half of its drawn tasks (by
    the hours of the task's person in the period). Teams of fewer than 20 drawn tasks are one
    cell together, halves of fewer than 20 are not told apart, and a cell with fewer than 5
    answers is joined with others.

    Parameters
    ----------
    drawn : pandas.DataFrame
        One row a drawn task, all of them, answered or not: ``period``, ``team``, ``person``,
        ``is_tagged``, ``pi`` (0–1, as executed), ``hours``, ``answer`` (category; missing: not
        answered).
    people : pandas.DataFrame
        As `taskmix.measures.estimation.person_sums` returns them.

    Returns
    -------
    pandas.DataFrame
        `drawn` with ``cell`` (a text), ``rate`` (0–1: the part of the cell's drawn hours / π
        that was answered) and ``weight`` (1 / (π · rate); 0 where not answered). Within a cell
        weight × hours adds up to the hours over π of all that were drawn.

    References
    ----------
    Särndal, Swensson & Wretman (1992). Model Assisted Survey Sampling, §15.6 (response
    homogeneity groups).
    """
    return weigh_by_workload(drawn.assign(workload=_workload(drawn, people))).drop(
        columns="workload"
    )


def weigh_by_workload(drawn: pd.DataFrame) -> pd.DataFrame:
    """Do what `weigh_answers` does for drawn tasks that bring their ``workload`` (hours) along."""
    answered = drawn["answer"].notna()
    expanded, cell = drawn["hours"] / drawn["pi"], _cells(drawn, answered)
    rate = (expanded * answered).groupby(cell).transform("sum") / expanded.groupby(cell).transform(
        "sum"
    )
    weight = (1 / (drawn["pi"] * rate)).where(answered, 0.0)
    return drawn.assign(cell=cell, rate=rate, weight=weight)


def response(drawn: pd.DataFrame) -> pd.DataFrame:
    """Tell what part of the drawn tasks was answered.

    Parameters
    ----------
    drawn : pandas.DataFrame
        As for `weigh_answers`.

    Returns
    -------
    pandas.DataFrame
        One row a period and ``is_tagged`` (the tagged tasks are labelled again): ``n_drawn``,
        ``n_answered`` and ``rate`` (0–1).
    """
    by = [drawn["period"], drawn["is_tagged"]]
    counts = drawn["answer"].notna().groupby(by).agg(["size", "sum"])
    counts = counts.set_axis(["n_drawn", "n_answered"], axis=1).astype("int64").reset_index()
    return counts.assign(rate=counts["n_answered"] / counts["n_drawn"])


def _cells(drawn: pd.DataFrame, answered: pd.Series) -> pd.Series:
    """Name the cell of each drawn task, from fine to coarse where answers are too few."""
    stratum = drawn["period"] + np.where(drawn["is_tagged"], "|tagged", "|untagged")
    size = drawn.groupby([stratum, drawn["team"].fillna("")])["pi"].transform("size")
    team = drawn["team"].fillna("").where(size >= _TEAM_DRAWN, "")
    coarse = stratum + "|" + team
    busy = drawn["workload"]
    half = pd.Series(np.where(busy > busy.groupby(coarse).transform("median"), "+", "-"),
                     index=drawn.index)  # fmt: skip
    fine = coarse + half
    enough = (answered.groupby(fine).transform("sum") >= _MIN_ANSWERED) & (
        answered.groupby(fine).transform("size") >= _HALF_DRAWN
    )
    # A half stands alone only where the other does.
    cell = fine.where(enough.groupby(coarse).transform("all"), coarse)
    lacking = answered.groupby(cell).transform("sum") < _MIN_ANSWERED
    cell = cell.mask(lacking, stratum + "|rest")
    still = answered.groupby(cell).transform("sum") < _MIN_ANSWERED
    return cell.mask(still.groupby(stratum).transform("any"), stratum)


def _workload(drawn: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    keys = ["period", "person"]
    hours = people.assign(person=people["person"].fillna("")).groupby(keys)["hours"].sum()
    asked = drawn[keys].assign(person=drawn["person"].fillna(""))
    return asked.merge(hours.rename("busy").reset_index(), on=keys, how="left")[
        "busy"
    ].set_axis(drawn.index).fillna(0.0)  # fmt: skip
