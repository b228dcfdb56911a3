"""Find a workspace and read its ``taskmix.toml``."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from taskmix.errors import SettingsError
from taskmix.settings.models import Settings

SETTINGS_FILE = "taskmix.toml"


def find_project(start: str | Path = ".") -> Path:
    """Find the nearest folder upwards from `start` that holds ``taskmix.toml``.

    Raises
    ------
    SettingsError
        If there is none.
    """
    origin = Path(start).expanduser().resolve()
    for folder in (origin, *origin.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise SettingsError(
        f"no {SETTINGS_FILE} in {origin} or above it; go into a workspace, name it with "
        "--project DIR, or make one with `taskmix init DIR`"
    )


def load_settings(project: str | Path = ".") -> Settings:
    """Read the settings of the workspace at or above `project`.

    Raises
    ------
    SettingsError
        If there is no workspace, the file is no TOML, or a setting is unknown or wrong;
        every fault is named at once.
    """
    folder = find_project(project)
    path = folder / SETTINGS_FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 text ({error.reason}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: no valid TOML: {error}") from error
    if "project" in tables:
        raise SettingsError(f"{path}: 'project' is not a setting; remove it")
    try:
        return Settings(**tables, project=folder)
    except ValidationError as error:
        raise SettingsError(f"{path}: {_faults(error)}") from error


def _faults(error: ValidationError) -> str:
    """Say each fault as `[table] key: what is wrong`, joined into one line."""
    sentences = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"]) or "file"
        if fault["type"] == "extra_forbidden":
            sentences.append(f"{place}: unknown setting; check its spelling")
        else:
            found = "" if isinstance(fault["input"], dict) else f" (found {fault['input']!r})"
            sentences.append(f"{place}: {fault['msg'].removeprefix('Value error, ')}{found}")
    return "; ".join(sentences)
