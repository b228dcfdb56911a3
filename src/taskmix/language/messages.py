"""Say a message in the language that is spoken; what a catalogue lacks is said in English."""

from collections.abc import Sequence

from taskmix.errors import LanguageError
from taskmix.language.numbers import number
from taskmix.language.spoken import current


def tr(message: str, /, **values: object) -> str:
    """Say a whole sentence, or a name that stands alone, in the language that is spoken.

    Parameters
    ----------
    message : str
        The English text, literally: it is looked up in the catalogue. ``{name}`` stands for a
        value.
    **values : object
        What the names stand for.

    Examples
    --------
    >>> tr("No data from {team}.", team="Delta")
    'No data from Delta.'
    """
    # The empty message is a catalogue's heading.
    said = current().messages.gettext(message) if message else message
    return _filled(said, values, message)


def trn(one: str, many: str, n: float, /, **values: object) -> str:
    """Say a sentence that depends on a number, which it may name as ``{n}``.

    Parameters
    ----------
    one, many : str
        The English text for one and for any other number, literally.
    n : float
        The number; where it is written as 1, it is one.
    **values : object
        What other names stand for.

    Examples
    --------
    >>> trn("{n} team", "{n} teams", 1), trn("{n} team", "{n} teams", 1240)
    ('1 team', '1,240 teams')
    """
    # By the number as it is written: 0.98 months are "1 month".
    whole = round(n)
    said = current().messages.ngettext(one, many, whole)
    return _filled(said, {"n": number(whole), **values}, many)


def noted(message: str) -> str:
    """Return a message as it is, for a constant that `tr` says later; the catalogue has it."""
    return message


def capital(text: str) -> str:
    """Begin a text with a capital letter and leave the rest as it is.

    Examples
    --------
    >>> capital("hours of AI")
    'Hours of AI'
    """
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    if len(words) < 2:
        return "".join(words)
    return tr("{those} and {last}", those=", ".join(words[:-1]), last=words[-1])


def either(words: Sequence[str]) -> str:
    """Join words of which one is meant.

    Examples
    --------
    >>> either(["a", "b", "c"]), either(["a"])
    ('a, b or c', 'a')
    """
    if len(words) < 2:
        return "".join(words)
    return tr("{those} or {last}", those=", ".join(words[:-1]), last=words[-1])


def _filled(said: str, values: dict[str, object], message: str) -> str:
    if not values:
        return said
    try:
        return said.format(**values)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise LanguageError(
            f"{current().catalogue}.po: the message {message!r} is {said!r}, which cannot be "
            f"filled in ({error}); it may name {', '.join(sorted(values))} in braces"
        ) from error
