"""Keyed digests by which a name is known again, alone or in a text, without being kept."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterable

from taskmix.identity.key import Key

_WORD = re.compile(r"[^\W_]+")
#: What may stand between two words of one name; a comma or a slash ends a cell, a list or a folder.
_BETWEEN = re.compile(r"[\s_.+@'’-]{1,3}")
#: Names of more words than that are known as a whole, and not looked for in texts.
_MOST_WORDS = 8
_MARK_DIGITS = 4


def name_digest(key: Key, pseudonym: str) -> str:
    """Digest a name by its pseudonym, so that who holds an old log cannot match the two."""
    return _digest(key, f"name\x00{pseudonym}")


def words_digests(key: Key, names: Iterable[str]) -> tuple[str, ...]:
    """Digest the words of names, by which they are found in a text; marks do not count."""
    words = {" ".join(_plain(m[0]) for m in _WORD.finditer(name)) for name in names}
    return tuple(sorted(_digest(key, f"words\x00{text}") for text in words if text))


def mask_words(text: str, key: Key, known: Collection[str]) -> str:
    """Write a mark in the place of every name whose words are known.

    Parameters
    ----------
    text : str
    key : Key
    known : collection of str
        As `words_digests` returns them.

    Examples
    --------
    >>> key = Key(b"only an example", "x")
    >>> mask_words("toggl/ana_ruiz-2026.csv", key, words_digests(key, ["Ana Ruiz"]))
    'toggl/forgotten-33c8-2026.csv'
    """
    words = list(_WORD.finditer(text))
    plain = [_plain(word[0]) for word in words]
    pieces, begin, first = [], 0, 0
    while first < len(words):
        # The longest name first: "Ana Ruiz" is not "Ana" and a rest.
        for last in range(_last_joined(text, words, first), first - 1, -1):
            digest = _digest(key, "words\x00" + " ".join(plain[first : last + 1]))
            if digest in known:
                pieces += [text[begin : words[first].start()], f"forgotten-{digest[:_MARK_DIGITS]}"]
                begin, first = words[last].end(), last
                break
        first += 1
    return "".join([*pieces, text[begin:]])


def _last_joined(text: str, words: list[re.Match[str]], first: int) -> int:
    last = first
    while last + 1 < min(len(words), first + _MOST_WORDS) and _BETWEEN.fullmatch(
        text, words[last].end(), words[last + 1].start()
    ):
        last += 1
    return last


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _digest(key: Key, text: str) -> str:
    # Apart from pseudonyms, which are made of the name alone.
    message = f"taskmix forgotten\x00{text}".encode("utf-8", "replace")
    return hmac.new(key.secret, message, hashlib.sha256).hexdigest()
