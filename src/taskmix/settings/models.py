"""The settings, typed. Unknown keys are errors: a misspelt setting must not be ignored."""

from pathlib import Path
from typing import Any, Literal

from platformdirs import user_config_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from taskmix.errors import LanguageError
from taskmix.language import known_language
from taskmix.settings.mapping import Mapping, Table, known_zone
from taskmix.settings.notify import Notify
from taskmix.settings.retention import Retention
from taskmix.settings.targets import Targets
from taskmix.taxonomy import CATEGORIES

Performer = Literal["human", "ai", "both", "unknown"]
#: A tag's spelling with this meaning is known and deliberately names no category.
UNTAGGED = "untagged"


class Workspace(Table):
    """``[workspace]``: whose log this is, and the language and numbers of its pages."""

    name: str = "My organisation"
    time_zone: str = "UTC"
    locale: str = "en"
    personal: bool = False
    sample: bool = False

    _zone = field_validator("time_zone")(known_zone)

    @field_validator("locale")
    @classmethod
    def _spoken(cls, name: str) -> str:
        try:
            return known_language(name)
        except LanguageError as error:
            raise ValueError(str(error)) from error


class Privacy(Table):
    """``[privacy]``: groups below `min_people` are not shown; the floor is 5.

    Attributes
    ----------
    key_folder : pathlib.Path, optional
        Where the key for pseudonyms lies; by default in the user's configuration folder.
    """

    min_people: int = Field(default=10, ge=5)
    key_folder: Path | None = None


class Counting(Table):
    """``[counting]``: where long tasks count, and what part of work done with AI is human."""

    long_tasks: Literal["start", "end", "evenly"] = "start"
    both_human_share: float = Field(default=1.0, ge=0, le=1)


class Sorting(Table):
    """``[sorting]``: when a task gets a category, and when it is left unsure.

    Attributes
    ----------
    precision : float
        What a category has to reach on days to come; from it follows its threshold.
    sure_at : float
        The threshold where that cannot be measured yet.
    """

    precision: float = Field(default=0.85, ge=0.5, lt=1)
    sure_at: float = Field(default=0.6, ge=0.25, le=1)


class ReaderOptions(Table):
    """``[readers.NAME]``: what a tool's export does not say of itself.

    Attributes
    ----------
    day_order : {"day-first", "month-first"}, optional
        How ``03/04/2024`` is meant, where no row of a file settles it.
    decimal : {".", ","}, optional
        The decimal mark of ``1,234``, where no number of a file settles it.
    time_zone : str, optional
        Where the tool's times without an offset were lived; the workspace's by default.
    person : str, optional
        Whose log it is, for tools that name nobody (Timewarrior, a calendar).
    """

    day_order: Literal["day-first", "month-first"] | None = None
    decimal: Literal[".", ","] | None = None
    time_zone: str | None = None
    person: str | None = None

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str | None) -> str | None:
        return name if name is None else known_zone(name)


class PerformerRules(Table):
    """``[performer]``: how a log tells who did a task, where no column of it does.

    Each table maps exact text (case does not count) to ``human``, ``ai``, ``both`` or
    ``unknown``. A task's own performer goes first, then its tags, project, person, reader.
    """

    tag: dict[str, Performer] = Field(default_factory=dict)
    project: dict[str, Performer] = Field(default_factory=dict)
    person: dict[str, Performer] = Field(default_factory=dict)
    reader: dict[str, Performer] = Field(default_factory=dict)


class Settings(BaseSettings):
    """A workspace's settings.

    Attributes
    ----------
    project : pathlib.Path
        The folder that holds ``taskmix.toml``.
    tags : dict of str to str
        The workspace's own spellings: exact text → category, or ``untagged``.
    performer : PerformerRules
        How a log tells who did a task.
    readers : dict of str to ReaderOptions
        By the reader's name.
    mapping : dict of str to Mapping
        By name; a single ``[mapping]`` table is named ``mapping``.
    targets : Targets
        The mix that is wanted.
    notify : Notify
        Whom a batch tells that it has ended.
    retention : Retention
        How long published reports are kept.
    """

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="TASKMIX_", env_nested_delimiter="__",
        # A fault's text would quote the whole table, and with it a password.
        hide_input_in_errors=True,
    )  # fmt: skip

    project: Path
    workspace: Workspace = Workspace()
    privacy: Privacy = Privacy()
    counting: Counting = Counting()
    sorting: Sorting = Sorting()
    tags: dict[str, str] = {}
    performer: PerformerRules = PerformerRules()
    readers: dict[str, ReaderOptions] = {}
    mapping: dict[str, Mapping] = {}
    targets: Targets = Targets()
    notify: Notify = Notify()
    retention: Retention = Retention()

    @field_validator("mapping", mode="before")
    @classmethod
    def _single_table(cls, tables: Any) -> Any:
        """Let ``[mapping]`` with settings of its own stand for one named mapping."""
        named = isinstance(tables, dict) and all(isinstance(t, dict) for t in tables.values())
        if isinstance(tables, dict) and (not named or "columns" in tables):
            return {"mapping": tables}
        return tables

    @field_validator("tags")
    @classmethod
    def _known_categories(cls, tags: dict[str, str]) -> dict[str, str]:
        known: dict[str, str] = {}
        for spelling, meaning in tags.items():
            key = spelling.strip().casefold()
            if known.setdefault(key, meaning) != meaning:
                raise ValueError(
                    f"{spelling!r} stands there twice (case does not count), as {known[key]} and "
                    f"{meaning}; keep one"
                )
            if meaning not in (*CATEGORIES, UNTAGGED):
                raise ValueError(
                    f"{spelling!r} = {meaning!r} names no category; write one of "
                    f"{', '.join(CATEGORIES)}, or {UNTAGGED}"
                )
        return tags

    def options_of(self, reader: str) -> ReaderOptions:
        """Return what ``[readers.NAME]`` says of a reader; its defaults where it says nothing."""
        return self.readers.get(reader, ReaderOptions())

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
    def roster(self) -> Path:
        """The roster; it need not be there."""
        return self.project / "people.csv"

    @property
    def key_folder(self) -> Path:
        """The folder of the keys for pseudonyms, outside every workspace."""
        chosen = self.privacy.key_folder
        return chosen.expanduser() if chosen else user_config_path("taskmix") / "keys"

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
