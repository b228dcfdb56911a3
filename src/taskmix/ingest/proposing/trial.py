"""Read a file by a mapping in memory, and say what an ingest would take of it."""

from dataclasses import dataclass
from pathlib import Path

from taskmix.identity import load_key, read_roster
from taskmix.ingest.people import Who
from taskmix.ingest.readers.mapped import MappedReader
from taskmix.ingest.settle import settle
from taskmix.settings import Mapping, Settings


@dataclass(frozen=True)
class Trial:
    """What a mapping would read of a file.

    Attributes
    ----------
    read, accepted, quarantined : int
        Records.
    reasons : dict of str to int
        Why records would be quarantined.
    first_date, last_date : str or None
        ISO days of the accepted ones.
    hours : float
        Of all of them; 0 where the file knows none.
    n_without_hours : int
        Accepted records without a duration.
    people : int
        Different people.
    """

    read: int
    accepted: int
    quarantined: int
    reasons: dict[str, int]
    first_date: str | None
    last_date: str | None
    hours: float
    n_without_hours: int
    people: int


def try_mapping(path: Path, mapping: Mapping, *, name: str, settings: Settings) -> Trial:
    """Read a file as a mapping says; nothing is written.

    A file that names nobody is tried as one person's.

    Raises
    ------
    TaskmixError
        If the file cannot be read by it.
    """
    if "person" not in {*mapping.columns, *mapping.constants}:
        workspace = settings.workspace.model_copy(update={"personal": True})
        settings = settings.model_copy(update={"workspace": workspace})
    reader = MappedReader(name, mapping)
    settled = settle(
        reader.read(path, settings),
        reader=reader,
        settings=settings,
        who=Who(load_key(settings, create=False), read_roster(settings.roster)),
        where=path.name,
    )
    log, refused = settled.log, settled.refused
    accepted = int(log.index.nunique())
    has_hours = log["hours"].notna().groupby(log.index).any()
    last_day = log["local_end_date"].fillna(log["local_date"]).max()
    return Trial(
        read=accepted + len(refused) + len(settled.skipped),
        accepted=accepted,
        quarantined=len(refused),
        reasons={str(k): int(n) for k, n in refused["reason"].value_counts().items()},
        first_date=log["local_date"].min().date().isoformat() if accepted else None,
        last_date=last_day.date().isoformat() if accepted else None,
        hours=round(float(log["hours"].sum()), 2),
        n_without_hours=int((~has_hours).sum()),
        people=int(log["person"].nunique()),
    )
