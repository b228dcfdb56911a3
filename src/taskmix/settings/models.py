"""The settings, typed. Unknown keys are errors: a misspelt setting must not be ignored."""

from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from taskmix.taxonomy import CATEGORIES

#: Columns of the task log that a ``[mapping]`` can fill; ``id`` is the tool's own lasting
#: id, ``labels`` a column of several labels of which some may name a category.
MAPPABLE: tuple[str, ...] = (
    "id", "person", "team", "department", "project", "title", "started_at", "ended_at",
    "hours", "performer", "ai_mode", "oversight", "parent_id", "tag", "labels", "tagger",
    "collaborators", "wish",
)  # fmt: skip

#: A tag's spelling with this meaning is known and deliberately names no category.
UNTAGGED = "untagged"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write one such as Europe/Berlin") from error
    return name


class Workspace(_Table):
    """``[workspace]``: whose log this is."""

    name: str = "My organisation"
    time_zone: str = "UTC"
    personal: bool = False
    sample: bool = False

    _zone = field_validator("time_zone")(_known_zone)


class Privacy(_Table):
    """``[privacy]``: groups below `min_people` are not shown; the floor is 5."""

    min_people: int = Field(default=10, ge=5)


class Counting(_Table):
    """``[counting]``: where long tasks count, and what part of work done with AI is human."""

    long_tasks: Literal["start", "end", "evenly"] = "start"
    both_human_share: float = Field(default=1.0, ge=0, le=1)


class Sorting(_Table):
    """``[sorting]``: below the probability `sure_at` a task is left unsure."""

    sure_at: float = Field(default=0.6, ge=0.25, le=1)


class Mapping(_Table):
    """``[mapping]`` or ``[mapping.NAME]``: how one kind of file becomes the task log.

    Nothing is guessed: encoding, separator, decimal mark and date format are what is
    written here, or the defaults below.
    """

    files: list[str] = []
    source: str = ""
    format: Literal["csv", "excel", "jsonl", "parquet"] | None = None
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str | None = None
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", " ", "'"] = ""
    date_format: str = "iso"
    end_format: str | None = None
    time_zone: str | None = None
    hours_unit: Literal["hours", "minutes", "seconds", "clock"] = "hours"
    without_start: list[str] = []
    label_separator: str = Field(default=",", min_length=1)
    constants: dict[str, str] = {}
    columns: dict[str, str | list[str]]

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str | None) -> str | None:
        return name if name is None else _known_zone(name)

    @field_validator("encoding")
    @classmethod
    def _codec(cls, name: str) -> str:
        try:
            "".encode(name)
        except LookupError as error:
            raise ValueError(f"{name!r} is no text encoding; try utf-8 or cp1252") from error
        return name

    @field_validator("columns", "constants")
    @classmethod
    def _known_columns(cls, columns: dict[str, Any]) -> dict[str, Any]:
        for column in columns:
            if column not in MAPPABLE:
                raise ValueError(f"{column!r} is no column of the task log; known are "
                                 f"{', '.join(MAPPABLE)}")  # fmt: skip
        return columns

    @model_validator(mode="after")
    def _enough(self) -> "Mapping":
        if "title" not in self.columns:
            raise ValueError("columns must name a title")
        if "started_at" not in self.columns and "ended_at" not in self.columns:
            raise ValueError("columns must name started_at, or at least ended_at")
        both = sorted(set(self.columns) & set(self.constants))
        if both:
            raise ValueError(f"{both[0]!r} is both a column and a constant; keep one")
        if self.thousands and self.thousands == self.decimal:
            raise ValueError(f"{self.decimal!r} cannot be both decimal and thousands mark")
        return self


class Settings(BaseSettings):
    """A workspace's settings.

    Attributes
    ----------
    project : pathlib.Path
        The folder that holds ``taskmix.toml``.
    tags : dict of str to str
        The workspace's own spellings: exact text → category, or ``untagged``.
    mapping : dict of str to Mapping
        By name; a single ``[mapping]`` table is named ``mapping``.
    """

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="TASKMIX_", env_nested_delimiter="__"
    )

    project: Path
    workspace: Workspace = Workspace()
    privacy: Privacy = Privacy()
    counting: Counting = Counting()
    sorting: Sorting = Sorting()
    tags: dict[str, str] = {}
    mapping: dict[str, Mapping] = {}

    @field_validator("mapping", mode="before")
    @classmethod
    def _single_table(cls, tables: Any) -> Any:
        """Let ``[mapping]`` with its own ``columns`` stand for one named mapping."""
        if isinstance(tables, dict) and "columns" in tables:
            return {"mapping": tables}
        return tables

    @field_validator("tags")
    @classmethod
    def _known_categories(cls, tags: dict[str, str]) -> dict[str, str]:
        for spelling, meaning in tags.items():
            if meaning not in (*CATEGORIES, UNTAGGED):
                raise ValueError(
                    f"{spelling!r} = {meaning!r} names no category; write one of "
                    f"{', '.join(CATEGORIES)}, or {UNTAGGED}"
                )
        return tags

    @property
    def raw(self) -> Path:
        """The folder of the tools' exports, never written by taskmix."""
        return self.project / "data" / "raw"

    @property
    def processed(self) -> Path:
        """The folder of the tables."""
        return self.project / "data" / "processed"

    @property
    def analyst(self) -> Path:
        """The folder of what shows rows, titles or people; never published."""
        return self.project / "data" / "analyst"

    @property
    def reports(self) -> Path:
        """The folder of the published pages."""
        return self.project / "reports"

    @property
    def min_people(self) -> int:
        """The smallest group that may be shown: 1 in a personal workspace."""
        return 1 if self.workspace.personal else self.privacy.min_people

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file: a scheduler sets one value for one run."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings
