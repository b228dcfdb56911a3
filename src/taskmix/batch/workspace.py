"""Lay out a workspace: the folders, the settings and the notebooks."""

import shutil
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from taskmix.errors import SettingsError
from taskmix.identity import ROSTER_COLUMNS
from taskmix.settings import SETTINGS_FILE, Settings, Workspace, load_settings

_FOLDERS = ("notebooks", "data/raw", "data/processed", "data/analyst", "reports")

_TEMPLATE = """\
# Settings of a taskmix workspace. Unknown names are errors; what is left out has its default.

[workspace]
name = {name}
time_zone = {time_zone}   # where times without an offset were lived, and whose days are meant
locale = "en"         # language, numbers and dates of the pages: en, en_GB, de, de_AT
personal = {personal}      # true: one person's own log; nothing is hidden for being a small group
sample = {sample}        # true: `taskmix demo` may write its invented log here

[privacy]
min_people = 10       # smaller groups are not shown; 5 at least

[counting]
long_tasks = "start"  # where a task of several days counts: "start", "end" or "evenly"
both_human_share = 1  # part of a task done together with AI that is human hours

[sorting]
precision = 0.85      # a category is assigned where it was right this often on days to come
sure_at = 0.6         # and from this probability on where that cannot be measured yet
"""

_EXAMPLES = """
# What your tools call the four categories. `untagged`: known, and deliberately no category.
# [tags]
# "Type: Writing" = "creative"
# "Type: Admin" = "untagged"

# The mix of human hours that is wanted: a share each, or a range; see docs/targets.md.
# [targets]
# execution = 0.4
# judgment = [0.2, 0.3]
# [targets.teams."Design"]
# creative = [0.4, 0.5]

# Who did a task, where no column of the log says it; see docs/people.md.
# [performer.tag]
# "with AI" = "both"
# "agent" = "ai"

# What a tool's export does not say of itself.
# [readers.clockify]
# day_order = "day-first"
# [readers.timewarrior]
# person = "ana@example.org"

# Whom `taskmix batch` tells when it has ended; see docs/scheduling. Secrets stand in the
# variables TASKMIX_NOTIFY__WEBHOOK and TASKMIX_NOTIFY__SMTP_PASSWORD, never here.
# [notify]
# mail_to = ["reports@example.org"]
# mail_from = "taskmix@example.org"
# smtp_host = "smtp.example.org"
# site_url = "https://reports.example.org/"
# when = "failed"
# [retention]
# keep = 24             # the newest periods whose pages stay

# How a table of your own becomes the task log; `taskmix mapping FILE` proposes one.
# [mapping.tracker]
# files = ["tracker*.csv"]
# date_format = "%d.%m.%Y %H:%M"
# decimal = ","
# [mapping.tracker.columns]
# person = "Employee"
# title = "Task"
# started_at = "Begin"
# hours = "Duration"
"""


_ROSTER = ",".join(ROSTER_COLUMNS) + "\n"


def init_workspace(
    folder: Path,
    *,
    name: str | None = None,
    time_zone: str = "UTC",
    personal: bool = False,
    sample: bool = False,
    tables: str = _EXAMPLES,
) -> Settings:
    """Make a workspace in a new or empty folder.

    Parameters
    ----------
    folder : pathlib.Path
        Is created.
    name : str, optional
        Of the organisation; the folder's name by default.
    tables : str
        TOML that ends the settings file: ``[tags]`` and ``[mapping]``.

    Raises
    ------
    SettingsError
        If there is a workspace already, the folder cannot be written, or a value is wrong.
    """
    path = folder / SETTINGS_FILE
    if path.exists():
        raise SettingsError(f"{path}: there is a workspace here already; it was left as it is")
    try:
        Workspace(time_zone=time_zone)
    except ValidationError as error:
        raise SettingsError(
            f"--time-zone: {time_zone!r} is no time zone; write one such as Europe/Berlin"
        ) from error
    text = _TEMPLATE.format(
        name=_toml(name or folder.resolve().name or "My organisation"),
        time_zone=_toml(time_zone),
        personal=str(personal).lower(),
        sample=str(sample).lower(),
    )
    try:
        for relative in _FOLDERS:
            (folder / relative).mkdir(parents=True, exist_ok=True)
        (folder / "data" / "analyst").chmod(0o700)
        copy_notebooks(folder / "notebooks")
        if not (folder / "people.csv").exists():
            (folder / "people.csv").write_text(_ROSTER, encoding="utf-8")
        path.write_text(text + tables, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{folder}: cannot be written to ({error.strerror})") from error
    return load_settings(folder)


def copy_notebooks(target: Path) -> list[Path]:
    """Copy taskmix's notebooks into a folder; ones that are there already stay as they are."""
    copied = []
    for source in sorted(notebook_sources().glob("*.ipynb")):
        place = target / source.name
        if not place.exists():
            shutil.copyfile(source, place)
            copied.append(place)
    return copied


def notebook_sources() -> Path:
    """Return the folder of the notebooks: packaged, or this repository's own."""
    packaged = Path(str(files("taskmix"))) / "_notebooks"
    # An editable install has no packaged copy; the originals lie beside src.
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "notebooks"


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else " " for letter in escaped) + '"'
