"""The quarantine: what enters with a run, and what leaves because it was corrected."""

import pandas as pd

from taskmix.ingest.ranges import Range

_EPOCH = pd.Timestamp("1970-01-01")


def settle_quarantine(
    before: pd.DataFrame,
    refused: list[pd.DataFrame],
    *,
    fresh_files: list[str],
    covered: list[Range],
    accepted_ids: set[str],
    corrected: set[str],
) -> pd.DataFrame:
    """Return the quarantine after a run.

    A refused record leaves when its file was read again, when a later export covers its day for
    its person (what is still wrong there is refused there), when its lasting id was accepted,
    or when a corrected copy of it was.

    Parameters
    ----------
    before : pandas.DataFrame
        The table ``quarantine``.
    refused : list of pandas.DataFrame
        What the run's files had refused, the last file last.
    fresh_files : list of str
        The files that were read.
    covered : list of Range
        What the run's files replaced.
    accepted_ids : set of str
        Lasting ids of the run's accepted rows.
    corrected : set of str
        Refused records that were corrected, now or in an earlier run.
    """
    kept = before[~before["file"].isin(fresh_files)]
    kept = kept[~kept["task_id"].isin(accepted_ids)]
    for span in covered if len(kept) else ():
        kept = kept[~_inside(kept, span)]
    frames = [frame for frame in (kept, *refused) if len(frame)]
    after = pd.concat(frames, ignore_index=True) if frames else kept
    after = after[~after["refusal"].isin(corrected)]
    return after.drop_duplicates("refusal", keep="last").reset_index(drop=True)


def _inside(rows: pd.DataFrame, span: Range) -> pd.Series:
    if "logged_as" not in span.by or "project" in span.by:
        # Of a refused record only the name is kept, and not which calendar it stood in.
        return pd.Series(False, index=rows.index)
    days = (rows["day"] - _EPOCH).dt.days
    no_clock = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us, UTC]")
    return span.covers(rows.assign(first_day=days, started_at=no_clock))
