"""What only the analyst's pages have: their warning, tables of rows, and the facts they leave."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from markupsafe import Markup

from taskmix.charts.columns import heading, in_words
from taskmix.language import full_date, noted, number, percentage, spoken, tr
from taskmix.report.blocks import Block
from taskmix.report.release import OWNER
from taskmix.report.text import clean, isolate
from taskmix.settings import Settings
from taskmix.store import Log

_NOTE = noted(
    "This page shows rows of people’s work, their titles and teams of any size. It stays "
    "with the analyst: not for publication, and not for evaluating anybody."
)
_NOTE_PERSONAL = noted(
    "This page shows rows of your own log and their titles. It is yours alone: not for publication."
)


def analyst_note(settings: Settings) -> Block:
    """Return the warning at the top of a page that must not be published."""
    text = tr(_NOTE_PERSONAL if settings.workspace.personal else _NOTE)
    whom = tr("For the analyst.")
    html = Markup('<p class="tm tm-notice"><strong>{}</strong> {}</p>').format(whom, text)
    return Block(html, f"{whom} {text}")


def paragraph(text: str) -> Block:
    """Return a sentence or two as a paragraph of the page; what stands in backticks is code.

    Examples
    --------
    >>> print(paragraph("Nothing was refused."))
    Nothing was refused.
    """
    said = tr(text)
    parts = [
        Markup("<code>{}</code>").format(clean(part)) if place % 2 else isolate(part)
        for place, part in enumerate(said.split("`"))
    ]
    return Block(Markup('<p class="tm">{}</p>').format(Markup("").join(parts)), clean(said))


def listing(
    frame: pd.DataFrame,
    *,
    nothing: str = "",
    percent: Sequence[str] = (),
    n_rows: int = 25,
) -> Block | None:
    """Return a frame as a table whose box scrolls on a phone.

    Parameters
    ----------
    frame : pandas.DataFrame
        Its columns are the headings, underscores as blanks and the ``n_`` of counts left out.
        All text in it is taken for untrusted.
    nothing : str
        What to say where there are no rows; None is returned where there is nothing to say.
    percent : sequence of str
        Columns of shares (0–1) to write as percentages.
    n_rows : int
        How many rows are shown; how many are not is said below.

    Examples
    --------
    >>> print(listing(pd.DataFrame({"team": ["Red"], "n_tasks": [1200]}), nothing="None."))
    team  tasks
    Red  1,200
    """
    if frame.empty:
        return paragraph(nothing) if nothing else None
    shown = in_words(frame.head(n_rows))
    headings = [heading(str(name).removeprefix("n_").replace("_", " ")) for name in frame.columns]
    columns = [_written(shown[name], as_percent=name in percent) for name in frame.columns]
    is_number = [
        pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
        for name in frame.columns
    ]
    classes = [Markup(' class="tm-number"') if aligned else Markup("") for aligned in is_number]
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(css, heading)
        for css, heading in zip(classes, headings, strict=True)
    )
    rows = list(zip(*columns, strict=True))
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td{}>{}</td>").format(css, isolate(cell))
                for css, cell in zip(classes, row, strict=True)
            )
        )
        for row in rows
    )
    hidden = len(frame) - len(shown)
    more = tr("{n} more; a higher n_rows shows them.", n=number(hidden)) if hidden else ""
    html = Markup(
        '<div class="tm"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}</div>'
    ).format(head, body, Markup("<p>{}</p>").format(more) if more else "")
    lines = ["  ".join(headings), *("  ".join(map(clean, row)) for row in rows), more]
    return Block(html, "\n".join(line for line in lines if line))


def analyst_facts(
    settings: Settings, log: Log, *, notebook: str, period: str, headline: str, **figures: Any
) -> dict[str, Any]:
    """Collect what an analyst's page says as plain JSON values; its last cell leaves it as proof.

    Parameters
    ----------
    **figures
        The page's own figures, ready for JSON.
    """
    made = datetime.now(tz=UTC).astimezone(ZoneInfo(settings.workspace.time_zone))
    return {
        "notebook": notebook,
        "organisation": settings.workspace.name,
        "period": period,
        "headline": headline,
        "publishable": False,
        "audience": OWNER,
        **figures,
        "table_version": log.version,
        "locale": spoken(),
        "made_at": f"{made:%Y-%m-%d %H:%M}",
        "time_zone": settings.workspace.time_zone,
        "taskmix_version": version("taskmix"),
    }


def _written(values: pd.Series, *, as_percent: bool) -> list[str]:
    write = _writer(values, as_percent=as_percent)
    return ["–" if pd.isna(value) else write(value) for value in values]


def _writer(values: pd.Series, *, as_percent: bool) -> Any:
    kinds = pd.api.types
    if as_percent:
        return percentage
    if kinds.is_bool_dtype(values):
        return {True: tr("yes"), False: tr("no")}.__getitem__
    if kinds.is_datetime64_any_dtype(values):
        days_only = (values.dropna() == values.dropna().dt.normalize()).all()
        # A narrow page would break a date over three lines.
        return lambda at: (full_date(at) + ("" if days_only else f" {at:%H:%M}")).replace(
            " ", "\N{NO-BREAK SPACE}"
        )
    if kinds.is_integer_dtype(values):
        return number
    return partial(number, decimals=1) if kinds.is_numeric_dtype(values) else str
