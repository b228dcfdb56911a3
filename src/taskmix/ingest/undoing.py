"""Take an ingest back: the log as if that run had not been."""

from dataclasses import dataclass

import pandas as pd

from taskmix.errors import StoreError
from taskmix.settings import Settings
from taskmix.store import Change, change_of_run, merge_rows, read_table, replace_table, writing
from taskmix.store.history import gone_sentence, kept_since

_STATE = ["digest", "run_id", "file"]
_COUNTS = ["read", "accepted", "updated", "quarantined", "removed"]


@dataclass(frozen=True)
class Undone:
    """What an undo did.

    Attributes
    ----------
    files : list of str
        The files of the run; they are read again by the next ingest that meets them.
    taken_back : int
        Rows that the run had added.
    restored : int
        Rows that the run had changed or removed, now as before.
    """

    run_id: str
    files: list[str]
    taken_back: int
    restored: int


def list_runs(settings: Settings) -> pd.DataFrame:
    """List the ingests that changed something or read a file anew, the newest first.

    Returns
    -------
    pandas.DataFrame
        One row a run: ``run_id``, ``at`` (UTC), ``files`` and counts in source records.
    """
    ledger = read_table(settings.processed, "runs")
    runs = ledger.groupby("run_id").agg(
        at=("at", "min"), files=("file", "size"), **{name: (name, "sum") for name in _COUNTS}
    )
    return runs.sort_values("at", ascending=False).reset_index()


def undo(settings: Settings, run_id: str) -> Undone:
    """Undo one ingest; what later runs brought stays.

    An undo that was cut off is completed by the same command.

    Raises
    ------
    StoreError
        If there is no such run, a later run changed the same tasks again, or the log as it was
        before is not kept any more; nothing is changed then.
    """
    processed = settings.processed
    with writing(processed):
        ledger = read_table(processed, "runs")
        change = change_of_run(processed, "tasks", run_id)
        if change is None and run_id not in set(ledger["run_id"]):
            known = ", ".join(list_runs(settings)["run_id"].head(5)) or "none"
            raise StoreError(f"no run {run_id[:60]!r}; the latest are {known} (`taskmix undo`)")
        since = kept_since(processed, "tasks")
        if change is None and since is not None and since > _time_of(ledger, run_id):
            raise StoreError(gone_sentence(run_id))
        rows, gone = _way_back(settings, change, run_id) if change else (None, [])
        if rows is not None:
            merge_rows(processed, "tasks", changed=rows, removed=gone, run_id=f"undo-{run_id}")
        _restore_quarantine(settings, run_id)
        of_run = ledger["run_id"] == run_id
        # The ledger last: until then the run is there to be undone.
        replace_table(processed, "runs", ledger[~of_run], run_id=f"undo-{run_id}")
    return Undone(
        run_id=run_id,
        files=ledger.loc[of_run, "file"].tolist(),
        taken_back=len(gone),
        restored=0 if rows is None else len(rows),
    )


def _time_of(ledger: pd.DataFrame, run_id: str) -> pd.Timestamp:
    return ledger.loc[ledger["run_id"] == run_id, "at"].max()


def _way_back(settings: Settings, change: Change, run_id: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows to write and the ids to delete so that the run's own changes are gone."""
    before, after = (frame.set_index("task_id") for frame in (change.before, change.after))
    now = read_table(settings.processed, "tasks").set_index("task_id")
    wrote = after.index[after["run_id"] == run_id]
    touched = wrote.union(before.index.difference(after.index))
    states = [_states(frame, touched) for frame in (before, after, now)]
    is_back = states[2] == states[0]
    changed_again = touched[~is_back & (states[2] != states[1])]
    if len(changed_again):
        later = sorted(set(now["run_id"].reindex(changed_again).dropna()) - {run_id})
        raise StoreError(
            f"{len(changed_again):,} tasks of run {run_id} were changed or removed again by later "
            f"runs{' ' + ', '.join(later) if later else ''}; undo those first (`taskmix undo` "
            "lists them). Nothing was changed"
        )
    open_ids = touched[~is_back]
    rows = before.loc[before.index.intersection(open_ids)].reset_index()
    return rows, open_ids.difference(before.index).tolist()


def _states(frame: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """Say in one text a task what its row is; empty where there is none."""
    held = frame[_STATE].reindex(ids).fillna("")
    return held[_STATE[0]].str.cat(held[_STATE[1:]], sep="\x1f").str.strip("\x1f")


def _restore_quarantine(settings: Settings, run_id: str) -> None:
    change = change_of_run(settings.processed, "quarantine", run_id)
    if change is None:
        return
    now = read_table(settings.processed, "quarantine")
    left = change.before[~change.before["refusal"].isin(change.after["refusal"])]
    kept = now[now["run_id"] != run_id]
    back = left[~left["refusal"].isin(kept["refusal"])]
    frames = [frame for frame in (kept, back) if len(frame)]
    restored = pd.concat(frames, ignore_index=True) if frames else kept
    replace_table(settings.processed, "quarantine", restored, run_id=f"undo-{run_id}")
