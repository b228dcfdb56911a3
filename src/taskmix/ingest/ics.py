"""Placeholder while the reader is being written."""

from pathlib import Path

from taskmix.ingest.protocol import Draft, Sample
from taskmix.settings import Settings


class CalendarReader:
    """Claims nothing yet."""

    name = "ics"
    source = "ics"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim nothing."""
        return False

    def near_miss(self, sample: Sample) -> str | None:
        """Know nothing."""
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Not yet."""
        raise NotImplementedError
