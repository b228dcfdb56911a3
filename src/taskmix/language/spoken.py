"""Which language is spoken: set by a notebook from its settings, and around a page's making."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from taskmix.errors import LanguageError
from taskmix.language.catalogue import ENGLISH, languages, read_catalogue

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True)
class Language:
    """What is spoken.

    Attributes
    ----------
    name : str
        The locale as the settings write it, such as ``de_AT``.
    catalogue : str
        The language whose messages are used, such as ``de``.
    messages : gettext.NullTranslations
        The messages.
    locale : babel.Locale, optional
        How numbers and dates are written; None for the English that the code itself writes.
    """

    name: str
    catalogue: str
    messages: NullTranslations
    locale: "Locale | None" = None


#: A kernel runs each cell in a context of its own, so what a cell sets has to be kept here.
_chosen = [Language(ENGLISH, ENGLISH, NullTranslations())]
_around: ContextVar[Language | None] = ContextVar("taskmix_language", default=None)


def speak(locale: str) -> None:
    """Speak a language from here on.

    Parameters
    ----------
    locale : str
        Such as ``de``, ``de_AT`` or ``en_GB``.

    Raises
    ------
    LanguageError
        If it is no locale, or taskmix does not speak its language.
    """
    _chosen[0] = _language(locale)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak a language inside a ``with`` block, whatever is spoken outside."""
    before = _around.set(_language(locale))
    try:
        yield
    finally:
        _around.reset(before)


def current() -> Language:
    """Return what is spoken now."""
    return _around.get() or _chosen[0]


def spoken() -> str:
    """Name the locale that is spoken now, as the settings write it."""
    return current().name


def tag() -> str:
    """Name what is spoken now as HTML wants it.

    Examples
    --------
    >>> with speaking("de_AT"):
    ...     tag()
    'de-AT'
    """
    return current().name.replace("_", "-")


def known_language(locale: str) -> str:
    """Check a locale's name.

    Raises
    ------
    LanguageError
        If it is no locale, or taskmix does not speak its language.
    """
    return _language(locale).name


@cache
def _language(name: str) -> Language:
    if name == ENGLISH:
        return Language(ENGLISH, ENGLISH, NullTranslations())
    # Only another locale than plain English pays for Babel.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    there_are = ", ".join(languages())
    try:
        locale = Locale.parse(name)
    except (ValueError, TypeError, UnknownLocaleError) as error:
        raise LanguageError(
            f"{name!r} is no locale; write a language such as {there_are}, with a country where "
            "numbers and dates should be written as there (de_AT, en_GB)"
        ) from error
    wanted = str(locale).split("_")
    tried = ["_".join(wanted[:n]) for n in range(len(wanted), 0, -1)]
    found = next((language for language in tried if language in languages()), None)
    if found is None:
        raise LanguageError(
            f"{name!r}: taskmix does not speak this language; there are {there_are}. A language "
            "is one file: docs/languages.md says how to add one"
        )
    return Language(str(locale), found, read_catalogue(found), locale)
