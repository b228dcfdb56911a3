"""Errors that a person can act on.

Every known error says what is wrong, where, what was found and what to do. The command line
prints it as one clean line; anything else that is raised is a defect and keeps its traceback.
"""


class TaskmixError(Exception):
    """Base of all known errors; its text is complete enough to be shown alone."""


class SettingsError(TaskmixError):
    """``taskmix.toml`` is missing, cannot be read or holds something unknown."""


class LanguageError(TaskmixError):
    """A language that taskmix does not speak, or whose catalogue of messages is broken."""


class TaxonomyError(TaskmixError):
    """A spelling that names no category, performer or other term of the taxonomy."""


class SchemaError(TaskmixError):
    """A frame or a file does not have the columns or values that its schema asks for."""


class ReaderError(TaskmixError):
    """A file that no reader can read, or that two readers claim."""


class RosterError(TaskmixError):
    """``people.csv`` cannot be read, or says two things of one person."""


class KeyFileError(TaskmixError):
    """The key for pseudonyms is lost, is another one, or may be read by others."""


class StoreError(TaskmixError):
    """The tables cannot be opened, locked or written."""


class PeriodError(TaskmixError):
    """A period that cannot be understood or holds no data."""


class SortingError(TaskmixError):
    """The sorter cannot be fitted, saved or loaded."""


class MeasureError(TaskmixError):
    """A measure was asked for what it cannot compute."""


class DisclosureError(TaskmixError):
    """Publishing this would single people out."""


class ReportError(TaskmixError):
    """A notebook or page could not be made."""
