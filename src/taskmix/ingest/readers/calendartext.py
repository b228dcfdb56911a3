"""The text of an iCalendar file: which lines are which event's, before any of them is understood.

Taken apart here and not by a library, so that a broken event costs only itself.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: An e-mail address, and nothing else.
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
#: Between the categories of an event.
LABEL_SEPARATOR = ";"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARK = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*", re.IGNORECASE)
_PROPERTY = re.compile(r"([\w-]+)[:;](.*)", re.DOTALL)
_NAMES = ("X-WR-CALNAME", "NAME")
_NOT_UTF_8 = "lines read as Windows-1252, since they are not UTF-8"


@dataclass
class EventText:
    """The lines of one event, unfolded, without those of its alarms.

    Attributes
    ----------
    line : int
        Where it begins in the file.
    lines : list of str
        Its properties.
    problem : str
        Why it is not whole; empty where it is.
    """

    line: int
    lines: list[str] = field(default_factory=list)
    problem: str = ""

    def raw(self, name: str) -> str:
        """Return a property as it is written, its parameters too; empty where there is none."""
        return next((text for key, text in map(_split, self.lines) if key == name), "")


@dataclass
class CalendarText:
    """One calendar of a file.

    Attributes
    ----------
    name : str
        What its owner calls it; empty where the file does not say.
    zones : list of str
        Its time zones, each a whole ``VTIMEZONE``.
    events : list of EventText
    others : dict of str to int
        How many things of another kind it holds, such as ``VTODO``.
    """

    name: str = ""
    zones: list[str] = field(default_factory=list)
    events: list[EventText] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)


def split_calendars(content: bytes) -> tuple[list[CalendarText], dict[str, int]]:
    r"""Split the bytes of a file into its calendars, and say what was noticed.

    Examples
    --------
    >>> text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Mend\n  it\nEND:VEVENT\nEND:VCALENDAR\n"
    >>> split_calendars(text)[0][0].events
    [EventText(line=2, lines=['SUMMARY:Mend it'], problem='')]
    """
    notes: dict[str, int] = {}
    calendars: list[CalendarText] = []
    state = _State(calendars)
    for number, raw in _unfolded(content):
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            line = raw.decode("cp1252", "replace")
            notes[_NOT_UTF_8] = notes.get(_NOT_UTF_8, 0) + 1
        state.take(number, line)
    state.close_event("the file ends in it")
    return calendars, notes


def _unfolded(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Join folded lines as bytes: tools fold in the middle of a character."""
    if content.startswith(_UTF_16):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    content = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    begun, parts = 1, [b""]
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line[:1] in {b" ", b"\t"}:
            parts.append(line[1:])
            continue
        yield begun, b"".join(parts)
        begun, parts = number, [line]
    yield begun, b"".join(parts)


def _split(line: str) -> tuple[str, str]:
    match = _PROPERTY.fullmatch(line)
    return (match[1].upper(), match[2]) if match else ("", "")


@dataclass
class _State:
    """Where in the file a line is: in an event, a part of one, a time zone, something else."""

    calendars: list[CalendarText]
    event: EventText | None = None
    part: str = ""
    zone: list[str] | None = None
    other: str = ""

    def take(self, number: int, line: str) -> None:
        mark = _MARK.fullmatch(line)
        if mark:
            name = mark[2].upper()
            (self._begin if mark[1].upper() == "BEGIN" else self._end)(number, name)
        if self.zone is not None:
            self.zone.append(line)
        elif self.event is not None and not self.part and not mark:
            self.event.lines.append(line)
        elif not self.other and self.calendars and self.event is None:
            name, text = _split(line)
            if name in _NAMES and not self.calendars[-1].name:
                self.calendars[-1].name = _unescaped(text.rsplit(":", 1)[-1]).strip()
        if mark and self.zone and mark[1].upper() == "END" and mark[2].upper() == "VTIMEZONE":
            self.calendars[-1].zones.append("\n".join(self.zone))
            self.zone = None

    def _begin(self, number: int, name: str) -> None:
        if name == "VCALENDAR":
            self.close_event("another calendar begins in it")
            self.calendars.append(CalendarText())
            self.zone, self.other = None, ""
        elif not self.calendars:
            return
        elif name == "VEVENT":
            self.close_event("another event begins in it")
            self.event, self.part, self.zone, self.other = EventText(number), "", None, ""
            self.calendars[-1].events.append(self.event)
        elif self.event is not None:
            self.part = self.part or name
        elif name == "VTIMEZONE":
            self.zone = []
        elif self.zone is None and not self.other:
            self.other = name
            others = self.calendars[-1].others
            others[name] = others.get(name, 0) + 1

    def _end(self, number: int, name: str) -> None:
        del number
        if name == "VEVENT":
            self.event, self.part = None, ""
        elif name == "VCALENDAR":
            self.close_event("its calendar ends in it")
            self.other = ""
        elif name == self.part:
            self.part = ""
        elif name == self.other:
            self.other = ""

    def close_event(self, why: str) -> None:
        if self.event is not None:
            self.event.problem = f"it has no END:VEVENT, {why}"
        self.event, self.part = None, ""


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\,;])", r"\1", re.sub(r"\\[nN]", " ", text))
