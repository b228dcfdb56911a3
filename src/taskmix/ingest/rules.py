"""What decides how a file is read, besides the file."""

import hashlib
import json
from importlib.metadata import version

from taskmix.identity import tombstones_path
from taskmix.ingest.files import content_digest
from taskmix.settings import Settings


def rules_digest(settings: Settings) -> str:
    """Digest whatever decides how a file is read, so that changed rules read it again."""
    rules = {
        "taskmix": version("taskmix"),
        "tags": settings.tags,
        "performer": settings.performer.model_dump(mode="json"),
        "readers": {name: o.model_dump(mode="json") for name, o in settings.readers.items()},
        "mapping": {name: m.model_dump(mode="json") for name, m in settings.mapping.items()},
        "time_zone": settings.workspace.time_zone,
        "personal": settings.workspace.personal,
        "roster": content_digest(settings.roster) if settings.roster.exists() else "",
    }
    if (forgotten := tombstones_path(settings)).exists():
        rules["forgotten"] = content_digest(forgotten)
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()
