"""What ingest must count in the invented organisation's files, to the last row."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ExpectedCounts:
    """What must become of one file's rows.

    Attributes
    ----------
    read, accepted, unchanged, quarantined, skipped : int
        Rows; the first is the sum of the others on a first ingest.
    reasons : dict of str to int
        Why rows were quarantined or skipped.
    overlapping : int
        Accepted entries that begin before one that began earlier (or stands before it with
        the same begin) has ended, by the same person in the same file. Timers of AI run beside
        a person's and are left out on both sides.
    over_midnight : int
        Accepted entries that end on a later day (UTC) than they began.
    """

    read: int
    accepted: int
    unchanged: int
    quarantined: int
    skipped: int
    reasons: dict[str, int]
    overlapping: int
    over_midnight: int


def expected_counts(truth: pd.DataFrame) -> dict[str, ExpectedCounts]:
    """Count what ingest must report on each file, read for the first time.

    Parameters
    ----------
    truth : pandas.DataFrame
        Of `taskmix.synth.truth_frame`.

    Returns
    -------
    dict of str to ExpectedCounts
        By file name.
    """
    return {str(file): _count(rows) for file, rows in truth.groupby("file", sort=False)}


def _count(rows: pd.DataFrame) -> ExpectedCounts:
    fates = rows["fate"].value_counts()
    accepted = rows[rows["fate"] == "accepted"]
    last = (accepted["ended_at"] - pd.Timedelta(microseconds=1)).dt.normalize()
    return ExpectedCounts(
        read=len(rows),
        accepted=int(fates.get("accepted", 0)),
        unchanged=int(fates.get("unchanged", 0)),
        quarantined=int(fates.get("quarantined", 0)),
        skipped=int(fates.get("skipped", 0)),
        reasons=rows.loc[rows["reason"] != "", "reason"].value_counts().to_dict(),
        overlapping=_count_overlaps(accepted[accepted["performer_logged"] != "ai"]),
        over_midnight=int((last > accepted["started_at"].dt.normalize()).sum()),
    )


def _count_overlaps(entries: pd.DataFrame) -> int:
    clocked = entries.dropna(subset=["ended_at"])
    clocked = clocked.sort_values(["person", "started_at"], kind="stable")
    latest_end = clocked.groupby("person")["ended_at"].cummax()
    before = latest_end.groupby(clocked["person"]).shift()
    return int((clocked["started_at"] < before).sum())
