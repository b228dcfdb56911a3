"""The pages of one report, each of which links to the others that lie beside it."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup

from taskmix.language import ENGLISH, speaking, tr
from taskmix.report.text import readable_name

#: Where a page has room for the links; a comment, so that a page alone shows nothing.
ROOM = "<!--tm-beside--><!--/tm-beside-->"
#: The links are in the language of the page that they are on.
_LANGUAGE = re.compile(r'<html lang="([\w-]+)">')
_FILLED = re.compile(r"<!--tm-beside-->.*?<!--/tm-beside-->", re.DOTALL)


def link_pages(page: str, *, notebook: str, beside: Sequence[str]) -> str:
    """Return a page with links to the pages of its report, in the room it has for them.

    Links that were there before are replaced, so a page that came to lie beside it later can be
    added; all else stays as it was. A page without such room, a single file say, is left alone.

    Parameters
    ----------
    page : str
        The HTML.
    notebook : str
        The page's own notebook, which it names without a link.
    beside : sequence of str
        The notebooks of all pages in its folder, in order, its own among them.

    Examples
    --------
    >>> link_pages(ROOM, notebook="3_task_mix", beside=["3_task_mix"]) == ROOM
    True
    >>> '<a href="4_ai_shift.html">AI shift</a>' in link_pages(
    ...     ROOM, notebook="3_task_mix", beside=["3_task_mix", "4_ai_shift"]
    ... )
    True
    """
    language = _LANGUAGE.search(page)
    with speaking(language[1].replace("-", "_") if language else ENGLISH):
        nav = _nav(notebook, beside)
    filled = ROOM.replace("--><!--", f"-->{nav}<!--")
    return _FILLED.sub(lambda _: filled, page, count=1)


def _nav(notebook: str, beside: Sequence[str]) -> str:
    links = Markup("").join(
        Markup('<b aria-current="page">{}</b>').format(readable_name(name))
        if name == notebook
        else Markup('<a href="{}.html">{}</a>').format(quote(name), readable_name(name))
        for name in beside
    )
    shown = len(beside) > 1
    words = tr("Pages of this report")
    return f'<nav class="tm-beside" aria-label="{words}">{links}</nav>' if shown else ""
