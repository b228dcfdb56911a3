"""The package's templates, stylesheets and script, filled and put together."""

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from taskmix.language import tag, tr
from taskmix.report.text import isolate
from taskmix.report.theme import variables


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("taskmix.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolate"] = isolate
    environment.globals |= {"tr": tr, "language_tag": tag}
    return environment


def resource(name: str) -> Markup:
    """Return a stylesheet or script of the package."""
    return Markup(files("taskmix.report").joinpath("templates", name).read_text("utf-8"))


def stylesheet() -> Markup:
    """Return the stylesheet that reports and the index share, colours included."""
    light, dark = variables(dark=False), variables(dark=True)
    return Markup(
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}\n"
        f"{resource('blocks.css')}\n{resource('page.css')}"
    )


def render(template: str, **values: Any) -> str:
    """Return a filled template; every value is escaped unless it is Markup."""
    return _environment().get_template(template).render(style=stylesheet(), **values)
