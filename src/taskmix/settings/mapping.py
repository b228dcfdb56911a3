"""How one kind of file becomes the task log: the ``[mapping]`` tables."""

import re
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

#: Columns of the task log that a ``[mapping]`` can fill; ``id`` is the tool's own lasting
#: id, ``labels`` a column of several labels of which some may name a category.
MAPPABLE: tuple[str, ...] = (
    "id", "person", "team", "department", "project", "title", "started_at", "ended_at",
    "hours", "performer", "ai_mode", "oversight", "parent_id", "tag", "labels", "tagger",
    "collaborators", "wish",
)  # fmt: skip

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)


class Table(BaseModel):
    """A table of the settings: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def known_zone(name: str) -> str:
    """Check the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no time zone; write one such as Europe/Berlin") from error
    return name


def _known_format(form: str) -> str:
    """Check a strptime format here, where the file is named; pandas would guess at ``mixed``."""
    marks = set(_DIRECTIVE.findall(form))
    if unknown := sorted(marks - set("YymbBdjHIMSfpzaA%")):
        raise ValueError(f"{form!r} holds %{unknown[0]}, which is not understood; use iso, or "
                         "%Y %y %m %b %B %d %j %H %I %p %M %S %f %z")  # fmt: skip
    has_day = "d" in marks and marks & set("mbB")
    if not (marks & set("Yy") and (has_day or "j" in marks)):
        raise ValueError(f"{form!r} names no full date; write iso, or a format such as %d.%m.%Y")
    if ("I" in marks) != ("p" in marks):
        raise ValueError(f"{form!r}: %I and %p belong together; use %H for 24 hours")
    return form


class Mapping(Table):
    """``[mapping]`` or ``[mapping.NAME]``: how one kind of file becomes the task log.

    Nothing is guessed: encoding, separator, decimal mark and date format are what is
    written here, or the defaults below.
    """

    files: list[str] = []
    source: str = ""
    format: Literal["csv", "excel", "json", "jsonl", "parquet"] | None = None
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    # Where in the file the records stand; JSON has arrays where a spreadsheet has sheets.
    sheet: str | None = Field(default=None, validation_alias=AliasChoices("sheet", "records"))
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
        return name if name is None else known_zone(name)

    @field_validator("encoding")
    @classmethod
    def _codec(cls, name: str) -> str:
        try:
            "".encode(name)
        except LookupError as error:
            raise ValueError(f"{name!r} is no text encoding; try utf-8 or cp1252") from error
        return name

    @field_validator("delimiter")
    @classmethod
    def _separator(cls, mark: str) -> str:
        if mark in '"\r\n':
            raise ValueError(f"{mark!r} cannot separate columns; write one such as ; or \\t")
        return mark

    @field_validator("date_format", "end_format")
    @classmethod
    def _dates(cls, form: str | None) -> str | None:
        return form if form in {None, "iso"} else _known_format(str(form))

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
        empty = [column for column, names in self.columns.items() if not names]
        if empty:
            raise ValueError(f"columns.{empty[0]} names no column of the file; name one")
        if "title" not in self.columns:
            raise ValueError("columns must name a title")
        if "started_at" not in self.columns and "ended_at" not in self.columns:
            raise ValueError("columns must name started_at, or at least ended_at")
        read = sorted({"id", "started_at", "ended_at", "hours"} & set(self.constants))
        if read:
            raise ValueError(f"{read[0]!r} differs from row to row and can be no constant")
        both = sorted(set(self.columns) & set(self.constants))
        if both:
            raise ValueError(f"{both[0]!r} is both a column and a constant; keep one")
        if self.thousands and self.thousands == self.decimal:
            raise ValueError(f"{self.decimal!r} cannot be both decimal and thousands mark")
        return self
