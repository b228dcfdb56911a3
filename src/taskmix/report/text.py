"""Untrusted text made harmless before it reaches a page.

Titles, team names and tags are typed by people. Here they lose what a page must not act on
(control characters, direction overrides) and are kept apart from the text around them.
"""

import re
import unicodedata

from markupsafe import Markup

from taskmix.language import capital, noted, tr

#: C0 and C1 controls save tab and line feed, then bidirectional embeddings, overrides and isolates.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PSEUDO_HTML = re.compile(r"</?(?:b|i|em|strong|sub|sup|span|a|s|u)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SLUG_GAP = re.compile(r"[^a-z0-9]+")
_ABBREVIATIONS = {"ai": "AI"}
#: The names of the notebooks there are, as people read them.
PAGE_NAMES = (
    noted("Intake"), noted("Sorting"), noted("Task mix"), noted("AI shift"),
    noted("Meaningful work"), noted("My"), noted("Tagging"),
)  # fmt: skip


def clean(value: object) -> str:
    r"""Return a value as text without control characters and direction overrides.

    Lone surrogates, which no UTF-8 file can hold, become U+FFFD.

    Examples
    --------
    >>> clean("Team\u202e gnp.exe\x00")
    'Team gnp.exe'
    """
    return _SURROGATE.sub("\ufffd", _HARMFUL.sub("", str(value)))


def isolate(value: object) -> Markup:
    """Return text escaped and isolated, so that its direction cannot reorder its neighbours.

    Examples
    --------
    >>> isolate("<script>")
    Markup('<bdi>&lt;script&gt;</bdi>')
    """
    return Markup("<bdi>{}</bdi>").format(clean(value))


def without_pseudo_html(label: object) -> str:
    """Return a Plotly label without the little markup that Plotly itself would render.

    Only the tags that Plotly knows go; anything else is text and stays.

    Examples
    --------
    >>> without_pseudo_html("<b>Hours</b><br>a < b &amp; <script>")
    'Hours a < b & <script>'
    """
    text = _PSEUDO_HTML.sub("", _BREAK.sub(" ", clean(label)))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text.strip()


def slug(value: object, *, longest: int = 40) -> str:
    """Return a name of ASCII letters, digits and single hyphens; empty when nothing is left.

    Examples
    --------
    >>> slug("../../Équipe  Données!")
    'equipe-donnees'
    """
    plain = unicodedata.normalize("NFKD", clean(value)).encode("ascii", "ignore").decode()
    return _SLUG_GAP.sub("-", plain.lower()).strip("-")[:longest].strip("-")


def readable_name(notebook: str) -> str:
    """Return a notebook's name as people read it; empty when nothing is left.

    Examples
    --------
    >>> readable_name("3_task_mix"), readable_name("4_ai_shift")
    ('Task mix', 'AI shift')
    """
    words = clean(notebook).replace("_", " ").replace("-", " ").lstrip("0123456789 ").split()
    name = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return tr(capital(name))
