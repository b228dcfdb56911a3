"""Read a language's file of messages."""

import gettext
import io
from functools import cache
from importlib.resources import files

from taskmix.errors import LanguageError

#: What the code itself speaks; it needs no file.
ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """Name the languages there are: English and every ``.po`` file beside this module."""
    found = (path.name for path in files("taskmix.language").iterdir())
    return (ENGLISH, *sorted(name.removesuffix(".po") for name in found if name.endswith(".po")))


@cache
def read_catalogue(language: str) -> gettext.NullTranslations:
    """Return a language's messages; English has none and says what the code says.

    Raises
    ------
    LanguageError
        If the language's file cannot be read as a catalogue.
    """
    if language == ENGLISH:
        return gettext.NullTranslations()
    return parse_catalogue(
        files("taskmix.language").joinpath(f"{language}.po").read_bytes(), name=f"{language}.po"
    )


def parse_catalogue(text: bytes, *, name: str) -> gettext.NullTranslations:
    """Return the messages of a ``.po`` file; fuzzy ones are left out.

    Parameters
    ----------
    text : bytes
        The file.
    name : str
        Its name, for an error.

    Raises
    ------
    LanguageError
        If it is no catalogue.
    """
    # Only another language than English pays for them.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    packed = io.BytesIO()
    try:
        write_mo(packed, read_po(io.BytesIO(text), abort_invalid=True))
        packed.seek(0)
        return gettext.GNUTranslations(packed)
    except (PoFileError, ValueError, LookupError, OSError) as error:
        raise LanguageError(
            f"{name}: no catalogue of messages: {error}. Each message is a line msgid with the "
            "English and a line msgstr with the translation; docs/languages.md says more"
        ) from error
