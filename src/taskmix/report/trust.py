"""The blocks that say how far a report can be trusted: certainty, words, method, privacy."""

import math
from collections.abc import Iterable, Sequence

import mistune
from markupsafe import Markup

from taskmix.errors import ReportError
from taskmix.language import tr
from taskmix.report.blocks import Block
from taskmix.report.text import clean, isolate


def confidence(
    tagged_share: float,
    sorted_share: float,
    unsure_share: float,
    items: Iterable[tuple[str, str]] = (),
) -> Block:
    """Return the panel "How sure is this?".

    Parameters
    ----------
    tagged_share, sorted_share, unsure_share : float
        Shares (0-1) of hours that people tagged, the model sorted, and nobody was sure of.
    items : iterable of (str, str)
        What else bears on trust, such as held-out accuracy with its interval.

    Raises
    ------
    ReportError
        If the shares are no shares or do not sum to 1.

    Examples
    --------
    >>> print(confidence(0.12, 0.79, 0.09))
    12% of hours tagged by people, 79% sorted by the model, 9% left unsure and counted as such.
    """
    shares = (tagged_share, sorted_share, unsure_share)
    if not all(0 <= s <= 1 for s in shares) or not math.isclose(sum(shares), 1, abs_tol=1e-6):
        msg = f"confidence: tagged, sorted and unsure must be shares that sum to 1; found {shares}."
        raise ReportError(msg)
    people, model, unsure = whole_percents(shares)
    sentence = tr(
        "{people}% of hours tagged by people, {model}% sorted by the model, {unsure}% "
        "left unsure and counted as such.",
        people=people,
        model=model,
        unsure=unsure,
    )
    names, start, bars = ("ink", "judgment", "unsure"), 0.0, Markup("")
    for name, share in zip(names, shares, strict=True):
        bar = Markup('<rect class="tm-bar-{}" x="{:.2f}%" width="{:.2f}%" height="22"></rect>')
        bars += bar.format(name, start, 100 * share)
        start += 100 * share
    facts = [(clean(term), clean(meaning)) for term, meaning in items]
    html = Markup(
        '<section class="tm tm-confidence"><h2>{3}</h2>'
        '<svg class="tm-bar" height="22" role="img" aria-label="{0}">{1}</svg>'
        "<p>{0}</p>{2}</section>"
    ).format(sentence, bars, _definitions(facts) if facts else "", tr("How sure is this?"))
    return Block(html, "\n".join([sentence, *(f"{t}: {m}" for t, m in facts)]))


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Round shares that sum to 1 to whole percentages that sum to 100."""
    # Largest remainder: rounded one by one they might sum to 99 or 101.
    floors = [math.floor(100 * share + 1e-9) for share in shares]
    order = sorted(range(len(shares)), key=lambda i: floors[i] - 100 * shares[i])
    for i in order[: 100 - sum(floors)]:
        floors[i] += 1
    return floors


def _definitions(pairs: Iterable[tuple[str, str]]) -> Markup:
    rows = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(isolate(term), isolate(meaning))
        for term, meaning in pairs
    )
    return Markup("<dl>{}</dl>").format(rows)


def _details(summary: str, inner: Markup) -> Markup:
    return Markup(
        '<details class="tm tm-details"><summary>{}</summary><div>{}</div></details>'
    ).format(summary, inner)


def glossary(terms: Iterable[tuple[str, str]]) -> Block:
    """Return "What the words mean": terms with meaning and unit, folded until opened or printed.

    Examples
    --------
    >>> print(glossary([("Execution", "Carrying out what is already decided.")]))
    Execution: Carrying out what is already decided.
    """
    pairs = [(clean(term), clean(meaning)) for term, meaning in terms]
    html = _details(tr("What the words mean"), _definitions(pairs))
    return Block(html, "\n".join(f"{term}: {meaning}" for term, meaning in pairs))


def method(text: str | Iterable[str]) -> Block:
    """Return "How it was measured", folded until opened or printed.

    Parameters
    ----------
    text : str or iterable of str
        Markdown, or paragraphs of it. HTML in it is shown as text.
    """
    source = clean(text if isinstance(text, str) else "\n\n".join(text))
    render = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])
    return Block(_details(tr("How it was measured"), Markup(render(source))), source)


def privacy_note(text: str) -> Block:
    """Return the note that says what the report does not show, and what it is not for.

    Examples
    --------
    >>> print(privacy_note("Groups under 10 people are not shown."))
    Groups under 10 people are not shown.
    """
    said = tr(text)
    html = Markup('<p class="tm tm-privacy">{}</p>').format(isolate(said))
    return Block(html, clean(said))
