"""Stage the files of a run against the table, in memory, before anything is written."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from taskmix.ingest.keys import row_digests
from taskmix.store import TABLES, read_table, table_version

_EPOCH = pd.Timestamp("1970-01-01")
_INDEX = ["task_id", "digest", "source", "person", "first_day"]


@dataclass(frozen=True)
class Merged:
    """Counts of one staged file, in source records; `removed` in rows of the table."""

    accepted: int
    updated: int
    unchanged: int
    removed: int


@dataclass
class Staged:
    """The table as it will be: what it holds now, and the rows of this run.

    Attributes
    ----------
    known : pandas.DataFrame
        Index: ``task_id``; digest, source, person and first day of every row.
    written : pandas.Series of str
        Index: ``task_id``; the digest of every row that the table holds now.
    changed : dict of str to pandas.DataFrame
        By file, the rows that are new or different.
    removed : set of str
        Ids of rows that an export no longer holds.
    has_table : bool
        Whether the table existed before.
    """

    known: pd.DataFrame
    written: pd.Series
    has_table: bool
    changed: list[pd.DataFrame] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def add(self, log: pd.DataFrame, *, file: str, run_id: str, replaces: bool) -> Merged:
        """Stage one file's rows.

        Parameters
        ----------
        log : pandas.DataFrame
            `TaskLog` rows; an id that comes twice is one row, the second is unchanged.
        replaces : bool
            Whether rows of the same source and person between the file's first and last
            day that are not in it are removed.
        """
        rows = with_storage(log.drop_duplicates("task_id"), file=file, run_id=run_id)
        old = self.known["digest"].reindex(rows["task_id"]).to_numpy()
        is_new = pd.isna(old)
        differs = ~is_new & (old != rows["digest"].to_numpy())
        gone = self._gone(rows) if replaces else []
        self.changed.append(rows[is_new | differs])
        entries = rows[_INDEX].set_index("task_id")
        stale = [*gone, *entries.index[~is_new]]
        self.known = pd.concat(
            [self.known[~self.known.index.isin(stale)] if stale else self.known, entries]
        )
        self.removed = (self.removed | set(gone)) - set(rows["task_id"])
        accepted, updated = int(is_new.sum()), int(differs.sum())
        return Merged(accepted, updated, len(log) - accepted - updated, len(gone))

    def changes(self) -> tuple[pd.DataFrame, list[str]]:
        """Return the rows to write, each id once with its last content, and ids to delete.

        What one file of the run took away and a later one brought back is no change.
        """
        columns = list(TABLES["tasks"].fields.names)
        removed = sorted(self.removed & set(self.written.index)) if self.removed else []
        frames = [frame for frame in self.changed if len(frame)]
        if not frames:
            return pd.DataFrame(columns=columns), removed
        rows = pd.concat(frames, ignore_index=True).drop_duplicates("task_id", keep="last")
        differs = self.written.reindex(rows["task_id"]).to_numpy() != rows["digest"].to_numpy()
        return rows[differs & ~rows["task_id"].isin(self.removed)][columns], removed

    def _gone(self, rows: pd.DataFrame) -> list[str]:
        spans = rows.groupby(["source", "person"])["first_day"].agg(["min", "max"]).reset_index()
        # Days first: they are numbers, and leave little of a long table to be joined.
        near = self.known["first_day"].between(spans["min"].min(), spans["max"].max())
        held = self.known[near].reset_index().merge(spans, on=["source", "person"])
        inside = held["first_day"].between(held["min"], held["max"])
        return held.loc[inside & ~held["task_id"].isin(rows["task_id"]), "task_id"].tolist()


def stage(processed: Path) -> Staged:
    """Begin with what the table holds now."""
    known = read_table(processed, "tasks", columns=_INDEX).set_index("task_id")
    return Staged(
        known=known,
        written=known["digest"],
        has_table=table_version(processed, "tasks") is not None,
    )


def with_storage(log: pd.DataFrame, *, file: str, run_id: str) -> pd.DataFrame:
    """Add the columns that the table has beside the task log's own."""
    first = (log["local_date"] - _EPOCH).dt.days.astype("int32")
    last = (log["local_end_date"].fillna(log["local_date"]) - _EPOCH).dt.days.astype("int32")
    return log.assign(
        month=log["local_date"].dt.strftime("%Y-%m").astype("str"),
        first_day=first,
        last_day=last,
        digest=row_digests(log),
        file=pd.Series(file, index=log.index, dtype="str"),
        run_id=pd.Series(run_id, index=log.index, dtype="str"),
    )
