"""Stage the files of a run against the table, in memory, before anything is written."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from taskmix.ingest.keys import part_id, row_digests
from taskmix.ingest.ranges import Range
from taskmix.store import TABLES, read_table, table_version

_EPOCH = pd.Timestamp("1970-01-01")
_INDEX = [
    "task_id",
    "digest",
    "source",
    "logged_as",
    "person",
    "project",
    "first_day",
    "started_at",
]
_NEW, _DIFFERS, _SAME = 0, 1, 2


@dataclass(frozen=True)
class Merged:
    """Counts of one staged file, in source records; `removed` in tasks of the table."""

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
    files : pandas.Series of str
        Index: ``task_id``; the file that each row of the table came from.
    """

    known: pd.DataFrame
    written: pd.Series
    has_table: bool
    files: pd.Series
    changed: list[pd.DataFrame] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def add(
        self,
        log: pd.DataFrame,
        *,
        file: str,
        run_id: str,
        covers: list[Range],
        gone: set[str],
        protected: set[str],
    ) -> Merged:
        """Stage one file's rows.

        Parameters
        ----------
        log : pandas.DataFrame
            `TaskLog` rows and ``logged_as``; index: record number. An id that comes twice is
            one row, the second is unchanged.
        covers : list of Range
            Rows of the table inside them that are not in the file are removed.
        gone : set of str
            Further ids to remove unless the file holds them.
        protected : set of str
            Ids that stay: corrections of records that the file still holds uncorrected.
        """
        repeated = log["task_id"].duplicated()
        once = log[~repeated] if repeated.any() else log
        rows, ids = with_storage(once, file=file, run_id=run_id), set(once["task_id"])
        old = self.known["digest"].reindex(rows["task_id"]).to_numpy()
        is_new = pd.isna(old)
        differs = ~is_new & (old != rows["digest"].to_numpy())
        away = self._held(gone) | self._inside(covers)
        away -= ids | protected
        stale_parts = self._later_parts(away | _first_parts_of(rows, differs)) - ids
        n_removed = len(away - stale_parts)
        away |= stale_parts
        self.changed.append(rows if is_new.all() else rows[is_new | differs])
        entries = rows[_INDEX].set_index("task_id")
        stale = [*away, *entries.index[~is_new]]
        self.known = pd.concat(
            [self.known[~self.known.index.isin(stale)] if stale else self.known, entries]
        )
        self.removed = (self.removed | away) - ids
        state = pd.Series(_SAME, index=log.index)
        state[~repeated.to_numpy()] = [
            _NEW if new else _DIFFERS if other else _SAME
            for new, other in zip(is_new, differs, strict=True)
        ]
        return _counted(state, n_removed=n_removed)

    def _later_parts(self, ids: set[str]) -> set[str]:
        """Find the days after the first of entries that went away or became shorter."""
        found: set[str] = set()
        for whole in ids:
            part = 1
            while (later := part_id(whole, part)) in self.known.index:
                found.add(later)
                part += 1
        return found

    def rows_of_files(self, files: list[str]) -> set[str]:
        """Name the tasks that the table took from these files."""
        return set(self.files.index[self.files.isin(files)]) if files else set()

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

    def _held(self, ids: set[str]) -> set[str]:
        return set(self.known.index[self.known.index.isin(ids)]) if ids else set()

    def _inside(self, covers: list[Range]) -> set[str]:
        if not covers:
            return set()
        # Days first: they are numbers, and leave little of a long table to be joined.
        first = min(span.days["min"].min() for span in covers)
        last = max(span.days["max"].max() for span in covers)
        near = self.known[self.known["first_day"].between(first, last).to_numpy()]
        return {task for span in covers for task in near.index[span.covers(near)]}


def _first_parts_of(rows: pd.DataFrame, differs: np.ndarray) -> set[str]:
    """Name the entries of which any day differs from what the table holds."""
    if not differs.any():
        return set()
    changed = rows.index.isin(rows.index[differs])
    return set(rows.loc[changed & (rows["part"] == 0).to_numpy(), "task_id"])


def _counted(state: pd.Series, *, n_removed: int) -> Merged:
    """Count records: one whose rows are partly new or partly different was updated."""
    if not state.index.is_unique:
        of_record = state.groupby(level=0).agg(["min", "max"])
        state = of_record["min"].where(of_record["min"] == of_record["max"], _DIFFERS)
    n = state.value_counts()
    return Merged(int(n.get(_NEW, 0)), int(n.get(_DIFFERS, 0)), int(n.get(_SAME, 0)), n_removed)


def stage(processed: Path) -> Staged:
    """Begin with what the table holds now."""
    held = read_table(processed, "tasks", columns=[*_INDEX, "file"]).set_index("task_id")
    known = held.drop(columns="file")
    return Staged(
        known=known,
        written=known["digest"],
        files=held["file"],
        has_table=table_version(processed, "tasks") is not None,
    )


def with_storage(log: pd.DataFrame, *, file: str, run_id: str) -> pd.DataFrame:
    """Add the columns that the table has beside the task log's own."""
    first = (log["local_date"] - _EPOCH).dt.days.astype("int32")
    last = (log["local_end_date"].fillna(log["local_date"]) - _EPOCH).dt.days.astype("int32")
    return log.assign(
        month=log["local_date"].to_numpy().astype("datetime64[M]").astype("str"),
        first_day=first,
        last_day=last,
        digest=row_digests(log),
        file=pd.Series(file, index=log.index, dtype="str"),
        run_id=pd.Series(run_id, index=log.index, dtype="str"),
    )
