"""Bring the catalogues of messages up to date with the code; `make words` runs it.

Each ``src/taskmix/language/*.po`` gets what the code says now: new messages with an empty
translation, no message that the code no longer says. Prints what is left to translate.
"""

import ast
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from taskmix.measures.markers.catalogue import CATALOGUE
from taskmix.report.outputs import LEFT_OUT
from taskmix.taxonomy import load_codebook

SOURCE = Path(__file__).parents[1] / "src" / "taskmix"
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
LANGUAGES = SOURCE / "language"
#: Python files and the templates of pages.
_METHODS = [("**/templates/*.j2", "jinja2"), ("**.py", "python")]
#: What marks a message in the code, and which of its arguments are messages.
_KEYWORDS = {"tr": None, "noted": None, "trn": (1, 2), "counted": (2, 3)}
#: What of a condition's entry is no text.
_NO_TEXT = {"name", "counterweight", "source"}


def template() -> Catalog:
    """Return all messages of the code, without translations."""
    found = Catalog()
    for file, _, message, _, context in extract_from_dir(
        str(SOURCE), method_map=_METHODS, keywords=_KEYWORDS
    ):
        found.add(message, locations=[(file, 0)], context=context)
    for message, file in _in_data():
        found.add(message, locations=[(file, 0)])
    return found


def _in_data() -> Iterator[tuple[str, str]]:
    """Yield the messages that are data: of the codebook, the conditions and the notebooks."""
    for entry in load_codebook().entries:
        yield entry.definition, "taxonomy/codebook.toml"
    for marker in CATALOGUE:
        # A sentence names the condition to read beside another in small letters.
        yield marker.title.lower(), "measures/markers/catalogue.py"
        # A table names it by its key.
        yield marker.name, "measures/markers/catalogue.py"
        for field in fields(marker):
            text = getattr(marker, field.name)
            if field.name not in _NO_TEXT and isinstance(text, str) and text:
                yield text, "measures/markers/catalogue.py"
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        for message in _in_notebook(path):
            yield message, path.name


def _in_notebook(path: Path) -> Iterator[str]:
    """Yield the texts of a notebook that are on its page, and those that its code hands over."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        tags, source = set(cell["metadata"].get("tags", ())), "".join(cell["source"])
        if cell["cell_type"] == "markdown" and not tags & LEFT_OUT:
            yield source
        elif cell["cell_type"] == "code" and "parameters" not in tags:
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Constant) and " " in str(node.value):
                    yield str(node.value)


def updated(text: bytes, messages: Catalog) -> bytes:
    """Return a catalogue's file with the code's messages and the translations it has of them."""
    old = read_po(io.BytesIO(text), abort_invalid=True)
    new = Catalog()
    for message in messages:
        if not message.id:
            continue
        known = old.get(message.id)
        said = known.string if known is not None and known.id == message.id else None
        new.add(message.id, said or None, locations=sorted(set(message.locations)))
    written = io.BytesIO()
    write_po(written, new, width=96, include_lineno=False, sort_by_file=True, omit_header=True)
    # The heading is its translator's: the comment on the terms, and how plurals are made.
    heading = text.decode("utf-8").partition("\n\n")[0]
    return f"{heading}\n\n".encode() + written.getvalue().lstrip()


def untranslated(catalogue: Catalog) -> list[str]:
    """List the messages without a translation, the first of each plural."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]


def main() -> None:
    """Update every catalogue in place."""
    messages = template()
    for path in sorted(LANGUAGES.glob("*.po")):
        text = updated(path.read_bytes(), messages)
        path.write_bytes(text)
        left = untranslated(read_po(io.BytesIO(text)))
        print(f"{path.name}: {len(messages)} messages, {len(left)} to translate")
        for message in left:
            print(f"  {message}")


if __name__ == "__main__":
    sys.exit(main())
