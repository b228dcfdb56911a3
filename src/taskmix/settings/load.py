"""Find a workspace and read its ``taskmix.toml``."""

import os
import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError as EnvironmentSettingError

from taskmix.errors import SettingsError
from taskmix.settings.models import Settings
from taskmix.settings.notify import secrets_in_file

SETTINGS_FILE = "taskmix.toml"


def find_project(start: str | Path = ".") -> Path:
    """Find the nearest folder upwards from `start` that holds ``taskmix.toml``.

    Raises
    ------
    SettingsError
        If there is none.
    """
    origin = Path(start).expanduser().resolve()
    if not origin.exists():
        # Else a misspelt folder inside another workspace would silently mean that one.
        raise SettingsError(f"{origin}: no such folder; check its name")
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
        raise SettingsError(f"{path}: no valid TOML: {error}; correct that line") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be opened ({error.strerror or error})") from error
    if "project" in tables:
        raise SettingsError(f"{path}: 'project' is not a setting; remove it")
    if held := secrets_in_file(tables):
        prefix = Settings.model_config["env_prefix"]
        raise SettingsError(
            f"{path}: notify.{held[0]} holds a secret, and this file is copied and shared; take it "
            f"out and set {prefix}NOTIFY__WEBHOOK or {prefix}NOTIFY__SMTP_PASSWORD for the "
            "scheduler's command"
        )
    variables = _variables()
    try:
        return Settings(**tables, project=folder)
    except ValidationError as error:
        where = f"{path} and {', '.join(variables)}" if variables else str(path)
        raise SettingsError(f"{where}: {_faults(error)}") from error
    except EnvironmentSettingError as error:
        raise SettingsError(f"{', '.join(variables)}: {error}; write it as JSON") from error


def _variables() -> list[str]:
    """List the variables that override the file; one that names no table is an error."""
    prefix = str(Settings.model_config["env_prefix"])
    found = sorted(name for name in os.environ if name.upper().startswith(prefix))
    tables = sorted(set(Settings.model_fields) - {"project"})
    for name in found:
        if name[len(prefix) :].lower().split("__")[0] not in tables:
            raise SettingsError(
                f"{name}: this variable names no setting; write {prefix}TABLE__KEY with a table "
                f"of {', '.join(tables)}, or unset it"
            )
    return found


def _faults(error: ValidationError) -> str:
    """Say each fault as `[table] key: what is wrong`, joined into one line."""
    sentences = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"]) or "file"
        # What stands in [notify] may be a secret, under a misspelt key too.
        is_told = fault["loc"][:1] != ("notify",)
        found = f" (found {_short(fault['input'])})" if is_told else ""
        if fault["type"] == "extra_forbidden":
            sentences.append(f"{place}: unknown setting{found}; check its spelling")
        else:
            found = "" if isinstance(fault["input"], dict) else found
            sentences.append(f"{place}: {fault['msg'].removeprefix('Value error, ')}{found}")
    return "; ".join(sentences)


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 80 else f"{text[:79]}…"
