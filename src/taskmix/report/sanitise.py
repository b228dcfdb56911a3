"""HTML from a notebook, cut down to what a page may hold.

The page's content-security policy already keeps scripts and foreign addresses from working;
here they do not even arrive. Everything from a notebook goes through this one gate, our own
blocks too: a notebook can be written by anyone.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import bs4
from bleach.css_sanitizer import CSSSanitizer
from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from markupsafe import Markup

from taskmix.language import tr
from taskmix.report.text import clean

#: Elements whose very content must go; bleach alone would leave it behind as text.
_DROPPED = [
    "script", "style", "template", "noscript", "iframe", "object", "embed", "head", "title",
    "textarea", "select", "math", "audio", "video", "canvas",
]  # fmt: skip
_TAGS = frozenset([
    "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q",
    "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
])  # fmt: skip
_BLOCK_TAGS = _TAGS | {"section", "svg", "polyline", "circle", "rect"}
_SVG_ATTRIBUTES = frozenset([
    "viewBox", "width", "height", "points", "x", "y", "cx", "cy", "r", "role", "aria-label",
    "aria-hidden", "class",
])  # fmt: skip
_TABLE_ATTRIBUTES = frozenset(("colspan", "rowspan", "scope", "span", "start", "style"))
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
#: Columns that do not fit beside one another on a phone.
_WIDE = 5
_NUMBER = re.compile(r"[-+−–]?\d[\d,. ]*%?|nan|None|<NA>|–|", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:|mailto:|#|\.{0,2}/|[\w%. -]+(?:$|[/?#]))", re.IGNORECASE)


def sanitise(html: str, *, keep_h1: bool = False) -> Markup:
    """Return an analyst's HTML without scripts, styles, classes, forms and foreign resources.

    Parameters
    ----------
    html : str
        Rendered markdown or an output's ``text/html``.
    keep_h1 : bool
        Keep the first ``h1``; every other one becomes an ``h2``.

    Returns
    -------
    Markup
        Safe HTML, whose tables stand in boxes of their own that scroll.

    Examples
    --------
    >>> sanitise('<b onclick="x()">a</b><script>alert(1)</script>')
    Markup('<b>a</b>')
    """
    return _clean(_soup(html), _TAGS, _attribute_allowed, keep_h1)


def sanitise_block(html: str, *, keep_h1: bool = False) -> Markup:
    """Return one of taskmix's own blocks with its classes and SVG, and nothing beyond them.

    The cells of a wide table learn their columns' names, so that a phone can show a row as a list.
    """
    soup = _soup(html)
    for table in soup("table"):
        _name_cells(table)
    return _clean(soup, _BLOCK_TAGS, _block_attribute_allowed, keep_h1)


def plain_text(html: str) -> str:
    """Return the words of an HTML fragment.

    Examples
    --------
    >>> plain_text("<h1><bdi>a &lt; b</bdi></h1>")
    'a < b'
    """
    return " ".join(bs4.BeautifulSoup(html, "html.parser").get_text(" ").split())


def _soup(html: str) -> Any:
    return bs4.BeautifulSoup(clean(html), "html.parser")


def _clean(soup: Any, tags: frozenset[str], allowed: Any, keep_h1: bool) -> Markup:
    for element in soup(_DROPPED):
        element.decompose()
    for image in soup("img"):
        if not _IMAGE.match(str(image.get("src", ""))):
            what = image.get("alt") or tr("not part of this page")
            image.replace_with(tr("[picture: {what}]", what=what))
    for table in soup("table"):
        _align_numbers(table)
        for header in table("th"):
            # A frame's corner: a header without words is none to assistive technology.
            if not header.get_text().strip():
                header.name = "td"
    cleaner = Cleaner(
        tags=tags,
        attributes=allowed,
        protocols={"http", "https", "mailto", "data"},
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=["text-align"]),
        filters=[partial(_Dress, keep_h1=keep_h1)],
    )
    return Markup(cleaner.clean(str(soup)))


def _name_cells(table: Any) -> None:
    names = [header.get_text().strip() for header in table.select("thead th")]
    if len(names) < _WIDE:
        return
    table["class"] = "tm-stack"
    for row in table.select("tbody tr"):
        for name, cell in zip(names, row.find_all(["td", "th"]), strict=False):
            cell["data-label"] = name


def _align_numbers(table: Any) -> None:
    rows = [row.find_all(["td", "th"]) for row in table("tr")]
    body = [cells for cells in rows if any(cell.name == "td" for cell in cells)]
    for place in range(max(map(len, body), default=0)):
        column = [cells[place] for cells in body if len(cells) > place]
        if all(_NUMBER.fullmatch(cell.get_text().strip()) for cell in column):
            for cells in rows:
                if len(cells) > place:
                    cells[place]["style"] = "text-align:right"


def _attribute_allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return name == "href" and _LINK.match(value) is not None
    if tag == "img":
        return name == "alt" or (name == "src" and _IMAGE.match(value) is not None)
    return name in _TABLE_ATTRIBUTES or (tag == "details" and name == "open") or name == "dir"


def _block_attribute_allowed(tag: str, name: str, value: str) -> bool:
    if name == "data-label":
        return tag in ("td", "th")
    if name == "class":
        return all(word.startswith("tm") for word in value.split())
    if tag in _BLOCK_TAGS - _TAGS:
        return name in _SVG_ATTRIBUTES
    return _attribute_allowed(tag, name, value)


class _Dress(Filter):
    """Demote headings and put tables into boxes, on tokens: text cannot be mistaken for tags."""

    def __init__(self, source: Any, *, keep_h1: bool) -> None:
        super().__init__(source)
        self._keep = keep_h1

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in Filter.__iter__(self):
            kind, name = token["type"], token.get("name")
            if name == "h1":
                kept = self._keep
                self._keep = kept and kind == "StartTag"
                yield token if kept else {**token, "name": "h2"}
            elif name == "table" and kind == "StartTag":
                yield _box("StartTag")
                yield token
            elif name == "table" and kind == "EndTag":
                yield token
                yield _box("EndTag")
            else:
                yield token


def _box(kind: str) -> dict[str, Any]:
    # Keyboard users scroll a box only when it can have the focus.
    attributes = {"class": "tm-scroll", "tabindex": "0", "role": "group"}
    attributes["aria-label"] = tr("Table, may scroll sideways")
    data = {(None, key): value for key, value in attributes.items()}
    return {"type": kind, "name": "div", "namespace": None, "data": data}
