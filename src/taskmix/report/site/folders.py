"""Where a report's pages lie on the site, and how a link leads there."""

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import quote

from taskmix.report.text import slug

ORGANISATION_FOLDER = "organisation"

_LOSSLESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def team_folder(team: str | None) -> str:
    """Return the folder that a team's reports lie in, safe as a path and its own alone.

    Parameters
    ----------
    team : str or None
        The team's name as people write it; None for the whole organisation.

    Returns
    -------
    str
        ASCII letters, digits, hyphens and at most one underscore, under 60 characters. Where
        the name could not be kept as it is, a hash of it tells apart what would look alike.

    Examples
    --------
    >>> team_folder(None), team_folder("support")
    ('organisation', 'team-support')
    >>> team_folder("../../etc")
    'team-etc_74ccf3c5'
    """
    if team is None:
        return ORGANISATION_FOLDER
    name = slug(team)
    if name == team and _LOSSLESS.fullmatch(team):
        return f"team-{name}"
    # The underscore cannot occur in a name that was kept, so neither can look like the other.
    digest = hashlib.sha256(team.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"team-{name or 'unnamed'}_{digest}"


def relative_url(path: str) -> str:
    """Return a link to a file under the reports, refusing any that lead elsewhere.

    Raises
    ------
    ValueError
        If the path leads out of the reports.

    Examples
    --------
    >>> relative_url("2026-Q3/a b/javascript:x.html")
    '2026-Q3/a%20b/javascript%3Ax.html'
    """
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or ".." in parts:
        msg = f"{path!r} leads out of the reports"
        raise ValueError(msg)
    # Colons are quoted as well: no path can then be taken for a scheme such as javascript:.
    return "/".join(quote(part, safe="") for part in parts)
