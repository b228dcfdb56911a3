"""Look at everything in turn; what is wrong with one thing keeps no other from being looked at."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from taskmix.batch.doctor import (
    installation,
    kernel,
    leftovers,
    messages,
    notebooks,
    site,
    tables,
    workspace,
)
from taskmix.batch.doctor.verdict import Check, Finding, Verdict, fault, ok, warning
from taskmix.errors import SettingsError
from taskmix.settings import SETTINGS_FILE, Settings, find_project, load_settings

INSTALLATION = (
    Check("python", "Python", installation.python_version),
    Check("packages", "Packages", installation.packages),
    Check("time-zones", "Time zones", installation.time_zones),
    Check("readers", "Readers", installation.readers),
    Check("exporter", "Export of pages", installation.exporter),
    Check("kernel", "Kernel of the notebooks", kernel.kernel),
    Check("chromium", "Browser for PDFs", installation.chromium),
)
WORKSPACE = (
    Check("folders", "Folders", workspace.folders),
    Check("space", "Space", workspace.space),
    Check("analyst", "The analyst's folder", workspace.analyst_folder),
    Check("key", "Key for pseudonyms", workspace.key),
    Check("roster", "Roster", workspace.roster),
    Check("named-readers", "Readers of the settings", workspace.named_readers),
    Check("calendars", "Calendars", workspace.calendars),
    Check("privacy", "Small groups", workspace.privacy),
    Check("tables", "Tables", tables.tables),
    Check("fresh", "Last ingest", tables.fresh),
    Check("sorted", "Sorting", tables.sorted_log),
    Check("notebooks", "Notebooks", notebooks.notebooks),
    Check("site", "Published pages", site.site),
    Check("leftovers", "Locks and leftovers", leftovers.leftovers),
    Check("notify", "Messages", messages.messages),
)
ONLINE = Check("online", "Reaching [notify]", messages.reachable)
#: What stands in these tables may be a person's name, or a secret.
_UNSAID = ("performer", "readers", "notify", "mapping")


@dataclass(frozen=True)
class Examination:
    """All findings, in the order in which they were looked at.

    Attributes
    ----------
    project : pathlib.Path or None
        The workspace; None where there is none, or its settings cannot be read.
    findings : tuple of Finding
    """

    project: Path | None
    findings: tuple[Finding, ...]

    def count(self, state: str) -> int:
        """Return how many findings have a state."""
        return sum(1 for finding in self.findings if finding.state == state)


def examine(
    start: Path,
    *,
    must_be_workspace: bool = False,
    online: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Examination:
    """Check the installation, and the workspace at or above a folder.

    Nothing is written, and without `online` nothing is asked of the network.

    Parameters
    ----------
    start : pathlib.Path
    must_be_workspace : bool
        Whether it is a fault that there is no workspace.
    online : bool
        Knock at the servers that ``[notify]`` names.
    progress : callable, optional
        Gets what is looked at, how many checks are done, and of how many.
    """
    say = progress or (lambda *_: None)
    settings, found = _settings(start, must_be_workspace=must_be_workspace)
    every = [(check, check.look) for check in INSTALLATION]
    if settings is not None:
        checks = [*WORKSPACE, *([ONLINE] if online else [])]
        every += [(check, partial(check.look, settings)) for check in checks]
    findings = []
    for done, (check, look) in enumerate(every):
        say(check.title, done, len(every))
        findings.append(_finding(check, look))
    place = len(INSTALLATION)
    findings.insert(place, Finding("workspace", "Workspace", found.state, found.found, found.todo))
    return Examination(settings.project if settings else None, tuple(findings))


def _finding(check: Check, look: Callable[[], Verdict]) -> Finding:
    try:
        found = look()
    except OSError as error:
        found = fault(
            f"{error.filename or check.title}: cannot be looked at ({error.strerror or error})",
            todo="give whoever runs taskmix the right to open it",
        )
    return Finding(check.code, check.title, found.state, found.found, found.todo)


def _settings(start: Path, *, must_be_workspace: bool) -> tuple[Settings | None, Verdict]:
    todo = "go into a workspace, name it with --project DIR, or make one with `taskmix init DIR`"
    try:
        folder = find_project(start)
    except SettingsError as error:
        if must_be_workspace:
            return None, fault(str(error).partition(";")[0], todo=todo)
        return None, warning("no workspace here; only the installation was checked", todo=todo)
    try:
        return load_settings(folder), ok(f"{folder}: its settings are valid")
    except SettingsError as error:
        return None, fault(
            f"{folder}: the settings are not valid: {_unquoted(error, folder)}",
            todo="correct taskmix.toml, or the variable TASKMIX_…; nothing else of the workspace "
            "was checked",
        )


def _unquoted(error: SettingsError, folder: Path) -> str:
    """Say what is wrong with the settings, without the names that stand in them."""
    match error.__cause__:
        case ValidationError() as faults:
            # Variables may be at fault as well as the file: the error begins with both.
            where = str(error).removeprefix(f"{folder / SETTINGS_FILE}").partition(": ")[0]
            return f"{SETTINGS_FILE}{where}: {'; '.join(_places(faults))}"
        case tomllib.TOMLDecodeError() as no_toml:
            at = re.search(r"\(at [^()]*\)$", str(no_toml))
            return f"no valid TOML {at[0] if at else ''}".rstrip()
        case _:
            return str(error)


def _places(error: ValidationError) -> Iterator[str]:
    """Name each setting that is wrong, and how, without what it says."""
    for one in error.errors():
        where = one["loc"][:2] if one["loc"][:1] and one["loc"][0] in _UNSAID else one["loc"]
        yield f"{'.'.join(map(str, where))}: {one['msg'].removeprefix('Value error, ')}"
